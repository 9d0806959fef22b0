//! The HTML that writers put into notes: which elements exist, and where a tag names a file.
//!
//! CommonMark passes anything of the shape `<word>` through as HTML, and a browser swallows what it does not know:
//! `List<String>` in prose would lose its parameter. Only names that are elements count as HTML here; the rest is
//! the text it was typed as. Cleaning is [`sanitise`](super::sanitise)'s work.

use std::borrow::Cow;
use std::ops::Range;

/// A tag found in a piece of HTML.
#[derive(Debug, PartialEq)]
pub struct HtmlTag<'a> {
    pub name: &'a str,
    pub closing: bool,
    /// The whole tag, within the piece.
    pub range: Range<usize>,
    pub attributes: Vec<HtmlAttribute<'a>>,
}

#[derive(Debug, PartialEq)]
pub struct HtmlAttribute<'a> {
    pub name: &'a str,
    /// Of the name, within the piece.
    pub name_range: Range<usize>,
    pub value: &'a str,
    /// Of the value without its quotes, within the piece.
    pub range: Range<usize>,
}

/// A tag whose values hold more `<` than this is none. Every `<` may begin a tag, so that without a bound a text of
/// quotes that are never closed would be read to its end from each of them. (A bound on the length would forbid
/// pictures that stand in their address.)
const MOST_SIGNS: usize = 64;

/// The tags of a piece of HTML, in order; comments and declarations are passed over.
pub fn tags(html: &str) -> Vec<HtmlTag<'_>> {
    let bytes = html.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', bytes.get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        match tag_at(html, open) {
            Some(tag) => {
                at = tag.range.end;
                found.push(tag);
            }
            None => at = open + 1,
        }
    }
    found
}

/// The tag that begins with the `<` at `open`.
pub fn tag_at(html: &str, open: usize) -> Option<HtmlTag<'_>> {
    let bytes = html.as_bytes();
    let closing = bytes.get(open + 1) == Some(&b'/');
    let start = open + 1 + usize::from(closing);
    let mut at = start;
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        at += 1;
    }
    let name = html.get(start..at)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut signs = 0;
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        match bytes.get(at)? {
            b'>' => return Some(HtmlTag { name, closing, range: open..at + 1, attributes }),
            b'<' => return None,
            _ => {}
        }
        let name_start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'<' | b'>' | b'/')) {
            at += 1;
        }
        let attribute = html.get(name_start..at)?;
        let mut value = at..at;
        let mut after = at;
        while bytes.get(after).is_some_and(u8::is_ascii_whitespace) {
            after += 1;
        }
        if bytes.get(after) == Some(&b'=') {
            after += 1;
            while bytes.get(after).is_some_and(u8::is_ascii_whitespace) {
                after += 1;
            }
            match bytes.get(after)? {
                quote @ (b'"' | b'\'') => {
                    let end = after + 1 + memchr::memchr(*quote, bytes.get(after + 1..)?)?;
                    value = after + 1..end;
                    signs += memchr::memchr_iter(b'<', bytes.get(value.clone())?).count();
                    if signs > MOST_SIGNS {
                        return None;
                    }
                    at = end + 1;
                }
                _ => {
                    let start = after;
                    while bytes.get(after).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'<' | b'>')) {
                        after += 1;
                    }
                    value = start..after;
                    at = after;
                }
            }
        } else if attribute.is_empty() {
            // A lone `=`: not a tag that anyone meant.
            return None;
        }
        attributes.push(HtmlAttribute {
            name: attribute,
            name_range: name_start..name_start + attribute.len(),
            value: html.get(value.clone())?,
            range: value,
        });
    }
}

/// Whether a tag's name is an element of HTML (or of the SVG and MathML that notes embed).
pub fn is_element(name: &str) -> bool {
    let mut lower = [0u8; 16];
    let Some(lower) = lower.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|name| ELEMENTS.binary_search(&name).is_ok())
}

/// Elements whose content an HTML parser takes for text, or a cleaner drops, up to their closing tag.
pub fn swallows_text(name: &str) -> bool {
    let swallowing =
        ["script", "style", "title", "textarea", "noscript", "template", "xmp", "plaintext", "noembed", "noframes"];
    swallowing.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Elements that stand within a sentence, or a word: `<b>스</b>레드` reads as one.
pub fn is_in_words(name: &str) -> bool {
    const NAMES: [&str; 30] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "tt", "u", "var", "wbr",
    ];
    NAMES.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Elements that the cleaner leaves out with all that is in them.
pub fn is_left_out(name: &str) -> bool {
    ["script", "style", "svg", "math", "template", "noscript"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Elements without content or end.
pub fn is_void(name: &str) -> bool {
    let void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    void.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Sorted: looked up by bisection.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "circle",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "defs",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "ellipse",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "image",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "line",
    "link",
    "main",
    "map",
    "mark",
    "marker",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "path",
    "picture",
    "polygon",
    "polyline",
    "pre",
    "progress",
    "q",
    "rect",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "symbol",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tspan",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
];

/// Tags that are safe as they stand and that a page needs no cleaning for: no attributes, harmless, and either empty
/// or closed within their own paragraph by every writer we have seen.
pub fn is_harmless_break(html: &str) -> bool {
    matches!(
        html.to_ascii_lowercase().as_str(),
        "<br>" | "<br/>" | "<br />" | "</br>" | "<wbr>" | "<hr>" | "<hr/>" | "<hr />"
    )
}

/// The addresses in a `srcset`, each with what stands behind it up to the next comma: `a.png 1x, b.png 2x`.
pub fn source_set(value: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        // A comma inside an address (`data:…,…`) is part of it, one at its end is not.
        let (address, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let bare = address.trim_end_matches(',');
        if bare.len() < address.len() {
            found.push((bare, ""));
            rest = after;
        } else {
            let (screen, after) = after.split_once(',').unwrap_or((after, ""));
            found.push((bare, screen.trim()));
            rest = after;
        }
    }
}

/// Entities of an attribute value undone, as far as addresses use them.
pub fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    without_control_references(value)
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Appends text with the four characters escaped that mean something in HTML text or in a quoted attribute. Control
/// characters, which entities like `&#2;` can bring in, become U+FFFD: two of them mark holes in a body.
pub fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ if is_control(byte) => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// A control character that no page may hold.
pub fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// HTML of a note without character references to control characters, which an HTML parser would undo.
pub fn without_control_references(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in html.match_indices("&#") {
        let digits = &html[at + 2..];
        let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (16, hexadecimal),
            None => (10, digits),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let number = u32::from_str_radix(&digits[..end], radix);
        if number.is_ok_and(|number| u8::try_from(number).is_ok_and(is_control)) {
            out.push_str(&html[from..at]);
            out.push('\u{fffd}');
            let after = &digits[end..];
            from = html.len() - after.strip_prefix(';').unwrap_or(after).len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_and_type_parameters_are_not_among_them() {
        assert!(ELEMENTS.is_sorted());
        assert!(is_element("DETAILS") && is_element("br"));
        assert!(!is_element("String") && !is_element("T") && !is_element("MyClass"));
        assert!(!is_element("a-very-long-name-that-fits-no-element"));
    }

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        let html = "<!-- <img src=no> --><img src='그림 1.png' width=300 alt=\"a>b\"/></a>";
        let tags = tags(html);
        assert_eq!(tags.len(), 2);
        let image = &tags[0];
        assert_eq!(image.name, "img");
        let pairs: Vec<_> = image.attributes.iter().map(|a| (a.name, a.value)).collect();
        assert_eq!(pairs, [("src", "그림 1.png"), ("width", "300"), ("alt", "a>b")]);
        assert_eq!(&html[image.attributes[0].range.clone()], "그림 1.png");
        assert!(tags[1].closing);
    }

    #[test]
    fn a_source_set_is_cut_where_a_browser_cuts_it() {
        assert_eq!(source_set(" a.png, b.png 2x ,c,d.png 800w"), [("a.png", ""), ("b.png", "2x"), ("c,d.png", "800w")]);
        assert_eq!(source_set("data:image/png;base64,AA 1x,"), [("data:image/png;base64,AA", "1x")]);
        assert_eq!(source_set(" , "), []);
    }

    #[test]
    fn references_to_control_characters_are_undone() {
        for (html, clean) in [
            ("a&#2;0&#3;b", "a\u{fffd}0\u{fffd}b"),
            ("&#x02;&#X3 &#0002x", "\u{fffd}\u{fffd} \u{fffd}x"),
            ("&#10;&#9;&#32;&#44032;&#;&#x;&amp;", "&#10;&#9;&#32;&#44032;&#;&#x;&amp;"),
        ] {
            assert_eq!(without_control_references(html), clean);
        }
        let mut out = String::new();
        escape_into(&mut out, "\u{2}0\u{3}\n");
        assert_eq!(out, "\u{fffd}0\u{fffd}\n");
    }

    #[test]
    fn a_broken_tag_is_text() {
        assert!(tags("a < b, <img src=\"never closed").is_empty());
        assert!(tags("<=>").is_empty());
        let found: Vec<_> = tags("<a b<i>c</i> <a b=c<u>").iter().map(|tag| tag.name).collect();
        assert_eq!(found, ["i", "i", "u"], "a tag ends before the next begins");
    }
}
