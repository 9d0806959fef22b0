//! The files of a bundle, read in ranges: from blocks as they come, or from memory, with a record of what was read.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::bundle::{Bundle, BundleError, OPENING, block_name};
use super::layout::Piece;
use super::opening::{FileLayout, Opening};
use super::source::BundleSource;

/// Blocks kept in memory at most, of which a browser on a phone has little. In bytes.
const MOST_KEPT: usize = 16 << 20;

/// What lies between two ranges that were read, if it is no longer than this, is taken along. In bytes.
const SMALLEST_GAP: usize = 64;

/// Files that are read in ranges.
pub trait Files: Send + Sync {
    /// A file's number and its length in bytes.
    fn find(&self, name: &str) -> Option<(usize, usize)>;

    /// Some bytes of a file.
    ///
    /// # Errors
    /// When they are not there; [`Files::failure`] says more.
    fn read(&self, file: usize, range: Range<usize>) -> io::Result<Vec<u8>>;

    /// Takes the failure that lies behind the last error.
    fn failure(&self) -> Option<BundleError> {
        None
    }

    /// Whether parts may come later than they are asked for.
    fn is_partial(&self) -> bool {
        false
    }

    /// Takes the numbers of the blocks that were wanted and not there.
    fn wanted(&self) -> Vec<u32> {
        Vec::new()
    }

    /// A query has its answer: what it read need not be kept.
    fn answered(&self) {}
}

/// The files of a bundle whose blocks come from somewhere.
pub struct BlockFiles {
    source: Box<dyn BundleSource>,
    pub opening: Opening,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Blocks that were read lately, …
    young: HashMap<u32, Arc<Vec<u8>>>,
    /// … how many bytes they have, …
    young_bytes: usize,
    /// … and those that were read before them. What is not read again goes.
    old: HashMap<u32, Arc<Vec<u8>>>,
    failure: Option<BundleError>,
    wanted: BTreeSet<u32>,
}

impl State {
    fn get(&mut self, number: u32) -> Option<Arc<Vec<u8>>> {
        if let Some(block) = self.young.get(&number) {
            return Some(block.clone());
        }
        let block = self.old.remove(&number)?;
        self.keep(number, block.clone());
        Some(block)
    }

    fn keep(&mut self, number: u32, block: Arc<Vec<u8>>) {
        self.young_bytes += block.len();
        self.young.insert(number, block);
    }

    /// Between queries: what was read by one is never dropped before it has its answer.
    fn forget(&mut self) {
        if self.young_bytes > MOST_KEPT / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

impl BlockFiles {
    /// Reads and checks the opening block, and nothing more.
    ///
    /// # Errors
    /// When there is none, or one that is damaged or of another version.
    pub fn open(source: impl BundleSource) -> Result<Self, BundleError> {
        let opening = source.opening().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => BundleError::NoBundle,
            io::ErrorKind::InvalidData => BundleError::Damaged(OPENING.to_owned()),
            io::ErrorKind::WouldBlock => BundleError::NotLoaded,
            _ => BundleError::Io { name: OPENING.to_owned(), error },
        })?;
        Ok(Self { source: Box::new(source), opening: Opening::parse(&opening)?, state: Mutex::default() })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Whoever panicked with the lock held left whole blocks behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn block(&self, number: u32) -> io::Result<Arc<Vec<u8>>> {
        if let Some(block) = self.state().get(number) {
            return Ok(block);
        }
        let fail = |failure: BundleError, kind: io::ErrorKind| {
            self.state().failure = Some(failure);
            io::Error::from(kind)
        };
        let name = || block_name(number);
        let block = self.source.block(number).map_err(|error| match error.kind() {
            kind @ io::ErrorKind::NotFound => fail(BundleError::Missing(name()), kind),
            kind @ io::ErrorKind::InvalidData => fail(BundleError::Damaged(name()), kind),
            kind @ io::ErrorKind::WouldBlock => {
                self.state().wanted.insert(number);
                fail(BundleError::NotLoaded, kind)
            }
            kind => fail(BundleError::Io { name: name(), error }, kind),
        })?;
        if block.number != number || block.checksum != crc32fast::hash(&block.bytes) {
            return Err(fail(BundleError::Damaged(name()), io::ErrorKind::InvalidData));
        }
        if block.mark != self.opening.mark {
            return Err(fail(BundleError::Mixed(name()), io::ErrorKind::InvalidData));
        }
        let block = Arc::new(block.bytes);
        self.state().keep(number, block.clone());
        Ok(block)
    }
}

impl Files for BlockFiles {
    fn find(&self, name: &str) -> Option<(usize, usize)> {
        let number = self.opening.files.iter().position(|file| file.name == name)?;
        self.opening.files.get(number).map(|file| (number, file.length))
    }

    fn read(&self, file: usize, range: Range<usize>) -> io::Result<Vec<u8>> {
        let layout: &FileLayout = self.opening.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        if let Some(resident) = layout.resident(&range) {
            return Ok(resident.to_vec());
        }
        // Not made as large as the range says: nobody knows yet whether there is so much.
        let mut bytes = Vec::new();
        let mut missing = None;
        for Piece { range: piece, block, at } in layout.pieces(&range) {
            // All of them, so that all that is missing is loaded at once.
            match self.block(*block) {
                Ok(content) => {
                    let start = at.saturating_add(range.start.saturating_sub(piece.start));
                    let end = at.saturating_add(range.end.min(piece.end) - piece.start);
                    bytes.extend_from_slice(content.get(start..end).unwrap_or_default());
                }
                Err(error) => missing = Some(error),
            }
        }
        if missing.is_none() && bytes.len() != range.len() {
            self.state().failure = Some(BundleError::Damaged(OPENING.to_owned()));
            return Err(io::ErrorKind::InvalidData.into());
        }
        missing.map_or(Ok(bytes), Err)
    }

    fn failure(&self) -> Option<BundleError> {
        self.state().failure.take()
    }

    fn is_partial(&self) -> bool {
        self.source.is_partial()
    }

    fn wanted(&self) -> Vec<u32> {
        std::mem::take(&mut self.state().wanted).into_iter().collect()
    }

    fn answered(&self) {
        self.state().forget();
    }
}

/// The files of a bundle in memory, with a record of what was read of them.
#[derive(Default)]
pub struct RawFiles {
    files: Vec<(String, Vec<u8>)>,
    read: Mutex<Vec<(usize, Range<usize>)>>,
}

impl RawFiles {
    /// Serves files.
    pub fn new(files: Vec<(String, Vec<u8>)>) -> Self {
        Self { files, read: Mutex::default() }
    }

    /// Takes every range that was read since last asked, in order.
    pub fn each_read(&self) -> Vec<(usize, Range<usize>)> {
        std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes what was read since last asked: ranges of each file, ascending; near ones as one.
    pub fn take_read(&self) -> Vec<(usize, Range<usize>)> {
        let mut read = self.each_read();
        read.sort_by_key(|(file, range)| (*file, range.start, range.end));
        let mut merged: Vec<(usize, Range<usize>)> = Vec::new();
        for (file, range) in read.into_iter().filter(|(_, range)| !range.is_empty()) {
            match merged.last_mut() {
                Some((last, before)) if *last == file && range.start <= before.end + SMALLEST_GAP => {
                    before.end = before.end.max(range.end)
                }
                _ => merged.push((file, range)),
            }
        }
        merged
    }

    /// The files themselves.
    pub fn into_files(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }
}

impl From<&Bundle> for RawFiles {
    fn from(bundle: &Bundle) -> Self {
        Self::new(bundle.files.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect())
    }
}

impl Files for RawFiles {
    fn find(&self, name: &str) -> Option<(usize, usize)> {
        let number = self.files.iter().position(|(own, _)| own == name)?;
        self.files.get(number).map(|(_, bytes)| (number, bytes.len()))
    }

    fn read(&self, file: usize, range: Range<usize>) -> io::Result<Vec<u8>> {
        let (_, bytes) = self.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        let read = bytes.get(range.clone()).ok_or(io::ErrorKind::UnexpectedEof)?.to_vec();
        self.read.lock().unwrap_or_else(PoisonError::into_inner).push((file, range));
        Ok(read)
    }
}
