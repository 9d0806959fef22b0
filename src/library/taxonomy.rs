//! Tags and categories: which notes carry a term, and how nested ones (`인프라/쿠버네티스`) hang together.
//!
//! `Kafka` and `kafka` are one term, shown in the spelling most notes use. A note under a nested term belongs to the
//! terms above it as well.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Addresses, Collation, Entry, NoteId};
use crate::source::names::{asset_url, name_key};

/// A tag or category.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// The whole name, `/` between levels.
    pub name: String,
    pub url: String,
    /// The notes that carry the term or one below it, in path order.
    pub notes: Vec<NoteId>,
    /// Index of the term above.
    pub parent: Option<usize>,
    /// Indexes of the terms directly below.
    pub children: Vec<usize>,
}

impl Term {
    /// The last part of the name.
    pub fn label(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// 0 for a term that is not nested.
    pub fn depth(&self) -> usize {
        self.name.matches('/').count()
    }
}

/// All tags, or all categories, in reading order, a nested one behind the one above it.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    all: Vec<Term>,
    by_key: FxHashMap<String, usize>,
}

impl Taxonomy {
    /// Gathers the terms that `of_note` finds in each note.
    pub(super) fn of(notes: &[Entry], of_note: impl Fn(&Entry) -> &[String], collation: &Collation) -> Self {
        // Key of each level → spellings and how often they occur, and the notes.
        let mut gathered: BTreeMap<String, (BTreeMap<String, usize>, Vec<NoteId>)> = BTreeMap::new();
        for (index, entry) in notes.iter().enumerate() {
            for name in of_note(entry) {
                for end in level_ends(name) {
                    let level = &name[..end];
                    let (spellings, notes) = gathered.entry(name_key(level)).or_default();
                    *spellings.entry(level.to_owned()).or_default() += 1;
                    if notes.last() != Some(&NoteId(index)) {
                        notes.push(NoteId(index));
                    }
                }
            }
        }
        let mut all: Vec<(String, Term)> = gathered
            .into_iter()
            .map(|(key, (spellings, notes))| {
                // The most frequent spelling; of equals the first in order.
                let name =
                    spellings.into_iter().rev().max_by_key(|(_, count)| *count).map_or(key.clone(), |(name, _)| name);
                (key, Term { name, notes, ..Term::default() })
            })
            .collect();
        all.sort_by(|(_, a), (_, b)| by_levels(&a.name, &b.name, collation));
        let by_key: FxHashMap<String, usize> =
            all.iter().enumerate().map(|(index, (key, _))| (key.clone(), index)).collect();
        let parents: Vec<Option<usize>> =
            all.iter().map(|(key, _)| key.rsplit_once('/').and_then(|(above, _)| by_key.get(above).copied())).collect();
        let mut all: Vec<Term> = all.into_iter().map(|(_, term)| term).collect();
        for (index, parent) in parents.into_iter().enumerate() {
            if let Some(term) = all.get_mut(index) {
                term.parent = parent;
            }
            if let Some(above) = parent.and_then(|parent| all.get_mut(parent)) {
                above.children.push(index);
            }
        }
        Self { all, by_key }
    }

    pub fn named(&self, name: &str) -> Option<&Term> {
        self.by_key.get(&name_key(name)).and_then(|index| self.all.get(*index))
    }

    pub fn get(&self, index: usize) -> Option<&Term> {
        self.all.get(index)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.all.iter()
    }

    /// Gives every term a page in this folder of the site.
    pub(super) fn claim(&mut self, folder: &str, addresses: &mut Addresses) {
        for term in &mut self.all {
            term.url = addresses.claim_generated(&asset_url(&format!("{folder}/{}.html", term.name)), "seoga");
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Where each level of a nested name ends: `a/b` → after `a`, after `a/b`.
fn level_ends(name: &str) -> impl Iterator<Item = usize> {
    name.match_indices('/').map(|(at, _)| at).chain(std::iter::once(name.len()))
}

fn by_levels(a: &str, b: &str, collation: &Collation) -> std::cmp::Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), None) => return std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => {
                let order = collation.compare(x, y);
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}
