//! `seoga build`: notes → a published site and a summary.

use clap::ArgMatches;

use super::{Failure, Outcome, build_options, terminal};
use crate::build::{Report, build};
use crate::diagnostics::Severity;
use crate::language::Language;
use crate::publish::MANIFEST;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let options = build_options(matches)?;
    let json = matches.get_flag("json");
    let bar = terminal::Bar::new(language);
    let report = build(&options, &bar);
    drop(bar);
    let report = report.map_err(|error| Failure::of_build(error, options.out().join(MANIFEST).is_file()))?;
    terminal::report_build_diagnostics(&report.diagnostics, json, language)?;
    summarise(&report, json, language)?;
    Ok(terminal::outcome(&report.diagnostics, matches.get_flag("strict")))
}

/// Prints what a build did, in one line.
pub fn summarise(report: &Report, json: bool, language: Language) -> Result<(), Failure> {
    let (warnings, errors) = (report.count(Severity::Warning), report.count(Severity::Error));
    let Report { notes, withheld, pages, links, assets, .. } = report;
    let seconds = report.elapsed.as_secs_f64();
    let out = report.out.display();
    let line = if json {
        serde_json::json!({
            "summary": {
                "notes": notes, "withheld": withheld, "pages": pages, "links": links, "assets": assets,
                "warnings": warnings, "errors": errors, "seconds": seconds, "out": report.out.to_string_lossy(),
            }
        })
        .to_string()
    } else {
        // Whoever misses a note should not have to search for the reason.
        let withheld = match (*withheld, language) {
            (0, _) => String::new(),
            (withheld, Language::Korean) => format!("(비공개 {withheld}개는 뺌)"),
            (withheld, Language::English) => format!(" ({withheld} withheld)"),
        };
        match language {
            Language::Korean => format!(
                "노트 {notes}개{withheld} → 쪽 {pages}개, 링크 {links}개, 파일 {assets}개 · 경고 {warnings}개, 오류 {errors}개 · {seconds:.2}초 → {out}"
            ),
            Language::English => {
                let [notes, pages, links, assets] =
                    [(*notes, "note"), (*pages, "page"), (*links, "link"), (*assets, "file")]
                        .map(|(number, thing)| terminal::count(number, thing));
                let [warnings, errors] =
                    [(warnings, "warning"), (errors, "error")].map(|(number, thing)| terminal::count(number, thing));
                format!(
                    "{notes}{withheld} → {pages}, {links}, {assets} · {warnings}, {errors} · {seconds:.2} s → {out}"
                )
            }
        }
    };
    terminal::say(&line)
}
