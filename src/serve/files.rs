//! Requests → files of the site, as the servers that sites are published on answer them.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use tiny_http::{Request, Response, StatusCode};

use super::{header, no_store};
use crate::address::decoded;
use crate::media::media_type;

/// Added to pages as they are served. Reading needs no script; reloading does.
const RELOAD_SCRIPT: &str = "<script>(function ask(v){fetch('/.seoga/version?since='+v).then(function(r){if(!r.ok)throw r;return r.text()}).then(function(n){if(v&&n!==v)location.reload();else ask(n)},function(){setTimeout(ask,1000,v)})})('')</script>";

/// The page for addresses that lead nowhere.
const NOT_FOUND: &str = "404.html";

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    /// A folder without the slash at the end, from which the links of its page would lead astray.
    Folder,
    Nothing,
}

/// Answers a request for `path`, which stands before `query` in its address.
pub fn answer(request: Request, site: &Path, path: &str, query: &str) -> io::Result<()> {
    let (file, status) = match find(site, path) {
        Found::File(file) => (file, 200),
        Found::Folder => {
            let response = Response::empty(301).with_header(header("Location", &folder_address(path, query))?);
            return request.respond(response.with_header(no_store()?));
        }
        Found::Nothing => (site.join(NOT_FOUND), 404),
    };
    let content_type = media_type(&file.to_string_lossy()).unwrap_or("application/octet-stream");
    if content_type.starts_with("text/html") {
        let Ok(page) = std::fs::read(&file) else { return request.respond(Response::empty(404)) };
        let page = if status == 404 { at_any_depth(page) } else { page };
        let response = Response::from_data(with_reload(page)).with_status_code(status);
        return request.respond(response.with_header(header("Content-Type", content_type)?).with_header(no_store()?));
    }
    let Ok(file) = File::open(&file) else { return request.respond(Response::empty(404)) };
    send(request, file, content_type)
}

/// Sends a file, or the part of it that was asked for: players jump about in a video.
fn send(request: Request, mut file: File, content_type: &str) -> io::Result<()> {
    let length = file.metadata()?.len();
    let mut headers = vec![header("Content-Type", content_type)?, header("Accept-Ranges", "bytes")?, no_store()?];
    let value = |name: &'static str| request.headers().iter().find(|header| header.field.equiv(name));
    // There are no versions that a condition could be about.
    let asked = value("Range").filter(|_| value("If-Range").is_none());
    let (status, part) = match asked.map(|asked| part(asked.value.as_str(), length)) {
        None | Some(Part::Whole) => (200, 0..length),
        Some(Part::Bytes(part)) => {
            let (first, last) = (part.start, part.end.saturating_sub(1));
            headers.push(header("Content-Range", &format!("bytes {first}-{last}/{length}"))?);
            (206, part)
        }
        Some(Part::Outside) => {
            let response = Response::empty(416);
            return request.respond(response.with_header(header("Content-Range", &format!("bytes */{length}"))?));
        }
    };
    file.seek(SeekFrom::Start(part.start))?;
    let size = part.end - part.start;
    let response = Response::new(StatusCode(status), headers, file.take(size), usize::try_from(size).ok(), None);
    // Players want to know the length beforehand.
    request.respond(response.with_chunked_threshold(usize::MAX))
}

/// What a `Range` asks for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Several parts, or something else than bytes: a server may always send the whole.
    Whole,
    Bytes(Range<u64>),
    Outside,
}

fn part(range: &str, length: u64) -> Part {
    let bounds = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let Some((first, last)) = bounds.map(|(first, last)| (first.trim(), last.trim())) else { return Part::Whole };
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.is_empty() => first..length,
        (Err(_), Ok(count)) if first.is_empty() => length.saturating_sub(count)..length,
        _ => return Part::Whole,
    };
    if part.is_empty() { Part::Outside } else { Part::Bytes(part) }
}

/// The file that an address names: the file itself, or the `index.html` of a folder. Nothing outside the site.
fn find(site: &Path, address: &str) -> Found {
    let path = decoded(address.split('#').next().unwrap_or_default());
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return Found::Nothing;
    }
    let file = site.join(relative);
    if !file.is_dir() {
        return if file.is_file() { Found::File(file) } else { Found::Nothing };
    }
    let index = file.join("index.html");
    match index.is_file() {
        true if path.ends_with('/') || path.is_empty() => Found::File(index),
        true => Found::Folder,
        false => Found::Nothing,
    }
}

/// The address of a folder, with its slash. Two slashes at the beginning would name another host.
fn folder_address(path: &str, query: &str) -> String {
    let mut address = format!("/{}/", path.trim_matches(['/', '\\']));
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    // Browsers encode what they send; a header takes nothing else.
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A page shown at addresses other than its own: its links still start from the site's root.
fn at_any_depth(mut page: Vec<u8>) -> Vec<u8> {
    let head = b"<head>";
    if let Some(at) = memchr::memmem::find(&page, head) {
        let at = at + head.len();
        page.splice(at..at, b"<base href=\"/\">".iter().copied());
    }
    page
}

fn with_reload(mut page: Vec<u8>) -> Vec<u8> {
    let end = memchr::memmem::rfind(&page, b"</body>").unwrap_or(page.len());
    page.splice(end..end, RELOAD_SCRIPT.bytes());
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_found() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert_eq!(find(&site, "/serve/mod.rs"), Found::File(site.join("serve/mod.rs")));
        for outside in ["/../Cargo.toml", "/serve/../../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd", "/없음"] {
            assert_eq!(find(&site, outside), Found::Nothing, "{outside}");
        }
    }

    #[test]
    fn a_folder_is_sent_to_with_its_slash_and_never_to_another_host() {
        assert_eq!(folder_address("/tags", ""), "/tags/");
        assert_eq!(folder_address("/%EB%8D%B0/a", "x=1&y"), "/%EB%8D%B0/a/?x=1&y");
        assert_eq!(folder_address("//evil.example", ""), "/evil.example/");
        assert_eq!(folder_address("/\\evil.example", ""), "/evil.example/");
        assert_eq!(folder_address("/데\r\nX: 1", ""), "/%EB%8D%B0%0D%0AX:%201/");
    }

    #[test]
    fn parts_of_a_file() {
        for (range, expected) in [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=8-", Part::Bytes(8..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=5-99", Part::Bytes(5..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=4-2", Part::Whole),
            ("lines=1-2", Part::Whole),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Outside);
    }
}
