//! Terms that the notes say in two languages: what a search for one of them should find as well.
//!
//! Two places say so: a gloss (`파드(Pod)는`), as the glossary has settled it, and a Hangul word right before the Latin word
//! that it writes by its sound (`쿠버네티스 Kubernetes`).

use std::collections::BTreeSet;

use rayon::prelude::*;
use seoga_search::analysis::{may_have_particle, sounds_like};
use seoga_search::vocabulary::{Entry, parse_line};

use super::{Library, glossary};

/// In syllables.
const SHORTEST: usize = 2;
const LONGEST: usize = 10;

impl Library {
    /// Each pair once, in order.
    pub fn bilingual_terms(&self) -> Vec<Entry> {
        let mut pairs: BTreeSet<Entry> = self.glosses.iter().filter_map(|gloss| entry(&gloss.0, &gloss.1)).collect();
        let beside: Vec<Vec<Entry>> = self
            .notes
            .par_iter()
            .map(|note| {
                let mut found = Vec::new();
                let headings = note.document.headings.iter().map(|heading| heading.title.as_str());
                let texts = note.document.sections.iter().map(|section| section.text.as_str());
                for text in std::iter::once(note.title.as_str()).chain(headings).chain(texts) {
                    side_by_side(text, |hangul, latin| found.extend(entry(hangul, latin)));
                }
                found
            })
            .collect();
        pairs.extend(beside.into_iter().flatten());
        pairs.into_iter().collect()
    }
}

/// What the glossary has settled, whether it is shown or not.
pub(super) fn glosses(terms: &[glossary::Initial]) -> Vec<(String, String)> {
    let terms = terms.iter().flat_map(|initial| &initial.terms);
    terms.filter_map(|term| Some((term.name.clone(), term.other.clone()?))).collect()
}

fn entry(term: &str, other: &str) -> Option<Entry> {
    // A term with a comma in it is a list. One in two languages (`MySQL 라이선스(GPL)`) is explained and not translated,
    // unless what is Latin in it is in the translation too (`KISS 원칙(KISS Principle)`).
    let latin = |word: &&str| word.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_mixed = term.split(' ').any(|word| latin(&word)) && term.contains(|c| ('가'..='힣').contains(&c));
    let other_words = other.to_lowercase();
    let kept = |word: &str| other_words.split([' ', ',']).any(|other| other == word.to_lowercase());
    if term.contains(',') || is_mixed && !term.split(' ').filter(latin).all(kept) {
        return None;
    }
    parse_line(&format!("{term},{other}")).ok().flatten().filter(|entry| entry.spellings.len() > 1)
}

/// Hands over each Hangul word with the Latin word behind it, where one sounds like the other.
fn side_by_side<'t>(text: &'t str, mut each: impl FnMut(&'t str, &'t str)) {
    for (space, _) in text.match_indices(' ') {
        let (before, after) = (&text[..space], &text[space + 1..]);
        if !after.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let hangul = before.rsplit(|character: char| !('가'..='힣').contains(&character)).next().unwrap_or_default();
        let end = after.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(after.len());
        let latin = &after[..end];
        let stands_alone =
            before[..before.len() - hangul.len()].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let ends = after[end..]
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric() && !matches!(next, '.' | '-' | '_' | '/'));
        if (SHORTEST..=LONGEST).contains(&hangul.chars().count())
            && stands_alone
            && ends
            && !may_have_particle(hangul)
            && sounds_like(hangul, latin)
        {
            each(hangul, latin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_beside_its_original_is_a_pair() {
        let mut found = Vec::new();
        side_by_side(
            "쿠버네티스 Kubernetes 입문, 하이버네이트를 Hibernate로, 인터페이스 interface-a",
            |a, b| found.push((a, b)),
        );
        assert_eq!(found, [("쿠버네티스", "Kubernetes")]);
    }
}
