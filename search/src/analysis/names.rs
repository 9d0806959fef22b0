//! Whether a name that stands in a text is a word there, or only the beginning of another.

use super::words::{is_korean, is_latin};
use super::{Analyzer, TermKind};

/// How much of a text around the end of a name is analysed: far more than any eojeol. In bytes.
const AROUND: usize = 192;

impl Analyzer {
    /// Whether a name that ends at byte `end` of a text ends a word there: behind it is no letter, or nothing but
    /// particles. `스레드` ends a word in `스레드`, `스레드를` and `스레드에서는`, and in `스레드풀` it does not; `Redis`
    /// does in `Redis를` and not in `Redis캐시`.
    ///
    /// `false` where `end` is no border between characters.
    pub fn ends_word(&mut self, text: &str, end: usize) -> bool {
        let (Some(before), Some(after)) = (text.get(..end), text.get(end..)) else { return false };
        let Some(last) = before.chars().next_back() else { return false };
        let mut behind = after.chars();
        let Some(next) = behind.next() else { return true };
        if !is_korean(next) && !is_latin(next) {
            // `node` is no word of `node.js`, nor `C` of `C++`.
            let joined = is_latin(last) && matches!(next, '.' | '-' | '_' | '/' | '+' | '&' | '\'' | '#');
            return !(joined && (matches!(next, '+' | '#') || behind.next().is_some_and(is_latin)));
        }
        if is_latin(next) {
            return false;
        }
        let from = text.floor_char_boundary(end.saturating_sub(AROUND));
        let from = text[from..end].rfind(char::is_whitespace).map_or(from, |at| {
            let space = text[from + at..].chars().next().map_or(1, char::len_utf8);
            from + at + space
        });
        let to = text.floor_char_boundary(end + AROUND);
        let to = text[end..to].find(char::is_whitespace).map_or(to, |at| end + at);
        let (mut ends, mut goes_on) = (false, false);
        self.terms(&text[from..to], |term| {
            ends |= term.kind == TermKind::Whole && from + term.end == end;
            // The word that follows the name without a space between them, if it is one.
            goes_on |= from + term.start <= end && from + term.end > end;
        });
        if is_korean(last) { ends } else { !goes_on }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dictionary;

    /// Whether the name at the beginning of `text` ends a word.
    fn ends(analyzer: &mut Analyzer, name: &str, text: &str) -> bool {
        let end = text.find(name).unwrap() + name.len();
        analyzer.ends_word(text, end)
    }

    #[test]
    fn particles_and_endings_follow_a_name_and_other_words_do_not() {
        let mut analyzer = Analyzer::new(&Dictionary::embedded().unwrap());
        for (name, text) in [
            ("스레드", "스레드를 만든다"),
            ("스레드", "자바 스레드"),
            ("스레드", "스레드(thread)는"),
            ("스레드", "스레드에서는 스레드"),
            ("스레드", "스레드들이"),
            ("스레드", "스레드입니다."),
            ("스레드", "스레드이고"),
            ("쿠버네티스", "쿠버네티스의 파드"),
            ("쿠버네티스", "쿠버네티스로 옮긴다"),
            ("로드 밸런서", "로드 밸런서는"),
            ("로드밸런서", "로드밸런서에"),
            ("Redis", "Redis를 쓴다"),
            ("Redis", "Redis는"),
            ("Redis", "Redis의 자료형"),
            ("Redis", "Redis."),
            ("Redis", "Redis, MySQL"),
            ("HTTP/2", "HTTP/2로"),
            ("JDK 13", "JDK 13에서"),
            ("캐시", "캐시"),
        ] {
            assert!(ends(&mut analyzer, name, text), "{name} in {text}");
        }
        for (name, text) in [
            ("스레드", "스레드풀을 만든다"),
            ("서버", "서버리스는"),
            ("캐시", "캐시서버"),
            ("Redis", "Redis캐시"),
            ("node", "node.js로"),
            ("Java", "JavaScript"),
            ("Java", "Java8"),
            ("파드", "파드pool"),
            ("C", "C++는"),
        ] {
            assert!(!ends(&mut analyzer, name, text), "{name} in {text}");
        }
    }

    #[test]
    fn an_end_that_is_none_is_no_fault() {
        let mut analyzer = Analyzer::new(&Dictionary::embedded().unwrap());
        assert!(!analyzer.ends_word("가나", 1));
        assert!(!analyzer.ends_word("가나", 99));
        assert!(!analyzer.ends_word("", 0));
        let long = "가".repeat(5000);
        analyzer.ends_word(&long, 3000);
    }
}
