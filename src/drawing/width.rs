//! How wide words are on the machines of all readers: as wide as in the widest of the usual fonts, so that none leaves its
//! box.

/// Widths of Arial's (and Helvetica's and Liberation Sans') ASCII characters from the space on, in thousandths of an em.
const ARIAL: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Fonts differ, and so do the roundings of browsers.
const SLACK: f64 = 1.04;
const BOLD: f64 = 1.07;

/// The fonts that these widths are for.
pub const FONTS: &str = "Arial,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR','Noto Sans CJK KR',sans-serif";

/// The width of a text in a font of one em.
pub fn ems(text: &str, is_bold: bool) -> f64 {
    let sum: f64 = text.chars().map(of).sum();
    sum * SLACK * if is_bold { BOLD } else { 1.0 }
}

fn of(character: char) -> f64 {
    match character {
        ' '..='~' => ARIAL.get(character as usize - 32).map_or(0.6, |&width| f64::from(width) / 1000.0),
        // A soft hyphen, what joins emoji, and other signs without a width.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{300}'..='\u{36F}' => 0.0,
        // Hangul is set a little closer than it is high: 0.92 em in Noto, 0.95 in others at most.
        '가'..='힣' | 'ㄱ'..='ㆎ' => 0.95,
        character if (character as u32) < 0x2000 => 0.65,
        // Emoji are wider than an em in some fonts.
        '\u{1F000}'..='\u{1FAFF}' => 1.35,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_wide_as_they_look() {
        assert!((ems("varchar", false) / SLACK - 3.334).abs() < 0.01, "{}", ems("varchar", false));
        assert!((ems("배포", false) / SLACK - 1.9).abs() < 0.01);
        assert!(ems("A", true) > ems("A", false));
        assert_eq!(ems("\u{AD}", false), 0.0);
    }
}
