//! What was typed while the keyboard was in the other layout: dubeolsik (KS X 5002) and QWERTY.

use super::{compose, strokes};

/// Keys of the letters, in the order of QWERTY's letters; capitals differ only for seven of them.
const LOWER: [char; 26] = [
    'ㅁ', 'ㅠ', 'ㅊ', 'ㅇ', 'ㄷ', 'ㄹ', 'ㅎ', 'ㅗ', 'ㅑ', 'ㅓ', 'ㅏ', 'ㅣ', 'ㅡ', 'ㅜ', 'ㅐ', 'ㅔ', 'ㅂ', 'ㄱ', 'ㄴ',
    'ㅅ', 'ㅕ', 'ㅍ', 'ㅈ', 'ㅌ', 'ㅛ', 'ㅋ',
];
const SHIFTED: [(char, char); 7] =
    [('Q', 'ㅃ'), ('W', 'ㅉ'), ('E', 'ㄸ'), ('R', 'ㄲ'), ('T', 'ㅆ'), ('O', 'ㅒ'), ('P', 'ㅖ')];

fn hangul_of(key: char) -> Option<char> {
    if let Some(&(_, letter)) = SHIFTED.iter().find(|shifted| shifted.0 == key) {
        return Some(letter);
    }
    let lower = key.to_ascii_lowercase();
    lower.is_ascii_lowercase().then(|| LOWER[(lower as u8 - b'a') as usize])
}

fn latin_of(letter: char) -> Option<char> {
    if let Some(&(key, _)) = SHIFTED.iter().find(|shifted| shifted.1 == letter) {
        return Some(key);
    }
    let number = LOWER.iter().position(|&other| other == letter)?;
    Some(char::from(b'a' + number as u8))
}

/// What the keys of a Latin text give in the Korean layout: znqjspxltm → 쿠버네티스. Other characters stay.
pub fn to_hangul(text: &str) -> String {
    compose(text.chars().map(|key| hangul_of(key).unwrap_or(key)))
}

/// What the keys of a Hangul text give in the Latin layout: ㅏㅕㅠㄷ → kube. Other characters stay.
pub fn to_latin(text: &str) -> String {
    strokes(text).map(|letter| latin_of(letter).unwrap_or(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_keys_in_the_other_layout() {
        for (latin, hangul) in [
            ("znqjspxltm", "쿠버네티스"),
            ("fhemqoffjstj", "로드밸런서"),
            ("anwndeks qovh", "무중단 배포"),
            ("EkR", "딲"),
            ("kube", "ㅏㅕㅠㄷ"),
            ("docker", "애찯ㄱ"),
        ] {
            assert_eq!(to_hangul(latin), hangul);
            assert_eq!(to_latin(hangul), latin);
        }
        assert_eq!(
            to_hangul("ZNQJ-2".to_lowercase().as_str()),
            to_hangul("ZNqJ-2"),
            "a capital without a letter of its own is the letter"
        );
    }
}
