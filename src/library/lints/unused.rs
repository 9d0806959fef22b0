//! Notes that nobody links to, and files that nobody uses.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, Position};
use crate::library::named_files::FileNames;
use crate::library::{Asset, AssetId, Entry, Library, Link};
use crate::media;
use crate::source::Date;
use crate::source::names::{file_name, stem};
use crate::text;

/// Of so many notes that could be linked to one has to be, or else the site is held together by its folders.
const LINKED_OF: usize = 5;

/// Notes that no other note links to. Where hardly any note is linked to, links are not how the site hangs together, and
/// then this says nothing. A folder's own page, a part of a series and a post by its date have a place without links.
pub fn orphans(library: &Library) -> Vec<Diagnostic> {
    let is_placed = |entry: &Entry| {
        let dated = Date::from_file_stem(stem(&entry.note.name)).is_some();
        dated || entry.is_index || entry.url == "404.html" || !entry.series.is_empty()
    };
    let notes = library.notes.iter().filter(|entry| !is_placed(entry));
    let (linked, orphans): (Vec<&Entry>, Vec<&Entry>) = notes.partition(|entry| !entry.backlinks.is_empty());
    if linked.len() * LINKED_OF < linked.len() + orphans.len() {
        return Vec::new();
    }
    orphans
        .into_iter()
        .map(|entry| {
            let message = text!("이 노트로 오는 링크가 다른 노트에 하나도 없습니다", "no other note links to this one");
            Diagnostic::note("orphan", &entry.note.path, Position::START, message)
        })
        .collect()
}

/// Attachments that no note shows, links to or names, and that nothing else in the site names either. Only what is
/// attached to notes is looked at (pictures, sound, film, documents): code and data may stand for themselves.
pub fn files(library: &Library, prefix: &str, elsewhere: impl Iterator<Item = String>) -> Vec<Diagnostic> {
    let links = library.notes.iter().flat_map(|entry| &entry.links);
    let used: FxHashSet<AssetId> = links
        .filter_map(|link| match link {
            Link::Asset(asset) => Some(*asset),
            _ => None,
        })
        .flat_map(|asset| [Some(asset), library.assets.get(asset.0).and_then(|asset| asset.dark)])
        .flatten()
        .collect();
    let assets = library.assets.iter().enumerate();
    let unused: Vec<Asset> = assets
        .filter(|(index, asset)| asset.url.is_some() && !used.contains(&AssetId(*index)) && is_attachment(&asset.name))
        .map(|(_, asset)| asset.clone())
        .collect();
    let Some(names) = FileNames::of(&unused) else { return Vec::new() };
    let mut named: FxHashSet<usize> = FxHashSet::default();
    let in_notes = library.notes.iter().flat_map(outside_references);
    let texts = in_notes.map(Cow::Borrowed).chain(elsewhere.map(Cow::Owned));
    for text in texts {
        named.extend(names.met_in(&text).into_iter().map(|asset| asset.0));
    }
    let unused = unused.iter().enumerate().filter(|(index, _)| !named.contains(index));
    unused
        .map(|(_, asset)| {
            let message = text!("어느 노트도 이 파일을 쓰지 않습니다", "no note uses this file");
            Diagnostic::note("unused-file", format!("{prefix}{}", asset.name), Position::START, message)
        })
        .collect()
}

/// The text of a note without its references, whose meaning is known: `구조.png` of one folder is not named by a link
/// to that of another.
fn outside_references(entry: &Entry) -> Vec<&str> {
    let mut spans: Vec<_> = entry.document.references.iter().map(|reference| reference.span.clone()).collect();
    spans.sort_unstable_by_key(|span| span.start);
    let mut pieces = Vec::with_capacity(spans.len() + 1);
    let mut from = 0;
    for span in spans {
        pieces.extend(entry.note.text.get(from..span.start));
        from = from.max(span.end);
    }
    pieces.extend(entry.note.text.get(from..));
    pieces
}

fn is_attachment(name: &str) -> bool {
    let file = file_name(name).to_lowercase();
    let kept_for_others = ["favicon", "apple-touch-icon", "android-chrome", "mstile", "og-image", "logo"];
    if kept_for_others.iter().any(|reserved| file.starts_with(reserved)) {
        return false;
    }
    let document = [".pdf", ".docx", ".pptx", ".xlsx", ".hwp", ".hwpx"].iter().any(|ending| file.ends_with(ending));
    let shown = ["image/", "video/", "audio/"];
    document || media::media_type(&file).is_some_and(|kind| shown.iter().any(|start| kind.starts_with(start)))
}
