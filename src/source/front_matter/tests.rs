use serde_json::json;

use super::*;
use crate::language::Language;

fn values(text: &str) -> Value {
    Value::Object(read(text, "메모.md").values)
}

fn body(text: &str) -> &str {
    text.get(read(text, "메모.md").body_start..).unwrap()
}

/// The one diagnostic: where it points and what it says.
fn said(text: &str) -> (usize, usize, String) {
    let front_matter = read(text, "메모.md");
    let [diagnostic] = front_matter.diagnostics.as_slice() else { panic!("{:?}", front_matter.diagnostics) };
    assert_eq!(diagnostic.code, "front-matter");
    let line = diagnostic.to_line(Language::Korean);
    (diagnostic.position.line, diagnostic.position.column, line)
}

#[test]
fn every_notation() {
    for text in [
        "---\ntitle: 캐시\nweight: 2\n---\n# 본문\n",
        "---\ntitle: 캐시\nweight: 2\n...\n# 본문\n",
        "--- \n{\"title\": \"캐시\", \"weight\": 2}\n---\t\n# 본문\n",
        "---\n{\n  \"title\": \"캐시\",\n  \"weight\": 2\n}\n---\n# 본문\n",
        "{\n  \"title\": \"캐시\",\n  \"weight\": 2\n}\n# 본문\n",
        "+++\ntitle = \"캐시\"\nweight = 2\n+++\n# 본문\n",
    ] {
        assert_eq!(values(text), json!({"title": "캐시", "weight": 2}), "{text}");
        assert_eq!(body(text), "# 본문\n", "{text}");
        assert!(read(text, "메모.md").diagnostics.is_empty());
    }
}

#[test]
fn json_escapes_are_json() {
    assert_eq!(values("---\n{\"title\":\"a\\/b \\ud83d\\ude00\"}\n---\n"), json!({"title": "a/b 😀"}));
}

#[test]
fn toml_dates_and_zola_taxonomies() {
    let text = "+++\ndate = 2021-06-16T12:00:00+09:00\nday = 2021-06-16\n[taxonomies]\ntags = [\"캐시\"]\n[extra]\na = 1\n+++\n";
    assert_eq!(
        values(text),
        json!({"date": "2021-06-16T12:00:00+09:00", "day": "2021-06-16", "extra": {"a": 1}, "tags": ["캐시"]})
    );
}

#[test]
fn empty_front_matter_is_front_matter() {
    assert_eq!(body("---\n---\n본문"), "본문");
    assert_eq!(body("---\n\n---\n본문"), "본문");
    assert_eq!(body("---\ntitle:\n---"), "");
}

#[test]
fn a_thematic_break_stays_in_the_body() {
    for text in [
        "---\n\n본문이 시작된다.\n\n---\n\n다음 절\n",
        "---\n# 첫 절\n본문: 설명\n---\n",
        "---\n- 하나\n- 둘\n---\n",
        "---\n그냥 글\n---\n",
        "---\nhttps://example.com\n---\n",
        "---\n\n# 제목\n\n참고: 문서\n\n---\n",
        "---",
        "----\ntitle: 가\n----\n",
        " ---\ntitle: 가\n---\n",
        "\n---\n\n본문\n\n---\n",
        "\n\n본문\n",
        "",
        "{{date}} 의 기록\n",
        "{ 중괄호 }\n",
        "{\"a\": 1}\n본문",
        "{\"title\": \"가\"} 그리고 본문",
        "+++\n본문\n+++\n",
    ] {
        assert_eq!(body(text), text);
        assert_eq!(values(text), json!({}), "{text}");
        assert!(read(text, "메모.md").diagnostics.is_empty(), "{text}");
    }
}

#[test]
fn a_comment_before_known_keys_is_a_comment() {
    assert_eq!(values("---\n# 블로그 설정\ntitle: 가\n---\n"), json!({"title": "가"}));
}

#[test]
fn one_bad_value_takes_nothing_else_with_it() {
    for (written, title, hint) in [
        ("{{date}}", "{{date}}", "자리표시"),
        ("<% tp.file.title %>: 기록", "<% tp.file.title %>: 기록", "자리표시"),
        ("`async` 이해하기", "`async` 이해하기", "백틱"),
        ("@Transactional 정리", "@Transactional 정리", "`@` 문자"),
        ("[Java] 스레드", "[Java] 스레드", "`[` 괄호"),
        ("\"그림\" 그리기", "\"그림\" 그리기", "따옴표"),
        ("CS: 운영체제: 정리", "CS: 운영체제: 정리", "쌍점"),
        ("!important 선언", "!important 선언", "`!` 문자"),
        ("*args 와 **kwargs", "*args 와 **kwargs", "`*` 문자"),
        ("%d 형식", "%d 형식", "`%` 문자"),
    ] {
        let text = format!("---\ndate: 2021-06-16\ntitle: {written}\ntags: [가, 나]\nprivate: true\n---\n본문\n");
        let expected = json!({"date": "2021-06-16", "title": title, "tags": ["가", "나"], "private": true});
        assert_eq!(values(&text), expected, "{written}");
        assert_eq!(body(&text), "본문\n");
        let (line, _, message) = said(&text);
        assert_eq!(line, 3, "{message}");
        assert!(message.contains(hint), "{message}");
    }
}

#[test]
fn the_place_is_exact() {
    let (line, column, message) = said("---\nlayout: post\ntitle: 가: 나\n---\n");
    assert_eq!((line, column), (3, 9), "{message}");
    assert_eq!(
        said("---\ntitle: `가\ntags: @나\n---\n").2,
        "메모.md:2:8: warning[front-matter]: front matter의 `title`, `tags` 값을 YAML로 읽지 못해 적힌 그대로 썼습니다: \
         값이 백틱(`)으로 시작합니다\n  도움말: 값을 작은따옴표로 감싸세요: `'…'`"
    );
    assert_eq!(said("+++\ntitle = 가\n+++\n").0, 2);
}

#[test]
fn a_list_with_a_bad_item_is_still_a_list() {
    assert_eq!(
        values("---\ntitle: 가\ntags:\n  - @spring\n  - \"jpa\"\n---\n"),
        json!({"title": "가", "tags": ["@spring", "jpa"]})
    );
}

#[test]
fn tabs_are_named() {
    let (line, _, message) = said("---\ntitle: 가\ntags:\n\t- 나\n---\n");
    assert!(message.contains("탭"), "{message}");
    assert_eq!(line, 4, "{message}");
    assert_eq!(values("---\ntitle: 가\ntags:\n\t- 나\n---\n")["tags"], json!(["나"]));
}

#[test]
fn broken_front_matter_never_publishes_what_was_private() {
    for text in [
        "---\ntitle: 가: 나\n  private: true\n---\n",
        "---\ntitle: \"가\nprivate: true\n---\n",
        "---\n{title: 가\nprivate: true\n---\n",
        "---\ntitle: 가\nprivate: true\n\n본문\n",
        "---\ntitle: [\nprivate: true\n",
        "\n---\ntitle: 가\nprivate: true\n---\n",
        "+++\ntitle = 가\nprivate = true\n+++\n",
        "---\ntitle: |\n\t가\nprivate: true\n---\n",
    ] {
        let note = crate::source::note_from_bytes("메모.md", "메모.md", text.as_bytes().to_vec());
        assert_eq!(note.metadata.visibility, crate::source::Visibility::Private, "{text}");
        assert!(!note.diagnostics.is_empty(), "{text}");
    }
}

#[test]
fn a_repeated_key_is_reported_where_it_is_repeated() {
    let text = "---\ntitle: 처음\ntags: 가\ntitle: 나중\n---\n";
    assert_eq!(values(text)["title"], "나중");
    let (line, column, message) = said(text);
    assert_eq!((line, column), (4, 1));
    assert!(message.contains("처음은 2번째 줄"), "{message}");
}

#[test]
fn front_matter_that_is_never_closed() {
    let text = "---\ntitle: 가\n\n본문\n";
    assert_eq!(body(text), text);
    assert_eq!(said(text).0, 1);
}

#[test]
fn front_matter_below_blank_lines() {
    let text = "\n\n---\ntitle: 가\n---\n본문\n";
    assert_eq!(body(text), text);
    assert_eq!(said(text).0, 3);
}

#[test]
fn oversized_front_matter_keeps_its_short_values() {
    let text = format!("---\ntitle: 가\nblob: {}\nprivate: true\n---\n본문\n", "하".repeat(100_000));
    assert_eq!(values(&text)["title"], "가");
    assert_eq!(values(&text)["private"], true);
    assert_eq!(body(&text), "본문\n");
    assert_eq!(said(&text).0, 1);
}

#[test]
fn hostile_front_matter_ends() {
    for open in ["[", "{", "- ", "? ", "\"", "&a ", "*a ", "!", "a: ", "\n ", "\n- ", "\na: [", "\na:\n "] {
        for sign in ["---", "+++"] {
            let text = format!("{sign}\na: {}\n{sign}\n본문", open.repeat(8_000));
            read(&text, "메모.md");
            let text = format!("{sign}\n{}\n{sign}\n본문", open.repeat(8_000));
            read(&text, "메모.md");
        }
    }
    read(&"{\"title\":".repeat(50_000), "메모.md");
}

#[test]
fn endless_json_between_dashes_stays_private() {
    let text = format!("---\n{{\n  \"x\": \"{}\",\n  \"private\": true\n}}\n---\n글\n", "가".repeat(40_000));
    let front_matter = read(&text, "글.md");
    assert_eq!(front_matter.values.get("private"), Some(&serde_json::Value::Bool(true)));
    assert_eq!(text.get(front_matter.body_start..), Some("글\n"));
}
