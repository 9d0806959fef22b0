//! A query's text → its words, each with the terms by which it can be found.

use super::beginning;
use crate::analysis::{Analyzer, TermKind};

/// More is not typed but pasted, and costs time for nothing.
const MOST_WORDS: usize = 32;
/// In syllables.
const LONGEST_HALVED: usize = 12;
/// In bytes.
const LONGEST_QUERY: usize = 4096;

/// One word of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueryWord {
    /// The word without particle and ending; several where the analysis is in doubt.
    pub wholes: Vec<String>,
    /// Its smallest pieces with their positions in the query, in order; one when the word is a single piece.
    pub pieces: Vec<(u32, String)>,
    /// Ways to write the word apart: both halves, and how many positions the first one takes.
    pub halves: Vec<(String, u32, String)>,
}

/// The words of a query that say anything.
pub fn words(query: &str, analyzer: &mut Analyzer) -> Vec<QueryWord> {
    let query = beginning(query, LONGEST_QUERY);
    let mut words: Vec<(u32, QueryWord)> = Vec::new();
    // The length of the piece that stands at each position of the last word.
    let mut lengths: Vec<usize> = Vec::new();
    analyzer.terms(query, |term| {
        if words.last().is_none_or(|(number, _)| *number != term.word) {
            if words.len() == MOST_WORDS {
                return;
            }
            words.push((term.word, QueryWord::default()));
            lengths.clear();
        }
        let Some((_, word)) = words.last_mut() else { return };
        if term.kind == TermKind::Whole {
            word.wholes.push(term.text.to_owned());
        }
        let length = term.end - term.start;
        if term.kind == TermKind::Hump {
            return;
        }
        match word.pieces.last_mut().zip(lengths.last_mut()) {
            Some((piece, shortest)) if piece.0 == term.position => {
                if length < *shortest {
                    (piece.1, *shortest) = (term.text.to_owned(), length);
                }
            }
            _ => {
                word.pieces.push((term.position, term.text.to_owned()));
                lengths.push(length);
            }
        }
    });
    let mut words: Vec<QueryWord> = words.into_iter().map(|(_, word)| word).collect();
    for word in words.iter_mut().filter(|word| word.pieces.len() > 1) {
        word.halves = word.wholes.iter().flat_map(|whole| halves(whole, analyzer)).collect();
    }
    words
}

/// Every cut of a Hangul word into two of two syllables or more.
///
/// ko-dic cuts a word that it does not know at other places than the writer who set a space: 로드·밸·런·서, 로드 밸런서.
/// Only cuts whose halves both occur side by side in the notes will match.
fn halves(whole: &str, analyzer: &mut Analyzer) -> Vec<(String, u32, String)> {
    let borders: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    if !(4..=LONGEST_HALVED).contains(&borders.len()) || !whole.chars().all(|c| ('가'..='힣').contains(&c)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &border in &borders[2..borders.len() - 1] {
        let (first, second) = whole.split_at(border);
        let mut positions = 1;
        analyzer.terms(first, |term| positions = positions.max(term.position + 1));
        found.push((first.to_owned(), positions, second.to_owned()));
    }
    found
}
