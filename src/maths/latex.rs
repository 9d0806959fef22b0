//! The words of a formula: commands, braces and signs, as far as numbering, references and definitions need them.
//!
//! This is no parser of LaTeX; [`draw`](super::draw) has one. It cuts a formula into words that never fail to be cut.

use std::ops::Range;

/// A word and its bytes in the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'s> {
    pub kind: Kind<'s>,
    pub range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'s> {
    /// `\name`, without the backslash; a star is a sign of its own.
    Command(&'s str),
    Open,
    Close,
    /// `\\`
    NewLine,
    Comment,
    Other,
}

/// The words of a formula, in order, without what stands between them and has no meaning here. They are cut as they are
/// asked for: who wants to know what follows a command must not pay for the rest of the formula.
pub fn words(source: &str) -> Words<'_> {
    Words { source, at: 0 }
}

pub struct Words<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Iterator for Words<'s> {
    type Item = Word<'s>;

    fn next(&mut self) -> Option<Word<'s>> {
        let source = self.source;
        let rest = source.as_bytes().get(self.at..)?;
        let start = self.at + rest.iter().position(|byte| b"\\{}%".contains(byte))?;
        let (kind, length) = match source.as_bytes().get(start) {
            Some(b'{') => (Kind::Open, 1),
            Some(b'}') => (Kind::Close, 1),
            Some(b'%') => {
                let rest = source.get(start..).unwrap_or_default();
                (Kind::Comment, rest.find('\n').unwrap_or(rest.len()))
            }
            _ => {
                let rest = source.get(start + 1..).unwrap_or_default();
                let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'@').count();
                match rest.chars().next() {
                    _ if letters > 0 => (Kind::Command(rest.get(..letters).unwrap_or_default()), 1 + letters),
                    Some('\\') => (Kind::NewLine, 2),
                    Some(sign) => (Kind::Other, 1 + sign.len_utf8()),
                    None => (Kind::Other, 1),
                }
            }
        };
        self.at = start + length;
        Some(Word { kind, range: start..self.at })
    }
}

/// What stands in the braces that open at or behind `from`, blanks apart: the bytes inside, and where it goes on.
pub fn braced(source: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let rest = source.get(from..)?;
    let open = from + (rest.len() - rest.trim_start().len());
    if !source.get(open..)?.starts_with('{') {
        return None;
    }
    let mut depth = 0usize;
    for word in words(source.get(open..)?) {
        match word.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return Some((open + 1..open + word.range.start, open + word.range.end));
        }
    }
    None
}

/// A text made of pieces of another and of words put in, and the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    pub text: String,
    /// Where pieces begin: in the text, and in what it was made of.
    pieces: Vec<(usize, usize)>,
}

impl Rewritten {
    /// Goes on with bytes of the source.
    pub fn copy(&mut self, source: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(source.get(range).unwrap_or_default());
    }

    /// Goes on with a word that stands for what begins at `place` in the source.
    pub fn put(&mut self, word: &str, place: usize) {
        // A piece of no length, so that each of the word's bytes leads to its place.
        self.pieces.extend((0..word.len()).map(|at| (self.text.len() + at, place)));
        self.text.push_str(word);
    }

    /// Goes on with the first bytes of another text that was made of the same source.
    pub fn append(&mut self, other: &Self, length: usize) {
        let pieces = other.pieces.iter().take_while(|(new, _)| *new < length);
        self.pieces.extend(pieces.map(|(new, old)| (self.text.len() + new, *old)));
        self.text.push_str(other.text.get(..length).unwrap_or_default());
    }

    /// Where in the source the byte at `at` comes from.
    pub fn place(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|(new, _)| *new <= at);
        match behind.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some((new, old)) => old + (at - new),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_cut_into_words() {
        let kinds: Vec<_> = words(r"\frac{a}\\ \{ % \b").map(|word| word.kind).collect();
        let expected = [Kind::Command("frac"), Kind::Open, Kind::Close, Kind::NewLine, Kind::Other, Kind::Comment];
        assert_eq!(kinds, expected);
        assert_eq!(braced(r"x {a{b}\}} c", 1), Some((3..9, 10)));
        assert_eq!(braced("{a", 0), None);
    }

    #[test]
    fn places_lead_back() {
        let mut text = Rewritten::default();
        text.put("abc", 5);
        text.copy("0123456789", 7..9);
        assert_eq!(text.text, "abc78");
        assert_eq!([0, 2, 3, 4].map(|at| text.place(at)), [5, 5, 7, 8]);
    }
}
