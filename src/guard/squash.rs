//! Names and text in the form in which they are compared.
//!
//! ```text
//! Load-Balancer란?     loadbalancer란     words begin at 0 and at 4
//! CI/CD | A - B        ci/cd|a-b
//! ```
//!
//! Composed, in lower case. What may change when a name becomes an address (a blank, `-`, `_`, `.`, an apostrophe) is
//! left out between letters and digits. Every other sign stays, and so do runs of signs, without the blanks around them:
//! a list of two titles, `자바 / 스프링`, is not the name `자바 스프링`. Where words begin is remembered, because a name is
//! found as whole words only: `데이` is not in `데이터`, nor in `데이…`, which is a word that was cut.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::source::names::nfc;

/// Between two texts. No UTF-8 has it, so that no name goes over it.
const BREAK: u8 = 0xff;

/// Ends a word that was cut.
const CUT: &str = "…";

/// What follows a name in Korean without a space. A template may add it.
const PARTICLES: [&str; 40] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "과",
    "와",
    "의",
    "에",
    "도",
    "로",
    "만",
    "란",
    "나",
    "으로",
    "에서",
    "에게",
    "에는",
    "에도",
    "까지",
    "부터",
    "처럼",
    "보다",
    "이나",
    "이란",
    "라는",
    "라고",
    "이라는",
    "이라고",
    "으로는",
    "에서는",
    "에서의",
    "에게는",
    "로는",
    "로서",
    "으로서",
    "마다",
    "들",
    "들의",
];

/// Text, squashed.
#[derive(Debug, Default)]
pub struct Squashed {
    pub bytes: Vec<u8>,
    /// Where words begin in it, in ascending order.
    starts: Vec<u32>,
}

/// What stood since the last letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// What may go or come in an address.
    Blank,
    Joint,
    /// What stays.
    Signs,
    /// The beginning of a text.
    Break,
}

impl Gap {
    fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::Nothing, next) => next,
            (Self::Blank, Self::Blank) => Self::Blank,
            (Self::Break, _) => Self::Break,
            _ => Self::Signs,
        }
    }
}

impl Squashed {
    /// A name or a single text.
    pub fn of(text: &str) -> Self {
        let mut squashed = Self::default();
        squashed.push(text);
        if squashed.bytes.first() == Some(&BREAK) {
            squashed.bytes.remove(0);
            squashed.starts.iter_mut().for_each(|start| *start -= 1);
        }
        squashed
    }

    /// A name without any signs, as slugs and ids have it.
    pub fn without_signs(name: &str) -> Vec<u8> {
        let letters: String = name.chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect();
        Self::of(&letters).bytes
    }

    /// Adds a text, and a break before it.
    pub fn push(&mut self, text: &str) {
        // Few texts have a letter in parts (NFD); all of those have one of these bytes.
        if memchr::memchr3(0xe1, 0xcc, 0xcd, text.as_bytes()).is_some() {
            self.push_composed(&nfc(text));
        } else {
            self.push_composed(text);
        }
    }

    fn push_composed(&mut self, text: &str) {
        let mut gap = Gap::Break;
        // Where the gap begins.
        let mut from = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let here = at;
            if byte.is_ascii() {
                at += 1;
                match byte {
                    b'a'..=b'z' | b'0'..=b'9' => {
                        self.close(&mut gap, text, from..here);
                        self.bytes.push(byte);
                        from = at;
                    }
                    b'A'..=b'Z' => {
                        self.close(&mut gap, text, from..here);
                        self.bytes.push(byte | 0x20);
                        from = at;
                    }
                    b' ' | b'\n' | b'\t' | b'\r' => gap = gap.and(Gap::Blank),
                    b'-' | b'_' | b'.' | b'\'' => gap = gap.and(Gap::Joint),
                    _ => gap = gap.and(Gap::Signs),
                }
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += c.len_utf8();
            match c {
                '가'..='힣' => {
                    self.close(&mut gap, text, from..here);
                    self.bytes.extend_from_slice(bytes.get(here..at).unwrap_or_default());
                    from = at;
                }
                // Nobody sees these.
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                '’' => gap = gap.and(Gap::Joint),
                _ if c.is_whitespace() => gap = gap.and(Gap::Blank),
                _ if c.is_alphanumeric() || is_combining_mark(c) => {
                    self.close(&mut gap, text, from..here);
                    let mut buffer = [0; 4];
                    for lower in c.to_lowercase() {
                        self.bytes.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
                    }
                    from = at;
                }
                _ => gap = gap.and(Gap::Signs),
            }
        }
        if gap == Gap::Signs && text.get(from..).is_some_and(|rest| rest.starts_with(CUT)) {
            self.bytes.extend_from_slice(CUT.as_bytes());
        }
    }

    /// A letter comes behind the gap.
    #[inline]
    fn close(&mut self, gap: &mut Gap, text: &str, range: Range<usize>) {
        match std::mem::replace(gap, Gap::Nothing) {
            Gap::Nothing => return,
            Gap::Blank | Gap::Joint => {}
            Gap::Break => self.bytes.push(BREAK),
            Gap::Signs => {
                let signs = text.get(range).unwrap_or_default().bytes().filter(|byte| !byte.is_ascii_whitespace());
                self.bytes.extend(signs);
            }
        }
        // A text of 4 GB is not read in the first place.
        self.starts.push(self.bytes.len() as u32);
    }

    /// Whether what stands here is whole words, the last of them perhaps with a particle.
    pub fn is_whole(&self, start: usize, end: usize) -> bool {
        let begins = |at: usize| u32::try_from(at).is_ok_and(|at| self.starts.binary_search(&at).is_ok());
        if !begins(start) {
            return false;
        }
        if self.bytes.get(end..).is_some_and(|rest| rest.starts_with(CUT.as_bytes())) {
            return false;
        }
        let is_sign = |byte: &u8| byte.is_ascii_punctuation() || *byte == BREAK;
        if begins(end) || self.bytes.get(end).is_none_or(is_sign) {
            return true;
        }
        let next = self.starts.partition_point(|start| *start as usize <= end);
        let next = self.starts.get(next).map_or(self.bytes.len(), |next| *next as usize);
        let word = self.bytes.get(end..next).unwrap_or_default();
        let rest = String::from_utf8_lossy(word);
        let word = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        word.is_empty() || PARTICLES.contains(&word)
    }
}

/// Whether a name tells anything: with two letters or digits at least, and a letter that is no unit of a date or
/// number. `2024년 3월` and `3장` stand in any text, and so does a Latin letter among digits: `v2`, `T00`, `00Z`.
pub fn is_telling(name: &str) -> bool {
    let name = nfc(name);
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_unit = |c: char| "년월일시분초주차분기개장절편쪽권번회화호".contains(c);
    let numbered = letters.iter().any(char::is_ascii_digit);
    let telling = letters.iter().filter(|c| !(c.is_numeric() || numbered && is_unit(**c)));
    let telling = telling.map(|c| if c.is_ascii_alphabetic() { 1 } else { 2 }).sum::<usize>();
    letters.len() > 1 && telling > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        String::from_utf8(Squashed::of(text).bytes).unwrap()
    }

    /// Whether the name is in the text as whole words.
    fn finds(text: &str, name: &str) -> bool {
        let (text, name) = (Squashed::of(text), Squashed::of(name));
        memchr::memmem::find_iter(&text.bytes, &name.bytes).any(|at| text.is_whole(at, at + name.bytes.len()))
    }

    #[test]
    fn letters_and_digits_stay_and_signs_part_them() {
        assert_eq!(shown("Load-Balancer_v2.MD's"), "loadbalancerv2mds");
        assert_eq!(shown("CI/CD (a)  b - c. d"), "ci/cd(a)b-c.d");
        assert_eq!(Squashed::of("\u{1112}\u{1161}\u{11ab}글").bytes, Squashed::of("한글").bytes);
        assert_eq!(shown("\u{c9}\u{e9}"), shown("\u{e9}\u{c9}"));
    }

    #[test]
    fn names_are_whole_words() {
        for text in ["로드 밸런서", "그 로드-밸런서를 본다", "(로드밸런서)", "a/로드_밸런서.html", "로드\n밸런서에서는"]
        {
            assert!(finds(text, "로드 밸런서"), "{text}");
        }
        for text in ["로드 밸런서링", "업로드 밸런서", "로드, 밸런서", "로드 / 밸런서", "로드 - 밸런서"]
        {
            assert!(!finds(text, "로드 밸런서"), "{text}");
        }
        assert!(finds("왜 CI/CD 인가", "CI/CD") && !finds("ci cd", "CI/CD") && !finds("ci, cd", "CI/CD"));
        assert!(finds("‘로드 밸런서’를", "로드 밸런서") && finds("그 《로드 밸런서》", "로드 밸런서"));
        let mut pieces = Squashed::of("로드");
        pieces.push("밸런서");
        assert!(memchr::memmem::find(&pieces.bytes, &Squashed::of("로드 밸런서").bytes).is_none());
        assert_eq!(Squashed::without_signs("CI/CD: 왜?"), Squashed::of("ci-cd 왜").bytes);
    }

    #[test]
    fn numbers_and_dates_tell_nothing() {
        for name in ["2024-03-01", "책", "3", "2024년 3월", "3장", "v2", "00Z", "!!", ""] {
            assert!(!is_telling(name), "{name}");
        }
        for name in ["일기", "k8s", "Go", "2024년 회고", "3장 서론"] {
            assert!(is_telling(name), "{name}");
        }
    }
}
