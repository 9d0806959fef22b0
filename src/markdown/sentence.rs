//! The sentence around a place in a section's text.
//!
//! Blocks end with a newline there, so that a sentence never reaches into another paragraph, list item or row. Within a
//! block a sentence ends at `.`, `?` or `!` with a space behind it, or at `。` and its kin; the dots of `1.`, `e.g.` and
//! `vs.` end none.

use std::ops::Range;

/// Longer words of a reference are no abbreviation.
const LONGEST_ABBREVIATION: usize = 3;

/// The sentence, or the sentences, that a range of the text stands in, without space around them.
pub fn sentence_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.floor_char_boundary(range.end.max(start));
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let block = before.rfind('\n').map_or(0, |at| at + 1);
    let before = before.get(block..).unwrap_or_default();
    let from = block + ends(before).last().unwrap_or_default();
    let line = after.split('\n').next().unwrap_or_default();
    // What stands in the range may be the end of a sentence itself: `… [글](a.md). 다음`.
    let rest = text.get(from..end + line.len()).unwrap_or_default();
    let to = ends(rest).find(|at| from + at >= end).map_or(end + line.len(), |at| from + at);
    let sentence = text.get(from..to).unwrap_or_default();
    let trimmed = sentence.trim_start();
    let from = from + sentence.len() - trimmed.len();
    from..from + trimmed.trim_end().len()
}

/// Behind each sentence that ends in a line, except where the line ends.
fn ends(line: &str) -> impl Iterator<Item = usize> {
    line.char_indices().filter_map(|(at, c)| {
        let behind = at + c.len_utf8();
        match c {
            '。' | '？' | '！' => Some(behind),
            '.' | '?' | '!' => {
                let rest = line.get(behind..)?;
                let closed = rest.trim_start_matches([')', ']', '"', '\'', '”', '’', '」', '』', '》']);
                let ends = closed.starts_with(char::is_whitespace) && !(c == '.' && is_abbreviation(line.get(..at)?));
                ends.then(|| behind + rest.len() - closed.len())
            }
            _ => None,
        }
    })
}

/// Whether a dot behind these words ends an abbreviation or a number rather than a sentence.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "([{\"'".contains(c)).next().unwrap_or_default();
    if word.is_empty() || !word.is_ascii() {
        return false;
    }
    let number = word.bytes().all(|byte| byte.is_ascii_digit());
    // `1.` begins a line; a sentence may end with `… 는 2018.`.
    (number && word.len() == before.trim_start().len())
        || word.contains('.')
        || (word.len() <= LONGEST_ABBREVIATION
            && matches!(word, "vs" | "cf" | "ex" | "eg" | "ie" | "No" | "no" | "Mr" | "Dr" | "etc"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence around `|…|`.
    fn around(marked: &str) -> String {
        let start = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let end = marked.rfind('|').unwrap() - 1;
        text[sentence_around(&text, &(start..end))].to_owned()
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_at_its_block() {
        assert_eq!(around("첫 문장이다. 둘째는 |파드|를 말한다. 셋째다.\n"), "둘째는 파드를 말한다.");
        assert_eq!(around("앞 문단\n목록의 |파드|\n뒤 문단"), "목록의 파드");
        assert_eq!(around("정말 |파드|인가? 그렇다!"), "정말 파드인가?");
        assert_eq!(around("(|파드|를 본다.) 다음"), "(파드를 본다.)");
        assert_eq!(around("그는 \"|파드|다.\" 라고 썼다."), "그는 \"파드다.\"");
        assert_eq!(around("中文。|日本|語。次"), "日本語。");
    }

    #[test]
    fn dots_inside_a_sentence_do_not_end_it() {
        assert_eq!(
            around("1. 먼저 |파드|, e.g. 웹 서버, v1.2 vs. v2를 본다. 끝."),
            "1. 먼저 파드, e.g. 웹 서버, v1.2 vs. v2를 본다."
        );
        assert_eq!(around("node.js와 |파드|"), "node.js와 파드");
        assert_eq!(around("나온 것은 2018. 그리고 |파드|가 나왔다."), "그리고 파드가 나왔다.");
    }

    #[test]
    fn a_place_between_words_or_past_the_end_is_no_fault() {
        assert_eq!(sentence_around("가. 나.", &(5..5)), 5..9);
        assert_eq!(sentence_around("가", &(1..900)), 0..3);
        assert_eq!(sentence_around("", &(0..0)), 0..0);
    }
}
