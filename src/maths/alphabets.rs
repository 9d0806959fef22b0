//! The alphabets of mathematics, which Unicode has as letters of their own: ℝ is no R.

/// An alphabet that a command such as `\mathbb` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    Upright,
    Bold,
    DoubleStruck,
    Script,
    Fraktur,
}

impl Alphabet {
    /// By the parser's name of the font.
    pub fn named(font: &str) -> Option<Self> {
        Some(match font {
            "mathrm" | "rm" | "mathsf" | "mathtt" | "mathit" => Self::Upright,
            "mathbf" | "bf" | "boldsymbol" | "bm" => Self::Bold,
            "mathbb" | "Bbb" => Self::DoubleStruck,
            "mathcal" | "mathscr" | "cal" => Self::Script,
            "mathfrak" | "frak" => Self::Fraktur,
            _ => return None,
        })
    }
}

/// A letter in an alphabet; what the alphabet lacks stays as it is.
pub fn styled(letter: char, alphabet: Alphabet) -> char {
    // Letters that were in Unicode before the alphabets were.
    let older = match (alphabet, letter) {
        (Alphabet::DoubleStruck, 'C') => 'ℂ',
        (Alphabet::DoubleStruck, 'H') => 'ℍ',
        (Alphabet::DoubleStruck, 'N') => 'ℕ',
        (Alphabet::DoubleStruck, 'P') => 'ℙ',
        (Alphabet::DoubleStruck, 'Q') => 'ℚ',
        (Alphabet::DoubleStruck, 'R') => 'ℝ',
        (Alphabet::DoubleStruck, 'Z') => 'ℤ',
        (Alphabet::Script, 'B') => 'ℬ',
        (Alphabet::Script, 'E') => 'ℰ',
        (Alphabet::Script, 'F') => 'ℱ',
        (Alphabet::Script, 'H') => 'ℋ',
        (Alphabet::Script, 'I') => 'ℐ',
        (Alphabet::Script, 'L') => 'ℒ',
        (Alphabet::Script, 'M') => 'ℳ',
        (Alphabet::Script, 'R') => 'ℛ',
        (Alphabet::Script, 'e') => 'ℯ',
        (Alphabet::Script, 'g') => 'ℊ',
        (Alphabet::Script, 'o') => 'ℴ',
        (Alphabet::Fraktur, 'C') => 'ℭ',
        (Alphabet::Fraktur, 'H') => 'ℌ',
        (Alphabet::Fraktur, 'I') => 'ℑ',
        (Alphabet::Fraktur, 'R') => 'ℜ',
        (Alphabet::Fraktur, 'Z') => 'ℨ',
        _ => '\0',
    };
    if older != '\0' {
        return older;
    }
    let first = match alphabet {
        Alphabet::Upright => return letter,
        Alphabet::Bold => 0x1D400,
        Alphabet::DoubleStruck => 0x1D538,
        Alphabet::Script => 0x1D49C,
        Alphabet::Fraktur => 0x1D504,
    };
    let place = match letter {
        'A'..='Z' => letter as u32 - 'A' as u32,
        'a'..='z' => letter as u32 - 'a' as u32 + 26,
        _ => return letter,
    };
    char::from_u32(first + place).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_places() {
        assert_eq!(styled('R', Alphabet::DoubleStruck), 'ℝ');
        assert_eq!(styled('A', Alphabet::DoubleStruck), '𝔸');
        assert_eq!(styled('x', Alphabet::Bold), '𝐱');
        assert_eq!(styled('L', Alphabet::Script), 'ℒ');
        assert_eq!(styled('가', Alphabet::Bold), '가');
    }
}
