//! The theme: Tera templates, interface strings and static files, each of which a site may replace by one of its own.
//!
//! seoga's own theme is compiled in, so that the program is one file. A site's `templates/이름.html` takes the place of
//! the theme's template of that name and may extend the theme's other templates; `static/` likewise. What else lies in
//! `templates/` is not looked at: in an Obsidian vault it is notes full of another language's braces.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tera::{Context, Tera};

use super::strings;
use super::template_faults::Sources;
use crate::diagnostics::{Diagnostic, Position};
use crate::language::{Language, josa};
use crate::nearest::NearestNames;
use crate::source::names::is_note;
use crate::source::walk::is_template;
use crate::text;

/// Every file of `templates/` and `static/`; a test compares the list with the folders.
macro_rules! theme_files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &[u8])] = theme_files!["templates":
    "404.html", "atom.xml", "base.html", "categories.html", "category.html", "components/breadcrumbs.html", "components/folder_list.html", "components/neighbourhood.html", "components/note_connections.html", "components/note_list.html", "components/note_meta.html", "components/quoting_notes.html", "components/series_box.html", "components/tag_links.html", "components/term_pages.html", "components/toc.html", "components/tree.html", "folder.html", "glossary.html", "graph.html", "home.html", "note.html", "notes.html", "recent.html", "redirect.html", "search.html", "series.html", "series_index.html", "sitemap.xml", "strings/en.yaml", "strings/ko.yaml", "tag.html", "tags.html",
];

const STATIC: &[(&str, &[u8])] = theme_files!["static":
    "diagrams.js", "engine.js", "favicon.svg", "graph.css", "graph.js", "offline.js", "previews.js", "search-engine.js", "search-hits.js", "search-marks.js", "search-view.js", "search.css", "search.js", "seoga.css", "seoga.js", "theme.js",
];

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    #[error("{path}: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    /// Faults in templates, found when they were read or while a page was rendered.
    #[error("{}", .0.iter().map(|fault| fault.to_line(Language::English)).collect::<Vec<_>>().join("\n"))]
    Faults(Vec<Diagnostic>),
}

/// Templates and strings, ready to render.
pub struct Theme {
    tera: Tera,
    /// Name → text; for the place of a fault.
    templates: BTreeMap<String, String>,
    /// Names of the templates that came from the site.
    own: Vec<String>,
    /// Interface strings in the site's language.
    pub strings: BTreeMap<String, String>,
    /// Path under `static/` → bytes, the site's own in place of the theme's.
    pub files: BTreeMap<String, StaticFile>,
    /// What the site's author should know about the site's own templates.
    pub diagnostics: Vec<Diagnostic>,
}

/// A static file: compiled in, made for this site, or on the site's disk.
pub enum StaticFile {
    Theme(&'static [u8]),
    Made(Vec<u8>),
    Site(PathBuf),
}

impl Theme {
    /// The theme with what the site at `root` puts in its place.
    pub fn load(root: &Path, language: Language) -> Result<Self, TemplateError> {
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        for (name, bytes) in TEMPLATES {
            templates.insert((*name).to_owned(), String::from_utf8_lossy(bytes).into_owned());
        }
        let mut own = Vec::new();
        for (name, path) in files_below(&root.join("templates"))? {
            if !is_template(&name) {
                continue;
            }
            let bytes = std::fs::read(&path).map_err(|source| TemplateError::Unreadable { path, source })?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            // In seoga's own repository the theme is the site's.
            if templates.get(&name) != Some(&text) {
                own.push(name.clone());
            }
            templates.insert(name, text);
        }
        let mut spoken = BTreeMap::new();
        for each in [Language::Korean, Language::English] {
            spoken.insert(each.tag(), strings::of(each, TEMPLATES, &templates)?);
        }
        let for_search = strings::for_search(language, &spoken);
        let strings = spoken.remove(language.tag()).unwrap_or_default();
        templates.retain(|name, _| !name.starts_with("strings/"));

        let mut tera = Tera::default();
        tera.add_raw_templates(templates.iter()).map_err(|error| {
            let sources = Sources { texts: &templates, own: &own };
            TemplateError::Faults(sources.faults(&error, None))
        })?;
        let diagnostics = unused(&templates, &own);

        let mut files: BTreeMap<String, StaticFile> =
            STATIC.iter().map(|(name, bytes)| ((*name).to_owned(), StaticFile::Theme(bytes))).collect();
        files.insert(strings::FOR_SEARCH.to_owned(), StaticFile::Made(for_search));
        // A folder of notes that is not laid out for seoga may have a `static/` of its own, with drafts in it.
        let laid_out = root.join("content").is_dir();
        for (name, path) in files_below(&root.join("static"))? {
            if laid_out || !is_note(&name) {
                files.insert(name, StaticFile::Site(path));
            }
        }
        Ok(Self { tera, templates, own, strings, files, diagnostics })
    }

    /// The names of the theme's templates that make pages, and of the one around them.
    pub(super) fn pages() -> impl Iterator<Item = &'static str> {
        TEMPLATES.iter().map(|(name, _)| *name).filter(|name| !name.contains('/') && is_template(name))
    }

    /// The texts of the templates in use, and the strings of the interface.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.templates.values().chain(self.strings.values()).map(String::as_str)
    }

    /// The strings that say a number: `노트 {n}개`.
    pub fn counts(&self) -> impl Iterator<Item = &str> {
        self.strings.values().map(String::as_str).filter(|text| text.contains('{'))
    }

    /// What every template sees besides its own page.
    pub fn set_global<T: serde::Serialize>(&mut self, name: &'static str, value: &T) {
        #[cfg(test)]
        super::reference::given("", &[(name, std::any::type_name::<T>())]);
        if let Ok(value) = tera::Value::try_from_serializable(value) {
            self.tera.global_context().insert_value(name, value);
        }
    }

    /// Renders a page; `page` names it in an error.
    pub fn render(&self, template: &str, context: &Context, page: &str) -> Result<String, TemplateError> {
        self.tera.render(template, context).map_err(|error| {
            let sources = Sources { texts: &self.templates, own: &self.own };
            TemplateError::Faults(sources.faults(&error, Some(page)))
        })
    }
}

/// Templates of the site that no page and no other template asks for: most likely a name mistyped.
fn unused(templates: &BTreeMap<String, String>, own: &[String]) -> Vec<Diagnostic> {
    let theme = || TEMPLATES.iter().map(|(name, _)| *name);
    let pages: Vec<&str> = Theme::pages().collect();
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let nearest = NearestNames::new(pages.iter().map(|name| stem(name)));
    let is_used = |name: &str| {
        // A component is called by its own name, whatever its file is called.
        theme().any(|known| known == name)
            || templates.get(name).is_some_and(|text| text.contains("component "))
            || templates
                .values()
                .any(|text| ['"', '\''].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}"))))
    };
    let unused = own.iter().filter(|name| !is_used(name)).map(|name| {
        let meant = nearest.nearest(&stem(name)).and_then(|meant| pages.iter().find(|page| stem(page) == meant));
        let hint = match meant {
            Some(page) => text!("혹시 `{page}`?", "did you mean `{page}`?"),
            None => {
                let pages = pages.join(", ");
                text!("쪽을 만드는 템플릿은 {pages}입니다", "pages are made by {pages}")
            }
        };
        let shown = format!("`{name}`");
        let subject = josa(&shown, "은", "는");
        let message = text!("{subject} 아무 데도 쓰이지 않는 템플릿입니다", "nothing uses the template {shown}");
        Diagnostic::warning("unused-template", format!("templates/{name}"), Position::START, message).with_hint(hint)
    });
    unused.collect()
}

/// Files below a folder as (path with `/`, path on disk), sorted; none when the folder does not exist. Hidden files
/// and links that lead out of the folder are passed over.
fn files_below(folder: &Path) -> Result<Vec<(String, PathBuf)>, TemplateError> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| TemplateError::Unreadable {
            path: error.path().unwrap_or(folder).to_owned(),
            source: error.into(),
        })?;
        if entry.file_type().is_file()
            && let Ok(relative) = entry.path().strip_prefix(folder)
        {
            let name: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.push((name.join("/"), entry.path().to_owned()));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_theme_is_compiled_in() {
        for (folder, compiled) in [("templates", TEMPLATES), ("static", STATIC)] {
            let on_disk = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
            // The reference of what templates are given is nothing to compile in.
            let on_disk: Vec<_> =
                on_disk.into_iter().map(|(name, _)| name).filter(|name| name != "README.md").collect();
            let compiled: Vec<_> = compiled.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(compiled, on_disk, "{folder}");
        }
    }

    #[test]
    fn only_templates_are_taken_for_templates() {
        let site = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("templates/daily.md", "# {{date:YYYY-MM-DD}}"),
            ("templates/주간.txt", "{% raw"),
            ("templates/mine.html", "{{ site.title }}"),
            ("static/draft.md", "---\ndraft: true\n---"),
            ("static/a.css", "a {}"),
        ] {
            let path = site.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let theme = Theme::load(site.path(), Language::Korean).unwrap();
        assert_eq!(theme.own, ["mine.html"]);
        assert!(theme.files.contains_key("a.css") && !theme.files.contains_key("draft.md"));
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let strings = |language| Theme::load(Path::new("/nowhere"), language).unwrap().strings;
        let (korean, english) = (strings(Language::Korean), strings(Language::English));
        assert_eq!(korean.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    }
}
