//! What a reader typed → the sections that answer it.
//!
//! ```text
//! query ─ parse ─► words, phrases, filters ─ layout ─► … ─ words ─► units with the forms that were typed
//!    1. sections with all words as typed, or of just this name
//!    2. sections with all words, expanded: half-typed, other spelling, other language, initials, slips
//!    3. sections with some of the words
//! each list by score ─ at most 3 sections a page ─► hits ─ snippet of each
//! ```
//!
//! A later list is asked for only while the ones before do not fill the answer, and its hits come after theirs: what was
//! typed ranks above what it may have meant. Any text is a query. Of equal scores the page of better standing comes
//! first, then the one that was indexed first, so the same bundle gives the same answer everywhere.

mod best;
mod correction;
mod expand;
mod explain;
mod layout;
mod leaf;
mod lookup;
mod more;
mod near;
mod parse;
mod plan;
mod ranked;
mod request;
mod sections;
mod snippet;
mod synonyms;
mod unit;
mod words;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tantivy::TantivyDocument;

use crate::analysis::Analyzer;
use crate::dictionary::Dictionary;
use crate::index::{BlockFiles, BundleError, BundleSource, Counts, DICTIONARY, Reader, StoredSection};

pub use correction::{Correction, CorrectionKind, Language};
pub use explain::{Explanation, FormExplained, HitExplained, UnitExplained};
use lookup::{Lookup, Remembered};
use request::Reading;
use synonyms::Synonyms;

/// A section that answers a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The page's title.
    pub title: String,
    /// The section's heading; empty for the text before the first heading.
    pub heading: String,
    /// The page's file relative to the site's root.
    pub url: String,
    /// The heading's id, without `#`; empty for the text before the first heading.
    pub anchor: String,
    /// The note's path.
    pub path: String,
    /// Where the section begins in the note's file, counted from 1; 0 where nobody knows.
    pub line: u64,
    /// Comparable within one answer only.
    #[serde(serialize_with = "in_decimals")]
    pub score: f32,
    /// HTML: the best passage, escaped, with `<mark>` around what matches.
    pub snippet: String,
    pub tags: Vec<String>,
    /// How much of the query the section has.
    pub found: Found,
}

/// With four decimals: more are noise, which differs between machines.
fn in_decimals<S: serde::Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*score) * 1e4).round() / 1e4)
}

/// Candidates of a phrase for each hit.
const OF_PHRASES: usize = 8;

/// How much of a query a section has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// All words as typed, or as they begin.
    Typed,
    /// All words, some of them as the answer's corrections say.
    Expanded,
    /// Some of the words.
    Some,
}

/// The answer to one query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The best first.
    pub hits: Vec<Hit>,
    /// What was found instead of what was typed, or beside it.
    pub corrections: Vec<Correction>,
    /// Words of which the notes have nothing.
    pub missing: Vec<String>,
    /// What was found in the hits' titles and headings, as it stands there: what a page may mark in them.
    pub marked: Vec<String>,
    /// Where nothing was found, the words of the notes that are nearest to what was typed.
    pub nearest: Vec<String>,
}

impl Answer {
    /// What was corrected or expanded as a sentence, if anything was.
    pub fn note(&self, language: Language) -> Option<String> {
        correction::sentence(&self.corrections, &self.missing, language)
    }
}

/// What a caller may ask for besides the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// Hits at most.
    pub limit: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: 10 }
    }
}

/// An open bundle, with the analyser that cuts its queries.
pub struct Searcher {
    reader: Reader,
    remembered: Remembered,
    synonyms: Synonyms,
    /// Behind a lock, so that one open bundle can be asked from anywhere; an answer takes a millisecond.
    analyzer: Mutex<Analyzer>,
    counts: Counts,
}

impl Searcher {
    /// Opens a bundle. Reads its opening block and nothing more; the rest is read as queries want it.
    ///
    /// # Errors
    /// When there is no bundle, or one that is damaged, incomplete or of another version.
    pub fn open(source: impl BundleSource) -> Result<Self, BundleError> {
        let files = BlockFiles::open(source)?;
        let counts = files.opening.counts;
        let mut reader = Reader::open(Arc::new(files))?;
        let vocabulary = std::mem::take(&mut reader.vocabulary);
        let damaged = |_| BundleError::Damaged(DICTIONARY.to_owned());
        let dictionary = Dictionary::from_cut(&std::mem::take(&mut reader.dictionary)).map_err(damaged)?;
        let dictionary = dictionary.with(&vocabulary).map_err(|error| BundleError::Engine(error.to_string()))?;
        let analyzer = Mutex::new(Analyzer::new(&dictionary));
        let synonyms = Synonyms::new(vocabulary);
        Ok(Self { reader, remembered: Remembered::default(), synonyms, analyzer, counts })
    }

    /// What the bundle holds.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes the numbers of the blocks that queries wanted since last asked and that were not there. Once they are, the
    /// query that ended with [`BundleError::NotLoaded`] comes further.
    pub fn wanted(&self) -> Vec<u32> {
        self.reader.wanted()
    }

    /// Answers a query. No query is wrong: without a word in it there are no hits.
    ///
    /// # Errors
    /// Only of the bundle: a part that is missing, damaged or not loaded yet.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Answer, BundleError> {
        // A memo that a panic left behind is still a memo.
        let mut analyzer = self.analyzer.lock().unwrap_or_else(PoisonError::into_inner);
        let answered = self.answer(query, options, &mut analyzer);
        if answered.is_ok() {
            self.reader.answered();
        }
        answered.map(|answered| answered.0).map_err(|error| self.reader.failure(&error))
    }

    fn answer(
        &self,
        query: &str,
        options: &SearchOptions,
        analyzer: &mut Analyzer,
    ) -> tantivy::Result<(Answer, Option<request::Request>)> {
        let Some(segment) = self.reader.segment() else { return Ok((Answer::default(), None)) };
        let lookup = Lookup::new(&self.reader, &self.remembered);
        let ask = |reading, lookup: &Lookup, analyzer: &mut Analyzer| -> tantivy::Result<_> {
            let planner = plan::Planner { reader: &self.reader, segment, lookup };
            let Some(mut request) = request::Request::new(planner, query, reading, analyzer)? else {
                return Ok(None);
            };
            // A phrase is looked for by its words, and then read: some hits may not have it.
            let limit = options.limit.saturating_mul(if request.phrases.is_empty() { 1 } else { OF_PHRASES });
            let ranked = ranked::rank(self, planner, &mut request, limit, analyzer)?;
            Ok(Some((request, ranked)))
        };
        let mut asked = match ask(Reading::AsWritten, &lookup, analyzer) {
            Err(error) if lookup.is_late() && query.contains(['-', '\u{2212}']) => {
                // The second reading, which may be wanted, is asked for along with the first.
                let second = Lookup::new(&self.reader, &self.remembered);
                let _ = ask(Reading::WithoutExclusions, &second, analyzer);
                return Err(error);
            }
            asked => asked?,
        };
        if asked.as_ref().is_some_and(|(request, ranked)| ranked.is_empty() && request.excludes_words()) {
            asked = ask(Reading::WithoutExclusions, &lookup, analyzer)?;
        }
        let Some((mut request, ranked)) = asked else { return Ok((Answer::default(), None)) };
        let marker = snippet::Marker::new(&request.units);
        let mut hits = Vec::with_capacity(options.limit);
        let mut listed = Vec::with_capacity(options.limit);
        let mut marked: Vec<String> = Vec::new();
        let mut rows = VecDeque::new();
        let mut is_first = true;
        let mut ranked = ranked.into_iter();
        while hits.len() < options.limit {
            if rows.is_empty() {
                // As many as may be wanted, so that those that are not here yet are loaded at once. Of a phrase's candidates
                // some will not have it: once the first ones are not enough, all others are asked for.
                let wanted = match (is_first, request.phrases.is_empty()) {
                    (true, true) => options.limit,
                    (true, false) => options.limit.saturating_mul(2),
                    (false, _) => usize::MAX,
                };
                is_first = false;
                for found in ranked.by_ref().take(wanted) {
                    let row = lookup.or_late(self.reader.searcher.doc(found.address).map(Some))?;
                    rows.extend(row.map(|row: TantivyDocument| (found, self.reader.fields.stored(&row))));
                }
                lookup.settle()?;
            }
            let Some((found, section)) = rows.pop_front() else { break };
            if !request.has_phrases(&section) {
                continue;
            }
            let StoredSection { title, heading, url, anchor, path, text, tags, line } = section;
            let snippet = marker.snippet(&text, analyzer);
            for name in [&title, &heading] {
                marker.marked(name, analyzer, &mut marked);
            }
            let score = found.score;
            listed.push(found);
            let found = [Found::Typed, Found::Expanded].get(found.list).copied().unwrap_or(Found::Some);
            hits.push(Hit { title, heading, url, anchor, path, line, score, snippet, tags, found });
        }
        let ranked = listed;
        request.ranked = ranked;
        let mut corrections = request.corrections();
        if let (Some(initials), Some(first)) = (request.initials(), hits.first())
            && !corrections.iter().any(|correction| correction.kind == CorrectionKind::Initials)
        {
            let name = if first.heading.is_empty() { &first.title } else { &first.heading };
            let (typed, found) = (initials.to_owned(), vec![name.clone()]);
            corrections.push(Correction { typed, found, kind: CorrectionKind::Initials, instead: true });
        }
        if corrections.is_empty() {
            // Only typed on: that is no surprise.
            for hit in hits.iter_mut().filter(|hit| hit.found == Found::Expanded) {
                hit.found = Found::Typed;
            }
        }
        let missing = if hits.is_empty() { Vec::new() } else { request.missing() };
        let nearest = if hits.is_empty() { request.nearest(&lookup)? } else { Vec::new() };
        lookup.settle()?;
        Ok((Answer { hits, corrections, missing, marked, nearest }, Some(request)))
    }
}

/// The beginning of a text, at most so many bytes of it.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
