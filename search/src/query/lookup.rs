//! Which words an index has, and where their sections are listed.
//!
//! What was looked up is remembered over queries: tantivy's own term and phrase queries look every term up in its
//! dictionaries again and again, in every clause that has it, which was more than half of a query's time. The leaves of a
//! query here ([`leaf`](super::leaf), [`near`](super::near), [`sections`](super::sections)) are given what was looked up.
//!
//! **Where the index comes in pieces**, what is not here yet is taken for absent and the query goes on, so that everything
//! that it asks for at about the same time is loaded at once; then [`Lookup::settle`] ends it, and it is run again.

use std::cell::Cell;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::TantivyError;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use crate::index::{Reader, WordInfo};
use crate::letters;

/// Words remembered at most, and keys.
const MOST_REMEMBERED: usize = 1 << 16;

/// What was looked up in an index, remembered over queries.
#[derive(Default)]
pub struct Remembered(Mutex<Maps>);

#[derive(Default)]
struct Maps {
    words: FxHashMap<String, Option<Arc<WordInfo>>>,
    /// Terms of the fields that are no words.
    keys: FxHashMap<(Field, String), Option<TermInfo>>,
}

impl Remembered {
    fn maps(&self) -> std::sync::MutexGuard<'_, Maps> {
        // Whoever panicked with the lock held left whole entries behind.
        let mut maps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if maps.words.len().max(maps.keys.len()) >= MOST_REMEMBERED {
            *maps = Maps::default();
        }
        maps
    }
}

/// The words of an index, for one query.
pub struct Lookup<'a> {
    reader: &'a Reader,
    remembered: &'a Remembered,
    is_late: Cell<bool>,
}

/// A word that an index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub word: String,
    /// Sections that have it.
    pub sections: u32,
}

impl<'a> Lookup<'a> {
    pub fn new(reader: &'a Reader, remembered: &'a Remembered) -> Self {
        Self { reader, remembered, is_late: Cell::new(false) }
    }

    /// What was read; nothing, and a mark, if it is not here yet.
    pub fn or_late<T: Default>(&self, read: tantivy::Result<T>) -> tantivy::Result<T> {
        match read {
            Err(TantivyError::IoError(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                self.is_late.set(true);
                Ok(T::default())
            }
            read => read,
        }
    }

    /// Whether something that was asked for is not here yet.
    pub fn is_late(&self) -> bool {
        self.is_late.get()
    }

    /// Ends a query that cannot go on with what is here.
    pub fn settle(&self) -> tantivy::Result<()> {
        if self.is_late() { Err(io::Error::from(io::ErrorKind::WouldBlock).into()) } else { Ok(()) }
    }

    /// In how many sections a word is; 0 for a word that the index does not have.
    pub fn sections(&self, word: &str) -> tantivy::Result<u32> {
        Ok(self.info(word)?.map_or(0, |info| info.sections()))
    }

    /// Which fields have all of some words, a bit each.
    pub fn fields<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> tantivy::Result<u8> {
        let mut fields = u8::MAX;
        for word in words {
            fields &= self.info(word)?.map_or(0, |info| info.fields());
        }
        Ok(fields)
    }

    /// Whether the index has all of some words, anywhere.
    pub fn presences<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> tantivy::Result<bool> {
        let mut all = true;
        for word in words {
            all &= self.sections(word)? > 0;
        }
        Ok(all)
    }

    /// Where the sections of a word are listed, in the searched field of this number.
    pub fn place(&self, word: &str, field: usize) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.info(word)?.and_then(|info| info.places.get(field).cloned().flatten()))
    }

    fn info(&self, word: &str) -> tantivy::Result<Option<Arc<WordInfo>>> {
        if let Some(info) = self.remembered.maps().words.get(word) {
            return Ok(info.clone());
        }
        let read = self.reader.words.get(word).map(|info| Some(info.map(Arc::new))).map_err(TantivyError::from);
        let Some(info) = self.or_late(read)? else { return Ok(None) };
        self.remembered.maps().words.insert(word.to_owned(), info.clone());
        Ok(info)
    }

    /// Where the sections of a key are listed, in a field of keys.
    pub fn key(&self, field: Field, key: &str) -> tantivy::Result<Option<TermInfo>> {
        let own = (field, key.to_owned());
        if let Some(place) = self.remembered.maps().keys.get(&own) {
            return Ok(place.clone());
        }
        let Some(segment) = self.reader.segment() else { return Ok(None) };
        let read = segment.inverted_index(field)?.terms().get(key).map(Some).map_err(TantivyError::from);
        let Some(place) = self.or_late(read)? else { return Ok(None) };
        self.remembered.maps().keys.insert(own, place.clone());
        Ok(place)
    }

    /// Hands over the keys of some ranges of a field, with the places where their sections are listed; of each range at most
    /// so many, the first.
    pub fn keys_within(
        &self,
        field: Field,
        ranges: &[Range<String>],
        most: usize,
        mut each: impl FnMut(&str, &TermInfo),
    ) -> tantivy::Result<()> {
        let Some(segment) = self.reader.segment() else { return Ok(()) };
        let index = segment.inverted_index(field)?;
        for range in ranges {
            let limit = u64::try_from(most).unwrap_or(u64::MAX);
            let stream = index.terms().range().ge(&range.start).lt(&range.end).limit(limit).into_stream();
            let Some(mut found) = self.or_late(stream.map(Some).map_err(TantivyError::from))? else { continue };
            for _ in 0..most {
                if !found.advance() {
                    break;
                }
                each(&String::from_utf8_lossy(found.key()), found.value());
            }
        }
        Ok(())
    }

    /// The words of some ranges, the most frequent first, at most `most`.
    pub fn most_frequent(
        &self,
        ranges: &[Range<String>],
        most: usize,
        fits: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Vec<Found>> {
        let mut found: Vec<(Found, WordInfo)> = Vec::new();
        for range in ranges {
            let read = self.reader.words.within(range, |word, info| {
                if fits(word) {
                    found.push((Found { word: word.to_owned(), sections: info.sections() }, info.clone()));
                }
            });
            self.or_late(read.map_err(TantivyError::from))?;
        }
        found.sort_unstable_by(|(a, _), (b, _)| b.sections.cmp(&a.sections).then_with(|| a.word.cmp(&b.word)));
        found.dedup_by(|(a, _), (b, _)| a == b);
        found.truncate(most);
        let remember = |(found, info): (Found, WordInfo)| {
            self.remembered.maps().words.insert(found.word.clone(), Some(Arc::new(info)));
            found
        };
        Ok(found.into_iter().map(remember).collect())
    }

    /// Hands over every word that begins with some letters or ends in others, some of them twice; those that it takes are
    /// remembered.
    pub fn around(
        &self,
        beginning: &[char],
        ending: &[char],
        mut takes: impl FnMut(&str) -> bool,
    ) -> tantivy::Result<()> {
        let mut each = |word: &str, info: &WordInfo| {
            if takes(word) {
                self.remembered.maps().words.insert(word.to_owned(), Some(Arc::new(info.clone())));
            }
        };
        for range in letters::completions(&letters::compose(beginning.iter().copied())) {
            self.or_late(self.reader.words.within(&range, &mut each).map_err(TantivyError::from))?;
        }
        let read = self.reader.words.ending_in(ending, |letters, info| {
            each(&letters::compose(letters.iter().copied()), info);
        });
        self.or_late(read.map_err(TantivyError::from))
    }
}
