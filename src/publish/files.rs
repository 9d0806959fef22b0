//! Folders as lists of files, and two folders exchanged in one step.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Every file and link below a folder, as sorted paths with `/`. A name that cannot stand in a list of lines is an
/// error: a file that is not listed could not be carried over and would be lost.
pub fn all(folder: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        if let Ok(relative) = entry.path().strip_prefix(folder) {
            let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
            let path = parts.map(|parts| parts.join("/")).filter(|path| !path.contains('\n'));
            paths.push(path.ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::InvalidFilename,
                    format!("file name is not UTF-8: {}", entry.path().display()),
                )
            })?);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a foreign file cannot be carried over beside the new site: a page of its path, a page that has its path
/// as a folder, or a page where it needs a folder.
pub fn stands_in_the_way(written: &BTreeSet<String>, foreign: &str) -> bool {
    if written.contains(foreign) {
        return true;
    }
    let inside = format!("{foreign}/");
    if written.range(inside.clone()..).next().is_some_and(|path| path.starts_with(&inside)) {
        return true;
    }
    foreign.match_indices('/').any(|(at, _)| written.contains(&foreign[..at]))
}

/// Exchanges two folders. On Linux in one step; elsewhere the second is gone for the moment between two renames.
pub fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // File systems that cannot exchange say so; then the slower way is as good as elsewhere.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let aside = new.with_extension("old");
    std::fs::rename(old, &aside)?;
    if let Err(error) = std::fs::rename(new, old) {
        std::fs::rename(&aside, old)?;
        return Err(error);
    }
    std::fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_beside_the_site() {
        let written: BTreeSet<String> = ["a.html", "글/b.html"].map(str::to_owned).into();
        for (foreign, blocked) in
            [("a.html", true), ("글", true), ("a.html/x", true), ("글/c.txt", false), ("글b", false), ("CNAME", false)]
        {
            assert_eq!(stands_in_the_way(&written, foreign), blocked, "{foreign}");
        }
    }
}
