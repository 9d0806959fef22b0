//! Unlinked mentions: places in other notes that name a note without linking to it.
//!
//! A note is named by its title, its aliases and its file's name, and by both halves of a title like `파드(Pod)`. A name is
//! found in prose only, never in headings, code or the words of links, and only as a word: `스레드` is found in `스레드를`
//! and `스레드에서는`, by the analysis that search uses, and not in `스레드풀`. Where names overlap, the longest wins, also
//! when it is of those that are kept out: `스레드 풀`, the title of two notes, is no mention of `스레드`. A page shows up to
//! [`MOST_PLACES`] places of each note.
//!
//! Names that say too little are kept out:
//!
//! - names of fewer than two Hangul syllables (or letters of another script), or of three letters where some are Latin,
//!   and names without letters, such as dates;
//! - names that more than one note has: nobody can tell which is meant;
//! - the everyday words that many notes are called by, [`EVERYDAY`];
//! - one plain English word (`sort`, `Tree`, not `HTTP/2`) inside an English sentence: beside Korean it is a term, among
//!   English words it is just a word. One with capitals of its own (`REST`, `MySQL`) is a term where it has them;
//! - names that stand in more than [`EVERYDAY_NOTES`] notes and in more than one of [`EVERYDAY_SHARE`]: whatever they
//!   are, in this site they are everyday.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use rustc_hash::FxHashMap;
use seoga_search::Analyzer;

use super::{Entry, NoteId};
use crate::markdown::{Section, StretchKind};
use crate::source::names::{is_path_alias, name_key, nfc, stem};

/// Notes are called so without being about it.
const EVERYDAY: [&str; 66] = [
    "개념",
    "개요",
    "결과",
    "결론",
    "계획",
    "공부",
    "글",
    "기록",
    "기본",
    "기초",
    "기타",
    "내용",
    "노트",
    "답변",
    "도구",
    "마무리",
    "머리말",
    "메모",
    "모음",
    "목록",
    "목차",
    "문서",
    "문제",
    "방법",
    "배경",
    "사용법",
    "서론",
    "설명",
    "설정",
    "소개",
    "시작",
    "시작하기",
    "실습",
    "안내",
    "연습",
    "예시",
    "예제",
    "오늘",
    "요약",
    "용어",
    "이야기",
    "일기",
    "일지",
    "자료",
    "정리",
    "정보",
    "주의",
    "질문",
    "참고",
    "특징",
    "학습",
    "할 일",
    "활용",
    "회고",
    "about",
    "example",
    "examples",
    "home",
    "index",
    "introduction",
    "note",
    "notes",
    "overview",
    "readme",
    "summary",
    "test",
];

/// A name in this many notes is not yet everyday, however few notes there are.
const EVERYDAY_NOTES: usize = 20;
/// One in this many notes.
const EVERYDAY_SHARE: usize = 50;

/// How far behind a name another one that begins in it may end, in bytes.
const WIDEST_OVERLAP: usize = 60;

/// Places of one note that are told of another: whoever opens it sees the rest.
const MOST_PLACES: usize = 3;

/// A place that names a note without linking to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub from: NoteId,
    /// Index into the sections of the note that has it.
    pub section: usize,
    /// In the section's text.
    pub range: Range<usize>,
}

/// What the notes of a site are called, ready to be looked for.
pub struct NoteNames {
    /// Finds the first name of a text, which is quick where there is none.
    finder: AhoCorasick,
    /// Finds all names of a piece of text.
    overlapping: AhoCorasick,
    /// By the finder's patterns.
    names: Vec<Name>,
    /// The patterns, as the names are written.
    texts: Vec<String>,
}

#[derive(Clone, Copy)]
struct Name {
    /// `None` for a name that is kept out, and only keeps shorter ones from being found in it.
    of: Option<NoteId>,
    /// One English word, and where it has capitals inside, whether they are all of it.
    english: English,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum English {
    /// `sort`, `Tree`.
    Word,
    /// `REST`, `MySQL`: a term as it is written, a word otherwise (`rest`).
    Cased,
    Other,
}

/// A mention that was found, not yet known to be worth telling.
pub struct Found {
    /// Which name.
    name: usize,
    to: NoteId,
    section: usize,
    range: Range<usize>,
}

impl NoteNames {
    /// `None` where no note has a name to look for.
    pub fn of(notes: &[Entry]) -> Option<Self> {
        // By key: the name as written, and the only note that has it.
        let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
        let mut names: Vec<(String, Option<NoteId>)> = Vec::new();
        for (index, entry) in notes.iter().enumerate() {
            for name in names_of(entry) {
                let number = *by_key.entry(name_key(&name)).or_insert_with(|| {
                    names.push((name, Some(NoteId(index))));
                    names.len() - 1
                });
                if let Some((_, owner)) = names.get_mut(number) {
                    *owner = owner.filter(|owner| owner.0 == index);
                }
            }
        }
        let (texts, names): (Vec<String>, Vec<Name>) = names
            .into_iter()
            .filter(|(name, _)| says_enough(name))
            .map(|(name, owner)| {
                let of = owner.filter(|_| !is_everyday(&name));
                let english = english(&name);
                (name, Name { of, english })
            })
            .unzip();
        // Latin letters are compared without case.
        let finder = |kind| AhoCorasick::builder().match_kind(kind).ascii_case_insensitive(true).build(&texts).ok();
        let (finder, overlapping) = (finder(MatchKind::LeftmostLongest)?, finder(MatchKind::Standard)?);
        (!names.is_empty()).then_some(Self { finder, overlapping, names, texts })
    }

    /// The names in the prose of a note, its own not among them.
    pub fn in_note(&self, id: NoteId, entry: &Entry, analyzer: &mut Analyzer) -> Vec<Found> {
        let mut found = Vec::new();
        for (section, text) in entry.document.sections.iter().enumerate() {
            self.in_section(text, analyzer, &mut |name, to, range| {
                if to != id {
                    found.push(Found { name, to, section, range });
                }
            });
        }
        found
    }

    fn in_section(
        &self,
        section: &Section,
        analyzer: &mut Analyzer,
        each: &mut dyn FnMut(usize, NoteId, Range<usize>),
    ) {
        let text = section.text.as_str();
        let mut apart = section.stretches.iter().filter(|stretch| {
            matches!(stretch.kind, StretchKind::Link(_) | StretchKind::Code) && !stretch.range.is_empty()
        });
        let mut next = apart.next();
        // Where the last stretch that holds no prose ends.
        let mut apart_to = 0;
        let mut cluster: Vec<(usize, Range<usize>)> = Vec::new();
        let mut from = 0;
        while let Some(first) = self.finder.find(Input::new(text).range(from..)) {
            // Names that overlap it, or one that does; they come in the order in which they end.
            from = first.end();
            let until = text.ceil_char_boundary((first.end() + WIDEST_OVERLAP).min(text.len()));
            let window = text.get(first.start()..until).unwrap_or_default();
            for found in self.overlapping.find_overlapping_iter(window) {
                let range = first.start() + found.start()..first.start() + found.end();
                if range.start >= from {
                    break;
                }
                from = range.end.max(from);
                while let Some(stretch) = next.filter(|stretch| stretch.range.start < range.end) {
                    apart_to = apart_to.max(stretch.range.end);
                    next = apart.next();
                }
                if range.start >= apart_to && begins_word(text, range.start) {
                    cluster.push((found.pattern().as_usize(), range));
                }
            }
            self.longest(&mut cluster, text, analyzer, each);
        }
    }

    /// Of names that overlap, the longest that are words; then the cluster is empty.
    fn longest(
        &self,
        cluster: &mut Vec<(usize, Range<usize>)>,
        text: &str,
        analyzer: &mut Analyzer,
        each: &mut dyn FnMut(usize, NoteId, Range<usize>),
    ) {
        cluster.sort_by_key(|(_, range)| (Reverse(range.len()), range.start));
        let mut taken: Vec<(usize, Range<usize>)> = Vec::new();
        for (name, range) in cluster.drain(..) {
            let is_free = taken.iter().all(|(_, other)| range.end <= other.start || other.end <= range.start);
            if is_free && analyzer.ends_word(text, range.end) {
                taken.push((name, range));
            }
        }
        taken.sort_by_key(|(_, range)| range.start);
        for (name, range) in taken {
            let Some(Name { of: Some(to), english }) = self.names.get(name).copied() else { continue };
            let is_term = match english {
                English::Other => true,
                English::Cased => self.texts.get(name).map(String::as_str) == text.get(range.clone()),
                English::Word => false,
            };
            if is_term || stands_beside_korean(text, range.clone()) {
                each(name, to, range);
            }
        }
    }
}

/// Gives every note the places that mention it: of each note that does so a few, in path order.
pub fn gather(notes: &mut [Entry], found: Vec<Vec<Found>>) {
    let everyday = everyday(notes.len(), &found);
    for (index, found) in found.into_iter().enumerate() {
        let mut places: FxHashMap<NoteId, usize> = FxHashMap::default();
        for Found { name, to, section, range } in found {
            if everyday.get(name).copied().unwrap_or_default() {
                continue;
            }
            let place = places.entry(to).or_default();
            *place += 1;
            if *place > MOST_PLACES {
                continue;
            }
            if let Some(entry) = notes.get_mut(to.0) {
                entry.mentions.push(Mention { from: NoteId(index), section, range });
            }
        }
    }
}

/// Which names stand in so many notes that they say nothing.
fn everyday(note_count: usize, found: &[Vec<Found>]) -> Vec<bool> {
    let name_count = found.iter().flatten().map(|found| found.name + 1).max().unwrap_or_default();
    let mut last_note = vec![usize::MAX; name_count];
    let mut note_counts = vec![0; name_count];
    for (index, found) in found.iter().enumerate() {
        for Found { name, .. } in found {
            let (Some(last), Some(count)) = (last_note.get_mut(*name), note_counts.get_mut(*name)) else { continue };
            if *last != index {
                *last = index;
                *count += 1;
            }
        }
    }
    let most = EVERYDAY_NOTES.max(note_count / EVERYDAY_SHARE);
    note_counts.into_iter().map(|count: usize| count > most).collect()
}

/// Everything that a note is called.
fn names_of(entry: &Entry) -> Vec<String> {
    let mut names = whole_names(entry);
    let halves: Vec<String> = names.iter().filter_map(|name| halves(name)).flatten().map(str::to_owned).collect();
    names.extend(halves);
    names
}

fn whole_names(entry: &Entry) -> Vec<String> {
    let metadata = &entry.note.metadata;
    let mut names = vec![nfc(&entry.title).into_owned()];
    names.extend(metadata.aliases.iter().filter(|alias| !is_path_alias(alias)).map(|alias| nfc(alias).into_owned()));
    if !entry.is_index {
        names.push(stem(&entry.note.name).to_owned());
    }
    names
}

/// `파드(Pod)` → `파드`, `Pod`.
fn halves(name: &str) -> Option<[&str; 2]> {
    let (before, inside) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (before, inside) = (before.trim(), inside.trim());
    (!before.is_empty() && !inside.is_empty()).then_some([before, inside])
}

/// Whether a name is about something.
fn says_enough(name: &str) -> bool {
    let syllables = name.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    syllables >= 2 || syllables + letters >= 3
}

fn is_everyday(name: &str) -> bool {
    EVERYDAY.contains(&name.to_lowercase().as_str())
}

/// The name by which a link to a note is found, when this is only half of one: `파드` of `파드(Pod)`.
pub fn whole_name(entry: &Entry, half: &str) -> Option<String> {
    let key = name_key(half);
    let mut whole = whole_names(entry);
    if whole.iter().any(|name| name_key(name) == key) {
        return None;
    }
    let position = whole
        .iter()
        .position(|name| halves(name).is_some_and(|halves| halves.iter().any(|half| name_key(half) == key)))?;
    Some(whole.swap_remove(position))
}

/// Whether a name is one English word, of letters alone.
fn english(name: &str) -> English {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return English::Other;
    }
    if name.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) { English::Cased } else { English::Word }
}

/// Whether the word before a place or the one behind it is Korean.
fn stands_beside_korean(text: &str, range: Range<usize>) -> bool {
    let is_hangul = |c: char| matches!(c, '가'..='힣');
    let before = text.get(..range.start).unwrap_or_default().chars().rev().find(|c| c.is_alphanumeric() || *c == '\n');
    let after = text.get(range.end..).unwrap_or_default().chars().find(|c| c.is_alphanumeric() || *c == '\n');
    before.is_some_and(is_hangul) || after.is_some_and(is_hangul)
}

/// Whether no word goes on before a place. A name behind `#` is a tag, one behind `.` or `/` the end of another name.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '#' | '.' | '/' | '\\' | '-' | '_' | '@' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_too_little_are_kept_out() {
        for name in ["Go", "글", "2024-01-05", "C++", "1장"] {
            assert!(!says_enough(name), "{name}");
        }
        for name in ["정리", "개요", "README"] {
            assert!(is_everyday(name), "{name}");
        }
        for name in ["파드", "gRPC", "스레드", "JDK 13", "할 일 정리하기", "C 언어"] {
            assert!(says_enough(name), "{name}");
        }
    }

    #[test]
    fn a_plain_english_word_is_a_term_beside_korean_only() {
        let beside = |text: &str| {
            let at = text.find("sort").unwrap();
            stands_beside_korean(text, at..at + 4)
        };
        assert!(beside("먼저 sort 함수를") && beside("the sort를 쓴다") && beside("정렬(sort) is"));
        assert!(!beside("we sort them. 그리고") && !beside("앞 줄\nsort\n뒤 줄"));
        assert!(english("Tree") == English::Word && english("sort") == English::Word);
        assert!(english("MySQL") == English::Cased && english("REST") == English::Cased);
        assert!(english("B-tree") == English::Other && english("파드") == English::Other);
    }

    #[test]
    fn a_title_with_a_gloss_is_two_names() {
        assert_eq!(halves("파드(Pod)"), Some(["파드", "Pod"]));
        assert_eq!(halves("컨테이너 (container)"), Some(["컨테이너", "container"]));
        assert_eq!(halves("파드 (Pod) 둘"), None);
        assert_eq!(halves("()"), None);
    }

    #[test]
    fn a_name_begins_where_no_word_goes_on() {
        assert!(begins_word("파드", 0) && begins_word("(파드", 1));
        assert!(!begins_word("#파드", 1) && !begins_word("웹서버", 3) && !begins_word("java.util", 5));
    }
}
