use super::*;
use crate::diagnostics::Severity;

fn faults(text: &str) -> Vec<String> {
    let (_, diagnostics) = Config::parse(text, "site.yaml");
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
    diagnostics.iter().map(|diagnostic| diagnostic.to_line(Language::Korean)).collect()
}

#[test]
fn an_empty_file_is_the_defaults() {
    for text in ["", "# 설정\n", "title:\n", "\u{feff}"] {
        assert_eq!(Config::parse(text, "site.yaml"), (Config::default(), Vec::new()), "{text:?}");
    }
}

#[test]
fn every_key_is_read() {
    let text = "\
title: 나의 서가
description: 인프라 노트
language: en
base_url: https://example.com/notes
author: 홍길동
breaks: true
inline_tags: false
unsafe_html: true
iframe_hosts: [WWW.YouTube.com]
repository: https://github.com/example/notes.git
publish: opt-in
private:
  - 일기/
exclude: ['*.tmp.md']
newest: 5
toc_depth: 4
fold_code: 0
graph: false
previews: false
glossary: false
maths:
  macros:
    R: '\\mathbb{R}'
offline: false
dot: true
";
    let (config, diagnostics) = Config::parse(text, "site.yaml");
    assert_eq!(diagnostics, []);
    let expected = Config {
        title: Some("나의 서가".to_owned()),
        description: Some("인프라 노트".to_owned()),
        language: Language::English,
        base_url: Some("https://example.com/notes/".to_owned()),
        author: Some("홍길동".to_owned()),
        breaks: true,
        inline_tags: false,
        unsafe_html: true,
        iframe_hosts: vec!["www.youtube.com".to_owned()],
        repository: Some("https://github.com/example/notes".to_owned()),
        publish: PublishPolicy::OptIn,
        private: Patterns::new(&["일기/"]),
        exclude: Patterns::new(&["*.tmp.md"]),
        newest: 5,
        toc_depth: 4,
        fold_code: 0,
        graph: false,
        previews: false,
        glossary: false,
        macros: vec![("R".to_owned(), "\\mathbb{R}".to_owned())],
        offline: false,
        dot: true,
    };
    assert_eq!(config, expected);
}

#[test]
fn each_key_of_the_table_reaches_the_config() {
    for key in KEYS {
        let written = match (key.name, key.example) {
            ("language", _) => "en",
            ("newest", _) => "3",
            ("toc_depth", _) => "2",
            ("fold_code", _) => "0",
            (_, example) => example,
        };
        let (config, diagnostics) = Config::parse(&format!("{}: {written}", key.name), "site.yaml");
        assert_eq!(diagnostics, [], "{}", key.name);
        assert_ne!(config, Config::default(), "{}", key.name);
        if !key.default.is_empty() {
            let (config, _) = Config::parse(&format!("{}: {}", key.name, key.default), "site.yaml");
            assert_eq!(config, Config::default(), "{}", key.name);
        }
    }
}

#[test]
fn an_unknown_key_names_the_nearest() {
    assert_eq!(
        faults("title: 서가\nprivates: [일기]\n"),
        ["site.yaml:2:1: error[site-config]: `privates`: 모르는 키입니다\n  도움말: `private`?"]
    );
    for (written, meant) in [
        ("baseURL", "base_url"),
        ("titel", "title"),
        ("ignorePatterns", "exclude"),
        ("repo_url", "repository"),
        ("site_name", "title"),
        ("toc-depth", "toc_depth"),
        ("langauge", "language"),
        ("publsh", "publish"),
    ] {
        assert_eq!(keys::nearest(written), Some(meant), "{written}");
    }
    assert_eq!(keys::nearest("plugins"), None);
    assert!(faults("plugins: []")[0].contains("쓸 수 있는 키: title, "));
}

#[test]
fn a_wrong_type_says_what_was_expected_and_where() {
    assert_eq!(
        faults("title: 서가\nbreaks: 네\n"),
        [
            "site.yaml:2:9: error[site-config]: `breaks`에는 `true`나 `false`가 와야 합니다\n  도움말: 예: `breaks: true`"
        ]
    );
    let at = |text: &str| {
        let (_, diagnostics) = Config::parse(text, "site.yaml");
        let position = diagnostics.first().map(|diagnostic| diagnostic.position);
        position.map(|Position { line, column }| (line, column))
    };
    assert_eq!(at("newest: -1"), Some((1, 9)));
    assert_eq!(at("toc_depth: 7"), Some((1, 12)));
    assert_eq!(at("private: 일기, 회사"), Some((1, 10)), "one name, or a list");
    assert_eq!(at("private:\n  - 일기\n  - 3\n"), Some((3, 5)));
    assert_eq!(at("iframe_hosts:\n- https://example.com/\n"), Some((2, 3)));
    assert_eq!(at("{title: 서가, breaks: 네}"), Some((1, 13)));
    assert_eq!(at("language: 한국어"), Some((1, 11)));
    assert_eq!(at("title: 3"), Some((1, 8)));
    assert_eq!(at("title: 하나\ntitle: 둘"), Some((2, 1)));
}

#[test]
fn one_name_is_a_list_of_one() {
    let (config, diagnostics) = Config::parse("private: 일기\nexclude: '*.tmp'\niframe_hosts: a.example", "site.yaml");
    assert_eq!(diagnostics, []);
    assert_eq!(config.private, Patterns::new(&["일기"]));
    assert_eq!(config.exclude, Patterns::new(&["*.tmp"]));
    assert_eq!(config.iframe_hosts, ["a.example"]);
    assert_eq!(config.publish, PublishPolicy::All);
}

#[test]
fn patterns_that_name_nothing_are_told_of_at_their_place() {
    let said = |text: &str| {
        let (config, diagnostics) = Config::parse(text, "site.yaml");
        assert_eq!(diagnostics, []);
        let names = ["일기/오늘.md", "글.md"].into_iter();
        let told = idle_patterns((text, "site.yaml"), "private", &config.private, &[1], names);
        told.iter().map(|one| one.to_line(Language::Korean)).collect::<String>()
    };
    let told = "warning[unused-pattern]: `private`의 `일긔/`에 걸리는 파일이나 폴더가 없습니다\n  도움말: 혹시 `일기`?";
    assert_eq!(said("title: 가\nprivate:\n  - 글.md\n  - 일긔/\n"), format!("site.yaml:4:5: {told}"));
    assert_eq!(said("private: [글.md, 일긔/]\n"), format!("site.yaml:1:17: {told}"));
    assert_eq!(said("private: [글.md, \"일긔/\"]\n"), format!("site.yaml:1:18: {told}"));
}

#[test]
fn addresses_must_be_addresses() {
    for bad in [
        "example.com",
        "ftp://example.com",
        "https://",
        "https:///a",
        "\"javascript:alert(1)\"",
        "https://a b",
        "https://example.com/?a=1",
        "\"https://example.com/#a\"",
    ] {
        let (config, diagnostics) = Config::parse(&format!("base_url: {bad}"), "site.yaml");
        assert_eq!((config.base_url, diagnostics.len()), (None, 1), "{bad}");
    }
    let (config, _) = Config::parse("base_url: http://localhost:8000//", "site.yaml");
    assert_eq!(config.base_url.as_deref(), Some("http://localhost:8000/"));
}

#[test]
fn a_broken_file_publishes_nothing_unasked() {
    let (config, diagnostics) = Config::parse("title: 서가\nprivate: [일기\npublish: all\n", "site.yaml");
    assert_eq!(config.publish, PublishPolicy::OptIn);
    let [fault] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    let reason = "YAML로 읽을 수 없습니다(목록에 쉼표가 빠졌거나 `]`로 닫히지 않았습니다)";
    assert_eq!(fault.message.korean, reason);
    for text in [
        "publish: 아무거나",
        "privates: [일기]\npublish: all",
        "private: 일기, 회사",
        "private: [일기, 3]",
        "ignore: [일기]",
    ] {
        assert_eq!(Config::parse(text, "site.yaml").0.publish, PublishPolicy::OptIn, "{text}");
    }
    assert_eq!(Config::parse("titel: 서가", "site.yaml").0.publish, PublishPolicy::All);
    assert!(Config::parse("private: [일기, 3]", "site.yaml").0.private.matches_file("일기/오늘.md"));
    assert_eq!(faults("그냥 글").len(), 1);
}

/// `SEOGA_WRITE_SCHEMA=1 cargo test schema` writes the file anew after the table has changed.
#[test]
fn the_schema_file_follows_the_table() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("site.schema.json");
    let schema = format!("{}\n", serde_json::to_string_pretty(&keys::schema()).unwrap());
    if std::env::var_os("SEOGA_WRITE_SCHEMA").is_some() {
        std::fs::write(&file, &schema).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), schema, "{}", file.display());
}
