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
mod files;
mod layout;
mod lists;
mod number;
mod occurrence;
mod opening;
mod page;
mod pages;
mod reader;
mod schema;
#[cfg(feature = "native")]
mod script;
mod source;
mod terms;
mod word_info;
mod word_table;

pub use builder::{BundleBuilder, IndexError};
pub use bundle::{Bundle, BundleError, BundleFile, Counts, FORMAT_VERSION, OPENING, block_name};
pub use contents::Contents;
pub use page::{AnalyzedPage, PageInput, SectionInput};
pub use schema::StoredSection;
#[cfg(feature = "native")]
pub use script::Script;
#[cfg(feature = "native")]
pub use source::FolderSource;
pub use source::{Block, BundleSource, MemorySource};

pub(crate) use bundle::DICTIONARY;
pub(crate) use files::BlockFiles;
pub(crate) use pages::Pages;
pub(crate) use reader::Reader;
pub(crate) use schema::{Searched, folder_key};
pub(crate) use word_info::WordInfo;
