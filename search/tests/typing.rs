//! What a reader types halfway, wrongly or in another way, and what the answer says about it.

mod common;

use common::{hits, library, search};
use seoga_search::{CorrectionKind, Found, Language};

fn first(query: &str) -> String {
    hits(query).into_iter().next().unwrap_or_default()
}

/// What the answer says, in Korean.
fn note(query: &str) -> String {
    search(&library(), query).note(Language::Korean).unwrap_or_default()
}

#[test]
fn a_half_typed_word_is_found_at_every_key() {
    for (query, page) in [
        ("쿠", "쿠버네티스 입문"),
        ("쿠ㅂ", "쿠버네티스 입문"),
        ("쿠버", "쿠버네티스 입문"),
        ("쿠번", "쿠버네티스 입문"),
        ("쿠버네ㅌ", "쿠버네티스 입문"),
        ("쿠버네티ㅅ", "쿠버네티스 입문"),
        ("쿠벌", "쿠버네티스 입문"),
        ("무중다", "무중단 배포"),
        ("무중단 배ㅍ", "무중단 배포"),
        ("grp", "gRPC와 HTTP/2"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert_eq!(note("쿠버네ㅌ"), "", "to be typed on is no mistake");
}

#[test]
fn initials_are_found_with_and_without_spaces() {
    for (query, page) in [
        ("ㅋㅂㄴㅌㅅ", "쿠버네티스 입문"),
        ("ㅁㅈㄷㅂㅍ", "무중단 배포"),
        ("ㅁㅈㄷ ㅂㅍ", "무중단 배포"),
        ("ㄹㄷㅂㄹㅅ", "로드밸런서"),
        ("ㄷㅇㅌㅂㅇㅅ ㅇㄷㅅ", "데이터베이스 인덱스"),
        ("ㅇㄷㅅ", "데이터베이스 인덱스"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert!(note("ㅋㅂㄴㅌㅅ").contains("쿠버네티스"), "{}", note("ㅋㅂㄴㅌㅅ"));
}

#[test]
fn the_other_layout_is_understood_both_ways_and_said() {
    for (query, page) in [
        ("znqjspxltm", "쿠버네티스 입문"),
        ("anwndeks qovh", "무중단 배포"),
        ("znqjspxltm fmf", "쿠버네티스 입문"),
        ("ㅎ겣", "gRPC와 HTTP/2"),
        ("ㅜㅐㅇㄷ", "언어 비교"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert_eq!(note("znqjspxltm"), "‘znqjspxltm’ → ‘쿠버네티스’로 찾음");
    assert_eq!(
        search(&library(), "znqjspxltm").note(Language::English).as_deref(),
        Some("‘znqjspxltm’: showing results for ‘쿠버네티스’")
    );
}

#[test]
fn a_slip_in_a_word_of_consonants_is_no_other_layout() {
    let mut notes = common::notes();
    notes.push(common::Note {
        title: "해외 글 모음",
        tags: &[],
        aliases: &[],
        sections: vec![(String::new(), "Spring과 system에 관한 영어 글이 있다. 네가지 든든한 글.".to_owned())],
    });
    for (query, meant) in [("sprng", "spring"), ("sytem", "system")] {
        let answer = search(&common::open(&notes), query);
        assert_eq!(answer.hits[0].title, "해외 글 모음", "{query}");
        assert_eq!(answer.corrections[0].found, [meant], "{query}");
    }
}

#[test]
fn a_slip_finds_the_nearest_word_and_says_so() {
    for (query, page) in [
        ("쿠버네티즈", "쿠버네티스 입문"),
        ("쿠버네디스", "쿠버네티스 입문"),
        ("쿠번에티스", "쿠버네티스 입문"),
        ("쿠버네티를", "쿠버네티스 입문"),
        ("무중단 베포", "무중단 배포"),
        ("로드벨런서", "로드밸런서"),
        ("kuberntes", "쿠버네티스 입문"),
        ("데이타베이스", "데이터베이스 인덱스"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert_eq!(note("쿠버네디스"), "‘쿠버네디스’ → ‘쿠버네티스’로 찾음");
    assert!(search(&library(), "쿠버네디스").hits.iter().all(|hit| hit.found == Found::Expanded));
}

#[test]
fn a_word_that_is_there_is_not_corrected() {
    let answer = search(&library(), "배포");
    assert!(
        answer.corrections.iter().all(|correction| correction.kind != CorrectionKind::Slip),
        "{:?}",
        answer.corrections
    );
    assert_eq!(answer.hits[0].found, Found::Typed);
}

#[test]
fn other_spellings_of_a_loanword_find_it() {
    for (query, page) in [
        ("메시지", "메세지 브로커"),
        ("캐쉬", "웹 가속"),
        ("쿠버네티즈", "쿠버네티스 입문"),
        ("데이타", "데이터베이스 인덱스"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert_eq!(note("캐쉬"), "‘캐쉬’ → ‘캐시’로 찾음");
}

#[test]
fn the_other_language_finds_it_and_ranks_below_what_was_typed() {
    for (query, page) in [
        ("kubernetes", "쿠버네티스 입문"),
        ("load balancer", "로드밸런서"),
        ("zero downtime deployment", "무중단 배포"),
        ("로드밸런서를", "로드밸런서"),
        ("distributed system", "분산 시스템"),
        ("지알피씨", "gRPC와 HTTP/2"),
    ] {
        assert_eq!(first(query), page, "{query}");
    }
    assert!(note("kubernetes").contains("쿠버네티스"), "{}", note("kubernetes"));
    let mut notes = common::notes();
    notes.push(common::Note {
        title: "해외 글 모음",
        tags: &[],
        aliases: &[],
        sections: vec![(String::new(), "Kubernetes에 관한 영어 글이 있다.".to_owned())],
    });
    let answer = search(&common::open(&notes), "kubernetes");
    let found: Vec<(&str, bool)> =
        answer.hits.iter().map(|hit| (hit.title.as_str(), hit.found == Found::Expanded)).collect();
    assert_eq!(found[0], ("해외 글 모음", false), "{found:?}");
    assert!(found.contains(&("쿠버네티스 입문", true)), "{found:?}");
}

#[test]
fn a_word_that_no_note_has_is_named_beside_what_was_found() {
    assert_eq!(note("쿠버네티스 호랑이"), "노트에 없는 말: ‘호랑이’");
    assert_eq!(first("쿠버네티스 호랑이"), "쿠버네티스 입문");
    assert_eq!(search(&library(), "쿠버네티스 호랑이").hits[0].found, Found::Some);
    assert_eq!(first("무중단호랑이"), "무중단 배포", "also where no space was set");
    assert_eq!(note("호랑이"), "", "nothing found says enough");
}

#[test]
fn what_the_dictionary_cuts_to_pieces_is_not_taken_for_those() {
    // 업데이츠 is no form of 없다, and 거래 not only one of 걸다.
    assert_eq!(hits("업데이츠"), Vec::<String>::new());
}
