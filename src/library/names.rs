//! What a link may call a note or an asset, and what it then means.
//!
//! Paths are looked up first as they stand and then without case; bare names by file stem, then title, then alias.
//! Names are compared in NFC, without case, white space folded ([`name_key`]).

use rustc_hash::FxHashMap;

use super::{AssetId, FolderId, NoteId, PrivateId};
use crate::source::names::{file_name, name_key, stem};

/// Something a link can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    Note(NoteId),
    Asset(AssetId),
    Folder(FolderId),
    /// A note or asset that is not published.
    Private(PrivateId),
}

/// All names of a library.
#[derive(Debug, Default)]
pub struct Names {
    /// Path under `content/` in NFC; for folders without a slash at the end.
    paths: FxHashMap<String, Destination>,
    /// The same, lower-cased; the first in path order.
    paths_without_case: FxHashMap<String, Destination>,
    /// Addresses that notes once had, as [`page_of`] writes them.
    old_addresses: FxHashMap<String, Destination>,
    /// Last component of a path, with and without its ending → where such files stand.
    stems: FxHashMap<String, Vec<Named>>,
    titles: FxHashMap<String, Vec<Named>>,
    aliases: FxHashMap<String, Vec<Named>>,
}

/// A destination and the path that the nearness of two candidates is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub destination: Destination,
    pub path: String,
}

impl Names {
    /// A file or folder by its path under `content/`.
    pub fn add_path(&mut self, path: &str, destination: Destination) {
        self.paths.entry(path.to_owned()).or_insert(destination);
        self.paths_without_case.entry(path.to_lowercase()).or_insert(destination);
    }

    /// A note by an address that it once had.
    pub fn add_old_address(&mut self, address: &str, destination: Destination) {
        self.old_addresses.entry(page_of(address)).or_insert(destination);
    }

    /// A note by the last component of its path: `로드 밸런서.md` is called `로드 밸런서`.
    pub fn add_note_stem(&mut self, path: &str, destination: Destination) {
        let (name, stem) = (file_name(path), stem(path));
        insert(&mut self.stems, stem, path, destination);
        if stem != name {
            insert(&mut self.stems, name, path, destination);
        }
    }

    /// An asset by its file name, ending included.
    pub fn add_asset_name(&mut self, path: &str, destination: Destination) {
        insert(&mut self.stems, file_name(path), path, destination);
    }

    pub fn add_title(&mut self, title: &str, path: &str, destination: Destination) {
        insert(&mut self.titles, title, path, destination);
    }

    pub fn add_alias(&mut self, alias: &str, path: &str, destination: Destination) {
        insert(&mut self.aliases, alias, path, destination);
    }

    /// What stands at a path.
    pub fn at(&self, path: &str) -> Option<Destination> {
        self.paths.get(path).or_else(|| self.paths_without_case.get(&path.to_lowercase())).copied()
    }

    /// What once stood at a path.
    pub fn once_at(&self, path: &str) -> Option<Destination> {
        if self.old_addresses.is_empty() {
            return None;
        }
        self.old_addresses.get(&page_of(path)).copied()
    }

    /// What a bare name means: candidates by stem, else by title, else by alias.
    pub fn called(&self, name: &str) -> &[Named] {
        let key = name_key(name);
        [&self.stems, &self.titles, &self.aliases]
            .into_iter()
            .find_map(|names| names.get(&key).filter(|named| !named.is_empty()))
            .map_or(&[], Vec::as_slice)
    }
}

/// One spelling for the addresses of one page: `옛/글.html`, `옛/글.md`, `옛/글/index.html` and `옛/글/` are `옛/글`.
fn page_of(path: &str) -> String {
    let path = path.trim_matches('/').to_lowercase();
    let stem = [".html", ".htm", ".md"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(&path);
    stem.strip_suffix("/index").unwrap_or(stem).to_owned()
}

fn insert(names: &mut FxHashMap<String, Vec<Named>>, name: &str, path: &str, destination: Destination) {
    let key = name_key(name);
    if key.is_empty() {
        return;
    }
    let named = names.entry(key).or_default();
    // What one note is called twice comes together, so looking at the last is enough.
    if named.last().is_none_or(|last| last.destination != destination || last.path != path) {
        named.push(Named { destination, path: path.to_owned() });
    }
}
