//! The whole way, from a folder of notes to a published site.
//!
//! `source → markdown → library → render → publish`, and beside rendering `library → search index → publish`. The
//! stages up to the library serve `check` as well. Everything here works on all cores through rayon and reports how
//! far it is to a [`Progress`].

mod configuration;
mod dictionary;
mod index;
mod lint;
mod output;
mod progress;
mod vocabulary;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use seoga_search::{Bundle, BundleError, DictionaryError, Entry, IndexError, Script};

use crate::config::{self, Config};
use crate::diagnostics::{self, Diagnostic, Position, Severity, codes};
use crate::drawing::{Graphviz, Memory};
use crate::guard::{Guard, Published, Secrets, Watched};
use crate::language::Language;
use crate::library::{self, AssetId, Folders, Library, Parsed};
use crate::markdown;
use crate::offline;
use crate::pictures;
use crate::publish::{Publication, PublishError};
use crate::render::{CodeMemory, RenderError, Rendering, StaticFile, TemplateError, Theme};
use crate::source::{self, Walk, WalkError};
use crate::text;
use configuration::Configuration;
pub use output::OutputError;
pub use progress::{Progress, Stage, Unwatched};
use vocabulary::Words;

/// The folder of the search index in the site.
pub const SEARCH_FOLDER: &str = "search-index";

/// Tells GitHub Pages to publish the site as it is.
const NO_JEKYLL: &str = ".nojekyll";

/// What to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Where to publish; `public` in the site's folder when not said.
    pub out: Option<PathBuf>,
    /// Drafts too.
    pub drafts: bool,
    /// Browsers may keep the site, if it wants that itself.
    pub offline: bool,
    /// The folder in which builds of this site remember what is costly to make, if any.
    pub memory: Option<PathBuf>,
}

impl Options {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), out: None, drafts: false, offline: true, memory: None }
    }

    /// The output folder.
    pub fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join("public"))
    }

    /// The file that remembers one kind of things.
    fn remembered(&self, kind: &str) -> Option<PathBuf> {
        self.memory.as_deref().map(|folder| folder.join(kind))
    }
}

/// Why there is no new site. The one that was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Nothing to build from, and what was met instead.
    #[error("no notes in {}", .0.display())]
    NoNotes(PathBuf, Vec<Diagnostic>),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error("{path}: {source}")]
    Write { path: String, source: std::io::Error },
    /// The Korean dictionary cannot be opened.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The search index, just written, cannot be read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("{}: {source}", path.display())]
    Config { path: PathBuf, source: std::io::Error },
    /// `site.yaml` leaves in doubt what may be published.
    #[error("site.yaml cannot be understood")]
    Configuration(Vec<Diagnostic>),
    /// The new site holds traces of what is private.
    #[error("the site gives away what is private")]
    PrivateLeak(Vec<Diagnostic>),
}

impl From<RenderError> for BuildError {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::Template(error) => Self::Template(error),
            RenderError::Write { path, source } => Self::Write { path, source },
        }
    }
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    pub out: PathBuf,
    pub notes: usize,
    /// Drafts and private notes, of which nothing is in the site.
    pub withheld: usize,
    pub pages: usize,
    /// Links that lead somewhere.
    pub links: usize,
    pub assets: usize,
    /// Sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    pub elapsed: Duration,
}

impl Report {
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// Notes, gathered, with the configuration they were gathered under.
pub struct Site {
    pub config: Config,
    /// The configured title, or one that stands in for it.
    pub title: String,
    /// What stands before a note's name in diagnostics: `content/`, or nothing.
    pub content_prefix: &'static str,
    pub library: Library,
    /// How many notes were read and are not published.
    pub withheld: usize,
    /// What nothing of may stand in the site.
    secrets: Secrets,
    /// Files of the theme and of the site's own `static/`.
    theme: Theme,
    /// The site's own dictionary.
    words: Vec<Entry>,
}

impl Site {
    /// Reads and gathers everything under a root; writes nothing.
    pub fn load(options: &Options, progress: &dyn Progress) -> Result<Self, BuildError> {
        let root = &options.root;
        let Configuration { mut config, mut faults, text: written, path } = Configuration::read(root)?;
        config.offline &= options.offline;
        let (words, told) = dictionary::read(root)?;
        faults.extend(told);
        let language = config.language;
        let mut theme = Theme::load(root, language)?;
        faults.append(&mut theme.diagnostics);

        let (content, prefix) = content_of(root);
        let out = options.out();
        let walk = source::walk(
            &content,
            source::WalkOptions {
                display_prefix: prefix,
                content_is_site: prefix.is_empty(),
                output: Some(&out),
                exclude: &config.exclude,
                private: &config.private,
            },
        )?;
        let Walk { notes: files, unread, assets, idle_exclude, idle_private, diagnostics } = walk;
        faults.extend(diagnostics);
        if !prefix.is_empty() {
            faults.extend(source::walk::beside_content(root, &out));
        }
        for (key, patterns, idle) in
            [("exclude", &config.exclude, idle_exclude), ("private", &config.private, idle_private)]
        {
            let names = files.iter().chain(&unread).chain(&assets).map(|file| file.name.as_str());
            faults.extend(config::idle_patterns((&written, path), key, patterns, &idle, names));
        }
        if files.is_empty() && faults.iter().all(|fault| fault.severity != Severity::Error) {
            return Err(BuildError::NoNotes(content, faults));
        }

        progress.begin(Stage::Read, files.len());
        let read: Vec<Result<source::Note, Box<Diagnostic>>> = files
            .par_iter()
            .map(|file| {
                let note = source::read_note(file, prefix);
                progress.step();
                note
            })
            .collect();
        progress.end(Stage::Read);

        let mut notes = Vec::with_capacity(read.len());
        let (mut drawn, mut hidden_drawn) = (Vec::new(), Vec::new());
        for (file, note) in files.iter().zip(read) {
            match note {
                Ok(note) => {
                    let withheld =
                        note.is_withheld(config.publish, options.drafts) || file.is_matched_by(&config.private);
                    match (note.is_drawing(), withheld) {
                        (false, _) => notes.push((note, withheld)),
                        (true, false) => drawn.push(note),
                        (true, true) => hidden_drawn.push(note),
                    }
                }
                Err(fault) => faults.push(*fault),
            }
        }

        let withheld = notes.iter().filter(|(_, withheld)| *withheld).count() + hidden_drawn.len();
        progress.begin(Stage::Parse, notes.len());
        let graphviz = config.dot.then(Graphviz::installed);
        let drawings = Arc::new(Memory::open(options.remembered("drawings"), graphviz));
        let syntax = markdown::Options {
            language,
            breaks: config.breaks,
            inline_tags: config.inline_tags,
            unsafe_html: config.unsafe_html,
            iframe_hosts: config.iframe_hosts.clone(),
            drawings: Arc::clone(&drawings),
            macros: config.macros.clone(),
        };
        let mut parsed: Vec<Parsed> = notes
            .into_par_iter()
            .map(|(note, withheld)| {
                let document = markdown::parse(
                    markdown::Input {
                        text: &note.text,
                        body_start: note.body_start,
                        path: &note.path,
                        title: note.metadata.title.as_deref(),
                        cover: note.metadata.cover.as_deref(),
                        extra: Some(&note.metadata.extra),
                    },
                    &syntax,
                );
                progress.step();
                Parsed { note, document, withheld }
            })
            .collect();
        progress.end(Stage::Parse);
        drawings.save();
        // Known by name, and for the files that belong to them.
        let unread_notes = unread.par_iter().filter_map(|file| source::read_note(file, prefix).ok()).map(|mut note| {
            note.diagnostics.clear();
            Parsed { note, document: markdown::Document::default(), withheld: true }
        });
        parsed.par_extend(unread_notes);
        let hidden = |note| Parsed { note, document: markdown::Document::default(), withheld: true };
        parsed.extend(hidden_drawn.into_iter().map(hidden));
        let mut secrets = Secrets::of_notes(&parsed, files.iter().chain(&unread));

        progress.begin(Stage::Library, 1);
        let mut reserved: Vec<String> = theme.files.keys().map(|name| format!("static/{name}")).collect();
        reserved.extend([crate::publish::MANIFEST, NO_JEKYLL].map(str::to_owned));
        reserved.extend([offline::WORKER, offline::LIST, offline::WEB_MANIFEST].map(str::to_owned));
        let mut library = library::gather(
            parsed,
            drawn,
            assets,
            &library::Options {
                config: &config,
                content_prefix: prefix,
                reserved,
                reserved_folders: vec![SEARCH_FOLDER.to_owned()],
            },
        );
        secrets.add_files(&library, prefix);
        // Behind the secrets: a drawing that cannot be read is not published, and is none.
        library.look_at_pictures(prefix, config.unsafe_html);
        let title = config.title.clone().unwrap_or_else(|| untitled(&library, language));
        library.diagnostics.extend(faults);
        diagnostics::sort(&mut library.diagnostics);
        progress.step();
        progress.end(Stage::Library);
        Ok(Self { config, title, content_prefix: prefix, library, withheld, secrets, theme, words })
    }
}

/// Builds and publishes a site.
pub fn build(options: &Options, progress: &dyn Progress) -> Result<Report, BuildError> {
    let start = Instant::now();
    output::check(options)?;
    let site = Site::load(options, progress)?;
    let publication = Publication::begin(&options.out())?;
    let Site { config, title, content_prefix, mut library, withheld, secrets, mut theme, words } = site;
    let mut words = Words::new(words, &library)?;
    let mut analyzers = words.analyzers()?;
    progress.begin(Stage::Library, 1);
    library.connect(&mut analyzers);
    words.learn(&library, &mut analyzers)?;
    progress.step();
    progress.end(Stage::Library);
    theme.set_site(&config, &title, &library);

    let guard = Guard::new(secrets);
    let sink = Watched { sink: &publication, guard: guard.as_ref() };
    let code = CodeMemory::open(options.remembered("code"));
    let rendering = Rendering { library: &library, theme: &theme, config: &config, title: &title, code: &code };
    let (rendered, indexed) = rayon::join(
        || {
            progress.begin(Stage::Render, rendering.page_count());
            let pages = rendering.all(&sink, &|| progress.step());
            progress.end(Stage::Render);
            code.save();
            pages
        },
        || {
            progress.begin(Stage::Index, library.notes.len());
            let bundle = index::index(&library, analyzers, words, progress);
            progress.end(Stage::Index);
            let bundle = bundle?;
            if let Some(guard) = &guard {
                guard.bundle(SEARCH_FOLDER, &bundle)?;
            }
            Ok::<_, BuildError>(bundle)
        },
    );
    let page_count = rendered?;
    let write =
        |path: String, written: std::io::Result<()>| written.map_err(|source| BuildError::Write { path, source });
    let mut own_names = [offline::WORKER, offline::LIST, offline::WEB_MANIFEST].map(str::to_owned).to_vec();
    let bundle = indexed?;
    let publish = |script: Script| {
        let path = format!("{SEARCH_FOLDER}/{}", script.name);
        let written = publication.write(&path, &script.text);
        write(path.clone(), written).map(|()| path)
    };
    own_names.push(publish(bundle.opening_script())?);
    let mark = bundle.mark();
    let blocks = bundle.blocks();
    drop(bundle);
    let scripts = blocks.par_iter().enumerate().map(|(number, bytes)| Bundle::block_script(number as u32, bytes, mark));
    own_names.extend(scripts.map(publish).collect::<Result<Vec<_>, _>>()?);
    drop(blocks);

    progress.begin(Stage::Publish, library.assets.len());
    for (name, file) in &theme.files {
        let path = format!("static/{name}");
        // In a plain folder `static/` may hold what the site keeps to itself.
        let withheld = config.private.matches_file(&path) || config.exclude.matches_file(&path);
        let written = match file {
            StaticFile::Site(_) if content_prefix.is_empty() && withheld => continue,
            StaticFile::Made(bytes) => publication.write(&path, bytes),
            StaticFile::Theme(bytes) => publication.write(&path, bytes),
            StaticFile::Site(file) => {
                if let Some(guard) = &guard {
                    guard.file(&path, file, None);
                }
                publication.copy(file, &path)
            }
        };
        write(path, written)?;
    }
    // GitHub Pages would leave out folders that start with `_`.
    write(NO_JEKYLL.to_owned(), publication.write(NO_JEKYLL, b""))?;
    let mut diagnostics = std::mem::take(&mut library.diagnostics);
    diagnostics.retain(|diagnostic| !codes::of(diagnostic.code).is_some_and(|code| code.in_check_only));
    let mut assets = 0;
    for (index, asset) in library.assets.iter().enumerate() {
        let Some(url) = &asset.url else { continue };
        if let Some(guard) = &guard {
            guard.file(url, &asset.file, Some(AssetId(index)));
        }
        let copied = match pictures::is_svg(&asset.name) && !config.unsafe_html {
            // As it is now, not as it was when it was looked at.
            true => match std::fs::read(&asset.file).map(|bytes| pictures::published(&bytes)) {
                Ok(Ok(drawing)) => publication.write_copy(url, drawing.as_bytes()),
                // Changed since, into nothing that could be published.
                Ok(Err(_)) => continue,
                Err(error) => Err(error),
            },
            false => publication.copy(&asset.file, url),
        };
        match copied {
            Ok(()) => assets += 1,
            // A file that cannot be read is missing from the site, which is the writer's to know; a disk that cannot
            // be written to ends the build.
            Err(error) if std::fs::File::open(&asset.file).is_err() => {
                diagnostics.push(Diagnostic::error(
                    "unreadable",
                    format!("{content_prefix}{}", asset.name),
                    Position::START,
                    text!("파일을 읽을 수 없습니다: {error}", "the file cannot be read: {error}"),
                ));
            }
            Err(source) => return Err(BuildError::Write { path: url.clone(), source }),
        }
        progress.step();
    }
    diagnostics::sort(&mut diagnostics);
    write(offline::WORKER.to_owned(), publication.write(offline::WORKER, offline::worker(config.offline).as_bytes()))?;
    if config.offline {
        let manifest = offline::web_manifest(&config, &title, &library.folders.get(Folders::ROOT).url);
        write(offline::WEB_MANIFEST.to_owned(), publication.write(offline::WEB_MANIFEST, manifest.as_bytes()))?;
        let words = theme.strings.get("kept_offline").map_or("", String::as_str);
        let list = offline::List::of(&publication.written());
        if let Some(guard) = &guard {
            // Its checksums are no words that anybody could have for a name.
            guard.page(offline::LIST, list.paths().as_bytes());
        }
        write(offline::LIST.to_owned(), publication.write(offline::LIST, list.text(words).as_bytes()))?;
    }
    if let Some(guard) = &guard {
        let published =
            Published { library: &library, theme: &theme, config: &config, title: &title, own_names: &own_names };
        let leaks = guard.verdict(&published)?;
        if !leaks.is_empty() {
            return Err(BuildError::PrivateLeak(leaks));
        }
    }
    publication.finish()?;
    progress.end(Stage::Publish);
    Ok(Report {
        out: options.out(),
        notes: library.notes.len(),
        withheld,
        pages: page_count,
        links: library.link_count,
        assets,
        diagnostics,
        elapsed: start.elapsed(),
    })
}

/// The folder of the notes, and what stands before their names in diagnostics.
fn content_of(root: &Path) -> (PathBuf, &'static str) {
    let content = root.join("content");
    if content.is_dir() { (content, "content/") } else { (root.to_owned(), "") }
}

/// What a site without a configured title is called: like its home note. The folder's own name is no part of the input.
fn untitled(library: &Library, language: Language) -> String {
    let home = library.folders.get(Folders::ROOT).index.map(|index| library.note(index).title.clone());
    let unnamed = match language {
        Language::Korean => "서가",
        Language::English => "Bookshelf",
    };
    home.filter(|title| !title.is_empty()).unwrap_or_else(|| unnamed.to_owned())
}
