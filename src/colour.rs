//! Colours of drawings whose tool knows the light theme only, DOT's.

/// The names of CSS, and their colours.
const NAMED: &str = "\
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000 \
blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 \
chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b \
darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b \
darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a \
darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 \
darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff \
firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 \
goldenrod daa520 gray 808080 grey 808080 green 008000 greenyellow adff2f honeydew f0fff0 hotpink ff69b4 \
indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 \
lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 \
lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa \
lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 \
linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 \
mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc \
mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead \
navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 \
palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 \
peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f \
royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d \
silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f \
steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 \
white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32";

/// A colour without transparency: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// `#rgb`, `#rrggbb`, or a name of CSS's.
    pub fn of(written: &str) -> Option<Self> {
        let digits = match written.strip_prefix('#') {
            Some(digits) => digits,
            None => {
                let name = written.to_ascii_lowercase();
                let mut words = NAMED.split(' ');
                std::iter::from_fn(|| words.next().zip(words.next())).find(|(known, _)| *known == name)?.1
            }
        };
        let doubled: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let channel = |at: usize| u8::from_str_radix(doubled.get(at..at + 2)?, 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// The relative luminance, 0 to 1, as WCAG has it.
    pub fn luminance(self) -> f64 {
        luminance(self.0.map(f64::from))
    }

    /// As CSS writes it.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// As the eye has it, from 0 to 1.
    #[cfg(feature = "dot")]
    pub fn lightness(self) -> f64 {
        oklab(self.0)[0]
    }

    /// The colour in a drawing on a dark ground: of the same hue, and dark where it was light. White grounds become as dark
    /// as the page, black ink nearly white, and what could be told apart before still can.
    ///
    /// In Oklab (Björn Ottosson, 2020), whose lightness is that of the eye: inverted in HSL, yellow would stay yellow under
    /// letters that became white.
    pub fn in_the_dark(self) -> Self {
        let [lightness, a, b] = oklab(self.0);
        // Bent, so that colours of middle lightness, lines and letters mostly, stand out as they did.
        let lightness = 0.95 - 0.74 * lightness.clamp(0.0, 1.0).powf(1.6);
        // Of a colour that no screen shows there is as much as it does show.
        let shown = |chroma: f64| rgb([lightness, a * chroma, b * chroma]);
        let chroma = (0..=20)
            .map(|step| 1.0 - f64::from(step) / 20.0)
            .find(|chroma| shown(*chroma).iter().all(|channel| (-0.001..=1.001).contains(channel)));
        Self(shown(chroma.unwrap_or_default()).map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8))
    }
}

/// The relative luminance, 0 to 1, of red, green and blue from 0 to 255.
pub fn luminance(channels: [f64; 3]) -> f64 {
    let [red, green, blue] = channels.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// A channel of sRGB as the amount of its light, 0 to 1.
fn linear(channel: f64) -> f64 {
    let channel = (channel / 255.0).clamp(0.0, 1.0);
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

fn oklab(colour: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = colour.map(|channel| linear(f64::from(channel)));
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// Channels from 0 to 1, or beyond where no screen shows the colour.
fn rgb([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let linear = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ];
    linear.map(|channel| if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_known_by_name_and_by_number() {
        assert_eq!(Colour::of("#1a2"), Some(Colour([0x11, 0xAA, 0x22])));
        assert_eq!(Colour::of("LightGrey").map(Colour::css).as_deref(), Some("#d3d3d3"));
        assert_eq!(Colour::of("yellowgreen"), Colour::of("#9acd32"));
        for unknown in ["", "#", "#12345", "#12345g", "#가나", "none", "ffffff", "ghost"] {
            assert_eq!(Colour::of(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn what_was_light_is_dark_and_words_can_still_be_read() {
        let contrast = |a: Colour, b: Colour| {
            let (a, b) = (a.luminance(), b.luminance());
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        let black = Colour([0; 3]).in_the_dark();
        for name in ["white", "yellow", "lightgrey", "lightblue", "pink", "palegreen", "orange", "cyan", "lime"] {
            let ground = Colour::of(name).unwrap();
            assert!(ground.luminance() > 0.4);
            let (ground, contrast) = (ground.in_the_dark(), contrast(ground.in_the_dark(), black));
            assert!(ground.luminance() < 0.2 && contrast >= 4.5, "{name}: {} {contrast:.1}", ground.css());
        }
        let page = Colour([0x18, 0x1a, 0x1e]);
        for name in ["red", "blue", "darkgreen", "purple", "black", "navy", "gray"] {
            let ink = Colour::of(name).unwrap().in_the_dark();
            assert!(contrast(ink, page) >= 3.0, "{name}: {}", ink.css());
        }
    }
}
