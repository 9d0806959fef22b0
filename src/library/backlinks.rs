//! Links seen from where they lead: who says something about this note, and in which words.
//!
//! Every reference of a published note that leads to another note is a backlink there, once for each place where it is
//! written: wikilinks, Markdown links, embeds, the note's own HTML and front matter alike. A link to a folder is one to
//! its introduction. A note's links to itself are none.

use super::{Entry, Folders, Link, NoteId};
use crate::markdown::{Document, StretchKind};

/// A link to a note, seen from that note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    pub from: NoteId,
    /// Index into the references of the note that links here.
    pub reference: usize,
    pub place: WrittenIn,
}

/// Which part of a note a reference stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrittenIn {
    /// A section's text, at its stretch of this index.
    Text { section: usize, stretch: usize },
    /// The heading over this section.
    Heading { section: usize },
    #[default]
    FrontMatter,
}

/// Finds the backlinks of all notes: of each in the path order of the notes that link to it, and within one of those in
/// the order of its file, so that front matter comes first.
pub fn gather(notes: &mut [Entry], folders: &Folders) {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); notes.len()];
    for (index, entry) in notes.iter().enumerate() {
        let mut targets: Vec<(usize, NoteId)> = targets(entry, folders).filter(|(_, to)| to.0 != index).collect();
        if targets.is_empty() {
            continue;
        }
        let references = &entry.document.references;
        targets.sort_by_key(|(reference, _)| references.get(*reference).map_or(usize::MAX, |one| one.span.start));
        let places = places(&entry.document);
        for (reference, to) in targets {
            if let Some(backlinks) = backlinks.get_mut(to.0) {
                let place = places.get(reference).copied().unwrap_or_default();
                backlinks.push(Backlink { from: NoteId(index), reference, place });
            }
        }
    }
    for (entry, backlinks) in notes.iter_mut().zip(backlinks) {
        entry.backlinks = backlinks;
    }
}

/// The references of a note that lead to notes, and to which.
pub fn targets<'a>(entry: &'a Entry, folders: &'a Folders) -> impl Iterator<Item = (usize, NoteId)> + 'a {
    entry.links.iter().enumerate().filter_map(|(reference, link)| Some((reference, target(link, folders)?)))
}

/// The note that a link leads to, a folder's being its introduction.
pub fn target(link: &Link, folders: &Folders) -> Option<NoteId> {
    match link {
        Link::Note { note, .. } => Some(*note),
        Link::Folder(folder) => folders.get(*folder).index,
        _ => None,
    }
}

/// Where each reference of a note is written.
fn places(document: &Document) -> Vec<WrittenIn> {
    let mut places = vec![WrittenIn::FrontMatter; document.references.len()];
    for (section, text) in document.sections.iter().enumerate() {
        for (stretch, one) in text.stretches.iter().enumerate() {
            let (reference, place) = match one.kind {
                StretchKind::Link(reference) => (reference, WrittenIn::Text { section, stretch }),
                StretchKind::LinkInHeading(reference) => (reference, WrittenIn::Heading { section }),
                StretchKind::Code | StretchKind::Prose(_) => continue,
            };
            if let Some(slot) = places.get_mut(reference) {
                *slot = place;
            }
        }
    }
    places
}
