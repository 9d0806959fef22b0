//! `<Tabs><TabItem label="…">` and `<CodeGroup><CodeGroupItem title="…">`: the components of Docusaurus and VuePress that
//! notes use most.
//!
//! An opening tag counts where a line begins with it or another tag is before it, a closing one anywhere; `<Tab>` in the
//! middle of a sentence is a key. The lines that import components (`import Tabs from '@theme/Tabs'`) are left out.

use super::lines::lines;
use super::{BoxKind, Mark, Pass, blank_prefix};
use crate::markdown::attributes::{Word, words};

pub const NEEDS: &[&str] = &["<Tab", "<CodeGroup", "<code-group", "'@theme/", "\"@theme/"];

/// Longer tags are none.
const LONGEST_TAG: usize = 1024;

pub fn read(pass: &mut Pass<'_>) {
    // A tag can stretch over lines, which then are dealt with.
    let mut done = 0;
    for line in lines(pass.text) {
        let inner = line.inner();
        if line.code || line.start < done {
            continue;
        }
        if inner.starts_with("import ") && inner.contains("@theme/") {
            pass.edits.remove(line.start, line.next);
            continue;
        }
        let start = line.inner_start();
        let prefix = blank_prefix(pass.text.get(line.start..start).unwrap_or_default());
        let mut at = start;
        let mut fresh = true;
        while let Some(open) = next_tag(pass.text, at, line.end) {
            let before = pass.text.get(at..open).unwrap_or_default();
            fresh &= before.trim().is_empty();
            let source = pass.text.get(open..).unwrap_or_default();
            let Some(tag) = (fresh || source.starts_with("</")).then(|| tag(source)).flatten() else {
                at = open + 1;
                fresh = false;
                continue;
            };
            let end = open + tag.length;
            let mark = match tag.component {
                _ if tag.closing => Mark::Close,
                Component::Group => Mark::Open { kind: BoxKind::Tabs, titled: false },
                Component::Item => Mark::Open { kind: BoxKind::Tab { name: tag.name }, titled: false },
            };
            let word = pass.mark(mark);
            let blanks = before.len() - before.trim_end().len();
            let lead = if fresh && open - blanks == start { String::new() } else { format!("\n{prefix}") };
            let next = pass.text.get(end..).unwrap_or_default();
            let spaces = next.len() - next.trim_start_matches([' ', '\t']).len();
            let ends = next.get(spaces..).is_none_or(|next| next.is_empty() || next.starts_with(['\r', '\n']));
            let tail = if ends { String::new() } else { format!("\n{prefix}") };
            pass.edits.replace(open - blanks, end + spaces, &format!("{lead}{word}{tail}"));
            // What follows stands in a line of its own now.
            fresh = true;
            at = end + spaces;
            done = end;
        }
    }
}

#[derive(Clone, Copy)]
enum Component {
    Group,
    Item,
}

struct Tag {
    component: Component,
    closing: bool,
    /// What an item is called.
    name: String,
    length: usize,
}

fn next_tag(text: &str, from: usize, end: usize) -> Option<usize> {
    memchr::memchr(b'<', text.as_bytes().get(from..end)?).map(|at| from + at)
}

fn tag(text: &str) -> Option<Tag> {
    let rest = text.strip_prefix('<')?;
    let closing = rest.starts_with('/');
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    let (name, rest) = rest.split_at(length);
    let component = match name {
        "Tabs" | "CodeGroup" | "code-group" => Component::Group,
        "TabItem" | "CodeGroupItem" | "code-block" => Component::Item,
        _ => return None,
    };
    let end = if closing { rest.starts_with('>').then_some(0)? } else { tag_end(rest)? };
    let words = words(rest.get(..end)?);
    let name = Word::of(&words, &["label", "title", "value"]).unwrap_or_default();
    let name = name.trim_matches(|c: char| matches!(c, '\'' | '"' | '`') || c.is_whitespace()).to_owned();
    Some(Tag { component, closing, name, length: text.len() - rest.len() + end + 1 })
}

/// Where the `>` of a tag is: outside of quotes and braces.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut braces = 0usize;
    for (at, byte) in text.bytes().take(LONGEST_TAG).enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => braces += 1,
            (None, b'}') => braces = braces.saturating_sub(1),
            (None, b'>') if braces == 0 => return Some(at),
            _ => {}
        }
    }
    None
}
