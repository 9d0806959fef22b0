//! The part of ko-dic that a bundle carries cuts queries as all of ko-dic cut the notes.

#![allow(clippy::unwrap_used, reason = "a test may assume what it expects")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::DICTIONARY;
use seoga_search::vocabulary::Word;
use seoga_search::{Analyzer, Dictionary, Footprint, Vocabulary};

/// The text of all sample notes.
fn notes() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    assert!(files.len() > 10);
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

fn terms(analyzer: &mut Analyzer, text: &str) -> Vec<(String, usize, usize, u32)> {
    let mut found = Vec::new();
    analyzer.terms(text, |term| found.push((term.text.to_owned(), term.start, term.end, term.position)));
    found
}

struct Site {
    full: Analyzer,
    cut: Analyzer,
    bytes: Vec<u8>,
    terms: BTreeSet<String>,
}

/// All of ko-dic and what is left of it for these notes, both with the words that the notes use.
fn site(notes: &[String], analyzers: usize) -> Site {
    let shipped = Vocabulary::shipped();
    let with = DICTIONARY.with(&shipped).unwrap();
    let mut footprint = Footprint::default();
    let (mut words, mut all) = (BTreeSet::new(), BTreeSet::new());
    for share in notes.chunks(notes.len().div_ceil(analyzers)) {
        let mut analyzer = Analyzer::new(&with);
        for note in share {
            analyzer.terms(note, |term| {
                all.insert(term.text.to_owned());
            });
        }
        footprint.merge(analyzer.footprint());
        words.extend(analyzer.words_in_use().map(Word::to_line));
    }
    let vocabulary = Vocabulary { words: words.into_iter().collect(), entries: Vec::new() };
    let bytes = with.cut(&footprint, &vocabulary, &|term| all.contains(term));
    let cut = Dictionary::from_cut(&bytes).unwrap().with(&vocabulary).unwrap();
    let full = DICTIONARY.with(&vocabulary).unwrap();
    Site { full: Analyzer::new(&full), cut: Analyzer::new(&cut), bytes, terms: all }
}

#[test]
fn every_word_of_the_notes_is_cut_as_the_build_cut_it() {
    let notes = notes();
    let mut site = site(&notes, 1);
    for word in notes.iter().flat_map(|note| note.split_whitespace()) {
        assert_eq!(terms(&mut site.cut, word), terms(&mut site.full, word), "{word}");
    }
    assert!(site.bytes.len() < 38_000, "{} bytes", site.bytes.len());
}

#[test]
fn particles_and_endings_that_the_notes_lack_are_known() {
    let notes = ["쿠버네티스에 배포한다. 서버를 이중화했다. 데이터베이스의 인덱스.".to_owned()];
    let mut site = site(&notes, 1);
    for query in [
        "쿠버네티스에서는",
        "쿠버네티스로부터",
        "배포했었다",
        "배포하려고",
        "이중화하면",
        "서버들에게",
        "데이터베이스까지도",
    ] {
        let matching = |analyzer: &mut Analyzer| {
            let found = terms(analyzer, query).into_iter().map(|term| term.0);
            found.filter(|term| site.terms.contains(term)).collect::<BTreeSet<String>>()
        };
        let expected = matching(&mut site.full);
        assert!(!expected.is_empty(), "{query}");
        assert_eq!(matching(&mut site.cut), expected, "{query}");
    }
}

#[test]
fn a_word_that_the_notes_lack_does_not_become_its_fragments() {
    let notes = ["로드 밸런서가 요청을 나눈다. 이 책의 가격은 비싸다. 개를 보았다. 호수와 숲. 전파를 이동시킨다. \
         사이드 메뉴와 다음 스텝. 타임 아웃과 리프 노드. 비트 연산과 코인 세탁."
        .to_owned()];
    let mut site = site(&notes, 1);
    for query in [
        "페이로드",
        "호랑이",
        "개나리",
        "가교",
        "사이드스텝",
        "사이드스텝을",
        "사이드스텝에서는",
        "사이드스텝하기",
        "타임리프를",
        "비트코인은",
    ] {
        let found = terms(&mut site.cut, query);
        let fragments: Vec<_> = found.iter().filter(|term| site.terms.contains(&term.0)).collect();
        assert!(fragments.is_empty(), "{query}: {fragments:?}");
    }
}

#[test]
fn a_noun_that_the_notes_cut_up_is_still_found_where_it_stands() {
    let notes =
        ["고양 이야기. 고양이야말로 고양의 이름이다. 세도 없이 산다. 나라도 가고 나도 간다. 이동전파가 왔다."
            .to_owned()];
    let mut site = site(&notes, 1);
    for word in notes[0].split_whitespace() {
        assert_eq!(terms(&mut site.cut, word), terms(&mut site.full, word), "{word}");
    }
}

#[test]
fn the_dictionary_depends_neither_on_the_number_of_analysers_nor_on_chance() {
    let notes = notes();
    let one = site(&notes, 1).bytes;
    assert!(one == site(&notes, 1).bytes);
    assert!(one == site(&notes, 3).bytes);
}

#[test]
fn damaged_bytes_are_refused_or_read_and_never_end_the_program() {
    let bytes = site(&notes()[..3], 1).bytes;
    assert!(Dictionary::from_cut(&[]).is_err());
    assert!(Dictionary::from_cut(&bytes[..bytes.len() / 2]).is_err());
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        if let Ok(dictionary) = Dictionary::from_cut(&damaged) {
            terms(&mut Analyzer::new(&dictionary), "쿠버네티스를 배포했다");
        }
    }
}
