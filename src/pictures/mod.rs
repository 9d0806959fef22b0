//! SVG files of the notes → what may stand in a site, and what a page has to know of them.
//!
//! ```text
//! bytes ─ source ─► text ─ roxmltree ─► tree ─┬ clean ─► the file that is published
//!                                             ├ paint ─► how it fares on a dark page
//!                                             ├ words ─► what the search finds in it
//!                                             └ size, title
//! ```
//!
//! A page shows them by `<img>`, where they run nothing and load nothing. Somebody who opens the file itself runs it in the
//! site's own name, though, so that every one is written anew from lists of what draws: no scripts, no handlers, no
//! addresses of other places. With them goes what only an editor reads, such as the other sheets of a draw.io file or the
//! deleted shapes of an Excalidraw scene. What cannot be read is not published, because a browser runs the scripts before
//! the fault that it stops at.
//!
//! How a drawing stands on a dark page is decided here, once, and told to the page by a class ([`Looks`]). Measured in
//! Chromium 156 and Firefox 153: the `color-scheme` of an `<img>` reaches the drawing, its `prefers-color-scheme` and, where
//! it says `color-scheme: light dark` itself, its `light-dark()`. So a drawing that follows the theme is left to do so, and
//! follows the page's own switch as well.
//!
//! All of this is a pure function of a file's bytes, half a millisecond for 50 KB and as much when it is published, and is not remembered.

mod clean;
mod colour;
mod css;
mod paint;
mod size;
mod source;
mod words;

use roxmltree::Node;

use crate::language::Text;

/// The namespaces that draw.
const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What a page has to know of a drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// In CSS pixels.
    pub size: Option<(u32, u32)>,
    /// What the drawing calls itself.
    pub title: Option<String>,
    /// Its words, a label each, in reading order.
    pub words: Vec<String>,
    pub looks: Looks,
}

/// How a drawing stands on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looks {
    /// Readable on any page: it follows the theme, has a ground of its own, or colours that stand out everywhere.
    #[default]
    Anywhere,
    /// Dark ink without a ground.
    DarkInk,
    /// Light ink without a ground.
    LightInk,
    /// Drawn by Excalidraw, which turns its colours round for a dark page.
    Inverts,
}

impl Looks {
    /// The class of the `<img>`.
    pub fn class(self) -> &'static str {
        match self {
            Self::Anywhere => "any-ground",
            Self::DarkInk => "dark-ink",
            Self::LightInk => "light-ink",
            Self::Inverts => "inverts",
        }
    }
}

/// Something that is not published with the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub kind: Kind,
    /// Where in the text.
    pub at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Script,
    /// `onload` and the like, by name.
    Handler(String),
    /// A link that runs something.
    Link,
    /// Something that stands elsewhere, by its address.
    Elsewhere(String),
    /// A font that is loaded from elsewhere, by its address. Within a page it never was.
    Font(String),
}

/// Why a drawing is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: Text,
    pub position: crate::diagnostics::Position,
}

/// A drawing that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub picture: Picture,
    pub removed: Vec<Removed>,
    /// That [`Removed::at`] counts in.
    pub text: String,
}

/// Whether a file is a drawing of this kind.
pub fn is_svg(name: &str) -> bool {
    crate::media::media_type(name) == Some("image/svg+xml")
}

/// Reads a drawing.
///
/// # Errors
/// When it is no SVG that a browser shows, or larger than any drawing.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let text = source::text(bytes)?;
    let document = source::parse(&text)?;
    let root = document.root_element();
    let mut removed = Vec::new();
    clean::write(root, &mut removed);
    let title = root.children().find(|child| is_svg_element(*child, "title")).and_then(|title| title.text());
    let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let picture = Picture {
        size: size::of(root),
        title: title.filter(|title| !title.is_empty()),
        words: words::of(root),
        looks: paint::looks(root),
    };
    removed.sort_by_key(|removed| removed.at);
    drop(document);
    Ok(Reading { picture, removed, text })
}

/// The drawing as it is published.
///
/// # Errors
/// As of [`read`].
pub fn published(bytes: &[u8]) -> Result<String, Unreadable> {
    let text = source::text(bytes)?;
    let document = source::parse(&text)?;
    Ok(clean::write(document.root_element(), &mut Vec::new()))
}

/// The namespace of an element; drawings that were cut out of a page have none, and are meant as SVG.
fn namespace<'a>(node: Node<'a, 'a>) -> &'a str {
    node.tag_name().namespace().filter(|namespace| !namespace.is_empty()).unwrap_or(SVG)
}

fn is_svg_element(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace().is_none_or(|ns| ns == SVG)
}

/// A node's `href`, by either of its names.
fn href<'a>(node: Node<'a, 'a>) -> Option<&'a str> {
    node.attribute("href").or_else(|| node.attribute((XLINK, "href")))
}

#[cfg(test)]
mod tests;
