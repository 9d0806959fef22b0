//! `##제목`: a heading whose writer left out the space.
//!
//! Of two `#` and more only: a single one is a tag (`#태그`), or a language's own (`#include`).

use super::Pass;
use super::lines::lines;

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        let text = line.inner();
        let marks = text.bytes().take_while(|byte| *byte == b'#').count();
        let title = text.get(marks..).unwrap_or_default();
        // `##-Inf` and `##{` are no words.
        let begins = |c: char| c.is_alphanumeric() || !c.is_ascii() || "`*[(<\"'".contains(c);
        if !line.code && (2..=6).contains(&marks) && title.starts_with(begins) && !title.starts_with('\u{a0}') {
            let at = line.inner_start() + marks;
            pass.edits.replace(at, at, " ");
        }
    }
}
