//! Which words a half-typed word may become.

use std::ops::Range;

use super::{FINALS, INITIALS, Syllable, VOWELS, joined, number_in, split};

/// The ranges of words, in the order of their characters, that begin with what was typed, to the grain of a key.
///
/// What stands before the last character is settled. The last one may go on: 쿠버네ㅌ becomes 쿠버네타 to 쿠버네팋, 쿠번
/// becomes 쿠번… and 쿠버나 to 쿠버닣, 고 becomes 고…, 과…, 괴…. A range is over whole words, `start <= word < end`.
pub fn completions(typed: &str) -> Vec<Range<String>> {
    let Some(last) = typed.chars().next_back() else { return Vec::new() };
    let before = &typed[..typed.len() - last.len_utf8()];
    let mut ranges = Vec::with_capacity(2);
    match (Syllable::of(last), number_in(&INITIALS, last)) {
        (Some(syllable @ Syllable { end: 0, .. }), _) => {
            let vowel = grown(&VOWELS, syllable.vowel);
            ranges.push(range(before, syllable.code(), Syllable { vowel: vowel + 1, ..syllable }.code()));
        }
        (Some(syllable), _) => {
            let end = grown(&FINALS, syllable.end);
            ranges.push(range(before, syllable.code(), syllable.code() + (end - syllable.end + 1) as u32));
            // The final consonant, or the second half of it, may begin the next syllable.
            let last = FINALS[syllable.end];
            let (stays, goes) = split(last).unwrap_or((' ', last));
            if let Some(initial) = number_in(&INITIALS, goes) {
                let open = Syllable { end: number_in(&FINALS, stays).unwrap_or(0), ..syllable };
                let before = format!("{before}{}", open.to_char());
                ranges.push(beginning_with(&before, initial));
            }
        }
        (None, Some(initial)) => {
            ranges.push(range(before, u32::from(last), u32::from(last) + 1));
            ranges.push(beginning_with(before, initial));
        }
        (None, None) => ranges.push(range(before, u32::from(last), u32::from(last) + 1)),
    }
    ranges
}

/// Words that go on with a syllable of this initial.
fn beginning_with(before: &str, initial: usize) -> Range<String> {
    let code = |initial| Syllable { initial, vowel: 0, end: 0 }.code();
    range(before, code(initial), code(initial + 1))
}

/// The last of the letters, counted from one, that another key may make of it: ㅗ, ㅘ, ㅙ, ㅚ.
fn grown(letters: &[char], from: usize) -> usize {
    let Some(&first) = letters.get(from) else { return from };
    let grows = |&number: &usize| letters.iter().any(|&second| joined(first, second) == Some(letters[number]));
    (from + 1..letters.len()).rfind(grows).unwrap_or(from)
}

fn range(before: &str, start: u32, end: u32) -> Range<String> {
    let word = |code: u32| {
        let mut word = before.to_owned();
        // Past the last character of a kind stands one that no word has.
        word.push(char::from_u32(code).unwrap_or('\u{E000}'));
        word
    };
    word(start)..word(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_become(typed: &str, word: &str) -> bool {
        completions(typed).iter().any(|range| range.contains(&word.to_owned()))
    }

    #[test]
    fn a_word_goes_on_from_any_key() {
        for (typed, word) in [
            ("쿠버네ㅌ", "쿠버네티스"),
            ("쿠번", "쿠버네티스"),
            ("쿠버", "쿠버네티스"),
            ("쿸", "쿠키"),
            ("고", "과제"),
            ("달", "닭"),
            ("닭", "달가"),
            ("kube", "kubernetes"),
            ("배ㅍ", "배포"),
            ("쿠버네티스", "쿠버네티스"),
            ("힣", "힣"),
        ] {
            assert!(may_become(typed, word), "{typed} → {word}: {:?}", completions(typed));
        }
        for (typed, word) in [("쿠벌", "쿠버네티스"), ("과", "고"), ("닥", "닭"), ("배ㅍ", "배치"), ("kube", "kudu")]
        {
            assert!(!may_become(typed, word), "{typed} → {word}");
        }
    }
}
