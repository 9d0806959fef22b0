//! Points, boxes and curves: where a curve leaves a shape, how it is cut, what it covers.

use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self { x: self.x * factor, y: self.y * factor }
    }
}

impl Point {
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// Of length one; nothing stays nothing.
    pub fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 { Self::default() } else { self * (1.0 / length) }
    }

    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Turned by a right angle.
    pub fn across(self) -> Self {
        Self { x: -self.y, y: self.x }
    }

    pub fn towards(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// Around a point.
    pub fn around(middle: Point, width: f64, height: f64) -> Self {
        Self {
            left: middle.x - width / 2.0,
            top: middle.y - height / 2.0,
            right: middle.x + width / 2.0,
            bottom: middle.y + height / 2.0,
        }
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle(self) -> Point {
        Point::new((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    pub fn moved(self, by: Point) -> Self {
        Self { left: self.left + by.x, top: self.top + by.y, right: self.right + by.x, bottom: self.bottom + by.y }
    }

    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn holds(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }
}

/// Whether a point is in a polygon.
pub fn is_inside(polygon: &[Point], point: Point) -> bool {
    let mut is_inside = false;
    let mut last = polygon.last().copied().unwrap_or_default();
    for &here in polygon {
        if (here.y > point.y) != (last.y > point.y) {
            let x = here.x + (last.x - here.x) * (point.y - here.y) / (last.y - here.y);
            is_inside ^= point.x < x;
        }
        last = here;
    }
    is_inside
}

/// One cubic curve of Bézier's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cubic(pub [Point; 4]);

impl Cubic {
    pub fn line(from: Point, to: Point) -> Self {
        Self([from, from.towards(to, 1.0 / 3.0), from.towards(to, 2.0 / 3.0), to])
    }

    pub fn at(self, t: f64) -> Point {
        let [a, b, c, d] = self.0;
        let u = 1.0 - t;
        a * (u * u * u) + b * (3.0 * u * u * t) + c * (3.0 * u * t * t) + d * (t * t * t)
    }

    /// The part between two places.
    pub fn part(self, from: f64, to: f64) -> Self {
        let (_, behind) = self.cut(from);
        let rest = if from >= 1.0 { 0.0 } else { ((to - from) / (1.0 - from)).clamp(0.0, 1.0) };
        behind.cut(rest).0
    }

    fn cut(self, t: f64) -> (Self, Self) {
        let [a, b, c, d] = self.0;
        let (ab, bc, cd) = (a.towards(b, t), b.towards(c, t), c.towards(d, t));
        let (abc, bcd) = (ab.towards(bc, t), bc.towards(cd, t));
        let middle = abc.towards(bcd, t);
        (Self([a, ab, abc, middle]), Self([middle, bcd, cd, d]))
    }

    fn turned_round(self) -> Self {
        let [a, b, c, d] = self.0;
        Self([d, c, b, a])
    }
}

/// Curves end to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Cubic>);

/// Into how many pieces a curve is looked at.
const PIECES: u32 = 24;

impl Path {
    pub fn start(&self) -> Point {
        self.0.first().map_or(Point::default(), |cubic| cubic.0[0])
    }

    pub fn end(&self) -> Point {
        self.0.last().map_or(Point::default(), |cubic| cubic.0[3])
    }

    pub fn turned_round(&self) -> Self {
        Self(self.0.iter().rev().map(|cubic| cubic.turned_round()).collect())
    }

    pub fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        Self(self.0.iter().map(|cubic| Cubic(cubic.0.map(&change))).collect())
    }

    /// Points along it.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let pieces = |cubic: &Cubic| {
            let cubic = *cubic;
            (0..=PIECES).map(move |piece| cubic.at(f64::from(piece) / f64::from(PIECES)))
        };
        self.0.iter().flat_map(pieces)
    }

    /// The place, of all along it, at a share of its length.
    pub fn at_share(&self, share: f64) -> Point {
        let points: Vec<Point> = self.points().collect();
        let total: f64 = points.windows(2).map(|pair| (pair[1] - pair[0]).length()).sum();
        let mut left = total * share;
        for pair in points.windows(2) {
            let length = (pair[1] - pair[0]).length();
            if length >= left && length > 0.0 {
                return pair[0].towards(pair[1], left / length);
            }
            left -= length;
        }
        self.end()
    }

    /// Without what of its beginning lies in a shape; whole where all of it does.
    pub fn without_start(&self, is_inside: impl Fn(Point) -> bool) -> Self {
        let place = |number: usize| {
            let (cubic, piece) = (number / PIECES as usize, number % PIECES as usize);
            (cubic, piece as f64 / f64::from(PIECES))
        };
        let count = self.0.len() * PIECES as usize;
        let point = |number: usize| {
            let (cubic, t) = place(number);
            self.0.get(cubic).map_or(self.end(), |cubic| cubic.at(t))
        };
        let first_outside = (0..=count).find(|&number| !is_inside(point(number)));
        let Some(number) = first_outside.and_then(|number| number.checked_sub(1)) else { return self.clone() };
        let (cubic, from) = place(number);
        let Some(whole) = self.0.get(cubic) else { return self.clone() };
        let (mut inside, mut outside) = (from, from + 1.0 / f64::from(PIECES));
        for _ in 0..20 {
            let middle = (inside + outside) / 2.0;
            if is_inside(whole.at(middle)) { inside = middle } else { outside = middle }
        }
        let mut rest = vec![whole.part(outside.min(1.0), 1.0)];
        rest.extend_from_slice(self.0.get(cubic + 1..).unwrap_or_default());
        Self(rest)
    }

    /// Without the last so many pixels, as the crow flies; never without everything.
    pub fn shorter_by(&self, length: f64) -> Self {
        if length <= 0.0 {
            return self.clone();
        }
        let end = self.end();
        let round = self.turned_round();
        let far = round.points().map(|point| (point - end).length()).fold(0.0, f64::max);
        let length = length.min(far * 0.9);
        round.without_start(|point| (point - end).length() < length).turned_round()
    }

    /// The same, so far to its side.
    pub fn beside(&self, distance: f64) -> Self {
        let moved = |cubic: &Cubic| {
            let [a, b, c, d] = cubic.0;
            let start = if (b - a).length() > 1e-6 { b - a } else { d - a };
            let end = if (d - c).length() > 1e-6 { d - c } else { d - a };
            let (first, last) = (start.unit().across() * distance, end.unit().across() * distance);
            Cubic([a + first, b + first, c + last, d + last])
        };
        Self(self.0.iter().map(moved).collect())
    }

    pub fn bounds(&self) -> Rect {
        let start = self.start();
        let mut bounds = Rect::around(start, 0.0, 0.0);
        for point in self.points() {
            bounds = bounds.with(Rect::around(point, 0.0, 0.0));
        }
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cut_at_a_shape() {
        let path = Path(vec![Cubic::line(Point::default(), Point::new(100.0, 0.0))]);
        let cut = path.without_start(|point| point.x < 30.5);
        assert!((cut.start().x - 30.5).abs() < 0.01 && cut.end().x == 100.0, "{cut:?}");
        assert_eq!(path.without_start(|_| true), path);
        assert_eq!(path.without_start(|_| false), path);
        let cut = path.shorter_by(10.0);
        assert!((cut.end().x - 90.0).abs() < 0.01 && cut.start().x == 0.0, "{cut:?}");
        assert!((path.at_share(0.5).x - 50.0).abs() < 0.5);
        assert!((path.beside(3.0).start().y - 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_polygon_knows_its_inside() {
        let diamond = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(|(x, y)| Point::new(x, y));
        assert!(is_inside(&diamond, Point::new(0.4, 0.4)) && !is_inside(&diamond, Point::new(0.6, 0.6)));
    }
}
