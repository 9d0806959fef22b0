//! The corners of shapes, from -1 to 1.

use crate::drawing::dot::curve::{Point, Rect};
use crate::drawing::dot::graph::Attributes;

/// The corners of a polygon that has a name or a number of sides, and where its content stands.
pub fn polygon(name: &str, attributes: &Attributes) -> Option<(Vec<Point>, (f64, f64))> {
    let of = |points: &[(f64, f64)]| points.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>();
    let turned = |points: Vec<Point>| points.into_iter().map(|point| Point::new(point.x, -point.y)).collect::<Vec<_>>();
    let triangle = of(&[(0.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]);
    let trapezium = of(&[(-0.6, -1.0), (0.6, -1.0), (1.0, 1.0), (-1.0, 1.0)]);
    let house = of(&[(0.0, -1.0), (1.0, -0.3), (1.0, 1.0), (-1.0, 1.0), (-1.0, -0.3)]);
    let arrow = of(&[(-1.0, -0.6), (0.5, -0.6), (0.5, -1.0), (1.0, 0.0), (0.5, 1.0), (0.5, 0.6), (-1.0, 0.6)]);
    Some(match name {
        "diamond" | "Mdiamond" => (of(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]), (0.0, 0.0)),
        "triangle" => (triangle, (0.0, 0.5)),
        "invtriangle" => (turned(triangle), (0.0, -0.5)),
        "trapezium" => (trapezium, (0.0, 0.2)),
        "invtrapezium" => (turned(trapezium), (0.0, -0.2)),
        "parallelogram" => (of(&[(-0.7, -1.0), (1.0, -1.0), (0.7, 1.0), (-1.0, 1.0)]), (0.0, 0.0)),
        "house" => (house, (0.0, 0.26)),
        "invhouse" => (turned(house), (0.0, -0.26)),
        "rarrow" => (arrow, (-0.1, 0.0)),
        "larrow" => (arrow.into_iter().map(|point| Point::new(-point.x, point.y)).collect(), (0.1, 0.0)),
        "pentagon" => (regular(5, 0.0), (0.0, 0.1)),
        "hexagon" => (of(&[(-0.6, -1.0), (0.6, -1.0), (1.0, 0.0), (0.6, 1.0), (-0.6, 1.0), (-1.0, 0.0)]), (0.0, 0.0)),
        "septagon" => (regular(7, 0.0), (0.0, 0.0)),
        "octagon" | "doubleoctagon" | "tripleoctagon" => (regular(8, 22.5), (0.0, 0.0)),
        "star" => {
            let corner = |at: u32| {
                let angle = f64::from(at) * std::f64::consts::TAU / 10.0;
                let radius = if at.is_multiple_of(2) { 1.0 } else { 0.5 };
                Point::new(radius * angle.sin(), -radius * angle.cos())
            };
            ((0..10).map(corner).collect(), (0.0, 0.0))
        }
        "polygon" => {
            let sides = attributes.number("sides").unwrap_or(4.0).clamp(3.0, 60.0) as u32;
            let turn = attributes.number("orientation").unwrap_or(0.0);
            let start = if sides.is_multiple_of(2) { 180.0 / f64::from(sides) } else { 0.0 };
            let skew = attributes.number("skew").unwrap_or(0.0).clamp(-3.0, 3.0);
            let distortion = attributes.number("distortion").unwrap_or(0.0).clamp(-3.0, 3.0);
            let points = regular(sides, start + turn).into_iter();
            let bent =
                points.map(|point| Point::new(point.x * (1.0 - distortion * 0.5 * point.y) - skew * point.y, point.y));
            (filled(bent.collect()), (0.0, 0.0))
        }
        _ => return None,
    })
}

pub fn egg() -> Vec<Point> {
    let points = ellipse(1.0, 1.0).into_iter();
    points.map(|point| Point::new(point.x * (1.0 + 0.22 * point.y) / 1.02, point.y)).collect()
}

/// Of a star, its inner corners; of all others, all.
pub fn hull(points: &[Point]) -> Vec<Point> {
    let is_star = points.len() == 10 && points[0].length() > points[1].length() * 1.5;
    points.iter().copied().skip(usize::from(is_star)).step_by(if is_star { 2 } else { 1 }).collect()
}

/// A polygon with equal sides, one corner at the top or so many degrees beside it, from -1 to 1.
fn regular(sides: u32, degrees: f64) -> Vec<Point> {
    let corner = |at: u32| {
        let angle = f64::from(at) * std::f64::consts::TAU / f64::from(sides) + degrees.to_radians();
        Point::new(angle.sin(), -angle.cos())
    };
    filled((0..sides).map(corner).collect())
}

/// The same so large that it reaches from -1 to 1.
fn filled(points: Vec<Point>) -> Vec<Point> {
    let bounds = points.iter().map(|&point| Rect::around(point, 0.0, 0.0)).reduce(Rect::with).unwrap_or_default();
    let middle = bounds.middle();
    let (half_width, half_height) = ((bounds.width() / 2.0).max(1e-3), (bounds.height() / 2.0).max(1e-3));
    points
        .into_iter()
        .map(|point| Point::new((point.x - middle.x) / half_width, (point.y - middle.y) / half_height))
        .collect()
}

pub fn ellipse(half_width: f64, half_height: f64) -> Vec<Point> {
    (0..48)
        .map(|step| f64::from(step) * std::f64::consts::TAU / 48.0)
        .map(|angle| Point::new(half_width * angle.cos(), half_height * angle.sin()))
        .collect()
}
