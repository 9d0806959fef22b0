//! A bundle's source as the directory that tantivy reads.
//!
//! tantivy asks for ranges of files; this fetches the blocks that hold them, checks each once and keeps it. An error on
//! the way is remembered, because tantivy hands errors on as text: [`BlockDirectory::failure`] says which file it was.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::bundle::{BLOCK_BYTES, BundleError, Counts, MANIFEST, Manifest, ManifestFile};
use super::source::BundleSource;

/// The segment's number in place of tantivy's random one.
pub const SEGMENT: &str = "00000000000000000000000000000001";
/// What the segment's files are called in a bundle.
pub const STEM: &str = "sections";

/// Checked blocks kept in memory at most. In bytes.
const MOST_KEPT: usize = 64 << 20;

/// Reads a bundle for tantivy.
#[derive(Clone)]
pub struct BlockDirectory(Arc<Shared>);

struct Shared {
    source: Box<dyn BundleSource>,
    files: Vec<ManifestFile>,
    counts: Counts,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By file and number of the block.
    blocks: HashMap<(usize, usize), Arc<Vec<u8>>>,
    kept: usize,
    failure: Option<BundleError>,
}

impl BlockDirectory {
    /// Reads and checks the manifest, and nothing more.
    pub fn open(source: impl BundleSource) -> Result<Self, BundleError> {
        let manifest = source.read(MANIFEST).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => BundleError::NoBundle,
            io::ErrorKind::WouldBlock => BundleError::NotLoaded(MANIFEST.to_owned()),
            _ => BundleError::Io { name: MANIFEST.to_owned(), error },
        })?;
        let Manifest { pages, sections, files, .. } = Manifest::parse(&manifest)?;
        let counts = Counts { pages, sections };
        Ok(Self(Arc::new(Shared { source: Box::new(source), files, counts, state: Mutex::default() })))
    }

    /// What the bundle says that it holds.
    pub fn counts(&self) -> Counts {
        self.0.counts
    }

    /// Takes the failure that lies behind the last error of tantivy.
    pub fn failure(&self) -> Option<BundleError> {
        self.0.state().failure.take()
    }

    fn index(&self, path: &Path) -> Result<usize, OpenReadError> {
        let name = bundle_name(path);
        let found = self.0.files.iter().position(|file| file.name == name);
        found.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

impl Shared {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Whoever panicked with the lock held left whole blocks behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, file: usize, range: Range<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(range.len());
        for number in range.start / BLOCK_BYTES..range.end.div_ceil(BLOCK_BYTES) {
            let block = self.block(file, number)?;
            let start = range.start.saturating_sub(number * BLOCK_BYTES);
            let end = (range.end - number * BLOCK_BYTES).min(block.len());
            bytes.extend_from_slice(block.get(start..end).unwrap_or_default());
        }
        Ok(bytes)
    }

    fn block(&self, file: usize, number: usize) -> io::Result<Arc<Vec<u8>>> {
        if let Some(block) = self.state().blocks.get(&(file, number)) {
            return Ok(block.clone());
        }
        let description = &self.files[file];
        let start = (number * BLOCK_BYTES) as u64;
        let end = (start + BLOCK_BYTES as u64).min(description.bytes);
        let name = || description.name.clone();
        let fail = |failure: BundleError, kind: io::ErrorKind| {
            self.state().failure = Some(failure);
            io::Error::from(kind)
        };
        let block = self.source.read_range(&description.name, start..end).map_err(|error| match error.kind() {
            kind @ io::ErrorKind::NotFound => fail(BundleError::Missing(name()), kind),
            kind @ io::ErrorKind::UnexpectedEof => fail(BundleError::Damaged(name()), kind),
            kind @ io::ErrorKind::WouldBlock => fail(BundleError::NotLoaded(name()), kind),
            kind => fail(BundleError::Io { name: name(), error }, kind),
        })?;
        if block.len() as u64 != end - start || description.block(number) != Some(crc32fast::hash(&block)) {
            return Err(fail(BundleError::Damaged(name()), io::ErrorKind::InvalidData));
        }
        let block = Arc::new(block);
        let mut state = self.state();
        if state.kept > MOST_KEPT {
            state.blocks.clear();
            state.kept = 0;
        }
        state.kept += block.len();
        state.blocks.insert((file, number), block.clone());
        Ok(block)
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
    shared: Arc<Shared>,
    file: usize,
}

impl std::fmt::Debug for BlockFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "BlockFile({})", self.shared.files[self.file].name)
    }
}

impl HasLen for BlockFile {
    fn len(&self) -> usize {
        self.shared.files[self.file].bytes as usize
    }
}

impl FileHandle for BlockFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.shared.read(self.file, range).map(OwnedBytes::new)
    }
}

impl std::fmt::Debug for BlockDirectory {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "BlockDirectory({} files)", self.0.files.len())
    }
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for BlockDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(BlockFile { shared: self.0.clone(), file: self.index(path)? }))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.index(path).is_ok())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let file = self.index(path)?;
        let length = self.0.files[file].bytes as usize;
        self.0.read(file, 0..length).map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))
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
