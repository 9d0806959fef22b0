//! Words that ko-dic does not know, and words that mean the same.
//!
//! ```text
//! search/vocabulary/*.csv (shipped) ─┐                    ┌─► Lexicon: words with their parts, for the analysis
//! the site's dictionary.csv ─────────┼─ lines ─ entries ──┤
//! names of notes, glosses, mined ────┘                    └─► synonyms: which words mean the same, for the query
//! ```
//!
//! **A line is an entry** ([`parse_line`]): words that mean the same, separated by commas, the parts of a compound by
//! spaces.
//!
//! ```text
//! # 부하를 나누는 것
//! 로드 밸런서,load balancer,LB
//! 쿠버네티스,Kubernetes,k8s
//! ```
//!
//! Every Hangul word of an entry, with its spaces left out, is a word of the analysis; so are those of its parts that
//! ko-dic lacks. What is written `로드 밸런서` here is found as `로드밸런서`, as `로드 밸런서`, and by `밸런서`.
//!
//! A bundle carries the words that its notes use and the entries of which they use at least one word, in the same format,
//! so that whoever opens it cuts a query exactly as the notes were cut.

mod lexicon;
mod line;
mod mining;
mod shipped;

pub use lexicon::{Lexicon, Word};
pub use line::{Entry, LineFault, LineFaultKind, parse_line};
pub use mining::{Mined, Tally, mine};
pub use shipped::shipped;

use crate::analysis::is_hangul;

/// Longer is no word but a phrase, and no part of an eojeol that the analysis sees. In syllables.
const LONGEST_WORD: usize = 12;

/// Words and entries, to be given to a [`Dictionary`](crate::Dictionary) and to a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Words that mean the same.
    pub entries: Vec<Entry>,
    /// Words by themselves, in the notation of a line: parts separated by spaces.
    pub words: Vec<String>,
}

impl Vocabulary {
    /// The vocabulary that comes with seoga.
    pub fn shipped() -> Self {
        Self { entries: shipped().collect(), words: Vec::new() }
    }

    /// Reads what [`to_text`](Self::to_text) wrote; a line that is not understood is left out.
    pub fn from_text(text: &str) -> Self {
        let mut vocabulary = Self::default();
        for entry in text.lines().filter_map(|line| parse_line(line).ok().flatten()) {
            if entry.spellings.len() > 1 {
                vocabulary.entries.push(entry);
            } else {
                vocabulary.words.extend(entry.spellings);
            }
        }
        vocabulary
    }

    /// The vocabulary, a line each: first the words, then the entries. The order is kept.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in self.words.iter().cloned().chain(self.entries.iter().map(Entry::to_line)) {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    /// Every word for the analysis: Hangul, of two syllables to twelve, its parts by spaces.
    pub fn hangul_words(&self) -> impl Iterator<Item = &str> {
        // Words first: what cut the notes is among them, and of two ways to cut a word the first holds.
        let spellings = self.words.iter().chain(self.entries.iter().flat_map(|entry| &entry.spellings));
        spellings.map(String::as_str).filter(|spelling| {
            let mut syllables = 0;
            let hangul = spelling.chars().filter(|character| *character != ' ').all(|character| {
                syllables += 1;
                is_hangul(character)
            });
            hangul && (2..=LONGEST_WORD).contains(&syllables)
        })
    }
}
