//! The letters inside Hangul: what typing, initials and slips are about.
//!
//! - [`jamo`], [`initials`]: a syllable's letters, and the first of them (쿠버 → ㅋㅜㅂㅓ, ㅋㅂ).
//! - [`completions`]: which words may become of a half-typed one (쿠번 → 쿠번…, 쿠버나…).
//! - [`keyboard`]: what the same keys give in the other layout (znqj ↔ 쿠버).
//! - [`distance`]: how many slips of a finger lie between two words.
//!
//! Letters are Unicode's compatibility jamo (U+3131 to U+3163), the ones that a keyboard gives: the same ㄴ begins a
//! syllable and ends one, so that 쿠번에 and 쿠버네 differ in one letter, as they do for a reader.

mod completion;
mod distance;
pub mod keyboard;

pub use completion::completions;
pub use distance::distance;

/// First of the precomposed syllables.
const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;

/// Letters that begin a syllable, in Unicode's order.
const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Vowels, in Unicode's order.
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ', 'ㅠ', 'ㅡ',
    'ㅢ', 'ㅣ',
];
/// Letters that end a syllable, in Unicode's order; a syllable without one has a space here.
const FINALS: [char; 28] = [
    ' ', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ', 'ㅄ',
    'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Letters that take two keys, with the letters of the keys.
const PAIRS: [(char, char, char); 18] = [
    ('ㅘ', 'ㅗ', 'ㅏ'),
    ('ㅙ', 'ㅗ', 'ㅐ'),
    ('ㅚ', 'ㅗ', 'ㅣ'),
    ('ㅝ', 'ㅜ', 'ㅓ'),
    ('ㅞ', 'ㅜ', 'ㅔ'),
    ('ㅟ', 'ㅜ', 'ㅣ'),
    ('ㅢ', 'ㅡ', 'ㅣ'),
    ('ㄳ', 'ㄱ', 'ㅅ'),
    ('ㄵ', 'ㄴ', 'ㅈ'),
    ('ㄶ', 'ㄴ', 'ㅎ'),
    ('ㄺ', 'ㄹ', 'ㄱ'),
    ('ㄻ', 'ㄹ', 'ㅁ'),
    ('ㄼ', 'ㄹ', 'ㅂ'),
    ('ㄽ', 'ㄹ', 'ㅅ'),
    ('ㄾ', 'ㄹ', 'ㅌ'),
    ('ㄿ', 'ㄹ', 'ㅍ'),
    ('ㅀ', 'ㄹ', 'ㅎ'),
    ('ㅄ', 'ㅂ', 'ㅅ'),
];

/// A syllable as numbers of its letters; `end` is 0 without a final consonant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Syllable {
    pub initial: usize,
    pub vowel: usize,
    pub end: usize,
}

impl Syllable {
    /// `None` for whatever is no whole syllable.
    pub fn of(character: char) -> Option<Self> {
        let number = u32::from(character);
        if !(FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&number) {
            return None;
        }
        let number = (number - FIRST_SYLLABLE) as usize;
        Some(Self { initial: number / (21 * 28), vowel: number / 28 % 21, end: number % 28 })
    }

    /// The syllable's number in Unicode; one that is past the last vowel or final counts on into the next.
    pub fn code(self) -> u32 {
        FIRST_SYLLABLE + ((self.initial * 21 + self.vowel) * 28 + self.end) as u32
    }

    pub fn to_char(self) -> char {
        char::from_u32(self.code()).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

fn number_in(letters: &[char], letter: char) -> Option<usize> {
    letters.iter().position(|&other| other == letter)
}

/// The two letters of a letter that takes two keys.
fn split(letter: char) -> Option<(char, char)> {
    PAIRS.iter().find(|pair| pair.0 == letter).map(|&(_, first, second)| (first, second))
}

/// The letter that two keys give together.
fn joined(first: char, second: char) -> Option<char> {
    PAIRS.iter().find(|pair| (pair.1, pair.2) == (first, second)).map(|pair| pair.0)
}

/// Whether a character is a consonant by itself, as readers type initials.
pub fn is_consonant(character: char) -> bool {
    INITIALS.contains(&character)
}

/// Whether a character is a letter of Hangul by itself.
pub fn is_letter(character: char) -> bool {
    ('ㄱ'..='ㅣ').contains(&character)
}

/// The first letter of a syllable; a character that is none is its own.
pub fn initial(character: char) -> char {
    Syllable::of(character).map_or(character, |syllable| INITIALS[syllable.initial])
}

/// The first letters of a text's syllables: 쿠버네티스 → ㅋㅂㄴㅌㅅ.
pub fn initials(text: &str) -> String {
    text.chars().map(initial).collect()
}

/// Hands over the letters of a text: those of a syllable one by one, any other character as it is.
pub fn jamo(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(|character| {
        let letters = match Syllable::of(character) {
            Some(Syllable { initial, vowel, end }) => {
                [Some(INITIALS[initial]), Some(VOWELS[vowel]), (end > 0).then(|| FINALS[end])]
            }
            None => [Some(character), None, None],
        };
        letters.into_iter().flatten()
    })
}

/// The keys of a text, one letter each: a letter that takes two keys is two.
pub(crate) fn strokes(text: &str) -> impl Iterator<Item = char> {
    jamo(text).flat_map(|letter| match split(letter) {
        Some((first, second)) => [Some(first), Some(second)].into_iter().flatten(),
        None => [Some(letter), None].into_iter().flatten(),
    })
}

/// Keys → syllables, as an input method composes them: ㅋㅜㅂㅓ → 쿠버, 맑ㅏ → 말가.
pub(crate) fn compose(strokes: impl IntoIterator<Item = char>) -> String {
    let mut text = String::new();
    let mut open: Option<Syllable> = None;
    let mut lone: Option<char> = None;
    for letter in strokes {
        if let Some(vowel) = number_in(&VOWELS, letter) {
            match (open, lone.take()) {
                // A second key of the vowel.
                (Some(syllable @ Syllable { end: 0, .. }), _) if joined(VOWELS[syllable.vowel], letter).is_some() => {
                    let vowel = joined(VOWELS[syllable.vowel], letter).and_then(|both| number_in(&VOWELS, both));
                    open = Some(Syllable { vowel: vowel.unwrap_or(syllable.vowel), ..syllable });
                }
                // The final consonant begins the next syllable.
                (Some(syllable), _) if syllable.end > 0 => {
                    let last = FINALS[syllable.end];
                    let (stays, goes) = split(last).map_or((' ', last), |(stays, goes)| (stays, goes));
                    let end = number_in(&FINALS, stays).unwrap_or(0);
                    text.push(Syllable { end, ..syllable }.to_char());
                    let initial = number_in(&INITIALS, goes).unwrap_or(0);
                    open = Some(Syllable { initial, vowel, end: 0 });
                }
                (before, Some(consonant)) => {
                    text.extend(before.map(Syllable::to_char));
                    match number_in(&INITIALS, consonant) {
                        Some(initial) => open = Some(Syllable { initial, vowel, end: 0 }),
                        None => {
                            text.extend([consonant, letter]);
                            open = None;
                        }
                    }
                }
                (before, None) => {
                    text.extend(before.map(Syllable::to_char));
                    text.push(letter);
                    open = None;
                }
            }
        } else {
            if let Some(syllable) = open {
                let end = match syllable.end {
                    0 => number_in(&FINALS, letter),
                    end => joined(FINALS[end], letter).and_then(|both| number_in(&FINALS, both)),
                };
                if let Some(end) = end.filter(|&end| end > 0) {
                    open = Some(Syllable { end, ..syllable });
                    continue;
                }
                text.push(syllable.to_char());
                open = None;
            }
            text.extend(lone.take());
            if is_consonant(letter) {
                lone = Some(letter);
            } else {
                text.push(letter);
            }
        }
    }
    text.extend(open.map(Syllable::to_char));
    text.extend(lone);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_and_letters() {
        assert_eq!(jamo("쿠버 A닭").collect::<String>(), "ㅋㅜㅂㅓ Aㄷㅏㄺ");
        assert_eq!(strokes("닭과").collect::<String>(), "ㄷㅏㄹㄱㄱㅗㅏ");
        assert_eq!(initials("로드 밸런서 L4"), "ㄹㄷ ㅂㄹㅅ L4");
    }

    #[test]
    fn keys_compose_as_an_input_method_does() {
        for text in [
            "쿠버네티스",
            "맑은 하늘",
            "닭과 달걀",
            "값이",
            "뛰어쓰기",
            "의의",
            "없앴다",
            "ㅋㅋ",
            "읽기",
            "ㅜㅜ",
            "앉아",
        ] {
            assert_eq!(compose(strokes(text)), text, "{text}");
        }
        assert_eq!(compose("ㅋㅜㅂㅓㄴㅔㅌ".chars()), "쿠버넽");
        assert_eq!(compose("ㅏㅕㅠㄷ".chars()), "ㅏㅕㅠㄷ");
    }
}
