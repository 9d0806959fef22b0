//! Related notes: notes about the same things, with the reason.
//!
//! Two notes are related by what few others share with them: rare words that both use often, tags that few notes carry,
//! notes that both link to, and links between the two. Each shared thing counts by its rarity, the logarithm of how many
//! times fewer notes have it than there are notes (the inverse document frequency of Spärck Jones, 1972), and what counted
//! most is kept as the reason. Logarithms are taken in integers, so that the order is the same on every machine.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use seoga_search::Analyzer;
use seoga_search::analysis::{Term, TermKind};

use super::backlinks::targets;
use super::{Entry, Folders, NoteId};
use crate::markdown::StretchKind;
use crate::source::names::name_key;

/// Related notes of one note.
const MOST_RELATED: usize = 5;
/// Words that a note is compared by.
const MOST_WORDS: usize = 32;
/// Words that a note remembers until it is known how rare they are.
const MOST_CANDIDATES: usize = 96;
/// A word in a heading is worth this many in the text.
const IN_HEADING: u32 = 3;
/// A word that more notes than this have relates nothing, nor does one that more than one of [`RARE_SHARE`] has.
const MOST_NOTES: usize = 200;
const RARE_SHARE: usize = 8;
/// A score of 1: a thing that half of the notes share. Scores and weights are kept as whole numbers of parts of it.
const ONE: u32 = 256 * 16;
/// The score from which on notes are related.
const LEAST_SCORE: u32 = 20 * ONE;
/// What a link between two notes adds.
const LINKED: u32 = 6 * ONE;
/// What a shared thing of each kind is worth, in 16ths.
const WORD: u32 = 16;
const TAG: u32 = 24;
const TARGET: u32 = 20;
/// Words, tags and notes told as a reason, of each the rarest.
const MOST_REASONS: usize = 3;

/// A note related to another, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub note: NoteId,
    /// Words that both use, the rarest first.
    pub words: Vec<String>,
    /// Names of tags that both carry.
    pub tags: Vec<String>,
    /// Notes that both link to.
    pub targets: Vec<NoteId>,
    /// One of the two links to the other.
    pub linked: bool,
}

/// The words of a note by which it may be compared, the most used first.
#[derive(Debug, Default)]
pub struct Words(Vec<Word>);

#[derive(Clone, Debug)]
struct Word {
    /// Of its text.
    hash: u64,
    count: u32,
    /// How it is written, in the first place where it stands: a section's text, or its heading.
    section: u32,
    in_heading: bool,
    start: u32,
    end: u32,
}

impl Words {
    /// The words of a note's prose and headings. `known` is empty again afterwards; it is handed in so that its memory
    /// serves one note after the other.
    pub fn of(entry: &Entry, analyzer: &mut Analyzer, known: &mut FxHashMap<u64, Option<usize>>) -> Self {
        let document = &entry.document;
        let mut words: Vec<Word> = Vec::new();
        let mut meet = |term: &Term<'_>, worth: u32, section: usize, in_heading: bool, from: usize| {
            // Most terms are met again: what a word is like is asked once.
            let Some(hash) = hash_of_word(term) else { return };
            let number = *known.entry(hash).or_insert_with(|| {
                let (section, start, end) = (section as u32, (from + term.start) as u32, (from + term.end) as u32);
                relates(term.text).then(|| {
                    words.push(Word { hash, count: 0, section, in_heading, start, end });
                    words.len() - 1
                })
            });
            if let Some(word) = number.and_then(|number| words.get_mut(number)) {
                word.count = word.count.saturating_add(worth);
            }
        };
        for (section, text) in document.sections.iter().enumerate() {
            if let Some(heading) = text.heading.and_then(|index| document.headings.get(index)) {
                analyzer.terms(&heading.title, |term| meet(&term, IN_HEADING, section, true, 0));
            }
            let code = text.stretches.iter().filter(|stretch| stretch.kind == StretchKind::Code);
            let end = text.text.len();
            let mut from = 0;
            for code in code.map(|stretch| stretch.range.clone()).chain(std::iter::once(end..end)) {
                let prose = text.text.get(from..code.start).unwrap_or_default();
                analyzer.terms(prose, |term| meet(&term, 1, section, false, from));
                // One may stand in another.
                from = from.max(code.end);
            }
        }
        known.clear();
        // A word that is said once is not what a note is about.
        words.retain(|word| word.count > 1);
        words.sort_by_key(|word| (Reverse(word.count), word.section, !word.in_heading, word.start));
        words.truncate(MOST_CANDIDATES);
        words.shrink_to_fit();
        Self(words)
    }
}

/// English words that relate nothing, however rare they are among Korean notes.
const ENGLISH: [&str; 70] = [
    "about",
    "after",
    "all",
    "also",
    "and",
    "any",
    "are",
    "because",
    "been",
    "before",
    "between",
    "but",
    "can",
    "could",
    "did",
    "does",
    "each",
    "for",
    "from",
    "had",
    "has",
    "have",
    "her",
    "here",
    "his",
    "how",
    "into",
    "its",
    "just",
    "like",
    "make",
    "many",
    "may",
    "more",
    "most",
    "not",
    "now",
    "one",
    "only",
    "other",
    "our",
    "out",
    "over",
    "same",
    "see",
    "she",
    "should",
    "some",
    "something",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "use",
    "used",
    "using",
    "was",
    "what",
    "when",
    "which",
    "will",
    "with",
    "you",
];

/// The hash of a term that may be a word to relate notes by.
fn hash_of_word(term: &Term<'_>) -> Option<u64> {
    use std::hash::Hasher as _;
    // Verbs in their dictionary form tell little: 하다, 되다, 만들다.
    let is_word = term.kind == TermKind::Whole && term.text.len() > 2 && !term.text.ends_with('다');
    is_word.then(|| {
        let mut hasher = FxHasher::default();
        hasher.write(term.text.as_bytes());
        hasher.finish()
    })
}

/// Whether a word can relate notes: one of two Hangul syllables or three letters.
fn relates(word: &str) -> bool {
    // Most letters are told without the tables.
    let is_letter = |c: &char| c.is_ascii_alphabetic() || ('가'..='힣').contains(c) || c.is_alphabetic();
    let letters = word.chars().filter(is_letter);
    letters.map(|c| if c.is_ascii() { 2 } else { 3 }).sum::<usize>() >= 6
        && !(word.is_ascii() && ENGLISH.binary_search(&word).is_ok())
}

/// Things of one kind that notes may share.
struct Shared {
    /// The things of each note: number and weight in 16ths.
    of_note: Vec<Vec<(u32, u32)>>,
    /// The notes that have each thing; none where they are too many or only one.
    notes: Vec<Vec<u32>>,
    /// The binary logarithm of how many times fewer notes than twice all have it, in 256ths.
    rarity: Vec<u32>,
}

impl Shared {
    /// `count` is how many things there are.
    fn new(of_note: Vec<Vec<(u32, u32)>>, count: usize) -> Self {
        let mut notes: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (note, things) in of_note.iter().enumerate() {
            for (thing, _) in things {
                if let Some(notes) = notes.get_mut(*thing as usize) {
                    notes.push(note as u32);
                }
            }
        }
        let most = most_notes(of_note.len());
        for notes in &mut notes {
            if notes.len() > most || notes.len() < 2 {
                *notes = Vec::new();
            }
        }
        let all = of_note.len() as u64;
        let rarity = notes.iter().map(|notes| log2(all * 2 / (notes.len().max(1) as u64))).collect();
        Self { of_note, notes, rarity }
    }

    fn things_of(&self, note: usize) -> &[(u32, u32)] {
        self.of_note.get(note).map_or(&[], Vec::as_slice)
    }

    fn rarity_of(&self, thing: u32) -> u32 {
        self.rarity.get(thing as usize).copied().unwrap_or_default()
    }

    /// Adds what each other note shares with one.
    fn score(&self, note: usize, worth: u32, scores: &mut Scores) {
        for (thing, weight) in self.things_of(note) {
            let score = self.rarity_of(*thing) * weight * worth / 16;
            for other in self.notes.get(*thing as usize).into_iter().flatten() {
                if *other as usize != note {
                    scores.add(*other, score);
                }
            }
        }
    }

    /// What two notes share, the rarest first: its number, and where it stands among the things of `a`.
    fn between(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, usize)> {
        // A note may have thousands of links.
        let others: FxHashSet<u32> = self.things_of(b).iter().map(|(thing, _)| *thing).collect();
        let is_shared = |thing: u32| {
            others.contains(&thing) && self.notes.get(thing as usize).is_some_and(|notes| !notes.is_empty())
        };
        let things = self.things_of(a).iter().enumerate();
        let mut shared: Vec<(u32, usize, u32)> = things
            .filter(|(_, (thing, _))| is_shared(*thing))
            .map(|(at, (thing, weight))| (*thing, at, self.rarity_of(*thing) * weight))
            .collect();
        shared.sort_by_key(|(_, at, score)| (Reverse(*score), *at));
        shared.into_iter().map(|(thing, at, _)| (thing, at))
    }
}

/// The scores of all notes against one, with a list of those that have any.
struct Scores {
    of: Vec<u32>,
    touched: Vec<u32>,
}

impl Scores {
    fn add(&mut self, note: u32, score: u32) {
        if let Some(slot) = self.of.get_mut(note as usize) {
            if *slot == 0 && score > 0 {
                self.touched.push(note);
            }
            *slot = slot.saturating_add(score);
        }
    }
}

/// Finds the related notes of all notes.
pub fn gather(notes: &mut [Entry], folders: &Folders, mut words: Vec<Words>) {
    let by_word = shared_words(&mut words);
    let by_tag = shared_tags(notes);
    let links: Vec<Vec<u32>> = notes.iter().enumerate().map(|(index, entry)| linked(index, entry, folders)).collect();
    let by_target = links.iter().map(|links| links.iter().map(|to| (*to, 16)).collect()).collect();
    let by_target = Shared::new(by_target, notes.len());
    let links_to = |a: usize, b: usize| links.get(a).is_some_and(|links| links.binary_search(&(b as u32)).is_ok());
    let are_linked = |a: usize, b: usize| links_to(a, b) || links_to(b, a);
    let all = &*notes;
    let of_note = |scores: &mut Scores, note: usize| -> Vec<Related> {
        by_word.score(note, WORD, scores);
        by_tag.score(note, TAG, scores);
        by_target.score(note, TARGET, scores);
        let mut best: Vec<(u32, usize)> = Vec::new();
        for other in scores.touched.drain(..) {
            let other = other as usize;
            let Some(score) = scores.of.get_mut(other).map(std::mem::take) else { continue };
            let score = score.saturating_add(if are_linked(note, other) { LINKED } else { 0 });
            if score >= LEAST_SCORE {
                best.push((score, other));
            }
        }
        best.sort_by_key(|(score, other)| (Reverse(*score), *other));
        best.truncate(MOST_RELATED);
        let related = best.into_iter().map(|(_, other)| Related {
            note: NoteId(other),
            words: written(by_word.between(note, other).map(|(_, at)| at), words.get(note), all.get(note)),
            tags: (by_tag.between(note, other))
                .filter_map(|(_, at)| all.get(note)?.tags.get(at).cloned())
                .take(MOST_REASONS)
                .collect(),
            targets: by_target.between(note, other).map(|(to, _)| NoteId(to as usize)).take(MOST_REASONS).collect(),
            linked: are_linked(note, other),
        });
        related.collect()
    };
    let none = || Scores { of: vec![0; all.len()], touched: Vec::new() };
    let related: Vec<Vec<Related>> = (0..all.len()).into_par_iter().map_init(none, of_note).collect();
    for (entry, related) in notes.iter_mut().zip(related) {
        entry.related = related;
    }
}

/// In how many of all notes a thing may be and still be rare.
fn most_notes(all: usize) -> usize {
    MOST_NOTES.min(all / RARE_SHARE + 2)
}

/// The words by which notes are compared; of each note only these are kept, in the order of the answer.
fn shared_words(words: &mut [Words]) -> Shared {
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut note_counts: Vec<u32> = Vec::new();
    for word in words.iter().flat_map(|words| &words.0) {
        let number = *numbers.entry(word.hash).or_insert_with(|| {
            note_counts.push(0);
            note_counts.len() as u32 - 1
        });
        if let Some(count) = note_counts.get_mut(number as usize) {
            *count += 1;
        }
    }
    let (most, all) = (most_notes(words.len()) as u32, words.len() as u64);
    let mut of_note = Vec::with_capacity(words.len());
    for words in words {
        let mut weighed: Vec<(u32, u32, Word)> = Vec::new();
        for word in std::mem::take(&mut words.0) {
            let Some(number) = numbers.get(&word.hash).copied() else { continue };
            let count = note_counts.get(number as usize).copied().unwrap_or_default();
            if (2..=most).contains(&count) {
                // Twice as often is half as much more, up to sixteen times.
                let weight = 16 + 8 * word.count.min(16).ilog2();
                weighed.push((number, weight, word));
            }
        }
        let score = |number: u32, weight: u32| {
            let count = note_counts.get(number as usize).copied().unwrap_or(1);
            log2(all * 2 / u64::from(count.max(1))) * weight
        };
        weighed.sort_by_key(|(number, weight, _)| Reverse(score(*number, *weight)));
        weighed.truncate(MOST_WORDS);
        of_note.push(weighed.iter().map(|(number, weight, _)| (*number, *weight)).collect());
        words.0 = weighed.into_iter().map(|(_, _, word)| word).collect();
    }
    Shared::new(of_note, note_counts.len())
}

fn shared_tags(notes: &[Entry]) -> Shared {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut of_note = Vec::with_capacity(notes.len());
    for entry in notes {
        let mut tags = Vec::with_capacity(entry.tags.len());
        for tag in &entry.tags {
            let next = numbers.len() as u32;
            tags.push((*numbers.entry(name_key(tag)).or_insert(next), 16));
        }
        of_note.push(tags);
    }
    Shared::new(of_note, numbers.len())
}

/// The other notes that a note links to, each once, in order.
fn linked(index: usize, entry: &Entry, folders: &Folders) -> Vec<u32> {
    let mut links: Vec<u32> =
        targets(entry, folders).filter(|(_, to)| to.0 != index).map(|(_, to)| to.0 as u32).collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// The first few of a note's words at these places, as it writes them; two may be written alike.
fn written(places: impl Iterator<Item = usize>, words: Option<&Words>, entry: Option<&Entry>) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    for word in places.filter_map(|at| words?.0.get(at)?.written_in(entry?)) {
        // A word that was cut doubtfully has more than one stem: 해시값, 해시값을.
        let is_told = written.iter().any(|told| told.starts_with(&word) || word.starts_with(told));
        if written.len() < MOST_REASONS && !is_told {
            written.push(word);
        }
    }
    written
}

impl Word {
    /// As the note writes it.
    fn written_in(&self, entry: &Entry) -> Option<String> {
        let section = entry.document.sections.get(self.section as usize)?;
        let text = match self.in_heading {
            true => &entry.document.headings.get(section.heading?)?.title,
            false => &section.text,
        };
        text.get(self.start as usize..self.end as usize).map(str::to_owned)
    }
}

/// The binary logarithm in 256ths, straight between powers of two; 0 for 0.
fn log2(number: u64) -> u32 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    let part = (u128::from(number) << 8) >> whole;
    whole * 256 + (part as u32 - 256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_relate_nothing_are_found_in_order() {
        assert!(ENGLISH.is_sorted());
    }

    #[test]
    fn logarithms_grow_evenly() {
        assert_eq!([0, 1, 2, 3, 4, 1024].map(log2), [0, 0, 256, 384, 512, 2560]);
        assert_eq!(log2(u64::MAX), 63 * 256 + 255);
    }
}
