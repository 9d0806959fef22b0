//! Links, images and embeds: each becomes a reference, and a hole where its address goes.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::Composer;
use crate::address::without_dendron;
use crate::markdown::html::escape_into;
use crate::markdown::{Hole, Reference, ReferenceKind};
use crate::media::{self, Size};

impl Composer<'_> {
    /// A link begins; `text` is all that is in it, where that is only text.
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        target: &str,
        title: &str,
        text: Option<&str>,
        span: Range<usize>,
    ) {
        self.links += 1;
        let span = self.in_file(&span);
        match link_type {
            LinkType::WikiLink { has_pothole } => {
                let target = wikilink_target(target).to_owned();
                // `[[노트|]]` has no words of its own.
                if !has_pothole || text == Some("") {
                    // `[[이름#제목]]` reads as "이름 > 제목", as Obsidian shows it.
                    let shown = target.trim_start_matches('#').replace('#', " > ");
                    self.open_anchor(ReferenceKind::Wikilink, target, title, span);
                    escape_into(&mut self.out, &shown);
                    self.plain(&shown);
                    self.skip_text = true;
                } else {
                    let reference = self.open_anchor(ReferenceKind::Wikilink, target, title, span);
                    if let Some(text) = text {
                        self.label(reference, Some(text.trim().to_owned()));
                        self.hole(Hole::Label(reference));
                        self.plain(text);
                        self.skip_text = true;
                    }
                }
            }
            LinkType::Email => {
                self.open_anchor(ReferenceKind::Link, format!("mailto:{target}"), title, span);
            }
            _ => {
                self.open_anchor(ReferenceKind::Link, target.to_owned(), title, span);
            }
        }
    }

    pub(super) fn open_anchor(
        &mut self,
        kind: ReferenceKind,
        target: String,
        title: &str,
        span: Range<usize>,
    ) -> usize {
        let reference = self.reference(kind, target, span);
        self.start_link_text();
        self.out.push_str("<a href=\"");
        self.hole(Hole::Address(reference));
        self.out.push('"');
        self.attribute("title", title);
        self.out.push('>');
        reference
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let alt = image.alt.trim();
        if !image.embed && self.links == 0 && self.film(&image.target, alt, &image.span) {
            return;
        }
        let place = self.in_file(&image.span);
        if image.embed {
            let label = image.has_label.then(|| alt.to_owned());
            let is_file = media::media_type(image.target.split('#').next().unwrap_or_default()).is_some();
            let reference = self.reference(ReferenceKind::Embed, image.target, place);
            self.label(reference, label);
            let block = !is_file && self.inline_depth == 0 && self.heading.is_none() && !self.table.is_open();
            if block {
                self.pause_paragraph();
            }
            self.hole(Hole::Embed { reference, block });
            if block {
                self.resume_paragraph();
            }
            // A size is nothing that a reader reads.
            let alt = media::sized(alt).0.to_owned();
            if self.links == 0 {
                self.start_link_text();
            }
            self.plain(&alt);
            if self.links == 0 {
                self.end_link_text();
            }
        } else {
            // `![대체 글|300](그림.png)`, as Obsidian has it. A number alone may well be a figure's.
            let (alt, size) = if alt.contains('|') { media::sized(alt) } else { (alt, Size::default()) };
            let reference = self.reference(ReferenceKind::Image, image.target, place);
            let (alt, attributes) = (alt.to_owned(), size.attributes());
            self.plain(&alt);
            self.hole(Hole::Image { reference, alt, title: image.title, attributes });
        }
    }

    pub(super) fn reference(&mut self, kind: ReferenceKind, target: String, span: Range<usize>) -> usize {
        let index = self.document.references.len();
        self.document.references.push(Reference { kind, target, label: None, span });
        self.starts_here(index);
        index
    }

    fn label(&mut self, reference: usize, label: Option<String>) {
        if let Some(reference) = self.document.references.get_mut(reference) {
            reference.label = label;
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape_into(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// `[[a\|b]]` in a table: the backslash belongs to the table, not to the name.
pub(super) fn wikilink_target(target: &str) -> &str {
    without_dendron(target.trim_end_matches('\\').trim())
}
