//! Which files of a site seoga wrote.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::MANIFEST;

/// The paths of a site's [`MANIFEST`], written as its lines are.
#[derive(Default)]
pub struct Manifest(BTreeSet<String>);

impl Manifest {
    /// The manifest of a site that holds these files.
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let lines = paths.into_iter().chain([MANIFEST]).map(|path| line(path).into_owned());
        Self(lines.collect())
    }

    /// The manifest in a folder. Without one, nothing in the folder is seoga's.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match fs::read(folder.join(MANIFEST)) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                Ok(Self(text.lines().map(str::to_owned).chain([MANIFEST.to_owned()]).collect()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub fn text(&self) -> String {
        self.0.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// Whether seoga wrote this file.
    pub fn lists(&self, line: &str) -> bool {
        self.0.contains(line)
    }

    /// Whether seoga wrote anything below this folder.
    pub fn reaches_into(&self, line: &str) -> bool {
        let inside = format!("{line}/");
        self.0.range(inside.clone()..).next().is_some_and(|path| path.starts_with(&inside))
    }
}

/// A path or a name as it stands in the manifest: on one line, whatever is in it.
pub fn line(path: &str) -> Cow<'_, str> {
    if path.contains(['\\', '\n', '\r']) {
        Cow::Owned(path.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r"))
    } else {
        Cow::Borrowed(path)
    }
}
