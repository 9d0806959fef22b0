//! TOML front matter between `+++` lines, as Zola and Hugo write it.
//!
//! Becomes the same JSON values as YAML does; TOML's dates become the text they were written as. Zola keeps tags in a
//! table `[taxonomies]`, from where they are lifted to the top.

use serde_json::{Map, Value};
use toml::Value as Toml;

use super::{Fenced, FrontMatter, LONGEST, reason, recover};
use crate::diagnostics::{Diagnostic, Position};
use crate::language::Text;
use crate::text;

pub(super) fn read(text: &str, fenced: &Fenced<'_>, path: &str) -> FrontMatter {
    if text.get(..fenced.body_start).is_none_or(|head| head.len() <= LONGEST)
        && let Ok(values) = parse(fenced.inner)
    {
        return FrontMatter { values: lifted(values), body_start: fenced.body_start, ..FrontMatter::default() };
    }
    // As with `---`, the sign may be a line of prose that another such line happens to follow.
    let (mut front_matter, failure) = recover::key_by_key(fenced, '=');
    if front_matter.values.is_empty() {
        return FrontMatter::default();
    }
    front_matter.values = lifted(front_matter.values);
    let (position, Text { korean, english }) = match failure {
        Some(failure) => (failure.position, failure.reason),
        None => match parse(fenced.inner) {
            Err((position, reason)) => (fenced.in_file(position), reason),
            Ok(_) => (Position::START, reason::yaml("longer than 64 KB")),
        },
    };
    front_matter.diagnostics.push(
        Diagnostic::warning(
            "front-matter",
            path,
            position,
            text!(
                "front matter를 TOML로 읽지 못해 키마다 따로 읽었습니다({korean})",
                "the front matter is not TOML and was read key by key ({english})"
            ),
        )
        .with_hint(text!("글은 큰따옴표로 감싸세요: `title = \"제목\"`", "put text in double quotes: `title = \"…\"`")),
    );
    front_matter
}

/// TOML text → values, or the place and the parser's reason.
pub(super) fn parse(text: &str) -> Result<Map<String, Value>, (Position, Text)> {
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            Err((Position::of(text, at), reason::toml(error.message().lines().next().unwrap_or_default())))
        }
    }
}

fn json(value: Toml) -> Value {
    match value {
        Toml::String(text) => Value::String(text),
        Toml::Integer(number) => Value::from(number),
        Toml::Float(number) => Value::from(number),
        Toml::Boolean(flag) => Value::Bool(flag),
        Toml::Datetime(date) => Value::String(date.to_string()),
        Toml::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        Toml::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}

fn lifted(mut values: Map<String, Value>) -> Map<String, Value> {
    if let Some(Value::Object(taxonomies)) = values.shift_remove("taxonomies") {
        for (key, value) in taxonomies {
            values.entry(key).or_insert(value);
        }
    }
    values
}
