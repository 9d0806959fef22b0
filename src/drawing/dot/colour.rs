//! Colours as DOT writes them, which may let through what is behind them.

mod names;

use crate::colour::Colour as Plain;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    plain: Plain,
    /// 0 lets everything through, 255 nothing.
    pub alpha: u8,
}

pub const BLACK: Colour = Colour { plain: Plain([0; 3]), alpha: 255 };
pub const WHITE: Colour = Colour { plain: Plain([255; 3]), alpha: 255 };
/// Of what is filled with nothing else.
pub const GROUND: Colour = Colour { plain: Plain([211; 3]), alpha: 255 };
const TRANSPARENT: Colour = Colour { plain: Plain([0; 3]), alpha: 0 };

/// On a ground that is lighter than this, black is easier to read than white.
const MIDDLE: f64 = 0.57;
/// What differs less in lightness cannot be read on each other.
const LOST: f64 = 0.25;

impl Colour {
    /// Reads `red`, `/x11/red`, `#f00`, `#ff0000`, `#ff000080`, `0.5 1 1`, `0.5,1,1`.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return hex(digits);
        }
        if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return hsv(text);
        }
        let lower = text.to_ascii_lowercase().replace("grey", "gray");
        let name = match lower.strip_prefix('/') {
            Some(rest) => match rest.split_once('/') {
                Some(("" | "x11" | "svg", name)) => name,
                Some(_) => return None,
                None => rest,
            },
            None => &lower,
        };
        if matches!(name, "transparent" | "none" | "invis") {
            return Some(TRANSPARENT);
        }
        names::named(name).map(|plain| Self { plain, alpha: 255 })
    }

    /// As SVG has it.
    pub fn css(self) -> String {
        match self.alpha {
            0 => "none".to_owned(),
            255 => self.plain.css(),
            alpha => format!("{}{alpha:02x}", self.plain.css()),
        }
    }

    /// As seen on a dark page.
    pub fn in_dark(self) -> Self {
        Self { plain: self.plain.in_the_dark(), ..self }
    }

    /// As seen on a ground that is seen in the dark itself.
    pub fn in_dark_on(self, ground: Self) -> Self {
        let (turned, behind) = (self.in_dark(), ground.in_dark());
        let is_lost = turned.is_lost_on(behind) && !self.is_lost_on(ground);
        if is_lost { behind.ink() } else { turned }
    }

    /// Black or white, whichever is easier to read on this ground.
    pub fn ink(self) -> Self {
        if self.plain.lightness() > MIDDLE { BLACK } else { WHITE }
    }

    fn is_lost_on(self, ground: Self) -> bool {
        (self.plain.lightness() - ground.plain.lightness()).abs() < LOST
    }
}

fn hex(digits: &str) -> Option<Colour> {
    let (plain, alpha) = match digits.len() {
        4 => digits.split_at_checked(3)?,
        8 => digits.split_at_checked(6)?,
        _ => (digits, "ff"),
    };
    let alpha = u8::from_str_radix(alpha, 16).ok()? * if alpha.len() == 1 { 17 } else { 1 };
    Some(Colour { plain: Plain::of(&format!("#{plain}"))?, alpha })
}

fn hsv(text: &str) -> Option<Colour> {
    let mut parts = text.split([' ', ',', '\t']).filter(|part| !part.is_empty());
    let mut part = || Some(parts.next()?.parse::<f64>().ok()?.clamp(0.0, 1.0));
    let (hue, saturation, value) = (part()? * 6.0, part()?, part()?);
    let channel = |shift: f64| {
        let place = (shift + hue) % 6.0;
        let share = place.min(4.0 - place).clamp(0.0, 1.0);
        ((value - value * saturation * share) * 255.0).round() as u8
    };
    Some(Colour { plain: Plain([channel(5.0), channel(3.0), channel(1.0)]), alpha: 255 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_to_write_a_colour() {
        let of = |text| Colour::of(text).map(Colour::css);
        for red in ["red", "Red", "#f00", "#FF0000", "/x11/red", "/red", "0 1 1", "0.0,1.0,1.0", "red1"] {
            assert_eq!(of(red).as_deref(), Some("#ff0000"), "{red}");
        }
        assert_eq!(of("0.482 0.714 0.878").as_deref(), Some("#40e0cf"));
        assert_eq!(of("lightgrey"), of("lightgray"));
        assert_eq!(of("#ff000080").as_deref(), Some("#ff000080"));
        assert_eq!(of("transparent").as_deref(), Some("none"));
        assert_eq!([of("빨강"), of("#12"), of("/blues9/3"), of("0.5"), of("#가나")], [const { None }; 5]);
    }

    #[test]
    fn words_can_be_read_on_their_ground() {
        let navy = Colour::of("navy").unwrap();
        assert_eq!((navy.ink(), navy.in_dark().ink()), (WHITE, BLACK));
        assert_eq!(BLACK.in_dark_on(WHITE), BLACK.in_dark());
        let yellow = Colour::of("yellow").unwrap();
        assert!(!BLACK.in_dark_on(yellow).is_lost_on(yellow.in_dark()));
    }
}
