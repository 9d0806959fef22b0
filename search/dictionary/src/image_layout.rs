//! The image: one byte string that a program embeds and a dictionary reads in place.
//!
//! ```text
//! "seoga image\0"   12 bytes, then u32 version: 1
//! 7 × (u32 offset, u32 bytes)          of each part, in the order of `Part`
//! parts, each beginning at a multiple of 16
//!
//! Trie        crawdad's serialised double array over the surfaces; a surface's value is its number in byte order
//! ValueIndex  u32 a surface, and one more: where its values begin, counted in values
//! Values      10 bytes an entry: u32 entry, i16 cost, u16 left id, u16 right id
//! WordIndex   u32 an entry: where its word begins, in bytes
//! Words       u32 length, then tag, kind, expression and reading (empty where it is the surface) between NULs;
//!             an expression that is the surface cut up has lengths in bytes for words: `9/NNG/*+6/NNG/*`
//! Matrix      i16 -1, rights, lefts, then the costs at right + rights * left
//! Tables      text: characters, unknown words, the map of context ids, how Hanja are read (see `runtime`)
//! ```
//!
//! All numbers are little endian. The first six parts are what lindera 6 calls `dict.trie`, `dict.valsidx`, `dict.vals`,
//! `dict.wordsidx`, `dict.words` and `matrix.mtx`; they are used where they lie, without a copy. Equal words are stored
//! once: most entries are plain nouns that differ in nothing but their surface.

/// Begins every image.
pub const MAGIC: &[u8; 16] = b"seoga image\0\x01\0\0\0";

/// The parts of an image, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Part {
    Trie,
    ValueIndex,
    Values,
    WordIndex,
    Words,
    Matrix,
    Tables,
}

/// How many parts an image has.
pub const PARTS: usize = 7;

/// Where a part lies in an image; `None` when these bytes are no image or are cut off.
pub fn part(image: &[u8], part: Part) -> Option<&[u8]> {
    let directory = image.strip_prefix(MAGIC)?;
    let number = |at: usize| Some(u32::from_le_bytes(directory.get(at..at + 4)?.try_into().ok()?) as usize);
    let at = part as usize * 8;
    let (offset, length) = (number(at)?, number(at + 4)?);
    image.get(offset..offset.checked_add(length)?)
}
