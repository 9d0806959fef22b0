//! Records: fields beside and below each other, each perhaps with a port.
//!
//! `a | { <p> b | c } | d`: a bar parts fields, braces turn the direction, angle brackets name a port.

use super::content::{Content, Item};
use super::curve::{Point, Rect};
use super::label::{Font, Names, Words};

/// Of braces in each other.
const DEEPEST: usize = 30;
/// What a field keeps free around its words, on both sides together.
pub const MARGINS: (f64, f64) = (16.0, 8.0);

/// The content of a record that is at least so large. `None` where its braces or brackets do not fit.
pub fn content(label: &str, font: &Font, names: &Names<'_>, is_upright: bool, least: (f64, f64)) -> Option<Content> {
    let mut reader = Reader { rest: label, depth: 0, font, names };
    let mut whole = Field { inner: reader.fields()?, ..Field::default() };
    if !reader.rest.is_empty() {
        return None;
    }
    whole.measure(is_upright);
    let (width, height) = (whole.size.0.max(least.0), whole.size.1.max(least.1));
    let mut content = Content { width, height, ..Content::default() };
    whole.place(Rect::around(Point::default(), width, height), is_upright, &mut content);
    Some(content)
}

#[derive(Debug, Default)]
struct Field {
    words: Words,
    port: Option<String>,
    inner: Vec<Field>,
    size: (f64, f64),
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
    font: &'a Font,
    names: &'a Names<'a>,
}

impl Reader<'_> {
    /// Fields up to the brace that ends them, or to the end.
    fn fields(&mut self) -> Option<Vec<Field>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut fields = vec![self.field()?];
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            fields.push(self.field()?);
        }
        self.depth -= 1;
        Some(fields)
    }

    fn field(&mut self) -> Option<Field> {
        let mut field = Field::default();
        let mut text = String::new();
        loop {
            let mut characters = self.rest.chars();
            match characters.next() {
                None | Some('|' | '}') => break,
                Some('{') => {
                    if !field.inner.is_empty() || !text.trim().is_empty() {
                        return None;
                    }
                    self.rest = characters.as_str();
                    field.inner = self.fields()?;
                    self.rest = self.rest.strip_prefix('}')?;
                }
                Some('<') => {
                    let (port, rest) = characters.as_str().split_once('>')?;
                    if field.port.is_some() {
                        return None;
                    }
                    field.port = Some(port.trim().to_owned());
                    self.rest = rest;
                }
                Some('>') => return None,
                Some('\\') => {
                    match characters.next() {
                        Some(sign @ ('{' | '}' | '|' | '<' | '>')) => text.push(sign),
                        // A space that stays one.
                        Some(' ') => text.push('\u{A0}'),
                        Some(sign) => text.extend(['\\', sign]),
                        None => {}
                    }
                    self.rest = characters.as_str();
                }
                Some(character) => {
                    let is_space = character == ' ' || character == '\t' || character == '\n' || character == '\r';
                    // Signs of the source that stand side by side are one space.
                    if !is_space || !text.ends_with(' ') {
                        text.push(if is_space { ' ' } else { character });
                    }
                    self.rest = characters.as_str();
                }
            }
        }
        if !field.inner.is_empty() && !text.trim().is_empty() {
            return None;
        }
        field.words = Words::of(text.trim_matches(' '), self.font, self.names);
        // What is empty is as high as what is not.
        field.words.height = field.words.height.max(self.font.line_height());
        Some(field)
    }
}

impl Field {
    fn measure(&mut self, is_upright: bool) {
        if self.inner.is_empty() {
            self.size = (self.words.width + MARGINS.0, self.words.height + MARGINS.1);
            return;
        }
        let (mut width, mut height) = (0.0f64, 0.0f64);
        for field in &mut self.inner {
            field.measure(!is_upright);
            let (inner_width, inner_height) = field.size;
            if is_upright {
                width = width.max(inner_width);
                height += inner_height;
            } else {
                width += inner_width;
                height = height.max(inner_height);
            }
        }
        self.size = (width, height);
    }

    fn place(&self, rect: Rect, is_upright: bool, content: &mut Content) {
        if let Some(port) = &self.port {
            content.ports.push((port.clone(), rect));
        }
        if self.inner.is_empty() {
            // Lines that begin at the left begin at the field's left.
            let words = Words { width: rect.width() - MARGINS.0, ..self.words.clone() };
            content.items.push((Item::Words { at: rect.middle(), words, ground: None }, None));
            return;
        }
        // What is left over is shared.
        let count = self.inner.len() as f64;
        let spare = if is_upright { rect.height() - self.size.1 } else { rect.width() - self.size.0 } / count;
        let mut at = if is_upright { rect.top } else { rect.left };
        for (number, field) in self.inner.iter().enumerate() {
            let length = spare + if is_upright { field.size.1 } else { field.size.0 };
            let part = if is_upright {
                Rect { top: at, bottom: at + length, ..rect }
            } else {
                Rect { left: at, right: at + length, ..rect }
            };
            if number > 0 {
                let (from, to) = if is_upright {
                    (Point::new(rect.left, at), Point::new(rect.right, at))
                } else {
                    (Point::new(at, rect.top), Point::new(at, rect.bottom))
                };
                content.items.push((Item::Line { from, to }, None));
            }
            field.place(part, !is_upright, content);
            at += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::Attributes;
    use super::*;

    fn record(label: &str) -> Option<Content> {
        let font = Font::of(&Attributes::default()).unwrap();
        content(label, &font, &Names::default(), false, (54.0, 36.0))
    }

    #[test]
    fn fields_stand_beside_and_below_each_other() {
        let content = record("왼쪽 | { <위> 위 | <p>아래 } |<r> 오른쪽").unwrap();
        assert_eq!(content.texts().collect::<Vec<_>>(), ["왼쪽", "위", "아래", "오른쪽"]);
        let (above, below, right) =
            (content.port("위").unwrap(), content.port("p").unwrap(), content.port("r").unwrap());
        assert!(above.bottom <= below.top + 0.01 && above.left == below.left && below.right <= right.left + 0.01);
        assert!((right.right - content.width / 2.0).abs() < 0.01);
    }

    #[test]
    fn backslashes_are_undone() {
        let content = record(r"a\{b\} \| c|\<d\>\l").unwrap();
        assert_eq!(content.texts().collect::<Vec<_>>(), ["a{b} | c", "<d>"]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for wrong in ["{a", "a}", "<p", "a { b }", "{a} b", "a > b"] {
            assert_eq!(record(wrong), None, "{wrong}");
        }
        assert_eq!(record(&"{".repeat(100)), None);
        assert!(record("").is_some() && record("|").is_some() && record("{}").is_some());
    }
}
