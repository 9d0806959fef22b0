//! `seoga new`: a folder to start from, with a configuration and two notes that show what a note can do.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use clap::ArgMatches;

use super::{Failure, Outcome, path, terminal};
use crate::language::Language;
use crate::text;

/// What a new site holds, by path. Korean first; an English terminal gets English notes.
fn files(language: Language) -> [(&'static str, &'static str); 4] {
    match language {
        Language::Korean => [
            ("site.yaml", include_str!("new/ko/site.yaml")),
            (".gitignore", include_str!("new/gitignore")),
            ("content/index.md", include_str!("new/ko/index.md")),
            ("content/첫 노트.md", include_str!("new/ko/first.md")),
        ],
        Language::English => [
            ("site.yaml", include_str!("new/en/site.yaml")),
            (".gitignore", include_str!("new/gitignore")),
            ("content/index.md", include_str!("new/en/index.md")),
            ("content/first note.md", include_str!("new/en/first.md")),
        ],
    }
}

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let directory = path(matches, "directory").unwrap_or_default();
    let shown = directory.display();
    let root = quoted(&shown.to_string());
    let taken = directory.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(Failure {
            message: text!("`{shown}` 폴더가 비어 있지 않습니다", "the folder `{shown}` is not empty"),
            hint: Some(text!(
                "그 안의 노트로 사이트를 만들려면 `seoga build --root {root}`만 하면 됩니다. 설정 파일은 없어도 됩니다",
                "to build a site from the notes in it, run `seoga build --root {root}`; no configuration is needed"
            )),
        });
    }
    if directory.is_file() {
        return Err(Failure {
            message: text!("`{shown}`: 파일이 이미 있습니다", "`{shown}` is a file"), hint: None
        });
    }
    for (name, text) in files(language) {
        write(&directory.join(name), text).map_err(|error| Failure {
            message: text!("`{name}` 파일을 쓰지 못했습니다: {error}", "cannot write `{name}`: {error}"),
            hint: None,
        })?;
    }
    let line = match language {
        Language::Korean => format!(
            "`{shown}`에 새 서가를 만들었습니다.\n  쓰면서 보기: seoga serve --root {root}\n  사이트 만들기: seoga build --root {root}\n  그리고 public/index.html을 여세요."
        ),
        Language::English => format!(
            "Made a new site in `{shown}`.\n  write and watch: seoga serve --root {root}\n  build the site:  seoga build --root {root}\n  then open public/index.html"
        ),
    };
    terminal::say(&line)?;
    Ok(Outcome::Fine)
}

/// A path as a shell reads it back.
fn quoted(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_alphanumeric() || "/._-~:\\".contains(c));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Writes a file that must not exist yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
