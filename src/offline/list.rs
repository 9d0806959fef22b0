//! The list of a site's files.
//!
//! ```text
//! {"version":"9f0c2b1d","words":"오프라인에서도 읽을 수 있습니다","kept":[
//! "1a2b3c4d 404.html",
//! "5e6f7a8b 네트워크/로드 밸런서.html"
//! ],"larger":[
//! "90817263 2097152 그림/구조.png"
//! ]}
//! ```
//!
//! Checksum (CRC-32, of a larger file with its size) and path, in the order of the paths; the version is the checksum of
//! all of it. A checksum is to tell one version of a file from another, not to withstand anybody, so that 32 bits do; a
//! longer one would be most of the list, because it is what packs worst.
//!
//! A phone should not fetch two gigabytes of films for one page. Everything that seoga makes (pages, search index, the
//! theme) is kept from the beginning. Of what is copied, files up to [`SMALL`] are, the site's own `static/` first and
//! then the smallest, until they come to [`ALL_SMALL`]. The others are kept once a reader has looked at them, and files
//! above [`LARGEST_CHECKED`](crate::publish::LARGEST_CHECKED) not at all.

use std::collections::BTreeMap;

use crate::publish::Written;

/// Bytes of a copied file that is kept from the beginning.
const SMALL: u64 = 1 << 20;
/// Bytes of all of them.
const ALL_SMALL: u64 = 50 << 20;

/// The lines of the list.
#[derive(Debug, Default)]
pub struct List {
    kept: Vec<String>,
    larger: Vec<String>,
    paths: Vec<String>,
}

impl List {
    /// Hidden files are no part of what readers see, and the worker is what reads the list.
    pub fn of(written: &BTreeMap<String, Written>) -> Self {
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let checked = written.iter().filter_map(|(path, file)| Some((path.as_str(), file, file.checksum?)));
        let mut checked: Vec<_> =
            checked.filter(|(path, ..)| !is_hidden(path) && ![super::WORKER, super::LIST].contains(path)).collect();
        checked.sort_by_key(|(path, file, _)| {
            let size = if file.is_copy { file.size } else { 0 };
            (file.is_copy, !path.starts_with("static/"), size, *path)
        });
        let paths = checked.iter().map(|(path, ..)| (*path).to_owned()).collect();
        let mut room = ALL_SMALL;
        let (mut kept, mut larger) = (Vec::new(), Vec::new());
        for (path, file, checksum) in checked {
            if !file.is_copy {
                kept.push((path, format!("{checksum:08x} {path}")));
            } else if file.size <= SMALL.min(room) {
                room -= file.size;
                kept.push((path, format!("{checksum:08x} {path}")));
            } else {
                larger.push((path, format!("{checksum:08x} {} {path}", file.size)));
            }
        }
        let in_order = |mut lines: Vec<(&str, String)>| {
            lines.sort();
            lines.into_iter().map(|(_, line)| line).collect()
        };
        Self { kept: in_order(kept), larger: in_order(larger), paths }
    }

    /// The paths alone, as JSON: what the list tells a reader of the source.
    pub fn paths(&self) -> String {
        serde_json::Value::from(self.paths.as_slice()).to_string()
    }

    /// The file's text; `words` tell a reader that the site is kept.
    pub fn text(&self, words: &str) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let lines = |lines: &[String]| lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(",\n");
        let (words, kept, larger) = (quoted(words), lines(&self.kept), lines(&self.larger));
        let rest = format!("\"words\":{words},\"kept\":[\n{kept}\n],\"larger\":[\n{larger}\n]}}\n");
        format!("{{\"version\":\"{:08x}\",{rest}", crc32fast::hash(rest.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(size: u64) -> Written {
        Written { size, checksum: Some(7), is_copy: true }
    }

    fn paths(lines: &[String]) -> Vec<&str> {
        lines.iter().filter_map(|line| line.rsplit_once(' ')).map(|(_, path)| path).collect()
    }

    #[test]
    fn what_is_made_is_kept_whatever_its_size() {
        let made = Written { size: 300 << 20, checksum: Some(0x1a2b), is_copy: false };
        let written =
            ["a.html", ".nojekyll", "글/.x/b", "offline.json", "service-worker.js"].map(|path| (path.to_owned(), made));
        let list = List::of(&written.into());
        assert_eq!(list.kept, ["00001a2b a.html"]);
        assert!(list.larger.is_empty());
    }

    #[test]
    fn large_copies_wait_until_they_are_looked_at() {
        let large = [("film.mp4", SMALL + 1), ("small.png", SMALL), ("z.txt", 3)];
        let mut written: BTreeMap<_, _> =
            large.into_iter().map(|(path, size)| (path.to_owned(), copied(size))).collect();
        written.insert("huge.mp4".to_owned(), Written { checksum: None, ..copied(2 << 30) });
        let list = List::of(&written);
        assert_eq!(paths(&list.kept), ["small.png", "z.txt"]);
        assert_eq!(list.larger, ["00000007 1048577 film.mp4"]);
    }

    #[test]
    fn of_many_copies_the_sites_own_style_and_the_smallest_are_kept() {
        let mut written: BTreeMap<_, _> = (0..60).map(|n| (format!("{n:02}.png"), copied(SMALL - n))).collect();
        written.insert("static/font.woff2".to_owned(), copied(SMALL));
        let list = List::of(&written);
        assert!(paths(&list.kept).contains(&"static/font.woff2"));
        assert!(paths(&list.kept).contains(&"59.png") && paths(&list.larger).contains(&"00.png"));
        assert_eq!((list.kept.len(), list.larger.len()), (50, 11));
    }

    #[test]
    fn the_version_follows_the_files() {
        let text = |checksum| {
            let written = Written { size: 1, checksum: Some(checksum), is_copy: false };
            List::of(&BTreeMap::from([("가 \"나\".html".to_owned(), written)])).text("말")
        };
        let one: serde_json::Value = serde_json::from_str(&text(1)).unwrap();
        let two: serde_json::Value = serde_json::from_str(&text(2)).unwrap();
        assert_eq!(one["kept"][0], "00000001 가 \"나\".html");
        assert_ne!(one["version"], two["version"]);
        assert_eq!(text(1), text(1));
    }
}
