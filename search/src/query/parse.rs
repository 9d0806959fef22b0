//! The query language: text → words, phrases, alternatives, exclusions and filters.
//!
//! ```text
//! 무중단 배포            words, ranked together
//! "무중단 배포"          a phrase that has to be there
//! 배포 -쿠버네티스       sections without a word; -"…" without a phrase
//! 쿠버네티스 OR 도커      either
//! tag:네트워크 path:운영/ title:캐시 배포      only there; also 태그: 경로: 제목:, with - before them, values in quotation marks
//! ```
//!
//! There is no wrong query: what cannot be meant so is words. A minus before a single letter or another minus is a
//! command's option (`rm -f`, `--force`), `OR` at the end is a word, `tag:` with nothing after it too.

/// A query, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for, in order.
    pub parts: Vec<Part>,
    /// What a section must not have.
    pub excluded: Vec<Part>,
    /// Each of these has to hold, by any of its filters: `tag:a OR tag:b` is one.
    pub filters: Vec<Vec<Filter>>,
}

/// Something to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words as typed, with single spaces.
    Words(String),
    Phrase(String),
    /// Words or phrases, any of which will do.
    Either(Vec<Part>),
}

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub place: Place,
    pub value: String,
    pub excludes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Tag,
    Path,
    Title,
}

const PLACES: [(&str, Place); 6] = [
    ("tag:", Place::Tag),
    ("태그:", Place::Tag),
    ("path:", Place::Path),
    ("경로:", Place::Path),
    ("title:", Place::Title),
    ("제목:", Place::Title),
];

enum Token<'a> {
    Word(&'a str),
    Phrase(&'a str),
    Filter(Place, &'a str),
}

/// Takes a query apart.
pub fn parse(query: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = query;
    // What an `OR` before the next token would join it to.
    let mut last = Last::Nothing;
    while let Some((token, excludes, after)) = next(rest) {
        rest = after;
        let mut joined = false;
        let mut token = token;
        let mut excludes = excludes;
        if let (Token::Word("OR" | "|" | "||"), false) = (&token, excludes)
            && let Some((second, second_excludes, after)) = next(rest)
            && last.joins(&second, second_excludes)
        {
            (token, excludes, rest, joined) = (second, second_excludes, after, true);
        }
        let part = match token {
            Token::Filter(place, value) => {
                let filter = Filter { place, value: value.to_owned(), excludes };
                match parsed.filters.last_mut().filter(|_| joined) {
                    Some(group) => group.push(filter),
                    None => parsed.filters.push(vec![filter]),
                }
                last = if excludes { Last::Nothing } else { Last::Filter };
                continue;
            }
            Token::Word(word) => Part::Words(word.to_owned()),
            Token::Phrase(phrase) => Part::Phrase(phrase.to_owned()),
        };
        last = Last::Nothing;
        if excludes {
            parsed.excluded.push(part);
            continue;
        }
        last = Last::Part;
        if joined {
            add_alternative(&mut parsed.parts, part);
        } else {
            match (parsed.parts.last_mut(), part) {
                (Some(Part::Words(words)), Part::Words(word)) => {
                    words.push(' ');
                    words.push_str(&word);
                }
                (_, part) => parsed.parts.push(part),
            }
        }
    }
    parsed
}

/// What stands before an `OR`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The beginning, or an exclusion.
    Nothing,
    Part,
    Filter,
}

impl Last {
    /// Whether an `OR` may join a token to it: words and phrases to each other, filters to filters.
    fn joins(self, token: &Token<'_>, excludes: bool) -> bool {
        let kind = if matches!(token, Token::Filter(..)) { Self::Filter } else { Self::Part };
        !excludes && self == kind
    }
}

/// Makes the last part, or the last word of it, one of several.
fn add_alternative(parts: &mut Vec<Part>, part: Part) {
    match parts.pop() {
        Some(Part::Either(mut all)) => {
            all.push(part);
            parts.push(Part::Either(all));
        }
        Some(Part::Words(words)) => {
            let last = match words.rsplit_once(' ') {
                Some((before, last)) => {
                    parts.push(Part::Words(before.to_owned()));
                    last.to_owned()
                }
                None => words,
            };
            parts.push(Part::Either(vec![Part::Words(last), part]));
        }
        Some(phrase @ Part::Phrase(_)) => parts.push(Part::Either(vec![phrase, part])),
        None => parts.push(part),
    }
}

/// The next token of a text, whether a minus stands before it, and what follows.
fn next(text: &str) -> Option<(Token<'_>, bool, &str)> {
    let text = text.trim_start();
    if text.is_empty() {
        return None;
    }
    if let Some(body) = text.strip_prefix(['-', '\u{2212}']) {
        if let Some((phrase, rest)) = quoted(body) {
            return Some((Token::Phrase(phrase), true, rest));
        }
        let (word, rest) = split_word(body);
        if let Some((place, value, rest)) = filter(body) {
            return Some((Token::Filter(place, value), true, rest));
        }
        let option = word.starts_with('-') || word.is_ascii() && word.len() < 2 || word.is_empty();
        if !option {
            return Some((Token::Word(word), true, rest));
        }
    }
    if let Some((phrase, rest)) = quoted(text) {
        return Some((Token::Phrase(phrase), false, rest));
    }
    if let Some((place, value, rest)) = filter(text) {
        return Some((Token::Filter(place, value), false, rest));
    }
    let (word, rest) = split_word(text);
    Some((Token::Word(word), false, rest))
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// What stands between quotation marks at the beginning of a text, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' => '"',
        '“' | '”' => '”',
        '「' => '」',
        _ => return None,
    };
    let body = &text[open.len_utf8()..];
    let end = body.find(close)?;
    let phrase = body[..end].trim();
    (!phrase.is_empty()).then(|| (phrase, &body[end + close.len_utf8()..]))
}

fn filter(text: &str) -> Option<(Place, &str, &str)> {
    let (place, body) = PLACES.iter().find_map(|&(name, place)| {
        let head = text.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| (place, &text[name.len()..]))
    })?;
    let (value, rest) = quoted(body).unwrap_or_else(|| split_word(body));
    let value = value.trim_start_matches('#');
    value.contains(char::is_alphanumeric).then_some((place, value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Part {
        Part::Words(text.to_owned())
    }

    fn phrase(text: &str) -> Part {
        Part::Phrase(text.to_owned())
    }

    #[test]
    fn words_phrases_and_exclusions() {
        assert_eq!(parse("배포 \u{2212}도커").excluded, [words("도커")], "the sign of subtraction");
        let parsed = parse("무중단  배포 \"블루 그린\" -쿠버네티스 -\"롤링 배포\"");
        assert_eq!(parsed.parts, [words("무중단 배포"), phrase("블루 그린")]);
        assert_eq!(parsed.excluded, [words("쿠버네티스"), phrase("롤링 배포")]);
    }

    #[test]
    fn either_takes_the_words_beside_it() {
        assert_eq!(
            parse("설치 도커 OR 포드맨 방법").parts,
            [words("설치"), Part::Either(vec![words("도커"), words("포드맨")]), words("방법")]
        );
        assert_eq!(parse("a OR b | \"c d\"").parts, [Part::Either(vec![words("a"), words("b"), phrase("c d")])]);
    }

    #[test]
    fn filters_have_names_in_both_languages() {
        let filter = |place, value: &str, excludes| Filter { place, value: value.to_owned(), excludes };
        let parsed = parse("tag:네트워크 경로:\"운영 일지\" -title:캐시 TAG:#a/b 프록시");
        assert_eq!(
            parsed.filters,
            [
                vec![filter(Place::Tag, "네트워크", false)],
                vec![filter(Place::Path, "운영 일지", false)],
                vec![filter(Place::Title, "캐시", true)],
                vec![filter(Place::Tag, "a/b", false)],
            ]
        );
        let either = vec![filter(Place::Tag, "a", false), filter(Place::Tag, "b", false)];
        assert_eq!(parse("tag:a OR tag:b").filters, [either]);
        assert_eq!(parse("배포 OR tag:x 쿠버네티스").parts, [words("배포 OR 쿠버네티스")]);
        assert_eq!(parsed.parts, [words("프록시")]);
    }

    #[test]
    fn what_cannot_be_meant_so_is_words() {
        for query in [
            "rm -f",
            "git push --force",
            "OR",
            "배포 OR",
            "OR 배포",
            "tag:",
            "\"",
            "a\"b",
            "http://a.b",
            "-",
            "C++ - C",
        ] {
            let parsed = parse(query);
            assert_eq!(parsed.parts, [words(query)], "{query}");
            assert!(parsed.excluded.is_empty() && parsed.filters.is_empty(), "{query}");
        }
        assert_eq!(parse("  "), Parsed::default());
        assert_eq!(parse("\"\" 배포").parts, [words("\"\" 배포")]);
    }
}
