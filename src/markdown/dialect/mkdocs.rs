//! `!!! note "제목"`, `??? tip` and `=== "탭"`: the blocks of MkDocs, whose content is indented by four columns.
//!
//! The content is moved to the left, because it would be code where it stands. What is nested comes to light by that,
//! so the pass is repeated as long as it finds something; one round reads the outermost blocks only.

use std::ops::Range;

use super::lines::{Line, lines};
use super::{BoxKind, Mark, Pass, blank_prefix};
use crate::markdown::callouts;

pub const NEEDS: &[&str] = &["!!!", "???", "=== \"", "===! \"", "===+ \""];

/// How many blocks are read inside each other. Deeper ones are shown as the text they were typed as.
pub const DEEPEST: usize = 12;

/// How far the content is indented.
const INDENT: usize = 4;

/// A block's first line.
enum Opening<'a> {
    Admonition {
        name: &'a str,
        fold: Option<bool>,
        /// Where it stands in the line's text.
        title: Option<Range<usize>>,
    },
    /// Whether it begins a new group of tabs.
    Tab { name: &'a str, new: bool },
}

pub fn read(pass: &mut Pass<'_>) {
    let lines: Vec<Line<'_>> = lines(pass.text).collect();
    let mut index = 0;
    let mut in_tabs = None;
    while let Some(line) = lines.get(index) {
        let place = Place::of(line);
        let first = index + 1;
        index = first;
        let Some(opening) = (!line.code).then(|| opening(line.inner())).flatten() else { continue };
        let end = content_end(&lines, first, place);
        let content = lines.get(first..end).unwrap_or_default();
        let at = line.inner_start();
        let prefix = blank_prefix(pass.text.get(line.start..at).unwrap_or_default());
        let mut after = String::new();
        match opening {
            Opening::Admonition { name, fold, title } => {
                let lower = name.to_lowercase();
                if content.is_empty() && title.is_none() && !callouts::is_known(&lower) {
                    continue;
                }
                let kind = match &title {
                    Some(title) if title.is_empty() => BoxKind::Plain {
                        class: format!("callout callout-{}", callouts::class(&lower)),
                        id: String::new(),
                    },
                    _ => BoxKind::Callout { name: lower, fold },
                };
                let title = title.filter(|title| !title.is_empty()).map(|title| at + title.start..at + title.end);
                pass.open(&prefix, at..line.end, kind, title);
                after = pass.mark(Mark::Close);
            }
            Opening::Tab { name, new } => {
                if content.is_empty() {
                    continue;
                }
                let mut before = String::new();
                if new || in_tabs != Some((first - 1, place)) {
                    before = format!("{}\n{prefix}", pass.mark(Mark::Open { kind: BoxKind::Tabs, titled: false }));
                }
                let tab = BoxKind::Tab { name: name.to_owned() };
                let word = pass.mark(Mark::Open { kind: tab, titled: false });
                pass.edits.replace(at, line.end, &format!("{before}{word}"));
                after.push_str(&pass.mark(Mark::Close));
                let next = (end..lines.len()).find(|next| lines.get(*next).is_some_and(|line| !line.is_blank()));
                in_tabs = next.map(|next| (next, place)).filter(|_| goes_on(&lines, next, place));
                if in_tabs.is_none() {
                    after.push('\n');
                    after.push_str(&prefix);
                    after.push_str(&pass.mark(Mark::Close));
                }
            }
        }
        for line in content.iter().filter(|line| !line.is_blank()) {
            let before = pass.text.get(line.start..line.content).unwrap_or_default();
            let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
            // One blank belongs to the mark of a quote.
            let kept = line.indent - INDENT + usize::from(line.quotes > 0);
            pass.edits.replace(line.content - blanks, line.content, &" ".repeat(kept));
        }
        let last = content.last().unwrap_or(line);
        pass.edits.replace(last.end, last.end, &format!("\n{prefix}{after}"));
        index = end;
    }
}

/// Where a block stands: in how many quotes, at which column.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    quotes: usize,
    column: usize,
}

impl Place {
    fn of(line: &Line<'_>) -> Self {
        Self { quotes: line.quotes, column: line.marker.map_or(line.indent, |marker| marker.column) }
    }
}

/// Where the content that begins at `first` ends; blank lines behind it are no part of it.
fn content_end(lines: &[Line<'_>], first: usize, place: Place) -> usize {
    let mut end = first;
    for (index, line) in lines.iter().enumerate().skip(first) {
        if line.quotes != place.quotes || (!line.is_blank() && line.indent < place.column + INDENT) {
            break;
        }
        if !line.is_blank() {
            end = index + 1;
        }
    }
    end
}

/// Whether the line of this index is another tab of the group.
fn goes_on(lines: &[Line<'_>], next: Option<usize>, place: Place) -> bool {
    next.and_then(|next| lines.get(next).map(|line| (next, line))).is_some_and(|(next, line)| {
        !line.code
            && line.marker.is_none()
            && Place::of(line) == place
            && matches!(opening(line.inner()), Some(Opening::Tab { new: false, .. }))
            && content_end(lines, next + 1, place) > next + 1
    })
}

fn opening(text: &str) -> Option<Opening<'_>> {
    if let Some(rest) = text.strip_prefix("===") {
        let (new, rest) = match rest.strip_prefix(['!', '+']) {
            Some(other) => (rest.starts_with('!'), other),
            None => (false, rest),
        };
        let name = quoted(rest.strip_prefix(' ')?.trim())?;
        return Some(Opening::Tab { name, new });
    }
    let (fold, rest) = match (text.strip_prefix("!!!"), text.strip_prefix("???")) {
        (Some(rest), _) => (None, rest),
        (_, Some(rest)) => (Some(rest.starts_with('+')), rest.strip_prefix('+').unwrap_or(rest)),
        _ => return None,
    };
    let rest = rest.trim();
    let (words, title) = match rest.find('"') {
        Some(at) => {
            let start = text.trim_end().len() - rest.len() + at + 1;
            (rest[..at].trim(), Some(start..start + quoted(&rest[at..])?.len()))
        }
        // `!!! danger 조심`: MkDocs would lose the words, which are no class either.
        None => {
            match rest.find(' ').filter(|at| callouts::is_known(&rest[..*at].to_lowercase()) && !rest[*at..].is_ascii())
            {
                Some(at) => {
                    let title = rest[at..].trim_start();
                    let start = text.trim_end().len() - title.len();
                    (&rest[..at], Some(start..start + title.len()))
                }
                None => (rest, None),
            }
        }
    };
    // `!!! tip inline end`: what follows the type is for a style sheet.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let name = words.split(' ').next().filter(|name| !name.is_empty())?;
    words.chars().all(plain).then_some(Opening::Admonition { name, fold, title })
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}
