//! Words with their forms → the queries that tantivy runs, built by hand.
//!
//! ```text
//! a word in one field        the best of its forms
//! a word                     the sum over title, heading, tags and text, each with its weight
//! all words                  every one of them; more for neighbours that stand side by side
//! some words                 at least one of them
//! ```
//!
//! A single fragment of a word is never enough: who types 페이로드 does not want every 로드.

use std::ops::Range;

use tantivy::postings::TermInfo;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query};
use tantivy::schema::Field;
use tantivy::{SegmentReader, TantivyError};

use super::best::Best;
use super::leaf::Leaf;
use super::lookup::Lookup;
use super::more::Worth;
use super::near::Near;
use super::sections::Sections;
use super::unit::{Form, Unit};
use super::words;
use crate::index::{Reader, Searched};

/// Words that stand side by side, beside what the words themselves give. Without it success@1 of the sample notes' own
/// headings falls by 0.002.
const NEIGHBOURS: f32 = 0.6;
/// Neighbours that stand close to each other in the text.
const NEAR: f32 = 0.5;
/// Where not all words are found, each that is: two of three words come before one of them, however often and rare it is.
const A_WORD_MORE: f32 = 6.0;
/// A word that asks rather than names. As much as other words, it takes 0.003 of success@1 from judged queries; a tenth
/// takes 0.002 from the sample notes' own headings, which have verbs in them.
const LIGHT: f32 = 0.35;

/// Numbers of fields among those that are searched.
pub const TITLE: usize = 0;
const HEADING: usize = 1;
const TEXT: usize = 3;

pub type Clause = Box<dyn Query>;

/// Which forms of a word count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    Typed,
    All,
}

impl Forms {
    fn of(self, unit: &Unit) -> impl Iterator<Item = &Form> {
        unit.forms.iter().filter(move |form| self == Self::All || form.origin.is_typed())
    }
}

/// What queries are built over.
#[derive(Clone, Copy)]
pub struct Planner<'a> {
    pub reader: &'a Reader,
    pub segment: &'a SegmentReader,
    pub lookup: &'a Lookup<'a>,
}

impl Planner<'_> {
    /// Sections with all of the words; `None` without words, or where one has no form.
    pub fn all_of(&self, units: &[Unit], forms: Forms) -> tantivy::Result<Option<Clause>> {
        let mut clauses: Vec<(Occur, Clause)> = Vec::with_capacity(2 * units.len());
        let every_one = units.iter().all(|unit| unit.is_light);
        let mut is_complete = true;
        for unit in units {
            let light = unit.is_light && !every_one;
            match self.word(unit, forms)? {
                Some(word) if light => clauses.push((Occur::Should, boosted(word, LIGHT))),
                Some(word) => clauses.push((Occur::Must, word)),
                None if light => {}
                // The others go on to be asked for: a section with some of the words will do.
                None => is_complete = false,
            }
        }
        if !is_complete {
            return Ok(None);
        }
        for pair in units.windows(2) {
            clauses.extend(self.neighbours(pair)?.map(|pair| (Occur::Should, pair)));
        }
        Ok(match clauses.len() {
            0 => None,
            1 => clauses.pop().map(|(_, word)| word),
            _ => Some(Box::new(BooleanQuery::new(clauses))),
        })
    }

    /// Sections with some of the words, and with all that are required.
    pub fn some_of(&self, units: &[Unit], forms: Forms) -> tantivy::Result<Option<Clause>> {
        let mut clauses: Vec<(Occur, Clause)> = Vec::new();
        for unit in units {
            // What was typed speaks for a word; only where the notes do not have it, what it may mean.
            let forms = if unit.is_known() { Forms::Typed } else { forms };
            match (self.word(unit, forms)?, unit.required) {
                (Some(word), true) => clauses.push((Occur::Must, word)),
                (Some(word), false) if unit.is_light => clauses.push((Occur::Should, boosted(word, LIGHT))),
                (Some(word), false) => {
                    clauses.push((Occur::Should, Box::new(Worth { clause: word, more: A_WORD_MORE })));
                }
                (None, true) => return Ok(None),
                (None, false) => {}
            }
        }
        Ok((!clauses.is_empty()).then(|| -> Clause { Box::new(BooleanQuery::new(clauses)) }))
    }

    /// Sections that have a word, in any field.
    pub fn word(&self, unit: &Unit, forms: Forms) -> tantivy::Result<Option<Clause>> {
        let mut clauses = Vec::new();
        for (number, Searched { weight, .. }) in self.reader.fields.searched().into_iter().enumerate() {
            clauses.extend(self.best_in(unit, forms, number)?.map(|best| boosted(best, weight)));
        }
        Ok((!clauses.is_empty()).then(|| any_of(clauses)))
    }

    /// The word in the field of this number, in the best of its forms.
    pub fn best_in(&self, unit: &Unit, forms: Forms, number: usize) -> tantivy::Result<Option<Clause>> {
        let Some(&Searched { field, .. }) = self.reader.fields.searched().get(number) else { return Ok(None) };
        let mut clauses: Vec<Clause> = Vec::new();
        for form in forms.of(unit).filter(|form| form.fields >> number & 1 == 1) {
            clauses.extend(self.side_by_side(&form.pieces, field, number)?.map(|clause| boosted(clause, form.weight)));
        }
        Ok(match clauses.len() {
            0 => None,
            1 => clauses.pop(),
            _ => Some(Box::new(Best(clauses))),
        })
    }

    /// Two words next to each other.
    fn neighbours(&self, pair: &[Unit]) -> tantivy::Result<Option<Clause>> {
        let [first, second] = pair else { return Ok(None) };
        if !first.is_known() || !second.is_known() || first.pieces.is_empty() || second.pieces.is_empty() {
            return Ok(None);
        }
        // Of two parts of a query, each counts its positions for itself.
        let (mut pieces, beginning) = (words::from_zero(&first.pieces), words::from_zero(&second.pieces));
        let length = pieces.last().map_or(0, |piece| piece.0 + 1);
        pieces.extend(beginning.into_iter().map(|(at, piece)| (length + at, piece)));
        let mut clauses = Vec::new();
        let searched = self.reader.fields.searched();
        for (number, weight) in [(HEADING, 2.0), (TEXT, 1.0)] {
            let Some(&Searched { field, .. }) = searched.get(number) else { continue };
            clauses
                .extend(self.side_by_side(&pieces, field, number)?.map(|clause| boosted(clause, weight * NEIGHBOURS)));
        }
        if let ([(_, first), ..], [(_, second), ..]) = (first.pieces.as_slice(), second.pieces.as_slice())
            && let (Some(first), Some(second)) = (self.lookup.place(first, TEXT)?, self.lookup.place(second, TEXT)?)
        {
            let field = self.reader.fields.text;
            self.load(field, [&first, &second], true)?;
            clauses.push(boosted(Box::new(Near { field, words: [first, second] }), NEAR));
        }
        Ok((!clauses.is_empty()).then(|| any_of(clauses)))
    }

    /// Terms at their positions in a field; `None` where the field has not all of them.
    fn side_by_side(&self, pieces: &[(u32, String)], field: Field, number: usize) -> tantivy::Result<Option<Clause>> {
        let first = pieces.first().map_or(0, |piece| piece.0);
        let mut terms = Vec::with_capacity(pieces.len());
        for (position, piece) in pieces {
            let Some(place) = self.lookup.place(piece, number)? else { return Ok(None) };
            terms.push((position.saturating_sub(first), place));
        }
        if terms.is_empty() {
            return Ok(None);
        }
        self.load(field, terms.iter().map(|(_, place)| place), terms.len() > 1)?;
        let Some(lengths) = self.reader.lengths(field).cloned() else { return Ok(None) };
        Ok(Some(Box::new(Leaf { field, lengths, terms })))
    }

    /// Sections that have one of some keys, each for the same score.
    pub fn with_keys(&self, field: Field, keys: &[String], score: f32) -> tantivy::Result<Option<Clause>> {
        let mut places = Vec::new();
        for key in keys {
            places.extend(self.lookup.key(field, key)?.map(|place| (place, score)));
        }
        self.listed(field, &places)
    }

    /// Sections that have a key within some ranges, with the score that a key has; `None` where there is none, or more
    /// keys than `most`.
    pub fn with_keys_within(
        &self,
        field: Field,
        ranges: &[Range<String>],
        most: usize,
        score: impl Fn(&str) -> f32,
    ) -> tantivy::Result<Option<Clause>> {
        let mut places = Vec::new();
        self.lookup.keys_within(field, ranges, most.saturating_add(1), |key, place| {
            places.push((place.clone(), score(key)));
        })?;
        if places.len() > most { Ok(None) } else { self.listed(field, &places) }
    }

    fn listed(&self, field: Field, places: &[(TermInfo, f32)]) -> tantivy::Result<Option<Clause>> {
        self.load(field, places.iter().map(|(place, _)| place), false)?;
        if places.is_empty() || self.lookup.is_late() {
            return Ok(None);
        }
        Ok(Some(Box::new(Sections::listed(self.segment, field, places)?)))
    }

    /// Asks for the lists of some places, where they come in pieces, so that all lists of a query are loaded at once.
    fn load<'p>(
        &self,
        field: Field,
        places: impl IntoIterator<Item = &'p TermInfo>,
        positions: bool,
    ) -> tantivy::Result<()> {
        if !self.reader.is_partial() {
            return Ok(());
        }
        for place in places {
            let read = self.reader.lists.load(field, place, positions);
            self.lookup.or_late(read.map_err(TantivyError::from))?;
        }
        Ok(())
    }
}

/// Every section.
pub fn everything() -> Clause {
    Box::new(AllQuery)
}

/// No section.
pub fn nothing() -> Clause {
    Box::new(BooleanQuery::new(Vec::new()))
}

pub fn boosted(clause: Clause, boost: f32) -> Clause {
    if boost == 1.0 { clause } else { Box::new(BoostQuery::new(clause, boost)) }
}

pub fn any_of(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        1 => clauses.pop().unwrap_or_else(nothing),
        _ => Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect())),
    }
}

/// A clause within the sections that all of `within` have and none of `without`. Neither adds to the score.
pub fn restricted(clause: Clause, within: &[Clause], without: &[Clause]) -> Clause {
    if within.is_empty() && without.is_empty() {
        return clause;
    }
    let no_score = |clause: &Clause| -> Clause { Box::new(ConstScoreQuery::new(clause.box_clone(), 0.0)) };
    let within = within.iter().map(|clause| (Occur::Must, no_score(clause)));
    let without = without.iter().map(|clause| (Occur::MustNot, clause.box_clone()));
    Box::new(BooleanQuery::new([(Occur::Must, clause)].into_iter().chain(within).chain(without).collect()))
}
