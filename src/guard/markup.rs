//! What a published text says, piece by piece, without the words of its markup.
//!
//! A page's elements and attributes have names, and so have the values that only browsers read (`class`, `rel`); no
//! note is called by them. What remains is given piece by piece, because no name goes over the end of an element or of
//! an attribute's value. Scripts are read as they stand, but for the names of fields in data (`"title": …`). Then the
//! escapes of HTML, JSON and addresses are undone, in this order: each of them may wrap the next.

use std::borrow::Cow;

use crate::address::decoded;

/// Attributes that speak to browsers, not to readers.
const MUTE: [&str; 54] = [
    "class",
    "rel",
    "type",
    "style",
    "loading",
    "role",
    "lang",
    "dir",
    "width",
    "height",
    "charset",
    "name",
    "property",
    "media",
    "sizes",
    "referrerpolicy",
    "method",
    "target",
    "tabindex",
    "viewbox",
    "d",
    "points",
    "transform",
    "fill",
    "stroke",
    "preload",
    "open",
    "colspan",
    "rowspan",
    "align",
    "id",
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-hidden",
    "marker-start",
    "marker-mid",
    "marker-end",
    "filter",
    "clip-path",
    "mask",
    "text-anchor",
    "dominant-baseline",
    "alignment-baseline",
    "font-family",
    "font-size",
    "font-weight",
    "stroke-width",
    "data-look",
    "data-tool",
    "data-more",
    "data-less",
    "hidden",
];

/// Gives the pieces of a published file by what its path ends in.
pub fn pieces<'t>(path: &str, text: &'t str, each: &mut dyn FnMut(&'t str)) {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ["html", "htm", "xml", "svg", "xhtml"].iter().any(|markup| ending.eq_ignore_ascii_case(markup)) {
        of_markup(text, each);
    } else {
        of_script(text, each);
    }
}

/// Markup without the element that marks what a sentence is quoted for: `<mark>캐시</mark>를 둔다` is one text.
pub fn unmarked(markup: &str) -> Cow<'_, str> {
    if memchr::memmem::find(markup.as_bytes(), b"<mark>").is_none() {
        return Cow::Borrowed(markup);
    }
    Cow::Owned(markup.replace("<mark>", "").replace("</mark>", ""))
}

/// The pieces of HTML or XML.
pub fn of_markup<'t>(markup: &'t str, each: &mut dyn FnMut(&'t str)) {
    let mut rest = markup;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (text, tag) = rest.split_at(at);
        if !text.is_empty() {
            each(text);
        }
        rest = match tag.as_bytes().get(1) {
            _ if is_of_drawing(tag) => tag.split_once("</style>").map_or("", |(_, rest)| rest),
            Some(b'!') => declaration(tag, each),
            Some(b'?' | b'/') => tag.split_once('>').map_or("", |(_, rest)| rest),
            Some(letter) if letter.is_ascii_alphabetic() => element(tag, each),
            _ => {
                let (sign, rest) = tag.split_at(1);
                each(sign);
                rest
            }
        };
    }
    if !rest.is_empty() {
        each(rest);
    }
}

/// Whether this is the style sheet of a drawing, which begins with the id of its picture: `<style>#d72c9d351-1-d{`.
fn is_of_drawing(tag: &str) -> bool {
    let id = tag.strip_prefix("<style>#d").unwrap_or_default().as_bytes();
    id.get(8) == Some(&b'-') && id.iter().take(8).all(u8::is_ascii_hexdigit)
}

/// A comment, which readers of the source read too, or a `<!DOCTYPE>`.
fn declaration<'t>(tag: &'t str, each: &mut dyn FnMut(&'t str)) -> &'t str {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
        if let Some(inside) = tag.strip_prefix(open) {
            let (inside, rest) = inside.split_once(close).unwrap_or((inside, ""));
            each(inside);
            return rest;
        }
    }
    tag.split_once('>').map_or("", |(_, rest)| rest)
}

/// An opening tag; behind `<script>` and `<style>` also what is in them.
fn element<'t>(tag: &'t str, each: &mut dyn FnMut(&'t str)) -> &'t str {
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=');
    let end = |text: &str, from: usize| {
        let tail = text.as_bytes().get(from..).unwrap_or_default();
        from + tail.iter().position(|byte| ends_name(*byte)).unwrap_or(tail.len())
    };
    let mut at = end(tag, 1);
    let name = tag.get(1..at).unwrap_or_default();
    let bytes = tag.as_bytes();
    loop {
        match bytes.get(at) {
            None => return "",
            Some(b'>') => break,
            Some(byte) if ends_name(*byte) => at += 1,
            Some(_) => {
                let name_end = end(tag, at);
                let attribute = tag.get(at..name_end).unwrap_or_default();
                at = name_end;
                if bytes.get(at) != Some(&b'=') {
                    continue;
                }
                let (value, after) = value(tag, at + 1);
                at = after;
                if value.starts_with('{') {
                    of_script(value, each);
                } else if !MUTE.iter().any(|mute| attribute.eq_ignore_ascii_case(mute)) && !value.starts_with('#') {
                    each(value);
                }
            }
        }
    }
    let rest = tag.get(at + 1..).unwrap_or_default();
    if !["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return rest;
    }
    let close = memchr::memmem::find_iter(rest.as_bytes(), "</").find(|at| {
        let after = rest.get(at + 2..at + 2 + name.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(name))
    });
    let (inside, rest) = rest.split_at(close.unwrap_or(rest.len()));
    of_script(inside, each);
    rest
}

/// An attribute's value and where it ends, its quote included.
fn value(tag: &str, from: usize) -> (&str, usize) {
    let rest = tag.get(from..).unwrap_or_default();
    match rest.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => {
            let inside = rest.get(1..).unwrap_or_default();
            let length = memchr::memchr(quote, inside.as_bytes()).unwrap_or(inside.len());
            (inside.get(..length).unwrap_or_default(), from + 1 + length + 1)
        }
        _ => {
            let length = rest.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'>').unwrap_or(rest.len());
            (rest.get(..length).unwrap_or_default(), from + length)
        }
    }
}

/// The pieces of a script or of data: everything but the names of fields.
fn of_script<'t>(script: &'t str, each: &mut dyn FnMut(&'t str)) {
    let bytes = script.as_bytes();
    let mut from = 0;
    for at in memchr::memmem::find_iter(bytes, "\":") {
        let name = bytes.get(from..at).unwrap_or_default();
        let length = name.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let start = at - length;
        if length > 0 && start > from && bytes.get(start - 1) == Some(&b'"') {
            each(script.get(from..start - 1).unwrap_or_default());
            from = at + 2;
        }
    }
    each(script.get(from..).unwrap_or_default());
}

/// A piece with its escapes undone.
pub fn plain(piece: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(piece);
    if memchr::memchr(b'&', text.as_bytes()).is_some() {
        text = Cow::Owned(without_entities(&text));
    }
    if memchr::memchr(b'\\', text.as_bytes()).is_some() {
        text = Cow::Owned(without_backslashes(&text));
    }
    if memchr::memchr(b'%', text.as_bytes()).is_some() {
        text = Cow::Owned(decoded(&text));
    }
    text
}

fn without_entities(text: &str) -> String {
    /// No name of an entity that matters is longer.
    const LONGEST: usize = 10;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let name = entity.get(1..).and_then(|inside| inside.split_once(';')).map(|(name, _)| name);
        let character = name.filter(|name| name.len() <= LONGEST).and_then(|name| {
            let number = name.strip_prefix('#');
            match (number, name) {
                (Some(number), _) => {
                    let hexadecimal = number.strip_prefix(['x', 'X']);
                    let code = hexadecimal.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
                    code.and_then(char::from_u32)
                }
                (_, "amp") => Some('&'),
                (_, "lt") => Some('<'),
                (_, "gt") => Some('>'),
                (_, "quot") => Some('"'),
                (_, "apos") => Some('\''),
                (_, "nbsp") => Some(' '),
                _ => None,
            }
        });
        match (character, name) {
            (Some(character), Some(name)) => {
                out.push(character);
                rest = entity.get(name.len() + 2..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// `\ud55c\uae00\n` → 한글. Half a pair of surrogates becomes nothing.
fn without_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut high: Option<u32> = None;
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        if !before.is_empty() {
            high = None;
        }
        out.push_str(before);
        let code = escape.strip_prefix("\\u").and_then(|hex| u32::from_str_radix(hex.get(..4)?, 16).ok());
        let Some(code) = code else {
            high = None;
            let escaped = escape.get(1..).and_then(|rest| rest.chars().next());
            match escaped {
                Some('n' | 't' | 'r') => out.push(' '),
                Some(c) => out.push(c),
                None => {}
            }
            rest = escape.get(1 + escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
            continue;
        };
        rest = escape.get(6..).unwrap_or_default();
        match (high.take(), code) {
            (_, 0xd800..=0xdbff) => high = Some(code),
            (Some(high), 0xdc00..=0xdfff) => {
                out.extend(char::from_u32(0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00)));
            }
            _ => out.extend(char::from_u32(code)),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        pieces(path, text, &mut |piece| found.push(plain(piece).into_owned()));
        found.retain(|piece| !piece.trim().is_empty());
        found
    }

    #[test]
    fn a_page_without_its_markup() {
        let page = "<!DOCTYPE html><p class='없음' title=\"둘 > 하나\">글 &amp; <b data-x=셋>그림</b><!-- 말 --> 1 < 2\
                    <a href=\"#없음\"></a><script>let a = \"넷</p>\";</script><img alt='다섯'";
        assert_eq!(
            of("a.html", page),
            ["둘 > 하나", "글 & ", "셋", "그림", " 말 ", " 1 ", "<", " 2", "let a = \"넷</p>\";", "다섯"]
        );
    }

    #[test]
    fn data_without_the_names_of_its_fields() {
        assert_eq!(
            of("a.json", r#"{"title":"일기","a.html":["\uc77c\uae30"]}"#),
            ["{", "\"일기\",\"a.html\":[\"일기\"]}"]
        );
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(plain("&#51068;&#xAE30; &lt;&amp;lt; &x; &"), "일기 <&lt; &x; &");
        assert_eq!(plain("a/%EC%9D%BC%ea%b8%b0.html"), "a/일기.html");
        assert_eq!(plain(r"\ud55c\uae00\n\ud83d\ude00\/\u12"), "한글 😀/u12");
        assert_eq!(plain("&quot;\\uc77c%EA%B8%B0"), "\"일기");
    }
}
