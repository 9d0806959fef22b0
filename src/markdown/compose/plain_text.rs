//! What a reader reads, without markup: for the search index, excerpts and heading ids.

use super::Composer;
use crate::markdown::{Section, html};

/// The longest description taken from a first paragraph, in characters.
const EXCERPT_LENGTH: usize = 160;

impl Composer<'_> {
    /// Text that a reader reads, for search and excerpts.
    pub(super) fn plain(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.named.push_str(text);
        }
        self.read_aloud(text);
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
            let text = self.section_text();
            text.push('\n');
            text.push_str(&note);
        }
        self.block_glosses();
        let text = self.section_text();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
            self.skip_glosses();
        }
    }

    pub(super) fn section_text(&mut self) -> &mut String {
        if self.document.sections.is_empty() {
            self.document.sections.push(Section::default());
        }
        let last = self.document.sections.len() - 1;
        &mut self.document.sections[last].text
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
