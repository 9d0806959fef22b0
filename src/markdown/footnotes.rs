//! Footnotes: numbered by first mention, gathered at the end, each with a way back to every mention.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::events::Spanned;
use super::html::escape_into;
use crate::language::Language;

/// The footnotes of one note.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// By label, in lower case.
    notes: FxHashMap<String, Footnote>,
    /// Labels in order of first mention.
    order: Vec<String>,
    /// Labels in order of definition.
    defined: Vec<String>,
    open: Vec<String>,
}

#[derive(Debug, Default)]
struct Footnote {
    /// 0 until mentioned.
    number: usize,
    mentions: usize,
    html: String,
}

impl Footnotes {
    /// The footnotes that a note defines; a mention of any other stays text.
    pub fn defined_in(events: &[Spanned<'_>]) -> Self {
        let mut footnotes = Self::default();
        for (event, _) in events {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let label = label.to_lowercase();
                if !footnotes.notes.contains_key(&label) {
                    footnotes.defined.push(label.clone());
                    footnotes.notes.insert(label, Footnote::default());
                }
            }
        }
        footnotes
    }

    /// Mentions of footnotes that nothing defines, which the parser leaves as text: where each stands in the body, and
    /// its label. A note that has no footnotes means one only by a number: `[^abc]` is a regular expression as well.
    pub fn undefined<'a>(&self, body: &'a str, events: &[Spanned<'_>]) -> Vec<(usize, &'a str)> {
        let mut found = Vec::new();
        if memchr::memmem::find(body.as_bytes(), b"[^").is_none() {
            return found;
        }
        let (mut in_code, mut run) = (false, 0..0);
        for (event, span) in events {
            match event {
                Event::Text(_) if !in_code && span.start == run.end => run.end = span.end,
                Event::Text(_) if !in_code => {
                    self.undefined_in(body, &run, &mut found);
                    run = span.clone();
                }
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                _ => {}
            }
        }
        self.undefined_in(body, &run, &mut found);
        found
    }

    /// Those in a run of text.
    fn undefined_in<'a>(&self, body: &'a str, run: &Range<usize>, found: &mut Vec<(usize, &'a str)>) {
        let Some(text) = body.get(run.clone()) else { return };
        for (at, _) in text.match_indices("[^") {
            let Some((label, after)) = text.get(at + 2..).and_then(|rest| rest.split_once(']')) else { return };
            let named = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            let meant = !self.notes.is_empty() || label.bytes().all(|byte| byte.is_ascii_digit());
            let escaped = body.get(..run.start + at).is_some_and(|before| before.ends_with('\\'));
            if !label.is_empty() && named && meant && !escaped && !after.starts_with([':', '(', '+', '*']) {
                found.push((run.start + at, label));
            }
        }
    }

    /// The mark for a mention; `None` when nothing defines the label.
    pub fn refer(&mut self, label: &str) -> Option<String> {
        let label = label.to_lowercase();
        let note = self.notes.get_mut(&label)?;
        if note.number == 0 {
            self.order.push(label);
            note.number = self.order.len();
        }
        note.mentions += 1;
        let number = note.number;
        let id = mention_id(number, note.mentions);
        Some(format!("<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\">{number}</a></sup>"))
    }

    pub fn open(&mut self, tag: &Tag<'_>) {
        if let Tag::FootnoteDefinition(label) = tag {
            self.open.push(label.to_lowercase());
        }
    }

    /// Takes the HTML of the definition opened last, and says its label. A label defined twice keeps both texts.
    pub fn close(&mut self, html: String) -> Option<String> {
        let label = self.open.pop()?;
        self.notes.get_mut(&label)?.html.push_str(&html);
        Some(label)
    }

    /// The list at the end of the note. A footnote that is never mentioned stands there too: it was written to be read.
    pub fn write_section(mut self, out: &mut String, language: Language) {
        if self.defined.is_empty() {
            return;
        }
        for label in std::mem::take(&mut self.defined) {
            if let Some(note) = self.notes.get_mut(&label)
                && note.number == 0
            {
                self.order.push(label);
                note.number = self.order.len();
            }
        }
        let (title, back) = match language {
            Language::Korean => ("각주", "본문으로"),
            Language::English => ("Footnotes", "Back to the text"),
        };
        out.push_str(&format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\"><ol>\n"));
        for label in &self.order {
            let Some(note) = self.notes.get(label) else { continue };
            let number = note.number;
            out.push_str(&format!("<li id=\"fn:{number}\">"));
            let body = note.html.trim_end();
            // The way back stands in the last paragraph, so that it does not open a line of its own.
            let (body, tail) = body.strip_suffix("</p>").map_or((body, ""), |body| (body, "</p>"));
            out.push_str(body);
            for mention in 1..=note.mentions {
                out.push_str(&format!(
                    " <a class=\"footnote-back\" href=\"#{}\" aria-label=\"",
                    mention_id(number, mention)
                ));
                escape_into(out, back);
                out.push_str("\">↩");
                if mention > 1 {
                    out.push_str(&format!("<sup>{mention}</sup>"));
                }
                out.push_str("</a>");
            }
            out.push_str(tail);
            out.push_str("</li>\n");
        }
        out.push_str("</ol></section>\n");
    }
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{mention}") }
}
