//! Emphasis next to Hangul, and `==형광펜==`.
//!
//! CommonMark decides whether `**` opens or closes by the characters on both sides of it: after punctuation it closes
//! only before white space or more punctuation. Korean writes particles directly behind a word, so the closing run of
//! `**굵게(설명)**는` stands between `)` and `는`, closes nothing, and a reader sees four asterisks. Of all bold text in
//! Korean notes one piece in fifty is lost this way. The remedy is the rule proposed for CommonMark: *a run beside a
//! Chinese, Japanese or Korean character satisfies the punctuation half of the flanking test*
//! (commonmark/commonmark-spec pull request 839 for issue 650; written out, with the ranges of characters, as the
//! specification of tats-u/markdown-cjk-friendly). pulldown-cmark does not have it.
//!
//! In come the parser's events, out go events of the same kind. In each inline sequence (a paragraph, a cell, the text
//! of a link …) what the parser read as emphasis is taken back to the delimiter runs it was made of. Every byte of a
//! run is found again: in a `Start` or `End`, or in text that is the source's own (the text of an entity is not) and has
//! no backslash before it. Then CommonMark's matching of runs is done once more with the wider rule. Code, HTML, breaks,
//! footnote marks and whole links are never looked into; a link's text is a sequence of its own.
//!
//! Two decisions. A sequence is left exactly as the parser read it unless some run in it may now do what it could not
//! do before, so that everything CommonMark says stays true elsewhere; and no character is added to the text to make
//! the parser think differently, because it would come out again in search, in copied text and in ids.
//!
//! Three things are ours rather than the proposal's. Two asterisk runs that owe their places to the wider rule and stand
//! alike are [operators](flanking::Operator) and no pair: `/api/**와 /admin/**는`. A single `~` is never a delimiter:
//! `1~3` is a range. And `==` is one, for [highlights](is_highlight), which have no event in the parser: they come as
//! the HTML that they stand for.

mod delimiters;
mod flanking;
mod punctuation;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::events::Spanned;
use delimiters::{Element, Piece, Place, Run};
use flanking::{Neighbours, Role, Rules};

/// Reads the emphasis of a note's events again, by the rule above. Linear in the body.
pub fn resolve<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    resolve_by(Rules::Korean, body, events)
}

/// Whether an [`Event::InlineHtml`] is the `<mark>` or `</mark>` that stands for `==` in the source.
pub fn is_highlight(body: &str, span: &Range<usize>) -> bool {
    body.get(span.clone()) == Some("==")
}

fn resolve_by<'a>(rules: Rules, body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut reader = Reader {
        rules,
        body,
        runs: Vec::new(),
        outer: Vec::new(),
        sequence: 0,
        pieces: Vec::new(),
        finished: 0,
        position: 0,
        crossed: false,
        line: None,
        verbatim: false,
        in_table: false,
    };
    for (event, span) in &events {
        reader.event(event, span);
    }
    reader.end_of_block();
    let mut pieces = reader.pieces;
    if pieces.is_empty() {
        return events;
    }
    // Sequences end inside one another; pieces never overlap.
    pieces.sort_unstable_by_key(|piece| piece.range.start);
    Writer { body, out: Vec::with_capacity(events.len() + pieces.len()), written: 0 }.write(events, pieces)
}

/// Finds the delimiter runs of every inline sequence.
struct Reader<'a> {
    rules: Rules,
    body: &'a str,
    /// The runs of the open sequences, the innermost last.
    runs: Vec<Run>,
    /// Where the runs of each sequence begin that holds the innermost one.
    outer: Vec<usize>,
    /// Where the runs of the innermost sequence begin.
    sequence: usize,
    /// What the runs of changed sequences became.
    pieces: Vec<Piece>,
    /// How many pieces belong to finished blocks.
    finished: usize,
    /// How far the events of the block have come in the body.
    position: usize,
    /// They have gone back, as after `[[a|![b]](c)`, where the parser lets a wikilink cut an image. What opens where
    /// cannot be told then, and the block stays as it is.
    crossed: bool,
    /// Where the line begins; a run there has nothing before it. `None` until the line's first event.
    line: Option<usize>,
    /// The innermost element's text is no Markdown: a code block, `<https://…>`, `[[이름]]`.
    verbatim: bool,
    in_table: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::Start(tag) => self.verbatim = is_verbatim(tag),
            Event::End(_) => self.verbatim = false,
            _ => {}
        }
        if is_block(event) {
            self.end_of_block();
            match event {
                Event::Start(Tag::Table(_)) => self.in_table = true,
                Event::End(TagEnd::Table) => self.in_table = false,
                _ => {}
            }
            return;
        }
        let (from, to) = match event {
            Event::Start(_) => (span.start, span.start),
            Event::End(_) => (span.end, span.end),
            _ => (span.start, span.end),
        };
        self.crossed |= from < self.position;
        self.position = to;
        self.line.get_or_insert(span.start);
        match event {
            Event::SoftBreak | Event::HardBreak => self.line = None,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                self.outer.push(self.sequence);
                self.sequence = self.runs.len();
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.end_of_sequence();
                self.sequence = self.outer.pop().unwrap_or_default();
            }
            Event::Text(text) => {
                if !self.verbatim && is_source(self.body, text, span) {
                    self.text(text, span.start);
                }
            }
            _ => {
                if let Some(bytes) = delimiter(self.body, event, span) {
                    self.delimiter(bytes);
                }
            }
        }
    }

    /// The runs in a piece of text at `start`.
    fn text(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| is_mark(b))) {
            at += found;
            if is_escaped(self.body, start + at) {
                at += 1;
                continue;
            }
            let length = bytes[at..].iter().take_while(|&&b| b == bytes[at]).count();
            self.delimiter(start + at..start + at + length);
            at += length;
        }
    }

    /// A run, or the part of one that an event holds.
    fn delimiter(&mut self, bytes: Range<usize>) {
        let Some(&mark) = self.body.as_bytes().get(bytes.start) else { return };
        if self.runs.len() > self.sequence
            && let Some(last) = self.runs.last_mut()
            && last.mark == mark
            && last.range.end == bytes.start
        {
            last.range.end = bytes.end;
            return;
        }
        let at_line_start = self.line == Some(bytes.start);
        self.runs.push(Run { mark, range: bytes, at_line_start, role: Role::default() });
    }

    fn end_of_block(&mut self) {
        // Links and images are closed before their block is; were they not, their runs would still be bounded here.
        self.outer.clear();
        self.sequence = 0;
        self.end_of_sequence();
        self.line = None;
        if std::mem::take(&mut self.crossed) {
            self.pieces.truncate(self.finished);
        }
        self.finished = self.pieces.len();
        self.position = 0;
    }

    /// Matches the runs of the innermost sequence, and forgets them.
    fn end_of_sequence(&mut self) {
        let Some(runs) = self.runs.get_mut(self.sequence..) else { return };
        let mut differs = self.rules == Rules::CommonMark;
        for run in runs.iter_mut() {
            let neighbours = Neighbours::of(self.body, &run.range, run.at_line_start, self.in_table);
            run.role = neighbours.role(self.rules, run.mark, run.range.len());
            differs |= run.role != neighbours.role(Rules::CommonMark, run.mark, run.range.len());
        }
        if differs {
            delimiters::match_runs(runs, &mut self.pieces);
        }
        self.runs.truncate(self.sequence);
    }
}

/// Writes the events again, with the pieces in the place of what stood there.
struct Writer<'a> {
    body: &'a str,
    out: Vec<Spanned<'a>>,
    /// Where the last piece ended.
    written: usize,
}

impl<'a> Writer<'a> {
    fn write(mut self, events: Vec<Spanned<'a>>, pieces: Vec<Piece>) -> Vec<Spanned<'a>> {
        let mut pieces = pieces.into_iter().peekable();
        for (event, span) in events {
            let is_text = matches!(event, Event::Text(_));
            let bytes = if is_text { Some(span.clone()) } else { delimiter(self.body, &event, &span) };
            let Some(bytes) = bytes else {
                self.out.push((event, span));
                continue;
            };
            // Text is kept up to the next piece, a delimiter as a whole or not at all.
            let mut kept = bytes.start.max(self.written);
            let mut replaced = self.written > bytes.start;
            while let Some(piece) = pieces.next_if(|piece| piece.range.start < bytes.end) {
                if is_text {
                    self.text(kept..piece.range.start);
                }
                kept = piece.range.end;
                replaced = true;
                self.piece(piece);
            }
            if !replaced {
                self.out.push((event, span));
            } else if is_text {
                self.text(kept..bytes.end);
            }
        }
        self.out
    }

    fn piece(&mut self, Piece { range, place }: Piece) {
        self.written = range.end;
        let (opens, element, span) = match place {
            Place::Text => return self.text(range),
            Place::Start(element, span) => (true, element, span),
            Place::End(element, span) => (false, element, span),
        };
        self.out.push(match (element, opens) {
            (Element::Emphasis, true) => (Event::Start(Tag::Emphasis), span),
            (Element::Emphasis, false) => (Event::End(TagEnd::Emphasis), span),
            (Element::Strong, true) => (Event::Start(Tag::Strong), span),
            (Element::Strong, false) => (Event::End(TagEnd::Strong), span),
            (Element::Strikethrough, true) => (Event::Start(Tag::Strikethrough), span),
            (Element::Strikethrough, false) => (Event::End(TagEnd::Strikethrough), span),
            (Element::Highlight, true) => (Event::InlineHtml(CowStr::Borrowed("<mark>")), range),
            (Element::Highlight, false) => (Event::InlineHtml(CowStr::Borrowed("</mark>")), range),
        });
    }

    /// Text of the source, joined to the text before it.
    fn text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some((Event::Text(last), span)) = self.out.last_mut()
            && span.end == range.start
            && is_source(self.body, last, span)
        {
            span.end = range.end;
            *last = CowStr::Borrowed(self.body.get(span.clone()).unwrap_or_default());
        } else if let Some(text) = self.body.get(range.clone()) {
            self.out.push((Event::Text(CowStr::Borrowed(text)), range));
        }
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~' | b'=')
}

/// The event begins or ends a block, or something else that no emphasis crosses.
fn is_block(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::SoftBreak
            | Event::HardBreak
    )
}

fn is_verbatim(tag: &Tag<'_>) -> bool {
    use LinkType::{Autolink, Email, WikiLink};
    match tag {
        Tag::CodeBlock(_) => true,
        Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
            matches!(link_type, Autolink | Email | WikiLink { has_pothole: false })
        }
        _ => false,
    }
}

/// The bytes of the delimiter that an event of emphasis was.
fn delimiter(body: &str, event: &Event<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let length = match event {
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => 2,
        // One tilde or two.
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
            if body.get(span.clone())?.starts_with("~~") { 2 } else { 1 }
        }
        _ => return None,
    };
    Some(match event {
        Event::Start(_) => span.start..span.start + length,
        _ => span.end.saturating_sub(length)..span.end,
    })
}

/// An odd number of backslashes stands before the byte. The parser leaves the one that escapes out of the text's span,
/// but not in the text of a wikilink.
fn is_escaped(body: &str, at: usize) -> bool {
    let before = body.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The text is the very text of the body, so that a byte in one is a byte in the other.
pub fn is_source(body: &str, text: &str, span: &Range<usize>) -> bool {
    text.len() == span.len()
        && body.get(span.clone()).is_some_and(|source| std::ptr::eq(source.as_ptr(), text.as_ptr()))
}

#[cfg(test)]
mod tests;
