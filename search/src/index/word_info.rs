//! What the table of words says about each: where its sections are listed, field by field.
//!
//! The values of a block of the table:
//!
//! ```text
//! how many
//! of each word: the fields that have it, a bit each; of each of these:
//!     sections
//!     of its list and of its positions: the beginning, counted from where the same field's last one ended; bytes
//! ```
//!
//! All are numbers of seven bits a byte, beginnings with their sign in the lowest bit. A field's lists lie in the order of
//! its words: in the sorted table every beginning but the first of a block is 0, which costs nothing once compressed.

use std::io;

use tantivy::postings::TermInfo;
use tantivy_sstable::SSTable;
use tantivy_sstable::value::{ValueReader, ValueWriter};

use super::number;

/// How many fields are searched.
pub const FIELDS: usize = 4;

/// Where the sections of a word are listed, in the order of [`Fields::searched`](super::Fields::searched).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordInfo {
    pub places: [Option<TermInfo>; FIELDS],
}

impl WordInfo {
    /// Sections that have it, in the field in which it is most frequent; 0 for a word that the index does not have.
    pub fn sections(&self) -> u32 {
        self.places.iter().flatten().map(|place| place.doc_freq).max().unwrap_or(0)
    }

    /// The fields that have it, a bit each.
    pub fn fields(&self) -> u8 {
        let bits = self.places.iter().enumerate();
        bits.filter(|(_, place)| place.is_some()).fold(0, |fields, (number, _)| fields | 1 << number)
    }

    /// A word of the text alone.
    #[cfg(test)]
    pub fn in_text(sections: u32, start: usize) -> Self {
        let (postings_range, positions_range) = (start..start + 9, start + 5..start + 10);
        let place = TermInfo { doc_freq: sections, postings_range, positions_range };
        Self { places: [None, None, None, Some(place)] }
    }
}

/// The table of words as an SSTable.
pub struct WordSSTable;

impl SSTable for WordSSTable {
    type Value = WordInfo;
    type ValueReader = Reader;
    type ValueWriter = Writer;
}

/// Reads the values of a block.
#[derive(Default)]
pub struct Reader {
    values: Vec<WordInfo>,
}

impl ValueReader for Reader {
    type Value = WordInfo;

    fn value(&self, number: usize) -> &WordInfo {
        static NONE: WordInfo = WordInfo { places: [const { None }; FIELDS] };
        self.values.get(number).unwrap_or(&NONE)
    }

    fn load(&mut self, data: &[u8]) -> io::Result<usize> {
        self.values.clear();
        let mut rest = data;
        let mut number = || -> io::Result<usize> {
            let value = number::read(&mut rest).and_then(|value| usize::try_from(value).ok());
            value.ok_or_else(|| io::ErrorKind::InvalidData.into())
        };
        let mut ends = [[0usize; 2]; FIELDS];
        for _ in 0..number()? {
            let fields = number()?;
            let mut info = WordInfo::default();
            for (bit, (place, ends)) in info.places.iter_mut().zip(&mut ends).enumerate() {
                if fields >> bit & 1 == 0 {
                    continue;
                }
                let doc_freq = u32::try_from(number()?).unwrap_or(u32::MAX);
                let mut range = |end: &mut usize| -> io::Result<_> {
                    let step = number()?;
                    let step = (step >> 1) as isize ^ -((step & 1) as isize);
                    let start = end.wrapping_add_signed(step);
                    *end = start.checked_add(number()?).ok_or(io::ErrorKind::InvalidData)?;
                    Ok(start..*end)
                };
                let [postings, positions] = ends;
                let (postings_range, positions_range) = (range(postings)?, range(positions)?);
                *place = Some(TermInfo { doc_freq, postings_range, positions_range });
            }
            self.values.push(info);
        }
        Ok(data.len() - rest.len())
    }
}

/// Writes the values of a block.
#[derive(Default)]
pub struct Writer {
    values: Vec<WordInfo>,
}

impl ValueWriter for Writer {
    type Value = WordInfo;

    fn write(&mut self, value: &WordInfo) {
        self.values.push(value.clone());
    }

    fn serialize_block(&self, out: &mut Vec<u8>) {
        let mut number = |value: usize| number::write(out, value as u64);
        number(self.values.len());
        let mut ends = [[0usize; 2]; FIELDS];
        for info in &self.values {
            number(usize::from(info.fields()));
            for (place, ends) in info.places.iter().zip(&mut ends) {
                let Some(place) = place else { continue };
                number(place.doc_freq as usize);
                for (range, end) in [&place.postings_range, &place.positions_range].into_iter().zip(ends) {
                    let step = range.start.wrapping_sub(*end) as isize;
                    number((step << 1 ^ step >> (isize::BITS - 1)) as usize);
                    number(range.len());
                    *end = range.end;
                }
            }
        }
    }

    fn clear(&mut self) {
        self.values.clear();
    }
}
