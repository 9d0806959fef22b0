//! Answers as a person reads them in the terminal.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use seoga_search::{Answer, Explanation, Found, Hit};

use super::engine_language;
use crate::cli::terminal;
use crate::language::Language;

const BOLD: &str = "1";
const DIM: &str = "2";
const CYAN: &str = "36";
/// Of a mark in a snippet.
const MARK: &str = "1;33";

/// How answers are shown.
pub struct Screen<'a> {
    colour: bool,
    language: Language,
    /// What stands before a note's path, so that an editor finds the file; empty in the current folder.
    root: &'a Path,
}

impl<'a> Screen<'a> {
    pub fn new(language: Language, root: &'a Path) -> Self {
        Self { colour: terminal::may_colour(io::stdout().is_terminal()), language, root }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn say<'t>(&self, korean: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Korean => korean,
            Language::English => english,
        }
    }

    /// Prints an answer.
    pub fn answer(&self, query: &str, answer: &Answer, out: &mut impl Write) -> io::Result<()> {
        if let Some(note) = answer.note(engine_language(self.language)) {
            writeln!(out, "{}", self.paint(CYAN, &note))?;
        }
        if answer.hits.is_empty() {
            match self.language {
                Language::Korean => writeln!(out, "`{query}`에 대한 결과가 없습니다")?,
                Language::English => writeln!(out, "nothing found for `{query}`")?,
            }
            if !answer.nearest.is_empty() {
                let nearest = self.paint(BOLD, &answer.nearest.join(", "));
                writeln!(out, "{}{nearest}", self.say("가까운 말: ", "near to it: "))?;
            }
            return Ok(());
        }
        for (index, hit) in answer.hits.iter().enumerate() {
            self.hit(index + 1, hit, out)?;
        }
        Ok(())
    }

    fn hit(&self, number: usize, hit: &Hit, out: &mut impl Write) -> io::Result<()> {
        let Hit { title, heading, url, anchor, path, line, snippet, found, .. } = hit;
        let place =
            if heading.is_empty() || heading == title { title.clone() } else { format!("{title} › {heading}") };
        // What was not found as typed says so.
        let about = match found {
            Found::Typed => "",
            Found::Expanded => " ≈",
            Found::Some => self.say(" (낱말 일부)", " (some words)"),
        };
        writeln!(out, "{number:>2}. {}{}", self.paint(BOLD, &place), self.paint(DIM, about))?;
        let snippet = to_terminal(snippet, self.colour);
        if !snippet.is_empty() {
            writeln!(out, "    {snippet}")?;
        }
        let address = if anchor.is_empty() { url.clone() } else { format!("{url}#{anchor}") };
        let file = match self.root.as_os_str().is_empty() || self.root == Path::new(".") {
            true => path.clone(),
            false => self.root.join(path).display().to_string(),
        };
        let file = if *line > 0 { format!("{file}:{line}") } else { file };
        writeln!(out, "    {}  {}", self.paint(CYAN, &file), self.paint(DIM, &address))
    }

    /// How a form of a word came about.
    fn origin(&self, origin: &'static str) -> &'static str {
        let korean = match origin {
            "typed" => "친 대로",
            "spaced" => "띄어쓰기를 바꾸어",
            "prefix" => "치다 만 말에서",
            "spelling" => "다른 표기",
            "synonym" => "같은 뜻",
            "initials" => "초성",
            "layout" => "한/영을 바꾸어",
            "slip" => "가까운 말",
            other => other,
        };
        self.say(korean, origin)
    }

    /// A field of a section.
    fn field(&self, field: &'static str) -> &'static str {
        let korean = match field {
            "title" => "노트 제목",
            "heading" => "절 제목",
            "tags" => "태그",
            "text" => "본문",
            "name" => "이름 그대로",
            other => other,
        };
        self.say(korean, field)
    }

    /// Prints why an answer is as it is.
    pub fn reasons(&self, explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.paint(BOLD, self.say("찾은 말", "words")))?;
        for word in &explanation.words {
            // A phrase has no whole.
            let wholes = if word.wholes.is_empty() { word.typed.clone() } else { word.wholes.join(", ") };
            let cut = if word.pieces.len() > 1 { format!(" ({})", word.pieces.join("·")) } else { String::new() };
            writeln!(out, "  {} → {}{cut}", word.typed, wholes)?;
            for form in &word.forms {
                let origin = self.origin(form.origin);
                writeln!(out, "    {origin}: {} × {}", form.form, form.weight)?;
            }
            if word.forms.is_empty() {
                writeln!(out, "    {}", self.say("노트에 없습니다", "not in the notes"))?;
            }
        }
        writeln!(out, "{}", self.paint(BOLD, self.say("점수", "scores")))?;
        for (index, hit) in explanation.hits.iter().enumerate() {
            let list = match hit.list {
                0 => self.say("모든 낱말을 친 대로", "all words as typed"),
                1 => self.say("모든 낱말을 넓혀서", "all words, expanded"),
                _ => self.say("낱말 가운데 몇", "some of the words"),
            };
            writeln!(out, "  {:>2}. {:.2}  {list}", index + 1, hit.score)?;
            for (word, field, score) in &hit.parts {
                writeln!(out, "      {word}  {} {score:.2}", self.field(field))?;
            }
        }
        Ok(())
    }
}

/// A snippet's HTML as terminal text: marks in colour, entities undone.
fn to_terminal(snippet: &str, colour: bool) -> String {
    let (open, close) = if colour { (format!("\u{1b}[{MARK}m"), "\u{1b}[0m") } else { (String::new(), "") };
    // `&amp;` last, so that `&amp;lt;` does not become `<`.
    let text = snippet.replace("<mark>", &open).replace("</mark>", close);
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
