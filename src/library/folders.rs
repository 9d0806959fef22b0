//! The folder tree, and the order of what stands in it.

use rustc_hash::FxHashMap;

use super::resolve::folder_of;
use super::{Entry, FolderId, NoteId, natural_order};

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

    /// Puts the notes into their folders and everything into reading order: weight, then name.
    pub(super) fn fill(&mut self, notes: &mut [Entry]) {
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
        // Children come after their parents, so every child is in place when its parent sorts.
        for index in 0..self.all.len() {
            if let Some(parent) = self.all[index].parent {
                self.all[parent.0].folders.push(FolderId(index));
            }
        }
        for index in 0..self.all.len() {
            let mut notes_here = std::mem::take(&mut self.all[index].notes);
            notes_here.sort_by(|a, b| {
                let (a, b) = (&notes[a.0], &notes[b.0]);
                let (x, y) = (place(a), place(b));
                x.0.total_cmp(&y.0).then_with(|| natural_order(x.1, y.1)).then_with(|| a.note.name.cmp(&b.note.name))
            });
            for (place, id) in notes_here.iter().enumerate() {
                notes[id.0].place = place;
            }
            self.all[index].notes = notes_here;
            let mut folders_here = std::mem::take(&mut self.all[index].folders);
            folders_here.sort_by(|a, b| {
                let (a, b) = (&self.all[a.0], &self.all[b.0]);
                let weight = |folder: &Folder| folder.index.map_or(f64::INFINITY, |id| place(&notes[id.0]).0);
                weight(a).total_cmp(&weight(b)).then_with(|| natural_order(&a.path, &b.path))
            });
            self.all[index].folders = folders_here;
        }
    }
}

/// Where a note stands in its folder: notes with a weight first, the others by file name when it is numbered, else
/// by title.
fn place(entry: &Entry) -> (f64, &str) {
    let weight = entry.note.metadata.weight.unwrap_or(f64::INFINITY);
    let name = entry.note.name.rsplit('/').next().unwrap_or(&entry.note.name);
    let numbered = name.starts_with(|c: char| c.is_ascii_digit());
    (weight, if numbered { name } else { &entry.title })
}
