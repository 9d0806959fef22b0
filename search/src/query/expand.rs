//! Forms of a word beside those that were typed: what it may become, how else it is spelled, what means the same, which
//! word was meant.
//!
//! Whatever is found here ranks below what was typed, and the answer says so.

use super::lookup::Lookup;
use super::synonyms::Synonyms;
use super::unit::{Form, Origin, Unit};
use super::words;
use crate::analysis::letter_names::spelled_out;
use crate::analysis::{Analyzer, is_hangul, loanword};
use crate::letters::{self, completions, distance, keyboard};
use crate::names;

/// Words that a half-typed word may become, the most frequent ones.
const MOST_COMPLETIONS: usize = 16;
const MOST_OF_INITIALS: usize = 8;
const MOST_CORRECTIONS: usize = 3;
/// Words between spaces that may have a synonym together: 도메인 주도 설계.
const MOST_TOGETHER: usize = 5;

/// In syllables.
const LONGEST_COMPOUND: usize = 12;

/// In letters: a shorter word has too many neighbours to say which was meant.
pub const SHORTEST_SLIP: usize = 4;
/// Words of so many letters may have two slips.
pub const TWO_SLIPS: usize = 9;
/// A word in at most so many sections is rare …
const RARE: u32 = 2;
/// … if a neighbour is in so many times more.
const MUCH_MORE: u32 = 10;

/// What forms weigh beside each other. They rank in a list of their own, behind what was typed, so that these decide
/// between expansions only: half or twice of each changes no class by more than 0.001.
const PREFIX_WEIGHT: f32 = 0.6;
const SPELLING_WEIGHT: f32 = 0.8;
const SYNONYM_WEIGHT: f32 = 0.7;

/// Adds what the last word may become as it is typed on.
pub fn complete(
    unit: &mut Unit,
    typed: &str,
    synonyms: &Synonyms,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<()> {
    // What no word holds (`쿠버*`) is not typed on.
    let typed = typed.trim_matches(|character: char| !character.is_alphanumeric() && !letters::is_letter(character));
    let typed: String = typed.chars().flat_map(char::to_lowercase).collect();
    let letters = letters::jamo(&typed).count();
    if letters < 2 {
        return Ok(());
    }
    let found = lookup.most_frequent(&completions(&typed), MOST_COMPLETIONS, |word| word != typed)?;
    for found in found {
        unit.add(Form::term(&found.word, PREFIX_WEIGHT, Origin::Prefix), lookup)?;
    }
    // The word may be one that the notes have in the other language only: kuber, for 쿠버네티스.
    let key = names::key(&typed);
    if unit.forms.is_empty() && letters >= SHORTEST_SLIP && !key.is_empty() {
        for same in synonyms.of_beginning(&key, MOST_CORRECTIONS) {
            for form in forms_of(same, PREFIX_WEIGHT, analyzer) {
                unit.add(form, lookup)?;
            }
        }
    }
    Ok(())
}

/// The forms of a spelling that means the same: as one word, if it is one, and as its pieces side by side.
fn forms_of(spelling: &str, weight: f32, analyzer: &mut Analyzer) -> Vec<Form> {
    let found = words::units(spelling, 0, analyzer);
    let mut forms = Vec::new();
    if let [only] = found.as_slice() {
        let one = |whole: &String| Form::phrase(vec![(0, whole.clone())], weight, Origin::Synonym, spelling);
        forms.extend(only.wholes.iter().map(one));
    }
    let pieces: Vec<(u32, String)> = found.iter().flat_map(|unit| unit.pieces.iter().cloned()).collect();
    if pieces.len() > 1 {
        forms.push(Form::phrase(words::from_zero(&pieces), weight, Origin::Synonym, spelling));
    }
    forms
}

/// Adds other spellings of the word.
pub fn respell(unit: &mut Unit, lookup: &Lookup) -> tantivy::Result<()> {
    for whole in unit.wholes.clone() {
        // A word that is there has its usual spelling; one that is not may have slipped further from it.
        let places = if lookup.sections(&whole)? > 0 { 1 } else { 2 };
        for spelling in loanword::spellings(&whole, places) {
            unit.add(Form::term(&spelling, SPELLING_WEIGHT, Origin::Spelling), lookup)?;
        }
    }
    Ok(())
}

/// Adds what means the same as a word, or as several words together; a phrase stays as it is. `tokens` are all of the
/// query's, as units count them.
pub fn translate(
    units: &mut [Unit],
    tokens: &[&str],
    synonyms: &Synonyms,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<()> {
    for start in 0..tokens.len() {
        for count in 1..=MOST_TOGETHER.min(tokens.len() - start) {
            let within = start..start + count;
            let mut keys = names::keys_of_query(&tokens[start..start + count].concat());
            if count == 1 {
                let of_token = units.iter().filter(|unit| within.contains(&unit.token));
                keys.extend(of_token.flat_map(|unit| unit.wholes.iter().map(|whole| names::key(whole))));
            }
            for spelling in synonyms.of(&keys) {
                let together = tokens[start..start + count].join(" ");
                for form in forms_of(spelling, SYNONYM_WEIGHT, analyzer) {
                    let form = form.standing_for(&together);
                    for unit in units.iter_mut().filter(|unit| !unit.required && within.contains(&unit.token)) {
                        unit.add(form.clone(), lookup)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Adds the words whose initials were typed.
pub fn of_initials(unit: &mut Unit, typed: &str, lookup: &Lookup) -> tantivy::Result<()> {
    let Some(initials) = names::initials_of_query(typed).filter(|initials| initials.chars().all(letters::is_consonant))
    else {
        return Ok(());
    };
    let Some(first) = initials.chars().next() else { return Ok(()) };
    let count = initials.chars().count();
    let ranges = completions(&first.to_string());
    let begins = |word: &str| word.chars().all(is_hangul) && letters::initials(word).starts_with(&initials);
    let mut found = lookup.most_frequent(&ranges, usize::MAX, begins)?;
    // Words of just these initials, then longer ones.
    found.sort_by_key(|found| found.word.chars().count() != count);
    for found in found.into_iter().take(MOST_OF_INITIALS) {
        let weight = if found.word.chars().count() == count { 1.0 } else { PREFIX_WEIGHT };
        unit.add(Form::term(&found.word, weight, Origin::Initials), lookup)?;
    }
    Ok(())
}

/// Adds the Latin word whose keys give these consonants in the Korean layout: ㅅㄷㄴㅅ is `test`.
pub fn of_consonants(unit: &mut Unit, typed: &str, half_typed: bool, lookup: &Lookup) -> tantivy::Result<()> {
    if typed.chars().count() < 3 || !typed.chars().all(letters::is_consonant) {
        return Ok(());
    }
    let latin = keyboard::to_latin(typed).to_lowercase();
    unit.add(Form::term(&latin, 1.0, Origin::Layout), lookup)?;
    if half_typed && unit.forms.is_empty() {
        for found in lookup.most_frequent(&completions(&latin), MOST_CORRECTIONS, |word| word != latin)? {
            unit.add(Form::term(&found.word, PREFIX_WEIGHT, Origin::Layout), lookup)?;
        }
    }
    Ok(())
}

/// Adds the Latin abbreviation that a word reads aloud: 씨디엔 is `cdn`.
pub fn read_letters(unit: &mut Unit, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<()> {
    for whole in std::iter::once(unit.text.clone()).chain(unit.wholes.clone()) {
        // 지시 is a word and no GC; three letters are hardly one.
        if let Some(latin) = spelled_out(&whole).filter(|latin| latin.len() > 2 || !analyzer.knows(&whole)) {
            unit.add(Form::term(&latin, SYNONYM_WEIGHT, Origin::Synonym), lookup)?;
        }
    }
    Ok(())
}

/// A word that may have been meant: how many slips away, in how many sections, with its form.
struct Meant {
    slips: usize,
    sections: u32,
    begins_alike: bool,
    form: Form,
}

/// Adds what may have been meant by a word that the index does not have, or hardly: the nearest words; where there is
/// none, the nearest of what means the same as a word of the index, and compounds of which one part has slipped.
pub fn correct(
    unit: &mut Unit,
    token: &str,
    synonyms: &Synonyms,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<()> {
    let token: String = token.chars().flat_map(char::to_lowercase).collect();
    let mut typed = unit.wholes.clone();
    // The analysis may have taken the end of a slipped word for a particle.
    if !typed.contains(&token) {
        typed.push(token.clone());
    }
    let mut rarest = u32::MAX;
    for word in &unit.wholes {
        match lookup.sections(word)? {
            0 => {}
            sections => rarest = rarest.min(sections),
        }
    }
    let is_unknown = rarest == u32::MAX;
    if !is_unknown && rarest > RARE {
        return Ok(());
    }
    let mut meant: Vec<Meant> = Vec::new();
    for word in &typed {
        for (slips, near) in nearest(word, lookup)? {
            let sections = lookup.sections(&near)?;
            if is_unknown || sections / MUCH_MORE >= rarest {
                let begins_alike = near.chars().next() == word.chars().next();
                meant.push(Meant { slips, sections, begins_alike, form: Form::term(&near, 1.0, Origin::Slip) });
            }
        }
    }
    if meant.is_empty() && is_unknown {
        for word in &typed {
            for (slips, spelling) in synonyms.nearest(word) {
                // The notes may have the word in the other language only.
                let others = synonyms.of(&[names::key(spelling)]);
                for same in std::iter::once(spelling).chain(others) {
                    let pieces: Vec<(u32, String)> =
                        words::units(same, 0, analyzer).into_iter().flat_map(|unit| unit.pieces).collect();
                    let form = Form::phrase(words::from_zero(&pieces), 1.0, Origin::Slip, same);
                    if !pieces.is_empty() && lookup.fields(form.words())? > 0 {
                        meant.push(Meant { slips, sections: 0, begins_alike: true, form });
                        break;
                    }
                }
            }
        }
    }
    if meant.is_empty() && is_unknown {
        for word in &typed {
            meant.extend(slipped_part(word, analyzer, lookup)?);
        }
    }
    meant.sort_by(|a, b| {
        let key = |meant: &Meant| (meant.slips, !meant.begins_alike, std::cmp::Reverse(meant.sections));
        key(a).cmp(&key(b)).then_with(|| a.form.shown.cmp(&b.form.shown))
    });
    let fewest = meant.first().map_or(0, |meant| meant.slips);
    for meant in meant.into_iter().filter(|meant| meant.slips == fewest).take(MOST_CORRECTIONS) {
        unit.add(meant.form.standing_for(&token), lookup)?;
    }
    Ok(())
}

/// Compounds of two words of the index, of which one has slipped: 로드밸렌서, where the notes have 로드 밸런서.
fn slipped_part(word: &str, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<Vec<Meant>> {
    let mut meant = Vec::new();
    if !word.chars().all(is_hangul) || word.chars().count() > LONGEST_COMPOUND {
        return Ok(meant);
    }
    let borders: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    for &border in borders.iter().take(borders.len().saturating_sub(1)).skip(2) {
        let (first, second) = word.split_at(border);
        let (has_first, has_second) = (lookup.sections(first)? > 0, lookup.sections(second)? > 0);
        let near = match (has_first, has_second) {
            (true, false) => nearest(second, lookup)?,
            (false, true) => nearest(first, lookup)?,
            _ => continue,
        };
        for (slips, near) in near {
            let parts = if has_first { [first, near.as_str()] } else { [near.as_str(), second] };
            let mut positions = 1;
            analyzer.terms(parts[0], |term| positions = positions.max(term.position + 1));
            let pieces = vec![(0, parts[0].to_owned()), (positions, parts[1].to_owned())];
            let form = Form::phrase(pieces, 1.0, Origin::Slip, &parts.concat());
            meant.push(Meant { slips, sections: lookup.sections(&near)?, begins_alike: has_first, form });
        }
    }
    Ok(meant)
}

/// The words one slip away, or two from a long word, with the number of slips.
pub fn nearest(word: &str, lookup: &Lookup) -> tantivy::Result<Vec<(usize, String)>> {
    let letters: Vec<char> = letters::jamo(word).collect();
    if letters.len() < SHORTEST_SLIP || letters.iter().all(char::is_ascii_digit) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for limit in 1..=if letters.len() < TWO_SLIPS { 1 } else { 2 } {
        // With one slip, even of two letters that changed places in the middle, one half is whole, less a letter. With two,
        // one of the outer thirds, unless there is a slip in each: those are not found.
        let part = if limit == 1 { (letters.len() - 1) / 2 } else { letters.len() / 3 };
        lookup.around(&letters[..part], &letters[letters.len() - part..], |near| {
            let other: Vec<char> = letters::jamo(near).collect();
            if near != word
                && let Some(slips) = distance(&letters, &other, limit)
                && digits(word).eq(digits(near))
            {
                found.push((slips, near.to_owned()));
                return true;
            }
            false
        })?;
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// The words that are most like one that the index does not have: further away than a slip, they are no correction, but a
/// reader may know one of them. They share the beginning or the end.
pub fn similar(word: &str, most: usize, lookup: &Lookup) -> tantivy::Result<Vec<String>> {
    let word: String = word.chars().flat_map(char::to_lowercase).collect();
    let letters: Vec<char> = letters::jamo(&word).collect();
    let part = (letters.len() / 3).max(2);
    let Some(limit) = letters.len().checked_sub(part + 1) else { return Ok(Vec::new()) };
    let (beginning, ending) = (letters.get(..part), letters.get(letters.len() - part..));
    let (Some(beginning), Some(ending)) = (beginning, ending) else { return Ok(Vec::new()) };
    let mut found: Vec<(usize, String)> = Vec::new();
    lookup.around(beginning, ending, |near| {
        let other: Vec<char> = letters::jamo(near).collect();
        match distance(&letters, &other, limit.min(letters.len() / 2)) {
            Some(slips) if near.chars().nth(1).is_some() => {
                found.push((slips, near.to_owned()));
                true
            }
            _ => false,
        }
    })?;
    let mut ranked = Vec::with_capacity(found.len());
    for (slips, near) in found {
        ranked.push((slips, std::cmp::Reverse(lookup.sections(&near)?), near));
    }
    ranked.sort();
    ranked.dedup();
    Ok(ranked.into_iter().map(|(_, _, near)| near).take(most).collect())
}

/// Another number is another thing.
fn digits(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(char::is_ascii_digit)
}
