//! Links in front matter: `up: "[[네트워크]]"`, `참고: ["[[파드]]", "[글](노드.md)"]`.
//!
//! Obsidian's properties are links like any other, so that they resolve, are reported when they lead nowhere, and are
//! backlinks where they lead. Only keys that mean nothing to seoga itself are looked at.

use serde_json::{Map, Value};

use super::{Reference, ReferenceKind};

/// Lists in lists are looked into this far.
const DEEPEST: usize = 4;

/// A key of the front matter whose value holds links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    pub key: String,
    /// Indexes into the note's references.
    pub references: Vec<usize>,
}

/// The links in the values of front matter, by key. `head` is the note's text up to its body.
pub fn find(values: &Map<String, Value>, head: &str) -> Vec<(String, Vec<Reference>)> {
    let found = values.iter().filter_map(|(key, value)| {
        let mut links = Links { head, from: beginning_of(key, head), found: Vec::new() };
        links.in_value(value, 0);
        (!links.found.is_empty()).then(|| (key.clone(), links.found))
    });
    found.collect()
}

/// Where a key begins a line of the head; 0 where it stands otherwise.
fn beginning_of(key: &str, head: &str) -> usize {
    let lines = head.match_indices(key).map(|(at, _)| at);
    let begins =
        |at: &usize| head.get(..*at).is_some_and(|before| before.trim_end_matches([' ', '"', '\'']).ends_with('\n'));
    let ends = |at: &usize| {
        let behind = head.get(at + key.len()..).unwrap_or_default();
        behind.trim_start_matches(['"', '\'', ' ']).starts_with([':', '='])
    };
    lines.filter(begins).find(ends).unwrap_or_default()
}

struct Links<'a> {
    head: &'a str,
    /// The links before this place in the head were found.
    from: usize,
    found: Vec<Reference>,
}

impl Links<'_> {
    fn in_value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::String(text) => self.in_text(text),
            // `up: [[네트워크]]` without quotes is a list in a list to YAML, and a link to its writer.
            Value::Array(items)
                if let Some(target) = unquoted(items)
                    && self.head.contains(&format!("[[{target}]]")) =>
            {
                self.wikilink(target);
            }
            Value::Array(items) if depth < DEEPEST => {
                for item in items {
                    self.in_value(item, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn in_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(open) = rest.find('[') {
            let at = rest.get(open..).unwrap_or_default();
            if let Some((inside, behind)) = at.strip_prefix("[[").and_then(|at| at.split_once("]]")) {
                self.wikilink(inside);
                rest = behind;
            } else if let Some((label, target, behind)) = inline_link(at) {
                self.add(ReferenceKind::Link, target, Some(label), &format!("]({target}"));
                rest = behind;
            } else {
                rest = at.get(1..).unwrap_or_default();
            }
        }
    }

    fn wikilink(&mut self, inside: &str) {
        let (target, label) = match inside.split_once('|') {
            Some((target, label)) => (target.trim_end_matches('\\').trim(), Some(label.trim())),
            None => (inside.trim(), None),
        };
        if !target.is_empty() {
            self.add(ReferenceKind::Wikilink, target, label, &format!("[[{inside}"));
        }
    }

    fn add(&mut self, kind: ReferenceKind, target: &str, label: Option<&str>, written: &str) {
        let behind = self.head.get(self.from..).and_then(|head| head.find(written)).map(|at| at + self.from);
        let start = behind.unwrap_or(self.from);
        self.from = behind.map_or(self.from, |at| at + written.len());
        let span = start..start + if behind.is_some() { written.len() } else { 0 };
        let label = label.filter(|label| !label.is_empty()).map(str::to_owned);
        self.found.push(Reference { kind, target: target.to_owned(), label, span });
    }
}

/// The name in `[[이름]]` that YAML took for a list in a list.
fn unquoted(items: &[Value]) -> Option<&str> {
    let [Value::Array(inner)] = items else { return None };
    let [Value::String(name)] = inner.as_slice() else { return None };
    Some(name)
}

/// `[글](주소)` at the beginning of a text: its label, its target, and what stands behind it.
fn inline_link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (target, behind) = rest.split_once(')')?;
    let is_target = !target.is_empty() && !target.contains(char::is_whitespace);
    (is_target && !label.contains(['[', ']'])).then_some((label, target, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Target, label, and how it is written.
    type Link = (String, Option<String>, String);

    fn found(yaml: &str) -> Vec<(String, Vec<Link>)> {
        let values = crate::source::front_matter::yaml::parse(yaml).unwrap().values;
        let all = find(&values, yaml).into_iter().map(|(key, links)| {
            let link = |link: Reference| (link.target, link.label, yaml[link.span].to_owned());
            (key, links.into_iter().map(link).collect())
        });
        all.collect()
    }

    #[test]
    fn links_stand_in_texts_and_lists() {
        let yaml =
            "up: \"[[네트워크]]\"\n참고: [\"[[파드|작은 파드]]\", \"[글](노드.md) 그리고 [[큐#절]]\"]\n말: 링크 없음\n";
        let link = |target: &str, label: Option<&str>, written: &str| {
            (target.to_owned(), label.map(str::to_owned), written.to_owned())
        };
        assert_eq!(
            found(yaml),
            [
                ("up".to_owned(), vec![link("네트워크", None, "[[네트워크")]),
                (
                    "참고".to_owned(),
                    vec![
                        link("파드", Some("작은 파드"), "[[파드|작은 파드"),
                        link("노드.md", Some("글"), "](노드.md"),
                        link("큐#절", None, "[[큐#절"),
                    ]
                ),
            ]
        );
    }

    #[test]
    fn a_link_without_quotes_is_meant_all_the_same() {
        let found = found("up: [[네트워크]]\n목록: [[가], [나]]\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1[0].0, "네트워크");
    }
}
