//! Where seoga keeps what it can do without: in the user's cache folder.

use std::path::PathBuf;

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
