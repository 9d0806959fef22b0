//! The files of a bundle as the directory that tantivy reads.
//!
//! tantivy hands errors on as text: what lies behind one, [`Files::failure`] says.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::files::Files;

/// The segment's number in place of tantivy's random one.
pub const SEGMENT: &str = "00000000000000000000000000000001";
/// What the segment's files are called in a bundle.
pub const STEM: &str = "sections";

/// Reads a bundle for tantivy.
#[derive(Clone)]
pub struct BlockDirectory(Arc<dyn Files>);

impl BlockDirectory {
    /// Reads these files.
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self(files)
    }

    /// The files themselves.
    pub fn files(&self) -> &dyn Files {
        &*self.0
    }

    fn find(&self, path: &Path) -> Result<(usize, usize), OpenReadError> {
        self.0.find(&bundle_name(path)).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

/// tantivy's name of a file → the bundle's.
fn bundle_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    match name.strip_prefix(SEGMENT) {
        Some(extension) => format!("{STEM}{extension}"),
        None => name.into_owned(),
    }
}

/// One file, read in ranges.
struct BlockFile {
    files: Arc<dyn Files>,
    number: usize,
    length: usize,
}

impl std::fmt::Debug for BlockFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "BlockFile({})", self.number)
    }
}

impl HasLen for BlockFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for BlockFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.files.read(self.number, range).map(OwnedBytes::new)
    }
}

impl std::fmt::Debug for BlockDirectory {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "BlockDirectory")
    }
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for BlockDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let (number, length) = self.find(path)?;
        Ok(Arc::new(BlockFile { files: self.0.clone(), number, length }))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.find(path).is_ok())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let (number, length) = self.find(path)?;
        self.0.read(number, 0..length).map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), PathBuf::from(path)))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    // A published bundle does not change under its readers: nothing to lock, nothing to watch.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
