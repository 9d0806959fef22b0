//! Values of front matter, read for what the writer meant by them.
//!
//! Tolerant of types: a title may be a number, tags may be one string. `None` says that the value has no such meaning;
//! an empty value (null, an empty string or list) is nobody's fault and is sorted out by [`is_empty`] before.

use serde_json::Value;

use crate::source::date::{Date, Reading};
use crate::source::names::name_key;

pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A line of text. An object is read by its `name` or the like.
pub fn line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(items) => {
            let lines: Option<Vec<String>> = items.iter().filter(|item| !is_empty(item)).map(line).collect();
            lines.map(|lines| lines.join(", "))
        }
        Value::Object(map) => {
            let named = |name: &&str| map.get(*name).filter(|value| value.is_string()).and_then(line);
            ["name", "title", "label", "src", "path", "url", "image", "feature", "teaser"].iter().find_map(named)
        }
        Value::Null => None,
    }
}

/// Text on one line with single spaces, as a title or a description is shown.
pub fn one_line(text: &str) -> String {
    let trimmed = text.trim();
    if !trimmed.contains(['\n', '\t', '\u{a0}']) && !trimmed.contains("  ") {
        return trimmed.to_owned();
    }
    let words: Vec<&str> = trimmed.split_whitespace().collect();
    words.join(" ")
}

/// How one string holds several items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `로드 밸런서, LB`
    Comma,
    /// `study jwp`, unless there is a comma.
    CommaOrSpace,
}

/// A list: of strings, nested, one string with separators. `None` when it holds objects without a name.
pub fn list(value: &Value, separator: Separator) -> Option<Vec<String>> {
    let mut items = Vec::new();
    collect(value, separator, &mut items)?;
    Some(items)
}

fn collect(value: &Value, separator: Separator, items: &mut Vec<String>) -> Option<()> {
    match value {
        Value::Null => {}
        Value::Array(inner) => {
            for item in inner {
                // Inside a list a space belongs to the item: `- 운영 체제`.
                collect(item, Separator::Comma, items)?;
            }
        }
        Value::String(text) => {
            let parts: Vec<&str> = if separator == Separator::Comma || text.contains(',') {
                text.split(',').collect()
            } else {
                text.split_whitespace().collect()
            };
            items.extend(parts.into_iter().map(one_line).filter(|item| !item.is_empty()));
        }
        other => items.push(line(other)?),
    }
    Some(())
}

/// `#네트워크/` → `네트워크`; the same tag twice, whatever its case, once.
pub fn tags(items: Vec<String>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    for item in items {
        let tag = item.trim_start_matches('#').trim_matches(|c: char| c == '/' || c.is_whitespace());
        let key = name_key(tag);
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Yes or no, in the words people use.
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_f64().filter(|number| *number == 0.0 || *number == 1.0).map(|n| n == 1.0),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" | "y" | "t" | "예" | "네" => Some(true),
            "false" | "no" | "off" | "0" | "n" | "f" | "아니오" | "아니요" => Some(false),
            _ => None,
        },
        Value::Array(items) => match items.as_slice() {
            [item] => flag(item),
            _ => None,
        },
        Value::Null | Value::Object(_) => None,
    }
}

pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

pub fn date(value: &Value) -> Reading {
    match value {
        Value::Number(number) => {
            number.as_i64().and_then(Date::from_number).map_or(Reading::Unreadable, Reading::Whole)
        }
        Value::String(text) => Date::read(text),
        Value::Array(items) => items.first().map_or(Reading::Unreadable, date),
        _ => Reading::Unreadable,
    }
}
