//! The output folder: whole or not at all.
//!
//! A build writes into a workshop beside the output folder (`.public.seoga/` beside `public/`) and, when everything is
//! there, exchanges the two folders in one step. A build that fails, is killed, or meets a full disk leaves the
//! previous site as it was. What seoga wrote is listed in the site's own [`MANIFEST`]; every other file found in the
//! output folder is somebody else's (`CNAME`, a `.git` folder) and is carried over, never removed and never
//! overwritten.
//!
//! ```text
//! public/                 the site, with .seoga-files listing what seoga wrote
//! .public.seoga/          only while a build runs
//!   lock                  held by the build that runs
//!   next/                 the new site; after the exchange, the old one until it is cleared away
//!   foreign               which files of the old site have to be carried over; written before the exchange
//! ```

mod files;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rustc_hash::FxHashSet;

use crate::render::PageSink;

/// The list of what seoga wrote, one path a line, in the output folder.
pub const MANIFEST: &str = ".seoga-files";

/// Why nothing was published. The previous site is still there.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("another build is writing {}", .0.display())]
    Busy(PathBuf),
    #[error("{} is a file, not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A file that seoga did not write stands where a page has to go.
    #[error("{} was not written by seoga and would be overwritten", .0.display())]
    Foreign(PathBuf),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |source| PublishError::Io { path: path.to_owned(), source }
}

/// A site being written.
pub struct Publication {
    out: PathBuf,
    workshop: PathBuf,
    /// Held until the publication is dropped.
    _lock: File,
    written: Mutex<BTreeSet<String>>,
    folders: Mutex<FxHashSet<PathBuf>>,
}

impl Publication {
    /// Prepares to write the site at `out`, and clears up behind a build that was killed.
    pub fn begin(out: &Path) -> Result<Self, PublishError> {
        // A link to the output folder is followed, so that the folder is exchanged and not the link.
        let out = if out.exists() {
            out.canonicalize().map_err(at(out))?
        } else {
            std::path::absolute(out).map_err(at(out))?
        };
        if out.exists() && !out.is_dir() {
            return Err(PublishError::NotAFolder(out));
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::NotAFolder(out));
        };
        let workshop = parent.join(format!(".{}.seoga", name.to_string_lossy()));
        fs::create_dir_all(&workshop).map_err(at(&workshop))?;
        let lock_path = workshop.join("lock");
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::Busy(out)),
            Err(TryLockError::Error(source)) => return Err(PublishError::Io { path: lock_path, source }),
        }
        let publication = Self { out, workshop, _lock: lock, written: Mutex::default(), folders: Mutex::default() };
        publication.recover()?;
        let next = publication.next();
        fs::create_dir_all(&next).map_err(at(&next))?;
        Ok(publication)
    }

    /// Writes one file of the new site; `path` is relative, with `/`, and stays inside by construction of its caller.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let target = self.target(path)?;
        fs::write(target, bytes)?;
        self.remember(path);
        Ok(())
    }

    /// Copies a file into the new site.
    pub fn copy(&self, from: &Path, path: &str) -> io::Result<()> {
        let target = self.target(path)?;
        // Only the bytes: a read-only source must not make a file that the next build cannot replace.
        let mut source = File::open(from)?;
        let mut copy = File::create(target)?;
        io::copy(&mut source, &mut copy)?;
        self.remember(path);
        Ok(())
    }

    /// Puts the new site in the place of the old one. Returns how many files seoga wrote.
    pub fn finish(self) -> Result<usize, PublishError> {
        let mut written = std::mem::take(&mut *self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let count = written.len();
        written.insert(MANIFEST.to_owned());
        let mut manifest = String::new();
        for path in &written {
            manifest.push_str(path);
            manifest.push('\n');
        }
        let next = self.next();
        let manifest_path = next.join(MANIFEST);
        fs::write(&manifest_path, manifest).map_err(at(&manifest_path))?;

        let foreign = self.foreign()?;
        if let Some(path) = foreign.iter().find(|path| files::stands_in_the_way(&written, path)) {
            return Err(PublishError::Foreign(self.out.join(path)));
        }
        if !foreign.is_empty() {
            let list_path = self.workshop.join("foreign");
            let mut list = File::create(&list_path).map_err(at(&list_path))?;
            for path in &foreign {
                writeln!(list, "{path}").map_err(at(&list_path))?;
            }
        }
        if self.out.exists() {
            files::exchange(&next, &self.out).map_err(at(&self.out))?;
            self.carry_over()?;
        } else {
            fs::rename(&next, &self.out).map_err(at(&self.out))?;
        }
        Ok(count)
    }

    fn next(&self) -> PathBuf {
        self.workshop.join("next")
    }

    fn target(&self, path: &str) -> io::Result<PathBuf> {
        let target = self.next().join(path);
        if let Some(folder) = target.parent() {
            let known = |folders: &Mutex<FxHashSet<PathBuf>>| {
                folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(folder)
            };
            if !known(&self.folders) {
                fs::create_dir_all(folder)?;
                let mut folders = self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                folders.insert(folder.to_owned());
            }
        }
        Ok(target)
    }

    fn remember(&self, path: &str) {
        let mut written = self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        written.insert(path.to_owned());
    }

    /// Files of the present site that seoga did not write.
    fn foreign(&self) -> Result<Vec<String>, PublishError> {
        if !self.out.exists() {
            return Ok(Vec::new());
        }
        let manifest = fs::read_to_string(self.out.join(MANIFEST)).unwrap_or_default();
        let own: FxHashSet<&str> = manifest.lines().collect();
        let all = files::all(&self.out).map_err(at(&self.out))?;
        Ok(all.into_iter().filter(|path| !own.contains(path.as_str())).collect())
    }

    /// After the exchange: takes somebody else's files out of the old site into the new one, then clears the old away.
    fn carry_over(&self) -> Result<(), PublishError> {
        let old = self.next();
        let list_path = self.workshop.join("foreign");
        let list = fs::read_to_string(&list_path).unwrap_or_default();
        for path in list.lines() {
            let (from, to) = (old.join(path), self.out.join(path));
            if from.symlink_metadata().is_err() || to.symlink_metadata().is_ok() {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(at(folder))?;
            }
            fs::rename(&from, &to).map_err(at(&to))?;
        }
        if !list.is_empty() {
            fs::remove_file(&list_path).map_err(at(&list_path))?;
        }
        fs::remove_dir_all(&old).map_err(at(&old))
    }

    /// What a killed build left: a half-written site, or an old one whose foreign files were not yet carried over.
    fn recover(&self) -> Result<(), PublishError> {
        let next = self.next();
        if !next.exists() {
            return Ok(());
        }
        let exchanged = self.workshop.join("foreign").exists() && {
            // The list is written before the exchange; only afterwards do the listed files stand in `next`.
            let list = fs::read_to_string(self.workshop.join("foreign")).unwrap_or_default();
            list.lines().any(|path| next.join(path).symlink_metadata().is_ok())
        };
        if exchanged {
            return self.carry_over();
        }
        let _ = fs::remove_file(self.workshop.join("foreign"));
        fs::remove_dir_all(&next).map_err(at(&next))
    }
}

impl PageSink for Publication {
    fn page(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // After a failure the half-written site goes; after success only the empty workshop is left. A file that
        // still waits to be carried over keeps the workshop alive for the next build.
        if !self.workshop.join("foreign").exists() {
            let _ = fs::remove_dir_all(&self.workshop);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test alone, removed at its end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("seoga-publish-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn publish(&self, pages: &[(&str, &str)]) -> Result<usize, PublishError> {
            let publication = Publication::begin(&self.0.join("public"))?;
            for (path, text) in pages {
                publication.write(path, text.as_bytes()).unwrap();
            }
            publication.finish()
        }

        fn site(&self) -> Vec<String> {
            files::all(&self.0.join("public")).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_new_site_replaces_the_old_and_leaves_no_workshop() {
        let scratch = Scratch::new("replace");
        scratch.publish(&[("index.html", "1"), ("옛/글.html", "1")]).unwrap();
        scratch.publish(&[("index.html", "2")]).unwrap();
        assert_eq!(scratch.site(), [MANIFEST, "index.html"]);
        assert_eq!(fs::read_to_string(scratch.0.join("public/index.html")).unwrap(), "2");
        assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1);
    }

    #[test]
    fn somebody_elses_files_are_carried_over() {
        let scratch = Scratch::new("foreign");
        scratch.publish(&[("index.html", "1"), ("글/a.html", "1")]).unwrap();
        fs::write(scratch.0.join("public/CNAME"), "example.com").unwrap();
        fs::write(scratch.0.join("public/글/메모.txt"), "내 것").unwrap();
        scratch.publish(&[("index.html", "2")]).unwrap();
        assert_eq!(scratch.site(), [MANIFEST, "CNAME", "index.html", "글/메모.txt"]);
    }

    #[test]
    fn a_foreign_file_is_never_overwritten() {
        let scratch = Scratch::new("conflict");
        fs::create_dir_all(scratch.0.join("public")).unwrap();
        fs::write(scratch.0.join("public/index.html"), "손으로 쓴 것").unwrap();
        let error = scratch.publish(&[("index.html", "1")]).unwrap_err();
        assert!(matches!(error, PublishError::Foreign(_)), "{error}");
        assert_eq!(fs::read_to_string(scratch.0.join("public/index.html")).unwrap(), "손으로 쓴 것");
        assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1, "the workshop is cleared away");
    }

    #[test]
    fn a_build_that_stops_half_way_changes_nothing() {
        let scratch = Scratch::new("half");
        scratch.publish(&[("index.html", "1")]).unwrap();
        let publication = Publication::begin(&scratch.0.join("public")).unwrap();
        publication.write("index.html", b"2").unwrap();
        // As a kill would: nothing is cleared up.
        std::mem::forget(publication);
        assert_eq!(fs::read_to_string(scratch.0.join("public/index.html")).unwrap(), "1");
    }

    #[test]
    fn two_builds_at_once_do_not_mix() {
        let scratch = Scratch::new("busy");
        let first = Publication::begin(&scratch.0.join("public")).unwrap();
        let second = Publication::begin(&scratch.0.join("public"));
        assert!(matches!(second, Err(PublishError::Busy(_))));
        first.write("index.html", b"1").unwrap();
        first.finish().unwrap();
        assert_eq!(scratch.site(), [MANIFEST, "index.html"]);
    }

    #[test]
    fn files_waiting_to_be_carried_over_survive_a_kill() {
        let scratch = Scratch::new("recover");
        scratch.publish(&[("index.html", "1")]).unwrap();
        // The state between the exchange and the carrying over.
        let workshop = scratch.0.join(".public.seoga");
        fs::create_dir_all(workshop.join("next")).unwrap();
        fs::write(workshop.join("next/CNAME"), "example.com").unwrap();
        fs::write(workshop.join("foreign"), "CNAME\n").unwrap();
        scratch.publish(&[("index.html", "2")]).unwrap();
        assert_eq!(scratch.site(), [MANIFEST, "CNAME", "index.html"]);
    }
}
