//! What is wrong with a template, said as everything else is said to a writer: place, message, hint.
//!
//! The engine tells of several faults at once only as text, each a report of the shape below, and of faults between
//! templates (a parent that is missing, a circle) without a place. Reports are read back from that text; of the other
//! faults the place is where the template names the other one.
//!
//! ```text
//! error: Unknown filter `no_such`
//!  --> note.html:3:17
//!   |
//! 3 | {{ note.title | no_such }}
//!   |                 ^^^^^^^
//!
//! note: called from base.html:4:1
//!   …
//! ```

use std::collections::BTreeMap;

use tera::ErrorKind;

use crate::diagnostics::{Diagnostic, Position};
use crate::language::Text;
use crate::nearest::NearestNames;
use crate::text;

/// The code of a template's fault.
const CODE: &str = "template";

/// The templates that a fault may lie in.
pub struct Sources<'a> {
    /// Name → text.
    pub texts: &'a BTreeMap<String, String>,
    /// Names of the templates that came from the site.
    pub own: &'a [String],
}

impl Sources<'_> {
    /// The faults that an error of the engine tells of, at least one. `page` is the file of the note that was being
    /// rendered, or the page's own path.
    pub fn faults(&self, error: &tera::Error, page: Option<&str>) -> Vec<Diagnostic> {
        let mut faults = match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                vec![self.fault(current, self.mention(current, parent), self.unknown_template(parent))]
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain } => vec![self.circle(tpl, inheritance_chain)],
            ErrorKind::CircularInclude { tpl, include_chain } => vec![self.circle(tpl, include_chain)],
            _ => {
                let text = error.to_string();
                let reports = reports(&text);
                if reports.is_empty() { vec![self.without_place(&text)] } else { self.reported(&reports) }
            }
        };
        if let Some(page) = page {
            for fault in &mut faults {
                let made =
                    text!("`{page}`의 쪽을 만들다가 만난 오류입니다", "met while the page of `{page}` was being made");
                fault.hint = Some(match fault.hint.take() {
                    None => made,
                    Some(hint) => Text::new(
                        format!("{}; {}", hint.korean, made.korean),
                        format!("{}; {}", hint.english, made.english),
                    ),
                });
            }
        }
        faults
    }

    fn reported(&self, reports: &[Report<'_>]) -> Vec<Diagnostic> {
        let faults = reports.iter().map(|report| {
            let unknown = report.message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`'));
            let (message, hint) = match unknown {
                Some(name) => self.unknown_template(name),
                None => (message(report), None),
            };
            let callers: Vec<String> = report
                .callers
                .iter()
                .map(|(name, at)| format!("{}:{}:{}", self.path(name), at.line, at.column))
                .collect();
            let hint = hint.or_else(|| {
                let callers = callers.join(" ← ");
                (!callers.is_empty()).then(|| text!("부른 곳: {callers}", "called from {callers}"))
            });
            self.fault(report.template, report.position, (message, hint))
        });
        faults.collect()
    }

    fn fault(&self, template: &str, position: Position, (message, hint): (Text, Option<Text>)) -> Diagnostic {
        Diagnostic { hint, ..Diagnostic::error(CODE, self.path(template), position, message) }
    }

    /// A site's template as the site's file; the theme's own by its name.
    fn path(&self, template: &str) -> String {
        if self.own.iter().any(|own| own == template) { format!("templates/{template}") } else { template.to_owned() }
    }

    fn unknown_template(&self, name: &str) -> (Text, Option<Text>) {
        let nearest = NearestNames::new(self.texts.keys().cloned());
        let hint = nearest.nearest(name).map(|nearest| text!("혹시 `{nearest}`?", "did you mean `{nearest}`?"));
        (text!("`{name}`: 이런 템플릿이 없습니다", "there is no template `{name}`"), hint)
    }

    /// Templates that extend or include each other without end: `a`, `b` → `a → b → a`.
    fn circle(&self, template: &str, chain: &[String]) -> Diagnostic {
        let mut round: Vec<&str> = chain.iter().map(String::as_str).collect();
        if round.first() != Some(&template) {
            round.insert(0, template);
        }
        if round.last() != Some(&template) || round.len() == 1 {
            round.push(template);
        }
        let next = round.get(1).copied().unwrap_or(template);
        let round = round.join(" → ");
        let message =
            text!("템플릿이 끝없이 서로를 부릅니다: {round}", "templates call each other without end: {round}");
        self.fault(template, self.mention(template, next), (message, None))
    }

    /// A fault that the engine tells without a place.
    fn without_place(&self, message: &str) -> Diagnostic {
        let is_named =
            |name: &&String| message.contains(&format!("`{name}`")) || message.contains(&format!("'{name}'"));
        // The site's own templates are the newcomers.
        let template = self.own.iter().find(is_named);
        // Of a component defined twice, the engine names the component first.
        let subject = message.split('`').nth(1).unwrap_or_default();
        let position = template.map_or(Position::START, |template| self.mention(template, subject));
        let said = (Text::new(message, message), None);
        match template {
            Some(template) => self.fault(template, position, said),
            None => Diagnostic::error(CODE, "templates/", position, said.0),
        }
    }

    /// Where a template names something: between quotes, else anywhere.
    fn mention(&self, template: &str, name: &str) -> Position {
        let text = self.texts.get(template).map(String::as_str).unwrap_or_default();
        let quoted = ['"', '\''].iter().find_map(|quote| text.find(&format!("{quote}{name}{quote}")));
        quoted.or_else(|| text.find(name)).map_or(Position::START, |at| Position::of(text, at))
    }
}

/// One fault as the engine reports it.
#[derive(Debug, PartialEq, Eq)]
struct Report<'a> {
    message: &'a str,
    template: &'a str,
    position: Position,
    /// The underlined part of the source.
    source: String,
    /// Where the template was included or the component called.
    callers: Vec<(&'a str, Position)>,
}

fn reports(text: &str) -> Vec<Report<'_>> {
    let mut reports: Vec<Report<'_>> = Vec::new();
    let mut message = None;
    let mut line_of_source = None;
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("error: ") {
            message = Some(said);
        } else if let Some((template, position)) = line.trim_start().strip_prefix("--> ").and_then(place) {
            if let Some(message) = message.take() {
                let (source, callers) = (String::new(), Vec::new());
                reports.push(Report { message, template, position, source, callers });
            }
        } else if let Some(caller) = line.strip_prefix("note: called from ").and_then(place) {
            if let Some(report) = reports.last_mut() {
                report.callers.push(caller);
            }
        } else if let Some((number, line)) = line.split_once(" | ") {
            match (number.trim().is_empty(), line_of_source.take(), reports.last_mut()) {
                (true, Some(source), Some(report)) if report.callers.is_empty() => {
                    report.source = underlined(source, line);
                }
                (false, _, _) => line_of_source = Some(line),
                _ => {}
            }
        }
    }
    reports
}

/// `note.html:3:17`.
fn place(text: &str) -> Option<(&str, Position)> {
    let (rest, column) = text.rsplit_once(':')?;
    let (template, line) = rest.rsplit_once(':')?;
    Some((template, Position { line: line.parse().ok()?, column: column.parse().ok()? }))
}

/// The characters of a line above the `^` of the next.
fn underlined(line: &str, marks: &str) -> String {
    let marked = line.chars().zip(marks.chars()).filter(|(_, mark)| *mark == '^');
    marked.map(|(c, _)| c).collect::<String>().trim().to_owned()
}

/// The engine speaks English; what template authors meet most is said in Korean too.
fn message(report: &Report<'_>) -> Text {
    let said = report.message;
    let named = |before: &str, after: &str| said.strip_prefix(before)?.strip_suffix(after);
    let kinds = [("filter", "필터가"), ("test", "검사가"), ("function", "함수가"), ("component", "컴포넌트가")];
    for (kind, korean) in kinds {
        if let Some(name) = named(&format!("Unknown {kind} `"), "`") {
            return text!("`{name}`: 이런 {korean} 없습니다", "there is no {kind} `{name}`");
        }
    }
    let source = &report.source;
    let shown = if source.is_empty() || said.contains(&format!("`{source}`")) {
        String::new()
    } else {
        format!(": `{source}`")
    };
    let value = named("Field `", "` is not defined").or_else(|| named("Variable `", "` is not defined."));
    let block = named("Block `", "` is not defined in any parent template");
    let english = format!("{said}{shown}");
    let korean = match (value, block) {
        (Some(value), _) => format!("`{value}`: 이런 값이 없습니다{shown}"),
        (_, Some(block)) => format!("`{block}`: 부모 템플릿에 이런 블록이 없습니다"),
        _ => english.clone(),
    };
    Text::new(korean, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults of these templates, loaded and, when they load, rendered.
    fn faults(templates: &[(&str, &str)]) -> Vec<String> {
        let texts: BTreeMap<String, String> =
            templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let own: Vec<String> = texts.keys().cloned().collect();
        let sources = Sources { texts: &texts, own: &own };
        let mut tera = tera::Tera::default();
        let (error, page) = match tera.add_raw_templates(texts.iter()) {
            Err(error) => (error, None),
            Ok(()) => (tera.render("a.html", &tera::Context::new()).unwrap_err(), Some("노트.md")),
        };
        let faults = sources.faults(&error, page);
        faults.iter().map(|fault| fault.to_line(crate::language::Language::Korean)).collect()
    }

    #[test]
    fn every_unknown_name_is_told_with_its_place() {
        assert_eq!(
            faults(&[("a.html", "가\n  {{ 1 | no_such }}\n{{ nothing() }}\n{% include \"c.html\" %}"), ("b.html", "")]),
            [
                "templates/a.html:2:10: error[template]: `no_such`: 이런 필터가 없습니다",
                "templates/a.html:3:4: error[template]: `nothing`: 이런 함수가 없습니다",
                "templates/a.html:4:12: error[template]: `c.html`: 이런 템플릿이 없습니다\n  도움말: 혹시 `a.html`?",
            ]
        );
    }

    #[test]
    fn a_fault_while_rendering_names_the_note_and_who_called() {
        assert_eq!(
            faults(&[("a.html", "가\n{% include \"b.html\" %}"), ("b.html", "\n{{ missing }}")]),
            [
                "templates/b.html:2:4: error[template]: `missing`: 이런 값이 없습니다\n  도움말: 부른 곳: templates/a.html:2:12; `노트.md`의 쪽을 만들다가 만난 오류입니다"
            ]
        );
    }

    #[test]
    fn faults_between_templates_have_a_place_too() {
        assert_eq!(
            faults(&[("a.html", "\n{% extends 'b.html' %}")]),
            ["templates/a.html:2:12: error[template]: `b.html`: 이런 템플릿이 없습니다\n  도움말: 혹시 `a.html`?"]
        );
        assert_eq!(
            faults(&[("a.html", "가 {% include \"b.html\" %}"), ("b.html", "{% include \"a.html\" %}")]),
            ["templates/a.html:1:14: error[template]: 템플릿이 끝없이 서로를 부릅니다: a.html → b.html → a.html"]
        );
        let twice = "{% component x() %}{% endcomponent x %}";
        let told = faults(&[("a.html", twice), ("b.html", twice)]);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("templates/a.html:1:14: error[template]: "), "{told:?}");
    }
}
