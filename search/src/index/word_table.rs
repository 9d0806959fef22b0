//! All words of an index with how many sections have them, and the same words by their endings.
//!
//! tantivy keeps a dictionary for each field; a query that asks for prefixes, other spellings and slips would read four
//! of them for every word. Here each word stands once, and a question costs one block.
//!
//! Two SSTables (`tantivy-sstable`, the format of the term dictionaries):
//!
//! - `words.sorted`: the words as they are. Values are adjoining ranges; the length of a word's range is 16 times the
//!   number of sections that have it, in the field in which it is most frequent, and which of the four fields have it, a
//!   bit each.
//! - `words.endings`: their letters in reverse, one byte a letter, without values. A word with one slip in it still has
//!   its first half or its second half whole: words that share the first half lie side by side in the one table, those that
//!   share the second half in the other.

use std::io;
use std::ops::Range;

use tantivy::directory::FileSlice;
use tantivy_sstable::{Dictionary, RangeSSTable, VoidSSTable};

use crate::letters;

/// A word is listed by its ending with so many letters: shorter ones have too many neighbours, longer ones are no words.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=32;

/// The first of the Hangul letters in Unicode, and in a key.
const FIRST_LETTER: u32 = 0x3131;
const FIRST_BYTE: u32 = 0x80;

/// What an index knows of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presence {
    /// Sections that have it, in the field in which it is most frequent; 0 for a word that the index does not have.
    pub sections: u32,
    /// The fields that have it, a bit each, in the order of [`Fields::searched`](super::Fields::searched).
    pub fields: u8,
}

impl Presence {
    /// What is known of a word in one of the fields, and of the same word in others.
    pub fn and(self, other: Self) -> Self {
        Self { sections: self.sections.max(other.sections), fields: self.fields | other.fields }
    }

    fn to_length(self) -> u64 {
        u64::from(self.sections) << 4 | u64::from(self.fields & 15)
    }

    fn of(range: &Range<u64>) -> Self {
        let length = range.end.saturating_sub(range.start);
        Self { sections: u32::try_from(length >> 4).unwrap_or(u32::MAX), fields: (length & 15) as u8 }
    }
}

/// The words of an index.
pub struct WordTable {
    sorted: Dictionary<RangeSSTable>,
    endings: Dictionary<VoidSSTable>,
}

/// Writes both tables. Words come sorted.
pub fn write(words: &[(String, Presence)]) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut sorted = Dictionary::<RangeSSTable>::builder(Vec::new())?;
    let mut sum = 0;
    for (word, presence) in words {
        let end = sum + presence.to_length();
        sorted.insert(word, &(sum..end))?;
        sum = end;
    }
    let mut keys: Vec<Vec<u8>> = words.iter().filter_map(|(word, _)| key(letters::jamo(word))).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut endings = Dictionary::<VoidSSTable>::builder(Vec::new())?;
    for key in &keys {
        endings.insert(key, &())?;
    }
    Ok((sorted.finish()?, endings.finish()?))
}

/// Letters, in the order of a word, as a key; `None` where one is not of Hangul or Latin, or there are too few or many.
fn key(letters: impl Iterator<Item = char>) -> Option<Vec<u8>> {
    let mut key = letters.map(byte).collect::<Option<Vec<u8>>>()?;
    key.reverse();
    LETTERS.contains(&key.len()).then_some(key)
}

fn byte(letter: char) -> Option<u8> {
    match letter {
        'a'..='z' | '0'..='9' => u8::try_from(letter).ok(),
        'ㄱ'..='ㅣ' => u8::try_from(u32::from(letter) - FIRST_LETTER + FIRST_BYTE).ok(),
        _ => None,
    }
}

fn letter(byte: u8) -> Option<char> {
    if byte.is_ascii() { Some(char::from(byte)) } else { char::from_u32(u32::from(byte) - FIRST_BYTE + FIRST_LETTER) }
}

impl WordTable {
    /// Opens the tables: reads where their blocks are, and no block.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn open(sorted: FileSlice, endings: FileSlice) -> io::Result<Self> {
        Ok(Self { sorted: Dictionary::open(sorted)?, endings: Dictionary::open(endings)? })
    }

    /// What the index knows of a word.
    ///
    /// # Errors
    /// As every reading: when a block is not there.
    pub fn presence(&self, word: &str) -> io::Result<Presence> {
        Ok(self.sorted.get(word)?.map_or(Presence::default(), |range| Presence::of(&range)))
    }

    /// Hands over every word of a range, with its sections.
    ///
    /// # Errors
    /// When a block is not there.
    pub fn within(&self, range: &Range<String>, mut each: impl FnMut(&str, u32)) -> io::Result<()> {
        let mut words = self.sorted.range().ge(&range.start).lt(&range.end).into_stream()?;
        while words.advance() {
            if let Ok(word) = std::str::from_utf8(words.key()) {
                each(word, Presence::of(words.value()).sections);
            }
        }
        Ok(())
    }

    /// Hands over the letters of each word that ends in these letters.
    ///
    /// # Errors
    /// When a block is not there.
    pub fn ending_in(&self, letters: &[char], mut each: impl FnMut(&[char])) -> io::Result<()> {
        let Some(key) = letters.iter().rev().map(|&letter| byte(letter)).collect::<Option<Vec<u8>>>() else {
            return Ok(());
        };
        let mut found = self.endings.prefix_range(&key).into_stream()?;
        let mut word = Vec::new();
        while found.advance() {
            word.clear();
            word.extend(found.key().iter().rev().filter_map(|&byte| letter(byte)));
            each(&word);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_beginnings_and_endings() {
        let words = [("kubernetes", 1), ("가", 9), ("디버깅", 2), ("쿠버네티스", 7), ("클러스터", 3)];
        let presence = |sections| Presence { sections, fields: 1 + sections as u8 % 3 };
        let words: Vec<(String, Presence)> =
            words.iter().map(|&(word, sections)| (word.to_owned(), presence(sections))).collect();
        let (sorted, endings) = write(&words).unwrap();
        let table = WordTable::open(FileSlice::from(sorted), FileSlice::from(endings)).unwrap();
        for (word, presence) in &words {
            assert_eq!(table.presence(word).unwrap(), *presence, "{word}");
        }
        assert_eq!(table.presence("쿠버").unwrap(), Presence::default());
        let mut found = Vec::new();
        table.within(&("쿠".to_owned().."쿡".to_owned()), |word, count| found.push((word.to_owned(), count))).unwrap();
        assert_eq!(found, [("쿠버네티스".to_owned(), 7)]);
        let mut ended = Vec::new();
        let mut add = |letters: &[char]| ended.push(letters::compose(letters.iter().copied()));
        table.ending_in(&letters::jamo("티스").collect::<Vec<_>>(), &mut add).unwrap();
        table.ending_in(&['e', 's'], &mut add).unwrap();
        assert_eq!(ended, ["쿠버네티스", "kubernetes"]);
    }
}
