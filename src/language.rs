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
/// `closed` is the form after a final consonant, `open` the form after a vowel; `으로` and its kin know that a final
/// ㄹ takes `로`. A word that ends in a digit, or a word of capitals in a letter whose name ends in a consonant
/// (`URL`), is read as Koreans read it aloud. Nobody can tell how other Latin words are read, so that for them, and
/// for anything else, both forms are shown, as in print: `이(가)`, `(으)로`.
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
        let Self { word, closed, open } = *self;
        // What `으로` has and `로` has not.
        let extra = closed.strip_suffix(open);
        let particle = match (last_sound(word), extra) {
            (_, Some("")) | (Some(Sound::Vowel), _) | (Some(Sound::Rieul), Some("으")) => open,
            (Some(Sound::Rieul | Sound::Consonant), _) => closed,
            (None, Some(extra)) => return write!(f, "{word}({extra}){open}"),
            (None, None) => return write!(f, "{word}{closed}({open})"),
        };
        write!(f, "{word}{particle}")
    }
}

enum Sound {
    Vowel,
    Rieul,
    Consonant,
}

fn last_sound(word: &str) -> Option<Sound> {
    // Quotation marks and brackets are not read aloud.
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    match word.chars().next_back()? {
        // Hangul syllables: 28 finals per medial, the first of them none, the ninth ㄹ.
        last @ '가'..='힣' => Some(match (last as u32 - '가' as u32) % 28 {
            0 => Sound::Vowel,
            8 => Sound::Rieul,
            _ => Sound::Consonant,
        }),
        // 이 사 오 구, 일 칠 팔, 영 삼 육 (and 십, 백, 천, 만, 억)
        '2' | '4' | '5' | '9' => Some(Sound::Vowel),
        '1' | '7' | '8' => Some(Sound::Rieul),
        '0' | '3' | '6' => Some(Sound::Consonant),
        last @ ('L' | 'M' | 'N' | 'R') => {
            let mut letters = word.chars().rev().take_while(char::is_ascii_alphabetic);
            letters.all(|c| c.is_ascii_uppercase()).then_some(match last {
                // 엘, 알
                'L' | 'R' => Sound::Rieul,
                // 엠, 엔
                _ => Sound::Consonant,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_last_sound() {
        for (word, subject) in [
            ("서버", "서버가"),
            ("그림", "그림이"),
            ("`물`", "`물`이"),
            ("제목 1", "제목 1이"),
            ("제목 2", "제목 2가"),
            ("`URL`", "`URL`이"),
            ("웹LLM", "웹LLM이"),
            ("`note.html`", "`note.html`이(가)"),
            ("GraphQL", "GraphQL이(가)"),
            ("HTTP", "HTTP이(가)"),
            ("→", "→이(가)"),
            ("", "이(가)"),
        ] {
            assert_eq!(josa(word, "이", "가").to_string(), subject);
        }
    }

    #[test]
    fn a_final_rieul_takes_ro() {
        for (word, to) in [
            ("서버", "서버로"),
            ("그림", "그림으로"),
            ("`물`", "`물`로"),
            ("제목 1", "제목 1로"),
            ("제목 3", "제목 3으로"),
            ("URL", "URL로"),
            ("LLM", "LLM으로"),
            ("`note.html`", "`note.html`(으)로"),
        ] {
            assert_eq!(josa(word, "으로", "로").to_string(), to);
        }
    }

    #[test]
    fn a_particle_of_one_form_is_shown_once() {
        assert_eq!(josa("note.md", "에는", "에는").to_string(), "note.md에는");
    }

    #[test]
    fn korean_unless_the_locale_is_english() {
        assert_eq!(Language::from_tag("en_US.UTF-8"), Language::English);
        assert_eq!(Language::from_tag("C.UTF-8"), Language::Korean);
        assert_eq!(Language::from_tag("ko-KR"), Language::Korean);
    }
}
