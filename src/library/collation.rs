//! The order of names: as a dictionary of the site's language has them, numbers by value.
//!
//! This is the Unicode collation algorithm with CLDR's tailoring. For a Korean site that means signs, digits, Hangul,
//! Hanja in the order of their readings, then Latin; elsewhere Latin comes first.

use std::cmp::Ordering;

use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

use crate::language::Language;

/// Compares names in one language.
pub struct Collation {
    /// `None` where the compiled data lack the language, which they do not; names then go by code points.
    collator: Option<CollatorBorrowed<'static>>,
}

impl Collation {
    pub fn of(language: Language) -> Self {
        let mut preferences = match language {
            Language::Korean => CollatorPreferences::from(locale!("ko")),
            Language::English => CollatorPreferences::default(),
        };
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Self { collator: CollatorBorrowed::try_new(preferences, Default::default()).ok() }
    }

    /// `2장` before `10장`, `가` before `나`, `a` beside `A`. Names that differ are never equal.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let collated = self.collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b));
        collated.then_with(|| a.cmp(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(language: Language, mut names: [&str; N]) -> [&str; N] {
        let collation = Collation::of(language);
        names.sort_by(|a, b| collation.compare(a, b));
        names
    }

    #[test]
    fn korean_names_stand_as_in_a_korean_dictionary() {
        let names =
            ["zsh", "하", "10장", "2장", "A", "까", "가", "漢字", "각", "b", "한자", "a", "ㄱ", "002장", "(부록)"];
        let wanted =
            ["(부록)", "002장", "2장", "10장", "ㄱ", "가", "각", "까", "하", "한자", "漢字", "a", "A", "b", "zsh"];
        assert_eq!(sorted(Language::Korean, names), wanted);
    }

    #[test]
    fn elsewhere_latin_comes_first() {
        assert_eq!(sorted(Language::English, ["나", "b", "가", "A", "3"]), ["3", "A", "b", "가", "나"]);
    }

    #[test]
    fn decomposed_names_stand_where_composed_ones_do() {
        // `가`, `나` and `다` as macOS spells them.
        let (ga, da) = ("\u{1100}\u{1161}", "\u{1103}\u{1161}");
        assert_eq!(sorted(Language::Korean, [da, "나", "가", "다", ga]), [ga, "가", "나", da, "다"]);
    }

    #[test]
    fn order_is_total() {
        let collation = Collation::of(Language::Korean);
        assert!(collation.compare("1", "01").is_ne() && collation.compare("가\u{200b}", "가").is_ne());
        assert!(collation.compare("가", "가").is_eq());
    }
}
