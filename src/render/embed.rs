//! Notes, sections and blocks shown inside another note: `![[노트#제목]]`.
//!
//! What is shown is the other note's own body, its links seen from this page and its ids changed, so that no page has
//! an id twice. A note that is being shown already is not shown in itself: there, and where notes nest deeper or grow
//! larger than anybody reads, stands a link.

use super::address;
use super::body::Writer;
use crate::library::{Entry, Link, Place};
use crate::markdown::escape_into;

/// How deep notes are shown in notes.
pub const DEEPEST: usize = 5;

/// Bytes of other notes that one page shows. Ten notes that each show ten are soon ten thousand.
const MOST_BYTES: usize = 1 << 20;

/// What stands around each, in bytes or so: very many very small ones are large too.
const AROUND: usize = 250;

/// Notes that are being shown, and how much of them a page has shown.
#[derive(Default)]
pub struct Embeds<'a> {
    /// From the page's own note inwards: which note, and which part of it.
    pub open: Vec<(&'a str, Option<&'a str>)>,
    count: usize,
    bytes: usize,
}

/// The embed whose HTML is being written.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Before every id.
    prefix: String,
    /// Where the shown note has its own page, when ids are looked for there.
    page: Option<String>,
    state: State,
}

/// Where in HTML a piece of it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    Tag,
    /// In an attribute's value, up to this quote.
    Value(u8),
}

impl Shown {
    /// The attribute whose value is being written ends here, without its quote.
    pub fn end_value(&mut self) {
        self.state = State::Tag;
    }

    /// The tag whose value is being written is left out.
    pub fn end_tag(&mut self) {
        self.state = State::Text;
    }

    /// Appends a piece of the shown note's HTML with its ids changed.
    pub fn write(&mut self, out: &mut String, html: &str) {
        let mut from = 0;
        for (at, byte) in html.bytes().enumerate() {
            self.state = match (self.state, byte) {
                (State::Text, b'<') => State::Tag,
                (State::Tag, b'>') => State::Text,
                (State::Value(quote), _) if byte == quote => State::Tag,
                (State::Tag, b'"' | b'\'') => {
                    let written = &html[from..=at];
                    if written.ends_with(" id=\"") {
                        out.push_str(written);
                        from = at + 1;
                        escape_into(out, &self.prefix);
                    } else if written.ends_with(" href=\"") && html[at + 1..].starts_with('#') {
                        out.push_str(written);
                        match &self.page {
                            Some(page) => {
                                escape_into(out, page);
                                from = at + 1;
                            }
                            None => {
                                out.push('#');
                                escape_into(out, &self.prefix);
                                from = at + 2;
                            }
                        }
                    }
                    State::Value(byte)
                }
                (state, _) => state,
            };
        }
        out.push_str(html.get(from..).unwrap_or_default());
    }
}

impl<'a> Writer<'a> {
    /// Shows the note, section or block that an embed leads to; `false` when it cannot be shown here. `place` is the id
    /// of the embed itself.
    pub(super) fn show(&mut self, link: &'a Link, label: &str, place: Option<&str>) -> bool {
        let library = self.surroundings.library;
        let (entry, id): (&'a Entry, Option<&'a str>) = match link {
            // A section that is not there is not the whole note.
            Link::Note { place: Place::Missing, .. } => return false,
            Link::Note { note, place } => (library.note(*note), place.id()),
            Link::Here { id } => (self.entry, Some(id)),
            _ => return false,
        };
        let part = match id {
            Some(id) => entry.document.part(id),
            None => Some(entry.document.whole()),
        };
        let Some(part) = part else { return false };
        let whole = id.is_none() || id == entry.document.title_id.as_deref();
        let id = id.filter(|_| !whole);
        let shows = (entry.url.as_str(), id);
        let embeds = &mut self.embeds;
        let in_itself = embeds.open.contains(&shows);
        if in_itself || embeds.open.len() > DEEPEST || embeds.bytes + part.html.len() > MOST_BYTES {
            return false;
        }
        embeds.bytes += part.html.len() + AROUND;
        embeds.count += 1;
        embeds.open.push(shows);
        let shown = Shown {
            prefix: format!("embed-{}-", embeds.count),
            page: (!whole).then(|| address::relative(self.page_url, &entry.url)),
            state: State::Text,
        };
        self.out.push_str("<div class=\"embed\"");
        if let Some(place) = place {
            self.out.push_str(" id=\"");
            self.out.push_str(place);
            self.out.push('"');
        }
        self.out.push_str(">\n<p class=\"embed-source\"><a class=\"wikilink\" href=\"");
        let url = address::relative_with_id(self.page_url, &entry.url, id);
        escape_into(&mut self.out, &url);
        self.out.push_str("\">");
        if label.is_empty() {
            escape_into(&mut self.out, &entry.title);
            if let Some(heading) = id.and_then(|id| entry.document.headings.iter().find(|heading| heading.id == id)) {
                self.out.push_str(" &gt; ");
                escape_into(&mut self.out, &heading.title);
            }
        } else {
            escape_into(&mut self.out, label);
        }
        self.out.push_str("</a></p>\n");
        let outer = (std::mem::replace(&mut self.entry, entry), self.shown.replace(shown));
        self.write(part.html);
        for element in part.unclosed {
            self.out.push_str(&format!("</{element}>"));
        }
        (self.entry, self.shown) = outer;
        self.embeds.open.pop();
        self.out.push_str("</div>\n");
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_change_in_tags_and_nowhere_else() {
        let write = |page: Option<&str>| {
            let mut shown = Shown { prefix: "e-".to_owned(), page: page.map(str::to_owned), state: State::default() };
            let mut out = String::new();
            // A hole may part a tag.
            shown.write(&mut out, "<h2 id=\"가\">id=\"나\" <a href=\"#다\" title=' id=\"라\"'>글</a><a href=\"");
            shown.write(&mut out, "\" id=\"마\">");
            out
        };
        assert_eq!(
            write(None),
            "<h2 id=\"e-가\">id=\"나\" <a href=\"#e-다\" title=' id=\"라\"'>글</a><a href=\"\" id=\"e-마\">"
        );
        assert!(write(Some("노트.html")).contains("<a href=\"노트.html#다\""));
    }
}
