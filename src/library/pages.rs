//! The pages that belong to no note.

use super::Library;
use crate::config::Config;

/// Addresses of the pages that belong to no note.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub notes: String,
    pub tags: String,
    pub search: String,
    /// Where a note has a category.
    pub categories: Option<String>,
    /// Where a note is part of a series.
    pub series: Option<String>,
    /// Where a note has a date.
    pub recent: Option<String>,
    /// Where a note explains a term.
    pub glossary: Option<String>,
    pub not_found: String,
    /// Only where notes are linked to each other.
    pub graph: Option<String>,
    pub feed: Option<String>,
    pub sitemap: Option<String>,
}

impl Pages {
    /// Claims the addresses; a note or asset that has one keeps it.
    pub(super) fn claim(library: &mut Library, config: &Config) -> Self {
        let dated = library.notes.iter().any(|entry| !entry.is_index && entry.newest_date().is_some());
        let has_graph = !library.graph.is_empty();
        let addresses = &mut library.addresses;
        let mut claim = |path: &str| addresses.claim_generated(path, "seoga");
        Self {
            notes: claim("notes.html"),
            tags: claim("tags/index.html"),
            search: claim("search.html"),
            categories: (!library.categories.is_empty()).then(|| claim("categories/index.html")),
            series: (!library.series.is_empty()).then(|| claim("series/index.html")),
            recent: dated.then(|| claim("recent.html")),
            glossary: (!library.glossary.is_empty()).then(|| claim("glossary.html")),
            not_found: claim("404.html"),
            graph: has_graph.then(|| claim("graph.html")),
            feed: config.base_url.is_some().then(|| claim("atom.xml")),
            sitemap: config.base_url.is_some().then(|| claim("sitemap.xml")),
        }
    }

    /// Those that a reader may want to find, for the sitemap.
    pub fn for_readers(&self) -> impl Iterator<Item = &str> {
        let where_used = [&self.categories, &self.series, &self.recent, &self.glossary].into_iter().flatten();
        [&self.notes, &self.tags].into_iter().chain(where_used).map(String::as_str)
    }
}
