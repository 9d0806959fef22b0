//! Korean words that were cut before, with their terms.
//!
//! A hit is one look-up and hands out slices of the memo's own text: no allocation. The memo holds a bounded number of
//! words and starts afresh when it is full; it never changes what comes out, only how soon.

use rustc_hash::FxHashMap;

use super::korean::{Cut, Cutter};
use super::words::Before;
use super::{Term, TermKind};

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
}

struct Remembered {
    first_term: u32,
    end_term: u32,
    positions: u32,
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
        Self { cutter, numbers: Default::default(), cuts: Vec::new(), terms: Vec::new(), text: String::new() }
    }

    /// Hands over the terms of one Korean word and returns how many positions it takes. Offsets count from the word.
    pub fn terms(&mut self, word: &str, before: Before, mut each: impl FnMut(Term<'_>)) -> u32 {
        let number = match self.numbers[before as usize].get(word) {
            Some(&number) => number,
            None => self.learn(word, before),
        };
        let Remembered { first_term, end_term, positions } = self.cuts[number as usize];
        for term in &self.terms[first_term as usize..end_term as usize] {
            let text = &self.text[term.text.0 as usize..term.text.1 as usize];
            let &RememberedTerm { start, end, position, kind, .. } = term;
            each(Term { text, start: start as usize, end: end as usize, position, word: 0, kind });
        }
        positions
    }

    fn learn(&mut self, word: &str, before: Before) -> u32 {
        if self.cuts.len() >= MOST_WORDS {
            self.numbers.iter_mut().for_each(FxHashMap::clear);
            self.cuts.clear();
            self.terms.clear();
            self.text.clear();
        }
        let Cut { terms, positions } = self.cutter.cut(word, before);
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
        self.cuts.push(Remembered { first_term, end_term: self.terms.len() as u32, positions });
        self.numbers[before as usize].insert(word.into(), number);
        number
    }
}
