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
fn an_open_bracket_is_told_of_where_its_key_stands() {
    let (line, column, _) = said("---\ntitle: 캐시\ntags: [가, 나\ndraft: false\n---\n본문\n");
    assert_eq!((line, column), (3, 1));
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

/// How a note that begins so is kept back, and all that is said about it.
fn kept_back(text: &str) -> (bool, bool, Vec<String>) {
    let note = crate::source::note_from_bytes("메모.md", "메모.md", text.as_bytes().to_vec());
    let said = note.diagnostics.iter().map(|diagnostic| diagnostic.to_line(Language::Korean)).collect();
    (note.metadata.draft, note.metadata.visibility == crate::source::Visibility::Private, said)
}

#[test]
fn what_plainly_keeps_a_note_back_does_so_wherever_its_fences_are_and_says_so() {
    let draft = "`draft: true`에 따라 노트는 초안으로 두었습니다";
    for (text, place, words) in [
        ("---\ntitle: 가\ndraft: true\n\n본문\n", "1:1", "닫히지 않아"),
        ("+++\ntitle = \"가\"\ndraft = true\n\n본문\n", "1:1", "닫히지 않아"),
        ("\n---\ntitle: 가\ndraft: true\n---\n본문\n", "2:1", "첫 줄에서 시작하지 않아"),
        ("draft: true\ntitle: 가\n---\n본문\n", "1:1", "여는 `---` 줄이 없어"),
        ("title: 가\ndraft: true\n---\n본문\n", "1:1", "여는 `---` 줄이 없어"),
        ("\n\ndraft: true\ntitle: 가\n---\n본문\n", "3:1", "여는 `---` 줄이 없어"),
        ("draft: true\n\n# 제목\n", "1:1", "여는 `---` 줄이 없어"),
        ("draft:true\n\n# 제목\n", "1:1", "여는 `---` 줄이 없어"),
        ("----\ntitle: 가\ndraft: true\n----\n", "1:1", "`----`(으)로 연 것은"),
        ("—-\ntitle: 가\ndraft: true\n—-\n", "1:1", "`—-`(으)로 연 것은"),
        (" ---\ndraft: true\n---\n", "1:1", "`---`(으)로 연 것은"),
        ("---\n그냥 글\ndraft: true\n---\n", "1:1", "`---`(으)로 연 것은"),
        ("+++\ntitle: 가\ndraft: true\n+++\n", "1:1", "`+++`(으)로 연 것은"),
        ("---\ndraft = true\n---\n", "1:1", "`---`(으)로 연 것은"),
        ("---\n{draft:true}\n---\n", "1:1", "`---`(으)로 연 것은"),
        ("{\n  \"title\": \"가\",\n  \"draft\": true,\n}\n본문\n", "1:1", "JSON front matter를 읽지 못해"),
        ("{\"title\": \"가\", \"draft\": true,}\n본문\n", "1:1", "JSON front matter를 읽지 못해"),
    ] {
        let (is_draft, _, said) = kept_back(text);
        assert!(is_draft, "{text}");
        let [said] = said.as_slice() else { panic!("{text}: {said:?}") };
        assert!(said.starts_with(&format!("메모.md:{place}: warning[front-matter]: ")), "{said}");
        assert!(said.contains(words) && said.contains(draft) && said.contains("도움말: "), "{said}");
    }
    let (_, private, said) = kept_back("publish: false\ntitle: 가\n---\n");
    assert!(private && said.concat().contains("`publish: false`에 따라 노트는 비공개로 두었습니다"), "{said:?}");
    let (_, private, _) = kept_back("---\nprivate: true\nprivate: false\n\n본문\n");
    assert!(private, "said both ways");
}

#[test]
fn a_key_without_a_space_after_its_colon_is_read_and_told_of() {
    for text in [
        "---\ntitle: 가\ndraft:true\n---\n본문\n",
        "---\ndraft:true\ntitle: 가\n---\n본문\n",
        "---\ndraft:true\n---\n본문\n",
    ] {
        assert_eq!(body(text), "본문\n");
        assert_eq!(values(text)["draft"], true, "{text}");
        let (_, _, message) = said(text);
        assert!(message.contains("쌍점(`:`) 뒤에 공백이 없습니다"), "{message}");
        assert!(message.contains("노트는 초안으로 두었습니다"), "{message}");
    }
    let text = "---\ntitle:가\ntags:[나, 다]\n---\n본문\n";
    assert_eq!(values(text), json!({"title": "가", "tags": ["나", "다"]}));
    assert_eq!(said(text).0, 2);
}

#[test]
fn prose_with_colons_is_not_taken_for_front_matter() {
    for text in [
        "private: 접근 제한자\n---\n\n본문\n",
        "참고: 책 한 권\n---\n",
        "date: 어제\n\n본문\n",
        "draft: true 라고 쓰면 초안이 된다\n\n본문\n",
        "본문\n\ndraft: true\n",
    ] {
        assert_eq!(kept_back(text), (false, false, Vec::new()), "{text}");
        assert_eq!(body(text), text);
    }
    let (_, _, said) = kept_back("title: 가\ndate: 2021-06-16\n---\n본문\n");
    assert!(said.concat().contains("여는 `---` 줄이 없어 본문으로 읽었습니다\n"), "nothing was kept back: {said:?}");
}
