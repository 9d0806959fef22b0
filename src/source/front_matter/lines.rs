//! The top-level keys of front matter, found by the eye rather than by a parser.
//!
//! A key begins where a line starts with it, and its block reaches to the next key. That is all that can be known of
//! front matter that its parser rejects, it is enough to say on which line a key stands, and it costs nothing for the
//! many notes without a fault, because it is asked only when there is something to say.

use std::ops::Range;

use crate::diagnostics::Position;
use crate::source::metadata;

/// A key with the lines that belong to it, as byte ranges of the text that was searched.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    pub key: Range<usize>,
    /// After the `:` or `=`, to the end of the block.
    pub value: Range<usize>,
}

impl Block {
    /// The whole block, key and value.
    pub fn range(&self) -> Range<usize> {
        self.key.start..self.value.end
    }
}

/// The blocks of front matter; `sign` is `:` in YAML and `=` in TOML. Lines before the first key belong to none.
pub fn blocks(text: &str, sign: char) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((key, value)) = key_of_line(line, sign) {
            if let Some(last) = blocks.last_mut() {
                last.value.end = at;
            }
            blocks.push(Block { key: at + key.start..at + key.end, value: at + value..text.len() });
        }
        at += line.len();
    }
    blocks
}

/// The key that a line begins with, quotes included, and where its value begins.
pub fn key_of_line(line: &str, sign: char) -> Option<(Range<usize>, usize)> {
    let first = line.chars().next()?;
    if first.is_whitespace() || "-#[]{},&*!|>%@`=:<".contains(first) {
        return None;
    }
    let end = match first {
        '"' | '\'' => line.get(1..)?.find(first)? + 2,
        _ => line.find([sign, '\n'])?,
    };
    let between = line.get(end..)?;
    let after = between.trim_start_matches([' ', '\t']).strip_prefix(sign)?;
    let key = line.get(..end)?.trim_end();
    // In YAML `https://…` and `12:30` are no keys. `draft:true` is none either, but can have been meant as nothing else.
    if sign == ':' && is_tight(after) && !metadata::is_known(key) {
        return None;
    }
    Some((0..key.len(), line.len() - after.len()))
}

/// Whether a value follows its `:` without the space that YAML wants.
pub fn is_tight(value: &str) -> bool {
    !(value.is_empty() || value.starts_with(char::is_whitespace))
}

/// Where a top-level key stands in a note's front matter, whatever its format; the first line where it cannot be found.
pub fn position_of(front_matter: &str, key: &str) -> Position {
    let mut found = None;
    let mut at = 0;
    for line in front_matter.split_inclusive('\n') {
        let indented = line.trim_start_matches([' ', '\t', '{']);
        let bare = indented.trim_start_matches(['"', '\'']);
        let after = bare.strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
        if after.is_some_and(|rest| rest.starts_with([':', '='])) {
            let start = at + line.len() - indented.len();
            // A key of the top level before one that only looks like it further in.
            if indented.len() == line.len() {
                return Position::of(front_matter, start);
            }
            found = found.or(Some(start));
        }
        at += line.len();
    }
    // All on one line, as JSON or in YAML's braces.
    let found = found.or_else(|| front_matter.find(&format!("\"{key}\"")));
    let found = found.or_else(|| front_matter.find(&format!(" {key}:")).map(|space| space + 1));
    found.map_or(Position::START, |start| Position::of(front_matter, start))
}

/// Where an item of a key's list is written, `before` equal ones being before it; the key's place where the item cannot
/// be found as it is.
pub fn item_position(front_matter: &str, key: &str, item: &str, before: usize) -> Position {
    let at_key = position_of(front_matter, key);
    let line_start = front_matter.split_inclusive('\n').take(at_key.line - 1).map(str::len).sum::<usize>();
    let from = front_matter.get(line_start..).and_then(|rest| rest.find(key)).map_or(line_start, |at| line_start + at);
    let from = from + key.len();
    let rest = front_matter.get(from..).unwrap_or_default();
    let opens = |text: &str| text.is_empty() || text.ends_with([' ', '\t', '\n', ',', '[', '"', '\'', '#', ':', '=']);
    let closes = |text: &str| text.trim_start_matches([' ', '\t']).starts_with([',', ']', '"', '\'', '\n', '#']);
    let found = rest.match_indices(item).map(|(at, _)| at).filter(|at| {
        let (before, after) = (rest.get(..*at).unwrap_or_default(), rest.get(at + item.len()..).unwrap_or_default());
        opens(before) && (after.is_empty() || closes(after))
    });
    match found.into_iter().nth(before) {
        Some(at) if !item.is_empty() => Position::of(front_matter, from + at),
        _ => at_key,
    }
}

/// The `#words` of a top-level key's block that YAML takes for comments: `tags: #네트워크`, `- #네트워크`.
pub fn hash_words<'a>(front_matter: &'a str, key: &str) -> Vec<&'a str> {
    let start = position_of(front_matter, key).line - 1;
    let mut words = Vec::new();
    for (at, line) in front_matter.lines().skip(start).enumerate() {
        let value = match key_of_line(line, ':') {
            Some((_, value)) if at == 0 => line.get(value..).unwrap_or_default(),
            None if at > 0 && line.trim_start().starts_with("- ") => line,
            _ => break,
        };
        let quoted = value.contains(['"', '\'', '[']);
        let comments = value.split([' ', '\t', ',']).filter(|word| !quoted && word.starts_with('#'));
        // A sign that stands alone begins a real comment.
        words.extend(comments.take_while(|word| word.len() > 1).map(|word| word.trim_start_matches('#')));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_reach_to_the_next_key() {
        let text = "# 설명\ntitle : 제목: 부제\ntags:\n- 하나\n  - 둘\n\"quoted key\": x\nhttps://example.com\n";
        let found: Vec<(&str, &str)> =
            blocks(text, ':').into_iter().map(|block| (&text[block.key], &text[block.value])).collect();
        assert_eq!(
            found,
            [
                ("title", " 제목: 부제\n"),
                ("tags", "\n- 하나\n  - 둘\n"),
                ("\"quoted key\"", " x\nhttps://example.com\n")
            ]
        );
    }

    #[test]
    fn items_have_a_place() {
        let at = |text, item, before| {
            let Position { line, column } = item_position(text, "tags", item, before);
            (line, column)
        };
        let listed = "---\ntitle: 자바\ntags:\n  - 자바 가상 머신\n  - 자바\n  - \"자바\"\n---\n";
        assert_eq!(at(listed, "자바", 0), (5, 5));
        assert_eq!(at(listed, "자바", 1), (6, 6));
        assert_eq!(at("---\ntags: [자바, JVM, 자바]\n---\n", "자바", 1), (2, 17));
        assert_eq!(at("+++\ntags = ['a', 'b', 'a']\n+++\n", "a", 1), (2, 20));
        assert_eq!(at("---\ntags: [a, b]\n---\n", "c", 0), (2, 1));
    }

    #[test]
    fn keys_have_a_place_in_every_format() {
        let at = |text, key| {
            let Position { line, column } = position_of(text, key);
            (line, column)
        };
        assert_eq!(at("---\nhead:\n  title: 안\ntitle: 밖\n---\n", "title"), (4, 1));
        assert_eq!(at("---\n{\"id\": 1, \"title\": \"밖\"}\n---\n", "title"), (2, 11));
        assert_eq!(at("+++\ntitle = \"밖\"\n+++\n", "title"), (2, 1));
        assert_eq!(at("{\n  \"title\": 1\n}\n", "title"), (2, 3));
        assert_eq!(at("---\n---\n", "title"), (1, 1));
    }
}
