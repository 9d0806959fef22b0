//! Bare addresses in text: `https://example.com/a에서` is a link that ends where the address ends.
//!
//! GitHub's extended autolinks, with one Korean rule: Hangul directly after a letter or digit of the address is a
//! particle and not part of it, Hangul after `/`, `=`, `-` and the like is (`https://ko.wikipedia.org/wiki/서버`).

use std::ops::Range;

/// The addresses in a text as byte ranges, with whether `https://` has to be added (`www.…`). Linear in the text.
pub fn find(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    let mut from = 0;
    for mark in memchr::memchr2_iter(b':', b'.', text.as_bytes()) {
        let Some((at, prefix)) = prefix_at(text, mark) else { continue };
        // An address inside an address is part of it; `xhttps://` and `swww.` are words.
        if at < from || text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        if !text[at + prefix.len()..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let end = at + end_of_address(&text[at..], prefix.len());
        from = end;
        if prefix != "www." || text[at + prefix.len()..end].contains('.') {
            found.push((at..end, prefix == "www."));
        }
    }
    found
}

/// The prefix of an address whose `:` or first `.` stands at `mark`, and where it starts.
fn prefix_at(text: &str, mark: usize) -> Option<(usize, &'static str)> {
    let (before, after) = (text.get(..mark)?, text.get(mark..)?);
    if after.starts_with("://") {
        ["https://", "http://"].into_iter().find_map(|prefix| {
            before.ends_with(prefix.trim_end_matches("://")).then(|| (mark + 3 - prefix.len(), prefix))
        })
    } else {
        (after.starts_with('.') && before.ends_with("www")).then(|| (mark - 3, "www."))
    }
}

/// Where the address at the start of `text` ends.
fn end_of_address(text: &str, prefix: usize) -> usize {
    let mut end = prefix;
    let mut previous = '/';
    let (mut open, mut brackets) = (0usize, 0usize);
    for (at, c) in text[prefix..].char_indices() {
        let stop = match c {
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' => true,
            '(' => {
                open += 1;
                false
            }
            ')' if open == 0 => true,
            ')' => {
                open -= 1;
                false
            }
            // `[https://…]`: a bracket that the address did not open.
            '[' => {
                brackets += 1;
                false
            }
            ']' if brackets == 0 => true,
            ']' => {
                brackets -= 1;
                false
            }
            // Typographic quotes, brackets and full stops of Korean, Chinese and Japanese text.
            '\u{2018}'..='\u{201f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '…' => true,
            _ if c.is_whitespace() || c.is_control() => true,
            _ if !c.is_ascii() => previous.is_ascii_alphanumeric() || matches!(previous, ')' | ',' | '\''),
            _ => false,
        };
        if stop {
            break;
        }
        end = prefix + at + c.len_utf8();
        previous = c;
    }
    // Punctuation at the end belongs to the sentence, `&amp;` at the end to neither.
    text[..end].trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '"', '*', '_', '~', '&']).len().max(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn an_address_ends_before_a_particle_and_before_the_sentence_does() {
        assert_eq!(addresses("https://example.com/a에서 받는다."), ["https://example.com/a"]);
        assert_eq!(
            addresses("[https://example.com/u] https://example.com/a[0]"),
            ["https://example.com/u", "https://example.com/a[0]"]
        );
        assert_eq!(
            addresses("'https://example.com/r'은 https://example.com,은"),
            ["https://example.com/r", "https://example.com"]
        );
        assert_eq!(addresses("(https://example.com/a_b?x=1&y=2)."), ["https://example.com/a_b?x=1&y=2"]);
        assert_eq!(
            addresses("https://ko.wikipedia.org/wiki/부하_분산 참고"),
            ["https://ko.wikipedia.org/wiki/부하_분산"]
        );
        assert_eq!(
            addresses("https://en.wikipedia.org/wiki/Raft_(algorithm)을"),
            ["https://en.wikipedia.org/wiki/Raft_(algorithm)"]
        );
        assert_eq!(addresses("www.example.com, http://localhost:8080/"), ["www.example.com", "http://localhost:8080/"]);
    }

    #[test]
    fn words_that_only_look_like_one_stay_text() {
        assert!(addresses("https:// 로 시작한다. swww.example.com www.").is_empty());
    }
}
