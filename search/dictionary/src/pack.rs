//! The packed file: [`KoDic`] ↔ bytes.
//!
//! ```text
//! "seoga ko-dic\0"     13 bytes
//! version              u8: 1
//! number of columns    u16
//! for each column:     u32 unpacked bytes, u32 packed bytes, u32 CRC-32 of the unpacked bytes, u8 LZMA properties
//! columns              raw LZMA streams, one after another, in the order of `columns::Column`
//! ```
//!
//! All numbers are little endian. A column holds one thing for all entries (all costs, all prefix lengths), because like
//! compresses well beside like: 3.9 MB, where xz over the parts as MeCab and lindera lay them out takes some 13 MB. Each
//! column has its own LZMA properties, because two-byte numbers and text want different ones.

use std::io::{Read, Write};

use lzma_rust2::{LzmaOptions, LzmaReader, LzmaWriter};
use thiserror::Error;

use crate::columns::{self, Column};
use crate::model::KoDic;

const MAGIC: &[u8; 13] = b"seoga ko-dic\0";
const VERSION: u8 = 1;
const COLUMN_HEADER: usize = 13;
/// As large as the largest column, so that nothing is out of reach.
const WINDOW: u32 = 1 << 25;

/// Why a pack could not be read or written.
#[derive(Debug, Error)]
pub enum PackError {
    #[error("not a packed ko-dic, or of another version")]
    NotAPack,
    #[error("the pack is cut off")]
    CutOff,
    #[error("column {0:?} of the pack is damaged")]
    Damaged(Column),
    #[error("column {column:?} of the pack does not fit the others: {what}")]
    Mismatch { column: Column, what: &'static str },
    #[error("compressing a column: {0}")]
    Compress(#[from] std::io::Error),
}

/// Packs a dictionary. The same dictionary gives the same bytes.
pub fn write(dictionary: &KoDic) -> Result<Vec<u8>, PackError> {
    let mut header = MAGIC.to_vec();
    header.push(VERSION);
    header.extend((Column::ALL.len() as u16).to_le_bytes());
    let mut body = Vec::new();
    let columns = columns::split(dictionary)?;
    for (column, bytes) in Column::ALL.iter().zip(&columns) {
        let options = options(*column);
        let packed = compress(bytes, &options)?;
        header.extend((bytes.len() as u32).to_le_bytes());
        header.extend((packed.len() as u32).to_le_bytes());
        header.extend(crc32fast::hash(bytes).to_le_bytes());
        header.push(options.get_props());
        body.extend(packed);
    }
    header.extend(body);
    Ok(header)
}

/// Unpacks a dictionary.
pub fn read(pack: &[u8]) -> Result<KoDic, PackError> {
    let rest = pack.strip_prefix(MAGIC.as_slice()).and_then(|rest| rest.strip_prefix(&[VERSION]));
    let (count, rest) = rest.and_then(<[u8]>::split_first_chunk).ok_or(PackError::NotAPack)?;
    if usize::from(u16::from_le_bytes(*count)) != Column::ALL.len() {
        return Err(PackError::NotAPack);
    }
    let (headers, mut body) = rest.split_at_checked(COLUMN_HEADER * Column::ALL.len()).ok_or(PackError::CutOff)?;
    let mut columns = Vec::with_capacity(Column::ALL.len());
    for (&column, header) in Column::ALL.iter().zip(headers.as_chunks::<COLUMN_HEADER>().0) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, properties] = *header;
        let unpacked = u32::from_le_bytes([a, b, c, d]);
        let packed = u32::from_le_bytes([e, f, g, h]);
        let (stream, rest) = body.split_at_checked(packed as usize).ok_or(PackError::CutOff)?;
        body = rest;
        let bytes = decompress(stream, unpacked, properties).map_err(|_| PackError::Damaged(column))?;
        if crc32fast::hash(&bytes) != u32::from_le_bytes([i, j, k, l]) {
            return Err(PackError::Damaged(column));
        }
        columns.push(bytes);
    }
    columns::join(&columns)
}

fn options(column: Column) -> LzmaOptions {
    let (context, position) = column.lzma_bits();
    LzmaOptions { dict_size: WINDOW, lc: context, lp: position, pb: position, ..LzmaOptions::with_preset(9) }
}

fn compress(bytes: &[u8], options: &LzmaOptions) -> std::io::Result<Vec<u8>> {
    let mut writer = LzmaWriter::new_no_header(Vec::new(), options, false)?;
    writer.write_all(bytes)?;
    writer.finish()
}

fn decompress(stream: &[u8], unpacked: u32, properties: u8) -> std::io::Result<Vec<u8>> {
    // A damaged header must not ask for gigabytes; LZMA cannot shrink by more than this.
    if u64::from(unpacked) > (stream.len() as u64 + 1) * 8192 {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::with_capacity(unpacked as usize);
    LzmaReader::new_with_props(stream, u64::from(unpacked), properties, WINDOW, None)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}
