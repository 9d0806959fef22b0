//! Tables that the parser would take for a paragraph's text: under a line of text, with a blank cell at the beginning
//! that no `|` marks, or without a head, as kramdown has them.

use super::Pass;
use super::lines::{Line, is_heading, lines};

pub fn read(pass: &mut Pass<'_>) {
    let all: Vec<Line<'_>> = lines(pass.text).collect();
    let headless = headless(&all);
    let mut headless = headless.into_iter().peekable();
    let mut index = 1;
    while let (Some(head), Some(rule)) = (all.get(index - 1), all.get(index)) {
        if headless.next_if_eq(&(index - 1)).is_some() {
            // The parser wants a head; the composer leaves one out that is empty.
            let prefix = head.blank(pass.text);
            let prefix = format!("{}{}", prefix.trim_end_matches('\n'), " ".repeat(head.indent));
            let (cells, rules) = ("| ".repeat(cells(head.text)), "|-".repeat(cells(head.text)));
            pass.edits.replace(head.start, head.start, &format!("{prefix}\n{prefix}{cells}|\n{prefix}{rules}|\n"));
        }
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
            && !is_heading(above.text)
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

/// Where runs of rows begin that nothing rules: two and more, of one width, each between `|` and `|`.
fn headless(all: &[Line<'_>]) -> Vec<usize> {
    let is_row = |line: &Line<'_>| {
        let text = line.text;
        !line.code && line.marker.is_none() && text.len() > 2 && text.starts_with('|') && text.ends_with('|')
    };
    let mut found = Vec::new();
    let mut index = 0;
    while index < all.len() {
        let rows = all.get(index..).unwrap_or_default();
        let length = rows.iter().take_while(|line| is_row(line)).count();
        let rows = rows.get(..length).unwrap_or_default();
        if let [first, _, ..] = rows {
            let columns = cells(first.text);
            let even = rows.iter().all(|row| {
                cells(row.text) == columns && row.quotes == first.quotes && columns_of_rule(row.text).is_none()
            });
            if even && columns > 1 && first.indent < first.item + 4 && first.indent >= first.item {
                found.push(index);
            }
        }
        index += length.max(1);
    }
    found
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
