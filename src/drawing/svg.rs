//! A tool's SVG → what stands in a page: only elements, attributes and styles of these lists, ids that can be made a page's
//! own, nothing that is not used, and the colours of light and dark side by side.

mod css;

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::width::FONTS;
use super::{ID, LINK_END, LINK_START};
use crate::markdown::escape_into;

/// Elements that draw, and those that they refer to. The rest goes with all that is in it.
const ELEMENTS: [&str; 31] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "defs",
    "marker",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "filter",
    "feDropShadow",
    "feGaussianBlur",
    "feOffset",
    "feBlend",
    "feFlood",
    "feComposite",
    "feMerge",
    "feMergeNode",
    "use",
    "a",
];

/// Attributes that say where and how to draw.
const ATTRIBUTES: [&str; 92] = [
    "class",
    "style",
    "viewBox",
    "preserveAspectRatio",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "d",
    "points",
    "pathLength",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "color",
    "display",
    "visibility",
    "overflow",
    "clip-rule",
    "paint-order",
    "vector-effect",
    "shape-rendering",
    "text-rendering",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "text-decoration",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "letter-spacing",
    "word-spacing",
    "writing-mode",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "refX",
    "refY",
    "markerUnits",
    "markerWidth",
    "markerHeight",
    "orient",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "fx",
    "fy",
    "offset",
    "stop-color",
    "stop-opacity",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "filterUnits",
    "primitiveUnits",
    "in",
    "in2",
    "result",
    "stdDeviation",
    "mode",
    "operator",
    "flood-color",
    "flood-opacity",
    "data-look",
    "k1",
    "space",
];

/// Attributes whose values refer to elements: `url(#…)`.
const REFERRING: [&str; 6] = ["marker-start", "marker-mid", "marker-end", "clip-path", "mask", "filter"];

/// Attributes with colours in them.
const COLOURED: [&str; 6] = ["fill", "stroke", "style", "color", "stop-color", "flood-color"];

/// A larger picture is of no use to anybody.
const MOST_ELEMENTS: usize = 60_000;
/// Deeper nesting comes from nowhere but bad will.
const DEEPEST: usize = 200;

/// What was read beside the picture.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub labels: Vec<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    /// Targets of links, by their numbers.
    pub links: Vec<String>,
}

/// Both themes of one picture → one `<svg>` element, or two where more than colours differ; and what was found in it.
/// `None` where one of them is no SVG.
pub fn unite(light: &str, dark: &str) -> Option<(Vec<String>, Found)> {
    let (light, dark) = (Document::parse(light).ok()?, Document::parse(dark).ok()?);
    let (light, dark) = (Picture::of(&light)?, Picture::of(&dark)?);
    let mut found = Found::default();
    if let Some(both) = write(&light, Dark::Picture(&dark), &mut found) {
        return Some((vec![both], found));
    }
    let mut found = Found::default();
    let one = write(&light, Dark::Elsewhere, &mut found)?;
    let two = write(&dark, Dark::Elsewhere, &mut Found::default())?;
    Some((vec![one, two], found))
}

/// A picture for the light theme → one `<svg>` element in which every colour has a twin for the dark one, and what was found
/// in it. `None` where it is no SVG.
pub fn twinned(svg: &str) -> Option<(String, Found)> {
    let document = Document::parse(svg).ok()?;
    let picture = Picture::of(&document)?;
    let mut found = Found::default();
    let svg = write(&picture, Dark::Twins, &mut found)?;
    Some((svg, found))
}

/// The width of an `<svg>` element that [`unite`] wrote, by its view box.
pub fn width(svg: &str) -> f32 {
    let tag = svg.split('>').next().unwrap_or_default();
    let numbers = tag.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let width = numbers.split([' ', ',']).filter(|number| !number.is_empty()).nth(2);
    width.and_then(|width| width.parse().ok()).filter(|width: &f32| width.is_finite() && *width > 0.0).unwrap_or(300.0)
}

/// An SVG and what in it is referred to.
struct Picture<'a> {
    root: Node<'a, 'a>,
    referred: BTreeSet<&'a str>,
    rules: Vec<css::Rule>,
}

impl<'a> Picture<'a> {
    fn of(document: &'a Document<'a>) -> Option<Self> {
        let root = document.root_element();
        if root.tag_name().name() != "svg" || document.descendants().filter(Node::is_element).count() > MOST_ELEMENTS {
            return None;
        }
        // Everything below walks down by calling itself.
        if document.descendants().any(|node| node.ancestors().nth(DEEPEST).is_some()) {
            return None;
        }
        let mut names = css::Names::default();
        let mut referred = BTreeSet::new();
        let mut sheet = String::new();
        for node in root.descendants().filter(Node::is_element) {
            if node.tag_name().name() == "style" {
                sheet.push_str(node.text().unwrap_or_default());
            }
            for attribute in node.attributes() {
                match attribute.name() {
                    "class" => names.classes.extend(attribute.value().split_whitespace().map(str::to_owned)),
                    "id" => {
                        names.ids.insert(attribute.value().to_owned());
                    }
                    "href" => referred.extend(attribute.value().strip_prefix('#')),
                    "data-look" => {
                        names.looks.insert(attribute.value().to_owned());
                    }
                    _ => referred.extend(references(attribute.value())),
                }
            }
        }
        let rules = css::rules(&sheet, &names);
        Some(Self { root, referred, rules })
    }

    /// Whether something says this id, so that it has to stand there.
    fn is_said(&self, id: &str) -> bool {
        self.referred.contains(id) || self.rules.iter().any(|rule| rule.says(id))
    }
}

/// The ids in `url(#…)` of a value.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| rest.split(')').next())
}

/// What a picture looks like in the dark.
#[derive(Clone, Copy)]
enum Dark<'p, 'a> {
    /// As this one does, whose colours are put beside its own.
    Picture(&'p Picture<'a>),
    /// Each colour has one of its own.
    Twins,
    /// Another picture shows it.
    Elsewhere,
}

/// `None` where the two differ in more than colours.
fn write<'a>(light: &Picture<'a>, dark: Dark<'_, 'a>, found: &mut Found) -> Option<String> {
    let has_twins = matches!(dark, Dark::Twins);
    let dark = if let Dark::Picture(dark) = dark { Some(dark) } else { None };
    let mut writer = Writer { light, dark, has_twins, out: String::new(), found, ink: None };
    for node in light.root.children().filter(Node::is_element) {
        let text = || node.text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        match node.tag_name().name() {
            "title" => writer.found.title = text(),
            "desc" => writer.found.description = text(),
            _ => {}
        }
    }
    writer.element(light.root, dark.map(|dark| dark.root))?;
    Some(writer.out)
}

struct Writer<'a, 'w> {
    light: &'w Picture<'a>,
    dark: Option<&'w Picture<'a>>,
    has_twins: bool,
    out: String,
    found: &'w mut Found,
    /// The colour of words on the writer's own ground, in a node that has one.
    ink: Option<&'static str>,
}

impl<'a> Writer<'a, '_> {
    fn element(&mut self, light: Node<'a, 'a>, dark: Option<Node<'a, 'a>>) -> Option<()> {
        let name = light.tag_name().name();
        if dark.is_some_and(|dark| dark.tag_name().name() != name) {
            return None;
        }
        if name == "use"
            && let Some(label) = label_of(self.light, light)
        {
            // Written where it is shown, a label can be selected, and found in the page.
            let dark = match (dark, self.dark) {
                (Some(dark), Some(picture)) => Some(label_of(picture, dark)?),
                _ => None,
            };
            return self.children(label, dark);
        }
        if is_idle_in(self.light, light) {
            return Some(());
        }
        let is_root = light == self.light.root;
        let outside = self.ink;
        if name == "g" && light.attribute("class").is_some_and(|class| class.split(' ').any(|class| class == "node")) {
            self.ink = own_ground(light).and_then(css::ink_on);
        }
        let is_link = name == "a";
        self.out.push('<');
        self.out.push_str(name);
        if is_root {
            // Mermaid's own sheet speaks of the root by its id.
            let id = light.attribute("id").unwrap_or("d");
            self.id(id);
        }
        let ink = self.ink.filter(|_| name == "text");
        for attribute in light.attributes() {
            let is_ink = ink.is_some() && matches!(attribute.name(), "style" | "fill");
            let value = match dark {
                _ if is_ink => inked(attribute.name(), attribute.value(), ink),
                Some(dark) => colours(attribute.value(), dark.attribute(attribute.name()).unwrap_or_default())?,
                None if self.has_twins && COLOURED.contains(&attribute.name()) => css::with_twins(attribute.value()),
                None => attribute.value().to_owned(),
            };
            self.attribute(name, attribute.name(), &value, is_root);
        }
        if ink.is_some() {
            // A link there keeps the colour that can be read on it.
            self.out.push_str(" data-ink=\"own\"");
        }
        self.out.push('>');
        if is_root {
            self.sheet()?;
        }
        let starts = self.out.len();
        self.children(light, dark)?;
        self.ink = outside;
        if name == "text" {
            self.read(light);
        }
        // An element without anything in it closes itself.
        if self.out.len() == starts && !is_link {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        Some(())
    }

    fn children(&mut self, light: Node<'a, 'a>, dark: Option<Node<'a, 'a>>) -> Option<()> {
        let idle = |picture: &Picture<'a>, node: &Node<'a, 'a>| {
            node.is_element() && is_idle_in(picture, *node) || !node.is_element() && !node.is_text()
        };
        let mut others = dark.map(|dark| dark.children());
        let in_text = matches!(light.tag_name().name(), "text" | "tspan" | "textPath" | "a");
        for child in light.children().filter(|child| !idle(self.light, child)) {
            let other = match (&mut others, self.dark) {
                (Some(others), Some(picture)) => Some(others.find(|other| !idle(picture, other))?),
                _ => None,
            };
            if child.is_element() {
                self.element(child, other)?;
            } else if in_text {
                let text = child.text().unwrap_or_default();
                if other.is_some_and(|other| other.text() != Some(text)) {
                    return None;
                }
                let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                escape_into(&mut self.out, &clean);
            }
        }
        let left =
            others.zip(self.dark).is_some_and(|(mut others, picture)| others.any(|other| !idle(picture, &other)));
        (!left).then_some(())
    }

    /// The words of a text element, a line each.
    fn read(&mut self, node: Node<'a, 'a>) {
        let mut label = String::new();
        for text in node.descendants().filter_map(|node| if node.is_text() { node.text() } else { None }) {
            if !label.is_empty() && !label.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) {
                label.push(' ');
            }
            label.push_str(text);
        }
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if !label.is_empty() {
            self.found.labels.push(label);
        }
    }

    fn id(&mut self, id: &str) {
        self.out.push_str(" id=\"");
        self.out.push(ID);
        escape_into(&mut self.out, id);
        self.out.push('"');
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str, is_root: bool) {
        if is_root && !matches!(name, "viewBox" | "class" | "preserveAspectRatio") {
            return;
        }
        match name {
            "id" if self.light.is_said(value) => self.id(value),
            "href" if element == "a" => {
                self.out.push_str(" href=\"");
                self.out.push(LINK_START);
                self.out.push_str(&self.found.links.len().to_string());
                self.out.push(LINK_END);
                self.out.push('"');
                self.found.links.push(value.to_owned());
            }
            "href" => {
                if let Some(id) = value.strip_prefix('#') {
                    self.write_attribute("href", &format!("#{ID}{id}"));
                }
            }
            "style" => {
                // Of all that is in the picture, its sheet says it.
                let style = css::declarations(&value.replace(&format!("font-family:{FONTS}"), ""));
                if !style.is_empty() {
                    self.write_attribute(name, &style);
                }
            }
            "space" => self.write_attribute("xml:space", value),
            _ if (ATTRIBUTES.contains(&name) || REFERRING.contains(&name) && value.starts_with("url(#"))
                && css::is_harmless(value) =>
            {
                self.write_attribute(name, &value.replace("url(#", &format!("url(#{ID}")));
            }
            _ => {}
        }
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        for (number, part) in value.split(ID).enumerate() {
            if number > 0 {
                self.out.push(ID);
            }
            // Paths are sometimes written in lines.
            escape_into(&mut self.out, &part.replace(|c: char| c.is_ascii_whitespace(), " "));
        }
        self.out.push('"');
    }

    fn sheet(&mut self) -> Option<()> {
        let mut sheet = String::new();
        let dark = self.dark.map(|dark| dark.rules.as_slice());
        if dark.is_some_and(|dark| dark.len() != self.light.rules.len()) {
            return None;
        }
        for (at, rule) in self.light.rules.iter().enumerate() {
            let other = dark.and_then(|dark| dark.get(at));
            if other.is_some_and(|other| other.selectors != rule.selectors) {
                return None;
            }
            let declarations = match other {
                Some(other) => colours(&rule.declarations, &other.declarations)?,
                None if self.has_twins => css::with_twins(&rule.declarations),
                None => rule.declarations.clone(),
            };
            let declarations = css::declarations(&declarations);
            if !declarations.is_empty() {
                sheet.push_str(&rule.selectors.replace('#', &format!("#{ID}")));
                sheet.push('{');
                sheet.push_str(&declarations);
                sheet.push('}');
            }
        }
        if !sheet.is_empty() {
            self.out.push_str("<style>");
            // Angle brackets would end it; nothing that is drawn needs any but the one of a child.
            self.out.push_str(&sheet.replace('<', ""));
            self.out.push_str("</style>");
        }
        Some(())
    }
}

/// The label that a `<use>` shows.
fn label_of<'a>(picture: &Picture<'a>, node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let id = node.attribute("href")?.strip_prefix('#')?;
    if !id.contains("foreignobject-label") {
        return None;
    }
    picture.root.descendants().find(|other| other.attribute("id") == Some(id))
}

/// The colour that the writer gives to the ground of a node.
fn own_ground<'a>(node: Node<'a, 'a>) -> Option<&'a str> {
    let shapes = node
        .children()
        .filter(|child| matches!(child.tag_name().name(), "rect" | "path" | "circle" | "ellipse" | "polygon"));
    let mut styles = shapes.filter_map(|shape| shape.attribute("style"));
    styles.find_map(|style| {
        let fill = style.split(';').find_map(|declaration| declaration.trim().strip_prefix("fill:"))?;
        fill.trim().strip_suffix("!important").map(str::trim)
    })
}

/// The style or the fill of words in a colour, unless the writer gave them one.
fn inked(name: &str, value: &str, ink: Option<&str>) -> String {
    let ink = ink.unwrap_or_default();
    if name == "fill" {
        return ink.to_owned();
    }
    if value.contains("!important") {
        return value.to_owned();
    }
    let is_other = |declaration: &&str| !declaration.trim_start().starts_with("fill:");
    let kept: Vec<&str> = value.split(';').filter(is_other).collect();
    format!("{};fill:{ink}", kept.join(";"))
}

/// Whether an element draws nothing: a definition that nobody refers to, a group or a rectangle of nothing.
fn is_idle_in(picture: &Picture<'_>, node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    if !ELEMENTS.contains(&name) {
        return true;
    }
    let is_label = node.attribute("id").is_some_and(|id| id.contains("foreignobject-label"));
    match name {
        "marker" | "linearGradient" | "radialGradient" | "pattern" | "clipPath" | "mask" | "filter" => {
            !node.attribute("id").is_some_and(|id| picture.is_said(id))
        }
        "defs" => node.children().filter(Node::is_element).all(|child| is_idle_in(picture, child)),
        "g" if is_label => node.parent().is_some_and(|parent| parent.tag_name().name() == "defs"),
        "g" | "text" | "tspan" => {
            node.attribute("id").is_none_or(|id| !picture.is_said(id))
                && node.children().all(|child| match child.is_element() {
                    true => is_idle_in(picture, child),
                    false => name == "g" || child.text().is_none_or(|text| text.trim().is_empty()),
                })
        }
        "rect" => node.attribute("style").is_some_and(|style| style.contains(";opacity:0;")),
        _ => false,
    }
}

/// A value whose colours are those of both themes; `None` where the two differ otherwise.
fn colours(light: &str, dark: &str) -> Option<String> {
    if light == dark {
        return Some(light.to_owned());
    }
    let (mut ours, mut theirs) = (css::split_colours(light), css::split_colours(dark));
    let mut out = String::new();
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return Some(out),
            (Some((before, colour)), Some((other_before, other))) if before == other_before => {
                out.push_str(before);
                match (colour, other) {
                    (None, None) => {}
                    (Some(colour), Some(other)) if colour == other => out.push_str(colour),
                    (Some(colour), Some(other)) => {
                        let plain =
                            |colour: &str| if colour == "none" { "transparent".to_owned() } else { colour.to_owned() };
                        out.push_str(&format!("light-dark({},{})", plain(colour), plain(other)));
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
}
