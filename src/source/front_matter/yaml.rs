//! YAML → JSON values, with a bound on what they may cost.
//!
//! `serde_yaml` already bounds nesting (128 levels) and the number of alias expansions, but not their size: one long
//! string named by an anchor and repeated ten thousand times passes both. Values are therefore built by a visitor of
//! our own that counts what it keeps, and that also notices a key written twice, which `serde_yaml` either refuses
//! (losing the whole front matter) or lets pass in silence.
//!
//! Used for front matter and for `site.yaml`.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::reason;
use crate::diagnostics::Position;
use crate::language::Text;

/// Bytes of text and nodes that one YAML document may hold once its aliases are written out.
const BUDGET: usize = 1 << 20;

/// The longest text that is parsed, in bytes.
pub const LONGEST: usize = 64 << 10;

/// The parser's time grows with the square of the open brackets, so that a kilobyte of them is patience enough. Text
/// that closes brackets inside quotes would deceive a count of those still open; all are counted.
const MOST_BRACKETS: usize = 1_000;

/// A mapping that was read.
#[derive(Debug, Default, PartialEq)]
pub struct Mapping {
    pub values: Map<String, Value>,
    /// Values of top-level keys that were written again further down; `values` has the last one.
    pub displaced: Vec<(String, Value)>,
}

/// Why a text is not a YAML mapping.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// The parser gave up here. Lines and columns count within the text; the reason is the parser's.
    Syntax { position: Position, reason: Text },
    /// It is YAML, but a single value or a list.
    NotMapping,
}

/// Reads a YAML mapping. Nothing but blank lines and comments is an empty mapping.
pub fn parse(text: &str) -> Result<Mapping, Fault> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Mapping::default());
    }
    if text.len() > LONGEST {
        return Err(Fault::Syntax { position: Position::START, reason: reason::yaml("longer than 64 KB") });
    }
    if let Some(bracket) = memchr::memchr2_iter(b'[', b'{', text.as_bytes()).nth(MOST_BRACKETS) {
        return Err(Fault::Syntax { position: Position::of(text, bracket), reason: reason::yaml("too many brackets") });
    }
    let reading = Reading { budget: Cell::new(BUDGET), displaced: RefCell::new(Vec::new()) };
    let seed = Node { reading: &reading, top: true };
    match seed.deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(Value::Object(values)) => Ok(Mapping { values, displaced: reading.displaced.into_inner() }),
        Ok(_) => Err(Fault::NotMapping),
        Err(error) => {
            // The parser ends lines at U+2028 too, editors do not: its count of bytes is what to trust.
            let position = Position::of(text, error.location().map_or(0, |place| place.index()));
            Err(Fault::Syntax { position, reason: reason::yaml(&without_position(&error.to_string())) })
        }
    }
}

/// The parser's message without the `at line 1 column 2` that the diagnostic gives already.
fn without_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

struct Reading {
    budget: Cell<usize>,
    displaced: RefCell<Vec<(String, Value)>>,
}

impl Reading {
    fn spend<E: de::Error>(&self, bytes: usize) -> Result<(), E> {
        // A node costs about as much as 32 bytes of text.
        match self.budget.get().checked_sub(bytes + 32) {
            Some(left) => {
                self.budget.set(left);
                Ok(())
            }
            None => Err(E::custom("too large once its aliases are expanded")),
        }
    }
}

#[derive(Clone, Copy)]
struct Node<'a> {
    reading: &'a Reading,
    top: bool,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a YAML tag")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.reading.spend(0).map(|()| Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.reading.spend(0).map(|()| Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.reading.spend(0).map(|()| Value::from(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_string(value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_string(value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        // JSON has no `.inf` and `.nan`; as text they keep what was meant.
        self.reading.spend(0).map(|()| {
            serde_json::Number::from_f64(value)
                .map_or_else(|| Value::String(value.to_string().to_lowercase()), Value::Number)
        })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.reading.spend(value.len()).map(|()| Value::String(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        self.reading.spend(value.len()).map(|()| Value::String(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.reading.spend(0).map(|()| Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        self.reading.spend(0)?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Node { top: false, ..self })? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        self.reading.spend(0)?;
        let mut values = Map::new();
        while let Some(key) = map.next_key_seed(Key { reading: self.reading })? {
            let value = map.next_value_seed(Node { top: false, ..self })?;
            if let Some(earlier) = values.insert(key.clone(), value)
                && self.top
            {
                self.reading.displaced.borrow_mut().push((key, earlier));
            }
        }
        Ok(Value::Object(values))
    }
}

/// A key: anything that is written in one word, as it reads (`2021:` and `true:` are keys too).
struct Key<'a> {
    reading: &'a Reading,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        match deserializer.deserialize_any(Node { reading: self.reading, top: false })? {
            Value::String(key) => Ok(key),
            Value::Null => Ok("null".to_owned()),
            Value::Bool(key) => Ok(key.to_string()),
            Value::Number(key) => Ok(key.to_string()),
            Value::Array(_) | Value::Object(_) => Err(de::Error::custom("a list or a mapping cannot be a key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(text: &str) -> Value {
        Value::Object(parse(text).unwrap().values)
    }

    #[test]
    fn ordinary_front_matter() {
        assert_eq!(
            values("title: 로드 밸런서\ntags: [네트워크, L4]\nweight: 3\ndraft: false\n빈칸:\n2021: 해"),
            json!({"title": "로드 밸런서", "tags": ["네트워크", "L4"], "weight": 3, "draft": false, "빈칸": null,
                   "2021": "해"})
        );
        assert_eq!(values(""), json!({}));
        assert_eq!(values("# 설명만\n\n"), json!({}));
        assert_eq!(values("x: .inf"), json!({"x": "inf"}));
    }

    #[test]
    fn a_key_written_twice_keeps_the_last_and_remembers_the_first() {
        let mapping = parse("title: 처음\ntitle: 나중\nnested: {a: 1, a: 2}").unwrap();
        assert_eq!(mapping.values["title"], "나중");
        assert_eq!(mapping.displaced, [("title".to_owned(), json!("처음"))]);
    }

    #[test]
    fn faults_have_their_place() {
        let Err(Fault::Syntax { position, reason }) = parse("title: 가\nbad: @나") else { panic!() };
        assert_eq!((position.line, position.column), (2, 6));
        assert!(!reason.english.contains("line"), "{reason:?}");
        assert_eq!(reason.korean, "값을 시작할 수 없는 글자가 있습니다");
        let Err(Fault::Syntax { position, .. }) = parse("제목: 가\u{2028}나\nbad: @나") else { panic!() };
        assert_eq!((position.line, position.column), (2, 1), "an editor has no line end at U+2028");
        assert_eq!(parse("그냥 글"), Err(Fault::NotMapping));
        assert!(matches!(parse("title: {{date}}"), Err(Fault::Syntax { .. })));
        assert!(matches!(parse("title: !중요 제목"), Err(Fault::Syntax { .. })));
    }

    #[test]
    fn alias_bombs_are_refused() {
        let mut laughs = String::from("a0: &a0 [하하, 하하, 하하, 하하, 하하, 하하, 하하, 하하, 하하]\n");
        for level in 1..30 {
            let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
            laughs += &format!("a{level}: &a{level} [{aliases}]\n");
        }
        assert!(matches!(parse(&laughs), Err(Fault::Syntax { .. })));

        let long = format!("a: &a {}\nb: [{}]", "하".repeat(10_000), vec!["*a"; 8_000].join(", "));
        assert!(matches!(parse(&long), Err(Fault::Syntax { .. })));
    }

    #[test]
    fn deep_nesting_is_refused_quickly() {
        for open in ["[", "{", "- ", "? ", "[{"] {
            let deep = format!("a: {}", open.repeat(20_000));
            assert!(parse(&deep).is_err(), "{open}");
            let deep = open.repeat(20_000);
            assert!(parse(&deep).is_err(), "{open}");
        }
    }
}
