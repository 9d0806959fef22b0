//! A folder of notes without `content/` is the site's folder too: what in it belongs to the site.
//!
//! The theme's `templates/` and `static/`, a site built into `public/` and the configuration are no content. A writer
//! whose notes lie in one of those folders is told.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::readable;
use crate::diagnostics::{Diagnostic, Position};
use crate::publish::MANIFEST;
use crate::source::names;
use crate::source::patterns::Patterns;
use crate::text;

/// What the configuration may be called, the first that exists being read.
pub const CONFIG_NAMES: [&str; 2] = ["site.yaml", "site.yml"];
/// The words of the site's search.
pub const DICTIONARY_NAME: &str = "dictionary.csv";

/// Whether a file of a site's `templates/` (its path in there) is one of seoga's. Obsidian keeps notes to start from in
/// a folder of that name.
pub fn is_template(name: &str) -> bool {
    let strings = |file: &str| !file.contains('/') && file.ends_with(".yaml");
    name.ends_with(".html") || name.ends_with(".xml") || name.strip_prefix("strings/").is_some_and(strings)
}

/// Whether a folder is a site that was built. Wherever it stands (a preview with drafts, built beside the notes), it is
/// no content: its pages would be published as files of the next site, and nobody would weed them.
pub(super) fn is_built(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

/// Whether there are notes in a folder or below it.
pub fn holds_notes(folder: &Path) -> bool {
    files_in(folder).any(|file| names::is_note(&file))
}

/// What is set aside.
#[derive(Debug, Default)]
pub(super) struct SetAside {
    /// Folders that belong to the site rather than to its content.
    pub folders: Vec<&'static str>,
    /// About notes in them.
    pub diagnostics: Vec<Diagnostic>,
}

impl SetAside {
    /// Looks at a folder that is content and site in one. `output` is the output folder relative to it.
    pub fn of(content: &Path, output: Option<&Path>, exclude: &Patterns) -> Self {
        let mut aside = Self::default();
        for name in ["templates", "static", "public"] {
            let folder = content.join(name);
            // A link is judged by where it leads.
            let is_folder = folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
            if !is_folder || exclude.matches_folder(name) {
                continue;
            }
            let built = is_built(&folder);
            let is_output = output == Some(Path::new(name));
            let (mut notes, mut templates) = (0_usize, false);
            for file in files_in(&folder) {
                notes += usize::from(names::is_note(&file) && !exclude.matches_file(&format!("{name}/{file}")));
                templates |= is_template(&file);
            }
            let (is_own, not_content) = match name {
                "templates" => (templates || notes > 0, notes > 0),
                "static" => (true, notes > 0),
                // What somebody keeps beside a built site (`CNAME`, `README.md`) was never meant as a note.
                _ => (built, is_output && !built && notes > 0),
            };
            if is_own {
                aside.folders.push(name);
            }
            if not_content {
                aside.diagnostics.push(not_content_of(name, notes));
            }
        }
        aside
    }

    /// Whether a name under the content folder is the site's.
    pub fn holds(&self, name: &str, is_folder: bool) -> bool {
        match name.split_once('/') {
            Some((first, _)) => self.folders.contains(&first),
            None => is_folder && self.folders.contains(&name),
        }
    }
}

/// Whether a file at the top of such a folder is the configuration or the dictionary. They name what may be private. Some disks find it in any
/// case.
pub(super) fn is_config(name: &str) -> bool {
    CONFIG_NAMES.iter().chain([&DICTIONARY_NAME]).any(|config| config.eq_ignore_ascii_case(name))
}

/// What a writer is told of notes that stand beside `content/`; nothing where the site has a configuration: somebody has
/// chosen the layout.
pub fn beside_content(root: &Path, output: &Path) -> Option<Diagnostic> {
    if CONFIG_NAMES.iter().any(|name| root.join(name).is_file()) {
        return None;
    }
    let about_the_repository = |name: &str| {
        let stem = names::stem(name).to_lowercase().replace(['_', '-'], "");
        let known = ["readme", "license", "contributing", "changelog", "codeofconduct", "security"];
        !name.contains('/') && known.contains(&stem.as_str())
    };
    let is_apart = |entry: &DirEntry| {
        let name = entry.file_name();
        let at_top = entry.depth() == 1 && ["content", "templates", "static", "public"].iter().any(|own| name == *own);
        let is_folder = entry.file_type().is_dir();
        name.as_encoded_bytes().starts_with(b".")
            || is_folder
                && (at_top
                    || name == "node_modules"
                    || name == "target"
                    || entry.path() == output
                    || is_built(entry.path()))
    };
    let entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    let notes = entries.filter_entry(|entry| !is_apart(entry)).flatten().filter_map(|entry| {
        let relative = entry.path().strip_prefix(root).ok()?;
        let parts: Vec<String> = relative.components().map(|part| readable(part.as_os_str()).0).collect();
        let name = parts.join("/");
        (entry.file_type().is_file() && names::is_note(&name) && !about_the_repository(&name)).then_some(name)
    });
    let notes: Vec<String> = notes.collect();
    let first = notes.first()?;
    let count = notes.len();
    let message = text!(
        "`content/` 폴더가 있으면 그 안만 읽으므로, 밖에 있는 노트는 싣지 않았습니다(모두 {count}개)",
        "only the folder `content/` is read; notes outside of it are not published ({count} found)"
    );
    Some(Diagnostic::warning("not-content", first, Position::START, message).with_hint(text!(
        "모두 실으려면 `content/`로 옮기거나 그 폴더의 이름을 바꾸세요. 이대로가 맞다면 `site.yaml`을 두면 더는 알리지 않습니다",
        "to publish them, move them into `content/` or give that folder another name; if all is well, a `site.yaml` stops this warning"
    )))
}

fn not_content_of(folder: &str, notes: usize) -> Diagnostic {
    let (korean, english) = match folder {
        "templates" => ("템플릿을 두는 곳", "templates"),
        "static" => ("사이트에 그대로 들어갈 파일을 두는 곳", "files that go to the site as they are"),
        _ => ("사이트를 만들어 넣는 곳", "the built site"),
    };
    let message = text!(
        "`{folder}/`: {korean}이어서 그 안의 노트 {notes}개는 싣지 않았습니다",
        "`{folder}/` is for {english}; notes in it are not published ({notes} found)"
    );
    Diagnostic::warning("not-content", folder, Position::START, message).with_hint(text!(
            "실으려면 다른 폴더로 옮기거나, 노트를 모두 `content/` 폴더에 넣으세요. `site.yaml`에 `exclude: [{folder}/]`라고 적으면 더는 알리지 않습니다",
            "to publish them, move them to another folder, or move all notes into `content/`; `exclude: [{folder}/]` in `site.yaml` stops this warning"
        ))
}

/// The visible files below a folder, as readable paths with `/`; links are not followed.
pub(super) fn files_in(folder: &Path) -> impl Iterator<Item = String> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder).into_iter().filter_entry(visible).flatten();
    entries.filter(|entry| entry.file_type().is_file()).filter_map(move |entry| {
        let relative = entry.path().strip_prefix(folder).ok()?;
        let parts: Vec<String> = relative.components().map(|part| readable(part.as_os_str()).0).collect();
        Some(parts.join("/"))
    })
}
