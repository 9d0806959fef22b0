//! Style sheets, styles and values of a drawing, without what they would load from elsewhere.

use std::borrow::Cow;

/// Functions whose arguments are addresses of pictures, in other clothes than `url()`.
const OTHER_LOADERS: [&str; 7] =
    ["src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "expression"];

/// A sheet, style or value without comments, without `@import`, and with `none` in the place of each address that leads
/// elsewhere; `elsewhere` is told of these.
pub fn clean<'c>(css: &'c str, elsewhere: &mut dyn FnMut(&str)) -> Cow<'c, str> {
    // Without one of these nothing can be loaded.
    if !css.contains(['(', '@', '\\']) && !css.contains("/*") {
        return Cow::Borrowed(css);
    }
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
            out.push(' ');
        } else if matches!(first, '"' | '\'') {
            let (text, after) = string(rest);
            out.push_str(text);
            rest = after;
        } else if first == '@' {
            let (name, after) = identifier(rest.get(1..).unwrap_or_default());
            if name == "import" {
                rest = statement(after, elsewhere);
            } else {
                out.push_str(rest.get(..rest.len() - after.len()).unwrap_or_default());
                rest = after;
            }
        } else if is_part(first) {
            let (name, after) = identifier(rest);
            let word = rest.get(..rest.len() - after.len()).unwrap_or_default();
            match after.strip_prefix('(') {
                Some(arguments) if name == "url" => {
                    let (address, after) = address(arguments);
                    if is_within(&address) {
                        out.push_str(rest.get(..rest.len() - after.len()).unwrap_or_default());
                    } else {
                        elsewhere(&address);
                        out.push_str("none");
                    }
                    rest = after;
                }
                Some(arguments) if OTHER_LOADERS.contains(&name.as_str()) => {
                    elsewhere(&name);
                    out.push_str("none");
                    rest = closed(arguments);
                }
                _ => {
                    out.push_str(word);
                    rest = after;
                }
            }
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    Cow::Owned(out)
}

/// Whether an address means something in the drawing itself: a part of it, or a picture or font written into it.
pub fn is_within(address: &str) -> bool {
    let visible: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(40).collect();
    let kind = visible.to_ascii_lowercase();
    visible.is_empty()
        || visible.starts_with('#')
        || kind.strip_prefix("data:").is_some_and(|kind| {
            let kinds = ["image/", "font/", "application/font", "application/x-font", "application/octet-stream"];
            kinds.iter().any(|known| kind.starts_with(known))
        })
}

/// Whether a character may stand in a name.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\\') || !c.is_ascii()
}

/// The name at the beginning, its escapes undone, in lower case; and what follows.
fn identifier(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next().filter(|c| is_part(*c)) {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c != '\\' {
            name.push(c);
            continue;
        }
        let (escaped, after) = escape(rest);
        name.extend(escaped);
        rest = after;
    }
    name.make_ascii_lowercase();
    (name, rest)
}

/// What stands behind a backslash: `6c `, `"`.
fn escape(text: &str) -> (Option<char>, &str) {
    let digits = text.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        let c = text.chars().next();
        return (c, text.get(c.map_or(0, char::len_utf8)..).unwrap_or_default());
    }
    let (digits, rest) = text.split_at(digits);
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    (c, rest.strip_prefix([' ', '\n', '\t', '\r', '\u{c}']).unwrap_or(rest))
}

/// A string with its quotes, and what follows. A line's end ends it.
fn string(text: &str) -> (&str, &str) {
    let quote = text.as_bytes().first().copied().unwrap_or_default();
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' => escaped = true,
            b'\n' => return text.split_at(at),
            _ if byte == quote => return text.split_at(at + 1),
            _ => {}
        }
    }
    (text, "")
}

/// The address in `url(…)`, its escapes undone, and what follows the bracket.
fn address(arguments: &str) -> (String, &str) {
    let inner = arguments.trim_start();
    let after = closed(arguments);
    let written = if inner.starts_with(['"', '\'']) {
        string(inner).0.trim_matches(['"', '\''])
    } else {
        arguments.get(..arguments.len() - after.len()).unwrap_or_default().trim_end_matches(')').trim()
    };
    let mut out = String::new();
    let mut rest = written;
    while let Some((before, escaped)) = rest.split_once('\\') {
        out.push_str(before);
        let (c, after) = escape(escaped);
        out.extend(c);
        rest = after;
    }
    out.push_str(rest);
    (out, after)
}

/// What follows the bracket that closes.
fn closed(arguments: &str) -> &str {
    let mut depth = 1usize;
    let mut rest = arguments;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' | '\'' => {
                rest = string(rest).1;
                continue;
            }
            '\\' => {
                rest = escape(rest.get(1..).unwrap_or_default()).1;
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if depth == 0 {
            break;
        }
    }
    rest
}

/// What follows the end of an `@import`, whose address is told.
fn statement<'c>(text: &'c str, elsewhere: &mut dyn FnMut(&str)) -> &'c str {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' | '\'' => {
                let (text, after) = string(rest);
                elsewhere(text.trim_matches(['"', '\'']));
                rest = after;
                continue;
            }
            '(' => {
                let (address, after) = address(rest.get(1..).unwrap_or_default());
                elsewhere(&address);
                rest = after;
                continue;
            }
            _ => rest = rest.get(c.len_utf8()..).unwrap_or_default(),
        }
        if matches!(c, ';' | '{' | '}') {
            break;
        }
    }
    rest
}

/// A rule of a sheet: what its selectors end in, and its declarations.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule<'c> {
    pub selector: Selector<'c>,
    pub declarations: &'c str,
}

/// The element that a selector means, as far as one element tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Selector<'c> {
    pub element: Option<&'c str>,
    pub id: Option<&'c str>,
    pub classes: Vec<&'c str>,
}

/// The rules of a sheet that hold whatever the screen: those within an `@` are left out.
pub fn rules(sheet: &str) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    let mut rest = sheet;
    while let Some((head, body)) = rest.split_once('{') {
        let head = head.rsplit(['}', ';']).next().unwrap_or_default().trim();
        let length = block(body);
        let (inside, after) = body.split_at(length);
        rest = after.get(1..).unwrap_or_default();
        if head.starts_with('@') {
            continue;
        }
        for selector in head.split(',') {
            if let Some(selector) = Selector::of(selector) {
                rules.push(Rule { selector, declarations: inside });
            }
        }
    }
    rules
}

/// How long a block is, up to the brace that closes it.
fn block(body: &str) -> usize {
    let mut depth = 1usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    body.len()
}

impl<'c> Selector<'c> {
    fn of(selector: &'c str) -> Option<Self> {
        let last = selector.split([' ', '>', '+', '~', '\n', '\t']).rfind(|part| !part.is_empty())?;
        // `:hover`, `[x=y]` and the like hold of some, and nobody knows which.
        if last.contains([':', '[']) {
            return None;
        }
        let mut found = Self::default();
        let starts = last.find(['.', '#']).unwrap_or(last.len());
        let (element, mut rest) = last.split_at(starts);
        found.element = Some(element).filter(|element| !element.is_empty() && *element != "*");
        while let Some(kind) = rest.bytes().next() {
            let body = rest.get(1..).unwrap_or_default();
            let (name, after) = body.split_at(body.find(['.', '#']).unwrap_or(body.len()));
            if kind == b'#' {
                found.id = Some(name)
            } else {
                found.classes.push(name)
            }
            rest = after;
        }
        Some(found)
    }
}

/// The declarations of a style, by name.
pub fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim(), value.trim().trim_end_matches("!important").trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(css: &str) -> (String, Vec<String>) {
        let mut told = Vec::new();
        let clean = clean(css, &mut |address| told.push(address.to_owned())).into_owned();
        (clean, told)
    }

    #[test]
    fn what_loads_from_elsewhere_becomes_none() {
        for (css, clean, told) in [
            ("fill:url(#a);stroke:url( '#b' )", "fill:url(#a);stroke:url( '#b' )", &[][..]),
            ("fill:url(https://a.example/x)", "fill:none", &["https://a.example/x"]),
            ("fill:u\\72l(//a.example)", "fill:none", &["//a.example"]),
            ("fill:URL(\"\\68ttp://a.example\")", "fill:none", &["http://a.example"]),
            ("src:url(data:font/woff2;base64,AA==)", "src:url(data:font/woff2;base64,AA==)", &[]),
            ("src:url(data:text/css,x)", "src:none", &["data:text/css,x"]),
            ("x:image-set('//a.example' 1x);y:z", "x:none;y:z", &["image-set"]),
            ("@import url(//a.example);a{b:c}", "a{b:c}", &["//a.example"]),
            ("@\\69mport '//a.example';a{b:c}", "a{b:c}", &["//a.example"]),
            ("u/**/rl(//a)", "u rl(//a)", &[]),
            ("content:'url(//a)'", "content:'url(//a)'", &[]),
            ("@media (a){b{c:url(//d)}}", "@media (a){b{c:none}}", &["//d"]),
            ("a:url(//b", "a:none", &["//b"]),
            ("a:rgb(1, 2, 3) @", "a:rgb(1, 2, 3) @", &[]),
        ] {
            assert_eq!(cleaned(css), (clean.to_owned(), told.iter().map(|&t| t.to_owned()).collect()), "{css}");
        }
    }

    #[test]
    fn rules_by_what_their_selectors_end_in() {
        let found = rules("a .b,#c{fill:red}@media print{.d{fill:blue}}rect.e.f{x:y}g:hover{z:w}");
        let expected = [
            (Selector { classes: vec!["b"], ..Selector::default() }, "fill:red"),
            (Selector { id: Some("c"), ..Selector::default() }, "fill:red"),
            (Selector { element: Some("rect"), classes: vec!["e", "f"], ..Selector::default() }, "x:y"),
        ];
        let expected = expected.map(|(selector, declarations)| Rule { selector, declarations });
        assert_eq!(found, expected);
    }
}
