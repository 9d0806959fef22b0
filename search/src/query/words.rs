//! A query's text → its words, each with the forms that say the word as it was typed.

use super::lookup::Lookup;
use super::unit::{Form, Origin, Unit};
use crate::analysis::{Analyzer, TermKind, is_hangul};

/// More is not typed but pasted, and costs time for nothing.
pub const MOST_WORDS: usize = 32;
/// In syllables.
const LONGEST_APART: usize = 16;
/// Words that may be one word with spaces in it.
const MOST_JOINED: usize = 4;
/// Ways to write a word apart that are tried.
const MOST_WAYS: usize = 6;
/// A word written apart is nearly as good as the word.
const APART: f32 = 0.9;

/// The words of a text that say anything. `first_token` is the number of its first word between spaces.
pub fn units(text: &str, first_token: usize, analyzer: &mut Analyzer) -> Vec<Unit> {
    let mut units: Vec<(u32, Unit)> = Vec::new();
    // The length of the piece that stands at each position of the last word.
    let mut lengths: Vec<usize> = Vec::new();
    analyzer.terms(text, |term| {
        if units.last().is_none_or(|(number, _)| *number != term.word) {
            if units.len() == MOST_WORDS {
                return;
            }
            let token = first_token + text[..term.start].split_whitespace().count();
            let begins = text[..term.start].chars().next_back().is_none_or(char::is_whitespace);
            let token = if begins { token } else { token.saturating_sub(1) };
            units.push((term.word, Unit { token, ..Unit::default() }));
            lengths.clear();
        }
        let Some((_, unit)) = units.last_mut() else { return };
        if term.kind == TermKind::Whole {
            unit.wholes.push(term.text.to_owned());
        }
        if unit.text.len() < term.end - term.start {
            unit.text = text[term.start..term.end].to_owned();
        }
        let length = term.end - term.start;
        if term.kind == TermKind::Hump {
            return;
        }
        match unit.pieces.last_mut().zip(lengths.last_mut()) {
            Some((piece, shortest)) if piece.0 == term.position => {
                if length < *shortest {
                    (piece.1, *shortest) = (term.text.to_owned(), length);
                }
            }
            _ => {
                unit.pieces.push((term.position, term.text.to_owned()));
                lengths.push(length);
            }
        }
    });
    let mut units: Vec<Unit> = units.into_iter().map(|(_, unit)| unit).collect();
    for unit in &mut units {
        // The dictionary form of a verb ends so, and the verb as typed hardly ever does.
        let verb =
            !unit.wholes.is_empty() && unit.wholes.iter().all(|whole| whole.ends_with('다') && *whole != unit.text);
        unit.is_light = verb || ASKING.contains(&unit.text.as_str());
    }
    units
}

/// Words that ask, and words that say how and not what.
const ASKING: [&str; 27] = [
    "왜",
    "어떻게",
    "무엇",
    "뭐",
    "뭘",
    "언제",
    "어디",
    "어디서",
    "어떤",
    "얼마나",
    "어느",
    "무슨",
    "누가",
    "몇",
    "방법",
    "법",
    "이유",
    "잘",
    "좀",
    "더",
    "정말",
    "대한",
    "대해",
    "관한",
    "위한",
    "경우",
    "가장",
];

/// Gives each word the forms in which the index has it as typed, whatever its spaces. `first` is the number of the first
/// of the words between spaces.
pub fn find_typed(
    units: &mut [Unit],
    first: usize,
    tokens: &[&str],
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<()> {
    for unit in &mut *units {
        // What the dictionary does not know it may have cut into anything, 업데이츠 into a form of 없다: the notes have to
        // have the word itself, a beginning of it before a particle, or pieces that stand in it.
        let is_known = analyzer.knows(&unit.text) || !unit.text.chars().all(is_hangul);
        for whole in unit.wholes.clone() {
            if is_known || unit.text.starts_with(&whole) && whole.chars().nth(1).is_some() {
                unit.add(Form::term(&whole, 1.0, Origin::Typed), lookup)?;
            }
        }
        let stands = |piece: &str| unit.text.contains(piece);
        let is_long = |piece: &str| piece.chars().nth(1).is_some();
        let words = || unit.pieces.iter().map(|(_, piece)| piece.as_str());
        let is_cut = is_known || words().all(stands) && words().any(is_long);
        match unit.pieces.as_slice() {
            // A word of bound nouns only has no whole.
            [(_, piece)] if unit.wholes.is_empty() => {
                let form = Form::term(&piece.clone(), 1.0, Origin::Typed);
                unit.add(form, lookup)?;
            }
            [_, _, ..] if is_cut => {
                let form = Form::phrase(from_zero(&unit.pieces), APART, Origin::Typed, &unit.text);
                unit.add(form, lookup)?;
            }
            _ => {}
        }
    }
    join(units, first, tokens, analyzer, lookup)?;
    for unit in &mut *units {
        // Where the word itself is not there, somebody may have written it apart.
        let known = unit.forms.iter().any(|form| form.pieces.len() == 1);
        for whole in unit.wholes.clone().iter().filter(|_| !known) {
            for form in apart(whole, analyzer, lookup)? {
                unit.add(form, lookup)?;
            }
        }
    }
    Ok(())
}

/// Words that the notes write as one: 로드 밸런서, 쿠버 네티스.
fn join(
    units: &mut [Unit],
    first: usize,
    tokens: &[&str],
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<()> {
    for start in 0..tokens.len() {
        for count in 2..=MOST_JOINED.min(tokens.len() - start) {
            let joined = tokens[start..start + count].concat();
            let longer_than = joined.len() - tokens[start + count - 1].len();
            for whole in spanning(&joined, longer_than, analyzer) {
                let within = first + start..first + start + count;
                for unit in units.iter_mut().filter(|unit| within.contains(&unit.token)) {
                    unit.add(Form::term(&whole, 1.0, Origin::Spaced), lookup)?;
                }
            }
        }
    }
    Ok(())
}

/// The wholes of a text that is a single word; those that end behind this byte.
fn spanning(text: &str, longer_than: usize, analyzer: &mut Analyzer) -> Vec<String> {
    let mut wholes = Vec::new();
    let mut words = 0;
    analyzer.terms(text, |term| {
        words = words.max(term.word + 1);
        if term.word == 0 && term.start == 0 && term.end > longer_than && term.kind == TermKind::Whole {
            wholes.push(term.text.to_owned());
        }
    });
    if words == 1 { wholes } else { Vec::new() }
}

/// Ways to write a Hangul word as several words that the index has, the fewest words first.
///
/// ko-dic cuts a word that it does not know at other places than the writer who set a space: 로드·밸·런·서, 로드 밸런서.
/// Only ways whose words occur side by side in the notes will match.
fn apart(whole: &str, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<Vec<Form>> {
    let borders: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
    let syllables = borders.len() - 1;
    if !(4..=LONGEST_APART).contains(&syllables) || !whole.chars().all(is_hangul) {
        return Ok(Vec::new());
    }
    if lookup.is_late() {
        // Whether the word itself is there is not known yet; if it is not, its parts are asked for.
        for start in 2..syllables.saturating_sub(1) {
            lookup.sections(&whole[borders[start]..])?;
        }
    }
    // The ways to reach each border, in words of two syllables or more.
    let mut ways: Vec<Vec<Vec<usize>>> = vec![Vec::new(); syllables + 1];
    ways[0].push(Vec::new());
    for end in 2..=syllables {
        let mut here = Vec::new();
        for start in (0..end - 1).rev() {
            let whole_word = start == 0 && end == syllables;
            if ways[start].is_empty() || whole_word || lookup.sections(&whole[borders[start]..borders[end]])? == 0 {
                continue;
            }
            here.extend(ways[start].iter().map(|way| [way.as_slice(), &[end]].concat()));
        }
        here.sort_by_key(Vec::len);
        here.truncate(MOST_WAYS);
        ways[end] = here;
    }
    let mut forms = Vec::new();
    for way in &ways[syllables] {
        let (mut start, mut position, mut pieces, mut shown) = (0, 0, Vec::new(), Vec::new());
        for &end in way {
            let word = &whole[borders[start]..borders[end]];
            let mut positions = 1;
            analyzer.terms(word, |term| positions = positions.max(term.position + 1));
            pieces.push((position, word.to_owned()));
            shown.push(word);
            position += positions;
            start = end;
        }
        forms.push(Form::phrase(pieces, APART, Origin::Spaced, &shown.join(" ")));
    }
    Ok(forms)
}

/// Positions counted from the first.
pub fn from_zero(pieces: &[(u32, String)]) -> Vec<(u32, String)> {
    let first = pieces.first().map_or(0, |piece| piece.0);
    pieces.iter().map(|(at, piece)| (at - first, piece.clone())).collect()
}
