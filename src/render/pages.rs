//! Each kind of page: what it is given, and which template makes it.

mod glossary;
mod recent;
mod series;
mod taxonomies;

use rayon::prelude::*;

use super::address::{absolute, relative, root};
use super::context::*;
use super::navigation::{self, Place};
use super::variables::Variables;
use super::{PageSink, RenderError, Rendering, Theme, feeds};
use crate::config::Config;
use crate::library::{FolderId, Folders, Library, NoteId, Series, Term};
use taxonomies::TaxonomyKind;

/// A page to render, or a few that belong together; none where the site has no use for it.
enum Job<'a> {
    Graph,
    Note(NoteId),
    Folder(FolderId),
    Term(TaxonomyKind, &'a Term),
    Terms(TaxonomyKind),
    Series(&'a Series),
    AllSeries,
    Recent,
    Glossary,
    Notes,
    Search,
    NotFound,
    Feeds,
    Redirect(&'a str, NoteId),
}

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
            offline: config.offline,
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
        self.jobs().len()
    }

    fn jobs(&self) -> Vec<Job<'_>> {
        let library = self.library;
        let notes = library.notes.iter().enumerate().filter(|(_, note)| !note.is_index);
        // The graph takes the longest and is begun first.
        let mut jobs: Vec<Job<'_>> = library.pages.graph.iter().map(|_| Job::Graph).collect();
        jobs.extend(notes.map(|(index, _)| Job::Note(NoteId(index))));
        jobs.extend(library.folders.iter().map(|(id, _)| Job::Folder(id)));
        for kind in [TaxonomyKind::Tags, TaxonomyKind::Categories] {
            jobs.extend(self.taxonomy(kind).iter().map(|term| Job::Term(kind, term)));
            jobs.push(Job::Terms(kind));
        }
        jobs.extend(library.redirects.iter().map(|(from, to)| Job::Redirect(from, *to)));
        jobs.extend(library.series.iter().map(Job::Series));
        jobs.extend([Job::AllSeries, Job::Recent, Job::Glossary, Job::Notes, Job::Search, Job::NotFound, Job::Feeds]);
        jobs
    }

    /// Renders every page; `done` is called once for each. Returns how many there were.
    pub fn all(&self, sink: &dyn PageSink, done: &(dyn Fn() + Sync)) -> Result<usize, RenderError> {
        let jobs = self.jobs();
        let results: Vec<Result<usize, RenderError>> = jobs
            .par_iter()
            .map(|job| {
                let count = match job {
                    Job::Note(id) => self.note(*id, sink),
                    Job::Folder(id) => self.folder(*id, sink),
                    Job::Term(kind, term) => self.term(*kind, term, sink),
                    Job::Terms(kind) => self.terms(*kind, sink),
                    Job::Series(series) => self.series(series, sink),
                    Job::AllSeries => self.series_index(sink),
                    Job::Recent => self.recent(sink),
                    Job::Glossary => self.glossary(sink),
                    Job::Notes => self.notes(sink),
                    Job::Search => self.search(sink),
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

    fn search(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &self.library.pages.search;
        let context = self.page("search", self.string("search"), None, url, Place::Elsewhere);
        self.write("search.html", &context, url, url, sink)
    }

    fn not_found(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &self.library.pages.not_found;
        let mut context = self.page("404", self.string("not_found"), None, url, Place::Elsewhere);
        // A server shows this page at addresses of any depth, where only links from the site's own root arrive.
        if let Some(base) = &self.config.base_url {
            let root = base.splitn(4, '/').nth(3).map_or_else(|| "/".to_owned(), |path| format!("/{path}"));
            let mut page = self.page_context("404", self.string("not_found"), None, url);
            let always =
                [&mut page.home_url, &mut page.notes_url, &mut page.tags_url, &mut page.search_url].into_iter();
            let others = [
                &mut page.feed_url,
                &mut page.categories_url,
                &mut page.series_url,
                &mut page.recent_url,
                &mut page.graph_url,
                &mut page.glossary_url,
            ];
            for address in always.chain(others.into_iter().flatten()) {
                *address = format!("{root}{address}");
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
        let mut context = Variables::new();
        context.insert("target", &relative(from, &entry.url));
        context.insert("canonical", &self.config.base_url.as_deref().map(|base| absolute(base, &entry.url)));
        self.write("redirect.html", &context, from, &entry.note.path, sink)
    }

    fn feeds(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(base_url) = self.config.base_url.as_deref() else { return Ok(0) };
        let mut count = 0;
        if let Some(path) = &self.library.pages.feed {
            let mut context = Variables::new();
            context.insert("feed", &feeds::feed(self.library, self.config, self.title, base_url, path));
            count += self.write("atom.xml", &context, path, path, sink)?;
        }
        if let Some(path) = &self.library.pages.sitemap {
            let mut context = Variables::new();
            context.insert("pages", &feeds::sitemap(self.library, &self.library.pages, base_url));
            count += self.write("sitemap.xml", &context, path, path, sink)?;
        }
        Ok(count)
    }

    fn write(
        &self,
        template: &str,
        context: &Variables,
        url: &str,
        page: &str,
        sink: &dyn PageSink,
    ) -> Result<usize, RenderError> {
        let html = self.theme.render(template, context.for_template(template), page)?;
        sink.page(url, html.as_bytes()).map_err(|source| RenderError::Write { path: url.to_owned(), source })?;
        Ok(1)
    }

    fn page(&self, kind: &'static str, title: &str, description: Option<String>, url: &str, place: Place) -> Variables {
        let mut context = Variables::new();
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
        let pages = &self.library.pages;
        let where_used = |page: &Option<String>| page.as_deref().map(|page| relative(url, page));
        PageContext {
            kind,
            title: title.to_owned(),
            description,
            url: url.to_owned(),
            canonical: self.config.base_url.as_deref().map(|base| absolute(base, url)),
            language: self.config.language.tag().to_owned(),
            home_url: relative(url, &self.library.folders.get(Folders::ROOT).url),
            notes_url: relative(url, &pages.notes),
            tags_url: relative(url, &pages.tags),
            search_url: relative(url, &pages.search),
            feed_url: where_used(&pages.feed),
            categories_url: where_used(&pages.categories),
            series_url: where_used(&pages.series),
            recent_url: where_used(&pages.recent),
            graph_url: where_used(&pages.graph),
            glossary_url: where_used(&pages.glossary),
        }
    }

    pub(super) fn home_title(&self) -> &str {
        self.string("home")
    }

    pub(super) fn string(&self, name: &'static str) -> &str {
        self.theme.strings.get(name).map_or(name, String::as_str)
    }
}
