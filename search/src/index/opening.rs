//! The opening block: what a reader has to know before it can ask for anything, and what it reads first.
//!
//! ```text
//! "seoga"  5 bytes
//! format, analysis                    numbers
//! mark                                4 bytes: the CRC-32 of all files
//! pages, sections                     numbers
//! files                               how many, then of each:
//!   name                              length, then UTF-8
//!   length                            in bytes
//! groups                              how many, then of each:
//!   strands                           how many, then file and beginning of each
//!   blocks                            how many, then of each how many bytes it takes of each strand
//! extents                             how many, then of each:
//!   file, start, length               numbers; start counts from the end of the extent before, in the same file
//! bytes of all extents                one after another
//! checksum                            4 bytes: the CRC-32 of all that stands before
//! ```
//!
//! Numbers are of seven bits a byte (see [`number`](super::number)); four bytes are little endian. Blocks are numbered through all groups (see [`layout`](super::layout)).

use std::ops::Range;

use super::bundle::{ANALYSIS_VERSION, Bundle, BundleError, Counts, FORMAT_VERSION, OPENING};
use super::layout::{Group, Piece};
use super::number;

const MAGIC: &[u8] = b"seoga";

/// What the opening block says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub mark: u32,
    pub counts: Counts,
    pub files: Vec<FileLayout>,
}

/// A file as the opening block describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLayout {
    pub name: String,
    /// In bytes.
    pub length: usize,
    /// Where its bytes are, ascending.
    pub pieces: Vec<Piece>,
    /// What of it lies in the opening block, ascending: where it begins, and the bytes.
    pub resident: Vec<(usize, Vec<u8>)>,
}

impl FileLayout {
    /// The resident bytes of a range, if all of it is resident.
    pub fn resident(&self, range: &Range<usize>) -> Option<&[u8]> {
        let after = self.resident.partition_point(|(start, _)| *start <= range.start);
        let (start, bytes) = self.resident.get(after.checked_sub(1)?)?;
        bytes.get(range.start - start..range.end.checked_sub(*start)?)
    }

    /// The pieces that a range lies in.
    pub fn pieces(&self, range: &Range<usize>) -> impl Iterator<Item = &Piece> {
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let end = range.end;
        self.pieces.iter().skip(first).take_while(move |piece| piece.range.start < end)
    }
}

impl Bundle {
    /// The bytes of the opening block.
    pub fn opening(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let out = &mut bytes;
        number::write(out, u64::from(FORMAT_VERSION));
        number::write(out, u64::from(ANALYSIS_VERSION));
        out.extend(self.mark().to_le_bytes());
        number::write(out, self.counts.pages);
        number::write(out, self.counts.sections);
        number::write(out, self.files.len() as u64);
        for file in &self.files {
            number::write(out, file.name.len() as u64);
            out.extend(file.name.as_bytes());
            number::write(out, file.bytes.len() as u64);
        }
        number::write(out, self.groups.len() as u64);
        for group in &self.groups {
            number::write(out, group.strands.len() as u64);
            for &(file, start) in &group.strands {
                number::write(out, file as u64);
                number::write(out, start as u64);
            }
            number::write(out, group.blocks.len() as u64);
            for &length in group.blocks.iter().flatten() {
                number::write(out, length as u64);
            }
        }
        number::write(out, self.resident.len() as u64);
        let (mut last, mut end) = (usize::MAX, 0);
        for (file, range) in &self.resident {
            let from = if *file == last { end } else { 0 };
            number::write(out, *file as u64);
            number::write(out, (range.start - from) as u64);
            number::write(out, range.len() as u64);
            (last, end) = (*file, range.end);
        }
        for (file, range) in &self.resident {
            out.extend(self.files.get(*file).and_then(|file| file.bytes.get(range.clone())).unwrap_or_default());
        }
        let checksum = crc32fast::hash(out);
        out.extend(checksum.to_le_bytes());
        bytes
    }
}

impl Opening {
    /// Reads an opening block; refuses one that is damaged or of another version.
    ///
    /// # Errors
    /// [`BundleError::Version`] for an index of another version, else [`BundleError::Damaged`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let damaged = || BundleError::Damaged(OPENING.to_owned());
        let mut rest = Reader(bytes.strip_prefix(MAGIC).ok_or_else(damaged)?);
        // Readable in every bundle from format 3 on.
        let mut version = || u32::try_from(rest.number()?).ok();
        let (format, analysis) = version().zip(version()).ok_or_else(damaged)?;
        if (format, analysis) != (FORMAT_VERSION, ANALYSIS_VERSION) {
            return Err(BundleError::Version { found: format, found_analysis: analysis });
        }
        let (whole, checksum) = bytes.split_last_chunk::<4>().ok_or_else(damaged)?;
        if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
            return Err(damaged());
        }
        rest.opening().ok_or_else(damaged)
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        number::read(&mut self.0)
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn opening(&mut self) -> Option<Opening> {
        let mark = u32::from_le_bytes(*self.take(4)?.first_chunk::<4>()?);
        let counts = Counts { pages: self.number()?, sections: self.number()? };
        let mut files = Vec::new();
        for _ in 0..self.length()? {
            let length = self.length()?;
            let name = String::from_utf8(self.take(length)?.to_vec()).ok()?;
            files.push(FileLayout { name, length: self.length()?, pieces: Vec::new(), resident: Vec::new() });
        }
        let mut first = 0u32;
        for _ in 0..self.length()? {
            let mut group = Group::default();
            for _ in 0..self.length()? {
                group.strands.push((self.length()?, self.length()?));
            }
            let blocks = self.length()?;
            // Every block takes a number of each strand.
            if group.strands.is_empty() && blocks > 0 || blocks > self.0.len() {
                return None;
            }
            for _ in 0..blocks {
                group.blocks.push((0..group.strands.len()).map(|_| self.length()).collect::<Option<_>>()?);
            }
            for (file, piece) in group.pieces(first) {
                files.get_mut(file)?.pieces.push(piece);
            }
            first = first.checked_add(u32::try_from(group.blocks.len()).ok()?)?;
        }
        for file in &mut files {
            file.pieces.sort_by_key(|piece| piece.range.start);
            if file.pieces.iter().any(|piece| piece.range.end > file.length) {
                return None;
            }
        }
        let mut extents = Vec::new();
        let (mut last, mut end) = (usize::MAX, 0usize);
        for _ in 0..self.length()? {
            let file = self.length()?;
            let from = if file == last { end } else { 0 };
            let start = from.checked_add(self.length()?)?;
            let length = self.length()?;
            (last, end) = (file, start.checked_add(length)?);
            extents.push((file, start, length));
        }
        for (file, start, length) in extents {
            let bytes = self.take(length)?.to_vec();
            files.get_mut(file)?.resident.push((start, bytes));
        }
        Some(Opening { mark, counts, files })
    }
}
