//! The content folder on disk → its notes and assets, by name.
//!
//! A repository of notes is full of what is not content (`.git`, `node_modules`, a site built earlier) and may come
//! from somebody else. So nothing outside the content folder is ever opened: a symbolic link counts only when what it
//! points to lies inside, and its target's name is remembered, so that a link cannot carry a private note out under
//! another name. Pipes, sockets and devices are not opened at all. A folder that cannot be read is a diagnostic; the
//! rest of the notes is somebody's site too.

mod error;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use encoding_rs::EUC_KR;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostics::{Diagnostic, Position};
use crate::language::{Text, josa};
use crate::source::names::{self, nfc};
use crate::source::patterns::{Patterns, Tally};
use crate::text;
pub use error::WalkError;
use site::SetAside;
pub use site::{CONFIG_NAMES, DICTIONARY_NAME, beside_content, holds_notes, is_template};

/// How to walk.
#[derive(Clone, Copy, Debug)]
pub struct WalkOptions<'a> {
    /// What comes before a name in diagnostics: `content/`, or nothing where the site has no such folder.
    pub display_prefix: &'a str,
    /// The content folder is the site's root itself: its templates and the like are not content.
    pub content_is_site: bool,
    /// The output folder, which is not content where it lies inside.
    pub output: Option<&'a Path>,
    pub exclude: &'a Patterns,
    /// What is private is found all the same; only whether its patterns mean anything is asked here.
    pub private: &'a Patterns,
}

/// A file under the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: PathBuf,
    /// Relative to the content folder, with `/`, in NFC, without control characters.
    pub name: String,
    /// The name of what it really is, where it was reached through a symbolic link.
    pub target: Option<String>,
}

pub type NoteFile = SourceFile;
pub type AssetFile = SourceFile;

impl SourceFile {
    /// Whether the file, or what it is a link to, is meant by the patterns.
    pub fn is_matched_by(&self, patterns: &Patterns) -> bool {
        patterns.matches_file(&self.name) || self.target.as_deref().is_some_and(|name| patterns.matches_file(name))
    }
}

/// Everything found, sorted by name.
#[derive(Debug, Default)]
pub struct Walk {
    pub notes: Vec<NoteFile>,
    /// Notes of other tools, in formats that seoga does not read. They are no assets: nobody can tell which of them are
    /// drafts.
    pub unread: Vec<NoteFile>,
    pub assets: Vec<AssetFile>,
    /// Numbers of the patterns of `exclude` and `private` that name nothing there is.
    pub idle_exclude: Vec<usize>,
    pub idle_private: Vec<usize>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Folders through symbolic links lead to files that were found already; a repository that links everything to
/// everything ends here.
const MOST_LINKED: usize = 100_000;

/// Whether a name is one that Jekyll keeps for itself, beside its configuration: templates, data, the site it built.
fn is_jekylls(entry: &DirEntry, is_folder: bool) -> bool {
    let own: &[&str] = if is_folder {
        &["_data", "_includes", "_layouts", "_plugins", "_sass", "_site", "vendor"]
    } else {
        &["_config.yml", "_config.yaml", "Gemfile", "Gemfile.lock"]
    };
    let beside = || entry.path().parent().is_some_and(|folder| folder.join("_config.yml").is_file());
    own.iter().any(|name| entry.file_name() == *name) && beside()
}

/// Finds the notes and assets of a content folder.
pub fn walk(content: &Path, options: WalkOptions<'_>) -> Result<Walk, WalkError> {
    let unreadable = |source| WalkError::Unreadable { path: content.to_owned(), source };
    match std::fs::metadata(content) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(WalkError::NotAFolder(content.to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(WalkError::Missing(content.to_owned()));
        }
        Err(error) => return Err(unreadable(error)),
    }
    std::fs::read_dir(content).map_err(unreadable)?;
    let root = content.canonicalize().map_err(unreadable)?;
    let output = options.output.and_then(|output| output.canonicalize().ok());
    let mut walker = Walker {
        options,
        output: output.as_deref().and_then(|output| output.strip_prefix(&root).ok()).map(Path::to_owned),
        root,
        of_site: SetAside::default(),
        files: BTreeMap::new(),
        tallies: [Tally::of(options.exclude), Tally::of(options.private)],
        set_aside: Vec::new(),
        linked: 0,
        diagnostics: Vec::new(),
    };
    if options.content_is_site {
        walker.of_site = SetAside::of(content, walker.output.as_deref(), options.exclude);
        walker.diagnostics.append(&mut walker.of_site.diagnostics);
    }
    walker.folder(content, "", None);
    Ok(walker.finish())
}

struct Walker<'a> {
    options: WalkOptions<'a>,
    /// The content folder, canonical.
    root: PathBuf,
    /// The output folder relative to it.
    output: Option<PathBuf>,
    /// What belongs to the site rather than to its content, where both are one folder.
    of_site: SetAside,
    files: BTreeMap<String, SourceFile>,
    /// Of `exclude` and `private`.
    tallies: [Tally<'a>; 2],
    /// Folders that were not entered though they are the writer's own, with their names.
    set_aside: Vec<(PathBuf, String)>,
    linked: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Walker<'_> {
    /// Walks a folder known by `base` (empty, or with a slash at the end); `target` is the real name of a linked one.
    fn folder(&mut self, folder: &Path, base: &str, target: Option<&str>) {
        let mut entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        // The names of the folders above the entry, each with the base and a slash at its end.
        let mut above: Vec<String> = vec![base.to_owned()];
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(folder, base, &error);
                    continue;
                }
            };
            above.truncate(entry.depth());
            let (component, odd) = readable(entry.file_name());
            let name = format!("{}{component}", above.last().map_or("", String::as_str));
            let inner = name.get(base.len()..).unwrap_or_default();
            let real =
                target.map(|target| if target.is_empty() { inner.to_owned() } else { format!("{target}/{inner}") });
            let kind = entry.file_type();
            self.tally(&name, kind.is_dir());
            if self.is_skipped(&entry, &name, real.as_deref(), kind.is_dir()) {
                if kind.is_dir() {
                    if self.is_not_content(&name, true) && !self.is_output(&name) {
                        self.set_aside.push((entry.path().to_owned(), name));
                    }
                    entries.skip_current_dir();
                }
                continue;
            }
            if odd {
                self.odd_name(&name);
            }
            if target.is_some() {
                self.linked += 1;
                if self.linked > MOST_LINKED {
                    if self.linked == MOST_LINKED + 1 {
                        self.too_many_links(&name);
                    }
                    return;
                }
            }
            if kind.is_dir() {
                above.push(format!("{name}/"));
            } else if kind.is_file() {
                self.add(SourceFile { path: entry.into_path(), name, target: real });
            } else if kind.is_symlink() {
                self.link(entry.path(), &name, target.is_some());
            }
        }
    }

    fn is_skipped(&self, entry: &DirEntry, name: &str, real: Option<&str>, is_folder: bool) -> bool {
        let file_name = entry.file_name();
        let hidden = file_name.as_encoded_bytes().starts_with(b".");
        hidden
            || [Some(name), real].into_iter().flatten().any(|name| self.is_not_content(name, is_folder))
            || (is_folder
                && (file_name == "node_modules"
                    || file_name == "__MACOSX"
                    // Cargo marks its folders so; a folder of notes may well be called `target`.
                    || (file_name == "target" && entry.path().join("CACHEDIR.TAG").exists())
                    || site::is_built(entry.path())))
            || (!is_folder && ["Thumbs.db", "desktop.ini"].iter().any(|junk| file_name == *junk))
            || is_jekylls(entry, is_folder)
    }

    /// Excluded by the site's owner, or part of the site rather than of its content.
    fn is_not_content(&self, name: &str, is_folder: bool) -> bool {
        let exclude = self.options.exclude;
        let excluded = if is_folder { exclude.matches_folder(name) } else { exclude.matches_file(name) };
        let of_site = self.of_site.holds(name, is_folder)
            || (self.options.content_is_site && !is_folder && site::is_config(name));
        excluded || of_site || self.is_output(name)
    }

    fn is_output(&self, name: &str) -> bool {
        self.output.as_deref().is_some_and(|output| Path::new(name).starts_with(output))
    }

    fn tally(&mut self, name: &str, is_folder: bool) {
        for tally in &mut self.tallies {
            tally.meet(name, is_folder);
        }
    }

    /// A pattern may name something in a folder that another pattern keeps from being entered.
    fn tally_what_was_set_aside(&mut self) {
        for (folder, name) in std::mem::take(&mut self.set_aside) {
            if self.tallies.iter().all(Tally::is_done) {
                return;
            }
            for file in site::files_in(&folder) {
                self.tally(&format!("{name}/{file}"), false);
            }
        }
    }

    /// A symbolic link: followed when it stays inside. Within a linked folder no further folder links are followed,
    /// because what they lead to has a place of its own.
    fn link(&mut self, path: &Path, name: &str, inside_linked: bool) {
        let Ok(real_path) = path.canonicalize() else {
            self.report("symlink-broken", name, |name| {
                text!("심볼릭 링크 `{name}`: 가리키는 파일이 없습니다", "the symbolic link `{name}` leads nowhere")
            });
            return;
        };
        let Ok(relative) = real_path.strip_prefix(&self.root) else {
            self.report("symlink-outside", name, |name| {
                text!(
                    "심볼릭 링크 `{name}`: 내용 폴더 밖을 가리켜 싣지 않았습니다",
                    "the symbolic link `{name}` leads out of the content folder and was left out"
                )
            });
            return;
        };
        let components: Vec<String> = relative.components().map(|part| readable(part.as_os_str()).0).collect();
        let real = components.join("/");
        let Ok(metadata) = std::fs::metadata(&real_path) else { return };
        let is_folder = metadata.is_dir();
        let hidden = components.iter().any(|part| part.starts_with('.') || part == "node_modules");
        let built = || real_path.ancestors().take_while(|folder| *folder != self.root).any(site::is_built);
        if hidden || self.is_not_content(&real, is_folder) || built() {
            return;
        }
        if metadata.is_file() {
            self.add(SourceFile { path: path.to_owned(), name: name.to_owned(), target: Some(real) });
        } else if is_folder && !inside_linked {
            // A folder that holds the link itself would hold itself without end.
            let holds_link = path.parent().and_then(|parent| parent.canonicalize().ok());
            if holds_link.is_some_and(|parent| parent.starts_with(&real_path)) {
                self.report("symlink-loop", name, |name| {
                    text!(
                        "심볼릭 링크 `{name}`: 자기를 담은 폴더를 가리켜 따라가지 않았습니다",
                        "the symbolic link `{name}` leads to a folder that holds it and was not followed"
                    )
                });
                return;
            }
            self.folder(&real_path, &format!("{name}/"), Some(&real));
        }
    }

    /// Two spellings of one name are one name; the file that is spelt in NFC wins, else the first.
    fn add(&mut self, file: SourceFile) {
        let composed = |file: &SourceFile| {
            file.path
                .file_name()
                .and_then(OsStr::to_str)
                .is_some_and(|name| matches!(nfc(name), std::borrow::Cow::Borrowed(_)))
        };
        let Some(other) = self.files.get(&file.name) else {
            self.files.insert(file.name.clone(), file);
            return;
        };
        let name = file.name.clone();
        if composed(&file) && !composed(other) {
            self.files.insert(name.clone(), file);
        }
        let display = self.display(&name);
        self.diagnostics.push(
            Diagnostic::error(
                "name-twin",
                display.as_str(),
                Position::START,
                text!(
                    "`{display}`: 이름이 같은 파일이 둘 있습니다(자모를 풀어 쓴 NFD와 모아 쓴 NFC). 하나만 실었습니다",
                    "two files are called `{display}` (one in NFD, one in NFC spelling); only one was taken"
                ),
            )
            .with_hint(text!("한쪽의 이름을 바꾸거나 지우세요", "rename or delete one of them")),
        );
    }

    fn display(&self, name: &str) -> String {
        format!("{}{name}", self.options.display_prefix)
    }

    fn report(&mut self, code: &'static str, name: &str, message: impl Fn(&str) -> Text) {
        let display = self.display(name);
        let message = message(&display);
        self.diagnostics.push(Diagnostic::warning(code, display, Position::START, message));
    }

    fn odd_name(&mut self, name: &str) {
        self.report("file-name", name, |name| {
            let quoted = format!("`{name}`");
            let read_as = josa(&quoted, "으로", "로");
            text!(
                "파일 이름이 UTF-8이 아니거나 제어 문자가 있어 {read_as} 읽었습니다",
                "the file's name is not UTF-8 or has control characters; it was read as `{name}`"
            )
        });
    }

    fn too_many_links(&mut self, name: &str) {
        self.report("symlink-loop", name, |_| {
            text!(
                "심볼릭 링크를 따라 찾은 파일이 {MOST_LINKED}개를 넘어 나머지는 따라가지 않았습니다",
                "more than {MOST_LINKED} files were reached through symbolic links; the rest was not followed"
            )
        });
    }

    fn unreadable(&mut self, folder: &Path, base: &str, error: &walkdir::Error) {
        let inner = error.path().and_then(|path| path.strip_prefix(folder).ok()).unwrap_or(Path::new(""));
        let inner: Vec<String> = inner.components().map(|part| readable(part.as_os_str()).0).collect();
        let display = self.display(&format!("{base}{}", inner.join("/")));
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.diagnostics.push(Diagnostic::error(
            "unreadable",
            display,
            Position::START,
            text!("읽을 수 없습니다: {reason}", "cannot be read: {reason}"),
        ));
    }

    fn finish(mut self) -> Walk {
        self.tally_what_was_set_aside();
        let [idle_exclude, idle_private] = self.tallies.map(|tally| tally.idle());
        let mut walk = Walk { idle_exclude, idle_private, diagnostics: self.diagnostics, ..Walk::default() };
        for file in self.files.into_values() {
            let list = if names::is_note(&file.name) {
                &mut walk.notes
            } else if names::unread_note_ending(&file.name).is_some() {
                &mut walk.unread
            } else {
                &mut walk.assets
            };
            list.push(file);
        }
        walk.diagnostics.extend(unread(&walk.unread, self.options.display_prefix));
        walk
    }
}

/// What a writer is told about all notes in formats that seoga does not read.
fn unread(notes: &[NoteFile], display_prefix: &str) -> Option<Diagnostic> {
    let first = notes.first()?;
    let endings: BTreeSet<&str> = notes.iter().filter_map(|note| names::unread_note_ending(&note.name)).collect();
    let shown: Vec<String> = endings.iter().map(|ending| format!("`.{ending}`")).collect();
    let patterns: Vec<String> = endings.iter().map(|ending| format!("\"*.{ending}\"")).collect();
    let (count, shown, patterns) = (notes.len(), shown.join(", "), patterns.join(", "));
    let message = text!(
        "seoga가 읽지 않는 형식의 노트 {count}개는 싣지 않았습니다({shown})",
        "notes in formats that seoga does not read are not published ({count} found: {shown})"
    );
    let warning = Diagnostic::warning("not-read", format!("{display_prefix}{}", first.name), Position::START, message);
    Some(warning.with_hint(text!(
        "실으려면 마크다운으로 바꾸어 `.md`로 저장하세요. `site.yaml`에 `exclude: [{patterns}]`라고 적으면 더는 알리지 않습니다",
        "to publish them, save them as Markdown in `.md` files; `exclude: [{patterns}]` in `site.yaml` stops this warning"
    )))
}

/// A component of a path as text in NFC, and whether that took guessing. Names unpacked from old Windows archives are
/// often CP949.
fn readable(name: &OsStr) -> (String, bool) {
    let bytes = name.as_encoded_bytes();
    let (text, odd) = match name.to_str() {
        Some(text) => (nfc(text).into_owned(), false),
        None => match EUC_KR.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => (text.into_owned(), true),
            None => (name.to_string_lossy().into_owned(), true),
        },
    };
    if text.contains(char::is_control) { (text.replace(char::is_control, "\u{fffd}"), true) } else { (text, odd) }
}

#[cfg(test)]
mod tests;
