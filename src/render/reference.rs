//! `templates/README.md`: all that templates are given, made from the code.
//!
//! The shapes and what is said of them are read from the source of [`context`](super::context). Which template is given
//! which of them is seen by rendering a site that has a page of every kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;

use super::{CodeMemory, PageSink, Rendering, Theme};
use crate::config::Config;
use crate::library::{self, Parsed};
use crate::markdown::{self, Input};
use crate::source::note_from_bytes;

/// Name, Korean, English: what the variables are.
const VARIABLES: &[(&str, &str, &str)] = &[
    ("site", "사이트", "the site"),
    (
        "ui",
        "화면에 쓰는 말. `strings/ko.yaml`과 `strings/en.yaml`에 있습니다",
        "the interface's words, from `strings/`",
    ),
    ("generator", "서가의 이름과 판", "the program's name and version"),
    ("page", "쪽", "the page"),
    ("root", "이 쪽에서 사이트의 맨 위로 가는 길: 빈 글, `../` …", "from this page to the site's root: empty, `../` …"),
    ("navigation", "옆 막대", "the sidebar"),
    ("note", "보이는 노트", "the note shown"),
    ("folder", "보이는 폴더. 첫 화면에서는 맨 위 폴더", "the folder shown; on the home page the root"),
    ("newest", "새로 쓰고 고친 노트", "the notes last written or changed"),
    ("tree", "세 층까지의 폴더와 맨 위의 노트", "folders to three levels, and the notes at the root"),
    ("top_tags", "자주 쓴 태그", "the tags that most notes carry"),
    ("tag", "보이는 태그", "the tag shown"),
    (
        "tags",
        "모든 태그. 층이 있는 태그는 그 위의 태그 다음에 옵니다",
        "all tags, a nested one behind the one above it",
    ),
    ("groups", "폴더마다 모은 모든 노트", "all notes, by folder"),
    ("target", "새 주소", "the new address"),
    ("canonical", "온전한 새 주소. `base_url`이 없으면 null", "the new address, absolute; null without `base_url`"),
    (
        "previews",
        "쪽의 링크를 미리 보이는 데 쓰는 JSON. 없으면 null",
        "JSON for `static/previews.js`: what the page's links lead to, or null",
    ),
    ("category", "보이는 분류", "the category shown"),
    ("categories", "모든 분류", "all categories"),
    ("series", "보이는 시리즈", "the series shown"),
    ("all_series", "모든 시리즈", "all series"),
    (
        "months",
        "새로 쓰고 고친 노트를 달마다. 새것이 먼저입니다",
        "the notes last written or changed, by month, the newest first",
    ),
    ("shown", "그 가운데 보이는 노트의 수", "how many of them are listed"),
    ("dated", "날짜가 있는 노트의 수", "how many notes have a date"),
    ("initials", "같은 글자로 시작하는 용어끼리", "the terms, by initial"),
    ("term_count", "용어의 수", "how many terms there are"),
    ("graph", "모든 노트의 그래프", "the graph of all notes"),
    ("feed", "구독할 글", "the feed"),
    ("pages", "사이트 지도의 쪽", "the pages of the sitemap"),
];

/// Which variables, of which type, each template was given so far.
static GIVEN: Mutex<BTreeMap<String, BTreeMap<&'static str, &'static str>>> = Mutex::new(BTreeMap::new());

/// Takes note of what a template is given.
pub fn given(template: &str, types: &[(&'static str, &'static str)]) {
    GIVEN.lock().unwrap().entry(template.to_owned()).or_default().extend(types.iter().copied());
}

/// A struct of the template data.
struct Shape {
    name: String,
    says: Said,
    fields: Vec<(String, String, Said)>,
}

/// A doc comment: Korean, then English.
#[derive(Clone, Default)]
struct Said {
    korean: String,
    english: String,
}

impl Said {
    fn of(lines: &mut Vec<String>, whose: &str) -> Self {
        let lines = std::mem::take(lines);
        let parts: Vec<String> = lines.split(String::is_empty).map(|lines| lines.join(" ")).collect();
        let [korean, english] = parts.as_slice() else {
            panic!("{whose} wants a Korean doc comment, `///`, and an English one; it has {parts:?}")
        };
        // What stands between backticks is of no language.
        let is_korean =
            |text: &str| text.split('`').step_by(2).any(|text| text.contains(|c| ('가'..='힣').contains(&c)));
        assert!(is_korean(korean), "{whose}: the first part is Korean");
        assert!(!is_korean(english), "{whose}: the second part is English");
        Self { korean: korean.clone(), english: english.clone() }
    }
}

/// The shapes in a source file.
fn shapes(source: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut said = Vec::new();
    let mut skipped = false;
    for line in source.lines().map(str::trim) {
        if line == "#[serde(skip)]" {
            skipped = true;
        } else if let Some(comment) = line.strip_prefix("///") {
            said.push(comment.trim().to_owned());
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let says = Said::of(&mut said, name);
            shapes.push(Shape { name: name.to_owned(), says, fields: Vec::new() });
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": "))
            && let Some(shape) = shapes.last_mut()
        {
            if std::mem::take(&mut skipped) {
                said.clear();
                continue;
            }
            let says = Said::of(&mut said, &format!("{}.{name}", shape.name));
            shape.fields.push((name.to_owned(), kind.trim_end_matches(',').to_owned(), says));
        } else if !line.starts_with("#[") {
            said.clear();
        }
    }
    shapes
}

/// `NoteContext` → `note`, `TagLinkContext` → `tag_link`.
fn template_name(shape: &str) -> String {
    let mut name = String::new();
    for c in shape.strip_suffix("Context").unwrap_or(shape).chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}

/// A type in the words of templates.
fn in_words(kind: &str, shapes: &[Shape]) -> String {
    let kind = kind.trim().trim_start_matches('&').trim_start_matches("'static ").trim();
    let (outer, inner) = match kind.split_once('<') {
        Some((outer, rest)) => (outer, rest.strip_suffix('>').unwrap_or(rest)),
        None => (kind, ""),
    };
    if let Some(inner) = kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) {
        return format!("목록 list: {}", in_words(inner, shapes));
    }
    let name = outer.rsplit("::").next().unwrap_or(outer);
    match name {
        "String" | "str" | "char" => "글 text".to_owned(),
        "bool" => "참거짓 yes/no".to_owned(),
        "usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "f64" | "f32" => "수 number".to_owned(),
        "Value" => "무엇이든 anything".to_owned(),
        "Option" => format!("{}, null", in_words(inner, shapes)),
        "Vec" => format!("목록 list: {}", in_words(inner, shapes)),
        "BTreeMap" => {
            let value = inner.split_once(',').map_or("", |(_, value)| value);
            format!("이름마다 by name: {}", in_words(value, shapes))
        }
        name => {
            assert!(shapes.iter().any(|shape| shape.name == name), "templates are given a `{kind}`, which is no shape");
            let name = template_name(name);
            format!("[{name}](#{name})")
        }
    }
}

/// Renders a site that has a page of every kind.
fn render_every_page() {
    struct Nowhere;
    impl PageSink for Nowhere {
        fn page(&self, _: &str, _: &[u8]) -> std::io::Result<()> {
            Ok(())
        }
    }
    let notes = [
        ("index.md", "# 서가\n\n글\n"),
        (
            "방/가.md",
            "---\ntags: [인프라/쿠버네티스]\ndate: 2026-03-01\nseries: 묶음\ncategories: 서버\nredirect_from: /옛/\n---\n# 가\n\n[[나]]\n\n## 절\n\n## 절\n",
        ),
        ("방/나.md", "---\ndate: 2026-03-01\nseries: 묶음\n---\n[[가]]\n\n용어(term)\n\n말\n: 뜻\n"),
    ];
    let notes = notes.map(|(name, text)| {
        let note = note_from_bytes(name, name, text.as_bytes().to_vec());
        let title = note.metadata.title.as_deref();
        let extra = &note.metadata.extra;
        let input =
            Input { text: &note.text, body_start: note.body_start, path: name, title, cover: None, extra: Some(extra) };
        let document = markdown::parse(input, &markdown::Options::default());
        Parsed { note, document, withheld: false }
    });
    let (config, _) = Config::parse("base_url: https://example.com/\n", "site.yaml");
    let options =
        library::Options { config: &config, content_prefix: "", reserved: Vec::new(), reserved_folders: Vec::new() };
    let library = library::gather(notes.into(), Vec::new(), Vec::new(), &options);
    let mut theme = Theme::load(Path::new("/nowhere"), config.language).unwrap();
    theme.set_site(&config, "서가", &library);
    let rendering =
        Rendering { library: &library, theme: &theme, config: &config, title: "서가", code: &CodeMemory::default() };
    rendering.all(&Nowhere, &|| ()).unwrap();
}

fn reference() -> String {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let sources = ["context.rs", "context/note.rs", "context/lists.rs", "context/graph.rs", "context/feeds.rs"];
    let sources: String = sources.iter().map(|name| std::fs::read_to_string(room.join(name)).unwrap()).collect();
    let shapes = shapes(&sources);
    render_every_page();
    let mut given = GIVEN.lock().unwrap().clone();
    // Tests give templates of their own.
    given.retain(|template, _| template.is_empty() || Theme::pages().any(|page| page == template));
    for page in Theme::pages().filter(|page| *page != "base.html") {
        assert!(given.contains_key(page), "no page of `{page}`: the site that this test renders should have one");
    }
    let mut out = String::from(HEAD);
    let everywhere = given.remove("").unwrap_or_default();
    let framed = given.get("404.html").cloned().unwrap_or_default();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut table = |out: &mut String, variables: &BTreeMap<&'static str, &'static str>| {
        out.push_str("| 이름 name | 값 value | 뜻 | meaning |\n| --- | --- | --- | --- |\n");
        let order = |name: &str| VARIABLES.iter().position(|(known, _, _)| *known == name);
        let mut variables: Vec<_> = variables.iter().collect();
        variables.sort_by_key(|(name, _)| order(name));
        for (name, kind) in variables {
            let (_, korean, english) = order(name)
                .and_then(|at| VARIABLES.get(at))
                .unwrap_or_else(|| panic!("say what the variable `{name}` is in `VARIABLES` of {}", file!()));
            known.insert(name);
            let kind = in_words(kind, &shapes);
            writeln!(out, "| `{name}` | {kind} | {korean} | {english} |").unwrap();
        }
    };
    out.push_str("### 모든 템플릿 every template\n\n");
    table(&mut out, &everywhere);
    out.push_str("\n### base.html\n\n이것을 잇는 템플릿은 아래의 값도 받습니다. Templates that extend it are given these too.\n\n");
    table(&mut out, &framed);
    for (template, variables) in &given {
        let own: BTreeMap<_, _> = if variables.contains_key("page") {
            variables
                .iter()
                .filter(|(name, _)| !framed.contains_key(*name))
                .map(|(name, kind)| (*name, *kind))
                .collect()
        } else {
            variables.clone()
        };
        writeln!(out, "\n### {template}\n").unwrap();
        if own.is_empty() {
            out.push_str("따로 받는 값이 없습니다. It has no variables of its own.\n");
        } else {
            table(&mut out, &own);
        }
    }
    let idle: Vec<_> = VARIABLES.iter().filter(|(name, _, _)| !known.contains(name)).collect();
    assert!(idle.is_empty(), "no template is given {idle:?}");
    out.push_str("\n## 꼴 shapes\n");
    for Shape { name, says, fields } in &shapes {
        let name = template_name(name);
        writeln!(out, "\n### {name}\n\n{} {}\n", says.korean, says.english).unwrap();
        out.push_str("| 이름 name | 값 value | 뜻 | meaning |\n| --- | --- | --- | --- |\n");
        for (field, kind, Said { korean, english }) in fields {
            let kind = in_words(kind, &shapes);
            writeln!(out, "| `{field}` | {kind} | {korean} | {english} |").unwrap();
        }
    }
    out
}

const HEAD: &str = "# 템플릿이 받는 값 · Template data

<!-- 코드에서 만든 글입니다. 고치려면 src/render/context/를 고치고 SEOGA_WRITE_REFERENCE=1 cargo test reference
     Made from the code: edit src/render/context/, then SEOGA_WRITE_REFERENCE=1 cargo test reference -->

사이트의 `templates/`에 같은 이름의 파일을 두면 여기의 템플릿 대신 쓰입니다. 템플릿의 말은 [Tera](https://keats.github.io/tera/)입니다.
주소(`url`)는 보이는 쪽에서 본 것이고 그대로 속성에 쓸 수 있습니다. 없을 수 있는 값은 없으면 null이므로, 잘못 적은 이름은
오류가 되고 날짜가 없는 노트는 되지 않습니다.

A file of the same name in a site's `templates/` takes the place of one here. Templates are written in
[Tera](https://keats.github.io/tera/). Every `url` is relative to the page being shown and ready to stand in an attribute.
What may be absent is null, never missing, so that a misspelt name is an error and an absent date is not.

## 템플릿 templates

";

/// `SEOGA_WRITE_REFERENCE=1 cargo test reference` writes the file anew after the code has changed.
#[test]
fn the_reference_follows_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/README.md");
    let reference = reference();
    if std::env::var_os("SEOGA_WRITE_REFERENCE").is_some() {
        std::fs::write(&file, &reference).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), reference, "{}", file.display());
}
