//! The two languages seoga speaks, and text that exists in both.
//!
//! Everything a writer or reader is told is written once in Korean and once in English, side by side where it is
//! said, so that neither can fall behind the other. Korean particles depend on the sound of the word before them;
//! [`josa`] chooses.

use std::fmt;

/// A language of messages or of a site's interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Korean,
    English,
}

impl Language {
    /// The language of a tag such as `ko`, `ko-KR`, `en_US.UTF-8`; Korean unless the tag says English.
    pub fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Korean }
    }

    /// The language the terminal is set to: `SEOGA_LANG`, else the POSIX locale variables in their order.
    pub fn from_environment() -> Self {
        ["SEOGA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .map_or(Self::Korean, |tag| Self::from_tag(&tag))
    }

    /// `ko` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }
}

/// One message in both languages. Made by [`text!`](crate::text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub korean: String,
    pub english: String,
}

impl Text {
    pub fn new(korean: impl Into<String>, english: impl Into<String>) -> Self {
        Self { korean: korean.into(), english: english.into() }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Korean => &self.korean,
            Language::English => &self.english,
        }
    }
}

/// `text!("한국어 {name}", "English {name}")`: both sides formatted with the variables in scope.
#[macro_export]
macro_rules! text {
    ($korean:literal, $english:literal $(,)?) => {
        $crate::language::Text::new(format!($korean), format!($english))
    };
}

/// A word followed by the particle that fits its last sound: `josa("서버", "이", "가")` displays `서버가`.
///
/// `closed` is the form after a final consonant, `open` the form after a vowel. A word that ends in a digit or a
/// Latin letter is read as Koreans read it aloud; for anything else both forms are shown, as in print: `이(가)`.
pub fn josa<'a>(word: &'a str, closed: &'a str, open: &'a str) -> Josa<'a> {
    Josa { word, closed, open }
}

pub struct Josa<'a> {
    word: &'a str,
    closed: &'a str,
    open: &'a str,
}

impl fmt::Display for Josa<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quotation marks and brackets are not read aloud.
        let last = self.word.chars().rev().find(|c| c.is_alphanumeric());
        match last.and_then(ends_in_consonant) {
            Some(true) => write!(f, "{}{}", self.word, self.closed),
            Some(false) => write!(f, "{}{}", self.word, self.open),
            None => write!(f, "{}{}({})", self.word, self.closed, self.open),
        }
    }
}

fn ends_in_consonant(last: char) -> Option<bool> {
    match last {
        // Hangul syllables: 28 finals per medial, the first of them none.
        '가'..='힣' => Some(!(last as u32 - '가' as u32).is_multiple_of(28)),
        // 영 일 이 삼 사 오 육 칠 팔 구
        '0' | '1' | '3' | '6' | '7' | '8' => Some(true),
        '2' | '4' | '5' | '9' => Some(false),
        // 엘 엠 엔 알; the other letter names end in a vowel.
        'l' | 'm' | 'n' | 'r' | 'L' | 'M' | 'N' | 'R' => Some(true),
        'a'..='z' | 'A'..='Z' => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_last_sound() {
        assert_eq!(josa("서버", "이", "가").to_string(), "서버가");
        assert_eq!(josa("그림", "이", "가").to_string(), "그림이");
        assert_eq!(josa("제목 1", "을", "를").to_string(), "제목 1을");
        assert_eq!(josa("`note.html`", "은", "는").to_string(), "`note.html`은");
        assert_eq!(josa("→", "은", "는").to_string(), "→은(는)");
    }

    #[test]
    fn korean_unless_the_locale_is_english() {
        assert_eq!(Language::from_tag("en_US.UTF-8"), Language::English);
        assert_eq!(Language::from_tag("C.UTF-8"), Language::Korean);
        assert_eq!(Language::from_tag("ko-KR"), Language::Korean);
    }
}
