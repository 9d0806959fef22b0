//! Analysed pages → a bundle.
//!
//! One segment, written by one thread in the caller's order: the order of pages decides the numbers of sections, and
//! of equal scores and standings the earlier is listed first. tantivy's usual writer would cut segments by memory and time.

use std::path::Path;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, TantivyError};
use thiserror::Error;

use super::bundle::{Bundle, BundleFile, Counts, ENDINGS, MANIFEST, Manifest, VOCABULARY, WORDS};
use super::directory::{SEGMENT, STEM};
use super::occurrence;
use super::page::AnalyzedPage;
use super::schema::Fields;
use super::word_table::{self, Presence};
use crate::vocabulary::{Entry, Vocabulary};

/// What tantivy may use before it would want a new segment; only the size of its first table depends on it. In bytes.
const MEMORY: usize = 128 << 20;

/// Extensions of a segment's files.
const EXTENSIONS: [&str; 6] = ["term", "idx", "pos", "fieldnorm", "fast", "store"];

/// Why an index could not be written.
#[derive(Debug, Error)]
pub enum IndexError {
    #[error("the search index cannot be written: {0}")]
    Engine(#[from] TantivyError),
    #[error("the search index cannot be written: {0} is missing")]
    Missing(String),
    #[error("the words of the search index cannot be written: {0}")]
    Words(#[from] std::io::Error),
    #[error("the search index cannot be described: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// Takes analysed pages one after another and gives the bundle.
///
/// The same pages in the same order give the same bytes. Memory grows with the postings, some three times the text.
pub struct BundleBuilder {
    fields: Fields,
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter,
    counts: Counts,
}

impl BundleBuilder {
    /// An empty index.
    ///
    /// # Errors
    /// When tantivy refuses the schema, which a test would have shown.
    pub fn new() -> Result<Self, IndexError> {
        let (schema, fields) = Fields::schema();
        let directory = RamDirectory::create();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let writer = Index::builder()
            .schema(schema)
            .settings(settings)
            .tokenizers(Fields::tokenizers())
            .single_segment_index_writer(directory.clone(), MEMORY)?;
        Ok(Self { fields, directory, writer, counts: Counts::default() })
    }

    /// Adds a page's sections.
    ///
    /// # Errors
    /// When tantivy cannot take them.
    pub fn add(&mut self, page: AnalyzedPage) -> Result<(), IndexError> {
        for section in &page.sections {
            self.writer.add_document(self.fields.document(self.counts.pages, &page, section))?;
            self.counts.sections += 1;
        }
        self.counts.pages += 1;
        Ok(())
    }

    /// Closes the index and collects its files.
    ///
    /// Of the vocabulary, the words should be those that the analysis made use of. Of the entries those are kept of which
    /// the pages have a word: nobody can find anything by the others.
    ///
    /// # Errors
    /// When tantivy cannot write a part of it.
    pub fn finish(self, vocabulary: &Vocabulary) -> Result<Bundle, IndexError> {
        let Self { directory, writer, counts, fields } = self;
        let index = writer.finalize()?;
        let terms = terms(&index, &fields)?;
        let segment = match index.searchable_segment_ids()?.as_slice() {
            [segment] => segment.uuid_string(),
            _ => return Err(IndexError::Missing("the segment".to_owned())),
        };
        let meta = directory.atomic_read(Path::new("meta.json")).map_err(TantivyError::from)?;
        let meta = String::from_utf8_lossy(&meta).replace(&hyphenated(&segment), &hyphenated(SEGMENT));
        let mut files = vec![BundleFile { name: "meta.json".to_owned(), bytes: meta.into_bytes() }];
        for extension in EXTENSIONS {
            let path = format!("{segment}.{extension}");
            let file = directory.open_read(Path::new(&path)).map_err(TantivyError::from)?;
            let bytes = file.read_bytes().map_err(TantivyError::from)?.to_vec();
            files.push(BundleFile { name: format!("{STEM}.{extension}"), bytes });
        }
        let (sorted, endings) = word_table::write(&terms)?;
        files.push(BundleFile { name: WORDS.to_owned(), bytes: sorted });
        files.push(BundleFile { name: ENDINGS.to_owned(), bytes: endings });
        files.push(BundleFile {
            name: VOCABULARY.to_owned(),
            bytes: in_use(vocabulary, &terms, &index, &fields)?.to_text().into_bytes(),
        });
        let manifest = Manifest::of(&files, counts).to_bytes()?;
        files.push(BundleFile { name: MANIFEST.to_owned(), bytes: manifest });
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Bundle { files, counts })
    }
}

/// All terms of the fields that readers search, sorted.
fn terms(index: &Index, fields: &Fields) -> tantivy::Result<Vec<(String, Presence)>> {
    let mut terms: Vec<(String, Presence)> = Vec::new();
    for segment in index.reader()?.searcher().segment_readers() {
        for (number, searched) in fields.searched().iter().enumerate() {
            let field = searched.field;
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    terms.push((term.to_owned(), Presence { sections: stream.value().doc_freq, fields: 1 << number }));
                }
            }
        }
    }
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    terms.dedup_by(|again, first| {
        let same = again.0 == first.0;
        if same {
            first.1 = first.1.and(again.1);
        }
        same
    });
    Ok(terms)
}

/// The part of a vocabulary that can find something: words, and entries of which the pages have a spelling.
fn in_use(
    vocabulary: &Vocabulary,
    terms: &[(String, Presence)],
    index: &Index,
    fields: &Fields,
) -> tantivy::Result<Vocabulary> {
    let searcher = index.reader()?.searcher();
    let is_term = |word: &str| terms.binary_search_by(|(term, _)| term.as_str().cmp(word)).is_ok();
    let occurs = |spelling: &str| -> tantivy::Result<bool> {
        let spelling = spelling.to_lowercase();
        let words: Vec<&str> = spelling.split(' ').collect();
        if is_term(&spelling.replace(' ', "")) {
            return Ok(true);
        }
        if words.len() == 1 || !words.iter().all(|word| is_term(word)) {
            return Ok(false);
        }
        for segment in searcher.segment_readers() {
            if occurrence::occurs(segment, fields, &words)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let mut entries: Vec<Entry> = Vec::new();
    for entry in vocabulary.entries.iter().filter(|entry| entry.spellings.len() > 1) {
        for spelling in &entry.spellings {
            if occurs(spelling)? {
                entries.push(entry.clone());
                break;
            }
        }
    }
    Ok(Vocabulary { entries, words: vocabulary.words.clone() })
}

/// A segment's number as `meta.json` writes it.
fn hyphenated(segment: &str) -> String {
    match [segment.get(..8), segment.get(8..12), segment.get(12..16), segment.get(16..20), segment.get(20..)] {
        [Some(a), Some(b), Some(c), Some(d), Some(e)] => format!("{a}-{b}-{c}-{d}-{e}"),
        _ => segment.to_owned(),
    }
}
