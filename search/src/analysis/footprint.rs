//! What of ko-dic the analysis of some notes made use of, and what of it whoever analyses a query gets to see.
//!
//! An analyser leaves a [`Footprint`]: the entries on the cheapest paths, which kinds of words stood side by side there, and
//! the words that only the notes can vouch for. All footprints of a site together say what its own dictionary holds
//! (`seoga_dictionary::cut`). A footprint only grows, and each word adds the same whenever it is met: neither the number of
//! analysers nor their order shows in their union.

use std::collections::BTreeSet;

use lindera::dictionary::Dictionary;
use lindera::token::Token;
use lindera_dictionary::viterbi::LexType;
use rustc_hash::{FxHashMap, FxHashSet};

use super::details::{self, ENTRY_BYTES};
use crate::vocabulary::Lexicon;

/// Endings that leave a stem as it is.
const VERB_ENDINGS: [&str; 3] = ["고", "는", "지"];

/// What was made use of.
#[derive(Debug, Clone, Default)]
pub struct Footprint {
    /// Numbers of entries and their surfaces.
    pub entries: FxHashMap<u32, Box<str>>,
    /// Right id of the word before, left id of the word behind.
    pub joins: FxHashSet<(u16, u16)>,
    /// Words that were cut doubtfully, as [`key`]s.
    pub stems: FxHashSet<u64>,
    /// Words of ko-dic that were not taken for these words where they stood.
    pub passed_over: FxHashSet<Box<str>>,
    /// Characters of the words.
    pub characters: FxHashSet<char>,
}

impl Footprint {
    /// Adds the words of a cheapest path.
    pub fn add(&mut self, path: &[Token<'_>], joins: impl Iterator<Item = (u16, u16)>) {
        for token in path.iter().filter(|token| token.word_id.lex_type() == LexType::System) {
            self.entries.entry(token.word_id.id()).or_insert_with(|| token.surface.as_ref().into());
        }
        self.joins.extend(joins);
    }

    /// The parts of all compounds.
    pub fn parts(&self, ko_dic: &Dictionary) -> BTreeSet<String> {
        let mut parts = BTreeSet::new();
        #[allow(clippy::iter_over_hash_type, reason = "a set has an order of its own")]
        for (&number, surface) in &self.entries {
            let mut details = ko_dic.word_details_iter(number as usize).skip(1);
            let (kind, expression) = (details.next().unwrap_or_default(), details.next().unwrap_or_default());
            let mut rest: &str = surface;
            for length in details::parts(surface, kind, expression) {
                let Some((part, after)) = rest.split_at_checked(length) else { break };
                parts.insert(part.to_owned());
                rest = after;
            }
        }
        parts
    }

    /// All verbs and adjectives, in forms that show their stems.
    pub fn verbs(&self, ko_dic: &Dictionary) -> BTreeSet<String> {
        let mut verbs = BTreeSet::new();
        #[allow(clippy::iter_over_hash_type, reason = "a set has an order of its own")]
        for (&number, surface) in &self.entries {
            let mut details = ko_dic.word_details_iter(number as usize);
            let (tag, kind) = (details.next().unwrap_or_default(), details.next().unwrap_or_default());
            if !tag.starts_with("VV") && !tag.starts_with("VA") {
                continue;
            }
            let stem = details::stem(surface, kind, details.next().unwrap_or_default());
            verbs.extend(VERB_ENDINGS.iter().map(|ending| format!("{stem}{ending}")));
        }
        verbs
    }

    /// Adds what another analyser has made use of.
    pub fn merge(&mut self, other: &Self) {
        self.entries.extend(other.entries.iter().map(|(number, surface)| (*number, surface.clone())));
        self.joins.extend(&other.joins);
        self.stems.extend(&other.stems);
        self.passed_over.extend(other.passed_over.iter().cloned());
        self.characters.extend(&other.characters);
    }
}

/// The joins of a path, its edges among them: right id before, left id behind.
pub fn joins(ko_dic: &Dictionary, lexicon: Option<&Lexicon>, path: &[Token<'_>]) -> impl Iterator<Item = (u16, u16)> {
    let contexts = path.iter().filter_map(move |token| {
        let number = token.word_id.id();
        match token.word_id.lex_type() {
            LexType::System => {
                let at = ENTRY_BYTES * number as usize;
                match ko_dic.prefix_dictionary.vals_data.get(at..at + ENTRY_BYTES)? {
                    &[_, _, _, _, _, _, a, b, c, d] => Some((u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))),
                    _ => None,
                }
            }
            LexType::User => lexicon?.contexts(number),
            LexType::Unknown => {
                let entry = ko_dic.unknown_dictionary.word_entry(number);
                Some((entry.left_id() as u16, entry.right_id() as u16))
            }
        }
    });
    let mut before = 0;
    contexts.chain([(0, 0)]).map(move |(left, right)| (std::mem::replace(&mut before, right), left))
}

/// What the notes have, for whoever analyses a query.
#[derive(Debug, Default)]
pub struct Attested {
    /// Right and left ids, ascending.
    pub joins: Vec<(u16, u16)>,
    /// Keys of doubtful words, below the limit, ascending.
    pub stems: Vec<u32>,
    pub limit: u64,
    /// Nouns that ko-dic has and the notes lack, ascending.
    pub lacking: Vec<String>,
    /// Hanja and how each is read, ascending.
    pub hanja: Vec<(char, char)>,
}

impl Attested {
    pub fn has_all(&self, mut joins: impl Iterator<Item = (u16, u16)>) -> bool {
        joins.all(|join| self.joins.binary_search(&join).is_ok())
    }

    /// Whether ko-dic has a noun that the notes lack, which would be cut up without it: 세도 into 세 and 도.
    pub fn lacks(&self, noun: &str) -> bool {
        self.lacking.binary_search_by(|lacking| lacking.as_str().cmp(noun)).is_ok()
    }

    /// How a word is read, if it is all Hanja.
    pub fn reading(&self, word: &str) -> Option<String> {
        let read = |hanja| self.hanja.binary_search_by_key(&hanja, |&(hanja, _)| hanja).ok().map(|at| self.hanja[at].1);
        word.chars().map(read).collect()
    }

    /// Whether the notes have a doubtful word; of others, one of 256 is taken for one that they have.
    pub fn has_stem(&self, stem: &str) -> bool {
        self.stems.binary_search(&((key(stem) % self.limit.max(1)) as u32)).is_ok()
    }
}

/// A number for a text, the same on every machine (FNV-1a).
pub fn key(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}
