//! `seoga serve`: see the site while writing it.

use clap::ArgMatches;
use rustc_hash::FxHashMap;

use super::{Failure, Outcome, build, build_options, terminal};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::serve::DevelopmentServer;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let server = DevelopmentServer::bind(build_options(matches)?, port)?;
    let url = server.url();
    // Without a handler the folder stays until the next server removes it.
    let farewell = server.farewell();
    let _ = ctrlc::set_handler(move || {
        farewell();
        std::process::exit(0);
    });
    let mut first = true;
    let mut known = Vec::new();
    let mut stands = false;
    let open = matches.get_flag("open");
    server.run(|report| {
        match report {
            Ok(report) => {
                let new = unknown(&report.diagnostics, &known);
                let _ = terminal::report_build_diagnostics(&new, false, language);
                let old = report.diagnostics.len() - new.len();
                if old > 0 {
                    let line = match language {
                        Language::Korean => format!("… 앞서 알린 것 {old}개는 그대로입니다"),
                        Language::English => format!("… and {old} more as told before"),
                    };
                    let _ = terminal::say(&line);
                }
                known.clone_from(&report.diagnostics);
                // Who reads none of this is served all the same.
                let _ = build::summarise(&report, false, language);
                stands = true;
            }
            Err(error) => terminal::report_failure(&Failure::of_build(error, stands), language),
        }
        if std::mem::take(&mut first) {
            let line = match language {
                Language::Korean => format!("{url} 에서 볼 수 있습니다 (끝내려면 Ctrl+C)"),
                Language::English => format!("serving at {url} (Ctrl+C to stop)"),
            };
            let _ = terminal::say(&line);
            if open {
                open_in_browser(&url);
            }
        }
    })?;
    Ok(Outcome::Fine)
}

/// What was not said before. A line that was added above a fault makes it no other.
fn unknown(diagnostics: &[Diagnostic], known: &[Diagnostic]) -> Vec<Diagnostic> {
    let key = |diagnostic: &Diagnostic| (diagnostic.path.clone(), diagnostic.code, diagnostic.message.korean.clone());
    let mut said: FxHashMap<_, usize> = FxHashMap::default();
    for diagnostic in known {
        *said.entry(key(diagnostic)).or_default() += 1;
    }
    let is_new = |diagnostic: &&Diagnostic| match said.get_mut(&key(diagnostic)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    diagnostics.iter().filter(is_new).cloned().collect()
}

/// Asks the desktop to open an address; where there is no desktop, nothing happens.
fn open_in_browser(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = std::process::Stdio::null;
    let _ = std::process::Command::new(program).args(arguments).arg(url).stdout(quiet()).stderr(quiet()).spawn();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Position;
    use crate::text;

    #[test]
    fn what_was_said_before_is_not_said_again() {
        let fault = |line, name: &str| {
            let message = text!("`{name}` 노트가 없습니다", "there is no note `{name}`");
            Diagnostic::warning("broken-link", "글.md", Position { line, column: 1 }, message)
        };
        let before = [fault(1, "가"), fault(2, "가"), fault(3, "나")];
        let after = [fault(2, "가"), fault(3, "가"), fault(4, "가"), fault(5, "다")];
        assert_eq!(unknown(&before, &[]), before);
        assert_eq!(unknown(&after, &before), [fault(4, "가"), fault(5, "다")]);
    }
}
