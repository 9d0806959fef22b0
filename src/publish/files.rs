//! Somebody else's files in a site: found, carried over and left alone; and two folders exchanged.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::MANIFEST;
use super::manifest::{Manifest, line};

/// Whether anything at all stands at a path: a link that leads nowhere too.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// Makes a file. One that stands there already is replaced and not written into, because it may be part of another site
/// too; a disk that takes two names for the same leads here.
pub fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        made => made,
    }
}

/// Whether two files hold the same bytes.
pub fn are_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(File::open(one)?), BufReader::new(File::open(other)?));
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let shared = a.len().min(b.len());
        if shared == 0 {
            return Ok(a.is_empty() && b.is_empty());
        }
        if a[..shared] != b[..shared] {
            return Ok(false);
        }
        one.consume(shared);
        other.consume(shared);
    }
}

/// One name in a site's folder.
enum Entry {
    /// A file that seoga wrote; its line in the manifest.
    Own(String),
    /// A folder with something that seoga wrote, or had written.
    Shared(String),
    Foreign(OsString),
}

/// What is in a folder of a site; `prefix` is the beginning of its lines in the manifest.
fn entries(folder: &Path, prefix: &str, manifest: &Manifest) -> io::Result<Vec<(PathBuf, Entry)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_folder = entry.file_type()?.is_dir();
        // seoga writes no name that is not UTF-8.
        let path = name.to_str().map(|name| format!("{prefix}{}", line(name)));
        let kind = match path {
            Some(path) if is_folder && manifest.reaches_into(&path) => Entry::Shared(path),
            Some(path) if !is_folder && manifest.lists(&path) => Entry::Own(path),
            _ => Entry::Foreign(name),
        };
        entries.push((entry.path(), kind));
    }
    Ok(entries)
}

/// Everything in a site that its manifest does not list, as relative paths. A folder without a single file of seoga's
/// is named as one, whatever is in it: empty folders belong to it as its files do, and it moves in one step.
pub fn foreign(site: &Path, manifest: &Manifest) -> io::Result<Vec<PathBuf>> {
    fn gather(
        folder: &Path,
        relative: &Path,
        prefix: &str,
        manifest: &Manifest,
        found: &mut Vec<PathBuf>,
    ) -> io::Result<()> {
        for (path, entry) in entries(folder, prefix, manifest)? {
            match entry {
                Entry::Own(_) => {}
                Entry::Foreign(name) => found.push(relative.join(name)),
                Entry::Shared(line) => {
                    let relative = relative.join(path.file_name().unwrap_or_default());
                    gather(&path, &relative, &format!("{line}/"), manifest, found)?;
                }
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    gather(site, Path::new(""), "", manifest, &mut found)?;
    found.sort();
    Ok(found)
}

/// What in somebody else's file or folder has no place in another site: because something stands there, or a file
/// stands where it needs a folder. Asks the disk, which knows best whether it takes two names for the same.
pub fn obstacle(from: &Path, to: &Path, path: &Path) -> io::Result<Option<PathBuf>> {
    let needed = path.ancestors().skip(1).map(|folder| to.join(folder));
    if needed.into_iter().any(|folder| is_there(&folder) && !is_folder(&folder)) {
        return Ok(Some(path.to_owned()));
    }
    let (source, target) = (from.join(path), to.join(path));
    if !is_there(&target) {
        return Ok(None);
    }
    if !(is_folder(&source) && is_folder(&target)) {
        return Ok(Some(path.to_owned()));
    }
    for entry in fs::read_dir(&source)? {
        let found = obstacle(from, to, &path.join(entry?.file_name()))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Moves somebody else's file or folder from one site to the same place in another, never onto something.
pub fn carry(from: &Path, to: &Path, path: &Path) -> io::Result<()> {
    let (source, target) = (from.join(path), to.join(path));
    if !is_there(&target) {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        return fs::rename(source, target);
    }
    if !(is_folder(&source) && is_folder(&target)) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let names: Vec<OsString> =
        fs::read_dir(&source)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<_>>()?;
    for name in names {
        carry(from, to, &path.join(name))?;
    }
    fs::remove_dir(source)
}

/// Removes a site, as far as it is seoga's. Whatever else is in it, be it there since this moment, stays and is an
/// error.
pub fn clear(site: &Path, manifest: &Manifest) -> io::Result<()> {
    fn sweep(folder: &Path, prefix: &str, manifest: &Manifest) -> io::Result<()> {
        for (path, entry) in entries(folder, prefix, manifest)? {
            match entry {
                Entry::Own(line) if line != MANIFEST => fs::remove_file(path)?,
                Entry::Shared(line) => {
                    sweep(&path, &format!("{line}/"), manifest)?;
                    fs::remove_dir(path)?;
                }
                Entry::Own(_) | Entry::Foreign(_) => {}
            }
        }
        Ok(())
    }
    sweep(site, "", manifest)?;
    // Last: a file that outlives its manifest would be taken for somebody else's.
    match fs::remove_file(site.join(MANIFEST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(site)
}

/// Exchanges two folders. On Linux in one step, unless the file system cannot.
pub fn exchange(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
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
    exchange_by_steps(new, old, aside)
}

/// Exchanges two folders by way of a third place; for a moment nothing stands at `old`.
pub fn exchange_by_steps(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(old, aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(aside, old)?;
        return Err(error);
    }
    fs::rename(aside, new)
}
