//! `seoga serve`: see the site while writing it.

use clap::ArgMatches;

use super::{Failure, Outcome, build, build_options, terminal};
use crate::language::Language;
use crate::serve::DevelopmentServer;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let server = DevelopmentServer::bind(build_options(matches)?, port)?;
    let url = server.url();
    let mut first = true;
    let mut stands = false;
    let open = matches.get_flag("open");
    server.run(|report| {
        match report {
            Ok(report) => {
                let _ = terminal::report_build_diagnostics(&report.diagnostics, false, language);
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
