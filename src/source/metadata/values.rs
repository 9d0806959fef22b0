//! Values of front matter, read for what the writer meant by them.
//!
//! Tolerant of types: a title may be a number, tags may be one string. `None` says that the value has no such meaning;
//! an empty value (null, an empty string or list) is nobody's fault and is sorted out by [`is_empty`] before.

use rustc_hash::FxHashSet;
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

/// Levels of a nested tag that count: each level is a tag with a page of its own, so that one long tag could make
/// thousands.
pub const MOST_LEVELS: usize = 8;
/// Characters of a tag that count.
pub const LONGEST_TAG: usize = 120;
/// Tags of one note that count.
pub const MOST_TAGS: usize = 100;

/// Tags, and which limits they went over.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tags {
    pub tags: Vec<String>,
    /// The first tag that was cut, for it had too many levels or characters.
    pub cut: Option<String>,
    /// How many were left out because there were too many.
    pub left_out: usize,
}

/// `#네트워크/` → `네트워크`; the same tag twice, whatever its case, once.
pub fn tags(items: Vec<String>) -> Tags {
    let mut keys = FxHashSet::default();
    let mut tags = Tags::default();
    for item in items {
        let whole = item.trim_start_matches('#').trim_matches(slash_or_space);
        let tag = cut(whole);
        let key = name_key(tag);
        if key.is_empty() || !keys.insert(key) {
            continue;
        }
        if tags.tags.len() == MOST_TAGS {
            tags.left_out += 1;
            continue;
        }
        if tag != whole && tags.cut.is_none() {
            tags.cut = Some(tag.to_owned());
        }
        tags.tags.push(tag.to_owned());
    }
    tags
}

/// As much of a tag as counts.
fn cut(tag: &str) -> &str {
    let end = tag.char_indices().nth(LONGEST_TAG).map_or(tag.len(), |(at, _)| at);
    let end = tag.match_indices('/').nth(MOST_LEVELS - 1).map_or(end, |(at, _)| at.min(end));
    tag.get(..end).unwrap_or(tag).trim_end_matches(slash_or_space)
}

fn slash_or_space(c: char) -> bool {
    c == '/' || c.is_whitespace()
}

/// A single word, in lower case.
pub fn word(value: &Value) -> Option<String> {
    value.as_str().map(|text| text.trim().to_lowercase())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_without_end_are_cut() {
        let of = |items: &[&str]| tags(items.iter().map(|item| (*item).to_owned()).collect());
        assert_eq!(of(&["#네트워크/", "Kafka", "kafka"]).tags, ["네트워크", "Kafka"]);
        let deep = of(&["a/b/c/d/e/f/g/h", "a/b/c/d/e/f/g/h/i", &"x/".repeat(1500)]);
        assert_eq!(deep.tags, ["a/b/c/d/e/f/g/h", "x/x/x/x/x/x/x/x"]);
        assert_eq!(deep.cut.as_deref(), Some("x/x/x/x/x/x/x/x"));
        assert_eq!(of(&[&"가".repeat(500)]).tags, ["가".repeat(120)]);
        let many = tags((0..3000).map(|n| format!("태그 {}", n % 1500)).collect());
        assert_eq!((many.tags.len(), many.cut), (100, None));
        assert_eq!(many.left_out, 1400);
    }
}
