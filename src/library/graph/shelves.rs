//! Shelves: the few groups of notes that a drawing tells apart by colour.
//!
//! A shelf is a folder at the level where the notes part: when nearly all of them stand in `_wiki/`, its folders are
//! the shelves, not `_wiki` itself. A vault whose notes all stand in one folder and carry their place in their names,
//! as Dendron's do (`dendron.topic.pod`), is parted by the names, and one whose notes carry tags by each note's most used
//! tag. The largest shelves have colours; a reader cannot
//! tell more than a handful apart, so what is left shares one without hue.

use rustc_hash::FxHashMap;

use crate::library::{Entry, Folders, NoteId, Taxonomy};
use crate::source::names::{folder, stem};

/// Shelves with a colour of their own.
pub const COLOURS: usize = 8;
/// A part that holds so many percent of all notes parts nothing.
const NEARLY_ALL: usize = 80;

/// One group of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Empty for what stands on no shelf.
    pub title: String,
    /// Of the folder's page; `None` where the shelf is no folder.
    pub url: Option<String>,
    pub note_count: usize,
}

/// The shelves of a site.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    /// The largest first; at most [`COLOURS`].
    pub all: Vec<Shelf>,
    /// The rest, if any.
    pub rest: usize,
    /// By note: 1 for the first shelf …, 0 for the rest.
    of_note: Vec<u8>,
}

impl Shelves {
    pub fn of(notes: &[Entry], folders: &Folders, tags: &Taxonomy) -> Self {
        let mut paths: Vec<Vec<&str>> = notes.iter().map(|entry| components(folder(&entry.note.name), '/')).collect();
        let parts_nothing = |paths: &[Vec<&str>]| largest(&parted(paths)) * 100 >= notes.len() * NEARLY_ALL;
        let mut kind = Kind::Folder;
        if parts_nothing(&paths) {
            let dotted = notes.iter().filter(|entry| is_dotted(stem(&entry.note.name))).count();
            let by_tag: Vec<Vec<&str>> = notes.iter().map(|entry| most_used(entry, tags)).collect();
            let tagged = by_tag.iter().filter(|tag| !tag.is_empty()).count();
            if dotted * 2 > notes.len() {
                kind = Kind::Name;
                paths = notes.iter().map(|entry| components(stem(&entry.note.name), '.')).collect();
            } else if tagged * 2 > notes.len() && !parts_nothing(&by_tag) {
                kind = Kind::Tag;
                paths = by_tag;
            }
        }
        let keys = parted(&paths);
        let mut counts: FxHashMap<&[&str], usize> = FxHashMap::default();
        // What stands in no folder stands at the root; what has no tag stands nowhere.
        for key in keys.iter().filter(|key| kind == Kind::Folder || !key.is_empty()) {
            *counts.entry(key).or_default() += 1;
        }
        let mut order: Vec<(&[&str], usize)> = counts.into_iter().collect();
        order.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        order.truncate(COLOURS);
        let numbers: FxHashMap<&[&str], u8> = order.iter().zip(1..).map(|((key, _), number)| (*key, number)).collect();
        let of_note: Vec<u8> = keys.iter().map(|key| numbers.get(key).copied().unwrap_or(0)).collect();
        let shelf = |(key, note_count): &(&[&str], usize)| {
            let name = key.last().copied().unwrap_or_default();
            let named = |title: &str, url: Option<&str>| Shelf {
                title: title.to_owned(),
                url: url.map(str::to_owned),
                note_count: *note_count,
            };
            match kind {
                Kind::Folder => match folders.at(&key.join("/")).map(|id| folders.get(id)) {
                    Some(folder) => named(&folder.title, Some(&folder.url)),
                    None => named(name, None),
                },
                Kind::Name => named(name, None),
                Kind::Tag => match tags.named(name) {
                    Some(tag) => named(&format!("#{}", tag.name), Some(&tag.url)),
                    None => named(name, None),
                },
            }
        };
        let all = order.iter().map(shelf).collect();
        Self { all, rest: of_note.iter().filter(|number| **number == 0).count(), of_note }
    }

    /// The number of a note's shelf: 0 for the rest.
    pub fn number(&self, note: NoteId) -> u8 {
        self.of_note.get(note.0).copied().unwrap_or(0)
    }
}

/// What shelves are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Folder,
    Name,
    Tag,
}

/// The tag of a note that most other notes have too.
fn most_used<'a>(entry: &Entry, tags: &'a Taxonomy) -> Vec<&'a str> {
    let own = entry.tags.iter().filter_map(|name| tags.named(name));
    // Of equal ones the first that the note names.
    own.rev().max_by_key(|tag| tag.notes.len()).map(|tag| tag.name.as_str()).into_iter().collect()
}

fn components(path: &str, separator: char) -> Vec<&str> {
    path.split(separator).filter(|component| !component.is_empty()).collect()
}

/// `a.b` and `a.b.c`, but not `1. 시작하기`.
fn is_dotted(stem: &str) -> bool {
    stem.contains('.') && !stem.contains(' ') && stem.split('.').all(|part| !part.is_empty())
}

/// For each path the part of it that names its group: down a trunk that nearly all share, and one step further.
fn parted<'p, 'a>(paths: &'p [Vec<&'a str>]) -> Vec<&'p [&'a str]> {
    let mut trunk: Vec<&str> = Vec::new();
    loop {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for path in paths.iter().filter(|path| path.starts_with(&trunk)) {
            if let Some(next) = path.get(trunk.len()) {
                *counts.entry(next).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        match most {
            Some((next, count)) if count * 100 >= paths.len() * NEARLY_ALL => trunk.push(next),
            _ => break,
        }
    }
    let shared = |path: &[&str]| path.iter().zip(&trunk).take_while(|(a, b)| a == b).count();
    paths.iter().map(|path| path.get(..path.len().min(shared(path) + 1)).unwrap_or_default()).collect()
}

fn largest(keys: &[&[&str]]) -> usize {
    let mut counts: FxHashMap<&[&str], usize> = FxHashMap::default();
    keys.iter().for_each(|key| *counts.entry(key).or_default() += 1);
    counts.into_values().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(paths: &[&str], separator: char) -> Vec<String> {
        let paths: Vec<Vec<&str>> = paths.iter().map(|path| components(path, separator)).collect();
        parted(&paths).into_iter().map(|key| key.join("/")).collect()
    }

    #[test]
    fn notes_part_at_the_level_where_they_differ() {
        assert_eq!(groups(&["가", "가/나", "다", ""], '/'), ["가", "가", "다", ""]);
        let wiki = ["w/a", "w/a/b", "w/c", "w", "w/d", "w/e", "w/f", "w/g", "w/h", "posts/2020"];
        assert_eq!(
            groups(&wiki, '/'),
            ["w/a", "w/a", "w/c", "w", "w/d", "w/e", "w/f", "w/g", "w/h", "posts"],
            "a trunk of nine tenths is gone down, and what stands beside it is a group"
        );
        assert_eq!(groups(&["d.t.a", "d.t.b", "d.u", "d"], '.'), ["d/t", "d/t", "d/u", "d"]);
        assert_eq!(groups(&[], '/'), [""; 0]);
    }

    #[test]
    fn a_number_at_the_beginning_of_a_name_is_no_place() {
        assert!(is_dotted("dendron.topic.pod"));
        assert!(!is_dotted("1. 시작하기") && !is_dotted("v1."));
    }
}
