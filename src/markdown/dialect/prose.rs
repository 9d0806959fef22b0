//! The parts of a text in which inline Markdown counts: outside of code blocks and code spans.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lines::lines;

/// The ranges of prose, in order; line ends are in them. Linear in the text.
pub fn prose(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A block is what one code span can stretch over.
    let mut block = 0..0;
    let mut quotes = 0;
    for line in lines(text) {
        let begins = line.code || line.is_blank() || line.marker.is_some() || line.quotes != quotes;
        if begins || line.text.starts_with(['#', '|']) {
            outside_of_spans(text, std::mem::take(&mut block), &mut found);
            block = line.start..line.start;
        }
        quotes = line.quotes;
        if line.code {
            block.start = line.next;
        }
        block.end = line.next;
    }
    outside_of_spans(text, block, &mut found);
    found
}

/// Code spans by CommonMark: from a run of backticks to the next run of the same length.
fn outside_of_spans(text: &str, block: Range<usize>, found: &mut Vec<Range<usize>>) {
    let source = text.get(block.clone()).unwrap_or_default();
    if source.is_empty() {
        return;
    }
    let runs = runs(source);
    let mut by_length: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (start, length) in &runs {
        by_length.entry(*length).or_default().push(*start);
    }
    let (mut from, mut behind) = (0, 0);
    for (start, length) in runs {
        let escaped = source[..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        if start < behind || escaped {
            continue;
        }
        let others = by_length.get(&length).map_or(&[][..], Vec::as_slice);
        let Some(close) = others.get(others.partition_point(|other| *other <= start)) else { continue };
        if from < start {
            found.push(block.start + from..block.start + start);
        }
        behind = close + length;
        from = behind;
    }
    if from < source.len() {
        found.push(block.start + from..block.end);
    }
}

/// Runs of backticks: where, and how many.
fn runs(source: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'`', source.as_bytes()) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose_of(text: &str) -> Vec<&str> {
        prose(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn code_is_left_out() {
        assert_eq!(prose_of("가 `나` 다 ``라 ` 마`` 바"), ["가 ", " 다 ", " 바"]);
        assert_eq!(prose_of("가\n```\n나\n```\n다"), ["가\n", "다"]);
        assert_eq!(prose_of("가 ` 나\n\n다 ` 라"), ["가 ` 나\n", "\n다 ` 라"]);
        assert_eq!(prose_of(r"가 \` 나 ` 다"), [r"가 \` 나 ` 다"]);
    }
}
