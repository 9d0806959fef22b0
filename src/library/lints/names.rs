//! Names that more than one thing has.

use rustc_hash::{FxHashMap, FxHashSet};

use super::at;
use crate::diagnostics::{Diagnostic, Position};
use crate::language::josa;
use crate::library::{Entry, Library};
use crate::source::names::{is_path_alias, name_key, stem};
use crate::text;

/// Others that a message names.
const OTHERS_NAMED: usize = 3;

/// Notes whose title, as written, another note has. Titles that are only file names are excepted: `정리.md` of two
/// folders is told apart by the folder, and so are the folders' own pages. Of several one is not told of: the one whose file is called so, else the first.
pub fn duplicate_titles(library: &Library) -> Vec<Diagnostic> {
    let notes = &library.notes;
    let mut titled: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, entry) in notes.iter().enumerate() {
        let key = name_key(&entry.title);
        if !key.is_empty() && (has_written_title(entry) || !entry.is_index) {
            titled.entry(key).or_default().push(index);
        }
    }
    let told = |entry: &Entry| {
        let same = titled.get(&name_key(&entry.title)).filter(|_| has_written_title(entry))?;
        let same: Vec<&Entry> = same.iter().filter_map(|index| notes.get(*index)).collect();
        // The title is that note's own whose file is called so.
        let is_file_name =
            |other: &&&Entry| !has_written_title(other) || name_key(stem(&other.note.name)) == name_key(&other.title);
        let first = same.iter().find(is_file_name).or(same.first())?;
        let others: Vec<&str> = same
            .iter()
            .map(|other| other.note.path.as_str())
            .filter(|path| *path != entry.note.path)
            .take(OTHERS_NAMED)
            .collect();
        if others.is_empty() || first.note.path == entry.note.path {
            return None;
        }
        let more = same.len() - 1 - others.len();
        let (and_more_korean, and_more_english) = match more {
            0 => (String::new(), String::new()),
            more => (format!(" 외 {more}개"), format!(" and {more} more")),
        };
        let (quoted, others) = (format!("`{}`", entry.title), others.join("`, `"));
        let title = josa(&quoted, "을", "를");
        let message = text!(
            "제목 {title} 다른 노트도 씁니다: `{others}`{and_more_korean}",
            "another note has the title {quoted} too: `{others}`{and_more_english}"
        );
        Some(Diagnostic::warning("duplicate-title", &entry.note.path, title_position(entry), message))
    };
    notes.iter().filter_map(told).collect()
}

/// Whether the title stands in the note, rather than being its file's name. Dendron writes the last part of its dotted
/// names into every note: `title: Tutorial` in `pod.tutorial.md`.
fn has_written_title(entry: &Entry) -> bool {
    let repeats_name = |last: &str| name_key(&last.replace(['-', '_'], " ")) == name_key(&entry.title);
    let dotted = stem(&entry.note.name).rsplit_once('.').is_some_and(|(_, last)| repeats_name(last));
    !dotted && (entry.note.metadata.title.is_some() || entry.document.title.is_some())
}

fn title_position(entry: &Entry) -> Position {
    match (&entry.note.metadata.title, entry.document.title_start) {
        (None, Some(start)) => at(entry, start),
        (Some(_), _) => entry.note.first_key_position(&["title", "Title"]).1,
        (None, None) => Position::START,
    }
}

/// Aliases by which a link can never reach their note, because another is called so: files and titles come first.
pub fn aliases_taken(library: &Library) -> Vec<Diagnostic> {
    let mut called: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, entry) in library.notes.iter().enumerate() {
        let names = [stem(&entry.note.name), entry.title.as_str()];
        for key in names.iter().enumerate().filter(|(at, name)| *at == 0 || names.first() != Some(*name)) {
            called.entry(name_key(key.1)).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for (index, entry) in library.notes.iter().enumerate() {
        let mut told: FxHashSet<String> = FxHashSet::default();
        for alias in entry.note.metadata.aliases.iter().filter(|alias| !is_path_alias(alias)) {
            let key = name_key(alias);
            let Some(others) = called.get(&key).filter(|others| !others.contains(&index)) else { continue };
            let Some(other) = others.first().and_then(|other| library.notes.get(*other)) else { continue };
            if !told.insert(key) {
                continue;
            }
            let quoted = format!("`{alias}`");
            let (topic, path) = (josa(&quoted, "은", "는"), &other.note.path);
            let message = text!(
                "별칭 {topic} `{path}`의 이름이기도 해서, `[[{alias}]]`는 그 노트로 이어집니다",
                "the alias {quoted} is a name of `{path}` too, where `[[{alias}]]` leads"
            );
            let (key, _) = entry.note.first_key_position(&["aliases", "alias", "Aliases", "Alias"]);
            let position = entry.note.item_position(key, alias);
            found.push(Diagnostic::warning("alias-taken", &entry.note.path, position, message));
        }
    }
    found
}

/// Files and folders whose names differ in nothing but case. (Two spellings of one name, NFD and NFC, are told of by
/// the walk, which takes one of them only.)
pub fn case_twins(library: &Library, prefix: &str) -> Vec<Diagnostic> {
    // Where two notes want one address the writer was told already, for the same reason.
    let moved = library.diagnostics.iter().filter(|fault| fault.code == "address-taken");
    let moved: FxHashSet<&str> = moved.map(|fault| fault.path.as_str()).collect();
    let notes = library.notes.iter().map(|entry| entry.note.name.as_str());
    let assets = library.assets.iter().filter(|asset| asset.url.is_some()).map(|asset| asset.name.as_str());
    let mut paths: Vec<&str> = notes.chain(assets).collect();
    paths.sort_unstable();
    let mut known: FxHashMap<String, &str> = FxHashMap::default();
    let mut found = Vec::new();
    for path in paths {
        // Each folder above the file, then the file.
        let ends = path.match_indices('/').map(|(at, _)| at).chain(std::iter::once(path.len()));
        for end in ends {
            let Some(name) = path.get(..end) else { continue };
            let other = *known.entry(name.to_lowercase()).or_insert(name);
            if other == name {
                continue;
            }
            let shown = format!("{prefix}{name}");
            if !moved.contains(shown.as_str()) {
                let quoted = format!("`{prefix}{other}`");
                let beside = josa(&quoted, "과", "와");
                let message = text!(
                    "{beside} 대소문자만 다릅니다. 맥과 윈도의 디스크에서는 이름이 같은 것이 됩니다",
                    "differs from {quoted} in case only; on the disks of macOS and Windows they are one"
                );
                found.push(Diagnostic::warning("name-twin", shown, Position::START, message));
            }
            // What lies in a twin has the other's folder for its own, as it were.
            break;
        }
    }
    found.dedup_by(|a, b| a.path == b.path);
    found
}
