//! Whether a folder may become the site.
//!
//! Publishing exchanges the output folder for a new one in one step. A folder that holds the notes, or the whole site's
//! folder, must never be exchanged; that is found out before anything is read or written.

use std::path::{Component, Path, PathBuf};

use super::Options;
use crate::publish::MANIFEST;
use crate::source;

/// Why a folder cannot take the site.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutputError {
    #[error("{} is the site's own folder", .0.display())]
    Root(PathBuf),
    #[error("{} is the folder of the notes", .0.display())]
    Content(PathBuf),
    #[error("{} holds the site's own folder", .0.display())]
    Above(PathBuf),
    /// `templates/` or `static/`.
    #[error("{} belongs to the theme", .0.display())]
    Theme(PathBuf),
    /// Notes in an output folder would be published no more.
    #[error("there are notes in {}", .0.display())]
    HoldsNotes(PathBuf),
}

/// Makes sure that a build may write where it is told to.
pub fn check(options: &Options) -> Result<(), OutputError> {
    let root = resolved(&options.root);
    let content = resolved(&super::content_of(&options.root).0);
    let out = options.out();
    let at = resolved(&out);
    if at == root {
        return Err(OutputError::Root(out));
    }
    if at == content {
        return Err(OutputError::Content(out));
    }
    if root.starts_with(&at) || content.starts_with(&at) {
        return Err(OutputError::Above(out));
    }
    if ["templates", "static"].iter().any(|theme| at.starts_with(root.join(theme))) {
        return Err(OutputError::Theme(out));
    }
    // Of notes in `public/` itself the walk warns.
    let chosen = at.starts_with(&content) && at != root.join("public");
    if chosen && !at.join(MANIFEST).is_file() && source::walk::holds_notes(&at) {
        return Err(OutputError::HoldsNotes(out));
    }
    Ok(())
}

/// The path with links followed as far as it exists, and `..` worked out.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            other => {
                real.push(other);
                if let Ok(canonical) = real.canonicalize() {
                    real = canonical;
                }
            }
        }
    }
    real
}
