//! Spellings that a reader takes for the same, made the same: NFD → NFC, full width → half width.
//!
//! Almost no text needs it, so the test for "needs nothing" is one pass over bytes and the text is then borrowed. Where
//! something changes, a map leads from the folded text back to the original, because what is marked in a snippet is the
//! original. Case stays: the borders inside `gRPC` are still to be found.

use std::borrow::Cow;

#[cfg(feature = "native")]
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A folded text that knows where it came from.
pub struct Folded<'a> {
    text: Cow<'a, str>,
    /// Pairs of byte offsets, folded and original, at the beginning of every character; empty when nothing changed.
    map: Vec<(u32, u32)>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    pub fn new(text: &'a str) -> Self {
        if !text.bytes().any(begins_foldable) {
            return Self { text: Cow::Borrowed(text), map: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut map = Vec::with_capacity(text.len());
        let mut rest = text.char_indices().peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = rest.next_if(|&(_, next)| joins_the_one_before(next)) {
                end = at + next.len_utf8();
            }
            map.push((folded.len() as u32, start as u32));
            match half_width(first) {
                Some(narrow) => folded.push(narrow),
                None => compose(&text[start..end], &mut folded),
            }
        }
        map.push((folded.len() as u32, text.len() as u32));
        Self { text: Cow::Owned(folded), map }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the original the character at this folded offset begins.
    pub fn original(&self, folded: usize) -> usize {
        match self.map.partition_point(|&(at, _)| at as usize <= folded) {
            0 => folded,
            after => self.map[after - 1].1 as usize,
        }
    }

    /// Where in the original the character before this folded offset ends.
    pub fn original_end(&self, folded: usize) -> usize {
        match self.map.get(self.map.partition_point(|&(at, _)| (at as usize) < folded)) {
            None => folded,
            Some(&(_, original)) => original as usize,
        }
    }
}

/// First bytes of characters that folding may change: combining marks (U+0300), conjoining jamo (U+1100), full width and
/// compatibility ideographs (U+F900 to U+FFEF), with their neighbours.
fn begins_foldable(byte: u8) -> bool {
    matches!(byte, 0xCC | 0xCD | 0xE1 | 0xEF)
}

/// Vowel and final jamo, and marks, belong to the character before them.
fn joins_the_one_before(next: char) -> bool {
    matches!(next, '\u{1160}'..='\u{11FF}') || is_combining_mark(next)
}

/// A text in NFC: what is stored, so that the browser, which folds without the tables of Unicode, reads it as it was read
/// here.
#[cfg(feature = "native")]
pub fn composed(text: &str) -> String {
    if text.bytes().any(begins_foldable) { text.nfc().collect() } else { text.to_owned() }
}

#[cfg(not(feature = "native"))]
pub fn composed(text: &str) -> String {
    text.to_owned()
}

/// A character with what belongs to it, in NFC.
#[cfg(feature = "native")]
fn compose(decomposed: &str, folded: &mut String) {
    folded.extend(decomposed.nfc());
}

/// Without the tables of Unicode: whoever asks has composed the text.
#[cfg(not(feature = "native"))]
fn compose(composed: &str, folded: &mut String) {
    folded.push_str(composed);
}

/// The marks of Latin letters; others are left where they stand.
#[cfg(not(feature = "native"))]
fn is_combining_mark(next: char) -> bool {
    matches!(next, '\u{300}'..='\u{36F}')
}

fn half_width(wide: char) -> Option<char> {
    match wide {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(wide as u32 - 0xFEE0),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        let folded = Folded::new("쿠버네티스 API를 쓴다");
        assert!(matches!(folded.text, Cow::Borrowed(_)));
        assert_eq!((folded.original(7), folded.original_end(7)), (7, 7));
    }

    #[test]
    fn decomposed_hangul_is_composed_and_leads_back() {
        let original = "큐 캐시"; // decomposed
        let folded = Folded::new(original);
        assert_eq!(folded.text(), "큐 캐시");
        let (start, end) = (folded.original(4), folded.original_end(10));
        assert_eq!(original[start..end].nfc().collect::<String>(), "캐시");
        assert_eq!(end, original.len());
    }

    #[test]
    fn what_is_stored_is_composed() {
        let decomposed: String = "컨테이너_포맷 é".nfd().collect();
        assert_eq!(composed(&decomposed), "컨테이너_포맷 é");
        assert_eq!(composed("ＡＰＩ"), "ＡＰＩ", "only composed, not folded");
    }

    #[test]
    fn full_width_becomes_half_width() {
        let folded = Folded::new("ＡＰＩ　２");
        assert_eq!(folded.text(), "API 2");
        assert_eq!((folded.original(1), folded.original_end(3)), (3, 9));
    }
}
