//! Which notes are tied to which: the graph that pages draw.
//!
//! A note is tied to another when either links to it, shows it or names its folder, however often and in whichever
//! direction. What the drawing looks like is the render room's; what it means is decided here, colours included: a
//! colour is a shelf ([`shelves`]), a folder that a reader knows from the sidebar.

mod shelves;

use super::{Entry, Folders, Link, NoteId, Taxonomy};
pub use shelves::{Shelf, Shelves};

/// The ties between published notes.
#[derive(Debug, Default)]
pub struct Graph {
    /// Where each note's neighbours begin in `neighbours`; one more at the end.
    starts: Vec<usize>,
    /// Of each note in turn, in path order.
    neighbours: Vec<NoteId>,
    pub shelves: Shelves,
}

impl Graph {
    pub fn of(notes: &[Entry], folders: &Folders, tags: &Taxonomy) -> Self {
        let mut ties: Vec<(usize, usize)> = Vec::new();
        for (index, entry) in notes.iter().enumerate() {
            for link in &entry.links {
                let to = match link {
                    Link::Note { note, .. } => Some(*note),
                    Link::Folder(folder) => folders.get(*folder).index,
                    _ => None,
                };
                if let Some(to) = to.filter(|to| to.0 != index) {
                    ties.extend([(index, to.0), (to.0, index)]);
                }
            }
        }
        ties.sort_unstable();
        ties.dedup();
        let mut starts = vec![0; notes.len() + 1];
        for (from, _) in &ties {
            if let Some(count) = starts.get_mut(from + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let neighbours: Vec<NoteId> = ties.into_iter().map(|(_, to)| NoteId(to)).collect();
        let shelves = if neighbours.is_empty() { Shelves::default() } else { Shelves::of(notes, folders, tags) };
        Self { starts, neighbours, shelves }
    }

    /// Whether no two notes are tied.
    pub fn is_empty(&self) -> bool {
        self.neighbours.is_empty()
    }

    /// The notes tied to one, in path order.
    pub fn neighbours(&self, note: NoteId) -> &[NoteId] {
        let range = self.starts.get(note.0).zip(self.starts.get(note.0 + 1));
        range.and_then(|(start, end)| self.neighbours.get(*start..*end)).unwrap_or_default()
    }

    pub fn degree(&self, note: NoteId) -> usize {
        self.neighbours(note).len()
    }

    /// Whether two notes are tied.
    pub fn are_tied(&self, one: NoteId, other: NoteId) -> bool {
        self.neighbours(one).binary_search(&other).is_ok()
    }

    /// How many pairs of notes are tied.
    pub fn tie_count(&self) -> usize {
        self.neighbours.len() / 2
    }
}
