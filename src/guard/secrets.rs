//! What must not be found in the site: the names of everything that is not published, and the bytes of its files.

use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::squash::is_telling;
use crate::language::Text;
use crate::library::{Library, Parsed};
use crate::source::SourceFile;
use crate::source::names::{file_name, folder, is_index, is_path_alias, stem};
use crate::text;

/// Smaller files are not told apart: empty ones, pictures of one dot, a word in a text file. Many sites have the same.
const SMALLEST_FILE: u64 = 128;

/// What a name is to the note or file that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Title,
    FileName,
    Alias,
    Address,
    Tag,
    Category,
    Series,
    Folder,
}

impl Kind {
    pub fn words(self) -> Text {
        match self {
            Self::Title => text!("제목", "title"),
            Self::FileName => text!("파일 이름", "file name"),
            Self::Alias => text!("별칭", "alias"),
            Self::Address => text!("주소", "address"),
            Self::Tag => text!("태그", "tag"),
            Self::Category => text!("분류", "category"),
            Self::Series => text!("시리즈", "series"),
            Self::Folder => text!("폴더", "folder"),
        }
    }
}

/// A name that must not be found.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The note or file it belongs to, as diagnostics call it.
    pub owner: String,
    pub kind: Kind,
    pub name: String,
}

/// A file whose bytes must not be found.
#[derive(Clone, Debug)]
pub struct SecretFile {
    pub file: PathBuf,
    pub length: u64,
    pub owner: String,
    pub is_note: bool,
}

/// Everything that is kept back.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    pub traces: Vec<Trace>,
    /// Addresses in the site that nothing may stand at, and what would have stood there.
    pub places: Vec<(String, String)>,
    pub files: Vec<SecretFile>,
    /// Names under the content folder, and as diagnostics have them.
    names: Vec<(String, String)>,
}

impl Secrets {
    pub fn is_empty(&self) -> bool {
        self.traces.is_empty() && self.places.is_empty() && self.files.is_empty()
    }

    /// The notes that are not published. `files` are those of all notes.
    pub fn of_notes<'f>(parsed: &[Parsed], files: impl Iterator<Item = &'f SourceFile>) -> Self {
        let mut secrets = Self::default();
        let withheld: FxHashMap<&str, &str> = (parsed.iter().filter(|parsed| parsed.withheld))
            .map(|parsed| (parsed.note.name.as_str(), parsed.note.path.as_str()))
            .collect();
        if withheld.is_empty() {
            return secrets;
        }
        for parsed in parsed.iter().filter(|parsed| parsed.withheld) {
            secrets.add_note(parsed);
        }
        for file in files {
            if let Some(path) = withheld.get(file.name.as_str()) {
                secrets.add_file(file.path.clone(), (*path).to_owned(), true);
            }
        }
        secrets
    }

    /// Adds the files that are not published, and the folders that hold nothing else.
    pub fn add_files(&mut self, library: &Library, content_prefix: &str) {
        for asset in library.assets.iter().filter(|asset| asset.url.is_none()) {
            let owner = format!("{content_prefix}{}", asset.name);
            self.add(&owner, Kind::FileName, file_name(&asset.name));
            self.add(&owner, Kind::FileName, &asset.name);
            self.add_file(asset.file.clone(), owner.clone(), false);
            self.places.push((asset.name.clone(), owner.clone()));
            self.names.push((asset.name.clone(), owner));
        }
        let names = std::mem::take(&mut self.names);
        let published = library.assets.iter().filter(|asset| asset.url.is_some()).map(|asset| asset.name.as_str());
        let published = published.chain(library.notes.iter().map(|entry| entry.note.name.as_str()));
        let mut known: FxHashSet<&str> =
            if names.is_empty() { FxHashSet::default() } else { published.flat_map(folders_above).collect() };
        for (name, owner) in &names {
            for folder in folders_above(name) {
                if known.insert(folder) {
                    self.add(owner, Kind::Folder, file_name(folder));
                }
            }
        }
    }

    fn add_note(&mut self, parsed: &Parsed) {
        let note = &parsed.note;
        let metadata = &note.metadata;
        let mut add = |kind, name: &str| self.add(&note.path, kind, name);
        let title = parsed.title();
        if title != stem(&note.name) {
            add(Kind::Title, &title);
        }
        // An introduction is called like its folder, which may hold other notes.
        let path = without_ending(&note.name);
        if !is_index(path) {
            add(Kind::FileName, stem(&note.name));
            add(Kind::FileName, path);
        }
        let address = page_address(&note.url);
        if address != path && !is_index(address) {
            add(Kind::Address, address);
            add(Kind::Address, file_name(address));
        }
        for old in &metadata.redirect_from {
            add(Kind::Address, page_address(old));
        }
        for alias in &metadata.aliases {
            if is_path_alias(alias) {
                add(Kind::Address, page_address(alias));
            } else {
                add(Kind::Alias, alias);
            }
        }
        for tag in metadata.tags.iter().chain(&parsed.document.tags) {
            add(Kind::Tag, tag);
        }
        for category in &metadata.categories {
            add(Kind::Category, category);
        }
        for series in &metadata.series {
            add(Kind::Series, series);
        }
        self.places.push((note.url.clone(), note.path.clone()));
        self.names.push((note.name.clone(), note.path.clone()));
    }

    fn add(&mut self, owner: &str, kind: Kind, name: &str) {
        if is_telling(name) {
            self.traces.push(Trace { owner: owner.to_owned(), kind, name: name.to_owned() });
        }
    }

    fn add_file(&mut self, file: PathBuf, owner: String, is_note: bool) {
        // What cannot be looked at cannot have been copied either.
        let length = std::fs::metadata(&file).map_or(0, |metadata| metadata.len());
        if length >= SMALLEST_FILE {
            self.files.push(SecretFile { file, length, owner, is_note });
        }
    }
}

/// `가/나/다.md` → `가`, `가/나`.
fn folders_above(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder(name)), |above| Some(folder(above))).take_while(|folder| !folder.is_empty())
}

/// A path without the ending of a note.
fn without_ending(name: &str) -> &str {
    let (folder, stem) = (folder(name), stem(name));
    let length = if folder.is_empty() { 0 } else { folder.len() + 1 } + stem.len();
    name.get(..length).unwrap_or(name)
}

/// The address of a page as names go: without what all addresses have.
fn page_address(address: &str) -> &str {
    let address = address.trim_matches('/');
    let address = [".html", ".htm", ".md"].iter().find_map(|ending| address.strip_suffix(ending)).unwrap_or(address);
    address.strip_suffix("/index").unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_is_without_what_all_have() {
        assert_eq!(without_ending("일기/2024.여행.md"), "일기/2024.여행");
        assert_eq!(without_ending("글.org"), "글");
        assert_eq!(page_address("/옛/글/"), "옛/글");
        assert_eq!(page_address("옛/글/index.html"), "옛/글");
        assert_eq!(folders_above("가/나/다.md").collect::<Vec<_>>(), ["가/나", "가"]);
    }
}
