//! Words of a site's own: its dictionary, the names of its notes, what the notes say in two languages or use again and
//! again.

#![allow(clippy::unwrap_used, reason = "a test may assume what it expects")]

mod common;

use common::Site;
use seoga_search::{Contents, FolderSource};

/// The title of the first hit, or the note of the answer where nothing is found.
fn first(site: &Site, query: &str) -> String {
    let run = site.run(&["search", "--json", query]);
    let answer = &run.json_lines()[0];
    answer["hits"][0]["title"].as_str().unwrap_or("없음").to_owned()
}

/// The words and entries that the published index carries.
fn vocabulary(site: &Site) -> String {
    let index = Contents::open(FolderSource::new(site.output().join("search-index"))).unwrap();
    index.vocabulary().unwrap().to_text()
}

#[test]
fn the_sites_dictionary_gives_words_and_what_means_the_same() {
    let site = Site::of(&[
        ("content/부하.md", "# 부하를 나누는 일\n\n흑두루미로드는 요청을 나눈다. 두루미 길은 셋이다.\n"),
        ("content/다른 것.md", "# 다른 것\n\n길을 나눈다.\n"),
    ]);
    site.built();
    assert_eq!(first(&site, "HDL"), "없음");
    site.add("dictionary.csv", "# 우리 팀의 말\n흑두루미 로드,HDL,분배 학\n");
    site.built();
    for query in ["HDL", "hdl을", "분배 학", "분배학", "흑두루미", "흑두루미로드에서는", "흑두루미 로드"]
    {
        assert_eq!(first(&site, query), "부하를 나누는 일", "{query}");
    }
    let index = vocabulary(&site);
    assert!(index.contains("흑두루미 로드,HDL,분배 학"), "{index}");
}

#[test]
fn a_dictionary_says_nothing_of_what_no_note_has() {
    let site = Site::of(&[("content/글.md", "# 글\n\n아침에 걸었다.\n")]);
    site.add("dictionary.csv", "새벽 기러기,비밀 사업\n");
    site.built();
    let index = vocabulary(&site);
    assert!(!index.contains("기러기") && !index.contains("비밀"), "{index}");
}

#[test]
fn glosses_and_words_side_by_side_work_in_both_languages() {
    let site = Site::of(&[
        ("content/가.md", "# 저녁 일기\n\n**두루미 배치**(Crane Placement)는 자리를 정한다.\n"),
        ("content/나.md", "# 나\n\n흐노바티스 Hnovatis 이야기.\n"),
        ("content/다.md", "# 다\n\n딴 이야기.\n"),
    ]);
    site.built();
    assert_eq!(first(&site, "두루미배치"), "저녁 일기");
    assert_eq!(first(&site, "crane placement"), "저녁 일기");
    assert_eq!(first(&site, "흐노바티스"), "나");
    let run = site.run(&["search", "--json", "hnovatis"]);
    assert_eq!(run.json_lines()[0]["hits"][0]["title"], "나", "{run}");
}

#[test]
fn a_word_that_the_notes_use_again_and_again_is_one() {
    let text = "하이퍼렛저를 쓴다. 하이퍼렛저는 빠르다. 하이퍼렛저의 길. 하이퍼렛저에서 본다. 하이퍼렛저 이야기.\n";
    let site =
        Site::of(&[("content/가.md", &format!("# 가\n\n{text}")), ("content/나.md", "# 나\n\n렛저 장부는 다르다.\n")]);
    site.built();
    let index = vocabulary(&site);
    assert!(index.lines().any(|line| line == "하이퍼렛저"), "{index}");
    assert_eq!(first(&site, "하이퍼렛저로"), "가");
}
