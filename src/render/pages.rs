//! Each kind of page: what it is given, and which template makes it.

use rayon::prelude::*;
use tera::Context;

use super::address::{absolute, relative, root};
use super::context::*;
use super::entries::tag_entry;
use super::navigation::{self, Place};
use super::{PageSink, RenderError, Rendering, Theme, feeds};
use crate::config::Config;
use crate::library::{FolderId, Folders, Library, NoteId, Tag};

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
        let graph = usize::from(library.pages.graph.is_some());
        graph + notes + library.folders.len() + library.tags.len() + library.redirects.len() + OTHER_PAGES
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
            Graph,
            Redirect(&'a str, NoteId),
        }
        let library = self.library;
        let notes = library.notes.iter().enumerate().filter(|(_, note)| !note.is_index);
        // The graph takes the longest and is begun first.
        let mut jobs: Vec<Job<'_>> = library.pages.graph.iter().map(|_| Job::Graph).collect();
        jobs.extend(notes.map(|(index, _)| Job::Note(NoteId(index))));
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
                    Job::Graph => self.graph(sink),
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
        let note = self.note_context(id, url);
        context.insert("previews", &note.previews);
        context.insert("note", &note);
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
        context.insert("previews", &note.as_ref().and_then(|note| note.previews.clone()));
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
        let mut groups: Vec<GroupContext> = Vec::new();
        for id in self.library.folders.in_reading_order() {
            let folder = self.library.folders.get(id);
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
            groups.push(GroupContext { title, url: Some(relative(url, &folder.url)), notes });
        }
        let mut context = self.page("notes", self.string("all_notes"), None, url, Place::Elsewhere);
        context.insert("groups", &groups);
        let notes = self.library.folders.in_reading_order().into_iter().flat_map(|id| {
            let folder = self.library.folders.get(id);
            folder.index.into_iter().chain(folder.notes.iter().copied())
        });
        context.insert("previews", &self.previews(notes.map(|id| self.lead_to(self.library.note(id), url))));
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
            for address in [&mut page.feed_url, &mut page.graph_url] {
                *address = address.take().map(|address| format!("{root}{address}"));
            }
            context.insert("page", &page);
            context.insert("navigation", &Vec::<TreeContext>::new());
            context.insert("root", &root);
        }
        self.write("404.html", &context, url, url, sink)
    }

    fn graph(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(url) = &self.library.pages.graph else { return Ok(0) };
        let mut context = self.page("graph", self.string("graph"), None, url, Place::Elsewhere);
        context.insert("graph", &self.graph_context(url));
        self.write("graph.html", &context, url, url, sink)
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
        // Pages with links to notes set their own.
        context.insert("previews", &None::<String>);
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
            graph_url: self.library.pages.graph.as_deref().map(|graph| relative(url, graph)),
        }
    }

    pub(super) fn home_title(&self) -> &str {
        self.string("home")
    }

    pub(super) fn string(&self, name: &'static str) -> &str {
        self.theme.strings.get(name).map_or(name, String::as_str)
    }
}
