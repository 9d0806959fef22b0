//! The library and the templates → the pages of the site.
//!
//! Pages are independent of each other, so they are rendered on all cores and handed to a [`PageSink`] as they are
//! done: a site of ten thousand pages is never held in memory. Nothing is decided here; the library knows what is
//! published and where it leads, and the templates know how it looks.

mod address;
mod body;
mod code;
mod contents;
mod context;
mod drawing;
mod embed;
mod entries;
mod feeds;
mod files;
mod graph;
mod highlight;
mod json;
mod navigation;
mod pages;
mod picture;
mod previews;
mod quotations;
#[cfg(test)]
mod reference;
mod strings;
mod template_faults;
mod templates;
mod variables;

use std::io;

use crate::config::Config;
use crate::library::Library;

pub use code::COUNTS;
pub use drawing::words as words_of_drawings;
pub use highlight::CodeMemory;
pub use templates::{StaticFile, TemplateError, Theme};

/// Where finished pages go.
pub trait PageSink: Sync {
    /// Takes a page; `path` is relative to the site's root, with `/`.
    fn page(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
}

/// Why rendering stopped.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("{path}: {source}")]
    Write { path: String, source: io::Error },
}

/// Everything pages are made from.
pub struct Rendering<'a> {
    pub library: &'a Library,
    pub theme: &'a Theme,
    pub config: &'a Config,
    /// The site's title.
    pub title: &'a str,
    /// Highlights code.
    pub code: &'a CodeMemory,
}

/// The name and version that pages carry.
pub const GENERATOR: &str = concat!("seoga ", env!("CARGO_PKG_VERSION"));
