//! The whole dictionary and what was used of it → a cut one.

use std::collections::{BTreeMap, BTreeSet};

use lindera_dictionary::dictionary::Dictionary;

use super::model::{Category, Class, CutDictionary, Entry, Join, Makeup, NounContexts, Unknown};

/// What of a dictionary is to be kept.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Entries by their numbers, with their surfaces.
    pub entries: BTreeMap<u32, Box<str>>,
    /// Right id of the word before, left id of the word behind.
    pub joins: BTreeSet<(u16, u16)>,
    /// Characters at which words were looked for.
    pub characters: BTreeSet<char>,
    /// Words of the notes whose pieces may not be taken for words elsewhere, as numbers.
    pub stems: BTreeSet<u64>,
    /// Hanja and how each is read, ascending.
    pub hanja: Vec<(char, char)>,
}

/// Ids between which all joins are kept.
const COMMON_IDS: usize = 80;

/// Bytes of an entry among lindera's values: the number of the word, its cost and its two ids.
const VALUE_BYTES: usize = 10;

/// Cuts the selected entries out of a dictionary.
pub fn choose(full: &Dictionary, selection: &Selection, nouns: NounContexts) -> CutDictionary {
    let values = &full.prefix_dictionary.vals_data;
    let mut lefts = Ids::default();
    let mut rights = Ids::default();
    // The edges of a text.
    lefts.add(0);
    rights.add(0);
    let mut found = Vec::new();
    for (&number, surface) in &selection.entries {
        let at = number as usize * VALUE_BYTES;
        let Some(&[_, _, _, _, c0, c1, l0, l1, r0, r1]) = values.get(at..at + VALUE_BYTES) else { continue };
        let (left, right) = (u16::from_le_bytes([l0, l1]), u16::from_le_bytes([r0, r1]));
        let mut details = full.word_details_iter(number as usize);
        let mut detail = || details.next().unwrap_or_default();
        let (tag, kind, expression, reading) = (detail(), detail(), detail(), detail());
        lefts.add(left);
        rights.add(right);
        let makeup = makeup(surface, tag, kind, expression, reading);
        found.push((surface, number, Class { left, right, tag: short(tag) }, i16::from_le_bytes([c0, c1]), makeup));
    }
    let mut unknown = Vec::new();
    for (category, words) in full.unknown_dictionary.category_references.iter().enumerate() {
        for &word in words {
            let entry = full.unknown_dictionary.word_entry(word);
            let (left, right) = (entry.left_id() as u16, entry.right_id() as u16);
            let tag = full.unknown_dictionary.word_details_iter(word).and_then(|mut details| details.next());
            lefts.add(left);
            rights.add(right);
            unknown.push((
                category as u8,
                Class { left, right, tag: short(tag.unwrap_or_default()) },
                entry.word_cost(),
            ));
        }
    }
    for &(right, left) in &selection.joins {
        lefts.add(left);
        rights.add(right);
    }
    for (left, right) in [nouns.open, nouns.closed] {
        lefts.add(left);
        rights.add(right);
    }
    let (lefts, rights) = (lefts.sorted(), rights.sorted());
    let pair = |(left, right)| (place(&lefts, left), place(&rights, right));
    let nouns = NounContexts { open: pair(nouns.open), closed: pair(nouns.closed) };
    let renumbered = |class: &Class| Class {
        left: place(&lefts, class.left),
        right: place(&rights, class.right),
        tag: class.tag.clone(),
    };
    // The most frequent classes first.
    let mut frequencies: BTreeMap<Class, usize> = BTreeMap::new();
    for class in found.iter().map(|entry| &entry.2).chain(unknown.iter().map(|unknown| &unknown.1)) {
        *frequencies.entry(renumbered(class)).or_default() += 1;
    }
    let mut classes: Vec<(usize, Class)> = frequencies.into_iter().map(|(class, count)| (count, class)).collect();
    classes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let numbers: BTreeMap<&Class, u16> = (0u16..).zip(&classes).map(|(number, (_, class))| (class, number)).collect();
    let number = |class: &Class| numbers.get(&renumbered(class)).copied().unwrap_or_default();
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let entries: Vec<Entry> = found
        .into_iter()
        .map(|(surface, _, class, cost, makeup)| Entry {
            surface: surface.to_string(),
            class: number(&class),
            cost,
            makeup,
        })
        .collect();
    let unknown = unknown
        .iter()
        .map(|(category, class, cost)| Unknown { category: *category, class: number(class), cost: *cost })
        .collect();
    let begun: BTreeSet<char> = entries
        .iter()
        .filter(|entry| entry.surface.chars().nth(1).is_none())
        .filter_map(|entry| entry.surface.chars().next())
        .collect();
    let begins = |character: char| full.prefix_dictionary.common_prefix_search(&[character]).next().is_some();
    let beginnings =
        selection.characters.iter().copied().filter(|&character| !begun.contains(&character) && begins(character));
    let (joins, strangers) = joins(full, selection, &lefts, &rights);
    let (categories, runs) = characters(full);
    let stem_count = u32::try_from(selection.stems.len()).unwrap_or(u32::MAX).min(1 << 24);
    let limit = u64::from(stem_count).max(1) * 256;
    let stems: BTreeSet<u32> = selection.stems.iter().map(|stem| (stem % limit) as u32).collect();
    CutDictionary {
        hanja: selection.hanja.clone(),
        lacking: Vec::new(),
        stems: stems.into_iter().collect(),
        stem_count,
        beginnings: beginnings.collect(),
        classes: classes.iter().map(|(_, class)| class.clone()).collect(),
        entries,
        strangers,
        rights: rights.len() as u16,
        joins,
        categories,
        runs,
        unknown,
        nouns,
    }
}

#[derive(Default)]
struct Ids(BTreeSet<u16>);

impl Ids {
    fn add(&mut self, id: u16) {
        self.0.insert(id);
    }

    fn sorted(self) -> Vec<u16> {
        self.0.into_iter().collect()
    }
}

fn place(ids: &[u16], id: u16) -> u16 {
    ids.binary_search(&id).unwrap_or_default() as u16
}

/// The first of several tags.
fn short(tag: &str) -> String {
    match tag.split_once('+') {
        Some((first, _)) => format!("{first}+"),
        None => tag.to_owned(),
    }
}

fn makeup(surface: &str, tag: &str, kind: &str, expression: &str, reading: &str) -> Makeup {
    let first = expression.split(['/', '+']).next().unwrap_or_default();
    if tag.starts_with("VV") || tag.starts_with("VA") {
        return match first.parse::<usize>() {
            Ok(length) => Makeup::Stem(surface.get(..length).unwrap_or(surface).to_owned()),
            Err(_) if kind == "Inflect" => Makeup::Stem(first.to_owned()),
            Err(_) => Makeup::Plain,
        };
    }
    if !reading.is_empty() && reading != "*" && !surface.chars().any(|character| ('가'..='힣').contains(&character)) {
        return Makeup::Reading(reading.to_owned());
    }
    if matches!(kind, "Compound" | "Preanalysis") {
        let lengths: Option<Vec<usize>> =
            expression.split('+').map(|part| part.split('/').next().and_then(|length| length.parse().ok())).collect();
        let mut rest = surface;
        let mut parts = Vec::new();
        for length in lengths.unwrap_or_default() {
            let Some((part, after)) = rest.split_at_checked(length) else { return Makeup::Plain };
            parts.push(part.chars().count() as u8);
            rest = after;
        }
        if rest.is_empty() && parts.len() > 1 {
            return Makeup::Parts(parts);
        }
    }
    Makeup::Plain
}

/// The selected joins with their costs, and a cost for all others that is below none of them.
fn joins(full: &Dictionary, selection: &Selection, lefts: &[u16], rights: &[u16]) -> (Vec<Join>, Vec<i16>) {
    let mut joins = Vec::with_capacity(selection.joins.len());
    let mut strangers = Vec::with_capacity(lefts.len());
    // Between the ids that stand beside the most others, every join may come up in a query.
    let common_lefts = most_joined(selection.joins.iter().map(|join| join.1));
    let common_rights = most_joined(selection.joins.iter().map(|join| join.0));
    for (left, &left_id) in (0u16..).zip(lefts) {
        let row = full.connection_cost_matrix.row(u32::from(left_id));
        let mut dearest = i16::MIN;
        for (right, &right_id) in (0u16..).zip(rights) {
            let cost = row.get(usize::from(right_id)).copied().unwrap_or(i16::MAX);
            if selection.joins.contains(&(right_id, left_id)) {
                joins.push(Join { left, right, cost, seen: true });
            } else if common_lefts.contains(&left_id) && common_rights.contains(&right_id) {
                joins.push(Join { left, right, cost: rounded_up(cost), seen: false });
            } else {
                dearest = dearest.max(cost);
            }
        }
        strangers.push(rounded_up(dearest.max(0)));
    }
    (joins, strangers)
}

/// To a multiple of 64. A way that the notes do not take may become dearer, and never cheaper.
fn rounded_up(cost: i16) -> i16 {
    match cost.checked_add(63) {
        Some(cost) => cost & !63,
        None => i16::MAX,
    }
}

fn most_joined(ids: impl Iterator<Item = u16>) -> BTreeSet<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_default() += 1);
    let mut ids: Vec<(usize, u16)> = counts.into_iter().map(|(id, count)| (count, id)).collect();
    ids.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    ids.into_iter().take(COMMON_IDS).map(|(_, id)| id).collect()
}

fn characters(full: &Dictionary) -> (Vec<Category>, Vec<(u32, Vec<u8>)>) {
    let definition = &full.character_definition;
    let categories = definition
        .category_definitions
        .iter()
        .map(|category| Category { invoke: category.invoke, group: category.group, length: category.length as u8 })
        .collect();
    let mut runs: Vec<(u32, Vec<u8>)> = Vec::new();
    for code in 0..0xFFFF {
        let ids = match char::from_u32(code) {
            Some(character) => definition.lookup_categories(character).iter().map(|id| id.0 as u8).collect(),
            None => vec![0],
        };
        if runs.last().is_none_or(|last| last.1 != ids) {
            runs.push((code, ids));
        }
    }
    (categories, runs)
}
