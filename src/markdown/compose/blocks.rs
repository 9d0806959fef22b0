//! Blocks whose beginning depends on more than their tag: headings, nested containers, marks of footnotes.

use std::ops::Range;

use super::{Composer, OpenHeading};
use crate::language::Language;
use crate::markdown::html::escape_into;
use crate::markdown::{Section, nesting};
use crate::text;

impl Composer<'_> {
    pub(super) fn end_heading(&mut self, level: u8) {
        let Some(OpenHeading { out_start, title, named, class, references }) = self.heading.take() else { return };
        let written = title;
        let named = named.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(mut heading) = self.document.headings.pop() else { return };
        heading.id = self.slugger.id(&named, Some(&heading.id));
        heading.title = title;
        if std::mem::take(&mut self.heading_is_title) {
            self.out.truncate(out_start);
            self.document.title = Some(heading.title);
            self.document.title_id = Some(heading.id);
            self.links_in_heading(references);
            self.document.title_start = Some(heading.start);
            self.skip_glosses();
            return;
        }
        let mut open = format!("<h{level} id=\"");
        escape_into(&mut open, &heading.id);
        if !class.is_empty() {
            open.push_str("\" class=\"");
            escape_into(&mut open, &class);
        }
        open.push_str("\">");
        self.out.insert_str(out_start, &open);
        let label = match self.options.language {
            Language::Korean => "이 절의 주소",
            Language::English => "Link to this section",
        };
        self.out.push_str(" <a class=\"heading-anchor\" href=\"#");
        escape_into(&mut self.out, &heading.id);
        self.out.push_str(&format!("\" aria-label=\"{label}\">#</a></h{level}>\n"));
        // A heading in a quote or a list has an id, but opens no section of the note.
        if self.nesting.depth() == 0 && self.aside.is_empty() {
            let index = self.document.headings.len();
            self.document.headings.push(heading);
            self.document.sections.push(Section { heading: Some(index), ..Section::default() });
            self.links_in_heading(references);
            self.heading_glosses(&written, index);
            self.skip_glosses();
        } else {
            self.document.anchors.push(heading.id);
            let title = heading.title;
            self.plain(&title);
            self.links_in_heading(references);
            self.end_of_block();
        }
    }

    pub(super) fn open_container(&mut self, span: &Range<usize>) -> bool {
        self.end_of_block();
        let shown = self.nesting.open();
        self.outside_containers.push(self.elements.depth());
        if self.nesting.just_too_deep() {
            let depth = nesting::DEEPEST;
            self.warn(
                "too-deep",
                span.start,
                text!(
                    "목록과 인용이 {depth}단계보다 깊습니다; 더 깊은 단계는 한 단계로 보입니다",
                    "lists and quotes nest more than {depth} levels deep; deeper levels are shown as one"
                ),
            );
        }
        shown
    }

    /// Closes the innermost container; `true` when it has an element of its own to close.
    pub(super) fn close_container(&mut self) -> bool {
        let shown = self.nesting.close();
        let outside = self.outside_containers.pop().unwrap_or_default();
        // Without an element in the page nothing is closed by its end.
        if shown {
            self.elements.end_container(outside);
        }
        shown
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        match self.footnotes.refer(label) {
            Some(reference) => self.out.push_str(&reference),
            None => {
                self.out.push_str("[^");
                escape_into(&mut self.out, label);
                self.out.push(']');
            }
        }
    }

    /// A mention of a footnote that nothing defines.
    pub(super) fn missing_footnote(&mut self, label: &str, offset: usize) {
        self.warn(
            "missing-footnote",
            offset,
            text!("각주 `[^{label}]`의 내용이 없습니다", "the footnote `[^{label}]` has no text"),
        );
    }
}
