//! A note's body with its holes filled: addresses, embedded files, code, tables of contents.

use super::address;
use super::highlight::{self, highlight};
use crate::language::Language;
use crate::library::{Entry, Library, Link};
use crate::markdown::{Fence, HOLE_END, HOLE_START, Heading, Hole, ReferenceKind, escape_into};
use crate::media::is_picture;

/// What filling needs to know besides the note.
pub struct Surroundings<'a> {
    pub library: &'a Library,
    pub language: Language,
    /// The deepest heading in tables of contents.
    pub toc_depth: u8,
}

/// The body of a note as it stands on the page at `page_url`.
pub fn fill(entry: &Entry, page_url: &str, surroundings: &Surroundings<'_>) -> String {
    let body = &entry.document.body;
    let out = String::with_capacity(body.html.len() * 2);
    let mut writer = Writer { entry, page_url, surroundings, out, budget: highlight::BUDGET };
    let mut rest = body.html.as_str();
    // Each hole stands once. One that a cleaner moved or a note forged must not be filled again and again.
    let mut holes: Vec<Option<&Hole>> = body.holes.iter().map(Some).collect();
    while let Some((before, number, after)) = next_hole(rest) {
        writer.out.push_str(before);
        rest = match holes.get_mut(number).and_then(Option::take) {
            Some(hole) => writer.hole(hole, after),
            None => after,
        };
    }
    writer.out.push_str(rest);
    writer.out
}

/// Where the note's cover picture is, as the page at `page_url` writes it.
pub fn cover(entry: &Entry, page_url: &str, surroundings: &Surroundings<'_>) -> Option<String> {
    let cover = entry.document.cover?;
    let writer = Writer { entry, page_url, surroundings, out: String::new(), budget: 0 };
    match entry.links.get(cover)? {
        Link::External => entry.document.references.get(cover).map(|reference| reference.target.clone()),
        link => writer.url_of(link),
    }
}

fn next_hole(html: &str) -> Option<(&str, usize, &str)> {
    let start = memchr::memchr(HOLE_START as u8, html.as_bytes())?;
    let end = start + memchr::memchr(HOLE_END as u8, &html.as_bytes()[start..])?;
    // What is no number fills no hole, and what stands behind it is still to be filled.
    Some((&html[..start], html[start + 1..end].parse().unwrap_or(usize::MAX), &html[end + 1..]))
}

struct Writer<'a> {
    entry: &'a Entry,
    page_url: &'a str,
    surroundings: &'a Surroundings<'a>,
    out: String,
    /// Bytes of code that may still be highlighted.
    budget: usize,
}

impl<'a> Writer<'a> {
    /// Fills one hole; returns what is left to write behind it.
    fn hole<'h>(&mut self, hole: &Hole, after: &'h str) -> &'h str {
        match hole {
            Hole::Address(reference) => return self.address(*reference, after),
            Hole::Embed { reference, label } => self.embed(*reference, label),
            Hole::Code(fence) => self.code(fence),
            Hole::Contents => self.contents(),
            Hole::Tag(name) => self.tag(name),
            Hole::Frame { address, title, width, height } => {
                self.out.push_str("<iframe src=\"");
                escape_into(&mut self.out, address);
                self.out.push_str("\" title=\"");
                escape_into(&mut self.out, if title.is_empty() { address } else { title });
                self.out.push('"');
                self.size(*width, *height);
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
            if written.kind == ReferenceKind::Wikilink {
                return self.class("wikilink", after);
            }
            return after;
        }
        match link {
            Link::External if anchor && !written.target.starts_with("mailto:") => {
                escape_into(&mut self.out, &written.target);
                self.class("external\" rel=\"noopener", after)
            }
            Link::External => {
                escape_into(&mut self.out, &written.target);
                after
            }
            Link::Broken if anchor => {
                self.take_attribute_back();
                let title = match self.surroundings.language {
                    Language::Korean => "아직 없는 노트",
                    Language::English => "This note does not exist yet",
                };
                self.out.push_str(&format!(" class=\"broken-link\" title=\"{title}"));
                after
            }
            Link::Broken if written.kind == ReferenceKind::Image && !written.target.contains(':') => {
                escape_into(&mut self.out, &written.target);
                after
            }
            _ if self.take_attribute_back() => after.strip_prefix('"').unwrap_or(after),
            _ => after,
        }
    }

    /// Adds a class behind the attribute that is just being written.
    fn class<'h>(&mut self, class: &str, after: &'h str) -> &'h str {
        self.out.push_str("\" class=\"");
        self.out.push_str(class);
        after
    }

    /// Removes ` href="` from the end; in HTML that a writer spelled otherwise the attribute stays, empty.
    fn take_attribute_back(&mut self) -> bool {
        let attribute = [" href=\"", " src=\"", " poster=\""].into_iter().find(|open| self.out.ends_with(open));
        if let Some(open) = attribute {
            self.out.truncate(self.out.len() - open.len());
        }
        attribute.is_some()
    }

    fn url_of(&self, link: &Link) -> Option<String> {
        let library = self.surroundings.library;
        Some(match link {
            Link::Here { id } => address::relative_with_id(self.page_url, &self.entry.url, Some(id)),
            Link::Note { note, id } => {
                address::relative_with_id(self.page_url, &library.note(*note).url, id.as_deref())
            }
            Link::Folder(folder) => address::relative(self.page_url, &library.folders.get(*folder).url),
            Link::Asset(asset) => address::relative(self.page_url, library.assets.get(asset.0)?.url.as_deref()?),
            Link::External | Link::Private | Link::Broken => return None,
        })
    }

    fn embed(&mut self, reference: usize, label: &str) {
        let (Some(link), Some(written)) =
            (self.entry.links.get(reference), self.entry.document.references.get(reference))
        else {
            return;
        };
        let name = written.target.rsplit('/').next().unwrap_or_default();
        let Some(url) = self.url_of(link) else {
            let class = if *link == Link::Private { "private-embed" } else { "broken-link" };
            self.out.push_str(&format!("<span class=\"{class}\">"));
            escape_into(&mut self.out, if label.is_empty() { name } else { label });
            self.out.push_str("</span>");
            return;
        };
        if !is_picture(name) {
            self.out.push_str("<a class=\"wikilink\" href=\"");
            escape_into(&mut self.out, &url);
            self.out.push_str("\">");
            escape_into(&mut self.out, if label.is_empty() { &written.target } else { label });
            self.out.push_str("</a>");
            return;
        }
        // `![[그림.png|300]]` and `|300x200` are sizes, anything else is the alternative text.
        let (width, height) = size(label);
        let alt = if width.is_some() { name } else { label };
        self.out.push_str("<img src=\"");
        escape_into(&mut self.out, &url);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, alt);
        self.out.push('"');
        self.size(width, height);
        self.out.push_str(" loading=\"lazy\">");
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

    fn size(&mut self, width: Option<u32>, height: Option<u32>) {
        for (attribute, value) in [("width", width), ("height", height)] {
            if let Some(value) = value {
                self.out.push_str(&format!(" {attribute}=\"{value}\""));
            }
        }
    }

    fn code(&mut self, fence: &Fence) {
        self.out.push_str("<figure class=\"code\"");
        if !fence.language.is_empty() {
            self.out.push_str(" data-language=\"");
            escape_into(&mut self.out, &fence.language);
            self.out.push('"');
        }
        self.out.push('>');
        if let Some(title) = &fence.title {
            self.out.push_str("<figcaption>");
            escape_into(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !fence.language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape_into(&mut self.out, &fence.language);
            self.out.push('"');
        }
        self.out.push('>');
        self.out.push_str(&highlight(&fence.language, &fence.code, &mut self.budget));
        self.out.push_str("</code></pre></figure>");
    }

    fn contents(&mut self) {
        let depth = self.entry.note.metadata.toc_depth.unwrap_or(self.surroundings.toc_depth);
        let headings: Vec<&Heading> = self.entry.document.headings.iter().filter(|h| h.level <= depth).collect();
        if headings.is_empty() {
            return;
        }
        let label = match self.surroundings.language {
            Language::Korean => "차례",
            Language::English => "Table of contents",
        };
        self.out.push_str(&format!("<nav class=\"toc\" aria-label=\"{label}\">"));
        let mut open: Vec<u8> = Vec::new();
        for heading in headings {
            while open.last().is_some_and(|level| *level > heading.level) {
                open.pop();
                // A heading less deep than the first one continues the outermost list.
                if open.is_empty() {
                    open.push(heading.level);
                    break;
                }
                self.out.push_str("</li></ol>");
            }
            if open.last() == Some(&heading.level) {
                self.out.push_str("</li>");
            } else {
                self.out.push_str("<ol>");
                open.push(heading.level);
            }
            self.out.push_str("<li><a href=\"");
            escape_into(&mut self.out, &address::relative_with_id(self.page_url, &self.entry.url, Some(&heading.id)));
            self.out.push_str("\">");
            escape_into(&mut self.out, &heading.title);
            self.out.push_str("</a>");
        }
        for _ in open {
            self.out.push_str("</li></ol>");
        }
        self.out.push_str("</nav>");
    }
}

fn size(label: &str) -> (Option<u32>, Option<u32>) {
    match label.split_once('x') {
        Some((width, height)) => match (width.parse().ok(), height.parse().ok()) {
            (Some(width), Some(height)) => (Some(width), Some(height)),
            _ => (None, None),
        },
        None => (label.parse().ok(), None),
    }
}
