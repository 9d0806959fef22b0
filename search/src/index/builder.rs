//! Analysed pages → a bundle.
//!
//! One segment, written by one thread in the caller's order: the order of pages decides the numbers of sections, and
//! of equal scores and standings the earlier is listed first. tantivy's usual writer would cut segments by memory and time.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen as _;
use tantivy::directory::{Directory, FileSlice, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::postings::TermInfo;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, TantivyError};
use thiserror::Error;

use super::bundle::{Bundle, BundleError, BundleFile, Counts, DICTIONARY, ENDINGS, PAGES, VOCABULARY, WORDS};
use super::directory::{SEGMENT, STEM};
use super::files::RawFiles;
use super::layout::{Group, without};
use super::occurrence;
use super::page::AnalyzedPage;
use super::pages::PagesWriter;
use super::reader::Reader;
use super::schema::Fields;
use super::word_info::WordInfo;
use super::word_table;
use crate::vocabulary::{Entry, Vocabulary};

/// What tantivy may use before it would want a new segment; only the size of its first table depends on it. In bytes.
const MEMORY: usize = 128 << 20;

/// Bytes of a block, where nothing says how a file is read.
const BLOCK_BYTES: usize = 4 << 10;
/// Stored rows are read by blocks of at least so many bytes. Ten hits are mostly in ten of them.
const ROW_BLOCK_BYTES: usize = 6 << 10;
/// The file of stored rows.
const ROWS: &str = "sections.store";
/// The file of the fields' own dictionaries, of which those of keys are read.
const KEYS: &str = "sections.term";
/// Of so many keys one is looked up, to find out where the blocks of a dictionary are: a block has many times more.
const KEYS_A_LOOK: usize = 8;

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
    #[error("the search index cannot be read back: {0}")]
    Bundle(#[from] BundleError),
}

/// Takes analysed pages one after another and gives the bundle.
///
/// The same pages in the same order give the same bytes. Memory grows with the postings, some three times the text.
pub struct BundleBuilder {
    fields: Fields,
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter,
    pages: PagesWriter,
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
            // Blocks are compressed on their way out.
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            docstore_blocksize: ROW_BLOCK_BYTES,
            ..IndexSettings::default()
        };
        let writer = Index::builder()
            .schema(schema)
            .settings(settings)
            .tokenizers(Fields::tokenizers())
            .single_segment_index_writer(directory.clone(), MEMORY)?;
        Ok(Self { fields, directory, writer, pages: PagesWriter::default(), counts: Counts::default() })
    }

    /// Adds a page's sections.
    ///
    /// # Errors
    /// When tantivy cannot take them.
    pub fn add(&mut self, page: AnalyzedPage) -> Result<(), IndexError> {
        for section in &page.sections {
            self.writer.add_document(self.fields.document(&page, section))?;
            self.counts.sections += 1;
        }
        self.pages.add(page.sections.len(), page.standing);
        self.counts.pages += 1;
        Ok(())
    }

    /// Closes the index and collects its files.
    ///
    /// Of the vocabulary, the words should be those that the analysis made use of. Of the entries those are kept of which
    /// the pages have a word: nobody can find anything by the others.
    ///
    /// `cut` gives the dictionary for the vocabulary that is kept and for the terms of the index:
    /// [`Dictionary::cut`](crate::Dictionary::cut).
    ///
    /// # Errors
    /// When tantivy cannot write a part of it.
    pub fn finish(
        self,
        vocabulary: &Vocabulary,
        cut: impl FnOnce(&Vocabulary, &dyn Fn(&str) -> bool) -> Vec<u8>,
    ) -> Result<Bundle, IndexError> {
        let Self { directory, writer, counts, fields, pages } = self;
        let index = writer.finalize()?;
        let terms = terms(&index, &fields)?;
        let segment = match index.searchable_segment_ids()?.as_slice() {
            [segment] => segment.uuid_string(),
            _ => return Err(IndexError::Missing("the segment".to_owned())),
        };
        let meta = directory.atomic_read(Path::new("meta.json")).map_err(TantivyError::from)?;
        let meta = String::from_utf8_lossy(&meta).replace(&hyphenated(&segment), &hyphenated(SEGMENT));
        let mut files = vec![("meta.json".to_owned(), meta.into_bytes()), (PAGES.to_owned(), pages.into_bytes())];
        for extension in EXTENSIONS {
            let path = format!("{segment}.{extension}");
            let file = directory.open_read(Path::new(&path)).map_err(TantivyError::from)?;
            let bytes = file.read_bytes().map_err(TantivyError::from)?.to_vec();
            files.push((format!("{STEM}.{extension}"), bytes));
        }
        let (sorted, endings) = word_table::write(&terms)?;
        let vocabulary = in_use(vocabulary, &terms, &index, &fields)?;
        files.push((VOCABULARY.to_owned(), vocabulary.to_text().into_bytes()));
        files.push((DICTIONARY.to_owned(), cut(&vocabulary, &|text| is_term(&terms, text))));
        let cuts = vec![(WORDS, sorted.cuts), (ENDINGS, endings.cuts)];
        files.push((WORDS.to_owned(), sorted.bytes));
        files.push((ENDINGS.to_owned(), endings.bytes));
        drop(directory);
        files.sort();
        laid_out(files, counts, &terms, cuts)
    }
}

/// Finds out how an index is read, and lays its files out in blocks accordingly.
fn laid_out(
    files: Vec<(String, Vec<u8>)>,
    counts: Counts,
    words: &[(String, WordInfo)],
    mut cuts: Vec<(&'static str, Vec<usize>)>,
) -> Result<Bundle, IndexError> {
    let files = Arc::new(RawFiles::new(files));
    let reader = Reader::open(files.clone())?;
    let resident = files.take_read();
    let mut groups = Vec::new();
    if let Some(segment) = reader.segment() {
        // Without a cache: every row's block is read each time.
        let rows = segment.get_store_reader(0)?;
        files.take_read();
        for section in 0..segment.max_doc() {
            rows.get_document_bytes(section)?;
        }
        cuts.push((ROWS, ends(&files)));
        for field in reader.fields.keys() {
            let index = segment.inverted_index(field)?;
            let mut keys = index.terms().stream()?;
            let mut number = 0;
            while keys.advance() {
                if number % KEYS_A_LOOK == 0 {
                    index.terms().get(keys.key())?;
                }
                number += 1;
            }
        }
        cuts.push((KEYS, ends(&files)));
        let start = |slice: &FileSlice| -> Result<Option<(usize, usize)>, IndexError> {
            if slice.len() == 0 {
                return Ok(None);
            }
            slice.read_bytes_slice(0..1)?;
            Ok(files.each_read().pop().map(|(file, range)| (file, range.start)))
        };
        for of_positions in [false, true] {
            let (mut strands, mut numbers) = (Vec::new(), Vec::new());
            for (number, searched) in reader.fields.searched().iter().enumerate() {
                let Some(lists) = reader.lists.of(searched.field) else { continue };
                let strand = start(if of_positions { &lists.positions } else { &lists.postings })?;
                numbers.extend(strand.is_some().then_some(number));
                strands.extend(strand);
            }
            let lengths = words.iter().map(|(_, info)| {
                let length = |place: &TermInfo| {
                    if of_positions { place.positions_range.len() } else { place.postings_range.len() }
                };
                numbers
                    .iter()
                    .map(|&number| info.places.get(number).and_then(Option::as_ref).map_or(0, length))
                    .collect()
            });
            groups.push(Group::together(strands, lengths, BLOCK_BYTES));
        }
    }
    drop(reader);
    let Some(files) = Arc::into_inner(files) else { return Err(IndexError::Missing("the files".to_owned())) };
    let files: Vec<BundleFile> =
        files.into_files().into_iter().map(|(name, bytes)| BundleFile { name, bytes }).collect();
    // What is left: neither in the opening block nor in a group.
    let mut left = Vec::new();
    for (number, BundleFile { name, bytes }) in files.iter().enumerate() {
        let resident = resident.iter().filter(|(file, _)| *file == number).map(|(_, range)| range.clone());
        let grouped = groups.iter().flat_map(|group| group.pieces(0)).filter(|(file, _)| *file == number);
        let taken = resident.chain(grouped.map(|(_, piece)| piece.range)).collect();
        let cuts = cuts.iter().find(|(of, _)| of == name).map(|(_, cuts)| cuts.as_slice());
        left.extend(
            without(bytes.len(), taken).into_iter().map(|range| Group::linear(number, range, cuts, BLOCK_BYTES)),
        );
    }
    groups.extend(left);
    Ok(Bundle { files, counts, resident, groups })
}

/// Where what was read since last asked ended.
fn ends(files: &RawFiles) -> Vec<usize> {
    let ends: BTreeSet<usize> = files.each_read().into_iter().map(|(_, range)| range.end).collect();
    ends.into_iter().collect()
}

/// All terms of the fields that readers search, sorted.
fn terms(index: &Index, fields: &Fields) -> tantivy::Result<Vec<(String, WordInfo)>> {
    let mut terms: Vec<(String, WordInfo)> = Vec::new();
    for segment in index.reader()?.searcher().segment_readers() {
        for (number, searched) in fields.searched().iter().enumerate() {
            let field = searched.field;
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    let mut info = WordInfo::default();
                    if let Some(place) = info.places.get_mut(number) {
                        *place = Some(stream.value().clone());
                    }
                    terms.push((term.to_owned(), info));
                }
            }
        }
    }
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    terms.dedup_by(|again, first| {
        let same = again.0 == first.0;
        if same {
            for (place, other) in first.1.places.iter_mut().zip(&mut again.1.places) {
                *place = place.take().or(other.take());
            }
        }
        same
    });
    Ok(terms)
}

/// Whether the index has a term.
fn is_term(terms: &[(String, WordInfo)], text: &str) -> bool {
    terms.binary_search_by(|(term, _)| term.as_str().cmp(text)).is_ok()
}

/// The part of a vocabulary that can find something: words, and entries of which the pages have a spelling.
fn in_use(
    vocabulary: &Vocabulary,
    terms: &[(String, WordInfo)],
    index: &Index,
    fields: &Fields,
) -> tantivy::Result<Vocabulary> {
    let searcher = index.reader()?.searcher();
    let occurs = |spelling: &str| -> tantivy::Result<bool> {
        let spelling = spelling.to_lowercase();
        let words: Vec<&str> = spelling.split(' ').collect();
        if is_term(terms, &spelling.replace(' ', "")) {
            return Ok(true);
        }
        if words.len() == 1 || !words.iter().all(|word| is_term(terms, word)) {
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
