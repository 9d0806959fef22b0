//! Where a note's abbreviations stand in its text.
//!
//! An abbreviation is a whole word, but a Korean particle may follow it (`HTML을`).

use rustc_hash::FxHashMap;

/// A note's abbreviations, by their first letter.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// Of each letter the abbreviations with their index, the longest first.
    by_letter: FxHashMap<char, Vec<(String, usize)>>,
}

impl Abbreviations {
    pub fn new(all: &[(String, String)]) -> Self {
        let mut by_letter: FxHashMap<char, Vec<(String, usize)>> = FxHashMap::default();
        for (index, (short, _)) in all.iter().enumerate() {
            if let Some(first) = short.chars().next() {
                let list = by_letter.entry(first).or_default();
                list.push((short.clone(), index));
                list.sort_by_key(|(short, index)| (std::cmp::Reverse(short.len()), *index));
            }
        }
        Self { by_letter }
    }

    pub fn is_empty(&self) -> bool {
        self.by_letter.is_empty()
    }

    pub fn begin_with(&self, letter: char) -> bool {
        self.by_letter.contains_key(&letter)
    }

    /// The abbreviation that begins `text`: its length and index.
    pub fn at(&self, text: &str, before: Option<char>) -> Option<(usize, usize)> {
        let first = text.chars().next()?;
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let ends = |short: &str| {
            let behind = text.strip_prefix(short)?.chars().next();
            // Hangul behind Latin letters is a particle; behind Hangul it may be the rest of the word.
            let whole = behind.is_none_or(|c| !c.is_alphanumeric() || matches!(c, '가'..='힣'));
            whole.then_some(short.len())
        };
        self.by_letter.get(&first)?.iter().find_map(|(short, index)| Some((ends(short)?, *index)))
    }
}
