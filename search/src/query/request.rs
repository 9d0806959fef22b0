//! A query, understood: its words with their forms, its filters, its names.

use std::ops::Range;

use super::correction::{Correction, CorrectionKind};
use super::lookup::Lookup;
use super::parse::{Filter, Parsed, Part, Place, parse};
use super::plan::{self, Clause, Forms, Planner, TITLE};
use super::ranked::Ranked;
use super::unit::{Form, Origin, Unit};
use super::words::{self, from_zero};
use super::{Searcher, beginning, expand, layout};
use crate::analysis::Analyzer;
use crate::index::{StoredSection, folder_key};
use crate::letters::completions;
use crate::names;

/// In bytes.
const LONGEST_QUERY: usize = 4096;
/// Names that may begin with what was typed; where there are more, the typed word says too little.
const MOST_NAMES: usize = 256;
/// Names that may have the typed initials in them.
const MOST_INITIALS: usize = 512;
/// A word of the dictionary of so many syllables is hardly a slip of another.
const SURE_WORD: usize = 3;
/// Keys at the end of a half-typed word that may be wrong.
const MOST_DROPPED: usize = 3;
/// Words that a correction names.
const MOST_SAID: usize = 3;

/// Words that an answer without hits names.
const MOST_NEAREST: usize = 4;

/// How a query is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    AsWritten,
    /// A minus is a sign like others: `rm -rf`, where nothing was found without `rf`.
    WithoutExclusions,
}

/// A query, understood.
#[derive(Default)]
pub struct Request {
    pub units: Vec<Unit>,
    /// The query's words between spaces, as they were taken, of all parts that are words.
    tokens: Vec<String>,
    /// Its text, if it is nothing but words.
    plain: Option<String>,
    /// The last word may be half-typed.
    open_end: bool,
    within: Vec<Clause>,
    without: Vec<Clause>,
    layouts: Vec<Correction>,
    is_expanded: bool,
    /// What has to stand in a section word for word, as keys; of each any.
    pub phrases: Vec<Vec<String>>,
    pub ranked: Vec<Ranked>,
}

impl Request {
    /// Understands a query; `None` where there is nothing to look for.
    pub fn new(
        planner: Planner<'_>,
        query: &str,
        reading: Reading,
        analyzer: &mut Analyzer,
    ) -> tantivy::Result<Option<Self>> {
        let query = beginning(query, LONGEST_QUERY);
        let folded = crate::analysis::Folded::new(query);
        let mut parsed = parse(folded.text());
        let is_operated = !parsed.excluded.is_empty() || !parsed.filters.is_empty();
        if is_operated && planner.with_keys(planner.reader.fields.name, &[names::key(query)], 1.0)?.is_some() {
            // The name of a section, whatever signs are in it: `-r : 역순 정렬`.
            parsed = Parsed { parts: vec![Part::Words(folded.text().to_owned())], ..Parsed::default() };
        }
        if reading == Reading::WithoutExclusions && !parsed.excluded.is_empty() {
            let words = folded.text().split_whitespace().map(|word| word.trim_start_matches(['-', '\u{2212}']));
            parsed = parse(&words.collect::<Vec<_>>().join(" "));
        }
        let lookup = planner.lookup;
        let mut request = Self { open_end: !folded.text().ends_with(char::is_whitespace), ..Self::default() };
        let Parsed { parts, excluded, filters } = parsed;
        let is_plain = matches!(parts.as_slice(), [Part::Words(_)]);
        let count = parts.len();
        for (number, part) in parts.into_iter().enumerate() {
            request.add(part, number + 1 == count, analyzer, lookup)?;
        }
        if is_plain {
            request.plain = Some(request.tokens.join(" "));
        }
        for part in excluded.into_iter().take(words::MOST_WORDS) {
            let (unit, _) = unit_of(&part, analyzer, lookup)?;
            if let Some(unit) = unit {
                request.without.extend(planner.word(&unit, Forms::Typed)?);
            }
        }
        for group in filters.into_iter().take(words::MOST_WORDS) {
            let mut clauses = Vec::new();
            let excludes = group.iter().any(|filter| filter.excludes);
            for filter in &group {
                clauses.push(filter_clause(planner, filter, analyzer, lookup)?);
            }
            if excludes { request.without.extend(clauses) } else { request.within.push(plan::any_of(clauses)) }
        }
        for unit in &request.units {
            // Neighbours are looked for by their pieces.
            lookup.presences(unit.pieces.iter().map(|(_, piece)| piece.as_str()))?;
        }
        if let Some(plain) = &request.plain {
            // What its names need is loaded along with its words, whatever the words turn out to be.
            let mut possible = vec![plain.clone()];
            if lookup.is_late() {
                possible.push(folded.text().to_owned());
                let words = folded.text().split_whitespace();
                let other = |word: &str| layout::possibly(word, 1, true).unwrap_or_else(|| word.to_owned());
                possible.push(words.map(other).collect::<Vec<_>>().join(" "));
            }
            let fields = &planner.reader.fields;
            for plain in &possible {
                for key in names::keys_of_query(plain) {
                    lookup.key(fields.name, &key)?;
                }
                if let Some((_, ranges)) = half_name(plain) {
                    lookup.keys_within(fields.name, &ranges, MOST_NAMES + 1, |_, _| {})?;
                }
                if let Some((_, ranges)) = initials_of(plain) {
                    lookup.keys_within(fields.initials, &ranges, MOST_INITIALS + 1, |_, _| {})?;
                }
            }
        }
        lookup.settle()?;
        let empty = request.units.is_empty() && !request.is_filter() && request.plain_key().is_none();
        Ok((!empty).then_some(request))
    }

    fn plain_key(&self) -> Option<String> {
        self.plain.as_deref().map(names::key).filter(|key| !key.is_empty())
    }

    fn add(&mut self, part: Part, is_last: bool, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<()> {
        match part {
            Part::Words(text) => {
                let first = self.tokens.len();
                let room = words::MOST_WORDS.saturating_sub(self.tokens.len());
                let typed: Vec<&str> = text.split_whitespace().take(room).collect();
                for (token, meant) in typed.iter().zip(layout::meant(&typed, is_last, analyzer, lookup)?) {
                    if let Some(meant) = &meant {
                        let (typed, found) = ((*token).to_owned(), vec![meant.clone()]);
                        let kind = CorrectionKind::Layout;
                        self.layouts.push(Correction { typed, found, kind, instead: true });
                    }
                    self.tokens.push(meant.unwrap_or_else(|| (*token).to_owned()));
                }
                let tokens: Vec<&str> = self.tokens[first..].iter().map(String::as_str).collect();
                let mut units = words::units(&tokens.join(" "), first, analyzer);
                words::find_typed(&mut units, first, &tokens, analyzer, lookup)?;
                if lookup.is_late() {
                    // What they are in the other layout is asked for too, until it is known which was meant.
                    let latin = |word: &&str| word.chars().any(|character| character.is_ascii_alphabetic());
                    let other = |word: &str| layout::possibly(word, 1, is_last).unwrap_or_else(|| word.to_owned());
                    let other: Vec<String> =
                        typed.iter().map(|word| if latin(word) { other(word) } else { (*word).to_owned() }).collect();
                    let other: Vec<&str> = other.iter().map(String::as_str).collect();
                    let mut others = words::units(&other.join(" "), first, analyzer);
                    words::find_typed(&mut others, first, &other, analyzer, lookup)?;
                }
                self.units.append(&mut units);
            }
            Part::Phrase(_) | Part::Either(_) if self.tokens.len() >= words::MOST_WORDS => {}
            Part::Phrase(_) | Part::Either(_) => {
                if let Part::Phrase(text) = &part {
                    self.phrases.push(names::keys_of_query(text));
                }
                let (unit, token) = unit_of(&part, analyzer, lookup)?;
                self.units.extend(unit.map(|unit| Unit { token: self.tokens.len(), ..unit }));
                self.tokens.push(token);
                self.open_end &= !is_last;
            }
        }
        Ok(())
    }

    /// Adds to the words what they may become, how else they are spelled, what means the same, what was meant.
    pub fn expand(
        &mut self,
        searcher: &Searcher,
        lookup: &Lookup,
        nothing_found: bool,
        analyzer: &mut Analyzer,
    ) -> tantivy::Result<()> {
        self.is_expanded = true;
        let tokens: Vec<&str> = self.tokens.iter().map(String::as_str).collect();
        let last = tokens.len().saturating_sub(1);
        for unit in self.units.iter_mut().filter(|unit| !unit.required) {
            let token = tokens.get(unit.token).copied().unwrap_or_default();
            let half_typed = self.open_end && unit.token == last;
            if half_typed {
                expand::complete(unit, token, &searcher.synonyms, analyzer, lookup)?;
            }
            expand::of_initials(unit, token, lookup)?;
            expand::of_consonants(unit, token, half_typed, lookup)?;
            expand::respell(unit, lookup)?;
            expand::read_letters(unit, analyzer, lookup)?;
        }
        expand::translate(&mut self.units, &tokens, &searcher.synonyms, analyzer, lookup)?;
        for unit in self.units.iter_mut().filter(|unit| !unit.required) {
            let sure = unit.forms.iter().any(|form| form.pieces.len() == 1 && form.origin.is_typed());
            let is_alone = sure && unit.forms.len() == 1;
            let is_expanded = unit.forms.iter().any(|form| !form.origin.is_typed());
            // A long word of the dictionary is no slip of another, nor one that is made of the notes' own words. Short
            // ones are a letter apart from too many: 베토 and 베포.
            let parts = || unit.pieces.iter().map(|(_, piece)| piece.as_str());
            let is_compound = unit.pieces.len() > 1 && !parts().any(is_syllable) && lookup.presences(parts())?;
            let is_long = unit.pieces.len() == 1 && unit.text.chars().count() >= SURE_WORD;
            let is_word = is_compound || is_long && analyzer.knows(&unit.text);
            if nothing_found && !sure && !is_expanded && !is_word || is_alone {
                let token = tokens.get(unit.token).copied().unwrap_or_default();
                expand::correct(unit, token, &searcher.synonyms, analyzer, lookup)?;
            }
        }
        // 쿠벌, 이해학: the last keys may have slipped while the word was being typed, or begin an ending.
        if let Some(unit) = self.units.last_mut().filter(|unit| self.open_end && unit.forms.is_empty()) {
            let token = tokens.get(unit.token).copied().unwrap_or_default();
            let mut strokes: Vec<char> = crate::letters::strokes(token).collect();
            for _ in 0..MOST_DROPPED {
                strokes.pop();
                if strokes.len() < 3 || !unit.forms.is_empty() {
                    break;
                }
                let typed = crate::letters::compose(strokes.iter().copied());
                unit.add(Form::term(&typed, 1.0, Origin::Prefix), lookup)?;
                expand::complete(unit, &typed, &searcher.synonyms, analyzer, lookup)?;
            }
        }
        Ok(())
    }

    /// Whether the answer is certain to be full with what was typed alone: one word, in so many sections.
    pub fn fills(&self, limit: usize, lookup: &Lookup) -> tantivy::Result<bool> {
        let [Unit { forms, .. }] = self.units.as_slice() else { return Ok(false) };
        for form in forms.iter().filter(|form| form.origin.is_typed()) {
            if let [(_, word)] = form.pieces.as_slice()
                && lookup.sections(word)? as usize >= limit
            {
                return Ok(!self.is_filter());
            }
        }
        Ok(false)
    }

    /// Takes the words that nothing was found for apart, where they are made of known words: 도커컴포즈, of which the notes
    /// have 도커 alone. Whether there is anything new to look for.
    pub fn take_apart(&mut self, lookup: &Lookup, analyzer: &mut Analyzer) -> tantivy::Result<bool> {
        let mut units = Vec::new();
        let mut is_new = false;
        for unit in std::mem::take(&mut self.units) {
            let parts = || unit.pieces.iter().map(|(_, piece)| piece.as_str());
            let few_short = parts().filter(|piece| is_syllable(piece)).count() < 2;
            let known = few_short && (analyzer.knows(&unit.text) || lookup.presences(parts())?);
            if unit.required || unit.pieces.len() < 2 || !known {
                units.push(unit);
                continue;
            }
            // A syllable says nothing by itself.
            for piece in unit.pieces.into_iter().filter(|(_, piece)| !is_syllable(piece)) {
                let (text, token) = (piece.1.clone(), unit.token);
                let mut part = Unit { wholes: vec![text.clone()], text, pieces: vec![piece], token, ..Unit::default() };
                part.add(Form::term(&part.text.clone(), 1.0, Origin::Typed), lookup)?;
                is_new |= part.is_known();
                units.push(part);
            }
        }
        self.units = units;
        Ok(is_new)
    }

    /// Sections of just the name that was typed.
    pub fn of_name(&self, planner: Planner<'_>, score: f32) -> tantivy::Result<Option<Clause>> {
        match self.plain.as_deref() {
            Some(plain) => planner.with_keys(planner.reader.fields.name, &names::keys_of_query(plain), score),
            None => Ok(None),
        }
    }

    /// Sections whose name begins with what was typed; those of which less is missing score higher.
    pub fn of_half_name(&self, planner: Planner<'_>, score: f32) -> tantivy::Result<Option<Clause>> {
        let Some((key, ranges)) = self.plain.as_deref().and_then(half_name) else { return Ok(None) };
        let typed = key.chars().count() as f32;
        let worth = |name: &str| score * (1.0 + typed / name.chars().count().max(1) as f32);
        planner.with_keys_within(planner.reader.fields.name, &ranges, MOST_NAMES, worth)
    }

    /// Whether a name that begins with the query is what a reader wants rather than one that has its words: the last word
    /// is none, or there are several.
    pub fn is_half_name(&self) -> bool {
        self.units.len() > 1 || self.units.last().is_none_or(|unit| !unit.is_known())
    }

    /// Sections whose name has these initials.
    pub fn of_initials(&self, planner: Planner<'_>, score: f32) -> tantivy::Result<Vec<Clause>> {
        let mut clauses = Vec::new();
        if let Some((whole, ranges)) = self.plain.as_deref().and_then(initials_of) {
            let field = planner.reader.fields.initials;
            for range in ranges {
                clauses.extend(planner.with_keys_within(field, &[range], MOST_INITIALS, |_| score)?);
            }
            clauses.extend(planner.with_keys(field, &[whole], score)?);
        }
        Ok(clauses)
    }

    /// Whether it is for want of what was excluded that nothing was found: there are words as well.
    pub fn excludes_words(&self) -> bool {
        !self.without.is_empty() && !self.units.is_empty()
    }

    /// Whether there is anything that sections must have or lack.
    pub fn is_filter(&self) -> bool {
        !self.within.is_empty() || !self.without.is_empty()
    }

    pub fn restricted(&self, clause: Clause) -> Clause {
        plan::restricted(clause, &self.within, &self.without)
    }

    /// What the answer has to say; nothing without hits. Expansions count only where they found something.
    pub fn corrections(&self) -> Vec<Correction> {
        if self.ranked.is_empty() {
            return Vec::new();
        }
        let mut corrections = self.layouts.clone();
        if !self.is_expanded || self.ranked.iter().all(|found| found.list == 0) {
            return corrections;
        }
        // Where only some of the words are found, the known ones are as typed.
        let all_expanded = self.ranked.iter().any(|found| found.list == 1);
        for unit in self.units.iter().filter(|unit| all_expanded || !unit.is_known()) {
            for form in &unit.forms {
                let Some(kind) = CorrectionKind::of(form.origin) else { continue };
                let typed = form.stands_for.as_ref().unwrap_or(&unit.text);
                let again = |found: &String| form.shown.starts_with(found.as_str()) || form.shown == *typed;
                match corrections.iter_mut().find(|other| other.kind == kind && other.typed == *typed) {
                    Some(same) if same.found.iter().any(again) || same.found.len() >= MOST_SAID => {}
                    Some(same) => same.found.push(form.shown.clone()),
                    None => {
                        let (typed, found) = (typed.clone(), vec![form.shown.clone()]);
                        corrections.push(Correction { typed, found, kind, instead: !unit.is_known() });
                    }
                }
            }
        }
        corrections
    }

    /// The words of which the notes have nothing, as typed, where sections without them are shown.
    pub fn missing(&self) -> Vec<String> {
        if self.ranked.iter().all(|found| found.list < 2) {
            return Vec::new();
        }
        self.units.iter().filter(|unit| unit.forms.is_empty() && !unit.is_light).map(|unit| unit.text.clone()).collect()
    }

    /// The words of the index that are nearest to what was typed, the best first.
    pub fn nearest(&self, lookup: &Lookup) -> tantivy::Result<Vec<String>> {
        let mut nearest = Vec::new();
        for unit in self.units.iter().filter(|unit| !unit.is_known()) {
            for word in expand::similar(&unit.text, MOST_NEAREST, lookup)? {
                if !nearest.contains(&word) {
                    nearest.push(word);
                }
            }
        }
        nearest.truncate(MOST_NEAREST);
        Ok(nearest)
    }

    /// Whether a section has every phrase word for word, whatever the spaces and signs, in its text or one of its names.
    /// A particle at the end of a phrase may be another.
    pub fn has_phrases(&self, section: &StoredSection) -> bool {
        if self.phrases.is_empty() {
            return true;
        }
        let texts = [&section.text, &section.heading, &section.title].map(|text| names::squashed(text));
        let has = |phrase: &Vec<String>| phrase.iter().any(|key| texts.iter().any(|text| text.contains(key.as_str())));
        self.phrases.iter().all(has)
    }

    /// The initials that the query is made of.
    pub fn initials(&self) -> Option<&str> {
        self.plain.as_deref().filter(|plain| names::initials_of_query(plain).is_some())
    }
}

/// The key of a query that may begin a name, and the ranges of names that begin with it.
fn half_name(query: &str) -> Option<(String, Vec<Range<String>>)> {
    let key = names::key(query);
    key.chars().nth(1)?;
    let ranges = completions(&key);
    Some((key, ranges))
}

/// The key of all initials of a name, where a query is made of initials, and the ranges of names that begin with them or
/// have them.
fn initials_of(query: &str) -> Option<(String, [Range<String>; 2])> {
    let initials = names::initials_of_query(query)?;
    let whole = names::whole_initials(&initials);
    let ranges = [&initials, &whole].map(|beginning| beginning.clone()..format!("{beginning}\u{10FFFF}"));
    Some((whole, ranges))
}

fn is_syllable(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// A phrase, alternatives, or words that count as one, with the text of it.
fn unit_of(part: &Part, analyzer: &mut Analyzer, lookup: &Lookup) -> tantivy::Result<(Option<Unit>, String)> {
    match part {
        // A word of two scripts (`API명세`) is a phrase that need not be there.
        Part::Words(text) => {
            let mut units = words::units(text, 0, analyzer);
            words::find_typed(&mut units, 0, &[text], analyzer, lookup)?;
            match <[Unit; 1]>::try_from(units) {
                Ok([only]) => Ok((Some(only), text.clone())),
                Err(_) => {
                    let (unit, text) = unit_of(&Part::Phrase(text.clone()), analyzer, lookup)?;
                    Ok((unit.map(|unit| Unit { required: false, ..unit }), text))
                }
            }
        }
        Part::Phrase(text) => {
            let units = words::units(text, 0, analyzer);
            let pieces: Vec<(u32, String)> = units.iter().flat_map(|unit| unit.pieces.iter().cloned()).collect();
            if pieces.is_empty() {
                return Ok((None, text.clone()));
            }
            let mut unit = Unit { text: text.clone(), pieces: pieces.clone(), required: true, ..Unit::default() };
            if let [only] = units.as_slice() {
                for whole in &only.wholes {
                    unit.add(Form::term(whole, 1.0, Origin::Typed), lookup)?;
                }
            }
            if pieces.len() > 1 || unit.forms.is_empty() {
                unit.add(Form::phrase(from_zero(&pieces), 1.0, Origin::Typed, text), lookup)?;
            }
            Ok((Some(unit), text.clone()))
        }
        Part::Either(parts) => {
            let mut both: Option<Unit> = None;
            let mut texts = Vec::new();
            for part in parts {
                let (unit, text) = unit_of(part, analyzer, lookup)?;
                texts.push(text);
                match (&mut both, unit) {
                    (Some(both), Some(unit)) => {
                        both.wholes.extend(unit.wholes);
                        for form in unit.forms {
                            both.add(form, lookup)?;
                        }
                    }
                    (None, Some(unit)) => both = Some(Unit { required: false, ..unit }),
                    (_, None) => {}
                }
            }
            // Words beside it are not neighbours of any one of them.
            Ok((both.map(|both| Unit { pieces: Vec::new(), ..both }), texts.join(" ")))
        }
    }
}

fn filter_clause(
    planner: Planner<'_>,
    filter: &Filter,
    analyzer: &mut Analyzer,
    lookup: &Lookup,
) -> tantivy::Result<Clause> {
    let fields = &planner.reader.fields;
    let key = folder_key(&filter.value);
    let clause = match filter.place {
        Place::Tag => planner.with_keys(fields.tag, &[key], 1.0)?,
        Place::Path => {
            // A slash at the end says that the name is whole.
            let whole = filter.value.ends_with('/');
            let beginning = if whole { format!("{key}/") } else { key.clone() };
            let range = beginning.clone()..format!("{beginning}\u{10FFFF}");
            let within = planner.with_keys_within(fields.path, &[range], usize::MAX, |_| 1.0)?;
            let own = if whole { planner.with_keys(fields.path, &[key], 1.0)? } else { None };
            let clauses: Vec<Clause> = within.into_iter().chain(own).collect();
            (!clauses.is_empty()).then(|| plan::any_of(clauses))
        }
        Place::Title => {
            let mut units = words::units(&filter.value, 0, analyzer);
            let tokens: Vec<&str> = filter.value.split_whitespace().collect();
            words::find_typed(&mut units, 0, &tokens, analyzer, lookup)?;
            let mut words: Vec<Clause> = Vec::new();
            for unit in &units {
                words.extend(planner.best_in(unit, Forms::Typed, TITLE)?);
            }
            (words.len() == units.len() && !words.is_empty()).then(|| plan::restricted(plan::everything(), &words, &[]))
        }
    };
    Ok(clause.unwrap_or_else(plan::nothing))
}
