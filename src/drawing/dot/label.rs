//! Plain labels: lines of words with their widths.

use super::colour::Colour;
use super::graph::Attributes;
use crate::drawing::{entity, width};

/// Of a line, in heights of its letters.
const LINE: f64 = 1.2;
/// Of dot, in points, which are this room's pixels.
pub const FONT_SIZE: f64 = 14.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Font {
    pub size: f64,
    /// What the writer says.
    pub colour: Option<Colour>,
    pub is_bold: bool,
    pub is_italic: bool,
    /// `underline`, `line-through`, `overline`.
    pub decoration: Option<&'static str>,
    /// Of raised or lowered words, in pixels downwards.
    pub shift: f64,
}

impl Font {
    /// Of attributes; `None` where its colour is none.
    pub fn of(attributes: &Attributes) -> Option<Self> {
        let colour = match attributes.text("fontcolor") {
            Some(colour) => Some(Colour::of(colour)?),
            None => None,
        };
        let name = attributes.text("fontname").unwrap_or_default().to_ascii_lowercase();
        Some(Self {
            size: attributes.number("fontsize").unwrap_or(FONT_SIZE).clamp(4.0, 200.0),
            colour,
            is_bold: name.contains("bold"),
            is_italic: name.contains("italic") || name.contains("oblique"),
            decoration: None,
            shift: 0.0,
        })
    }

    pub fn width_of(&self, text: &str) -> f64 {
        width::ems(text, self.is_bold) * self.size
    }

    pub fn line_height(&self) -> f64 {
        self.size * LINE
    }
}

/// Words that look alike and lead to the same place.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub text: String,
    pub font: Font,
    /// An address, or a name in double brackets.
    pub link: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Middle,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub runs: Vec<Run>,
    pub align: Align,
    pub width: f64,
    pub height: f64,
}

impl Line {
    pub fn new(runs: Vec<Run>, align: Align, font: &Font) -> Self {
        let width = runs.iter().map(|run| run.font.width_of(&run.text)).sum();
        let highest = runs.iter().map(|run| run.font.line_height()).fold(0.0, f64::max);
        let height = if runs.is_empty() { font.line_height() } else { highest };
        Self { runs, align, width, height }
    }

    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub lines: Vec<Line>,
    pub width: f64,
    pub height: f64,
}

impl Words {
    pub fn new(lines: Vec<Line>) -> Self {
        let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let height = lines.iter().map(|line| line.height).sum();
        Self { lines, width, height }
    }

    /// Reads what a writer writes: `\n`, `\l` and `\r` end lines, `\N` and its like are names, `[[노트]]` is a link.
    pub fn of(written: &str, font: &Font, names: &Names<'_>) -> Self {
        let text = names.put_into(written);
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut end = |line: &mut String, align| {
            lines.push(Line::new(runs(&std::mem::take(line), font), align, font));
        };
        let mut characters = text.chars();
        let mut ended_last = true;
        while let Some(character) = characters.next() {
            ended_last = false;
            match character {
                '\\' => match characters.next() {
                    Some(sign @ ('n' | 'l' | 'r')) => {
                        let align = match sign {
                            'l' => Align::Left,
                            'r' => Align::Right,
                            _ => Align::Middle,
                        };
                        end(&mut line, align);
                        // What stands behind the last line's end is a line only where something stands there.
                        ended_last = true;
                    }
                    Some(next) => line.push(next),
                    None => {}
                },
                '\n' => {
                    end(&mut line, Align::Middle);
                    ended_last = true;
                }
                '\r' => {}
                _ => line.push(character),
            }
        }
        if !ended_last {
            end(&mut line, Align::Middle);
        }
        Self::new(lines)
    }

    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.runs.iter().all(|run| run.text.trim().is_empty()))
    }

    /// In reading order.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(Line::text).collect();
        lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A line's words: entities undone, links found.
pub fn runs(line: &str, font: &Font) -> Vec<Run> {
    let line = entity::undone(line);
    let mut runs = Vec::new();
    let mut push = |text: &str, link: Option<String>| {
        if !text.is_empty() {
            runs.push(Run { text: spaced(text), font: font.clone(), link });
        }
    };
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once("[[") {
        let inside = after.split_once("]]").filter(|(name, _)| !name.trim().is_empty() && !name.contains('['));
        let Some((name, behind)) = inside else {
            push(&rest[..before.len() + 2], None);
            rest = after;
            continue;
        };
        push(before, None);
        let (target, shown) = name.split_once('|').unwrap_or((name, name));
        push(shown.trim(), Some(format!("[[{}]]", target.trim())));
        rest = behind;
    }
    push(rest, None);
    runs
}

/// SVG makes one space of several, which indent lines here.
fn spaced(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let spaced = text.replace("  ", "\u{A0} ");
    match spaced.strip_prefix(' ') {
        Some(rest) => format!("\u{A0}{rest}"),
        None => spaced,
    }
}

/// What `\N`, `\G`, `\E`, `\T` and `\H` stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    pub graph: &'a str,
    pub node: &'a str,
    /// Of an edge: its ends, and what stands between them.
    pub edge: Option<(&'a str, &'a str, &'a str)>,
}

impl Names<'_> {
    pub fn put_into(&self, written: &str) -> String {
        let mut out = String::with_capacity(written.len());
        let mut characters = written.chars();
        while let Some(character) = characters.next() {
            if character != '\\' {
                out.push(character);
                continue;
            }
            match (characters.next(), self.edge) {
                (Some('G'), _) => out.push_str(self.graph),
                (Some('N'), None) => out.push_str(self.node),
                (Some('E'), Some((tail, sign, head))) => out.extend([tail, sign, head]),
                (Some('T'), Some((tail, _, _))) => out.push_str(tail),
                (Some('H'), Some((_, _, head))) => out.push_str(head),
                (Some(next), _) => out.extend(['\\', next]),
                (None, _) => out.push('\\'),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(written: &str) -> Words {
        let names = Names { graph: "그림", node: "서버", edge: None };
        Words::of(written, &Font::of(&Attributes::default()).unwrap(), &names)
    }

    #[test]
    fn lines_end_where_the_writer_says() {
        let found = |written| words(written).lines.iter().map(|line| (line.text(), line.align)).collect::<Vec<_>>();
        assert_eq!(found(r"가\l나\l"), [("가".to_owned(), Align::Left), ("나".to_owned(), Align::Left)]);
        assert_eq!(found(r"\N\n\G"), [("서버".to_owned(), Align::Middle), ("그림".to_owned(), Align::Middle)]);
        assert_eq!(found(r"C:\\n"), [(r"C:\n".to_owned(), Align::Middle)]);
        assert_eq!(found(""), []);
        assert_eq!(found(r"a &rarr; b &amp; c\r"), [("a → b & c".to_owned(), Align::Right)]);
    }

    #[test]
    fn names_in_double_brackets_are_links() {
        let words = words("[[운영/배포 절차|절차]]를 따른다 [[ ]]");
        let links: Vec<_> = words.lines[0].runs.iter().map(|run| (run.text.as_str(), run.link.as_deref())).collect();
        assert_eq!(links, [("절차", Some("[[운영/배포 절차]]")), ("를 따른다 [[", None), ("\u{A0}]]", None)]);
        assert_eq!(words.text(), "절차를 따른다 [[ ]]");
    }
}
