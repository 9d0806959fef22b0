//! Why the notes of a folder cannot be found at all.

use std::path::PathBuf;

use crate::language::Text;
use crate::text;

/// Why nothing could be found.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
}

impl WalkError {
    pub fn text(&self) -> Text {
        match self {
            Self::Missing(path) => {
                let path = path.display();
                text!("`{path}` 폴더가 없습니다", "there is no folder `{path}`")
            }
            Self::NotAFolder(path) => {
                let path = path.display();
                text!("`{path}`: 폴더가 아닙니다", "`{path}` is not a folder")
            }
            Self::Unreadable { path, source } => {
                let path = path.display();
                text!("`{path}` 폴더를 읽을 수 없습니다: {source}", "the folder `{path}` cannot be read: {source}")
            }
        }
    }
}
