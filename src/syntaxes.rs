//! What the word behind the marks of a fence says its text is: a language that can be coloured, plain text, a drawing,
//! or nothing that anybody knows.
//!
//! The markdown room asks, to tell a writer of a misspelt word; the render room asks, for the syntax to colour with. The
//! syntaxes are bat's (`two_face`), and people call them by many names, which stand here in [`ALIASES`].
//!
//! Of the languages that some 11,000 blocks of real notes name, these have no syntax and are shown plain: `frp` (24 times),
//! `tis-100` (21), `bnf` (14), `smalltalk` (6), `antlr` and `ps` (2), `aheui`, `ctags` and `prolog` (1). `bach` (2), `pyton`,
//! `ajva`, `select`, `tils-100` and `txt1212` (1) are slips. `cargo bench --bench code -- --from FOLDER` tells of other notes.

use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;
use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::nearest::NearestNames;

/// What people call languages, where it is neither the syntax's name nor a file ending of it; the second is one of these.
const ALIASES: &[(&str, &str)] = &[
    ("apache", "htaccess"),
    ("apacheconf", "htaccess"),
    ("arduino", "cpp"),
    ("arm", "s"),
    ("armasm", "s"),
    ("assembly", "asm"),
    ("assembler", "asm"),
    ("astro", "vue"),
    ("avsc", "json"),
    ("bash-session", "bash"),
    ("batch", "bat"),
    ("bigquery", "sql"),
    ("blade", "php"),
    ("compose", "yaml"),
    ("console", "bash"),
    ("cpp11", "cpp"),
    ("cpp17", "cpp"),
    ("cpp20", "cpp"),
    ("cql", "sql"),
    ("cron", "crontab"),
    ("csh", "bash"),
    ("csharp", "cs"),
    ("cshtml", "html"),
    ("cuda", "cpp"),
    ("cypher", "sql"),
    ("dataviewjs", "javascript"),
    ("deno", "typescript"),
    ("delphi", "pascal"),
    ("django", "html.j2"),
    ("docker", "dockerfile"),
    ("docker-compose", "yaml"),
    ("dockerignore", ".gitignore"),
    ("dotenv", "env"),
    ("duckdb", "sql"),
    ("editorconfig", "ini"),
    ("ejs", "erb"),
    ("elisp", "lisp"),
    ("emacs", "lisp"),
    ("emacs-lisp", "lisp"),
    ("emacslisp", "lisp"),
    ("fortran", "f90"),
    ("fsharp", "fs"),
    ("geojson", "json"),
    ("git", "bash"),
    ("golang", "go"),
    ("handlebars", "html.j2"),
    ("har", "json"),
    ("hbs", "html.j2"),
    ("hcl", "tf"),
    ("helm", "yaml"),
    ("hlsl", "glsl"),
    ("hql", "sql"),
    ("html5", "html"),
    ("ino", "cpp"),
    ("java-properties", "properties"),
    ("javascriptreact", "tsx"),
    ("jpql", "sql"),
    ("js", "javascript"),
    ("json-ld", "json"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsonld", "json"),
    ("jsx", "tsx"),
    ("k8s", "yaml"),
    ("kotlinscript", "kotlin"),
    ("ksh", "bash"),
    ("kt", "kotlin"),
    ("kubernetes", "yaml"),
    ("liquid", "html.j2"),
    ("mariadb", "sql"),
    ("maven", "xml"),
    ("mdx", "md"),
    ("mustache", "html.j2"),
    ("mybatis", "xml"),
    ("mysql", "sql"),
    ("ndjson", "json"),
    ("node", "javascript"),
    ("nodejs", "javascript"),
    ("nunjucks", "html.j2"),
    ("objc", "objective-c"),
    ("objectivec", "objective-c"),
    ("octave", "matlab"),
    ("oracle", "sql"),
    ("pgsql", "sql"),
    ("plist", "xml"),
    ("plsql", "sql"),
    ("pom", "xml"),
    ("postcss", "css"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("ps1", "powershell"),
    ("psql", "sql"),
    ("pwsh", "powershell"),
    ("pycon", "python"),
    ("python2", "python"),
    ("python3", "python"),
    ("raku", "perl"),
    ("razor", "html"),
    ("react", "tsx"),
    ("regex", "re"),
    ("regexp", "re"),
    ("restructuredtext", "rst"),
    ("scheme", "lisp"),
    ("service", "ini"),
    ("sh-session", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellscript", "bash"),
    ("shellsession", "bash"),
    ("sqlite", "sql"),
    ("systemd", "ini"),
    ("tcsh", "bash"),
    ("terminal", "bash"),
    ("topojson", "json"),
    ("tsql", "sql"),
    ("tsx", "typescriptreact"),
    ("typescriptreact", "typescriptreact"),
    ("vb", "asa"),
    ("vba", "asa"),
    ("vbnet", "asa"),
    ("vbs", "asa"),
    ("vbscript", "asa"),
    ("vimscript", "vim"),
    ("vue3", "vue"),
    ("vuejs", "vue"),
    ("wasm", "lisp"),
    ("wat", "lisp"),
    ("webmanifest", "json"),
    ("wsdl", "xml"),
    ("xhtml", "html"),
    ("xsl", "xml"),
    ("zsh", "bash"),
];

/// What a writer says who wants no colours.
const PLAIN: &[&str] = &[
    "algorithm",
    "art",
    "ascii",
    "ascii-art",
    "asciiart",
    "code",
    "data",
    "dump",
    "error",
    "example",
    "file",
    "hex",
    "hexdump",
    "input",
    "no-highlight",
    "nohighlight",
    "none",
    "out",
    "output",
    "plain",
    "plain-text",
    "plaintext",
    "poem",
    "poetry",
    "prompt",
    "pseudo",
    "pseudocode",
    "quote",
    "raw",
    "result",
    "stacktrace",
    "stderr",
    "stdin",
    "stdout",
    "text",
    "trace",
    "tree",
    "txt",
    "url",
    "verbatim",
    "verse",
    "warning",
];

/// Languages that are there and have no syntax here: nothing is wrong with the word, and nobody can mend it.
const UNCOLOURED: &[&str] = &[
    "abap",
    "abnf",
    "aheui",
    "antlr",
    "apex",
    "apl",
    "bicep",
    "bnf",
    "brainfuck",
    "caddyfile",
    "cobol",
    "coq",
    "dax",
    "ebnf",
    "haproxy",
    "haxe",
    "kql",
    "logql",
    "mathematica",
    "nushell",
    "postscript",
    "prolog",
    "promql",
    "pug",
    "redis",
    "rescript",
    "sas",
    "sed",
    "smalltalk",
    "sparql",
    "stata",
    "thrift",
    "vala",
    "wolfram",
    "xpath",
    "xquery",
];

/// What is drawn, set or asked for, here or by other tools. The misspelt word's writer may have meant one of these.
const DRAWN: &[&str] = &[
    "abc",
    "actdiag",
    "asciimath",
    "base",
    "blockdiag",
    "bob",
    "button",
    "bytefield",
    "calendar",
    "chart",
    "chartjs",
    "chess",
    "d2",
    "dataview",
    "dbml",
    "ditaa",
    "dot",
    "drawio",
    "echarts",
    "embed",
    "erd",
    "excalidraw",
    "flow",
    "flowchart",
    "gallery",
    "gantt",
    "geogebra",
    "goat",
    "graphviz",
    "gv",
    "kanban",
    "katex",
    "kroki",
    "leaflet",
    "markmap",
    "math",
    "mathjax",
    "mermaid",
    "mindmap",
    "mmd",
    "music-abc",
    "nomnoml",
    "nwdiag",
    "packetdiag",
    "pic",
    "pikchr",
    "plantuml",
    "puml",
    "query",
    "seqdiag",
    "sequence",
    "smiles",
    "stl",
    "structurizr",
    "svgbob",
    "table-of-contents",
    "tasks",
    "tikz",
    "timeline",
    "toc",
    "tracker",
    "uml",
    "vega",
    "vega-lite",
    "vegalite",
    "wavedrom",
];

/// Names by which languages are mostly called, to be guessed at beside those of the syntaxes. The other aliases and file
/// endings are many, rare and short: every slip would be near to one of them.
const SPOKEN: &[&str] = &[
    "clj",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "docker",
    "golang",
    "gradle",
    "handlebars",
    "html",
    "http",
    "jsonc",
    "jsx",
    "kubernetes",
    "liquid",
    "markdown",
    "mysql",
    "nodejs",
    "postgresql",
    "proto",
    "regex",
    "scheme",
    "scss",
    "shell",
    "terminal",
    "toml",
    "tsx",
    "vimscript",
    "xml",
    "yaml",
    "yml",
    "zsh",
];

struct Syntaxes {
    set: SyntaxSet,
    /// Language → index into `set`; looking a name up walks through all of them.
    known: RwLock<FxHashMap<String, Option<usize>>>,
}

static SYNTAXES: LazyLock<Syntaxes> =
    LazyLock::new(|| Syntaxes { set: two_face::syntax::extra_newlines(), known: RwLock::default() });

static NAMES: LazyLock<NearestNames> = LazyLock::new(|| {
    let named = SYNTAXES.set.syntaxes().iter().filter(|syntax| !syntax.hidden).map(|syntax| syntax.name.to_lowercase());
    let named = named.filter(|name| !name.contains([' ', '(']));
    let called = ALIASES.iter().map(|(_, name)| *name).filter(|name| !name.contains('.'));
    let called = called.chain([SPOKEN, PLAIN, UNCOLOURED, DRAWN].concat());
    NearestNames::new(named.chain(called.map(str::to_owned)))
});

/// All syntaxes.
pub fn all() -> &'static SyntaxSet {
    &SYNTAXES.set
}

/// The syntax of a language, named in lower case; `None` where there is none, or no colours are wanted.
pub fn of(language: &str) -> Option<&'static SyntaxReference> {
    let syntaxes: &'static Syntaxes = &SYNTAXES;
    let at = |index: Option<usize>| index.and_then(|index| syntaxes.set.syntaxes().get(index));
    if language.is_empty() || language.len() > LONGEST_NAME || PLAIN.contains(&language) {
        return None;
    }
    if let Ok(known) = syntaxes.known.read()
        && let Some(index) = known.get(language)
    {
        return at(*index);
    }
    let index = spellings(language).find_map(find);
    if let Ok(mut known) = syntaxes.known.write() {
        known.insert(language.to_owned(), index);
    }
    at(index)
}

/// The syntax that colours this code: PHP as notes quote it stands without the `<?php` that its own syntax waits for.
pub fn of_code(language: &str, code: &str) -> Option<&'static SyntaxReference> {
    let syntax = of(language)?;
    let quoted = syntax.name == "PHP" && !code.contains("<?");
    let inside = || all().syntaxes().iter().find(|syntax| syntax.scope.build_string() == "source.php");
    if quoted { inside().or(Some(syntax)) } else { Some(syntax) }
}

/// No language has a longer name; what is longer is a line that got behind the marks.
const LONGEST_NAME: usize = 64;

/// The name as it is, and what it is called without what others add: `vue-html` of VitePress is HTML, `html-vue` too,
/// `diff-js` a diff, `text/x-java` and `lang-java` Java, `src/Main.java` a file of it.
fn spellings(language: &str) -> impl Iterator<Item = &str> {
    let bare = language.trim_start_matches('.');
    let bare = bare.strip_prefix("language-").or_else(|| bare.strip_prefix("lang-")).unwrap_or(bare);
    let file = bare.rsplit('/').next().map(|name| name.strip_prefix("x-").unwrap_or(name));
    let ending = bare.rsplit_once('.').map(|(_, ending)| ending);
    let in_vue = bare.strip_suffix("-vue").or_else(|| bare.strip_prefix("vue-"));
    let diff = bare.starts_with("diff-").then_some("diff");
    [Some(bare), file, ending, in_vue, diff].into_iter().flatten().filter(|name| !name.is_empty())
}

fn find(name: &str) -> Option<usize> {
    if PLAIN.contains(&name) {
        return None;
    }
    let set = &SYNTAXES.set;
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, name)| *name);
    let found = alias.and_then(|alias| set.find_syntax_by_token(alias)).or_else(|| set.find_syntax_by_token(name))?;
    set.syntaxes().iter().position(|syntax| syntax.scope == found.scope && syntax.name == found.name)
}

/// Whether a fence's word, in lower case, means something: what it says is shown as its writer expects.
pub fn is_known(language: &str) -> bool {
    let means = |name: &str| [PLAIN, UNCOLOURED, DRAWN].iter().any(|words| words.contains(&name));
    // Admonitions of a plugin of Obsidian's.
    language.is_empty() || language.starts_with("ad-") || spellings(language).any(means) || of(language).is_some()
}

/// The word that was probably meant by an unknown one.
pub fn nearest(language: &str) -> Option<&'static str> {
    let names: &'static NearestNames = &NAMES;
    names.nearest(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(language: &str) -> Option<&'static str> {
        of(language).map(|syntax| syntax.name.as_str())
    }

    #[test]
    fn every_alias_names_a_syntax() {
        for (alias, name) in ALIASES {
            assert!(all().find_syntax_by_token(name).is_some(), "{alias} → {name}");
            assert!(of(alias).is_some(), "{alias}");
        }
        let sorted = |words: &[&str]| words.is_sorted();
        assert!(sorted(PLAIN) && sorted(UNCOLOURED) && sorted(DRAWN) && sorted(SPOKEN));
    }

    #[test]
    fn languages_of_notes_are_known() {
        let languages = "yaml yml bash sh shell console nginx dockerfile docker sql go rust json proto protobuf python py \
            kotlin java ts typescript tsx jsx js hcl terraform toml xml html css scss c cpp c++ cs csharp ruby php swift \
            diff ini groovy gradle scala vue graphql powershell makefile make dart lua r perl clojure clj viml vim \
            vimscript markdown md jsp mysql scheme lisp properties latex conf hbs handlebars liquid vb plsql haskell \
            jsonc csv zsh fish http cmd julia regex objc objective-c fsharp vue-html sh-vue react text/x-java \
            src/Main.java nginx.conf diff-js";
        for language in languages.split_whitespace() {
            assert!(of(language).is_some() && is_known(language), "{language}");
        }
        assert_eq!(name_of("vue-html"), name_of("html"));
        assert_eq!(name_of("jsx"), name_of("tsx"));
        assert_eq!(name_of("vb"), Some("ASP"));
        assert_eq!(name_of("csharp"), Some("C#"));
        assert_eq!(name_of("objc"), Some("Objective-C"));
    }

    #[test]
    fn words_for_plain_text_and_drawings_are_no_slips() {
        for word in
            "text txt plain plaintext text/plain none output log console ascii-art tree mermaid pikchr dot graphviz \
            svgbob math plantuml dataview tasks ad-note toc \
            bnf smalltalk prolog"
                .split_whitespace()
        {
            assert!(is_known(word), "{word}");
        }
        for word in ["text", "text/plain", "output", "ascii-art", "mermaid", "그런-언어", "bach", "tis-100"] {
            assert_eq!(name_of(word), None, "{word}");
        }
        assert!(!is_known("그런-언어") && !is_known("bach") && !is_known("tis-100"));
    }

    #[test]
    fn the_language_that_was_meant_is_guessed() {
        for (written, meant) in [
            ("bach", Some("bash")),
            ("pyton", Some("python")),
            ("ajva", Some("java")),
            ("javscript", Some("javascript")),
            ("typscript", Some("typescript")),
            ("kotiln", Some("kotlin")),
            ("mermiad", Some("mermaid")),
            ("yalm", Some("yaml")),
            ("frp", None),
            ("tis-100", None),
            ("그런-언어", None),
        ] {
            assert_eq!(nearest(written), meant, "{written}");
        }
    }
}
