//! Series: notes that are read one after the other, whatever folders they lie in.
//!
//! `Kafka 입문` and `kafka 입문` are one series, in the spelling most notes use. Its parts come in the order of the
//! numbers that they give themselves (`series_order`, `part`, `episode`), then those with a `weight`, then those with a
//! date, the oldest first, then the others as they stand in their folders.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Addresses, Collation, Entry, Folders, NoteId};
use crate::diagnostics::Diagnostic;
use crate::source::names::{asset_url, name_key};
use crate::text;

/// A series.
#[derive(Clone, Debug, Default)]
pub struct Series {
    pub name: String,
    pub url: String,
    /// In reading order.
    pub notes: Vec<NoteId>,
}

/// Where a note stands in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index into [`Library::series`](super::Library::series).
    pub series: usize,
    /// From 0.
    pub place: usize,
}

/// The series of all notes, by name; every note learns its parts.
pub(super) fn gather(
    notes: &mut [Entry],
    folders: &Folders,
    collation: &Collation,
    addresses: &mut Addresses,
) -> Vec<Series> {
    // Key → spellings and how often they occur, and the notes.
    let mut gathered: BTreeMap<String, (BTreeMap<&str, usize>, Vec<NoteId>)> = BTreeMap::new();
    for (index, entry) in notes.iter().enumerate() {
        for name in &entry.note.metadata.series {
            let (spellings, parts) = gathered.entry(name_key(name)).or_default();
            *spellings.entry(name).or_default() += 1;
            parts.push(NoteId(index));
        }
    }
    if gathered.is_empty() {
        return Vec::new();
    }
    let ranks = reading_ranks(notes.len(), folders);
    let mut all: Vec<Series> = gathered
        .into_values()
        .map(|(spellings, mut parts)| {
            // The most frequent spelling; of equals the first in order.
            let name = spellings.into_iter().rev().max_by_key(|(_, count)| *count).map_or("", |(name, _)| name);
            parts.sort_by(|a, b| by_place(&notes[a.0], &notes[b.0]).then_with(|| ranks[a.0].cmp(&ranks[b.0])));
            Series { name: name.to_owned(), url: String::new(), notes: parts }
        })
        .collect();
    all.sort_by(|a, b| collation.compare(&a.name, &b.name));
    for (index, series) in all.iter_mut().enumerate() {
        // A series is not nested: `TCP/IP` is one name.
        let wanted = asset_url(&format!("series/{}.html", series.name.replace('/', "-")));
        series.url = addresses.claim_generated(&wanted, "seoga");
        for (place, note) in series.notes.iter().enumerate() {
            notes[note.0].series.push(Part { series: index, place });
        }
    }
    for entry in notes.iter_mut().filter(|entry| entry.series.len() > 1) {
        // As the note names them.
        let names: Vec<String> = entry.note.metadata.series.iter().map(|name| name_key(name)).collect();
        let written = |part: &Part| {
            let key = all.get(part.series).map(|series| name_key(&series.name));
            names.iter().position(|name| Some(name) == key.as_ref())
        };
        entry.series.sort_by_key(written);
    }
    all
}

/// Each note's place when the whole site is read from its first page to its last.
fn reading_ranks(count: usize, folders: &Folders) -> Vec<usize> {
    let mut ranks = vec![0; count];
    let in_order = folders.in_reading_order().into_iter().map(|id| folders.get(id));
    let notes = in_order.flat_map(|folder| folder.index.into_iter().chain(folder.notes.iter().copied()));
    for (rank, note) in notes.enumerate() {
        ranks[note.0] = rank;
    }
    ranks
}

fn by_place(a: &Entry, b: &Entry) -> Ordering {
    let (a, b) = (&a.note.metadata, &b.note.metadata);
    let numbers = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let dates = || match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let part = |metadata: &crate::source::Metadata| metadata.series_part.as_ref().map(|part| part.number);
    numbers(part(a), part(b)).then_with(|| numbers(a.weight, b.weight)).then_with(dates)
}

/// Parts that give themselves the same number, and numbers that no part has. Only series counted by ones can lack a
/// number: 10, 20, 30 leaves room on purpose.
pub(super) fn faults(all: &[Series], notes: &[Entry]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for series in all {
        let numbered: Vec<(f64, &Entry)> = (series.notes.iter().map(|id| &notes[id.0]))
            .filter_map(|entry| Some((entry.note.metadata.series_part.as_ref()?.number, entry)))
            .collect();
        let steps = || numbered.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let first = numbered.first().filter(|(number, _)| *number == 0.0 || *number == 1.0).iter().count();
        let by_one = steps().filter(|step| *step == 1.0).count() + first;
        let counted = by_one * 2 >= numbered.len();
        let name = &series.name;
        let mut fault = |entry: &Entry, message, hint| {
            let note = &entry.note;
            let key = note.metadata.series_part.as_ref().map_or("series", |part| part.key.as_str());
            let warning = Diagnostic::warning("series-order", &note.path, note.key_position(key), message);
            faults.push(warning.with_hint(hint));
        };
        for pair in numbered.windows(2) {
            let [(before, other), (number, entry)] = pair else { continue };
            if before == number {
                let other = &other.note.path;
                fault(
                    entry,
                    text!(
                        "시리즈 `{name}`의 {number}번이 둘입니다: `{other}`에도 같은 번호가 있습니다",
                        "part {number} of the series `{name}` is there twice: `{other}` has the same number"
                    ),
                    text!("번호를 서로 다르게 쓰세요", "give each part a number of its own"),
                );
            } else if counted && number - before > 1.0 && number.fract() == 0.0 && before.fract() == 0.0 {
                let missing = before + 1.0;
                fault(
                    entry,
                    text!(
                        "시리즈 `{name}`에 {missing}번이 없습니다: {before}번 다음이 {number}번입니다",
                        "the series `{name}` has no part {missing}: {before} is followed by {number}"
                    ),
                    text!(
                        "빠진 글이 있거나 번호를 잘못 썼습니다. 싣지 않는 글은 세지 않습니다",
                        "a part is missing or misnumbered; parts that are not published do not count"
                    ),
                );
            }
        }
    }
    faults
}
