//! Which words mean the same.

use std::collections::BTreeMap;

use super::expand::{SHORTEST_SLIP, TWO_SLIPS};
use crate::letters::{self, distance};
use crate::names;
use crate::vocabulary::Vocabulary;

/// The entries of a vocabulary, by each of their spellings.
#[derive(Debug, Default)]
pub struct Synonyms {
    entries: Vec<Vec<String>>,
    by_key: BTreeMap<String, Vec<u32>>,
    /// Entries and places in them, by the set of their spelling's letters, in order.
    nearby: BTreeMap<u64, Vec<(u32, u32)>>,
}

impl Synonyms {
    pub fn new(vocabulary: Vocabulary) -> Self {
        let entries: Vec<Vec<String>> = vocabulary.entries.into_iter().map(|entry| entry.spellings).collect();
        let mut by_key: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut nearby: BTreeMap<u64, Vec<(u32, u32)>> = BTreeMap::new();
        for (number, spellings) in (0u32..).zip(&entries) {
            for (place, spelling) in (0u32..).zip(spellings) {
                let key = names::key(spelling);
                let letters: Vec<char> = letters::jamo(&key).collect();
                nearby.entry(set_of(&letters)).or_default().push((number, place));
                by_key.entry(key).or_default().push(number);
            }
        }
        Self { entries, by_key, nearby }
    }

    /// What means the same as the spellings that begin with a key, of the first few.
    pub fn of_beginning(&self, key: &str, most: usize) -> Vec<&str> {
        if self.by_key.contains_key(key) {
            return Vec::new();
        }
        // A longer term of several words is another term: 리액트 네이티브 is not what becomes of 리액트.
        let one_word = |(other, numbers): &(&String, &Vec<u32>)| {
            let spellings = numbers.iter().filter_map(|number| self.entries.get(*number as usize)).flatten();
            spellings.filter(|spelling| names::key(spelling) == **other).all(|spelling| !spelling.contains(' '))
        };
        let begins = self.by_key.range(key.to_owned()..).take_while(|(other, _)| other.starts_with(key));
        let keys: Vec<String> = begins.filter(one_word).take(most).map(|(key, _)| key.clone()).collect();
        self.of(&keys)
    }

    /// The spellings one slip away from a word, two from a long one, with the number of slips.
    pub fn nearest(&self, word: &str) -> Vec<(usize, &str)> {
        let letters: Vec<char> = letters::jamo(&names::key(word)).collect();
        if letters.len() < SHORTEST_SLIP {
            return Vec::new();
        }
        let limit = if letters.len() < TWO_SLIPS { 1 } else { 2 };
        let letter_set = set_of(&letters);
        let mut found = Vec::new();
        for (key, numbers) in &self.nearby {
            // Each slip takes a letter away or brings one.
            if (letter_set ^ key).count_ones() as usize > 2 * limit {
                continue;
            }
            for &(number, place) in numbers {
                let Some(spelling) = self.entries.get(number as usize).and_then(|entry| entry.get(place as usize))
                else {
                    continue;
                };
                let other: Vec<char> = letters::jamo(&names::key(spelling)).collect();
                if let Some(slips) = distance(&letters, &other, limit).filter(|&slips| slips > 0) {
                    found.push((slips, spelling.as_str()));
                }
            }
        }
        found
    }

    /// What means the same as one of these keys, without the keys themselves.
    pub fn of(&self, keys: &[String]) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for number in keys.iter().filter_map(|key| self.by_key.get(key)).flatten() {
            for spelling in self.entries.get(*number as usize).into_iter().flatten() {
                if !found.contains(&spelling.as_str()) && !keys.contains(&names::key(spelling)) {
                    found.push(spelling);
                }
            }
        }
        found
    }
}

/// Which letters a word has, a bit each; different letters may share a bit.
fn set_of(letters: &[char]) -> u64 {
    letters.iter().fold(0, |set, &letter| set | 1 << (u32::from(letter) % 61))
}
