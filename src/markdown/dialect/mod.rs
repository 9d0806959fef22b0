//! What note-writers write that CommonMark does not know, put into words that the parser understands.
//!
//! Obsidian, VuePress, Docusaurus, MkDocs, Jekyll and Hugo each have blocks of their own: `:::tip`, `!!! note`,
//! `{: .class}`, `{% highlight %}`, `%%…%%`. Each is put right here, in a pass of its own, before the parser sees the
//! text: what is Markdown in another spelling is spelled as Markdown, what has no word in Markdown becomes a
//! [`Mark`], which the parser carries as an HTML comment to the composer. A pass looks only at what is no code
//! ([`lines`], [`prose`]) and costs nothing where its own characters do not occur. Offsets in the changed text lead
//! back to the note through a map, so that diagnostics and links keep their places.
//!
//! In goes a note's body; out comes a [`Prepared`].

mod abbreviations;
mod blanks;
mod bullets;
mod comments;
mod components;
mod containers;
mod contents;
mod definitions;
mod details;
mod edits;
mod empty_items;
mod headings;
mod kramdown;
mod labels;
mod lines;
mod links;
mod lists;
pub mod maths;
mod mkdocs;
mod prose;
mod shortcodes;
mod tables;

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::Word;
use super::html::{is_element, swallows_text, tag_at};
use crate::language::Text;
use edits::{Edits, SourceMap};

/// A body that the parser can read.
#[derive(Debug, Default)]
pub struct Prepared<'a> {
    pub text: Cow<'a, str>,
    pub marks: Vec<Mark>,
    pub faults: Vec<Fault>,
    /// Abbreviations and what they stand for.
    pub abbreviations: Vec<(String, String)>,
    /// One for each pass that changed something, the first first.
    maps: Vec<SourceMap>,
}

/// What a dialect says that Markdown has no word for. Stands in the text as an HTML comment ([`Pass::mark`]).
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A box begins. When it is titled, the next paragraph is its title.
    Open { kind: BoxKind, titled: bool },
    /// The innermost box ends, if it began in the same quote or list item.
    Close,
    /// A table of contents.
    Contents,
    /// Attributes of what was written last, or of the next block.
    Attributes { attributes: Attributes, follows: bool },
}

/// What a note says about an element, as far as a page may have it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    pub id: String,
    /// Divided by blanks.
    pub class: String,
    /// A code block's file.
    pub file: Option<String>,
    pub others: Vec<(&'static str, String)>,
}

impl Attributes {
    /// Takes from a list what a page may have, and drops the rest.
    fn of(words: &[Word<'_>]) -> Self {
        let mut attributes = Self::default();
        for word in words {
            let value = word.value.trim();
            match word.key.map(str::to_ascii_lowercase).as_deref() {
                None => attributes.shorthand(value),
                Some("id") => attributes.id = value.to_owned(),
                Some("class") => value.split_whitespace().for_each(|class| attributes.add_class(class)),
                Some("file") => attributes.file = Some(value.to_owned()),
                Some("width") => attributes.size("width", value),
                Some("height") => attributes.size("height", value),
                Some("title") => attributes.others.push(("title", value.to_owned())),
                Some("style") => attributes.others.push(("style", value.to_owned())),
                Some("align") if matches!(value, "left" | "right" | "center") => {
                    attributes.others.push(("align", value.to_owned()));
                }
                _ => {}
            }
        }
        attributes
    }

    /// `.class`, `#id`, `.one.two#id`.
    fn shorthand(&mut self, word: &str) {
        let mut rest = word;
        while let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '.' | '#')) {
            let name = &rest[1..];
            let end = name.find(['.', '#']).unwrap_or(name.len());
            match sign {
                '.' => self.add_class(&name[..end]),
                _ => self.id = name[..end].to_owned(),
            }
            rest = &name[end..];
        }
    }

    fn add_class(&mut self, class: &str) {
        if !class.is_empty() {
            self.class.push_str(if self.class.is_empty() { "" } else { " " });
            self.class.push_str(class);
        }
    }

    /// A number of pixels, or a share of what is there.
    fn size(&mut self, name: &'static str, value: &str) {
        let value = value.strip_suffix("px").unwrap_or(value);
        let number = value.strip_suffix('%').unwrap_or(value);
        if !number.is_empty() && number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.others.push((name, value.to_owned()));
        }
    }

    pub fn has_size(&self) -> bool {
        self.others.iter().any(|(name, _)| matches!(*name, "width" | "height"))
    }
}

/// A box of blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum BoxKind {
    /// A callout by its type as written, and whether it can be folded: open or closed.
    Callout { name: String, fold: Option<bool> },
    /// Blocks of which one is shown at a time.
    Tabs,
    /// One of them, by its name.
    Tab { name: String },
    /// Anything else.
    Plain { class: String, id: String },
}

/// Something a writer should know, at an offset of the body as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub code: &'static str,
    pub offset: usize,
    pub message: Text,
    pub hint: Option<Text>,
}

/// A mark's number stands between these; no note has the control character.
const MARK_START: &str = "<!--\u{1}";
const MARK_END: &str = "-->";

/// Puts a body's dialects into words that the parser understands. Linear in the body.
pub fn prepare(body: &str) -> Prepared<'_> {
    let mut prepared = Prepared { text: Cow::Borrowed(body), ..Prepared::default() };
    // First what says which lines belong together: the other passes read lines by it.
    prepared.pass(&["\u{a0}", "\u{200b}"], blanks::read);
    // What stands in a formula is nobody else's: `{{a}}` is no shortcode.
    prepared.maths();
    prepared.pass(shortcodes::NEEDS, shortcodes::read);
    prepared.pass(&["%%"], comments::read);
    for _ in 0..mkdocs::DEEPEST {
        if !prepared.pass(mkdocs::NEEDS, mkdocs::read) {
            break;
        }
    }
    prepared.pass(&["\n ", "\n\t", ">  ", "> \t", ">\t"], lists::read);
    // Those that were too far to the right to be read before.
    prepared.maths();
    prepared.pass(&["$"], maths::warn);
    prepared.pass(&["-\n", "- \n", "-\r", "- \r"], empty_items::read);
    prepared.pass(components::NEEDS, components::read);
    prepared.pass(&[":::"], containers::read);
    prepared.pass(&["{:"], kramdown::read_extensions);
    prepared.pass(contents::NEEDS, contents::read);
    prepared.pass(&["*["], abbreviations::read);
    prepared.pass(&["##", "}"], headings::read);
    prepared.pass(&["]]{"], labels::read);
    prepared.pass(kramdown::NEEDS, kramdown::read);
    prepared.pass(&["</"], details::read);
    prepared.pass(&["|"], tables::read);
    prepared.pass(bullets::BULLETS, bullets::read);
    prepared.pass(&["]("], links::read);
    prepared.pass(&["\n:", " :", ">:"], definitions::read);
    prepared
}

impl Prepared<'_> {
    /// The offset in the body, as it was written, of an offset in the text.
    pub fn offset(&self, offset: usize) -> usize {
        self.maps.iter().rev().fold(offset, |offset, map| map.to_old(offset))
    }

    /// Whether a dialect put the character at this offset of the text there.
    pub fn is_added(&self, offset: usize) -> bool {
        !self.maps.is_empty() && self.offset(offset) == self.offset(offset + 1)
    }

    pub fn span(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    fn maths(&mut self) {
        self.pass(maths::NEEDS, maths::read_blocks);
        self.pass(maths::NEEDS, maths::read);
    }

    /// Changes the text by one dialect, where one of the words occurs without which it cannot. Returns whether it did.
    fn pass(&mut self, needs: &[&str], read: impl FnOnce(&mut Pass<'_>)) -> bool {
        if !needs.iter().any(|word| memchr::memmem::find(self.text.as_bytes(), word.as_bytes()).is_some()) {
            return false;
        }
        let mut pass = Pass {
            text: &self.text,
            edits: Edits::new(&self.text),
            marks: std::mem::take(&mut self.marks),
            faults: Vec::new(),
            abbreviations: std::mem::take(&mut self.abbreviations),
        };
        read(&mut pass);
        let Pass { edits, marks, faults, abbreviations, .. } = pass;
        let changed = edits.finish();
        let faults: Vec<Fault> =
            faults.into_iter().map(|fault| Fault { offset: self.offset(fault.offset), ..fault }).collect();
        self.marks = marks;
        self.abbreviations = abbreviations;
        self.faults.extend(faults);
        let Some((text, map)) = changed else { return false };
        self.text = Cow::Owned(text);
        self.maps.push(map);
        true
    }
}

/// What one dialect changes.
struct Pass<'t> {
    text: &'t str,
    edits: Edits<'t>,
    marks: Vec<Mark>,
    abbreviations: Vec<(String, String)>,
    /// With offsets in `text`.
    faults: Vec<Fault>,
}

impl Pass<'_> {
    /// The word for a mark. Where it is a block's, it has to stand in a line of its own.
    fn mark(&mut self, mark: Mark) -> String {
        self.marks.push(mark);
        format!("{MARK_START}{}{MARK_END}", self.marks.len() - 1)
    }

    /// Puts the beginning of a box in the place of `place`, which ends a line whose content goes on behind `prefix`. The
    /// title, a part of `place`, stays where it is, as a paragraph of its own.
    fn open(&mut self, prefix: &str, place: Range<usize>, kind: BoxKind, title: Option<Range<usize>>) {
        let word = self.mark(Mark::Open { kind, titled: title.is_some() });
        let Some(title) = title else { return self.edits.replace(place.start, place.end, &word) };
        // The next line must not go on with the title.
        let source = self.text.get(title.clone()).unwrap_or_default();
        let text = as_paragraph(source);
        if text == source {
            self.edits.replace(place.start, title.start, &format!("{word}\n{prefix}"));
        } else {
            self.edits.replace(place.start, title.end, &format!("{word}\n{prefix}{text}"));
        }
        self.edits.replace(title.end, place.end, &format!("\n{prefix}"));
    }

    fn warn(&mut self, code: &'static str, offset: usize, message: Text) {
        self.faults.push(Fault { code, offset, message, hint: None });
    }

    fn warn_with_hint(&mut self, code: &'static str, offset: usize, message: Text, hint: Text) {
        self.faults.push(Fault { code, offset, message, hint: Some(hint) });
    }
}

/// The number of a mark that stands in a line, where a piece of HTML is one.
pub fn inline_mark(html: &str) -> Option<usize> {
    html.strip_prefix(MARK_START)?.strip_suffix(MARK_END)?.parse().ok()
}

/// Text without the marks in it, for where the parser reads no comment in the place of a dialect: in a fence that a
/// dialect's own word opened, or that is never closed; in an address, a title, a tag.
pub fn without_marks(text: &str) -> Cow<'_, str> {
    match maths::without_formulas(text) {
        Some(text) => Cow::Owned(without_comments(&text).into_owned()),
        None => without_comments(text),
    }
}

fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains(MARK_START) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (before, marks) = cut_at_marks(line);
        let after = marks.iter().filter_map(|(_, range)| line.get(range.clone()));
        let kept: String = std::iter::once(before).chain(after).collect();
        if marks.is_empty() || !kept.trim().is_empty() {
            out.push_str(&kept);
        }
    }
    Cow::Owned(out)
}

/// A piece of HTML cut at the marks in it: what stands before the first, and each with where in the piece stands what
/// follows it.
pub fn cut_at_marks(html: &str) -> (&str, Vec<(usize, Range<usize>)>) {
    let mut pieces = html.split(MARK_START);
    let before = pieces.next().unwrap_or_default();
    let mut end = before.len();
    let marks = pieces.filter_map(|piece| {
        end += MARK_START.len() + piece.len();
        let (number, after) = piece.split_once(MARK_END)?;
        let after = after.strip_prefix('\n').unwrap_or(after);
        Some((number.parse().ok()?, end - after.len()..end))
    });
    (before, marks.collect())
}

/// What stands before a line's content, for a line that goes on in the same place: the marker of a list item is blank.
fn blank_prefix(prefix: &str) -> String {
    prefix.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
}

/// A line that is a paragraph of text, whatever it would be otherwise: a title may begin with `#` or `1.`.
fn as_paragraph(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'#' | b'>' | b'-' | b'+' | b'=' | b'~' | b'|' | b'_' | b':') if digits == 0 => format!("\\{text}"),
        // A reference's definition, and HTML that is no element or would swallow what follows.
        Some(b'[') if digits == 0 && text.contains("]:") => format!("\\{text}"),
        Some(b'<') if digits == 0 && !begins_with_element(text) => format!("\\{text}"),
        Some(b'*' | b'`') if digits == 0 && text[1..].starts_with([' ', '`', '*']) && is_block(text) => {
            format!("\\{text}")
        }
        _ => text.to_owned(),
    }
}

fn begins_with_element(text: &str) -> bool {
    tag_at(text, 0).is_some_and(|tag| is_element(tag.name) && !swallows_text(tag.name) && tag.name != "pre")
}

fn is_block(text: &str) -> bool {
    lines::lines(text).next().is_some_and(|line| line.code || line.marker.is_some())
        || text.trim_matches(['*', ' ']).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stay_paragraphs() {
        for (title, written) in [
            ("제목", "제목"),
            ("1. 순서", "1\\. 순서"),
            ("# 제목", "\\# 제목"),
            ("**굵게**", "**굵게**"),
            ("* 점", "\\* 점"),
            ("`코드`", "`코드`"),
            ("2024년", "2024년"),
            ("[a]: /b", "\\[a]: /b"),
            ("[글](주소)", "[글](주소)"),
            ("<Suspense>", "\\<Suspense>"),
            ("<!-- 글", "\\<!-- 글"),
            ("<b>글</b>", "<b>글</b>"),
        ] {
            assert_eq!(as_paragraph(title), written);
        }
    }

    #[test]
    fn offsets_lead_back_through_every_pass() {
        let body = "글\n\n::: tip 제목\n안\n:::\n뒤";
        let prepared = prepare(body);
        for word in ["제목", "안", "뒤"] {
            let found = prepared.text.find(word).unwrap();
            assert_eq!(prepared.offset(found), body.find(word).unwrap(), "{word}");
        }
    }
}
