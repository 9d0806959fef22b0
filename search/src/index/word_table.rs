//! All words of an index with their places in postings and positions, and the same words by their endings.
//!
//! tantivy keeps a dictionary for each field; a query that asks for prefixes, other spellings and slips would read four
//! of them for every word. Here each word stands once, with what tantivy's dictionaries know of it, and a question
//! costs one block.
//!
//! Two SSTables (`tantivy-sstable`, the format of the term dictionaries), with the same values:
//!
//! - `words.sorted`: the words as they are.
//! - `words.endings`: their letters in reverse, one byte a letter. A word with one slip in it still has
//!   its first half or its second half whole: words that share the first half lie side by side in the one table, those that
//!   share the second half in the other.

use std::io;
use std::ops::Range;

use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy_fst::automaton::AlwaysMatch;
use tantivy_sstable::Dictionary;

use super::word_info::{WordInfo, WordSSTable};
use crate::letters;

/// A word is listed by its ending with so many letters: shorter ones have too many neighbours, longer ones are no words.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=32;

/// Bytes of the words of a block; what is told of them takes about as much.
const BLOCK_BYTES: usize = 1500;

/// The first of the Hangul letters in Unicode, and in a key.
const FIRST_LETTER: u32 = 0x3131;
const FIRST_BYTE: u32 = 0x80;

/// The words of an index.
pub struct WordTable {
    sorted: Dictionary<WordSSTable>,
    endings: Dictionary<WordSSTable>,
}

/// A written table: its bytes, and where its blocks end.
pub struct Written {
    pub bytes: Vec<u8>,
    pub cuts: Vec<usize>,
}

/// Writes both tables. Words come sorted.
pub fn write(words: &[(String, WordInfo)]) -> io::Result<(Written, Written)> {
    // Of two words of the same letters, the one that its letters give back.
    let comes_back = |word: &str| letters::compose(letters::jamo(word)) == word;
    let listed = words.iter().filter(|(word, _)| comes_back(word));
    let mut keys: Vec<(Vec<u8>, &WordInfo)> =
        listed.filter_map(|(word, info)| Some((key(letters::jamo(word))?, info))).collect();
    keys.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let endings = table(keys.iter().map(|(key, info)| (key.as_slice(), *info)))?;
    Ok((table(words.iter().map(|(word, info)| (word.as_bytes(), info)))?, endings))
}

fn table<'a>(words: impl Iterator<Item = (&'a [u8], &'a WordInfo)>) -> io::Result<Written> {
    let mut writer = Dictionary::<WordSSTable>::builder(Vec::new())?;
    writer.set_block_len(BLOCK_BYTES);
    for (word, info) in words {
        writer.insert(word, info)?;
    }
    let bytes = writer.finish()?;
    let written = Dictionary::<WordSSTable>::from_bytes(OwnedBytes::new(bytes.clone()))?;
    let blocks = written.sstable_index.get_block_for_automaton(&AlwaysMatch);
    let mut cuts: Vec<usize> = blocks.map(|(_, block)| block.byte_range.end).collect();
    cuts.extend((cuts.last() != Some(&bytes.len())).then_some(bytes.len()));
    Ok(Written { bytes, cuts })
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
    pub fn get(&self, word: &str) -> io::Result<Option<WordInfo>> {
        self.sorted.get(word)
    }

    /// Hands over every word of a range.
    ///
    /// # Errors
    /// When a block is not there.
    pub fn within(&self, range: &Range<String>, mut each: impl FnMut(&str, &WordInfo)) -> io::Result<()> {
        let mut words = self.sorted.range().ge(&range.start).lt(&range.end).into_stream()?;
        while words.advance() {
            if let Ok(word) = std::str::from_utf8(words.key()) {
                each(word, words.value());
            }
        }
        Ok(())
    }

    /// Hands over the letters of each word that ends in these letters.
    ///
    /// # Errors
    /// When a block is not there.
    pub fn ending_in(&self, letters: &[char], mut each: impl FnMut(&[char], &WordInfo)) -> io::Result<()> {
        let Some(key) = letters.iter().rev().map(|&letter| byte(letter)).collect::<Option<Vec<u8>>>() else {
            return Ok(());
        };
        let mut found = self.endings.prefix_range(&key).into_stream()?;
        let mut word = Vec::new();
        while found.advance() {
            word.clear();
            word.extend(found.key().iter().rev().filter_map(|&byte| letter(byte)));
            each(&word, found.value());
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
        let info = |sections| WordInfo::in_text(sections, 10 * sections as usize);
        let words: Vec<(String, WordInfo)> =
            words.iter().map(|&(word, sections)| (word.to_owned(), info(sections))).collect();
        let (sorted, endings) = write(&words).unwrap();
        let table = WordTable::open(FileSlice::from(sorted.bytes), FileSlice::from(endings.bytes)).unwrap();
        for (word, info) in &words {
            assert_eq!(table.get(word).unwrap().as_ref(), Some(info), "{word}");
        }
        assert_eq!(table.get("쿠버").unwrap(), None);
        let mut found = Vec::new();
        let mut add = |word: &str, info: &WordInfo| found.push((word.to_owned(), info.sections()));
        table.within(&("쿠".to_owned().."쿡".to_owned()), &mut add).unwrap();
        assert_eq!(found, [("쿠버네티스".to_owned(), 7)]);
        let mut ended = Vec::new();
        let mut add = |letters: &[char], info: &WordInfo| {
            ended.push((letters::compose(letters.iter().copied()), info.sections()));
        };
        table.ending_in(&letters::jamo("티스").collect::<Vec<_>>(), &mut add).unwrap();
        table.ending_in(&['e', 's'], &mut add).unwrap();
        assert_eq!(ended, [("쿠버네티스".to_owned(), 7), ("kubernetes".to_owned(), 1)]);
    }
}
