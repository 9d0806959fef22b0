//! `site.yaml` → [`Config`].
//!
//! Every key is optional, and a site without the file is built with the defaults. What the keys are, in both languages,
//! stands in one table ([`keys`]); reading, hints and the JSON Schema follow from it.
//!
//! Here, unlike in a note's front matter, a fault is an error: a misspelt `private` would publish a diary. Reading goes
//! on after a fault, so that all of them are told at once, and what decides about privacy falls to the safe side, but
//! a command that publishes should stop when there was any error.

mod idle;
pub mod keys;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Position};
use crate::language::{Language, Text};
use crate::source::Patterns;
use crate::source::front_matter::{lines, yaml};
use crate::source::metadata::PublishPolicy;
use crate::text;
pub use idle::idle_patterns;
use keys::{KEYS, Key, Kind};

/// The site's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub title: Option<String>,
    pub description: Option<String>,
    pub language: Language,
    /// Ends with `/`.
    pub base_url: Option<String>,
    pub author: Option<String>,
    /// A single newline in a paragraph breaks the line.
    pub breaks: bool,
    /// `#태그` in the text is a tag.
    pub inline_tags: bool,
    /// Scripts, styles and the like in notes reach the page.
    pub unsafe_html: bool,
    /// Lower case, without scheme or path.
    pub iframe_hosts: Vec<String>,
    /// The notes' repository on the web, without `/` or `.git` at the end.
    pub repository: Option<String>,
    pub publish: PublishPolicy,
    pub private: Patterns,
    pub exclude: Patterns,
    /// How many notes the home page lists as newest.
    pub newest: usize,
    /// The deepest heading level in a table of contents.
    pub toc_depth: u8,
    /// Code of more lines is folded; 0 for none.
    pub fold_code: usize,
    /// A page with the graph of all notes, and each note's neighbourhood beside it.
    pub graph: bool,
    /// What a link leads to, shown before it is followed.
    pub previews: bool,
    /// The site has a glossary.
    pub glossary: bool,
    /// Commands for formulas, and the LaTeX that they stand for.
    pub macros: Vec<(String, String)>,
    /// Browsers keep the site for reading without a network.
    pub offline: bool,
    /// `dot` code blocks are drawn by the program of that name.
    pub dot: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            language: Language::Korean,
            base_url: None,
            author: None,
            breaks: false,
            inline_tags: true,
            unsafe_html: false,
            iframe_hosts: Vec::new(),
            repository: None,
            publish: PublishPolicy::All,
            private: Patterns::default(),
            exclude: Patterns::default(),
            newest: 10,
            toc_depth: 3,
            fold_code: 40,
            graph: true,
            previews: true,
            glossary: true,
            macros: Vec::new(),
            offline: true,
            dot: false,
        }
    }
}

impl Config {
    /// Reads `site.yaml`. The path is for diagnostics; all of them are errors.
    pub fn parse(text: &str, path: &str) -> (Self, Vec<Diagnostic>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { config: Self::default(), text, path, closed: false, diagnostics: Vec::new() };
        match yaml::parse(text) {
            Ok(mapping) => {
                for (key, _) in &mapping.displaced {
                    reader.repeated(key);
                }
                for (key, value) in &mapping.values {
                    reader.key(key, value);
                }
            }
            Err(fault) => reader.not_yaml(&fault),
        }
        if reader.closed {
            reader.config.publish = PublishPolicy::OptIn;
        }
        (reader.config, reader.diagnostics)
    }
}

struct Reader<'a> {
    config: Config,
    text: &'a str,
    path: &'a str,
    /// Whether something that was to keep notes off the site could not be read.
    closed: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, position: Position, message: Text, hint: Option<Text>) {
        let error = Diagnostic::error("site-config", self.path, position, message);
        self.diagnostics.push(match hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        });
    }

    fn not_yaml(&mut self, fault: &yaml::Fault) {
        self.closed = true;
        match fault {
            yaml::Fault::Syntax { position, reason: Text { korean, english } } => self.error(
                *position,
                text!("YAML로 읽을 수 없습니다({korean})", "this is not YAML ({english})"),
                Some(text!(
                    "`{{`, `[`, `@`, 백틱으로 시작하거나 `: `이 든 값은 따옴표로 감싸고, 탭 대신 공백으로 들여 쓰세요",
                    "quote values that begin with `{{`, `[`, `@` or a backtick or that hold `: `; indent with spaces, not tabs"
                )),
            ),
            yaml::Fault::NotMapping => self.error(
                Position::START,
                text!("`키: 값` 줄로 되어 있지 않습니다", "this is not made of `key: value` lines"),
                Some(text!("예: `title: 나의 서가`", "for example `title: My notes`")),
            ),
        }
    }

    fn repeated(&mut self, key: &str) {
        let written: Vec<usize> = lines::blocks(self.text, ':')
            .into_iter()
            .filter(|block| self.text.get(block.key.clone()) == Some(key))
            .map(|block| block.key.start)
            .collect();
        let position = written.last().map_or(Position::START, |at| Position::of(self.text, *at));
        self.error(position, text!("`{key}` 키가 두 번 나옵니다", "`{key}` is written twice"), None);
    }

    fn key(&mut self, name: &str, value: &Value) {
        let Some(key) = KEYS.iter().find(|key| key.name == name) else {
            let nearest = keys::nearest(name);
            let hint = match nearest {
                Some(nearest) => text!("`{nearest}`?", "did you mean `{nearest}`?"),
                None => {
                    let all: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
                    let all = all.join(", ");
                    text!("쓸 수 있는 키: {all}", "known keys: {all}")
                }
            };
            self.stay_closed(nearest.unwrap_or_default());
            let message = text!("`{name}`: 모르는 키입니다", "unknown key `{name}`");
            self.error(lines::position_of(self.text, name), message, Some(hint));
            return;
        };
        // `title:` with nothing after it is a key not yet filled in.
        if value.is_null() {
            return;
        }
        match key.check(value) {
            Ok(()) => self.set(key, value),
            Err(item) => {
                let position = value_position(self.text, key.name, item);
                let expected = key.kind.expected();
                let (korean, english) = (expected.korean, expected.english);
                let name = key.name;
                let message = text!("`{name}`에는 {korean} 와야 합니다", "`{name}` should be {english}");
                self.error(position, message, Some(key.example()));
                self.stay_closed(name);
                // What can be read of a pattern list still keeps notes off the site.
                let readable: Vec<&str> = match value {
                    Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
                    other => other.as_str().into_iter().collect(),
                };
                match name {
                    "private" => self.config.private = Patterns::new(&readable),
                    "exclude" => self.config.exclude = Patterns::new(&readable),
                    _ => {}
                }
            }
        }
    }

    /// After a fault in a key that keeps notes off the site, nothing is published that does not ask for it.
    fn stay_closed(&mut self, key: &str) {
        if matches!(key, "publish" | "private" | "exclude") {
            self.closed = true;
        }
    }

    /// A value that was checked against the key's kind.
    fn set(&mut self, key: &Key, value: &Value) {
        let line = || value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let flag = value.as_bool().unwrap_or(false);
        let list = || -> Vec<String> {
            keys::items(value).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let config = &mut self.config;
        match key.name {
            "title" => config.title = line(),
            "description" => config.description = line(),
            "language" => config.language = Language::from_tag(value.as_str().unwrap_or_default()),
            "base_url" => config.base_url = line().map(|url| format!("{}/", url.trim_end_matches('/'))),
            "author" => config.author = line(),
            "breaks" => config.breaks = flag,
            "inline_tags" => config.inline_tags = flag,
            "unsafe_html" => config.unsafe_html = flag,
            "iframe_hosts" => config.iframe_hosts = list().iter().map(|host| host.trim().to_lowercase()).collect(),
            "repository" => {
                config.repository = line().map(|url| {
                    let url = url.trim_end_matches('/');
                    url.strip_suffix(".git").unwrap_or(url).to_owned()
                });
            }
            "publish" => {
                config.publish = if value.as_str() == Some("all") { PublishPolicy::All } else { PublishPolicy::OptIn };
            }
            "private" => config.private = Patterns::new(&list()),
            "exclude" => config.exclude = Patterns::new(&list()),
            "newest" => config.newest = value.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(10),
            "toc_depth" => config.toc_depth = value.as_u64().and_then(|depth| u8::try_from(depth).ok()).unwrap_or(3),
            "fold_code" => {
                config.fold_code = value.as_u64().and_then(|lines| usize::try_from(lines).ok()).unwrap_or(40);
            }
            "graph" => config.graph = flag,
            "previews" => config.previews = flag,
            "glossary" => config.glossary = flag,
            "maths" => config.macros = keys::macros(value).unwrap_or_default(),
            "dot" => config.dot = flag,
            "offline" => config.offline = flag,
            // The table has no other key; a test sets every one.
            _ => {}
        }
    }
}

/// Where a key's value begins, or an item of it where it is a list.
fn value_position(text: &str, key: &str, item: Option<usize>) -> Position {
    let block = lines::blocks(text, ':').into_iter().find(|block| text.get(block.key.clone()) == Some(key));
    let Some(block) = block else { return lines::position_of(text, key) };
    let value = text.get(block.value.clone()).unwrap_or_default();
    let skipped = value.len() - value.trim_start().len();
    let mut offset = if value.trim().is_empty() { block.key.start } else { block.value.start + skipped };
    if let Some(item) = item {
        let mut at = block.value.start;
        let mut items = Vec::new();
        for line in value.split_inclusive('\n') {
            let rest = line.trim_start();
            if let Some(inner) = rest.strip_prefix("- ") {
                items.push(at + line.len() - inner.trim_start().len());
            }
            at += line.len();
        }
        offset = items.get(item).copied().unwrap_or(offset);
    }
    Position::of(text, offset)
}

impl Kind {
    /// What a value should be, in Korean with the particle that `와야 합니다` wants.
    fn expected(self) -> Text {
        match self {
            Self::Line => Text::new("한 줄의 글이", "a line of text"),
            Self::Flag => Text::new("`true`나 `false`가", "`true` or `false`"),
            Self::Url => Text::new(
                "`https://`나 `http://`로 시작하는 주소가",
                "an address that begins with `https://` or `http://`",
            ),
            Self::Choice(choices) => {
                let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
                let (korean, english) = (choices.join(", "), choices.join(" or "));
                text!("{korean} 가운데 하나가", "{english}")
            }
            Self::Patterns => Text::new("파일이나 폴더 이름의 목록이", "a list of file or folder names"),
            Self::Hosts => Text::new(
                "`www.youtube.com` 같은 호스트 이름의 목록이",
                "a list of host names such as `www.youtube.com`",
            ),
            Self::Maths => Text::new("`macros`와 그 아래의 `이름: LaTeX`가", "`macros`, and under it `name: LaTeX`"),
            Self::Count { lowest, highest } => {
                text!("{lowest}부터 {highest}까지의 정수가", "a whole number from {lowest} to {highest}")
            }
        }
    }
}

#[cfg(test)]
mod tests;
