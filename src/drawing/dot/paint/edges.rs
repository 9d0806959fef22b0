//! Edges: their lines, the arrows at their ends, and what stands at them.

use super::{Painter, data, points_of, short};
use crate::drawing::dot::arrow::{self, Mark};
use crate::drawing::dot::curve::{Path, Point, is_inside};
use crate::drawing::dot::layout::End;
use crate::drawing::dot::scene::EdgeLook;

/// Between the lines of an edge that has several.
const PARALLEL: f64 = 3.0;

impl Painter<'_> {
    /// An edge from where it leaves its tail to where it meets its head.
    pub(super) fn clipped(&self, number: usize, path: Path) -> Path {
        let (edge, look) = (&self.scene.plan.edges[number], &self.scene.edges[number]);
        let clip = |path: Path, node: usize, end: &End, cluster: Option<usize>| {
            let path = match cluster.and_then(|cluster| self.placed.clusters.get(cluster)) {
                Some(rect) => path.without_start(|point| rect.holds(point)),
                None => path,
            };
            let (Some(look), Some(at)) = (self.scene.nodes.get(node), self.placed.nodes.get(node)) else { return path };
            match end {
                // It begins at a border.
                End { leaves: Some(_), .. } => path,
                End { part: Some(part), .. } => {
                    let inside = part.moved(*at).grown(-0.1);
                    path.without_start(|point| inside.holds(point))
                }
                _ => {
                    let outline = look.shape.outline(look.size);
                    path.without_start(|point| is_inside(&outline, point - *at))
                }
            }
        };
        let path = clip(path, edge.tail, &edge.tail_end, look.ends[0].cluster);
        clip(path.turned_round(), edge.head, &edge.head_end, look.ends[1].cluster).turned_round()
    }

    pub(super) fn edge(&mut self, look: &EdgeLook, path: &Path) {
        self.cover(path.bounds());
        let mut marks = Vec::new();
        let mut line = path.clone();
        for (end, is_head) in [(&look.ends[0], false), (&look.ends[1], true)] {
            let towards = if is_head { line.clone() } else { line.turned_round() };
            let length = arrow::length(&end.heads, look.arrow_scale);
            let tip = towards.end();
            let back = (towards.shorter_by(length.max(2.0)).end() - tip).unit();
            let (more, hidden) = arrow::marks(&end.heads, tip, back, look.arrow_scale);
            marks.extend(more);
            let shorter = towards.shorter_by(hidden);
            line = if is_head { shorter } else { shorter.turned_round() };
        }
        let ground = self.scene.ground;
        let middle = look.pens.len().saturating_sub(1) as f64 / 2.0;
        for (number, pen) in look.pens.iter().enumerate() {
            let beside = (number as f64 - middle) * PARALLEL;
            let line = if beside == 0.0 { line.clone() } else { line.beside(beside) };
            if pen.colour.is_none_or(|colour| colour.alpha > 0) && pen.width > 0.0 {
                self.out.push_str(&format!("<path d=\"{}\"{}/>", data(&line), self.pen(pen, ground)));
            }
        }
        let Some(pen) = look.pens.first() else { return };
        let is_plain = look.fill.is_none() && self.is_plain(pen.colour, ground);
        let stroke = self.ink(pen.colour, ground).css();
        let fill = look.fill.map_or_else(|| stroke.clone(), |fill| self.fill(fill));
        let width = if (pen.width - 1.0).abs() > 0.01 {
            format!(" stroke-width=\"{}\"", short(pen.width))
        } else {
            String::new()
        };
        for mark in &marks {
            let (shape, is_open) = match mark {
                Mark::Polygon { points, is_open } => {
                    (format!("<polygon points=\"{}\"", points_of(points, Point::default())), *is_open)
                }
                Mark::Circle { middle, radius, is_open } => {
                    let circle = format!(
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
                        short(middle.x),
                        short(middle.y),
                        short(*radius)
                    );
                    (circle, *is_open)
                }
                Mark::Line(points) => (format!("<polyline points=\"{}\"", points_of(points, Point::default())), true),
            };
            let colours = match (is_plain, is_open) {
                (true, true) => " class=\"l\"".to_owned(),
                (true, false) => " class=\"a\"".to_owned(),
                (false, true) => format!(" fill=\"none\" stroke=\"{stroke}\""),
                (false, false) => format!(" fill=\"{fill}\" stroke=\"{stroke}\""),
            };
            self.out.push_str(&format!("{shape}{colours}{width}/>"));
        }
    }

    pub(super) fn edge_labels(&mut self, look: &EdgeLook, path: &Path, at: Option<Point>) {
        let ground = self.scene.ground;
        if let (Some(label), Some(at)) = (&look.label, at) {
            self.linked(look.link.as_deref(), |painter| painter.content(label, at, ground));
            self.reads(at, label);
        }
        if let Some(beside) = &look.beside {
            let at = path.at_share(0.5) - Point::new(beside.width / 2.0 + 3.0, beside.height / 2.0);
            self.content(beside, at, ground);
            self.reads(at, beside);
        }
        for (end, is_head) in [(&look.ends[0], false), (&look.ends[1], true)] {
            let Some(label) = &end.label else { continue };
            let towards = if is_head { path.clone() } else { path.turned_round() };
            let tip = towards.end();
            let back = (towards.shorter_by(14.0).end() - tip).unit();
            let side = back.across() * if look.is_other_side == is_head { 1.0 } else { -1.0 };
            let reach = |way: Point| (way.x.abs() * label.width + way.y.abs() * label.height) / 2.0;
            let at = tip + back * (4.0 * look.label_distance + reach(back)) + side * (reach(side) + 3.0);
            self.content(label, at, ground);
            self.reads(at, label);
        }
    }
}
