//! The HTML that a note brings along.

use std::ops::Range;

use super::Composer;
use crate::markdown::{Document, Hole, ReferenceKind, html, nesting};
use crate::text;

impl Composer<'_> {
    /// A piece of the note's own HTML: a whole block, or one tag in a paragraph.
    pub(super) fn html(&mut self, source: &str, offset: usize, block: bool) {
        let source = &*html::without_control_references(source);
        let trimmed = source.trim();
        if trimmed.starts_with("<!--") && trimmed.find("-->").is_some_and(|end| end + 3 == trimmed.len()) {
            return;
        }
        if html::is_harmless_break(trimmed) {
            self.out.push_str(if trimmed.to_ascii_lowercase().contains("hr") { "<hr>" } else { "<br>" });
            self.plain(" ");
            return;
        }
        let tags = html::tags(source);
        let as_typed = tags.first().is_some_and(|tag| {
            !html::is_element(tag.name) || (!self.options.unsafe_html && self.is_words(tag, source, offset, block))
        });
        if block && trimmed.starts_with("<!--") && !trimmed.contains("-->") {
            self.warn(
                "open-comment",
                offset,
                text!(
                    "이 `<!--`는 끝나지 않습니다; 여기부터 아무것도 보이지 않습니다",
                    "this `<!--` never ends; nothing is shown from here on"
                ),
            );
        }
        if as_typed {
            // `List<String>`: the text as typed.
            if block {
                self.out.push_str("<p>");
            }
            self.text(source.trim_end_matches('\n'), offset..offset + source.len());
            if block {
                self.out.push_str("</p>\n");
            }
            return;
        }
        self.needs_cleaning = true;
        let mut from = 0;
        for tag in &tags {
            self.own_words(source, from.min(tag.range.start)..tag.range.start, offset);
            if !self.options.unsafe_html {
                match &self.left_out {
                    None if !tag.closing && html::is_left_out(tag.name) => {
                        self.warn_left_out(tag.name, offset + tag.range.start);
                        let self_closing = source.get(tag.range.clone()).is_some_and(|tag| tag.ends_with("/>"));
                        self.left_out = (!self_closing).then(|| tag.name.to_owned());
                    }
                    Some(name) if tag.closing && tag.name.eq_ignore_ascii_case(name) => self.left_out = None,
                    _ => {}
                }
            }
            self.out.push_str(&source[from..tag.range.start]);
            from = tag.range.end;
            if tag.name.eq_ignore_ascii_case("iframe") && !self.options.unsafe_html {
                self.frame(tag, offset);
            } else if self.may_stand(source, tag, offset) {
                self.own_element(tag.name, tag.closing);
                self.html_tag(source, tag, offset);
            } else {
                html::escape_into(&mut self.out, &source[tag.range.clone()]);
            }
        }
        self.own_words(source, from..source.len(), offset);
        self.out.push_str(&source[from..]);
        if block {
            // A drawing that a blank line parts ends there for browsers.
            self.left_out = None;
        }
    }

    /// Text between tags of the note's own HTML.
    fn own_words(&mut self, source: &str, range: Range<usize>, offset: usize) {
        let text = source.get(range.clone()).unwrap_or_default();
        if !text.trim().is_empty() {
            let place = self.in_file(&(offset + range.start..offset + range.end)).start;
            self.prose_from(place);
        }
        self.plain(text);
    }

    fn warn_left_out(&mut self, name: &str, offset: usize) {
        let name = name.to_ascii_lowercase();
        let message = text!("사이트에는 `<{name}>` 요소를 넣지 않습니다", "`<{name}>` is left out of the site");
        self.warn("html-dropped", offset, message);
        if name == "svg"
            && let Some(diagnostic) = self.document.diagnostics.last_mut()
        {
            diagnostic.hint = Some(text!(
                "그림을 `.svg` 파일로 두고 `![설명](그림.svg)`로 넣을 수 있습니다",
                "keep the drawing in an `.svg` file and show it with `![…](drawing.svg)`"
            ));
        }
    }

    /// Whether a tag may be one, or nests too deep and is shown as typed.
    fn may_stand(&mut self, source: &str, tag: &html::HtmlTag<'_>, offset: usize) -> bool {
        if self.options.unsafe_html {
            return true;
        }
        if tag.closing {
            return self.elements.close(tag.name);
        }
        let self_closing = source.get(tag.range.clone()).is_some_and(|tag| tag.ends_with("/>"));
        let may = self.elements.open(tag.name, self_closing);
        if !may && self.elements.just_too_deep() {
            let depth = nesting::DEEPEST;
            self.warn(
                "too-deep",
                offset + tag.range.start,
                text!(
                    "HTML 요소가 {depth}단계보다 깊습니다; 더 깊은 요소는 글자로 보입니다",
                    "HTML elements nest more than {depth} levels deep; deeper ones are shown as text"
                ),
            );
        }
        may
    }

    /// Whether a tag is about HTML, or about a type, rather than HTML: `<title>` and `<ul>` in a sentence, which nothing
    /// closes, and the `<Object>` of `List<Object>`. As elements they would take the rest of the note with them.
    fn is_words(&mut self, tag: &html::HtmlTag<'_>, piece: &str, offset: usize, block: bool) -> bool {
        let start = offset + tag.range.start;
        let is_void = html::is_void(tag.name);
        let before = self.body.get(..start).and_then(|body| body.bytes().next_back());
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && tag.name.starts_with(|c: char| c.is_ascii_uppercase())
            && !is_void
        {
            return true;
        }
        if html::swallows_text(tag.name) {
            // A block of CommonMark's first kind ends at its closing tag, whatever stands between.
            let closed = if block { last_closing(piece, tag.name).is_some() } else { self.is_closed(tag, start) };
            return !tag.closing && !closed;
        }
        let self_closing = piece.get(tag.range.clone()).is_some_and(|tag| tag.ends_with("/>"));
        if block || tag.closing || self_closing {
            return false;
        }
        if is_void {
            return tag.attributes.is_empty();
        }
        match tag.name.to_ascii_lowercase().as_str() {
            // Parsers close these by themselves, inside of what they belong to.
            "p" => false,
            "li" | "dt" | "dd" | "td" | "th" | "tr" | "option" => {
                self.elements.depth() <= self.outside_paragraph && !self.is_closed(tag, start)
            }
            // `<a name="…">` names a place.
            "a" if !tag.attributes.is_empty() => false,
            _ => !self.is_closed(tag, start),
        }
    }

    /// Whether an element is closed before its paragraph ends; one with attributes, which nobody writes in passing,
    /// before the note does. `start` is in the text.
    fn is_closed(&mut self, tag: &html::HtmlTag<'_>, start: usize) -> bool {
        let in_note = !tag.attributes.is_empty();
        // A note full of such tags is looked through once for each name.
        let key = (tag.name.to_ascii_lowercase(), in_note);
        if let Some(known) = self.closing_tags.get(&key).filter(|known| known.looked_through.contains(&start)) {
            return known.last.is_some_and(|last| last > start);
        }
        let rest = self.body.get(start..).unwrap_or_default();
        let end = if in_note { None } else { rest.find("\n\n") };
        let rest = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let last = last_closing(rest, tag.name).map(|last| start + last);
        let looked_through = start..start + rest.len();
        self.closing_tags.insert(key, ClosingTag { looked_through, last });
        last.is_some()
    }

    /// An `<iframe>`: itself where the site allows its host, else a link to what it would show.
    fn frame(&mut self, tag: &html::HtmlTag<'_>, offset: usize) {
        let value = |name: &str| {
            let attribute = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
            attribute.map(|attribute| html::unescape(attribute.value)).unwrap_or_default()
        };
        let address = value("src");
        if tag.closing || address.is_empty() {
            return;
        }
        if self.may_frame(&address) {
            let size = |name| value(name).trim_end_matches("px").parse().ok();
            let (width, height) = (size("width"), size("height"));
            self.hole(Hole::Frame { address, title: value("title"), width, height });
            return;
        }
        self.linked_frame(&address, &address, &(offset + tag.range.start..offset + tag.range.end));
    }

    /// One tag, with a hole in the place of every address of the site.
    pub(super) fn html_tag(&mut self, source: &str, tag: &html::HtmlTag<'_>, offset: usize) {
        let mut from = tag.range.start;
        let is_anchor = tag.name.eq_ignore_ascii_case("a");
        let has_id = tag.attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case("id"));
        if is_anchor && tag.closing {
            self.end_link_text();
        }
        for attribute in &tag.attributes {
            match attribute.name.to_ascii_lowercase().as_str() {
                "href" | "src" | "poster" if !attribute.value.is_empty() => {
                    self.out.push_str(&source[from..attribute.range.start]);
                    let span = self.in_file(&(offset + attribute.range.start..offset + attribute.range.end));
                    let kind = match attribute.name.eq_ignore_ascii_case("href") {
                        true if is_anchor && !has_id => ReferenceKind::HtmlLink,
                        true => ReferenceKind::HtmlAnchor,
                        false => ReferenceKind::Html,
                    };
                    let reference = self.reference(kind, html::unescape(attribute.value), span);
                    if is_anchor {
                        self.start_link_text();
                    }
                    self.value(source, attribute, Hole::Address(reference));
                    from = attribute.range.end;
                }
                "srcset" => {
                    self.out.push_str(&source[from..attribute.range.start]);
                    let span = self.in_file(&(offset + attribute.range.start..offset + attribute.range.end));
                    let value = html::unescape(attribute.value);
                    let pictures = html::source_set(&value).into_iter().map(|(target, screen)| {
                        (self.reference(ReferenceKind::Html, target.to_owned(), span.clone()), screen.to_owned())
                    });
                    let pictures = pictures.collect();
                    self.value(source, attribute, Hole::SourceSet(pictures));
                    from = attribute.range.end;
                }
                "id" if !attribute.value.is_empty() => {
                    self.out.push_str(&source[from..attribute.range.start]);
                    self.value(source, attribute, Hole::Id(html::unescape(attribute.value)));
                    from = attribute.range.end;
                }
                "name" => self.document.anchors.push(html::unescape(attribute.value)),
                _ => {}
            }
        }
        self.out.push_str(&source[from..tag.range.end]);
        let is_control = tag.name.eq_ignore_ascii_case("input") && !self.options.unsafe_html;
        if is_control && !tag.attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case("disabled")) {
            // A control of a note controls nothing.
            self.out.truncate(self.out.trim_end_matches(['>', '/', ' ']).len());
            self.out.push_str(" disabled=\"\">");
        }
        if !html::is_in_words(tag.name) {
            self.plain(" ");
        }
    }

    /// A hole in the place of an attribute's value, in quotes whether the note has them or not.
    fn value(&mut self, source: &str, attribute: &html::HtmlAttribute<'_>, hole: Hole) {
        let quoted = source.as_bytes().get(attribute.range.end).is_some_and(|b| matches!(b, b'"' | b'\''));
        let quote = if quoted { "" } else { "\"" };
        self.out.push_str(quote);
        self.hole(hole);
        self.out.push_str(quote);
    }

    /// Gives the ids in the note's own HTML their final form, now that the headings have theirs: links inside people's
    /// notes name headings.
    pub(super) fn settle_ids(&mut self) {
        let Document { body, anchors, .. } = &mut self.document;
        for hole in &mut body.holes {
            if let Hole::Id(id) = hole {
                *id = self.slugger.id("", Some(id));
                anchors.push(id.clone());
            }
        }
    }
}

/// Where a paragraph or note closes an element; remembered from tag to tag.
#[derive(Debug)]
pub(super) struct ClosingTag {
    /// Bytes of the body.
    looked_through: Range<usize>,
    /// The last closing tag in them.
    last: Option<usize>,
}

/// Where in a piece of HTML the last closing tag of an element stands.
fn last_closing(piece: &str, name: &str) -> Option<usize> {
    let tags = html::tags(piece);
    tags.iter().rev().find(|tag| tag.closing && tag.name.eq_ignore_ascii_case(name)).map(|tag| tag.range.start)
}
