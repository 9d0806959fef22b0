//! One note's text → a [`Document`]: its HTML with holes, and the facts about it.
//!
//! A note is parsed once, alone, as a pure function of its bytes and the site's options, so that all notes can be
//! parsed at the same time and a parsed note can be remembered. What depends on other notes or on drawing (where a
//! link leads, the colours of code) is left open as a *hole*: a number between two control characters that the
//! source room has removed from every note, so that no note can forge one. The render room fills the holes.
//!
//! In goes text with its front matter already measured; out comes a `Document` whose spans are byte ranges of that
//! same text. Parsing cannot fail: what looks odd becomes a diagnostic.

mod abbreviations;
mod attributes;
mod autolink;
mod block_ids;
mod callouts;
mod compose;
mod contents;
mod dialect;
mod emphasis;
mod events;
mod fence;
mod footnotes;
mod glosses;
mod headings;
mod html;
mod inline_notes;
mod nesting;
mod part;
mod properties;
mod sanitise;
mod sentence;
mod tags;
mod tasks;
mod title;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diagnostics::Diagnostic;
use crate::drawing::{Drawing, Fault, Memory};
use crate::language::Language;
use crate::maths::Glyph;

pub use fence::{Fence, LineMark};
pub use glosses::{Definition, Gloss, Inside, find as find_glosses, first_sentence, is_short};
pub use headings::{Heading, Slugger, slug};
pub use html::{escape_into, unescape};
pub use part::{Part, Parts, next_hole};
pub use properties::Property;
pub use sentence::sentence_around;

/// What of the site's configuration changes how a note is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Of the labels that the body itself carries, such as the title of an alert.
    pub language: Language,
    /// A newline inside a paragraph is a line break.
    pub breaks: bool,
    /// `#태그` in the text is a tag.
    pub inline_tags: bool,
    /// HTML in notes is kept as written, scripts included.
    pub unsafe_html: bool,
    /// Hosts, in lower case, whose pages a note may show in an `<iframe>`.
    pub iframe_hosts: Vec<String>,
    /// Draws diagrams.
    pub drawings: Arc<Memory>,
    /// What formulas call by a name of the site's own, and the LaTeX that it stands for.
    pub macros: Vec<(String, String)>,
}

/// The text of a note and where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The whole file, front matter included, so that spans and positions are the file's own.
    pub text: &'a str,
    /// Where the front matter ends.
    pub body_start: usize,
    /// The file's path in diagnostics.
    pub path: &'a str,
    /// The title that the front matter gives.
    pub title: Option<&'a str>,
    /// The picture that the front matter gives.
    pub cover: Option<&'a str>,
    /// What the front matter holds under keys that seoga has no use for.
    pub extra: Option<&'a serde_json::Map<String, serde_json::Value>>,
}

/// A parsed note.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The title that the note's own headings give; `None` when none of them is one.
    pub title: Option<String>,
    /// The id of the heading that became the title and was therefore taken out of the body.
    pub title_id: Option<String>,
    /// Where that heading begins in the file.
    pub title_start: Option<usize>,
    pub body: Body,
    pub headings: Vec<Heading>,
    pub references: Vec<Reference>,
    /// Which of the references is the note's cover picture.
    pub cover: Option<usize>,
    /// Keys of the front matter whose values hold links.
    pub properties: Vec<Property>,
    /// The readable text in reading order, cut at headings; the first has no heading.
    pub sections: Vec<Section>,
    /// The first paragraph as plain text, for cards and descriptions.
    pub excerpt: Option<String>,
    /// Ids that something other than a heading carries, such as `<a id="…">` and `^블록`.
    pub anchors: Vec<String>,
    /// The tags in the text, each once, in reading order.
    pub tags: Vec<String>,
    /// Terms that definition lists explain.
    pub definitions: Vec<Definition>,
    /// Terms that the text glosses, the title not among them.
    pub glosses: Vec<Gloss>,
    pub diagnostics: Vec<Diagnostic>,
    /// The parts of the body, found when one is asked for.
    pub parts: OnceLock<Parts>,
}

/// HTML with holes.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// A hole stands as [`HOLE_START`], its number in decimal, [`HOLE_END`].
    pub html: String,
    pub holes: Vec<Hole>,
}

pub const HOLE_START: char = '\u{2}';
pub const HOLE_END: char = '\u{3}';

/// What the markdown room cannot know.
#[derive(Clone, Debug, PartialEq)]
pub enum Hole {
    /// The value of an `href` or `src` attribute: where the reference of this index leads.
    Address(usize),
    /// `![대체 글](그림.png "제목")`: a picture, or words where it is missing.
    /// `attributes` are HTML, such as ` width="300"`.
    Image { reference: usize, alt: String, title: String, attributes: String },
    /// The value of a `srcset`: references, and for which screens each is (`2x`, `800w`).
    SourceSet(Vec<(usize, String)>),
    /// The value of an `id` in the note's own HTML, made different from all other ids of the note.
    Id(String),
    /// The text of a wikilink: its label, or its target where the writer had the two the other way round.
    Label(usize),
    /// `![[…]]`: a file, or a note shown here. A note is shown only where a block may stand, elsewhere it is linked.
    Embed { reference: usize, block: bool },
    /// A code block.
    Code(Fence),
    /// A picture, the references that its links are, by their numbers, and the fence that it was drawn from.
    Drawing { drawn: Arc<Result<Drawing, Fault>>, references: Vec<usize>, fence: Fence },
    /// An `<iframe>` of a host that the site allows.
    Frame { address: String, title: String, width: Option<u32>, height: Option<u32> },
    /// `#태그`: a link to the tag of this name.
    Tag(String),
    /// A table of contents of this note, down to headings of this level.
    Contents,
    /// A drawn formula.
    Formula(Box<Formula>),
}

/// A drawn formula: HTML that refers to glyphs, which the page draws once.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    pub html: String,
    pub glyphs: Vec<Glyph>,
}

/// How a reference was written, which decides how its target is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `[글](대상)`, `<https://…>` and bare addresses.
    Link,
    /// `![대체 글](그림.png)`.
    Image,
    /// `[[이름]]`.
    Wikilink,
    /// `![[이름]]`.
    Embed,
    /// An `<a href>` in the note's own HTML, without an id.
    HtmlLink,
    /// One with an id of its own.
    HtmlAnchor,
    /// What the note's own HTML shows: `src`, `poster`, `srcset`.
    Html,
}

impl ReferenceKind {
    /// Whether it shows what it means, rather than leading there.
    pub fn shows(self) -> bool {
        matches!(self, Self::Embed | Self::Image | Self::Html)
    }
}

/// One place where a note names something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub kind: ReferenceKind,
    /// As written, entities and escapes undone, percent signs as they are.
    pub target: String,
    /// Of a wikilink or embed: what stands behind the bar.
    pub label: Option<String>,
    /// In the file.
    pub span: Range<usize>,
}

/// A heading and what follows it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Index into [`Document::headings`].
    pub heading: Option<usize>,
    pub text: String,
    /// What parts of the text are, by where they begin. They do not overlap, except that code may stand in a link.
    pub stretches: Vec<Stretch>,
}

/// A part of a section's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// In the section's text; empty for a link without words, such as a picture.
    pub range: Range<usize>,
    pub kind: StretchKind,
}

/// What a part of a section's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// The words of the reference of this index.
    Link(usize),
    /// A reference in the heading over the section. The range is empty.
    LinkInHeading(usize),
    Code,
    /// Prose; the file has it from this byte on.
    Prose(usize),
}

/// Parses a note.
pub fn parse(input: Input<'_>, options: &Options) -> Document {
    compose::compose(input, options)
}

#[cfg(test)]
mod tests;
