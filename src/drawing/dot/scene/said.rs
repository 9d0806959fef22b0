//! What attributes say of how something looks.

use super::Pen;
use crate::drawing::Fault;
use crate::drawing::dot::colour::{self, Colour};
use crate::drawing::dot::content::Content;
use crate::drawing::dot::graph::{Attributes, Value, number};
use crate::drawing::dot::label::{Align, Font, Names, Words};
use crate::drawing::dot::{first_colour, html, unknown_colour, unsupported};

pub fn font(said: &Attributes) -> Result<Font, Fault> {
    Font::of(said).ok_or_else(|| {
        let value = said.value("fontcolor");
        unknown_colour(value.map_or("", |value| &value.text), value.map_or(0, |value| value.at))
    })
}

pub fn colour_of(value: &Value) -> Result<Colour, Fault> {
    first_colour(&value.text).ok_or_else(|| unknown_colour(&value.text, value.at))
}

pub fn pen(said: &Attributes) -> Result<Pen, Fault> {
    let dashes = said.styles().find_map(|style| match style {
        "dashed" => Some("5,3"),
        "dotted" => Some("1,4"),
        _ => None,
    });
    let written = said.styles().find_map(|style| style.strip_prefix("setlinewidth("));
    let bold = if said.has_style("bold") { 2.0 } else { 1.0 };
    let width = said.number("penwidth").or_else(|| written.and_then(number)).unwrap_or(bold);
    Ok(Pen { colour: said.value("color").map(colour_of).transpose()?, width: width.clamp(0.0, 30.0), dashes })
}

/// Of an edge: one for each of its colours.
pub fn pens(said: &Attributes) -> Result<Vec<Pen>, Fault> {
    let Some(value) = said.value("color").filter(|value| value.text.contains(':')) else { return Ok(vec![pen(said)?]) };
    if value.text.contains(';') {
        return Err(unsupported("여러 색의 선", "an edge in several colours, one behind the other", value.at));
    }
    let mut first = said.clone();
    first.remove("color");
    let plain = pen(&first)?;
    let one = |written: &str| {
        let colour = Some(Colour::of(written).ok_or_else(|| unknown_colour(written, value.at))?);
        Ok(Pen { colour, ..plain.clone() })
    };
    value.text.split(':').filter(|written| !written.is_empty()).take(8).map(one).collect()
}

/// What the whole stands on; white is the page's own.
pub fn ground(said: &Attributes) -> Result<Option<Colour>, Fault> {
    let ground = said.value("bgcolor").map(colour_of).transpose()?;
    Ok(ground.filter(|ground| ground.alpha > 0 && *ground != colour::WHITE))
}

pub fn content(said: &Attributes, name: &str, names: &Names<'_>) -> Result<Option<Content>, Fault> {
    let Some(value) = said.value(name) else { return Ok(None) };
    let content = words_or_html(value, &font(said)?, names)?;
    Ok(Some(content).filter(|content| !content.is_empty()))
}

pub fn words_or_html(value: &Value, font: &Font, names: &Names<'_>) -> Result<Content, Fault> {
    if value.is_html {
        html::content(&value.text, font, names, value.at)
    } else {
        Ok(Content::words(Words::of(&value.text, font, names)))
    }
}

pub fn justified(said: &Attributes) -> Align {
    if begins(said, "labeljust", 'l') {
        Align::Left
    } else if begins(said, "labeljust", 'r') {
        Align::Right
    } else {
        Align::Middle
    }
}

/// Whether a side is written, such as `t` or `top`.
pub fn begins(said: &Attributes, name: &str, side: char) -> bool {
    said.text(name).is_some_and(|text| text.starts_with(side))
}

pub fn link(said: &Attributes, attributes: &[&str], names: &Names<'_>) -> Option<String> {
    let written = attributes.iter().find_map(|name| said.text(name))?;
    let target = names.put_into(written);
    Some(target.chars().filter(|c| !c.is_control()).collect())
}
