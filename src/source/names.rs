//! Names: what a file is called on disk, in links, and in the site's URLs.
//!
//! File names from macOS arrive decomposed (NFD), so that the same Korean name exists in two spellings that look
//! alike. Everything that compares or publishes a name goes through here first and uses NFC. URLs keep the path under
//! the content folder, Hangul included, with `.html` for `.md`; only what some file system cannot store is replaced,
//! because the output folder will be unpacked on Windows too. A URL here is a relative path with `/`, never beginning
//! with one and not percent-encoded.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::language::Text;
use crate::source::date::Date;
use crate::text;

/// The composed form; borrowed when it is composed already.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// How names are compared: NFC, without case, white space folded, invisible characters left out.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')));
    }
    let key = key.to_lowercase();
    match nfc(&key) {
        Cow::Borrowed(_) => key,
        Cow::Owned(composed) => composed,
    }
}

/// The last component of a name.
pub fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The folder part of a name, without a slash at its end; empty at the top.
pub fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the name ends like a note's: `.md` or `.markdown`.
pub fn is_note(name: &str) -> bool {
    note_stem(file_name(name)).is_some()
}

/// Endings of notes that other tools read and seoga does not: other spellings of `.md`, Markdown with programs in it,
/// and other languages.
const UNREAD_NOTES: [&str; 19] = [
    "mdx", "mdown", "mkd", "mkdn", "mkdown", "mdwn", "mdtxt", "mdtext", "rmd", "qmd", "mdoc", "livemd", "org", "rst",
    "adoc", "asciidoc", "textile", "norg", "dj",
];

/// The ending of a note that seoga does not read, in lower case: `mdx`.
pub fn unread_note_ending(name: &str) -> Option<&'static str> {
    let (stem, ending) = file_name(name).rsplit_once('.')?;
    UNREAD_NOTES.into_iter().find(|unread| !stem.is_empty() && unread.eq_ignore_ascii_case(ending))
}

/// The last component without its `.md`, also where a note that is not read has another ending; Dendron's dotted names
/// keep their dots.
pub fn stem(name: &str) -> &str {
    let file = file_name(name);
    let unread = || unread_note_ending(file).and_then(|ending| file.get(..file.len() - ending.len() - 1));
    note_stem(file).or_else(unread).unwrap_or(file)
}

fn note_stem(file: &str) -> Option<&str> {
    let (stem, extension) = file.rsplit_once('.')?;
    let is_markdown = extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown");
    (is_markdown && !stem.is_empty()).then_some(stem)
}

/// Whether the note is its folder's own page: `index.md`, `_index.md` or `README.md`.
pub fn is_index(name: &str) -> bool {
    ["index", "_index", "readme"].iter().any(|index| stem(name).eq_ignore_ascii_case(index))
}

/// What a note is called when nothing inside it says so: its file name, without a Jekyll date; for a folder's own
/// page the folder's name. `None` for the page of the top folder.
pub fn title_from_name(name: &str) -> Option<&str> {
    if is_index(name) {
        return Some(file_name(folder(name))).filter(|title| !title.is_empty());
    }
    let stem = stem(name);
    Some(match Date::from_file_stem(stem) {
        Some((_, title)) if !title.is_empty() => title,
        _ => stem,
    })
}

/// Where a note is published, and why the writer's `permalink` was not taken, if it was not.
pub fn note_url(name: &str, permalink: Option<&str>, slug: Option<&str>) -> (String, Option<Text>) {
    // Docusaurus writes `slug: /whole/path`.
    let (permalink, slug) = match slug {
        Some(path) if path.starts_with('/') => (permalink.or(Some(path)), None),
        _ => (permalink, slug),
    };
    let mut refusal = None;
    if let Some(permalink) = permalink.map(str::trim).filter(|permalink| !permalink.is_empty()) {
        match permalink_url(permalink) {
            Ok(url) => return (url, None),
            Err(reason) => refusal = Some(reason),
        }
    }
    let folder = folder(name);
    let file = match slug.map(str::trim).filter(|slug| !slug.is_empty()) {
        Some(slug) => {
            let slug = slug.strip_suffix(".html").unwrap_or(slug).trim_matches(['/', '\\']);
            format!("{}.html", slug.replace(['/', '\\'], "-"))
        }
        None if is_index(name) => "index.html".to_owned(),
        None => format!("{}.html", stem(name)),
    };
    let url = if folder.is_empty() { file } else { format!("{folder}/{file}") };
    (safe_path(&url), refusal)
}

/// Whether an alias is an old address rather than another name: `/옛/글/`, `옛글.html`. `CI/CD` is a name.
pub fn is_path_alias(alias: &str) -> bool {
    let is_file = |ending: &str| alias.to_ascii_lowercase().ends_with(ending);
    alias.starts_with('/') || alias.ends_with('/') || is_file(".html") || is_file(".md")
}

/// Where an asset is published: its own place.
pub fn asset_url(name: &str) -> String {
    safe_path(name)
}

/// `/a/b/` → `a/b/index.html`, `/a/b` → `a/b.html`, `/a/b.html` as it is.
fn permalink_url(permalink: &str) -> Result<String, Text> {
    let permalink = nfc(permalink);
    if permalink.contains("://") {
        return Err(text!(
            "`{permalink}`: 다른 사이트의 주소는 쓸 수 없습니다",
            "`{permalink}`: an address on another site cannot be used"
        ));
    }
    let path = permalink.replace('\\', "/");
    let components: Vec<&str> =
        path.split('/').map(str::trim).filter(|component| !matches!(*component, "" | ".")).collect();
    if components.contains(&"..") {
        return Err(text!(
            "`{permalink}`: 사이트 폴더 밖으로 나가는 경로입니다",
            "`{permalink}`: the path leaves the site's folder"
        ));
    }
    let mut url = components.join("/");
    let is_page = [".html", ".htm"].iter().any(|end| url.to_ascii_lowercase().ends_with(end));
    if components.is_empty() {
        url.push_str("index.html");
    } else if path.ends_with('/') {
        url.push_str("/index.html");
    } else if !is_page {
        url.push_str(".html");
    }
    Ok(safe_path(&url))
}

/// A path of which every component can be a file's name on any system.
fn safe_path(path: &str) -> String {
    let path = nfc(path);
    if path.split('/').all(is_safe) {
        return path.into_owned();
    }
    let components: Vec<Cow<'_, str>> = path.split('/').map(safe_component).collect();
    components.join("/")
}

/// The longest file name that file systems in use can store, in bytes.
const LONGEST: usize = 255;

fn is_safe(component: &str) -> bool {
    !component.is_empty()
        && component.len() <= LONGEST
        && !component.contains(is_reserved_character)
        && !component.ends_with(['.', ' '])
        && !is_device(component)
}

fn is_reserved_character(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || c.is_control()
}

/// Windows keeps these names for devices, whatever the extension.
fn is_device(component: &str) -> bool {
    let stem = component.split('.').next().unwrap_or(component).trim_end();
    let numbered = stem.len() == 4
        && stem.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("com") || name.eq_ignore_ascii_case("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit() && c != '0');
    numbered || ["con", "prn", "aux", "nul"].iter().any(|device| stem.eq_ignore_ascii_case(device))
}

fn safe_component(component: &str) -> Cow<'_, str> {
    if is_safe(component) {
        return Cow::Borrowed(component);
    }
    let mut safe = component.replace(is_reserved_character, "-");
    if safe.len() > LONGEST {
        let extension = match safe.rsplit_once('.') {
            Some((_, extension)) if extension.len() <= 16 => format!(".{extension}"),
            _ => String::new(),
        };
        safe.truncate(safe.floor_char_boundary(LONGEST - extension.len()));
        safe.push_str(&extension);
    }
    let kept = safe.trim_end_matches(['.', ' ']).len();
    safe.replace_range(kept.., &"-".repeat(safe.len() - kept));
    if is_device(&safe) {
        let at = safe.find('.').unwrap_or(safe.len());
        safe.insert(at, '-');
    }
    if safe.is_empty() {
        safe.push('-');
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(name: &str) -> String {
        note_url(name, None, None).0
    }

    fn at(permalink: &str) -> String {
        let (url, refusal) = note_url("메모/캐시.md", Some(permalink), None);
        refusal.map_or(url, |reason| reason.english)
    }

    #[test]
    fn urls_follow_the_path() {
        assert_eq!(url("네트워크/로드 밸런서.md"), "네트워크/로드 밸런서.html");
        assert_eq!(url("네트워크/README.md"), "네트워크/index.html");
        assert_eq!(url("Index.MD"), "index.html");
        assert_eq!(url("_posts/2021-06-16-제목.markdown"), "_posts/2021-06-16-제목.html");
        assert_eq!(url("dendron.topic.pod-v2.md"), "dendron.topic.pod-v2.html");
        assert_eq!(url("C# & C++ [정리].md"), "C# & C++ [정리].html");
        assert_eq!(url("\u{1112}\u{1161}\u{11ab}글.md"), "한글.html", "NFD → NFC");
    }

    #[test]
    fn names_no_file_system_refuses() {
        assert_eq!(url("왜 느릴까?.md"), "왜 느릴까-.html");
        assert_eq!(url("a:b/끝.../con.md"), "a-b/끝---/con-.html");
        assert_eq!(url("줄\n바꿈.md"), "줄-바꿈.html");
        assert_eq!(asset_url("그림/LPT1"), "그림/LPT1-");
        let long = format!("{}.md", "가".repeat(84));
        assert!(file_name(&url(&long)).len() <= 255);
        assert!(url(&long).ends_with("가.html"));
    }

    #[test]
    fn slug_replaces_the_last_component() {
        assert_eq!(note_url("메모/캐시.md", None, Some("cache")).0, "메모/cache.html");
        assert_eq!(note_url("메모/캐시.md", None, Some("../../cache")).0, "메모/..-..-cache.html");
        assert_eq!(note_url("메모/캐시.md", None, Some("/guide/cache")).0, "guide/cache.html");
        assert_eq!(note_url("메모/캐시.md", None, Some("..")).0, "메모/...html");
        assert_eq!(note_url("메모/캐시.md", None, Some(" ")).0, "메모/캐시.html");
    }

    #[test]
    fn permalink_is_the_whole_path() {
        assert_eq!(at("/a/b/"), "a/b/index.html");
        assert_eq!(at("/a/b"), "a/b.html");
        assert_eq!(at("/a/b.html"), "a/b.html");
        assert_eq!(at("/버전/v1.2"), "버전/v1.2.html");
        assert_eq!(at("/"), "index.html");
        assert_eq!(at("//evil.example/x"), "evil.example/x.html", "never another host");
        assert_eq!(at("C:\\windows\\x"), "C-/windows/x.html");
        assert_eq!(at("/:year/:title/"), "-year/-title/index.html");
    }

    #[test]
    fn permalinks_that_escape_are_refused() {
        for permalink in ["../secret", "/a/../../b", "..\\..\\b", "https://example.com/a", "a/ .. /b"] {
            let (url, refusal) = note_url("메모/캐시.md", Some(permalink), None);
            assert_eq!(url, "메모/캐시.html", "{permalink}");
            assert!(refusal.is_some(), "{permalink}");
        }
    }

    #[test]
    fn titles_from_names() {
        assert_eq!(title_from_name("_posts/2021-06-16-첫 글.md"), Some("첫 글"));
        assert_eq!(title_from_name("01_vue_intro.md"), Some("01_vue_intro"));
        assert_eq!(title_from_name("네트워크/README.md"), Some("네트워크"));
        assert_eq!(title_from_name("index.md"), None);
        assert_eq!(title_from_name("2021-06-16.md"), Some("2021-06-16"));
        assert_eq!(title_from_name("a.b.c.md"), Some("a.b.c"));
    }

    #[test]
    fn names_compare_without_case_width_of_space_and_spelling() {
        assert_eq!(name_key("Load  Balancer"), name_key("load\u{a0}balancer"));
        assert_eq!(name_key("\u{1100}\u{1161}상"), name_key("가상"));
        assert_eq!(name_key(" 스\u{200b}레드 "), "스레드");
        assert_eq!(name_key("ÉTÉ"), "été");
    }
}
