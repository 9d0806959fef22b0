//! Each kind of page: what it is given, and which template makes it.

use rayon::prelude::*;
use tera::Context;

use super::address::{absolute, relative, root};
use super::body::{self, Surroundings};
use super::context::*;
use super::navigation::{self, Place};
use super::{PageSink, RenderError, Rendering, Theme, feeds};
use crate::config::Config;
use crate::library::{Entry, FolderId, Folders, Library, NoteId, Tag};
use crate::markdown::Heading;
use crate::source::Date;
use crate::source::names::is_path_alias;

/// Syllables a reader of Korean takes in within a minute.
const CHARACTERS_A_MINUTE: usize = 500;
/// Tags on the home page.
const TOP_TAGS: usize = 24;

/// Tags, all notes, not found, feeds.
const OTHER_PAGES: usize = 4;

impl Theme {
    /// Sets what every page of the site sees.
    pub fn set_site(&mut self, config: &Config, title: &str, library: &Library) {
        let site = SiteContext {
            title: title.to_owned(),
            description: config.description.clone(),
            language: config.language.tag().to_owned(),
            author: config.author.clone(),
            base_url: config.base_url.clone(),
            note_count: library.notes.len(),
            tag_count: library.tags.len(),
        };
        let strings = self.strings.clone();
        self.set_global("site", &site);
        self.set_global("ui", &strings);
        self.set_global("generator", &super::GENERATOR);
    }
}

impl Rendering<'_> {
    /// Jobs that [`Self::all`] will report as done.
    pub fn page_count(&self) -> usize {
        let library = self.library;
        let notes = library.notes.iter().filter(|note| !note.is_index).count();
        notes + library.folders.len() + library.tags.len() + library.redirects.len() + OTHER_PAGES
    }

    /// Renders every page; `done` is called once for each. Returns how many there were.
    pub fn all(&self, sink: &dyn PageSink, done: &(dyn Fn() + Sync)) -> Result<usize, RenderError> {
        enum Job<'a> {
            Note(NoteId),
            Folder(FolderId),
            Tag(&'a Tag),
            Tags,
            Notes,
            NotFound,
            Feeds,
            Redirect(&'a str, NoteId),
        }
        let library = self.library;
        let notes = library.notes.iter().enumerate().filter(|(_, note)| !note.is_index);
        let mut jobs: Vec<Job<'_>> = notes.map(|(index, _)| Job::Note(NoteId(index))).collect();
        jobs.extend(library.folders.iter().map(|(id, _)| Job::Folder(id)));
        jobs.extend(library.tags.iter().map(Job::Tag));
        jobs.extend(library.redirects.iter().map(|(from, to)| Job::Redirect(from, *to)));
        jobs.extend([Job::Tags, Job::Notes, Job::NotFound, Job::Feeds]);
        let results: Vec<Result<usize, RenderError>> = jobs
            .par_iter()
            .map(|job| {
                let count = match job {
                    Job::Note(id) => self.note(*id, sink),
                    Job::Folder(id) => self.folder(*id, sink),
                    Job::Tag(tag) => self.tag(tag, sink),
                    Job::Tags => self.tags(sink),
                    Job::Notes => self.notes(sink),
                    Job::NotFound => self.not_found(sink),
                    Job::Feeds => self.feeds(sink),
                    Job::Redirect(from, to) => self.redirect(from, *to, sink),
                };
                done();
                count
            })
            .collect();
        // The first fault in page order, whichever thread met one first.
        results.into_iter().sum()
    }

    fn note(&self, id: NoteId, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let entry = self.library.note(id);
        let url = &entry.url;
        let mut context = self.page("note", &entry.title, self.description(entry), url, Place::Note(id));
        context.insert("note", &self.note_context(id, url));
        self.write("note.html", &context, url, &entry.note.path, sink)
    }

    fn folder(&self, id: FolderId, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let folder = self.library.folders.get(id);
        let url = &folder.url;
        let is_home = id == Folders::ROOT;
        let title = if is_home && folder.title.is_empty() { self.title } else { &folder.title };
        let place = Place::Folder(id);
        let note = folder.index.map(|index| self.note_context(index, url));
        let description = folder.index.and_then(|index| self.description(self.library.note(index)));
        let kind = if is_home { "home" } else { "folder" };
        let description = if is_home { self.config.description.clone().or(description) } else { description };
        let mut context = self.page(kind, title, description, url, place);
        context.insert(
            "folder",
            &FolderContext {
                title: title.to_owned(),
                url: relative(url, url),
                html: note.as_ref().map(|note| note.html.clone()),
                show_toc: note.as_ref().is_some_and(|note| note.show_toc),
                toc: note.as_ref().map(|note| note.toc.clone()).unwrap_or_default(),
                note,
                folders: folder.folders.iter().map(|id| self.folder_entry(*id, url)).collect(),
                notes: folder.notes.iter().map(|id| self.card(self.library.note(*id), url)).collect(),
                breadcrumbs: navigation::breadcrumbs(self.library, url, place, self.home_title()),
            },
        );
        if is_home {
            context.insert("newest", &self.newest(url));
            context.insert("tree", &navigation::tree(self.library, url));
            context.insert("top_tags", &self.top_tags(url));
        }
        let page = folder.index.map_or(url, |index| &self.library.note(index).note.path);
        self.write(if is_home { "home.html" } else { "folder.html" }, &context, url, page, sink)
    }

    fn tag(&self, tag: &Tag, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &tag.url;
        let mut parents: Vec<&Tag> = std::iter::successors(tag.parent, |at| self.library.tags.get(*at)?.parent)
            .filter_map(|at| self.library.tags.get(at))
            .collect();
        parents.reverse();
        let mut context = self.page("tag", &format!("#{}", tag.name), None, url, Place::Elsewhere);
        context.insert(
            "tag",
            &TagContext {
                name: tag.name.clone(),
                note_count: tag.notes.len(),
                parents: parents
                    .into_iter()
                    .map(|above| TagLinkContext { name: above.name.clone(), url: relative(url, &above.url) })
                    .collect(),
                children: tag
                    .children
                    .iter()
                    .filter_map(|at| Some(tag_entry(self.library.tags.get(*at)?, url)))
                    .collect(),
                notes: tag.notes.iter().map(|id| self.card(self.library.note(*id), url)).collect(),
            },
        );
        self.write("tag.html", &context, url, url, sink)
    }

    fn tags(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &self.library.pages.tags;
        let mut context = self.page("tags", self.string("tags"), None, url, Place::Elsewhere);
        context.insert("tags", &self.library.tags.iter().map(|tag| tag_entry(tag, url)).collect::<Vec<_>>());
        self.write("tags.html", &context, url, url, sink)
    }

    fn notes(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &self.library.pages.notes;
        let mut groups: Vec<(FolderId, GroupContext)> = Vec::new();
        for (id, folder) in self.library.folders.iter() {
            let introduction = folder.index.into_iter();
            let notes: Vec<_> = introduction
                .chain(folder.notes.iter().copied())
                .map(|id| self.card(self.library.note(id), url))
                .collect();
            if notes.is_empty() {
                continue;
            }
            let titles: Vec<_> = (self.library.folders.above(id).into_iter().skip(1).chain([id]))
                .map(|id| self.library.folders.get(id).title.as_str())
                .collect();
            let title = if id == Folders::ROOT { self.home_title().to_owned() } else { titles.join(" / ") };
            groups.push((id, GroupContext { title, url: Some(relative(url, &folder.url)), notes }));
        }
        groups.sort_by(|(a, _), (b, _)| {
            let path = |id: &FolderId| self.library.folders.get(*id).path.as_str();
            crate::library::natural_order(path(a), path(b))
        });
        let groups: Vec<_> = groups.into_iter().map(|(_, group)| group).collect();
        let mut context = self.page("notes", self.string("all_notes"), None, url, Place::Elsewhere);
        context.insert("groups", &groups);
        self.write("notes.html", &context, url, url, sink)
    }

    fn not_found(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &self.library.pages.not_found;
        let mut context = self.page("404", self.string("not_found"), None, url, Place::Elsewhere);
        // A server shows this page at addresses of any depth, where only links from the site's own root arrive.
        if let Some(base) = &self.config.base_url {
            let root = base.splitn(4, '/').nth(3).map_or_else(|| "/".to_owned(), |path| format!("/{path}"));
            let mut page = self.page_context("404", self.string("not_found"), None, url);
            for address in [&mut page.home_url, &mut page.notes_url, &mut page.tags_url] {
                *address = format!("{root}{address}");
            }
            page.feed_url = page.feed_url.map(|address| format!("{root}{address}"));
            context.insert("page", &page);
            context.insert("navigation", &Vec::<TreeContext>::new());
            context.insert("root", &root);
        }
        self.write("404.html", &context, url, url, sink)
    }

    fn redirect(&self, from: &str, to: NoteId, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let entry = self.library.note(to);
        let mut context = Context::new();
        context.insert("target", &relative(from, &entry.url));
        context.insert("canonical", &self.config.base_url.as_deref().map(|base| absolute(base, &entry.url)));
        self.write("redirect.html", &context, from, &entry.note.path, sink)
    }

    fn feeds(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(base_url) = self.config.base_url.as_deref() else { return Ok(0) };
        let mut count = 0;
        if let Some(path) = &self.library.pages.feed {
            let mut context = Context::new();
            context.insert("feed", &feeds::feed(self.library, self.config, self.title, base_url, path));
            count += self.write("atom.xml", &context, path, path, sink)?;
        }
        if let Some(path) = &self.library.pages.sitemap {
            let mut context = Context::new();
            context.insert("pages", &feeds::sitemap(self.library, &self.library.pages, base_url));
            count += self.write("sitemap.xml", &context, path, path, sink)?;
        }
        Ok(count)
    }

    fn write(
        &self,
        template: &str,
        context: &Context,
        url: &str,
        page: &str,
        sink: &dyn PageSink,
    ) -> Result<usize, RenderError> {
        let html = self.theme.render(template, context, page)?;
        sink.page(url, html.as_bytes()).map_err(|source| RenderError::Write { path: url.to_owned(), source })?;
        Ok(1)
    }

    fn page(&self, kind: &'static str, title: &str, description: Option<String>, url: &str, place: Place) -> Context {
        let mut context = Context::new();
        let mut page = self.page_context(kind, title, description, url);
        // A note may be in another language than its site.
        let shown = match place {
            Place::Note(note) => Some(note),
            Place::Folder(folder) => self.library.folders.get(folder).index,
            Place::Elsewhere => None,
        };
        if let Some(language) = shown.and_then(|note| self.library.note(note).note.metadata.lang.clone()) {
            page.language = language;
        }
        context.insert("page", &page);
        context.insert("root", &root(url));
        context.insert("navigation", &navigation::sidebar(self.library, url, place));
        context
    }

    fn page_context(&self, kind: &'static str, title: &str, description: Option<String>, url: &str) -> PageContext {
        PageContext {
            kind,
            title: title.to_owned(),
            description,
            url: url.to_owned(),
            canonical: self.config.base_url.as_deref().map(|base| absolute(base, url)),
            language: self.config.language.tag().to_owned(),
            home_url: relative(url, &self.library.folders.get(Folders::ROOT).url),
            notes_url: relative(url, &self.library.pages.notes),
            tags_url: relative(url, &self.library.pages.tags),
            feed_url: self.library.pages.feed.as_deref().map(|feed| relative(url, feed)),
        }
    }

    fn note_context(&self, id: NoteId, url: &str) -> NoteContext {
        let entry = self.library.note(id);
        let metadata = &entry.note.metadata;
        let surroundings =
            Surroundings { library: self.library, language: self.config.language, toc_depth: self.config.toc_depth };
        // VuePress counts the levels below the title: `sidebarDepth: 1` shows `##`, 0 no contents at all.
        let sidebar_depth = metadata.sidebar_depth.map(|depth| depth.saturating_add(1));
        let depth = metadata.toc_depth.or(sidebar_depth).unwrap_or(self.config.toc_depth);
        let folder = self.library.folders.get(entry.folder);
        let neighbour = |place: Option<usize>| {
            let note = self.library.note(*folder.notes.get(place.filter(|_| !entry.is_index)?)?);
            Some(LinkContext { title: note.title.clone(), url: relative(url, &note.url) })
        };
        let place = if entry.is_index { Place::Folder(entry.folder) } else { Place::Note(id) };
        let characters: usize =
            entry.document.sections.iter().map(|s| s.text.chars().filter(|c| !c.is_whitespace()).count()).sum();
        let toc = toc(&entry.document.headings, depth);
        NoteContext {
            title: entry.title.clone(),
            title_id: entry.document.title_id.clone(),
            html: body::fill(entry, url, &surroundings),
            description: metadata.description.clone(),
            date: metadata.date.as_ref().map(Date::to_string),
            updated: metadata.updated.as_ref().map(Date::to_string),
            tags: self.tag_links(entry, url),
            aliases: metadata.aliases.iter().filter(|alias| !is_path_alias(alias)).cloned().collect(),
            reading_minutes: characters.div_ceil(CHARACTERS_A_MINUTE).max(1),
            author: (!metadata.authors.is_empty()).then(|| metadata.authors.join(", ")),
            source_path: entry.note.path.clone(),
            show_toc: metadata.toc.unwrap_or(true)
                && entry.document.headings.iter().filter(|h| h.level <= depth).count() > 1,
            toc,
            breadcrumbs: navigation::breadcrumbs(self.library, url, place, self.home_title()),
            folder: LinkContext {
                title: if entry.folder == Folders::ROOT { self.home_title().to_owned() } else { folder.title.clone() },
                url: relative(url, &folder.url),
            },
            previous: neighbour(entry.place.checked_sub(1)),
            next: neighbour(Some(entry.place + 1)),
            backlinks: entry.backlinks.iter().map(|from| self.backlink(*from, url)).collect(),
            draft: metadata.draft,
            categories: metadata.categories.clone(),
            keywords: metadata.keywords.clone(),
            series: metadata.series.clone(),
            layout: metadata.layout.clone(),
            cover: body::cover(entry, url, &surroundings),
            extra: metadata.extra.clone().into_iter().collect(),
            css_classes: metadata.css_classes.clone(),
        }
    }

    fn backlink(&self, from: NoteId, url: &str) -> BacklinkContext {
        let entry = self.library.note(from);
        let folder = self.library.folders.get(entry.folder);
        BacklinkContext {
            title: entry.title.clone(),
            url: relative(url, &entry.url),
            folder_title: (entry.folder != Folders::ROOT).then(|| folder.title.clone()),
        }
    }

    fn card(&self, entry: &Entry, url: &str) -> CardContext {
        let metadata = &entry.note.metadata;
        CardContext {
            title: entry.title.clone(),
            url: relative(url, &entry.url),
            date: metadata.date.as_ref().map(Date::to_string),
            updated: metadata.updated.as_ref().map(Date::to_string),
            description: self.description(entry),
            tags: self.tag_links(entry, url),
            folder_title: (entry.folder != Folders::ROOT).then(|| self.library.folders.get(entry.folder).title.clone()),
        }
    }

    fn folder_entry(&self, id: FolderId, url: &str) -> FolderEntryContext {
        let folder = self.library.folders.get(id);
        FolderEntryContext {
            title: folder.title.clone(),
            url: relative(url, &folder.url),
            note_count: folder.note_count,
        }
    }

    fn tag_links(&self, entry: &Entry, url: &str) -> Vec<TagLinkContext> {
        let tags = entry.note.metadata.tags.iter().filter_map(|name| self.library.tags.named(name));
        tags.map(|tag| TagLinkContext { name: tag.name.clone(), url: relative(url, &tag.url) }).collect()
    }

    fn description(&self, entry: &Entry) -> Option<String> {
        entry.note.metadata.description.clone().or_else(|| entry.document.excerpt.clone())
    }

    /// The notes last written or changed; a note without a date is no news.
    fn newest(&self, url: &str) -> Vec<CardContext> {
        let newest = feeds::by_date(self.library);
        newest.into_iter().take(self.config.newest).map(|entry| self.card(entry, url)).collect()
    }

    fn top_tags(&self, url: &str) -> Vec<TagEntryContext> {
        let mut tags: Vec<&Tag> = self.library.tags.iter().collect();
        // Stable: tags of equal weight stay in reading order.
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.notes.len()));
        tags.into_iter().take(TOP_TAGS).map(|tag| tag_entry(tag, url)).collect()
    }

    fn home_title(&self) -> &str {
        self.string("home")
    }

    fn string(&self, name: &'static str) -> &str {
        self.theme.strings.get(name).map_or(name, String::as_str)
    }
}

fn tag_entry(tag: &Tag, url: &str) -> TagEntryContext {
    TagEntryContext {
        name: tag.name.clone(),
        label: tag.label().to_owned(),
        url: relative(url, &tag.url),
        note_count: tag.notes.len(),
        depth: tag.depth(),
    }
}

/// Headings nested by level; a level that is skipped leaves no gap.
fn toc(headings: &[Heading], depth: u8) -> Vec<TocContext> {
    let mut root: Vec<TocContext> = Vec::new();
    for heading in headings.iter().filter(|heading| heading.level <= depth) {
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
