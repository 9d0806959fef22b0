//! A part of a note, for showing it in another: a section, or one block.
//!
//! Parts are cut out of the finished body, which holds every heading and anchor with its id. One walk over its tags finds
//! them all. A section that begins inside an element of the note's own HTML ends where that element does, and elements
//! that are still open where a section ends are closed there, so that a part is whole wherever it is shown.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::html::{HtmlTag, is_void, tags, unescape};
use super::{Document, HOLE_END, HOLE_START, Hole};

/// HTML of a part; holes are still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'d> {
    pub html: &'d str,
    /// Elements to close behind it, the innermost first.
    pub unclosed: &'d [String],
}

/// The parts of a body by their ids.
#[derive(Clone, Debug, Default)]
pub struct Parts(FxHashMap<String, Place>);

#[derive(Clone, Debug)]
struct Place {
    range: Range<usize>,
    unclosed: Vec<String>,
}

impl Document {
    /// The whole body.
    pub fn whole(&self) -> Part<'_> {
        Part { html: &self.body.html, unclosed: &[] }
    }

    /// The section or block with an id. The title's id means the whole body.
    pub fn part(&self, id: &str) -> Option<Part<'_>> {
        if self.title_id.as_deref() == Some(id) {
            return Some(self.whole());
        }
        let place = self.parts.get_or_init(|| Walk::over(self)).0.get(id)?;
        Some(Part { html: self.body.html.get(place.range.clone())?, unclosed: &place.unclosed })
    }
}

struct Walk<'d> {
    document: &'d Document,
    /// Open elements: name, where each began, and its id.
    elements: Vec<(&'d str, usize, Option<String>)>,
    /// Open sections: which heading, where it begins, and how many elements were open there.
    sections: Vec<(usize, usize, usize)>,
    next_heading: usize,
    parts: Parts,
}

impl<'d> Walk<'d> {
    fn over(document: &'d Document) -> Parts {
        let mut walk =
            Self { document, elements: Vec::new(), sections: Vec::new(), next_heading: 0, parts: Parts::default() };
        for tag in tags(&document.body.html) {
            if tag.closing {
                walk.close(&tag);
            } else {
                walk.open(&tag);
            }
        }
        walk.end_sections(0, document.body.html.len());
        walk.parts
    }

    fn open(&mut self, tag: &HtmlTag<'d>) {
        let value = |name: &str| tag.attributes.iter().find(|attribute| attribute.name == name).map(|a| a.value);
        let id = value("id").map(|value| self.id(value));
        if let Some(heading) = self.document.headings.get(self.next_heading)
            && id.as_deref() == Some(heading.id.as_str())
            && tag.name.strip_prefix('h') == Some(heading.level.to_string().as_str())
        {
            self.end_sections(heading.level, tag.range.start);
            self.sections.push((self.next_heading, tag.range.start, self.elements.len()));
            self.next_heading += 1;
        } else if tag.name == "section" && value("class") == Some("footnotes") {
            // Footnotes belong to no section.
            self.end_sections(0, tag.range.start);
        }
        if is_void(tag.name) {
            if let Some(id) = id {
                self.add(id, tag.range.clone(), Vec::new());
            }
        } else {
            self.elements.push((tag.name, tag.range.start, id));
        }
    }

    fn close(&mut self, tag: &HtmlTag<'d>) {
        let Some(at) = self.elements.iter().rposition(|(name, ..)| name.eq_ignore_ascii_case(tag.name)) else { return };
        while let Some((heading, start, depth)) = self.sections.last().copied()
            && depth > at
        {
            self.end_section(heading, start, depth, tag.range.start);
        }
        for (_, start, id) in self.elements.split_off(at) {
            if let Some(id) = id {
                self.add(id, start..tag.range.end, Vec::new());
            }
        }
    }

    /// Ends the open sections of this level and deeper ones.
    fn end_sections(&mut self, level: u8, end: usize) {
        while let Some((heading, start, depth)) = self.sections.last().copied()
            && self.document.headings.get(heading).is_none_or(|heading| heading.level >= level)
        {
            self.end_section(heading, start, depth, end);
        }
    }

    fn end_section(&mut self, heading: usize, start: usize, depth: usize, end: usize) {
        self.sections.pop();
        let unclosed = self.elements.iter().skip(depth).rev().map(|(name, ..)| (*name).to_owned()).collect();
        if let Some(heading) = self.document.headings.get(heading) {
            self.add(heading.id.clone(), start..end, unclosed);
        }
    }

    /// The first of equal ids counts, as in a browser; a heading's section is more than its heading.
    fn add(&mut self, id: String, range: Range<usize>, unclosed: Vec<String>) {
        let place =
            self.parts.0.entry(id).or_insert_with(|| Place { range: range.clone(), unclosed: unclosed.clone() });
        if place.range.start == range.start && range.end > place.range.end {
            *place = Place { range, unclosed };
        }
    }

    /// An id as links name it: the composer writes some, and leaves holes for others.
    fn id(&self, value: &str) -> String {
        let number =
            value.strip_prefix(HOLE_START).and_then(|value| value.strip_suffix(HOLE_END)?.parse::<usize>().ok());
        match number.and_then(|number| self.document.body.holes.get(number)) {
            Some(Hole::Id(id)) => id.clone(),
            _ => unescape(value),
        }
    }
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
        let input = Input { text, body_start: 0, path: "메모.md", title: Some("메모"), cover: None, extra: None };
        let document = parse(input, &Options::default());
        let holds = |id: &str, inside: &[&str], outside: &[&str]| {
            let part = document.part(id).unwrap().html;
            assert!(inside.iter().all(|word| part.contains(word)), "{part}");
            assert!(!outside.iter().any(|word| part.contains(word)), "{part}");
        };
        holds("가", &["하나", "둘"], &["앞", "셋", "각주</"]);
        holds("나", &["둘"], &["하나", "셋"]);
        holds("다", &["셋"], &["둘", "footnotes"]);
        holds("라", &["<p ", "셋", "<b>넷</b></p>"], &["둘", "다"]);
        assert_eq!(document.part("없다"), None);
    }
    #[test]
    fn a_part_is_whole_whatever_it_stands_in() {
        let text = "<div>\n\n## 가 {.큰}\n\n<details>\n\n글\n\n### 나\n\n둘\n\n</details>\n\n끝\n\n</div>\n\n밖\n\n## 다 {.big}\n\n<details>\n\n넷\n\n## 라\n\n다섯\n";
        let input = Input { text, body_start: 0, path: "메모.md", title: Some("메모"), cover: None, extra: None };
        let document = parse(input, &Options { unsafe_html: true, ..Options::default() });
        let part = |id: &str| {
            let part = document.part(id).unwrap();
            (part.html.trim().to_owned(), part.unclosed.to_vec())
        };
        let (html, unclosed) = part("나");
        assert!(html.ends_with("<p>둘</p>") && unclosed.is_empty(), "{html}");
        let (html, unclosed) = part("가");
        assert!(html.ends_with("<p>끝</p>") && html.contains("</details>") && unclosed.is_empty(), "{html}");
        let (html, unclosed) = part("다");
        assert!(html.ends_with("<p>넷</p>"), "{html}");
        assert_eq!(unclosed, ["details"]);
    }
}
