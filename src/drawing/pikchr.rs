//! Pikchr, drawn by pikchr-rs, which draws exactly what the C program does.
//!
//! Pikchr guesses how wide words are from a table for ASCII, and takes everything else for a letter of middle width; a
//! box made to fit Hangul would be too narrow by a third. It takes an entity of HTML, whatever its name, for one and a
//! half letters, which is what a syllable needs. So characters outside ASCII go in as entities that only this file knows,
//! and come back in the finished drawing. Entities that are known to HTML and not to XML are undone on the way.
//!
//! The dark drawing has the colours of Pikchr's own dark mode.

use std::collections::BTreeMap;

use pikchr_rs::PikchrFlags;

use super::entity::entity;
use super::wikilinks::{self, CLOSE, MARKS, OPEN};
use super::{Drawing, Fault, svg, width};
use crate::caught::caught;
use crate::language::Text;
use crate::markdown::escape_into;
use crate::text;

/// Of a source, in bytes.
const LONGEST: usize = 64 * 1024;
/// Of a source with its macros put in, in bytes: ten macros that call each other ten times make ten thousand million.
const LONGEST_EXPANDED: usize = 256 * 1024;
/// Of `[…]` in each other: each is a call of a function when it is drawn.
const DEEPEST: usize = 64;
/// Of a picture, in pixels: nobody could look at a wider one.
const WIDEST: f32 = 20_000.0;
/// Pikchr's letters are made for 16 pixels; monospaced ones and bold Hangul need a little room.
const FONT_SIZE: u32 = 15;

/// Draws the source of a diagram.
pub fn draw(source: &str) -> Result<Drawing, Fault> {
    let is_small = source.len() <= LONGEST && Expansion::default().run(source, &[], 0).is_some();
    if !is_small {
        return Err(fault(text!(
            "그림의 소스가 너무 길거나 깊어 그리지 않았습니다",
            "the diagram's source is too long or too deep and was not drawn"
        )));
    }
    let (linked, names) = wikilinks::with_marks(source);
    // What is wrong is told of the source as it was written.
    let (light, dark) = both(&linked).or_else(|fault| if names.is_empty() { Err(fault) } else { both(source) })?;
    if light.is_empty() {
        return Err(fault(text!("그릴 것이 없습니다", "there is nothing to draw")));
    }
    let Some((svg, found)) = svg::unite(&light, &dark) else { return Err(failed()) };
    let width = scaled_width(&light).or_else(|| svg.first().map(|svg| svg::width(svg))).unwrap_or_default();
    if width > WIDEST {
        return Err(fault(text!(
            "그림의 폭이 {WIDEST}픽셀보다 넓어 그리지 않았습니다",
            "the diagram is wider than {WIDEST} pixels and was not drawn"
        )));
    }
    let mut drawing = Drawing { svg, width, labels: found.labels, ..Drawing::default() };
    wikilinks::link_labels(&mut drawing, &names);
    Ok(drawing)
}

/// The drawings in both themes.
fn both(source: &str) -> Result<(String, String), Fault> {
    let marked = Marked::of(source);
    Ok((render(&marked, source, false)?, render(&marked, source, true)?))
}

/// One drawing; empty where there is nothing to draw.
fn render(marked: &Marked, source: &str, is_dark: bool) -> Result<String, Fault> {
    let flags = PikchrFlags { plaintext_errors: true, dark_mode: is_dark };
    let drawn = caught(|| pikchr_rs::pikchr(&marked.text, flags)).ok_or_else(failed)?;
    let said = drawn.map_err(|error| {
        let at = match error.message.as_str() {
            "unexpected end of input" => source.trim_end().len(),
            _ => marked.in_source(error.line, error.col).min(source.len()),
        };
        unreadable(&error.message, source, at)
    })?;
    // What `print` says stands before it.
    let Some(svg) = said.find("<svg").and_then(|start| said.get(start..)) else { return Ok(String::new()) };
    let fonts = width::FONTS;
    let head = format!("><style>#d{{font-family:{fonts};font-size:{FONT_SIZE}px}}</style>");
    let (tag, body) = svg.split_once('>').unwrap_or((svg, ""));
    let mut out = tag.replacen("<svg", "<svg id=\"d\"", 1);
    out.push_str(&head);
    marked.put_back(body, &mut out);
    Ok(out)
}

fn unreadable(said: &str, source: &str, at: usize) -> Fault {
    let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    let is_foreign = source.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| !c.is_ascii());
    Fault {
        message: text!("그림을 읽을 수 없습니다: {said}", "the diagram cannot be read: {said}"),
        hint: is_foreign.then(|| {
            text!(
                "한글은 따옴표 안에 씁니다: `box \"서버\"`. 이름은 영문 대문자로 시작합니다",
                "Hangul stands in quotation marks: `box \"서버\"`; names begin with a capital letter of ASCII"
            )
        }),
        at: Some(at),
    }
}

fn failed() -> Fault {
    fault(text!("이 그림은 그리지 못했습니다", "this diagram could not be drawn"))
}

fn fault(message: Text) -> Fault {
    Fault { message, hint: None, at: None }
}

/// The width that `scale = 0.7` gives to a picture, where its source says so.
fn scaled_width(svg: &str) -> Option<f32> {
    let tag = svg.split('>').next()?;
    let number = tag.split(" width=\"").nth(1)?.split('"').next()?;
    number.parse().ok().filter(|width: &f32| width.is_finite() && *width > 0.0)
}

/// A source whose characters outside ASCII, within quotation marks, are entities of this file's own.
struct Marked {
    text: String,
    /// What the entities stand for, by their numbers.
    shown: Vec<String>,
    /// Where in `text` an entity ends, and where in the source what it stands for does.
    ends: Vec<(usize, usize)>,
}

impl Marked {
    fn of(source: &str) -> Self {
        let mut marked = Self { text: String::with_capacity(source.len() * 2), shown: Vec::new(), ends: Vec::new() };
        let mut numbers = BTreeMap::new();
        let mut rest = source;
        while let Some(character) = rest.chars().next() {
            let length = skipped(rest).unwrap_or(character.len_utf8());
            let (here, after) = rest.split_at(length);
            if character == '"' {
                marked.string(here, source.len() - rest.len(), &mut numbers);
            } else {
                marked.text.push_str(here);
            }
            rest = after;
        }
        marked
    }

    fn string(&mut self, string: &str, start: usize, numbers: &mut BTreeMap<String, usize>) {
        let mut rest = string;
        while let Some(character) = rest.chars().next() {
            let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
            let (shown, length) = match (character, escaped) {
                // A sign that needs no backslash, and may not have one before an entity.
                (_, Some(next)) if !next.is_ascii() => (None, 1),
                (_, Some(next)) => {
                    self.text.push('\\');
                    self.text.push(next);
                    (None, 1 + next.len_utf8())
                }
                ('&', _) => match entity(rest) {
                    Some((shown, length)) => (Some(shown), length),
                    None => {
                        self.text.push_str("&amp;");
                        (None, 1)
                    }
                },
                _ if !character.is_ascii() || rest.get(1..).is_some_and(|rest| rest.starts_with(CLOSE)) => {
                    let cluster = cluster(rest);
                    (Some(cluster.to_owned()), cluster.len())
                }
                _ => {
                    self.text.push(character);
                    (None, character.len_utf8())
                }
            };
            if let Some(shown) = shown {
                self.entity(shown, numbers);
            }
            rest = rest.get(length..).unwrap_or_default();
            self.ends.push((self.text.len(), start + string.len() - rest.len()));
        }
    }

    fn entity(&mut self, shown: String, numbers: &mut BTreeMap<String, usize>) {
        let number = match numbers.get(&shown) {
            Some(number) => *number,
            None if self.shown.len() < MOST_SHOWN => {
                numbers.insert(shown.clone(), self.shown.len());
                self.shown.push(shown.clone());
                self.shown.len() - 1
            }
            None => return self.text.push_str(&shown),
        };
        self.text.push_str(&format!("&z{number:04};"));
        if is_wide(&shown) {
            self.text.push(MORE);
        }
    }

    /// The drawing with what its entities stand for.
    fn put_back(&self, svg: &str, out: &mut String) {
        let mut rest = svg;
        while let Some((before, after)) = rest.split_once("&z") {
            out.push_str(before);
            let number = after.split_once(';').filter(|(number, _)| number.len() == 4);
            let found =
                number.and_then(|(number, after)| Some((self.shown.get(number.parse::<usize>().ok()?)?, after)));
            match found {
                Some((shown, after)) => {
                    escape_into(out, shown);
                    rest = if is_wide(shown) { after.strip_prefix(MORE).unwrap_or(after) } else { after };
                }
                None => {
                    out.push_str("&amp;z");
                    rest = after;
                }
            }
        }
        out.push_str(rest);
    }

    /// The byte of the source that stands at a line and a column, from 1 and in characters, of the marked text.
    fn in_source(&self, line: usize, column: usize) -> usize {
        let mut lines = self.text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
        let line = lines.next().unwrap_or_default();
        let at = before + line.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        let after = self.ends.partition_point(|(end, _)| *end <= at);
        match after.checked_sub(1).and_then(|last| self.ends.get(last)) {
            Some((end, in_source)) => in_source + (at - end),
            None => at,
        }
    }
}

/// Four digits count them.
const MOST_SHOWN: usize = 10_000;
/// Behind the entity of what is wider than an entity: the narrowest letter.
const MORE: char = '\'';

fn is_wide(shown: &str) -> bool {
    width::ems(shown, false) > 1.2
}

/// The character that a text begins with, and what is drawn over or into it, or marks the ends of a link.
fn cluster(text: &str) -> &str {
    let marks = if text.starts_with(OPEN) { text.chars().take_while(|c| MARKS.contains(c)).count() } else { 0 };
    let mut characters = text.char_indices().skip(marks + 1);
    let is_part = |c: char| !c.is_ascii() && (width::ems(c.encode_utf8(&mut [0; 4]), false) == 0.0 || is_late_jamo(c));
    let end = characters.find(|(_, c)| !is_part(*c)).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// A vowel or a final consonant of a syllable that is written in parts.
fn is_late_jamo(character: char) -> bool {
    ('\u{1160}'..='\u{11FF}').contains(&character)
}

/// The length of the string or the comment that a text begins with.
fn skipped(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes {
        [b'"', inside @ ..] => {
            let mut is_escaped = false;
            let end = inside.iter().position(|byte| {
                let is_end = *byte == b'"' && !is_escaped;
                is_escaped = *byte == b'\\' && !is_escaped;
                is_end
            });
            Some(end.map_or(text.len(), |end| end + 2))
        }
        [b'#', ..] | [b'/', b'/', ..] => Some(text.find('\n').unwrap_or(text.len())),
        [b'/', b'*', ..] => Some(text.get(2..)?.find("*/").map_or(text.len(), |end| end + 4)),
        _ => None,
    }
}

/// A walk through a source as its macros are put in, to see where it ends.
#[derive(Default)]
struct Expansion<'a> {
    macros: BTreeMap<&'a str, &'a str>,
    length: usize,
    depth: usize,
}

impl<'a> Expansion<'a> {
    /// `None` where it grows too long or too deep.
    fn run(&mut self, text: &'a str, arguments: &[&'a str], level: usize) -> Option<()> {
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let mut length = skipped(rest).unwrap_or(character.len_utf8());
            match character {
                '[' => self.depth += 1,
                ']' => self.depth = self.depth.saturating_sub(1),
                '$' if level <= MACRO_LEVELS => {
                    let number = rest.as_bytes().get(1).and_then(|digit| digit.checked_sub(b'1'));
                    let argument = number.and_then(|number| arguments.get(usize::from(number)));
                    if let Some(argument) = argument {
                        self.run(argument, &[], level + 1)?;
                        length = 2;
                    }
                }
                'a'..='z' | 'A'..='Z' | '_' | '@' => length = self.word(rest, arguments, level)?,
                _ => {}
            }
            self.length += length;
            if self.length > LONGEST_EXPANDED || self.depth > DEEPEST {
                return None;
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        Some(())
    }

    /// The length of a word and of what belongs to it: a definition's body, a macro's arguments.
    fn word(&mut self, text: &'a str, outer: &[&'a str], level: usize) -> Option<usize> {
        let end = |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '@');
        let (word, after) = text.split_at(end(text).unwrap_or(text.len()));
        if word == "define" {
            let name = after.trim_start();
            let (name, after) = name.split_at(end(name).unwrap_or(name.len()));
            let body = after.trim_start();
            let length = group(body, b'{', b'}');
            self.macros.insert(name, body.get(1..length.saturating_sub(1)).unwrap_or_default());
            return Some(text.len() - body.len() + length);
        }
        let Some(body) = self.macros.get(word).copied() else { return Some(word.len()) };
        let length = group(after, b'(', b')');
        let mut arguments = Vec::new();
        let mut inside = after.get(1..length.saturating_sub(1));
        while let Some(rest) = inside {
            let end = comma(rest);
            let argument = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim();
            let forwarded = argument.strip_prefix('$').and_then(|number| number.parse::<usize>().ok());
            let forwarded = forwarded.and_then(|number| outer.get(number.checked_sub(1)?));
            arguments.push(forwarded.copied().unwrap_or(argument));
            inside = end.and_then(|end| rest.get(end + 1..));
        }
        if level <= MACRO_LEVELS {
            self.run(body, &arguments, level + 1)?;
        }
        Some(word.len() + length)
    }
}

/// Pikchr's own limit, and room for one more.
const MACRO_LEVELS: usize = 11;

/// The length of a group in brackets that a text begins with; nothing where it begins with none.
fn group(text: &str, open: u8, close: u8) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(byte) = text.as_bytes().get(at) {
        match *byte {
            byte if byte == open => depth += 1,
            byte if byte == close => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += text.get(at..).and_then(skipped).unwrap_or(1);
        if depth == 0 {
            return if text.as_bytes().first() == Some(&open) { at } else { 0 };
        }
    }
    text.len()
}

/// Where the first comma stands that is in no brackets.
fn comma(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b',' if depth == 0 => return Some(at),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += text.get(at..).and_then(skipped).unwrap_or(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widths of the boxes of a drawing, which are paths `M x,y L …`.
    fn widths(source: &str) -> Vec<f64> {
        let drawing = draw(source).unwrap();
        let paths = drawing.svg[0].split("<path d=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let corners = paths.map(|path| {
            path.trim_matches(['M', 'Z'])
                .split('L')
                .filter_map(|point| point.split(',').next()?.parse::<f64>().ok())
                .collect::<Vec<_>>()
        });
        corners.map(|x| x.iter().copied().fold(0.0, f64::max) - x.iter().copied().fold(f64::MAX, f64::min)).collect()
    }

    #[test]
    fn both_themes_stand_in_one_picture() {
        let drawing = draw("box \"서버\" fill lightblue; arrow \"요청\" above; circle \"A &amp; <B>\" fit").unwrap();
        let [svg] = drawing.svg.as_slice() else { panic!("{:?}", drawing.svg) };
        assert!(svg.contains("light-dark(rgb(0,0,0),rgb(255,255,255))"), "{svg}");
        assert!(svg.contains("light-dark(rgb(173,216,230),"), "{svg}");
        assert_eq!(drawing.labels, ["서버", "요청", "A & <B>"]);
    }

    #[test]
    fn a_box_that_fits_is_as_wide_as_hangul() {
        for label in ["배포 서버", "한국어로 된 아주 긴 이름표", "→ 다음 단계", "plain words", "🚀 출시"]
        {
            let needed = width::ems(label, false) * f64::from(FONT_SIZE);
            let found = widths(&format!("box \"{label}\" fit"))[0];
            assert!((needed..needed * 1.5 + 20.0).contains(&found), "{label}: {found} for {needed}");
        }
    }

    #[test]
    fn entities_and_backslashes_are_undone() {
        let drawing = draw(r#"text "\가 \"나\" \\ &rarr; &amp; &#44032; &nosuch; a&b" "e\u0301 → 가""#).unwrap();
        assert_eq!(drawing.labels, [r#"가 "나" \ → & 가 &nosuch; a&b"#, "eu0301 → 가"]);
        // In parts, as old Macs write it.
        assert_eq!(draw("box \"\u{1100}\u{1161}\" fit").unwrap().labels, ["\u{1100}\u{1161}"]);
    }

    #[test]
    fn faults_say_where() {
        let found = |source| draw(source).unwrap_err();
        assert_eq!(found("box \"서버\" \"가나다\"\narrow boxx").at, Some("box \"서버\" \"가나다\"\narrow ".len()));
        assert_eq!(found("box \"가\" wid no").at, Some("box \"가\" wid ".len()));
        let foreign = found("box \"가\"\n서버: box");
        assert_eq!(foreign.at, Some("box \"가\"\n".len()));
        assert!(foreign.hint.is_some());
        assert!(draw("").is_err() && draw("# 말뿐\n").is_err());
    }

    #[test]
    fn what_grows_without_end_is_not_drawn() {
        let mut bomb = "define m0 {box}\n".to_owned();
        for level in 1..10 {
            let calls = format!("m{};", level - 1).repeat(10);
            bomb.push_str(&format!("define m{level} {{{calls}}}\n"));
        }
        bomb.push_str("m9\n");
        assert!(draw(&bomb).is_err());
        assert!(draw(&"[".repeat(30_000)).is_err());
        assert!(draw(&format!("define a {{{}}}\n{}", "[".repeat(50), "a;".repeat(3000))).is_err());
        assert!(draw(&format!("define a {{{}}}\na({})", "$1;".repeat(9000), "box;".repeat(5000))).is_err());
        assert!(draw("box wid 1e9").is_err());
        assert!(draw("define a {box \"$1\"; b($1)}\ndefine b {circle $1}\na(\"가,나\")").is_ok());
    }

    #[test]
    fn nothing_panics() {
        let source = "A: box \"서버\" fit; define m {circle $1}\narrow right 200%; m(\"가\"); [ line to A chop ] # 끝";
        for at in source.char_indices().map(|(at, _)| at) {
            let _ = draw(&source[..at]);
            let _ = draw(&source[at..]);
            let _ = draw(&format!("{}\u{0}가&{}", &source[..at], &source[at..]));
        }
    }
}
