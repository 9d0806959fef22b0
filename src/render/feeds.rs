//! The Atom feed and the sitemap, for sites that have an address.

use super::address::absolute;
use super::context::{FeedContext, FeedEntryContext, SitemapEntryContext};
use crate::config::Config;
use crate::library::{Entry, Library, Pages};
use crate::source::Date;

/// Entries in the feed.
const FEED_LENGTH: usize = 30;

/// Notes that have a date, the newest first; notes of one date in path order.
pub fn by_date(library: &Library) -> Vec<&Entry> {
    let mut dated: Vec<&Entry> =
        library.notes.iter().filter(|entry| !entry.is_index && entry.newest_date().is_some()).collect();
    dated.sort_by(|a, b| b.newest_date().cmp(&a.newest_date()));
    dated
}

pub fn feed(library: &Library, config: &Config, title: &str, base_url: &str, path: &str) -> FeedContext {
    let newest = by_date(library);
    let entries: Vec<FeedEntryContext> = newest
        .into_iter()
        .take(FEED_LENGTH)
        .filter_map(|entry| {
            let metadata = &entry.note.metadata;
            let url = absolute(base_url, &entry.url);
            Some(FeedEntryContext {
                title: entry.title.clone(),
                id: url.clone(),
                url,
                updated: entry.newest_date()?.rfc3339(),
                published: metadata.date.as_ref().map(Date::rfc3339),
                summary: metadata.description.clone().or_else(|| entry.document.excerpt.clone()),
                tags: entry.tags.clone(),
            })
        })
        .collect();
    FeedContext {
        title: title.to_owned(),
        subtitle: config.description.clone(),
        id: base_url.to_owned(),
        // A feed must say when it changed, and no clock may: the newest note's date, or the epoch of an undated site.
        updated: entries.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |entry| entry.updated.clone()),
        self_url: absolute(base_url, path),
        home_url: base_url.to_owned(),
        author: config.author.clone(),
        entries,
    }
}

/// Every page that a search engine should know.
pub fn sitemap(library: &Library, pages: &Pages, base_url: &str) -> Vec<SitemapEntryContext> {
    let folders = library.folders.iter().map(|(_, folder)| {
        let note = folder.index.map(|index| library.note(index));
        (folder.url.as_str(), note.and_then(Entry::newest_date))
    });
    let notes =
        library.notes.iter().filter(|entry| !entry.is_index).map(|entry| (entry.url.as_str(), entry.newest_date()));
    let terms = library.tags.iter().chain(library.categories.iter()).map(|term| (term.url.as_str(), None));
    let series = library.series.iter().map(|series| (series.url.as_str(), None));
    let others = pages.for_readers().map(|url| (url, None));
    let mut entries: Vec<_> = folders.chain(notes).chain(terms).chain(series).chain(others).collect();
    entries.sort_by_key(|(url, _)| *url);
    entries
        .into_iter()
        .map(|(url, date)| SitemapEntryContext { url: absolute(base_url, url), lastmod: date.map(Date::to_string) })
        .collect()
}
