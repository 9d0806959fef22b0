//! The bytes of private files: none of them is published, neither as a file nor within a page.

use std::path::Path;
use std::sync::Mutex;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::published::Published;
use super::secrets::SecretFile;
use super::{leak, locked};
use crate::diagnostics::Diagnostic;
use crate::library::{AssetId, Link};
use crate::publish::are_same;
use crate::text;

/// Files of text larger than this are not looked for in pages.
const LARGEST_TEXT: u64 = 1 << 20;
/// Bytes from the middle of such a file, by which it is found.
const SAMPLE: usize = 64;

/// Private files by their bytes.
pub struct SecretBytes {
    files: Vec<SecretFile>,
    by_length: FxHashMap<u64, Vec<usize>>,
    /// Finds samples of `texts`.
    finder: Option<AhoCorasick>,
    /// By pattern of the finder: which file, and all of its text.
    texts: Vec<(usize, Vec<u8>)>,
    found: Mutex<Vec<Found>>,
}

/// A private file that was met.
struct Found {
    secret: usize,
    /// In the site.
    path: String,
    /// The library's asset that was published there.
    asset: Option<AssetId>,
    /// Within a page.
    within: bool,
}

impl SecretBytes {
    pub fn of(files: Vec<SecretFile>) -> Self {
        let mut by_length: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut texts = Vec::new();
        for (index, secret) in files.iter().enumerate() {
            by_length.entry(secret.length).or_default().push(index);
            // A note is never put into a page as it stands: its front matter would be seen.
            if secret.is_note || secret.length > LARGEST_TEXT {
                continue;
            }
            if let Ok(text) = std::fs::read_to_string(&secret.file)
                && text.trim().len() >= SAMPLE
            {
                texts.push((index, text.trim().as_bytes().to_vec()));
            }
        }
        let samples: Vec<&[u8]> = texts
            .iter()
            .map(|(_, text)| {
                let from = (text.len() - SAMPLE) / 2;
                text.get(from..from + SAMPLE).unwrap_or_default()
            })
            .collect();
        let finder = (!samples.is_empty()).then(|| AhoCorasick::new(&samples).ok()).flatten();
        Self { files, by_length, finder, texts, found: Mutex::default() }
    }

    /// Compares a file that is copied into the site.
    pub fn compare(&self, path: &str, file: &Path, asset: Option<AssetId>) {
        if self.by_length.is_empty() {
            return;
        }
        let length = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        for secret in self.by_length.get(&length).into_iter().flatten().copied() {
            let is_same = |other: &SecretFile| are_same(file, &other.file).unwrap_or(false);
            if self.files.get(secret).is_some_and(is_same) {
                self.note(Found { secret, path: path.to_owned(), asset, within: false });
            }
        }
    }

    /// Looks for files of text in a page.
    pub fn look_in(&self, path: &str, page: &[u8]) {
        let Some(finder) = &self.finder else { return };
        let mut seen: Vec<usize> = Vec::new();
        for found in finder.find_overlapping_iter(page) {
            let Some((secret, text)) = self.texts.get(found.pattern().as_usize()) else { continue };
            if seen.contains(secret) {
                continue;
            }
            let from = found.start().saturating_sub((text.len() - SAMPLE) / 2);
            if page.get(from..).is_some_and(|page| page.starts_with(text)) {
                seen.push(*secret);
                self.note(Found { secret: *secret, path: path.to_owned(), asset: None, within: true });
            }
        }
    }

    fn note(&self, found: Found) {
        locked(&self.found).push(found);
    }

    /// The files that nobody has published: no published note uses them, and none has their text in its own.
    pub fn given_away(&self, published: &Published<'_>) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut *locked(&self.found));
        if found.is_empty() {
            return Vec::new();
        }
        let notes = &published.library.notes;
        let used: FxHashSet<AssetId> = notes
            .iter()
            .flat_map(|entry| &entry.links)
            .filter_map(|link| if let Link::Asset(asset) = link { Some(*asset) } else { None })
            .collect();
        let is_written = |secret: usize| {
            let text = self.texts.iter().find(|(of, _)| *of == secret).map(|(_, text)| text);
            text.is_some_and(|text| {
                let finder = memchr::memmem::Finder::new(text);
                notes.iter().any(|entry| finder.find(entry.note.text.as_bytes()).is_some())
            })
        };
        found.sort_by(|a, b| (a.secret, a.within, &a.path).cmp(&(b.secret, b.within, &b.path)));
        // A drawing in a template is in all pages: the first is enough.
        found.dedup_by(|next, one| next.secret == one.secret && next.within && one.within);
        let leaks = found.iter().filter(|found| match found {
            Found { within: true, secret, .. } => !is_written(*secret),
            Found { asset, .. } => asset.is_none_or(|asset| !used.contains(&asset)),
        });
        leaks
            .filter_map(|found| {
                let secret = self.files.get(found.secret)?;
                let path = &found.path;
                let message = if found.within {
                    text!(
                        "비공개인데 이 파일의 내용이 사이트에 들어 있습니다: `{path}`",
                        "this is private, and its text is in the site: `{path}`"
                    )
                } else {
                    text!(
                        "비공개인데 내용이 똑같은 파일이 사이트에 있습니다: `{path}`",
                        "this is private, and the site has a file with the same bytes: `{path}`"
                    )
                };
                Some(leak(&secret.owner, message))
            })
            .collect()
    }
}
