//! `seoga check`: everything that is wrong with the notes, and nothing written.

use clap::ArgMatches;

use super::{Failure, Outcome, build_options, terminal};
use crate::build::Site;
use crate::diagnostics::Severity;
use crate::language::Language;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let options = build_options(matches)?;
    let json = matches.get_flag("json");
    let bar = terminal::Bar::new(language);
    let site = Site::load(&options, &bar);
    drop(bar);
    let library = site.map_err(|error| Failure::of_build(error, false))?.library;
    terminal::report_diagnostics(&library.diagnostics, json, language)?;
    if !json {
        let count = |severity| library.diagnostics.iter().filter(|one| one.severity == severity).count();
        let (notes, warnings, errors) = (library.notes.len(), count(Severity::Warning), count(Severity::Error));
        let line = match language {
            Language::Korean => format!("노트 {notes}개 · 경고 {warnings}개, 오류 {errors}개"),
            Language::English => {
                let [notes, warnings, errors] = [(notes, "note"), (warnings, "warning"), (errors, "error")]
                    .map(|(number, thing)| terminal::count(number, thing));
                format!("{notes} · {warnings}, {errors}")
            }
        };
        terminal::say(&line)?;
    }
    Ok(terminal::outcome(&library.diagnostics, matches.get_flag("strict")))
}
