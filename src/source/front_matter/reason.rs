//! A parser's reason, in both languages.
//!
//! The parsers of YAML and TOML speak English. What writers meet is translated; what they hardly ever do stays in
//! English and says whose words it is.

use crate::language::Text;

/// What libyaml and the reader around it say, without the place, and what it means.
const YAML: &[(&str, &str)] = &[
    ("did not find expected key", "키가 올 자리에 다른 것이 있습니다. 들여쓰기나 따옴표가 맞지 않습니다"),
    ("could not find expected ':'", "키 뒤에 쌍점(`:`)이 없습니다"),
    ("mapping values are not allowed in this context", "`: `이 올 수 없는 자리에 있습니다"),
    ("mapping keys are not allowed in this context", "키가 올 수 없는 자리에 있습니다"),
    ("block sequence entries are not allowed in this context", "`- ` 항목이 올 수 없는 자리에 있습니다"),
    ("did not find expected '-' indicator", "목록의 항목이 `- `로 시작하지 않습니다"),
    ("did not find expected ',' or ']'", "목록에 쉼표가 빠졌거나 `]`로 닫히지 않았습니다"),
    ("did not find expected ',' or '}'", "쉼표가 빠졌거나 `}`로 닫히지 않았습니다"),
    ("did not find expected node content", "값이 올 자리에 값이 없습니다"),
    ("did not find expected <document start>", "`키: 값` 뒤에 다른 것이 이어집니다"),
    ("did not find expected alphabetic or numeric character", "`&`나 `*` 뒤에 이름이 없습니다"),
    ("did not find expected whitespace or line break", "공백이 있어야 할 자리에 다른 글자가 있습니다"),
    ("did not find expected comment or line break", "줄이 끝나야 할 자리에 다른 글자가 있습니다"),
    ("found character that cannot start any token", "값을 시작할 수 없는 글자가 있습니다"),
    ("found a tab character", "탭으로 들여 썼습니다"),
    ("found unexpected end of stream", "따옴표가 닫히지 않은 채 끝났습니다"),
    ("found unexpected document indicator", "따옴표가 닫히기 전에 `---`나 `...` 줄이 나왔습니다"),
    ("found unexpected ':'", "쌍점(`:`)이 올 수 없는 자리에 있습니다"),
    ("found unknown escape character", "큰따옴표 안의 `\\` 뒤에 쓸 수 없는 글자가 있습니다"),
    ("found undefined tag handle", "`!`로 시작하는 값입니다"),
    ("found undefined alias", "`*`로 시작하는 값입니다"),
    ("unknown anchor", "`*`로 시작하는 값입니다"),
    ("control characters are not allowed", "제어 문자가 있습니다"),
    ("recursion limit exceeded", "너무 깊이 겹쳐 있습니다"),
    ("repetition limit exceeded", "같은 값을 너무 많이 되풀이합니다"),
    ("deserializing from YAML containing more than one document", "`---` 줄이 중간에 있습니다"),
    ("invalid type: enum", "`!`로 시작하는 값입니다"),
    ("too large once its aliases are expanded", "`*이름`을 풀면 너무 커집니다"),
    ("a list or a mapping cannot be a key", "목록이나 묶음은 키가 될 수 없습니다"),
    ("longer than 64 KB", "64 KB보다 깁니다"),
    ("too many brackets", "괄호가 너무 많습니다"),
    ("not a mapping", "`키: 값`이 아닙니다"),
    ("too long", "너무 깁니다"),
];

/// Why YAML was not read.
pub fn yaml(english: &str) -> Text {
    match YAML.iter().find(|(start, _)| english.starts_with(start)) {
        Some((_, korean)) => Text::new(*korean, english),
        None => Text::new(format!("YAML 해석기의 말: {english}"), english),
    }
}

/// Why TOML was not read.
pub fn toml(english: &str) -> Text {
    Text::new(format!("TOML 해석기의 말: {english}"), english)
}
