//! What other notes say about a note: the sentences around the links to it.

use std::ops::Range;

use super::Rendering;
use super::address::{relative, relative_with_id};
use super::body::link_id;
use super::context::{BacklinkContext, QuotationContext};
use crate::address::without_dendron;
use crate::library::{Backlink, Entry, Folders, NoteId, WrittenIn};
use crate::markdown::{ReferenceKind, Section, sentence_around};

/// How much of a sentence is shown on either side of a link, in characters.
const WIDEST: usize = 90;

impl Rendering<'_> {
    /// The notes that link to a note, each with the sentences in which it does.
    pub(super) fn backlinks(&self, entry: &Entry, url: &str) -> Vec<BacklinkContext> {
        let by_note = entry.backlinks.chunk_by(|a, b| a.from == b.from);
        by_note
            .filter_map(|links| {
                let from = links.first()?.from;
                Some(self.quoting(from, url, links.iter().map(|link| self.quotation(link, url)).collect()))
            })
            .collect()
    }

    /// The notes that name a note without linking to it, each with the sentences in which it does.
    pub(super) fn mentions(&self, entry: &Entry, url: &str) -> Vec<BacklinkContext> {
        let by_note = entry.mentions.chunk_by(|a, b| a.from == b.from);
        by_note
            .filter_map(|mentions| {
                let from = mentions.first()?.from;
                let document = &self.library.note(from).document;
                let places = mentions.iter().filter_map(|mention| {
                    let section = document.sections.get(mention.section)?;
                    let heading = section.heading.and_then(|index| document.headings.get(index));
                    let id = heading.map(|heading| heading.id.as_str());
                    let place = relative_with_id(url, &self.library.note(from).url, id);
                    Some(quotation(section, &mention.range, heading.map(|heading| heading.title.clone()), place))
                });
                Some(self.quoting(from, url, places.collect()))
            })
            .collect()
    }

    /// A note that says something about another, in these places.
    pub(super) fn quoting(&self, from: NoteId, url: &str, places: Vec<QuotationContext>) -> BacklinkContext {
        let entry = self.library.note(from);
        let folder = self.library.folders.get(entry.folder);
        BacklinkContext {
            title: entry.title.clone(),
            url: relative(url, &entry.url),
            path: self.told_apart_by(entry),
            folder_title: (entry.folder != Folders::ROOT).then(|| folder.title.clone()),
            places,
        }
    }

    fn quotation(&self, link: &Backlink, url: &str) -> QuotationContext {
        let from = self.library.note(link.from);
        let document = &from.document;
        let reference = document.references.get(link.reference);
        let label = reference.map_or_else(String::new, |one| match &one.label {
            Some(label) => label.clone(),
            None => without_dendron(&one.target).trim_start_matches('#').replace('#', " > "),
        });
        let (section, stretch) = match link.place {
            WrittenIn::Text { section, stretch } => (section, Some(stretch)),
            WrittenIn::Heading { section } => (section, None),
            WrittenIn::FrontMatter => return self.in_front_matter(link, label, url),
        };
        let section = document.sections.get(section);
        let heading = section.and_then(|section| section.heading).and_then(|index| document.headings.get(index));
        // A link in the note's own HTML may have an id of its own.
        let is_own_html =
            reference.is_some_and(|one| matches!(one.kind, ReferenceKind::Html | ReferenceKind::HtmlAnchor));
        let id = match heading {
            heading if is_own_html => heading.map(|heading| heading.id.clone()),
            _ => Some(link_id(link.reference)),
        };
        let url = relative_with_id(url, &from.url, id.as_deref());
        let title = heading.map(|heading| heading.title.clone());
        match (section, stretch) {
            (Some(section), Some(stretch)) => {
                let range = section.stretches.get(stretch).map(|stretch| stretch.range.clone()).unwrap_or_default();
                let mut quotation = quotation(section, &range, title, url);
                // An embed has no words of its own.
                if quotation.words.is_empty() && !is_own_html {
                    quotation.words = label;
                }
                quotation
            }
            // The title of a note may have been the heading.
            _ => QuotationContext::of_words(title.unwrap_or_else(|| from.title.clone()), url),
        }
    }

    fn in_front_matter(&self, link: &Backlink, label: String, url: &str) -> QuotationContext {
        let from = self.library.note(link.from);
        let key = from.document.properties.iter().find(|property| property.references.contains(&link.reference));
        let before = key.map(|property| format!("{}: ", property.key)).unwrap_or_default();
        QuotationContext { before, ..QuotationContext::of_words(label, relative(url, &from.url)) }
    }
}

impl QuotationContext {
    fn of_words(words: String, url: String) -> Self {
        Self { url, heading: None, before: String::new(), words, after: String::new() }
    }
}

/// The sentence around a range of a section's text.
pub(super) fn quotation(
    section: &Section,
    range: &Range<usize>,
    heading: Option<String>,
    url: String,
) -> QuotationContext {
    let text = section.text.as_str();
    let sentence = sentence_around(text, range);
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let before = part(sentence.start..range.start.clamp(sentence.start, sentence.end));
    let after = part(range.end.clamp(sentence.start, sentence.end)..sentence.end);
    QuotationContext {
        url,
        heading,
        before: last_words(before),
        words: first_words(part(range.clone())),
        after: first_words(after),
    }
}

/// The end of a text, from the beginning of a word.
fn last_words(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(WIDEST) else { return text.to_owned() };
    let tail = text.get(cut..).unwrap_or_default();
    let word = tail.find(' ').filter(|at| *at < tail.len() / 2).map_or(0, |at| at + 1);
    format!("…{}", tail.get(word..).unwrap_or_default())
}

/// The beginning of a text, up to the end of a word.
fn first_words(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(WIDEST) else { return text.to_owned() };
    let head = text.get(..cut).unwrap_or_default();
    let word = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", head.get(..word).unwrap_or_default())
}
