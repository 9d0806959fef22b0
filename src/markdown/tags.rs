//! `#태그` in the text, by Obsidian's rule: behind white space or at a line's beginning, of letters, digits, `_`, `-` and
//! `/`, and not of digits alone.
//!
//! Not everything of that shape is one in notes about programming: `#fff` is a colour, `#include` a directive,
//! `#length()` a method, `#cloud.id` a commented-out setting.

use crate::source::metadata::{LONGEST_TAG, MOST_LEVELS};

/// Directives of the C preprocessor and of C#.
const DIRECTIVES: [&str; 14] = [
    "include",
    "define",
    "undef",
    "ifdef",
    "ifndef",
    "if",
    "elif",
    "else",
    "endif",
    "pragma",
    "error",
    "line",
    "region",
    "endregion",
];

/// What follows a `#` that is spoken of (`#을`), or a number (`#1에서`, `#2번째`).
const PARTICLES: [&str; 30] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "나",
    "으로",
    "에서",
    "에는",
    "까지",
    "부터",
    "처럼",
    "이나",
    "라는",
    "이라는",
    "이다",
    "번",
    "번째",
    "번은",
    "위",
    "호",
    "차",
];

/// The tag whose `#` begins `text`, without it. A `/` at its end is no part of the name.
pub fn at(text: &str, before: Option<char>) -> Option<&str> {
    let apart = before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '=' | '|' | '>'));
    let rest = text.strip_prefix('#').filter(|_| apart)?;
    let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let (tag, behind) = rest.split_at(end);
    let first = tag.chars().next().filter(|c| !matches!(c, '_' | '-' | '/'));
    let name = tag.trim_end_matches('/');
    let worded = name.chars().any(|c| !c.is_numeric() && !matches!(c, '/' | '-' | '_'));
    let refused = first.is_none()
        || !worded
        || name.chars().count() > LONGEST_TAG
        || name.matches('/').count() >= MOST_LEVELS
        || name.contains("//")
        || is_colour(name)
        || PARTICLES.contains(&name.trim_start_matches(|c: char| c.is_ascii_digit()))
        || is_directive(name)
        || goes_on(behind);
    (!refused).then_some(tag)
}

/// Letters and digits of any script, the marks that combine with them, and emoji.
fn is_part(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '/' | '\u{200d}' | '\u{fe0f}' | '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}')
        || unicode_normalization::char::is_combining_mark(c)
}

/// `#ifdef와` too.
fn is_directive(name: &str) -> bool {
    DIRECTIVES
        .iter()
        .filter_map(|directive| name.strip_prefix(directive))
        .any(|rest| rest.is_empty() || PARTICLES.contains(&rest))
}

fn is_colour(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_hexdigit).count();
    let (colour, behind) = name.split_at(digits);
    matches!(colour.len(), 3 | 4 | 6 | 8) && (behind.is_empty() || PARTICLES.contains(&behind))
}

/// What stands behind belongs to it, so that the whole is something else.
fn goes_on(behind: &str) -> bool {
    let mut chars = behind.chars();
    match chars.next() {
        Some('(' | '[' | '{' | '<' | '>' | '=' | '#' | '@' | '$' | '\\' | '&' | '%' | '+' | '\'' | '`') => true,
        Some('.' | ':' | ';' | ',' | '"') => {
            chars.next().is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '>'))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_behind_a_blank() {
        for (text, tag) in [
            ("#쿠버네티스 글", Some("쿠버네티스")),
            ("#인프라/쿠버네티스.", Some("인프라/쿠버네티스")),
            ("#2024회고, 끝", Some("2024회고")),
            ("#할-일_하나)", Some("할-일_하나")),
            ("#🙂", Some("🙂")),
            ("#1", None),
            ("#2024/11", None),
            ("#fff", None),
            ("#FF0000;", None),
            ("#include <stdio.h>", None),
            ("#ifdef와", None),
            ("#을 우물 정자라고 한다", None),
            ("#1에서", None),
            ("#2번째", None),
            ("#title>", None),
            ("#length()", None),
            ("#role.bugcatcher", None),
            ("# 제목", None),
            ("##제목", None),
            ("#a//b", None),
            ("#-", None),
        ] {
            assert_eq!(at(text, Some(' ')), tag, "{text}");
        }
        assert_eq!(at("#태그", Some('글')), None);
        assert_eq!(at("#태그", None), Some("태그"));
    }
}
