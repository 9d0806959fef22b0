//! Which id on a page a link's fragment means.
//!
//! Writers name a heading by its id, by its id in another case, by the heading's own words (Obsidian), or by what
//! another tool makes of them. A fragment means the id it is equal to; else, once both are reduced to letters and
//! digits, the first in reading order that it is equal to, as a browser takes the first of equal ids.
//!
//! A note may have thousands of headings and as many links to them, so a page is indexed once and not searched.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markdown::{Document, slug};
use crate::nearest::NearestNames;

/// The ids of one page by the names that fragments give them.
#[derive(Debug)]
pub struct AnchorIndex<'a> {
    document: &'a Document,
    ids: FxHashSet<&'a str>,
    /// Letters and digits of an id or a heading → the id. Made when a fragment is no id.
    by_letters: OnceLock<FxHashMap<String, &'a str>>,
    /// What a mistyped fragment is compared with: headings, and blocks. Made when one is met.
    headings: OnceLock<NearestNames>,
    blocks: OnceLock<NearestNames>,
}

impl<'a> AnchorIndex<'a> {
    pub fn of(document: &'a Document) -> Self {
        let headings = document.headings.iter().map(|heading| &heading.id);
        let ids = headings.chain(&document.anchors).chain(&document.title_id).map(String::as_str).collect();
        Self { document, ids, by_letters: OnceLock::new(), headings: OnceLock::new(), blocks: OnceLock::new() }
    }

    /// The id that a fragment means, if any.
    pub fn find(&self, fragment: &str) -> Option<&'a str> {
        if let Some(id) = self.ids.get(fragment) {
            return Some(id);
        }
        let wanted = letters(last(fragment));
        let found = self.by_letters.get_or_init(|| by_letters(self.document)).get(&wanted).copied();
        // `#^이름` means a block, and no heading of that name.
        found.filter(|id| !names_block(fragment) || id.starts_with('^'))
    }

    /// The heading or block whose name is nearest to a fragment that means none.
    pub fn nearest(&self, fragment: &str) -> Option<&str> {
        if names_block(fragment) {
            let blocks = || self.document.anchors.iter().filter(|id| id.starts_with('^')).cloned();
            return self.blocks.get_or_init(|| NearestNames::new(blocks())).nearest(last(fragment));
        }
        let headings = || self.document.headings.iter().flat_map(|heading| [heading.id.clone(), heading.title.clone()]);
        self.headings.get_or_init(|| NearestNames::new(headings())).nearest(last(fragment))
    }
}

/// Obsidian names the path of headings: `[[노트#위#아래]]` means the last.
fn last(fragment: &str) -> &str {
    fragment.rsplit('#').next().unwrap_or(fragment)
}

/// Whether a fragment names a block: `^이름`.
pub fn names_block(fragment: &str) -> bool {
    last(fragment).starts_with('^')
}

/// The title stands above all headings; where the other anchors stand among them is not known, so they come last.
fn by_letters(document: &Document) -> FxHashMap<String, &str> {
    let title = document.title_id.iter().map(|id| (letters(id), id));
    let headings =
        document.headings.iter().flat_map(|h| [(letters(&h.title), &h.id), (letters(&h.id), &h.id)].into_iter());
    let anchors = document.anchors.iter().map(|id| (letters(id), id));
    let mut by_letters = FxHashMap::default();
    for (letters, id) in title.chain(headings).chain(anchors) {
        if !letters.is_empty() {
            by_letters.entry(letters).or_insert(id.as_str());
        }
    }
    by_letters
}

fn letters(text: &str) -> String {
    slug(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Input, Options, parse};

    fn find(text: &str, fragment: &str) -> Option<String> {
        let input = Input { text, body_start: 0, path: "메모.md", title: Some("메모"), cover: None, extra: None };
        let document = parse(input, &Options::default());
        AnchorIndex::of(&document).find(fragment).map(str::to_owned)
    }

    #[test]
    fn an_id_comes_before_the_letters_and_the_first_of_equal_letters_wins() {
        let text = "## 로드 밸런서\n## 로드밸런서\n## 로드밸런서!\n## Keep-Alive\n<a id=\"따로\"></a>\n";
        assert_eq!(find(text, "로드밸런서").as_deref(), Some("로드밸런서"), "its id");
        assert_eq!(find(text, "로드밸런서-1").as_deref(), Some("로드밸런서-1"));
        assert_eq!(find(text, "로드_밸런서").as_deref(), Some("로드-밸런서"), "the first");
        assert_eq!(find(text, "keep alive").as_deref(), Some("keep-alive"));
        assert_eq!(find(text, "위#KeepAlive").as_deref(), Some("keep-alive"), "Obsidian's path of headings");
        assert_eq!(find(text, "따로").as_deref(), Some("따로"));
        assert_eq!(find(text, "없음"), None);
        assert_eq!(find(text, "!"), None);
    }
}
