//! A colour as drawings write it → how light it is.

use crate::colour::{Colour, luminance};

/// What an area or a line is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    None,
    /// By its relative luminance, 0 to 1, as WCAG has it, and how much of it there is.
    Colour {
        luminance: f64,
        alpha: f64,
    },
    /// `currentColor`.
    Current,
    /// Something that cannot be told from the word alone.
    Unknown,
}

pub const BLACK: Paint = Paint::Colour { luminance: 0.0, alpha: 1.0 };

/// Reads a colour; of a pair for light and dark, and of a variable with a fallback, what holds where nobody says otherwise.
pub fn read(value: &str) -> Paint {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let inside = |name: &str| {
        let rest = lower.strip_prefix(name)?.trim_start().strip_prefix('(')?;
        rest.strip_suffix(')')
    };
    if let Some(pair) = inside("light-dark") {
        return read(first_argument(pair).0);
    }
    if let Some(variable) = inside("var") {
        return first_argument(variable).1.map_or(Paint::Unknown, read);
    }
    if let Some(numbers) = inside("rgb").or_else(|| inside("rgba")) {
        return of_numbers(numbers).unwrap_or(Paint::Unknown);
    }
    if let Some(digits) = lower.strip_prefix('#') {
        return of_digits(digits).unwrap_or(Paint::Unknown);
    }
    match lower.as_str() {
        "none" | "transparent" => Paint::None,
        "currentcolor" => Paint::Current,
        name => Colour::of(name).map_or(Paint::Unknown, |colour| {
            let [red, green, blue] = colour.0.map(f64::from);
            of(red, green, blue, 1.0)
        }),
    }
}

/// What stands before the first comma that no bracket holds, and what behind it.
fn first_argument(arguments: &str) -> (&str, Option<&str>) {
    let mut depth = 0usize;
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return (&arguments[..at], Some(&arguments[at + 1..])),
            _ => {}
        }
    }
    (arguments, None)
}

fn of_numbers(numbers: &str) -> Option<Paint> {
    let mut parts = numbers.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let number = |part: &str, whole: f64| match part.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0 * whole),
        None => part.parse::<f64>().ok(),
    };
    let (red, green, blue) =
        (number(parts.next()?, 255.0)?, number(parts.next()?, 255.0)?, number(parts.next()?, 255.0)?);
    let alpha = parts.next().map_or(Some(1.0), |part| number(part, 1.0))?;
    Some(of(red, green, blue, alpha))
}

fn of_digits(digits: &str) -> Option<Paint> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| -> Option<f64> {
        let value = match digits.len() {
            3 | 4 => u32::from_str_radix(digits.get(at..at + 1)?, 16).ok()? * 17,
            6 | 8 => u32::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?,
            _ => return None,
        };
        Some(f64::from(value))
    };
    let alpha = if matches!(digits.len(), 4 | 8) { channel(3)? / 255.0 } else { 1.0 };
    Some(of(channel(0)?, channel(1)?, channel(2)?, alpha))
}

fn of(red: f64, green: f64, blue: f64, alpha: f64) -> Paint {
    if alpha <= 0.0 {
        return Paint::None;
    }
    Paint::Colour { luminance: luminance([red, green, blue]), alpha }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_in_all_spellings() {
        let light = |value: &str| match read(value) {
            Paint::Colour { luminance, .. } => Some((luminance * 100.0).round() as i32),
            _ => None,
        };
        for white in ["white", "#fff", "#FFFFFF", "rgb(255,255,255)", "rgb(100% 100% 100%)", "light-dark(#fff, #000)"] {
            assert_eq!(light(white), Some(100), "{white}");
        }
        assert_eq!(light("light-dark(rgb(0, 0, 0), #fff)"), Some(0));
        assert_eq!(light("var(--ge-dark-color, #121212)"), Some(1));
        assert_eq!([read("none"), read("#0000"), read("rgba(1,2,3,0)")], [Paint::None; 3]);
        assert_eq!([read("var(--x)"), read("url(#a)"), read("#12")], [Paint::Unknown; 3]);
        assert_eq!(read("currentColor"), Paint::Current);
    }
}
