//! How large a drawing is.

use roxmltree::Node;

/// In CSS pixels: what it says itself, else its view box. `None` leaves it to the browser.
pub fn of(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let length = |name: &str| root.attribute(name).and_then(pixels);
    let (width, height) = match (length("width"), length("height"), view_box(root)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some([_, _, across, down])) => (width, width * down / across),
        (None, Some(height), Some([_, _, across, down])) => (height * across / down, height),
        // A box of one by one is a scale and no size.
        (None, None, Some([_, _, across, down])) if across >= 16.0 && down >= 1.0 => (across, down),
        _ => return None,
    };
    let whole = |length: f64| (length.is_finite() && (0.5..100_000.0).contains(&length)).then(|| length.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// Where it begins, and how wide and high it is.
pub fn view_box(root: Node<'_, '_>) -> Option<[f64; 4]> {
    let mut numbers = root.attribute("viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
    let mut next = || numbers.next()?.parse::<f64>().ok().filter(|number| number.is_finite());
    let view = [next()?, next()?, next()?, next()?];
    (view[2] > 0.0 && view[3] > 0.0).then_some(view)
}

/// A length in pixels; `None` for a share of something.
pub fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let end =
        length.find(|c: char| c.is_ascii_alphabetic() && c != 'e' && c != 'E' || c == '%').unwrap_or(length.len());
    // `1em` is one of a unit, `1e3` is not.
    let end = length.find("em").or(length.find("ex")).unwrap_or(end).min(end);
    let number: f64 = length.get(..end)?.trim().parse().ok()?;
    let unit = match length.get(end..)?.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" => 16.0,
        "ex" => 8.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number * unit).filter(|pixels| pixels.is_finite() && *pixels > 0.0)
}
