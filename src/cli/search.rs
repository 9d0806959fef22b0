//! `seoga search`: what the browser would find, in the terminal, from the same published files.

mod show;

use std::ffi::OsString;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ArgMatches;
use clap::parser::ValueSource;
use seoga_search::{Answer, BundleError, FolderSource, SearchOptions, Searcher};

use super::{Failure, Outcome, folder, path, root, terminal, usage};
use crate::build::{Options, SEARCH_FOLDER};
use crate::caught::caught;
use crate::language::Language;
use crate::text;
use show::Screen;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    // The index may be anybody's, and tantivy trusts what it reads where its checksums hold.
    caught(|| searched(matches, language)).unwrap_or_else(|| {
        let broken = BundleError::Engine("it is not an index that seoga wrote".to_owned());
        Err(broken.into())
    })
}

fn searched(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let query = words.join(" ");
    if query.trim().is_empty() && !matches.get_flag("batch") {
        return Err(usage::empty_query());
    }
    let mut root_shown = PathBuf::new();
    let searcher = match path(matches, "site") {
        Some(site) => open(&folder(site)?, "seoga build")?,
        None => {
            let root = root(matches)?;
            let named = matches.value_source("root") != Some(ValueSource::DefaultValue);
            let command =
                if named { format!("seoga build --root {}", root.display()) } else { "seoga build".to_owned() };
            root_shown.clone_from(&root);
            open(&Options::new(root).out(), &command)?
        }
    };
    let limit = matches.get_one::<u16>("limit").copied().unwrap_or(10);
    let options = SearchOptions { limit: usize::from(limit) };
    if matches.get_flag("batch") {
        return batch(&searcher, &options, language);
    }
    let start = Instant::now();
    let screen = Screen::new(language, &root_shown);
    let mut out = io::stdout().lock();
    if matches.get_flag("explain") {
        let explanation = searcher.explain(&query, &options)?;
        if matches.get_flag("json") {
            let mut value = to_json(&query, start, &explanation.answer, language);
            value["words"] = serde_json::json!(explanation.words);
            value["scores"] = serde_json::json!(explanation.hits);
            terminal::written(writeln!(out, "{value}"))?;
        } else {
            let written = screen.answer(&query, &explanation.answer, &mut out);
            terminal::written(written.and_then(|()| screen.reasons(&explanation, &mut out)))?;
        }
        return Ok(Outcome::Fine);
    }
    let answer = searcher.search(&query, &options)?;
    terminal::written(if matches.get_flag("json") {
        writeln!(out, "{}", to_json(&query, start, &answer, language))
    } else {
        screen.answer(&query, &answer, &mut out)
    })?;
    Ok(Outcome::Fine)
}

/// Arguments of `search` in which `-쿠버네티스` is no option but an exclusion, as in the search box: one hyphen and then
/// anything but an option. The sign that is put for the hyphen means the same to the search.
pub fn with_exclusions(arguments: &[OsString]) -> Vec<OsString> {
    let is_search = arguments.get(1).is_some_and(|command| command == "search");
    let exclusion = |argument: &OsString| {
        let rest = argument.to_str()?.strip_prefix('-')?;
        let is_limit =
            rest.strip_prefix('n').is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit() || c == '='));
        let is_option = rest.is_empty() || rest.starts_with('-') || matches!(rest, "n" | "h" | "V") || is_limit;
        (!is_option).then(|| OsString::from(format!("{MINUS}{rest}")))
    };
    let rewritten = |argument: &OsString| exclusion(argument).filter(|_| is_search);
    arguments.iter().map(|argument| rewritten(argument).unwrap_or_else(|| argument.clone())).collect()
}

/// The sign of subtraction, which excludes as a hyphen does.
const MINUS: char = '\u{2212}';

/// Opens a built site; `build` is the command that builds it.
fn open(site: &Path, build: &str) -> Result<Searcher, Failure> {
    let folder = site.join(SEARCH_FOLDER);
    let shown = site.display();
    if !folder.is_dir() {
        return Err(Failure {
            message: text!("`{shown}`에 검색 색인이 없습니다", "there is no search index in `{shown}`"),
            hint: Some(text!("먼저 `{build}`(으)로 사이트를 만드세요", "build the site first, with `{build}`")),
        });
    }
    Ok(Searcher::open(FolderSource::new(folder))?)
}

fn batch(searcher: &Searcher, options: &SearchOptions, language: Language) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    let mut line = Vec::new();
    let mut input = io::stdin().lock();
    loop {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => return Ok(Outcome::Fine),
            Ok(_) => {}
            Err(error) => {
                let message = text!("표준 입력을 읽지 못했습니다: {error}", "cannot read standard input: {error}");
                return Err(Failure { message, hint: None });
            }
        }
        let query = String::from_utf8_lossy(&line);
        let query = query.trim_end_matches(['\n', '\r']);
        let start = Instant::now();
        let answer = searcher.search(query, options)?;
        match writeln!(out, "{}", to_json(query, start, &answer, language)) {
            Ok(()) => {}
            written => return terminal::written(written).map(|()| Outcome::Fine),
        }
    }
}

fn to_json(query: &str, start: Instant, answer: &Answer, language: Language) -> serde_json::Value {
    let took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    let note = answer.note(engine_language(language));
    serde_json::json!({ "query": query, "took_us": took_us, "hits": answer.hits, "note": note })
}

/// The search speaks both languages by itself, because it does so in the browser.
fn engine_language(language: Language) -> seoga_search::Language {
    match language {
        Language::Korean => seoga_search::Language::Korean,
        Language::English => seoga_search::Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_before_a_word_excludes_it_and_before_an_option_does_not() {
        let rewritten = |argument: &str| {
            let arguments = ["seoga", "search", argument].map(OsString::from);
            with_exclusions(&arguments)[2].to_string_lossy().into_owned()
        };
        for exclusion in ["-쿠버네티스", "-nginx", "-tag:배포", "-h2", "-\"무중단 배포\""] {
            assert_eq!(rewritten(exclusion), exclusion.replacen('-', "\u{2212}", 1));
        }
        for option in ["-n", "-n5", "-n=5", "-h", "-V", "--json", "--", "-", "배포"] {
            assert_eq!(rewritten(option), option);
        }
        let other = ["seoga", "build", "-x"].map(OsString::from);
        assert_eq!(with_exclusions(&other), other, "of other commands it is a mistake");
    }
}
