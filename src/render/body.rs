//! A note's body with its holes filled. What fills the larger ones has files of its own: [`code`](super::code),
//! [`contents`](super::contents), [`embed`](super::embed), [`files`](super::files).

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::Rendering;
use super::address;
use super::code::BUDGET;
use super::context::{PropertyContext, PropertyLinkContext};
use super::embed::{Embeds, Shown};
use super::highlight::CodeMemory;
use super::previews::Lead;
use crate::config::Config;
use crate::language::Language;
use crate::library::{Entry, Library, Link};
use crate::markdown::{Definition, Hole, Property, ReferenceKind, escape_into, next_hole};
use crate::maths::{self, Glyph};
use crate::media::{Size, is_drawing_source, is_picture, media_type, sized};

/// What filling needs to know besides the note.
pub struct Surroundings<'a> {
    pub library: &'a Library,
    pub language: Language,
    /// The deepest heading in tables of contents.
    pub toc_depth: u8,
    /// Code of more lines is folded; 0 for none.
    pub fold_code: usize,
    pub code: &'a CodeMemory,
}

impl<'a> Surroundings<'a> {
    pub fn of(rendering: &Rendering<'a>) -> Self {
        let Config { language, toc_depth, fold_code, .. } = *rendering.config;
        Self { library: rendering.library, language, toc_depth, fold_code, code: rendering.code }
    }
}

/// The body of a note as it stands on the page at `page_url`, and its links to notes in reading order.
pub fn fill<'a>(entry: &'a Entry, page_url: &'a str, surroundings: &'a Surroundings<'a>) -> (String, Vec<Lead<'a>>) {
    let html = entry.document.body.html.as_str();
    let mut writer = Writer::new(entry, page_url, surroundings);
    writer.out.reserve(html.len() * 2);
    writer.embeds.open.push((&entry.url, None));
    writer.write(html);
    // What several notes' formulas share stands once on the page that shows these notes.
    writer.out.push_str(&maths::definitions(&writer.glyphs));
    (writer.out, writer.leads)
}

/// Where the note's cover picture is, as the page at `page_url` writes it.
pub fn cover(entry: &Entry, page_url: &str, surroundings: &Surroundings<'_>) -> Option<String> {
    let cover = entry.document.cover?;
    let writer = Writer::new(entry, page_url, surroundings);
    match entry.links.get(cover)? {
        Link::External => entry.document.references.get(cover).map(|reference| reference.target.clone()),
        link => writer.url_of(link),
    }
}

/// The links in the note's front matter, as the page at `page_url` writes them.
pub fn properties(entry: &Entry, page_url: &str, surroundings: &Surroundings<'_>) -> Vec<PropertyContext> {
    let writer = Writer::new(entry, page_url, surroundings);
    let link = |reference: &usize| {
        let (written, link) = (entry.document.references.get(*reference)?, entry.links.get(*reference)?);
        let url = match link {
            Link::External => Some(written.target.clone()),
            link => writer.url_of(link),
        };
        Some(PropertyLinkContext { title: written.label.as_ref().unwrap_or(&written.target).clone(), url })
    };
    let property = |property: &Property| PropertyContext {
        name: property.key.clone(),
        links: property.references.iter().filter_map(link).collect(),
    };
    entry.document.properties.iter().map(property).collect()
}

/// The id of the place where a note's reference of this index stands on its page, when it leads to another note.
pub fn link_id(reference: usize) -> String {
    format!("link:{reference}")
}

/// A meaning of a definition list as it stands on another page; `None` where it leads to places on its own. `drawn` are
/// the glyphs that the page has already.
pub fn definition(
    entry: &Entry,
    definition: &Definition,
    page_url: &str,
    surroundings: &Surroundings<'_>,
    drawn: &mut BTreeSet<Glyph>,
) -> Option<String> {
    let holes = std::iter::successors(next_hole(&definition.html), |(_, _, rest)| next_hole(rest));
    let references = holes.filter_map(|(_, number, _)| match entry.document.body.holes.get(number)? {
        Hole::Address(reference) | Hole::Label(reference) => entry.links.get(*reference),
        _ => None,
    });
    let stands = |link: &Link| !matches!(link, Link::Here { .. } | Link::Broken);
    if definition.html.is_empty() || !references.into_iter().all(stands) {
        return None;
    }
    let mut writer = Writer::new(entry, page_url, surroundings);
    writer.write(&definition.html);
    writer.glyphs.retain(|glyph| drawn.insert(*glyph));
    writer.out.push_str(&maths::definitions(&writer.glyphs));
    Some(writer.out)
}

/// What a reader calls a drawing: `그림.excalidraw` is `그림`.
fn stem_of_drawing(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

pub(super) struct Writer<'a> {
    /// Whose HTML is being written: the page's note, or one that is shown in it.
    pub(super) entry: &'a Entry,
    pub(super) page_url: &'a str,
    pub(super) surroundings: &'a Surroundings<'a>,
    pub(super) out: String,
    /// Bytes of code that may still be highlighted.
    pub(super) budget: usize,
    /// How many diagrams the page has so far.
    pub(super) drawings: usize,
    pub(super) embeds: Embeds<'a>,
    /// Set while a note is shown in another.
    pub(super) shown: Option<Shown>,
    /// Links to notes, as they were written.
    pub(super) leads: Vec<Lead<'a>>,
    /// What the formulas refer to.
    glyphs: BTreeSet<Glyph>,
}

impl<'a> Writer<'a> {
    fn new(entry: &'a Entry, page_url: &'a str, surroundings: &'a Surroundings<'a>) -> Self {
        let (out, embeds) = (String::new(), Embeds::default());
        let leads = Vec::new();
        Self {
            entry,
            page_url,
            surroundings,
            out,
            budget: BUDGET,
            drawings: 0,
            embeds,
            shown: None,
            leads,
            glyphs: BTreeSet::new(),
        }
    }

    /// Writes HTML of the current note, its holes filled.
    pub(super) fn write(&mut self, html: &'a str) {
        // Each hole stands once. One that a cleaner moved or a note forged must not be filled again and again.
        let holes = &self.entry.document.body.holes;
        let mut filled = FxHashSet::default();
        let mut rest = html;
        while let Some((before, number, after)) = next_hole(rest) {
            self.push(before);
            rest = match holes.get(number) {
                Some(hole) if filled.insert(number) => self.hole(hole, after),
                _ => after,
            };
        }
        self.push(rest);
    }

    fn push(&mut self, html: &str) {
        match &mut self.shown {
            Some(shown) => shown.write(&mut self.out, html),
            None => self.out.push_str(html),
        }
    }

    /// Fills one hole; returns what is left to write behind it.
    fn hole<'h>(&mut self, hole: &'a Hole, after: &'h str) -> &'h str {
        match hole {
            Hole::Address(reference) => return self.address(*reference, after),
            Hole::Image { reference, alt, title, attributes } => self.image(*reference, alt, title, attributes),
            Hole::SourceSet(pictures) => return self.source_set(pictures, after),
            Hole::Id(id) => escape_into(&mut self.out, id),
            Hole::Label(reference) => self.label(*reference),
            Hole::Embed { reference, block } => self.embed(*reference, *block),
            Hole::Code(fence) => self.code(fence),
            Hole::Drawing { drawn, references, fence } => match &**drawn {
                Ok(drawing) => self.drawing(drawing, references, fence),
                Err(_) => self.code(fence),
            },
            Hole::Contents => self.contents(),
            Hole::Formula(formula) => {
                self.out.push_str(&formula.html);
                self.glyphs.extend(&formula.glyphs);
            }
            Hole::Tag(name) => self.tag(name),
            Hole::Frame { address, title, width, height } => {
                self.out.push_str("<iframe src=\"");
                escape_into(&mut self.out, address);
                self.out.push_str("\" title=\"");
                escape_into(&mut self.out, if title.is_empty() { address } else { title });
                self.out.push('"');
                self.out.push_str(&Size { width: *width, height: *height }.attributes());
                self.out.push_str(" loading=\"lazy\" referrerpolicy=\"no-referrer\" allowfullscreen></iframe>");
            }
        }
        after
    }

    /// The value of an attribute, which stands open: `<a href="`. Depending on where the reference leads, the
    /// attribute is completed, replaced, or taken back.
    fn address<'h>(&mut self, reference: usize, after: &'h str) -> &'h str {
        let (Some(link), Some(written)) =
            (self.entry.links.get(reference), self.entry.document.references.get(reference))
        else {
            return after;
        };
        let anchor = matches!(written.kind, ReferenceKind::Link | ReferenceKind::Wikilink);
        if let Some(url) = self.url_of(link) {
            escape_into(&mut self.out, &url);
            let own_anchor = written.kind == ReferenceKind::HtmlLink;
            if anchor || own_anchor || matches!(written.kind, ReferenceKind::Html | ReferenceKind::HtmlAnchor) {
                self.leads.extend(Lead::of(&url, link, self.entry, self.surroundings.library));
            }
            if (anchor || own_anchor)
                && let Some(id) = self.place_of(reference, link)
            {
                let has_id = after.get(..after.find('>').unwrap_or(0)).is_some_and(|tag| tag.contains(" id=\""));
                if !has_id {
                    self.out.push_str("\" id=\"");
                    self.out.push_str(&id);
                }
            }
            return match written.kind {
                ReferenceKind::Wikilink => self.class("wikilink", after),
                ReferenceKind::Html => self.own_img(link, &written.target, after),
                _ => after,
            };
        }
        match link {
            Link::External if anchor && !written.target.starts_with("mailto:") => {
                escape_into(&mut self.out, &written.target);
                let after = self.class("external", after);
                let (class, after) = after.split_once('"').unwrap_or((after, ""));
                self.out.push_str(class);
                self.out.push_str("\" rel=\"noopener\"");
                if let Some(shown) = &mut self.shown {
                    shown.end_value();
                }
                after
            }
            Link::External => {
                escape_into(&mut self.out, &written.target);
                self.own_img(link, &written.target, after)
            }
            Link::Broken if anchor => {
                self.take_attribute_back();
                // The writer's own title stays; a second one would be none.
                if after.starts_with("\" title=\"") {
                    self.out.push_str(" class=\"broken-link");
                } else {
                    let title = self.says_missing(false);
                    self.out.push_str(&format!(" class=\"broken-link\" title=\"{title}"));
                }
                after
            }
            // A picture without an address is none.
            Link::Private if let Some((start, end)) = self.picture_around(after) => {
                self.out.truncate(start);
                if let Some(shown) = &mut self.shown {
                    shown.end_tag();
                }
                after.get(end..).unwrap_or_default()
            }
            _ if self.take_attribute_back() => self.without_quote(after),
            _ => after,
        }
    }

    /// Where the `<img>` begins in what is written and ends in what follows, while one of its values is being written.
    fn picture_around(&self, after: &str) -> Option<(usize, usize)> {
        let start = self.out.rfind('<').filter(|at| self.out.get(*at..).is_some_and(|tag| tag.starts_with("<img")))?;
        // A `>` in another attribute's value ends nothing.
        let mut quote = self.out.bytes().next_back().filter(|byte| matches!(byte, b'"' | b'\''));
        quote?;
        for (at, byte) in after.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'>') => return Some((start, at + 1)),
                _ => {}
            }
        }
        None
    }

    /// What stands behind an attribute that was taken back: its closing quote is left out.
    pub(super) fn without_quote<'h>(&mut self, after: &'h str) -> &'h str {
        if let Some(shown) = &mut self.shown {
            shown.end_value();
        }
        after.strip_prefix('"').unwrap_or(after)
    }

    /// Adds a class behind the attribute that is just being written. An element that has one gets it in there.
    pub(super) fn class<'h>(&mut self, class: &str, after: &'h str) -> &'h str {
        let tag = after.get(..after.find('>').unwrap_or(0)).unwrap_or_default();
        if let Some((before, _)) = tag.split_once(" class=\"") {
            let behind = before.len() + " class=\"".len();
            self.out.push_str(before);
            self.out.push_str(" class=\"");
            self.out.push_str(class);
            self.out.push(' ');
            return after.get(behind..).unwrap_or_default();
        }
        self.out.push_str("\" class=\"");
        self.out.push_str(class);
        after
    }

    /// Removes ` href="` from the end; in HTML that a writer spelled otherwise the attribute stays, empty.
    pub(super) fn take_attribute_back(&mut self) -> bool {
        let attribute =
            [" href=\"", " src=\"", " poster=\"", " srcset=\""].into_iter().find(|open| self.out.ends_with(open));
        if let Some(open) = attribute {
            self.out.truncate(self.out.len() - open.len());
        }
        attribute.is_some()
    }

    /// The id by which the page linked to leads back to this place; `None` in a note shown in another, which has its own.
    pub(super) fn place_of(&self, reference: usize, link: &Link) -> Option<String> {
        let to = self.surroundings.library.note_behind(link)?;
        (self.shown.is_none() && self.page_url == self.entry.url && to.url != self.entry.url)
            .then(|| link_id(reference))
    }

    pub(super) fn url_of(&self, link: &Link) -> Option<String> {
        let library = self.surroundings.library;
        Some(match link {
            Link::Here { id } => address::relative_with_id(self.page_url, &self.entry.url, Some(id)),
            Link::Note { note, place } => {
                address::relative_with_id(self.page_url, &library.note(*note).url, place.id())
            }
            Link::Folder(folder) => address::relative(self.page_url, &library.folders.get(*folder).url),
            Link::Asset(asset) => address::relative(self.page_url, library.assets.get(asset.0)?.url.as_deref()?),
            Link::External | Link::Private | Link::Broken => return None,
        })
    }

    /// The text of a wikilink.
    fn label(&mut self, reference: usize) {
        let Some(written) = self.entry.document.references.get(reference) else { return };
        let swapped = self.entry.swapped.binary_search(&reference).is_ok();
        let label = written.label.as_deref().filter(|_| !swapped).unwrap_or(&written.target);
        escape_into(&mut self.out, label);
    }

    fn embed(&mut self, reference: usize, block: bool) {
        let (Some(link), Some(written)) =
            (self.entry.links.get(reference), self.entry.document.references.get(reference))
        else {
            return;
        };
        let swapped = self.entry.swapped.binary_search(&reference).is_ok();
        let (target, label) = match written.label.as_deref() {
            Some(label) if swapped => (label, written.target.as_str()),
            label => (written.target.as_str(), label.unwrap_or_default()),
        };
        // A size is no title.
        let title = sized(label).0;
        let id = self.place_of(reference, link);
        if block && self.show(link, title, id.as_deref()) {
            return;
        }
        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
        let name = file.rsplit('/').next().unwrap_or_default();
        // A drawing's source is shown as the picture that was exported from it.
        let kind = match link {
            Link::Asset(asset) => {
                self.surroundings.library.assets.get(asset.0).and_then(|asset| media_type(&asset.name))
            }
            _ => None,
        };
        if block {
            self.out.push_str("<p>");
        }
        match self.url_of(link) {
            None => {
                let is_file = media_type(name).is_some() || is_drawing_source(name);
                self.missing(link, if title.is_empty() { name } else { title }, is_file);
            }
            Some(url) => match kind {
                Some(kind) if kind.starts_with("image/") => {
                    let name = if is_picture(name) { name } else { stem_of_drawing(name) };
                    self.picture(link, target, &url, name, label);
                }
                Some(kind) if kind.starts_with("video/") => self.player("video", &url, name, label),
                Some(kind) if kind.starts_with("audio/") => self.player("audio", &url, name, label),
                Some("application/pdf") => self.pdf(&url, fragment, if label.is_empty() { name } else { label }),
                _ => {
                    self.leads.extend(Lead::of(&url, link, self.entry, self.surroundings.library));
                    self.out.push_str("<a class=\"wikilink\" href=\"");
                    escape_into(&mut self.out, &url);
                    if let Some(id) = id {
                        self.out.push_str("\" id=\"");
                        self.out.push_str(&id);
                    }
                    self.out.push_str("\">");
                    escape_into(&mut self.out, if label.is_empty() { target } else { label });
                    self.out.push_str("</a>");
                }
            },
        }
        if block {
            self.out.push_str("</p>\n");
        }
    }

    fn tag(&mut self, name: &str) {
        let url = self.surroundings.library.tags.named(name).map(|tag| address::relative(self.page_url, &tag.url));
        if let Some(url) = &url {
            self.out.push_str("<a class=\"tag\" href=\"");
            escape_into(&mut self.out, url);
            self.out.push_str("\">");
        }
        self.out.push('#');
        escape_into(&mut self.out, name);
        if url.is_some() {
            self.out.push_str("</a>");
        }
    }
}
