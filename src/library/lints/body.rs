//! What stands in a note, or does not.

use crate::diagnostics::{Diagnostic, Position, Positions};
use crate::library::Entry;
use crate::markdown::Hole;
use crate::text;

/// A note without a word, a picture or anything else but headings. A folder's own page shows what is in the folder.
pub fn empty(entry: &Entry) -> Option<Diagnostic> {
    let document = &entry.document;
    let says = document.sections.iter().any(|section| !section.text.trim().is_empty());
    let refers = (0..document.references.len()).any(|index| document.cover != Some(index));
    let shows = document.body.holes.iter().any(|hole| !matches!(hole, Hole::Id(_)));
    // Drawn in the note itself, where HTML is kept as written.
    let draws = ["<svg", "<canvas", "<script"].iter().any(|element| document.body.html.contains(element));
    if says || refers || shows || draws || entry.is_index {
        return None;
    }
    let message = text!("노트에 내용이 없습니다", "the note has no content");
    Some(Diagnostic::note("empty-note", &entry.note.path, Position::START, message))
}

/// Headings that skip a level: `##`, then `####`. The first may have any level, for the page prints the title itself.
pub fn heading_jumps(entry: &Entry) -> Vec<Diagnostic> {
    let headings = &entry.document.headings;
    let positions = Positions::new(&entry.note.text);
    let pairs = headings.iter().zip(headings.iter().skip(1));
    let jumps = pairs.filter(|(above, heading)| heading.level > above.level + 1);
    jumps
        .map(|(above, heading)| {
            let (from, to, title) = (above.level, heading.level, &above.title);
            let marks = "#".repeat(usize::from(from) + 1);
            let message = text!(
                "제목이 {from}단계에서 {to}단계로 건너뜁니다",
                "the heading jumps from level {from} to level {to}"
            );
            Diagnostic::note("heading-jump", &entry.note.path, positions.of(heading.start), message).with_hint(text!(
                "`{title}` 바로 아래의 절이라면 `{marks}`로 쓰세요",
                "write `{marks}` for a section directly below `{title}`"
            ))
        })
        .collect()
}
