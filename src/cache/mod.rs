//! Where seoga keeps what it can do without: in the user's cache folder.

mod record;
mod store;

use std::path::{Path, PathBuf};

pub use record::{Record, Rest};
pub use store::{Made, Store};

/// seoga's folder among the user's caches: by `XDG_CACHE_HOME`, else where the system keeps caches. It need not exist.
pub fn folder() -> Option<PathBuf> {
    let folder = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = |inside: &str| folder("HOME").map(|home| home.join(inside));
    let caches = folder("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| {
        if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            home("Library/Caches")
        } else {
            home(".cache")
        }
    })?;
    Some(caches.join("seoga"))
}

/// The folder of what builds of one site remember. It need not exist.
pub fn folder_of_site(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let name = format!("site-{:08x}", crc32fast::hash(root.as_os_str().as_encoded_bytes()));
    Some(folder()?.join(name))
}
