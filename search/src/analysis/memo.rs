//! Korean words that were cut before, with their terms.
//!
//! A hit is one look-up and hands out slices of the memo's own text: no allocation. The memo holds a bounded number of
//! words and starts afresh when it is full; it never changes what comes out, only how soon.

use rustc_hash::FxHashMap;

use super::footprint::Footprint;
use super::korean::{Cut, Cutter};
use super::words::Before;
use super::{Term, TermKind};
use crate::vocabulary::{Tally, Word};

/// Some 40 MB at the average of Korean notes. 240 MB of text has 300,000 distinct words.
const MOST_WORDS: usize = 1 << 18;

/// Remembered words of one analyser.
pub struct Memo {
    cutter: Cutter,
    /// Indexes into `cuts`, by what the word follows; a particle after a Latin word is another word.
    numbers: [FxHashMap<Box<str>, u32>; 3],
    cuts: Vec<Remembered>,
    terms: Vec<RememberedTerm>,
    text: String,
    /// What was counted of words that were forgotten.
    tally: Tally,
}

struct Remembered {
    first_term: u32,
    end_term: u32,
    positions: u32,
    /// How often the word occurred, up to what the number holds.
    count: u32,
    /// The word could be cut into words that ko-dic or the vocabulary knows.
    known: bool,
}

struct RememberedTerm {
    text: (u32, u32),
    start: u32,
    end: u32,
    position: u32,
    kind: TermKind,
}

impl Memo {
    pub fn new(cutter: Cutter) -> Self {
        Self {
            cutter,
            numbers: Default::default(),
            cuts: Vec::new(),
            terms: Vec::new(),
            text: String::new(),
            tally: Tally::default(),
        }
    }

    /// The words that could not be cut into known ones, with their numbers, which begin at nothing again.
    pub fn take_tally(&mut self) -> Tally {
        self.count_unknown();
        self.cuts.iter_mut().for_each(|cut| cut.count = 0);
        std::mem::take(&mut self.tally)
    }

    /// Adds what the memo has counted to the tally. Only of words that stand by themselves.
    fn count_unknown(&mut self) {
        let mut unknown: Vec<(&str, u32)> = Vec::new();
        #[allow(clippy::iter_over_hash_type, reason = "a tally has an order of its own")]
        for (word, &number) in &self.numbers[Before::Nothing as usize] {
            let cut = &self.cuts[number as usize];
            if !cut.known && cut.count > 0 {
                unknown.push((word, cut.count));
            }
        }
        for (word, count) in unknown {
            match self.tally.0.get_mut(word) {
                Some(sum) => *sum = sum.saturating_add(count),
                None => drop(self.tally.0.insert(word.to_owned(), count)),
            }
        }
    }

    /// Takes another cutter, which knows more words, and forgets the words that have one of these in them.
    pub fn learn_words(&mut self, cutter: Cutter) {
        let mut before = std::mem::replace(&mut self.cutter, cutter);
        let new = self.cutter.take_over(&mut before);
        if new.is_empty() {
            return;
        }
        // All of them looked for at once: there may be thousands. Without an automaton every word may be concerned.
        let automaton = daachorse::DoubleArrayAhoCorasick::<u32>::new(&new).ok();
        for numbers in &mut self.numbers {
            numbers.retain(|word, _| {
                automaton.as_ref().is_some_and(|automaton| automaton.find_iter(word.as_bytes()).next().is_none())
            });
        }
    }

    /// Whether the word is cut into known words.
    pub fn knows(&mut self, word: &str) -> bool {
        let number = match self.numbers[Before::Nothing as usize].get(word) {
            Some(&number) => number,
            None => self.learn(word, Before::Nothing),
        };
        self.cuts[number as usize].known
    }

    pub fn footprint(&self) -> &Footprint {
        self.cutter.footprint()
    }

    pub fn words_in_use(&self) -> impl Iterator<Item = &Word> {
        self.cutter.words_in_use()
    }

    /// Hands over the terms of one Korean word and returns how many positions it takes. Offsets count from the word.
    pub fn terms(&mut self, word: &str, before: Before, mut each: impl FnMut(Term<'_>)) -> u32 {
        let number = match self.numbers[before as usize].get(word) {
            Some(&number) => number,
            None => self.learn(word, before),
        };
        let cut = &mut self.cuts[number as usize];
        cut.count = cut.count.saturating_add(1);
        let Remembered { first_term, end_term, positions, .. } = *cut;
        for term in &self.terms[first_term as usize..end_term as usize] {
            let text = &self.text[term.text.0 as usize..term.text.1 as usize];
            let &RememberedTerm { start, end, position, kind, .. } = term;
            each(Term { text, start: start as usize, end: end as usize, position, word: 0, kind });
        }
        positions
    }

    fn learn(&mut self, word: &str, before: Before) -> u32 {
        if self.cuts.len() >= MOST_WORDS {
            self.count_unknown();
            self.numbers.iter_mut().for_each(FxHashMap::clear);
            self.cuts.clear();
            self.terms.clear();
            self.text.clear();
        }
        let Cut { terms, positions, known } = self.cutter.cut(word, before);
        let first_term = self.terms.len() as u32;
        for term in terms {
            let start = self.text.len() as u32;
            self.text.push_str(&term.text);
            self.terms.push(RememberedTerm {
                text: (start, self.text.len() as u32),
                start: term.start as u32,
                end: term.end as u32,
                position: term.position,
                kind: term.kind,
            });
        }
        let number = self.cuts.len() as u32;
        self.cuts.push(Remembered { first_term, end_term: self.terms.len() as u32, positions, count: 0, known });
        self.numbers[before as usize].insert(word.into(), number);
        number
    }
}
