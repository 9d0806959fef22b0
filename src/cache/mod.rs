//! Where seoga keeps what it can do without: in the user's cache folder.

mod record;
mod store;

use std::path::{Path, PathBuf};
use std::time::Duration;

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

/// Sites whose builds have written nothing for longer are forgotten.
const FORGOTTEN: Duration = Duration::from_hours(24 * 180);

/// Removes what was remembered of sites that are built no more, beside the folder of one that is.
pub fn forget_others(folder: &Path) {
    let Some(sites) = folder.parent().and_then(|parent| std::fs::read_dir(parent).ok()) else { return };
    for site in sites.flatten() {
        let is_site = site.file_name().to_str().is_some_and(|name| name.starts_with("site-"));
        let modified = site.metadata().and_then(|metadata| metadata.modified()).ok();
        let is_old = modified.and_then(|modified| modified.elapsed().ok()).is_some_and(|age| age > FORGOTTEN);
        if is_site && is_old && site.path() != folder {
            // Whatever goes wrong costs some room, and the next build tries again.
            let _ = std::fs::remove_dir_all(site.path());
        }
    }
}

/// The folder of what builds of one site remember. It need not exist.
pub fn folder_of_site(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let name = format!("site-{:08x}", crc32fast::hash(root.as_os_str().as_encoded_bytes()));
    Some(folder()?.join(name))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File, FileTimes};
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn sites_that_are_built_no_more_are_forgotten() {
        let caches = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - FORGOTTEN - Duration::from_secs(60);
        for (name, is_old) in
            [("site-1", true), ("site-2", false), ("site-3", true), ("links.json", true), ("다른 것", true)]
        {
            let path = caches.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join("drawings"), "").unwrap();
            if is_old {
                File::open(&path).unwrap().set_times(FileTimes::new().set_modified(long_ago)).unwrap();
            }
        }
        forget_others(&caches.path().join("site-3"));
        let mut left: Vec<String> = fs::read_dir(caches.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["links.json", "site-2", "site-3", "다른 것"]);
    }
}
