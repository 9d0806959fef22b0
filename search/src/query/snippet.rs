//! The passage of a section that shows best why it was found.

use std::collections::HashMap;
use std::ops::Range;

use super::beginning;
use super::words::QueryWord;
use crate::analysis::Analyzer;

/// Length of a passage, in characters.
const PASSAGE: usize = 160;
/// What is shown before the first match, in characters.
const LEAD: usize = 30;
/// Neighbours of a match that may be at the next position: there are several terms at one.
const NEAR: usize = 8;
/// What is looked through of a long section, in bytes.
const LOOKED_THROUGH: usize = 256 * 1024;

/// Finds and marks the words of one query in one section after another.
pub struct Marker<'a> {
    /// Terms to mark, with the number of the word that each belongs to, and whether it says the whole of it.
    terms: HashMap<&'a str, (usize, bool)>,
}

/// A match in a text: bytes and the word that matched.
struct Match {
    span: Range<usize>,
    word: usize,
    /// Position, for a piece of a word that counts only beside another.
    piece_at: Option<u32>,
}

impl<'a> Marker<'a> {
    /// A marker for a query's words.
    pub fn new(words: &'a [QueryWord]) -> Self {
        let mut terms = HashMap::new();
        for (number, word) in words.iter().enumerate() {
            for whole in &word.wholes {
                terms.insert(whole.as_str(), (number, true));
            }
        }
        for (number, word) in words.iter().enumerate() {
            let halves = word.halves.iter().flat_map(|(first, _, second)| [first, second]);
            for piece in word.pieces.iter().map(|(_, piece)| piece).chain(halves) {
                terms.entry(piece.as_str()).or_insert((number, word.pieces.len() == 1));
            }
        }
        Self { terms }
    }

    /// The best passage as HTML; the beginning of the text when nothing in it matches.
    pub fn snippet(&self, text: &str, analyzer: &mut Analyzer) -> String {
        let text = beginning(text, LOOKED_THROUGH);
        let matches = self.matches(text, analyzer);
        let passage = passage(text, &matches);
        let mut html = String::with_capacity(passage.len() + 64);
        if passage.start > 0 {
            html.push('…');
        }
        let mut at = passage.start;
        for Match { span, .. } in matches.iter().filter(|found| found.span.start >= passage.start) {
            if span.end > passage.end {
                break;
            }
            escape(&text[at..span.start], &mut html);
            html.push_str("<mark>");
            escape(&text[span.clone()], &mut html);
            html.push_str("</mark>");
            at = span.end;
        }
        escape(&text[at..passage.end], &mut html);
        if passage.end < text.trim_end().len() {
            html.push('…');
        }
        html
    }

    /// Matches in order, without overlaps: of those that touch the same text, all of it.
    fn matches(&self, text: &str, analyzer: &mut Analyzer) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        analyzer.terms(text, |term| {
            if let Some(&(word, whole)) = self.terms.get(term.text) {
                let piece_at = (!whole).then_some(term.position);
                found.push(Match { span: term.start..term.end, word, piece_at });
            }
        });
        let beside = |one: &Match, other: &Match| match (one.piece_at, other.piece_at) {
            (Some(one_at), Some(other_at)) => one.word == other.word && one_at.abs_diff(other_at) == 1,
            _ => false,
        };
        let mut matches: Vec<Match> = Vec::new();
        for (at, one) in found.iter().enumerate() {
            let near = &found[at.saturating_sub(NEAR)..(at + NEAR).min(found.len())];
            if one.piece_at.is_some() && !near.iter().any(|other| beside(one, other)) {
                continue;
            }
            let span = one.span.clone();
            match matches.last_mut() {
                Some(last) if span.start < last.span.end => {
                    last.span = last.span.start.min(span.start)..last.span.end.max(span.end);
                }
                _ => matches.push(Match { span, word: one.word, piece_at: None }),
            }
        }
        matches
    }
}

/// The passage around the matches that show the most words, cut between words.
fn passage(text: &str, matches: &[Match]) -> Range<usize> {
    let mut best = (0, text.len() - text.trim_start().len());
    for (number, first) in matches.iter().enumerate() {
        let end = forward(text, first.span.start, PASSAGE - LEAD);
        let within = matches[number..].iter().take_while(|found| found.span.end <= end);
        let (mut words, mut count) = (0u32, 0);
        for found in within {
            words |= 1 << found.word.min(31);
            count += 1;
        }
        // Different words weigh more than the same one again.
        let worth = words.count_ones() as usize * 16 + count.min(15);
        if worth > best.0 {
            best = (worth, first.span.start);
        }
    }
    let (worth, anchor) = best;
    let start = if worth == 0 { anchor } else { word_start(text, backward(text, anchor, LEAD), anchor) };
    let end = forward(text, start, PASSAGE);
    let end =
        matches.iter().find(|found| found.span.start < end && end < found.span.end).map_or(end, |cut| cut.span.end);
    start..word_end(text, start, end)
}

/// The byte so many characters after another.
fn forward(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

/// The byte so many characters before another.
fn backward(text: &str, from: usize, characters: usize) -> usize {
    text[..from].char_indices().rev().take(characters).last().map_or(from, |(at, _)| at)
}

/// The first beginning of a word between two bytes.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    let begins = from == 0 || text[..from].ends_with(char::is_whitespace);
    let skipped = if begins { Some(from) } else { text[from..to].find(char::is_whitespace).map(|at| from + at) };
    skipped.map_or(to, |at| to - text[at..to].trim_start().len())
}

/// The last end of a word at or before a byte.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    if to == text.len() || text[to..].starts_with(char::is_whitespace) {
        return from + text[from..to].trim_end().len();
    }
    // Half of a passage without a space is one long word: cut it.
    match text[from..to].rfind(char::is_whitespace) {
        Some(space) if space > (to - from) / 2 => from + text[from..from + space].trim_end().len(),
        _ => to,
    }
}

/// Text → HTML text, with every run of white space as one space.
fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ if character.is_whitespace() => {
                if !html.ends_with(' ') {
                    html.push(' ');
                }
            }
            _ => html.push(character),
        }
    }
}
