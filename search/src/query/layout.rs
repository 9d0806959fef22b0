//! Words that were typed while the keyboard was in the other layout.

use super::expand::nearest;
use super::lookup::Lookup;
use crate::analysis::{Analyzer, TermKind, is_hangul};
use crate::letters::{self, completions, keyboard};

/// A shorter word may mean anything. In keys.
const SHORTEST: usize = 3;

/// What words between spaces were meant to be, where they are no words of the index as typed and are in the other layout.
/// The last one may be half-typed.
pub fn meant(
    tokens: &[&str],
    open_end: bool,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<Vec<Option<String>>> {
    let is_last = |number: usize| open_end && number + 1 == tokens.len();
    let mut meant = Vec::with_capacity(tokens.len());
    for (number, token) in tokens.iter().enumerate() {
        meant.push(one(token, SHORTEST, is_last(number), analyzer, lookup)?);
    }
    // Beside a word in the other layout, a short one is in it too.
    if meant.iter().any(Option::is_some) {
        for (number, token) in tokens.iter().enumerate() {
            if let Some(meant) = meant.get_mut(number).filter(|meant| meant.is_none()) {
                *meant = one(token, 1, is_last(number), analyzer, lookup)?;
            }
        }
    }
    Ok(meant)
}

fn one(
    token: &str,
    shortest: usize,
    is_last: bool,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<Option<String>> {
    let latin = token.chars().any(|character| character.is_ascii_alphabetic());
    let Some(other) = possibly(token, shortest, is_last) else { return Ok(None) };
    if is_known(token, is_last && latin, analyzer, lookup)? {
        return Ok(None);
    }
    // Whole syllables are more likely the beginning of a Korean word than of a Latin one.
    let whole_syllables = !latin && token.chars().all(is_hangul);
    let known = is_known(&other, is_last && !whole_syllables, analyzer, lookup)?;
    if lookup.is_late() {
        // If it turns out to be what was meant, its pieces are asked for.
        let mut pieces = Vec::new();
        analyzer.terms(&other, |term| pieces.push(term.text.to_owned()));
        lookup.presences(pieces.iter().map(String::as_str))?;
        if !latin {
            return Ok(None);
        }
    }
    // Syllables that are no word are still likelier than consonants without a vowel between them, unless these have slipped
    // from a word: sprng.
    let syllables = other.chars().filter(|&c| is_hangul(c)).count();
    let mut only_syllables = latin && syllables > 0 && (syllables > 1 || shortest == 1) && !has_vowels(token);
    if !known && (only_syllables || latin && lookup.is_late()) {
        only_syllables &= nearest(&token.to_lowercase(), lookup)?.is_empty();
    }
    Ok((known || only_syllables).then_some(other))
}

/// What a token of so many keys is in the other layout, if that may be a word.
pub fn possibly(token: &str, shortest: usize, is_last: bool) -> Option<String> {
    let keys = letters::strokes(token).count();
    // Consonants alone are initials first of all.
    if keys < shortest || token.chars().all(letters::is_consonant) {
        return None;
    }
    let latin = token.chars().any(|character| character.is_ascii_alphabetic());
    let hangul = token.chars().any(|character| is_hangul(character) || letters::is_letter(character));
    let other = match (latin, hangul) {
        (true, false) => keyboard::to_hangul(token),
        (false, true) => keyboard::to_latin(token),
        _ => return None,
    };
    // Keys that make no syllables are no Korean, except that the last one may be unfinished.
    let mut loose = other.chars().filter(|&character| letters::is_letter(character)).count();
    if latin && is_last && other.chars().next_back().is_some_and(letters::is_consonant) {
        loose -= 1;
    }
    (!latin || loose == 0).then_some(other)
}

/// Whether the index has the words of a token, or a word that begins with it.
fn is_known(token: &str, half: bool, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<bool> {
    let mut wholes: Vec<(u32, String)> = Vec::new();
    analyzer.terms(token, |term| {
        if term.kind == TermKind::Whole {
            wholes.push((term.word, term.text.to_owned()));
        }
    });
    let last = wholes.last().map_or(0, |(word, _)| *word);
    let mut known = !wholes.is_empty();
    for word in 0..=last {
        let mut this = false;
        for (_, whole) in wholes.iter().filter(|(number, _)| *number == word) {
            this |= lookup.sections(whole)? > 0;
        }
        known &= this;
    }
    if !known && half {
        let typed: String = token.chars().flat_map(char::to_lowercase).collect();
        known = !lookup.most_frequent(&completions(&typed), 1, |_| true)?.is_empty();
    }
    Ok(known)
}

fn has_vowels(word: &str) -> bool {
    let vowels = word.chars().filter(|character| matches!(character.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u'));
    vowels.count() * 5 >= word.chars().count()
}
