//! `{: .class #id width="300"}`, kramdown's attributes, and what else Jekyll's notes write in `{:…}` and `{::…}`.
//!
//! In a line of its own such a list belongs to the block before it, or behind a blank line to the next one; directly
//! behind a picture, link, emphasis or code to that. Behind a heading it is Markdown in another spelling
//! (`## 제목 {#id}`). MkDocs leaves the colon out, so that braces without one count only where nothing but attributes
//! stands in them. What a list says that no page may have is dropped; the braces are never shown.

use super::lines::{Line, LineStarts, is_heading, lines};
use super::prose::prose;
use super::{Attributes, Mark, Pass};
use crate::markdown::attributes::{Word, words};

pub const NEEDS: &[&str] = &["{:", "){", "]{", "`{", "*{", "_{", "~{", "={", ">{"];

/// Longer lists are none, and neither are links so long in front of one.
const LONGEST: usize = 1024;

const EXTENSIONS: [&str; 3] = ["comment", "nomarkdown", "options"];

/// `{::comment}…{:/comment}` and the tags of other extensions, which only speak to kramdown.
pub fn read_extensions(pass: &mut Pass<'_>) {
    let text = pass.text;
    let lines = LineStarts::of(text);
    let mut comment: Option<(usize, usize)> = None;
    for range in prose(text) {
        for at in memchr::memmem::find_iter(text[range.clone()].as_bytes(), "{:") {
            let start = range.start + at;
            let Some(inside) = until_brace(text.get(start..).unwrap_or_default()) else { continue };
            let end = start + inside.len() + 2;
            let inside = &inside[1..];
            let closes = inside.starts_with('/');
            if let Some((open, behind)) = comment {
                if closes {
                    remove(pass, &lines, open, end);
                    comment = None;
                } else if inside.starts_with(':') {
                    // A comment that nothing ends hides nothing.
                    pass.edits.remove(open, behind);
                    comment = None;
                }
                continue;
            }
            match inside.strip_prefix(':') {
                Some("comment") => comment = Some((start, end)),
                Some(name) if EXTENSIONS.iter().any(|extension| name.starts_with(extension)) => {
                    remove(pass, &lines, start, end);
                }
                _ if closes => remove(pass, &lines, start, end),
                _ => {}
            }
        }
    }
    if let Some((open, behind)) = comment {
        pass.edits.remove(open, behind);
    }
}

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    let mut prose = prose(text).into_iter().peekable();
    let mut before: Option<Line<'_>> = None;
    let mut heading: Option<Line<'_>> = None;
    for line in lines(text) {
        let above = before.replace(line);
        // The heading that ended in the line above, if one did.
        let headed = heading.take();
        if line.code {
            continue;
        }
        let inner = line.inner();
        if is_heading(inner) {
            heading = Some(line);
        } else if is_underline(inner) && above.is_some_and(|above| !above.code && !above.is_blank()) {
            heading = above;
        }
        if inner.starts_with("{:")
            && until_brace(inner).is_some_and(|inside| inside.len() + 2 == inner.len())
            && !inner.starts_with("{::")
        {
            let at = line.inner_start();
            let list = &inner[2..inner.len() - 1];
            // A list that others refer to (`{:name: .class}`) says nothing by itself.
            let defines = list.split_once(": ").is_some_and(|(name, _)| is_name(name));
            let Some(attributes) = kramdown(list).or_else(|| defines.then(Attributes::default)) else { continue };
            let follows = above.is_some_and(|above| !above.is_blank() && above.quotes >= line.quotes);
            match headed {
                Some(above) if follows => {
                    // Where the heading is underlined, its text ended a line earlier.
                    pass.edits.replace(above.end, above.end, &in_heading(&attributes));
                    pass.edits.remove(line.start, line.next);
                }
                _ => {
                    let word = pass.mark(Mark::Attributes { attributes, follows });
                    pass.edits.replace(at, line.end, &word);
                }
            }
            continue;
        }
        while prose.next_if(|range| range.end <= line.start).is_some() {}
        let mut at = line.start;
        while let Some(range) = prose.peek() {
            let (from, to) = (range.start.max(at), range.end.min(line.end));
            if from < to {
                inline(pass, &line, from..to);
            }
            if range.end > line.end {
                break;
            }
            at = range.end;
            prose.next();
        }
    }
}

/// Lists behind something in a line.
fn inline(pass: &mut Pass<'_>, line: &Line<'_>, range: std::ops::Range<usize>) {
    let text = pass.text;
    let in_title = is_heading(line.inner());
    if line.inner().starts_with('[') && line.inner().contains("]:") {
        // The address and title that a reference leads to.
        return;
    }
    for brace in memchr::memchr_iter(b'{', &text.as_bytes()[range.clone()]) {
        let at = range.start + brace;
        let mut from = line.start.max(at.saturating_sub(LONGEST));
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = text.get(from..at).unwrap_or_default();
        let colon = text.as_bytes().get(at + 1) == Some(&b':');
        let after = text.get(at..line.end.min(text.ceil_char_boundary(at + LONGEST))).unwrap_or_default();
        let in_link = is_in_address(before) && after.contains(')');
        if before.ends_with('\\') || in_link || !(colon || follows_element(before)) {
            continue;
        }
        let Some(inside) = text.get(at..line.end).and_then(until_brace) else { continue };
        let end = at + inside.len() + 2;
        if let Some(list) = inside.strip_prefix(':') {
            let Some(attributes) = kramdown(list) else { continue };
            if in_title {
                let kept = before.trim_end();
                pass.edits.replace(at - (before.len() - kept.len()), end, &in_heading(&attributes));
            } else {
                let word = pass.mark(Mark::Attributes { attributes, follows: true });
                pass.edits.replace(at, end, &word);
            }
        } else if !in_title {
            let Some(attributes) = strict(inside) else { continue };
            let word = pass.mark(Mark::Attributes { attributes, follows: true });
            pass.edits.replace(at, end, &word);
        }
    }
}

/// Whether a line's text ends with what may have attributes: a link or picture, emphasis, code.
fn follows_element(before: &str) -> bool {
    match before.chars().next_back() {
        Some(')') => before.contains("]("),
        Some(']') => before.contains("]["),
        Some('`' | '*' | '_' | '~' | '=') => true,
        Some('>') => before.contains("<http"),
        _ => false,
    }
}

/// Whether a line's text ends within the round brackets of a link.
fn is_in_address(before: &str) -> bool {
    let Some((_, address)) = before.rsplit_once("](") else { return false };
    let mut depth = 1usize;
    for byte in address.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    true
}

/// Attributes as `## 제목 {#id .class}` has them.
fn in_heading(attributes: &Attributes) -> String {
    let mut parts = Vec::new();
    if !attributes.id.is_empty() {
        parts.push(format!("#{}", attributes.id));
    }
    parts.extend(attributes.class.split(' ').filter(|class| !class.is_empty()).map(|class| format!(".{class}")));
    if parts.is_empty() { String::new() } else { format!(" {{{}}}", parts.join(" ")) }
}

/// What stands in a list behind its colon; `None` where it is no list.
fn kramdown(list: &str) -> Option<Attributes> {
    let words = words(list);
    let known = |word: &Word<'_>| match word.key {
        Some(key) => is_name(key),
        // A bare word refers to a list elsewhere.
        None => !word.quoted && word.value.split(['.', '#']).all(|part| part.is_empty() || is_name(part)),
    };
    let says = |word: &Word<'_>| word.key.is_some() || word.value.starts_with(['.', '#']);
    (words.iter().any(says) && words.iter().all(known)).then(|| Attributes::of(&words))
}

/// A list without a colon: attributes that HTML has, and nothing else.
fn strict(list: &str) -> Option<Attributes> {
    const KEYS: [&str; 14] = [
        "class", "id", "width", "height", "style", "title", "align", "target", "rel", "loading", "alt", "lang", "role",
        "start",
    ];
    let words = words(list);
    let known = |word: &Word<'_>| match word.key {
        Some(key) => KEYS.contains(&key) || key.starts_with("data-"),
        None => word.value.strip_prefix(['.', '#']).is_some_and(|name| name.split('.').all(is_name)),
    };
    (!words.is_empty() && words.iter().all(known)).then(|| Attributes::of(&words))
}

fn is_name(name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    !name.starts_with(':') && !name.ends_with(':') && !name.is_empty() && name.chars().all(part)
}

fn is_underline(text: &str) -> bool {
    !text.is_empty() && (text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-'))
}

/// What stands between the brace that begins a text and the one that ends it, in one line and outside of quotes.
fn until_brace(text: &str) -> Option<&str> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST).skip(1) {
        match (quote, byte) {
            (_, b'\n') => return None,
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => return None,
            (None, b'}') => return text.get(1..at),
            _ => {}
        }
    }
    None
}

/// Removes a part, with the line where nothing else stands in it.
fn remove(pass: &mut Pass<'_>, lines: &LineStarts, start: usize, end: usize) {
    let (line, next) = (lines.line(start).start, lines.line(end).end);
    let alone = pass.text.get(line..start).is_some_and(|before| before.trim().is_empty())
        && pass.text.get(end..next).is_some_and(|after| after.trim().is_empty());
    if alone { pass.edits.remove(line, next) } else { pass.edits.remove(start, end) }
}
