//! Requests → files of the site.

use std::path::{Component, Path, PathBuf};

use crate::address::decoded;

/// The file that an address names: the file itself, or the `index.html` of a folder. Nothing outside the site.
pub fn find(site: &Path, address: &str) -> Option<PathBuf> {
    let path = decoded(address.split('#').next().unwrap_or_default());
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return None;
    }
    let file = site.join(relative);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.is_file().then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_found() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert_eq!(find(&site, "/serve/mod.rs").as_deref(), Some(site.join("serve/mod.rs").as_path()));
        for outside in ["/../Cargo.toml", "/serve/../../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd", "/없음"] {
            assert_eq!(find(&site, outside), None, "{outside}");
        }
    }
}
