//! What seoga tells a writer about the notes: a code, a place, a message and a hint, many at once.
//!
//! A fault in a note never stops the build (the rest of the site is somebody's reading too); it becomes a
//! [`Diagnostic`] with the exact place, and at the end decides the exit code. Faults that stop the command itself
//! are errors of the room that met them, not diagnostics. What every code means stands in one table, [`codes`].

pub mod codes;
mod sarif;

use std::fmt::Write as _;

use serde::Serialize;

use crate::language::{Language, Text};
pub use sarif::to_sarif;

/// How bad it is. An error means that something the writer made is missing from the site, a warning that something is
/// not as the writer meant it; a note is advice, which a healthy site may have much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a file. Lines and columns count from 1, columns in characters (as editors count them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    pub const START: Self = Self { line: 1, column: 1 };

    /// The position of a byte offset in a text; an offset past the end or inside a character is moved back.
    pub fn of(text: &str, offset: usize) -> Self {
        Self::START.advanced(text, 0, offset)
    }

    /// From the position of `from`, the position of `to` (which lies behind it).
    fn advanced(self, text: &str, from: usize, to: usize) -> Self {
        let to = text.floor_char_boundary(to.min(text.len()));
        let between = text.get(from..to).unwrap_or_default();
        match memchr::memrchr(b'\n', between.as_bytes()) {
            None => Self { line: self.line, column: self.column + between.chars().count() },
            Some(last) => Self {
                line: self.line + memchr::memchr_iter(b'\n', between.as_bytes()).count(),
                column: between[last + 1..].chars().count() + 1,
            },
        }
    }
}

/// Positions of many offsets in one text: a note with a hundred thousand faults must not be counted through a
/// hundred thousand times.
pub struct Positions<'a> {
    text: &'a str,
    /// Offset and position of every [`Self::STEP`]th byte or so; made when first asked.
    steps: std::cell::OnceCell<Vec<(usize, Position)>>,
}

impl<'a> Positions<'a> {
    const STEP: usize = 4096;

    pub fn new(text: &'a str) -> Self {
        Self { text, steps: std::cell::OnceCell::new() }
    }

    pub fn of(&self, offset: usize) -> Position {
        let steps = self.steps.get_or_init(|| {
            let mut steps = vec![(0, Position::START)];
            let mut at = (0, Position::START);
            while at.0 + Self::STEP < self.text.len() {
                let next = self.text.floor_char_boundary(at.0 + Self::STEP);
                at = (next, at.1.advanced(self.text, at.0, next));
                steps.push(at);
            }
            steps
        });
        let index = steps.partition_point(|(start, _)| *start <= offset);
        match steps.get(index.saturating_sub(1)) {
            Some((start, position)) => position.advanced(self.text, *start, offset),
            None => Position::START,
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable kebab-case name, such as `broken-link`: scripts filter by it.
    pub code: &'static str,
    /// The file, relative to the site's root, with `/`.
    pub path: String,
    pub position: Position,
    pub message: Text,
    /// What the writer can do about it.
    pub hint: Option<Text>,
}

impl Diagnostic {
    pub fn warning(code: &'static str, path: impl Into<String>, position: Position, message: Text) -> Self {
        Self { severity: Severity::Warning, code, path: path.into(), position, message, hint: None }
    }

    pub fn error(code: &'static str, path: impl Into<String>, position: Position, message: Text) -> Self {
        Self { severity: Severity::Error, ..Self::warning(code, path, position, message) }
    }

    pub fn note(code: &'static str, path: impl Into<String>, position: Position, message: Text) -> Self {
        Self { severity: Severity::Note, ..Self::warning(code, path, position, message) }
    }

    pub fn with_hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// `path:line:column: severity[code]: message`, and a hint line when there is a hint.
    pub fn to_line(&self, language: Language) -> String {
        let Position { line, column } = self.position;
        let mut out = format!(
            "{}:{line}:{column}: {}[{}]: {}",
            self.path,
            self.severity.name(),
            self.code,
            self.message.in_language(language)
        );
        if let Some(hint) = &self.hint {
            let label = match language {
                Language::Korean => "도움말",
                Language::English => "hint",
            };
            // Writing to a String cannot fail.
            let _ = write!(out, "\n  {label}: {}", hint.in_language(language));
        }
        out
    }

    /// One JSON object on one line, for tools.
    pub fn to_json(&self, language: Language) -> serde_json::Value {
        serde_json::json!({
            "path": self.path,
            "line": self.position.line,
            "column": self.position.column,
            "severity": self.severity,
            "code": self.code,
            "message": self.message.in_language(language),
            "hint": self.hint.as_ref().map(|hint| hint.in_language(language)),
        })
    }
}

/// Sorts by file, then place, then code, so that a report reads like the notes do and never depends on threads.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.position, a.code, &a.message.korean).cmp(&(&b.path, b.position, b.code, &b.message.korean))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "첫째 줄\n둘째 [링크](없음.md)";
        let at = text.find('[').unwrap();
        assert_eq!(Position::of(text, at), Position { line: 2, column: 4 });
        assert_eq!(Position::of(text, at - 2), Position { line: 2, column: 2 }, "inside a character: moved back");
        assert_eq!(Position::of(text, 10_000).line, 2);
    }

    #[test]
    fn many_positions_equal_single_ones() {
        let text = "가나다\n\n라 마\n".repeat(3000);
        let positions = Positions::new(&text);
        for offset in (0..text.len() + 9).step_by(97) {
            assert_eq!(positions.of(offset), Position::of(&text, offset), "offset {offset}");
        }
    }

    #[test]
    fn a_line_for_people_and_an_object_for_tools() {
        let diagnostic = Diagnostic::warning(
            "broken-link",
            "content/네트워크.md",
            Position { line: 3, column: 7 },
            crate::text!("`없음` 노트가 없습니다", "there is no note `없음`"),
        )
        .with_hint(crate::text!("`있음`?", "did you mean `있음`?"));
        assert_eq!(
            diagnostic.to_line(Language::Korean),
            "content/네트워크.md:3:7: warning[broken-link]: `없음` 노트가 없습니다\n  도움말: `있음`?"
        );
        assert_eq!(diagnostic.to_json(Language::English)["message"], "there is no note `없음`");
    }
}
