//! `[[이름]]` in the labels of a diagram: a link to a note, as in text.
//!
//! A tool sees the words between two characters that have no width and are in no note; in the finished drawing the link is
//! put around them.

use super::{Drawing, DrawnLink, LINK_END, LINK_START};

/// Before and behind the words of a link in a label.
pub const OPEN: char = '\u{2062}';
pub const CLOSE: char = '\u{2063}';

/// The source with `[[이름]]` in quotation marks as words between marks, and what the names are.
pub fn with_marks(source: &str) -> (String, Vec<String>) {
    let mut links = Vec::new();
    if !source.contains("[[") {
        return (source.to_owned(), links);
    }
    let mut out = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let mut rest = line;
        let mut quoted = false;
        while let Some(at) = rest.find(['"', '[']) {
            let (before, here) = rest.split_at(at);
            out.push_str(before);
            let link = here.strip_prefix("[[").filter(|_| quoted).and_then(|inside| inside.split_once("]]"));
            match link {
                Some((inside, after)) if !inside.trim().is_empty() && !inside.contains(['"', '[']) => {
                    let (name, shown) = inside.split_once('|').unwrap_or((inside, inside));
                    out.push(OPEN);
                    out.push_str(shown.trim());
                    out.push(CLOSE);
                    links.push(name.trim().to_owned());
                    rest = after;
                }
                _ => {
                    quoted ^= here.starts_with('"');
                    out.push_str(&here[..1]);
                    rest = &here[1..];
                }
            }
        }
        out.push_str(rest);
    }
    (out, links)
}

/// Puts links around the marked words. A label that was broken into lines has its link in each.
pub fn link_labels(drawing: &mut Drawing, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let first = drawing.links.len();
    drawing.links.extend(names.iter().map(|name| DrawnLink { target: name.clone(), is_wikilink: true }));
    for svg in &mut drawing.svg {
        let mut out = String::with_capacity(svg.len() + 64 * names.len());
        let mut number = first;
        // Whether words are a link's, whether its element is open, and whether this is a tag and no words.
        let (mut is_link, mut is_open, mut in_tag) = (false, false, false);
        let mut rest = svg.as_str();
        loop {
            let (before, here) = rest.split_at(rest.find([OPEN, CLOSE, '<', '>']).unwrap_or(rest.len()));
            if is_link && !is_open && !in_tag && !before.is_empty() && number < drawing.links.len() {
                out.push_str(&format!("<a href=\"{}{number}{}\">", LINK_START, LINK_END));
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
                OPEN | CLOSE if in_tag => {}
                OPEN => is_link = true,
                CLOSE => {
                    is_link = false;
                    number += 1;
                }
                sign => {
                    in_tag = sign == '<';
                    out.push(sign);
                }
            }
        }
        *svg = out;
    }
    for label in &mut drawing.labels {
        label.retain(|c| c != OPEN && c != CLOSE);
    }
}
