//! Points of a drawing, and the few operations that every machine rounds alike.

use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// Cosine and sine of the golden angle (2π / φ²): points turned by it one after the other never line up.
const GOLDEN: Point = Point { x: -0.737_368_9, y: 0.675_490_3 };

impl Point {
    pub fn square(self) -> f32 {
        self.x * self.x + self.y * self.y
    }

    pub fn length(self) -> f32 {
        self.square().sqrt()
    }

    /// Turned by the angle that `by` (of length 1) makes.
    pub fn turned(self, by: Self) -> Self {
        Self { x: self.x * by.x - self.y * by.y, y: self.x * by.y + self.y * by.x }
    }

    /// The lowest and the highest corner of the rectangle around points; the origin without any.
    pub fn bounds(points: impl Iterator<Item = Self>) -> (Self, Self) {
        points
            .fold(None, |bounds: Option<(Self, Self)>, at| {
                let (low, high) = bounds.unwrap_or((at, at));
                Some((
                    Self { x: low.x.min(at.x), y: low.y.min(at.y) },
                    Self { x: high.x.max(at.x), y: high.y.max(at.y) },
                ))
            })
            .unwrap_or_default()
    }
}

/// The seeds of a sunflower: points spread evenly over a disc, from the middle outwards, each having one unit of area.
pub fn sunflower() -> impl Iterator<Item = Point> {
    let mut direction = Point { x: 1.0, y: 0.0 };
    (0u16..u16::MAX).cycle().scan(0.0f32, move |count, step| {
        direction = direction.turned(GOLDEN);
        // Rounding would let the length drift; once in a while it is set right.
        if step % 64 == 0 {
            direction = direction * (1.0 / direction.length());
        }
        *count += 1.0;
        // The radius of a disc of so many units.
        Some(direction * ((*count - 0.5) * std::f32::consts::FRAC_1_PI).sqrt())
    })
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

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Self { x: self.x * by, y: self.y * by }
    }
}
