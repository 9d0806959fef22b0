//! `name="value" .class #id word`: the list of words that kramdown's braces, the info strings of fences, shortcodes and
//! components all write in nearly the same way.

use std::ops::Range;

/// One word of such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// What stands before the `=`.
    pub key: Option<&'a str>,
    /// Without its quotes.
    pub value: &'a str,
    /// Where the value begins in the list.
    pub start: usize,
    pub quoted: bool,
}

impl<'a> Word<'a> {
    /// Where the value stands in the list.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.value.len()
    }

    /// The value of the first of these keys that is there.
    pub fn of(words: &[Word<'a>], keys: &[&str]) -> Option<&'a str> {
        Self::named(words, keys).map(|word| word.value)
    }

    /// The word of the first of these keys that is there.
    pub fn named<'w>(words: &'w [Word<'a>], keys: &[&str]) -> Option<&'w Word<'a>> {
        keys.iter().find_map(|key| {
            let is_asked = |word: &&Word<'_>| word.key.is_some_and(|written| written.eq_ignore_ascii_case(key));
            words.iter().find(is_asked)
        })
    }
}

/// The words of a list, divided by white space or commas. Linear in the text.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let stop = |c: char| c.is_whitespace() || matches!(c, ',' | '=' | '"' | '\'' | '`' | '[' | '{');
        let end = rest.find(stop).unwrap_or(rest.len());
        let at = text.len() - rest.len();
        let (name, behind) = rest.split_at(end);
        if end > 0
            && let Some(behind) = behind.strip_prefix('=')
        {
            let (value, quoted, after) = value(behind);
            let start = text.len() - behind.len() + usize::from(quoted);
            found.push(Word { key: Some(name), value, start, quoted });
            rest = after;
        } else if end > 0 {
            found.push(Word { key: None, value: name, start: at, quoted: false });
            rest = behind;
        } else {
            let (value, quoted, after) = value(rest);
            found.push(Word { key: None, value, start: at + usize::from(quoted), quoted });
            // A sign that begins nothing, such as a lone `=`, is a word of its own.
            let sign = rest.chars().next().map_or(0, char::len_utf8);
            rest = if after.len() == rest.len() { rest.get(sign..).unwrap_or_default() } else { after };
        }
    }
}

/// A value at the beginning of a text, whether it was quoted, and what follows it.
fn value(text: &str) -> (&str, bool, &str) {
    let close = match text.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => quote,
        Some('[') => ']',
        Some('{') => '}',
        _ => {
            let end = text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(text.len());
            let (value, rest) = text.split_at(end);
            return (value, false, rest);
        }
    };
    match text[1..].find(close) {
        Some(end) => (&text[1..=end], true, &text[end + 2..]),
        None => (&text[1..], true, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<&str>, &str)> {
        let words = words(text);
        assert!(words.iter().all(|word| text.get(word.range()) == Some(word.value)), "{text:?}");
        words.into_iter().map(|word| (word.key, word.value)).collect()
    }

    #[test]
    fn lists_are_read_in_all_their_spellings() {
        assert_eq!(
            read(".class #id width=\"300\" title='긴 제목' target=_blank"),
            [
                (None, ".class"),
                (None, "#id"),
                (Some("width"), "300"),
                (Some("title"), "긴 제목"),
                (Some("target"), "_blank")
            ]
        );
        assert_eq!(
            read("linenos=table,hl_lines=[1,\"3-5\"]"),
            [(Some("linenos"), "table"), (Some("hl_lines"), "1,\"3-5\"")]
        );
        assert_eq!(read("tip \"제목\" `a b`"), [(None, "tip"), (None, "제목"), (None, "a b")]);
        assert_eq!(read("label={'가'}"), [(Some("label"), "'가'")]);
    }

    #[test]
    fn what_is_broken_ends() {
        assert_eq!(read("= a="), [(None, "="), (Some("a"), "")]);
        assert_eq!(read("\"열린"), [(None, "열린")]);
        assert_eq!(read(" , "), []);
    }
}
