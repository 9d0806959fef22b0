//! Where a text says a term in another language beside it: `파드(Pod)는`, `Pod(파드)`.
//!
//! In goes one block's readable text and where its markup stood; out come places that have the shape of a gloss, each
//! with the words before the bracket back to the next sign, code or border of markup. How many of those words are the
//! term takes Korean morphology and sometimes other notes to say, so the library decides that
//! ([`glossary`](crate::library::glossary)). What is inside a bracket is judged here: code, numbers, units, versions,
//! sentences, file names and references are no terms.

use std::ops::Range;

/// A place that glosses a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Gloss {
    /// The words before the bracket, single-spaced, the nearest last.
    pub before: String,
    /// Nothing else can belong to the term: it is marked up, or the words begin the block and the bracket ends it.
    pub exact: bool,
    /// It begins its block or is marked up, and what follows makes a definition likely: `란`, `: `.
    pub defines: bool,
    pub inside: Inside,
    /// The sentence it stands in; empty where there is nothing but the gloss.
    pub sentence: String,
    /// Index of the heading whose section it stands in, and whether it stands in that heading itself.
    pub heading: Option<usize>,
    pub in_heading: bool,
}

/// What a bracket says.
#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    /// `API Gateway`; with an abbreviation where both are given.
    Latin { words: String, short: Option<String> },
    /// `파드`
    Hangul(String),
}

/// A term and its meaning, as a definition list gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    pub term: String,
    /// With holes; the meanings one after the other. Empty where it would not stand outside its note.
    pub html: String,
    pub text: String,
    /// Index of the heading whose section it stands in.
    pub heading: Option<usize>,
}

/// Markup in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub range: Range<usize>,
    pub is_code: bool,
}

/// Longer brackets are remarks. In bytes.
const LONGEST_INSIDE: usize = 90;
/// How far back a term may reach. In bytes.
const LONGEST_BEFORE: usize = 120;
const MOST_BEFORE: usize = 6;
/// The longest sentence that is shown as a meaning. In characters.
const LONGEST_SENTENCE: usize = 160;

/// Markup further away than this from a bracket does not count. In bytes.
const NEAR: usize = 400;
/// How far a sentence is followed to either side; a longer one is no meaning. In bytes.
const LONGEST_LOOK: usize = 600;

/// The glosses of one block. `marks` need no order. Linear, whatever the text: what is looked at for one bracket lies
/// within fixed lengths of it.
pub fn find(text: &str, marks: &[Mark]) -> Vec<Gloss> {
    let mut glosses = Vec::new();
    let mut code: Vec<&Range<usize>> = marks.iter().filter(|mark| mark.is_code).map(|mark| &mark.range).collect();
    code.sort_by_key(|range| range.start);
    let mut sorted: Vec<Mark> = marks.to_vec();
    sorted.sort_by_key(|mark| (mark.range.start, mark.range.end));
    // A text without a bracket, which most are, costs one search.
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'(', &text.as_bytes()[from..]).map(|at| from + at) {
        from = open + 1;
        let Some(close) = closing(text, open) else { continue };
        // Code that holds the bracket, or stands in it; pieces of code never overlap.
        let before_close = code.partition_point(|range| range.start < close);
        if before_close.checked_sub(1).and_then(|last| code.get(last)).is_some_and(|range| range.end > open) {
            continue;
        }
        let first = sorted.partition_point(|mark| mark.range.start + NEAR < open);
        let last = sorted.partition_point(|mark| mark.range.start <= close);
        let near = sorted.get(first..last).unwrap_or_default();
        if let Some(gloss) = gloss(text, open..close + 1, near) {
            glosses.push(gloss);
            from = close + 1;
        }
    }
    glosses
}

fn closing(text: &str, open: usize) -> Option<usize> {
    let rest = &text.as_bytes()[open + 1..];
    let end = rest.iter().take(LONGEST_INSIDE + 1).position(|byte| matches!(byte, b'(' | b')' | b'\n'))?;
    (rest[end] == b')').then_some(open + 1 + end)
}

fn gloss(text: &str, bracket: Range<usize>, marks: &[Mark]) -> Option<Gloss> {
    let inside = text.get(bracket.start + 1..bracket.end - 1)?;
    // `Typescript ( 제네릭 )` is no gloss of anything.
    if inside.starts_with(' ') || inside.ends_with(' ') {
        return None;
    }
    let before_bracket = text.get(..bracket.start)?;
    let apart = before_bracket.ends_with(' ');
    let end = before_bracket.trim_end_matches(' ').len();
    let last = before_bracket[..end].chars().next_back()?;
    let inside = match (is_hangul(last), last.is_ascii_alphabetic()) {
        (true, _) => latin(inside)?,
        (_, true) => Inside::Hangul(hangul(inside)?),
        _ => return None,
    };
    let after = text.get(bracket.end..).unwrap_or_default();
    if !may_follow(after) {
        return None;
    }
    // Markup that ends where the bracket begins, or around both.
    let mark = marks.iter().find(|mark| !mark.is_code && (mark.range.end == end || mark.range.end == bracket.start));
    let around = marks.iter().find(|mark| mark.range.start < end && mark.range.end == bracket.end);
    let marked = mark.or(around);
    let start = match marked {
        Some(mark) => mark.range.start,
        None => beginning(text, end, marks),
    };
    let run = text.get(start..end)?;
    if run.len() > LONGEST_BEFORE || run.contains(['(', ')', '\n', ',', '.', ':', '"', '$', '=', '<', '>']) {
        return None;
    }
    let mut words: Vec<&str> = run.split_whitespace().collect();
    // The particle of what stands before: `분수부(fraction)와 정수부(integer)`.
    if marked.is_none()
        && run.starts_with(is_hangul)
        && text.get(..start).is_some_and(|before| before.ends_with([')', '"', '\'', '`']))
    {
        words.remove(0);
    }
    if matches!(inside, Inside::Hangul(_)) {
        // Only Latin words are glossed in Hangul.
        let latin = words.iter().rev().take_while(|word| is_latin_word(word)).count();
        words.drain(..words.len() - latin);
        latin_words(&words.join(" "))?;
    }
    let text_before = text.get(..start).unwrap_or_default();
    // A list of books: `저자 / 출판사(publisher) / 2019년`.
    if text_before.trim_end().ends_with('/') || after.trim_start().starts_with('/') {
        return None;
    }
    let opens = text_before.trim_end_matches([' ', '\n']).is_empty() || text_before.ends_with('\n');
    let rest = after.trim_start_matches(' ');
    let colon = rest.starts_with([':', '-', '–', '—', '→', '=']);
    let closes = colon || rest.is_empty() || rest.starts_with('\n');
    let topic = ["은 ", "는 ", "이란", "란 ", "란,"].iter().any(|topic| after.starts_with(topic));
    let exact = marked.is_some() || (opens && closes);
    // Between a term and its bracket stands no space, unless nothing else stands there.
    if apart && !exact || words.is_empty() {
        return None;
    }
    let mut before = words;
    if before.len() > MOST_BEFORE {
        if exact {
            return None;
        }
        before.drain(..before.len() - MOST_BEFORE);
    }
    Some(Gloss {
        before: before.join(" "),
        exact,
        defines: (opens || marked.is_some()) && (colon || topic),
        inside,
        sentence: sentence(text, start, bracket.end),
        heading: None,
        in_heading: false,
    })
}

/// Where the words that may belong to a term begin: behind the nearest sign, or where markup begins or ends.
fn beginning(text: &str, end: usize, marks: &[Mark]) -> usize {
    let before = &text[..end];
    let limit = before.floor_char_boundary(end.saturating_sub(LONGEST_BEFORE));
    let borders = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]);
    let border = borders.filter(|border| *border < end).max().unwrap_or(0);
    let sign = before[limit..].rfind(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'')));
    let sign = sign.map_or(limit, |at| {
        let at = limit + at;
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    sign.max(border)
}

/// What may stand behind a gloss: nothing, a sign, a space, or a particle. `추상(abstract)적인` glosses half a word.
fn may_follow(after: &str) -> bool {
    const PARTICLES: [&str; 52] = [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "로",
        "와",
        "과",
        "도",
        "만",
        "라",
        "란",
        "인",
        "나",
        "들",
        "이라",
        "이란",
        "이나",
        "이며",
        "이고",
        "이다",
        "다",
        "였다",
        "입니다",
        "이므로",
        "이지만",
        "라고",
        "라는",
        "이라고",
        "이라는",
        "으로",
        "으로써",
        "으로서",
        "로서",
        "로써",
        "로의",
        "와의",
        "과의",
        "에서",
        "에서는",
        "에게",
        "에는",
        "에도",
        "까지",
        "까지의",
        "부터",
        "처럼",
        "보다",
        "만을",
    ];
    let Some(first) = after.chars().next() else { return true };
    if !first.is_alphanumeric() {
        return true;
    }
    let word_end = after.find(|c: char| !is_hangul(c)).unwrap_or(after.len());
    let word = &after[..word_end];
    PARTICLES.contains(&word) || word.strip_prefix('들').is_some_and(|rest| PARTICLES.contains(&rest))
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// `é` and the long dash of names too, but no Hanja.
fn is_latin(c: char) -> bool {
    c < '\u{250}' || c == '’'
}

fn is_latin_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/' | '+' | '#' | '&'))
}

/// A Korean term: a few words of Hangul alone.
fn hangul(inside: &str) -> Option<String> {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let fits = (1..=3).contains(&words.len()) && words.iter().all(|word| word.chars().all(is_hangul));
    (fits && inside.chars().count() <= 16).then(|| words.join(" "))
}

/// A Latin term, alone or with its abbreviation: `Domain Driven Design, DDD`.
fn latin(inside: &str) -> Option<Inside> {
    const LABELS: [&str; 6] = ["영어:", "영문:", "영:", "영어", "이하", "英:"];
    let bare = |text: &str| -> String {
        let text = text.trim();
        LABELS.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text).trim().to_owned()
    };
    match inside.split_once([',', ';', ':']) {
        None => {
            let words = bare(inside);
            latin_words(&words)?;
            Some(Inside::Latin { words, short: None })
        }
        Some((label, rest)) if LABELS.contains(&format!("{label}:").as_str()) => latin(rest),
        Some((first, second)) => {
            let (first, second) = (bare(first), bare(second));
            latin_words(&first).and(latin_words(&second))?;
            match (is_short(&first), is_short(&second)) {
                (false, true) => Some(Inside::Latin { words: first, short: Some(second) }),
                (true, false) => Some(Inside::Latin { words: second, short: Some(first) }),
                _ => None,
            }
        }
    }
}

/// An abbreviation: one word, mostly of capitals (`CVS`, `gRPC`, `VMs`, `2PC`).
pub fn is_short(words: &str) -> bool {
    let capitals = words.chars().filter(char::is_ascii_uppercase).count();
    let letters = words.chars().filter(|c| *c != '/' && *c != '-').count();
    !words.contains(' ') && capitals >= 2 && letters <= 7 && capitals * 2 >= letters
}

/// Whether the words can be a term, and not a remark, code, a version, a unit or a file.
fn latin_words(words: &str) -> Option<()> {
    const WORDS_OF_SENTENCES: [&str; 34] = [
        "is", "are", "was", "be", "not", "you", "we", "i", "it", "this", "that", "can", "will", "e.g", "i.e", "eg",
        "ie", "see", "cf", "ex", "vs", "aka", "etc", "such", "like", "if", "when", "via", "using", "has", "have",
        "does", "do", "they",
    ];
    const FIRST_WORDS: [&str; 18] = [
        "a", "an", "the", "for", "from", "with", "by", "in", "on", "at", "to", "of", "or", "and", "as", "only",
        "without", "about",
    ];
    // Said of a thing rather than the thing's name; units; keys of the keyboard.
    const REMARKS: [&str; 74] = [
        "wikipedia",
        "wiki",
        "link",
        "demo",
        "source",
        "pdf",
        "blog",
        "example",
        "optional",
        "default",
        "deprecated",
        "new",
        "old",
        "draft",
        "todo",
        "note",
        "ref",
        "reference",
        "beta",
        "alpha",
        "github",
        "youtube",
        "yes",
        "no",
        "true",
        "false",
        "null",
        "none",
        "nil",
        "ok",
        "all",
        "required",
        "recommended",
        "here",
        "home",
        "book",
        "video",
        "image",
        "title",
        "ms",
        "sec",
        "min",
        "kb",
        "mb",
        "gb",
        "tb",
        "px",
        "rem",
        "hz",
        "mhz",
        "ghz",
        "bit",
        "bits",
        "byte",
        "bytes",
        "km",
        "kg",
        "cm",
        "mm",
        "am",
        "pm",
        "utc",
        "kst",
        "kor",
        "eng",
        "korean",
        "english",
        "java",
        "python",
        "javascript",
        "mac",
        "macos",
        "linux",
        "windows",
    ];
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.is_empty() || all.len() > 5 {
        return None;
    }
    let lower: Vec<String> = all.iter().map(|word| word.to_lowercase()).collect();
    let is_word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let known = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/' | '&' | '+' | '#');
        let ends = word.starts_with(|c: char| c.is_alphanumeric() || c == '&')
            && word.ends_with(|c: char| c.is_alphabetic() || matches!(c, '+' | '#' | '\'' | '&'));
        // `getName` and `bidderName` are code; `gRPC` and `IoT` are not, being short.
        let hump = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        letters > 0 && word.chars().all(known) && ends && word.chars().all(is_latin) && (!hump || is_short(word))
    };
    if !all.iter().all(|word| is_word(word) || *word == "&") {
        return None;
    }
    // Of two things together one is seldom the term before the bracket.
    if lower.iter().any(|word| word == "and" || word == "or") {
        return None;
    }
    if lower.iter().any(|word| WORDS_OF_SENTENCES.contains(&word.as_str())) || FIRST_WORDS.contains(&lower[0].as_str())
    {
        return None;
    }
    let single = all.len() == 1;
    // `MUD MOO IRC` is a list.
    if !single && all.iter().all(|word| is_short(word)) {
        return None;
    }
    if single && (REMARKS.contains(&lower[0].as_str()) || words.chars().count() < 2) {
        return None;
    }
    // `fs`, `rm`: a command or a variable.
    let tiny = single && words.chars().count() < 3 && words.chars().any(char::is_lowercase);
    // A path, unless both sides are as short as in `I/O` and `CI/CD`.
    let path = words.matches('/').count() > 1 || words.split('/').count() == 2 && !single;
    (!tiny && !path).then_some(())
}

/// The sentence around a range, shortened; empty where the range is all of it.
fn sentence(text: &str, start: usize, end: usize) -> String {
    let earliest = text.floor_char_boundary(start.saturating_sub(LONGEST_LOOK));
    let latest = text.floor_char_boundary((end + LONGEST_LOOK).min(text.len()));
    let before = text[earliest..start].char_indices().rev().map(|(at, c)| (earliest + at, c));
    let begin = before.into_iter().find(|(at, c)| ends_sentence(text, *at, *c));
    let begin = match begin {
        Some((at, c)) => at + c.len_utf8(),
        None if earliest == 0 => 0,
        None => return String::new(),
    };
    let after = text[end..latest].char_indices().map(|(at, c)| (end + at, c));
    let finish = after.into_iter().find(|(at, c)| ends_sentence(text, *at, *c));
    let finish = finish.map_or(latest, |(at, c)| if c == '\n' { at } else { at + c.len_utf8() });
    let whole = text.get(begin..finish).unwrap_or_default();
    let around = whole.len().saturating_sub(end - start);
    if around < 8 { String::new() } else { shortened(whole) }
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' => true,
        '.' | '?' | '!' | '。' => text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// The first sentence of a text, for a meaning.
pub fn first_sentence(text: &str) -> String {
    let text = text.trim_start();
    let end = text.char_indices().find(|(at, c)| ends_sentence(text, *at, *c));
    shortened(text.get(..end.map_or(text.len(), |(at, c)| at + c.len_utf8())).unwrap_or(text))
}

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = words.char_indices().nth(LONGEST_SENTENCE) else { return words };
    let cut = words[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", words[..cut].trim_end_matches([',', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Inside)> {
        find(text, &[]).into_iter().map(|gloss| (gloss.before, gloss.inside)).collect()
    }

    fn latin(words: &str, short: Option<&str>) -> Inside {
        Inside::Latin { words: words.to_owned(), short: short.map(str::to_owned) }
    }

    #[test]
    fn a_term_and_its_gloss() {
        assert_eq!(found("가장 작은 파드(Pod)는 이렇다."), [("가장 작은 파드".to_owned(), latin("Pod", None))]);
        let design = latin("Domain Driven Design", Some("DDD"));
        assert_eq!(
            found("도메인 주도 설계(Domain Driven Design, DDD)"),
            [("도메인 주도 설계".to_owned(), design.clone())]
        );
        assert_eq!(
            found("도메인 주도 설계(DDD, 영어: Domain Driven Design)"),
            [("도메인 주도 설계".to_owned(), design)]
        );
        assert_eq!(found("이 Pod(파드)를"), [("Pod".to_owned(), Inside::Hangul("파드".to_owned()))]);
        assert_eq!(found("앞의 것, 입출력(I/O)이"), [("입출력".to_owned(), latin("I/O", None))]);
    }

    #[test]
    fn a_bracket_that_says_something_else() {
        for text in [
            "함수(getName)를",
            "버전(v1.2)은",
            "자바(Java 8)",
            "크기(10 MB)",
            "시간(ms)",
            "예(e.g. this)",
            "글(see Pod)",
            "파일(main.rs)",
            "말(this is a sentence)",
            "해(2021)",
            "서버(로드 밸런서)",
            "글(n)",
            "링크(https://a.kr/b)",
            "명령(rm)",
            "표준(RFC791)",
            "추상(abstract)적인",
            "중단(abort)하면",
            "인사이트(insight) / 2판",
            "값(x = y)",
            "집합(a, b, c)",
            "이름 (Name) 없이",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn code_glosses_nothing_and_markup_says_where_a_term_begins() {
        let text = "아주 좋은 문맥 교환(context switch)이다";
        let start = text.find('문').unwrap();
        let end = text.find('(').unwrap();
        let bold = Mark { range: start..end, is_code: false };
        let marked = find(text, &[bold]);
        assert_eq!((marked[0].before.as_str(), marked[0].exact), ("문맥 교환", true));
        let code = Mark { range: 0..text.len(), is_code: true };
        assert_eq!(find(text, &[code]), []);
    }

    #[test]
    fn the_sentence_is_the_meaning() {
        let text = "앞 문장이다. 파드(Pod)는 가장 작은 단위다. 뒤 문장.";
        assert_eq!(find(text, &[])[0].sentence, "파드(Pod)는 가장 작은 단위다.");
        assert_eq!(find("파드(Pod)", &[])[0].sentence, "");
        assert_eq!(first_sentence("v1.2가 나왔다. 다음."), "v1.2가 나왔다.");
    }
}
