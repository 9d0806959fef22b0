//! A typeset formula as SVG: references to shared outlines, lines, and text for what the fonts lack.
//!
//! A thousand units are an em, the baseline is at 0, and sizes are in em, so that a formula has the size of the text
//! around it. What the writer gave no colour has the text's, in light, dark and print.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ratex_types::color::Color;
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::path_command::PathCommand;

use super::glyphs::Glyph;
use crate::markdown::escape_into;

/// How large letters are that come from the reader's own fonts, such as Hangul: formulas are set larger than the text
/// around them, because their letters are small, and Hangul is not.
pub const OWN_LETTERS: f64 = 0.88;

/// The part of a typeset formula from `from` to `to`, in em.
pub fn write(list: &DisplayList, from: f64, to: f64, glyphs: &mut BTreeSet<Glyph>) -> String {
    let (height, depth) = (units(list.height), units(list.depth));
    let (left, width) = (units(from), units(to) - units(from));
    let mut out = String::from("<svg viewBox=\"");
    let _ = write!(
        out,
        "{left} {} {width} {}\" width=\"{}em\" height=\"{}em\"",
        -height,
        height + depth,
        em(width),
        em(height + depth)
    );
    if depth != 0 {
        let _ = write!(out, " style=\"vertical-align:{}em\"", em(-depth));
    }
    out.push_str(" fill=\"currentColor\" aria-hidden=\"true\">");
    let mut writer = Writer { out, height: list.height, glyphs, own: None };
    for item in &list.items {
        let x = match item {
            DisplayItem::GlyphPath { x, .. }
            | DisplayItem::Line { x, .. }
            | DisplayItem::Rect { x, .. }
            | DisplayItem::Path { x, .. } => *x,
        };
        // The numbers' column begins behind a wide gap, so that nothing stands across its border.
        if x >= from - 0.001 && x < to {
            writer.item(item);
        }
    }
    writer.end_own_letters();
    writer.out.push_str("</svg>");
    writer.out
}

struct Writer<'g> {
    out: String,
    height: f64,
    glyphs: &'g mut BTreeSet<Glyph>,
    /// Letters that come from the reader's fonts, as long as they follow one another.
    own: Option<OwnLetters>,
}

struct OwnLetters {
    text: String,
    x: f64,
    y: f64,
    end: f64,
    scale: f64,
    color: Color,
}

impl Writer<'_> {
    fn item(&mut self, item: &DisplayItem) {
        let top = |y: f64| y - self.height;
        match item {
            DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
                let y = top(*y);
                match Glyph::of(font, *char_code) {
                    Some(glyph) => {
                        self.end_own_letters();
                        self.glyph(glyph, *x, y, *scale, color);
                    }
                    None => self.own_letter(*char_code, *x, y, *scale, *color),
                }
            }
            DisplayItem::Line { x, y, width, thickness, color, dashed } => {
                let y = top(*y);
                self.end_own_letters();
                if *dashed {
                    let _ = write!(
                        self.out,
                        "<path d=\"M{} {}h{}\" stroke-dasharray=\"150\"",
                        units(*x),
                        units(y),
                        units(*width)
                    );
                    self.stroke(*thickness, color);
                } else {
                    self.rectangle(*x, y - thickness / 2.0, *width, *thickness, color);
                }
            }
            DisplayItem::Rect { x, y, width, height, color } => {
                let y = top(*y);
                self.end_own_letters();
                self.rectangle(*x, y, *width, *height, color);
            }
            DisplayItem::Path { x, y, commands, fill, color } => {
                let y = top(*y);
                self.end_own_letters();
                self.out.push_str("<path d=\"");
                commands.iter().for_each(|command| self.path(command, *x, y));
                self.out.push('"');
                if *fill {
                    self.color("fill", color);
                    self.out.push_str("/>");
                } else {
                    self.out.push_str(" stroke-linecap=\"round\"");
                    self.stroke(0.04, color);
                }
            }
        }
    }

    fn glyph(&mut self, glyph: Glyph, x: f64, y: f64, scale: f64, color: &Color) {
        self.glyphs.insert(glyph);
        self.out.push_str("<use href=\"#");
        glyph.write_id(&mut self.out);
        self.out.push('"');
        let (x, y, thousandths) = (units(x), units(y), units(scale));
        if thousandths == 1000 {
            for (name, value) in [("x", x), ("y", y)] {
                if value != 0 {
                    let _ = write!(self.out, " {name}=\"{value}\"");
                }
            }
        } else {
            let scale = em(thousandths);
            let _ = write!(self.out, " transform=\"matrix({scale} 0 0 {scale} {x} {y})\"");
        }
        self.color("fill", color);
        self.out.push_str("/>");
    }

    /// A letter of the reader's own fonts. Neighbours are one text, which a browser sets as such.
    fn own_letter(&mut self, character: u32, x: f64, y: f64, scale: f64, color: Color) {
        let Some(character) = char::from_u32(character).filter(|character| !character.is_control()) else { return };
        let end = x + super::width_of(character) * scale;
        if let Some(own) = &mut self.own
            && (own.end - x).abs() < 0.01
            && (own.y - y).abs() < 0.001
            && (own.scale - scale).abs() < 0.001
            && own.color == color
        {
            own.text.push(character);
            own.end = end;
            return;
        }
        self.end_own_letters();
        self.own = Some(OwnLetters { text: character.to_string(), x, y, end, scale, color });
    }

    fn end_own_letters(&mut self) {
        let Some(own) = self.own.take() else { return };
        // Whatever font the reader has, the letters take the room that they were given.
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
            units(own.x),
            units(own.y),
            units(own.scale * OWN_LETTERS),
            units(own.end - own.x),
        );
        self.color("fill", &own.color);
        self.out.push('>');
        escape_into(&mut self.out, &own.text);
        self.out.push_str("</text>");
    }

    fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, color: &Color) {
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            units(x),
            units(y),
            units(width).max(0),
            units(height).max(1),
        );
        self.color("fill", color);
        self.out.push_str("/>");
    }

    fn stroke(&mut self, thickness: f64, color: &Color) {
        let _ = write!(self.out, " fill=\"none\" stroke-width=\"{}\"", units(thickness).max(1));
        if *color == Color::BLACK {
            self.out.push_str(" stroke=\"currentColor\"");
        } else {
            self.color("stroke", color);
        }
        self.out.push_str("/>");
    }

    /// The colour that the writer gave; black is the text's own.
    fn color(&mut self, attribute: &str, color: &Color) {
        if *color != Color::BLACK {
            let part = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round();
            let _ = write!(self.out, " {attribute}=\"rgb({} {} {})\"", part(color.r), part(color.g), part(color.b));
        }
    }

    fn path(&mut self, command: &PathCommand, x: f64, y: f64) {
        let mut points = |command: char, points: &[(f64, f64)]| {
            self.out.push(command);
            for (number, (dx, dy)) in points.iter().enumerate() {
                let space = if number > 0 { " " } else { "" };
                let _ = write!(self.out, "{space}{} {}", units(x + dx), units(y + dy));
            }
        };
        match *command {
            PathCommand::MoveTo { x, y } => points('M', &[(x, y)]),
            PathCommand::LineTo { x, y } => points('L', &[(x, y)]),
            PathCommand::CubicTo { x1, y1, x2, y2, x, y } => points('C', &[(x1, y1), (x2, y2), (x, y)]),
            PathCommand::QuadTo { x1, y1, x, y } => points('Q', &[(x1, y1), (x, y)]),
            PathCommand::Close => points('Z', &[]),
        }
    }
}

/// An em has a thousand. A formula may ask for sizes beyond all reason, which saturate.
#[allow(clippy::cast_possible_truncation, reason = "saturates")]
fn units(em: f64) -> i32 {
    (em * 1000.0).round() as i32
}

fn em(units: i32) -> f64 {
    f64::from(units) / 1000.0
}
