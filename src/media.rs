//! What kind of file a name's ending says it is, and how large writers want it shown.

/// Media types by ending, as a browser has to be told them.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("wasm", "application/wasm"),
    ("pdf", "application/pdf"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("apng", "image/apng"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("ico", "image/x-icon"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
];

/// The media type of a file; `None` for an ending that says nothing.
pub fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, media_type)| *media_type)
}

/// Whether a browser shows the file in an `<img>`.
pub fn is_picture(name: &str) -> bool {
    media_type(name).is_some_and(|media_type| media_type.starts_with("image/"))
}

/// Whether the file is a drawing in the format of its tool, which no browser shows.
pub fn is_drawing_source(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".excalidraw", ".drawio", ".dio", ".drawio.xml"].iter().any(|ending| name.ends_with(ending))
}

/// How large a picture or film is shown, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub width: Option<u32>,
    pub height: Option<u32>,
}

impl Size {
    /// As HTML, with a space before each.
    pub fn attributes(self) -> String {
        let written =
            |name: &str, value: Option<u32>| value.map_or(String::new(), |value| format!(" {name}=\"{value}\""));
        written("width", self.width) + &written("height", self.height)
    }

    /// `300`, `300x200`, `x200`.
    fn read(text: &str) -> Option<Self> {
        let (width, height) = text.split_once('x').unwrap_or((text, ""));
        let pixels = |text: &str| {
            (text.is_empty() || text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().ok())
        };
        let size = Self { width: pixels(width)?, height: pixels(height)? };
        (size != Self::default()).then_some(size)
    }
}

/// A label and the size at its end, as Obsidian has them: `대체 글|300x200`, `300`.
pub fn sized(label: &str) -> (&str, Size) {
    let (before, last) = label.rsplit_once('|').unwrap_or(("", label));
    match Size::read(last.trim()) {
        // In a table the bar has a backslash.
        Some(size) => (before.trim_end().trim_end_matches('\\').trim(), size),
        None => (label, Size::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_stands_at_the_end_of_a_label() {
        let size = |width, height| Size { width, height };
        assert_eq!(sized("구조|300x200"), ("구조", size(Some(300), Some(200))));
        assert_eq!(sized("300"), ("", size(Some(300), None)));
        assert_eq!(sized("가|나|x200"), ("가|나", size(None, Some(200))));
        for label in ["구조", "구조|나", "x", "", "12345", "가|1x2x3"] {
            assert_eq!(sized(label), (label, Size::default()), "{label}");
        }
    }

    #[test]
    fn the_last_ending_counts_in_any_case() {
        assert!(is_picture("그림/구조.PNG") && is_picture("a.b.svg"));
        assert!(!is_picture("svg") && !is_picture("그림.md") && !is_picture("png.zip"));
        assert_eq!(media_type("자료.tar.gz"), None);
        assert_eq!(media_type("index.html"), Some("text/html; charset=utf-8"));
    }
}
