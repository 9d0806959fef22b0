//! Hugo's notation: the note begins with a JSON object.
//!
//! A note may also begin with a brace for other reasons, so the object must be whole, stand alone on its lines and hold
//! a key that seoga knows. Where it ends is found without keeping any of it, and an object longer than front matter is
//! keeps its known keys with single values only, so that no length of it costs memory.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{FrontMatter, LONGEST, too_long};
use crate::source::metadata;

/// A longer text in an object that is too long is left out.
const LONGEST_TEXT: usize = 32 << 10;

/// A bare JSON object at the start of a note.
pub(super) fn read(text: &str, path: &str) -> FrontMatter {
    let Some(end) = end(text) else { return FrontMatter::default() };
    let rest = text.get(end..).unwrap_or_default();
    let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let object = text.get(..end).unwrap_or_default();
    if rest.get(..line_end).is_none_or(|line| !line.trim().is_empty()) {
        return FrontMatter::default();
    }
    let body_start = end + line_end;
    let (values, diagnostics) = if object.len() > LONGEST {
        (serde_json::from_str(object).map(|Short(values)| values), vec![too_long(path)])
    } else {
        (serde_json::from_str(object), Vec::new())
    };
    match values {
        Ok(values) if values.keys().any(|key| metadata::is_known(key)) => {
            FrontMatter { values, body_start, diagnostics, ..FrontMatter::default() }
        }
        _ => FrontMatter::default(),
    }
}

/// Where the object ends.
fn end(text: &str) -> Option<usize> {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    documents.next()?.ok()?;
    Some(documents.byte_offset())
}

/// Known keys and their single values. One that decides whether the note is published is kept whatever its value is:
/// as a text that nobody can read for yes or no.
struct Short(Map<String, Value>);

impl<'de> Deserialize<'de> for Short {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members).map(Self)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut values = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let Single(value) = members.next_value()?;
            let value = value.or_else(|| metadata::guards_privacy(&key).then(|| Value::from("…")));
            if let Some(value) = value.filter(|_| metadata::is_known(&key)) {
                values.insert(key, value);
            }
        }
        Ok(values)
    }
}

/// A text, number or flag; `None` for anything else.
struct Single(Option<Value>);

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SingleValue).map(Self)
    }
}

struct SingleValue;

impl<'de> Visitor<'de> for SingleValue {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::from(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Value::from(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text.len() <= LONGEST_TEXT).then(|| Value::from(text)))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_without_end_keeps_its_single_values() {
        let blob = "하".repeat(50_000);
        let text = format!(
            "{{\n\"title\": \"가\", \"blob\": \"{blob}\", \"tags\": [\"{blob}\"],\n\"weight\": 2, \"private\": [1, 2]\n}}\n본문\n"
        );
        let front_matter = read(&text, "메모.md");
        assert_eq!(Value::Object(front_matter.values), json!({"title": "가", "weight": 2, "private": "…"}));
        assert_eq!(text.get(front_matter.body_start..), Some("본문\n"));
        assert_eq!(front_matter.diagnostics.len(), 1);
        let note = crate::source::note_from_bytes("메모.md", "메모.md", text.into_bytes());
        assert_eq!(note.metadata.visibility, crate::source::Visibility::Private);
    }
}
