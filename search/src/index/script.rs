//! Bytes as a script that hands them over, and back.
//!
//! ```text
//! seogaIndex("eNqrVkrLz1ey…")
//! seogaBlock(17,"0f1e2d3c","9a8b7c6d","eNqrVkrLz1ey…")
//! ```

use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::bundle::{Bundle, OPENING, block_name};
use super::source::Block;

/// How hard DEFLATE tries. The last levels take twice the time for one part in two hundred, which is worth it for what
/// everybody loads.
const LEVEL: u32 = 6;
const LEVEL_OF_OPENING: u32 = 9;
/// A block that claims to be longer is damaged. In bytes.
const LONGEST: u64 = 1 << 30;

/// A published file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Within the bundle's folder; with one folder at most.
    pub name: String,
    pub text: Vec<u8>,
}

impl Bundle {
    /// How many scripts the bundle consists of.
    pub fn script_count(&self) -> usize {
        1 + self.block_count()
    }

    /// The opening script.
    pub fn opening_script(&self) -> Script {
        let text = format!("seogaIndex(\"{}\")\n", packed(&self.opening(), LEVEL_OF_OPENING));
        Script { name: OPENING.to_owned(), text: text.into_bytes() }
    }

    /// The script of a block, given its number and bytes as [`Bundle::blocks`] lists them, and the bundle's mark.
    pub fn block_script(number: u32, bytes: &[u8], mark: u32) -> Script {
        let checksum = crc32fast::hash(bytes);
        let text = format!("seogaBlock({number},\"{mark:08x}\",\"{checksum:08x}\",\"{}\")\n", packed(bytes, LEVEL));
        Script { name: block_name(number), text: text.into_bytes() }
    }
}

/// The bytes of an opening script; `None` when it is none, or damaged.
pub fn opening(text: &[u8]) -> Option<Vec<u8>> {
    let data = text.strip_prefix(b"seogaIndex(\"")?.trim_ascii_end().strip_suffix(b"\")")?;
    unpacked(data)
}

/// The block of a script; `None` when the script is none, or damaged.
pub fn block(text: &[u8]) -> Option<Block> {
    let inner = text.strip_prefix(b"seogaBlock(")?.trim_ascii_end().strip_suffix(b"\")")?;
    let mut parts = inner.splitn(4, |&byte| byte == b',');
    let mut part = || parts.next();
    let number = std::str::from_utf8(part()?).ok()?.parse().ok()?;
    let mark = hexadecimal(part()?)?;
    let checksum = hexadecimal(part()?)?;
    let bytes = unpacked(part()?.strip_prefix(b"\"")?)?;
    Some(Block { number, mark, checksum, bytes })
}

fn hexadecimal(quoted: &[u8]) -> Option<u32> {
    let digits = quoted.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn packed(bytes: &[u8], level: u32) -> String {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len()), Compression::new(level));
    // Memory takes whatever is written to it.
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    BASE64_STANDARD.encode(packed)
}

fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
    let packed = BASE64_STANDARD.decode(data).ok()?;
    let mut bytes = Vec::with_capacity(4 * packed.len());
    let read: io::Result<usize> = DeflateDecoder::new(packed.as_slice()).take(LONGEST).read_to_end(&mut bytes);
    read.ok().map(|_| bytes)
}
