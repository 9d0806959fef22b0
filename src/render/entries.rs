//! Notes, folders and tags as templates see them: library entries → the shapes of [`context`](super::context).

use super::address::relative;
use super::body::{self, Surroundings};
use super::context::*;
use super::navigation::{self, Place};
use super::{Rendering, feeds};
use crate::library::{Entry, FolderId, Folders, NoteId, Taxonomy, Term};
use crate::markdown::Heading;
use crate::source::Date;
use crate::source::names::is_path_alias;

/// Syllables a reader of Korean takes in within a minute.
const CHARACTERS_A_MINUTE: usize = 500;
/// Tags on the home page.
const TOP_TAGS: usize = 24;

impl Rendering<'_> {
    pub(super) fn note_context(&self, id: NoteId, url: &str) -> NoteContext {
        let entry = self.library.note(id);
        let metadata = &entry.note.metadata;
        let surroundings = Surroundings::of(self);
        // VuePress counts the levels below the title: `sidebarDepth: 1` shows `##`, 0 no contents at all.
        let sidebar_depth = metadata.sidebar_depth.map(|depth| depth.saturating_add(1));
        let depth = metadata.toc_depth.or(sidebar_depth).unwrap_or(self.config.toc_depth);
        let folder = self.library.folders.get(entry.folder);
        let neighbours = self.neighbours(entry, url);
        let place = if entry.is_index { Place::Folder(entry.folder) } else { Place::Note(id) };
        let characters: usize =
            entry.document.sections.iter().map(|s| s.text.chars().filter(|c| !c.is_whitespace()).count()).sum();
        let toc = toc(&entry.document.headings, depth);
        let (html, leads) = body::fill(entry, url, &surroundings);
        let linking = entry.backlinks.iter().map(|link| &link.from);
        let named = entry.related.iter().map(|related| &related.note).chain(entry.mentions.iter().map(|one| &one.from));
        let around = linking.chain(self.library.graph.neighbours(id)).chain(named);
        let around = around.map(|note| self.lead_to(self.library.note(*note), url));
        let previews = self.previews(leads.into_iter().chain(around));
        NoteContext {
            title: entry.title.clone(),
            title_id: entry.document.title_id.clone(),
            html,
            description: metadata.description.clone(),
            date: metadata.date.as_ref().map(Date::to_string),
            updated: metadata.updated.as_ref().map(Date::to_string),
            tags: term_links(&entry.tags, &self.library.tags, url),
            aliases: metadata.aliases.iter().filter(|alias| !is_path_alias(alias)).cloned().collect(),
            reading_minutes: characters.div_ceil(CHARACTERS_A_MINUTE).max(1),
            author: (!metadata.authors.is_empty()).then(|| metadata.authors.join(", ")),
            source_path: entry.note.path.clone(),
            show_toc: metadata.toc.unwrap_or(true)
                && entry.document.headings.iter().filter(|h| h.listed && h.level <= depth).count() > 1,
            toc,
            breadcrumbs: navigation::breadcrumbs(self.library, url, place, self.home_title()),
            folder: LinkContext {
                title: if entry.folder == Folders::ROOT { self.home_title().to_owned() } else { folder.title.clone() },
                url: relative(url, &folder.url),
            },
            previous: neighbours.previous,
            next: neighbours.next,
            previous_next_series: neighbours.series,
            backlinks: self.backlinks(entry, url),
            mentions: self.mentions(entry, url),
            related: self.related(entry, url),
            neighbourhood: self.neighbourhood(id, url),
            properties: body::properties(entry, url, &surroundings),
            draft: metadata.draft,
            categories: term_links(&metadata.categories, &self.library.categories, url),
            keywords: metadata.keywords.clone(),
            series: self.series_of(entry, url),
            layout: metadata.layout.clone(),
            cover: body::cover(entry, url, &surroundings),
            extra: metadata.extra.clone().into_iter().collect(),
            css_classes: metadata.css_classes.clone(),
            previews,
        }
    }

    /// The path, without its ending, of a note whose title another note has too.
    pub(super) fn told_apart_by(&self, entry: &Entry) -> Option<String> {
        entry.has_namesake.then(|| entry.note.name.rsplit_once('.').map_or("", |(path, _)| path).to_owned())
    }

    fn related(&self, entry: &Entry, url: &str) -> Vec<RelatedContext> {
        let link = |id: &NoteId| {
            let note = self.library.note(*id);
            LinkContext { title: note.title.clone(), url: relative(url, &note.url) }
        };
        let related = entry.related.iter().map(|related| {
            let path = self.told_apart_by(self.library.note(related.note));
            let LinkContext { title, url: to } = link(&related.note);
            let tags = related.tags.iter().filter_map(|name| self.library.tags.named(name));
            RelatedContext {
                title,
                url: to,
                path,
                words: related.words.clone(),
                tags: tags.map(|tag| TagLinkContext { name: tag.name.clone(), url: relative(url, &tag.url) }).collect(),
                targets: related.targets.iter().map(link).collect(),
                linked: related.linked,
            }
        });
        related.collect()
    }

    pub(super) fn card(&self, entry: &Entry, url: &str) -> CardContext {
        let metadata = &entry.note.metadata;
        CardContext {
            title: entry.title.clone(),
            url: relative(url, &entry.url),
            date: metadata.date.as_ref().map(Date::to_string),
            updated: metadata.updated.as_ref().map(Date::to_string),
            description: self.description(entry),
            tags: term_links(&entry.tags, &self.library.tags, url),
            folder_title: (entry.folder != Folders::ROOT).then(|| self.library.folders.get(entry.folder).title.clone()),
        }
    }

    pub(super) fn folder_entry(&self, id: FolderId, url: &str) -> FolderEntryContext {
        let folder = self.library.folders.get(id);
        FolderEntryContext {
            title: folder.title.clone(),
            url: relative(url, &folder.url),
            note_count: folder.note_count,
        }
    }

    pub(super) fn description(&self, entry: &Entry) -> Option<String> {
        entry.note.metadata.description.clone().or_else(|| entry.document.excerpt.clone())
    }

    /// The notes last written or changed; a note without a date is no news.
    pub(super) fn newest(&self, url: &str) -> Vec<CardContext> {
        let newest = feeds::by_date(self.library);
        newest.into_iter().take(self.config.newest).map(|entry| self.card(entry, url)).collect()
    }

    pub(super) fn top_tags(&self, url: &str) -> Vec<TagEntryContext> {
        let mut tags: Vec<&Term> = self.library.tags.iter().collect();
        // Stable: tags of equal weight stay in reading order.
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.notes.len()));
        tags.into_iter().take(TOP_TAGS).map(|tag| term_entry(tag, url)).collect()
    }
}

/// A tag or category in a list.
pub fn term_entry(term: &Term, url: &str) -> TagEntryContext {
    TagEntryContext {
        name: term.name.clone(),
        label: term.label().to_owned(),
        url: relative(url, &term.url),
        note_count: term.notes.len(),
        depth: term.depth(),
    }
}

/// A note's tags or categories, in the spelling most notes use.
fn term_links(names: &[String], taxonomy: &Taxonomy, url: &str) -> Vec<TagLinkContext> {
    let terms = names.iter().filter_map(|name| taxonomy.named(name));
    terms.map(|term| TagLinkContext { name: term.name.clone(), url: relative(url, &term.url) }).collect()
}

/// Headings nested by level; a level that is skipped leaves no gap.
fn toc(headings: &[Heading], depth: u8) -> Vec<TocContext> {
    let mut root: Vec<TocContext> = Vec::new();
    for heading in headings.iter().filter(|heading| heading.listed && heading.level <= depth) {
        let mut list = &mut root;
        while list.last().is_some_and(|last| last.level < heading.level) {
            let last = list.len() - 1;
            list = &mut list[last].children;
        }
        list.push(TocContext {
            id: heading.id.clone(),
            title: heading.title.clone(),
            level: heading.level,
            children: Vec::new(),
        });
    }
    root
}
