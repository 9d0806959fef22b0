//! Front matter that its parser rejects, read key by key.
//!
//! Each top-level key with the lines below it is parsed alone. A block that fails on its own keeps its text as the
//! value, so that `title: [Java] 스레드` is still a title. Lines inside a failing block that say `private:` or the like
//! are taken for keys of their own: where it is unclear what a writer meant, the note stays unpublished.

use serde_json::{Map, Value};

use super::yaml::{self, Fault};
use super::{Fenced, FrontMatter, cause, lines, misplaced, reason};
use crate::diagnostics::{Diagnostic, Position};
use crate::language::Text;
use crate::source::metadata;
use crate::text;

/// A longer value of a single key is kept as text without being parsed.
const LONGEST_BLOCK: usize = 32 << 10;

/// The first value that failed: where, and why.
pub(super) struct Failure {
    pub position: Position,
    pub value: String,
    pub reason: Text,
}

/// How many of the failing keys a message names.
const MOST_NAMED: usize = 5;

/// Reads what YAML rejected as a whole; one warning says what was wrong.
pub(super) fn from_yaml(fenced: &Fenced<'_>, fault: &Fault, path: &str) -> FrontMatter {
    let (mut front_matter, failure) = key_by_key(fenced, ':');
    let diagnostic = match (failure, fault) {
        (Some(first), _) => {
            let (why, hint) = cause::of_value(&first.value, &first.reason);
            let (korean, english) = (why.korean, why.english);
            let raw_keys = &front_matter.raw_keys;
            let named: Vec<String> = raw_keys.iter().take(MOST_NAMED).map(|key| format!("`{key}`")).collect();
            let keys = format!("{}{}", named.join(", "), if raw_keys.len() > MOST_NAMED { " …" } else { "" });
            let message = text!(
                "front matter의 {keys} 값을 YAML로 읽지 못해 적힌 그대로 썼습니다: {korean}",
                "the value of {keys} in the front matter is not YAML and was used as written: {english}"
            );
            let mut warning = Diagnostic::warning("front-matter", path, first.position, message).with_hint(hint);
            let raw = front_matter.values.iter().filter(|(key, _)| raw_keys.contains(key));
            misplaced::add_kept_back(&mut warning.message, raw);
            warning
        }
        (None, Fault::Syntax { position, reason: Text { korean, english } }) => {
            let message = text!(
                "front matter를 YAML로 읽지 못해 키마다 따로 읽었습니다({korean})",
                "the front matter is not YAML and was read key by key ({english})"
            );
            Diagnostic::warning("front-matter", path, fenced.in_file(*position), message)
                .with_hint(text!("들여쓰기를 살펴보세요", "check the indentation"))
        }
        (None, Fault::NotMapping) => {
            let message = text!(
                "front matter가 `키: 값` 줄로 되어 있지 않습니다",
                "the front matter is not made of `key: value` lines"
            );
            Diagnostic::warning("front-matter", path, fenced.in_file(Position::START), message)
        }
    };
    front_matter.diagnostics.push(diagnostic);
    front_matter
}

/// Every key's block on its own. Diagnostics are the caller's.
pub(super) fn key_by_key(fenced: &Fenced<'_>, sign: char) -> (FrontMatter, Option<Failure>) {
    let text = fenced.inner;
    let mut front_matter = FrontMatter { body_start: fenced.body_start, ..FrontMatter::default() };
    let mut failure = None;
    let blocks = lines::blocks(text, sign);
    // Indented lines above the first key belong to none. A line stands before them for the one that holds a key.
    let above = text.get(..blocks.first().map_or(text.len(), |block| block.key.start)).unwrap_or_default();
    for (key, value) in privacy_inside(&format!("\n{above}"), sign) {
        insert(&mut front_matter, key, value);
    }
    for block in blocks {
        let (Some(key), Some(value)) = (text.get(block.key.clone()), text.get(block.value.clone())) else { continue };
        let key = key.trim_matches(['"', '\'']).to_owned();
        let tight = sign == ':' && lines::is_tight(value);
        let parsed = match text.get(block.range()) {
            Some(block) if block.len() > LONGEST_BLOCK => Err((Position::START, reason::yaml("too long"))),
            Some(_) if tight => parse(&format!("{key}: {value}"), sign),
            Some(block) => parse(block, sign),
            None => continue,
        };
        if tight && parsed.is_ok() {
            let position = fenced.in_file(Position::of(text, block.key.start));
            failure.get_or_insert_with(|| Failure { position, value: value.to_owned(), reason: reason::yaml("") });
            front_matter.raw_keys.push(key.clone());
        }
        let value = match parsed {
            Ok(mut values) => values.shift_remove(&key).unwrap_or(Value::Null),
            Err((at, reason)) => {
                failure.get_or_insert_with(|| {
                    let start = Position::of(text, block.key.start);
                    // A bracket that nothing closes is missed only where the value has ended.
                    let past_end = at.line > value.trim_end().lines().count().max(1);
                    let place = match past_end {
                        true => start,
                        false => Position { line: start.line + at.line - 1, column: at.column },
                    };
                    let position = fenced.in_file(place);
                    Failure { position, value: value.to_owned(), reason }
                });
                front_matter.raw_keys.push(key.clone());
                for (key, value) in privacy_inside(value, sign) {
                    insert(&mut front_matter, key, value);
                }
                raw(value)
            }
        };
        insert(&mut front_matter, key, value);
    }
    (front_matter, failure)
}

fn insert(front_matter: &mut FrontMatter, key: String, value: Value) {
    let guards = metadata::guards_privacy(&key);
    match front_matter.values.insert(key.clone(), value) {
        Some(earlier) if guards => front_matter.displaced.push((key, earlier)),
        _ => {}
    }
}

fn parse(block: &str, sign: char) -> Result<Map<String, Value>, (Position, Text)> {
    if sign == '=' {
        return super::toml_format::parse(block);
    }
    match yaml::parse(block) {
        Ok(mapping) => Ok(mapping.values),
        Err(Fault::Syntax { position, reason }) => Err((position, reason)),
        Err(Fault::NotMapping) => Err((Position::START, reason::yaml("not a mapping"))),
    }
}

/// The text of a value that could not be read: a list where every line below the key is an item, else one string.
fn raw(value: &str) -> Value {
    let value = value.trim();
    let items: Vec<&str> = value.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let item = |line: &str| line.strip_prefix("- ").map(|item| Value::String(unquoted(item.trim()).to_owned()));
    match items.iter().map(|line| item(line)).collect::<Option<Vec<Value>>>() {
        Some(items) if !items.is_empty() => Value::Array(items),
        _ => Value::String(unquoted(&items.join(" ")).to_owned()),
    }
}

fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote).filter(|inner| !inner.contains(*quote)))
        .unwrap_or(text)
}

/// Lines of a failing value that look like keys which keep a note off the site.
fn privacy_inside(value: &str, sign: char) -> Vec<(String, Value)> {
    value
        .lines()
        .skip(1)
        .filter_map(|line| {
            let line = line.trim_start();
            let (key, after) = lines::key_of_line(line, sign)?;
            let key = line.get(key)?.trim_matches(['"', '\'']);
            metadata::guards_privacy(key).then(|| (key.to_owned(), raw(line.get(after..).unwrap_or_default())))
        })
        .collect()
}
