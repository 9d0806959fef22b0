//! Which files the text of an unpublished note names.
//!
//! A file that only unpublished notes use stays back with them. Their references alone do not tell: a file may be named
//! in an `<object>`, in a comment that hides half of a draft, in code, in a definition that no link uses yet, or in
//! front matter. So the text itself is searched for the names of all files, spelt in any of the ways of a link. Finding
//! too much keeps back a file that no published note uses; finding too little publishes a page of somebody's diary.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::resolve::{Resolution, Resolver};
use super::{Asset, AssetId};
use crate::address::decoded;
use crate::markdown::{Reference, ReferenceKind, unescape};
use crate::source::names::{file_name, nfc};

/// The names of a site's files, ready to be looked for.
pub struct FileNames {
    finder: AhoCorasick,
    /// By the finder's patterns.
    files: Vec<Vec<AssetId>>,
}

impl FileNames {
    /// `None` where there are no files with a name to look for.
    pub fn of(assets: &[Asset]) -> Option<Self> {
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let mut files: Vec<Vec<AssetId>> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for (index, asset) in assets.iter().enumerate() {
            let name = folded(file_name(&asset.name)).into_owned();
            // `LICENSE` and `CNAME` are words; a link to one is a reference.
            if !name.contains('.') {
                continue;
            }
            let number = *numbers.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                files.push(Vec::new());
                files.len() - 1
            });
            if let Some(files) = files.get_mut(number) {
                files.push(AssetId(index));
            }
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).ok()?;
        (!names.is_empty()).then_some(Self { finder, files })
    }

    /// The files that a text of any kind may mean: all of a name that it has.
    pub fn met_in(&self, text: &str) -> Vec<AssetId> {
        self.named(text, &|_| None)
    }

    /// The files named in a text of the note at `path`.
    pub fn named_in(&self, text: &str, path: &str, resolver: &Resolver<'_>) -> Vec<AssetId> {
        self.named(text, &|written| shown_by(written, path, resolver))
    }

    fn named(&self, text: &str, shown_by: &dyn Fn(&str) -> Option<AssetId>) -> Vec<AssetId> {
        let mut found = Vec::new();
        for line in text.lines() {
            self.search(&folded(line), shown_by, &mut found);
            if line.contains(['%', '&', '\\']) {
                let plain = decoded(&unescape(&line.replace('\\', "")));
                self.search(&folded(&plain), shown_by, &mut found);
            }
        }
        found
    }

    fn search(&self, line: &str, shown_by: &dyn Fn(&str) -> Option<AssetId>, found: &mut Vec<AssetId>) {
        for name in self.finder.find_iter(line) {
            let (before, after) = (line.get(..name.start()), line.get(name.end()..));
            let (Some(before), Some(after), Some(files)) = (before, after, self.files.get(name.pattern().as_usize()))
            else {
                continue;
            };
            let first = line.get(name.range()).and_then(|name| name.chars().next());
            if is_inside_a_word(before, first) || after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            match files.as_slice() {
                [file] => found.push(*file),
                // Of several files of one name, the one that a link written so would show; else all of them.
                files => match shown_by(line.get(written_from(before)..name.end()).unwrap_or_default()) {
                    Some(file) => found.push(file),
                    None => found.extend(files),
                },
            }
        }
    }
}

/// `그림.png` in `옛그림.png` is not itself; in `그림은 diagram.png` it may touch a word of another script.
fn is_inside_a_word(before: &str, first: Option<char>) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), first) else { return false };
    last.is_alphanumeric() && first.is_alphanumeric() && last.is_ascii() == first.is_ascii()
}

/// Where the path begins that a name stands at the end of.
fn written_from(before: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || "\"'`<>()[]{}|=,".contains(c);
    before.rfind(ends).map_or(0, |at| at + before.get(at..).and_then(|c| c.chars().next()).map_or(0, char::len_utf8))
}

/// The file that an image of this address shows in the note at `path`.
fn shown_by(written: &str, path: &str, resolver: &Resolver<'_>) -> Option<AssetId> {
    let reference = Reference { kind: ReferenceKind::Image, target: written.to_owned(), label: None, span: 0..0 };
    let Resolution::Asset(file) = resolver.resolve(&reference, path).resolution else { return None };
    Some(file)
}

/// How names are compared here: composed, without case.
fn folded(text: &str) -> Cow<'_, str> {
    match nfc(text) {
        Cow::Borrowed(text) if !text.contains(char::is_uppercase) => Cow::Borrowed(text),
        text => Cow::Owned(text.to_lowercase()),
    }
}
