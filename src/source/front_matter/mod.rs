//! Front matter: what a note says about itself before it begins.
//!
//! In: a note's decoded text. Out: the values, in the order written, and where the body starts. Four notations are
//! read: YAML or one JSON object between `---` lines (`...` may close), TOML between `+++` lines, and a bare JSON object
//! as Hugo has it. It must begin on the first line, as in Jekyll and Obsidian; what was meant for front matter and
//! stands elsewhere is another matter ([`misplaced`]).
//!
//! Two decisions shaped this. Front matter that its parser rejects is read again key by key ([`recover`]), so that one
//! unquoted colon does not take the title, the tags and above all `private: true` with it: what a writer marked private
//! must stay private however badly the rest is written. And a `---` at the top is front matter only when what follows
//! reads like it; otherwise it is the thematic break that CommonMark sees, and stays in the body.

mod cause;
mod json;
pub mod lines;
mod misplaced;
mod reason;
mod recover;
mod toml_format;
pub mod yaml;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Position};
use crate::source::metadata;
use crate::text;

/// Longer front matter is no front matter a person wrote; it is read key by key, so that no single value costs much.
const LONGEST: usize = yaml::LONGEST;

/// What was read.
#[derive(Debug, Default)]
pub struct FrontMatter {
    pub values: Map<String, Value>,
    /// Values of keys that were written again further down.
    pub displaced: Vec<(String, Value)>,
    /// Keys whose values could not be read and stand in `values` as the raw text. They have been reported.
    pub raw_keys: Vec<String>,
    /// Byte offset of the body in the text.
    pub body_start: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Front matter that was marked out but not yet read.
struct Fenced<'a> {
    inner: &'a str,
    /// Line on which `inner` begins, from 1.
    first_line: usize,
    body_start: usize,
}

/// Reads the front matter of a note. The path is for diagnostics.
pub fn read(text: &str, path: &str) -> FrontMatter {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let found = match first {
        "---" => match fenced(text, &["---", "..."]) {
            Some(fenced) => between_dashes(text, &fenced, path),
            None => return misplaced::unclosed(text, first, path),
        },
        "+++" => match fenced(text, &["+++"]) {
            Some(fenced) => toml_format::read(text, &fenced, path),
            None => return misplaced::unclosed(text, first, path),
        },
        _ if first.starts_with('{') => json::read(text, path),
        _ => FrontMatter::default(),
    };
    if found.body_start > 0 { found } else { misplaced::at_head(text, path) }
}

impl Fenced<'_> {
    /// A position inside `inner` as a position in the file.
    fn in_file(&self, position: Position) -> Position {
        Position { line: position.line + self.first_line - 1, column: position.column }
    }
}

fn fenced<'a>(text: &'a str, closings: &[&str]) -> Option<Fenced<'a>> {
    let start = memchr::memchr(b'\n', text.as_bytes())? + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if closings.contains(&line.trim_end()) {
            return Some(Fenced { inner: text.get(start..at)?, first_line: 2, body_start: at + line.len() });
        }
        at += line.len();
    }
    None
}

fn between_dashes(text: &str, fenced: &Fenced<'_>, path: &str) -> FrontMatter {
    let inner = fenced.inner;
    if !reads_like_front_matter(inner) {
        return FrontMatter::default();
    }
    if inner.len() > LONGEST && inner.trim_start().starts_with('{') {
        // Key by key would miss indented keys, and with them `"private": true`.
        return FrontMatter { body_start: fenced.body_start, ..json::read(inner.trim_start(), path) };
    }
    if inner.len() > LONGEST {
        let mut front_matter = recover::key_by_key(fenced, ':').0;
        front_matter.diagnostics = vec![too_long(path)];
        return front_matter;
    }
    // JSON knows escapes that YAML's reader does not (surrogate pairs, `\/`).
    if inner.trim_start().starts_with('{')
        && let Ok(values) = serde_json::from_str::<Map<String, Value>>(inner)
    {
        return FrontMatter { values, body_start: fenced.body_start, ..FrontMatter::default() };
    }
    match yaml::parse(inner) {
        Ok(mapping) => {
            // A rule, a blank line or a heading, and further down another rule: such a note has prose between them.
            let begins_as_prose =
                inner.lines().next().is_some_and(|line| line.trim().is_empty() || line.starts_with('#'));
            if begins_as_prose
                && !mapping.values.is_empty()
                && !mapping.values.keys().any(|key| metadata::is_known(key))
            {
                return FrontMatter::default();
            }
            // `{draft:true}` is a key without a value to YAML.
            let guards = |key: &String| key.split_once(':').is_some_and(|(key, _)| metadata::guards_privacy(key));
            if mapping.values.keys().any(guards) {
                return FrontMatter::default();
            }
            let diagnostics = duplicates(text, fenced, &mapping, path);
            FrontMatter {
                values: mapping.values,
                displaced: mapping.displaced,
                raw_keys: Vec::new(),
                body_start: fenced.body_start,
                diagnostics,
            }
        }
        Err(fault) => recover::from_yaml(fenced, &fault, path),
    }
}

fn too_long(path: &str) -> Diagnostic {
    let message = text!(
        "front matter가 64 KB보다 길어 짧은 값만 읽었습니다",
        "front matter longer than 64 KB; only its short values were read"
    );
    Diagnostic::warning("front-matter", path, Position::START, message)
        .with_hint(text!("긴 내용은 본문으로 옮기세요", "move long content into the body"))
}

/// Whether the text between two `---` lines begins like YAML or JSON rather than like prose.
fn reads_like_front_matter(inner: &str) -> bool {
    let mut lines = inner.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let Some(line) = lines.next() else {
        // Nothing, or comments. Obsidian leaves an empty pair of fences behind; headings are prose.
        return inner.lines().all(|line| line.trim().is_empty());
    };
    let unindented = line.trim_start();
    unindented.starts_with('{') || lines::key_of_line(unindented, ':').is_some()
}

fn duplicates(text: &str, fenced: &Fenced<'_>, mapping: &yaml::Mapping, path: &str) -> Vec<Diagnostic> {
    let blocks = if mapping.displaced.is_empty() { Vec::new() } else { lines::blocks(fenced.inner, ':') };
    let mut keys: Vec<&String> = mapping.displaced.iter().map(|(key, _)| key).collect();
    keys.dedup();
    let mut diagnostics = Vec::new();
    // A few are as good as all.
    for key in keys.into_iter().take(10) {
        let head = text.get(..fenced.body_start).unwrap_or_default();
        let first = lines::position_of(head, key).line;
        let last = blocks
            .iter()
            .rev()
            .find(|block| {
                fenced.inner.get(block.key.clone()).is_some_and(|found| found.trim_matches(['"', '\'']) == key)
            })
            .map_or(Position::START, |block| fenced.in_file(Position::of(fenced.inner, block.key.start)));
        diagnostics.push(
            Diagnostic::warning(
                "front-matter",
                path,
                last,
                text!(
                    "`{key}` 키가 두 번 나옵니다(처음은 {first}번째 줄). 나중 값을 썼습니다",
                    "`{key}` is written twice (first on line {first}); the later value was used"
                ),
            )
            .with_hint(text!("하나만 남기세요", "keep one of them")),
        );
    }
    diagnostics
}

/// A number or a boolean as the writer wrote it: `1.10` is the number 1.1, but the title "1.10".
pub fn as_written<'a>(front_matter: &'a str, key: &str, value: &Value) -> Cow<'a, str> {
    let same = |word: &str| match value {
        Value::Bool(value) => word.eq_ignore_ascii_case(if *value { "true" } else { "false" }),
        Value::Number(number) => number.as_f64().is_some_and(|number| word.parse() == Ok(number)),
        _ => false,
    };
    let start = lines::position_of(front_matter, key).line - 1;
    front_matter
        .lines()
        .skip(start)
        .flat_map(|line| line.split([' ', ',', '[', ']', '{', '}', ':', '=', '\t']))
        .find(|word| same(word))
        .map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed)
}

#[cfg(test)]
mod tests;
