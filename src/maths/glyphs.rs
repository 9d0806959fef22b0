//! The outlines of letters and signs, of the fonts that KaTeX made from Computer Modern (SIL Open Font Licence).
//!
//! A page draws a glyph once, in a list that nobody sees, and every formula refers to it: an outline weighs some 150
//! bytes compressed, a reference six. Their ids have a colon, which no heading's id has.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::LazyLock;

use ratex_font::FontId;
use ttf_parser::{Face, OutlineBuilder};

/// A glyph by its font's index in [`FONTS`] and its character there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Glyph {
    font: u8,
    character: char,
}

/// The fonts, and how an id names each.
const FONTS: [(FontId, &str); 19] = [
    (FontId::MainRegular, "m"),
    (FontId::MainBold, "mb"),
    (FontId::MainItalic, "mi"),
    (FontId::MainBoldItalic, "mx"),
    (FontId::MathItalic, "i"),
    (FontId::MathBoldItalic, "ib"),
    (FontId::AmsRegular, "a"),
    (FontId::CaligraphicRegular, "c"),
    (FontId::FrakturRegular, "f"),
    (FontId::FrakturBold, "fb"),
    (FontId::SansSerifRegular, "s"),
    (FontId::SansSerifBold, "sb"),
    (FontId::SansSerifItalic, "si"),
    (FontId::ScriptRegular, "r"),
    (FontId::TypewriterRegular, "t"),
    (FontId::Size1Regular, "z1"),
    (FontId::Size2Regular, "z2"),
    (FontId::Size3Regular, "z3"),
    (FontId::Size4Regular, "z4"),
];

/// The fonts' bytes and tables, in the order of [`FONTS`].
static FACES: LazyLock<Vec<Option<Face<'static>>>> = LazyLock::new(|| {
    let face = |(font, _): &(FontId, &str)| {
        let bytes = ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{}.ttf", font.as_str()))?;
        // The fonts live as long as the program, borrowed or not.
        let bytes: &'static [u8] = match bytes {
            std::borrow::Cow::Borrowed(bytes) => bytes,
            std::borrow::Cow::Owned(bytes) => bytes.leak(),
        };
        Face::parse(bytes, 0).ok()
    };
    FONTS.iter().map(face).collect()
});

static INDEX: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| FONTS.iter().zip(0..).map(|((font, _), index)| (font.as_str(), index)).collect());

impl Glyph {
    /// The glyph of a character in a font named by the typesetter; `None` where the font has no outline for it.
    pub fn of(font: &str, character: u32) -> Option<Self> {
        let index = *INDEX.get(font)?;
        let (font, _) = FONTS.get(usize::from(index))?;
        let glyph = Self { font: index, character: ratex_font::katex_ttf_glyph_char(*font, character) };
        glyph.face()?.glyph_index(glyph.character).map(|_| glyph)
    }

    fn face(self) -> Option<&'static Face<'static>> {
        FACES.get(usize::from(self.font))?.as_ref()
    }

    /// Appends the id by which formulas refer to it.
    pub fn write_id(self, out: &mut String) {
        let name = FONTS.get(usize::from(self.font)).map_or("", |(_, name)| name);
        let _ = write!(out, "g:{name}{:x}", u32::from(self.character));
    }

    /// Its outline as the data of an SVG path, a thousand units to the em, the baseline at 0.
    fn outline(self) -> String {
        let mut path = Path::default();
        if let Some(face) = self.face()
            && let Some(glyph) = face.glyph_index(self.character)
        {
            face.outline_glyph(glyph, &mut path);
        }
        path.data
    }
}

/// The hidden list of the glyphs that a page's formulas refer to.
pub fn definitions(glyphs: &BTreeSet<Glyph>) -> String {
    let mut out = String::new();
    if glyphs.is_empty() {
        return out;
    }
    out.push_str("<svg class=\"glyphs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
    for glyph in glyphs {
        out.push_str("<path id=\"");
        glyph.write_id(&mut out);
        out.push_str("\" d=\"");
        out.push_str(&glyph.outline());
        out.push_str("\"/>");
    }
    out.push_str("</defs></svg>\n");
    out
}

/// Path data of an outline: whole units, relative to the point before, the y axis downwards.
#[derive(Default)]
struct Path {
    data: String,
    at: (i32, i32),
}

impl Path {
    fn step(&mut self, command: char, points: &[(f32, f32)]) {
        let from = self.at;
        self.data.push(command);
        let mut first = true;
        for (x, y) in points {
            #[allow(clippy::cast_possible_truncation, reason = "a font's coordinates have sixteen bits")]
            let point = (x.round() as i32, -y.round() as i32);
            for step in [point.0 - from.0, point.1 - from.1] {
                if !first && step >= 0 {
                    self.data.push(' ');
                }
                first = false;
                let _ = write!(self.data, "{step}");
            }
            self.at = point;
        }
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        // `z` leads back to where the contour began, from which a relative step would have to be counted.
        self.at = (0, 0);
        self.step('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.step('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.step('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_is_there() {
        for (font, name) in FONTS {
            let face = Glyph { font: INDEX[font.as_str()], character: 'x' }.face();
            assert_eq!(face.map(Face::units_per_em), Some(1000), "{name}");
        }
        assert_eq!(Glyph::of("Main-Regular", '가' as u32), None);
    }

    #[test]
    fn a_page_draws_a_glyph_once() {
        let glyph = Glyph::of("Math-Italic", 'x' as u32).unwrap();
        let definitions = definitions(&BTreeSet::from([glyph]));
        assert_eq!(definitions.matches("<path id=\"g:i78\" d=\"M").count(), 1, "{definitions}");
    }
}
