//! What a reader reads, without markup: for the search index, excerpts, heading ids, and the sentences around links.

use std::ops::Range;

use super::Composer;
use crate::markdown::{Section, Stretch, StretchKind, html};

/// The longest description taken from a first paragraph, in characters.
const EXCERPT_LENGTH: usize = 160;

impl Composer<'_> {
    /// Text that a reader reads, for search and excerpts.
    pub(super) fn plain(&mut self, text: &str) {
        if self.left_out.is_some() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.named.push_str(text);
        }
        self.read_aloud(text);
    }

    /// Code, which is read but is no prose.
    pub(super) fn plain_code(&mut self, code: &str) {
        let start = self.section_text().len();
        self.plain(code);
        self.no_prose_from(start);
    }

    /// Says where the text that comes next stands in the file.
    pub(super) fn prose_from(&mut self, offset: usize) {
        if self.heading.is_none() {
            let at = self.section_text().len();
            self.stretch(at..at, StretchKind::Prose(offset));
        }
    }

    /// Says that the section's text from `start` on is no prose.
    pub(super) fn no_prose_from(&mut self, start: usize) {
        let end = self.section_text().len();
        if start < end {
            self.stretch(start..end, StretchKind::Code);
        }
    }

    /// Says that a reference stands here.
    pub(super) fn starts_here(&mut self, reference: usize) {
        if let Some(heading) = &mut self.heading {
            heading.references.push(reference);
            return;
        }
        let at = self.section_text().len();
        self.stretch(at..at, StretchKind::Link(reference));
    }

    /// Says that the text that comes next is the last reference's, up to [`Self::end_link_text`].
    pub(super) fn start_link_text(&mut self) {
        if self.heading.is_none() {
            self.open_link = self.section().stretches.len().checked_sub(1);
        }
    }

    pub(super) fn end_link_text(&mut self) {
        let Some(open) = self.open_link.take() else { return };
        let section = self.section();
        if let Some(Stretch { range, kind: StretchKind::Link(_) }) = section.stretches.get_mut(open) {
            range.end = section.text.len().max(range.start);
        }
    }

    /// An element of the note's own HTML begins or ends: the words of a link and code are no prose.
    pub(super) fn own_element(&mut self, name: &str, closing: bool) {
        let holds_no_prose = ["a", "code", "pre", "kbd", "samp", "script", "style", "svg", "math"]
            .iter()
            .any(|element| element.eq_ignore_ascii_case(name));
        if !holds_no_prose || self.heading.is_some() {
            return;
        }
        if !closing {
            let at = self.section_text().len();
            self.open_own.get_or_insert_with(|| (name.to_owned(), at));
        } else if let Some((_, start)) = self.open_own.take_if(|(open, _)| open.eq_ignore_ascii_case(name)) {
            self.no_prose_from(start);
        }
    }

    /// Says that references stand in the heading over the section.
    pub(super) fn links_in_heading(&mut self, references: Vec<usize>) {
        let at = self.section_text().len();
        for reference in references {
            self.stretch(at..at, StretchKind::LinkInHeading(reference));
        }
    }

    fn stretch(&mut self, range: Range<usize>, kind: StretchKind) {
        self.section().stretches.push(Stretch { range, kind });
    }

    /// Takes the text of a footnote that stands in its sentence out of it.
    pub(super) fn set_note_aside(&mut self) {
        let from = self.note_from;
        let behind = self.note_text.len();
        let section = self.section();
        let note = section.text.split_off(from.min(section.text.len()));
        let first = section.stretches.partition_point(|stretch| stretch.range.start < from);
        let stretches = section.stretches.split_off(first);
        self.note_stretches.extend(stretches.into_iter().map(|stretch| stretch.moved(from, behind)));
        self.note_text.push_str(&note);
        self.note_text.push('\n');
    }

    /// An emoji, which a heading's id calls by its name.
    pub(super) fn plain_emoji(&mut self, emoji: &str, typed: &str) {
        if let Some(heading) = &mut self.heading {
            heading.named.push_str(typed);
        }
        self.read_aloud(emoji);
    }

    fn read_aloud(&mut self, text: &str) {
        let target = match &mut self.heading {
            Some(heading) => &mut heading.title,
            None => self.section_text(),
        };
        if text.bytes().any(html::is_control) || text.contains(is_invisible) {
            // Control characters come from entities; neither XML nor a terminal wants them.
            let seen = text.chars().filter(|c| !is_invisible(*c));
            target.extend(seen.map(|c| if u8::try_from(c).is_ok_and(html::is_control) { ' ' } else { c }));
        } else {
            target.push_str(text);
        }
    }

    pub(super) fn end_of_block(&mut self) {
        if self.aside.is_empty() && !self.note_text.is_empty() {
            // A footnote that stands in its sentence is read behind it.
            let note = std::mem::take(&mut self.note_text);
            let stretches = std::mem::take(&mut self.note_stretches);
            let section = self.section();
            section.text.push('\n');
            let behind = section.text.len();
            section.stretches.extend(stretches.into_iter().map(|stretch| stretch.moved(0, behind)));
            section.text.push_str(&note);
        }
        self.open_own = None;
        self.block_glosses();
        let text = self.section_text();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
            self.skip_glosses();
        }
    }

    pub(super) fn section_text(&mut self) -> &mut String {
        &mut self.section().text
    }

    fn section(&mut self) -> &mut Section {
        if self.document.sections.is_empty() {
            self.document.sections.push(Section::default());
        }
        let last = self.document.sections.len() - 1;
        &mut self.document.sections[last]
    }

    pub(super) fn take_excerpt(&mut self) {
        if self.document.excerpt.is_some() || !self.aside.is_empty() {
            return;
        }
        let start = self.paragraph_text;
        let text = self.section_text().get(start..).unwrap_or_default();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A paragraph that is only an address or a picture says nothing about the note.
        if words.chars().filter(|c| c.is_alphabetic()).count() >= 8 && !words.starts_with("http") {
            self.document.excerpt = Some(shortened(&words, EXCERPT_LENGTH));
        }
    }
}

impl Stretch {
    /// The same where what began at `from` begins at `to`.
    fn moved(self, from: usize, to: usize) -> Self {
        let at = |offset: usize| offset.saturating_sub(from) + to;
        Self { range: at(self.range.start)..at(self.range.end), kind: self.kind }
    }
}

/// A character that no reader sees and that would part a word in the search index: `메시\u{200b}지` is `메시지`. (A
/// joiner, U+200D, is seen: it makes one emoji of two.)
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The first `limit` characters, cut at a word's end, with an ellipsis where something was cut.
fn shortened(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', '.', ' ']))
}
