//! What merman says of a source → what is said to the writer: where it is and what to do, as far as that can be told.

use merman::{ParseDiagnosticSpanKind, RenderError};

use super::kind;
use crate::drawing::Fault;
use crate::language::Text;
use crate::text;

/// Of a library's own words, in characters.
const LONGEST_SAID: usize = 200;
/// A longer list of what might have stood there helps nobody.
const MOST_EXPECTED: usize = 4;

pub fn of_no_kind() -> Fault {
    Fault {
        message: text!("어떤 종류의 그림인지 알 수 없습니다", "it does not say what kind of diagram it is"),
        hint: Some(text!(
            "첫 줄에 `flowchart LR`, `sequenceDiagram`처럼 종류를 적습니다",
            "the first line names the kind, such as `flowchart LR` or `sequenceDiagram`"
        )),
        at: Some(0),
    }
}

pub fn explained(error: &RenderError, source: &str) -> Fault {
    let said = error.to_string();
    if said.starts_with("No Mermaid diagram type detected") {
        return of_no_kind();
    }
    let said = said.split_once("): ").map_or(said.as_str(), |(_, rest)| rest).trim();
    if said.starts_with("Invalid text label") {
        return unquoted(source);
    }
    let details = match error {
        RenderError::Parse(diagnostic) => Some(diagnostic.terminal_diagnostic_details()),
        _ => None,
    };
    // A place that is only guessed is the end of the source.
    let is_exact = |kind| kind != ParseDiagnosticSpanKind::Fallback;
    let span = details.filter(|details| details.span_kind.is_some_and(is_exact)).and_then(|details| details.span);
    let at = span.map(|span| span.start.min(source.trim_end().len()));
    let hint = if said.starts_with("unexpected end of input") { unended(source) } else { None };
    let said = match said.split_once("; expected ") {
        Some((said, expected)) if expected.split(", ").count() > MOST_EXPECTED => said,
        _ => said,
    };
    let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_SAID).collect();
    Fault {
        message: text!("그림을 읽을 수 없습니다: {said}", "the diagram cannot be read: {said}"),
        hint: hint.or_else(|| in_quotes(source)),
        at,
    }
}

/// `B[함수 호출 (재귀)]`
fn unquoted(source: &str) -> Fault {
    let mut at = 0;
    let mut found = None;
    for line in source.split_inclusive('\n') {
        found = found.or_else(|| unquoted_label(line).map(|inside| at + inside));
        at += line.len();
    }
    Fault {
        message: text!(
            "이름표 안의 괄호나 따옴표를 Mermaid는 도형의 것으로 읽습니다",
            "Mermaid takes brackets or quotation marks in a label for those of a shape"
        ),
        hint: Some(text!(
            "이름표를 따옴표로 묶습니다: `A[\"호출 (재귀)\"]`",
            "put the label in quotation marks: `A[\"call (again)\"]`"
        )),
        at: found,
    }
}

/// Where a label begins that stands in brackets, without quotation marks, and has a bracket in it. In bytes of the line.
fn unquoted_label(line: &str) -> Option<usize> {
    for (start, open) in line.char_indices().filter(|(_, c)| "[{".contains(*c)) {
        let inside = line.get(start + 1..)?;
        // Two in a row begin a shape of another kind.
        if inside.starts_with(['[', '(', '{', '"', '/', '\\']) {
            continue;
        }
        let end = inside.find(if open == '[' { ']' } else { '}' }).unwrap_or(inside.len());
        if inside.get(..end).is_some_and(|label| label.contains(['(', ')', '[', '{', '"'])) {
            return Some(start + 1);
        }
    }
    None
}

/// In kinds whose blocks have an `end`.
fn unended(source: &str) -> Option<Text> {
    kind(source)?.starts_with("sequenceDiagram").then(|| {
        text!(
            "`alt`, `loop`, `opt`, `par`, `rect`, `box`는 저마다 `end`로 닫습니다",
            "each `alt`, `loop`, `opt`, `par`, `rect` and `box` is closed by an `end`"
        )
    })
}

/// Kinds in which Mermaid itself takes names in Hangul only in quotation marks.
fn in_quotes(source: &str) -> Option<Text> {
    let kind = kind(source)?;
    let wants_quotes = ["gitGraph", "xychart", "requirement"].iter().any(|start| kind.starts_with(start));
    let has_hangul = source.contains(|c| ('가'..='힣').contains(&c));
    (wants_quotes && has_hangul).then(|| {
        text!(
            "Mermaid는 이 그림의 한글 이름을 따옴표 안에서만 받습니다: `branch \"기능\"`",
            "in this kind of diagram Mermaid takes names in Hangul in quotation marks only: `branch \"기능\"`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::draw;

    #[test]
    fn a_fault_has_its_place_and_its_hint() {
        let fault = draw("flowchart LR\n  A --> B\n  B -->\n").unwrap_err();
        assert_eq!(fault.at, Some("flowchart LR\n  A --> B\n  B -->".len()));
        assert!(draw("gitGraph\n  commit\n  branch 기능\n").unwrap_err().hint.is_some());
        assert!(draw("무엇인가\n").unwrap_err().hint.is_some());
        for nothing in ["graph LR;", "%% 나중에\nflowchart TD\n"] {
            let fault = draw(nothing).unwrap_err();
            assert_eq!(fault.message.english, "there is nothing to draw", "{nothing}");
        }
    }

    #[test]
    fn a_label_that_wants_quotation_marks_is_pointed_at() {
        let source = "flowchart LR\n  A[[함수]] --> C[\"(나)\"]\n  C --> B[함수 호출 (재귀)]\n";
        let fault = draw(source).unwrap_err();
        assert_eq!(fault.at, source.find("함수 호출"));
        assert!(fault.hint.is_some_and(|hint| hint.korean.contains("따옴표")));
    }

    #[test]
    fn a_block_without_an_end_is_told_in_few_words() {
        let fault = draw("sequenceDiagram\n  alt 가\n    a->>b: c\n").unwrap_err();
        assert!(fault.message.english.len() < 80, "{}", fault.message.english);
        assert!(fault.hint.is_some_and(|hint| hint.korean.contains("`end`")));
    }
}
