//! Blanks that look like a space and are none: U+00A0, which a Korean keyboard types by Option and space, and U+200B,
//! which some editors leave at the beginning of a line.
//!
//! Around a marker (`#`, `-`, `1.`) a space was meant. A line of nothing but U+200B is blank, and one that begins with it
//! is no code, however far it is indented behind it. Anywhere else they stay what they are.

use super::Pass;
use super::lines::lines;

const NO_BREAK: char = '\u{a0}';
const ZERO_WIDTH: char = '\u{200b}';

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        if line.code {
            continue;
        }
        let mut at = line.content;
        // Blanks, a marker, blanks, a marker …: `- ## 제목`.
        while let Some(rest) = pass.text.get(at..line.end) {
            let text = rest.trim_start_matches([' ', '\t', NO_BREAK, ZERO_WIDTH]);
            let blanks = rest.len() - text.len();
            let marker =
                text.len() - text.trim_start_matches(|c: char| "#>-*+.)".contains(c) || c.is_ascii_digit()).len();
            let spaced = text.get(marker..).is_some_and(|after| after.starts_with([' ', '\t', NO_BREAK, ZERO_WIDTH]));
            // A fence that was none must not become one: it would take the rest of the note with it.
            if text.starts_with("```") || text.starts_with("~~~") {
                break;
            }
            for (offset, found) in rest.get(..blanks).unwrap_or_default().char_indices() {
                match found {
                    NO_BREAK if (marker > 0 && spaced) || at > line.content => {
                        pass.edits.replace(at + offset, at + offset + found.len_utf8(), " ");
                    }
                    ZERO_WIDTH if (marker > 0 && spaced) || at > line.content => {
                        pass.edits.remove(at + offset, at + offset + found.len_utf8());
                    }
                    ZERO_WIDTH => pass.edits.remove(at + offset, at + blanks),
                    _ => {}
                }
            }
            if marker == 0 || !spaced {
                break;
            }
            at += blanks + marker;
        }
    }
}
