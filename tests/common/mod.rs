//! What the tests share: a site in a folder of its own, the program run over it, and what came out.
//!
//! A test starts from a folder under `tests/sites/` or from files it names itself, runs the real program as a writer
//! would, and looks at exit code, messages and pages.

#![allow(dead_code, reason = "every test program uses its own part of this")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

pub mod html;
pub mod link_check;
pub mod server;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A site that exists as long as the test does.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A folder without a single file.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A copy of `tests/sites/<case>`.
    pub fn case(case: &str) -> Self {
        let site = Self::empty();
        copy(&repository().join("tests/sites").join(case), site.root());
        site
    }

    /// The repository's own notes.
    pub fn own_content() -> Self {
        let site = Self::empty();
        copy(&repository().join("content"), &site.root().join("content"));
        for name in ["site.yaml", "site.yml"] {
            if repository().join(name).exists() {
                std::fs::copy(repository().join(name), site.root().join(name)).unwrap();
            }
        }
        site
    }

    /// A site of these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let site = Self::empty();
        for (path, text) in files {
            site.add(path, text);
        }
        site
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, with the folders above it.
    pub fn add(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// Runs `seoga <arguments> --root <this site>`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let root = self.root().to_str().unwrap();
        Program::new(arguments).arguments(&["--root", root]).run()
    }

    /// Builds, whatever comes of it.
    pub fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// Builds, and insists on exit code 0.
    pub fn built(&self) -> &Self {
        let run = self.build();
        assert_eq!(run.code, 0, "{run}");
        self
    }

    /// What `check` says, one object a fault.
    pub fn faults(&self) -> Vec<Value> {
        let run = self.run(&["check", "--json"]);
        assert_ne!(run.code, 2, "{run}");
        run.json_lines()
    }

    pub fn output(&self) -> PathBuf {
        self.path("public")
    }

    /// A published page.
    pub fn page(&self, path: &str) -> String {
        let file = self.output().join(path);
        std::fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!("{path}: {error}\nthe site has: {:#?}", self.files().keys().collect::<Vec<_>>())
        })
    }

    /// The body of a published note.
    pub fn body(&self, path: &str) -> String {
        html::note_body(&self.page(path)).to_owned()
    }

    pub fn publishes(&self, path: &str) -> bool {
        self.output().join(path).exists()
    }

    /// Every published file, by its path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.output())
    }

    /// The published pages, by path.
    pub fn pages(&self) -> BTreeMap<String, String> {
        let pages = self.files().into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }
}

/// The folder of seoga's own repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its path with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
}

/// The program, about to be run.
pub struct Program {
    command: Command,
    input: String,
}

impl Program {
    pub fn new(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seoga"));
        command.args(arguments);
        // The language of messages must not be the one of whoever runs the tests.
        for name in ["SEOGA_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "RAYON_NUM_THREADS"] {
            command.env_remove(name);
        }
        Self { command, input: String::new() }
    }

    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The folder to run in.
    pub fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What standard input says.
    pub fn input(mut self, text: &str) -> Self {
        text.clone_into(&mut self.input);
        self
    }

    pub fn run(mut self) -> Run {
        let command = self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that reads nothing has closed the pipe before; that is no fault.
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap_or_else(|| panic!("killed: {}", output.status)),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// How the program ended and what it said.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output, which must be one JSON value a line.
    pub fn json_lines(&self) -> Vec<Value> {
        let parse =
            |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in: {line}\n{self}"));
        self.stdout.lines().map(parse).collect()
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit code {}\n--- stdout\n{}\n--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}

/// The faults with a code, as `path:line:column`.
pub fn places(faults: &[Value], code: &str) -> Vec<String> {
    let these = faults.iter().filter(|fault| fault["code"] == code);
    these.map(|fault| format!("{}:{}:{}", fault["path"].as_str().unwrap(), fault["line"], fault["column"])).collect()
}

/// Whether bytes occur in bytes.
pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
