//! A table of contents inside a note.

use super::address;
use super::body::Writer;
use crate::language::Language;
use crate::markdown::{Heading, escape_into};

impl Writer<'_> {
    pub(super) fn contents(&mut self) {
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
