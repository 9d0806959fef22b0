//! Markdown inside of HTML: `<details>` and kramdown's `<div markdown="1">`.
//!
//! A block of HTML goes on to the next blank line, and what stands in it is no Markdown. Who writes `<details>` without
//! blank lines means Markdown all the same, and who writes `markdown="1"` says so. Blank lines are put where they left
//! them out. What is indented like code stays as it is: it would become code.

use super::Pass;
use super::lines::{Line, lines};
use crate::markdown::html::{HtmlAttribute, tags};

/// An element in which Markdown is meant.
struct Element {
    name: String,
    quotes: usize,
    /// How many of the same name are open, itself included.
    depth: usize,
}

pub fn read(pass: &mut Pass<'_>) {
    let all: Vec<Line<'_>> = lines(pass.text).collect();
    let mut open: Vec<Element> = Vec::new();
    for (index, line) in all.iter().enumerate() {
        while open.last().is_some_and(|element| element.quotes > line.quotes) {
            open.pop();
        }
        let text = line.inner();
        if line.code || !text.contains('<') {
            continue;
        }
        let far = |other: &Line<'_>| other.indent >= line.item + 4;
        let below = all.get(index + 1).filter(|below| !below.is_blank() && !far(below) && below.quotes == line.quotes);
        let above = index.checked_sub(1).and_then(|above| all.get(above)).filter(|above| !above.is_blank());
        let found = tags(text);
        let at = line.inner_start();
        let mut content = None;
        for (number, tag) in found.iter().enumerate() {
            let name = tag.name.to_ascii_lowercase();
            let marked = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case("markdown"));
            if !tag.closing && (name == "details" || marked.is_some()) && tag.range.start == 0 && !far(line) {
                if let Some(attribute) = marked {
                    let (from, to) = whole_attribute(text, attribute);
                    pass.edits.remove(at + from, at + to);
                }
                open.push(Element { name: name.clone(), quotes: line.quotes, depth: 1 });
                let summary = name == "details"
                    && (found.get(number + 1).is_some_and(|next| next.name.eq_ignore_ascii_case("summary"))
                        || below.is_some_and(|below| below.text.starts_with('<')));
                content = (!summary).then_some(tag.range.end);
            } else if tag.closing && name == "summary" && open.last().is_some_and(|element| element.name == "details") {
                content = Some(tag.range.end);
            } else if let Some(element) = open.last_mut().filter(|element| element.name == name) {
                if !tag.closing {
                    element.depth += 1;
                    continue;
                }
                element.depth -= 1;
                if element.depth > 0 {
                    continue;
                }
                open.pop();
                let from = content.take().unwrap_or(0);
                let before = text.get(from..tag.range.start).unwrap_or_default();
                if !before.trim().is_empty() {
                    // `글</details>`; on one line with its beginning (`<details>글</details>`) it stays as it is.
                    if from == 0 {
                        let break_ = format!("\n{}", line.blank(pass.text));
                        pass.edits.replace(at + tag.range.start, at + tag.range.start, &break_);
                    }
                } else if above.is_some() && from == 0 && !far(line) {
                    let blank = line.blank(pass.text);
                    pass.edits.replace(line.start, line.start, &blank);
                }
                content = Some(tag.range.end);
            }
        }
        let Some(from) = content else { continue };
        let rest = text.get(from..).unwrap_or_default();
        if !rest.trim().is_empty() && !rest.trim_start().starts_with('<') {
            let break_ = format!("\n{}", line.blank(pass.text));
            let prefix = line.blank(pass.text);
            pass.edits.replace(at + from, at + from, &format!("{break_}{}", prefix.trim_end_matches('\n')));
        }
        if let Some(below) = below {
            let blank = below.blank(pass.text);
            pass.edits.replace(below.start, below.start, &blank);
        }
    }
}

/// An attribute with its name, its value and the blank before it.
fn whole_attribute(text: &str, attribute: &HtmlAttribute<'_>) -> (usize, usize) {
    let HtmlAttribute { name_range, range, .. } = attribute;
    let quoted = text.as_bytes().get(range.end).is_some_and(|byte| matches!(byte, b'"' | b'\''));
    (name_range.start.saturating_sub(1), (range.end + usize::from(quoted)).max(name_range.end))
}
