//! `##제목`: a heading whose writer left out the space. And `## GET /users/{id}`: the parser takes braces at the end of a
//! heading for attributes whatever is in them, and only those that name an id, a class or a value are.
//!
//! Of two `#` and more only: a single one is a tag (`#태그`), or a language's own (`#include`).

use super::Pass;
use super::lines::{Line, is_heading, lines};

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        let text = line.inner();
        let marks = text.bytes().take_while(|byte| *byte == b'#').count();
        let title = text.get(marks..).unwrap_or_default();
        // `##-Inf` and `##{` are no words.
        let begins = |c: char| c.is_alphanumeric() || !c.is_ascii() || "`*[(<\"'".contains(c);
        let tight = !line.code && (2..=6).contains(&marks) && title.starts_with(begins) && !title.starts_with('\u{a0}');
        if tight {
            let at = line.inner_start() + marks;
            pass.edits.replace(at, at, " ");
        }
        // Of all lines: a heading may be made by the line below.
        if !line.code
            && let Some(brace) = line.text.strip_suffix('}').and_then(|text| text.rfind(['{', '}']))
            && !is_attributes(&line.text[brace + 1..line.text.len() - 1])
            && !line.text[..brace].ends_with('\\')
        {
            let at = line.content + line.text.len() - 1;
            if tight || heads(pass.text, &line) {
                pass.edits.replace(at, at, "\\");
            }
        }
    }
}

/// Whether a line is a heading, or the line below it makes it one.
fn heads(text: &str, line: &Line<'_>) -> bool {
    let below = text.get(line.next..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let below = below.trim_matches([' ', '\t', '>']);
    let underlined = !below.is_empty() && (below.bytes().all(|b| b == b'=') || below.bytes().all(|b| b == b'-'));
    underlined || is_heading(line.inner())
}

/// `#id .class key=value`, and kramdown's, which begin with a colon.
fn is_attributes(inside: &str) -> bool {
    let inside = inside.strip_prefix(':').unwrap_or(inside).trim();
    !inside.is_empty()
        && inside.split_whitespace().all(|word| {
            let name = word.strip_prefix(['#', '.']).or_else(|| word.split_once('=').map(|(name, _)| name));
            name.is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c.is_ascii_digit()))
                && !word.contains(['(', ')', ',', ';'])
        })
}
