//! ` ^block-id` at a block's end: the name by which Obsidian's links mean that block.
//!
//! Behind a paragraph's or list item's text it names that block; in a paragraph of its own, the block before it. The
//! name is taken out of the text. `2 ^10` and `x ^n` are powers, not names.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::emphasis::is_source;
use super::events::Spanned;

/// Names of blocks by the index of their `Start` event. Each begins with `^`, as in a link.
pub type BlockIds = FxHashMap<usize, String>;

/// Takes the names out of the events.
pub fn take<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> (Vec<Spanned<'a>>, BlockIds) {
    let mut ids = BlockIds::default();
    if memchr::memchr(b'^', body.as_bytes()).is_none() {
        return (events, ids);
    }
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    // The open elements' `Start` events in `out`, and the last block before the present one in each.
    let mut open: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None];
    let mut events = events.into_iter().peekable();
    while let Some((event, span)) = events.next() {
        match &event {
            Event::Start(_) => {
                open.push(out.len());
                before.push(None);
            }
            Event::End(_) => {
                before.pop();
                let begin = open.pop();
                if let Some(last) = before.last_mut() {
                    *last = begin;
                }
            }
            Event::Text(text) if is_source(body, text, &span) => {
                let ends_block = matches!(
                    events.peek(),
                    Some((Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Start(Tag::List(_)), _))
                );
                let found = name(text).filter(|_| ends_block);
                if let Some((kept, id)) = found
                    && let Some(block) = open.last().copied()
                {
                    let alone = kept.is_empty() && out.len() == block + 1;
                    let is_paragraph = matches!(out.get(block), Some((Event::Start(Tag::Paragraph), _)));
                    let is_item = matches!(out.get(block), Some((Event::Start(Tag::Item), _)));
                    if alone && is_paragraph {
                        // The paragraph goes, and what stands before it has the name.
                        let sibling = before.iter().rev().nth(1).copied().flatten();
                        if let Some(sibling) = sibling {
                            ids.entry(sibling).or_insert(id);
                            out.pop();
                            open.pop();
                            before.pop();
                            events.next();
                            continue;
                        }
                    } else if !alone && (is_paragraph || is_item) {
                        let first_of_item = is_paragraph
                            && block > 0
                            && matches!(out.get(block - 1), Some((Event::Start(Tag::Item), _)));
                        ids.entry(if first_of_item { block - 1 } else { block }).or_insert(id);
                        if kept.is_empty() {
                            // On a line of its own behind the text.
                            if matches!(out.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
                                out.pop();
                            }
                        } else if let Some(text) = body.get(span.start..span.start + kept.len()) {
                            out.push((Event::Text(CowStr::Borrowed(text)), span.start..span.start + kept.len()));
                        }
                        continue;
                    }
                }
            }
            Event::Rule => {
                if let Some(last) = before.last_mut() {
                    *last = None;
                }
            }
            _ => {}
        }
        out.push((event, span));
    }
    (out, ids)
}

/// The index of the `End` that belongs to the `Start` at `index`.
pub fn end(events: &[Spanned<'_>], index: usize) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate().skip(index) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len()
}

/// A text's end as a name, and what stands before it.
fn name(text: &str) -> Option<(&str, String)> {
    let (before, name) = text.rsplit_once('^')?;
    let valid = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_power = name.len() < 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    let apart = before.is_empty() || before.ends_with([' ', '\t']);
    (valid && !is_power && apart).then(|| (before.trim_end_matches([' ', '\t']), format!("^{name}")))
}
