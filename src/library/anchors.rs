//! Which id on a page a link's fragment means.
//!
//! Writers name a heading by its id, by its id in another case, by the heading's own words (Obsidian), or by what
//! another tool makes of them. A fragment means the id it is equal to; else the heading it is equal to once both are
//! reduced to letters and digits, when there is exactly one.

use crate::markdown::{Document, slug};

/// The id that `fragment` means on this note's page, if any. `""` and `top` mean the page itself.
pub fn find(document: &Document, fragment: &str) -> Option<String> {
    let ids = || {
        document.headings.iter().map(|heading| &heading.id).chain(&document.anchors).chain(document.title_id.as_ref())
    };
    if let Some(id) = ids().find(|id| *id == fragment) {
        return Some(id.clone());
    }
    // Obsidian names the path of headings: `[[노트#위#아래]]` means the last.
    let last = fragment.rsplit('#').next().unwrap_or(fragment);
    let wanted = letters(last);
    if wanted.is_empty() {
        return None;
    }
    let mut titles = document
        .headings
        .iter()
        .filter(|heading| letters(&heading.title) == wanted || letters(&heading.id) == wanted)
        .map(|heading| &heading.id)
        .chain(document.title_id.as_ref().filter(|id| letters(id) == wanted))
        .chain(document.anchors.iter().filter(|id| letters(id) == wanted));
    let id = titles.next()?;
    // Several headings of the same words: the first, as a browser would take the first of equal ids.
    Some(id.clone())
}

fn letters(text: &str) -> String {
    slug(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
