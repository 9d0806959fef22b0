//! A note's text as the parser's events.
//!
//! What the parser gives is put right here, before anybody looks at it: text that it cut into pieces is joined, and
//! emphasis is read as Korean needs it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser};

use super::{emphasis, inline_notes, tasks};

/// An event and its bytes in the body.
pub type Spanned<'a> = (Event<'a>, Range<usize>);

/// The note as events, adjacent pieces of text joined, emphasis as Korean needs it.
pub fn of(body: &str) -> Vec<Spanned<'_>> {
    use pulldown_cmark::Options as Syntax;
    let syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_HEADING_ATTRIBUTES
        | Syntax::ENABLE_DEFINITION_LIST
        | Syntax::ENABLE_WIKILINKS;
    let mut events: Vec<Spanned<'_>> = Vec::new();
    for (event, span) in Parser::new_ext(body, syntax).into_offset_iter() {
        if let (Event::Text(CowStr::Borrowed(text)), Some((Event::Text(CowStr::Borrowed(last)), before))) =
            (&event, events.last_mut())
            && before.end == span.start
            && emphasis::is_source(body, last, before)
            && emphasis::is_source(body, text, &span)
        {
            before.end = span.end;
            *last = &body[before.clone()];
            continue;
        }
        events.push((event, span));
    }
    let events = emphasis::resolve(body, events);
    inline_notes::read(body, tasks::read(body, events))
}
