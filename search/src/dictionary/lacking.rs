//! Nouns that some notes lack, and that a dictionary cut to these notes would take for fragments of others: 페이로드 for 페이
//! and 로드.

use rustc_hash::{FxHashMap, FxHashSet};
use seoga_dictionary::cut::CutDictionary;

use super::Dictionary;
use crate::analysis::Analyzer;
use crate::vocabulary::Vocabulary;

/// All of them, ascending: common nouns of `full` and words of its vocabulary of which the cut dictionary makes terms of the
/// notes that `full` does not make of them.
///
/// Words of ko-dic that were `passed_over` in the notes are none: the notes are cut as if there were no such word.
pub fn lacking(
    full: &Dictionary,
    cut: &CutDictionary,
    vocabulary: &Vocabulary,
    passed_over: &FxHashSet<Box<str>>,
    is_term: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    // It does not fail on what this crate made itself.
    let Ok(cut_dictionary) = Dictionary::of_cut(cut.clone()).and_then(|cut| cut.with(vocabulary)) else {
        return Vec::new();
    };
    let pieces = Pieces::new(cut);
    let mut lacking = full.nouns(|syllable| pieces.has(syllable));
    // Without names: those would take three times the room of all these.
    lacking.extend(full.lexicon.iter().flat_map(|lexicon| lexicon.spellings().iter().cloned()));
    lacking.sort_unstable();
    lacking.dedup();
    lacking.retain(|noun| !passed_over.contains(noun.as_str()) && pieces.cover(noun));
    let (mut here, mut all) = (Analyzer::new(&cut_dictionary), Analyzer::new(full));
    lacking.retain(|noun| {
        let mut fragments = Vec::new();
        here.terms(noun, |term| {
            if term.text != noun && is_term(term.text) {
                fragments.push(term.text.to_owned());
            }
        });
        if !fragments.is_empty() {
            all.terms(noun, |term| fragments.retain(|fragment| fragment != term.text));
        }
        !fragments.is_empty()
    });
    lacking
}

/// The surfaces of a cut dictionary, to tell in a moment that a word cannot be made of them.
struct Pieces<'a> {
    /// By the first syllable.
    surfaces: FxHashMap<char, Vec<&'a str>>,
    syllables: FxHashSet<char>,
}

impl<'a> Pieces<'a> {
    fn new(cut: &'a CutDictionary) -> Self {
        let mut pieces = Self { surfaces: FxHashMap::default(), syllables: FxHashSet::default() };
        for entry in &cut.entries {
            pieces.syllables.extend(entry.surface.chars());
            if let Some(first) = entry.surface.chars().next() {
                let surfaces = pieces.surfaces.entry(first).or_default();
                // They are in order.
                if surfaces.last() != Some(&entry.surface.as_str()) {
                    surfaces.push(&entry.surface);
                }
            }
        }
        pieces
    }

    fn has(&self, syllable: char) -> bool {
        self.syllables.contains(&syllable)
    }

    /// Whether pieces side by side make up a word.
    fn cover(&self, word: &str) -> bool {
        let mut is_reached = vec![false; word.len() + 1];
        is_reached[0] = true;
        for (at, syllable) in word.char_indices() {
            if !is_reached[at] {
                continue;
            }
            for surface in self.surfaces.get(&syllable).into_iter().flatten() {
                if word[at..].starts_with(surface) {
                    is_reached[at + surface.len()] = true;
                }
            }
        }
        is_reached[word.len()]
    }
}
