//! `%%…%%`, Obsidian's comments, which no reader sees.
//!
//! Obsidian takes any two percent signs for the beginning and hides the rest of the note when nothing ends it. Here a
//! comment begins behind a blank, a bracket, a full stop or Hangul, never behind a digit or a Latin letter (`50%%`,
//! `"%d%%"`), and ends before something other than a Latin letter or digit (`%%i`): in its paragraph, or further down
//! where a line begins with it. Signs that nothing answers are text.

use super::Pass;
use super::lines::{LineStarts, lines};
use super::prose::prose;

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    let mut signs = Vec::new();
    for range in prose(text) {
        let found = memchr::memmem::find_iter(text[range.clone()].as_bytes(), "%%");
        signs.extend(found.map(|at| range.start + at));
    }
    // Where blank lines are, between which paragraphs lie; and where the content of each line begins.
    let mut blanks = Vec::new();
    let mut contents = Vec::new();
    for line in lines(text) {
        if line.is_blank() {
            blanks.push(line.start);
        }
        contents.push(line.inner_start());
    }
    let starts = LineStarts::of(text);
    // For each sign the next one, itself included, that may end a comment.
    let mut ends = vec![None; signs.len() + 1];
    for (index, close) in signs.iter().enumerate().rev() {
        ends[index] = if may_end(text, *close) { Some((index, *close)) } else { ends[index + 1] };
    }
    let mut next = 0;
    while let Some(open) = signs.get(next).copied() {
        next += 1;
        let begins_line = contents.binary_search(&open).is_ok();
        if !begins_line && !may_begin(text, open) {
            continue;
        }
        let paragraph_end = blanks.get(blanks.partition_point(|blank| *blank < open)).copied().unwrap_or(text.len());
        let Some((index, close)) = ends.get(next).copied().flatten() else { break };
        if !begins_line && close > paragraph_end {
            continue;
        }
        next = index + 1;
        let end = close + 2;
        let (line, last) = (starts.line(open), starts.line(close));
        let alone = text[line.start..open].trim().is_empty() && text[end..last.end].trim().is_empty();
        if alone {
            // The whole line goes, or a paragraph around it would end there.
            pass.edits.remove(line.start, last.end);
        } else {
            pass.edits.remove(open, end);
        }
    }
}

fn may_begin(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| {
        !c.is_ascii() || c.is_whitespace() || matches!(c, '(' | '[' | '>' | '.' | '!' | '?' | '|' | '*')
    })
}

fn may_end(text: &str, at: usize) -> bool {
    let behind = text.get(at + 2..).and_then(|behind| behind.chars().next());
    behind.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '%')
}
