//! Analysed pages → a bundle.
//!
//! One segment, written by one thread in the caller's order: the order of pages decides the numbers of sections, and
//! equal scores are listed by them. tantivy's usual writer would cut segments by memory and time.

use std::path::Path;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, TantivyError};
use thiserror::Error;

use super::bundle::{Bundle, BundleFile, Counts, MANIFEST, Manifest};
use super::directory::{SEGMENT, STEM};
use super::page::AnalyzedPage;
use super::schema::Fields;

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
    /// # Errors
    /// When tantivy cannot write a part of it.
    pub fn finish(self) -> Result<Bundle, IndexError> {
        let Self { directory, writer, counts, .. } = self;
        let index = writer.finalize()?;
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
        let manifest = Manifest::of(&files, counts).to_bytes()?;
        files.push(BundleFile { name: MANIFEST.to_owned(), bytes: manifest });
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Bundle { files, counts })
    }
}

/// A segment's number as `meta.json` writes it.
fn hyphenated(segment: &str) -> String {
    match [segment.get(..8), segment.get(8..12), segment.get(12..16), segment.get(16..20), segment.get(20..)] {
        [Some(a), Some(b), Some(c), Some(d), Some(e)] => format!("{a}-{b}-{c}-{d}-{e}"),
        _ => segment.to_owned(),
    }
}
