//! Why YAML rejects a value, in the writer's terms.
//!
//! The parser says "found character that cannot start any token". A writer needs to hear that the value begins with a
//! backtick and wants quotes. The causes here are those met in real notes.

use crate::language::Text;
use crate::text;

/// What is wrong with the value of a key, and what to do about it. `value` is everything after the `key:`.
pub fn of_value(value: &str, Text { korean, english }: &Text) -> (Text, Text) {
    let trimmed = value.trim();
    let first_line = trimmed.lines().next().unwrap_or_default();
    let quote = text!("값을 작은따옴표로 감싸세요: `'…'`", "put the value in single quotes: `'…'`");
    if super::lines::is_tight(value) {
        return (
            text!("쌍점(`:`) 뒤에 공백이 없습니다", "there is no space after the colon (`:`)"),
            text!("쌍점 뒤를 한 칸 띄우세요: `키: 값`", "put a space after the colon: `key: value`"),
        );
    }
    if trimmed.starts_with("{{") || trimmed.contains("<%") || trimmed.starts_with("{%") {
        return (
            text!("템플릿 자리표시가 채워지지 않은 채 남아 있습니다", "a template placeholder was left unfilled"),
            text!(
                "값을 채우거나 따옴표로 감싸세요: `'{{{{date}}}}'`",
                "fill it in, or put it in quotes: `'{{{{date}}}}'`"
            ),
        );
    }
    if value.lines().skip(1).any(|line| line.trim_start_matches(' ').starts_with('\t')) {
        return (
            text!("탭으로 들여 썼습니다", "it is indented with a tab"),
            text!("YAML에서는 탭 대신 공백으로 들여 쓰세요", "YAML is indented with spaces, not tabs"),
        );
    }
    match first_line.chars().next() {
        Some('`') => (text!("값이 백틱(`)으로 시작합니다", "the value begins with a backtick (`)"), quote),
        Some(mark @ ('@' | '%' | '*' | '&' | '!' | '|' | '>' | '?')) => {
            (text!("값이 `{mark}` 문자로 시작합니다", "the value begins with `{mark}`"), quote)
        }
        Some(open @ ('"' | '\'')) => (
            text!(
                "따옴표({open})가 닫히지 않았거나 닫힌 뒤에 글자가 더 있습니다",
                "a quotation mark ({open}) is not closed, or something follows where it closes"
            ),
            text!("값 전체를 다른 종류의 따옴표로 감싸세요", "put the whole value in the other kind of quotes"),
        ),
        Some(open @ ('[' | '{')) => (
            text!(
                "값이 `{open}` 괄호로 시작하지만 목록으로 읽히지 않습니다",
                "the value begins with `{open}` but does not read as a list"
            ),
            text!(
                "글이라면 작은따옴표로 감싸세요: `'[Java] 스레드'`",
                "if it is text, put it in single quotes: `'[Java] threads'`"
            ),
        ),
        _ if first_line.contains(": ") || first_line.ends_with(':') => {
            (text!("값 안에 쌍점(`:`)이 있습니다", "there is a colon (`:`) in the value"), quote)
        }
        _ => (
            text!("YAML로 읽히지 않습니다({korean})", "it does not read as YAML ({english})"),
            text!("들여쓰기와 따옴표를 살펴보세요", "check indentation and quotes"),
        ),
    }
}
