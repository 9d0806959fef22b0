//! An open index: everything that a query reads through.
//!
//! Opening reads what every query needs (directories of the files, columns, lengths of fields, the vocabulary) and keeps
//! it; a published bundle carries just these bytes in its opening block. What is read later belongs to one query.

use std::path::Path;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::directory::{Directory, FileSlice};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher, SegmentReader, TantivyError};

use super::bundle::{BundleError, ENDINGS, VOCABULARY, WORDS};
use super::directory::BlockDirectory;
use super::files::Files;
use super::lists::Lists;
use super::schema::{Fields, PAGE_COLUMN, STANDING_COLUMN};
use super::word_table::WordTable;
use crate::vocabulary::Vocabulary;

/// An open index.
pub struct Reader {
    directory: BlockDirectory,
    pub searcher: Searcher,
    pub fields: Fields,
    pub words: WordTable,
    pub vocabulary: Vocabulary,
    pub lists: Lists,
    /// `None` in an index without sections.
    columns: Option<Columns>,
}

struct Columns {
    page: Column<u64>,
    standing: Column<u64>,
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
        let columns = match searcher.segment_readers().first() {
            Some(segment) => Some(Columns::open(segment, &fields)?),
            None => None,
        };
        let lists = match searcher.segment_readers() {
            [] => Lists::default(),
            [segment, ..] => Lists::open(segment, &fields.indexed())?,
        };
        let words = WordTable::open(open_file(directory, WORDS)?, open_file(directory, ENDINGS)?)?;
        let vocabulary = directory.atomic_read(Path::new(VOCABULARY))?;
        let vocabulary = Vocabulary::from_text(&String::from_utf8_lossy(&vocabulary));
        Ok(Ok(Self { directory: directory.clone(), searcher, fields, words, vocabulary, lists, columns }))
    }

    /// The only segment there is; none in an index without sections.
    pub fn segment(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }

    /// The page of a section.
    pub fn page(&self, section: u32) -> u64 {
        self.columns.as_ref().and_then(|columns| columns.page.first(section)).unwrap_or(0)
    }

    /// The standing of pages, by section.
    pub fn standing(&self) -> Option<Column<u64>> {
        self.columns.as_ref().map(|columns| columns.standing.clone())
    }

    /// The lengths of a searched field, by section.
    pub fn lengths(&self, field: Field) -> Option<&FieldNormReader> {
        let lengths = &self.columns.as_ref()?.lengths;
        lengths.iter().find(|(own, _)| *own == field).map(|(_, lengths)| lengths)
    }

    /// What lies behind an error of tantivy.
    pub fn failure(&self, error: &TantivyError) -> BundleError {
        failure(&self.directory, error)
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

impl Columns {
    fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let mut lengths = Vec::new();
        for searched in fields.searched() {
            lengths.push((searched.field, segment.get_fieldnorms_reader(searched.field)?));
        }
        // Kept by the segment: where a field's terms and lists are.
        for field in fields.indexed() {
            segment.inverted_index(field)?;
        }
        let columns = segment.fast_fields();
        Ok(Self { page: columns.u64(PAGE_COLUMN)?, standing: columns.u64(STANDING_COLUMN)?, lengths })
    }
}

fn open_file(directory: &BlockDirectory, name: &str) -> tantivy::Result<FileSlice> {
    Ok(FileSlice::new(directory.get_file_handle(Path::new(name))?))
}

fn failure(directory: &BlockDirectory, error: &TantivyError) -> BundleError {
    directory.files().failure().unwrap_or_else(|| BundleError::Engine(error.to_string()))
}
