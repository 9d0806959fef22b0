//! `글^[바로 적은 각주]`: a footnote whose text stands where it is mentioned.
//!
//! It becomes the events of a mention and of a definition, one after the other, and is numbered among the others. Its
//! label is one that nobody can write. `^[ab]*` is a regular expression: a footnote has a space or Hangul in it.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::emphasis::is_source;
use super::events::Spanned;

/// No note has the character.
const LABEL: char = '\u{1}';

/// Whether a footnote was written where it is mentioned.
pub fn is_inline(label: &str) -> bool {
    label.starts_with(LABEL)
}

/// A place in a text event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    event: usize,
    /// In the body.
    at: usize,
}

/// Turns footnotes in the text into events. Linear in the events.
pub fn read<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    if memchr::memmem::find(body.as_bytes(), b"^[").is_none() {
        return events;
    }
    let notes = find(body, &events);
    if notes.is_empty() {
        return events;
    }
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len() + notes.len() * 4);
    // Beginnings and ends in turn, in reading order.
    let mut ends = notes.iter().flat_map(|(open, close)| [*open, *close]).enumerate().peekable();
    for (index, (event, span)) in events.into_iter().enumerate() {
        if ends.peek().is_none_or(|(_, place)| place.event != index) {
            out.push((event, span));
            continue;
        }
        let mut from = span.start;
        while let Some((number, place)) = ends.next_if(|(_, place)| place.event == index) {
            text(body, from, place.at, &mut out);
            let label = || CowStr::from(format!("{LABEL}{}", number / 2));
            if number % 2 == 0 {
                from = place.at + 2;
                out.push((Event::FootnoteReference(label()), place.at..from));
                out.push((Event::Start(Tag::FootnoteDefinition(label())), place.at..from));
            } else {
                from = place.at + 1;
                out.push((Event::End(TagEnd::FootnoteDefinition), place.at..from));
            }
        }
        text(body, from, span.end, &mut out);
    }
    out
}

fn text<'a>(body: &'a str, from: usize, to: usize, out: &mut Vec<Spanned<'a>>) {
    if let Some(text) = body.get(from..to).filter(|text| !text.is_empty()) {
        out.push((Event::Text(CowStr::Borrowed(text)), from..to));
    }
}

/// Where footnotes open and close, none in another.
fn find(body: &str, events: &[Spanned<'_>]) -> Vec<(Place, Place)> {
    let mut found: Vec<(Place, Place)> = Vec::new();
    // Open brackets: where, and whether one is a footnote's; how many there were when each element began.
    let mut open: Vec<(Place, bool)> = Vec::new();
    let mut elements: Vec<usize> = Vec::new();
    let mut verbatim = false;
    for (event, (kind, span)) in events.iter().enumerate() {
        match kind {
            Event::Start(tag) => {
                verbatim = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Heading { .. });
                elements.push(open.len());
            }
            Event::End(_) => {
                verbatim = false;
                open.truncate(elements.pop().unwrap_or(0));
            }
            Event::Text(text) if !verbatim && is_source(body, text, span) => {
                for offset in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
                    let place = Place { event, at: span.start + offset };
                    let before = body.as_bytes().get(..place.at).unwrap_or_default();
                    if before.last() == Some(&b'\\') {
                        continue;
                    }
                    if text.as_bytes().get(offset) == Some(&b'[') {
                        let note = offset > 0 && before.ends_with(b"^") && !before.ends_with(b"\\^");
                        open.push((place, note));
                    } else if open.len() > elements.last().copied().unwrap_or(0)
                        && let Some((begin, true)) = open.pop()
                    {
                        let inside = body.get(begin.at + 1..place.at).unwrap_or_default();
                        let is_text = inside.contains(|c: char| c.is_whitespace() || matches!(c, '가'..='힣'));
                        let begin = Place { at: begin.at - 1, ..begin };
                        if is_text && !inside.trim().is_empty() {
                            while found.last().is_some_and(|(inner, _)| *inner > begin) {
                                found.pop();
                            }
                            found.push((begin, place));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    found
}
