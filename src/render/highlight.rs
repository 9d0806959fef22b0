//! Code → HTML with a handful of short classes.
//!
//! syntect's own HTML writes every scope of every token and makes pages an order of magnitude larger than the code.
//! A theme colours some sixteen kinds of things, so each scope is mapped to one of sixteen one-letter classes,
//! neighbours of one class are written as one `<span>`, and what has no class has no span. Light and dark are the
//! theme's CSS, not ours.

use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::markdown::escape_into;

/// Code longer than this is shown plain: nobody reads it for its colours, and highlighting runs at 1 MB/s.
const LONGEST_CODE: usize = 512 * 1024;
/// A longer line is minified or data; regular expressions over it take time without end.
const LONGEST_LINE: usize = 4096;
/// Bytes of code of one note that get colours; the rest is plain.
pub const BUDGET: usize = 1 << 20;

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

/// What people call languages, where it is neither the syntax's name nor a file ending.
const ALIASES: &[(&str, &str)] = &[
    ("console", "bash"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("hcl", "tf"),
    ("js", "javascript"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsx", "tsx"),
    ("kt", "kotlin"),
    ("node", "javascript"),
    ("objective-c", "objc"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("plsql", "sql"),
    ("protobuf", "proto"),
    ("ps1", "powershell"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellscript", "bash"),
    ("terminal", "bash"),
    ("tsx", "typescriptreact"),
    ("vue-html", "vue"),
    ("zsh", "bash"),
];

struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
    /// Language → index into `syntaxes`; looking a name up walks through all of them.
    known: RwLock<FxHashMap<String, Option<usize>>>,
}

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| Highlighter {
    syntaxes: two_face::syntax::extra_newlines(),
    classes: CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect(),
    known: RwLock::default(),
});

/// Highlighted code, escaped; plain when the language is unknown or the code is longer than what is left of the note's
/// budget, which begins as [`BUDGET`].
pub fn highlight(language: &str, code: &str, budget: &mut usize) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    let syntax = if code.len() > LONGEST_CODE.min(*budget) { None } else { HIGHLIGHTER.syntax(language) };
    let Some(syntax) = syntax else {
        escape_into(&mut out, code);
        return out;
    };
    *budget -= code.len();
    HIGHLIGHTER.write(syntax, code, &mut out);
    out
}

impl Highlighter {
    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        if language.is_empty() || matches!(language, "text" | "txt" | "plain" | "plaintext" | "none") {
            return None;
        }
        let at = |index: Option<usize>| index.and_then(|index| self.syntaxes.syntaxes().get(index));
        if let Ok(known) = self.known.read()
            && let Some(index) = known.get(language)
        {
            return at(*index);
        }
        let alias = ALIASES.iter().find(|(alias, _)| *alias == language).map(|(_, name)| *name);
        let found = alias
            .and_then(|alias| self.syntaxes.find_syntax_by_token(alias))
            .or_else(|| self.syntaxes.find_syntax_by_token(language));
        let index = found.and_then(|found| {
            self.syntaxes.syntaxes().iter().position(|syntax| syntax.scope == found.scope && syntax.name == found.name)
        });
        if let Ok(mut known) = self.known.write() {
            known.insert(language.to_owned(), index);
        }
        at(index)
    }

    fn class(&self, scope: Scope) -> Option<&'static str> {
        self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
    }

    fn write(&self, syntax: &SyntaxReference, code: &str, out: &mut String) {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        // The class in force under each scope of the stack.
        let mut classes: Vec<&'static str> = Vec::new();
        let mut remembered: FxHashMap<Scope, Option<&'static str>> = FxHashMap::default();
        let mut spans = Spans { out, open: "" };
        for line in code.split_inclusive('\n') {
            // The next line goes on where the last parsed one ended.
            let parsed = (line.len() <= LONGEST_LINE).then(|| state.parse_line(line, &self.syntaxes));
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
                        let own = *remembered.entry(scope).or_insert_with(|| self.class(scope));
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

    fn highlight(language: &str, code: &str) -> String {
        let mut budget = BUDGET;
        super::highlight(language, code, &mut budget)
    }

    #[test]
    fn code_keeps_every_character_and_gets_short_classes() {
        let html = highlight("rust", "// 주석\nfn main() { let n = 1; }\n");
        assert!(html.contains("<span class=\"c\">// 주석</span>"), "{html}");
        assert!(html.contains("<span class=\"k\">fn</span>") || html.contains("<span class=\"k\">fn "), "{html}");
        assert!(html.contains("<span class=\"n\">1</span>"), "{html}");
    }

    #[test]
    fn languages_of_infrastructure_notes_are_known() {
        for language in [
            "yaml",
            "yml",
            "bash",
            "sh",
            "shell",
            "console",
            "nginx",
            "dockerfile",
            "docker",
            "sql",
            "go",
            "rust",
            "json",
            "proto",
            "protobuf",
            "python",
            "py",
            "kotlin",
            "java",
            "ts",
            "typescript",
            "tsx",
            "jsx",
            "js",
            "hcl",
            "terraform",
            "toml",
            "xml",
            "html",
            "css",
            "scss",
            "c",
            "cpp",
            "c++",
            "cs",
            "ruby",
            "php",
            "swift",
            "diff",
            "ini",
            "groovy",
            "scala",
            "vue",
            "graphql",
            "powershell",
            "makefile",
            "dart",
            "lua",
            "r",
            "perl",
            "clojure",
        ] {
            assert!(HIGHLIGHTER.syntax(language).is_some(), "{language}");
        }
        assert!(HIGHLIGHTER.syntax("그런-언어").is_none());
    }

    #[test]
    fn unknown_languages_and_endless_lines_are_shown_plain() {
        assert_eq!(highlight("그런-언어", "a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
        let long = "x = 1; ".repeat(2000);
        assert_eq!(highlight("js", &long), long);
        let html = highlight("js", &format!("/* 주석\n{long}\n아직 */ let x;\n"));
        assert!(html.contains("<span class=\"c\">아직 */"), "the comment goes on: {html}");
    }

    #[test]
    fn colours_end_with_the_budget() {
        let code = "let n = 1;\n";
        let mut budget = 2 * code.len() + 1;
        let lines: Vec<String> = (0..3).map(|_| super::highlight("js", code, &mut budget)).collect();
        assert!(lines[0].contains("<span") && lines[1] == lines[0]);
        assert_eq!(lines[2], code);
        assert_eq!(budget, 1);
        super::highlight("그런-언어", "a", &mut budget);
        assert_eq!(budget, 1, "plain code costs nothing");
    }
}
