//! Korean full-text search over study notes, for the terminal and the browser.
//!
//! Three rooms, and notes and queries flow through them one way:
//!
//! - [`analysis`]: text → terms. The one place that knows Korean; the index, the query and the snippet all call it.
//! - [`index`]: sections of notes → a tantivy index → a [`Bundle`], the scripts published under `search-index/`.
//! - [`query`]: what a reader typed + an open bundle → an [`Answer`] with hits and snippets.
//!
//! Beside them stands what all three speak about: [`dictionary`], ko-dic; [`vocabulary`], words beside ko-dic and what means
//! the same; [`letters`], the letters inside Hangul; `names`, what sections are called, as keys; [`Session`], the search as a page
//! uses it. Nothing here starts a
//! thread, reads a clock or touches a file, except `index::FolderSource`, the thin edge that the terminal uses; the
//! browser brings its own [`BundleSource`].

pub mod analysis;
pub mod dictionary;
pub mod index;
pub mod letters;
mod names;
pub mod query;
mod session;
pub mod vocabulary;

pub use analysis::{Analyzer, Footprint};
pub use dictionary::{Dictionary, DictionaryError};
pub use index::{
    AnalyzedPage, Block, Bundle, BundleBuilder, BundleError, BundleFile, BundleSource, Contents, Counts, IndexError,
    MemorySource, PageInput, SectionInput, StoredSection, block_name,
};
#[cfg(feature = "native")]
pub use index::{FolderSource, Script};
pub use query::{Answer, Correction, CorrectionKind, Explanation, Found, Hit, Language, SearchOptions, Searcher};
pub use session::Session;
pub use vocabulary::{Entry, Vocabulary};
