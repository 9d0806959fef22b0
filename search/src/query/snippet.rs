//! The passage of a section that shows best why it was found.

use std::collections::HashMap;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;

use super::beginning;
use super::unit::{Form, Unit};
use crate::analysis::Analyzer;

/// Length of a passage, in characters.
const PASSAGE: usize = 160;
/// What is shown before the first match, in characters.
const LEAD: usize = 30;
/// Neighbours of a match that may be at the next position: there are several terms at one.
const NEAR: usize = 8;
/// What is analysed of a long section, in bytes: lists of many years would take longer than all the rest of a query.
const ANALYSED: usize = 6 * 1024;
/// What of it stands before the words that were found.
const BEFORE: usize = 1024;
/// Words closer than this may stand in one passage. In bytes.
const TOGETHER: usize = 400;
/// Words of a passage that are counted.
const MOST_TOGETHER: usize = 64;
/// What is looked through for the words, in bytes.
const LOOKED_THROUGH: usize = 256 * 1024;

/// Finds and marks the words of one query in one section after another.
pub struct Marker<'a> {
    /// Terms to mark, with the number of the word that each belongs to, and whether it says the whole of it.
    terms: HashMap<&'a str, (usize, bool)>,
    /// The same as they stand in a text, to find where to look; with the numbers of their words.
    written: Option<DoubleArrayAhoCorasick<u32>>,
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
    pub fn new(units: &'a [Unit]) -> Self {
        let mut terms = HashMap::new();
        for (number, unit) in units.iter().enumerate() {
            for form in unit.forms.iter().filter(|form| form.pieces.len() == 1) {
                terms.extend(form.words().map(|word| (word, (number, true))));
            }
        }
        for (number, unit) in units.iter().enumerate() {
            for word in unit.forms.iter().filter(|form| form.pieces.len() > 1).flat_map(Form::words) {
                terms.entry(word).or_insert((number, false));
            }
        }
        let mut written: Vec<(String, u32)> = Vec::new();
        #[allow(clippy::iter_over_hash_type, reason = "sorted below")]
        for (term, (number, _)) in &terms {
            // A verb stands there in another form.
            let stem = term.strip_suffix('다').filter(|stem| stem.chars().nth(1).is_some()).unwrap_or(term);
            written.push((stem.to_owned(), u32::try_from(*number).unwrap_or(u32::MAX)));
        }
        written.sort_unstable();
        written.dedup_by(|again, first| again.0 == first.0);
        let written = DoubleArrayAhoCorasick::with_values(written).ok();
        Self { terms, written }
    }

    /// The part of a long text that is worth a closer look: around the place where most of the words stand together.
    fn region<'t>(&self, text: &'t str) -> &'t str {
        if text.len() <= ANALYSED {
            return text;
        }
        let lower = text.to_ascii_lowercase();
        let mut found: Vec<(usize, u32)> = Vec::new();
        if let Some(written) = &self.written {
            found.extend(written.find_iter(lower.as_bytes()).map(|place| (place.start(), place.value())));
        }
        let mut best = (0, 0);
        let mut end = 0;
        for (start, &(at, _)) in found.iter().enumerate() {
            end = end.max(start);
            while found.get(end).is_some_and(|(other, _)| other - at <= TOGETHER) {
                end += 1;
            }
            let words = found.get(start..end).unwrap_or_default().iter().take(MOST_TOGETHER);
            let different = words.fold(0u64, |set, (_, word)| set | 1 << (word % 64)).count_ones();
            if different > best.0 {
                best = (different, at);
            }
        }
        let start = text.floor_char_boundary(best.1.saturating_sub(BEFORE));
        let start = text[start..best.1.max(start)].find(char::is_whitespace).map_or(start, |space| start + space);
        let end = text.floor_char_boundary((start + ANALYSED).min(text.len()));
        let end = match text[start..end].rfind(char::is_whitespace) {
            Some(space) if end < text.len() && space > BEFORE => start + space,
            _ => end,
        };
        &text[start..end]
    }

    /// The best passage as HTML; the beginning of the text when nothing in it matches.
    pub fn snippet(&self, text: &str, analyzer: &mut Analyzer) -> String {
        let whole = beginning(text, LOOKED_THROUGH);
        let text = self.region(whole);
        let matches = self.matches(text, analyzer);
        let passage = passage(text, &matches);
        let mut html = String::with_capacity(passage.len() + 64);
        let begins = text.as_ptr() == whole.as_ptr();
        let ends = text.as_bytes().as_ptr_range().end == whole.as_bytes().as_ptr_range().end;
        if passage.start > 0 || !begins {
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
        if passage.end < text.trim_end().len() || !ends {
            html.push('…');
        }
        html
    }

    /// Adds what matches in a name, each once.
    pub fn marked(&self, name: &str, analyzer: &mut Analyzer, marked: &mut Vec<String>) {
        for Match { span, .. } in self.matches(name, analyzer) {
            let text = &name[span];
            if !marked.iter().any(|other| other == text) {
                marked.push(text.to_owned());
            }
        }
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
                // Pieces of one word, written apart, are one match.
                Some(last) if last.word == one.word && one.piece_at.is_some() && is_space(text, last, &span) => {
                    last.span.end = last.span.end.max(span.end);
                }
                Some(last) if span.start < last.span.end => {
                    last.span = last.span.start.min(span.start)..last.span.end.max(span.end);
                }
                _ => matches.push(Match { span, word: one.word, piece_at: one.piece_at }),
            }
        }
        matches
    }
}

/// Whether nothing but a space is between a match of pieces and the next piece.
fn is_space(text: &str, before: &Match, next: &Range<usize>) -> bool {
    before.piece_at.is_some() && text.get(before.span.end..next.start) == Some(" ")
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
