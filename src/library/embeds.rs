//! Notes that show themselves by way of others: `![[나]]` in 가, `![[가]]` in 나.
//!
//! A page stops showing where a note would be shown in itself, whatever page it is; here the writer is told, once a
//! circle, at the embed that closes it.

use rustc_hash::FxHashMap;

use super::{Entry, Link, NoteId, Place};
use crate::diagnostics::{Diagnostic, Positions};
use crate::markdown::{Hole, ReferenceKind, next_hole};
use crate::text;

/// What an embed shows: a note, or the part of it with an id.
type Shown<'a> = (NoteId, Option<&'a str>);

/// The longest circle that is told in full.
const LONGEST_CHAIN: usize = 12;

/// A place that is being looked into, and how far.
struct Step<'a> {
    place: Shown<'a>,
    /// The embeds in it: which reference, and what it shows.
    embeds: Vec<(usize, Shown<'a>)>,
    next: usize,
}

/// The circles among the embeds of all notes.
pub fn circles(notes: &[Entry]) -> Vec<Diagnostic> {
    // `true` while a place is being looked into, `false` when all is known about it.
    let mut seen: FxHashMap<Shown<'_>, bool> = FxHashMap::default();
    let mut found = Vec::new();
    for (index, entry) in notes.iter().enumerate() {
        let shows = entry.document.references.iter().any(|reference| reference.kind == ReferenceKind::Embed);
        let start = (NoteId(index), None);
        if !shows || seen.contains_key(&start) {
            continue;
        }
        seen.insert(start, true);
        let mut steps = vec![Step { place: start, embeds: embeds_in(notes, start), next: 0 }];
        while let Some(step) = steps.last_mut() {
            let Some((reference, place)) = step.embeds.get(step.next).copied() else {
                seen.insert(step.place, false);
                steps.pop();
                continue;
            };
            step.next += 1;
            match seen.get(&place) {
                Some(true) => found.extend(circle(notes, &steps, reference, place)),
                Some(false) => {}
                None => {
                    seen.insert(place, true);
                    steps.push(Step { place, embeds: embeds_in(notes, place), next: 0 });
                }
            }
        }
    }
    found
}

fn embeds_in<'a>(notes: &'a [Entry], (note, id): Shown<'a>) -> Vec<(usize, Shown<'a>)> {
    let Some(entry) = notes.get(note.0) else { return Vec::new() };
    let document = &entry.document;
    let html = match id {
        Some(id) => document.part(id).map_or("", |part| part.html),
        None => document.body.html.as_str(),
    };
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, number, after)) = next_hole(rest) {
        rest = after;
        let Some(Hole::Embed { reference, block: true }) = document.body.holes.get(number) else { continue };
        match entry.links.get(*reference) {
            Some(Link::Note { place: Place::Missing, .. }) => {}
            Some(Link::Note { note, place }) => found.push((*reference, (*note, place.id()))),
            Some(Link::Here { id }) => found.push((*reference, (note, Some(id.as_str())))),
            _ => {}
        }
    }
    found
}

fn circle(notes: &[Entry], steps: &[Step<'_>], reference: usize, place: Shown<'_>) -> Option<Diagnostic> {
    let name = |(note, id): Shown<'_>| {
        let name = notes.get(note.0).map_or("", |entry| entry.note.name.as_str());
        id.map_or_else(|| name.to_owned(), |id| format!("{name}#{id}"))
    };
    let closing = notes.get(steps.last()?.place.0.0)?;
    let span = &closing.document.references.get(reference)?.span;
    let begin = steps.iter().position(|step| step.place == place)?;
    let mut chain: Vec<String> = steps.iter().skip(begin).take(LONGEST_CHAIN).map(|step| name(step.place)).collect();
    if steps.len() - begin > LONGEST_CHAIN {
        chain.push("…".to_owned());
    }
    chain.push(name(place));
    let chain = chain.join("` → `");
    let position = Positions::new(&closing.note.text).of(span.start);
    Some(
        Diagnostic::warning(
            "embed-circle",
            &closing.note.path,
            position,
            text!(
                "노트가 돌고 돌아 자기 자신을 품습니다: `{chain}`",
                "the notes show themselves in a circle: `{chain}`"
            ),
        )
        .with_hint(text!(
            "품는 대신 `[[…]]`로 이으세요; 쪽에는 여기서 링크로 보입니다",
            "link with `[[…]]` instead; the page shows a link here"
        )),
    )
}
