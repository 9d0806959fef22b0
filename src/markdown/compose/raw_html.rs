//! The HTML that a note brings along.

use super::Composer;
use crate::markdown::{Hole, ReferenceKind, html};
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
        let as_typed = |tag: &html::HtmlTag<'_>| {
            !html::is_element(tag.name)
                || (!self.options.unsafe_html
                    && html::swallows_text(tag.name)
                    && !self.is_closed(tag, source, offset, block))
        };
        if tags.first().is_some_and(as_typed) {
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
        let mut hidden = false;
        for tag in &tags {
            if !hidden {
                self.plain(&source[from.min(tag.range.start)..tag.range.start]);
            }
            let runs = ["script", "style"].iter().any(|name| tag.name.eq_ignore_ascii_case(name));
            if runs {
                hidden = !tag.closing;
                if !tag.closing && !self.options.unsafe_html {
                    let name = tag.name.to_ascii_lowercase();
                    self.warn(
                        "html-dropped",
                        offset + tag.range.start,
                        text!("사이트에는 `<{name}>` 요소를 넣지 않습니다", "`<{name}>` is left out of the site"),
                    );
                }
            }
            self.out.push_str(&source[from..tag.range.start]);
            from = tag.range.end;
            if tag.name.eq_ignore_ascii_case("iframe") && !self.options.unsafe_html {
                self.frame(tag, offset);
            } else {
                self.html_tag(source, tag, offset);
            }
        }
        if !hidden {
            self.plain(&source[from..]);
        }
        self.out.push_str(&source[from..]);
    }

    /// Whether an element that swallows text is closed before its paragraph or block ends. `<title>` in prose is a word
    /// about HTML, and must not take the rest of the note with it.
    fn is_closed(&self, tag: &html::HtmlTag<'_>, piece: &str, offset: usize, block: bool) -> bool {
        let rest = self.body.get(offset + tag.range.start..).unwrap_or_default();
        if block || tag.closing {
            // A block of CommonMark's first kind ends at its closing tag, whatever stands between.
            return tag.closing || closes(piece, tag.name);
        }
        closes(rest.get(..rest.find("\n\n").unwrap_or(rest.len())).unwrap_or_default(), tag.name)
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
        let rest = address.strip_prefix("https:").or_else(|| address.strip_prefix("http:")).unwrap_or(&address);
        let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        // A user name or port would make the host another one than it seems.
        let allowed = host.is_some_and(|host| self.options.iframe_hosts.contains(&host.to_lowercase()));
        if allowed {
            let size = |name| value(name).trim_end_matches("px").parse().ok();
            let (width, height) = (size("width"), size("height"));
            self.hole(Hole::Frame { address, title: value("title"), width, height });
            return;
        }
        let span = self.in_file(&(offset + tag.range.start..offset + tag.range.end));
        self.open_anchor(ReferenceKind::Link, address.clone(), "", span);
        html::escape_into(&mut self.out, &address);
        self.out.push_str("</a>");
    }

    /// One tag, with a hole in the place of every address of the site.
    pub(super) fn html_tag(&mut self, source: &str, tag: &html::HtmlTag<'_>, offset: usize) {
        let mut from = tag.range.start;
        for attribute in &tag.attributes {
            match attribute.name.to_ascii_lowercase().as_str() {
                "href" | "src" | "poster" if !attribute.value.is_empty() => {
                    self.out.push_str(&source[from..attribute.range.start]);
                    let quoted = source.as_bytes().get(attribute.range.end).is_some_and(|b| matches!(b, b'"' | b'\''));
                    let span = self.in_file(&(offset + attribute.range.start..offset + attribute.range.end));
                    let reference = self.reference(ReferenceKind::Html, html::unescape(attribute.value), span);
                    if !quoted {
                        self.out.push('"');
                    }
                    self.hole(Hole::Address(reference));
                    if !quoted {
                        self.out.push('"');
                    }
                    from = attribute.range.end;
                }
                "id" | "name" => self.document.anchors.push(html::unescape(attribute.value)),
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
        self.plain(" ");
    }
}

/// Whether a piece of HTML holds the closing tag of an element.
fn closes(piece: &str, name: &str) -> bool {
    html::tags(piece).iter().any(|tag| tag.closing && tag.name.eq_ignore_ascii_case(name))
}
