//! The ways people ask for a table of contents: `[[toc]]`, `* TOC` with `{:toc}`, `<!-- TOC -->` and others.
//!
//! A request stands in a line of its own. What tools have written between `<!-- TOC -->` and `<!-- /TOC -->` is replaced:
//! it is as old as the last time somebody ran the tool.

use super::lines::{Line, lines};
use super::{Mark, Pass};

pub const NEEDS: &[&str] = &["toc", "TOC", "Toc", "ToC"];

/// Longer lines are no request.
const LONGEST: usize = 160;

pub fn read(pass: &mut Pass<'_>) {
    let lines: Vec<Line<'_>> = lines(pass.text).collect();
    let ends: Vec<usize> = (0..lines.len()).filter(|index| comment_at(&lines, *index) == Some(Comment::End)).collect();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        index += 1;
        if comment_at(&lines, index - 1) == Some(Comment::Start) {
            let end =
                ends.get(ends.partition_point(|end| *end < index)).and_then(|end| lines.get(*end).zip(Some(*end)));
            let last = end.map_or(line, |(last, _)| last);
            let word = pass.mark(Mark::Contents);
            pass.edits.replace(line.content, last.end, &word);
            index = end.map_or(index, |(_, end)| end + 1);
            continue;
        }
        if line.code {
            continue;
        }
        if is_kramdown(line.inner()) {
            // The list that the table takes the place of: in the lines before it, or behind it.
            let seeds = |index: usize| {
                let seed = lines.get(index)?;
                (!seed.code && seed.marker.is_some() && seed.quotes == line.quotes).then_some(seed)
            };
            let above = index.checked_sub(2).and_then(seeds);
            let two_above = index.checked_sub(3).filter(|above| lines.get(above + 1).is_some_and(Line::is_blank));
            let seed = above.or_else(|| two_above.and_then(seeds).filter(|seed| names_contents(seed)));
            if let Some(seed) = seed {
                let mut first = seed;
                // All items, back to the first.
                let mut before = lines.partition_point(|line| line.start < seed.start);
                while let Some(item) = before.checked_sub(1).and_then(seeds) {
                    first = item;
                    before -= 1;
                }
                pass.edits.remove(first.start, seed.next);
            }
            let word = pass.mark(Mark::Contents);
            let mut end = line.end;
            if seed.is_none()
                && let Some(behind) = seeds(index).filter(|seed| names_contents(seed))
            {
                end = behind.end;
                index += 1;
            }
            pass.edits.replace(line.inner_start(), end, &word);
        } else if is_request(line.inner()) {
            let word = pass.mark(Mark::Contents);
            pass.edits.replace(line.inner_start(), line.end, &word);
        }
    }
}

/// Whether a line is nothing but a request for a table of contents.
fn is_request(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    let text = match lower.split_once("]{") {
        // `[[toc]]{.class}`
        Some((text, attributes)) if attributes.ends_with('}') => format!("{text}]"),
        _ => lower,
    };
    let request = text.strip_prefix("@[toc]").is_some_and(|rest| {
        // `@[toc](제목)`
        rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'))
    });
    let shortcode = text
        .strip_prefix("{{<")
        .and_then(|rest| rest.strip_suffix(">}}"))
        .or_else(|| text.strip_prefix("{{%").and_then(|rest| rest.strip_suffix("%}}")))
        .or_else(|| text.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}")));
    request
        || shortcode.is_some_and(|name| name.trim().trim_end_matches('/').trim_end() == "toc")
        || matches!(
            text.as_str(),
            "[[toc]]" | "[toc]" | "[[_toc_]]" | "[_toc_]" | "${toc}" | "{toc}" | "{{toc}}" | "{{ toc }}"
        )
}

/// `{:toc}`, with other words of kramdown's or without.
fn is_kramdown(line: &str) -> bool {
    let inside = line.strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')).filter(|_| line.len() <= LONGEST);
    inside.is_some_and(|inside| inside.split_whitespace().any(|word| word.eq_ignore_ascii_case("toc")))
}

/// `* TOC`, `1. 목차`.
fn names_contents(line: &Line<'_>) -> bool {
    let name = line.inner().trim();
    name.eq_ignore_ascii_case("toc") || crate::markdown::contents::is_heading(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comment {
    Start,
    End,
}

/// What a line that is an HTML comment says about a table of contents.
fn comment_at(lines: &[Line<'_>], index: usize) -> Option<Comment> {
    let line = lines.get(index).filter(|line| line.html && line.text.starts_with("<!--"))?;
    let inside = line.text.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if inside.len() > LONGEST {
        return None;
    }
    let lower = inside.to_ascii_lowercase();
    let ends = ["/toc", "tocstop", "toc stop", "toc end", "toc:end", "end toc", "end doctoc", "/markdowntoc"];
    if ends.iter().any(|end| lower.starts_with(end)) {
        return Some(Comment::End);
    }
    let starts = lower == "toc"
        || ["toc ", "toc:", "start toc", "start doctoc", "markdowntoc"].iter().any(|start| lower.starts_with(start));
    starts.then_some(Comment::Start)
}
