//! What a person sees in the terminal: diagnostics, progress, failures.
//!
//! Results go to standard output, everything about how it went to standard error. Colours and the progress bar appear
//! only on a terminal, colours only where `NO_COLOR` is not set.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Failure, Outcome};
use crate::build::{Progress, Stage};
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::Language;
use crate::text;

/// Whether a stream may be coloured.
pub fn may_colour(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints a result, one line or more.
pub fn say(line: &str) -> Result<(), Failure> {
    written(writeln!(io::stdout().lock(), "{line}"))
}

/// What writing to standard output came to. A reader that has seen enough (`| head`) is no fault; a full disk is.
pub fn written(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let message = text!("표준 출력에 쓰지 못했습니다: {error}", "cannot write to standard output: {error}");
            Err(Failure { message, hint: None })
        }
        _ => Ok(()),
    }
}

/// Prints diagnostics: to people on standard error, to tools (`json`) on standard output.
pub fn report_diagnostics(diagnostics: &[Diagnostic], json: bool, language: Language) -> Result<(), Failure> {
    if json {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut lines = diagnostics.iter().map(|diagnostic| diagnostic.to_json(language));
        return written(lines.try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush()));
    }
    let colour = may_colour(io::stderr().is_terminal());
    let mut out = BufWriter::new(io::stderr().lock());
    for diagnostic in diagnostics {
        let line = diagnostic.to_line(language);
        let name = diagnostic.severity.name();
        let line = if colour {
            let code = match diagnostic.severity {
                Severity::Note => "36",
                Severity::Warning => "33",
                Severity::Error => "31",
            };
            line.replacen(&format!(": {name}["), &format!(": \u{1b}[{code}m{name}\u{1b}[0m["), 1)
        } else {
            line
        };
        // Nobody is left to be told.
        if writeln!(out, "{line}").is_err() {
            break;
        }
    }
    Ok(())
}

/// Prints why a command could not do its work.
pub fn report_failure(failure: &Failure, language: Language) {
    let mut out = io::stderr().lock();
    let (label, hint_label) = match language {
        Language::Korean => ("오류", "도움말"),
        Language::English => ("error", "hint"),
    };
    let _ = writeln!(out, "{label}: {}", failure.message.in_language(language));
    if let Some(hint) = &failure.hint {
        let _ = writeln!(out, "  {hint_label}: {}", hint.in_language(language));
    }
}

/// A number of things in English: `1 note`, `2 notes`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// The outcome that a set of diagnostics means.
pub fn outcome(diagnostics: &[Diagnostic], strict: bool) -> Outcome {
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    match worst {
        Some(Severity::Error) => Outcome::Faults,
        Some(Severity::Warning) if strict => Outcome::Faults,
        _ => Outcome::Fine,
    }
}

/// Diagnostics past this many are counted instead of printed by `build`; `check` prints them all.
const MOST_PRINTED: usize = 50;

/// Prints the diagnostics of a build: all of them to tools, the worst and first to people.
pub fn report_build_diagnostics(diagnostics: &[Diagnostic], json: bool, language: Language) -> Result<(), Failure> {
    if json || diagnostics.len() <= MOST_PRINTED {
        return report_diagnostics(diagnostics, json, language);
    }
    // Errors are never among those left out.
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
    let room = MOST_PRINTED.saturating_sub(errors.len());
    let left_out = warnings.len().saturating_sub(room);
    let mut shown: Vec<Diagnostic> = errors.into_iter().chain(warnings.iter().copied().take(room)).cloned().collect();
    crate::diagnostics::sort(&mut shown);
    report_diagnostics(&shown, false, language)?;
    if left_out > 0 {
        // The rare ones, which the many hide, are at the end.
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for warning in warnings.iter().skip(room) {
            *codes.entry(warning.code).or_default() += 1;
        }
        let mut codes: Vec<(&str, usize)> = codes.into_iter().collect();
        codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        let kinds: Vec<String> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
        let kinds = kinds.join(", ");
        let line = match language {
            Language::Korean => {
                format!("… 경고 {left_out}개가 더 있습니다({kinds}). 모두 보려면 `seoga check`를 쓰세요")
            }
            Language::English => {
                format!("… and {} more ({kinds}); `seoga check` shows them all", count(left_out, "warning"))
            }
        };
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
    Ok(())
}

/// A build that is done before this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A progress bar on standard error, for builds long enough to want one.
pub struct Bar {
    bar: ProgressBar,
    language: Language,
    start: Instant,
    /// Hidden still, and to be shown after [`PATIENCE`].
    waiting: AtomicBool,
}

impl Bar {
    /// Silent where standard error is no terminal.
    pub fn new(language: Language) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:<12} {bar:32} {pos}/{len} {elapsed}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        let waiting = AtomicBool::new(io::stderr().is_terminal());
        Self { bar, language, start: Instant::now(), waiting }
    }

    fn show_when_long(&self) {
        let due = self.waiting.load(Ordering::Relaxed) && self.start.elapsed() >= PATIENCE;
        // Steps come from many threads; one of them shows the bar.
        if due && self.waiting.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, steps: usize) {
        let name = match (self.language, stage) {
            (Language::English, stage) => stage.name(),
            (Language::Korean, Stage::Read) => "읽기",
            (Language::Korean, Stage::Parse) => "해석",
            (Language::Korean, Stage::Library) => "잇기",
            (Language::Korean, Stage::Render) => "쪽 만들기",
            (Language::Korean, Stage::Index) => "색인",
            (Language::Korean, Stage::Publish) => "내보내기",
            (Language::Korean, Stage::External) => "바깥 링크",
        };
        self.show_when_long();
        self.bar.set_message(name);
        self.bar.inc_length(steps as u64);
    }

    fn step(&self) {
        self.show_when_long();
        self.bar.inc(1);
    }

    fn end(&self, stage: Stage) {
        if stage == Stage::Publish {
            self.bar.finish_and_clear();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
