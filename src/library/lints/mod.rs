//! What a writer who tidies up wants to know: advice over the finished library, for `check` alone.
//!
//! Faults that change the site are told by the room that meets them, in every build. What is looked for here changes
//! nothing in the site, costs a pass over all notes, and is asked for by a person; so it may be as thorough as it
//! likes, and keeps silent wherever the writer may well have meant it so.

mod body;
mod names;
mod private;
mod suggestions;
mod unused;

pub use suggestions::suggestions;

use super::{Entry, Library};
use crate::diagnostics::{Diagnostic, Position, Positions};

/// Advice about all published notes and files. `prefix` is what stands before their names in diagnostics, `elsewhere`
/// texts that are no notes and may name files: styles, scripts, the configuration.
pub fn lint(library: &Library, prefix: &str, elsewhere: impl Iterator<Item = String>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for entry in &library.notes {
        found.extend(body::empty(entry));
        found.extend(body::heading_jumps(entry));
    }
    found.extend(names::duplicate_titles(library));
    found.extend(names::aliases_taken(library));
    found.extend(names::case_twins(library, prefix));
    found.extend(private::links(library));
    found.extend(unused::orphans(library));
    found.extend(unused::files(library, prefix, elsewhere));
    found
}

/// The position of an offset in a note.
fn at(entry: &Entry, offset: usize) -> Position {
    Positions::new(&entry.note.text).of(offset)
}
