//! The pages that belong to no note.

use super::Addresses;
use crate::config::Config;

/// Addresses of the pages that belong to no note.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub notes: String,
    pub tags: String,
    pub not_found: String,
    /// Only where notes are linked to each other.
    pub graph: Option<String>,
    pub feed: Option<String>,
    pub sitemap: Option<String>,
}

impl Pages {
    /// Claims the addresses; a note or asset that has one keeps it.
    pub fn claim(addresses: &mut Addresses, config: &Config, has_graph: bool) -> Self {
        let mut claim = |path: &str| addresses.claim_generated(path, "seoga");
        Self {
            notes: claim("notes.html"),
            tags: claim("tags/index.html"),
            not_found: claim("404.html"),
            graph: has_graph.then(|| claim("graph.html")),
            feed: config.base_url.is_some().then(|| claim("atom.xml")),
            sitemap: config.base_url.is_some().then(|| claim("sitemap.xml")),
        }
    }
}
