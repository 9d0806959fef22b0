//! What stands in a line of text without being Markdown: `#태그`, `:smile:`, `H~2~O`, abbreviations, bare addresses.

use std::ops::Range;

use super::Composer;
use crate::markdown::html::escape_into;
use crate::markdown::{Hole, ReferenceKind, autolink, tags};
use crate::source::metadata::MOST_TAGS;

/// The longest raised or lowered piece, in bytes.
const LONGEST_SCRIPT: usize = 8;

/// A piece of text that is shown otherwise than it is typed.
enum Word<'t> {
    Tag(&'t str),
    Emoji(&'static str),
    Raised(&'t str),
    Lowered(&'t str),
    /// By its index.
    Abbreviation(usize),
}

impl Composer<'_> {
    /// Writes text whose bytes in the body are `span`.
    pub(super) fn words(&mut self, text: &str, span: Range<usize>) {
        let mut from = 0;
        let place = self.in_file(&span).start;
        self.prose_from(place);
        if self.links == 0 {
            for (range, without_scheme) in autolink::find(text) {
                self.plain_words(text, from..range.start, &span);
                let shown = &text[range.clone()];
                let target = if without_scheme { format!("https://{shown}") } else { shown.to_owned() };
                let start = span.start + range.start;
                let place = self.in_file(&(start..start + range.len()));
                self.open_anchor(ReferenceKind::Link, target, "", place);
                self.shown(shown);
                self.out.push_str("</a>");
                self.end_link_text();
                from = range.end;
            }
        }
        self.plain_words(text, from..text.len(), &span);
    }

    fn shown(&mut self, text: &str) {
        self.plain(text);
        escape_into(&mut self.out, text);
    }

    /// Writes the part of a text between two addresses.
    fn plain_words(&mut self, text: &str, part: Range<usize>, span: &Range<usize>) {
        let mut from = part.start;
        let mut at = part.start;
        // Text that is not the body's own comes from an entity, and means nothing but itself.
        let source = text.len() == span.len();
        while source && let Some(found) = self.next_sign(text, at, part.end) {
            let before = match text[..found].chars().next_back() {
                None => self.body.get(..span.start).and_then(|body| body.chars().next_back()),
                before => before,
            };
            let at_backslash = (span.start + found).checked_sub(1);
            let escaped = before == Some('\\') && !at_backslash.is_some_and(|at| self.prepared.is_added(at));
            let before = before.filter(|c| *c != '\\' || escaped);
            let word = if escaped { None } else { self.word(&text[found..part.end], before) };
            let Some((length, word)) = word else {
                at = found + text[found..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.shown(&text[from..found]);
            self.write_word(&word, &text[found..found + length]);
            from = found + length;
            at = from;
        }
        self.shown(&text[from..part.end]);
    }

    /// The next place from `at` where a word of the kinds above may begin.
    fn next_sign(&self, text: &str, at: usize, end: usize) -> Option<usize> {
        let rest = text.get(at..end)?;
        let first = if self.abbreviations.is_empty() {
            rest.bytes().position(|byte| matches!(byte, b'#' | b':' | b'^' | b'~'))
        } else {
            let begins = |c: char| matches!(c, '#' | ':' | '^' | '~') || self.abbreviations.begin_with(c);
            rest.char_indices().find(|(_, c)| begins(*c)).map(|(found, _)| found)
        };
        first.map(|first| at + first)
    }

    fn word<'t>(&self, rest: &'t str, before: Option<char>) -> Option<(usize, Word<'t>)> {
        match rest.as_bytes().first()? {
            b'#' if self.options.inline_tags && self.links == 0 => {
                let tag = tags::at(rest, before)?;
                return Some((1 + tag.len(), Word::Tag(tag.trim_end_matches('/'))));
            }
            // Behind a colon only another emoji's end, which was read already, may stand.
            b':' if before == Some(':') && !self.out.ends_with(|c: char| !c.is_ascii()) => {}
            b':' => return emoji(rest, before),
            b'^' => return script(rest, before, '^').map(|inside| (inside.len() + 2, Word::Raised(inside))),
            b'~' => return script(rest, before, '~').map(|inside| (inside.len() + 2, Word::Lowered(inside))),
            _ => {}
        }
        let (length, index) = self.abbreviations.at(rest, before)?;
        Some((length, Word::Abbreviation(index)))
    }

    fn write_word(&mut self, word: &Word<'_>, typed: &str) {
        match word {
            Word::Tag(name) => {
                self.plain(typed);
                if self.document.tags.len() < MOST_TAGS && !self.document.tags.iter().any(|tag| tag == name) {
                    self.document.tags.push((*name).to_owned());
                }
                self.hole(Hole::Tag((*name).to_owned()));
                escape_into(&mut self.out, typed.trim_start_matches('#').strip_prefix(name).unwrap_or_default());
            }
            Word::Emoji(emoji) => {
                self.plain_emoji(emoji, typed);
                self.out.push_str(emoji);
            }
            Word::Raised(inside) => {
                self.out.push_str("<sup>");
                self.shown(inside);
                self.out.push_str("</sup>");
            }
            Word::Lowered(inside) => {
                self.out.push_str("<sub>");
                self.shown(inside);
                self.out.push_str("</sub>");
            }
            Word::Abbreviation(index) => {
                let long = self.prepared.abbreviations.get(*index).map(|(_, long)| long.as_str()).unwrap_or_default();
                self.out.push_str("<abbr");
                self.attribute("title", long);
                self.out.push('>');
                self.shown(typed);
                self.out.push_str("</abbr>");
            }
        }
    }
}

/// `:smile:`, where nothing that belongs to it stands on either side: no `10:30:20`, no `std::fmt`.
fn emoji<'t>(rest: &str, before: Option<char>) -> Option<(usize, Word<'t>)> {
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/')) {
        return None;
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let length = rest.bytes().skip(1).take(40).take_while(|byte| is_name(byte)).count();
    let name = rest.get(1..1 + length).filter(|name| !name.is_empty())?;
    let behind = rest.get(1 + length..)?.strip_prefix(':')?;
    // `std::fmt` has two colons in a row, and so have two emoji.
    let another = |rest: &str| rest.split_once(':').is_some_and(|(name, _)| emojis::get_by_shortcode(name).is_some());
    let goes_on = behind.starts_with(|c: char| c.is_ascii_alphanumeric());
    if goes_on || behind.strip_prefix(':').is_some_and(|rest| !another(rest)) {
        return None;
    }
    Some((length + 2, Word::Emoji(emojis::get_by_shortcode(name)?.as_str())))
}

/// The inside of `x^2^` or `H~2~O`: short, plain, and directly behind a letter. `1~3`, `월~수~금` and `a^b^c` are none.
fn script(rest: &str, before: Option<char>, mark: char) -> Option<&str> {
    let before = before.filter(|c| c.is_ascii_alphabetic() || *c == ')' || (mark == '^' && c.is_ascii_digit()))?;
    let inside = rest.get(1..)?;
    let end = inside.bytes().take(LONGEST_SCRIPT + 1).position(|byte| byte == mark as u8)?;
    let (inside, behind) = (inside.get(..end)?, inside.get(end + 1..)?);
    let plain = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-".contains(&byte));
    let signed = inside.strip_prefix(['+', '-']).unwrap_or(inside);
    let plain = plain && (signed.is_empty() || signed.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let number = inside.bytes().all(|byte| byte.is_ascii_digit() || b"+-".contains(&byte));
    let goes_on = behind.starts_with(|c: char| match number {
        true => c.is_ascii_digit() || before.is_ascii_digit() && c.is_ascii_alphanumeric(),
        false => c.is_ascii_alphanumeric(),
    });
    (plain && !goes_on && !behind.starts_with(mark)).then_some(inside)
}
