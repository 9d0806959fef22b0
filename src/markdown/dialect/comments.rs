//! `%%…%%`, Obsidian's comments, which no reader sees.
//!
//! A comment ends at the next `%%`: on the same line, or on a later one when the line began with it. Two percent signs
//! that nothing answers are text (`100%% 확실`), whereas Obsidian would hide the rest of the note.

use super::Pass;
use super::lines::LineStarts;
use super::prose::prose;

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    let mut signs = Vec::new();
    for range in prose(text) {
        let found = memchr::memmem::find_iter(text[range.clone()].as_bytes(), "%%");
        signs.extend(found.map(|at| range.start + at));
    }
    let lines = LineStarts::of(text);
    let mut signs = signs.into_iter().peekable();
    while let Some(open) = signs.next() {
        let line = lines.line(open);
        let Some(close) = signs.peek().copied() else { break };
        let on_same_line = close < line.end;
        if !on_same_line && !text[line.start..open].trim_matches([' ', '\t', '>']).is_empty() {
            continue;
        }
        signs.next();
        let end = close + 2;
        let last = lines.line(close);
        let alone = text[line.start..open].trim().is_empty() && text[end..last.end].trim().is_empty();
        if alone {
            // The whole line goes, or a paragraph around it would end there.
            pass.edits.remove(line.start, last.end);
        } else {
            pass.edits.remove(open, end);
        }
    }
}
