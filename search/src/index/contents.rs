//! All that a bundle holds, for whoever must know what it gives away.

use std::path::Path;
use std::sync::Arc;

use tantivy::directory::Directory as _;
use tantivy::{Index, TantivyDocument, TantivyError};

use super::bundle::{Bundle, BundleError, DICTIONARY, VOCABULARY};
use super::directory::BlockDirectory;
use super::files::{BlockFiles, Files, RawFiles};
use super::schema::{Fields, StoredSection};
use super::source::BundleSource;
use crate::dictionary::Dictionary;
use crate::vocabulary::Vocabulary;

/// A bundle, opened to be read from beginning to end.
pub struct Contents {
    index: Index,
    directory: BlockDirectory,
    fields: Fields,
}

impl Bundle {
    /// Opens the bundle as a reader of the published files would.
    ///
    /// # Errors
    /// When the bundle is damaged or incomplete.
    pub fn contents(&self) -> Result<Contents, BundleError> {
        Contents::of_files(Arc::new(RawFiles::from(self)))
    }
}

impl Contents {
    /// Opens a bundle to read all of it.
    ///
    /// # Errors
    /// When there is no bundle, or one that is damaged or incomplete.
    pub fn open(source: impl BundleSource) -> Result<Self, BundleError> {
        Self::of_files(Arc::new(BlockFiles::open(source)?))
    }

    fn of_files(files: Arc<dyn Files>) -> Result<Self, BundleError> {
        let directory = BlockDirectory::new(files);
        let (_, fields) = Fields::schema();
        let index = Index::open(directory.clone());
        let engine = |error: TantivyError| BundleError::Engine(error.to_string());
        let index = index.map_err(|error| directory.files().failure().unwrap_or_else(|| engine(error)))?;
        Ok(Self { index, directory, fields })
    }

    /// Gives every stored section, in their order.
    ///
    /// # Errors
    /// When the bundle is damaged.
    pub fn sections(&self, each: impl FnMut(StoredSection)) -> Result<(), BundleError> {
        self.each_section(each).map_err(|error| self.failure(error))
    }

    /// Gives every term of every field, in their order; one that several fields have is given for each.
    ///
    /// # Errors
    /// When the bundle is damaged.
    pub fn terms(&self, each: impl FnMut(&str)) -> Result<(), BundleError> {
        self.each_term(each).map_err(|error| self.failure(error))
    }

    /// The words and entries that the bundle carries.
    ///
    /// # Errors
    /// When the bundle is damaged.
    pub fn vocabulary(&self) -> Result<Vocabulary, BundleError> {
        let bytes = self.directory.atomic_read(Path::new(VOCABULARY)).map_err(|error| self.failure(error.into()))?;
        Ok(Vocabulary::from_text(&String::from_utf8_lossy(&bytes)))
    }

    /// The dictionary that queries are cut with, with the words of the vocabulary.
    ///
    /// # Errors
    /// When the bundle is damaged.
    pub fn dictionary(&self) -> Result<Dictionary, BundleError> {
        let bytes = self.directory.atomic_read(Path::new(DICTIONARY)).map_err(|error| self.failure(error.into()))?;
        let vocabulary = self.vocabulary()?;
        let dictionary = Dictionary::from_cut(&bytes).and_then(|dictionary| dictionary.with(&vocabulary));
        dictionary.map_err(|_| BundleError::Damaged(DICTIONARY.to_owned()))
    }

    fn each_section(&self, mut each: impl FnMut(StoredSection)) -> tantivy::Result<()> {
        for segment in self.index.reader()?.searcher().segment_readers() {
            let store = segment.get_store_reader(1)?;
            for document in store.iter::<TantivyDocument>(None) {
                each(self.fields.stored(&document?));
            }
        }
        Ok(())
    }

    fn each_term(&self, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
        for segment in self.index.reader()?.searcher().segment_readers() {
            for searched in self.fields.searched() {
                let index = segment.inverted_index(searched.field)?;
                let mut terms = index.terms().stream()?;
                while terms.advance() {
                    each(&String::from_utf8_lossy(terms.key()));
                }
            }
        }
        Ok(())
    }

    fn failure(&self, error: TantivyError) -> BundleError {
        self.directory.files().failure().unwrap_or_else(|| BundleError::Engine(error.to_string()))
    }
}
