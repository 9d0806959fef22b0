//! Code → HTML with a handful of short classes.
//!
//! syntect's own HTML writes every scope of every token and makes pages an order of magnitude larger than the code.
//! A theme colours some sixteen kinds of things, so each scope is mapped to one of sixteen one-letter classes,
//! neighbours of one class are written as one `<span>`, and what has no class has no span. Light and dark are the
//! theme's CSS, not ours.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference};

use crate::markdown::escape_into;
use crate::syntaxes;

/// Code longer than this is shown plain: nobody reads it for its colours, and highlighting runs at 1 MB/s.
const LONGEST_CODE: usize = 512 * 1024;
/// A longer line is minified or data; regular expressions over it take time without end.
const LONGEST_LINE: usize = 4096;
/// HTML this many times as long as its code colours every sign of it, and has these colours taken away.
const MOST_TIMES: usize = 4;
/// Of shorter code a word more or less decides, and a page hardly grows.
const SHORT: usize = 200;
/// Classes that single signs and numbers have: they stand in what has a colour already, or between it.
const FINE: &[&str] = &["o", "e", "v", "n", "b"];

/// Scope prefix → class, the first that fits. `""` means "no colour, whatever surrounds it".
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string.regexp", "e"),
    ("constant.character.escape", "e"),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant", "b"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("source", ""),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "g"),
    ("entity.other.attribute-name", "a"),
    ("support.type.property-name", "a"),
    ("variable.annotation", "a"),
    ("meta.annotation", "a"),
    ("meta.attribute", "a"),
    ("entity.name.macro", "m"),
    ("support.macro", "m"),
    ("entity.name.section", "h"),
    ("markup.heading", "h"),
    ("meta.diff.header", "h"),
    ("entity.name", "t"),
    ("entity.other.inherited-class", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "b"),
    ("support", "t"),
    ("storage.type.annotation", "a"),
    ("storage", "k"),
    ("keyword.control.import", "m"),
    ("keyword.control.directive", "m"),
    ("meta.preprocessor", "m"),
    ("keyword.operator.word", "k"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("variable.parameter", "v"),
    ("variable.language", "k"),
    ("variable.other.readwrite.shell", "v"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.raw", "s"),
];

struct Highlighter {
    classes: Vec<(Scope, &'static str)>,
}

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| Highlighter {
    classes: CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect(),
});

/// Highlighted code, escaped; plain when the language has no syntax or the code is too long. Nothing else goes into it,
/// so that it can be remembered by the two.
pub fn highlight(language: &str, code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    match syntaxes::of_code(language, code).filter(|_| code.len() <= LONGEST_CODE) {
        Some(syntax) => {
            HIGHLIGHTER.write(syntax, code, &[], &mut out);
            if out.len() > code.len() * MOST_TIMES && code.len() >= SHORT {
                out.clear();
                HIGHLIGHTER.write(syntax, code, FINE, &mut out);
            }
        }
        None => escape_into(&mut out, code),
    }
    out
}

impl Highlighter {
    fn class(&self, scope: Scope) -> Option<&'static str> {
        self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
    }

    /// Writes the code in its classes; what has one of those `without` looks like what it stands in.
    fn write(&self, syntax: &SyntaxReference, code: &str, without: &[&str], out: &mut String) {
        let syntaxes = syntaxes::all();
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        // The class in force under each scope of the stack.
        let mut classes: Vec<&'static str> = Vec::new();
        let mut remembered: FxHashMap<Scope, Option<&'static str>> = FxHashMap::default();
        let mut spans = Spans { out, open: "" };
        for line in code.split_inclusive('\n') {
            // The next line goes on where the last parsed one ended.
            let parsed = (line.len() <= LONGEST_LINE).then(|| state.parse_line(line, syntaxes));
            let Some(Ok(operations)) = parsed else {
                spans.text("", line);
                continue;
            };
            let mut from = 0;
            for (at, operation) in operations {
                spans.text(classes.last().copied().unwrap_or(""), line.get(from..at).unwrap_or_default());
                from = from.max(at);
                let applied = scopes.apply_with_hook(&operation, |change, _| match change {
                    BasicScopeStackOp::Push(scope) => {
                        let own = *remembered
                            .entry(scope)
                            .or_insert_with(|| self.class(scope).filter(|class| !without.contains(class)));
                        classes.push(own.or(classes.last().copied()).unwrap_or(""));
                    }
                    BasicScopeStackOp::Pop => {
                        classes.pop();
                    }
                });
                if applied.is_err() {
                    break;
                }
            }
            spans.text(classes.last().copied().unwrap_or(""), line.get(from..).unwrap_or_default());
        }
        spans.close();
    }
}

/// Writes text in classes, joining neighbours of one class and the white space between them.
struct Spans<'a> {
    out: &'a mut String,
    open: &'static str,
}

impl Spans<'_> {
    fn text(&mut self, class: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        // White space has no colour, so it need not end a span; a span never crosses a line, so that lines can be
        // numbered and marked.
        let blank = text.bytes().all(|b| b == b' ' || b == b'\t');
        if class != self.open && !blank {
            self.close();
            if !class.is_empty() {
                self.out.push_str("<span class=\"");
                self.out.push_str(class);
                self.out.push_str("\">");
                self.open = class;
            }
        }
        match text.strip_suffix('\n') {
            Some(line) => {
                escape_into(self.out, line);
                self.close();
                self.out.push('\n');
            }
            None => escape_into(self.out, text),
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.out.push_str("</span>");
            self.open = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_every_character_and_gets_short_classes() {
        let html = highlight("rust", "// 주석\nfn main() { let n = 1; }\n");
        assert!(html.contains("<span class=\"c\">// 주석</span>"), "{html}");
        assert!(html.contains("<span class=\"k\">fn</span>") || html.contains("<span class=\"k\">fn "), "{html}");
        assert!(html.contains("<span class=\"n\">1</span>"), "{html}");
    }

    #[test]
    fn code_of_nothing_but_signs_stays_light() {
        let line = "let r = /^(?:[a-z0-9!#$%&'*+]+(?:\\.[a-z0-9]+)*|\"(?:[\\x01\\x08])*\")@(?:[a-z](?:[a-z-]*[a-z])?\\.)+$/;\n";
        let html = highlight("js", &line.repeat(4));
        assert!(html.len() <= line.len() * 4 * MOST_TIMES, "{}", html.len() / line.len() / 4);
        assert!(html.contains("<span class=\"k\">let"), "{html}");
    }

    #[test]
    fn quoted_php_is_coloured_as_whole_files_are() {
        for code in ["function a() { return 1; }\n", "<?php\nfunction a() { return 1; }\n"] {
            let html = highlight("php", code);
            assert!(html.contains("<span class=\"n\">1</span>"), "{html}");
        }
    }

    #[test]
    fn unknown_languages_and_endless_lines_are_shown_plain() {
        assert_eq!(highlight("그런-언어", "a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
        let long = "x = 1; ".repeat(2000);
        assert_eq!(highlight("js", &long), long);
        let html = highlight("js", &format!("/* 주석\n{long}\n아직 */ let x;\n"));
        assert!(html.contains("<span class=\"c\">아직 */"), "the comment goes on: {html}");
    }
}
