//! Headings and their ids.
//!
//! Ids follow GitHub's rule, because that is what the links inside people's notes were written against: lower case,
//! spaces to hyphens, everything removed but letters, marks, digits, `_` and `-`; Hangul stays. A repeated id gets
//! `-1`, `-2` … in order. Every place that needs an id (page, table of contents, search result, link check) takes it
//! from here. Ids that begin like those of seoga's own elements (`fn:1` of a footnote) are never given to a heading.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A heading outside quotes and lists: it opens a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Whether it stands in tables of contents: `{: .no_toc}` takes it out.
    pub listed: bool,
    /// Where it begins in the file.
    pub start: usize,
}

/// The id of a heading's plain text before numbering: `## 파드(Pod)란?` → `파드pod란`.
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.trim().nfc() {
        if c == ' ' || c == '\u{a0}' {
            out.push('-');
        } else if c.is_alphanumeric() || c == '-' || c == '_' || is_combining_mark(c) {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// What the ids of seoga's own elements on a page begin with. No heading's text comes to such an id.
const OWN_PREFIXES: &[&str] = &["fn:", "fnref:", "seoga:"];

/// Gives each heading, and what else has an id, one that nothing else on the page has.
#[derive(Debug, Default)]
pub struct Slugger {
    /// Every id given so far → the last number tried for it.
    given: FxHashMap<String, usize>,
}

impl Slugger {
    /// The id for a heading. An explicit one (`# 제목 {#id}`) is kept as it is unless it was given before.
    pub fn id(&mut self, title: &str, explicit: Option<&str>) -> String {
        let base = match explicit {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => slug(title),
        };
        // A heading of symbols only still needs an id that a link can name.
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let base = match OWN_PREFIXES.iter().any(|own| base.starts_with(own)) {
            true => format!("note-{base}"),
            false => base,
        };
        let mut id = base.clone();
        while self.given.contains_key(&id) {
            let number = self.given.entry(base.clone()).or_default();
            *number += 1;
            id = format!("{base}-{number}");
        }
        self.given.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn github_rule_with_hangul_kept() {
        assert_eq!(slug("파드(Pod)란?"), "파드pod란");
        assert_eq!(slug("TCP/IP 4계층 & OSI 7계층"), "tcpip-4계층--osi-7계층");
        assert_eq!(slug("`kubectl get` — 목록"), "kubectl-get--목록");
        assert_eq!(slug("snake_case-그대로"), "snake_case-그대로");
        let decomposed: String = "가상 머신".nfd().collect();
        assert_eq!(slug(&decomposed), "가상-머신", "NFD and NFC headings have one id");
    }

    #[test]
    fn repeated_headings_are_numbered_without_collision() {
        let mut slugger = Slugger::default();
        let ids: Vec<_> = ["예시", "예시", "예시-1", "예시", "🙂"].iter().map(|t| slugger.id(t, None)).collect();
        assert_eq!(ids, ["예시", "예시-1", "예시-1-1", "예시-2", "section"]);
        assert_eq!(slugger.id("각주", Some("fn:1")), "note-fn:1");
    }
}
