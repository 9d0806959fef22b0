//! What a section is in tantivy's terms.
//!
//! | field | indexed | stored |
//! | --- | --- | --- |
//! | `title` `heading` `tags` `text` | terms with frequencies and positions | |
//! | `page` | column: number of the page, to keep one page from filling the list | |
//! | `stored_…` | | what a hit shows, lz4 |

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::TokenizerManager;

use super::page::{AnalyzedPage, AnalyzedSection};
use super::terms::TermTokenizer;

const TOKENIZER: &str = "terms";

/// The fields of a section.
#[derive(Debug, Clone)]
pub struct Fields {
    pub title: Field,
    pub heading: Field,
    pub tags: Field,
    pub text: Field,
    page: Field,
    stored: [Field; 7],
}

/// The column of page numbers.
pub const PAGE_COLUMN: &str = "page";

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
}

impl Fields {
    /// The schema and its fields.
    pub fn schema() -> (Schema, Self) {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let terms = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let fields = Self {
            title: schema.add_text_field("title", terms.clone()),
            heading: schema.add_text_field("heading", terms.clone()),
            tags: schema.add_text_field("tags", terms.clone()),
            text: schema.add_text_field("text", terms),
            page: schema.add_u64_field(PAGE_COLUMN, FAST),
            stored: ["title", "heading", "url", "anchor", "path", "text", "tag"]
                .map(|name| schema.add_text_field(&format!("stored_{name}"), TextOptions::default() | STORED)),
        };
        (schema.build(), fields)
    }

    /// Tokenizers for an index of this schema.
    pub fn tokenizers() -> TokenizerManager {
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, TermTokenizer::default());
        // tantivy asks for one of this name for every field that is no text.
        tokenizers.register("default", TermTokenizer::default());
        tokenizers
    }

    pub(super) fn document(&self, number: u64, page: &AnalyzedPage, section: &AnalyzedSection) -> TantivyDocument {
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
        document.add_u64(self.page, number);
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
            tags: document.get_all(tag).filter_map(|value| value.as_str()).map(str::to_owned).collect(),
        }
    }
}
