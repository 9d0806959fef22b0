//! Names of colours, as X11 has them. Where it and the web differ (`green`, `gray`, `maroon`, `purple`) they are the web's:
//! so the drawings of dot are seen.

use crate::colour::Colour;

/// The colour of a name in small letters, with `gray` for `grey`.
pub fn named(name: &str) -> Option<Colour> {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let stem = &name[..name.len() - digits.len()];
    if digits.is_empty() {
        return plain(name);
    }
    let number: u8 = digits.parse().ok()?;
    if stem == "gray" {
        let level = (f64::from(number) * 2.55 + 0.01).round();
        return (number <= 100).then_some(Colour([level as u8; 3]));
    }
    // Each has a bright one and three darker ones, in steps that are the same for all.
    let bright = find(&BRIGHT, stem).or_else(|| plain(stem).filter(|_| SHADED.contains(&stem)))?;
    let share = *[1.0, 0.932, 0.804, 0.548].get(usize::from(number.checked_sub(1)?))?;
    Some(Colour(bright.0.map(|part| (f64::from(part) * share).round() as u8)))
}

fn plain(name: &str) -> Option<Colour> {
    Colour::of(name).or_else(|| find(&NAMES, name))
}

fn find(names: &[(&str, u32)], name: &str) -> Option<Colour> {
    let at = names.binary_search_by_key(&name, |(name, _)| name).ok()?;
    let [_, red, green, blue] = names[at].1.to_be_bytes();
    Some(Colour([red, green, blue]))
}

/// Those that the web does not have.
const NAMES: [(&str, u32); 4] =
    [("lightgoldenrod", 0xeedd82), ("lightslateblue", 0x8470ff), ("navyblue", 0x000080), ("violetred", 0xd02090)];

/// Those whose bright one is not the plain one.
const BRIGHT: [(&str, u32); 48] = [
    ("antiquewhite", 0xffefdb),
    ("brown", 0xff4040),
    ("burlywood", 0xffd39b),
    ("cadetblue", 0x98f5ff),
    ("chocolate", 0xff7f24),
    ("coral", 0xff7256),
    ("darkgoldenrod", 0xffb90f),
    ("darkolivegreen", 0xcaff70),
    ("darkorange", 0xff7f00),
    ("darkorchid", 0xbf3eff),
    ("darkseagreen", 0xc1ffc1),
    ("darkslategray", 0x97ffff),
    ("firebrick", 0xff3030),
    ("goldenrod", 0xffc125),
    ("green", 0x00ff00),
    ("hotpink", 0xff6eb4),
    ("indianred", 0xff6a6a),
    ("khaki", 0xfff68f),
    ("lightblue", 0xbfefff),
    ("lightgoldenrod", 0xffec8b),
    ("lightpink", 0xffaeb9),
    ("lightskyblue", 0xb0e2ff),
    ("lightsteelblue", 0xcae1ff),
    ("maroon", 0xff34b3),
    ("mediumorchid", 0xe066ff),
    ("mediumpurple", 0xab82ff),
    ("olivedrab", 0xc0ff3e),
    ("orchid", 0xff83fa),
    ("palegreen", 0x9aff9a),
    ("paleturquoise", 0xbbffff),
    ("palevioletred", 0xff82ab),
    ("pink", 0xffb5c5),
    ("plum", 0xffbbff),
    ("purple", 0x9b30ff),
    ("rosybrown", 0xffc1c1),
    ("royalblue", 0x4876ff),
    ("salmon", 0xff8c69),
    ("seagreen", 0x54ff9f),
    ("sienna", 0xff8247),
    ("skyblue", 0x87ceff),
    ("slateblue", 0x836fff),
    ("slategray", 0xc6e2ff),
    ("steelblue", 0x63b8ff),
    ("tan", 0xffa54f),
    ("thistle", 0xffe1ff),
    ("turquoise", 0x00f5ff),
    ("violetred", 0xff3e96),
    ("wheat", 0xffe7ba),
];

/// Those whose bright one is.
const SHADED: [&str; 30] = [
    "aquamarine",
    "azure",
    "bisque",
    "blue",
    "chartreuse",
    "cornsilk",
    "cyan",
    "deeppink",
    "deepskyblue",
    "dodgerblue",
    "gold",
    "honeydew",
    "ivory",
    "lavenderblush",
    "lemonchiffon",
    "lightcyan",
    "lightsalmon",
    "lightyellow",
    "magenta",
    "mistyrose",
    "navajowhite",
    "orange",
    "orangered",
    "peachpuff",
    "red",
    "seashell",
    "snow",
    "springgreen",
    "tomato",
    "yellow",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(NAMES.is_sorted() && BRIGHT.is_sorted() && SHADED.is_sorted());
    }

    #[test]
    fn numbers_are_shades() {
        let of = |name| named(name).map(|Colour([red, green, blue])| (red, green, blue));
        assert_eq!(of("gray50"), Some((128, 128, 128)));
        assert_eq!(of("snow4"), Some((140, 137, 137)));
        assert_eq!(of("lightsteelblue1"), Some((202, 225, 255)));
        assert_eq!([of("gray101"), of("snow5"), of("snow0"), of("crimson1"), of("나")], [None; 5]);
    }
}
