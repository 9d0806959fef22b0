//! All that a bundle holds, for whoever must know what it gives away.

use tantivy::{Index, TantivyDocument, TantivyError};

use super::bundle::{Bundle, BundleError, Manifest};
use super::directory::BlockDirectory;
use super::schema::{Fields, StoredSection};
use super::source::MemorySource;

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
        let manifest = self.files.iter().find(|file| file.name == super::MANIFEST).ok_or(BundleError::NoBundle)?;
        let manifest = Manifest::parse(&manifest.bytes)?;
        let directory = BlockDirectory::new(Box::new(MemorySource(self.clone())), manifest);
        let (_, fields) = Fields::schema();
        let index = Index::open(directory.clone());
        let index = index.map_err(|error| BundleError::Engine(error.to_string()))?;
        Ok(Contents { index, directory, fields })
    }
}

impl Contents {
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
        let Fields { title, heading, tags, text, .. } = self.fields;
        for segment in self.index.reader()?.searcher().segment_readers() {
            for field in [title, heading, tags, text] {
                let index = segment.inverted_index(field)?;
                let mut terms = index.terms().stream()?;
                while terms.advance() {
                    each(&String::from_utf8_lossy(terms.key()));
                }
            }
        }
        Ok(())
    }

    fn failure(&self, error: TantivyError) -> BundleError {
        self.directory.failure().unwrap_or_else(|| BundleError::Engine(error.to_string()))
    }
}
