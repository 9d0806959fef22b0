//! What a section is in tantivy's terms.
//!
//! | field | indexed | stored |
//! | --- | --- | --- |
//! | `title` `heading` `tags` `text` | terms with frequencies and positions | |
//! | `name` `initials` | keys of the section's own names ([`names`](crate::names)) | |
//! | `tag` `path` | keys for `tag:` and `path:`: tags with those above them, every run of folders | |
//! | `stored_…` | | what a hit shows |

use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::TokenizerManager;

use super::page::{AnalyzedPage, AnalyzedSection};
use super::terms::{TermList, TermTokenizer};
use crate::analysis::Folded;
use crate::names;

const TOKENIZER: &str = "terms";

/// The fields of a section.
#[derive(Debug, Clone)]
pub struct Fields {
    pub title: Field,
    pub heading: Field,
    pub tags: Field,
    pub text: Field,
    pub name: Field,
    pub initials: Field,
    pub tag: Field,
    pub path: Field,
    stored: [Field; 7],
    line: Field,
}

/// A field that readers search.
#[derive(Debug, Clone, Copy)]
pub struct Searched {
    pub field: Field,
    pub name: &'static str,
    /// What a word in it is worth beside one in the text.
    pub weight: f32,
}

/// A section as stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StoredSection {
    pub title: String,
    pub heading: String,
    pub url: String,
    pub anchor: String,
    pub path: String,
    pub text: String,
    pub tags: Vec<String>,
    /// Where the section begins in the note's file, counted from 1; 0 where nobody knows.
    pub line: u64,
}

impl Fields {
    /// The schema and its fields.
    pub fn schema() -> (Schema, Self) {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let terms = TextOptions::default().set_indexing_options(indexing);
        let keys = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let keys = TextOptions::default().set_indexing_options(keys);
        let mut schema = Schema::builder();
        let fields = Self {
            title: schema.add_text_field("title", terms.clone()),
            heading: schema.add_text_field("heading", terms.clone()),
            tags: schema.add_text_field("tags", terms.clone()),
            text: schema.add_text_field("text", terms),
            name: schema.add_text_field("name", keys.clone()),
            initials: schema.add_text_field("initials", keys.clone()),
            tag: schema.add_text_field("tag", keys.clone()),
            path: schema.add_text_field("path", keys),
            line: schema.add_u64_field("stored_line", STORED),
            stored: ["title", "heading", "url", "anchor", "path", "text", "tag"]
                .map(|name| schema.add_text_field(&format!("stored_{name}"), TextOptions::default() | STORED)),
        };
        (schema.build(), fields)
    }

    /// The fields that readers search. A heading names its section, a title only its page; a tag is a choice of the
    /// writer, text is text.
    ///
    /// Measured by `cargo bench --bench search`, success@1 of known items in the sample notes and in two collections that
    /// were used for tuning: 0.964, 0.961, 0.969 as it is; with the heading's weight 2.5 0.956, 0.956, 0.962, with 1
    /// 0.935, 0.943, 0.932; the title's weight 1 instead of 2.5 takes 0.003 of nDCG@10 from judged queries; that of tags
    /// changes hardly anything.
    pub fn searched(&self) -> [Searched; 4] {
        [(self.title, "title", 2.5), (self.heading, "heading", 4.0), (self.tags, "tags", 2.0), (self.text, "text", 1.0)]
            .map(|(field, name, weight)| Searched { field, name, weight })
    }

    /// All fields that have terms.
    pub fn indexed(&self) -> [Field; 8] {
        let Self { title, heading, tags, text, name, initials, tag, path, .. } = *self;
        [title, heading, tags, text, name, initials, tag, path]
    }

    /// The fields of keys.
    pub fn keys(&self) -> [Field; 4] {
        [self.name, self.initials, self.tag, self.path]
    }

    /// Tokenizers for an index of this schema.
    pub fn tokenizers() -> TokenizerManager {
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, TermTokenizer::default());
        // tantivy asks for one of this name for every field that is no text.
        tokenizers.register("default", TermTokenizer::default());
        tokenizers
    }

    pub(super) fn document(&self, page: &AnalyzedPage, section: &AnalyzedSection) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        // What comes before the first heading has the page's title for its heading: whoever types a title wants the top.
        let heading_terms = if section.heading.is_empty() { &page.title_terms } else { &section.heading_terms };
        for (field, terms) in [
            (self.title, &page.title_terms),
            (self.heading, heading_terms),
            (self.tags, &page.tag_terms),
            (self.text, &section.text_terms),
        ] {
            document.add_text(field, terms.encoded());
        }
        let own_names =
            if section.heading.is_empty() { page.names.as_slice() } else { std::slice::from_ref(&section.heading) };
        for (field, keys) in [
            (self.name, keys(own_names.iter().flat_map(|name| names::keys_of_name(name)))),
            (self.initials, keys(own_names.iter().flat_map(|name| names::initials_of_name(name)))),
            (self.tag, keys(page.tags.iter().flat_map(|tag| tag_keys(tag)))),
            (self.path, keys(path_keys(&page.path))),
        ] {
            document.add_text(field, keys.encoded());
        }
        document.add_u64(self.line, section.line);
        let [title, heading, url, anchor, path, text, tag] = self.stored;
        for (field, value) in [
            (title, &page.title),
            (heading, &section.heading),
            (url, &page.url),
            (anchor, &section.anchor),
            (path, &page.path),
            (text, &section.text),
        ] {
            document.add_text(field, value);
        }
        for value in &page.tags {
            document.add_text(tag, value);
        }
        document
    }

    /// What was stored of a section.
    pub fn stored(&self, document: &TantivyDocument) -> StoredSection {
        let [title, heading, url, anchor, path, text, tag] = self.stored;
        let first = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        StoredSection {
            title: first(title),
            heading: first(heading),
            url: first(url),
            anchor: first(anchor),
            path: first(path),
            text: first(text),
            line: document.get_first(self.line).and_then(|value| value.as_u64()).unwrap_or(0),
            tags: document.get_all(tag).filter_map(|value| value.as_str()).map(str::to_owned).collect(),
        }
    }
}

/// Keys as a field's text, each once.
fn keys(keys: impl IntoIterator<Item = String>) -> TermList {
    let mut keys: Vec<String> = keys.into_iter().collect();
    keys.sort_unstable();
    keys.dedup();
    let mut list = TermList::default();
    keys.iter().for_each(|key| list.push(key, 0));
    list
}

/// A tag and those above it: `네트워크/프록시` is also `네트워크`.
fn tag_keys(tag: &str) -> Vec<String> {
    let ends = tag.match_indices('/').map(|(at, _)| at).chain([tag.len()]);
    ends.map(|end| folder_key(&tag[..end])).filter(|key| !key.is_empty()).collect()
}

/// Every run of a path's folders and its file: `a`, `a/b`, `b`, `b/c.md`, `c.md`. A beginning of one finds it.
fn path_keys(path: &str) -> Vec<String> {
    let path = folder_key(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(MOST_FOLDERS).collect();
    (0..parts.len())
        .flat_map(|start| (start + 1..=parts.len()).map(move |end| (start, end)))
        .map(|(start, end)| parts[start..end].join("/"))
        .collect()
}

/// A path or tag as it is compared: folded, in lower case.
pub fn folder_key(path: &str) -> String {
    let folded = Folded::new(path);
    folded
        .text()
        .trim_matches('/')
        .chars()
        .filter(|character| !character.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A deeper file is found by the folders above.
const MOST_FOLDERS: usize = 8;
