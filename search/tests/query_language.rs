//! Phrases, exclusions, alternatives and filters.

mod common;

use common::{Note, hits, open, search};

fn garden() -> Vec<Note> {
    let note = |title, tags, sections: &[(&str, &str)]| Note {
        title,
        tags,
        aliases: &[],
        sections: sections.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned())).collect(),
    };
    vec![
        note("캐시 전략", &["데이터/캐시"], &[("", "읽기는 캐시가 먼저 받는다. 쓰기 전략을 고른다.")]),
        note("배포 전략", &["배포"], &[("", "캐시를 비우고 배포한다."), ("되돌리기", "이전 판으로 되돌린다.")]),
        note("전략 게임", &["놀이"], &[("", "배포 이야기가 아니다. 캐시도 나온다.")]),
    ]
}

fn titles(query: &str) -> Vec<String> {
    let mut titles: Vec<String> = search(&open(&garden()), query).hits.into_iter().map(|hit| hit.title).collect();
    titles.dedup();
    titles
}

#[test]
fn a_phrase_has_to_be_there() {
    assert_eq!(titles("\"쓰기 전략\""), ["캐시 전략"]);
    assert_eq!(titles("\"쓰기전략을\""), ["캐시 전략"], "spaces and particles do not matter in it either");
    assert_eq!(titles("\"전략 쓰기\""), Vec::<String>::new());
    assert_eq!(titles("캐시 \"이전 판\""), ["배포 전략"]);
}

#[test]
fn a_minus_takes_sections_out() {
    assert!(titles("캐시").contains(&"전략 게임".to_owned()));
    assert!(!titles("캐시 -이야기").contains(&"전략 게임".to_owned()));
    assert!(!titles("캐시 -\"쓰기 전략\"").contains(&"캐시 전략".to_owned()));
}

#[test]
fn either_of_two_words_will_do() {
    let found = titles("되돌린다 OR 이야기");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&"배포 전략".to_owned()) && found.contains(&"전략 게임".to_owned()));
}

#[test]
fn filters_choose_the_place() {
    assert_eq!(titles("tag:데이터 캐시"), ["캐시 전략"], "a tag has those below it");
    assert_eq!(titles("태그:데이터/캐시"), ["캐시 전략"], "a filter alone lists what it lets through");
    assert_eq!(titles("title:게임 배포"), ["전략 게임"]);
    assert_eq!(titles("제목:전략을 -tag:놀이 -tag:배포"), ["캐시 전략"]);
    assert_eq!(titles("path:note-1 캐시"), ["배포 전략"]);
    assert_eq!(titles("tag:없는것 캐시"), Vec::<String>::new());
    assert_eq!(titles("tag:놀이 OR tag:데이터 캐시").len(), 2, "either of two places");
    assert_eq!(titles("배포 전략 \"이전 판\""), ["배포 전략"], "words beside a phrase");
}

#[test]
fn a_query_that_means_nothing_is_words() {
    assert_eq!(hits("tag: 쿠버네티스")[0], "쿠버네티스 입문");
    assert_eq!(hits("\"쿠버네티스")[0], "쿠버네티스 입문");
    assert_eq!(hits("쿠버네티스 OR")[0], "쿠버네티스 입문");
    assert!(!hits("-쿠버네티스").contains(&"쿠버네티스 입문".to_owned()), "all but what is excluded");
    assert!(hits("-쿠버네티스").contains(&"무중단 배포".to_owned()));
    assert_eq!(hits("분산 -시스템"), ["분산 시스템"], "an option of a command, where nothing else is left");
    assert_eq!(hits("배포 --force")[0], "무중단 배포");
}

#[test]
fn the_better_known_of_two_equal_pages_comes_first() {
    use seoga_search::{Analyzer, BundleBuilder, MemorySource, PageInput, Searcher, SectionInput, Vocabulary};
    let mut analyzer = Analyzer::new(&common::DICTIONARY);
    let mut builder = BundleBuilder::new().unwrap();
    for (url, standing) in [("a.html", 0), ("b.html", 40), ("c.html", 7)] {
        let sections = vec![SectionInput { heading: "", anchor: "", text: "큐와 스택", line: 1 }];
        let page = PageInput { title: "자료 구조", url, path: url, tags: &[], aliases: &[], standing, sections };
        builder.add(analyzer.analyze_page(&page)).unwrap();
    }
    let bundle = builder
        .finish(&Vocabulary::default(), |none, is_term| common::DICTIONARY.cut(analyzer.footprint(), none, is_term))
        .unwrap();
    let searcher = Searcher::open(MemorySource::new(&bundle)).unwrap();
    let urls: Vec<String> = search(&searcher, "스택").hits.into_iter().map(|hit| hit.url).collect();
    assert_eq!(urls, ["b.html", "c.html", "a.html"]);
}
