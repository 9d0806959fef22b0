//! What notes have to do with each other beyond their links: unlinked mentions and related notes.
//!
//! Both read all words of all notes, which is most of their cost, so that the notes are gone through together, on all
//! cores, each with an analyser that remembers the words it met. The search index goes on with the same analysers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use seoga_search::Analyzer;

use super::mentions::{self, Found, NoteNames};
use super::related::{self, Words};
use super::{Library, NoteId};

impl Library {
    /// Finds unlinked mentions and related notes, one thread an analyser.
    pub fn connect(&mut self, analyzers: &mut [Analyzer]) {
        let names = NoteNames::of(&self.notes);
        let share = self.notes.len().div_ceil(analyzers.len().max(1)).max(1);
        let read: Vec<Vec<(Vec<Found>, Words)>> = analyzers
            .par_iter_mut()
            .zip(self.notes.par_chunks(share))
            .enumerate()
            .map(|(chunk, (analyzer, entries))| {
                let mut known = FxHashMap::default();
                let read = |(at, entry)| {
                    let id = NoteId(chunk * share + at);
                    let found = names.as_ref().map(|names| names.in_note(id, entry, analyzer));
                    (found.unwrap_or_default(), Words::of(entry, analyzer, &mut known))
                };
                entries.iter().enumerate().map(read).collect()
            })
            .collect();
        let (found, words): (Vec<Vec<Found>>, Vec<Words>) = read.into_iter().flatten().unzip();
        mentions::gather(&mut self.notes, found);
        related::gather(&mut self.notes, &self.folders, words);
    }
}
