use serde_json::json;

use super::*;
use crate::language::Language;
use crate::source::{Note, note_from_bytes};

fn note(front_matter: &str) -> Note {
    note_from_bytes("메모.md", "메모.md", format!("---\n{front_matter}\n---\n본문\n").into_bytes())
}

fn metadata(front_matter: &str) -> Metadata {
    let note = note(front_matter);
    assert_eq!(note.diagnostics, [], "{front_matter}");
    note.metadata
}

/// Diagnostics as a writer reads them.
fn said(front_matter: &str) -> Vec<String> {
    note(front_matter).diagnostics.iter().map(|diagnostic| diagnostic.to_line(Language::Korean)).collect()
}

#[test]
fn a_title_is_what_was_written() {
    for (written, title) in [
        ("로드 밸런서", "로드 밸런서"),
        ("123", "123"),
        ("1.10", "1.10"),
        ("True", "True"),
        ("2021-06-16", "2021-06-16"),
        ("[Java]", "[Java]"),
        ("  '따옴표'  ", "따옴표"),
        ("C# 기초", "C# 기초"),
        ("0x1F", "31"),
        (">\n  접은\n  제목", "접은 제목"),
    ] {
        assert_eq!(metadata(&format!("title: {written}")).title.as_deref(), Some(title), "{written}");
    }
    for nothing in ["", "''", "~", "null", "' '"] {
        assert_eq!(metadata(&format!("title: {nothing}")).title, None, "{nothing}");
    }
    assert_eq!(said("title: {a: 1}").len(), 1);
}

#[test]
fn tags_in_every_shape() {
    for written in [
        "tags: [네트워크, Java]",
        "tags: 네트워크, Java",
        "tags: 네트워크 Java",
        "tags: '#네트워크 #Java'",
        "tag: 네트워크, #Java",
        "tags: [[네트워크], [Java, null]]",
        "tags: [네트워크/, '#Java']",
        "tags: [{name: 네트워크}, {name: Java}]",
        "tags: 네트워크\ntag: Java",
        "tags: ['네트워크, Java']",
    ] {
        let tags: Vec<String> = metadata(written).tags.iter().map(|tag| tag.to_lowercase()).collect();
        assert_eq!(tags, ["네트워크", "java"], "{written}");
    }
    for written in [
        "tags: #네트워크 #Java",
        "tags: #네트워크, #Java # 나중에 #정리",
        "tags:\n  - #네트워크\n  - #Java",
        "tags:\n- 네트워크\n- #Java\nz: #x",
    ] {
        assert_eq!(metadata(written).tags, ["네트워크", "Java"], "{written}");
    }
    assert_eq!(metadata("tags: 네트워크 # 나중에 #정리").tags, ["네트워크"]);
    assert_eq!(metadata("tags: # 나중에 #정리").tags, [""; 0]);
    assert_eq!(metadata("tags: [운영 체제, 인프라/쿠버네티스]").tags, ["운영 체제", "인프라/쿠버네티스"]);
    assert_eq!(metadata("tags: [3.10, 2021, true]").tags, ["3.10", "2021", "true"]);
    assert_eq!(metadata("tags:").tags, [""; 0]);
    assert_eq!(said("tags: [{a: 1}]").len(), 1);
}

#[test]
fn a_tag_twice_is_one_tag_and_told_of_where_it_is_repeated() {
    let note = note("Tags:\n- 네트워크\n- java\n- Java\n- JAVA");
    assert_eq!(note.metadata.tags, ["네트워크", "java"]);
    let [fault] = note.diagnostics.as_slice() else { panic!("{:?}", note.diagnostics) };
    assert_eq!((fault.code, fault.position.line, fault.position.column), ("repeated-item", 5, 3));
}

#[test]
fn categories_and_aliases() {
    assert_eq!(metadata("categories: java spring").categories, ["java", "spring"]);
    assert_eq!(metadata("category: 운영 체제").categories, ["운영 체제"]);
    assert_eq!(metadata("categories: [CS]\ncategory: 네트워크").categories, ["CS", "네트워크"]);
    assert_eq!(metadata("aliases: 로드 밸런서, LB").aliases, ["로드 밸런서", "LB"]);
    assert_eq!(metadata("alias: [/옛/주소/]").aliases, ["/옛/주소/"]);
    assert_eq!(metadata("redirect_from:\n  - /옛/\n  - /더-옛/").redirect_from, ["/옛/", "/더-옛/"]);
}

#[test]
fn dates_under_their_many_names() {
    let shown = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let read = metadata("created: 1643388849397\nupdated: 2022.02.01");
    assert_eq!((shown(read.date), shown(read.updated)), ("2022-01-28".to_owned(), "2022-02-01".to_owned()));
    for key in ["date", "Date", "published", "pubDate", "created", "created_at"] {
        assert_eq!(shown(metadata(&format!("{key}: 2021-06-16")).date), "2021-06-16", "{key}");
    }
    for key in ["updated", "lastmod", "modified", "last_modified_at", "last-modified-at"] {
        assert_eq!(shown(metadata(&format!("{key}: 2021-06-16")).updated), "2021-06-16", "{key}");
    }
    assert_eq!(shown(metadata("created: 2020-01-01\ndate: 2021-06-16").date), "2021-06-16");
}

#[test]
fn a_date_that_is_none_or_half() {
    assert_eq!(
        said("title: 가\ndate: 2021-02-30"),
        [
            "메모.md:3:1: warning[front-matter]: front matter의 `date` 값을 쓸 수 없습니다\n  도움말: 날짜여야 합니다. 예: `2021-06-16`"
        ]
    );
    let note = note("date: 2020-04-05 21:04:76");
    assert_eq!(note.metadata.date, Date::new(2020, 4, 5));
    assert_eq!(note.diagnostics.len(), 1);
    assert_eq!(said("date: {{date}}").len(), 1, "rejected by YAML and no date: said once");
}

#[test]
fn the_file_name_dates_a_note_that_does_not() {
    let note = |text: &str| note_from_bytes("a", "_posts/2021-06-16-첫 글.md", text.as_bytes().to_vec());
    assert_eq!(note("본문").metadata.date, Date::new(2021, 6, 16));
    assert_eq!(note("---\ndate: 2020-01-01\n---\n").metadata.date, Date::new(2020, 1, 1));
}

#[test]
fn what_keeps_a_note_off_the_site() {
    for written in [
        "private: true",
        "비공개: true",
        "공개: 아니오",
        "private: yes",
        "Private: 예",
        "publish: false",
        "published: false",
        "public: 0",
        "publish: no",
        "private: true\npublish: true",
        "publish: true\nprivate: true",
        "published: 2021-06-16\nprivate: '1'",
    ] {
        assert!(metadata(written).is_private(PublishPolicy::All), "{written}");
    }
    for written in [
        "private: false",
        "publish: true",
        "published: 2021-06-16",
        "public:",
        "title: 가",
        "private: ''",
        "published: 1643388849397",
    ] {
        assert!(!metadata(written).is_private(PublishPolicy::All), "{written}");
    }
    for written in ["title: 가", "private: false", "published: 2021-06-16"] {
        assert!(metadata(written).is_private(PublishPolicy::OptIn), "{written}");
    }
    assert!(!metadata("publish: true").is_private(PublishPolicy::OptIn));
    assert_eq!(metadata("published: 2021-06-16").date, Date::new(2021, 6, 16));
}

#[test]
fn what_cannot_be_understood_stays_home() {
    for written in
        ["private: 글쎄", "publish: 나중에", "public: {a: 1}", "private: @나", "private: true\nprivate: false"]
    {
        let note = note(written);
        assert!(note.metadata.is_private(PublishPolicy::All), "{written}");
        assert!(!note.diagnostics.is_empty(), "{written}");
    }
    assert!(note("draft: 아마도").metadata.draft);
}

#[test]
fn drafts() {
    for written in ["draft: true", "draft: 'true'", "draft: yes", "draft: 1", "Draft: True"] {
        let note = note(written);
        assert!(note.metadata.draft && note.is_withheld(PublishPolicy::All, false), "{written}");
        assert!(!note.is_withheld(PublishPolicy::All, true), "{written}");
    }
    assert!(note("draft: true\nprivate: true").is_withheld(PublishPolicy::All, true));
    assert!(!metadata("draft: false").draft);
}

#[test]
fn the_rest_of_the_keys() {
    let read = metadata(
        "summary: 한 줄\npermalink: /a/b/\nnav_order: 1.5\nlang: en\ntoc: false\ntoc_depth: 4\nlayout: wiki\n\
         cover: {image: a.png}\nauthor: [홍길동, {name: 김철수}]\nseries: [쿠버네티스]\nshowOnSidebar: false\n\
         sidebarDepth: 0\ncssclass: wide dark\nkeywords: 캐시, CDN\nhead: [[meta]]\nresource: X/Y",
    );
    assert_eq!(
        read,
        Metadata {
            description: Some("한 줄".to_owned()),
            permalink: Some("/a/b/".to_owned()),
            weight: Some(1.5),
            lang: Some("en".to_owned()),
            toc: Some(false),
            toc_depth: Some(4),
            layout: Some("wiki".to_owned()),
            cover: Some("a.png".to_owned()),
            authors: vec!["홍길동".to_owned(), "김철수".to_owned()],
            series: vec!["쿠버네티스".to_owned()],
            show_on_sidebar: Some(false),
            sidebar_depth: Some(0),
            css_classes: vec!["wide".to_owned(), "dark".to_owned()],
            keywords: vec!["캐시".to_owned(), "CDN".to_owned()],
            extra: json!({"head": [["meta"]], "resource": "X/Y"}).as_object().cloned().unwrap(),
            ..Metadata::default()
        }
    );
}

#[test]
fn lost_meanings_are_reported_on_their_line() {
    assert_eq!(
        said("title: 가\nweight: 무거움\ntoc: 글쎄"),
        [
            "메모.md:3:1: warning[front-matter]: front matter의 `weight` 값을 쓸 수 없습니다\n  도움말: 숫자여야 합니다",
            "메모.md:4:1: warning[front-matter]: front matter의 `toc` 값을 쓸 수 없습니다\n  도움말: `true`나 `false`여야 합니다"
        ]
    );
    assert_eq!(said("permalink: ../밖").len(), 1);
}

#[test]
fn a_misspelt_key_is_told_of_and_keeps_back_what_it_was_to_keep_back() {
    assert_eq!(
        said("titel: 가\n날짜: 어제\ndata: 3"),
        ["메모.md:2:1: warning[front-matter]: `titel`: 모르는 키입니다\n  도움말: 혹시 `title`?"]
    );
    let draft = note("title: 가\ndrfat: true");
    assert!(draft.metadata.draft);
    assert_eq!(
        said("title: 가\ndrfat: true"),
        [
            "메모.md:3:1: warning[front-matter]: `drfat`: 모르는 키이지만 `draft`인 듯하여 안전하게 노트를 초안으로 두었습니다\n  도움말: 혹시 `draft`?"
        ]
    );
    assert_eq!(note("pubilsh: false").metadata.visibility, Visibility::Private);
    assert_eq!(note("pubilsh: true").metadata.visibility, Visibility::Unsaid);
}
