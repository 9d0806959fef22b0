//! What was meant for front matter and is none: without its first or last line, below a blank line, in broken JSON.
//!
//! Such text is the body's, as it is for Jekyll and Obsidian, and the writer is told. Only what keeps a note off the
//! site counts all the same: `draft: true` at the head of a note can have been meant in no other way, and a note that
//! was published by mistake cannot be taken back.

use serde_json::{Map, Value};

use super::{Fenced, FrontMatter, LONGEST, lines, recover};
use crate::diagnostics::{Diagnostic, Position};
use crate::language::Text;
use crate::source::metadata::{self, Withheld};
use crate::text;

/// An opening line that nothing closes is a thematic break; a warning when a key follows it, because then the writer
/// meant front matter.
pub(super) fn unclosed(text: &str, fence: &str, path: &str) -> FrontMatter {
    let message = text!(
        "`{fence}`로 연 front matter가 닫히지 않아 본문으로 읽었습니다",
        "front matter opened by `{fence}` is never closed, so it was read as body text"
    );
    let hint =
        text!("front matter가 끝나는 곳에 `{fence}` 줄을 넣으세요", "put a line `{fence}` where the front matter ends");
    below(text, 1, fence, path, message, hint)
}

/// No front matter was found between fences or instead of them: what stands at the head of the note?
pub(super) fn at_head(text: &str, path: &str) -> FrontMatter {
    let blank = text.lines().take_while(|line| line.trim().is_empty()).count();
    let Some(first) = text.lines().nth(blank).map(str::trim_end) else { return FrontMatter::default() };
    if blank > 0 && matches!(first, "---" | "+++") {
        return late(text, blank, first, path);
    }
    let (message, hint) = if first.starts_with('{') {
        (
            text!(
                "JSON front matter를 읽지 못해 본문으로 읽었습니다",
                "front matter that is not JSON was read as body text"
            ),
            text!("쉼표와 따옴표, 괄호를 살펴보세요", "check commas, quotation marks and braces"),
        )
    } else if is_rule(first) {
        let shown = first.trim();
        (
            text!(
                "`{shown}`(으)로 연 것은 front matter로 읽히지 않아 본문으로 읽었습니다",
                "what `{shown}` opens does not read as front matter and was read as body text"
            ),
            text!(
                "첫 줄과 끝 줄을 `---`로 하고 그 사이에 `키: 값` 줄만 두세요",
                "begin and end with a line `---`, with nothing but `key: value` lines between"
            ),
        )
    } else if lines::key_of_line(first, ':').is_some() {
        (
            text!(
                "front matter를 여는 `---` 줄이 없어 본문으로 읽었습니다",
                "front matter without an opening line `---` was read as body text"
            ),
            text!("`---` 줄을 front matter의 앞과 뒤에 넣으세요", "put a line `---` before and after the front matter"),
        )
    } else {
        return FrontMatter::default();
    };
    let head = Head::of(text, blank, first);
    if head.values.is_empty() && !(head.closed && head.known > 1) {
        return FrontMatter::default();
    }
    let position = Position { line: blank + 1, column: 1 };
    meant(head.values, Vec::new(), Diagnostic::warning("front-matter", path, position, message).with_hint(hint))
}

/// Front matter below blank lines.
fn late(text: &str, blank: usize, fence: &str, path: &str) -> FrontMatter {
    let message = text!(
        "front matter가 첫 줄에서 시작하지 않아 본문으로 읽었습니다",
        "front matter that does not begin on the first line was read as body text"
    );
    let hint = text!("`{fence}` 앞의 빈 줄을 지우세요", "delete the blank lines before `{fence}`");
    below(text, blank + 1, fence, path, message, hint)
}

/// Keys below an opening line, the number of which is given.
fn below(text: &str, opening: usize, fence: &str, path: &str, message: Text, hint: Text) -> FrontMatter {
    let sign = if fence == "+++" { '=' } else { ':' };
    let after = text.get(start_of(text, opening)..).unwrap_or_default();
    if lines::key_of_line(after, sign).is_none() {
        return FrontMatter::default();
    }
    let mut end = 0;
    for line in after.split_inclusive('\n').take_while(|line| !line.trim().is_empty() && line.trim_end() != fence) {
        end += line.len();
    }
    let inner = after.get(..after.floor_char_boundary(end.min(LONGEST))).unwrap_or_default();
    let fenced = Fenced { inner, first_line: opening + 1, body_start: 0 };
    let (mut front_matter, _) = recover::key_by_key(&fenced, sign);
    front_matter.values.retain(|key, _| metadata::guards_privacy(key));
    front_matter.displaced.retain(|(key, _)| metadata::guards_privacy(key));
    let position = Position { line: opening, column: 1 };
    let warning = Diagnostic::warning("front-matter", path, position, message).with_hint(hint);
    meant(front_matter.values, front_matter.displaced, warning)
}

/// Front matter of which nothing but its privacy counts; the warning says so.
fn meant(values: Map<String, Value>, displaced: Vec<(String, Value)>, mut warning: Diagnostic) -> FrontMatter {
    add_kept_back(&mut warning.message, values.iter().chain(displaced.iter().map(|(key, value)| (key, value))));
    FrontMatter { values, displaced, diagnostics: vec![warning], ..FrontMatter::default() }
}

/// Adds to a message that the note was kept back, where one of these values does so.
pub(super) fn add_kept_back<'v>(message: &mut Text, values: impl Iterator<Item = (&'v String, &'v Value)>) {
    let mut withheld = values.filter_map(|(key, value)| Some((metadata::withholds(key, value)?, key, value)));
    // Being private is the stronger of the two.
    let first = withheld.next();
    let Some((how, key, value)) = withheld.find(|(how, ..)| *how == Withheld::Private).or(first) else { return };
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (korean, english) = how.words();
    message.korean.push_str(&format!(". `{key}: {value}`에 따라 노트는 {korean} 두었습니다"));
    message.english.push_str(&format!("; as `{key}: {value}` says, the note was kept back {english}"));
}

/// The lines at the head of a note that look like front matter.
struct Head {
    /// What plainly decides whether the note is published.
    values: Map<String, Value>,
    /// How many keys seoga knows.
    known: usize,
    /// Whether a fence follows.
    closed: bool,
}

impl Head {
    /// The lines from the first that is not blank to a blank one or a fence.
    fn of(text: &str, blank: usize, first: &str) -> Self {
        let from = if is_rule(first) { blank + 1 } else { blank };
        let head = text.get(start_of(text, from)..).unwrap_or_default();
        let mut found = Self { values: Map::new(), known: 0, closed: false };
        for line in head.get(..head.floor_char_boundary(LONGEST)).unwrap_or_default().lines() {
            found.closed = is_rule(line);
            if found.closed || line.trim().is_empty() {
                break;
            }
            let key = lines::key_of_line(line, ':').and_then(|(key, _)| line.get(key));
            found.known += usize::from(key.is_some_and(|key| metadata::is_known(key.trim_matches(['"', '\'']))));
            let flow = [first, line].iter().any(|line| line.trim_start().starts_with('{'));
            let parts = if flow { line.split(',').collect() } else { vec![line] };
            for (key, value) in parts.into_iter().filter_map(plain) {
                // Said both ways, it is kept back.
                if found.values.get(&key).is_none_or(|earlier| metadata::withholds(&key, earlier).is_none()) {
                    found.values.insert(key, value);
                }
            }
        }
        found
    }
}

/// A line that says of a key which guards privacy nothing but yes or no, in whatever notation.
fn plain(line: &str) -> Option<(String, Value)> {
    let line = line.trim().trim_matches(['{', '}', ',']).trim();
    let (key, value) = line.split_once([':', '=', '：'])?;
    let key = key.trim().trim_matches(['"', '\'']);
    let value = value.split(" #").next()?.trim().trim_matches(['"', '\'']);
    let value = Value::String(value.to_owned());
    (metadata::guards_privacy(key) && metadata::is_flag(&value)).then(|| (key.to_owned(), value))
}

/// A line of dashes as a fence is written, also by editors that make dashes longer (`—-`).
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let dashes: usize = line.chars().map(|c| if matches!(c, '—' | '–') { 2 } else { 1 }).sum();
    line == "..." || line == "+++" || (dashes > 1 && line.chars().all(|c| matches!(c, '-' | '—' | '–')))
}

/// Where a line begins, counted from 0.
fn start_of(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}
