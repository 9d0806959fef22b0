//! The folder beside the output folder in which one build at a time works.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{PublishError, at};

/// How often a lock that another build has just removed is asked for again.
const ATTEMPTS: usize = 100;

/// A workshop, locked. What the build left in it stays when it is dropped; an empty one goes.
pub struct Workshop {
    folder: PathBuf,
    /// Folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    /// Held until the workshop is gone.
    _lock: File,
}

impl Workshop {
    /// Opens the workshop of an output folder.
    pub fn open(out: &Path) -> Result<Self, PublishError> {
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::NotAFolder(out.to_owned()));
        };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".seoga");
        let folder = parent.join(hidden);
        let made: Vec<PathBuf> = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        match lock(&folder, out) {
            Ok(lock) => Ok(Self { folder, made, _lock: lock }),
            Err(error) => {
                // Goes only where it is empty, so not under the feet of the build that has it.
                let _ = fs::remove_dir(&folder);
                remove_empty(&made);
                Err(error)
            }
        }
    }

    /// The new site while it is written; nobody else's, and good for nothing unless it becomes whole.
    pub fn new_site(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// A whole site with its manifest, if it has one: the new before the exchange, the old after it.
    pub fn whole_site(&self) -> PathBuf {
        self.folder.join("whole")
    }

    /// Where the site that is published waits while two folders are exchanged by steps.
    pub fn aside(&self) -> PathBuf {
        self.folder.join("aside")
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // Still under the lock, so that no other build takes it for its own before it is gone.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
        remove_empty(&self.made);
    }
}

fn remove_empty(folders: &[PathBuf]) {
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

fn lock(folder: &Path, out: &Path) -> Result<File, PublishError> {
    let path = folder.join("lock");
    let mut fault = None;
    for _ in 0..ATTEMPTS {
        let file = match fs::create_dir_all(folder).and_then(|()| File::create(&path)) {
            Ok(file) => file,
            // Another build may have removed the workshop this moment, and making a folder may meet it half gone.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
                fault = Some(error);
                continue;
            }
            Err(error) => return Err(at(&path)(error)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path).map_err(at(&path))? => return Ok(file),
            // The build that had it removed it between opening and locking: a lock that nobody else can meet.
            Ok(()) => fault = None,
            Err(TryLockError::WouldBlock) => return Err(PublishError::Busy(out.to_owned())),
            Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
        }
    }
    Err(fault.map_or_else(|| PublishError::Busy(out.to_owned()), at(folder)))
}

/// Whether an open file is the one that stands at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match path.symlink_metadata() {
        Ok(there) => Ok((open.dev(), open.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an open file is the one that stands at a path, as far as can be said.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_was_removed_is_none() {
        let folder = std::env::temp_dir().join(format!("seoga-publish-lock-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("lock");
        let first = File::create(&path).unwrap();
        assert!(is_at(&first, &path).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&first, &path).unwrap());
        let second = File::create(&path).unwrap();
        assert!(!is_at(&first, &path).unwrap());
        assert!(is_at(&second, &path).unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }
}
