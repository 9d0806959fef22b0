//! All notes together: addresses, names, links both ways, mentions, related notes, tags, folders, series, the glossary,
//! order, the graph, and advice for `check`.
//!
//! This is the only room that sees more than one note. It takes the parsed notes and the list of assets, decides what
//! is published and under which address, resolves every reference, and reports what does not fit. What it gives to
//! the render room is complete: rendering looks things up and decides nothing.
//!
//! Notes that are not published (drafts, private notes) are known here by name only, so that a link to one becomes
//! plain text instead of a fault, and leave nothing else behind.

mod addresses;
mod anchors;
mod backlinks;
mod bilingual;
mod collation;
mod connect;
mod embeds;
mod exports;
mod folders;
mod gather;
pub mod glossary;
mod graph;
mod hints;
mod links;
mod lints;
mod mentions;
mod moved;
mod named_files;
mod names;
mod pages;
mod pictures;
mod prefix;
mod related;
mod resolve;
mod series;
mod taxonomy;

use std::path::PathBuf;

use crate::diagnostics::Diagnostic;
use crate::markdown::Document;
use crate::pictures::Picture;
use crate::source::{self, Date};

pub use addresses::Addresses;
pub use backlinks::{Backlink, WrittenIn};
pub use collation::Collation;
pub use folders::{Folder, Folders};
pub use gather::{Options, gather};
pub use graph::{Graph, Shelf, Shelves};
pub use lints::{lint, suggestions};
pub use mentions::Mention;
pub use pages::Pages;
pub use related::Related;
pub use resolve::{Resolution, folder_of};
pub use series::{Part, Series};
pub use taxonomy::{Taxonomy, Term};

/// Index into [`Library::notes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub usize);

/// Index into [`Library::assets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetId(pub usize);

/// Index into [`Folders`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderId(pub usize);

/// A note or file that is not published: the notes by their number among such, then the assets. Of them there is
/// nothing in the library but the paths that [`Library::private_links`] tells the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrivateId(pub usize);

/// A note before it is known what else there is.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub note: source::Note,
    pub document: Document,
    /// The note is a draft or private, or stands in a private folder: it is not published.
    pub withheld: bool,
}

/// A published note.
#[derive(Clone, Debug)]
pub struct Entry {
    pub note: source::Note,
    pub document: Document,
    pub title: String,
    /// Another note has the same title.
    pub has_namesake: bool,
    /// From its front matter and then from its text, each once.
    pub tags: Vec<String>,
    /// Of the page, from the site's root, not percent-encoded.
    pub url: String,
    pub folder: FolderId,
    /// The note is the introduction of its folder (`index.md`, `README.md`).
    pub is_index: bool,
    /// Where the note stands among the notes of its folder; 0 for an introduction.
    pub place: usize,
    /// Where the note stands in its series, as it names them.
    pub series: Vec<Part>,
    /// What each of the document's references came to.
    pub links: Vec<Link>,
    /// Wikilinks of which the label is the target and the target the label, as Dendron has them. Sorted.
    pub swapped: Vec<usize>,
    /// Links that lead here, by the path of the notes that have them.
    pub backlinks: Vec<Backlink>,
    /// Places of other notes that name this one without linking to it; see [`Library::connect`].
    pub mentions: Vec<Mention>,
    /// The most related first.
    pub related: Vec<Related>,
}

impl Entry {
    /// When the note was last written or changed.
    pub fn newest_date(&self) -> Option<&Date> {
        let metadata = &self.note.metadata;
        metadata.updated.as_ref().max(metadata.date.as_ref())
    }
}

/// A reference of a published note, resolved down to the id on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// As written.
    External,
    /// On this page.
    Here {
        id: String,
    },
    Note {
        note: NoteId,
        place: Place,
    },
    Folder(FolderId),
    Asset(AssetId),
    /// Shown as plain text.
    Private,
    /// Shown as text that says it leads nowhere.
    Broken,
}

/// A link of a published note to something that is not published: for the writer's terminal, never for the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateLink {
    pub note: NoteId,
    /// Index into its document's references.
    pub reference: usize,
    /// The file, relative to the site's root.
    pub to: String,
}

/// Which part of a page a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Whole,
    Id(String),
    /// One that is not there.
    Missing,
}

impl Place {
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Whole | Self::Missing => None,
        }
    }
}

/// A file under `content/` that is no note.
#[derive(Clone, Debug)]
pub struct Asset {
    /// On disk.
    pub file: PathBuf,
    /// Under `content/`, in NFC.
    pub name: String,
    /// Its folder is private.
    pub withheld: bool,
    /// In the site; `None` when it is withheld, belongs to unpublished notes only, or is a drawing that cannot be read.
    pub url: Option<String>,
    /// What is known of an SVG file that is published.
    pub picture: Option<Picture>,
    /// The same picture for dark pages.
    pub dark: Option<AssetId>,
}

/// Everything that is published, and how it hangs together.
#[derive(Debug, Default)]
pub struct Library {
    /// In path order.
    pub notes: Vec<Entry>,
    pub assets: Vec<Asset>,
    pub folders: Folders,
    pub tags: Taxonomy,
    pub categories: Taxonomy,
    /// By name.
    pub series: Vec<Series>,
    /// By initial; empty where no note explains a term, or `glossary: false`.
    pub glossary: Vec<glossary::Initial>,
    /// Terms and what the notes call them in another language, whether there is a glossary or not.
    pub glosses: Vec<(String, String)>,
    pub addresses: Addresses,
    pub pages: Pages,
    /// Empty where the site wants none.
    pub graph: Graph,
    /// Old addresses: path in the site → the note that stands elsewhere now.
    pub redirects: Vec<(String, NoteId)>,
    /// In the order of the notes.
    pub private_links: Vec<PrivateLink>,
    /// Published links between notes and to assets, and links out; for the summary.
    pub link_count: usize,
    pub diagnostics: Vec<Diagnostic>,
}

impl Library {
    /// A note by id. Ids come from this library only.
    pub fn note(&self, id: NoteId) -> &Entry {
        &self.notes[id.0]
    }

    /// The note that a link leads to, a folder's being its introduction.
    pub fn note_behind(&self, link: &Link) -> Option<&Entry> {
        backlinks::target(link, &self.folders).map(|id| self.note(id))
    }
}
