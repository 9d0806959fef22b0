//! What notes have to do with each other beyond their links: unlinked mentions and related notes.
//!
//! Both read all words of all notes, which is most of their cost, so that the notes are gone through together, on all
//! cores, each with an analyser that remembers the words it met.

use rayon::prelude::*;
use seoga_search::{Analyzer, Dictionary};

use super::mentions::{self, Found, NoteNames};
use super::related::{self, Words};
use super::{Entry, Library, NoteId};

impl Library {
    /// Finds unlinked mentions and related notes.
    pub fn connect(&mut self, dictionary: &Dictionary) {
        let names = NoteNames::of(&self.notes);
        let read = |analyzer: &mut Analyzer, index: usize, entry: &Entry| -> (Vec<Found>, Words) {
            let found = names.as_ref().map(|names| names.in_note(NoteId(index), entry, analyzer));
            (found.unwrap_or_default(), Words::of(entry, analyzer))
        };
        // One analyser a core: each has to meet every word once.
        let share = self.notes.len().div_ceil(rayon::current_num_threads()).max(1);
        let read: Vec<Vec<(Vec<Found>, Words)>> = self
            .notes
            .par_chunks(share)
            .enumerate()
            .map(|(chunk, entries)| {
                let mut analyzer = Analyzer::new(dictionary);
                let notes = entries.iter().enumerate();
                notes.map(|(at, entry)| read(&mut analyzer, chunk * share + at, entry)).collect()
            })
            .collect();
        let (found, words): (Vec<Vec<Found>>, Vec<Words>) = read.into_iter().flatten().unzip();
        mentions::gather(&mut self.notes, found);
        related::gather(&mut self.notes, &self.folders, words);
    }
}
