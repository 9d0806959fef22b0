//! Other spellings of a word that came from another language: 메시지, 메세지.
//!
//! The standard of loanwords (외래어 표기법) knows one spelling, readers use several, and they differ in regular places:
//! vowels that sound alike or stand for the same English sound (디렉터리, 디렉토리; 콘텐츠, 컨텐츠; 애플리케이션, 어플리케이션), glides after ㅈ and
//! ㅊ (아키텍처, 아키텍쳐), tense consonants (스레드, 쓰레드), 시 and 쉬 (캐시, 캐쉬), 우 after ㅗ (윈도, 윈도우). Which of the
//! spellings made here is a word, the index knows: only what stands in the notes is searched for.

use crate::letters::Syllable;

/// Numbers of letters in Unicode's order.
mod letter {
    pub const A: usize = 0;
    pub const AE: usize = 1;
    pub const YA: usize = 2;
    pub const EO: usize = 4;
    pub const E: usize = 5;
    pub const YEO: usize = 6;
    pub const O: usize = 8;
    pub const OE: usize = 11;
    pub const WAE: usize = 10;
    pub const YO: usize = 12;
    pub const U: usize = 13;
    pub const WE: usize = 15;
    pub const WI: usize = 16;
    pub const YU: usize = 17;
    pub const I: usize = 20;

    pub const G: usize = 0;
    pub const GG: usize = 1;
    pub const D: usize = 3;
    pub const DD: usize = 4;
    pub const B: usize = 7;
    pub const BB: usize = 8;
    pub const S: usize = 9;
    pub const SS: usize = 10;
    pub const SILENT: usize = 11;
    pub const J: usize = 12;
    pub const JJ: usize = 13;
    pub const CH: usize = 14;
    pub const K: usize = 15;
    pub const T: usize = 16;
    pub const P: usize = 17;

    pub const FINAL_D: usize = 7;
    pub const FINAL_S: usize = 19;
    pub const FINAL_T: usize = 25;
}
use letter::*;

/// Vowels that stand for each other, in words of three syllables or more.
const VOWELS: [(usize, usize); 9] =
    [(AE, E), (EO, O), (AE, EO), (E, EO), (A, EO), (A, AE), (E, I), (OE, WE), (OE, WAE)];
/// Consonants that stand for each other, in words of any length.
const INITIALS: [(usize, usize); 9] =
    [(S, SS), (G, GG), (K, GG), (D, DD), (T, DD), (B, BB), (P, BB), (J, JJ), (CH, JJ)];
/// After ㅅ, ㅈ, ㅉ and ㅊ there is no difference between these; in words of any length.
const GLIDES: [(usize, usize); 5] = [(A, YA), (EO, YEO), (O, YO), (U, YU), (I, WI)];
const FINALS: [(usize, usize); 2] = [(FINAL_S, FINAL_T), (FINAL_S, FINAL_D)];

/// In syllables.
const SHORTEST: usize = 2;
const LONGEST: usize = 12;
/// Words whose vowels may differ. In syllables.
const SHORTEST_WITH_VOWELS: usize = 3;
/// Spellings made of a word at most.
const MOST: usize = 160;

/// Spellings that differ in one place, then, with two `places`, those that differ in two. Of a word that is not all Hangul there are none.
pub fn spellings(word: &str, places: usize) -> Vec<String> {
    let Some(syllables) = word.chars().map(Syllable::of).collect::<Option<Vec<Syllable>>>() else { return Vec::new() };
    if !(SHORTEST..=LONGEST).contains(&syllables.len()) {
        return Vec::new();
    }
    let mut found: Vec<Vec<Syllable>> = Vec::new();
    let mut once = Vec::new();
    respell(&syllables, |other, at| once.push((other, at)));
    found.extend(once.iter().map(|(other, _)| other.clone()));
    if places > 1 && syllables.len() >= SHORTEST_WITH_VOWELS {
        for (other, at) in &once {
            if found.len() >= MOST {
                break;
            }
            respell(other, |both, second| {
                if second > *at {
                    found.push(both);
                }
            });
        }
    }
    found.into_iter().map(|syllables| syllables.into_iter().map(Syllable::to_char).collect()).collect()
}

/// Hands over every respelling in one place, with the place.
fn respell(syllables: &[Syllable], mut each: impl FnMut(Vec<Syllable>, usize)) {
    let with = |at: usize, syllable: Syllable| {
        let mut other = syllables.to_vec();
        other[at] = syllable;
        other
    };
    for (at, &syllable) in syllables.iter().enumerate() {
        let Syllable { initial, vowel, end } = syllable;
        let sibilant = matches!(initial, S | SS | J | JJ | CH);
        if syllables.len() >= SHORTEST_WITH_VOWELS {
            for vowel in others(&VOWELS, vowel) {
                each(with(at, Syllable { vowel, ..syllable }), at);
            }
        }
        // 윈도우, 윈도.
        let is_u = |syllable: &Syllable| *syllable == Syllable { initial: SILENT, vowel: U, end: 0 };
        if vowel == O && end == 0 {
            let mut other = syllables.to_vec();
            if syllables.get(at + 1).is_some_and(is_u) {
                other.remove(at + 1);
            } else {
                other.insert(at + 1, Syllable { initial: SILENT, vowel: U, end: 0 });
            }
            each(other, at);
        }
        for vowel in others(&GLIDES, vowel).filter(|_| sibilant) {
            each(with(at, Syllable { vowel, ..syllable }), at);
        }
        for initial in others(&INITIALS, initial) {
            each(with(at, Syllable { initial, ..syllable }), at);
        }
        for end in others(&FINALS, end) {
            each(with(at, Syllable { end, ..syllable }), at);
        }
    }
}

fn others(pairs: &[(usize, usize)], letter: usize) -> impl Iterator<Item = usize> {
    pairs.iter().filter_map(move |&(a, b)| if a == letter { Some(b) } else { (b == letter).then_some(a) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_misspellings_are_reached() {
        for (typed, standard) in [
            ("메세지", "메시지"),
            ("캐쉬", "캐시"),
            ("디렉토리", "디렉터리"),
            ("쓰레드", "스레드"),
            ("컨텐츠", "콘텐츠"),
            ("어플리케이션", "애플리케이션"),
            ("아키텍쳐", "아키텍처"),
            ("윈도우", "윈도"),
            ("오버플로", "오버플로우"),
            ("라이센스", "라이선스"),
            ("프론트엔드", "프런트엔드"),
            ("써버", "서버"),
            ("메소드", "메서드"),
            ("스케쥴러", "스케줄러"),
            ("리팩토링", "리팩터링"),
        ] {
            assert!(spellings(typed, 2).contains(&standard.to_owned()), "{typed} → {standard}");
            assert!(spellings(standard, 2).contains(&typed.to_owned()), "{standard} → {typed}");
        }
    }

    #[test]
    fn short_words_keep_their_vowels() {
        assert!(!spellings("재고", 2).contains(&"제고".to_owned()));
        assert!(spellings("API", 2).is_empty() && spellings("가", 2).is_empty());
    }
}
