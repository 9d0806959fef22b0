//! The command line: arguments → one command → an exit code.
//!
//! One file a command; this one holds the table of commands and options, from which parsing and help (in both
//! languages) come. [`failure`] is where an error becomes words, [`usage`] where a mistyped command does.

mod build;
mod check;
mod failure;
mod new;
mod search;
mod serve;
mod terminal;
mod usage;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::language::Language;
use crate::source::WalkError;
pub use failure::Failure;

/// How many hits a search may be asked for.
const LEAST_HITS: u16 = 1;
const MOST_HITS: u16 = 1000;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0
    Fine,
    /// 1: errors in the notes, or warnings under `--strict`.
    Faults,
    /// 2: the command could not do its work.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::from(0),
            Outcome::Faults => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let language = Language::from_environment();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let result = match command(language).try_get_matches_from(search::with_exclusions(&arguments)) {
        Ok(matches) => dispatch(&matches, language),
        Err(error) => match usage::failure(&error, &arguments) {
            Some(failure) => Err(failure),
            // Help and version, and what clap has to say that hardly anybody hears.
            None => terminal::written(error.print())
                .map(|()| if error.use_stderr() { Outcome::Failed } else { Outcome::Fine }),
        },
    };
    result.unwrap_or_else(|failure| {
        terminal::report_failure(&failure, language);
        Outcome::Failed
    })
}

fn dispatch(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some(("build", matches)) => build::run(matches, language),
        Some(("search", matches)) => search::run(matches, language),
        Some(("check", matches)) => check::run(matches, language),
        Some(("serve", matches)) => serve::run(matches, language),
        Some(("new", matches)) => new::run(matches, language),
        Some(("help", matches)) => help(matches, language),
        // `subcommand_required` leaves no other.
        _ => Ok(Outcome::Failed),
    }
}

/// `seoga help build`.
fn help(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let mut seoga = command(language);
    // Each command learns what it is called only now.
    seoga.build();
    let printed = match matches.get_one::<String>("command") {
        None => seoga.print_help(),
        Some(name) => match seoga.find_subcommand_mut(name) {
            Some(command) => command.print_help(),
            None => return Err(usage::no_command(name)),
        },
    };
    terminal::written(printed).map(|()| Outcome::Fine)
}

fn command(language: Language) -> Command {
    let say = |korean: &'static str, english: &'static str| match language {
        Language::Korean => korean,
        Language::English => english,
    };
    let root = || {
        Arg::new("root").long("root").value_name("DIR").value_parser(value_parser!(PathBuf)).default_value(".").help(
            say(
                "사이트 폴더. 노트는 그 안의 content/에서, 없으면 폴더 자체에서 읽습니다",
                "the site's folder (notes in its content/, else the folder itself)",
            ),
        )
    };
    let flag = |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let json = || flag("json", say("한 줄에 JSON 하나씩 출력합니다", "print one JSON object per line"));
    let out = || {
        Arg::new("out").long("out").short('o').value_name("DIR").value_parser(value_parser!(PathBuf)).help(say(
            "출력 폴더 (기본: 사이트 폴더의 public/)",
            "the output folder (default: public/ in the site's folder)",
        ))
    };
    let drafts = || flag("drafts", say("초안도 넣습니다", "include drafts"));
    let strict = || flag("strict", say("경고만 있어도 종료 코드 1로 끝냅니다", "exit with 1 on warnings too"));
    let command = Command::new("seoga")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "서가: 마크다운 노트를 서로 이어진 정적 사이트로 만들고, 한국어로 검색합니다",
            "seoga: Markdown notes → a cross-linked static site with Korean search",
        ))
        .after_help(say(
            "종료 코드: 0 정상(경고 포함), 1 노트에 오류 있음, 2 명령을 수행하지 못함\n메시지 언어: SEOGA_LANG=ko|en",
            "Exit codes: 0 fine (warnings allowed), 1 errors in the notes, 2 the command could not do its work\nLanguage of messages: SEOGA_LANG=ko|en",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("build")
                .about(say("노트로 사이트를 만듭니다", "build the site"))
                .args([root(), out(), drafts(), strict(), json()]),
        )
        .subcommand(
            Command::new("search")
                .about(say("만들어 둔 사이트에서 찾습니다", "search a built site"))
                .args([
                    root(),
                    Arg::new("site")
                        .long("site")
                        .value_name("DIR")
                        .value_parser(value_parser!(PathBuf))
                        .conflicts_with("root")
                        .help(say("만들어 둔 사이트의 폴더", "the folder of a built site")),
                    Arg::new("limit")
                        .long("limit")
                        .short('n')
                        .value_name("N")
                        .value_parser(value_parser!(u16).range(i64::from(LEAST_HITS)..=i64::from(MOST_HITS)))
                        .default_value("10")
                        .help(say("결과를 몇 개까지 보일지", "how many results to show")),
                    flag("explain", say("찾은 말이 어떻게 나뉘고 넓혀졌는지, 점수가 어디서 왔는지 보여 줍니다", "show how the query was cut and expanded, and where the scores come from"))
                        .conflicts_with("batch"),
                    flag("batch", say("표준 입력을 한 줄씩 찾아 JSON 한 줄씩으로 답합니다", "read one query per line from standard input, answer each with a line of JSON")),
                    json(),
                    Arg::new("query")
                        .value_name("QUERY")
                        .action(ArgAction::Append)
                        .required_unless_present("batch")
                        .conflicts_with("batch")
                        .help(say("찾을 말", "what to search for")),
                ]),
        )
        .subcommand(
            Command::new("check")
                .about(say("노트에서 잘못된 곳을 모두 알려 줍니다", "report everything that is wrong with the notes"))
                .args([root(), drafts(), strict(), json()])
                .args([
                    flag("sarif", say("코드 리뷰 도구가 읽는 SARIF 2.1.0으로 출력합니다", "print SARIF 2.1.0, for code review tools"))
                        .conflicts_with("json"),
                    flag("external", say("다른 사이트로 가는 링크가 열리는지도 물어봅니다(네트워크를 씁니다)", "ask whether links to other sites open, too (uses the network)")),
                    flag("suggest-links", say("링크 없이 이름만 나온 노트를 이으라고 알려 줍니다", "suggest links where a note is named without one")),
                    flag("codes", say("알려 주는 것의 종류와 뜻을 보여 줍니다", "list the codes of faults and what they mean")),
                ]),
        )
        .subcommand(
            Command::new("serve")
                .about(say("사이트를 띄워 두고, 노트를 고치면 다시 만들어 화면을 새로 고칩니다", "serve the site, rebuild and reload on changes"))
                .args([
                    root(),
                    drafts(),
                    Arg::new("port")
                        .long("port")
                        .short('p')
                        .value_name("N")
                        .value_parser(value_parser!(u16))
                        .default_value("8080")
                        .help(say("포트. 다른 프로그램이 쓰고 있으면 그다음 번호를 씁니다", "the port (the next one when it is taken)")),
                    flag("open", say("브라우저로 엽니다", "open it in the browser")),
                ]),
        )
        .subcommand(
            Command::new("new").about(say("새 사이트를 시작합니다", "start a new site")).arg(
                Arg::new("directory")
                    .value_name("DIR")
                    .value_parser(value_parser!(PathBuf))
                    .required(true)
                    .help(say("새로 만들 폴더", "the folder to make")),
            ),
        )
        // clap's own speaks English only.
        .disable_help_subcommand(true)
        .subcommand(
            Command::new("help")
                .about(say("명령의 도움말을 보여 줍니다", "show the help of a command"))
                .arg(Arg::new("command").value_name("COMMAND").help(say("명령의 이름", "the command's name"))),
        );
    match language {
        Language::Korean => {
            let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
            in_korean(command.disable_version_flag(true).arg(version.help("버전을 보여 줍니다")))
        }
        Language::English => command,
    }
}

/// What clap writes by itself, in Korean.
fn in_korean(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("도움말을 보여 줍니다");
    command
        .help_template("{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("명령")
        .subcommand_value_name("명령")
        .disable_help_flag(true)
        .arg(help)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "인자" } else { "옵션" };
            let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
            let arg = match (default, arg.get_help().map(ToString::to_string)) {
                (Some(default), Some(help)) => arg.help(format!("{help} (기본: {default})")).hide_default_value(true),
                _ => arg,
            };
            arg.help_heading(heading)
        })
        .mut_subcommands(in_korean)
}

/// A path argument; clap has checked that it is there or has a default.
fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(name).cloned()
}

/// The site's folder, which must be there: what would be said of its absence later is less to the point.
fn root(matches: &ArgMatches) -> Result<PathBuf, Failure> {
    folder(path(matches, "root").unwrap_or_else(|| PathBuf::from(".")))
}

/// A folder that is there.
fn folder(folder: PathBuf) -> Result<PathBuf, Failure> {
    let missing = match std::fs::metadata(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => WalkError::Missing(folder),
        Ok(metadata) if !metadata.is_dir() => WalkError::NotAFolder(folder),
        // One that cannot be looked at is told of by whoever reads it.
        _ => return Ok(folder),
    };
    Err(Failure { message: missing.text(), hint: None })
}

/// The build options that `build`, `check` and `serve` share.
fn build_options(matches: &ArgMatches) -> Result<crate::build::Options, Failure> {
    let mut options = crate::build::Options::new(root(matches)?);
    options.memory = crate::cache::folder_of_site(&options.root);
    options.out = matches.try_get_one::<PathBuf>("out").ok().flatten().cloned();
    options.drafts = matches.try_get_one::<bool>("drafts").ok().flatten().copied().unwrap_or(false);
    Ok(options)
}
