//! Where a bundle's bytes come from.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

use super::Bundle;

/// A place that holds the files of a bundle.
///
/// Whoever loads in pieces answers [`io::ErrorKind::WouldBlock`] for what has not come yet and takes note of it; the
/// search then ends with [`BundleError::NotLoaded`](super::BundleError::NotLoaded) and is run again when the piece is here.
pub trait BundleSource: Send + Sync + 'static {
    /// All of a file.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when there is no such file.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// Some bytes of a file. Blocks of [`BLOCK_BYTES`](super::BLOCK_BYTES) are asked for, whole and one at a time.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] when the file is shorter.
    fn read_range(&self, name: &str, range: Range<u64>) -> io::Result<Vec<u8>>;
}

/// A bundle in memory.
#[derive(Debug, Clone)]
pub struct MemorySource(pub Bundle);

impl MemorySource {
    fn file(&self, name: &str) -> io::Result<&[u8]> {
        let file = self.0.files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.as_slice()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl BundleSource for MemorySource {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.file(name).map(<[u8]>::to_vec)
    }

    fn read_range(&self, name: &str, range: Range<u64>) -> io::Result<Vec<u8>> {
        let range = range.start as usize..range.end as usize;
        self.file(name)?.get(range).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// A bundle in a folder: what the terminal reads, and the only file access of this crate.
#[derive(Debug, Clone)]
pub struct FolderSource {
    folder: PathBuf,
}

impl FolderSource {
    /// A bundle in this folder, `public/search`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
}

impl BundleSource for FolderSource {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.folder.join(name))
    }

    fn read_range(&self, name: &str, range: Range<u64>) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.folder.join(name))?;
        file.seek(SeekFrom::Start(range.start))?;
        let mut bytes = vec![0; (range.end - range.start) as usize];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
