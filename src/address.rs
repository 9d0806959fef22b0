//! Addresses as people and browsers write them: schemes and percent signs.
//!
//! Whoever decides what an address may do (links, the cleaner of HTML, the development server) asks here, so that all
//! of them agree.

use crate::source::names::nfc;

/// Schemes that lead somewhere else and run nothing.
pub const HARMLESS_SCHEMES: &[&str] =
    &["http", "https", "mailto", "tel", "ftp", "sftp", "irc", "xmpp", "geo", "magnet", "obsidian", "vscode"];

/// What the beginning of an address says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// A path.
    None,
    /// Leads out of the site; `//` does too.
    Harmless,
    /// A picture inside its own address, which runs nothing where a picture is shown.
    Picture,
    /// Could run something, or nobody knows.
    Other,
}

impl Scheme {
    pub fn of(target: &str) -> Self {
        if target.starts_with("//") {
            return Self::Harmless;
        }
        // Browsers skip control characters and white space in a scheme, and so must whoever looks for one.
        let visible: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(32).collect();
        let Some((scheme, rest)) = visible.split_once(':') else { return Self::None };
        let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if !well_formed {
            return Self::None;
        }
        match scheme.to_ascii_lowercase().as_str() {
            scheme if HARMLESS_SCHEMES.contains(&scheme) => Self::Harmless,
            "data" if rest.get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("image/")) => Self::Picture,
            // `참고: 글.md` has a space and is no scheme; `C++:소개.md` and `a.b:c` have none we know.
            "data" | "javascript" | "vbscript" | "file" | "blob" | "about" | "view-source" => Self::Other,
            _ if target.contains("://") => Self::Other,
            _ => Self::None,
        }
    }
}

/// A wikilink's target without what only Dendron writes: `dendron://vault/` before it, and behind its fragment how many lines to
/// leave out and where to stop (`#제목,1:#*`).
pub fn without_dendron(target: &str) -> &str {
    let path = target.strip_prefix("dendron://").and_then(|rest| rest.split_once('/')).map_or(target, |(_, path)| path);
    let Some(mark) = path.find('#') else { return path };
    let end = path[mark + 1..].find(":#").map_or(path.len(), |at| mark + 1 + at);
    let path = &path[..end];
    let number = path.rsplit_once(',').filter(|(before, lines)| {
        before.len() > mark + 1 && !lines.is_empty() && lines.bytes().all(|byte| byte.is_ascii_digit())
    });
    number.map_or(path, |(before, _)| before)
}

/// A path wholly percent-encoded, its slashes kept.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Percent signs undone where they make UTF-8, in NFC.
pub fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return nfc(text).into_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = |byte: Option<&u8>| byte.and_then(|b| (*b as char).to_digit(16));
        if *first == b'%'
            && let (Some(high), Some(low)) = (hex(tail.first()), hex(tail.get(1)))
        {
            bytes.push((high * 16 + low) as u8);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    match String::from_utf8(bytes) {
        Ok(undone) => nfc(&undone).into_owned(),
        Err(_) => nfc(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_that_run_something_are_known_however_they_are_written() {
        for hostile in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\nscript:x",
            " javascript:x",
            "vbscript:x",
            "file:///etc",
            "data:text/html,x",
        ] {
            assert_eq!(Scheme::of(hostile), Scheme::Other, "{hostile:?}");
        }
        for path in ["글: 하나.md", "a/b:c.md", "C++: 소개.md", "그림.png", "note:draft.md"] {
            assert_eq!(Scheme::of(path), Scheme::None, "{path:?}");
        }
        assert_eq!(Scheme::of("HTTPS://example.com"), Scheme::Harmless);
        assert_eq!(Scheme::of("data:IMAGE/png;base64,"), Scheme::Picture);
    }

    #[test]
    fn percent_signs_are_undone_where_they_mean_something() {
        assert_eq!(decoded("%EC%84%9C%EB%B2%84%201"), "서버 1");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%FF.md"), "%FF.md");
    }
}
