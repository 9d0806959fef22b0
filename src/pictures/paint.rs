//! How a drawing stands on a page: whether it follows the theme, has a ground of its own, and how light its ink is.
//!
//! The drawing is gone through as it is painted, with the colours that its attributes, styles and sheet give. An area
//! without gaps is remembered as ground for what comes after; ink is looked at where nothing of the kind lies under it. That is
//! no renderer: an area is its box, a line its corners, and where a shape's box says too little the ink is taken to lie on the
//! page, so that at worst a drawing gets a ground that it does not need.

use roxmltree::Node;
use rustc_hash::FxHashMap;

use super::colour::{self, BLACK, Paint};
use super::css::{self, Rule, Selector};
use super::size::{pixels, view_box};
use super::{HTML, Looks, href, is_svg_element, namespace};

/// Darker ink has less than 3 to 1 on the dark page.
const DARK: f64 = 0.13;
/// Lighter ink has less than 1.4 to 1 on the light page.
const LIGHT: f64 = 0.7;
/// How much of the drawing an area covers that is its ground.
const WHOLE: f64 = 0.8;
/// Elements that are looked at, each `<use>` once more: who draws more has shown its ink by then.
const MOST: usize = 20_000;
/// Areas that are remembered as ground.
const MOST_AREAS: usize = 1_000;
/// How deep drawings that use parts of themselves are followed.
const DEEPEST_USE: usize = 8;

pub fn looks<'a>(root: Node<'a, 'a>) -> Looks {
    let sheet: String = root
        .descendants()
        .filter(|node| node.is_element() && node.tag_name().name() == "style")
        .flat_map(|node| node.children())
        .filter_map(|child| child.text())
        .collect();
    if follows(root, &sheet) {
        return Looks::Anywhere;
    }
    let is_excalidraw = is_excalidraw(root);
    let rules = css::rules(&sheet);
    let mut painter = Painter::of(root, &rules, is_excalidraw);
    let style = painter.style(root, &Style::INITIAL);
    // Of an exported dark drawing, all colours are turned round at the end.
    let is_turned = root.attribute("filter").is_some_and(|filter| filter.contains("invert("));
    if let Some(ground) = painter.own_ground(root) {
        painter.ground = Some(ground);
    } else {
        painter.children(root, &style, Matrix::ONE);
    }
    painter.looks(is_turned)
}

/// Whether the drawing says itself how it looks on a dark page.
fn follows(root: Node<'_, '_>, sheet: &str) -> bool {
    if sheet.contains("prefers-color-scheme") {
        return true;
    }
    let is_for_both = |text: &str| {
        text.split("color-scheme").skip(1).any(|rest| {
            let value = rest.split([';', '}']).next().unwrap_or_default();
            value.contains("light") && value.contains("dark")
        })
    };
    is_for_both(root.attribute("style").unwrap_or_default()) || is_for_both(sheet)
}

fn is_excalidraw(root: Node<'_, '_>) -> bool {
    let is_mark = |node: Node<'_, '_>| {
        node.is_comment() && node.text().is_some_and(|text| text.contains("svg-source:excalidraw"))
    };
    root.children().take(8).any(is_mark)
        || root.attribute("class").is_some_and(|class| class.contains("excalidraw-svg"))
}

/// What an element hands down.
#[derive(Clone, Copy, Debug)]
struct Style {
    fill: Paint,
    stroke: Paint,
    color: Paint,
    fill_opacity: f64,
    stroke_opacity: f64,
    opacity: f64,
    hidden: bool,
}

impl Style {
    const INITIAL: Self = Self {
        fill: BLACK,
        stroke: Paint::None,
        color: BLACK,
        fill_opacity: 1.0,
        stroke_opacity: 1.0,
        opacity: 1.0,
        hidden: false,
    };

    fn set(&mut self, name: &str, value: &str) {
        let number = |value: &str| match value.trim().strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0),
            None => value.trim().parse::<f64>().ok(),
        };
        match name {
            _ if value == "inherit" => {}
            "fill" => self.fill = colour::read(value),
            "stroke" => self.stroke = colour::read(value),
            "color" => self.color = colour::read(value),
            "fill-opacity" => self.fill_opacity = number(value).unwrap_or(1.0),
            "stroke-opacity" => self.stroke_opacity = number(value).unwrap_or(1.0),
            // Handed down, though not inherited: what stands in the element fades with it.
            "opacity" => self.opacity *= number(value).unwrap_or(1.0),
            "display" => self.hidden |= value == "none",
            "visibility" => self.hidden = value == "hidden",
            _ => {}
        }
    }

    /// The luminance of ink and how much there is of it; `None` where nothing is painted, or nobody knows what.
    fn ink(&self, paint: Paint, opacity: f64) -> Option<(f64, f64)> {
        match if paint == Paint::Current { self.color } else { paint } {
            Paint::Colour { luminance, alpha } => Some((luminance, alpha * opacity * self.opacity)),
            Paint::Current => Some((0.0, opacity * self.opacity)),
            Paint::None | Paint::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Matrix([f64; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn then(self, inner: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, inner.0);
        Self([a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f])
    }

    fn point(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// `translate(1 2) scale(3)`.
    fn read(transform: &str) -> Self {
        let mut whole = Self::ONE;
        for part in transform.split(')') {
            let Some((name, arguments)) = part.split_once('(') else { continue };
            let numbers = numbers(arguments);
            let at = |index: usize| numbers.get(index).copied();
            let first = at(0).unwrap_or_default();
            let inner = match name.trim().trim_start_matches(',').trim() {
                "translate" => Self([1.0, 0.0, 0.0, 1.0, first, at(1).unwrap_or(0.0)]),
                "scale" => Self([first, 0.0, 0.0, at(1).unwrap_or(first), 0.0, 0.0]),
                "matrix" if numbers.len() == 6 => {
                    let mut six = [0.0; 6];
                    six.copy_from_slice(&numbers);
                    Self(six)
                }
                "rotate" => {
                    let (sine, cosine) = first.to_radians().sin_cos();
                    let (x, y) = (at(1).unwrap_or(0.0), at(2).unwrap_or(0.0));
                    let there = Self([1.0, 0.0, 0.0, 1.0, x, y]);
                    let back = Self([1.0, 0.0, 0.0, 1.0, -x, -y]);
                    there.then(Self([cosine, sine, -sine, cosine, 0.0, 0.0])).then(back)
                }
                _ => continue,
            };
            whole = whole.then(inner);
        }
        whole
    }
}

/// The numbers of a list, as paths write them: `1-2.5.5e3`.
fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = at;
        let mut has_dot = false;
        while let Some(byte) = bytes.get(at) {
            let before = at.checked_sub(1).filter(|_| at > starts).and_then(|before| bytes.get(before));
            let may = match byte {
                b'0'..=b'9' => true,
                b'.' => !std::mem::replace(&mut has_dot, true),
                b'-' | b'+' => at == starts || matches!(before, Some(b'e' | b'E')),
                b'e' | b'E' => at > starts,
                _ => false,
            };
            if !may {
                break;
            }
            at += 1;
        }
        if at == starts {
            at += 1;
        } else if let Ok(number) = text.get(starts..at).unwrap_or_default().parse::<f64>() {
            found.push(number);
        }
        if found.len() > 4096 {
            break;
        }
    }
    found
}

/// A box: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area([f64; 4]);

impl Area {
    fn around(points: &[(f64, f64)]) -> Option<Self> {
        let mut points = points.iter();
        let (x, y) = *points.next()?;
        let mut area = [x, y, x, y];
        for (x, y) in points {
            area = [area[0].min(*x), area[1].min(*y), area[2].max(*x), area[3].max(*y)];
        }
        area.iter().all(|number| number.is_finite()).then_some(Self(area))
    }

    fn size(self) -> f64 {
        let [left, top, right, bottom] = self.0;
        (right - left).max(0.0) * (bottom - top).max(0.0)
    }

    fn shared(self, other: Self) -> f64 {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.max(e), b.max(f), c.min(g), d.min(h)]).size()
    }

    fn holds(self, (x, y): (f64, f64)) -> bool {
        let [left, top, right, bottom] = self.0;
        (left..=right).contains(&x) && (top..=bottom).contains(&y)
    }
}

/// A shape: its corners, and whether its box is what it covers.
struct Shape {
    corners: Vec<(f64, f64)>,
    is_box: bool,
    is_line: bool,
}

impl Shape {
    fn of(node: Node<'_, '_>, view: Area) -> Option<Self> {
        let [left, top, right, bottom] = view.0;
        let share = |name: &str, whole: f64| match node.attribute(name) {
            Some(value) => match value.trim().strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0 * whole),
                None if value.trim() == "0" => Some(0.0),
                None => pixels(value).or_else(|| value.trim().parse().ok()),
            },
            None => Some(0.0),
        };
        let (across, down) = (right - left, bottom - top);
        let rectangle = |x: f64, y: f64, width: f64, height: f64, is_box: bool| Self {
            corners: vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)],
            is_box,
            is_line: false,
        };
        Some(match node.tag_name().name() {
            "rect" => {
                rectangle(share("x", across)?, share("y", down)?, share("width", across)?, share("height", down)?, true)
            }
            "circle" | "ellipse" => {
                let (x, y, r) = (share("cx", across)?, share("cy", down)?, share("r", across)?);
                let is_circle = node.tag_name().name() == "circle";
                let (rx, ry) = if is_circle { (r, r) } else { (share("rx", across)?, share("ry", down)?) };
                // What lies in its middle square lies in it.
                let (rx, ry) = (rx * 0.8, ry * 0.8);
                rectangle(x - rx, y - ry, 2.0 * rx, 2.0 * ry, true)
            }
            "line" => Self {
                corners: vec![(share("x1", across)?, share("y1", down)?), (share("x2", across)?, share("y2", down)?)],
                is_box: false,
                is_line: true,
            },
            "polygon" | "polyline" => {
                let corners = pairs(&numbers(node.attribute("points")?));
                Self { is_box: is_full(&corners), is_line: false, corners }
            }
            "path" => {
                let corners = path(node.attribute("d")?);
                Self { is_box: is_full(&corners), is_line: false, corners }
            }
            _ => return None,
        })
    }
}

fn pairs(numbers: &[f64]) -> Vec<(f64, f64)> {
    numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The corners of a path: where each of its pieces ends.
fn path(d: &str) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
    let is_command = |c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E');
    let mut rest = d;
    while let Some(begins) = rest.find(is_command) {
        let command = rest.as_bytes().get(begins).copied().unwrap_or_default();
        let body = rest.get(begins + 1..).unwrap_or_default();
        let (arguments, after) = body.split_at(body.find(is_command).unwrap_or(body.len()));
        rest = after;
        let is_relative = command.is_ascii_lowercase();
        let count = match command.to_ascii_uppercase() {
            b'M' | b'L' | b'T' => 2,
            b'H' | b'V' => 1,
            b'S' | b'Q' => 4,
            b'C' => 6,
            b'A' => 7,
            _ => {
                at = start;
                continue;
            }
        };
        for (index, piece) in numbers(arguments).chunks_exact(count).enumerate() {
            let last = (piece.get(count.wrapping_sub(2)).copied(), piece.last().copied());
            let (x, y) = match (command.to_ascii_uppercase(), last) {
                (b'H', (_, Some(x))) => (x + if is_relative { at.0 } else { 0.0 }, at.1),
                (b'V', (_, Some(y))) => (at.0, y + if is_relative { at.1 } else { 0.0 }),
                (_, (Some(x), Some(y))) if is_relative => (x + at.0, y + at.1),
                (_, (Some(x), Some(y))) => (x, y),
                _ => continue,
            };
            at = (x, y);
            if command.eq_ignore_ascii_case(&b'M') && index == 0 {
                start = at;
            }
            corners.push(at);
        }
        if corners.len() > 2048 {
            break;
        }
    }
    corners
}

/// Whether a polygon covers nearly all of its box.
fn is_full(corners: &[(f64, f64)]) -> bool {
    let Some(area) = Area::around(corners).filter(|area| area.size() > 0.0) else { return false };
    let next = corners.iter().skip(1).chain(corners.first());
    let doubled: f64 = corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    doubled.abs() / 2.0 > 0.85 * area.size()
}

struct Painter<'a> {
    /// What `<use>` may name.
    named: FxHashMap<&'a str, Node<'a, 'a>>,
    is_excalidraw: bool,
    rules: &'a [Rule<'a>],
    view: Area,
    areas: Vec<Area>,
    /// The luminance of a ground that covers everything.
    ground: Option<f64>,
    /// How much ink of each kind lies on the page itself.
    dark: usize,
    light: usize,
    other: usize,
    /// Light areas whose edge nobody sees on a light page.
    light_areas: usize,
    /// Ink on areas of the drawing's own.
    on_areas: usize,
    photos: usize,
    left: usize,
    /// How many `<use>` are being followed.
    used: usize,
}

impl<'a> Painter<'a> {
    fn of(root: Node<'a, 'a>, rules: &'a [Rule<'a>], is_excalidraw: bool) -> Self {
        let [left, top, width, height] = view_box(root).unwrap_or_else(|| {
            let length = |name: &str| root.attribute(name).and_then(pixels).unwrap_or(300.0);
            [0.0, 0.0, length("width"), length("height")]
        });
        let mut named = FxHashMap::default();
        if root.descendants().any(|node| is_svg_element(node, "use")) {
            for node in root.descendants() {
                if let Some(id) = node.attribute("id") {
                    named.entry(id).or_insert(node);
                }
            }
        }
        Self {
            named,
            is_excalidraw,
            rules,
            view: Area([left, top, left + width, top + height]),
            areas: Vec::new(),
            ground: None,
            dark: 0,
            light: 0,
            other: 0,
            light_areas: 0,
            on_areas: 0,
            photos: 0,
            left: MOST,
            used: 0,
        }
    }

    fn looks(&self, is_turned: bool) -> Looks {
        let is_light = self.ground.is_some_and(|ground| ground > 0.4);
        if self.is_excalidraw && !is_turned && self.photos == 0 && (self.dark > 0 || is_light) {
            return Looks::Inverts;
        }
        let is_all_light = self.other == 0 && (self.light > 0 || self.light_areas > 0 && self.on_areas == 0);
        // Of a photograph nobody knows, and most with a clear ground are made for paper.
        let is_for_paper = self.dark > 0 || (self.photos > 0 && !is_all_light);
        match (self.ground, is_turned) {
            (Some(_), _) => Looks::Anywhere,
            (None, false) if is_for_paper => Looks::DarkInk,
            (None, true) if is_for_paper => Looks::LightInk,
            (None, false) if is_all_light => Looks::LightInk,
            (None, true) if is_all_light => Looks::DarkInk,
            (None, _) => Looks::Anywhere,
        }
    }

    /// `style="background: #fff"` of the root, as draw.io and PlantUML have it.
    fn own_ground(&self, root: Node<'_, '_>) -> Option<f64> {
        let style = root.attribute("style").unwrap_or_default();
        let mut ground = None;
        for (name, value) in css::declarations(style) {
            if matches!(name, "background" | "background-color") {
                ground = match colour::read(value) {
                    Paint::Colour { luminance, alpha } if alpha > 0.9 => Some(luminance),
                    _ => None,
                };
            }
        }
        ground
    }

    fn style(&self, node: Node<'_, '_>, around: &Style) -> Style {
        let mut style = *around;
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            style.set(attribute.name(), attribute.value());
        }
        if !self.rules.is_empty() {
            let classes = node.attribute("class").unwrap_or_default();
            for rule in self.rules {
                if is_meant(&rule.selector, node, classes) {
                    for (name, value) in css::declarations(rule.declarations) {
                        style.set(name, value);
                    }
                }
            }
        }
        for (name, value) in css::declarations(node.attribute("style").unwrap_or_default()) {
            style.set(name, value);
        }
        style
    }

    /// Whether what is not looked at yet changes nothing.
    fn is_done(&self) -> bool {
        self.left == 0 || (!self.is_excalidraw && (self.ground.is_some() || self.dark > 0))
    }

    fn children(&mut self, node: Node<'a, 'a>, style: &Style, matrix: Matrix) {
        for child in node.children().filter(Node::is_element) {
            if self.is_done() {
                return;
            }
            self.element(child, style, matrix);
        }
    }

    fn element(&mut self, node: Node<'a, 'a>, around: &Style, matrix: Matrix) {
        self.left = self.left.saturating_sub(1);
        let name = node.tag_name().name();
        if matches!(
            name,
            "defs"
                | "style"
                | "script"
                | "metadata"
                | "title"
                | "desc"
                | "symbol"
                | "marker"
                | "clipPath"
                | "mask"
                | "pattern"
                | "filter"
                | "linearGradient"
                | "radialGradient"
        ) {
            return;
        }
        let style = self.style(node, around);
        if style.hidden && name != "g" || style.opacity < 0.15 {
            return;
        }
        let matrix = match node.attribute("transform") {
            Some(transform) => matrix.then(Matrix::read(transform)),
            None => matrix,
        };
        match name {
            "switch" => {
                if let Some(first) = node.first_element_child() {
                    self.element(first, &style, matrix);
                }
            }
            "use" => {
                let target = href(node).and_then(|href| href.strip_prefix('#'));
                let (x, y) = (length(node, "x"), length(node, "y"));
                if let Some(target) = target.and_then(|id| self.named.get(id).copied())
                    && self.used < DEEPEST_USE
                    && !self.is_done()
                {
                    self.used += 1;
                    let matrix = matrix.then(Matrix([1.0, 0.0, 0.0, 1.0, x, y]));
                    if is_svg_element(target, "symbol") {
                        self.children(target, &style, matrix);
                    } else {
                        self.element(target, &style, matrix);
                    }
                    self.used -= 1;
                }
            }
            "image" => self.photos += 1,
            "text" => {
                let starts = node.descendants().find(|inner| inner.has_attribute("x"));
                let (x, y) = starts.map_or((0.0, 0.0), |node| (length(node, "x"), length(node, "y")));
                // The parts of a text may have colours of their own; mostly they have the text's.
                let inner = node.children().find(|child| child.is_element() && child.has_attribute("fill"));
                let style = inner.map_or(style, |inner| self.style(inner, &style));
                if node
                    .descendants()
                    .any(|inner| inner.is_text() && inner.text().is_some_and(|text| !text.trim().is_empty()))
                {
                    self.ink(style.ink(style.fill, style.fill_opacity), &[matrix.point((x, y))]);
                }
            }
            "foreignObject" => self.label(node, matrix),
            "rect" | "circle" | "ellipse" | "line" | "polygon" | "polyline" | "path" => {
                self.shape(node, &style, matrix)
            }
            _ => self.children(node, &style, matrix),
        }
    }

    fn shape(&mut self, node: Node<'_, '_>, style: &Style, matrix: Matrix) {
        let Some(shape) = Shape::of(node, self.view) else { return };
        let corners: Vec<(f64, f64)> = shape.corners.iter().map(|corner| matrix.point(*corner)).collect();
        let Some(area) = Area::around(&corners) else { return };
        let fill = if shape.is_line { None } else { style.ink(style.fill, style.fill_opacity) };
        let gradient =
            if style.fill == Paint::Unknown && !shape.is_line { Some((0.5, style.fill_opacity)) } else { None };
        let is_ground = |(_, alpha): &(f64, f64)| *alpha > 0.85 && shape.is_box;
        if let Some((luminance, _)) = fill.or(gradient).filter(is_ground) {
            if area.shared(self.view) >= WHOLE * self.view.size() {
                self.ground = Some(luminance);
                return;
            }
            let edge = style.ink(style.stroke, style.stroke_opacity);
            let is_edged = edge.is_some_and(|(luminance, alpha)| luminance < LIGHT && alpha > 0.5);
            if luminance <= LIGHT {
                self.ink(fill, &[middle(area)]);
            } else if is_edged {
                // Dark or not, the area itself is seen on a dark page.
                self.other += 1;
            } else if self.is_open(middle(area)) {
                self.light_areas += 1;
            }
            if self.areas.len() < MOST_AREAS {
                self.areas.push(area);
            }
            return;
        }
        let step = (corners.len() / 6).max(1);
        let mut few: Vec<(f64, f64)> = corners.iter().step_by(step).copied().collect();
        // A line from box to box begins and ends on boxes.
        let between = corners.iter().zip(corners.iter().skip(1)).step_by(step);
        few.extend(between.map(|(a, b)| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)));
        self.ink(fill.filter(|_| area.size() > 0.0), &few);
        self.ink(style.ink(style.stroke, style.stroke_opacity), &few);
    }

    /// A label in HTML, as draw.io has it: `margin-left` and `padding-top` say where, the innermost `color` how.
    fn label(&mut self, node: Node<'_, '_>, matrix: Matrix) {
        let mut place = (length(node, "x"), length(node, "y"));
        let (mut ink, mut ground) = (BLACK, Paint::None);
        let mut width = 0.0;
        for inner in node.descendants().filter(|inner| inner.is_element() && namespace(*inner) == HTML) {
            for (name, value) in css::declarations(inner.attribute("style").unwrap_or_default()) {
                match name {
                    "margin-left" => place.0 += pixels(value).unwrap_or(0.0),
                    "padding-top" => place.1 += pixels(value).unwrap_or(0.0),
                    "width" if width == 0.0 => width = pixels(value).unwrap_or(0.0),
                    "color" => ink = colour::read(value),
                    "background" | "background-color" => ground = colour::read(value),
                    _ => {}
                }
            }
        }
        let has_words =
            node.descendants().any(|inner| inner.is_text() && inner.text().is_some_and(|text| !text.trim().is_empty()));
        if has_words && !matches!(ground, Paint::Colour { .. }) {
            let style = Style { fill: ink, ..Style::INITIAL };
            self.ink(style.ink(ink, 1.0), &[matrix.point((place.0 + width / 2.0, place.1))]);
        }
    }

    /// Whether nothing of the drawing's own lies at a point.
    fn is_open(&self, point: (f64, f64)) -> bool {
        !self.areas.iter().rev().any(|area| area.holds(point))
    }

    /// Takes note of ink where it lies on the page itself.
    fn ink(&mut self, ink: Option<(f64, f64)>, points: &[(f64, f64)]) {
        let Some((luminance, alpha)) = ink.filter(|(_, alpha)| *alpha > 0.3) else { return };
        let is_dark = luminance < DARK;
        if !points.iter().any(|point| self.is_open(*point)) {
            self.on_areas += 1;
            return;
        }
        let is_light = luminance > LIGHT;
        if is_dark && alpha > 0.5 {
            self.dark += 1;
        } else if is_light {
            self.light += 1;
        } else {
            self.other += 1;
        }
    }
}

fn length(node: Node<'_, '_>, name: &str) -> f64 {
    let first = node.attribute(name).and_then(|value| value.split([' ', ',']).next());
    first.and_then(|value| pixels(value).or_else(|| value.parse().ok())).unwrap_or(0.0)
}

fn middle(Area([left, top, right, bottom]): Area) -> (f64, f64) {
    ((left + right) / 2.0, (top + bottom) / 2.0)
}

fn is_meant(selector: &Selector<'_>, node: Node<'_, '_>, classes: &str) -> bool {
    selector.element.is_none_or(|element| element == node.tag_name().name())
        && selector.id.is_none_or(|id| node.attribute("id") == Some(id))
        && selector.classes.iter().all(|class| classes.split_ascii_whitespace().any(|own| own == *class))
}
