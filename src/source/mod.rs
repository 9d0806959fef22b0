//! The content folder → notes and assets: the first room.
//!
//! [`walk`] finds the files, [`read_note`] turns one of them into a [`Note`]: decoded text, metadata, the URL it will
//! have, and everything that was wrong on the way. Reading one note needs nothing from another, so that notes can be
//! read on all cores and remembered by their bytes; [`note_from_bytes`] is the part without a disk.

pub mod date;
pub mod decode;
pub mod front_matter;
pub mod metadata;
pub mod names;
pub mod patterns;
pub mod walk;

use std::io::Read;

use crate::diagnostics::{Diagnostic, Position};
use crate::text;
pub use date::Date;
pub use front_matter::FrontMatter;
pub use metadata::{Metadata, PublishPolicy, Visibility};
pub use patterns::Patterns;
pub use walk::{AssetFile, NoteFile, SourceFile, Walk, WalkError, WalkOptions, walk};

/// One note, read but not yet parsed as Markdown.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// For diagnostics: relative to the site's root, `content/네트워크/로드 밸런서.md`.
    pub path: String,
    /// Relative to the content folder, in NFC.
    pub name: String,
    /// The page it becomes, relative to the site's root: `네트워크/로드 밸런서.html`. Not percent-encoded.
    pub url: String,
    /// The whole decoded text, front matter included, so that offsets are those of the file.
    pub text: String,
    /// Where the front matter ends and Markdown begins.
    pub body_start: usize,
    pub metadata: Metadata,
    pub diagnostics: Vec<Diagnostic>,
}

/// A larger note is not one that somebody wrote; it would only exhaust the memory: parsing 10 MB of `*a* ` took 1.4 GB.
const LARGEST: u64 = 64 << 20;
/// A larger note is published, but browsers open its page slowly and readers find nothing in it.
const LARGE: usize = 5 << 20;

/// Reads a note. The display prefix is that of [`WalkOptions`]. A file that cannot be opened is no note, because nobody
/// can tell whether it was meant to be published; the diagnostic stands in for it.
pub fn read_note(file: &NoteFile, display_prefix: &str) -> Result<Note, Box<Diagnostic>> {
    let path = format!("{display_prefix}{}", file.name);
    let unreadable = |message| Box::new(Diagnostic::error("unreadable", path.as_str(), Position::START, message));
    let mut bytes = Vec::new();
    let read = std::fs::File::open(&file.path).and_then(|opened| {
        // One byte more than the file has lets the end be seen without growing.
        let length = opened.metadata().map_or(0, |metadata| metadata.len().min(LARGEST));
        bytes.reserve_exact(usize::try_from(length).unwrap_or(0) + 1);
        opened.take(LARGEST + 1).read_to_end(&mut bytes)
    });
    match read {
        Ok(length) if length as u64 > LARGEST => {
            Err(unreadable(text!("64 MB보다 큰 노트는 읽지 않습니다", "a note of more than 64 MB is not read")))
        }
        Ok(_) => Ok(note_from_bytes(&path, &file.name, bytes)),
        Err(error) => Err(unreadable(text!("읽을 수 없습니다: {error}", "cannot be read: {error}"))),
    }
}

/// A note from the bytes of its file.
pub fn note_from_bytes(path: &str, name: &str, bytes: Vec<u8>) -> Note {
    let large = (bytes.len() > LARGE).then(|| large(path, bytes.len()));
    let (text, encoding) = decode::decode(bytes, path);
    let mut diagnostics: Vec<Diagnostic> = large.into_iter().chain(encoding).collect();
    let mut front_matter = front_matter::read(&text, path);
    let body_start = front_matter.body_start;
    diagnostics.append(&mut front_matter.diagnostics);
    // Unclosed front matter is body text, yet some of it counts.
    let head = if body_start > 0 { text.get(..body_start).unwrap_or_default() } else { text.as_str() };
    let (mut metadata, faults) = Metadata::read(&mut front_matter, head, path);
    diagnostics.extend(faults);
    if metadata.date.is_none() {
        metadata.date = Date::from_file_stem(names::stem(name)).map(|(date, _)| date);
    }
    let (url, refused) = names::note_url(name, metadata.permalink.as_deref(), metadata.slug.as_deref());
    if let Some(message) = refused {
        let position = front_matter::lines::position_of(head, "permalink");
        let hint = text!(
            "`/폴더/이름/`처럼 사이트 안의 경로를 쓰세요",
            "write a path inside the site, such as `/folder/name/`"
        );
        diagnostics.push(Diagnostic::warning("front-matter", path, position, message).with_hint(hint));
    }
    Note { path: path.to_owned(), name: name.to_owned(), url, text, body_start, metadata, diagnostics }
}

fn large(path: &str, bytes: usize) -> Diagnostic {
    let megabytes = bytes >> 20;
    let message = text!(
        "노트가 매우 큽니다({megabytes} MB). 페이지가 느리게 열립니다",
        "the note is very large ({megabytes} MB); its page will open slowly"
    );
    Diagnostic::warning("large-note", path, Position::START, message)
        .with_hint(text!("여러 노트로 나누세요", "split it into several notes"))
}

impl Note {
    /// Where a top-level key of the front matter stands.
    pub fn key_position(&self, key: &str) -> Position {
        front_matter::lines::position_of(self.text.get(..self.body_start).unwrap_or_default(), key)
    }

    /// The first of these keys that the front matter has at its top level, and where; the first where it has none.
    pub fn first_key_position<'k>(&self, keys: &[&'k str]) -> (&'k str, Position) {
        let places = keys.iter().map(|key| (*key, self.key_position(key)));
        let found = places.clone().find(|(_, position)| *position != Position::START);
        found.or(places.clone().next()).unwrap_or(("", Position::START))
    }

    /// Where an item of a list in the front matter is written.
    pub fn item_position(&self, key: &str, item: &str) -> Position {
        front_matter::lines::item_position(self.text.get(..self.body_start).unwrap_or_default(), key, item, 0)
    }

    /// Whether the note is a drawing of the Excalidraw plugin for Obsidian: its data, and nothing to read.
    pub fn is_drawing(&self) -> bool {
        let body = self.text.get(self.body_start..).unwrap_or_default();
        self.metadata.extra.contains_key("excalidraw-plugin")
            && (body.lines().any(|line| matches!(line.trim_end(), "# Drawing" | "## Drawing"))
                || body.contains("\"type\":\"excalidraw\"")
                || body.contains("\"type\": \"excalidraw\""))
    }

    /// Whether anything in the note's own front matter keeps it off the site.
    pub fn is_withheld(&self, policy: PublishPolicy, with_drafts: bool) -> bool {
        // Whatever stands in Jekyll's folder of drafts is one.
        let draft = self.metadata.draft || names::folder(&self.name).split('/').any(|folder| folder == "_drafts");
        self.metadata.is_private(policy) || (draft && !with_drafts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_note_is_a_note_with_a_warning() {
        let note = |bytes| note_from_bytes("큰 글.md", "큰 글.md", vec![b'a'; bytes]);
        assert!(note(LARGE).diagnostics.is_empty());
        let large = note(LARGE + 1);
        assert_eq!((large.text.len(), large.body_start), (LARGE + 1, 0));
        assert_eq!(large.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["large-note"]);
    }
}
