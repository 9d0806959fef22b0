//! The source of a diagram → a picture that stands in a page: inline SVG for light and dark, its words and its links.
//!
//! ```text
//! fence ─ Tool::of ─► draw ─┬ mermaid ┬► SVG, light and dark ─ svg::unite ─► Drawing
//!                           ├ pikchr ─┤
//!                           ├ dot ────┘
//!                           └─► Fault: what is wrong, and where in the source
//! ```
//!
//! Drawing is a pure function of tool and source, so that it can be remembered ([`Memory`]) and done on all cores. Nothing
//! of a tool's output is trusted: `svg` writes anew what is on its lists, and nothing else. Colours of both themes stand
//! side by side in one drawing (`light-dark()`) where the two do not differ otherwise; else there are two.
//!
//! A drawing's SVG has two kinds of marks, which no note can have: [`ID`] before each id, where the page puts what makes
//! the id its own, and [`LINK_START`] … [`LINK_END`] around the number of a link, where its address goes.

#[cfg(feature = "dot")]
mod dot;
#[cfg(any(feature = "dot", feature = "pikchr"))]
mod entity;
mod graphviz;
mod memory;
#[cfg(feature = "mermaid")]
mod mermaid;
#[cfg(feature = "pikchr")]
mod pikchr;
#[cfg_attr(
    not(any(feature = "dot", feature = "mermaid", feature = "pikchr")),
    allow(dead_code, reason = "drawings of Graphviz's have one theme")
)]
mod svg;
#[cfg_attr(
    not(any(feature = "dot", feature = "mermaid", feature = "pikchr")),
    allow(dead_code, reason = "only its fonts are asked for")
)]
mod width;
mod wikilinks;

use crate::language::Text;
use crate::markdown::unescape;
use crate::text;
pub use graphviz::Graphviz;
pub use memory::Memory;

/// Before each id of a drawing.
pub const ID: char = '\u{4}';
/// Around the number of a link.
pub const LINK_START: char = '\u{5}';
pub const LINK_END: char = '\u{6}';

/// Counts changes of what drawings look like, so that remembered ones are drawn again.
const VERSION: u32 = 8;

/// What a diagram is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    Mermaid,
    Pikchr,
    Dot,
    Svgbob,
}

impl Tool {
    /// The tool for code of this language, as a fence names it.
    pub fn of(language: &str) -> Option<Self> {
        match language {
            "mermaid" => Some(Self::Mermaid),
            "pikchr" | "pic" => Some(Self::Pikchr),
            "dot" | "graphviz" | "gv" => Some(Self::Dot),
            "svgbob" | "bob" => Some(Self::Svgbob),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Mermaid => "mermaid",
            Self::Pikchr => "pikchr",
            Self::Dot => "dot",
            Self::Svgbob => "svgbob",
        }
    }
}

/// A finished picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Of one `<svg>` element for both themes, or of one for the light and one for the dark.
    pub svg: Vec<String>,
    /// In pixels.
    pub width: f32,
    /// What the writer calls it.
    pub title: Option<String>,
    pub description: Option<String>,
    /// The words in it, in reading order.
    pub labels: Vec<String>,
    /// Where its links lead, as written, by their numbers.
    pub links: Vec<DrawnLink>,
    /// What the tool did not understand and drew all the same.
    pub remarks: Vec<Fault>,
}

impl Drawing {
    /// The first words that a link has in the drawing; none where it is a shape without a label.
    pub fn words_of(&self, link: usize) -> Option<String> {
        let mark = format!("{LINK_START}{link}{LINK_END}\"");
        let (_, after) = self.svg.first()?.split_once(&mark)?;
        let inside = after.split("</a>").next()?;
        // What is left of the link's own tag is no word.
        let texts = inside.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
        texts.into_iter().find(|text| !text.is_empty()).map(unescape)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnLink {
    pub target: String,
    /// `[[이름]]` rather than an address.
    pub is_wikilink: bool,
    /// Where in the source the target stands, in bytes; `None` where that is not known.
    pub at: Option<usize>,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: Text,
    pub hint: Option<Text>,
    /// Where in the source, in bytes; `None` where that is not known.
    pub at: Option<usize>,
}

/// Draws.
///
/// # Errors
/// When the source cannot be read, or is too large to be drawn.
#[cfg_attr(not(any(feature = "dot", feature = "mermaid", feature = "pikchr")), allow(unused_variables))]
pub fn draw(tool: Tool, source: &str) -> Result<Drawing, Fault> {
    match tool {
        #[cfg(feature = "mermaid")]
        Tool::Mermaid => mermaid::draw(source),
        #[cfg(not(feature = "mermaid"))]
        Tool::Mermaid => Err(left_out("Mermaid")),
        #[cfg(feature = "pikchr")]
        Tool::Pikchr => pikchr::draw(source),
        #[cfg(not(feature = "pikchr"))]
        Tool::Pikchr => Err(left_out("Pikchr")),
        #[cfg(feature = "dot")]
        Tool::Dot => dot::draw(source),
        #[cfg(not(feature = "dot"))]
        Tool::Dot => Err(left_out("dot")),
        // Hangul would stand with odd gaps in it; the characters themselves are readable.
        Tool::Svgbob => Err(Fault {
            message: text!(
                "svgbob 그림은 그리지 않고 글자 그대로 보입니다",
                "svgbob diagrams are not drawn; their characters are shown"
            ),
            hint: Some(text!("글자 그림으로 둘 것이면 `text`라고 적습니다", "to keep it as text, say `text`")),
            at: None,
        }),
    }
}

/// For a tool that the program was built without.
#[cfg(not(all(feature = "dot", feature = "mermaid", feature = "pikchr")))]
fn left_out(tool: &str) -> Fault {
    let message = text!("이 프로그램은 {tool} 그림을 그리지 않습니다", "this program draws no {tool} diagrams");
    Fault { message, hint: None, at: None }
}
