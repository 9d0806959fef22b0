//! Links that a writer might like to make: where a note names another that it does not link to.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, Positions};
use crate::language::josa;
use crate::library::backlinks::targets;
use crate::library::mentions::whole_name;
use crate::library::{Entry, Library, Mention, NoteId};
use crate::markdown::StretchKind;
use crate::text;

/// How far a name may stand from where its text is thought to be in the file: entities and signs that nobody sees lie
/// between. In bytes.
const AROUND: usize = 64;

/// One suggestion for each pair of notes, at the first place that mentions the other; none where there is a link
/// already. The library must be [connected](Library::connect).
pub fn suggestions(library: &Library) -> Vec<Diagnostic> {
    let linked: Vec<FxHashSet<NoteId>> = library
        .notes
        .iter()
        .map(|entry| targets(entry, &library.folders).map(|(_, to)| to).collect::<FxHashSet<NoteId>>())
        .collect();
    let mut found = Vec::new();
    for (index, entry) in library.notes.iter().enumerate() {
        let by_note = entry.mentions.chunk_by(|a, b| a.from == b.from);
        for mention in by_note.filter_map(<[Mention]>::first) {
            let is_linked = linked.get(mention.from.0).is_some_and(|linked| linked.contains(&NoteId(index)));
            if !is_linked {
                found.extend(suggestion(library.note(mention.from), mention, entry));
            }
        }
    }
    found
}

fn suggestion(from: &Entry, mention: &Mention, to: &Entry) -> Option<Diagnostic> {
    let section = from.document.sections.get(mention.section)?;
    let name = section.text.get(mention.range.clone())?;
    let prose = section.stretches.iter().filter_map(|stretch| match stretch.kind {
        StretchKind::Prose(offset) => Some((stretch.range.start, offset)),
        _ => None,
    });
    let (start, offset) = prose.take_while(|(start, _)| *start <= mention.range.start).last()?;
    let position =
        Positions::new(&from.note.text).of(place(&from.note.text, offset + mention.range.start - start, name));
    let (shown, path) = (format!("`{name}`"), &to.note.path);
    let subject = josa(&shown, "은", "는");
    let message = text!(
        "{subject} 노트 `{path}`의 이름인데 링크가 없습니다",
        "{shown} is a name of the note `{path}`, and there is no link to it"
    );
    let target = whole_name(to, name).map_or_else(|| name.to_owned(), |whole| format!("{whole}|{name}"));
    let hint = text!("이으려면 `[[{target}]]`", "to link it: `[[{target}]]`");
    Some(Diagnostic::note("link-suggestion", &from.note.path, position, message).with_hint(hint))
}

/// Where a name stands in a file, at or near an offset.
fn place(text: &str, offset: usize, name: &str) -> usize {
    let from = text.floor_char_boundary(offset.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((offset + name.len() + AROUND).min(text.len()));
    let near = text.get(from..to).unwrap_or_default();
    let found = near.match_indices(name).map(|(at, _)| from + at);
    found.min_by_key(|at| at.abs_diff(offset)).unwrap_or(offset)
}
