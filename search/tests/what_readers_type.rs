//! Every kind of query that readers type, each with what it should find first.

mod common;

use common::{Note, open, search};

/// Title and text of small notes.
const NOTES: [(&str, &str); 21] = [
    ("쿠버네티스 입문", "쿠버네티스가 컨테이너를 돌본다."),
    ("무중단 배포", "멈추지 않고 무중단 배포를 한다."),
    ("장애 대비", "서버를 이중화한다."),
    ("로드밸런서", "로드밸런서가 요청을 나눈다."),
    ("메시지 큐", "메시지 큐가 사이에서 받아 둔다."),
    ("데이터베이스", "데이터베이스에 적어 둔다."),
    ("정보검색", "정보검색은 찾아 주는 일이다."),
    ("웹 가속", "캐시를 둔다."),
    ("리눅스", "디렉터리를 만든다."),
    ("도메인 주도 설계(Domain Driven Design)", "업무의 말로 짠다."),
    ("트래픽 나누기", "load balancing을 영어 글로 배운다."),
    ("네트워크 도구", "kube-proxy가 규칙을 쓴다."),
    ("원격 호출", "gRPC는 HTTP/2를 쓴다."),
    ("자동화", "CI/CD를 꾸민다."),
    ("언어", "C++로 짠다."),
    ("런타임", "node.js로 돌린다."),
    ("버전 관리", "git rebase로 다듬는다."),
    ("계층", "L4에서 나눈다."),
    ("분산 시스템", "여러 대가 함께 일한다."),
    ("창구", "API를 연다."),
    ("용량", "메모리는 32GB, 응답은 10ms, 판은 v1.2.3이다. 서버는 3대다."),
];

#[test]
fn every_kind_of_query_finds_its_note_first() {
    let notes: Vec<Note> = NOTES
        .iter()
        .map(|&(title, text)| Note { title, tags: &[], aliases: &[], sections: vec![(String::new(), text.to_owned())] })
        .collect();
    let searcher = open(&notes);
    let cases = [
        // Particles and endings.
        ("쿠버네티스를", "쿠버네티스 입문"),
        ("배포하는", "무중단 배포"),
        ("배포했다", "무중단 배포"),
        ("이중화했다", "장애 대비"),
        // Spaces.
        ("무중단배포", "무중단 배포"),
        ("로드 밸런서", "로드밸런서"),
        ("메시지큐", "메시지 큐"),
        ("쿠버 네티스", "쿠버네티스 입문"),
        // Parts of compounds.
        ("베이스", "데이터베이스"),
        ("검색", "정보검색"),
        // Spellings of loanwords.
        ("메세지", "메시지 큐"),
        ("캐쉬", "웹 가속"),
        ("디렉토리", "리눅스"),
        // The other language.
        ("kubernetes", "쿠버네티스 입문"),
        ("DDD", "도메인 주도 설계(Domain Driven Design)"),
        ("로드밸런싱", "트래픽 나누기"),
        // Initials.
        ("ㅋㅂㄴㅌㅅ", "쿠버네티스 입문"),
        ("ㄹㄷㅂㄹㅅ", "로드밸런서"),
        // Half-typed.
        ("쿠버네ㅌ", "쿠버네티스 입문"),
        ("쿠벌", "쿠버네티스 입문"),
        ("kuber", "쿠버네티스 입문"),
        // The keyboard left in the other layout.
        ("znqjspxltm", "쿠버네티스 입문"),
        ("ㅏㅕㅠㄷ", "네트워크 도구"),
        // Slips.
        ("쿠버네티즈", "쿠버네티스 입문"),
        ("쿠버네디스", "쿠버네티스 입문"),
        ("kuberntes", "쿠버네티스 입문"),
        // Names of code.
        ("gRPC", "원격 호출"),
        ("CI/CD", "자동화"),
        ("cicd", "자동화"),
        ("C++", "언어"),
        ("node.js", "런타임"),
        ("HTTP/2", "원격 호출"),
        ("`git rebase`", "버전 관리"),
        ("L4", "계층"),
        // Numbers, units and versions.
        ("32GB", "용량"),
        ("10ms", "용량"),
        ("v1.2.3", "용량"),
        ("1.2.3", "용량"),
        ("3대", "용량"),
        // Hanja, width, decomposed Hangul.
        ("分散", "분산 시스템"),
        ("ＡＰＩ", "창구"),
        ("\u{110f}\u{116e}\u{1107}\u{1165}\u{1102}\u{1166}\u{1110}\u{1175}\u{1109}\u{1173}", "쿠버네티스 입문"),
    ];
    let missed: Vec<String> = cases
        .iter()
        .filter_map(|&(query, page)| {
            let found = search(&searcher, query).hits.into_iter().next().map(|hit| hit.title).unwrap_or_default();
            (found != page).then(|| format!("{query} → {found}, not {page}"))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}
