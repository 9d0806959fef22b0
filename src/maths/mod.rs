//! Formulas: LaTeX → what stands in the page.
//!
//! A formula is drawn when its note is read, so that a reader sees it at once, without a script, a font or a network, and
//! so that a wrong one is a diagnostic of the note. In goes its LaTeX; out comes a [`Drawing`], or the [`Fault`] that
//! kept it from being drawn. [`draw`] is a pure function of its arguments and may be remembered by them. What belongs to
//! a whole note is prepared before: [`equations`] gives numbers and resolves references, [`macros`] knows definitions.
//!
//! **SVG, with MathML beside it that only screen readers read.** Sixty formulas of the kind that study notes have
//! (`tests/formulas.txt`) were drawn both ways and looked at in Chromium and Firefox, where the system has no mathematical
//! font made for it. As SVG (RaTeX, which sets as KaTeX does) all sixty were right in both and looked the same. As MathML (math-core
//! 0.7) 58 could be written; where the reader has no mathematical font (most of Linux, Android), Chromium draws brackets
//! and roots that do not grow and sums as small as letters, and Firefox differs from font to font. Compressed, the sixty
//! weigh 250 bytes each as SVG and 165 bytes for each glyph that they share, 2,190 bytes each if every one carried its own
//! outlines, 51 bytes as MathML. Of real notes' 4,562 different formulas all are drawn, in 0.07 ms each; in a page with ten
//! and more of them a formula adds 256 compressed bytes, of which 141 are its share of the glyphs.
//!
//! A formula stands in the page three times: the drawing, for the eyes; MathML, for screen readers (made from the parser's
//! own tree, so that everything that is drawn is read, definitions included); and its LaTeX as transparent text behind the
//! drawing, which is what is selected and copied. Each of the three is hidden from the others' readers.
//!
//! Notes are hostile: the parser bounds nesting and the number of expansions, the length of a formula and the size of a
//! drawing are bounded here, and a panic inside the typesetter is a fault like any other.

mod alphabets;
pub mod equations;
mod glyphs;
mod latex;
mod letters;
mod links;
mod macros;
mod mathml;
mod svg;
mod tree;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use ratex_layout::layout_box::{BoxContent, LayoutBox};
use ratex_layout::{
    FallbackGlyphMetrics, LayoutOptions, layout_with_fallback_metrics, to_display_list, validate_layout,
};
use ratex_parser::Parser;
use ratex_types::math_style::MathStyle;

use crate::caught::caught;
use crate::language::josa;
use crate::text;

pub use crate::drawing::Fault;
pub use glyphs::{Glyph, definitions};
pub use macros::Macros;

/// Longer formulas are neither numbered nor drawn.
const LONGEST: usize = 8 * 1024;

/// Nor are formulas of more pieces.
const MOST_PIECES: usize = 6000;

/// Larger ones, in em, are somebody's joke.
const WIDEST: f64 = 2000.0;

/// Narrower ones, in em, go into a line of any screen.
const WIDE: f64 = 12.0;

/// How a formula stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// In a line.
    Inline,
    /// In a paragraph of its own.
    Display,
}

/// A formula as it stands in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// SVG that refers to [`Self::glyphs`].
    pub svg: String,
    /// It may be wider than a telephone's line.
    pub is_wide: bool,
    /// The column of its equation numbers, as high as the drawing.
    pub numbers: Option<String>,
    pub mathml: String,
    /// In a line of plain letters.
    pub letters: String,
    pub glyphs: Vec<Glyph>,
}

/// How wide a letter is that comes from the reader's own fonts, in em of the formula.
fn width_of(character: char) -> f64 {
    OWN_METRICS.get(&character).map_or_else(
        || match u32::from(character) {
            // As the typesetter has it.
            0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x3040..=0x30FF | 0x31F0..=0x9FFF | 0xF900..=0xFAFF => 1.0,
            0xFF01..=0xFF60 | 0xFFE0..=0xFFEE | 0x1F000..=0x1FAFF => 1.0,
            _ => 0.5,
        },
        |metrics| metrics.width,
    )
}

/// Hangul, as the fonts of all systems have it: 0.92 em wide or nearly so.
static OWN_METRICS: LazyLock<Arc<HashMap<char, FallbackGlyphMetrics>>> = LazyLock::new(|| {
    let metrics = FallbackGlyphMetrics {
        width: 0.93 * svg::OWN_LETTERS,
        height: 0.84 * svg::OWN_LETTERS,
        depth: 0.12 * svg::OWN_LETTERS,
    };
    Arc::new(('가'..='힣').chain('ㄱ'..='ㅣ').map(|character| (character, metrics)).collect())
});

/// Draws a formula.
///
/// # Errors
///
/// When the LaTeX is wrong, or larger than a formula can be.
pub fn draw(source: &str, form: Form) -> Result<Drawing, Fault> {
    if source.len() > LONGEST {
        return Err(too_large());
    }
    caught(|| typeset(source, form)).unwrap_or_else(|| {
        Err(Fault {
            at: None,
            message: text!("수식을 그리지 못했습니다", "the formula could not be drawn"),
            hint: None,
        })
    })
}

fn typeset(source: &str, form: Form) -> Result<Drawing, Fault> {
    let nodes = Parser::new(source).parse().map_err(|error| explained(&error.message, error.loc.map(|at| at.start)))?;
    let style = match form {
        Form::Inline => MathStyle::Text,
        Form::Display => MathStyle::Display,
    };
    let options = LayoutOptions { style, ..LayoutOptions::default() };
    let layout = layout_with_fallback_metrics(&nodes, &options, Arc::clone(&OWN_METRICS));
    validate_layout(&layout).map_err(|_| too_large())?;
    let list = to_display_list(&layout);
    let sizes = [list.width, list.height, list.depth];
    if list.items.len() > MOST_PIECES || sizes.iter().any(|size| !size.is_finite() || size.abs() > WIDEST) {
        return Err(too_large());
    }
    let mut used = BTreeSet::new();
    let numbers_from = numbers_of(&layout).map(|width| list.width - width);
    let svg = svg::write(&list, 0.0, numbers_from.map_or(list.width, |from| from - NUMBERS_GAP), &mut used);
    let numbers = numbers_from.map(|from| svg::write(&list, from, list.width, &mut used));
    let tree = tree::of(&nodes);
    let mut letters = String::new();
    letters::write(&mut letters, &tree);
    Ok(Drawing {
        svg,
        is_wide: list.width > WIDE,
        numbers,
        mathml: mathml::element(&tree, form == Form::Display),
        letters: letters.split_whitespace().collect::<Vec<_>>().join(" "),
        glyphs: used.into_iter().collect(),
    })
}

/// Between rows and their numbers the typesetter leaves at least an em, which the page replaces by its own room.
const NUMBERS_GAP: f64 = 1.0;

/// How wide the column of equation numbers is, at the right of a formula that is one numbered environment.
fn numbers_of(layout: &LayoutBox) -> Option<f64> {
    match &layout.content {
        BoxContent::Array { tag_col_width, .. } => Some(*tag_col_width).filter(|width| *width > 0.0),
        BoxContent::HBox(boxes) => match boxes.as_slice() {
            [only] => numbers_of(only),
            // Definitions before the environment leave nothing behind.
            [.., last] if boxes.iter().rev().skip(1).all(|before| before.width == 0.0) => numbers_of(last),
            _ => None,
        },
        _ => None,
    }
}

fn too_large() -> Fault {
    Fault {
        at: None,
        message: text!("수식이 너무 커서 그리지 않았습니다", "the formula is too large to be drawn"),
        hint: Some(text!("여러 수식으로 나누어 적으세요", "write it as several formulas")),
    }
}

/// The parser's message in the writer's words.
fn explained(message: &str, at: Option<usize>) -> Fault {
    let fault = |message, hint| Fault { at, message, hint };
    let behind = |word: &str| message.split_once(word).map(|(_, rest)| rest.trim().to_owned());
    if let Some(name) = behind("Undefined control sequence: ") {
        return fault(
            text!("모르는 수식 명령입니다: `{name}`", "unknown command `{name}` in a formula"),
            Some(text!(
                "이름을 확인하거나 `\\newcommand`나 `site.yaml`의 `maths`로 정의하세요",
                "check its name, or define it with `\\newcommand` or under `maths` in `site.yaml`"
            )),
        );
    }
    if let Some(name) = behind("No such environment: ") {
        return fault(
            text!("모르는 수식 환경입니다: `{name}`", "unknown environment `{name}` in a formula"),
            Some(text!(
                "`aligned`, `cases`, `matrix` 등을 쓸 수 있습니다",
                "there are `aligned`, `cases`, `matrix` and others"
            )),
        );
    }
    if message.contains("Double superscript") || message.contains("Double subscript") {
        return fault(
            text!(
                "수식의 한 글자에 첨자가 두 번 붙었습니다",
                "a letter in a formula has two superscripts or two subscripts"
            ),
            Some(text!("`{{x^2}}^3`처럼 중괄호로 묶으세요", "group them with braces: `{{x^2}}^3`")),
        );
    }
    if message.contains("Too many expansions") || message.contains("limit exceeded") {
        return fault(
            text!(
                "수식의 정의가 끝없이 펼쳐지거나 너무 깊습니다",
                "the formula's definitions expand without end or nest too deep"
            ),
            Some(text!("자기를 부르는 `\\newcommand`가 없는지 보세요", "look for a `\\newcommand` that uses itself")),
        );
    }
    if message.contains("got 'EOF'") || message.contains("Unexpected end of input") {
        return fault(
            text!("수식이 끝나기 전에 닫히지 않은 것이 있습니다", "something in the formula is not closed"),
            Some(text!(
                "`{{`, `\\left`, `\\begin`마다 `}}`, `\\right`, `\\end`가 있는지 보세요",
                "every `{{`, `\\left` and `\\begin` needs its `}}`, `\\right` and `\\end`"
            )),
        );
    }
    if let Some((_, got)) = message.strip_prefix("Expected '").and_then(|rest| rest.split_once("', got '")) {
        let got = got.trim_end_matches('\'');
        let quoted = format!("`{got}`");
        let subject = josa(&quoted, "이", "가");
        return fault(
            text!("수식의 이 자리에는 {subject} 올 수 없습니다", "`{got}` cannot stand here in a formula"),
            Some(text!(
                "앞의 명령에 필요한 것이 다 있는지, 짝이 맞는지 보세요",
                "see that the command before it has all that it needs, and that everything has its match"
            )),
        );
    }
    let message = message.to_owned();
    fault(text!("수식을 읽지 못했습니다: {message}", "the formula cannot be read: {message}"), None)
}

#[cfg(test)]
mod tests;
