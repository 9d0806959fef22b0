//! The sidebar, breadcrumbs and the home page's tree.
//!
//! A sidebar that lists every note makes the pages of a large site grow with its square. Here a page shows the way to
//! itself: the folders at the root, opened along the path to the page, and its neighbours; a folder with very many
//! notes shows those around the current one.

use super::address::relative;
use super::context::{LinkContext, TreeContext};
use crate::library::{FolderId, Folders, Library, NoteId};

/// Notes of one folder shown in the sidebar.
const LONGEST_FOLDER: usize = 60;
/// Levels of folders in the home page's tree.
const TREE_DEPTH: usize = 3;

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Folder(FolderId),
    Note(NoteId),
    /// A page outside the folders: tags, all notes.
    Elsewhere,
}

/// The sidebar for a page.
pub fn sidebar(library: &Library, page_url: &str, place: Place) -> Vec<TreeContext> {
    let here = match place {
        Place::Folder(folder) => Some(folder),
        Place::Note(note) => Some(library.note(note).folder),
        Place::Elsewhere => None,
    };
    let mut path = Vec::new();
    if let Some(here) = here {
        path = library.folders.above(here);
        path.push(here);
    }
    level(library, page_url, Folders::ROOT, &path, place)
}

fn level(library: &Library, page_url: &str, at: FolderId, path: &[FolderId], place: Place) -> Vec<TreeContext> {
    let folder = library.folders.get(at);
    let mut entries: Vec<TreeContext> = folder
        .folders
        .iter()
        .map(|id| {
            let child = library.folders.get(*id);
            let open = path.contains(id);
            TreeContext {
                title: child.title.clone(),
                url: relative(page_url, &child.url),
                kind: "folder",
                current: place == Place::Folder(*id),
                open,
                note_count: Some(child.note_count),
                children: if open { level(library, page_url, *id, path, place) } else { Vec::new() },
            }
        })
        .collect();
    let notes = &folder.notes;
    let current = match place {
        Place::Note(note) if library.note(note).folder == at => Some(library.note(note).place),
        _ => None,
    };
    let first = match current {
        Some(current) if notes.len() > LONGEST_FOLDER => {
            current.saturating_sub(LONGEST_FOLDER / 2).min(notes.len() - LONGEST_FOLDER)
        }
        _ => 0,
    };
    entries.extend(notes.iter().skip(first).take(LONGEST_FOLDER).map(|id| {
        let note = library.note(*id);
        TreeContext {
            title: note.title.clone(),
            url: relative(page_url, &note.url),
            kind: "note",
            current: place == Place::Note(*id),
            open: false,
            note_count: None,
            children: Vec::new(),
        }
    }));
    if notes.len() > LONGEST_FOLDER {
        entries.push(TreeContext {
            title: format!("… {}", notes.len() - LONGEST_FOLDER),
            url: relative(page_url, &folder.url),
            kind: "more",
            current: false,
            open: false,
            note_count: None,
            children: Vec::new(),
        });
    }
    entries
}

/// The home page's tree: folders to a few levels, and the notes at the root.
pub fn tree(library: &Library, page_url: &str) -> Vec<TreeContext> {
    let mut entries = folders_below(library, page_url, Folders::ROOT, TREE_DEPTH);
    entries.extend(library.folders.get(Folders::ROOT).notes.iter().map(|id| {
        let note = library.note(*id);
        TreeContext {
            title: note.title.clone(),
            url: relative(page_url, &note.url),
            kind: "note",
            current: false,
            open: false,
            note_count: None,
            children: Vec::new(),
        }
    }));
    entries
}

fn folders_below(library: &Library, page_url: &str, at: FolderId, depth: usize) -> Vec<TreeContext> {
    if depth == 0 {
        return Vec::new();
    }
    library
        .folders
        .get(at)
        .folders
        .iter()
        .map(|id| {
            let folder = library.folders.get(*id);
            TreeContext {
                title: folder.title.clone(),
                url: relative(page_url, &folder.url),
                kind: "folder",
                current: false,
                open: true,
                note_count: Some(folder.note_count),
                children: folders_below(library, page_url, *id, depth - 1),
            }
        })
        .collect()
}

/// The folders above a place, from the site's root; `home` is what the root is called when it has no title of its own.
pub fn breadcrumbs(library: &Library, page_url: &str, place: Place, home: &str) -> Vec<LinkContext> {
    let folders = match place {
        Place::Folder(folder) => library.folders.above(folder),
        Place::Note(note) => {
            let folder = library.note(note).folder;
            let mut folders = library.folders.above(folder);
            folders.push(folder);
            folders
        }
        Place::Elsewhere => Vec::new(),
    };
    folders
        .into_iter()
        .map(|id| {
            let folder = library.folders.get(id);
            let title = if id == Folders::ROOT { home.to_owned() } else { folder.title.clone() };
            LinkContext { title, url: relative(page_url, &folder.url) }
        })
        .collect()
}
