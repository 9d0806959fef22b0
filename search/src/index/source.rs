//! Where a bundle's bytes come from.

use std::io;
#[cfg(feature = "native")]
use std::path::PathBuf;

use super::bundle::Bundle;
#[cfg(feature = "native")]
use super::bundle::{OPENING, block_name};
#[cfg(feature = "native")]
use super::script;

/// A place that holds a bundle.
///
/// Whoever loads in pieces answers [`io::ErrorKind::WouldBlock`] for what has not come yet; the search then ends with
/// [`BundleError::NotLoaded`](super::BundleError::NotLoaded) and is run again when the pieces are here.
pub trait BundleSource: Send + Sync + 'static {
    /// The bytes of the opening block.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when there is none, [`io::ErrorKind::InvalidData`] when it is damaged.
    fn opening(&self) -> io::Result<Vec<u8>>;

    /// A block, as it was found: whoever asked checks it.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when there is no such block, [`io::ErrorKind::InvalidData`] when it cannot be understood.
    fn block(&self, number: u32) -> io::Result<Block>;

    /// Whether blocks may come later than they are asked for.
    fn is_partial(&self) -> bool {
        false
    }
}

/// A block with what it says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub number: u32,
    /// The mark of its bundle.
    pub mark: u32,
    /// The CRC-32 that its bytes had.
    pub checksum: u32,
    pub bytes: Vec<u8>,
}

/// A bundle in memory.
#[derive(Debug, Clone)]
pub struct MemorySource {
    opening: Vec<u8>,
    blocks: Vec<Block>,
}

impl MemorySource {
    /// Serves a bundle.
    pub fn new(bundle: &Bundle) -> Self {
        let mark = bundle.mark();
        let block = |(number, bytes): (u32, Vec<u8>)| {
            let checksum = crc32fast::hash(&bytes);
            Block { number, mark, checksum, bytes }
        };
        Self { opening: bundle.opening(), blocks: (0..).zip(bundle.blocks()).map(block).collect() }
    }
}

impl BundleSource for MemorySource {
    fn opening(&self) -> io::Result<Vec<u8>> {
        Ok(self.opening.clone())
    }

    fn block(&self, number: u32) -> io::Result<Block> {
        self.blocks.get(number as usize).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A bundle in a folder: what the terminal reads, and the only file access of this crate.
#[cfg(feature = "native")]
#[derive(Debug, Clone)]
pub struct FolderSource {
    folder: PathBuf,
}

#[cfg(feature = "native")]
impl FolderSource {
    /// A bundle in this folder, `public/search-index`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
}

#[cfg(feature = "native")]
impl BundleSource for FolderSource {
    fn opening(&self) -> io::Result<Vec<u8>> {
        let text = std::fs::read(self.folder.join(OPENING))?;
        script::opening(&text).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn block(&self, number: u32) -> io::Result<Block> {
        let text = std::fs::read(self.folder.join(block_name(number)))?;
        script::block(&text).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}
