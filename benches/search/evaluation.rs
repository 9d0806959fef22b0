//! A site, built and searched as a reader would: what it has, and what queries find in it.

use std::path::{Path, PathBuf};

use seoga::build::{Options, SEARCH_FOLDER, Unwatched, build};
use seoga_search::{Analyzer, Contents, Dictionary, FolderSource, SearchOptions, Searcher, StoredSection, Vocabulary};

use crate::judged::Judged;
use crate::known_items::{KnownItem, known_items};
use crate::score::{DEPTH, Scores};

/// An open index with what is in it.
#[allow(dead_code, reason = "the folder of a built site is held, not read")]
pub struct Collection {
    pub searcher: Searcher,
    pub sections: Vec<StoredSection>,
    pub analyzer: Analyzer,
    /// The folder of the index.
    pub index: PathBuf,
    /// The built site, removed in the end.
    built: Option<tempfile::TempDir>,
}

impl Collection {
    /// Builds the notes of a folder into a folder that is removed again. Nothing is written beside the notes.
    pub fn of_folder(root: &Path) -> Self {
        let site = tempfile::tempdir().unwrap();
        let out = site.path().join("site");
        build(&Options { out: Some(out.clone()), ..Options::new(root) }, &Unwatched).unwrap();
        Self { built: Some(site), ..Self::of_site(&out) }
    }

    /// Opens a built site.
    pub fn of_site(site: &Path) -> Self {
        let index = site.join(SEARCH_FOLDER);
        let source = || FolderSource::new(&index);
        let dictionary = Dictionary::embedded().unwrap();
        let searcher = Searcher::open(source()).unwrap();
        let mut sections = Vec::new();
        Contents::open(source()).unwrap().sections(|section| sections.push(section)).unwrap();
        let analyzer = Analyzer::new(&dictionary.with(&Vocabulary::shipped()).unwrap());
        Self { searcher, sections, analyzer, index, built: None }
    }

    pub fn known_items(&mut self, most: usize) -> Vec<KnownItem> {
        known_items(&self.sections, &mut self.analyzer, most)
    }

    /// The hits of a query, as numbers of sections.
    pub fn hits(&self, query: &str) -> Vec<usize> {
        let answer = self.searcher.search(query, &SearchOptions { limit: DEPTH }).unwrap();
        let number = |url: &str, anchor: &str| {
            self.sections.iter().position(|section| section.url == url && section.anchor == anchor)
        };
        answer.hits.iter().filter_map(|hit| number(&hit.url, &hit.anchor)).collect()
    }
}

/// Asks all known items. `missed` is called for each whose answer is not among the first three.
pub fn ask_known(collection: &Collection, items: &[KnownItem], mut missed: impl FnMut(&KnownItem, &[usize])) -> Scores {
    let mut scores = Scores::default();
    for item in items {
        let hits = collection.hits(&item.query);
        let grades: Vec<u8> = hits.iter().map(|hit| u8::from(item.answers.contains(hit))).collect();
        if !grades.iter().take(3).any(|&grade| grade > 0) {
            missed(item, &hits);
        }
        scores.add(item.class, &grades, &vec![1; item.answers.len()]);
    }
    scores
}

/// Asks all judged queries. `missed` is called for each that finds no answer among the first three.
pub fn ask_judged(collection: &Collection, queries: &[Judged], mut missed: impl FnMut(&Judged, &[usize])) -> Scores {
    let mut scores = Scores::default();
    for judged in queries {
        let hits = collection.hits(&judged.query);
        let grade = |&hit: &usize| {
            let section = &collection.sections[hit];
            judged.grade(&section.path, &section.heading, &section.title)
        };
        let grades: Vec<u8> = hits.iter().map(grade).collect();
        if !grades.iter().take(3).any(|&grade| grade > 0) {
            missed(judged, &hits);
        }
        scores.add(&judged.class, &grades, &judged.ideal());
    }
    scores
}
