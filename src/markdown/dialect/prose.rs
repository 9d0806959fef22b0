//! The parts of a text in which inline Markdown counts: outside of code blocks, code spans and HTML tags.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lines::{is_heading, lines};
use crate::markdown::html::tag_at;

/// The ranges of prose, in order; line ends are in them. Linear in the text.
pub fn prose(text: &str) -> Vec<Range<usize>> {
    prose_by_block(text).into_iter().flatten().collect()
}

/// The ranges of prose of each block: what one link or code span can stretch over.
pub fn prose_by_block(text: &str) -> Vec<Vec<Range<usize>>> {
    blocks(text).into_iter().map(|block| outside_of(text, block, true)).collect()
}

/// The ranges that are no code. What tools read before Markdown does counts in HTML tags too.
pub fn outside_of_code(text: &str) -> Vec<Range<usize>> {
    blocks(text).into_iter().flat_map(|block| outside_of(text, block, false)).collect()
}

fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut block = 0..0;
    let mut quotes = 0;
    for line in lines(text) {
        let begins = line.code || line.is_blank() || line.marker.is_some() || line.quotes != quotes;
        if begins || line.text.starts_with('|') || is_heading(line.text) {
            found.push(std::mem::replace(&mut block, line.start..line.start));
        }
        quotes = line.quotes;
        if line.code {
            block.start = line.next;
        }
        block.end = line.next;
    }
    found.push(block);
    found.retain(|block| !block.is_empty());
    found
}

/// What of a block is outside of code spans, and of tags and comments where `html` asks for it.
fn outside_of(text: &str, block: Range<usize>, html: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let source = text.get(block.clone()).unwrap_or_default();
    let bytes = source.as_bytes();
    let runs = runs(source);
    let mut from = 0;
    let mut at = 0;
    // Behind the last end of a comment nothing is one.
    let last_comment = if html { memchr::memmem::rfind(bytes, b"-->") } else { None };
    while let Some(sign) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'`', b'<', rest)).map(|sign| at + sign) {
        let escaped = bytes.iter().take(sign).rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let end = match bytes.get(sign) {
            Some(b'`') => {
                // By CommonMark: from a run of backticks to the next run of the same length.
                let length = bytes.iter().skip(sign).take_while(|byte| **byte == b'`').count();
                at = sign + length;
                let others = runs.get(&length).map_or(&[][..], Vec::as_slice);
                let close = others.get(others.partition_point(|other| *other <= sign)).filter(|_| !escaped);
                close.map(|close| close + length)
            }
            _ => {
                at = sign + 1;
                Some(sign).filter(|_| html && !escaped).and_then(|sign| html_end(source, sign, last_comment))
            }
        };
        if let Some(end) = end {
            if from < sign {
                found.push(block.start + from..block.start + sign);
            }
            from = end;
            at = end;
        }
    }
    if from < source.len() {
        found.push(block.start + from..block.end);
    }
    found
}

/// Where the tag or comment ends that begins with the `<` at `open`, if one does.
fn html_end(source: &str, open: usize, last_comment: Option<usize>) -> Option<usize> {
    let rest = source.get(open..)?;
    if rest.starts_with("<!--") {
        let end =
            last_comment.filter(|last| *last > open).and_then(|_| memchr::memmem::find(rest.as_bytes(), b"-->"))?;
        return Some(open + end + 3);
    }
    let tag = tag_at(source, open)?;
    let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-');
    // `a <b %%글%% c>` is no tag.
    tag.attributes.iter().all(|attribute| attribute.name.bytes().all(name)).then_some(tag.range.end)
}

/// Where runs of backticks begin, by their length.
fn runs(source: &str) -> FxHashMap<usize, Vec<usize>> {
    let mut runs: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut run: Option<Range<usize>> = None;
    for at in memchr::memchr_iter(b'`', source.as_bytes()) {
        match &mut run {
            Some(run) if run.end == at => run.end += 1,
            _ => {
                if let Some(run) = run.replace(at..at + 1) {
                    runs.entry(run.len()).or_default().push(run.start);
                }
            }
        }
    }
    if let Some(run) = run {
        runs.entry(run.len()).or_default().push(run.start);
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

    #[test]
    fn tags_and_comments_are_left_out() {
        assert_eq!(prose_of("가 <b title=\"`나\">다</b> `라` 마"), ["가 ", "다", " ", " 마"]);
        assert_eq!(prose_of("가 <!-- 나 --> 다 <!-- 라"), ["가 ", " 다 <!-- 라"]);
        assert_eq!(prose_of(r"가 \<b> `<i>` 나 < 다>"), [r"가 \<b> ", " 나 < 다>"]);
        assert_eq!(outside_of_code("가 <b> `나` 다"), [0..8, 13..17]);
    }
}
