//! What templates are given: the shapes, in the order a template author meets them.
//!
//! Every `url` is relative to the page being rendered and ready to stand in an attribute. What may be absent is null,
//! never missing, so that a misspelt name is an error and an absent date is not.

use std::collections::BTreeMap;

use serde::Serialize;

/// The site, the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteContext {
    pub title: String,
    pub description: Option<String>,
    /// `ko` or `en`.
    pub language: String,
    pub author: Option<String>,
    /// With a slash at its end.
    pub base_url: Option<String>,
    pub note_count: usize,
    pub tag_count: usize,
}

/// The page, whatever it shows.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    /// `note`, `folder`, `home`, `tags`, `tag`, `notes` or `404`.
    pub kind: &'static str,
    pub title: String,
    pub description: Option<String>,
    /// From the site's root, not encoded.
    pub url: String,
    /// Absolute; null without `base_url`.
    pub canonical: Option<String>,
    pub language: String,
    pub home_url: String,
    pub notes_url: String,
    pub tags_url: String,
    pub feed_url: Option<String>,
}

/// A title and where it leads.
#[derive(Clone, Debug, Serialize)]
pub struct LinkContext {
    pub title: String,
    pub url: String,
}

/// A tag as it stands beside a note.
#[derive(Clone, Debug, Serialize)]
pub struct TagLinkContext {
    pub name: String,
    pub url: String,
}

/// A tag in a list of tags.
#[derive(Clone, Debug, Serialize)]
pub struct TagEntryContext {
    pub name: String,
    /// The last part of a nested name.
    pub label: String,
    pub url: String,
    pub note_count: usize,
    pub depth: usize,
}

/// A note in a list of notes.
#[derive(Clone, Debug, Serialize)]
pub struct CardContext {
    pub title: String,
    pub url: String,
    /// `2026-03-01`.
    pub date: Option<String>,
    pub updated: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<TagLinkContext>,
    pub folder_title: Option<String>,
}

/// An entry of a table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocContext {
    pub id: String,
    pub title: String,
    pub level: u8,
    pub children: Vec<TocContext>,
}

/// A note that links to the one shown.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkContext {
    pub title: String,
    pub url: String,
    pub folder_title: Option<String>,
}

/// The note shown.
#[derive(Clone, Debug, Serialize)]
pub struct NoteContext {
    pub title: String,
    /// The id of the heading that became the title, so that links to it still arrive.
    pub title_id: Option<String>,
    /// Safe HTML, without the title.
    pub html: String,
    pub description: Option<String>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub tags: Vec<TagLinkContext>,
    pub aliases: Vec<String>,
    /// At least 1.
    pub reading_minutes: usize,
    pub author: Option<String>,
    /// The file, from the site's root.
    pub source_path: String,
    pub show_toc: bool,
    pub toc: Vec<TocContext>,
    pub breadcrumbs: Vec<LinkContext>,
    pub folder: LinkContext,
    pub previous: Option<LinkContext>,
    pub next: Option<LinkContext>,
    pub backlinks: Vec<BacklinkContext>,
    pub draft: bool,
    pub categories: Vec<String>,
    pub keywords: Vec<String>,
    pub series: Option<String>,
    pub layout: Option<String>,
    /// The address of the cover picture.
    pub cover: Option<String>,
    /// Front matter that seoga itself has no use for.
    pub extra: BTreeMap<String, serde_json::Value>,
    pub css_classes: Vec<String>,
}

/// The folder shown. `html`, `toc` and `note` come from its introduction.
#[derive(Clone, Debug, Serialize)]
pub struct FolderContext {
    pub title: String,
    pub url: String,
    pub html: Option<String>,
    pub show_toc: bool,
    pub toc: Vec<TocContext>,
    pub note: Option<NoteContext>,
    pub folders: Vec<FolderEntryContext>,
    pub notes: Vec<CardContext>,
    pub breadcrumbs: Vec<LinkContext>,
}

/// A folder in a list of folders.
#[derive(Clone, Debug, Serialize)]
pub struct FolderEntryContext {
    pub title: String,
    pub url: String,
    pub note_count: usize,
}

/// An entry of a tree: the sidebar's, or the home page's.
#[derive(Clone, Debug, Serialize)]
pub struct TreeContext {
    pub title: String,
    pub url: String,
    /// `folder`, `note`, or `more` for the rest of a long folder.
    pub kind: &'static str,
    pub current: bool,
    pub open: bool,
    pub note_count: Option<usize>,
    pub children: Vec<TreeContext>,
}

/// The tag shown.
#[derive(Clone, Debug, Serialize)]
pub struct TagContext {
    pub name: String,
    pub note_count: usize,
    pub parents: Vec<TagLinkContext>,
    pub children: Vec<TagEntryContext>,
    pub notes: Vec<CardContext>,
}

/// Notes of one folder in the list of all notes.
#[derive(Clone, Debug, Serialize)]
pub struct GroupContext {
    pub title: String,
    pub url: Option<String>,
    pub notes: Vec<CardContext>,
}

/// The feed; every address in it is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct FeedContext {
    pub title: String,
    pub subtitle: Option<String>,
    pub id: String,
    /// RFC 3339.
    pub updated: String,
    pub self_url: String,
    pub home_url: String,
    pub author: Option<String>,
    pub entries: Vec<FeedEntryContext>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedEntryContext {
    pub title: String,
    pub url: String,
    pub id: String,
    pub updated: String,
    pub published: Option<String>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
}

/// A page in the sitemap; the address is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntryContext {
    pub url: String,
    pub lastmod: Option<String>,
}
