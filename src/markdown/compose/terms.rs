//! Terms that a note explains: definition lists, and glosses such as `파드(Pod)`.

use super::Composer;
use crate::markdown::glosses::{self, Definition, Mark};
use crate::markdown::{Hole, next_hole};

/// Terms of one note that count.
const MOST_TERMS: usize = 1000;

/// What is gathered while a block is read.
#[derive(Default)]
pub(super) struct Terms {
    /// Where the block's text begins in its section's.
    from: usize,
    marks: Vec<Mark>,
    /// Where open markup begins.
    open: Vec<usize>,
    /// Where the open term of a definition list, or its meaning, begins: in the HTML and in the text.
    definition: Option<(usize, usize)>,
    term: String,
}

impl Composer<'_> {
    /// Where the next word will stand, in the heading's text or the section's.
    fn text_length(&mut self) -> usize {
        match &self.heading {
            Some(heading) => heading.title.len(),
            None => self.section_text().len(),
        }
    }

    pub(super) fn open_mark(&mut self) {
        let at = self.text_length();
        self.terms.open.push(at);
    }

    pub(super) fn close_mark(&mut self) {
        let end = self.text_length();
        if let Some(start) = self.terms.open.pop() {
            self.terms.marks.push(Mark { range: start..end, is_code: false });
        }
    }

    /// Inline code was written, of so many bytes.
    pub(super) fn code_mark(&mut self, length: usize) {
        let end = self.text_length();
        self.terms.marks.push(Mark { range: end.saturating_sub(length)..end, is_code: true });
    }

    /// The text so far holds no glosses that were not found: it was code, or another section's.
    pub(super) fn skip_glosses(&mut self) {
        self.terms.from = self.section_text().len();
        self.terms.marks.clear();
    }

    /// Finds the glosses in the block that ends here.
    pub(super) fn block_glosses(&mut self) {
        let from = self.terms.from;
        let marks = std::mem::take(&mut self.terms.marks);
        let text = self.section_text().get(from..).unwrap_or_default();
        let found = if memchr::memchr(b'(', text.as_bytes()).is_some() {
            let marks: Vec<Mark> = marks
                .into_iter()
                .filter(|mark| mark.range.start >= from)
                .map(|mark| Mark { range: mark.range.start - from..mark.range.end - from, ..mark })
                .collect();
            glosses::find(text, &marks)
        } else {
            Vec::new()
        };
        self.terms.from = self.section_text().len();
        let heading = self.document.sections.last().and_then(|section| section.heading);
        for mut gloss in found {
            gloss.heading = heading;
            self.add_gloss(gloss);
        }
    }

    /// Finds the glosses in a heading, which will have this index.
    pub(super) fn heading_glosses(&mut self, title: &str, index: usize) {
        let marks = std::mem::take(&mut self.terms.marks);
        for mut gloss in glosses::find(title, &marks) {
            gloss.heading = Some(index);
            gloss.in_heading = true;
            self.add_gloss(gloss);
        }
    }

    fn add_gloss(&mut self, gloss: glosses::Gloss) {
        if self.document.glosses.len() < MOST_TERMS {
            self.document.glosses.push(gloss);
        }
    }

    pub(super) fn start_definition_part(&mut self) {
        self.terms.definition = Some((self.out.len(), self.section_text().len()));
    }

    pub(super) fn end_term(&mut self) {
        self.terms.term.clear();
        if let Some((_, from)) = self.terms.definition.take() {
            let term = self.section_text().get(from..).unwrap_or_default().trim().to_owned();
            self.terms.term = term;
        }
    }

    /// A meaning ends; a term may have several.
    pub(super) fn end_meaning(&mut self) {
        let Some((html_from, text_from)) = self.terms.definition.take() else { return };
        if self.terms.term.is_empty() || self.document.definitions.len() >= MOST_TERMS {
            return;
        }
        let html = self.out.get(html_from..).unwrap_or_default();
        let html = if self.can_stand_elsewhere(html) { html.trim().to_owned() } else { String::new() };
        let text = self.section_text().get(text_from..).unwrap_or_default().trim().to_owned();
        let term = self.terms.term.clone();
        let heading = self.document.sections.last().and_then(|section| section.heading);
        match self.document.definitions.last_mut() {
            Some(last) if last.term == term && last.heading == heading => {
                if last.html.is_empty() || html.is_empty() {
                    last.html.clear();
                } else {
                    last.html.push_str("<br>\n");
                    last.html.push_str(&html);
                }
                last.text.push(' ');
                last.text.push_str(&text);
            }
            _ => self.document.definitions.push(Definition { term, html, text, heading }),
        }
    }

    /// Whether HTML means the same on another page: no ids, nothing but links in it, and nothing of the note's own HTML.
    fn can_stand_elsewhere(&self, html: &str) -> bool {
        let mut rest = html;
        while let Some((_, number, after)) = next_hole(rest) {
            let hole = self.document.body.holes.get(number);
            if !matches!(hole, Some(Hole::Address(_) | Hole::Label(_) | Hole::Tag(_) | Hole::Formula(_))) {
                return false;
            }
            rest = after;
        }
        !self.needs_cleaning && !html.contains(" id=\"") && !html.contains("<div") && !html.contains("<h")
    }
}
