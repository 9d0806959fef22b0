//! `[[이름]]` in the labels of a diagram: a link to a note, as in text.
//!
//! A tool sees the words between two marks without a width, of which the first says which link it is: labels may be drawn in
//! another order than they were written, twice, or not at all. In the finished drawing the links are put around the words.

use super::{Drawing, DrawnLink, LINK_END, LINK_START};

/// Before and behind the words of a link in a label. What is left of them in a note's own labels is not seen either.
pub const OPEN: char = '\u{2062}';
pub const CLOSE: char = '\u{2063}';
/// Behind the first, the number of the link, in binary.
const ZERO: char = '\u{2061}';
const ONE: char = '\u{2064}';

/// The marks, none of which has a width.
pub const MARKS: [char; 4] = [OPEN, CLOSE, ZERO, ONE];

/// A link in a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    /// Where the name begins in the source, in bytes.
    pub at: usize,
}

/// The source with `[[이름]]` in quotation marks as words between marks, and what the names are.
pub fn with_marks(source: &str) -> (String, Vec<Named>) {
    let mut links = Vec::new();
    if !source.contains("[[") {
        return (source.to_owned(), links);
    }
    let mut out = String::with_capacity(source.len());
    let mut is_quoted = false;
    let mut rest = source;
    while let Some(at) = rest.find(['"', '[', '\n', OPEN, CLOSE, ZERO, ONE]) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let sign = here.chars().next().unwrap_or_default();
        let inside = here.strip_prefix("[[").filter(|_| is_quoted).and_then(|inside| inside.split_once("]]"));
        match inside {
            Some((inside, after)) if !inside.trim().is_empty() && !inside.contains(['"', '[', '\n']) => {
                let (name, shown) = inside.split_once('|').unwrap_or((inside, inside));
                let at = source.len() - here.len() + 2 + (name.len() - name.trim_start().len());
                out.push(OPEN);
                out.extend(format!("{:b}", links.len()).chars().map(|digit| if digit == '0' { ZERO } else { ONE }));
                out.extend(shown.trim().chars().filter(|c| !MARKS.contains(c)));
                out.push(CLOSE);
                links.push(Named { name: name.trim().to_owned(), at });
                rest = after;
            }
            _ => {
                match sign {
                    '"' => is_quoted = !is_quoted,
                    // Quotation marks that nobody closed end with their line.
                    '\n' => is_quoted = false,
                    _ => {}
                }
                if !MARKS.contains(&sign) {
                    out.push(sign);
                }
                rest = here.get(sign.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    (out, links)
}

/// Puts links around the marked words. A label that was broken into lines has its link in each.
pub fn link_labels(drawing: &mut Drawing, names: &[Named]) {
    if names.is_empty() {
        return;
    }
    let first = drawing.links.len();
    drawing.links.extend(names.iter().map(|named| DrawnLink {
        target: named.name.clone(),
        is_wikilink: true,
        at: Some(named.at),
    }));
    for svg in &mut drawing.svg {
        *svg = linked(svg, first, names.len());
    }
    for label in &mut drawing.labels {
        label.retain(|c| !MARKS.contains(&c));
    }
}

/// The drawing with its `count` links, of which the first has the number `first`.
fn linked(svg: &str, first: usize, count: usize) -> String {
    let mut out = String::with_capacity(svg.len() + 64 * count);
    // The link whose words these are, whether its element is open, and whether this is a tag and no words.
    let (mut link, mut is_open, mut in_tag) = (None, false, false);
    let mut rest = svg;
    loop {
        let (before, here) = rest.split_at(rest.find([OPEN, CLOSE, ZERO, ONE, '<', '>']).unwrap_or(rest.len()));
        if let Some(number) = link.filter(|_| !is_open && !in_tag && !before.is_empty()) {
            out.push_str(&format!("<a href=\"{LINK_START}{number}{LINK_END}\">"));
            is_open = true;
        }
        out.push_str(before);
        let Some(sign) = here.chars().next() else { break };
        rest = &here[sign.len_utf8()..];
        if is_open && matches!(sign, CLOSE | '<') {
            out.push_str("</a>");
            is_open = false;
        }
        match sign {
            OPEN => {
                let digits = rest.len() - rest.trim_start_matches([ZERO, ONE]).len();
                let (digits, words) = rest.split_at(digits);
                let number =
                    digits.chars().fold(0usize, |sum, digit| sum.saturating_mul(2) + usize::from(digit == ONE));
                if !in_tag {
                    link = Some(first + number).filter(|_| number < count);
                }
                rest = words;
            }
            CLOSE if !in_tag => link = None,
            CLOSE | ZERO | ONE => {}
            sign => {
                in_tag = sign == '<';
                out.push(sign);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, at: usize) -> Named {
        Named { name: name.to_owned(), at }
    }

    #[test]
    fn names_in_quotation_marks_are_links() {
        let source = "A[\"[[가|첫째]] [[ 나 ]]\"] [[다]]\nB[\"x\n[[라]]\"";
        let (marked, names) = with_marks(source);
        assert_eq!(names, [named("가", source.find("가").unwrap()), named("나", source.find("나").unwrap())]);
        assert_eq!(marked.replace(MARKS, ""), "A[\"첫째 나\"] [[다]]\nB[\"x\n[[라]]\"");
    }

    #[test]
    fn links_are_told_by_their_numbers_in_whatever_order_they_are_drawn() {
        let (marked, names) = with_marks("\"[[가]]\" \"[[나]]\" \"[[다]]\"");
        let words: Vec<&str> = marked.split('"').filter(|word| word.starts_with(OPEN)).collect();
        let [a, b, c] = words.as_slice() else { panic!("{words:?}") };
        let svg = format!("<text title=\"{c}\">{c} x {b}</text><text>{b}</text>");
        let mut drawing = Drawing { svg: vec![svg], labels: vec![format!("{a} {c}")], ..Drawing::default() };
        link_labels(&mut drawing, &names);
        let link = |number: usize, word: &str| format!("<a href=\"{LINK_START}{number}{LINK_END}\">{word}</a>");
        let expected =
            format!("<text title=\"다\">{} x {}</text><text>{}</text>", link(2, "다"), link(1, "나"), link(1, "나"));
        assert_eq!(drawing.svg, [expected]);
        assert_eq!(drawing.labels, ["가 다"]);
        assert_eq!(drawing.links.len(), 3);
    }

    #[test]
    fn a_link_that_is_broken_into_lines_is_one_in_each() {
        let (marked, names) = with_marks("\"[[가|하나 둘]]\"");
        let words = marked.trim_matches('"').replace(' ', "</tspan><tspan>");
        let mut drawing = Drawing { svg: vec![format!("<tspan>{words}</tspan>")], ..Drawing::default() };
        link_labels(&mut drawing, &names);
        assert_eq!(drawing.svg[0].matches("<a href").count(), 2, "{}", drawing.svg[0]);
        assert!(drawing.svg[0].contains(">하나</a></tspan><tspan><a"), "{}", drawing.svg[0]);
    }
}
