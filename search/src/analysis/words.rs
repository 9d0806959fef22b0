//! Folded text → words: runs of one script, without what lies between them.
//!
//! A word is shorter than an eojeol: `API를` is two (`API`, `를`), `데이터베이스(DB)는` three. Cutting at the script's border
//! keeps the number of distinct Korean words small, which is what the memo lives on; what the border hides from the Korean
//! side is told to it as [`Before`].

use super::Folded;

/// A longer run of Hangul without a space is a text whose spaces were lost: it is cut into several. In syllables.
const LONGEST_KOREAN: usize = 64;

/// What a Korean word directly follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A space, an opening bracket, the beginning: the word stands by itself.
    Nothing,
    /// A Latin word, or a bracket or quotation mark that closes: a particle is likely.
    Word,
    /// A digit: a particle or a unit is likely.
    Digit,
}

/// The script of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Hangul and Hanja.
    Korean(Before),
    /// Every other letter, and digits, with the signs that join them (`CI/CD`, `node.js`, `C++`).
    Latin,
}

/// One word: a range of bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub script: Script,
}

/// The words of a text, in order.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    before: Before,
}

impl<'a> Words<'a> {
    pub fn new(folded: &'a Folded<'_>) -> Self {
        Self { text: folded.text(), at: 0, before: Before::Nothing }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Korean,
    Latin,
    Other,
}

fn class(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Latin,
        '가'..='힣'
        | '\u{1100}'..='\u{11FF}'
        | '\u{3131}'..='\u{318E}'
        | '㐀'..='䶿'
        | '一'..='鿿'
        | '\u{F900}'..='\u{FAFF}' => Class::Korean,
        _ if character.is_ascii() => Class::Other,
        _ if character.is_alphanumeric() => Class::Latin,
        _ => Class::Other,
    }
}

/// Whether a character belongs to a Korean word.
pub fn is_korean(character: char) -> bool {
    class(character) == Class::Korean
}

/// Whether a character is a whole syllable of Hangul.
pub fn is_hangul(character: char) -> bool {
    ('가'..='힣').contains(&character)
}

/// Whether a character belongs to a word of another script, or is a digit.
pub fn is_latin(character: char) -> bool {
    class(character) == Class::Latin
}

/// Signs that join two Latin words into one name.
fn joins(sign: char, before: char, after: char) -> bool {
    match sign {
        '_' | '-' | '.' | '/' | '+' | '&' | '\'' => true,
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let start = self.at;
            let first = self.text[start..].chars().next()?;
            match class(first) {
                Class::Korean => {
                    let (end, cut_off) = korean_end(&self.text[start..]);
                    self.at = start + end;
                    let after = if cut_off { Before::Nothing } else { Before::Word };
                    let before = std::mem::replace(&mut self.before, after);
                    return Some(Word { start, end: self.at, script: Script::Korean(before) });
                }
                Class::Latin => {
                    let (end, last) = latin_end(&self.text[start..]);
                    self.at = start + end;
                    self.before = if last.is_ascii_digit() { Before::Digit } else { Before::Word };
                    return Some(Word { start, end: self.at, script: Script::Latin });
                }
                Class::Other => {
                    self.at = start + first.len_utf8();
                    let closes =
                        matches!(first, ')' | ']' | '}' | '"' | '\'' | '`' | '>' | '”' | '’' | '」' | '』' | '》');
                    if !closes {
                        self.before = Before::Nothing;
                    } else if self.before == Before::Digit {
                        self.before = Before::Word;
                    }
                }
            }
        }
    }
}

/// Length in bytes of the Korean word at the beginning of a text, and whether it was cut off there.
fn korean_end(text: &str) -> (usize, bool) {
    for (count, (at, character)) in text.char_indices().enumerate() {
        if class(character) != Class::Korean {
            return (at, false);
        }
        if count == LONGEST_KOREAN {
            return (at, true);
        }
    }
    (text.len(), false)
}

/// Length in bytes of the Latin word at the beginning of a text, and its last letter or digit.
fn latin_end(text: &str) -> (usize, char) {
    let mut characters = text.char_indices().peekable();
    let (mut end, mut last) = (0, ' ');
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |&(_, next)| next);
        if class(character) == Class::Latin {
            (end, last) = (at + character.len_utf8(), character);
        } else if at != end || class(next) != Class::Latin || !joins(character, last, next) {
            break;
        }
    }
    // `C++`, `C#`: signs that belong to the name when nothing follows them.
    for sign in ["++", "#"] {
        if let Some(rest) = text[end..].strip_prefix(sign)
            && rest.chars().next().is_none_or(|next| class(next) != Class::Latin)
            && last.is_ascii_alphabetic()
        {
            return (end + sign.len(), last);
        }
    }
    (end, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Words::new(&Folded::new(text)).map(|word| &text[word.start..word.end]).collect()
    }

    #[test]
    fn scripts_are_cut_apart() {
        assert_eq!(words("API를 쓰는 데이터베이스(DB)는"), ["API", "를", "쓰는", "데이터베이스", "DB", "는"]);
    }

    #[test]
    fn names_keep_their_signs() {
        assert_eq!(words("C++와 C#, node.js, CI/CD. HTTP/2!"), ["C++", "와", "C#", "node.js", "CI/CD", "HTTP/2"]);
        assert_eq!(words("1,000개, a,b - c"), ["1,000", "개", "a", "b", "c"]);
    }

    #[test]
    fn a_text_without_spaces_is_cut_and_nothing_is_lost() {
        let text = "가나다라".repeat(100);
        let words = words(&text);
        assert!(words.len() > 1);
        assert_eq!(words.concat(), text);
    }

    #[test]
    fn a_particle_after_a_bracket_is_known_as_one() {
        let text = "캐시(cache)를 \"큐\"는 (큐)";
        let befores: Vec<_> = Words::new(&Folded::new(text))
            .filter_map(|word| match word.script {
                Script::Korean(before) => Some(before),
                Script::Latin => None,
            })
            .collect();
        let (nothing, word) = (Before::Nothing, Before::Word);
        assert_eq!(befores, [nothing, word, nothing, word, nothing]);
    }
}
