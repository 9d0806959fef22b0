//! Words that ko-dic does not know, found in the notes themselves by how they are used.
//!
//! What the analysis could not cut into known words ([`Tally`]) is often a technical word with a particle: 쿠버네티스를,
//! 쿠버네티스에서. The rule:
//!
//! 1. Every such eojeol may be a stem alone or a stem with a particle that spelling allows after it.
//! 2. A stem of three syllables or more is a word if it occurs [`FEWEST`] times and in [`FEWEST_USES`] *uses*: alone, and
//!    before particles that begin differently (에서, 에는 and 에 are one use; 은 and 는 are one).
//! 3. A stem that is another word of the notes and a particle (쿠버네티스에) counts only uses that cannot belong to that
//!    word: 쿠버네티스에 + 는 is 쿠버네티스 + 에는.
//!
//! Words that begin with a counting word that was not set apart (두가지, 여러개) are left out, and stems of two syllables: most are nouns that are written together with the next one.
//! `cargo bench --bench search -- --mined` lists what the rule finds.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::josa;

/// In syllables.
const SHORTEST: usize = 3;
const LONGEST: usize = 10;
/// Occurrences, in all uses together.
const FEWEST: u32 = 5;
const FEWEST_USES: usize = 3;

/// Counting words that writers join to the next word.
const COUNTING: [&str; 11] = ["한가", "두가", "세가", "네가", "몇", "어느", "두번", "세번", "첫번", "여러", "싶을"];

/// How often each word occurred that the analysis could not cut into known ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(pub BTreeMap<String, u32>);

impl Tally {
    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (word, count) in other.0 {
            *self.0.entry(word).or_default() += count;
        }
    }
}

/// A mined word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mined {
    pub word: String,
    pub count: u32,
    pub uses: usize,
}

/// How a stem is used: the beginning of the particle behind it, nothing for alone, and how often.
type Uses<'a> = BTreeMap<&'a str, u32>;

/// The words of a tally, in order.
pub fn mine(tally: &Tally) -> Vec<Mined> {
    let mut stems: BTreeMap<&str, Vec<(&str, u32)>> = BTreeMap::new();
    for (word, &count) in &tally.0 {
        let mut add = |stem: &'_ str, particle: &'_ str| {
            if (SHORTEST..=LONGEST).contains(&stem.chars().count()) {
                // The same bytes, borrowed for as long as the tally lives.
                let (stem, particle) = (&word[..stem.len()], &word[word.len() - particle.len()..]);
                stems.entry(stem).or_default().push((particle, count));
            }
        };
        add(word, "");
        josa::splits(word).for_each(|(stem, particle)| add(stem, particle));
    }
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let mut mined = Vec::new();
    let mut by_length: Vec<(&str, &Vec<(&str, u32)>)> = stems.iter().map(|(&stem, uses)| (stem, uses)).collect();
    by_length.sort_by_key(|(stem, _)| stem.len());
    for (stem, occurrences) in by_length {
        // The particle with which this stem is another word, if it is.
        let inner: Vec<&str> =
            josa::splits(stem).filter(|(shorter, _)| words.contains(shorter)).map(|(_, particle)| particle).collect();
        let mut uses = Uses::new();
        for &(particle, count) in occurrences {
            let belongs = |before: &&str| particle.is_empty() || josa::is_particle(&format!("{before}{particle}"));
            if !inner.iter().any(belongs) {
                *uses.entry(josa::family(particle)).or_default() += count;
            }
        }
        let count = uses.values().sum();
        if COUNTING.iter().any(|word| stem.starts_with(word)) {
            continue;
        }
        if uses.len() >= FEWEST_USES && count >= FEWEST {
            words.insert(stem);
            mined.push(Mined { word: stem.to_owned(), count, uses: uses.len() });
        }
    }
    mined.sort_by(|a, b| a.word.cmp(&b.word));
    mined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mined(words: &[(&str, u32)]) -> Vec<String> {
        let tally = Tally(words.iter().map(|&(word, count)| (word.to_owned(), count)).collect());
        mine(&tally).into_iter().map(|mined| mined.word).collect()
    }

    #[test]
    fn a_word_that_is_used_in_several_ways_is_one() {
        let uses = [
            ("하이퍼렛저를", 2),
            ("하이퍼렛저는", 1),
            ("하이퍼렛저", 3),
            ("하이퍼렛저에", 1),
            ("하이퍼렛저에는", 1),
            ("하이퍼렛저에도", 1),
        ];
        assert_eq!(mined(&uses), ["하이퍼렛저"]);
    }

    #[test]
    fn one_use_is_not_enough_however_often() {
        assert_eq!(mined(&[("자이로센", 50), ("자이로센로", 1)]), Vec::<String>::new());
        assert_eq!(mined(&[("어쩌구에서", 5), ("어쩌구에는", 5), ("어쩌구에", 5)]), Vec::<String>::new());
        assert_eq!(mined(&[("랄라를", 9), ("랄라는", 9), ("랄라", 9)]), Vec::<String>::new());
    }
}
