//! Latin words, numbers and names of code → terms.
//!
//! A name is kept whole and cut at every border that a reader may leave out or use alone:
//!
//! ```text
//! node.js     node.js nodejs │ node │ js          signs: pieces with positions of their own
//! gRPC        grpc, hump rpc                      case and digits: humps at the word's own position, because whoever
//! HTTPServer  httpserver, humps http server       types `grpc` in lower case leaves the border out
//! HTTP/2      http/2 http2 │ http │ 2
//! v1.2.3      v1.2.3 v123 1.2.3 │ v1 │ 2 │ 3      a version is one with and without its letter
//! ```

use super::{Term, TermKind};

/// Names of more pieces than this are paths and addresses: nobody types them whole.
const MOST_PIECES: usize = 4;
/// Longer pieces are keys, hashes and encoded bytes. In bytes.
const LONGEST_PIECE: usize = 48;

/// Hands over the terms of one Latin word and returns how many positions it takes. Offsets count from the word.
pub fn terms(word: &str, buffer: &mut String, mut each: impl FnMut(Term<'_>)) -> u32 {
    let mut pieces = word.split(is_joint).filter(|piece| !piece.is_empty());
    let count = pieces.clone().count();
    let mut give = |text: &str, start: usize, end: usize, position: u32, kind: TermKind| {
        each(Term { text, start, end, position, word: 0, kind });
    };
    let signed = word.ends_with(['+', '#']);
    if signed {
        lower(word, |_| true, buffer);
        give(buffer, 0, word.len(), 0, TermKind::Whole);
    }
    if (2..=MOST_PIECES).contains(&count) && word.len() <= LONGEST_PIECE {
        for keep in [|_| true, |c| !is_joint(c)] {
            lower(word, keep, buffer);
            give(buffer, 0, word.len(), 0, TermKind::Whole);
        }
    }
    if let Some(version) = word.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && (2..=MOST_PIECES).contains(&count)
    {
        give(version, 1, word.len(), 0, TermKind::Whole);
    }
    let kind = if count == 1 && !signed { TermKind::Whole } else { TermKind::Piece };
    let mut position = 0;
    for piece in &mut pieces {
        if piece.len() <= LONGEST_PIECE {
            let start = piece.as_ptr() as usize - word.as_ptr() as usize;
            lower(piece, |_| true, buffer);
            give(buffer, start, start + piece.len(), position, kind);
            humps(piece, |from, to| {
                lower(&piece[from..to], |_| true, buffer);
                give(buffer, start + from, start + to, position, TermKind::Hump);
            });
        }
        position += 1;
    }
    position
}

fn is_joint(sign: char) -> bool {
    matches!(sign, '_' | '-' | '.' | '/' | '+' | '&' | '\'' | ',' | '#')
}

fn lower(text: &str, keep: impl Fn(char) -> bool, into: &mut String) {
    into.clear();
    for character in text.chars().filter(|&character| keep(character)) {
        if character.is_ascii() {
            into.push(character.to_ascii_lowercase());
        } else {
            into.extend(character.to_lowercase());
        }
    }
}

/// The humps between borders of case and digits, where there are such borders, of two characters or more.
fn humps(piece: &str, mut each: impl FnMut(usize, usize)) {
    let mut start = 0;
    let mut characters = piece.char_indices().peekable();
    let mut before = None;
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|&(_, after)| after);
        if before.is_some_and(|before| is_border(before, character, after)) {
            if piece[start..at].chars().nth(1).is_some() {
                each(start, at);
            }
            start = at;
        }
        before = Some(character);
    }
    if start > 0 && piece[start..].chars().nth(1).is_some() {
        each(start, piece.len());
    }
}

/// `aB`, `ABc` (before B), `a1`, `1a`.
fn is_border(before: char, character: char, after: Option<char>) -> bool {
    let hump = character.is_uppercase() && (before.is_lowercase() || after.is_some_and(char::is_lowercase));
    hump || before.is_numeric() != character.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> (Vec<(String, u32)>, u32) {
        let mut found = Vec::new();
        let positions = terms(word, &mut String::new(), |term| found.push((term.text.to_owned(), term.position)));
        (found, positions)
    }

    fn texts(word: &str) -> Vec<String> {
        cut(word).0.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn names_are_found_whole_and_in_pieces() {
        assert_eq!(texts("node.js"), ["node.js", "nodejs", "node", "js"]);
        assert_eq!(texts("CI/CD"), ["ci/cd", "cicd", "ci", "cd"]);
        assert_eq!(texts("HTTP/2"), ["http/2", "http2", "http", "2"]);
        assert_eq!(texts("C++"), ["c++", "c"]);
        assert_eq!(texts("v1.2.3"), ["v1.2.3", "v123", "1.2.3", "v1", "2", "3"]);
        assert_eq!(texts("snake_case"), ["snake_case", "snakecase", "snake", "case"]);
    }

    #[test]
    fn case_and_digits_are_borders_too() {
        assert_eq!(texts("gRPC"), ["grpc", "rpc"]);
        assert_eq!(texts("HTTPServer"), ["httpserver", "http", "server"]);
        assert_eq!(texts("useState"), ["usestate", "use", "state"]);
        assert_eq!(texts("SHA256"), ["sha256", "sha", "256"]);
        assert_eq!(texts("L4"), ["l4"]);
    }

    #[test]
    fn positions_count_pieces() {
        let (found, positions) = cut("TCP/IP");
        assert_eq!(found, [("tcp/ip", 0), ("tcpip", 0), ("tcp", 0), ("ip", 1)].map(|(text, at)| (text.to_owned(), at)));
        assert_eq!(positions, 2);
    }

    #[test]
    fn an_address_is_known_by_its_pieces_only() {
        assert_eq!(texts("a.example.com/en/docs"), ["a", "example", "com", "en", "docs"]);
    }
}
