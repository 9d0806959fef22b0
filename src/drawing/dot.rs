//! DOT, the language of Graphviz, drawn without it.
//!
//! ```text
//! source ─ parse ─► Graph ─ scene ─► Plan and looks ─ layout ─► places ─ paint ─► SVG, light and dark ─ svg::unite
//! ```
//!
//! The layout is that of Graphviz's `dot`, after the papers of its authors: a port of dagre, which Mermaid's drawings are
//! laid out by, knows neither `rank = same` nor ports of records, which half of all real sources have. What would change
//! what a picture says and is not drawn here is refused: other layouts than `dot`'s, images, shapes and elements of labels
//! that are not known, colours that are not known. What is a matter of looks or of paper is passed over: fonts, sizes of
//! pages, `ratio`, `concentrate`, `splines = ortho`, gradients, of which the first colour is taken. No label is larger than
//! its node, whatever `fixedsize` says: words are as wide here as in the widest of the readers' fonts.

mod arrow;
mod colour;
mod content;
mod curve;
mod graph;
mod html;
mod label;
mod layout;
mod paint;
mod parse;
mod record;
mod scene;
mod shape;
mod tokens;

use std::collections::BTreeMap;

use super::{Drawing, DrawnLink, Fault, svg};
use crate::caught::caught;
use crate::language::Text;
use crate::text;
use colour::Colour;

/// Of a source, in bytes.
const LONGEST: usize = 128 * 1024;
/// Of a picture, in pixels: nobody could look at a wider one.
const WIDEST: f64 = 20_000.0;

/// Draws the source of a diagram.
pub fn draw(source: &str) -> Result<Drawing, Fault> {
    if source.len() > LONGEST {
        return Err(too_large(0));
    }
    // Layouts are full of places in lists; should one be wrong, a note costs a picture and not the site.
    caught(|| drawn(source))
        .unwrap_or_else(|| Err(fault(text!("이 그림은 그리지 못했습니다", "this diagram could not be drawn"), 0)))
}

fn drawn(source: &str) -> Result<Drawing, Fault> {
    let graph = parse::parse(source)?;
    let start = source.len() - source.trim_start().len();
    if graph.nodes.is_empty() {
        return Err(fault(text!("그릴 것이 없습니다", "there is nothing to draw"), start));
    }
    let scene = scene::Scene::of(&graph)?;
    let Some(placed) = layout::layout(&scene.plan) else { return Err(too_large(start)) };
    let light = paint::Picture::new(&scene, &placed, false);
    let dark = paint::Picture::new(&scene, &placed, true);
    let width = light.bounds.width();
    if !(width <= WIDEST && light.bounds.height() <= WIDEST) {
        return Err(fault(
            text!(
                "그림의 폭이나 높이가 {WIDEST}픽셀보다 커서 그리지 않았습니다",
                "the diagram is wider or higher than {WIDEST} pixels and was not drawn"
            ),
            start,
        ));
    }
    let Some((svg, found)) = svg::unite(&light.svg, &dark.svg) else { return Err(too_large(start)) };
    let links = linked(found.links, source);
    Ok(Drawing {
        svg,
        width: width as f32,
        title: scene.title(),
        labels: light.labels,
        links,
        remarks: scene.remarks,
        ..Drawing::default()
    })
}

/// Links as they are written: `[[노트]]` of a label or of an `URL`, or an address. Of several to one place, each has its own
/// place in the source.
fn linked(targets: Vec<String>, source: &str) -> Vec<DrawnLink> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let link = |written: String| {
        let from = found.get(&written).copied().unwrap_or(0);
        let name = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        // Behind a name may stand what is shown for it.
        let start = if name.is_some() { written.trim_end_matches(']') } else { &written };
        let at = source.get(from..).and_then(|rest| rest.find(start)).map(|at| from + at);
        let target = name.unwrap_or(&written).to_owned();
        let (is_wikilink, inside) = (name.is_some(), start.len() - target.len());
        let behind = at.map_or(from, |at| at + start.len());
        found.insert(written, behind);
        DrawnLink { target, is_wikilink, at: at.map(|at| at + inside) }
    };
    targets.into_iter().map(link).collect()
}

fn fault(message: Text, at: usize) -> Fault {
    Fault { message, hint: None, at: Some(at) }
}

fn misread(sign: &str, at: usize) -> Fault {
    fault(text!("`{sign}`을(를) 여기에 쓸 수 없습니다", "`{sign}` cannot stand here"), at)
}

fn too_large(at: usize) -> Fault {
    let message =
        text!("그림이 너무 크거나 깊어 그리지 않았습니다", "the diagram is too large or too deep and was not drawn");
    fault(message, at)
}

/// What dot draws and this does not.
fn unsupported(korean: &str, english: &str, at: usize) -> Fault {
    let message = text!("{korean}: 그릴 수 없는 것입니다", "{english} cannot be drawn");
    let hint = text!(
        "`site.yaml`에 `dot: true`라고 적으면 설치된 프로그램 `dot`으로 그립니다",
        "with `dot: true` in `site.yaml`, the program `dot` draws it, where it is installed"
    );
    Fault { hint: Some(hint), ..fault(message, at) }
}

fn unknown_colour(written: &str, at: usize) -> Fault {
    let written: String = written.chars().take(40).collect();
    unsupported(&format!("색 `{written}`"), &format!("the colour `{written}`"), at)
}

/// The first of a list of colours (`red:blue`, `red;0.5:blue`), which is a gradient or a row of lines.
fn first_colour(written: &str) -> Option<Colour> {
    let first = written.split(':').next().unwrap_or_default();
    Colour::of(first.split(';').next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
