//! What an answer says about itself: what was found instead of what was typed, or beside it.

use serde::Serialize;

use super::unit::Origin;

/// A word of the query that was taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    pub typed: String,
    /// The best first.
    pub found: Vec<String>,
    pub kind: CorrectionKind,
    /// The notes do not have what was typed: this was looked for instead of it and not beside it.
    pub instead: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// The same keys in the other layout.
    Layout,
    /// The nearest word.
    Slip,
    /// Words of these initials.
    Initials,
    /// Another spelling, beside the one that was typed.
    Spelling,
    /// Words that mean the same, beside the one that was typed.
    Synonym,
}

/// A longer word is shown by its beginning. In characters.
const LONGEST_SAID: usize = 40;

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Korean,
    English,
}

impl CorrectionKind {
    pub(super) fn of(origin: Origin) -> Option<Self> {
        match origin {
            Origin::Typed | Origin::Spaced | Origin::Prefix => None,
            Origin::Spelling => Some(Self::Spelling),
            Origin::Synonym => Some(Self::Synonym),
            Origin::Initials => Some(Self::Initials),
            Origin::Layout => Some(Self::Layout),
            Origin::Slip => Some(Self::Slip),
        }
    }
}

/// The sentence for some corrections and for words that the notes do not have; `None` without any.
pub fn sentence(corrections: &[Correction], missing: &[String], language: Language) -> Option<String> {
    let mut sentences: Vec<String> = corrections.iter().map(|correction| one(correction, language)).collect();
    if !missing.is_empty() {
        let words = missing.iter().map(|word| format!("‘{}’", shortened(word))).collect::<Vec<_>>().join(", ");
        sentences.push(match language {
            Language::Korean => format!("노트에 없는 말: {words}"),
            Language::English => format!("not in the notes: {words}"),
        });
    }
    (!sentences.is_empty()).then(|| sentences.join("; "))
}

fn one(correction: &Correction, language: Language) -> String {
    let Correction { typed, found, instead, .. } = correction;
    let found = found.join(", ");
    let typed = &shortened(typed);
    match (language, *instead) {
        (Language::Korean, true) => format!("‘{typed}’ → ‘{found}’{} 찾음", towards(&found)),
        (Language::Korean, false) => format!("‘{typed}’: ‘{found}’도 찾음"),
        (Language::English, true) => format!("‘{typed}’: showing results for ‘{found}’"),
        (Language::English, false) => format!("‘{typed}’: also searched ‘{found}’"),
    }
}

/// The beginning of a long word.
fn shortened(word: &str) -> String {
    match word.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// 로 after a vowel or ㄹ, 으로 after another consonant, both where a word is not Hangul.
fn towards(word: &str) -> &'static str {
    match word.chars().next_back() {
        Some(last @ '가'..='힣') => match (last as u32 - '가' as u32) % 28 {
            0 | 8 => "로",
            _ => "으로",
        },
        _ => "(으)로",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_particle_fits_the_word() {
        let said = |found: &str, kind| {
            let instead = kind != CorrectionKind::Spelling;
            let correction = Correction { typed: "x".to_owned(), found: vec![found.to_owned()], kind, instead };
            sentence(&[correction], &[], Language::Korean)
        };
        assert_eq!(said("쿠버네티스", CorrectionKind::Slip).as_deref(), Some("‘x’ → ‘쿠버네티스’로 찾음"));
        assert_eq!(said("시스템", CorrectionKind::Layout).as_deref(), Some("‘x’ → ‘시스템’으로 찾음"));
        assert_eq!(said("docker", CorrectionKind::Layout).as_deref(), Some("‘x’ → ‘docker’(으)로 찾음"));
        assert_eq!(said("캐시", CorrectionKind::Spelling).as_deref(), Some("‘x’: ‘캐시’도 찾음"));
        assert_eq!(sentence(&[], &[], Language::Korean), None);
        let missing = ["호랑이".to_owned()];
        assert_eq!(sentence(&[], &missing, Language::Korean).as_deref(), Some("노트에 없는 말: ‘호랑이’"));
    }
}
