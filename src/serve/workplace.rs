//! A folder of this process alone under the system's temporary folder, which others may share.
//!
//! It is made, not found: a folder that somebody put there beforehand is never used, and nobody else may look inside
//! (drafts are served from it). Ctrl+C is how a server ends, so that its command asks for a [`Workplace::remover`]. A
//! process that is killed leaves its folder, and the next server clears up behind it: a folder is in use as long as
//! somebody holds its lock.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = "seoga-serve-";
const LOCK: &str = "lock";

/// How many names are tried before it is certain that something else is wrong.
const MOST_NAMES: usize = 1000;

/// The folder, removed when dropped.
#[derive(Debug)]
pub struct Workplace {
    folder: PathBuf,
    /// Held until the workplace is dropped.
    _lock: File,
}

impl Workplace {
    /// Makes a folder; `port` only tells the folders of one process apart.
    pub fn make(parent: &Path, port: u16) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let process = std::process::id();
        let mut made = Err(io::ErrorKind::AlreadyExists.into());
        for attempt in 0..MOST_NAMES {
            let folder = parent.join(format!("{PREFIX}{process}-{port}-{attempt}"));
            made = builder.create(&folder).map(|()| folder);
            if !made.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
                break;
            }
        }
        let folder = made?;
        let lock = File::create_new(folder.join(LOCK))?;
        lock.try_lock()?;
        clear_up(parent, &folder);
        Ok(Self { folder, _lock: lock })
    }

    /// Removes the folder at any time, from any thread.
    pub fn remover(&self) -> impl Fn() + Send + 'static {
        /// A build may be writing into it, and make a file behind the one that looks.
        const MOST_TRIES: usize = 20;
        let folder = self.folder.clone();
        move || {
            for _ in 0..MOST_TRIES {
                match fs::remove_dir_all(&folder) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {}
                    _ => return,
                }
            }
        }
    }

    /// Where to build.
    pub fn site(&self) -> PathBuf {
        self.folder.join("site")
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes the folders of servers that are no more. What cannot be removed stays; it is in nobody's way.
fn clear_up(parent: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let folder = entry.path();
        let named = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if named && folder != own && is_ours(&folder, own) && is_left_alone(&folder) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// Whether it is a folder, and of the same user.
fn is_ours(folder: &Path, own: &Path) -> bool {
    let (Ok(other), Ok(own)) = (folder.symlink_metadata(), own.symlink_metadata()) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if other.uid() != own.uid() {
            return false;
        }
    }
    other.is_dir() && own.is_dir()
}

/// Whether nobody holds its lock. A folder without one is being made just now, or is not a server's.
fn is_left_alone(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_ones_own_that_goes_away() {
        let parent = tempfile::tempdir().unwrap();
        let taken = parent.path().join(format!("{PREFIX}{}-8080-0", std::process::id()));
        fs::create_dir(&taken).unwrap();
        let workplace = Workplace::make(parent.path(), 8080).unwrap();
        assert!(!workplace.site().starts_with(&taken), "somebody else's");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&workplace.folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
        let folder = workplace.folder.clone();
        fs::create_dir_all(workplace.site().join("글")).unwrap();
        workplace.remover()();
        assert!(!folder.exists() && taken.exists());
        fs::create_dir(&folder).unwrap();
        drop(workplace);
        assert!(!folder.exists() && taken.exists());
    }

    #[test]
    fn what_dead_servers_left_is_removed_and_living_ones_keep_theirs() {
        let parent = tempfile::tempdir().unwrap();
        let living = Workplace::make(parent.path(), 8080).unwrap();
        let dead = parent.path().join(format!("{PREFIX}1-8081-0"));
        fs::create_dir_all(dead.join("site")).unwrap();
        File::create(dead.join(LOCK)).unwrap();
        let other = parent.path().join(format!("{PREFIX}notes"));
        fs::create_dir(&other).unwrap();
        let _another = Workplace::make(parent.path(), 8082).unwrap();
        assert!(!dead.exists() && living.folder.exists() && other.exists());
    }
}
