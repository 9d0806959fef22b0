//! Liquid's tags and Hugo's shortcodes: `{% raw %}`, `{% highlight js %}`, `{{< figure … >}}`, `{{% notice tip %}}`.
//!
//! Nothing of them is executed. What has a word in Markdown is written so; the rest is text, with one warning for each
//! kind in a note. Jekyll and Hugo read their tags before Markdown does, also in code; so do we with `{% raw %}` and
//! `{{</* … */>}}`, which stand around code for no other reader than the tool. Everything else in code is code.

mod meaning;
mod tags;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Line, lines};
use super::prose::outside_of_code;
use super::{Mark, Pass, blank_prefix};
use crate::address::decoded;
use crate::source::names::title_from_name;
use crate::text;
use meaning::{Meaning, meaning};
use tags::{Notation, Tag, tags};

pub const NEEDS: &[&str] = &["{%", "{{", "<%"];

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    let tags = tags(text);
    if tags.is_empty() {
        return;
    }
    let lines: Vec<Line<'_>> = lines(text).collect();
    let in_prose = in_prose(text, &tags);
    let ends = ends(&tags, &in_prose);
    let mut warned: FxHashSet<(Notation, &str)> = FxHashSet::default();
    // What the closing tags of boxes stand for, by their index.
    let mut closing: FxHashMap<usize, Meaning> = FxHashMap::default();
    let mut index = 0;
    while let Some(tag) = tags.get(index) {
        let is_prose = in_prose.get(index).copied().unwrap_or(false);
        let end = ends.get(&index).copied();
        let this = index;
        index += 1;
        if tag.escaped {
            let shown = tag.arguments.trim_start_matches("/*").trim_end_matches("*/");
            let (open, close) = (&text[tag.range.start..tag.range.start + 3], &text[tag.range.end - 3..tag.range.end]);
            pass.edits.replace(tag.range.start, tag.range.end, &format!("{open}{shown}{close}"));
            continue;
        }
        if let Some(meaning) = closing.remove(&this) {
            match meaning {
                Meaning::Nothing => remove(pass, &lines, tag),
                _ => {
                    let word = pass.mark(Mark::Close);
                    replace_block(pass, &lines, tag, &word);
                }
            }
            continue;
        }
        let meaning = if tag.closing { Meaning::Unknown } else { meaning(tag) };
        if !is_prose && !matches!(meaning, Meaning::Raw) {
            continue;
        }
        match (meaning, end) {
            // `{% raw %}` between backticks is about the tag.
            (Meaning::Raw, Some(_)) if !is_prose && is_between_backticks(text, tag) => {}
            (Meaning::Raw, Some(end)) => {
                remove(pass, &lines, tag);
                if let Some(last) = tags.get(end) {
                    remove(pass, &lines, last);
                }
                index = end + 1;
            }
            (Meaning::Comment, Some(end)) => {
                if let Some(last) = tags.get(end) {
                    let whole = Tag { range: tag.range.start..last.range.end, ..tag.clone() };
                    remove(pass, &lines, &whole);
                }
                index = end + 1;
            }
            (Meaning::Code(info), Some(end)) => {
                if let Some(last) = tags.get(end) {
                    let code = text.get(tag.range.end..last.range.start).unwrap_or_default();
                    let fence = "`".repeat(longest_run(code).max(2) + 1);
                    replace_block(pass, &lines, tag, &format!("{fence}{info}"));
                    replace_block(pass, &lines, last, &fence);
                }
                index = end + 1;
            }
            (Meaning::Box { kind, title }, Some(end)) => {
                closing.insert(end, Meaning::Text);
                open_box(pass, &lines, tag, kind, title);
            }
            (Meaning::Nothing, end) => {
                if let Some(end) = end {
                    closing.insert(end, Meaning::Nothing);
                }
                remove(pass, &lines, tag);
            }
            (Meaning::Inline(markdown), _) => {
                // An empty address is one only where something follows: `{{ site.url }}` alone is about it.
                let next = text.get(tag.range.end..).unwrap_or_default();
                if !markdown.is_empty() || next.starts_with(['/', '{']) {
                    pass.edits.replace(tag.range.start, tag.range.end, &markdown);
                }
            }
            (Meaning::Note(address), _) => {
                let before = text.get(..tag.range.start).unwrap_or_default();
                let link = if is_in_address(before) { address } else { linked(&address) };
                pass.edits.replace(tag.range.start, tag.range.end, &link);
            }
            (Meaning::Block(html), _) => {
                let blank = line_of(&lines, tag).map(|line| prefix_of(text, line)).unwrap_or_default();
                replace_block(pass, &lines, tag, &format!("{html}\n{blank}"));
            }
            (Meaning::Text, _) => {}
            _ => warn(pass, tag, &mut warned),
        }
    }
}

/// Whether what follows is an address, or a part of one.
fn is_in_address(before: &str) -> bool {
    let spaced = before.trim_end_matches([' ', '\t']);
    before.ends_with(['"', '\'', '<', '/', '}']) || ["](", "]:", "="].iter().any(|open| spaced.ends_with(open))
}

/// A link to a note that reads as a wikilink to it would. Jekyll prints the bare address, which says nothing to a reader
/// and, where the note is not published, too much.
fn linked(address: &str) -> String {
    let (path, _) = address.split_once('#').unwrap_or((address, ""));
    let mut link = String::from("[");
    for c in title_from_name(&decoded(path)).unwrap_or(path).chars() {
        if c.is_ascii_punctuation() {
            link.push('\\');
        }
        link.push(c);
    }
    link.push_str("](");
    link.push_str(address);
    link.push(')');
    link
}

fn warn<'a>(pass: &mut Pass<'_>, tag: &Tag<'a>, warned: &mut FxHashSet<(Notation, &'a str)>) {
    if !warned.insert((tag.notation, tag.name)) {
        return;
    }
    let (open, close) = match tag.notation {
        Notation::Hugo => ("{{<", ">}}"),
        Notation::Templater => ("<%", "%>"),
        _ => ("{%", "%}"),
    };
    let name = if tag.name.is_empty() { "…" } else { tag.name };
    let shown = format!("{open} {name} {close}");
    pass.warn(
        "unknown-shortcode",
        tag.range.start,
        text!("`{shown}` 표시는 실행하지 않고 글자 그대로 보입니다", "`{shown}` is not executed, but shown as text"),
    );
}

/// Which of the tags stand in prose.
fn in_prose(text: &str, tags: &[Tag<'_>]) -> Vec<bool> {
    let mut ranges = outside_of_code(text).into_iter().peekable();
    let is_in = |tag: &Tag<'_>| {
        while ranges.next_if(|range| range.end <= tag.range.start).is_some() {}
        ranges.peek().is_some_and(|range| range.start <= tag.range.start)
    };
    tags.iter().map(is_in).collect()
}

/// Tags between which nothing counts but their end, which may look like code.
const OPAQUE: [&str; 4] = ["raw", "comment", "highlight", "codeblock"];

/// Opening tags → the tags that close them, by index.
fn ends(tags: &[Tag<'_>], in_prose: &[bool]) -> FxHashMap<usize, usize> {
    let mut open: FxHashMap<(Notation, &str), Vec<usize>> = FxHashMap::default();
    let mut ends = FxHashMap::default();
    let mut opaque: Option<&str> = None;
    let mut closes: FxHashMap<&str, usize> = FxHashMap::default();
    for tag in tags.iter().filter(|tag| tag.closing) {
        *closes.entry(tag.name).or_default() += 1;
    }
    for (index, tag) in tags.iter().enumerate() {
        if tag.closing
            && let Some(left) = closes.get_mut(tag.name)
        {
            *left -= 1;
        }
        if opaque.is_some_and(|name| !(tag.closing && tag.name == name)) {
            continue;
        }
        if !OPAQUE.contains(&tag.name) && !in_prose.get(index).copied().unwrap_or(false) {
            continue;
        }
        if tag.closing {
            opaque = None;
            if let Some(first) = open.get_mut(&(tag.notation, tag.name)).and_then(Vec::pop) {
                ends.insert(first, index);
            }
        } else if !tag.name.is_empty() {
            open.entry((tag.notation, tag.name)).or_default().push(index);
            opaque =
                Some(tag.name).filter(|name| OPAQUE.contains(name) && closes.get(name).is_some_and(|left| *left > 0));
        }
    }
    ends
}

fn line_of<'l, 'a>(lines: &'l [Line<'a>], tag: &Tag<'_>) -> Option<&'l Line<'a>> {
    lines.get(lines.partition_point(|line| line.next <= tag.range.start))
}

fn prefix_of(text: &str, line: &Line<'_>) -> String {
    blank_prefix(text.get(line.start..line.inner_start()).unwrap_or_default())
}

/// Puts something that needs lines of its own in the place of a tag.
fn replace_block(pass: &mut Pass<'_>, lines: &[Line<'_>], tag: &Tag<'_>, with: &str) {
    let Some(line) = line_of(lines, tag) else { return };
    let prefix = prefix_of(pass.text, line);
    let (from, lead) = lead(pass.text, line, tag, &prefix);
    let rest = pass.text.get(tag.range.end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let alone = rest.get(blanks..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['\n', '\r']));
    let tail = if alone { String::new() } else { format!("\n{prefix}") };
    pass.edits.replace(from, tag.range.end + blanks, &format!("{lead}{with}{tail}"));
}

/// Where a block in the place of a tag begins, and what ends the line before it.
fn lead(text: &str, line: &Line<'_>, tag: &Tag<'_>, prefix: &str) -> (usize, String) {
    let start = line.inner_start();
    let before = text.get(start..tag.range.start).unwrap_or_default().trim_end();
    if before.is_empty() { (tag.range.start, String::new()) } else { (start + before.len(), format!("\n{prefix}")) }
}

fn open_box(pass: &mut Pass<'_>, lines: &[Line<'_>], tag: &Tag<'_>, kind: super::BoxKind, title: Option<Range<usize>>) {
    let Some(line) = line_of(lines, tag) else { return };
    let prefix = prefix_of(pass.text, line);
    let (from, lead) = lead(pass.text, line, tag, &prefix);
    if !lead.is_empty() {
        pass.edits.replace(from, tag.range.start, &lead);
    }
    let title = title.map(|title| tag.arguments_start + title.start..tag.arguments_start + title.end);
    // A title over several lines would be a paragraph of several.
    let title = title.filter(|title| pass.text.get(title.clone()).is_some_and(|title| !title.contains('\n')));
    let rest = pass.text.get(tag.range.end..line.end.max(tag.range.end)).unwrap_or_default();
    pass.open(&prefix, tag.range.clone(), kind, title);
    if !rest.trim().is_empty() {
        pass.edits.replace(tag.range.end, tag.range.end, &format!("\n{prefix}"));
    }
}

/// Removes a tag, with the line where nothing else stands in it.
fn remove(pass: &mut Pass<'_>, lines: &[Line<'_>], tag: &Tag<'_>) {
    let range = tag.range.clone();
    let Some(line) = line_of(lines, tag) else { return };
    let last = lines.get(lines.partition_point(|line| line.next < range.end)).unwrap_or(line);
    let (start, end) = (line.start, last.next);
    let alone = pass.text.get(start..range.start).is_some_and(|before| before.trim().is_empty())
        && pass.text.get(range.end..end).is_some_and(|after| after.trim().is_empty());
    if alone { pass.edits.remove(start, end) } else { pass.edits.remove(range.start, range.end) }
}

fn is_between_backticks(text: &str, tag: &Tag<'_>) -> bool {
    let before = text.get(..tag.range.start).is_some_and(|before| before.trim_end_matches(' ').ends_with('`'));
    before && text.get(tag.range.end..).is_some_and(|after| after.trim_start_matches(' ').starts_with('`'))
}

fn longest_run(code: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for byte in code.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
