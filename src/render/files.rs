//! Pictures, sound, film and documents in a note's body, and the words in the place of what is missing.

use super::body::Writer;
use super::picture::Words;
use crate::address::decoded;
use crate::language::Language;
use crate::library::Link;
use crate::markdown::escape_into;
use crate::media::{Size, sized};

impl Writer<'_> {
    /// The value of a `srcset`, which stands open; pictures that are missing are left out.
    pub(super) fn source_set<'h>(&mut self, pictures: &[(usize, String)], after: &'h str) -> &'h str {
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
            return self.without_quote(after);
        }
        after
    }

    /// A picture; where there is none, what it would have said. Its address would lead to some other file, or from a
    /// disk to the disk's own root.
    pub(super) fn image(&mut self, reference: usize, alt: &str, title: &str, attributes: &str) {
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
            if *link == Link::Private && alt.is_empty() {
                // No words were written, and the name of what is private is none.
                return;
            }
            let name = decoded(written.target.rsplit('/').next().unwrap_or_default());
            return self.missing(link, if alt.is_empty() { &name } else { alt }, true);
        };
        if !self.drawing_source(link, &url, alt) {
            self.img(link, &written.target, &url, &Words { alt, title, attributes });
        }
    }

    /// What a reader is told of a note or file that is not there.
    pub(super) fn says_missing(&self, is_file: bool) -> &'static str {
        match (self.surroundings.language, is_file) {
            (Language::Korean, false) => "아직 없는 노트",
            (Language::English, false) => "This note does not exist yet",
            (Language::Korean, true) => "파일이 없습니다",
            (Language::English, true) => "This file is missing",
        }
    }

    /// The words in the place of a picture, file or note that is not there, or not published.
    pub(super) fn missing(&mut self, link: &Link, words: &str, is_file: bool) {
        if *link == Link::Private {
            self.out.push_str("<span class=\"private-embed\">");
        } else {
            let title = self.says_missing(is_file);
            self.out.push_str(&format!("<span class=\"broken-link\" title=\"{title}\">"));
        }
        escape_into(&mut self.out, words);
        self.out.push_str("</span>");
    }

    /// `![[그림.png|300]]` and `|300x200` are sizes, anything else is the alternative text; both may stand there.
    pub(super) fn picture(&mut self, link: &Link, target: &str, url: &str, name: &str, label: &str) {
        let (alt, size) = sized(label);
        let has_title = self.picture_of(link).is_some_and(|picture| picture.title.is_some());
        let alt = if alt.is_empty() && !has_title { name } else { alt };
        self.img(link, target, url, &Words { alt, title: "", attributes: &size.attributes() });
    }

    pub(super) fn player(&mut self, element: &str, url: &str, name: &str, label: &str) {
        let (title, size) = sized(label);
        self.out.push_str(&format!("<{element} controls preload=\"metadata\" src=\""));
        escape_into(&mut self.out, url);
        self.out.push_str("\" title=\"");
        escape_into(&mut self.out, if title.is_empty() { name } else { title });
        self.out.push('"');
        self.out.push_str(&size.attributes());
        self.out.push_str(&format!("></{element}>"));
    }

    /// Shown by the browser where it can, else a link. `#page=3` opens that page, `#height=400` is a size.
    pub(super) fn pdf(&mut self, url: &str, fragment: &str, label: &str) {
        let value = |name: &str| -> Option<u32> {
            fragment.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let mut address = String::new();
        escape_into(&mut address, url);
        if let Some(page) = value("page") {
            address.push_str(&format!("#page={page}"));
        }
        self.out.push_str(&format!("<object class=\"pdf\" type=\"application/pdf\" data=\"{address}\""));
        self.out.push_str(&Size { width: value("width"), height: value("height") }.attributes());
        self.out.push_str(&format!("><a href=\"{address}\">"));
        escape_into(&mut self.out, label);
        self.out.push_str("</a></object>");
    }
}
