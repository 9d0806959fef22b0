//! `: 뜻` under a word is a definition; `:point_right:` under a line of text is none.
//!
//! The parser asks for no blank behind the colon, where every dialect that has definitions does.

use super::Pass;
use super::lines::lines;

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        let behind = line.inner().strip_prefix(':');
        // `:--` rules a table.
        if !line.code && behind.is_some_and(|behind| !behind.starts_with([' ', '\t', '-'])) {
            pass.edits.replace(line.inner_start(), line.inner_start(), "\\");
        }
    }
}
