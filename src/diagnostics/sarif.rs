//! A report in the form that code review tools read: SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format").
//!
//! One run, whose rules are the table of codes in the report's language, with the other language as a translation.
//! Paths are relative to the site's folder, percent-encoded as the standard's URI references are.

use serde_json::{Value, json};

use super::codes::{CODES, Code};
use super::{Diagnostic, Severity};
use crate::address::encoded;
use crate::language::Language;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The whole report as one JSON value.
pub fn to_sarif(diagnostics: &[Diagnostic], language: Language) -> Value {
    let rules = |language: Language| -> Vec<Value> {
        let rule = |code: &Code| {
            let text = match language {
                Language::Korean => code.korean,
                Language::English => code.english,
            };
            json!({ "id": code.name, "shortDescription": { "text": text } })
        };
        CODES.iter().map(rule).collect()
    };
    let mut own: Vec<Value> = rules(language);
    for (rule, code) in own.iter_mut().zip(CODES) {
        rule["defaultConfiguration"] = json!({ "level": code.severity.name() });
    }
    let other = match language {
        Language::Korean => Language::English,
        Language::English => Language::Korean,
    };
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "seoga",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": language.tag(),
                    "rules": own,
                },
            },
            "translations": [{
                "name": "seoga",
                "language": other.tag(),
                "contents": ["localizedData"],
                "rules": rules(other),
                "associatedComponent": { "name": "seoga" },
            }],
            "language": language.tag(),
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|diagnostic| result(diagnostic, language)).collect::<Vec<_>>(),
        }],
    })
}

fn result(diagnostic: &Diagnostic, language: Language) -> Value {
    let mut text = diagnostic.message.in_language(language).to_owned();
    if let Some(hint) = &diagnostic.hint {
        text.push('\n');
        text.push_str(hint.in_language(language));
    }
    let level: Severity = diagnostic.severity;
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level.name(),
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": encoded(&diagnostic.path) },
                "region": { "startLine": diagnostic.position.line, "startColumn": diagnostic.position.column },
            },
        }],
    });
    if let Some(index) = CODES.iter().position(|code| code.name == diagnostic.code) {
        result["ruleIndex"] = json!(index);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Position;
    use crate::text;

    #[test]
    fn a_result_says_where_and_by_which_rule() {
        let fault = Diagnostic::warning(
            "broken-link",
            "content/로드 밸런서#1.md",
            Position { line: 3, column: 7 },
            text!("`없음` 노트가 없습니다", "there is no note `없음`"),
        )
        .with_hint(text!("혹시 `있음`?", "did you mean `있음`?"));
        let sarif = to_sarif(&[fault], Language::English);
        let run = &sarif["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["message"]["text"], "there is no note `없음`\ndid you mean `있음`?");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = "content/%EB%A1%9C%EB%93%9C%20%EB%B0%B8%EB%9F%B0%EC%84%9C%231.md";
        assert_eq!(place["artifactLocation"]["uri"], uri);
        assert_eq!(place["region"], json!({ "startLine": 3, "startColumn": 7 }));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "broken-link");
        assert_eq!(
            run["translations"][0]["rules"][index]["shortDescription"]["text"],
            "링크가 가리키는 노트가 없습니다."
        );
    }
}
