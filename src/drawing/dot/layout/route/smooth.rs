//! The shortest way through a corridor, and curves that are close to it and stay within.

use crate::drawing::dot::curve::{Cubic, Point, Rect};

/// The shortest way from a point to another through boxes, each below the last.
pub fn tight(from: Point, to: Point, boxes: &[Rect]) -> Vec<Point> {
    // Where one box is left for the next, the way has to be in both.
    let mut gates: Vec<(f64, f64, f64)> = Vec::new();
    for pair in boxes.windows(2) {
        let [upper, lower] = *pair else { continue };
        let (left, right) = (upper.left.max(lower.left), upper.right.min(lower.right));
        if left <= right {
            gates.push((upper.bottom, left, right));
        } else {
            let middle = (left + right) / 2.0;
            gates.push((upper.bottom, middle, middle));
        }
    }
    gates.push((to.y, to.x, to.x));
    let mut points = vec![from];
    let mut corner = from;
    let mut rest = gates.as_slice();
    while let Some((next, passed)) = pull(corner, rest) {
        corner = next;
        points.push(corner);
        rest = rest.get(passed..).unwrap_or_default();
    }
    points.push(to);
    points.dedup_by(|one, other| (*one - *other).length() < 0.01);
    if points.len() < 2 {
        points.push(to);
    }
    points
}

/// Where a string from a point through gates has its first corner, and how many gates it has passed there; `None` where it
/// runs straight to the last.
fn pull(from: Point, gates: &[(f64, f64, f64)]) -> Option<(Point, usize)> {
    // How steep to the right the string may run, and the corners of the gates that say so.
    let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut at_least, mut at_most) = ((from, 0), (from, 0));
    for (number, &(y, left, right)) in gates.iter().enumerate() {
        let height = y - from.y;
        if height < 1e-6 {
            // A gate that the point stands in lets it through, or pushes it aside.
            if (left..=right).contains(&from.x) {
                continue;
            }
            return Some((Point::new(from.x.clamp(left, right), from.y.max(y)), number + 1));
        }
        let (low, high) = ((left - from.x) / height, (right - from.x) / height);
        if low > most {
            return Some(at_most);
        }
        if high < least {
            return Some(at_least);
        }
        if low > least {
            (least, at_least) = (low, (Point::new(left, y), number + 1));
        }
        if high < most {
            (most, at_most) = (high, (Point::new(right, y), number + 1));
        }
    }
    None
}

/// Fits curves to a way.
pub fn smooth(points: &[Point], first: Option<Point>, last: Option<Point>, boxes: &[Rect], out: &mut Vec<Cubic>) {
    let (Some(&from), Some(&to)) = (points.first(), points.last()) else { return };
    if points.len() == 2 && first.is_none() && last.is_none() {
        out.push(Cubic::line(from, to));
        return;
    }
    let (begin, finish) = (points[1] - from, to - points[points.len() - 2]);
    let (begin, finish) = (first.unwrap_or_else(|| begin.unit()), last.unwrap_or_else(|| finish.unit()));
    let (reach, other_reach) = reaches(points, begin, finish);
    for share in [1.0, 0.75, 0.55, 0.4, 0.25, 0.12] {
        let cubic = Cubic([from, from + begin * (reach * share), to - finish * (other_reach * share), to]);
        if stays_in(cubic, boxes) {
            out.push(cubic);
            return;
        }
    }
    let Some(split) = farthest(points) else {
        out.push(Cubic::line(from, to));
        return;
    };
    let (before, here, after) = (points[split - 1], points[split], points[split + 1]);
    let through = Some(((here - before).unit() + (after - here).unit()).unit());
    smooth(&points[..=split], first, through, boxes, out);
    smooth(&points[split..], through, last, boxes, out);
}

/// How far the two inner points of a curve lie from its ends, so that it is close to the way: least squares, after P.
/// Schneider, "An Algorithm for Automatically Fitting Digitized Curves" (1990).
fn reaches(points: &[Point], begin: Point, finish: Point) -> (f64, f64) {
    let (Some(&from), Some(&to)) = (points.first(), points.last()) else { return (0.0, 0.0) };
    let total: f64 = points.windows(2).map(|pair| (pair[1] - pair[0]).length()).sum();
    let plain = total / 3.0;
    let (mut a, mut b, mut c, mut d, mut e) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut gone = 0.0;
    for pair in points.windows(2) {
        // Corners alone would say little of what lies between them.
        for step in 1..=4 {
            let point = pair[0].towards(pair[1], f64::from(step) / 4.0);
            let t = (gone + (point - pair[0]).length()) / total.max(1e-9);
            let u = 1.0 - t;
            let (first, second) = (begin * (3.0 * t * u * u), finish * (-3.0 * t * t * u));
            let rest = point - (from * (u * u * (u + 3.0 * t)) + to * (t * t * (t + 3.0 * u)));
            a += first.dot(first);
            b += first.dot(second);
            c += second.dot(second);
            d += first.dot(rest);
            e += second.dot(rest);
        }
        gone += (pair[1] - pair[0]).length();
    }
    let determinant = a * c - b * b;
    if determinant.abs() < 1e-6 {
        return (plain, plain);
    }
    let (reach, other) = ((d * c - e * b) / determinant, (a * e - b * d) / determinant);
    let fits = |reach: f64| (total * 0.05..total * 1.2).contains(&reach);
    (if fits(reach) { reach } else { plain }, if fits(other) { other } else { plain })
}

/// The inner point that is farthest from the straight line.
fn farthest(points: &[Point]) -> Option<usize> {
    let (from, to) = (*points.first()?, *points.last()?);
    let across = (to - from).unit().across();
    let distance = |at: &usize| (points[*at] - from).dot(across).abs();
    (1..points.len() - 1).max_by(|one, other| distance(one).total_cmp(&distance(other)))
}

fn stays_in(cubic: Cubic, boxes: &[Rect]) -> bool {
    const STEPS: u32 = 24;
    (1..STEPS).all(|step| {
        let point = cubic.at(f64::from(step) / f64::from(STEPS));
        let mut rows = boxes.iter().filter(|row| (row.top - 0.5..=row.bottom + 0.5).contains(&point.y)).peekable();
        // Before the first box and behind the last there is only the node.
        rows.peek().is_none() || rows.any(|row| (row.left - 1.0..=row.right + 1.0).contains(&point.x))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slab(top: f64, bottom: f64, left: f64, right: f64) -> Rect {
        Rect { left, top, right, bottom }
    }

    #[test]
    fn a_string_is_pulled_tight() {
        let boxes = [slab(0.0, 10.0, -50.0, 50.0), slab(10.0, 20.0, 30.0, 50.0), slab(20.0, 30.0, -50.0, 50.0)];
        let points = tight(Point::new(0.0, 0.0), Point::new(0.0, 30.0), &boxes);
        let expected = [(0.0, 0.0), (30.0, 10.0), (30.0, 20.0), (0.0, 30.0)].map(|(x, y)| Point::new(x, y));
        assert_eq!(points, expected);
        let straight = tight(Point::new(40.0, 0.0), Point::new(45.0, 30.0), &boxes);
        assert_eq!(straight.len(), 2);
    }

    #[test]
    fn curves_stay_in_the_corridor() {
        let boxes = [slab(0.0, 10.0, -50.0, 50.0), slab(10.0, 20.0, 30.0, 50.0), slab(20.0, 30.0, -50.0, 50.0)];
        let points = tight(Point::new(0.0, 0.0), Point::new(0.0, 30.0), &boxes);
        let mut curves = Vec::new();
        smooth(&points, None, None, &boxes, &mut curves);
        assert!(curves.iter().all(|curve| stays_in(*curve, &boxes)), "{curves:?}");
        assert_eq!(curves.last().map(|curve| curve.0[3]), points.last().copied());
    }
}
