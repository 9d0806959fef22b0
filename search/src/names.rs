//! Names of sections as keys: what makes `무중단 배포`, `무중단배포` and `ㅁㅈㄷㅂㅍ` the same name.
//!
//! A key is a name in NFC, half width and lower case, with nothing but its letters and digits (and the signs of `C++` and
//! `C#`). A query is made a key in the same way, so that neither spaces nor punctuation matter, and a half-typed key is
//! the beginning of a range of keys.

use crate::analysis::{Folded, josa};
use crate::letters;

/// A longer name is known by its beginning. In characters.
const LONGEST_KEY: usize = 64;
/// Initials behind these are not typed.
const LONGEST_INITIALS: usize = 20;
/// Initials may be typed from any of the first words of a name.
const MOST_STARTS: usize = 8;
/// Stands before the initials of a whole name, so that they are found as a whole name first. No name has it.
const WHOLE: char = '=';

/// The key of a name or a query; empty where there is no letter or digit in it.
pub fn key(name: &str) -> String {
    let key = squashed(name);
    match key.char_indices().nth(LONGEST_KEY) {
        Some((end, _)) => key[..end].to_owned(),
        None => key,
    }
}

/// A text without spaces and signs, however long.
pub fn squashed(name: &str) -> String {
    let folded = Folded::new(name);
    let mut key = String::with_capacity(name.len());
    let mut before = ' ';
    let letters = folded.text().chars().filter(|&character| {
        let sign = matches!(character, '+' | '#') && (before.is_ascii_alphabetic() || before == '+');
        before = character;
        sign || character.is_alphanumeric() || letters::is_letter(character)
    });
    key.extend(letters.flat_map(char::to_lowercase));
    key
}

/// The keys by which a name is found: its own, and that of what follows a number before it (`1.2 설치`, `03_설치`).
pub fn keys_of_name(name: &str) -> impl Iterator<Item = String> {
    let own = key(name);
    let counted = name.trim_start_matches(|character: char| {
        character.is_ascii_digit()
            || character.is_whitespace()
            || matches!(character, '.' | '-' | '_' | ')' | '(' | '#')
    });
    let plain = key(counted);
    let differs = plain != own && plain.chars().nth(1).is_some();
    [Some(own), differs.then_some(plain)].into_iter().flatten().filter(|key| !key.is_empty())
}

/// The keys that a query may mean: as it is, and without a particle at its end.
pub fn keys_of_query(query: &str) -> Vec<String> {
    let own = key(query);
    if own.is_empty() {
        return Vec::new();
    }
    let without: Vec<String> = josa::splits(&own)
        .map(|(stem, _)| stem)
        .filter(|stem| stem.chars().nth(1).is_some())
        .map(str::to_owned)
        .collect();
    let mut keys = vec![own];
    keys.extend(without);
    keys
}

/// The initials of a name: of the whole of it, marked, and from each of its words to the end.
pub fn initials_of_name(name: &str) -> Vec<String> {
    let folded = Folded::new(name);
    let words: Vec<String> = folded
        .text()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(key)
        .collect();
    let from = |start: usize| -> String {
        let characters = words[start..].iter().flat_map(|word| word.chars());
        characters.map(letters::initial).take(LONGEST_INITIALS).collect()
    };
    let mut found = Vec::new();
    for start in 0..words.len().min(MOST_STARTS) {
        let initials = from(start);
        if initials.chars().any(letters::is_consonant) {
            if start == 0 {
                found.push(whole_initials(&initials));
            }
            found.push(initials);
        }
    }
    found
}

/// The key of the initials of a whole name.
pub fn whole_initials(initials: &str) -> String {
    format!("{WHOLE}{initials}")
}

/// The initials that a query is made of, without spaces, if it is: two consonants or more, and no whole syllable.
pub fn initials_of_query(query: &str) -> Option<String> {
    let key = key(query);
    let consonants = key.chars().filter(|&character| letters::is_consonant(character)).count();
    let other = key.chars().any(|character| !letters::is_consonant(character) && !character.is_ascii_alphanumeric());
    (consonants > 1 && !other).then(|| key.chars().take(LONGEST_INITIALS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_signs_do_not_matter_and_those_of_names_do() {
        assert_eq!(key("무중단 배포 (Zero-downtime)"), "무중단배포zerodowntime");
        assert_ne!(key("C++"), key("C"));
        assert_eq!(key("# 제목 #"), "제목");
        assert_eq!(key("쿠버네ㅌ"), "쿠버네ㅌ");
        assert_eq!(key("\u{1109}\u{1165}\u{1107}\u{1165}"), "서버");
        assert_eq!(keys_of_name("1.2 설치 방법").collect::<Vec<_>>(), ["12설치방법", "설치방법"]);
        assert!(keys_of_query("무중단 배포를").contains(&"무중단배포".to_owned()));
    }

    #[test]
    fn initials_begin_at_any_word() {
        assert_eq!(initials_of_name("JVM 메모리 구조"), ["=jvmㅁㅁㄹㄱㅈ", "jvmㅁㅁㄹㄱㅈ", "ㅁㅁㄹㄱㅈ", "ㄱㅈ"]);
        assert_eq!(initials_of_query("ㅁㅈㄷ ㅂㅍ").as_deref(), Some("ㅁㅈㄷㅂㅍ"));
        assert_eq!(initials_of_query("쿠ㅂㄴ"), None);
        assert_eq!(initials_of_query("ㅋ"), None);
    }
}
