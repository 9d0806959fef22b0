//! Code → HTML with a handful of short classes.
//!
//! syntect's own HTML writes every scope of every token and makes pages an order of magnitude larger than the code.
//! A theme colours some sixteen kinds of things, so each scope is mapped to one of sixteen one-letter classes,
//! neighbours of one class are written as one `<span>`, and what has no class has no span. Light and dark are the
//! theme's CSS, not ours.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference};

use crate::cache::{Made, Record, Rest, Store};
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
const FINE: &[u8] = b"oevnb";

/// Scope prefix → class, the first that fits. 0 means "no colour, whatever surrounds it".
const CLASSES: &[(&str, u8)] = &[
    ("comment", b'c'),
    ("string.regexp", b'e'),
    ("constant.character.escape", b'e'),
    ("string", b's'),
    ("constant.numeric", b'n'),
    ("constant", b'b'),
    ("meta.interpolation", 0),
    ("meta.template.expression", 0),
    ("source", 0),
    ("entity.name.function", b'f'),
    ("support.function", b'f'),
    ("variable.function", b'f'),
    ("entity.name.tag", b'g'),
    ("entity.other.attribute-name", b'a'),
    ("support.type.property-name", b'a'),
    ("variable.annotation", b'a'),
    ("meta.annotation", b'a'),
    ("meta.attribute", b'a'),
    ("entity.name.macro", b'm'),
    ("support.macro", b'm'),
    ("entity.name.section", b'h'),
    ("markup.heading", b'h'),
    ("meta.diff.header", b'h'),
    ("entity.name", b't'),
    ("entity.other.inherited-class", b't'),
    ("support.type", b't'),
    ("support.class", b't'),
    ("support.constant", b'b'),
    ("support", b't'),
    ("storage.type.annotation", b'a'),
    ("storage", b'k'),
    ("keyword.control.import", b'm'),
    ("keyword.control.directive", b'm'),
    ("meta.preprocessor", b'm'),
    ("keyword.operator.word", b'k'),
    ("keyword.operator", b'o'),
    ("keyword", b'k'),
    ("variable.parameter", b'v'),
    ("variable.language", b'k'),
    ("variable.other.readwrite.shell", b'v'),
    ("markup.inserted", b'i'),
    ("markup.deleted", b'd'),
    ("markup.raw", b's'),
];

struct Highlighter {
    classes: Vec<(Scope, u8)>,
}

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| Highlighter {
    classes: CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect(),
});

/// Counts changes of how code is coloured, so that remembered colours are found anew.
const VERSION: u32 = 1;

/// The colours of code that was highlighted before.
#[derive(Debug, Default)]
pub struct CodeMemory(Store<u64, Runs>);

impl CodeMemory {
    /// What a file remembers. Without one, nothing lasts longer than the value itself.
    pub fn open(file: Option<PathBuf>) -> Self {
        Self(Store::open(file, &format!("code {VERSION}")))
    }

    /// Highlighted code, escaped; plain when the language has no syntax or the code is too long.
    pub fn highlight(&self, language: &str, code: &str) -> String {
        let Some(syntax) = syntaxes::of_code(language, code).filter(|_| code.len() <= LONGEST_CODE) else {
            let mut out = String::with_capacity(code.len() * 2);
            escape_into(&mut out, code);
            return out;
        };
        // Only colours hang on the number: should two blocks ever share one, each still has its own words.
        let mut hasher = DefaultHasher::new();
        (syntax.name.as_str(), code).hash(&mut hasher);
        self.0.get(hasher.finish(), |_| Made::Lasting(Runs::of(syntax, code))).painted(code)
    }

    /// Keeps the colours for the next build.
    pub fn save(&self) {
        self.0.save();
    }
}

/// Code in stretches of one colour: a letter of the classes, 0 for none, and the bytes. A stretch with a colour never
/// crosses a line, so that lines can be numbered and marked.
#[derive(Debug, Default, PartialEq)]
struct Runs(Vec<(u8, u32)>);

impl Runs {
    fn of(syntax: &SyntaxReference, code: &str) -> Self {
        let runs = HIGHLIGHTER.runs(syntax, code, &[]);
        if code.len() >= SHORT && runs.painted(code).len() > code.len() * MOST_TIMES {
            return HIGHLIGHTER.runs(syntax, code, FINE);
        }
        runs
    }

    /// Adds what comes next, joining neighbours of one class and the white space between them; `open` is the class of
    /// what was added last.
    fn push(&mut self, class: u8, text: &str, open: &mut u8) {
        // White space has no colour, so it need not end a stretch.
        let is_blank = text.bytes().all(|byte| byte == b' ' || byte == b'\t');
        if !is_blank {
            *open = class;
        }
        match text.strip_suffix('\n') {
            Some(line) => {
                self.extend(*open, line.len());
                self.extend(0, 1);
                *open = 0;
            }
            None => self.extend(*open, text.len()),
        }
    }

    fn extend(&mut self, class: u8, length: usize) {
        match self.0.last_mut() {
            _ if length == 0 => {}
            Some((last, lasts)) if *last == class => *lasts += length as u32,
            _ => self.0.push((class, length as u32)),
        }
    }

    fn painted(&self, code: &str) -> String {
        let mut out = String::with_capacity(code.len() * 2);
        let mut rest = code;
        for (class, length) in &self.0 {
            let Some((text, after)) = rest.split_at_checked(*length as usize) else { break };
            if *class == 0 {
                escape_into(&mut out, text);
            } else {
                out.push_str("<span class=\"");
                out.push(char::from(*class));
                out.push_str("\">");
                escape_into(&mut out, text);
                out.push_str("</span>");
            }
            rest = after;
        }
        escape_into(&mut out, rest);
        out
    }
}

impl Record for Runs {
    fn write(&self, out: &mut Vec<u8>) {
        (self.0.len() as u32).write(out);
        for (class, length) in &self.0 {
            out.push(*class);
            // Seven bits a byte, the low ones first; nearly all are short.
            let mut length = *length;
            while length >= 0x80 {
                out.push(length as u8 | 0x80);
                length >>= 7;
            }
            out.push(length as u8);
        }
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        let count = u32::read(rest)?;
        let one = |_| {
            let [class] = rest.array()?;
            let mut length = 0;
            for shift in (0..32).step_by(7) {
                let [byte] = rest.array()?;
                length |= u32::from(byte & 0x7F) << shift;
                if byte < 0x80 {
                    break;
                }
            }
            (class == 0 || class.is_ascii_lowercase()).then_some((class, length))
        };
        (0..count).map(one).collect::<Option<_>>().map(Self)
    }
}

impl Highlighter {
    fn class(&self, scope: Scope) -> Option<u8> {
        self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
    }

    /// The colours of code; what has one of the classes `without` looks like what it stands in.
    fn runs(&self, syntax: &SyntaxReference, code: &str, without: &[u8]) -> Runs {
        let syntaxes = syntaxes::all();
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        // The class in force under each scope of the stack.
        let mut classes: Vec<u8> = Vec::new();
        let mut remembered: FxHashMap<Scope, Option<u8>> = FxHashMap::default();
        let mut runs = Runs::default();
        let mut open = 0;
        for line in code.split_inclusive('\n') {
            // The next line goes on where the last parsed one ended.
            let parsed = (line.len() <= LONGEST_LINE).then(|| state.parse_line(line, syntaxes));
            let Some(Ok(operations)) = parsed else {
                runs.push(0, line, &mut open);
                continue;
            };
            let mut from = 0;
            for (at, operation) in operations {
                runs.push(classes.last().copied().unwrap_or(0), line.get(from..at).unwrap_or_default(), &mut open);
                from = from.max(at);
                let applied = scopes.apply_with_hook(&operation, |change, _| match change {
                    BasicScopeStackOp::Push(scope) => {
                        let own = *remembered
                            .entry(scope)
                            .or_insert_with(|| self.class(scope).filter(|class| !without.contains(class)));
                        classes.push(own.or(classes.last().copied()).unwrap_or(0));
                    }
                    BasicScopeStackOp::Pop => {
                        classes.pop();
                    }
                });
                if applied.is_err() {
                    break;
                }
            }
            runs.push(classes.last().copied().unwrap_or(0), line.get(from..).unwrap_or_default(), &mut open);
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlight(language: &str, code: &str) -> String {
        CodeMemory::default().highlight(language, code)
    }

    #[test]
    fn remembered_code_looks_as_it_did() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("code");
        let code = format!("/* {} */\nlet 이름 = \"<값>\"; // 끝\n", "긴 설명 ".repeat(40));
        let first = CodeMemory::open(Some(file.clone()));
        let html = first.highlight("js", &code);
        first.save();
        let again = CodeMemory::open(Some(file));
        assert_eq!(again.highlight("js", &code), html);
        let runs = Runs::of(syntaxes::of("js").unwrap(), &code);
        let mut bytes = Vec::new();
        runs.write(&mut bytes);
        assert_eq!(Runs::read(&mut Rest::new(&bytes)), Some(runs));
    }

    #[test]
    fn colours_of_other_code_lose_no_word() {
        let runs = Runs(vec![(b'c', 4), (0, 1), (b'k', 900)]);
        assert_eq!(runs.painted("가나다<"), "가나다&lt;");
        assert_eq!(runs.painted("abcd가<"), "<span class=\"c\">abcd</span>가&lt;");
    }

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
