//! A part of a note, for showing it in another: a section, or one block.
//!
//! Parts are cut out of the finished body, which holds every heading and anchor with its id. Headings that open a
//! section stand outside of every other element, so that what lies between two of them is whole.

use super::html::{escape_into, tags};
use super::{Document, HOLE_END, HOLE_START, Hole};

/// Where the footnotes begin, which belong to no section.
const FOOTNOTES: &str = "<section class=\"footnotes\"";

impl Document {
    /// The HTML of the section or block with an id; holes are still open. The title's id means the whole body.
    pub fn part(&self, id: &str) -> Option<&str> {
        let html = self.body.html.as_str();
        if self.title_id.as_deref() == Some(id) {
            return Some(html);
        }
        match self.headings.iter().position(|heading| heading.id == id) {
            Some(index) => self.section(index),
            None => block(html, &self.attribute(id)),
        }
    }

    /// An id's attribute as it stands in the body: the composer writes some ids, and leaves holes for others.
    fn attribute(&self, id: &str) -> String {
        let hole = self.body.holes.iter().position(|hole| matches!(hole, Hole::Id(other) if other == id));
        let mut attribute = String::from(" id=\"");
        match hole {
            Some(number) => attribute.push_str(&format!("{HOLE_START}{number}{HOLE_END}")),
            None => escape_into(&mut attribute, id),
        }
        attribute.push('"');
        attribute
    }

    fn section(&self, index: usize) -> Option<&str> {
        let html = self.body.html.as_str();
        let heading = self.headings.get(index)?;
        let start = html.find(&opening(heading.level, &heading.id))?;
        let rest = &html[start..];
        let next = self.headings.iter().skip(index + 1).find(|next| next.level <= heading.level);
        let end = next.and_then(|next| rest.find(&opening(next.level, &next.id))).or_else(|| rest.find(FOOTNOTES));
        Some(&rest[..end.unwrap_or(rest.len())])
    }
}

/// A heading's tag as the composer writes it.
fn opening(level: u8, id: &str) -> String {
    let mut tag = format!("<h{level} id=\"");
    escape_into(&mut tag, id);
    tag.push_str("\">");
    tag
}

/// The element with an attribute, from its first tag to its last.
fn block<'h>(html: &'h str, attribute: &str) -> Option<&'h str> {
    let at = html.find(attribute)?;
    let start = html.get(..at)?.rfind('<')?;
    let rest = html.get(start..)?;
    let mut depth = 0usize;
    let mut name = None;
    for tag in tags(rest) {
        let name = *name.get_or_insert(tag.name);
        if tag.name != name {
            continue;
        }
        depth = if tag.closing { depth.saturating_sub(1) } else { depth + 1 };
        if depth == 0 {
            return rest.get(..tag.range.end);
        }
    }
    None
}

/// The first hole in a piece of a body: what stands before it, its number, and what stands behind it.
pub fn next_hole(html: &str) -> Option<(&str, usize, &str)> {
    let start = memchr::memchr(HOLE_START as u8, html.as_bytes())?;
    let end = start + memchr::memchr(HOLE_END as u8, &html.as_bytes()[start..])?;
    // What is no number fills no hole, and what stands behind it is still to be filled.
    Some((&html[..start], html[start + 1..end].parse().unwrap_or(usize::MAX), &html[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Options, parse};

    #[test]
    fn a_part_is_a_section_with_its_smaller_ones_or_one_block() {
        let text = "앞\n\n## 가\n\n하나\n\n### 나\n\n둘[^1]\n\n## 다\n\n<p id=\"라\">셋 <b>넷</b></p>\n\n[^1]: 각주\n";
        let input = Input { text, body_start: 0, path: "메모.md", title: Some("메모"), cover: None };
        let document = parse(input, &Options::default());
        let holds = |id: &str, inside: &[&str], outside: &[&str]| {
            let part = document.part(id).unwrap();
            assert!(inside.iter().all(|word| part.contains(word)), "{part}");
            assert!(!outside.iter().any(|word| part.contains(word)), "{part}");
        };
        holds("가", &["하나", "둘"], &["앞", "셋", "각주</"]);
        holds("나", &["둘"], &["하나", "셋"]);
        holds("다", &["셋"], &["둘", "footnotes"]);
        holds("라", &["<p ", "셋", "<b>넷</b></p>"], &["둘", "다"]);
        assert_eq!(document.part("없다"), None);
    }
}
