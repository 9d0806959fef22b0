//! `seoga serve`: see the site while writing it.

use std::io::{self, Write as _};

use clap::ArgMatches;

use super::{Failure, Outcome, build, build_options, terminal};
use crate::language::Language;
use crate::serve::{DevelopmentServer, ServeError};
use crate::text;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let server = DevelopmentServer::bind(build_options(matches), port)?;
    let url = server.url();
    let mut first = true;
    let open = matches.get_flag("open");
    server.run(|report| {
        match report {
            Ok(report) => {
                terminal::report_build_diagnostics(&report.diagnostics, false, language);
                build::summarise(&report, false, language);
            }
            Err(error) => terminal::report_failure(&error.into(), language),
        }
        if std::mem::take(&mut first) {
            let line = match language {
                Language::Korean => format!("{url} 에서 볼 수 있습니다 (끝내려면 Ctrl+C)"),
                Language::English => format!("serving at {url} (Ctrl+C to stop)"),
            };
            // A closed pipe does not keep the server from serving.
            let _ = writeln!(io::stdout().lock(), "{line}");
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

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Listen(error) => Self {
                message: text!("서버를 열지 못했습니다: {error}", "cannot start the server: {error}"),
                hint: Some(text!("`--port`로 다른 포트를 정하세요", "choose another port with `--port`")),
            },
            ServeError::Workplace(error) => Self {
                message: text!(
                    "사이트를 만들 임시 폴더를 마련하지 못했습니다: {error}",
                    "cannot make a temporary folder for the site: {error}"
                ),
                hint: None,
            },
            ServeError::Watch(error) => Self {
                message: text!("폴더가 바뀌는 것을 지켜볼 수 없습니다: {error}", "cannot watch the folder: {error}"),
                hint: None,
            },
        }
    }
}
