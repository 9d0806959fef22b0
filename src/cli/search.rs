//! `seoga search`: what the browser would find, in the terminal, from the same published files.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use clap::ArgMatches;
use seoga_search::{Answer, BundleError, Dictionary, FolderSource, Hit, SearchOptions, Searcher};

use super::{Failure, Outcome, build_options, path, terminal};
use crate::build::SEARCH_FOLDER;
use crate::language::Language;
use crate::text;

pub fn run(matches: &ArgMatches, language: Language) -> Result<Outcome, Failure> {
    let site = path(matches, "site").unwrap_or_else(|| build_options(matches).out());
    let searcher = open(site)?;
    let limit = matches.get_one::<u16>("limit").copied().unwrap_or(10);
    let options = SearchOptions { limit: usize::from(limit) };
    if matches.get_flag("batch") {
        return batch(&searcher, &options);
    }
    let words: Vec<&str> = matches.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let query = words.join(" ");
    let start = Instant::now();
    let answer = searcher.search(&query, &options).map_err(|error| unreadable(&error))?;
    // A closed pipe (`| head`) is no fault of the search.
    let _ = if matches.get_flag("json") {
        writeln!(io::stdout().lock(), "{}", to_json(&query, start, &answer))
    } else {
        show(&query, &answer, language)
    };
    Ok(Outcome::Fine)
}

fn open(site: PathBuf) -> Result<Searcher, Failure> {
    let folder = site.join(SEARCH_FOLDER);
    let shown = site.display();
    if !folder.is_dir() {
        return Err(Failure {
            message: text!("`{shown}`에 검색 색인이 없습니다", "there is no search index in `{shown}`"),
            hint: Some(text!("먼저 `seoga build`로 사이트를 만드세요", "build the site first, with `seoga build`")),
        });
    }
    let dictionary = Dictionary::embedded().map_err(|error| Failure {
        message: text!("한국어 사전을 열지 못했습니다: {error}", "cannot open the Korean dictionary: {error}"),
        hint: None,
    })?;
    Searcher::open(FolderSource::new(folder), &dictionary).map_err(|error| unreadable(&error))
}

fn unreadable(error: &BundleError) -> Failure {
    Failure {
        message: text!("검색 색인을 읽지 못했습니다: {error}", "cannot read the search index: {error}"),
        hint: Some(text!("`seoga build`로 다시 만드세요", "build it again with `seoga build`")),
    }
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
        let answer = searcher.search(query, options).map_err(|error| unreadable(&error))?;
        if writeln!(out, "{}", to_json(query, start, &answer)).is_err() {
            return Ok(Outcome::Fine);
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
