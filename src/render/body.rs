//! A note's body with its holes filled: addresses, files, code, tables of contents. Notes in notes are
//! [`embed`](super::embed)'s.

use super::address;
use super::embed::{Embeds, Frame};
use super::highlight::{self, highlight};
use crate::address::decoded;
use crate::language::Language;
use crate::library::{Entry, Library, Link};
use crate::markdown::{Fence, Heading, Hole, LineMark, ReferenceKind, escape_into, next_hole};
use crate::media::media_type;

/// What filling needs to know besides the note.
pub struct Surroundings<'a> {
    pub library: &'a Library,
    pub language: Language,
    /// The deepest heading in tables of contents.
    pub toc_depth: u8,
}

/// The body of a note as it stands on the page at `page_url`.
pub fn fill(entry: &Entry, page_url: &str, surroundings: &Surroundings<'_>) -> String {
    let html = entry.document.body.html.as_str();
    let mut writer = Writer::new(entry, page_url, surroundings);
    writer.out.reserve(html.len() * 2);
    writer.embeds.open.push((&entry.url, None));
    writer.write(html);
    writer.out
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

pub(super) struct Writer<'a> {
    /// Whose HTML is being written: the page's note, or one that is shown in it.
    pub(super) entry: &'a Entry,
    pub(super) page_url: &'a str,
    pub(super) surroundings: &'a Surroundings<'a>,
    pub(super) out: String,
    /// Bytes of code that may still be highlighted.
    budget: usize,
    pub(super) embeds: Embeds<'a>,
    /// Set while a note is shown in another.
    pub(super) frame: Option<Frame>,
}

impl<'a> Writer<'a> {
    fn new(entry: &'a Entry, page_url: &'a str, surroundings: &'a Surroundings<'a>) -> Self {
        let (out, embeds) = (String::new(), Embeds::default());
        Self { entry, page_url, surroundings, out, budget: highlight::BUDGET, embeds, frame: None }
    }

    /// Writes HTML of the current note, its holes filled.
    pub(super) fn write(&mut self, html: &'a str) {
        // Each hole stands once. One that a cleaner moved or a note forged must not be filled again and again.
        let mut holes: Vec<Option<&'a Hole>> = self.entry.document.body.holes.iter().map(Some).collect();
        let mut rest = html;
        while let Some((before, number, after)) = next_hole(rest) {
            self.push(before);
            rest = match holes.get_mut(number).and_then(Option::take) {
                Some(hole) => self.hole(hole, after),
                None => after,
            };
        }
        self.push(rest);
    }

    fn push(&mut self, html: &str) {
        match &mut self.frame {
            Some(frame) => frame.write(&mut self.out, html),
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
                let after = self.class("external", after);
                let (class, after) = after.split_once('"').unwrap_or((after, ""));
                self.out.push_str(class);
                self.out.push_str("\" rel=\"noopener\"");
                after
            }
            Link::External => {
                escape_into(&mut self.out, &written.target);
                after
            }
            Link::Broken if anchor => {
                self.take_attribute_back();
                let title = self.says_missing(false);
                self.out.push_str(&format!(" class=\"broken-link\" title=\"{title}"));
                after
            }
            _ if self.take_attribute_back() => after.strip_prefix('"').unwrap_or(after),
            _ => after,
        }
    }

    /// The value of a `srcset`, which stands open; pictures that are missing are left out.
    fn source_set<'h>(&mut self, pictures: &[(usize, String)], after: &'h str) -> &'h str {
        let mut written = false;
        for (reference, screen) in pictures {
            let url = match self.entry.links.get(*reference) {
                Some(Link::External) => self.entry.document.references.get(*reference).map(|r| r.target.clone()),
                Some(link) => self.url_of(link),
                None => None,
            };
            let Some(url) = url else { continue };
            if std::mem::replace(&mut written, true) {
                self.out.push_str(", ");
            }
            escape_into(&mut self.out, &url);
            if !screen.is_empty() {
                self.out.push(' ');
                escape_into(&mut self.out, screen);
            }
        }
        if !written && self.take_attribute_back() {
            return after.strip_prefix('"').unwrap_or(after);
        }
        after
    }

    /// Adds a class behind the attribute that is just being written. An element that has one gets it in there.
    fn class<'h>(&mut self, class: &str, after: &'h str) -> &'h str {
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
    fn take_attribute_back(&mut self) -> bool {
        let attribute =
            [" href=\"", " src=\"", " poster=\"", " srcset=\""].into_iter().find(|open| self.out.ends_with(open));
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

    /// A picture; where there is none, what it would have said. Its address would lead to some other file, or from a
    /// disk to the disk's own root.
    fn image(&mut self, reference: usize, alt: &str, title: &str, attributes: &str) {
        let (Some(link), Some(written)) =
            (self.entry.links.get(reference), self.entry.document.references.get(reference))
        else {
            return;
        };
        let url = match link {
            Link::External => Some(written.target.clone()),
            link => self.url_of(link),
        };
        let Some(url) = url else {
            let name = decoded(written.target.rsplit('/').next().unwrap_or_default());
            return self.missing(link, if alt.is_empty() { &name } else { alt }, true);
        };
        self.out.push_str("<img src=\"");
        escape_into(&mut self.out, &url);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, alt);
        self.out.push('"');
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape_into(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push_str(attributes);
        self.out.push_str(" loading=\"lazy\">");
    }

    /// What a reader is told of a note or file that is not there.
    fn says_missing(&self, is_file: bool) -> &'static str {
        match (self.surroundings.language, is_file) {
            (Language::Korean, false) => "아직 없는 노트",
            (Language::English, false) => "This note does not exist yet",
            (Language::Korean, true) => "파일이 없습니다",
            (Language::English, true) => "This file is missing",
        }
    }

    /// The words in the place of a picture, file or note that is not there, or not published.
    fn missing(&mut self, link: &Link, words: &str, is_file: bool) {
        if *link == Link::Private {
            self.out.push_str("<span class=\"private-embed\">");
        } else {
            let title = self.says_missing(is_file);
            self.out.push_str(&format!("<span class=\"broken-link\" title=\"{title}\">"));
        }
        escape_into(&mut self.out, words);
        self.out.push_str("</span>");
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
        // A section that is not there is not the whole note.
        let lost =
            matches!(link, Link::Note { id: None, .. }) && target.split_once('#').is_some_and(|(_, id)| !id.is_empty());
        if block && !lost && self.show(link, label) {
            return;
        }
        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
        let name = file.rsplit('/').next().unwrap_or_default();
        if block {
            self.out.push_str("<p>");
        }
        match self.url_of(link) {
            None => self.missing(link, if label.is_empty() { name } else { label }, media_type(name).is_some()),
            Some(url) => match media_type(name).filter(|_| matches!(link, Link::Asset(_))) {
                Some(kind) if kind.starts_with("image/") => self.picture(&url, name, label),
                Some(kind) if kind.starts_with("video/") => self.player("video", &url, name, label),
                Some(kind) if kind.starts_with("audio/") => self.player("audio", &url, name, label),
                Some("application/pdf") => self.pdf(&url, fragment, if label.is_empty() { name } else { label }),
                _ => {
                    self.out.push_str("<a class=\"wikilink\" href=\"");
                    escape_into(&mut self.out, &url);
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

    /// `![[그림.png|300]]` and `|300x200` are sizes, anything else is the alternative text; both may stand there.
    fn picture(&mut self, url: &str, name: &str, label: &str) {
        let (alt, width, height) = sized(label);
        self.out.push_str("<img src=\"");
        escape_into(&mut self.out, url);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, if alt.is_empty() { name } else { alt });
        self.out.push('"');
        self.size(width, height);
        self.out.push_str(" loading=\"lazy\">");
    }

    fn player(&mut self, element: &str, url: &str, name: &str, label: &str) {
        let (title, width, height) = sized(label);
        self.out.push_str(&format!("<{element} controls preload=\"metadata\" src=\""));
        escape_into(&mut self.out, url);
        self.out.push_str("\" title=\"");
        escape_into(&mut self.out, if title.is_empty() { name } else { title });
        self.out.push('"');
        self.size(width, height);
        self.out.push_str(&format!("></{element}>"));
    }

    /// Shown by the browser where it can, else a link. `#page=3` opens that page, `#height=400` is a size.
    fn pdf(&mut self, url: &str, fragment: &str, label: &str) {
        let value = |name: &str| -> Option<u32> {
            fragment.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let mut address = String::new();
        escape_into(&mut address, url);
        if let Some(page) = value("page") {
            address.push_str(&format!("#page={page}"));
        }
        self.out.push_str(&format!("<object class=\"pdf\" type=\"application/pdf\" data=\"{address}\""));
        self.size(value("width"), value("height"));
        self.out.push_str(&format!("><a href=\"{address}\">"));
        escape_into(&mut self.out, label);
        self.out.push_str("</a></object>");
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
        if let Some(first) = fence.numbers {
            self.out.push_str(" data-numbered");
            if first != 1 {
                // The numbers themselves are the style sheet's, so that nobody copies them with the code.
                self.out.push_str(&format!(" style=\"counter-reset:line {}\"", i64::from(first) - 1));
            }
        }
        self.out.push('>');
        let html = highlight(&fence.language, &fence.code, &mut self.budget);
        if fence.numbers.is_none() && fence.marked.is_empty() {
            self.out.push_str(&html);
        } else {
            self.code_lines(fence, &html);
        }
        self.out.push_str("</code></pre></figure>");
    }

    /// Highlighted code with an element around each line that is numbered or stands out. No element of the highlighter
    /// goes over the end of a line.
    fn code_lines(&mut self, fence: &Fence, html: &str) {
        let mut marked = fence.marked.iter().peekable();
        for (number, line) in html.split_inclusive('\n').enumerate() {
            let mark = marked.next_if(|(line, _)| *line == number).map(|(_, mark)| mark);
            let element = match mark {
                Some(LineMark::Highlighted) => "mark",
                Some(LineMark::Added) => "ins",
                Some(LineMark::Removed) => "del",
                None if fence.numbers.is_some() => "span",
                None => {
                    self.out.push_str(line);
                    continue;
                }
            };
            let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
            self.out.push_str(&format!("<{element} class=\"l\">{text}</{element}>{end}"));
        }
    }

    fn contents(&mut self) {
        let depth = self.entry.note.metadata.toc_depth.unwrap_or(self.surroundings.toc_depth);
        let headings: Vec<&Heading> =
            self.entry.document.headings.iter().filter(|h| h.listed && h.level <= depth).collect();
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

/// A label and the size at its end: `대체 글|300x200`, `300`.
fn sized(label: &str) -> (&str, Option<u32>, Option<u32>) {
    let (before, last) = label.rsplit_once('|').unwrap_or(("", label));
    match size(last.trim()) {
        (None, _) => (label, None, None),
        (width, height) => (before.trim(), width, height),
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
