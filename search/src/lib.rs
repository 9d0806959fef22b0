//! Korean full-text search over study notes, for the terminal and the browser.
//!
//! Three rooms, and data flows through them one way:
//!
//! - [`analysis`]: text → terms. The one place that knows Korean; the index, the query and the snippet all call it.
//! - [`index`]: sections of notes → a tantivy index → a [`Bundle`], the named files published under `search/`.
//! - [`query`]: what a reader typed + an open bundle → an [`Answer`] with hits and snippets.
//!
//! [`dictionary`] gives the analysis its ko-dic. Nothing here starts a thread, reads a clock or touches a file, except
//! [`index::FolderSource`], the thin edge that the terminal uses; the browser brings its own [`BundleSource`].

pub mod analysis;
pub mod dictionary;
pub mod index;
pub mod query;

pub use analysis::Analyzer;
pub use dictionary::{Dictionary, DictionaryError};
pub use index::{
    AnalyzedPage, Bundle, BundleBuilder, BundleError, BundleFile, BundleSource, Contents, Counts, FolderSource,
    IndexError, MemorySource, PageInput, SectionInput, StoredSection,
};
pub use query::{Answer, Hit, SearchOptions, Searcher};
