//! The folder tree, and the order of what stands in it.

use std::cmp::{Ordering, Reverse};

use rustc_hash::FxHashMap;

use super::resolve::folder_of;
use super::{Collation, Entry, FolderId, NoteId, prefix};
use crate::source::Date;
use crate::source::names::stem;

/// A folder that holds published notes, or a folder above one.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Under `content/`, without a slash at the end; empty for the root.
    pub path: String,
    /// Its introduction's title, else its own name; empty for a root without introduction.
    pub title: String,
    pub url: String,
    pub parent: Option<FolderId>,
    pub index: Option<NoteId>,
    /// In reading order, the introduction not among them.
    pub notes: Vec<NoteId>,
    /// In reading order.
    pub folders: Vec<FolderId>,
    /// Notes in this folder and below it.
    pub note_count: usize,
}

/// All folders; the root is the first.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    all: Vec<Folder>,
    by_path: FxHashMap<String, FolderId>,
}

impl Folders {
    pub const ROOT: FolderId = FolderId(0);

    /// The tree for notes at these paths.
    pub fn of<'a>(note_paths: impl Iterator<Item = &'a str>) -> Self {
        let mut folders = Self::default();
        folders.add("");
        for path in note_paths {
            folders.add(folder_of(path));
        }
        folders
    }

    fn add(&mut self, path: &str) -> FolderId {
        if let Some(id) = self.by_path.get(path) {
            return *id;
        }
        let parent = (!path.is_empty()).then(|| self.add(folder_of(path)));
        let id = FolderId(self.all.len());
        let name = path.rsplit('/').next().unwrap_or(path);
        self.all.push(Folder { path: path.to_owned(), title: name.to_owned(), parent, ..Folder::default() });
        self.by_path.insert(path.to_owned(), id);
        id
    }

    pub fn at(&self, path: &str) -> Option<FolderId> {
        self.by_path.get(path).copied()
    }

    /// A folder by id. Ids come from this tree only.
    pub fn get(&self, id: FolderId) -> &Folder {
        &self.all[id.0]
    }

    pub(super) fn get_mut(&mut self, id: FolderId) -> &mut Folder {
        &mut self.all[id.0]
    }

    pub fn iter(&self) -> impl Iterator<Item = (FolderId, &Folder)> {
        self.all.iter().enumerate().map(|(index, folder)| (FolderId(index), folder))
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All folders as a reader meets them: each before the folders in it, neighbours in their order.
    pub fn in_reading_order(&self) -> Vec<FolderId> {
        let mut order = Vec::with_capacity(self.all.len());
        let mut ahead = vec![Self::ROOT];
        while let Some(id) = ahead.pop() {
            order.push(id);
            ahead.extend(self.get(id).folders.iter().rev());
        }
        order
    }

    /// The folders above one, from the root down, the folder itself not among them.
    pub fn above(&self, id: FolderId) -> Vec<FolderId> {
        let mut above: Vec<_> = std::iter::successors(self.get(id).parent, |id| self.get(*id).parent).collect();
        above.reverse();
        above
    }

    /// Puts the notes into their folders and everything into reading order: by weight, else by the number that the
    /// name begins with, else by title.
    pub(super) fn fill(&mut self, notes: &mut [Entry], collation: &Collation) {
        for (index, entry) in notes.iter().enumerate() {
            let folder = &mut self.all[entry.folder.0];
            if entry.is_index {
                folder.index = Some(NoteId(index));
                folder.title.clone_from(&entry.title);
            } else {
                folder.notes.push(NoteId(index));
            }
            let mut above = Some(entry.folder);
            while let Some(id) = above {
                self.all[id.0].note_count += 1;
                above = self.all[id.0].parent;
            }
        }
        for index in 0..self.all.len() {
            if let Some(parent) = self.all[index].parent {
                self.all[parent.0].folders.push(FolderId(index));
            }
        }
        for index in 0..self.all.len() {
            let newest_first = is_of_posts(&self.all[index].path);
            let notes_here = std::mem::take(&mut self.all[index].notes);
            let places = notes_here.into_iter().map(|id| (Place::of_note(&notes[id.0], newest_first), id));
            let notes_here = in_order(places.collect(), collation);
            for (place, id) in notes_here.iter().enumerate() {
                notes[id.0].place = place;
            }
            self.all[index].notes = notes_here;
            let folders_here = std::mem::take(&mut self.all[index].folders);
            let places = folders_here.into_iter().map(|id| (Place::of_folder(&self.all[id.0], notes), id));
            self.all[index].folders = in_order(places.collect(), collation);
        }
    }
}

/// Where a note or folder stands among its neighbours.
struct Place<'a> {
    weight: Option<f64>,
    number: Option<Number>,
    title: &'a str,
    /// Differs from that of every neighbour.
    path: &'a str,
}

/// What a name's number says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    /// A post of a blog; the newest first.
    Posted(Reverse<Date>),
    Numbered(Vec<u64>),
}

impl<'a> Place<'a> {
    fn of_note(entry: &'a Entry, newest_first: bool) -> Self {
        let path = &entry.note.name;
        let posted = Date::from_file_stem(stem(path)).filter(|_| newest_first);
        let number = match posted {
            Some((date, _)) => Some(Number::Posted(Reverse(date))),
            None => prefix::numbers(stem(path)).map(Number::Numbered),
        };
        Self { weight: entry.note.metadata.weight, number, title: &entry.title, path }
    }

    fn of_folder(folder: &'a Folder, notes: &[Entry]) -> Self {
        let name = folder.path.rsplit('/').next().unwrap_or(&folder.path);
        Self {
            weight: folder.index.and_then(|id| notes[id.0].note.metadata.weight),
            number: prefix::numbers(name).map(Number::Numbered),
            title: &folder.title,
            path: &folder.path,
        }
    }

    fn compare(&self, other: &Self, collation: &Collation) -> Ordering {
        let (a, b) = (self, other);
        // What has a weight, or a number, stands before what has none. `-0` weighs what `0` does.
        let weights = match (a.weight, b.weight) {
            (Some(a), Some(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let numbers = || match (&a.number, &b.number) {
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let titles = || collation.compare(a.title, b.title);
        weights.then_with(numbers).then_with(titles).then_with(|| a.path.cmp(b.path))
    }
}

fn in_order<T: Copy>(mut places: Vec<(Place<'_>, T)>, collation: &Collation) -> Vec<T> {
    places.sort_by(|(a, _), (b, _)| a.compare(b, collation));
    places.into_iter().map(|(_, id)| id).collect()
}

/// Whether the folder is Jekyll's `_posts` or lies in it.
fn is_of_posts(path: &str) -> bool {
    path.split('/').any(|folder| folder == "_posts")
}
