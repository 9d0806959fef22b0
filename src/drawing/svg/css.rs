//! The style sheet of a picture, as far as pictures have one: rules, declarations, colours.

use std::collections::BTreeSet;

use crate::colour::Colour;

/// What selectors can speak of.
#[derive(Debug, Default)]
pub struct Names {
    pub classes: BTreeSet<String>,
    pub ids: BTreeSet<String>,
    pub looks: BTreeSet<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Separated by commas; each begins with the id of the root, so that none speaks of anything else in the page.
    pub selectors: String,
    pub declarations: String,
}

impl Rule {
    /// Whether the rule speaks of this id.
    pub fn says(&self, id: &str) -> bool {
        self.selectors.split(['#', ' ', ',', '.', '>', '[', ':']).any(|part| part == id)
            && self.selectors.contains(&format!("#{id}"))
    }
}

/// The rules of a sheet that speak of something that is there. Those with an `@` are left out.
pub fn rules(sheet: &str, names: &Names) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut rest = sheet;
    while let Some(open) = rest.find('{') {
        let head = rest[..open].trim();
        let (body, after) = block(&rest[open..]);
        rest = after;
        if head.starts_with('@') {
            continue;
        }
        let used: Vec<&str> = head
            .split(',')
            .map(str::trim)
            .filter(|selector| selector.starts_with('#') && is_used(selector, names))
            .collect();
        if !used.is_empty() {
            rules.push(Rule { selectors: used.join(","), declarations: body.trim().to_owned() });
        }
    }
    rules
}

/// What stands between the braces at the beginning of a text, which may nest, and what follows.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    (text.get(1..).unwrap_or_default(), "")
}

/// Whether everything that a selector speaks of is there.
fn is_used(selector: &str, names: &Names) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let mut rest = selector;
    while let Some(at) = rest.find(['.', '#', '[']) {
        let kind = rest.as_bytes()[at];
        let body = &rest[at + 1..];
        let end = if kind == b'[' { body.find(']') } else { body.find(|c| !is_name(c)) }.unwrap_or(body.len());
        let name = &body[..end];
        let is_there = match kind {
            b'.' => names.classes.contains(name),
            b'#' => names.ids.contains(name),
            _ => match name.strip_prefix("data-look=") {
                Some(look) => names.looks.contains(look.trim_matches(['"', '\''])),
                None => true,
            },
        };
        if !is_there {
            return false;
        }
        rest = &body[end..];
    }
    true
}

/// Declarations that say nothing: what holds anyway.
const IDLE: [&str; 18] = [
    "opacity:1",
    "display:inline",
    "visibility:inherit",
    "clip-path:none",
    "mask:none",
    "filter:none",
    "transform:none",
    "transform:matrix(1 0 0 1 0 0)",
    "fill-opacity:1",
    "white-space:pre",
    "line-height:24px",
    "alignment-baseline:central",
    "font-weight:normal",
    "font-style:normal",
    "text-align:center",
    "cursor:pointer",
    "stroke-dashoffset:0",
    "pointer-events:none",
];

/// Properties that say how to draw. The rest, which may hide, move or cover what is around the picture, stays out.
const PROPERTIES: [&str; 47] = [
    "alignment-baseline",
    "background",
    "background-color",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "cx",
    "cy",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-height",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mix-blend-mode",
    "opacity",
    "paint-order",
    "r",
    "rx",
    "ry",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "transform",
    "transform-origin",
    "vector-effect",
    "visibility",
    "word-spacing",
    "writing-mode",
];

fn is_property(name: &str) -> bool {
    PROPERTIES.contains(&name)
        || name.starts_with("stroke-") && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Declarations of these properties, without those that say nothing or may do harm, their references made the page's own.
pub fn declarations(text: &str) -> String {
    let mut out = String::new();
    for declaration in text.split(';').map(str::trim).filter(|declaration| !declaration.is_empty()) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim(), value.trim());
        let short = format!("{name}:{value}");
        if !is_property(name) || IDLE.contains(&short.as_str()) || !is_harmless(value) {
            continue;
        }
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(&short.replace("url(#", &format!("url(#{}", super::ID)));
    }
    out
}

/// Whether a value loads nothing, runs nothing and does not end what it stands in.
pub fn is_harmless(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let loads = lower.replace("url(#", "").contains("url(") || lower.contains("image(") || lower.contains("@import");
    !loads
        && !lower.contains("expression")
        && !lower.contains("javascript:")
        && !lower.contains('\\')
        && !value.contains(['<', '{', '}'])
        && !value.chars().any(|c| c.is_control() && !c.is_ascii_whitespace())
}

/// Cuts a text behind each colour: what stands before it, and the colour; at last what is left, without one.
pub fn split_colours(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        while let Some((start, end)) = word(text, from) {
            if is_colour(&text[start..end]) {
                rest = Some(&text[end..]);
                return Some((&text[..start], Some(&text[start..end])));
            }
            from = end;
        }
        rest = None;
        Some((text, None))
    })
}

/// Where the next word begins and ends: `#333`, `rgba(1, 2, 3)`, `grey`.
fn word(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '-' | '_');
    let start = from + text[from..].find(is_part)?;
    let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
    let is_function = matches!(&text[start..end], "rgb" | "rgba" | "hsl" | "hsla") && text[end..].starts_with('(');
    let close = if is_function { text[end..].find(')').map(|length| end + length + 1) } else { None };
    Some((start, close.unwrap_or(end)))
}

fn is_colour(word: &str) -> bool {
    let hex =
        |digits: &str| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    word.strip_prefix('#').is_some_and(hex)
        || (word.ends_with(')') && (word.starts_with("rgb") || word.starts_with("hsl")))
        || matches!(word, "none" | "transparent")
        || Colour::of(word).is_some()
}

/// A value whose colours have twins for the dark theme beside them.
pub fn with_twins(value: &str) -> String {
    let mut out = String::with_capacity(value.len() * 2);
    for (before, colour) in split_colours(value) {
        out.push_str(before);
        match colour.map(|colour| (colour, Colour::of(colour))) {
            Some((_, Some(light))) => {
                out.push_str(&format!("light-dark({},{})", light.css(), light.in_the_dark().css()));
            }
            Some((colour, None)) => out.push_str(colour),
            None => {}
        }
    }
    out
}

/// Black or white, whichever is easier to read on a colour; `None` where it is no plain one.
pub fn ink_on(colour: &str) -> Option<&'static str> {
    // The two have the same contrast, as WCAG has it, with this luminance.
    Colour::of(colour).map(|colour| if colour.luminance() > 0.179 { "#000" } else { "#fff" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_speak_of_nothing_are_left_out() {
        let names = Names {
            classes: ["node".to_owned()].into(),
            ids: ["d".to_owned()].into(),
            looks: ["classic".to_owned()].into(),
        };
        let sheet = "#d .node rect, #d .gone{fill:#333;}@keyframes dash{to{stroke-dashoffset:0;}}#d .gone{x:y}.node{fill:red}#d [data-look=\"neo\"].node{fill:red}";
        let expected = Rule { selectors: "#d .node rect".to_owned(), declarations: "fill:#333;".to_owned() };
        assert_eq!(rules(sheet, &names), [expected]);
    }

    #[test]
    fn declarations_that_load_or_move_are_left_out() {
        let kept = |text| declarations(text);
        assert_eq!(kept("fill:#fff !important;opacity:1; stroke : red"), "fill:#fff !important;stroke:red");
        assert_eq!(kept("fill:url(https://a.example/x);background:url(//a)"), "");
        assert_eq!(kept("animation:dash 1s;position:fixed;--a:b;fill:u\\72l(x)"), "");
        assert_eq!(kept("marker-end:url(#m)"), "marker-end:url(#\u{4}m)");
    }

    #[test]
    fn colours_are_told_from_other_words() {
        let found: Vec<_> = split_colours("stroke:#333;fill:rgba(1, 2, 3, .5) x").collect();
        assert_eq!(found, [("stroke:", Some("#333")), (";fill:", Some("rgba(1, 2, 3, .5)")), (" x", None)]);
        assert_eq!(split_colours("1px solid").collect::<Vec<_>>(), [("1px solid", None)]);
    }
}
