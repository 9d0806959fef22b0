//! What was mistyped on the command line, in both languages. clap finds it and speaks English only.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Failure;
use crate::language::{Language, Text, josa};
use crate::nearest::NearestNames;
use crate::text;

/// The fault in words; `None` for what is no fault (help, version) and for the few that stay in clap's own.
pub fn failure(error: &clap::Error, arguments: &[OsString]) -> Option<Failure> {
    let command = arguments.get(1).and_then(|argument| argument.to_str()).filter(|word| !word.starts_with('-'));
    let of = |kind| words(error, kind);
    let argument = of(ContextKind::InvalidArg).join("`, `");
    let value = of(ContextKind::InvalidValue).join(" ");
    let quoted = format!("`{argument}`");
    let (message, hint) = match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(error, command, &argument),
        ErrorKind::InvalidSubcommand => {
            return Some(no_command(&of(ContextKind::InvalidSubcommand).join(" ")));
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = josa(&quoted, "이", "가");
            (text!("{missing} 빠졌습니다", "{quoted} is missing"), None)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            (text!("{quoted}에는 값이 있어야 합니다", "{quoted} wants a value"), None)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            text!("{quoted}의 값 `{value}`을(를) 쓸 수 없습니다", "the value `{value}` of {quoted} cannot be used"),
            range(&argument).map(|(lowest, highest)| {
                text!(
                    "{lowest}부터 {highest}까지의 정수가 와야 합니다",
                    "a whole number from {lowest} to {highest} is expected"
                )
            }),
        ),
        ErrorKind::TooManyValues => (text!("{quoted}에는 값을 줄 수 없습니다", "{quoted} takes no value"), None),
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg).join("`, `");
            (
                text!("{quoted}과(와) `{other}`은(는) 함께 쓸 수 없습니다", "{quoted} cannot be used with `{other}`"),
                None,
            )
        }
        ErrorKind::InvalidUtf8 => (text!("인자가 UTF-8이 아닙니다", "an argument is not UTF-8"), None),
        _ => return None,
    };
    Some(Failure { message, hint: hint.or_else(|| Some(see_help(command))) })
}

/// `seoga` has no such command.
pub fn no_command(name: &str) -> Failure {
    let commands = super::command(Language::Korean);
    let names = NearestNames::new(commands.get_subcommands().map(|command| command.get_name().to_owned()));
    let hint = match names.nearest(name) {
        Some(suggested) => text!("혹시 `{suggested}`?", "did you mean `{suggested}`?"),
        None => see_help(None),
    };
    Failure { message: text!("`{name}`: 없는 명령입니다", "there is no command `{name}`"), hint: Some(hint) }
}

/// A search for nothing finds nothing; whoever asks for it has lost the words on the way (an unset shell variable).
pub fn empty_query() -> Failure {
    Failure {
        message: text!("찾을 말이 비어 있습니다", "there is nothing to search for"),
        hint: Some(text!("예: `seoga search 쿠버네티스`", "for example `seoga search kubernetes`")),
    }
}

fn unknown_argument(error: &clap::Error, command: Option<&str>, argument: &str) -> (Text, Option<Text>) {
    let message = text!("`{argument}`: 쓸 수 없는 인자입니다", "unexpected argument `{argument}`");
    let suggested = words(error, ContextKind::SuggestedArg).into_iter().next();
    let hint = match (command, suggested) {
        (_, Some(suggested)) => Some(text!("혹시 `{suggested}`?", "did you mean `{suggested}`?")),
        (Some(command @ ("build" | "check" | "serve")), None) if !argument.starts_with('-') => Some(text!(
            "사이트 폴더는 `--root`로 알려 주세요: `seoga {command} --root {argument}`",
            "name the site's folder with `--root`: `seoga {command} --root {argument}`"
        )),
        (Some("search"), None) if argument.starts_with('-') => Some(text!(
            "`-`로 시작하는 말을 찾으려면 `--` 뒤에 쓰세요: `seoga search -- {argument}`",
            "to search for words that begin with `-`, write them after `--`: `seoga search -- {argument}`"
        )),
        _ => None,
    };
    (message, hint)
}

fn see_help(command: Option<&str>) -> Text {
    let help = match command {
        Some(command) => format!("seoga {command} --help"),
        None => "seoga --help".to_owned(),
    };
    text!("쓰는 법: `{help}`", "for usage, run `{help}`")
}

/// The numbers that an option takes.
fn range(argument: &str) -> Option<(u16, u16)> {
    match argument.split(' ').next()? {
        "--limit" => Some((super::LEAST_HITS, super::MOST_HITS)),
        "--port" => Some((0, u16::MAX)),
        _ => None,
    }
}

fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}
