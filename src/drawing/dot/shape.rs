//! The shapes of nodes: how large each is around its content, its outline, and its strokes.

mod polygon;

use super::curve::{Point, Rect};
use super::graph::Attributes;
use super::{fault, unsupported};
use crate::drawing::Fault;
use crate::text;
use polygon::{egg, ellipse, hull, polygon};

/// Between the lines of a shape that has several.
const PERIPHERY: f64 = 4.0;
/// What a label keeps free around it, on both sides together.
const MARGINS: (f64, f64) = (16.0, 8.0);
/// Of a node that says nothing, in inches; and an inch.
const DEFAULT: (f64, f64) = (0.75, 0.5);
const INCH: f64 = 72.0;

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Ellipse,
    /// With all its corners, the whole from -1 to 1.
    Polygon(Vec<Point>),
    Box(Extra),
    Nothing,
    Underline,
    Point,
    Cylinder,
    Record,
}

/// What is drawn beside a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extra {
    None,
    Note,
    Tab,
    Folder,
    Depth,
    Component,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    kind: Kind,
    /// As wide as high.
    is_regular: bool,
    /// How many lines it has around it.
    pub peripheries: usize,
    pub is_rounded: bool,
    /// Strokes across its corners.
    is_marked: bool,
    /// Where its content stands, in shares of its half size.
    anchor: (f64, f64),
    /// By how much it is larger than its content.
    scale: (f64, f64),
}

/// One stroke of a shape, around its middle.
#[derive(Clone, Debug, PartialEq)]
pub enum Stroke {
    Ellipse {
        middle: Point,
        half_width: f64,
        half_height: f64,
        is_filled: bool,
    },
    Rect {
        rect: Rect,
        radius: f64,
        is_filled: bool,
    },
    Polygon {
        points: Vec<Point>,
        is_filled: bool,
    },
    Line(Vec<Point>),
    /// SVG's own words.
    Path {
        data: String,
        is_filled: bool,
    },
}

impl Shape {
    pub fn of(attributes: &Attributes) -> Result<Self, Fault> {
        let name = attributes.text("shape").unwrap_or("ellipse");
        let mut shape = Self {
            kind: Kind::Nothing,
            is_regular: false,
            peripheries: 1,
            is_rounded: attributes.has_style("rounded"),
            is_marked: attributes.has_style("diagonals"),
            anchor: (0.0, 0.0),
            scale: (1.0, 1.0),
        };
        if attributes.value("image").or(attributes.value("shapefile")).is_some() {
            let at = attributes.value("image").or(attributes.value("shapefile")).map_or(0, |value| value.at);
            return Err(unsupported("그림 파일(`image`)", "an image (`image`)", at));
        }
        shape.kind = match name {
            "ellipse" | "oval" => Kind::Ellipse,
            "circle" | "doublecircle" | "Mcircle" => {
                shape.is_regular = true;
                shape.peripheries = if name == "doublecircle" { 2 } else { 1 };
                shape.is_marked |= name == "Mcircle";
                Kind::Ellipse
            }
            "egg" => Kind::Polygon(egg()),
            "box" | "rect" | "rectangle" => Kind::Box(Extra::None),
            "square" | "Msquare" => {
                shape.is_regular = true;
                shape.is_marked |= name == "Msquare";
                Kind::Box(Extra::None)
            }
            "note" => Kind::Box(Extra::Note),
            "tab" => Kind::Box(Extra::Tab),
            "folder" => Kind::Box(Extra::Folder),
            "box3d" => Kind::Box(Extra::Depth),
            "component" => Kind::Box(Extra::Component),
            "plaintext" | "plain" | "none" => Kind::Nothing,
            "underline" => Kind::Underline,
            "point" => Kind::Point,
            "cylinder" => Kind::Cylinder,
            "record" => Kind::Record,
            "Mrecord" => {
                shape.is_rounded = true;
                Kind::Record
            }
            _ => match polygon(name, attributes) {
                Some((points, anchor)) => {
                    shape.is_marked |= name == "Mdiamond";
                    shape.peripheries = match name {
                        "doubleoctagon" => 2,
                        "tripleoctagon" => 3,
                        _ => 1,
                    };
                    shape.anchor = anchor;
                    Kind::Polygon(points)
                }
                None => {
                    let at = attributes.value("shape").map_or(0, |value| value.at);
                    let name: String = name.chars().take(30).collect();
                    return Err(unsupported(&format!("모양 `{name}`"), &format!("the shape `{name}`"), at));
                }
            },
        };
        if let Some(peripheries) = attributes.number("peripheries") {
            shape.peripheries = peripheries.clamp(0.0, 10.0) as usize;
        }
        shape.is_regular |= attributes.is_true("regular") == Some(true);
        shape.scale = shape.scale_of();
        Ok(shape)
    }

    pub fn is_record(&self) -> bool {
        self.kind == Kind::Record
    }

    /// A mark without words.
    pub fn is_point(&self) -> bool {
        self.kind == Kind::Point
    }

    /// Whether lines may begin at its left side.
    pub fn is_box(&self) -> bool {
        matches!(self.kind, Kind::Box(_) | Kind::Nothing | Kind::Underline | Kind::Record)
    }

    pub fn has_outline(&self) -> bool {
        self.kind != Kind::Nothing && self.peripheries > 0
    }

    /// By how much the shape has to be larger than a box so that the box is within.
    fn scale_of(&self) -> (f64, f64) {
        match &self.kind {
            Kind::Ellipse => (std::f64::consts::SQRT_2, std::f64::consts::SQRT_2),
            Kind::Polygon(points) => {
                let (x, y) = self.anchor;
                let mut scale = 1.0f64;
                let mut last = points.last().copied().unwrap_or_default();
                for &here in hull(points).iter() {
                    // Each side keeps the box's corner on its inner side.
                    let across = (here - last).across();
                    let outwards = if across.dot(last) < 0.0 { across * -1.0 } else { across };
                    let room = outwards.dot(last) - outwards.dot(Point::new(x, y));
                    if room > 1e-6 {
                        scale = scale.max((outwards.x.abs() + outwards.y.abs()) / room);
                    }
                    last = here;
                }
                (scale, scale)
            }
            _ => (1.0, 1.0),
        }
    }

    /// What a shape keeps free at its left, right, top and bottom, within its box.
    fn insets(&self) -> [f64; 4] {
        match self.kind {
            Kind::Box(Extra::Note) => [0.0, 8.0, 0.0, 0.0],
            Kind::Box(Extra::Tab | Extra::Folder) => [0.0, 0.0, 8.0, 0.0],
            Kind::Box(Extra::Depth) => [0.0, 10.0, 10.0, 0.0],
            Kind::Box(Extra::Component) => [12.0, 0.0, 0.0, 0.0],
            Kind::Cylinder => [0.0, 0.0, 12.0, 4.0],
            _ => [0.0; 4],
        }
    }

    /// How large the node is around its content, with all its lines. Nothing that is written makes it smaller than that.
    pub fn size(&self, content: (f64, f64), is_empty: bool, attributes: &Attributes) -> (f64, f64) {
        let inches = |name: &str| attributes.number(name).map(|value| value.clamp(0.01, 100.0) * INCH);
        let (width, height) = (inches("width"), inches("height"));
        if self.kind == Kind::Point {
            let size = width.or(height).map_or(3.6, |size| size.min(height.unwrap_or(size)));
            return (size, size);
        }
        let is_fixed = attributes.text("fixedsize").is_some_and(|text| text == "shape")
            || attributes.is_true("fixedsize") == Some(true);
        let is_plain = attributes.text("shape") == Some("plain");
        let least = if is_plain { (0.0, 0.0) } else { (DEFAULT.0 * INCH, DEFAULT.1 * INCH) };
        let (mut width, mut height) = match (self.is_regular, width, height) {
            (true, None, None) => (least.0.min(least.1), least.0.min(least.1)),
            (true, width, height) => {
                let size = width.unwrap_or(f64::MAX).min(height.unwrap_or(f64::MAX));
                (size, size)
            }
            (false, width, height) => (width.unwrap_or(least.0), height.unwrap_or(least.1)),
        };
        if !is_empty {
            let (around, above) = if is_plain || is_fixed { (2.0, 0.0) } else { self.margins(attributes) };
            let [left, right, top, bottom] = self.insets();
            let inner = (content.0 + around, content.1 + above);
            let needed = (inner.0 * self.scale.0 + left + right, inner.1 * self.scale.1 + top + bottom);
            // A circle need not be as wide as the ellipse of a long label is.
            let is_circle = self.kind == Kind::Ellipse && self.is_regular;
            let needed = if is_circle { (inner.0.hypot(inner.1), inner.0.hypot(inner.1)) } else { needed };
            width = width.max(needed.0);
            height = height.max(needed.1);
            if self.is_regular {
                (width, height) = (width.max(height), width.max(height));
            }
        }
        let more = PERIPHERY * 2.0 * self.peripheries.saturating_sub(1) as f64;
        (width + more, height + more)
    }

    fn margins(&self, attributes: &Attributes) -> (f64, f64) {
        let Some(written) = attributes.text("margin") else { return MARGINS };
        let mut parts = written.split(',').filter_map(super::graph::number);
        let first = parts.next().unwrap_or(0.11).clamp(0.0, 20.0);
        let second = parts.next().unwrap_or(first).clamp(0.0, 20.0);
        (2.0 * first * INCH, 2.0 * second * INCH)
    }

    /// Where the content's middle stands, of a node of this size.
    pub fn content_at(&self, (width, height): (f64, f64)) -> Point {
        let [left, right, top, bottom] = self.insets();
        let (x, y) = self.anchor;
        Point::new(x * width / 2.0 + (left - right) / 2.0, y * height / 2.0 + (top - bottom) / 2.0)
    }

    /// The outline, at which edges end.
    pub fn outline(&self, (width, height): (f64, f64)) -> Vec<Point> {
        let (half_width, half_height) = (width / 2.0, height / 2.0);
        match &self.kind {
            Kind::Ellipse | Kind::Point => ellipse(half_width, half_height),
            Kind::Polygon(points) => scaled(points, half_width, half_height),
            Kind::Cylinder => {
                let cap = cap(height);
                ellipse(half_width, cap)
                    .into_iter()
                    .map(|point| {
                        let shift = if point.y < 0.0 { cap - half_height } else { half_height - cap };
                        Point::new(point.x, point.y + shift)
                    })
                    .collect()
            }
            _ => corners(Rect::around(Point::default(), width, height)),
        }
    }

    /// What is drawn, the outermost first.
    pub fn strokes(&self, (width, height): (f64, f64)) -> Vec<Stroke> {
        let mut strokes = Vec::new();
        for periphery in 0..self.peripheries {
            let inset = PERIPHERY * 2.0 * periphery as f64;
            let size = ((width - inset).max(1.0), (height - inset).max(1.0));
            self.stroke(size, periphery == 0, &mut strokes);
        }
        if self.is_marked {
            self.mark((width, height), &mut strokes);
        }
        strokes
    }

    fn stroke(&self, (width, height): (f64, f64), is_filled: bool, strokes: &mut Vec<Stroke>) {
        let (half_width, half_height) = (width / 2.0, height / 2.0);
        let rect = Rect::around(Point::default(), width, height);
        let point = Point::new;
        match &self.kind {
            Kind::Nothing => {}
            Kind::Underline => {
                strokes.push(Stroke::Line(vec![point(rect.left, rect.bottom), point(rect.right, rect.bottom)]))
            }
            Kind::Ellipse | Kind::Point => {
                strokes.push(Stroke::Ellipse { middle: Point::default(), half_width, half_height, is_filled });
            }
            Kind::Polygon(points) => {
                strokes.push(Stroke::Polygon { points: scaled(points, half_width, half_height), is_filled });
            }
            Kind::Record | Kind::Box(Extra::None) => {
                let radius = if self.is_rounded { 10.0f64.min(half_width).min(half_height) } else { 0.0 };
                strokes.push(Stroke::Rect { rect, radius, is_filled });
            }
            Kind::Cylinder => {
                let cap = cap(height);
                let (top, bottom) = (rect.top + cap, rect.bottom - cap);
                let (left, right) = (rect.left, rect.right);
                let data = format!(
                    "M{left:.1},{top:.1}A{half_width:.1},{cap:.1} 0 0 1 {right:.1},{top:.1}V{bottom:.1}A{half_width:.1},{cap:.1} 0 0 1 {left:.1},{bottom:.1}Z"
                );
                strokes.push(Stroke::Path { data, is_filled });
                let data = format!("M{left:.1},{top:.1}A{half_width:.1},{cap:.1} 0 0 0 {right:.1},{top:.1}");
                strokes.push(Stroke::Path { data, is_filled: false });
            }
            Kind::Box(Extra::Note) => {
                let fold = 8.0;
                let (x, y) = (rect.right - fold, rect.top + fold);
                let points = vec![
                    point(rect.left, rect.top),
                    point(x, rect.top),
                    point(rect.right, y),
                    point(rect.right, rect.bottom),
                    point(rect.left, rect.bottom),
                ];
                strokes.push(Stroke::Polygon { points, is_filled });
                strokes.push(Stroke::Line(vec![point(x, rect.top), point(x, y), point(rect.right, y)]));
            }
            Kind::Box(extra @ (Extra::Tab | Extra::Folder)) => {
                let y = rect.top + 8.0;
                let tab = (width / 3.0).min(40.0);
                let points = if *extra == Extra::Tab {
                    vec![
                        point(rect.left, rect.top),
                        point(rect.left + tab, rect.top),
                        point(rect.left + tab, y),
                        point(rect.right, y),
                        point(rect.right, rect.bottom),
                        point(rect.left, rect.bottom),
                    ]
                } else {
                    vec![
                        point(rect.left, y),
                        point(rect.right - tab - 4.0, y),
                        point(rect.right - tab, rect.top),
                        point(rect.right - 4.0, rect.top),
                        point(rect.right, y),
                        point(rect.right, rect.bottom),
                        point(rect.left, rect.bottom),
                    ]
                };
                strokes.push(Stroke::Polygon { points, is_filled });
                let (from, to) = if *extra == Extra::Tab {
                    (point(rect.left, y), point(rect.left + tab, y))
                } else {
                    (point(rect.right - tab - 4.0, y), point(rect.right, y))
                };
                strokes.push(Stroke::Line(vec![from, to]));
            }
            Kind::Box(Extra::Depth) => {
                let depth = 10.0;
                let (x, y) = (rect.right - depth, rect.top + depth);
                let points = vec![
                    point(rect.left + depth, rect.top),
                    point(rect.right, rect.top),
                    point(rect.right, rect.bottom - depth),
                    point(x, rect.bottom),
                    point(rect.left, rect.bottom),
                    point(rect.left, y),
                ];
                strokes.push(Stroke::Polygon { points, is_filled });
                strokes.push(Stroke::Line(vec![point(rect.left, y), point(x, y), point(x, rect.bottom)]));
                strokes.push(Stroke::Line(vec![point(x, y), point(rect.right, rect.top)]));
            }
            Kind::Box(Extra::Component) => {
                strokes.push(Stroke::Rect { rect: Rect { left: rect.left + 6.0, ..rect }, radius: 0.0, is_filled });
                for y in [-half_height / 3.0 - 4.0, half_height / 3.0 - 4.0] {
                    let lug = Rect { left: rect.left, right: rect.left + 12.0, top: y, bottom: y + 8.0 };
                    strokes.push(Stroke::Rect { rect: lug, radius: 0.0, is_filled });
                }
            }
        }
    }

    /// Strokes across the corners of `Mdiamond`, `Msquare`, `Mcircle`.
    fn mark(&self, (width, height): (f64, f64), strokes: &mut Vec<Stroke>) {
        let outline = match &self.kind {
            Kind::Ellipse => {
                for sign in [-1.0, 1.0] {
                    let y = sign * height / 2.0 * 0.75;
                    let x = width / 2.0 * (1.0 - 0.75f64 * 0.75).sqrt();
                    strokes.push(Stroke::Line(vec![Point::new(-x, y), Point::new(x, y)]));
                }
                return;
            }
            _ => self.outline((width, height)),
        };
        let count = outline.len();
        for (at, &corner) in outline.iter().enumerate() {
            let towards =
                |other: Point| corner + (other - corner).unit() * 10.0f64.min((other - corner).length() / 3.0);
            let (before, after) = (outline[(at + count - 1) % count], outline[(at + 1) % count]);
            strokes.push(Stroke::Line(vec![towards(before), towards(after)]));
        }
    }
}

fn cap(height: f64) -> f64 {
    (height * 0.12).clamp(3.0, 8.0)
}

fn corners(rect: Rect) -> Vec<Point> {
    let point = Point::new;
    vec![
        point(rect.left, rect.top),
        point(rect.right, rect.top),
        point(rect.right, rect.bottom),
        point(rect.left, rect.bottom),
    ]
}

fn scaled(points: &[Point], half_width: f64, half_height: f64) -> Vec<Point> {
    points.iter().map(|point| Point::new(point.x * half_width, point.y * half_height)).collect()
}

/// Whether a fill of this style is drawn.
///
/// # Errors
/// Where the style draws several colours, which would be lost.
pub fn is_filled(attributes: &Attributes) -> Result<bool, Fault> {
    let at = attributes.value("style").map_or(0, |value| value.at);
    for style in attributes.styles() {
        if matches!(style, "wedged" | "striped") {
            return Err(unsupported(&format!("`style={style}`"), &format!("`style={style}`"), at));
        }
    }
    Ok(attributes.styles().any(|style| matches!(style, "filled" | "radial")))
}

/// What is said of a record that cannot be read.
pub fn wrong_record(at: usize) -> Fault {
    let hint = text!(
        "`|`는 칸을 나누고 `{{ }}`는 방향을 바꾸며 `<이름>`은 포트입니다. 글자 그대로는 `\\|`, `\\{{`, `\\<`로 적습니다",
        "`|` parts fields, `{{ }}` turn, and `<name>` is a port; as characters they are written `\\|`, `\\{{`, `\\<`"
    );
    let message = text!("레코드의 이름표를 읽을 수 없습니다", "the label of a record cannot be read");
    Fault { hint: Some(hint), ..fault(message, at) }
}

#[cfg(test)]
mod tests {
    use super::super::curve::is_inside;
    use super::super::graph::Value;
    use super::*;

    #[test]
    fn every_shape_holds_its_content() {
        let names = "ellipse oval circle doublecircle Mcircle egg box rect square Msquare note tab folder box3d component \
                     cylinder diamond Mdiamond triangle invtriangle trapezium invtrapezium parallelogram house invhouse \
                     rarrow larrow pentagon hexagon septagon octagon doubleoctagon tripleoctagon star polygon";
        for name in names.split_whitespace() {
            for content in [(20.0, 16.8), (180.0, 16.8), (60.0, 120.0)] {
                let mut attributes = Attributes::default();
                attributes.set("shape", Value { text: name.into(), is_html: false, at: 0 });
                let shape = Shape::of(&attributes).unwrap();
                let size = shape.size(content, false, &attributes);
                let at = shape.content_at(size);
                let outline = shape.outline(size);
                let rect = Rect::around(at, content.0, content.1);
                for corner in corners(rect) {
                    assert!(is_inside(&outline, corner), "{name}: {corner:?} of {content:?} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn an_unknown_shape_is_told() {
        let mut attributes = Attributes::default();
        attributes.set("shape", Value { text: "네모".into(), is_html: false, at: 7 });
        assert_eq!(Shape::of(&attributes).unwrap_err().at, Some(7));
    }
}
