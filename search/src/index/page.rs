//! A page and what the analysis makes of it.

use super::terms::TermList;
use crate::analysis::{Analyzer, composed};

/// A page of the site, borrowed from whoever rendered it.
#[derive(Debug, Clone)]
pub struct PageInput<'a> {
    pub title: &'a str,
    /// The page's file relative to the site's root, `backend/grpc.html`.
    pub url: &'a str,
    /// The note's path under `content/`.
    pub path: &'a str,
    pub tags: &'a [String],
    /// Other names of the note: they find it as its title does.
    pub aliases: &'a [String],
    /// How much better known or newer the page is than others; of two equal hits the one with more comes first.
    pub standing: u64,
    /// In the order of the page. A page without any is found by its title.
    pub sections: Vec<SectionInput<'a>>,
}

/// A heading and the text up to the next heading.
#[derive(Debug, Clone)]
pub struct SectionInput<'a> {
    /// Plain text; empty for what comes before the first heading.
    pub heading: &'a str,
    /// The heading's id, without `#`; empty for what comes before the first heading.
    pub anchor: &'a str,
    /// Plain text, without markup.
    pub text: &'a str,
    /// Where the section begins in the note's file, counted from 1; 0 where nobody knows.
    pub line: u64,
}

/// A page with its terms: owned, and about three times as large as its text.
///
/// Ten thousand of them would be 150 MB, so analyse pages by the hundreds and hand each lot to the builder.
#[derive(Debug, Clone)]
pub struct AnalyzedPage {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) path: String,
    pub(super) tags: Vec<String>,
    pub(super) standing: u64,
    /// The title and the aliases.
    pub(super) names: Vec<String>,
    pub(super) title_terms: TermList,
    pub(super) tag_terms: TermList,
    pub(super) sections: Vec<AnalyzedSection>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct AnalyzedSection {
    pub(super) heading: String,
    pub(super) anchor: String,
    pub(super) text: String,
    pub(super) heading_terms: TermList,
    pub(super) text_terms: TermList,
    pub(super) line: u64,
}

impl Analyzer {
    /// Finds the terms of a page: the half of indexing that depends on nothing but the page, for many threads at once.
    pub fn analyze_page(&mut self, page: &PageInput<'_>) -> AnalyzedPage {
        let mut title_terms = self.term_list(page.title);
        for alias in page.aliases {
            title_terms.append(&self.term_list(alias));
        }
        let mut tag_terms = TermList::default();
        for tag in page.tags {
            tag_terms.append(&self.term_list(tag));
        }
        let mut sections: Vec<AnalyzedSection> = page
            .sections
            .iter()
            .map(|section| AnalyzedSection {
                heading: composed(section.heading),
                anchor: section.anchor.to_owned(),
                text: composed(section.text.trim()),
                heading_terms: self.term_list(section.heading),
                text_terms: self.term_list(section.text),
                line: section.line,
            })
            .collect();
        if sections.is_empty() {
            sections.push(AnalyzedSection::default());
        }
        AnalyzedPage {
            title: composed(page.title),
            url: page.url.to_owned(),
            path: page.path.to_owned(),
            tags: page.tags.iter().map(|tag| composed(tag)).collect(),
            standing: page.standing,
            names: std::iter::once(page.title)
                .chain(page.aliases.iter().map(String::as_str))
                .map(str::to_owned)
                .collect(),
            title_terms,
            tag_terms,
            sections,
        }
    }

    fn term_list(&mut self, text: &str) -> TermList {
        let mut list = TermList::with_text(text.len());
        self.terms(text, |term| list.push(term.text, term.position));
        list
    }
}
