//! Text → terms: the one place that knows Korean.
//!
//! In goes any text, out come terms with their place in it. A note's section, its heading and what a reader types all
//! pass here, so that a word in a query is cut exactly as the same word was cut in the note.
//!
//! ```text
//! text ─ fold ─► folded text ─ words ─► Hangul and Hanja words ─ korean (remembered) ─┐
//!        NFC, width                     Latin words, numbers  ─ latin ────────────────┴─► terms
//! ```
//!
//! **A word is analysed by itself, once.** Korean text repeats its words, so each distinct one goes through lindera a
//! single time and its terms are remembered ([`memo`]). That is fast, and it makes the analysis independent of context:
//! consistency finds more than the last percent of accuracy would. Only what touches a word counts, in one respect: after
//! a Latin word, a digit or a closing bracket, `는` is a particle, and is cut as one.
//!
//! **Positions count the smallest pieces**: 데이터베이스 is a term at position 0, its parts 데이터 and 베이스 are terms at
//! positions 0 and 1, and the next word begins at 2. Particles and endings have no position. So a phrase of pieces
//! matches however the words were spaced: `데이터 베이스`, `데이터베이스`.

mod common;
mod details;
mod fold;
mod footprint;
pub(crate) mod josa;
mod korean;
mod latin;
pub(crate) mod letter_names;
pub(crate) mod loanword;
mod memo;
mod names;
mod transliteration;
mod words;

pub(crate) use common::common_words;
pub use fold::Folded;
pub(crate) use fold::composed;
pub(crate) use footprint::Attested;
pub use footprint::Footprint;
pub use transliteration::sounds_like;
pub(crate) use words::is_hangul;

use self::memo::Memo;
use self::words::{Script, Words};
use crate::dictionary::Dictionary;
use crate::vocabulary::{Tally, Word};

/// Whether spelling allows to take the end of a word for a particle.
pub fn may_have_particle(word: &str) -> bool {
    josa::splits(word).next().is_some()
}

/// What a term is to the word that it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// The word itself without particle and ending. A word that ko-dic cuts doubtfully has more than one.
    Whole,
    /// A morpheme of the word, or one side of a border inside it (`node` of `node.js`).
    Piece,
    /// A part of a morpheme that is a compound (`베이스` of `데이터베이스`).
    Part,
    /// What lies between borders of case and digits (`rpc` of `gRPC`), at the position of the whole.
    Hump,
}

/// A term, borrowed from the analyser for the length of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// Folded: NFC, half width, lower case. Verbs and adjectives are in their dictionary form, with `다`.
    pub text: &'a str,
    /// First byte in the original text.
    pub start: usize,
    /// Byte after the last in the original text.
    pub end: usize,
    /// Counted in smallest pieces from the beginning of the text.
    pub position: u32,
    /// Number of the word in the text.
    pub word: u32,
    pub kind: TermKind,
}

/// Cuts text into terms.
///
/// Owns its memo and lindera's working memory, so it is used by one thread at a time: give each worker its own. A new one
/// costs a copy of the vocabulary's automaton; it then learns words at lindera's speed and repeats them at a look-up each.
pub struct Analyzer {
    memo: Memo,
    folded: String,
}

impl Analyzer {
    /// An analyser that has seen no word yet, over a shared dictionary.
    pub fn new(dictionary: &Dictionary) -> Self {
        Self { memo: Memo::new(korean::Cutter::new(dictionary)), folded: String::new() }
    }

    /// Takes what was counted: the words met so far that could not be cut into known ones, with their numbers.
    pub fn take_tally(&mut self) -> Tally {
        self.memo.take_tally()
    }

    /// Goes on with another dictionary: the same with more words. What was remembered stays, except of words that may be
    /// cut otherwise now.
    pub fn learn(&mut self, dictionary: &Dictionary) {
        self.memo.learn_words(korean::Cutter::new(dictionary));
    }

    /// Whether a word, without spaces in it, is cut into words that the dictionary knows.
    pub fn knows(&mut self, word: &str) -> bool {
        self.memo.knows(word)
    }

    /// The words of the vocabulary that the analysis has made use of so far.
    pub fn words_in_use(&self) -> impl Iterator<Item = &Word> {
        self.memo.words_in_use()
    }

    /// What of ko-dic the analysis has made use of so far.
    pub fn footprint(&self) -> &Footprint {
        self.memo.footprint()
    }

    /// Hands over the terms of a text, by position; at one position the whole word first.
    pub fn terms(&mut self, text: &str, mut each: impl FnMut(Term<'_>)) {
        let folded = Folded::new(text);
        let mut position = 0;
        for (number, word) in (0u32..).zip(Words::new(&folded)) {
            let mut give = |mut term: Term<'_>| {
                term.start = folded.original(word.start + term.start);
                term.end = folded.original_end(word.start + term.end);
                term.position += position;
                term.word = number;
                each(term);
            };
            let source = &folded.text()[word.start..word.end];
            position += match word.script {
                Script::Korean(before) => self.memo.terms(source, before, &mut give),
                Script::Latin => latin::terms(source, &mut self.folded, &mut give),
            };
        }
    }
}
