//! Patterns of `private` and `exclude` that name nothing there is.
//!
//! A folder that was renamed or misspelt in `site.yaml` is published without a word. Found by the walk, told here.

use super::value_position;
use crate::diagnostics::{Diagnostic, Position};
use crate::nearest::NearestNames;
use crate::source::Patterns;
use crate::text;

/// Warnings about the patterns of a key that have these numbers. `text` and `path` are those of `site.yaml`, `names`
/// those of files, by which a misspelt one is guessed.
pub fn idle_patterns<'a>(
    (text, path): (&str, &str),
    key: &str,
    patterns: &Patterns,
    idle: &[usize],
    names: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    if idle.is_empty() {
        return Vec::new();
    }
    let parts = names.flat_map(|name| name.split('/')).map(str::to_owned);
    let nearest = NearestNames::new(parts);
    let written: Vec<&str> = patterns.written().collect();
    let told = idle.iter().filter_map(|number| Some((*number, *written.get(*number)?)));
    told.map(|(number, pattern)| {
        let name = pattern.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let message = text!(
            "`{key}`의 `{pattern}`에 걸리는 파일이나 폴더가 없습니다",
            "`{pattern}` in `{key}` matches no file or folder"
        );
        let hint = match nearest.nearest(name) {
            Some(near) if near != name => text!("혹시 `{near}`?", "did you mean `{near}`?"),
            _ => text!(
                "이름과 경로를 확인하세요. 경로는 노트 폴더에서부터 적습니다",
                "check the name and the path, which begins in the folder of the notes"
            ),
        };
        Diagnostic::warning("unused-pattern", path, position(text, key, pattern, number), message).with_hint(hint)
    })
    .collect()
}

/// Where a pattern is written: an item of a list below the key, or beside it.
fn position(text: &str, key: &str, pattern: &str, number: usize) -> Position {
    let item = value_position(text, key, Some(number));
    let line = text.lines().nth(item.line - 1).unwrap_or_default();
    let from = line.char_indices().nth(item.column - 1).map_or(0, |(at, _)| at);
    match line.get(from..).and_then(|rest| rest.find(pattern)) {
        Some(at) => Position { line: item.line, column: Position::of(line, from + at).column },
        None => item,
    }
}
