//! The tags in a text: `{% name … %}`, `{{< name … >}}`, `{{% name … %}}`, `{{ expression }}`.

use std::ops::Range;

/// Longer tags are none.
const LONGEST: usize = 2048;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notation {
    /// `{% … %}`: Jekyll, Hexo, GitBook.
    Liquid,
    /// `{{< … >}}` and `{{% … %}}`: Hugo.
    Hugo,
    /// `{{ … }}`.
    Expression,
    /// `<% … %>`: Templater.
    Templater,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tag<'a> {
    pub notation: Notation,
    /// The whole tag in the text.
    pub range: Range<usize>,
    /// Without `end` or `/`; empty for an expression.
    pub name: &'a str,
    pub closing: bool,
    /// What stands behind the name.
    pub arguments: &'a str,
    /// Where they begin in the text.
    pub arguments_start: usize,
    /// `{{</* … */>}}`, which shows the tag.
    pub escaped: bool,
}

/// The tags of a text, in order. Linear in it.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = memchr::memchr2(b'{', b'<', bytes.get(at..).unwrap_or_default()).map(|sign| at + sign) {
        let tag = text.get(sign..).and_then(|rest| tag(rest, sign));
        at = tag.as_ref().map_or(sign + 1, |tag| tag.range.end);
        if tag.is_none() && text[sign..].starts_with("{{{") {
            at = sign + 3;
        }
        found.extend(tag);
    }
    found
}

fn tag(text: &str, start: usize) -> Option<Tag<'_>> {
    let (notation, open, close) = [
        (Notation::Hugo, "{{<", ">}}"),
        (Notation::Hugo, "{{%", "%}}"),
        (Notation::Liquid, "{%", "%}"),
        (Notation::Expression, "{{", "}}"),
        (Notation::Templater, "<%", "%>"),
    ]
    .into_iter()
    .find(|(_, open, _)| text.starts_with(open))?;
    let rest = text.get(open.len()..)?;
    if notation == Notation::Expression && rest.starts_with('{') {
        return None;
    }
    let window = rest.as_bytes().get(..rest.len().min(LONGEST))?;
    let end = memchr::memmem::find(window, close.as_bytes())?;
    let inside = rest.get(..end)?;
    let one_line = matches!(notation, Notation::Expression | Notation::Templater);
    if inside.contains("\n\n") || (one_line && inside.contains('\n')) {
        return None;
    }
    let range = start..start + open.len() + end + close.len();
    let arguments_start = start + open.len() + inside.len() - inside.trim_start().len();
    let arguments = inside.trim();
    let whole = Tag { notation, range, name: "", closing: false, arguments, arguments_start, escaped: false };
    if one_line {
        return Some(whole);
    }
    if notation == Notation::Hugo && inside.starts_with("/*") && inside.ends_with("*/") {
        return Some(Tag { escaped: true, ..whole });
    }
    let inside = inside.trim_end_matches('-').trim_end();
    let stop = start + open.len() + inside.len();
    let inside = inside.trim_start_matches('-').trim_start();
    let (closing, inside) = match notation {
        Notation::Hugo => (inside.starts_with('/'), inside.trim_start_matches('/').trim_start()),
        _ => match inside.strip_prefix("end") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => (true, rest),
            _ => (false, inside),
        },
    };
    let name = inside.split_whitespace().next()?;
    let arguments = inside.get(name.len()..)?.trim_start();
    let arguments_start = stop - arguments.len();
    let arguments = arguments.trim_end_matches('/').trim_end();
    Some(Tag { name, closing, arguments, arguments_start, ..whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_all_notations() {
        let text =
            "{% raw %}{%- endraw -%} {{< a b=\"c\" >}}{{% /a %}} {{ x }} {{{ y }}} {{</* z */>}} <% w %> {% 열림";
        let found: Vec<_> = tags(text).into_iter().map(|t| (t.name, t.closing, t.arguments, t.escaped)).collect();
        assert_eq!(
            found,
            [
                ("raw", false, "", false),
                ("raw", true, "", false),
                ("a", false, "b=\"c\"", false),
                ("a", true, "", false),
                ("", false, "x", false),
                ("", false, "/* z */", true),
                ("", false, "w", false),
            ]
        );
    }
}
