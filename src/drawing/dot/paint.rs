//! A scene in its places → SVG, in one theme, and the words in it in reading order.
//!
//! The sheet has what most things look like: words, lines and arrows in the ink of the page. What the writer gives a colour
//! to says so itself.

mod edges;

use super::colour::{BLACK, Colour};
use super::content::{Content, Item};
use super::curve::{Path, Point, Rect};
use super::label::{Align, FONT_SIZE, Line, Run, Words};
use super::layout::{Direction, Placed};
use super::scene::{ClusterLook, NodeLook, Pen, Scene};
use super::shape::Stroke;
use crate::drawing::width::FONTS;
use crate::markdown::escape_into;

/// Around the whole.
const MARGIN: f64 = 5.0;
/// From the middle of a line of words to what they stand on, in heights of a letter.
const BASELINE: f64 = 0.35;

pub struct Picture {
    pub svg: String,
    pub bounds: Rect,
    pub labels: Vec<String>,
}

impl Picture {
    pub fn new(scene: &Scene, placed: &Placed, is_dark: bool) -> Self {
        let mut painter =
            Painter { scene, placed, is_dark, out: String::new(), bounds: None, places: Vec::new(), read: Vec::new() };
        painter.all();
        let mut bounds = painter.bounds.unwrap_or_default();
        if let Some((label, align, is_below)) = &scene.label {
            painter.title(label, *align, *is_below, bounds);
            bounds = painter.bounds.unwrap_or_default();
        }
        let bounds = bounds.grown(MARGIN);
        let ink = painter.ink(None, scene.ground).css();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"d\" viewBox=\"{} {} {} {}\"><style>\
             #d{{font-family:{FONTS};font-size:{FONT_SIZE}px}}#d text{{fill:{ink}}}#d .l{{fill:none;stroke:{ink}}}\
             #d .a{{fill:{ink};stroke:{ink}}}</style>",
            short(bounds.left),
            short(bounds.top),
            short(bounds.width()),
            short(bounds.height())
        );
        if let Some(ground) = scene.ground {
            svg.push_str(&format!("<rect{} fill=\"{}\"/>", rect_attributes(bounds), painter.fill(ground)));
        }
        svg.push_str(&painter.out);
        svg.push_str("</svg>");
        painter.read.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        Self { svg, bounds, labels: painter.read.into_iter().map(|(_, _, text)| text).collect() }
    }
}

struct Painter<'a> {
    scene: &'a Scene,
    placed: &'a Placed,
    is_dark: bool,
    out: String,
    bounds: Option<Rect>,
    /// The edges as they are drawn, for what stands at them.
    places: Vec<Path>,
    /// What can be read, by the row and the place in it.
    read: Vec<(f64, f64, String)>,
}

impl Painter<'_> {
    fn all(&mut self) {
        let (scene, placed) = (self.scene, self.placed);
        for (look, rect) in scene.clusters.iter().zip(&placed.clusters) {
            if !look.is_hidden {
                self.linked(look.link.as_deref(), |painter| painter.cluster(look, *rect));
            }
        }
        for (number, (look, at)) in scene.nodes.iter().zip(&placed.nodes).enumerate() {
            self.cover(Rect::around(*at, look.size.0, look.size.1));
            if !look.is_hidden {
                self.linked(look.link.as_deref(), |painter| painter.node(number, look, *at));
            }
        }
        for (number, look) in scene.edges.iter().enumerate() {
            let path = placed.edges.get(number).cloned().unwrap_or_default();
            let path = self.clipped(number, path);
            if !look.is_hidden && !path.0.is_empty() {
                // Where it has a label, that leads there.
                let link = look.link.as_deref().filter(|_| look.label.is_none());
                self.linked(link, |painter| painter.edge(look, &path));
            }
            self.places.push(path);
        }
        for (number, look) in scene.edges.iter().enumerate().filter(|(_, look)| !look.is_hidden) {
            let path = std::mem::take(&mut self.places[number]);
            if !path.0.is_empty() {
                let at = placed.labels.get(number).copied().flatten();
                self.edge_labels(look, &path, at);
            }
        }
    }

    /// Within a link, if there is one.
    fn linked(&mut self, link: Option<&str>, draw: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        if let Some(link) = link {
            self.out.push_str("<a href=\"");
            escape_into(&mut self.out, link);
            self.out.push_str("\">");
        }
        let inside = self.out.len();
        draw(self);
        if link.is_some() {
            if self.out.len() == inside {
                self.out.truncate(start);
            } else {
                self.out.push_str("</a>");
            }
        }
    }

    fn cover(&mut self, rect: Rect) {
        self.bounds = Some(self.bounds.map_or(rect, |bounds| bounds.with(rect)));
    }

    /// What is read goes from row to row, and in a row as its nodes stand.
    fn reads(&mut self, at: Point, content: &Content) {
        let direction = self.scene.plan.direction;
        let (row, place) = match direction {
            Direction::Down => (at.y, at.x),
            Direction::Up => (-at.y, at.x),
            Direction::Right => (at.x, at.y),
            Direction::Left => (-at.x, at.y),
        };
        self.read.extend(content.texts().map(|text| (row, place, text)));
    }

    /// A colour of a ground, in this theme.
    fn fill(&self, colour: Colour) -> String {
        if self.is_dark { colour.in_dark().css() } else { colour.css() }
    }

    /// The colour of words and lines on a ground, in this theme.
    fn ink(&self, colour: Option<Colour>, ground: Option<Colour>) -> Colour {
        match (ground, colour) {
            (None, colour) => {
                let colour = colour.unwrap_or(BLACK);
                if self.is_dark { colour.in_dark() } else { colour }
            }
            (Some(ground), None) => if self.is_dark { ground.in_dark() } else { ground }.ink(),
            (Some(ground), Some(colour)) if self.is_dark => colour.in_dark_on(ground),
            (Some(_), Some(colour)) => colour,
        }
    }

    /// Whether something on a ground is in the ink that the sheet says.
    fn is_plain(&self, colour: Option<Colour>, ground: Option<Colour>) -> bool {
        ground == self.scene.ground && (colour.is_none() || colour == Some(BLACK) && ground.is_none())
    }

    /// What something in a cluster stands on.
    fn ground_of(&self, cluster: Option<usize>) -> Option<Colour> {
        let parent = |&cluster: &usize| self.scene.plan.clusters[cluster].parent;
        let filled = std::iter::successors(cluster, parent).find_map(|cluster| self.scene.clusters[cluster].fill);
        filled.or(self.scene.ground)
    }

    /// How a line looks: nothing, where it looks as most do.
    fn pen(&self, pen: &Pen, ground: Option<Colour>) -> String {
        let mut out = String::new();
        if self.is_plain(pen.colour, ground) {
            out.push_str(" class=\"l\"");
        } else {
            out.push_str(&format!(" fill=\"none\" stroke=\"{}\"", self.ink(pen.colour, ground).css()));
        }
        if (pen.width - 1.0).abs() > 0.01 {
            out.push_str(&format!(" stroke-width=\"{}\"", short(pen.width)));
        }
        if let Some(dashes) = pen.dashes {
            out.push_str(&format!(" stroke-dasharray=\"{dashes}\""));
        }
        out
    }

    fn cluster(&mut self, look: &ClusterLook, rect: Rect) {
        self.cover(rect);
        let number = self.scene.clusters.iter().position(|other| std::ptr::eq(other, look));
        let parent = number.and_then(|number| self.scene.plan.clusters[number].parent);
        let around = self.ground_of(parent);
        self.out.push_str("<g>");
        if look.is_drawn {
            let strokes = [Stroke::Rect { rect, radius: look.radius, is_filled: true }];
            self.strokes(&strokes, &look.pen, look.fill, around, Point::default());
        } else if let Some(fill) = look.fill {
            self.out.push_str(&format!("<rect{} fill=\"{}\"/>", rect_attributes(rect), self.fill(fill)));
        }
        if let Some(label) = &look.label {
            let x = match look.align {
                Align::Left => rect.left + 8.0 + label.width / 2.0,
                Align::Middle => rect.middle().x,
                Align::Right => rect.right - 8.0 - label.width / 2.0,
            };
            let half = label.height / 2.0 + 4.0;
            let at = Point::new(x, if look.is_below { rect.bottom - half } else { rect.top + half });
            self.content(label, at, look.fill.or(around));
            // Before what is in it.
            let first = match self.scene.plan.direction {
                Direction::Down => Point::new(rect.left, rect.top),
                Direction::Up => Point::new(rect.left, rect.bottom),
                Direction::Right => Point::new(rect.left, rect.top),
                Direction::Left => Point::new(rect.right, rect.top),
            };
            self.reads(first, label);
        }
        self.out.push_str("</g>");
    }

    fn node(&mut self, number: usize, look: &NodeLook, at: Point) {
        let around = self.ground_of(self.scene.plan.nodes[number].cluster);
        self.out.push_str("<g>");
        if look.shape.is_point() {
            let (width, height) = look.size;
            let rect =
                Stroke::Ellipse { middle: at, half_width: width / 2.0, half_height: height / 2.0, is_filled: true };
            let fill = self.ink(look.fill.or(look.pen.colour), around);
            let pen = Pen { colour: None, ..look.pen.clone() };
            let stroke = self.pen(&pen, around);
            if let Stroke::Ellipse { half_width, half_height, .. } = rect {
                self.out.push_str(&format!(
                    "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"{} style=\"fill:{}\"/>",
                    short(at.x),
                    short(at.y),
                    short(half_width),
                    short(half_height),
                    stroke,
                    fill.css()
                ));
            }
        } else {
            self.strokes(&look.shape.strokes(look.size), &look.pen, look.fill, around, at);
        }
        let ground = look.fill.or(around);
        let middle = if look.shape.is_record() { at } else { at + look.shape.content_at(look.size) };
        if look.shape.has_outline() {
            self.content(&look.content, middle, ground);
        } else {
            // What a node without an outline stands on is its own fill, which nothing draws.
            if let Some(fill) = look.fill {
                let rect = Rect::around(at, look.size.0, look.size.1);
                self.out.push_str(&format!("<rect{} fill=\"{}\"/>", rect_attributes(rect), self.fill(fill)));
            }
            self.content(&look.content, middle, ground);
        }
        self.reads(at, &look.content);
        if let Some(beside) = &look.beside {
            let corner = at - Point::new(look.size.0, look.size.1) * 0.5;
            let at = corner - Point::new(beside.width, beside.height) * 0.5;
            self.content(beside, at, around);
            self.reads(at, beside);
        }
        self.out.push_str("</g>");
    }

    /// The strokes of a shape around a place.
    fn strokes(&mut self, strokes: &[Stroke], pen: &Pen, fill: Option<Colour>, ground: Option<Colour>, at: Point) {
        let mut look = self.pen(pen, ground);
        let filled = fill.map(|fill| format!(" style=\"fill:{}\"", self.fill(fill))).unwrap_or_default();
        if pen.width == 0.0 {
            look = " fill=\"none\"".to_owned();
        }
        for stroke in strokes {
            let is_filled = match stroke {
                Stroke::Ellipse { is_filled, .. }
                | Stroke::Rect { is_filled, .. }
                | Stroke::Polygon { is_filled, .. }
                | Stroke::Path { is_filled, .. } => *is_filled,
                Stroke::Line(_) => false,
            };
            match stroke {
                Stroke::Ellipse { middle, half_width, half_height, .. } => {
                    let middle = *middle + at;
                    self.out.push_str(&format!(
                        "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"",
                        short(middle.x),
                        short(middle.y),
                        short(*half_width),
                        short(*half_height)
                    ));
                }
                Stroke::Rect { rect, radius, .. } => {
                    self.out.push_str(&format!("<rect{}", rect_attributes(rect.moved(at))));
                    if *radius > 0.0 {
                        self.out.push_str(&format!(" rx=\"{}\"", short(*radius)));
                    }
                }
                Stroke::Polygon { points, .. } => {
                    self.out.push_str(&format!("<polygon points=\"{}\"", points_of(points, at)));
                }
                Stroke::Line(points) => {
                    self.out.push_str(&format!("<polyline points=\"{}\"", points_of(points, at)));
                }
                Stroke::Path { data, .. } => {
                    let (x, y) = (short(at.x), short(at.y));
                    self.out.push_str(&format!("<path d=\"{data}\" transform=\"translate({x} {y})\""));
                }
            }
            self.out.push_str(&look);
            if is_filled {
                self.out.push_str(&filled);
            }
            self.out.push_str("/>");
        }
    }

    fn content(&mut self, content: &Content, at: Point, ground: Option<Colour>) {
        self.cover(Rect::around(at, content.width, content.height));
        for (item, link) in &content.items {
            self.linked(link.as_deref(), |painter| painter.item(item, at, ground));
        }
    }

    fn item(&mut self, item: &Item, at: Point, ground: Option<Colour>) {
        match item {
            Item::Words { at: middle, words, ground: own } => self.words(words, *middle + at, own.or(ground)),
            Item::Line { from, to } => {
                self.out.push_str(&format!(
                    "<polyline points=\"{}\"{}/>",
                    points_of(&[*from, *to], at),
                    self.pen(&Pen { width: 1.0, ..Pen::default() }, ground)
                ));
            }
            Item::Box { rect, fill, border, is_rounded } => {
                let pen = match border {
                    Some((width, colour)) => Pen { colour: *colour, width: *width, dashes: None },
                    None => Pen::default(),
                };
                let radius = if *is_rounded { 8.0 } else { 0.0 };
                let stroke = Stroke::Rect { rect: *rect, radius, is_filled: true };
                self.strokes(&[stroke], &pen, *fill, ground, at);
            }
        }
    }

    /// Words around their middle.
    fn words(&mut self, words: &Words, middle: Point, ground: Option<Colour>) {
        let mut top = middle.y - words.height / 2.0;
        for line in &words.lines {
            let size = line.runs.iter().map(|run| run.font.size).fold(0.0, f64::max);
            let y = top + line.height / 2.0 + size * BASELINE;
            top += line.height;
            if line.runs.iter().any(|run| !run.text.trim().is_empty()) {
                self.line(line, Point::new(middle.x, y), words.width, ground);
            }
        }
    }

    fn line(&mut self, line: &Line, at: Point, width: f64, ground: Option<Colour>) {
        let (x, anchor) = match line.align {
            Align::Left => (at.x - width / 2.0, ""),
            Align::Middle => (at.x, " text-anchor=\"middle\""),
            Align::Right => (at.x + width / 2.0, " text-anchor=\"end\""),
        };
        self.out.push_str(&format!("<text x=\"{}\" y=\"{}\"{anchor}", short(x), short(at.y)));
        if let [run] = line.runs.as_slice() {
            self.look(run, ground);
            self.out.push('>');
            self.run(run);
        } else {
            self.out.push('>');
            let mut shift = 0.0;
            for run in &line.runs {
                self.out.push_str("<tspan");
                self.look(run, ground);
                if run.font.shift != shift {
                    self.out.push_str(&format!(" dy=\"{}\"", short(run.font.shift - shift)));
                    shift = run.font.shift;
                }
                self.out.push('>');
                self.run(run);
                self.out.push_str("</tspan>");
            }
        }
        self.out.push_str("</text>");
    }

    /// What a run's words look like, where they do not look as most do.
    fn look(&mut self, run: &Run, ground: Option<Colour>) {
        let font = &run.font;
        if (font.size - FONT_SIZE).abs() > 0.01 {
            self.out.push_str(&format!(" font-size=\"{}\"", short(font.size)));
        }
        if font.is_bold {
            self.out.push_str(" font-weight=\"bold\"");
        }
        if font.is_italic {
            self.out.push_str(" font-style=\"italic\"");
        }
        if let Some(decoration) = font.decoration {
            self.out.push_str(&format!(" text-decoration=\"{decoration}\""));
        }
        let ink = self.ink(font.colour, ground);
        if !self.is_plain(font.colour, ground) {
            self.out.push_str(&format!(" style=\"fill:{}\"", ink.css()));
        }
    }

    fn run(&mut self, run: &Run) {
        self.linked(run.link.as_deref(), |painter| escape_into(&mut painter.out, &run.text));
    }

    /// The label of the whole, above or below it. It is not among the labels, being the title.
    fn title(&mut self, label: &Content, align: Align, is_below: bool, bounds: Rect) {
        let x = match align {
            Align::Left => bounds.left + label.width / 2.0,
            Align::Middle => bounds.middle().x,
            Align::Right => bounds.right - label.width / 2.0,
        };
        let half = label.height / 2.0 + 6.0;
        let y = if is_below { bounds.bottom + half } else { bounds.top - half };
        self.out.push_str("<g>");
        self.content(label, Point::new(x, y), self.scene.ground);
        self.out.push_str("</g>");
    }
}

/// A tenth of a pixel is enough.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn points_of(points: &[Point], at: Point) -> String {
    let points: Vec<String> =
        points.iter().map(|point| format!("{},{}", short(point.x + at.x), short(point.y + at.y))).collect();
    points.join(" ")
}

fn rect_attributes(rect: Rect) -> String {
    format!(
        " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        short(rect.left),
        short(rect.top),
        short(rect.width()),
        short(rect.height())
    )
}

fn data(path: &Path) -> String {
    let start = path.start();
    let mut out = format!("M{},{}", short(start.x), short(start.y));
    for cubic in &path.0 {
        let [_, b, c, d] = cubic.0.map(|point| format!("{},{}", short(point.x), short(point.y)));
        out.push_str(&format!("C{b} {c} {d}"));
    }
    out
}
