//! An open index: everything that a query reads through.
//!
//! Opening reads what every query needs (directories of the files, pages, lengths of fields, the vocabulary) and keeps
//! it; a published bundle carries just these bytes in its opening block. What is read later belongs to one query.

use std::path::Path;
use std::sync::Arc;

use tantivy::directory::{Directory, FileSlice};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, TantivyError};

use super::bundle::{BundleError, DICTIONARY, ENDINGS, PAGES, VOCABULARY, WORDS};
use super::directory::BlockDirectory;
use super::files::Files;
use super::lists::Lists;
use super::pages::Pages;
use super::schema::Fields;
use super::word_table::WordTable;
use crate::vocabulary::Vocabulary;

/// An open index.
pub struct Reader {
    directory: BlockDirectory,
    pub searcher: Searcher,
    pub fields: Fields,
    pub words: WordTable,
    pub vocabulary: Vocabulary,
    /// ko-dic, cut to what the notes use.
    pub dictionary: Vec<u8>,
    pub lists: Lists,
    pub pages: Arc<Pages>,
    lengths: Vec<(Field, FieldNormReader)>,
}

impl Reader {
    /// Opens an index.
    ///
    /// # Errors
    /// When a part is missing, damaged, not loaded yet or of another version.
    pub fn open(files: Arc<dyn Files>) -> Result<Self, BundleError> {
        let directory = BlockDirectory::new(files);
        Self::read(&directory).map_err(|error| failure(&directory, &error))?
    }

    fn read(directory: &BlockDirectory) -> tantivy::Result<Result<Self, BundleError>> {
        let (schema, fields) = Fields::schema();
        let mut index = Index::open(directory.clone())?;
        index.set_tokenizers(Fields::tokenizers());
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        if searcher.schema() != &schema {
            return Ok(Err(BundleError::Damaged("meta.json".to_owned())));
        }
        let lengths = match searcher.segment_readers() {
            [] => Vec::new(),
            [segment, ..] => lengths(segment, &fields)?,
        };
        let sections = searcher.segment_readers().iter().map(|segment| segment.max_doc() as usize).sum();
        let pages = directory.atomic_read(Path::new(PAGES))?;
        let Some(pages) = Pages::read(&pages, sections) else {
            return Ok(Err(BundleError::Damaged(PAGES.to_owned())));
        };
        let lists = match searcher.segment_readers() {
            [] => Lists::default(),
            [segment, ..] => Lists::open(segment, &fields.indexed())?,
        };
        let words = WordTable::open(open_file(directory, WORDS)?, open_file(directory, ENDINGS)?)?;
        let vocabulary = directory.atomic_read(Path::new(VOCABULARY))?;
        let vocabulary = Vocabulary::from_text(&String::from_utf8_lossy(&vocabulary));
        let dictionary = directory.atomic_read(Path::new(DICTIONARY))?;
        Ok(Ok(Self {
            directory: directory.clone(),
            searcher,
            fields,
            words,
            vocabulary,
            dictionary,
            lists,
            pages: Arc::new(pages),
            lengths,
        }))
    }

    /// The only segment there is; none in an index without sections.
    pub fn segment(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }

    /// The lengths of a searched field, by section.
    pub fn lengths(&self, field: Field) -> Option<&FieldNormReader> {
        self.lengths.iter().find(|(own, _)| *own == field).map(|(_, lengths)| lengths)
    }

    /// What lies behind an error of tantivy.
    pub fn failure(&self, error: &TantivyError) -> BundleError {
        failure(&self.directory, error)
    }

    /// A query has its answer: what it read need not be kept.
    pub fn answered(&self) {
        self.directory.files().answered();
    }

    /// Whether parts may come later than they are asked for.
    pub fn is_partial(&self) -> bool {
        self.directory.files().is_partial()
    }

    /// Takes the numbers of the blocks that were wanted and not there.
    pub fn wanted(&self) -> Vec<u32> {
        self.directory.files().wanted()
    }
}

/// The lengths of the searched fields. Along the way the segment takes note of where all fields' terms and lists are.
fn lengths(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Vec<(Field, FieldNormReader)>> {
    let mut lengths = Vec::new();
    for searched in fields.searched() {
        lengths.push((searched.field, segment.get_fieldnorms_reader(searched.field)?));
    }
    for field in fields.indexed() {
        segment.inverted_index(field)?;
    }
    Ok(lengths)
}

fn open_file(directory: &BlockDirectory, name: &str) -> tantivy::Result<FileSlice> {
    Ok(FileSlice::new(directory.get_file_handle(Path::new(name))?))
}

fn failure(directory: &BlockDirectory, error: &TantivyError) -> BundleError {
    directory.files().failure().unwrap_or_else(|| BundleError::Engine(error.to_string()))
}
