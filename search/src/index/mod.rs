//! Sections of notes → a tantivy index → the published bundle, and back.
//!
//! ```text
//! PageInput ─ Analyzer::analyze_page ─► AnalyzedPage ─ BundleBuilder ─► Bundle ═ files ═► BundleSource ─► query
//!             in parallel, pure                        one after another
//! ```
//!
//! One tantivy document is one **section**: a heading with the text up to the next. A reader wants to land at the place,
//! not on the page. The page's title and tags belong to each of its sections.

mod builder;
mod bundle;
mod contents;
mod directory;
mod occurrence;
mod page;
mod schema;
mod source;
mod terms;
mod word_table;

pub use builder::{BundleBuilder, IndexError};
pub use bundle::{BLOCK_BYTES, Bundle, BundleError, BundleFile, Counts, FORMAT_VERSION, MANIFEST};
pub use contents::Contents;
pub use page::{AnalyzedPage, PageInput, SectionInput};
pub use schema::StoredSection;
pub use source::{BundleSource, FolderSource, MemorySource};

pub(crate) use bundle::{ENDINGS, VOCABULARY, WORDS};
pub(crate) use directory::BlockDirectory;
pub(crate) use schema::{Fields, PAGE_COLUMN, STANDING_COLUMN, Searched, folder_key};
pub(crate) use word_table::{Presence, WordTable};
