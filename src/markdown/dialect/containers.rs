//! `::: tip 제목` … `:::`, as VuePress, VitePress and Docusaurus have it, and pandoc's `::: {.class}`.
//!
//! A container begins with three or more colons and a word; the next line of as many colons and nothing else ends the
//! innermost of them. `::::` around `:::` is how nesting is written, but both nest by order alone, since writers count
//! wrong. Colons after which no container is open are left out with a warning, and so is nothing else: an opening line
//! is a container whatever its word, because nobody means to print it.

use std::ops::Range;

use super::lines::lines;
use super::{Attributes, BoxKind, Mark, Pass, blank_prefix};
use crate::markdown::attributes::words;
use crate::text;

pub fn read(pass: &mut Pass<'_>) {
    let mut open: Vec<Open> = Vec::new();
    for line in lines(pass.text) {
        let inner = line.inner();
        let colons = inner.bytes().take_while(|byte| *byte == b':').count();
        if line.code || colons < 3 {
            continue;
        }
        let at = line.inner_start();
        let Some(rest) = inner.get(colons..) else { continue };
        let info = rest.trim().trim_end_matches(':').trim_end();
        while open.last().is_some_and(|open| open.quotes > line.quotes) {
            open.pop();
        }
        if info.is_empty() {
            let begun = open.pop();
            if begun.is_none() {
                pass.warn(
                    "stray-container-end",
                    at,
                    text!("이 `:::`으로 끝나는 상자가 없습니다", "this `:::` ends no container"),
                );
            }
            let word = pass.mark(Mark::Close);
            // Editors put the end in line with the list above it, where it would belong to the list's last item and the
            // container would take in all the rest of the note.
            let column = begun.map_or(0, |begun| begun.column);
            if begun.is_some() && line.marker.is_none() && at - line.start > column {
                let prefix = blank_prefix(pass.text.get(line.start..line.start + column).unwrap_or_default());
                pass.edits.replace(line.start, line.end, &format!("{prefix}\n{prefix}{word}"));
            } else {
                pass.edits.replace(at, line.end, &word);
            }
            continue;
        }
        let (kind, title) = container(info);
        open.push(Open { at, quotes: line.quotes, column: at - line.start });
        let start = at + colons + rest.len() - rest.trim_start().len();
        let title = title.map(|title| start + title.start..start + title.end);
        let prefix = blank_prefix(pass.text.get(line.start..at).unwrap_or_default());
        pass.open(&prefix, at..line.end, kind, title);
    }
    for Open { at, .. } in open {
        pass.warn("open-container", at, text!("상자를 끝내는 `:::`이 없습니다", "no `:::` ends this container"));
    }
}

/// A container that has begun.
#[derive(Clone, Copy)]
struct Open {
    at: usize,
    /// The quotes it stands in.
    quotes: usize,
    /// How far from the beginning of its line, in bytes.
    column: usize,
}

/// A container's kind and where its title is, by what stands behind its colons.
fn container(info: &str) -> (BoxKind, Option<Range<usize>>) {
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, '[' | '{')).unwrap_or(info.len());
    let (name, rest) = info.split_at(end);
    let rest = rest.trim_start();
    let mut start = info.len() - rest.len();
    let rest = rest.trim_end();
    // Docusaurus: `:::note[제목]{.class}`; VitePress: `::: details 제목 {open}`; pandoc: `::: {.class #id}`.
    let (mut rest, attributes) = match rest.rfind('{') {
        Some(at) if rest.ends_with('}') => (rest[..at].trim_end(), words(&rest[at + 1..rest.len() - 1])),
        _ => (rest, Vec::new()),
    };
    if let Some(bracketed) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        start += 1 + bracketed.len() - bracketed.trim_start().len();
        rest = bracketed.trim();
    }
    let title = Some(start..start + rest.len()).filter(|title| !title.is_empty());
    let lower = name.to_lowercase();
    let open = attributes.iter().any(|word| word.key.is_none() && word.value == "open");
    let attributes = Attributes::of(&attributes);
    match lower.as_str() {
        "" => (BoxKind::Plain { class: attributes.class, id: attributes.id }, title),
        "details" => (BoxKind::Callout { name: lower, fold: Some(open) }, title),
        "code-group" | "tabs" => (BoxKind::Tabs, None),
        "code-group-item" | "tab" | "code-tabs-item" => {
            let name = rest.trim_end_matches(":active").to_owned();
            (BoxKind::Tab { name }, None)
        }
        "v-pre" | "raw" => (BoxKind::Plain { class: String::new(), id: String::new() }, None),
        _ if super::super::callouts::is_known(&lower) => (BoxKind::Callout { name: lower, fold: None }, title),
        _ => (BoxKind::Plain { class: lower, id: attributes.id }, title),
    }
}
