//! A picture in a page: its address, its words, its size, and how it stands on a light and on a dark page.

use super::body::Writer;
use crate::library::{Asset, Link};
use crate::markdown::escape_into;
use crate::media::is_drawing_source;
use crate::pictures::Picture;
use crate::source::names::file_name;

/// What is written of a picture besides where it leads.
pub(super) struct Words<'w> {
    pub alt: &'w str,
    pub title: &'w str,
    /// As HTML.
    pub attributes: &'w str,
}

/// The class of a picture for one theme alone, as the end of its address says: Material for MkDocs has `#only-dark`, GitHub
/// `#gh-dark-mode-only`.
pub(super) fn theme_of(target: &str) -> Option<&'static str> {
    match target.rsplit_once('#')?.1 {
        "only-light" | "gh-light-mode-only" => Some("for-light"),
        "only-dark" | "gh-dark-mode-only" => Some("for-dark"),
        _ => None,
    }
}

impl Writer<'_> {
    /// Writes a picture; where it has a dark twin that the note does not show itself, both.
    pub(super) fn img(&mut self, link: &Link, target: &str, url: &str, words: &Words<'_>) {
        let library = self.surroundings.library;
        let asset = match link {
            Link::Asset(asset) => library.assets.get(asset.0),
            _ => None,
        };
        let theme = theme_of(target);
        let twin = asset.and_then(|asset| asset.dark).filter(|_| theme.is_none());
        let twin = twin.filter(|twin| !self.entry.links.contains(&Link::Asset(*twin)));
        let dark = twin.and_then(|twin| Some((self.url_of(&Link::Asset(twin))?, library.assets.get(twin.0)?)));
        match dark {
            Some((dark_url, dark)) => {
                self.one_img(asset, url, words, Some("for-light"));
                self.one_img(Some(dark), &dark_url, words, Some("for-dark"));
            }
            None => self.one_img(asset, url, words, theme),
        }
    }

    /// What is known of the drawing that a link leads to.
    pub(super) fn picture_of(&self, link: &Link) -> Option<&Picture> {
        match link {
            Link::Asset(asset) => self.surroundings.library.assets.get(asset.0)?.picture.as_ref(),
            _ => None,
        }
    }

    fn one_img(&mut self, asset: Option<&Asset>, url: &str, words: &Words<'_>, theme: Option<&str>) {
        let picture = asset.and_then(|asset| asset.picture.as_ref());
        let title = picture.and_then(|picture| picture.title.as_deref()).unwrap_or_default();
        self.out.push_str("<img src=\"");
        escape_into(&mut self.out, url);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, if words.alt.is_empty() { title } else { words.alt });
        self.out.push('"');
        if !words.title.is_empty() {
            self.out.push_str(" title=\"");
            escape_into(&mut self.out, words.title);
            self.out.push('"');
        }
        let classes: Vec<&str> = theme.into_iter().chain(picture.map(|picture| picture.looks.class())).collect();
        let classes = classes.join(" ");
        match words.attributes.split_once(" class=\"") {
            Some((before, own)) if !classes.is_empty() => {
                self.out.push_str(&format!("{before} class=\"{classes} {own}"));
            }
            _ => {
                self.out.push_str(words.attributes);
                if !classes.is_empty() {
                    self.out.push_str(&format!(" class=\"{classes}\""));
                }
            }
        }
        let is_sized = [" width=", " height=", " style="].iter().any(|name| words.attributes.contains(name));
        if let Some((width, height)) = picture.and_then(|picture| picture.size).filter(|_| !is_sized) {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    /// The classes of an `<img>` of the note's own HTML, whose address has just been written.
    pub(super) fn own_img<'h>(&mut self, link: &Link, target: &str, after: &'h str) -> &'h str {
        let looks = self.picture_of(link).map(|picture| picture.looks.class());
        let classes = theme_of(target).into_iter().chain(looks);
        let classes = classes.collect::<Vec<_>>().join(" ");
        let start = self.out.rfind('<').filter(|at| self.out.get(*at..).is_some_and(|tag| tag.starts_with("<img ")));
        let Some(start) = start.filter(|_| !classes.is_empty()) else { return after };
        let tag = self.out.get(start..).unwrap_or_default();
        if !tag.contains(" src=\"") {
            return after;
        }
        if let Some(own) = tag.find(" class=\"") {
            self.out.insert_str(start + own + " class=\"".len(), &format!("{classes} "));
            return after;
        }
        self.class(&classes, after)
    }

    /// A link to a drawing's source, in the place of the picture that nobody exported.
    pub(super) fn drawing_source(&mut self, link: &Link, url: &str, alt: &str) -> bool {
        let Link::Asset(asset) = link else { return false };
        let Some(asset) = self.surroundings.library.assets.get(asset.0).filter(|asset| is_drawing_source(&asset.name))
        else {
            return false;
        };
        self.out.push_str("<a href=\"");
        escape_into(&mut self.out, url);
        self.out.push_str("\">");
        escape_into(&mut self.out, if alt.is_empty() { file_name(&asset.name) } else { alt });
        self.out.push_str("</a>");
        true
    }
}
