//! `[[이름]]{글}`: a wikilink with its text behind it, as Korean wikis on Jekyll have it.
//!
//! Becomes `[[이름\|글]]`, which means the same in a table and outside. Attributes in braces (`{: .class}`, `{.class}`)
//! are no text, and neither is what a wikilink could not hold.

use super::Pass;
use super::prose::prose;

/// The longest name and text, in bytes: how far is looked for their ends.
const LONGEST: usize = 300;

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    for range in prose(text) {
        let source = text.get(range.clone()).unwrap_or_default();
        for at in memchr::memmem::find_iter(source.as_bytes(), "]]{") {
            let before = &source[source.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
            let after = &source[at + 3..source.floor_char_boundary(at + 3 + LONGEST)];
            let (Some((_, name)), Some((label, _))) = (before.rsplit_once("[["), after.split_once('}')) else {
                continue;
            };
            let is_text = !label.trim().is_empty() && !label.starts_with([':', '.', '#']);
            if name.is_empty() || name.contains(['|', '\n', ']']) || !is_text || label.contains(['\n', '[', ']', '|']) {
                continue;
            }
            let start = range.start + at;
            pass.edits.replace(start, start + 3, "\\|");
            pass.edits.replace(start + 3 + label.len(), start + 4 + label.len(), "]]");
        }
    }
}
