//! What the links of a page lead to: title, heading and first lines, carried by the page itself.
//!
//! A page that is opened from a disk may not read another, so everything a preview shows stands in the page, as JSON
//! beside the script that reads it:
//!
//! ```json
//! {"../데이터/캐시.html#만료": {"title": "캐시", "heading": "만료", "text": "캐시에 둔 것은 …"}}
//! ```
//!
//! A key is a link's address as the page writes it, percent signs undone. Links of the text come first, then those of
//! the lists around it, up to [`MOST_BYTES`] a page; a page with more links than that has previews for the first.

use rustc_hash::FxHashSet;

use super::address::relative_with_id;
use super::{Rendering, json};
use crate::address::decoded;
use crate::library::{Entry, Library, Link};
use crate::markdown::{Hole, next_hole, unescape};

/// Bytes of previews in one page: some two hundred of them.
const MOST_BYTES: usize = 64 << 10;
/// Characters of a preview's text, and those after which it may end with a sentence.
const LONGEST: usize = 140;
const SENTENCE_FROM: usize = 60;

/// A link on a page, and where it leads: to a note, or to the part of it with an id.
#[derive(Clone, Debug)]
pub struct Lead<'a> {
    /// As the page writes it.
    pub url: String,
    pub entry: &'a Entry,
    pub id: Option<&'a str>,
}

impl<'a> Lead<'a> {
    /// Where a link of `from` leads when it leads to a note.
    pub fn of(url: &str, link: &'a Link, from: &'a Entry, library: &'a Library) -> Option<Self> {
        let (entry, id) = match link {
            Link::Here { id } => (from, Some(id.as_str())),
            Link::Note { note, place } => (library.note(*note), place.id()),
            Link::Folder(folder) => (library.note(library.folders.get(*folder).index?), None),
            _ => return None,
        };
        // The top of a page, and what only the browser finds in it.
        let is_top = id.is_some_and(|id| id.is_empty() || id == "top" || id.starts_with(":~:"));
        if is_top && matches!(link, Link::Here { .. }) {
            return None;
        }
        Some(Self { url: url.to_owned(), entry, id: id.filter(|_| !is_top) })
    }
}

impl Rendering<'_> {
    /// The previews of these links; `None` where there is nothing to show, or the site wants none.
    pub(super) fn previews<'a>(&self, leads: impl Iterator<Item = Lead<'a>>) -> Option<String> {
        if !self.config.previews {
            return None;
        }
        let mut out = String::from("{");
        let mut seen = FxHashSet::default();
        for lead in leads {
            if seen.contains(&lead.url) {
                continue;
            }
            let Some((heading, text)) = preview(lead.entry, lead.id) else { continue };
            let before = out.len();
            if before > 1 {
                out.push(',');
            }
            json::string_into(&mut out, &decoded(&lead.url));
            out.push_str(":{\"title\":");
            json::string_into(&mut out, &lead.entry.title);
            if let Some(heading) = heading {
                out.push_str(",\"heading\":");
                json::string_into(&mut out, heading);
            }
            if !text.is_empty() {
                out.push_str(",\"text\":");
                json::string_into(&mut out, &text);
            }
            out.push('}');
            if out.len() > MOST_BYTES {
                out.truncate(before);
                break;
            }
            seen.insert(lead.url);
        }
        out.push('}');
        (!seen.is_empty()).then_some(out)
    }

    /// A link to the whole of a note, as the page at `url` writes it.
    pub(super) fn lead_to<'a>(&self, entry: &'a Entry, url: &str) -> Lead<'a> {
        Lead { url: relative_with_id(url, &entry.url, None), entry, id: None }
    }
}

/// The heading a link leads to, and the first lines under it; `None` where nothing can be said.
fn preview<'a>(entry: &'a Entry, id: Option<&str>) -> Option<(Option<&'a str>, String)> {
    let document = &entry.document;
    if let Some(id) = id.filter(|id| Some(*id) != document.title_id.as_deref()) {
        if let Some(at) = document.headings.iter().position(|heading| heading.id == id) {
            let heading = document.headings.get(at)?;
            // A heading with nothing under it but smaller ones begins with the first of them.
            let below = document.sections.iter().skip_while(|section| section.heading != Some(at));
            let below = below.take_while(|section| {
                let level = section.heading.and_then(|index| document.headings.get(index)).map(|heading| heading.level);
                section.heading == Some(at) || level.is_some_and(|level| level > heading.level)
            });
            let text = below.map(|section| section.text.as_str()).find(|text| !text.trim().is_empty());
            return Some((Some(&heading.title), beginning(text.unwrap_or_default())));
        }
        let text = document.part(id).map(|part| beginning(&plain(entry, part.html))).unwrap_or_default();
        if !text.is_empty() {
            return Some((None, text));
        }
    }
    let described = entry.note.metadata.description.as_deref().or(document.excerpt.as_deref());
    let text = described
        .or_else(|| document.sections.iter().map(|section| section.text.as_str()).find(|text| !text.trim().is_empty()));
    let text = beginning(text.unwrap_or_default());
    (!text.is_empty() || !entry.title.is_empty()).then_some((None, text))
}

/// The first lines of a text: whole sentences where one ends in time, else whole words.
fn beginning(text: &str) -> String {
    let mut out = String::new();
    let mut characters = 0;
    let mut sentence = None;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let apart = usize::from(!out.is_empty());
        if characters + apart + length > LONGEST {
            match sentence {
                Some(end) => out.truncate(end),
                None => {
                    if out.is_empty() {
                        out.extend(word.chars().take(LONGEST));
                    }
                    out.push('…');
                }
            }
            return out;
        }
        if apart > 0 {
            out.push(' ');
        }
        out.push_str(word);
        characters += apart + length;
        if characters >= SENTENCE_FROM && word.ends_with(['.', '?', '!', '。']) {
            sentence = Some(out.len());
        }
    }
    out
}

/// The readable text of a piece of a note's body.
fn plain(entry: &Entry, html: &str) -> String {
    let mut text = PlainText::default();
    let mut rest = html;
    while let Some((before, number, after)) = next_hole(rest) {
        text.read(before);
        rest = after;
        match entry.document.body.holes.get(number) {
            Some(Hole::Label(index)) => {
                if let Some(reference) = entry.document.references.get(*index) {
                    text.out.push_str(reference.label.as_deref().unwrap_or(&reference.target));
                }
            }
            Some(Hole::Tag(name)) => {
                text.out.push('#');
                text.out.push_str(name);
            }
            Some(Hole::Drawing { drawn, .. }) => {
                for label in drawn.iter().flat_map(|drawing| &drawing.labels) {
                    text.out.push_str(label);
                    text.out.push(' ');
                }
            }
            Some(Hole::Code(fence)) => text.out.push_str(&fence.code),
            Some(Hole::Image { alt, .. }) => text.out.push_str(alt),
            _ => {}
        }
    }
    text.read(rest);
    unescape(&text.out)
}

/// HTML read piece by piece, its tags left out. A hole may part a tag.
#[derive(Default)]
struct PlainText {
    out: String,
    /// The tag that is open, as far as it was read.
    tag: Option<String>,
}

impl PlainText {
    fn read(&mut self, html: &str) {
        for c in html.chars() {
            match (&mut self.tag, c) {
                (None, '<') => self.tag = Some(String::new()),
                (None, c) => self.out.push(c),
                (Some(tag), '>') => {
                    let name = tag.trim_start_matches('/');
                    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                    // The words of two lines or cells stay two.
                    if matches!(name, "p" | "br" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "div" | "pre" | "figure") {
                        self.out.push(' ');
                    }
                    self.tag = None;
                }
                (Some(tag), c) => tag.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_ends_with_a_sentence_or_a_word() {
        assert_eq!(beginning("  짧은\n글  "), "짧은 글");
        let sentence = format!("{}다.", "가나다라 ".repeat(15));
        assert_eq!(beginning(&format!("{sentence} {}", "나머지 ".repeat(60))), sentence);
        let words = beginning(&"낱말들 ".repeat(100));
        assert!(words.ends_with("낱말들…") && words.chars().count() <= LONGEST + 1, "{words}");
        assert_eq!(beginning(&"가".repeat(500)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn tags_are_left_out_and_lines_kept_apart() {
        let mut text = PlainText::default();
        text.read("<li>하나 <b>둘</b>을<a href=\"");
        text.read("\">셋</a></li><li>넷 &lt;</li>");
        assert_eq!(unescape(&text.out).split_whitespace().collect::<Vec<_>>(), ["하나", "둘을셋", "넷", "<"]);
    }
}
