//! `::: tip 제목` … `:::`, as VuePress, VitePress and Docusaurus have it, and pandoc's `::: {.class}`.
//!
//! A container begins with three or more colons and a word; the next line of as many colons and nothing else ends the
//! innermost of them. `::::` around `:::` is how nesting is written, but both nest by order alone, since writers count
//! wrong. Colons after which no container is open are left out with a warning, and so is nothing else: an opening line
//! is a container whatever its word, because nobody means to print it.

use super::lines::lines;
use super::{BoxKind, Mark, Pass, blank_prefix};
use crate::text;

pub fn read(pass: &mut Pass<'_>) {
    // Where the open containers began: offset, and the quotes they stand in.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for line in lines(pass.text) {
        let inner = line.inner();
        let colons = inner.bytes().take_while(|byte| *byte == b':').count();
        if line.code || colons < 3 {
            continue;
        }
        let at = line.inner_start();
        let Some(rest) = inner.get(colons..) else { continue };
        let info = rest.trim().trim_end_matches(':').trim_end();
        while open.last().is_some_and(|(_, quotes)| *quotes > line.quotes) {
            open.pop();
        }
        if info.is_empty() {
            if open.pop().is_none() {
                pass.warn(
                    "stray-container-end",
                    at,
                    text!("이 `:::`으로 끝나는 상자가 없습니다", "this `:::` ends no container"),
                );
            }
            let word = pass.mark(Mark::Close);
            pass.edits.replace(at, line.end, &word);
            continue;
        }
        let Some((kind, title)) = container(info) else { continue };
        open.push((at, line.quotes));
        let title = title.map(|title| {
            let start = at + title.as_ptr() as usize - inner.as_ptr() as usize;
            start..start + title.len()
        });
        let prefix = blank_prefix(pass.text.get(line.start..at).unwrap_or_default());
        pass.open(&prefix, at..line.end, kind, title);
    }
    for (offset, _) in open {
        pass.warn("open-container", offset, text!("상자를 끝내는 `:::`이 없습니다", "no `:::` ends this container"));
    }
}

/// A container's kind and title by what stands behind its colons.
fn container(info: &str) -> Option<(BoxKind, Option<&str>)> {
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, '[' | '{')).unwrap_or(info.len());
    let (name, rest) = info.split_at(end);
    let rest = rest.trim();
    // Docusaurus: `:::note[제목]{.class}`; VitePress: `::: details 제목 {open}`; pandoc: `::: {.class #id}`.
    let (rest, attributes) = match rest.rfind('{') {
        Some(at) if rest.ends_with('}') => (rest[..at].trim_end(), &rest[at + 1..rest.len() - 1]),
        _ => (rest, ""),
    };
    let bracketed = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let title = Some(bracketed.unwrap_or(rest).trim()).filter(|title| !title.is_empty());
    let lower = name.to_lowercase();
    Some(match lower.as_str() {
        "" => {
            let class = attributes.split_whitespace().filter_map(|word| word.strip_prefix('.'));
            (BoxKind::Plain { class: class.collect::<Vec<_>>().join(" ") }, title)
        }
        "details" => {
            let open = attributes.split_whitespace().any(|word| word == "open");
            (BoxKind::Callout { name: lower, fold: Some(open) }, title)
        }
        "code-group" | "tabs" => (BoxKind::Tabs, None),
        "code-group-item" | "tab" | "code-tabs-item" => {
            let name = title.unwrap_or_default().trim_end_matches(":active").to_owned();
            (BoxKind::Tab { name }, None)
        }
        "v-pre" | "raw" => (BoxKind::Plain { class: String::new() }, None),
        _ if super::super::callouts::is_known(&lower) => (BoxKind::Callout { name: lower, fold: None }, title),
        _ => (BoxKind::Plain { class: lower }, title),
    })
}
