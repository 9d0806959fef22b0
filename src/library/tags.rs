//! Tags: who carries them, and how nested ones (`인프라/쿠버네티스`) hang together.
//!
//! `Kafka` and `kafka` are one tag, shown in the spelling most notes use. A note under a nested tag belongs to the
//! tags above it as well.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Entry, NoteId, natural_order};
use crate::source::names::name_key;

/// A tag.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// The whole name, `/` between levels.
    pub name: String,
    pub url: String,
    /// The notes that carry the tag or one below it, in path order.
    pub notes: Vec<NoteId>,
    /// Index of the tag above.
    pub parent: Option<usize>,
    /// Indexes of the tags directly below.
    pub children: Vec<usize>,
}

impl Tag {
    /// The last part of the name.
    pub fn label(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// 0 for a tag that is not nested.
    pub fn depth(&self) -> usize {
        self.name.matches('/').count()
    }
}

/// All tags in reading order, a nested tag behind the one above it.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    all: Vec<Tag>,
    by_key: FxHashMap<String, usize>,
}

impl Tags {
    /// Gathers the tags of all notes.
    pub fn of(notes: &[Entry]) -> Self {
        // Key of each level → spellings and how often they occur, and the notes.
        let mut gathered: BTreeMap<String, (BTreeMap<String, usize>, Vec<NoteId>)> = BTreeMap::new();
        for (index, entry) in notes.iter().enumerate() {
            for tag in &entry.tags {
                for end in level_ends(tag) {
                    let level = &tag[..end];
                    let (spellings, notes) = gathered.entry(name_key(level)).or_default();
                    *spellings.entry(level.to_owned()).or_default() += 1;
                    if notes.last() != Some(&NoteId(index)) {
                        notes.push(NoteId(index));
                    }
                }
            }
        }
        let mut all: Vec<(String, Tag)> = gathered
            .into_iter()
            .map(|(key, (spellings, notes))| {
                // The most frequent spelling; of equals the first in order.
                let name =
                    spellings.into_iter().rev().max_by_key(|(_, count)| *count).map_or(key.clone(), |(name, _)| name);
                (key, Tag { name, notes, ..Tag::default() })
            })
            .collect();
        all.sort_by(|(_, a), (_, b)| by_levels(&a.name, &b.name));
        let by_key: FxHashMap<String, usize> =
            all.iter().enumerate().map(|(index, (key, _))| (key.clone(), index)).collect();
        let parents: Vec<Option<usize>> =
            all.iter().map(|(key, _)| key.rsplit_once('/').and_then(|(above, _)| by_key.get(above).copied())).collect();
        let mut all: Vec<Tag> = all.into_iter().map(|(_, tag)| tag).collect();
        for (index, parent) in parents.into_iter().enumerate() {
            if let Some(tag) = all.get_mut(index) {
                tag.parent = parent;
            }
            if let Some(above) = parent.and_then(|parent| all.get_mut(parent)) {
                above.children.push(index);
            }
        }
        Self { all, by_key }
    }

    pub fn named(&self, name: &str) -> Option<&Tag> {
        self.by_key.get(&name_key(name)).and_then(|index| self.all.get(*index))
    }

    pub fn get(&self, index: usize) -> Option<&Tag> {
        self.all.get(index)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.all.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Tag> {
        self.all.iter_mut()
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

fn by_levels(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), None) => return std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => {
                let order = natural_order(x, y);
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}
