//! The table of `site.yaml`'s keys, and what follows from it: checking a value, guessing a misspelt key, and the JSON
//! Schema by which editors complete and check the file.

use serde_json::{Map, Value, json};

use crate::language::Text;
use crate::nearest::NearestNames;
use crate::text;

/// A key of `site.yaml`.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    /// As YAML; empty where there is none.
    pub default: &'static str,
    /// A value one could write, as YAML.
    pub example: &'static str,
    pub korean: &'static str,
    pub english: &'static str,
    /// What other generators call it.
    pub elsewhere: &'static [&'static str],
}

/// What a key's value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Flag,
    /// With a host, and without a query or fragment.
    Url,
    Choice(&'static [&'static str]),
    Patterns,
    Hosts,
    Count {
        lowest: u64,
        highest: u64,
    },
    /// `macros`, by their names in LaTeX.
    Maths,
}

pub const KEYS: &[Key] = &[
    Key {
        name: "title",
        kind: Kind::Line,
        default: "",
        example: "나의 서가",
        korean: "사이트 이름. 없으면 첫 화면 노트의 제목을, 그것도 없으면 `서가`(`language: en`이면 `Bookshelf`)를 씁니다.",
        english: "The site's name; without it, the home note's title, else `Bookshelf` (`서가` where `language` is `ko`).",
        elsewhere: &["site_name", "page_title", "name"],
    },
    Key {
        name: "description",
        kind: Kind::Line,
        default: "",
        example: "인프라를 공부하며 적은 노트",
        korean: "사이트를 소개하는 한 줄. 첫 화면과 피드, 검색 엔진에 보입니다.",
        english: "One line about the site, for the home page, the feed and search engines.",
        elsewhere: &["site_description", "summary", "subtitle"],
    },
    Key {
        name: "language",
        kind: Kind::Choice(&["ko", "en"]),
        default: "ko",
        example: "ko",
        korean: "화면의 언어.",
        english: "The language of the site's interface.",
        elsewhere: &["lang", "locale", "default_language", "language_code"],
    },
    Key {
        name: "base_url",
        kind: Kind::Url,
        default: "",
        example: "https://example.com/notes/",
        korean: "사이트를 올릴 주소. 피드, 사이트맵, 검색 엔진과 SNS에 알리는 주소(canonical, og:url), 404 쪽의 링크에 쓰입니다. 없으면 피드와 사이트맵을 만들지 않습니다.",
        english: "Where the site will stand: for the feed, the sitemap, the addresses told to search engines and social media (canonical, og:url) and the links of the 404 page. Without it there is no feed and no sitemap.",
        elsewhere: &["site_url", "url", "root_url", "host"],
    },
    Key {
        name: "author",
        kind: Kind::Line,
        default: "",
        example: "홍길동",
        korean: "글쓴이.",
        english: "Who wrote the notes.",
        elsewhere: &["site_author", "authors"],
    },
    Key {
        name: "breaks",
        kind: Kind::Flag,
        default: "false",
        example: "true",
        korean: "문단 안의 줄바꿈 하나를 화면에서도 줄바꿈으로 보입니다(Obsidian처럼).",
        english: "A single newline in a paragraph breaks the line on screen too, as in Obsidian.",
        elsewhere: &["hard_breaks", "line_breaks", "nl2br", "hard_wrap"],
    },
    Key {
        name: "inline_tags",
        kind: Kind::Flag,
        default: "true",
        example: "false",
        korean: "본문에 쓴 `#태그`를 태그로 읽습니다. `false`면 front matter의 태그만 태그입니다.",
        english: "`#tag` in the text is a tag. With `false`, only the tags of the front matter are.",
        elsewhere: &["hashtags", "tags_in_text", "parse_tags"],
    },
    Key {
        name: "unsafe_html",
        kind: Kind::Flag,
        default: "false",
        example: "true",
        korean: "노트에 쓴 HTML을 스크립트까지 그대로 내보냅니다. 모든 노트를 믿을 수 있을 때만 켜세요.",
        english: "HTML in notes reaches the page as it is, scripts included. Only where every note can be trusted.",
        elsewhere: &["unsafe", "allow_html", "raw_html", "html"],
    },
    Key {
        name: "iframe_hosts",
        kind: Kind::Hosts,
        default: "[]",
        example: "[www.youtube.com]",
        korean: "`<iframe>`으로 끼워 넣어도 되는 호스트. 나머지는 링크로 바뀝니다.",
        english: "Hosts that may be embedded by `<iframe>`; others become links.",
        elsewhere: &["allowed_hosts", "iframes", "embed_hosts"],
    },
    Key {
        name: "repository",
        kind: Kind::Url,
        default: "",
        example: "https://github.com/example/notes",
        korean: "노트가 있는 저장소의 웹 주소. 이 저장소의 노트를 가리키는 링크는 사이트 안의 링크가 됩니다.",
        english: "The notes' repository on the web. Links to notes in it become links inside the site.",
        elsewhere: &["repo", "repo_url", "edit_uri", "github"],
    },
    Key {
        name: "publish",
        kind: Kind::Choice(&["all", "opt-in"]),
        default: "all",
        example: "opt-in",
        korean: "`opt-in`이면 `publish: true`라고 적은 노트만 싣습니다.",
        english: "With `opt-in`, only notes that say `publish: true` are published.",
        elsewhere: &["publish_mode", "published"],
    },
    Key {
        name: "private",
        kind: Kind::Patterns,
        default: "[]",
        example: "[일기/, \"*.draft.md\"]",
        korean: "싣지 않을 폴더와 파일. 여기에 걸린 노트는 제목도 내용도 사이트에 남지 않습니다. 그 노트로 가는 링크는 쓴 글자만 남습니다.",
        english: "Folders and files to keep off the site: neither title nor text of such notes remains, and a link to one shows only the words written for it.",
        elsewhere: &["private_folders", "hidden"],
    },
    Key {
        name: "exclude",
        kind: Kind::Patterns,
        default: "[]",
        example: "[\"**/초안\", 읽지마.md]",
        korean: "없는 것으로 칠 폴더와 파일.",
        english: "Folders and files to pass over as if they were not there.",
        elsewhere: &["ignore", "ignore_patterns", "exclude_docs", "ignored_content", "ignore_files"],
    },
    Key {
        name: "newest",
        kind: Kind::Count { lowest: 0, highest: 1000 },
        default: "10",
        example: "10",
        korean: "첫 화면에 보일 새 노트의 수.",
        english: "How many of the newest notes the home page lists.",
        elsewhere: &["recent", "recent_notes", "paginate", "paginate_by", "limit"],
    },
    Key {
        name: "toc_depth",
        kind: Kind::Count { lowest: 2, highest: 6 },
        default: "3",
        example: "3",
        korean: "차례에 넣을 가장 깊은 제목 수준.",
        english: "The deepest heading level in a table of contents.",
        elsewhere: &["toc", "max_toc_depth", "toc_level", "sidebar_depth"],
    },
    Key {
        name: "fold_code",
        kind: Kind::Count { lowest: 0, highest: 10_000 },
        default: "40",
        example: "40",
        korean: "이보다 줄이 많은 코드 블록은 앞의 절반만큼만 보이고 나머지는 접힙니다. `0`이면 접지 않습니다. 블록마다 `fold`, `nofold`라고 적어 달리할 수 있습니다.",
        english: "A code block with more lines is folded after half as many. With `0` none is; `fold` or `nofold` behind a block's language say otherwise for that block.",
        elsewhere: &["collapsed_lines", "collapse_code", "code_fold", "max_shown_lines", "code_collapse"],
    },
    Key {
        name: "graph",
        kind: Kind::Flag,
        default: "true",
        example: "false",
        korean: "노트와 노트 사이의 링크를 그린 그래프. `false`면 그래프 쪽도, 노트 옆의 이웃 그림도 만들지 않습니다.",
        english: "The graph of the links between notes. With `false` there is neither its page nor the picture of a note's neighbours beside it.",
        elsewhere: &["graph_view", "local_graph", "enable_graph"],
    },
    Key {
        name: "previews",
        kind: Kind::Flag,
        default: "true",
        example: "false",
        korean: "링크에 포인터를 올리면 보이는, 그 링크가 가리키는 곳의 제목과 첫머리.",
        english: "What a link leads to, its title and first lines, shown while the pointer rests on it.",
        elsewhere: &["popovers", "enable_popovers", "link_previews", "hover_previews", "preview"],
    },
    Key {
        name: "glossary",
        kind: Kind::Flag,
        default: "true",
        example: "false",
        korean: "뜻풀이 목록과 `파드(Pod)` 같은 글에서 용어를 모아 용어집을 만듭니다. `false`면 만들지 않습니다.",
        english: "Gathers a glossary from definition lists and from places such as `파드(Pod)`. With `false` there is none.",
        elsewhere: &["terms", "glossary_page", "abbreviations"],
    },
    Key {
        name: "maths",
        kind: Kind::Maths,
        default: "",
        example: r"{ macros: { R: '\mathbb{R}', norm: '\lVert #1 \rVert' } }",
        korean: "모든 노트의 수식에서 쓸 명령. 이름 뒤에 LaTeX를 적고, 인수는 `#1`, `#2`로 받습니다.",
        english: "Commands for the formulas of all notes: a name and the LaTeX that it stands for, with `#1`, `#2` for arguments.",
        elsewhere: &["math", "mathjax", "katex", "latex", "macros"],
    },
    Key {
        name: "dot",
        kind: Kind::Flag,
        default: "false",
        example: "true",
        korean: "`dot` 코드 블록을 서가 대신 이 컴퓨터에 깔린 Graphviz의 `dot` 프로그램으로 그립니다. 다른 프로그램을 실행하므로 켤 때만 씁니다.",
        english: "Draws `dot` code blocks with the program `dot` of the Graphviz that is installed, instead of by seoga itself. Off unless asked for, as it runs another program.",
        elsewhere: &["graphviz"],
    },
    Key {
        name: "offline",
        kind: Kind::Flag,
        default: "true",
        example: "false",
        korean: "웹에 올린 사이트를 한 번 연 브라우저에 담아 두어 네트워크 없이도 읽고 찾게 합니다. `false`면 담지 않고, 이미 담아 둔 브라우저에서도 치웁니다.",
        english: "A browser that has opened the published site keeps it, for reading and searching without a network. With `false` nothing is kept, and browsers that keep it already clear it away.",
        elsewhere: &["pwa", "service_worker", "offline_mode", "enable_offline"],
    },
];

impl Key {
    /// Whether the value fits; where an item of a list does not, which one.
    pub fn check(&self, value: &Value) -> Result<(), Option<usize>> {
        match self.kind {
            Kind::Line => fits(value.as_str().is_some_and(|text| !text.trim().contains('\n'))),
            Kind::Flag => fits(value.is_boolean()),
            Kind::Url => fits(value.as_str().is_some_and(is_site_url)),
            Kind::Choice(choices) => fits(value.as_str().is_some_and(|text| choices.contains(&text))),
            Kind::Count { lowest, highest } => {
                fits(value.as_u64().is_some_and(|count| (lowest..=highest).contains(&count)))
            }
            Kind::Patterns => each(value, |text| !text.trim().is_empty()),
            Kind::Hosts => each(value, is_host),
            Kind::Maths => fits(macros(value).is_some()),
        }
    }

    /// How one would write it.
    pub fn example(&self) -> Text {
        let (name, example) = (self.name, self.example);
        text!("예: `{name}: {example}`", "for example `{name}: {example}`")
    }
}

fn fits(fits: bool) -> Result<(), Option<usize>> {
    if fits { Ok(()) } else { Err(None) }
}

/// The items of a list; one text is a list of one, unless a comma says that more were meant.
pub fn items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(items) => Some(items),
        Value::String(text) if !text.contains(',') => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// The commands under `maths`, as they stand there; `None` where something else does.
pub fn macros(value: &Value) -> Option<Vec<(String, String)>> {
    let maths = value.as_object()?;
    if maths.keys().any(|key| key != "macros") {
        return None;
    }
    let macros = maths.get("macros").filter(|macros| !macros.is_null());
    let Some(macros) = macros else { return Some(Vec::new()) };
    let is_name = |name: &str| {
        let name = name.strip_prefix('\\').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    // MathJax writes the number of arguments behind the body, which says it anyway.
    let body = |value: &Value| match value.as_array().map(Vec::as_slice) {
        Some([body, count]) if count.is_u64() => body.as_str().map(str::to_owned),
        _ => value.as_str().map(str::to_owned),
    };
    let one = |(name, value): (&String, &Value)| Some((name.clone(), body(value)?)).filter(|_| is_name(name));
    macros.as_object()?.iter().map(one).collect()
}

fn each(value: &Value, fits: impl Fn(&str) -> bool) -> Result<(), Option<usize>> {
    let items = items(value).ok_or(None)?;
    match items.iter().position(|item| !item.as_str().is_some_and(&fits)) {
        Some(bad) => Err(Some(bad)),
        None => Ok(()),
    }
}

/// The pattern in the schema says the same.
fn is_site_url(text: &str) -> bool {
    let text = text.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        !rest.starts_with('/')
            && !rest.is_empty()
            && !rest.contains(|c: char| c.is_whitespace() || "?#<>\"".contains(c))
    })
}

fn is_host(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "/?#@<>\"".contains(c))
}

/// The known key that an unknown one was meant to be.
pub fn nearest(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    let elsewhere = KEYS.iter().find(|key| key.elsewhere.iter().any(|other| plain(other) == wanted));
    let close = || {
        let names = NearestNames::new(KEYS.iter().map(|key| plain(key.name)));
        let nearest = names.nearest(&wanted)?;
        KEYS.iter().find(|key| plain(key.name) == nearest)
    };
    elsewhere.or_else(close).map(|key| key.name)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The JSON Schema of `site.yaml`, kept in `site.schema.json`.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        let mut property = match key.kind {
            Kind::Line => json!({"type": ["string", "null"]}),
            Kind::Flag => json!({"type": ["boolean", "null"]}),
            Kind::Url => {
                json!({"type": ["string", "null"], "pattern": "^\\s*https?://[^/?#\\s<>\"][^?#\\s<>\"]*\\s*$"})
            }
            Kind::Choice(choices) => {
                let mut values: Vec<Value> = choices.iter().map(|choice| Value::from(*choice)).collect();
                values.push(Value::Null);
                json!({ "enum": values })
            }
            Kind::Patterns => list_of("\\S", "^[^,]*[^,\\s][^,]*$"),
            Kind::Hosts => list_of("^\\s*[^/?#@\\s<>\"]+\\s*$", "^\\s*[^/?#@\\s<>\",]+\\s*$"),
            Kind::Count { lowest, highest } => {
                json!({"type": ["integer", "null"], "minimum": lowest, "maximum": highest})
            }
            Kind::Maths => json!({
                "type": ["object", "null"],
                "additionalProperties": false,
                "properties": {"macros": {
                    "type": ["object", "null"],
                    "propertyNames": {"pattern": "^\\\\?[A-Za-z]+$"},
                    "additionalProperties": {"anyOf": [
                        {"type": "string"},
                        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer", "minimum": 0}],
                         "minItems": 2, "maxItems": 2},
                    ]},
                }},
            }),
        };
        if let Value::Object(property) = &mut property {
            property.insert("description".to_owned(), Value::from(format!("{}\n\n{}", key.korean, key.english)));
            if let Some(default) = value_of(key.default) {
                property.insert("default".to_owned(), default);
            }
            if let Some(example) = value_of(key.example) {
                property.insert("examples".to_owned(), json!([example]));
            }
        }
        properties.insert(key.name.to_owned(), property);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "site.yaml",
        "description": "서가(seoga) 사이트의 설정. 모든 키는 없어도 됩니다.\n\nThe settings of a seoga site. Every key is optional.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
    })
}

/// A list of texts, or one text, of these patterns.
fn list_of(item: &str, single: &str) -> Value {
    json!({"type": ["array", "string", "null"], "items": {"type": "string", "pattern": item}, "pattern": single})
}

/// A default or example of the table as a value.
fn value_of(yaml: &str) -> Option<Value> {
    let mapping = crate::source::front_matter::yaml::parse(&format!("value: {yaml}")).ok()?;
    mapping.values.get("value").filter(|value| !value.is_null()).cloned()
}
