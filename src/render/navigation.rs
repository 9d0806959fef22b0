//! The sidebar, breadcrumbs and the home page's tree.
//!
//! A sidebar that lists every note makes the pages of a large site grow with its square. Here a page shows the way to
//! itself: the folders at the root, opened along the path to the page, and its neighbours; of very many folders or
//! notes in one folder it shows those around the current one.

use std::ops::Range;

use super::address::relative;
use super::context::{LinkContext, TreeContext};
use crate::library::{FolderId, Folders, Library, NoteId};

/// Notes of one folder shown in the sidebar, and as many folders.
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
    // The way to the page is shown whatever its notes say of the sidebar.
    let wanted =
        |note: Option<NoteId>| note.is_none_or(|note| library.note(note).note.metadata.show_on_sidebar != Some(false));
    let folders: Vec<FolderId> = (folder.folders.iter().copied())
        .filter(|id| path.contains(id) || wanted(library.folders.get(*id).index))
        .collect();
    let notes: Vec<NoteId> =
        folder.notes.iter().copied().filter(|id| place == Place::Note(*id) || wanted(Some(*id))).collect();
    let open_folder = folders.iter().position(|id| path.contains(id));
    let shown = window(folders.len(), open_folder);
    let folders_shown = folders.get(shown.clone()).unwrap_or_default();
    let mut entries: Vec<TreeContext> = folders_shown
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
    let more = |all: usize, shown: Range<usize>| {
        (shown.len() < all).then(|| TreeContext {
            title: format!("… {}", all - shown.len()),
            url: relative(page_url, &folder.url),
            kind: "more",
            current: false,
            open: false,
            note_count: None,
            children: Vec::new(),
        })
    };
    entries.extend(more(folders.len(), shown));
    let current = notes.iter().position(|id| place == Place::Note(*id));
    let shown = window(notes.len(), current);
    entries.extend(notes.get(shown.clone()).unwrap_or_default().iter().map(|id| {
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
    entries.extend(more(notes.len(), shown));
    entries
}

/// Which of so many neighbours are shown: all, or [`LONGEST_FOLDER`] around the current one.
pub fn window(count: usize, current: Option<usize>) -> Range<usize> {
    let last = count.saturating_sub(LONGEST_FOLDER);
    let first = current.map_or(0, |current| current.saturating_sub(LONGEST_FOLDER / 2)).min(last);
    first..count.min(first + LONGEST_FOLDER)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::library::{Options, Parsed, gather};
    use crate::markdown::Document;
    use crate::source::note_from_bytes;

    #[test]
    fn a_long_folder_shows_what_is_around_the_current_place() {
        assert_eq!(window(0, None), 0..0);
        assert_eq!(window(LONGEST_FOLDER, Some(LONGEST_FOLDER - 1)), 0..LONGEST_FOLDER);
        assert_eq!(window(1500, None), 0..60);
        assert_eq!(window(1500, Some(10)), 0..60);
        assert_eq!(window(1500, Some(700)), 670..730);
        assert_eq!(window(1500, Some(1499)), 1440..1500);
    }

    #[test]
    fn what_wants_no_place_in_the_sidebar_is_shown_on_the_way_to_itself_only() {
        let hidden = "---\nshowOnSidebar: false\n---\n\n글\n";
        let notes = [("가.md", "글\n"), ("나.md", hidden), ("방/index.md", hidden), ("방/다.md", "글\n")];
        let notes = notes.map(|(name, text)| {
            let note = note_from_bytes(name, name, text.as_bytes().to_vec());
            Parsed { note, document: Document::default(), withheld: false }
        });
        let config = Config::default();
        let options =
            Options { config: &config, content_prefix: "", reserved: Vec::new(), reserved_folders: Vec::new() };
        let library = gather(notes.into(), Vec::new(), Vec::new(), &options);
        let titles = |place| -> Vec<String> {
            sidebar(&library, "가.html", place).into_iter().map(|entry| entry.title).collect()
        };
        let note = |name: &str| Place::Note(NoteId(library.notes.iter().position(|n| n.note.name == name).unwrap()));
        assert_eq!(titles(note("가.md")), ["가"]);
        assert_eq!(titles(note("나.md")), ["가", "나"]);
        assert_eq!(titles(note("방/다.md")), ["방", "가"]);
    }

    #[test]
    fn of_very_many_folders_a_page_shows_a_few() {
        let notes = (0..200).map(|n| {
            let note = note_from_bytes("글.md", &format!("주제 {n}/글.md"), Vec::new());
            Parsed { note, document: Document::default(), withheld: false }
        });
        let config = Config::default();
        let options =
            Options { config: &config, content_prefix: "", reserved: Vec::new(), reserved_folders: Vec::new() };
        let library = gather(notes.collect(), Vec::new(), Vec::new(), &options);
        let here = library.folders.at("주제 150").unwrap();
        let entries = sidebar(&library, "주제 150/index.html", Place::Folder(here));
        assert_eq!(entries.len(), LONGEST_FOLDER + 1);
        assert!(entries.iter().any(|entry| entry.current && entry.open && entry.title == "주제 150"));
        let last = entries.last().unwrap();
        assert_eq!((last.kind, last.title.as_str()), ("more", "… 140"));
    }
}
