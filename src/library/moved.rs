//! Notes that moved: what once led to them still does.
//!
//! A note names its old addresses in `redirect_from` (Jekyll), or as an alias that is a path: `/옛/글`, `옛글.html`, and
//! `폴더/이름` where there is such a folder, since `CI/CD` is a name. A page is published at each old address that nobody
//! has, and leads to the note itself; a redirect to a redirect cannot be written. Links in other notes that still name
//! the old address lead to the note at once.

use super::addresses::Claim;
use super::names::{Destination, Names};
use super::resolve::folder_of;
use super::{Folders, Library, NoteId};
use crate::address::decoded;
use crate::diagnostics::Diagnostic;
use crate::language::Text;
use crate::source::Note;
use crate::source::names::{is_index, is_note, is_path_alias, note_url};
use crate::text;

/// An address that a note once had.
struct OldAddress<'a> {
    /// The key of the front matter that says so.
    key: &'static str,
    written: &'a str,
    url: String,
    /// Why it cannot be one.
    refused: Option<Text>,
}

/// The old addresses that a note names.
fn old_addresses<'a>(note: &'a Note, folders: &'a Folders) -> impl Iterator<Item = OldAddress<'a>> {
    let is_path = |alias: &&String| {
        is_path_alias(alias)
            || (alias.contains('/') && folders.at(folder_of(alias)).is_some_and(|at| at != Folders::ROOT))
    };
    let moved = note.metadata.redirect_from.iter().map(|old| ("redirect_from", old));
    let aliases = note.metadata.aliases.iter().filter(is_path).map(|alias| ("aliases", alias));
    moved.chain(aliases).map(|(key, written)| {
        let path = decoded(written);
        // The file as it was once called stood where such a file would stand today.
        let page = match path.rsplit_once('.') {
            _ if is_note(&path) && is_index(&path) => format!("{}/", folder_of(&path)),
            Some((stem, _)) if is_note(&path) => stem.to_owned(),
            _ => path,
        };
        let (url, refused) = note_url("redirect.md", Some(&page), None);
        OldAddress { key, written, url, refused }
    })
}

/// Lets links by old addresses find the note. What stands at such a path today is meant first.
pub fn add_names(names: &mut Names, note: &Note, folders: &Folders, destination: Destination) {
    for old in old_addresses(note, folders).filter(|old| old.refused.is_none()) {
        names.add_old_address(&old.url, destination);
    }
}

/// Claims a page for every old address.
pub fn redirects(library: &mut Library) {
    for (index, entry) in library.notes.iter().enumerate() {
        let note = &entry.note;
        for OldAddress { key, written, url, refused } in old_addresses(note, &library.folders) {
            if url == entry.url {
                // It never moved, or moved back.
                continue;
            }
            // Named twice; a note's redirects come together.
            let mut own = library.redirects.iter().rev().take_while(|(_, to)| to.0 == index);
            if own.any(|(from, _)| *from == url) {
                continue;
            }
            let why = refused.or_else(|| {
                let owner = library.addresses.owner(&url)?;
                Some(text!(
                    "옛 주소 `{written}`에는 이미 `{owner}`의 쪽이 있어서 이어 주지 않습니다",
                    "the old address `{written}` is not redirected: `{owner}` is published there"
                ))
            });
            if let Some(why) = why {
                library.diagnostics.push(Diagnostic::warning("address-taken", &note.path, note.key_position(key), why));
            } else if library.addresses.claim(&url, &note.path) == Claim::Granted {
                library.redirects.push((url, NoteId(index)));
            }
        }
    }
}
