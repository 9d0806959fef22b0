//! `seoga search`: what the browser would find, in the terminal, from the same published files.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Instant;

use clap::ArgMatches;
use clap::parser::ValueSource;
use seoga_search::{Answer, Dictionary, FolderSource, Hit, SearchOptions, Searcher};

use super::{Failure, Outcome, folder, path, root, terminal, usage};
use crate::build::{Options, SEARCH_FOLDER};
use crate::language::Language;
use crate::text;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let query = words.join(" ");
    if query.trim().is_empty() && !matches.get_flag("batch") {
        return Err(usage::empty_query());
    }
    let searcher = match path(matches, "site") {
        Some(site) => open(&folder(site)?, "seoga build")?,
        None => {
            let root = root(matches)?;
            let named = matches.value_source("root") != Some(ValueSource::DefaultValue);
            let command =
                if named { format!("seoga build --root {}", root.display()) } else { "seoga build".to_owned() };
            open(&Options::new(root).out(), &command)?
        }
    };
    let limit = matches.get_one::<u16>("limit").copied().unwrap_or(10);
    let options = SearchOptions { limit: usize::from(limit) };
    if matches.get_flag("batch") {
        return batch(&searcher, &options);
    }
    let start = Instant::now();
    let answer = searcher.search(&query, &options)?;
    if matches.get_flag("json") {
        terminal::say(&to_json(&query, start, &answer).to_string())?;
    } else {
        terminal::written(show(&query, &answer, language))?;
    }
    Ok(Outcome::Fine)
}

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
    Ok(Searcher::open(FolderSource::new(folder), &Dictionary::embedded()?)?)
}

fn batch(searcher: &Searcher, options: &SearchOptions) -> Result<Outcome, Failure> {
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
        match writeln!(out, "{}", to_json(query, start, &answer)) {
            Ok(()) => {}
            written => return terminal::written(written).map(|()| Outcome::Fine),
        }
    }
}

fn to_json(query: &str, start: Instant, answer: &Answer) -> serde_json::Value {
    let took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    serde_json::json!({ "query": query, "took_us": took_us, "hits": answer.hits, "note": answer.note })
}

fn show(query: &str, answer: &Answer, language: Language) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let colour = terminal::may_colour(out.is_terminal());
    let paint =
        |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    if let Some(note) = &answer.note {
        writeln!(out, "{note}")?;
    }
    if answer.hits.is_empty() {
        return match language {
            Language::Korean => writeln!(out, "`{query}`에 대한 결과가 없습니다"),
            Language::English => writeln!(out, "nothing found for `{query}`"),
        };
    }
    for (index, hit) in answer.hits.iter().enumerate() {
        let Hit { title, heading, url, anchor, path, .. } = hit;
        let number = index + 1;
        let place =
            if heading.is_empty() || heading == title { title.clone() } else { format!("{title} › {heading}") };
        writeln!(out, "{number:>2}. {}", paint("1", &place))?;
        let snippet = to_terminal(&hit.snippet, colour);
        if !snippet.is_empty() {
            writeln!(out, "    {snippet}")?;
        }
        let address = if anchor.is_empty() { url.clone() } else { format!("{url}#{anchor}") };
        writeln!(out, "    {}", paint("2", &format!("{address}  ({path})")))?;
    }
    Ok(())
}

/// A snippet's HTML as terminal text: marks as bold yellow, entities undone.
fn to_terminal(snippet: &str, colour: bool) -> String {
    let (open, close) = if colour { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
    // `&amp;` last, so that `&amp;lt;` does not become `<`.
    let text = snippet.replace("<mark>", open).replace("</mark>", close);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_read_as_text() {
        assert_eq!(to_terminal("a &lt; <mark>b</mark> &amp;lt;\n c", false), "a < b &lt; c");
        assert!(to_terminal("<mark>b</mark>", true).contains("\u{1b}[1;33mb"));
    }
}
