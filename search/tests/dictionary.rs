//! ko-dic is whole, and its words are cut as they should be.

mod common;

use common::DICTIONARY;
use seoga_search::Analyzer;
use seoga_search::analysis::TermKind;

fn terms(text: &str) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    Analyzer::new(&DICTIONARY).terms(text, |term| found.push((term.text.to_owned(), term.position)));
    found
}

fn wholes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    Analyzer::new(&DICTIONARY).terms(text, |term| {
        if term.kind == TermKind::Whole {
            found.push(term.text.to_owned());
        }
    });
    found
}

#[test]
fn the_dictionary_is_whole() {
    assert_eq!(DICTIONARY.entries(), 816_283);
    assert_eq!(DICTIONARY.matrix_size(), (3_822, 2_693));
}

#[test]
fn the_packed_file_is_the_one_that_the_readme_describes() {
    let pack = include_bytes!("../dictionary/ko-dic.pack");
    let readme = include_str!("../dictionary/README.md");
    assert!(readme.contains(&format!("{:08x}", crc32fast::hash(pack))));
    assert!(pack.len() < 10 << 20);
}

#[test]
fn particles_and_endings_are_left_out() {
    assert_eq!(wholes("서버들을 배포했다"), ["서버", "배포"]);
    assert_eq!(wholes("도와주는 사람이 만들어서"), ["돕다", "사람", "만들다"]);
    assert_eq!(wholes("그것은 이것이다"), Vec::<String>::new());
}

#[test]
fn words_that_stand_alone_are_cut_as_in_a_sentence() {
    for word in ["객체", "파일", "메서드", "예제", "함수", "컨테이너", "인터페이스", "쓰레드"] {
        for particle in ["", "의", "에서는", "들을", "까지", "에"] {
            assert_eq!(wholes(&format!("{word}{particle}")), [word], "{word}{particle}");
        }
    }
}

#[test]
fn unknown_words_meet_with_and_without_a_particle() {
    let words =
        ["쿠버네티스", "로드밸런서", "그라파나", "마이그레이션", "인그레스", "마이크로서비스", "캐싱", "프로메테우스"];
    for word in words {
        let last = word.chars().next_back().unwrap_or(' ') as u32 - '가' as u32;
        let particles: &[&str] =
            if last.is_multiple_of(28) { &["를", "는", "가", "와"] } else { &["을", "은", "이", "과"] };
        let alone = wholes(word);
        assert!(alone.contains(&word.to_owned()), "{word}: {alone:?}");
        for particle in particles.iter().chain(&["에서", "의", "도", "에서는"]) {
            let with = wholes(&format!("{word}{particle}"));
            assert!(with.contains(&word.to_owned()), "{word}{particle}: {with:?}");
        }
    }
}

#[test]
fn a_word_of_the_vocabulary_is_cut_as_a_noun_and_beats_its_fragments() {
    let with = DICTIONARY.with(&seoga_search::Vocabulary::shipped()).unwrap();
    for word in ["함수형", "기본값"] {
        let mut found = Vec::new();
        Analyzer::new(&with).terms(&format!("{word}을"), |term| found.push(term.text.to_owned()));
        assert_eq!(found, [word]);
    }
}

#[test]
fn positions_count_the_smallest_pieces() {
    let expected = [("데이터베이스", 0), ("데이터", 0), ("베이스", 1), ("인덱스", 2)];
    assert_eq!(terms("데이터베이스의 인덱스를"), expected.map(|(term, at)| (term.to_owned(), at)));
}

#[test]
fn spans_lead_to_the_original_text() {
    let text = "ＡＰＩ를 쓰는 \u{1109}\u{1165}\u{1107}\u{1165}에서";
    let mut found = Vec::new();
    Analyzer::new(&DICTIONARY)
        .terms(text, |term| found.push((term.text.to_owned(), text[term.start..term.end].to_owned())));
    assert!(found.contains(&("api".to_owned(), "ＡＰＩ".to_owned())), "{found:?}");
    assert!(found.contains(&("서버".to_owned(), "\u{1109}\u{1165}\u{1107}\u{1165}".to_owned())), "{found:?}");
}

#[test]
fn what_was_seen_before_changes_nothing() {
    let mut analyzer = Analyzer::new(&DICTIONARY);
    let text = "로드밸런서가 쿠버네티스를 API로 부른다. API서버를 3개 두고 데이터베이스(DB)는 하나다.";
    let mut once = Vec::new();
    analyzer.terms(text, |term| once.push((term.text.to_owned(), term.start, term.end, term.position)));
    for _ in 0..3 {
        let mut again = Vec::new();
        analyzer.terms(text, |term| again.push((term.text.to_owned(), term.start, term.end, term.position)));
        assert_eq!(once, again);
    }
}

#[test]
fn the_nouns_that_can_be_written_in_some_syllables_are_told() {
    let mut nouns = DICTIONARY.nouns(|syllable| "데이터베스".contains(syllable));
    nouns.sort_unstable();
    assert_eq!(nouns, ["데스", "데이", "데이터", "데이터베이스", "베스", "베이스", "이이"]);
    assert!(DICTIONARY.nouns(|_| true).len() > 200_000);
}
