//! What a reader types and finds, over a few notes written for these tests.

mod common;

use common::{Note, hits, library, search};

fn first(query: &str) -> String {
    hits(query).into_iter().next().unwrap_or_default()
}

#[test]
fn a_particle_does_not_hide_a_word() {
    for query in ["쿠버네티스", "쿠버네티스를", "쿠버네티스에서는", "쿠버네티스의"] {
        assert_eq!(first(query), "쿠버네티스 입문", "{query}");
    }
}

#[test]
fn verbs_and_nouns_with_endings_meet() {
    for query in ["배포하는", "배포했다", "배포"] {
        assert_eq!(first(query), "무중단 배포", "{query}");
    }
    for query in ["이중화했다", "이중화"] {
        assert_eq!(first(query), "로드밸런서 › 장애 대비", "{query}");
    }
}

#[test]
fn spaces_may_be_left_out_or_put_in() {
    assert_eq!(first("무중단배포"), "무중단 배포");
    assert_eq!(first("무중단 배포"), "무중단 배포");
    assert_eq!(first("로드 밸런서"), "로드밸런서");
    assert_eq!(first("메세지브로커").as_str(), "메세지 브로커");
}

#[test]
fn a_part_of_a_compound_finds_it() {
    assert_eq!(first("베이스"), "데이터베이스 인덱스");
    assert_eq!(first("데이터 베이스"), "데이터베이스 인덱스");
}

#[test]
fn names_of_code_are_found_whole_and_in_parts() {
    for (query, page) in [
        ("gRPC", "gRPC와 HTTP/2"),
        ("grpc", "gRPC와 HTTP/2"),
        ("rpc", "gRPC와 HTTP/2"),
        ("HTTP/2", "gRPC와 HTTP/2"),
        ("http2", "gRPC와 HTTP/2"),
        ("C++", "언어 비교"),
        ("nodejs", "언어 비교"),
        ("node.js", "언어 비교"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
}

#[test]
fn hanja_width_and_decomposed_hangul_are_the_same_word() {
    assert_eq!(first("分散"), "분산 시스템");
    assert_eq!(first("ＨＴＴＰ"), "gRPC와 HTTP/2");
    assert_eq!(first("\u{1107}\u{116e}\u{11ab}\u{1109}\u{1161}\u{11ab}"), "분산 시스템");
}

#[test]
fn all_words_come_first_and_a_missing_word_empties_nothing() {
    assert_eq!(first("쿠버네티스 배포"), "쿠버네티스 입문 › 배포 전략");
    assert_eq!(first("쿠버네티스 뷁뷁뷁"), "쿠버네티스 입문");
}

#[test]
fn a_fragment_of_an_unknown_word_is_not_a_match() {
    assert_eq!(hits("페이로드"), Vec::<String>::new());
}

#[test]
fn a_title_beats_a_mention_and_the_top_of_the_page_comes_first() {
    assert_eq!(hits("쿠버네티스")[0], "쿠버네티스 입문");
    assert!(hits("쿠버네티스").contains(&"무중단 배포 › 도구".to_owned()));
}

#[test]
fn an_alias_and_a_tag_find_the_note() {
    assert_eq!(first("k8s"), "쿠버네티스 입문");
    assert_eq!(first("오케스트레이션"), "쿠버네티스 입문");
}

#[test]
fn one_page_does_not_fill_the_list() {
    let sections: Vec<(String, String)> =
        (0..20).map(|number| (format!("캐시 {number}"), "캐시를 비우는 방법".to_owned())).collect();
    let long = Note { title: "캐시의 모든 것", tags: &[], aliases: &[], sections };
    let short = Note {
        title: "브라우저",
        tags: &[],
        aliases: &[],
        sections: vec![(String::new(), "브라우저에도 캐시가 있다.".to_owned())],
    };
    let searcher = common::open(&[long, short]);
    let pages: Vec<String> = search(&searcher, "캐시").hits.into_iter().map(|hit| hit.title).collect();
    assert_eq!(pages.iter().position(|title| title == "브라우저"), Some(3), "{pages:?}");
    assert_eq!(pages.len(), 10, "what room is left is filled");
}

#[test]
fn a_snippet_marks_the_word_without_its_particle_and_escapes_the_rest() {
    let searcher = library();
    let snippet = |searcher: &_, query| search(searcher, query).hits[0].snippet.clone();
    assert!(snippet(&searcher, "캐시").contains("응답을 <mark>캐시</mark>에 넣고"));
    assert!(snippet(&searcher, "데이터베이스 색인").contains("<mark>데이터베이스</mark>가"));
    let escaped = snippet(&searcher, "벡터");
    assert!(escaped.contains("&lt;script&gt;") && !escaped.contains("<script>"), "{escaped}");
}

#[test]
fn no_query_is_an_error() {
    let searcher = library();
    let hostile = [
        "",
        " ",
        "\"",
        "AND OR NOT",
        "((((",
        "tag:",
        "*",
        "\\",
        "-",
        "\u{0}",
        "ㅋㅋㅋ",
        "🙂",
        "\u{1161}\u{11ab}",
        "+++---",
    ];
    for query in hostile {
        search(&searcher, query);
    }
    search(&searcher, &"가나다라마바사".repeat(10_000));
    search(&searcher, &"a.b ".repeat(50_000));
    for query in ["", "   ", "!?", "…"] {
        assert!(search(&searcher, query).hits.is_empty(), "{query}");
    }
}
