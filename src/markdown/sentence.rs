//! The sentence around a place in a section's text.
//!
//! Blocks end with a newline there, so that a sentence never reaches into another paragraph, list item or row. Within a
//! block a sentence ends at `.`, `?` or `!` with a space behind it, or at `。` and its kin; the dots of `1.`, `e.g.` and
//! `vs.` end none. One that goes on for longer than anybody reads is cut, so that a line of a thousand links is not read
//! a thousand times.

use std::ops::Range;

/// Bytes before and behind the place in which its sentence is looked for.
const LONGEST_LOOK: usize = 2048;

/// Marks that open and close what is quoted.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];
/// Bytes in which a quotation is closed; a mark without its other half may be one of inches.
const LONGEST_QUOTATION: usize = 400;

/// Longer words of a reference are no abbreviation.
const LONGEST_ABBREVIATION: usize = 3;

/// The sentence, or the sentences, that a range of the text stands in, without space around them.
pub fn sentence_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.floor_char_boundary(range.end.max(start));
    let first = text.ceil_char_boundary(start.saturating_sub(LONGEST_LOOK));
    let last = text.floor_char_boundary((end + LONGEST_LOOK).min(text.len()));
    let (before, after) = (text.get(first..start).unwrap_or_default(), text.get(end..last).unwrap_or_default());
    let block = before.rfind('\n').map_or(first, |at| first + at + 1);
    let until = after.find('\n').map_or(last, |at| end + at);
    let (mut from, mut to) = (block, until);
    for at in ends(text.get(block..until).unwrap_or_default()).map(|at| block + at) {
        if at <= start {
            from = at;
        } else if at >= end {
            // What stands in the range may be the end of a sentence itself: `… [글](a.md). 다음`.
            to = at;
            break;
        }
    }
    let sentence = text.get(from..to).unwrap_or_default();
    let trimmed = sentence.trim_start();
    let from = from + sentence.len() - trimmed.len();
    from..from + trimmed.trim_end().len()
}

/// Behind each sentence that ends in a line, except where the line ends. What is quoted in a sentence ends it only
/// together with the quotation: `그는 "왜? 몰라." 라고 했다.`
fn ends(line: &str) -> impl Iterator<Item = usize> {
    let mut quoted_to = 0;
    line.char_indices().filter_map(move |(at, c)| {
        let behind = at + c.len_utf8();
        if at >= quoted_to
            && let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == c)
        {
            let longest = line.floor_char_boundary((behind + LONGEST_QUOTATION).min(line.len()));
            let inside = line.get(behind..longest).unwrap_or_default();
            quoted_to = inside.find(*close).map_or(quoted_to, |length| behind + length + close.len_utf8());
        }
        let end = match c {
            '。' | '？' | '！' => Some(behind),
            '.' | '?' | '!' => {
                let rest = line.get(behind..)?;
                let closed = rest.trim_start_matches([')', ']', '"', '\'', '”', '’', '」', '』', '》']);
                let ends = closed.starts_with(char::is_whitespace) && !(c == '.' && is_abbreviation(line.get(..at)?));
                ends.then(|| behind + rest.len() - closed.len())
            }
            _ => None,
        };
        end.filter(|end| *end >= quoted_to)
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
        assert_eq!(around("앞. 그는 \"왜? |파드| 때문\" 이라 했다. 뒤"), "그는 \"왜? 파드 때문\" 이라 했다.");
        assert_eq!(around("\"정말? |파드|!\" 하고 말했다"), "\"정말? 파드!\"");
        assert_eq!(around("화면은 15\"다. |파드|를 본다."), "파드를 본다.");
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

    #[test]
    fn an_endless_sentence_is_cut() {
        let text = "말과 ".repeat(10_000);
        let around = sentence_around(&text, &(35_000..35_000));
        assert!(around.len() <= 2 * LONGEST_LOOK && around.contains(&35_000), "{around:?}");
    }
}
