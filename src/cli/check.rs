//! `seoga check`: everything that is wrong with the notes, and nothing written.

use clap::ArgMatches;

use super::{Failure, Outcome, build_options, terminal};
use crate::build::Site;
use crate::diagnostics::codes::CODES;
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::external;
use crate::language::Language;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    if matches.get_flag("codes") {
        return codes(language);
    }
    let options = build_options(matches)?;
    let (json, sarif) = (matches.get_flag("json"), matches.get_flag("sarif"));
    let bar = terminal::Bar::new(language);
    let mut site = Site::load(&options, &bar).map_err(|error| Failure::of_build(error, false))?;
    let mut faults = site.lint(&options.root);
    if matches.get_flag("suggest-links") {
        faults.extend(site.suggest_links().map_err(|error| Failure::of_build(error, false))?);
    }
    let external =
        matches.get_flag("external").then(|| external::check(&site.library, &external::Options::default(), &bar));
    drop(bar);
    let notes = site.library.notes.len();
    faults.extend(site.library.diagnostics);
    let asked = external.map(|report| {
        faults.extend(report.diagnostics);
        (report.addresses, report.unchecked, report.offline)
    });
    diagnostics::sort(&mut faults);
    if sarif {
        terminal::say(&diagnostics::to_sarif(&faults, language).to_string())?;
    } else {
        terminal::report_diagnostics(&faults, json, language)?;
    }
    if !json && !sarif {
        if let Some(asked) = asked {
            terminal::say(&asked_of_others(asked, language))?;
        }
        terminal::say(&summary(notes, &faults, language))?;
    }
    Ok(terminal::outcome(&faults, matches.get_flag("strict")))
}

fn summary(notes: usize, faults: &[Diagnostic], language: Language) -> String {
    let count = |severity| faults.iter().filter(|one| one.severity == severity).count();
    let (warnings, errors, remarks) = (count(Severity::Warning), count(Severity::Error), count(Severity::Note));
    match language {
        Language::Korean => {
            let remarks = if remarks > 0 { format!(", 참고 {remarks}개") } else { String::new() };
            format!("노트 {notes}개 · 경고 {warnings}개, 오류 {errors}개{remarks}")
        }
        Language::English => {
            let remarks = if remarks > 0 { format!(", {}", terminal::count(remarks, "remark")) } else { String::new() };
            let [notes, warnings, errors] = [(notes, "note"), (warnings, "warning"), (errors, "error")]
                .map(|(number, thing)| terminal::count(number, thing));
            format!("{notes} · {warnings}, {errors}{remarks}")
        }
    }
}

/// What came of asking other sites: how many addresses, of how many nothing is certain, and whether there was no network.
fn asked_of_others((addresses, unchecked, offline): (usize, usize, bool), language: Language) -> String {
    match (language, offline) {
        (Language::Korean, true) => "바깥 링크를 확인하지 못했습니다: 네트워크에 이어져 있지 않은 듯합니다".to_owned(),
        (Language::English, true) => "links to other sites were not checked: there seems to be no network".to_owned(),
        (Language::Korean, false) => format!("바깥 주소 {addresses}개 (확실히 알 수 없는 것 {unchecked}개)"),
        (Language::English, false) => format!("{addresses} external addresses ({unchecked} of them uncertain)"),
    }
}

/// Prints what each code means.
fn codes(language: Language) -> Result<Outcome, Failure> {
    let lines: Vec<String> = CODES
        .iter()
        .map(|code| {
            let text = match language {
                Language::Korean => code.korean,
                Language::English => code.english,
            };
            format!("{:<20} {:<8} {text}", code.name, code.severity.name())
        })
        .collect();
    terminal::say(&lines.join("\n"))?;
    Ok(Outcome::Fine)
}
