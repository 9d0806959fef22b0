//! What writers have published themselves, and what the program writes: names found in it are not given away.
//!
//! Of a published note this is what the markdown room has made of it, which knows no other note, and its front matter.
//! It is not the note's text as it stands: the target of a link to a private note, and a comment, stand in it too, and
//! must not reach the page.

use super::markup::{of_markup, plain};
use super::squash::Squashed;
use crate::config::Config;
use crate::library::{Entry, Library, Link};
use crate::markdown::{Hole, ReferenceKind};
use crate::render::{GENERATOR, Theme, words_of_drawings};

/// What a site publishes.
pub struct Published<'a> {
    pub library: &'a Library,
    pub theme: &'a Theme,
    pub config: &'a Config,
    pub title: &'a str,
    /// The names of files that the program gives, whatever the notes say.
    pub own_names: &'a [String],
}

/// One text that is published.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'t> {
    Text(&'t str),
    /// As it stands in markup, with its escapes.
    Escaped(&'t str),
}

impl Piece<'_> {
    /// Adds it to others, its escapes undone.
    pub fn add_to(self, squashed: &mut Squashed) {
        match self {
            Self::Text(text) => squashed.push(text),
            Self::Escaped(text) => squashed.push(&plain(text)),
        }
    }
}

impl<'a> Published<'a> {
    /// What belongs to no note: names, the theme, the configuration.
    pub fn of_site(&self, each: &mut dyn FnMut(Piece<'a>)) {
        each(Piece::Text(GENERATOR));
        for word in words_of_drawings(self.config.language) {
            each(Piece::Text(word));
        }
        each(Piece::Text(self.title));
        let Config { title, description, author, base_url, repository, .. } = self.config;
        for value in [title, description, author, base_url, repository].into_iter().flatten() {
            each(Piece::Escaped(value));
        }
        for text in self.theme.texts() {
            each(Piece::Escaped(text));
        }
        for name in self.theme.files.keys().chain(self.own_names) {
            each(Piece::Text(name));
        }
        for asset in &self.library.assets {
            if let Some(url) = &asset.url {
                each(Piece::Text(url));
                each(Piece::Text(&asset.name));
            }
        }
        for (_, folder) in self.library.folders.iter() {
            each(Piece::Text(&folder.path));
            each(Piece::Text(&folder.title));
        }
        for tag in self.library.tags.iter() {
            each(Piece::Text(&tag.name));
            each(Piece::Text(&tag.url));
        }
        for (from, _) in &self.library.redirects {
            each(Piece::Text(from));
        }
    }

    /// What a published note says.
    pub fn of_note(&self, entry: &'a Entry, each: &mut dyn FnMut(Piece<'a>)) {
        let (note, document) = (&entry.note, &entry.document);
        for text in [&note.path, &entry.url, &entry.title] {
            each(Piece::Text(text));
        }
        for piece in front_matter(entry) {
            each(Piece::Escaped(piece));
        }
        of_markup(&document.body.html, &mut |piece| each(Piece::Escaped(piece)));
        for text in document.title.iter().chain(&document.excerpt).chain(&document.tags).chain(&document.anchors) {
            each(Piece::Text(text));
        }
        for section in &document.sections {
            each(Piece::Text(&section.text));
        }
        // Made of the words of the two notes.
        for word in entry.related.iter().flat_map(|related| &related.words) {
            each(Piece::Text(word));
        }
        for heading in &document.headings {
            each(Piece::Text(&heading.title));
            each(Piece::Text(&heading.id));
        }
        for hole in &document.body.holes {
            of_hole(hole, each);
        }
        for (index, (reference, link)) in document.references.iter().zip(&entry.links).enumerate() {
            // The name of a note that is not published is shown where nothing else is written.
            let wikilink = matches!(reference.kind, ReferenceKind::Wikilink | ReferenceKind::Embed);
            let is_swapped = entry.swapped.binary_search(&index).is_ok();
            if *link != Link::Private || (wikilink && (reference.label.is_none() || is_swapped)) {
                each(Piece::Escaped(&reference.target));
            }
            if let Some(label) = reference.label.as_ref().filter(|_| !is_swapped || *link != Link::Private) {
                each(Piece::Text(label));
            }
        }
    }
}

/// The front matter without its links to what is not published: of those only the label is shown.
fn front_matter(entry: &Entry) -> Vec<&str> {
    let head = entry.note.text.get(..entry.note.body_start).unwrap_or_default();
    let links = entry.document.references.iter().zip(&entry.links);
    let private = links.filter(|(reference, link)| **link == Link::Private && reference.span.end <= head.len());
    let mut spans: Vec<_> = private.map(|(reference, _)| reference.span.clone()).collect();
    spans.sort_unstable_by_key(|span| span.start);
    let mut pieces = Vec::new();
    let mut from = 0;
    for span in spans {
        pieces.extend(head.get(from..span.start));
        from = from.max(span.end);
    }
    pieces.extend(head.get(from..));
    pieces
}

fn of_hole<'a>(hole: &'a Hole, each: &mut dyn FnMut(Piece<'a>)) {
    match hole {
        Hole::Image { alt, title, attributes, .. } => {
            each(Piece::Text(alt));
            each(Piece::Text(title));
            each(Piece::Escaped(attributes));
        }
        Hole::Drawing { drawn, fence, .. } => {
            // Drawn from what the note says, and from nothing else.
            for svg in drawn.iter().flat_map(|drawing| &drawing.svg) {
                each(Piece::Escaped(svg));
            }
            each(Piece::Text(&fence.code));
            each(Piece::Text(&fence.language));
            if let Some(title) = &fence.title {
                each(Piece::Text(title));
            }
        }
        Hole::Code(fence) => {
            each(Piece::Text(&fence.language));
            each(Piece::Text(&fence.code));
            if let Some(title) = &fence.title {
                each(Piece::Text(title));
            }
        }
        Hole::Frame { address, title, .. } => {
            each(Piece::Escaped(address));
            each(Piece::Text(title));
        }
        Hole::Formula(formula) => each(Piece::Escaped(&formula.html)),
        Hole::Id(text) | Hole::Tag(text) => each(Piece::Text(text)),
        // What a reference says is asked of the references.
        Hole::Address(_) | Hole::SourceSet(_) | Hole::Label(_) | Hole::Embed { .. } | Hole::Contents => {}
    }
}
