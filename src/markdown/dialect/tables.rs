//! Tables that the parser would take for a paragraph's text: under a line of text, or with a blank cell at the beginning
//! that no `|` marks.

use super::Pass;
use super::lines::{Line, lines};

pub fn read(pass: &mut Pass<'_>) {
    let all: Vec<Line<'_>> = lines(pass.text).collect();
    let mut index = 1;
    while let (Some(head), Some(rule)) = (all.get(index - 1), all.get(index)) {
        index += 1;
        let Some(columns) = columns_of_rule(rule.text) else { continue };
        let usable = |line: &Line<'_>| !line.code && !line.is_blank() && line.quotes == rule.quotes;
        if !usable(head) || !usable(rule) || head.marker.is_some() || rule.marker.is_some() {
            continue;
        }
        let missing = columns.checked_sub(cells(head.text));
        let blank_first = missing == Some(1) && head.text.starts_with('|') && !rule.text.starts_with('|');
        if missing != Some(0) && !blank_first {
            continue;
        }
        if let Some(above) = index.checked_sub(3).and_then(|above| all.get(above))
            && usable(above)
            && !above.text.starts_with('#')
        {
            // A line that begins with `|` interrupts a paragraph by itself, unless the paragraph is an item's.
            let lazy = above.marker.map_or(above.item, |marker| marker.column) > head.indent;
            if lazy || !head.text.starts_with('|') || blank_first {
                let blank = head.blank(pass.text);
                pass.edits.replace(head.start, head.start, &blank);
            }
        }
        if blank_first {
            pass.edits.replace(head.content, head.content, "| ");
            while let Some(row) = all.get(index).filter(|row| usable(row) && row.text.contains('|')) {
                if row.text.starts_with('|') && cells(row.text) + 1 == columns {
                    pass.edits.replace(row.content, row.content, "| ");
                }
                index += 1;
            }
        }
    }
}

/// How many columns `---|:-:` rules, if it rules any.
fn columns_of_rule(text: &str) -> Option<usize> {
    let is_rule = text.contains('|')
        && text.contains('-')
        && text.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'));
    is_rule.then(|| cells(text))
}

fn cells(row: &str) -> usize {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = match inner.strip_suffix('|') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => inner,
    };
    let bytes = inner.as_bytes();
    let bars = memchr::memchr_iter(b'|', bytes).filter(|at| *at == 0 || bytes.get(at - 1) != Some(&b'\\'));
    bars.count() + 1
}
