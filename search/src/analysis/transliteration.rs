//! Whether a Hangul word is a Latin word written by its sound: 쿠버네티스 and Kubernetes.
//!
//! Both are brought down to the classes of their consonants, vowels being written in too many ways: `kpnts` for 쿠버네티스,
//! `kpnts` for Kubernetes without the `r` that Korean does not pronounce. They match if hardly a consonant differs.

use crate::letters::{distance, jamo};

/// Fewer consonants say too little.
const FEWEST: usize = 3;

/// Whether a Hangul word sounds like a Latin one.
pub fn sounds_like(hangul: &str, latin: &str) -> bool {
    let korean = korean_consonants(hangul);
    let other = latin_consonants(latin);
    let longest = korean.len().max(other.len());
    longest >= FEWEST && korean.first() == other.first() && distance(&korean, &other, longest / 4).is_some()
}

fn korean_consonants(word: &str) -> Vec<char> {
    let letters: Vec<char> = jamo(word).collect();
    let mut consonants: Vec<char> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let class = match letter {
            'ㄱ' | 'ㅋ' | 'ㄲ' => 'k',
            'ㄴ' => 'n',
            'ㄷ' | 'ㅌ' | 'ㄸ' => 't',
            'ㄹ' => 'l',
            'ㅁ' => 'm',
            'ㅂ' | 'ㅍ' | 'ㅃ' => 'p',
            // At the end of a syllable it is how Korean writes a t.
            'ㅅ' if letters.get(at + 1).is_none_or(|next| !('ㅏ'..='ㅣ').contains(next)) => 't',
            'ㅅ' | 'ㅆ' => 's',
            'ㅈ' | 'ㅊ' | 'ㅉ' => 'j',
            // Silent where a syllable begins.
            'ㅇ' if at > 0 && letters.get(at + 1).is_none_or(|next| !('ㅏ'..='ㅣ').contains(next)) => 'n',
            _ => continue,
        };
        // 콜리 and 셀렉트: two ㄹ for one l.
        if class != 'l' || consonants.last() != Some(&'l') || ('ㅏ'..='ㅣ').contains(&letters[at - 1]) {
            consonants.push(class);
        }
    }
    consonants
}

fn latin_consonants(word: &str) -> Vec<char> {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let mut consonants = Vec::new();
    let vowel = |letter: Option<&char>| matches!(letter, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let soft = |letter: Option<&char>| matches!(letter, Some('e' | 'i' | 'y'));
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1);
        let doubled = next == Some(&letter);
        match letter {
            'c' if next == Some(&'h') => consonants.push('j'),
            'c' if soft(next) => consonants.push('s'),
            'g' if soft(next) => consonants.push('j'),
            'p' if next == Some(&'h') => consonants.push('p'),
            't' if next == Some(&'h') => consonants.push('s'),
            'c' | 'k' | 'q' | 'g' => consonants.push('k'),
            'n' => consonants.push('n'),
            't' | 'd' => consonants.push('t'),
            // Korean has no r that is not before a vowel.
            'r' if !vowel(next) && !doubled => {}
            'l' | 'r' => consonants.push('l'),
            'm' => consonants.push('m'),
            'p' | 'b' | 'f' | 'v' => consonants.push('p'),
            's' | 'z' => consonants.push('s'),
            'x' => consonants.extend(['k', 's']),
            'j' => consonants.push('j'),
            _ => {}
        }
        let pair = matches!((letter, next), ('c' | 'p' | 't' | 's', Some('h')) | ('c', Some('k')))
            || letter == 'n' && next == Some(&'g') && !vowel(letters.get(at + 2));
        at += if doubled || pair { 2 } else { 1 };
    }
    consonants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_how_korean_writes_it() {
        for (hangul, latin) in [
            ("쿠버네티스", "Kubernetes"),
            ("레디스", "Redis"),
            ("프로메테우스", "Prometheus"),
            ("스프링부트", "SpringBoot"),
            ("컨트롤러", "Controller"),
            ("카프카", "Kafka"),
            ("셀렉터", "selector"),
            ("하이버네이트", "Hibernate"),
            ("인터페이스", "interface"),
            ("리액트", "React"),
        ] {
            let consonants = (korean_consonants(hangul), latin_consonants(latin));
            assert!(sounds_like(hangul, latin), "{hangul} {latin}: {consonants:?}");
        }
        for (hangul, latin) in [
            ("사용한", "Docker"),
            ("서버에서", "Nginx"),
            ("설치", "Java"),
            ("메모리", "Stack"),
            ("인터페이스", "Kubernetes"),
            ("자바", "Spring"),
        ] {
            assert!(!sounds_like(hangul, latin), "{hangul} {latin}");
        }
    }
}
