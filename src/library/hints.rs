//! What a broken link probably meant.
//!
//! A mistyped picture is guessed from pictures and a mistyped note from notes. Hints are bounded: a folder of notes
//! whose links all lead nowhere needs its links mended at their root, not a guess for each.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Parsed;
use super::anchors::AnchorIndex;
use super::links::Surroundings;
use super::resolve::Resolution;
use crate::address::decoded;
use crate::markdown::{Reference, ReferenceKind};
use crate::nearest::NearestNames;
use crate::source::names::{file_name, stem};

/// Different broken targets of a site that get a hint, the first in the order of the notes.
const MOST_HINTS: usize = 1000;

/// What the links of all notes share; filled as it is asked for.
pub struct Nearest<'a> {
    /// A mistyped picture is no note: each kind is guessed from its own.
    names: [(Kind, NearestNames); 5],
    /// Names that broken links use → the name probably meant.
    hints: OnceLock<FxHashMap<Wanted, OnceLock<Option<String>>>>,
    /// By note.
    pub(super) anchors: Vec<OnceLock<AnchorIndex<'a>>>,
}

/// What kind of thing a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Note,
    Picture,
    Film,
    Sound,
    /// Any other file.
    File,
}

impl Kind {
    /// By the ending of a file's name.
    fn of(name: &str) -> Option<Self> {
        let (_, ending) = file_name(name).rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "html" | "htm" => Some(Self::Note),
            "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" | "ico" | "tif" | "tiff" | "heic" => {
                Some(Self::Picture)
            }
            "mp4" | "webm" | "mov" | "avi" | "mkv" | "ogv" | "m4v" => Some(Self::Film),
            "mp3" | "wav" | "ogg" | "flac" | "m4a" | "opus" | "aac" => Some(Self::Sound),
            "pdf" | "zip" | "csv" | "json" | "yaml" | "yml" | "txt" | "docx" | "xlsx" | "pptx" | "hwp" | "hwpx" => {
                Some(Self::File)
            }
            _ => None,
        }
    }
}

/// What a broken link wants: a name, as notes and files are called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Wanted {
    kind: Kind,
    name: String,
}

/// The names a mistyped link is compared with.
pub fn nearest_names<'n>(notes: &'n [Parsed], assets: impl Iterator<Item = &'n str>) -> Nearest<'n> {
    let stems = notes.iter().flat_map(|parsed| {
        std::iter::once(stem(&parsed.note.name).to_owned())
            .chain(parsed.note.metadata.title.clone().or_else(|| parsed.document.title.clone()))
            .chain(parsed.note.metadata.aliases.iter().cloned())
    });
    let mut files: FxHashMap<Kind, Vec<String>> = FxHashMap::default();
    for name in assets {
        // A page that somebody keeps among the files is a file.
        let kind = Kind::of(name).filter(|kind| *kind != Kind::Note).unwrap_or(Kind::File);
        files.entry(kind).or_default().push(name.to_owned());
    }
    let mut of = |kind| (kind, NearestNames::new(files.remove(&kind).unwrap_or_default()));
    let [picture, film, sound, file] = [Kind::Picture, Kind::Film, Kind::Sound, Kind::File].map(&mut of);
    Nearest {
        names: [(Kind::Note, NearestNames::new(stems)), picture, film, sound, file],
        hints: OnceLock::new(),
        anchors: notes.iter().map(|_| OnceLock::new()).collect(),
    }
}

impl<'a> Surroundings<'a> {
    /// The name that a broken link probably meant.
    pub(super) fn hint(&self, reference: &Reference) -> Option<&'a str> {
        let wanted = wanted(reference);
        // Which targets get one is settled by the first who asks, for all, so that the order of threads decides
        // nothing. Nothing in here may run in parallel itself: a thread that waits must not pick up another note.
        let hints = self.nearest.hints.get_or_init(|| self.first_broken());
        let guess = || {
            let (_, names) = self.nearest.names.iter().find(|(kind, _)| *kind == wanted.kind)?;
            names.nearest(&wanted.name).map(str::to_owned)
        };
        hints.get(&wanted)?.get_or_init(guess).as_deref()
    }

    /// The names that the site's first [`MOST_HINTS`] different broken links use, the notes in their order.
    fn first_broken(&self) -> FxHashMap<Wanted, OnceLock<Option<String>>> {
        let mut first: FxHashMap<Wanted, OnceLock<Option<String>>> = FxHashMap::default();
        for parsed in self.notes {
            for reference in &parsed.document.references {
                if self.resolver.resolve(reference, &parsed.note.name).resolution == Resolution::Broken {
                    first.entry(wanted(reference)).or_default();
                    if first.len() == MOST_HINTS {
                        return first;
                    }
                }
            }
        }
        first
    }
}

/// What a reference's target ends in.
fn wanted(reference: &Reference) -> Wanted {
    let path = decoded(reference.target.split(['#', '?']).next().unwrap_or_default());
    let name = stem(&path);
    let name = name.strip_suffix(".html").unwrap_or(name).trim().to_owned();
    let kind = Kind::of(&path).unwrap_or_else(|| match (reference.kind, broken_code(reference)) {
        (ReferenceKind::Image, _) => Kind::Picture,
        (_, "missing-file") => Kind::File,
        _ => Kind::Note,
    });
    Wanted { kind, name }
}

/// Pictures and other files are told apart from notes by their ending.
pub(super) fn broken_code(reference: &Reference) -> &'static str {
    let file = reference.target.split(['#', '?']).next().unwrap_or_default().trim();
    let ending = file_name(file).rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let note = matches!(ending.as_deref(), None | Some("md" | "markdown" | "html" | "htm"));
    match reference.kind {
        ReferenceKind::Image => "missing-file",
        ReferenceKind::Wikilink => "broken-link",
        _ if note => "broken-link",
        // `3.2 배포` ends in no file's ending.
        _ if ending.is_some_and(|ending| ending.len() <= 5 && ending.chars().all(|c| c.is_ascii_alphanumeric())) => {
            "missing-file"
        }
        _ => "broken-link",
    }
}
