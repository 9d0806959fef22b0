//! The terms of one field as one string, which tantivy takes for the field's text.
//!
//! ```text
//! each term: a control character, U+0001 + how many positions after the term before it (at most 24), then the term
//! "\u{1}데이터베이스\u{1}데이터\u{2}베이스\u{2}인덱스"
//! ```
//!
//! tantivy's own form for text that is already cut has a heap string for each term and is copied twice on its way into
//! the index. This one is a single string, and the tokenizer below walks it in place. No term holds a control character,
//! because the analysis takes letters, digits and joining signs only.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Gaps as large as this are cut short: what lies so far apart is no phrase.
const WIDEST_STEP: u32 = 24;
/// Between texts of one field (a title and an alias), so that no phrase spans both.
const GAP: u32 = 2;

/// Terms with their positions, encoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermList {
    encoded: String,
    last: u32,
}

impl TermList {
    /// An empty list with room for the terms of so many bytes of text.
    pub fn with_text(bytes: usize) -> Self {
        Self { encoded: String::with_capacity(bytes + bytes / 2), last: 0 }
    }

    /// Adds a term; positions never go back.
    pub fn push(&mut self, term: &str, position: u32) {
        let step = position.saturating_sub(self.last).min(WIDEST_STEP);
        self.encoded.push(char::from(1 + step as u8));
        self.encoded.push_str(term);
        self.last = self.last.max(position);
    }

    /// Adds the terms of another text after a gap.
    pub fn append(&mut self, other: &Self) {
        if self.encoded.is_empty() {
            *self = other.clone();
        } else if !other.encoded.is_empty() {
            let first = u32::from(other.encoded.as_bytes()[0]) - 1;
            self.encoded.push(char::from(1 + (first + GAP).min(WIDEST_STEP) as u8));
            self.encoded.push_str(&other.encoded[1..]);
            self.last += other.last + GAP;
        }
    }

    /// What to give to tantivy as the field's text.
    pub fn encoded(&self) -> &str {
        &self.encoded
    }
}

/// Reads encoded terms for tantivy.
#[derive(Debug, Clone, Default)]
pub struct TermTokenizer {
    token: Token,
}

/// The terms of one encoded list.
pub struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        self.token.position = 0;
        TermStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&step) = self.rest.as_bytes().first() else { return false };
        let rest = &self.rest[1..];
        let end = rest.bytes().position(|byte| byte <= 1 + WIDEST_STEP as u8).unwrap_or(rest.len());
        self.token.position += usize::from(step) - 1;
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.rest = &rest[end..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(list: &TermList) -> Vec<(String, usize)> {
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(list.encoded());
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.text.clone(), token.position)));
        found
    }

    #[test]
    fn terms_come_back_with_their_positions() {
        let mut list = TermList::default();
        for (term, position) in [("데이터베이스", 0), ("데이터", 0), ("베이스", 1), ("인덱스", 2)] {
            list.push(term, position);
        }
        let mut alias = TermList::default();
        alias.push("db", 0);
        list.append(&alias);
        let expected = [("데이터베이스", 0), ("데이터", 0), ("베이스", 1), ("인덱스", 2), ("db", 4)];
        assert_eq!(decoded(&list), expected.map(|(term, position)| (term.to_owned(), position)));
    }

    #[test]
    fn no_text_has_no_terms() {
        assert_eq!(decoded(&TermList::default()), []);
    }
}
