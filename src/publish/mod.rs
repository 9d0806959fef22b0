//! The output folder: whole or not at all.
//!
//! A build writes into a workshop beside the output folder and, when everything is there, exchanges two folders in one
//! step. A build that fails, is killed, or meets a full disk leaves the previous site as it was. What seoga wrote is
//! listed in the site's own [`MANIFEST`]; everything else in the output folder is somebody else's (`CNAME`, a `.git`
//! folder) and is carried over, never removed and never overwritten.
//!
//! A file that comes out as it was is not written again: the new site takes it over as a hard link. It keeps its time,
//! so that only what changed is uploaded and downloaded again, and a file system is spared making it: ext4 looks at
//! every file that was removed during the last minutes before it makes one, which for ten thousand pages takes longer
//! than writing them. No file of a site is ever written into, so the two links cannot disturb each other.
//!
//! ```text
//! public/            the site, with .seoga-files listing what seoga wrote
//! .public.seoga/     only while a build runs
//!   lock             held by the build that runs
//!   new/             half a site; seoga's alone
//!   whole/           a whole site: the new one before the exchange, the old one after it
//!   aside/           the published site, where folders have to be exchanged by steps
//!
//!   step of a build                   public/       new/   whole/        aside/   a build killed after it is mended by
//! 1 write                             old           half   –             –        removing new/
//! 2 rename new/ → whole/              old           –      new           –        clearing whole/
//! 3 exchange whole/ ⇄ public/         new           –      old           –        steps 4 and 5
//!   by steps: public/ → aside/        –             –      new           old      aside/ → public/, clearing whole/
//!             whole/ → public/        new           –      –             old      steps 4 and 5 for aside/
//!             aside/ → whole/         new           –      old           –        steps 4 and 5
//! 4 carry over from whole/            new, foreign  –      old           –        steps 4 and 5
//! 5 clear whole/, manifest last       new, foreign  –      part of old   –        steps 4 and 5
//! ```
//!
//! Nothing has to be noted down about how far a build was, because steps 4 and 5 are right for *any* whole site: what
//! its manifest does not list is carried over, what it lists is removed. For the new site that is nothing and
//! everything. So the same [`Publication::recover`] stands at the beginning of a build, and at the end of one that
//! fails. When step 4 fails, the folders are exchanged back, and what had been carried over returns in the same way.

mod files;
mod manifest;
#[cfg(test)]
mod tests;
mod workshop;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;

use crate::render::PageSink;
pub(crate) use files::are_same;
use manifest::Manifest;
use workshop::Workshop;

/// The list of what seoga wrote, one path a line, in the output folder.
pub const MANIFEST: &str = ".seoga-files";

/// Copies larger than this are not read for a checksum.
pub const LARGEST_CHECKED: u64 = 16 << 20;

/// A file of the new site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub size: u64,
    /// CRC-32; of everything but large copies.
    pub checksum: Option<u32>,
    /// Made elsewhere and copied: an attachment, a static file of the site's own.
    pub is_copy: bool,
}

/// Why nothing was published. The previous site is still there.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("another build is writing {}", .0.display())]
    Busy(PathBuf),
    #[error("{} is a file, not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The output folder is a disk or volume of its own, which cannot be exchanged for another folder.
    #[error("{} is a mount point", .0.display())]
    MountPoint(PathBuf),
    /// A file that seoga did not write stands where a page has to go; or, in the workshop of a build that was killed,
    /// one waits to be carried over and its place is taken.
    #[error("{} was not written by seoga and would be overwritten", .0.display())]
    Foreign(PathBuf),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |source| PublishError::Io { path: path.to_owned(), source }
}

/// A thread that panicked has left a path out at worst, and then the build fails.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A site being written.
pub struct Publication {
    out: PathBuf,
    written: Mutex<BTreeMap<String, Written>>,
    /// What seoga wrote into the site that is published.
    before: Manifest,
    folders: Mutex<FxHashSet<PathBuf>>,
    workshop: Workshop,
}

impl Publication {
    /// Prepares to write the site at `out`, and clears up behind a build that was killed.
    pub fn begin(out: &Path) -> Result<Self, PublishError> {
        // A link to the output folder is followed, so that the folder is exchanged and not the link.
        let out = if files::is_there(out) {
            out.canonicalize().map_err(at(out))?
        } else {
            std::path::absolute(out).map_err(at(out))?
        };
        if out.exists() && !out.is_dir() {
            return Err(PublishError::NotAFolder(out));
        }
        if is_mount_point(&out).map_err(at(&out))? {
            return Err(PublishError::MountPoint(out));
        }
        let workshop = Workshop::open(&out)?;
        let mut publication =
            Self { out, written: Mutex::default(), before: Manifest::default(), folders: Mutex::default(), workshop };
        publication.recover()?;
        publication.before = Manifest::read(&publication.out).map_err(at(&publication.out))?;
        let new = publication.workshop.new_site();
        fs::create_dir_all(&new).map_err(at(&new))?;
        Ok(publication)
    }

    /// Writes one file of the new site; `path` is relative, with `/`, and stays inside by construction of its caller.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(path, bytes, false)
    }

    /// Writes a file that was made elsewhere and is not published as it stands.
    pub fn write_copy(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(path, bytes, true)
    }

    /// Copies a file into the new site. Of one that cannot be read nothing is left there.
    pub fn copy(&self, from: &Path, path: &str) -> io::Result<()> {
        let mut source = File::open(from)?;
        let size = source.metadata()?.len();
        if size <= LARGEST_CHECKED {
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
            source.read_to_end(&mut bytes)?;
            return self.put(path, &bytes, true);
        }
        let target = self.target(path)?;
        let written = Written { size, checksum: None, is_copy: true };
        let is_same = |old: &Path| files::are_same(from, old).unwrap_or(false);
        if self.take_over(path, &target, size, is_same) {
            self.remember(path, written);
            return Ok(());
        }
        // Only the bytes: a read-only source must not make a file that the next build cannot replace.
        let mut copy = files::create(&target)?;
        if let Err(error) = io::copy(&mut source, &mut copy) {
            drop(copy);
            let _ = fs::remove_file(target);
            return Err(error);
        }
        self.remember(path, written);
        Ok(())
    }

    /// What has been written so far, by path.
    pub fn written(&self) -> BTreeMap<String, Written> {
        locked(&self.written).clone()
    }

    fn put(&self, path: &str, bytes: &[u8], is_copy: bool) -> io::Result<()> {
        let target = self.target(path)?;
        let size = bytes.len() as u64;
        let is_same = |old: &Path| fs::read(old).is_ok_and(|old| old == bytes);
        if !self.take_over(path, &target, size, is_same) {
            files::create(&target)?.write_all(bytes)?;
        }
        self.remember(path, Written { size, checksum: Some(crc32fast::hash(bytes)), is_copy });
        Ok(())
    }

    /// Puts the new site in the place of the old one. Returns how many files seoga wrote.
    pub fn finish(self) -> Result<usize, PublishError> {
        let count = self.complete()?;
        self.replace()?;
        Ok(count)
    }

    /// Takes a file of the published site into the new one, if it is the same.
    fn take_over(&self, path: &str, target: &Path, size: u64, is_same: impl FnOnce(&Path) -> bool) -> bool {
        if !self.before.lists(&manifest::line(path)) {
            return false;
        }
        let old = self.out.join(path);
        let is_like = old.symlink_metadata().is_ok_and(|old| old.is_file() && old.len() == size);
        // A file system without hard links has the file written.
        is_like && is_same(&old) && fs::hard_link(&old, target).is_ok()
    }

    fn target(&self, path: &str) -> io::Result<PathBuf> {
        let target = self.workshop.new_site().join(path);
        if let Some(folder) = target.parent()
            && !locked(&self.folders).contains(folder)
        {
            fs::create_dir_all(folder)?;
            locked(&self.folders).insert(folder.to_owned());
        }
        Ok(target)
    }

    fn remember(&self, path: &str, written: Written) {
        locked(&self.written).insert(path.to_owned(), written);
    }

    /// Step 2: the new site is whole.
    fn complete(&self) -> Result<usize, PublishError> {
        let (new, whole) = (self.workshop.new_site(), self.workshop.whole_site());
        let written = locked(&self.written);
        let manifest = Manifest::of(written.keys().map(String::as_str));
        let path = new.join(MANIFEST);
        fs::write(&path, manifest.text()).map_err(at(&path))?;
        fs::rename(&new, &whole).map_err(at(&whole))?;
        Ok(written.len())
    }

    /// Steps 3 to 5.
    fn replace(&self) -> Result<(), PublishError> {
        let (out, whole, aside) = (&self.out, &self.workshop.whole_site(), &self.workshop.aside());
        if !files::is_there(out) {
            return fs::rename(whole, out).map_err(at(out));
        }
        // Asked beforehand, so that a site which cannot stay is not seen even for a moment.
        self.foreign(out, whole, out)?;
        keep_mode(out, whole).map_err(at(out))?;
        files::exchange(whole, out, aside).map_err(|error| match error.kind() {
            // A folder bound from the same disk is only found out now.
            io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => PublishError::MountPoint(out.clone()),
            _ => at(out)(error),
        })?;
        match self.carry_over(whole, out) {
            Ok(old) => {
                // The new site is there, whatever keeps the old one from going. It is tried again when the
                // publication is dropped, and by the next build, which says so.
                let _ = files::clear(whole, &old);
                Ok(())
            }
            Err(error) => {
                files::exchange(whole, out, aside).map_err(at(out))?;
                Err(error)
            }
        }
    }

    /// Everything in the site `old` that is somebody else's, beside its manifest. That it has a place in the site
    /// `new` is made sure of; if it has none, `named` is what `old` is called in the error.
    fn foreign(&self, old: &Path, new: &Path, named: &Path) -> Result<(Manifest, Vec<PathBuf>), PublishError> {
        let manifest = Manifest::read(old).map_err(at(old))?;
        let foreign = files::foreign(old, &manifest).map_err(at(old))?;
        for path in &foreign {
            if let Some(path) = files::obstacle(old, new, path).map_err(at(new))? {
                return Err(PublishError::Foreign(named.join(path)));
            }
        }
        Ok((manifest, foreign))
    }

    /// Step 4. What is somebody else's is asked of the old site itself and only now, so that a file which came during
    /// the build is found too.
    fn carry_over(&self, old: &Path, named: &Path) -> Result<Manifest, PublishError> {
        let (manifest, foreign) = self.foreign(old, &self.out, named)?;
        for path in foreign {
            files::carry(old, &self.out, &path).map_err(at(&named.join(path)))?;
        }
        Ok(manifest)
    }

    /// Mends what a build left that was killed or failed, at whichever step. May be repeated.
    fn recover(&self) -> Result<(), PublishError> {
        let (new, aside) = (self.workshop.new_site(), self.workshop.aside());
        if files::is_there(&aside) && !files::is_there(&self.out) {
            fs::rename(&aside, &self.out).map_err(at(&self.out))?;
        }
        for site in [aside, self.workshop.whole_site()] {
            if files::is_there(&site) {
                let manifest = self.carry_over(&site, &site)?;
                files::clear(&site, &manifest).map_err(at(&site))?;
            }
        }
        if files::is_there(&new) {
            fs::remove_dir_all(&new).map_err(at(&new))?;
        }
        Ok(())
    }
}

/// Whether a folder that is there lies on another disk than the folder around it.
#[cfg(unix)]
fn is_mount_point(folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    match folder.parent() {
        Some(parent) if folder.exists() => Ok(folder.metadata()?.dev() != parent.metadata()?.dev()),
        _ => Ok(false),
    }
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// A folder that not everybody may look into stays one. Its owner can always write into it, or the site that is not
/// put in its place in the end could not be cleared away.
#[cfg(unix)]
fn keep_mode(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = old.metadata()?.permissions().mode();
    fs::set_permissions(new, fs::Permissions::from_mode(mode | 0o700))
}

#[cfg(not(unix))]
fn keep_mode(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

impl PageSink for Publication {
    fn page(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // What cannot be mended stays in the workshop, and the next build begins with it.
        let _ = self.recover();
    }
}
