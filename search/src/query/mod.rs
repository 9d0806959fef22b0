//! What a reader typed → the sections that answer it.
//!
//! ```text
//! query ─ words ─► words with their terms ─ plan ─► tantivy query ─ BM25 ─► sections ─ at most 3 a page ─► hits
//!         the index's own analysis                                                      snippet of each
//! ```
//!
//! Any text is a query: there is no syntax to get wrong. Equal scores keep the order in which the pages were indexed, so
//! the same bundle gives the same answer everywhere.

mod plan;
mod snippet;
mod words;

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, TantivyDocument, TantivyError};

use crate::analysis::Analyzer;
use crate::dictionary::Dictionary;
use crate::index::{
    BlockDirectory, BundleError, BundleSource, Counts, Fields, MANIFEST, Manifest, PAGE_COLUMN, StoredSection,
};

/// Sections of one page in a list, while other pages have something to say.
const SECTIONS_A_PAGE: usize = 3;

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
    /// The note's path under `content/`.
    pub path: String,
    /// Comparable within one answer only.
    pub score: f32,
    /// HTML: the best passage, escaped, with `<mark>` around what matches.
    pub snippet: String,
    pub tags: Vec<String>,
}

/// The answer to one query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The best first.
    pub hits: Vec<Hit>,
    /// What was corrected or expanded, if anything.
    pub note: Option<String>,
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
    reader: IndexReader,
    directory: BlockDirectory,
    fields: Fields,
    /// Behind a lock, so that one open bundle can be asked from anywhere; an answer takes a millisecond.
    analyzer: Mutex<Analyzer>,
    counts: Counts,
}

impl Searcher {
    /// Opens a bundle. Reads its manifest and little more; the rest is read as queries want it.
    ///
    /// # Errors
    /// When there is no bundle, or one that is damaged, incomplete or of another version.
    pub fn open(source: impl BundleSource, dictionary: &Dictionary) -> Result<Self, BundleError> {
        let manifest = source.read(MANIFEST).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => BundleError::NoBundle,
            std::io::ErrorKind::WouldBlock => BundleError::NotLoaded(MANIFEST.to_owned()),
            _ => BundleError::Io { name: MANIFEST.to_owned(), error },
        })?;
        let manifest = Manifest::parse(&manifest)?;
        let counts = Counts { pages: manifest.pages, sections: manifest.sections };
        let directory = BlockDirectory::new(Box::new(source), manifest);
        let (schema, fields) = Fields::schema();
        let reader = open_reader(&directory).map_err(|error| failure(&directory, error))?;
        if reader.searcher().schema() != &schema {
            return Err(BundleError::Damaged("meta.json".to_owned()));
        }
        let analyzer = Mutex::new(Analyzer::new(dictionary));
        Ok(Self { reader, directory, fields, analyzer, counts })
    }

    /// Answers a query. No query is wrong: without a word in it there are no hits.
    ///
    /// # Errors
    /// Only of the bundle: a part that is missing, damaged or not loaded yet.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Answer, BundleError> {
        // A memo that a panic left behind is still a memo.
        let mut analyzer = self.analyzer.lock().unwrap_or_else(PoisonError::into_inner);
        let words = words::words(query, &mut analyzer);
        let Some(plan) = plan::query(&words, &self.fields) else { return Ok(Answer::default()) };
        if options.limit == 0 {
            return Ok(Answer::default());
        }
        let sections = self.sections(&*plan, options.limit).map_err(|error| failure(&self.directory, error))?;
        let marker = snippet::Marker::new(&words);
        let hits = sections
            .into_iter()
            .map(|(score, section)| {
                let StoredSection { title, heading, url, anchor, path, text, tags } = section;
                let snippet = marker.snippet(&text, &mut analyzer);
                Hit { title, heading, url, anchor, path, score, snippet, tags }
            })
            .collect();
        Ok(Answer { hits, note: None })
    }

    fn sections(&self, query: &dyn tantivy::query::Query, limit: usize) -> tantivy::Result<Vec<(f32, StoredSection)>> {
        let searcher = self.reader.searcher();
        let candidates = limit.saturating_mul(8).clamp(64, 4096).max(limit.min(self.counts.sections as usize + 1));
        let found = searcher.search(query, &TopDocs::with_limit(candidates).order_by_score())?;
        let mut listed = Vec::with_capacity(limit);
        for (score, address) in self.at_most_three_a_page(&searcher, found, limit)? {
            let document: TantivyDocument = searcher.doc(address)?;
            listed.push((score, self.fields.stored(&document)));
        }
        Ok(listed)
    }

    /// The best sections, of each page the best three; sections left over fill what room remains.
    fn at_most_three_a_page(
        &self,
        searcher: &tantivy::Searcher,
        found: Vec<(f32, DocAddress)>,
        limit: usize,
    ) -> tantivy::Result<Vec<(f32, DocAddress)>> {
        let mut seen: Vec<(u64, usize)> = Vec::new();
        let (mut listed, mut left_over) = (Vec::new(), Vec::new());
        for (score, address) in found {
            let pages = searcher.segment_reader(address.segment_ord).fast_fields().u64(PAGE_COLUMN)?;
            let page = pages.first(address.doc_id).unwrap_or(0);
            let place = seen.iter().position(|&(other, _)| other == page).unwrap_or_else(|| {
                seen.push((page, 0));
                seen.len() - 1
            });
            seen[place].1 += 1;
            let list = if seen[place].1 <= SECTIONS_A_PAGE { &mut listed } else { &mut left_over };
            list.push((score, address));
            if listed.len() == limit {
                return Ok(listed);
            }
        }
        left_over.truncate(limit - listed.len());
        listed.append(&mut left_over);
        Ok(listed)
    }
}

fn open_reader(directory: &BlockDirectory) -> tantivy::Result<IndexReader> {
    let mut index = Index::open(directory.clone())?;
    index.set_tokenizers(Fields::tokenizers());
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}

/// What lies behind an error of tantivy.
fn failure(directory: &BlockDirectory, error: TantivyError) -> BundleError {
    directory.failure().unwrap_or_else(|| BundleError::Engine(error.to_string()))
}

/// The beginning of a text, at most so many bytes of it.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
