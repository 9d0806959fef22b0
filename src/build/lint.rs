//! The library's advice to a writer, with what lies beside the notes taken into account.

use std::io::Read as _;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::vocabulary::Words;
use super::{BuildError, Site};
use crate::diagnostics::Diagnostic;
use crate::library;
use crate::source::names::file_name;

/// Files in which other files may be named.
const TEXTS: [&str; 20] = [
    "html",
    "htm",
    "css",
    "scss",
    "sass",
    "less",
    "js",
    "mjs",
    "ts",
    "mts",
    "jsx",
    "tsx",
    "vue",
    "json",
    "xml",
    "svg",
    "txt",
    "yaml",
    "yml",
    "webmanifest",
];
/// As much of such a file as is read.
const LONGEST: u64 = 1 << 20;

impl Site {
    /// Links that a writer might like to make.
    ///
    /// # Errors
    /// When the Korean dictionary cannot be opened.
    pub fn suggest_links(&mut self) -> Result<Vec<Diagnostic>, BuildError> {
        let words = Words::new(self.words.clone(), &self.library)?;
        self.library.connect(&mut words.analyzers()?);
        Ok(library::suggestions(&self.library))
    }

    /// What `check` tells besides the faults that every build tells. `root` is the site's folder.
    pub fn lint(&self, root: &Path) -> Vec<Diagnostic> {
        let assets = self.library.assets.iter().filter(|asset| asset.url.is_some() && is_text(&asset.name));
        let assets = assets.map(|asset| asset.file.clone());
        let theme = ["templates", "static"].iter().flat_map(|folder| WalkDir::new(root.join(folder)));
        let theme = theme.flatten().filter(|file| file.file_type().is_file());
        let theme = theme.filter(|file| is_text(&file.file_name().to_string_lossy())).map(DirEntry::into_path);
        let config = crate::source::walk::CONFIG_NAMES.iter().map(|name| root.join(name));
        // One at a time: together they may be larger than memory.
        let texts = assets.chain(theme).chain(config).filter_map(|path| text_of(&path));
        library::lint(&self.library, self.content_prefix, texts)
    }
}

fn is_text(name: &str) -> bool {
    let ending = file_name(name).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| TEXTS.contains(&ending.as_str()))
}

fn text_of(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
