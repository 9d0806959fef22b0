//! The words of a site's search: those that come with seoga, the site's own, those of its notes.
//!
//! ```text
//! dictionary.csv, shipped terms, glosses of the notes ─► before the notes are read by the search's analysis
//! what the analysis could not cut ─ mined, names of notes ─► before they are indexed
//! ```

use std::collections::BTreeSet;

use rayon::prelude::*;
use seoga_search::vocabulary::{Tally, Word, mine};
use seoga_search::{Analyzer, Dictionary, Entry, Footprint, Vocabulary};

use super::BuildError;
use crate::library::Library;

/// A longer name is a sentence. In words.
const LONGEST_NAME: usize = 4;

/// The vocabulary of a site while it is built.
pub struct Words {
    ko_dic: Dictionary,
    vocabulary: Vocabulary,
}

impl Words {
    /// What is known before the notes are analysed: the site's own dictionary first, so that it decides.
    pub fn new(own: Vec<Entry>, library: &Library) -> Result<Self, BuildError> {
        let mut vocabulary = Vocabulary { entries: own, words: Vec::new() };
        vocabulary.entries.extend(library.bilingual_terms());
        vocabulary.entries.extend(Vocabulary::shipped().entries);
        Ok(Self { ko_dic: Dictionary::embedded()?, vocabulary })
    }

    /// An analyser for each thread.
    pub fn analyzers(&self) -> Result<Vec<Analyzer>, BuildError> {
        let dictionary = self.dictionary()?;
        Ok((0..rayon::current_num_threads()).into_par_iter().map(|_| Analyzer::new(&dictionary)).collect())
    }

    /// Adds the words that the notes turned out to have, once all of them went through the analysers.
    pub fn learn(&mut self, library: &Library, analyzers: &mut [Analyzer]) -> Result<(), BuildError> {
        let mut tally = Tally::default();
        for analyzer in &mut *analyzers {
            tally.merge(analyzer.take_tally());
        }
        let mut words: BTreeSet<String> = mine(&tally).into_iter().map(|mined| mined.word).collect();
        if let Some(analyzer) = analyzers.first_mut() {
            words.extend(names(library).filter(|name| !analyzer.knows(name)).map(str::to_owned));
        }
        if words.is_empty() {
            return Ok(());
        }
        self.vocabulary.words.extend(words);
        let dictionary = self.dictionary()?;
        analyzers.par_iter_mut().for_each(|analyzer| analyzer.learn(&dictionary));
        Ok(())
    }

    /// ko-dic with all words beside it.
    pub fn dictionary(&self) -> Result<Dictionary, BuildError> {
        Ok(self.ko_dic.with(&self.vocabulary)?)
    }

    /// What of ko-dic the analysers made use of.
    pub fn footprint(analyzers: &[Analyzer]) -> Footprint {
        let mut all = Footprint::default();
        for analyzer in analyzers {
            all.merge(analyzer.footprint());
        }
        all
    }

    /// What a bundle is to carry: the words that the analysers made use of, and all entries.
    pub fn of_bundle(self, analyzers: &[Analyzer]) -> Vocabulary {
        let words: BTreeSet<String> =
            analyzers.iter().flat_map(|analyzer| analyzer.words_in_use().map(Word::to_line)).collect();
        Vocabulary { words: words.into_iter().collect(), ..self.vocabulary }
    }
}

/// Hangul words of titles, aliases and tags that may be names: without a particle at their end.
fn names(library: &Library) -> impl Iterator<Item = &str> {
    let names = library
        .notes
        .iter()
        .flat_map(|entry| std::iter::once(&entry.title).chain(&entry.note.metadata.aliases).chain(&entry.tags));
    names
        .filter(|name| name.split_whitespace().count() <= LONGEST_NAME)
        .flat_map(|name| name.split_whitespace())
        .filter(|word| {
            let syllables = word.chars().count();
            let hangul = word.chars().all(|character| ('가'..='힣').contains(&character));
            hangul && (3..=10).contains(&syllables) && !seoga_search::analysis::may_have_particle(word)
        })
}
