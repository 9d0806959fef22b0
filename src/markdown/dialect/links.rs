//! Links and images whose address CommonMark does not read.
//!
//! An address with a space in it, or with brackets that do not pair off, makes CommonMark print the link as it was
//! typed; writers do not count brackets. Such an address is put between `<` and `>`, but only what looks like one: a
//! scheme, a path, `#`, or the ending of a file. `배열[i](첫 번째 값)` is a remark. Three more spellings: the size behind
//! an image's address (`=300x200`), a link in the place of an address, and `[[글]](주소)`, whose text has brackets of its
//! own and which is no wikilink.

use super::Pass;
use super::lines::LineStarts;
use super::prose::prose_by_block;

/// How far an address is looked for; none is longer, and a line may be.
const LONGEST: usize = 1000;

/// Endings by which a path is known for one.
const ENDINGS: [&str; 16] = [
    "md", "markdown", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "txt", "zip", "mp4", "mp3",
    "ipynb",
];

pub fn read(pass: &mut Pass<'_>) {
    let text = pass.text;
    let lines = LineStarts::of(text);
    let mut done = 0;
    for block in prose_by_block(text) {
        // Where the open brackets of the block stand.
        let mut open: Vec<usize> = Vec::new();
        // Of the pair that was closed last: where.
        let mut closed: Option<(usize, usize)> = None;
        let brackets = block.iter().flat_map(|range| {
            let source = text.get(range.clone()).unwrap_or_default();
            memchr::memchr2_iter(b'[', b']', source.as_bytes()).map(|at| range.start + at)
        });
        for at in brackets {
            let escaped = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            if escaped {
                continue;
            }
            if text.as_bytes().get(at) == Some(&b'[') {
                open.push(at);
                continue;
            }
            let inner = closed;
            let Some(begin) = open.pop() else { continue };
            closed = Some((begin, at));
            if text.as_bytes().get(at + 1) != Some(&b'(') || at < done {
                continue;
            }
            let rest = text.get(at + 2..).unwrap_or_default();
            let mut limit = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()).min(LONGEST);
            while !rest.is_char_boundary(limit) {
                limit -= 1;
            }
            let rest = rest.get(..limit).unwrap_or_default();
            let image = begin > 0 && text.as_bytes().get(begin - 1) == Some(&b'!');
            let doubled = inner.filter(|inner| *inner == (begin + 1, at - 1) && !image && begin >= done);
            let address = Address::of(rest);
            if let Some((first, last)) = doubled {
                let Some(address) = &address else { continue };
                if !is_address(rest.get(address.range.clone()).unwrap_or_default()) {
                    continue;
                }
                pass.edits.replace(first, first, "\\");
                pass.edits.replace(last, last, "\\");
            }
            let Some(address) = address else { continue };
            let place = |at_rest: usize| at + 2 + at_rest;
            match address.repair {
                None => {}
                Some(Repair::Enclose) => {
                    pass.edits.replace(place(address.range.start), place(address.range.start), "<");
                    let written = rest.get(address.range.clone()).unwrap_or_default();
                    if written.starts_with("http") {
                        // Other sites' addresses have no spaces; behind `https://` one is a slip.
                        let host = written.find("//").map_or(0, |slashes| slashes + 2);
                        for (offset, _) in written.match_indices(' ') {
                            let at = place(address.range.start + offset);
                            pass.edits.replace(at, at + 1, if offset == host { "" } else { "%20" });
                        }
                    }
                    let close = if address.unclosed { ">)" } else { ">" };
                    pass.edits.replace(place(address.range.end), place(address.range.end), close);
                    done = place(address.range.end);
                }
                Some(Repair::Unwrap { inner }) => {
                    pass.edits.remove(place(address.range.start), place(inner.start));
                    pass.edits.remove(place(inner.end), place(address.range.end));
                    done = place(address.range.end);
                }
                Some(Repair::Size { size }) if image => {
                    // Behind a bar, as Obsidian has it; in a table the bar would end the cell.
                    let line = lines.line(at).start;
                    let bar = if text[line..at].trim_start().starts_with('|') { "\\|" } else { "|" };
                    let written = rest.get(size.clone()).unwrap_or_default().trim_start_matches([' ', '=']);
                    pass.edits.replace(at, at, &format!("{bar}{}", written.trim_end_matches('x')));
                    pass.edits.remove(place(size.start), place(size.end));
                    done = place(size.end);
                }
                Some(Repair::Size { .. }) => {}
            }
        }
    }
}

/// What stands in the round brackets of a link.
struct Address {
    /// Without title.
    range: std::ops::Range<usize>,
    /// `None` where CommonMark reads it by itself.
    repair: Option<Repair>,
    /// The address has the bracket that should end the link.
    unclosed: bool,
}

enum Repair {
    /// `<…>`
    Enclose,
    /// `([글](주소))`
    Unwrap { inner: std::ops::Range<usize> },
    /// `(a.png =300x200)`: where the size stands, its blank included.
    Size { size: std::ops::Range<usize> },
}

impl Address {
    /// `rest` follows the bracket that opens.
    fn of(rest: &str) -> Option<Self> {
        let start = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[start..].starts_with('<') {
            return None;
        }
        if let Some(inside) = rest[start..].strip_prefix("![").or_else(|| rest[start..].strip_prefix('[')) {
            let middle = rest.find("](")? + 2;
            let end = middle + closing(&rest[middle..])?;
            let simple = !inside.get(..inside.find("](")?)?.contains(['[', ']']);
            // The bracket of an image in an image's place may be the only one.
            let closed = rest[end + 1..].starts_with(')');
            let unwrapped = simple && (closed || rest[start..].starts_with('!'));
            let repair = Some(Repair::Unwrap { inner: middle..end });
            return unwrapped.then_some(Self { range: start..end + usize::from(closed), repair, unclosed: false });
        }
        if let Some((range, end)) = plain(rest, start) {
            let address = rest.get(range.clone())?;
            // `(노트 1)소개.md)`: the bracket was the name's.
            let behind = rest.get(end + 1..)?;
            let more = behind.find([')', ' ', '\t', '[', ']', '(']).filter(|at| behind[*at..].starts_with(')'));
            if let Some(more) = more
                && !ends_in_file(address)
                && range.end == end
                && ends_in_file(&behind[..more])
                && !behind.starts_with('.')
            {
                let range = start..end + 1 + more;
                return Some(Self { range, repair: Some(Repair::Enclose), unclosed: false });
            }
            return Some(Self { range, repair: None, unclosed: false });
        }
        if let Some(end) = closing(rest).filter(|end| !rest[..*end].contains("](")) {
            let inside = rest.get(..end)?;
            if let Some((address, size)) = inside.rsplit_once(" =")
                && size.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height))
                && size.len() > 1
            {
                let size = address.len()..end;
                return Some(Self {
                    range: start..address.len(),
                    repair: Some(Repair::Size { size }),
                    unclosed: false,
                });
            }
            let address = without_title(inside).trim_end();
            let usable = is_address(address.get(start..)?) && !address.contains(['<', '>']);
            let range = start..address.len();
            return usable.then_some(Self { range, repair: Some(Repair::Enclose), unclosed: false });
        }
        // A bracket too few.
        let end = rest.find(')')?;
        let address = rest.get(start..end)?;
        if address.contains([' ', '\t', '<', '>']) || !is_address(address) {
            return None;
        }
        let unclosed = !ends_in_file(address);
        let range = start..end + usize::from(unclosed);
        Some(Self { range, repair: Some(Repair::Enclose), unclosed })
    }
}

/// An address that CommonMark reads, and where its bracket closes.
fn plain(rest: &str, start: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (start, 0usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b' ' | b'\t' => break,
            _ => {}
        }
        at += 1;
    }
    let behind = rest.get(at..)?;
    if depth > 0 {
        return None;
    }
    if behind.starts_with(')') {
        return Some((start..at, at));
    }
    let title = behind.trim_start_matches([' ', '\t']);
    let quote = title.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '('))?;
    let close = if quote == '(' { ')' } else { quote };
    let end = title.get(1..)?.find(close)? + 2;
    let after = title.get(end..)?.trim_start_matches([' ', '\t']);
    after.starts_with(')').then_some((start..at, rest.len() - after.len()))
}

/// Where the bracket closes that opened before `rest`.
fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `주소 "제목"` without the title.
fn without_title(inside: &str) -> &str {
    let trimmed = inside.trim_end();
    let titled = trimmed.strip_suffix('"').and_then(|rest| rest.rsplit_once(" \""));
    titled.map_or(inside, |(address, _)| address)
}

fn is_address(text: &str) -> bool {
    let word = |rest: &str| rest.starts_with(|c: char| !c.is_whitespace());
    text.starts_with("https://")
        || text.starts_with("http://")
        || ["./", "../", "/", "#"].iter().any(|start| text.strip_prefix(start).is_some_and(word))
        || ends_in_file(text)
}

fn ends_in_file(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
