//! What keeps a command from doing its work, in words: the one place where an error becomes a message and a hint.

use seoga_search::{BundleError, DictionaryError, IndexError};

use crate::build::{BuildError, OutputError};
use crate::diagnostics::Diagnostic;
use crate::language::{Language, Text};
use crate::publish::PublishError;
use crate::render::TemplateError;
use crate::serve::ServeError;
use crate::text;

/// What kept a command from doing its work.
#[derive(Debug)]
pub struct Failure {
    pub message: Text,
    pub hint: Option<Text>,
}

impl Failure {
    /// Why a build failed. `stands` says whether there is a site from before, which is untouched then.
    pub fn of_build(error: BuildError, stands: bool) -> Self {
        let untouched =
            || stands.then(|| text!("이전에 만든 사이트는 그대로 있습니다", "the site built before is untouched"));
        let failure = |message, hint| Self { message, hint };
        let lines = |faults: &[Diagnostic], language| -> String {
            faults.iter().map(|fault| format!("\n{}", fault.to_line(language))).collect()
        };
        match error {
            BuildError::Walk(error) => failure(error.text(), None),
            BuildError::NoNotes(folder, faults) => {
                let folder = folder.display();
                let (korean, english) = (lines(&faults, Language::Korean), lines(&faults, Language::English));
                failure(
                    text!("`{folder}`에 노트가 없습니다{korean}", "there are no notes in `{folder}`{english}"),
                    Some(text!(
                        "`.md` 파일을 넣거나 `--root`로 노트 폴더를 알려 주세요. `seoga new 폴더`로 새로 시작할 수도 있습니다",
                        "put `.md` files there, name a folder of notes with `--root`, or start with `seoga new DIR`"
                    )),
                )
            }
            BuildError::Template(TemplateError::Faults(faults)) => {
                let (korean, english) = (lines(&faults, Language::Korean), lines(&faults, Language::English));
                failure(
                    text!(
                        "템플릿에 잘못이 있어 사이트를 만들지 못했습니다{korean}",
                        "the site cannot be made: a fault in a template{english}"
                    ),
                    untouched(),
                )
            }
            BuildError::Template(error @ TemplateError::Unreadable { .. }) => {
                failure(text!("템플릿을 읽지 못했습니다: {error}", "cannot read a template: {error}"), None)
            }
            BuildError::Publish(PublishError::Foreign(path)) => {
                let path = path.display();
                failure(
                    text!(
                        "seoga가 만들지 않은 파일 `{path}` 자리에 써야 해서 멈췄습니다. 그 파일은 그대로 있습니다",
                        "`{path}` is in the way; it was not written by seoga and is not overwritten"
                    ),
                    Some(text!(
                        "그 파일을 옮기거나 `--out`으로 다른 폴더를 정하세요",
                        "move that file, or choose another folder with `--out`"
                    )),
                )
            }
            BuildError::Publish(PublishError::Busy(path)) => {
                let path = path.display();
                failure(
                    text!("다른 빌드가 `{path}`에 쓰고 있습니다", "another build is writing `{path}`"),
                    Some(text!("그 빌드가 끝난 뒤에 다시 시도하세요", "try again when it is done")),
                )
            }
            BuildError::Publish(PublishError::NotAFolder(path)) => {
                let path = path.display();
                failure(text!("출력 위치가 폴더가 아닙니다: `{path}`", "the output `{path}` is not a folder"), None)
            }
            BuildError::Publish(PublishError::MountPoint(path)) => {
                let path = path.display();
                failure(
                    text!(
                        "출력 폴더 `{path}`은(는) 따로 붙인 디스크나 볼륨이어서 한 번에 바꿀 수 없습니다",
                        "the output folder `{path}` is a mounted disk or volume and cannot be replaced in one step"
                    ),
                    Some(text!(
                        "그 안의 폴더에 만드세요: `--out {path}/site`",
                        "build into a folder inside it: `--out {path}/site`"
                    )),
                )
            }
            BuildError::Publish(error @ PublishError::Io { .. }) => {
                failure(text!("사이트를 쓰지 못했습니다: {error}", "cannot write the site: {error}"), None)
            }
            BuildError::Write { path, source } => failure(
                text!("`{path}` 파일을 쓰지 못했습니다: {source}", "cannot write `{path}`: {source}"),
                untouched(),
            ),
            BuildError::Dictionary(error) => error.into(),
            BuildError::Index(error) => error.into(),
            BuildError::Bundle(error) => error.into(),
            BuildError::Output(error) => error.into(),
            BuildError::Configuration(faults) => {
                let (korean, english) = (lines(&faults, Language::Korean), lines(&faults, Language::English));
                failure(
                    text!(
                        "설정에 잘못이 있어 어떤 노트를 실어도 되는지 알 수 없습니다{korean}",
                        "a fault in the configuration leaves in doubt what may be published{english}"
                    ),
                    untouched(),
                )
            }
            BuildError::PrivateLeak(leaks) => {
                let (korean, english) = (lines(&leaks, Language::Korean), lines(&leaks, Language::English));
                failure(
                    text!(
                        "비공개로 둔 것이 사이트에 들어 있어 내보내지 않았습니다. 이전에 만든 사이트가 있으면 그대로 있습니다{korean}",
                        "the new site gives away what is private and was not published; the one before, if any, is untouched{english}"
                    ),
                    Some(text!(
                        "템플릿이나 `dictionary.csv`가 비공개인 것을 보이거나, 같은 파일이 `static/`이나 다른 폴더에도 있는지 보세요. 알려져도 되는 이름은 공개 노트에 적어 두면 찾지 않습니다",
                        "see whether a template or `dictionary.csv` shows what is private, or the same file stands in `static/` or another folder too; a name that may be known is not looked for when a published note has it"
                    )),
                )
            }
            BuildError::Config { path, source } => {
                let path = path.display();
                failure(
                    text!("`{path}` 파일의 내용을 읽지 못했습니다: {source}", "cannot read `{path}`: {source}"),
                    None,
                )
            }
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        let message = match error {
            OutputError::Root(out) => {
                let out = out.display();
                text!(
                    "출력 폴더 `{out}`은(는) 사이트 폴더 자체여서 쓸 수 없습니다",
                    "the output folder `{out}` is the site's own folder and cannot be replaced"
                )
            }
            OutputError::Content(out) => {
                let out = out.display();
                text!(
                    "출력 폴더 `{out}`은(는) 노트가 있는 폴더여서 쓸 수 없습니다",
                    "the output folder `{out}` is the folder of the notes and cannot be replaced"
                )
            }
            OutputError::Above(out) => {
                let out = out.display();
                text!(
                    "출력 폴더 `{out}` 안에 사이트 폴더가 있어서 쓸 수 없습니다",
                    "the output folder `{out}` holds the site's own folder and cannot be replaced"
                )
            }
            OutputError::Theme(out) => {
                let out = out.display();
                text!(
                    "출력 폴더 `{out}`은(는) 테마의 파일을 두는 곳이어서 쓸 수 없습니다",
                    "the output folder `{out}` is for the theme's files and cannot be replaced"
                )
            }
            OutputError::HoldsNotes(out) => {
                let out = out.display();
                text!(
                    "출력 폴더 `{out}` 안에 노트가 있습니다. 여기에 사이트를 만들면 그 노트는 실리지 않습니다",
                    "there are notes in the output folder `{out}`; they would not be published"
                )
            }
        };
        let hint = text!(
            "`--out`으로 다른 폴더를 정하거나, `--out` 없이 사이트 폴더의 `public/`에 만드세요",
            "choose another folder with `--out`, or leave it out to build into the site's `public/`"
        );
        Self { message, hint: Some(hint) }
    }
}

impl From<DictionaryError> for Failure {
    fn from(error: DictionaryError) -> Self {
        let message = text!("한국어 사전을 열지 못했습니다: {error}", "cannot open the Korean dictionary: {error}");
        Self { message, hint: None }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let korean = match &error {
            IndexError::Engine(reason) => format!("검색 색인을 쓰지 못했습니다: {reason}"),
            IndexError::Missing(name) => format!("검색 색인을 쓰지 못했습니다: `{name}` 파일이 없습니다"),
            IndexError::Words(reason) => format!("검색 색인의 낱말을 쓰지 못했습니다: {reason}"),
            IndexError::Bundle(reason) => format!("검색 색인을 다시 읽지 못했습니다: {reason}"),
        };
        Self { message: Text::new(korean, error.to_string()), hint: None }
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        let korean = match &error {
            BundleError::NoBundle => "검색 색인이 없습니다".to_owned(),
            BundleError::Missing(name) => format!("검색 색인의 `{name}` 파일이 없습니다"),
            BundleError::Damaged(name) => format!("검색 색인의 `{name}` 파일이 망가졌습니다"),
            BundleError::Version { .. } => "검색 색인이 다른 판의 seoga로 만든 것입니다".to_owned(),
            BundleError::Io { name, error } => format!("검색 색인의 `{name}` 파일을 읽지 못했습니다: {error}"),
            BundleError::NotLoaded => "검색 색인을 아직 다 읽지 않았습니다".to_owned(),
            BundleError::Mixed(name) => format!("검색 색인의 `{name}` 파일은 다른 때에 만든 것입니다"),
            BundleError::Engine(reason) => format!("검색 색인에서 찾지 못했습니다: {reason}"),
        };
        let hint = text!("`seoga build`로 다시 만드세요", "build it again with `seoga build`");
        Self { message: Text::new(korean, error.to_string()), hint: Some(hint) }
    }
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
