//! Which words an index has, and how many sections have them.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::index::{Presence, WordTable};
use crate::letters;

/// The words of an index, for one query: what was asked is remembered.
pub struct Lookup<'a> {
    words: &'a WordTable,
    known: RefCell<FxHashMap<String, Presence>>,
}

/// A word that an index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub word: String,
    /// Sections that have it.
    pub sections: u32,
}

impl<'a> Lookup<'a> {
    pub fn new(words: &'a WordTable) -> Self {
        Self { words, known: RefCell::default() }
    }

    /// In how many sections a word is; 0 for a word that the index does not have.
    pub fn sections(&self, word: &str) -> tantivy::Result<u32> {
        Ok(self.presence(word)?.sections)
    }

    /// Which fields have all of some words, a bit each.
    pub fn fields<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> tantivy::Result<u8> {
        let mut fields = u8::MAX;
        for word in words {
            fields &= self.presence(word)?.fields;
        }
        Ok(fields)
    }

    /// Whether the index has all of some words, anywhere.
    pub fn presences<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> tantivy::Result<bool> {
        for word in words {
            if self.presence(word)?.sections == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn presence(&self, word: &str) -> tantivy::Result<Presence> {
        if let Some(&presence) = self.known.borrow().get(word) {
            return Ok(presence);
        }
        let presence = self.words.presence(word)?;
        self.known.borrow_mut().insert(word.to_owned(), presence);
        Ok(presence)
    }

    /// The words of some ranges, the most frequent first, at most `most`.
    pub fn most_frequent(
        &self,
        ranges: &[Range<String>],
        most: usize,
        fits: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Vec<Found>> {
        let mut found: Vec<Found> = Vec::new();
        for range in ranges {
            self.words.within(range, |word, sections| {
                if fits(word) {
                    found.push(Found { word: word.to_owned(), sections });
                }
            })?;
        }
        found.sort_unstable_by(|a, b| b.sections.cmp(&a.sections).then_with(|| a.word.cmp(&b.word)));
        found.dedup();
        found.truncate(most);
        Ok(found)
    }

    /// Hands over every word that begins with some letters or ends in others, some of them twice.
    pub fn around(&self, beginning: &[char], ending: &[char], mut each: impl FnMut(&str)) -> tantivy::Result<()> {
        for range in letters::completions(&letters::compose(beginning.iter().copied())) {
            self.words.within(&range, |word, _| each(word))?;
        }
        self.words.ending_in(ending, |letters| each(&letters::compose(letters.iter().copied())))?;
        Ok(())
    }
}
