//! Why an answer is as it is: how the query was cut, what its words became, what each hit scored.

use std::sync::PoisonError;

use serde::Serialize;
use tantivy::query::EnableScoring;
use tantivy::{DocId, SegmentReader};

use super::lookup::Lookup;
use super::plan::{self, Clause, Forms, Planner};
use super::unit::Origin;
use super::{Answer, SearchOptions, Searcher, ranked};
use crate::index::{BundleError, Searched};

/// An answer with its reasons.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Explanation {
    pub answer: Answer,
    pub words: Vec<UnitExplained>,
    /// In the order of the answer's hits.
    pub hits: Vec<HitExplained>,
}

/// A word of the query.
#[derive(Debug, Clone, Serialize)]
pub struct UnitExplained {
    pub typed: String,
    /// Without particle and ending.
    pub wholes: Vec<String>,
    pub pieces: Vec<String>,
    /// What was looked for.
    pub forms: Vec<FormExplained>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FormExplained {
    pub form: String,
    pub origin: &'static str,
    pub weight: f32,
}

/// What a hit is made of.
#[derive(Debug, Clone, Serialize)]
pub struct HitExplained {
    /// 0: all words as typed; 1: all words, expanded; 2: some of the words.
    pub list: usize,
    pub score: f32,
    /// What each word of the query gave in each field, where it gave anything: word, field, score; without a word, what the
    /// section's name gave. What the list, neighbours and the page's standing add is not told.
    pub parts: Vec<(String, &'static str, f32)>,
}

impl Searcher {
    /// Answers a query and says why.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn explain(&self, query: &str, options: &SearchOptions) -> Result<Explanation, BundleError> {
        let mut analyzer = self.analyzer.lock().unwrap_or_else(PoisonError::into_inner);
        let explained = (|| -> tantivy::Result<Explanation> {
            let (answer, request) = self.answer(query, options, &mut analyzer)?;
            let Some(request) = request else { return Ok(Explanation { answer, ..Explanation::default() }) };
            let Some(segment) = self.reader.segment() else {
                return Ok(Explanation { answer, ..Explanation::default() });
            };
            let lookup = Lookup::new(&self.reader, &self.remembered);
            let planner = Planner { reader: &self.reader, segment, lookup: &lookup };
            let mut hits = Vec::new();
            for found in &request.ranked {
                let mut parts = Vec::new();
                for unit in &request.units {
                    // As the list was asked for.
                    let typed = found.list == 0 || found.list > 1 && unit.is_known();
                    let forms = if typed { Forms::Typed } else { Forms::All };
                    for (number, Searched { weight, name, .. }) in self.reader.fields.searched().into_iter().enumerate()
                    {
                        let Some(clause) = planner.best_in(unit, forms, number)? else { continue };
                        let clause = plan::boosted(clause, weight);
                        let score = score_of(&clause, &self.reader.searcher, segment, found.address.doc_id)?;
                        parts.extend(score.map(|score| (unit.text.clone(), name, score)));
                    }
                }
                if let Some(clause) = request.of_name(planner, ranked::OF_NAME)? {
                    let score = score_of(&clause, &self.reader.searcher, segment, found.address.doc_id)?;
                    parts.extend(score.map(|score| (String::new(), "name", score)));
                }
                hits.push(HitExplained { list: found.list, score: found.score, parts });
            }
            let words = request
                .units
                .iter()
                .map(|unit| UnitExplained {
                    typed: unit.text.clone(),
                    wholes: unit.wholes.clone(),
                    pieces: unit.pieces.iter().map(|(_, piece)| piece.clone()).collect(),
                    forms: unit
                        .forms
                        .iter()
                        .map(|form| FormExplained {
                            form: form.shown.clone(),
                            origin: name(form.origin),
                            weight: form.weight,
                        })
                        .collect(),
                })
                .collect();
            Ok(Explanation { answer, words, hits })
        })();
        explained.map_err(|error| self.reader.failure(&error))
    }
}

/// What a clause gives a section; `None` where it does not match.
fn score_of(
    clause: &Clause,
    index: &tantivy::Searcher,
    segment: &SegmentReader,
    doc: DocId,
) -> tantivy::Result<Option<f32>> {
    let weight = clause.weight(EnableScoring::enabled_from_searcher(index))?;
    let mut scorer = weight.scorer(segment, 1.0)?;
    let matches = scorer.doc() == doc || scorer.doc() < doc && scorer.seek(doc) == doc;
    Ok(matches.then(|| scorer.score()))
}

fn name(origin: Origin) -> &'static str {
    match origin {
        Origin::Typed => "typed",
        Origin::Spaced => "spaced",
        Origin::Prefix => "prefix",
        Origin::Spelling => "spelling",
        Origin::Synonym => "synonym",
        Origin::Initials => "initials",
        Origin::Layout => "layout",
        Origin::Slip => "slip",
    }
}
