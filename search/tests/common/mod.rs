//! A small library of notes, indexed in memory.
// Each test file uses its share of this, and a test may assume what it expects.
#![allow(dead_code, clippy::unwrap_used)]

use std::sync::LazyLock;

use seoga_search::vocabulary::Word;
use seoga_search::{
    Analyzer, Answer, Bundle, BundleBuilder, Dictionary, MemorySource, PageInput, SearchOptions, Searcher,
    SectionInput, Vocabulary,
};

pub static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::embedded().unwrap());

pub struct Note {
    pub title: &'static str,
    pub tags: &'static [&'static str],
    pub aliases: &'static [&'static str],
    /// Heading and text.
    pub sections: Vec<(String, String)>,
}

fn note(
    title: &'static str,
    tags: &'static [&'static str],
    aliases: &'static [&'static str],
    sections: &[(&str, &str)],
) -> Note {
    let sections = sections.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned())).collect();
    Note { title, tags, aliases, sections }
}

pub fn notes() -> Vec<Note> {
    vec![
        note(
            "쿠버네티스 입문",
            &["오케스트레이션"],
            &["k8s"],
            &[
                ("", "컨테이너를 여러 서버에 나누어 띄우고 돌본다."),
                ("배포 전략", "새 판을 조금씩 내보내면서 상태를 살핀다."),
            ],
        ),
        note(
            "무중단 배포",
            &[],
            &[],
            &[
                ("", "멈추지 않고 새 판으로 바꾸는 무중단 배포에는 블루그린과 카나리가 있다."),
                ("도구", "쿠버네티스로도 할 수 있다."),
            ],
        ),
        note("로드밸런서", &[], &[], &[("", "로드밸런서가 요청을 나눈다."), ("장애 대비", "두 대를 두어 이중화한다.")]),
        note("메세지 브로커", &[], &[], &[("", "메세지 브로커가 사이에서 받아 둔다.")]),
        note(
            "데이터베이스 인덱스",
            &[],
            &[],
            &[("", "데이터베이스가 책의 색인처럼 찾아가는 길을 따로 둔다."), ("B 트리", "균형을 지키는 나무다.")],
        ),
        note("gRPC와 HTTP/2", &[], &[], &[("", "gRPC는 HTTP/2 위에서 스트림을 쓴다.")]),
        note("언어 비교", &[], &[], &[("", "C++와 node.js를 견준다. 벡터<script>alert(1)</script>의 크기.")]),
        note("분산 시스템", &[], &[], &[("", "여러 기계가 하나처럼 움직인다.")]),
        note("웹 가속", &[], &[], &[("", "자주 쓰는 응답을 캐시에 넣고 다시 쓴다.")]),
    ]
}

pub fn bundle(notes: &[Note]) -> Bundle {
    let vocabulary = Vocabulary::shipped();
    let dictionary = DICTIONARY.with(&vocabulary).unwrap();
    let mut analyzer = Analyzer::new(&dictionary);
    let mut builder = BundleBuilder::new().unwrap();
    for (number, note) in notes.iter().enumerate() {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<String>>();
        let (tags, aliases) = (owned(note.tags), owned(note.aliases));
        let (url, path) = (format!("note-{number}.html"), format!("note-{number}.md"));
        let sections = note
            .sections
            .iter()
            .map(|(heading, text)| SectionInput { heading, anchor: heading, text, line: 0 })
            .collect();
        let page = PageInput {
            title: note.title,
            url: &url,
            path: &path,
            tags: &tags,
            aliases: &aliases,
            standing: 0,
            sections,
        };
        builder.add(analyzer.analyze_page(&page)).unwrap();
    }
    let words = analyzer.words_in_use().map(Word::to_line).collect();
    let cut = |vocabulary: &Vocabulary, is_term: &dyn Fn(&str) -> bool| {
        dictionary.cut(analyzer.footprint(), vocabulary, is_term)
    };
    builder.finish(&Vocabulary { words, ..vocabulary }, cut).unwrap()
}

pub fn open(notes: &[Note]) -> Searcher {
    Searcher::open(MemorySource::new(&bundle(notes))).unwrap()
}

pub fn library() -> Searcher {
    open(&notes())
}

pub fn search(searcher: &Searcher, query: &str) -> Answer {
    searcher.search(query, &SearchOptions::default()).unwrap()
}

/// The hits of a query in the small library: page, or page › heading.
pub fn hits(query: &str) -> Vec<String> {
    search(&library(), query)
        .hits
        .into_iter()
        .map(|hit| if hit.heading.is_empty() { hit.title } else { format!("{} › {}", hit.title, hit.heading) })
        .collect()
}
