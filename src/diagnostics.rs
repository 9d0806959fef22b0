//! What seoga tells a writer about the notes: a code, a place, a message and a hint, many at once.
//!
//! A fault in a note never stops the build (the rest of the site is somebody's reading too); it becomes a
//! [`Diagnostic`] with the exact place, and at the end decides the exit code. Faults that stop the command itself
//! are errors of the room that met them, not diagnostics.

use std::fmt::Write as _;

use serde::Serialize;

use crate::language::{Language, Text};

/// How bad it is. An error means that something the writer made is missing from the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
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
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let before = &text[..offset];
        let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
        Self {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
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
