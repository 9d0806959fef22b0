//! A link checker: reads every page of a finished site from the disk and follows everything that leads somewhere.
//!
//! It knows nothing of how seoga resolves links. What a browser could not open by double-click is a fault: an address
//! from the root of a server, a folder, a file or an id that is not there, and anything that loads from another host.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::html::{Element, elements};

/// Attributes that make a browser fetch something at once, not only when clicked.
const LOADED: [(&str, &str); 13] = [
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("input", "src"),
];

/// Everything wrong with the links of the site in a folder, one line each.
pub fn faults(site: &Path) -> Vec<String> {
    let files = super::files(site);
    let pages: BTreeMap<&str, Vec<Element>> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), elements(std::str::from_utf8(bytes).unwrap())))
        .collect();
    assert!(!pages.is_empty(), "a site without pages has no links to check");
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, elements)| (*path, elements.iter().filter_map(|e| e.attribute("id")).collect()))
        .collect();

    let mut faults = Vec::new();
    for (page, elements) in &pages {
        let with_id = elements.iter().filter(|element| element.attribute("id").is_some()).count();
        if with_id != ids[page].len() {
            faults.push(format!("{page}: an id is used twice"));
        }
        for (element, name, address) in addresses(elements) {
            let loaded = LOADED.contains(&(element.name.as_str(), name));
            let shown = format!("{page}: <{} {name}=\"{address}\">", element.name);
            if leaves_the_site(address) {
                // Feeds and the like may name the canonical address; nothing is fetched from it.
                let named_only = element.name == "link" && element.attribute("rel") == Some("canonical");
                if loaded && !named_only {
                    faults.push(format!("{shown}: loads from elsewhere"));
                }
            } else if let Err(fault) = follow(page, address, &files, &ids) {
                faults.push(format!("{shown}: {fault}"));
            }
        }
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = std::str::from_utf8(bytes).unwrap();
        if css.contains("://") || css.contains("@import") {
            faults.push(format!("{path}: loads from elsewhere"));
        }
    }
    faults
}

/// Every address in a page, with its element and attribute.
fn addresses(elements: &[Element]) -> Vec<(&Element, &str, &str)> {
    let mut found = Vec::new();
    for element in elements {
        for (name, value) in &element.attributes {
            match name.as_str() {
                "href" | "src" | "poster" | "data" | "action" | "formaction" => {
                    found.push((element, name.as_str(), value.as_str()))
                }
                "srcset" => {
                    let candidates = value.split(',').filter_map(|candidate| candidate.split_whitespace().next());
                    found.extend(candidates.map(|address| (element, name.as_str(), address)));
                }
                // `<meta http-equiv="refresh" content="0; url=…">`
                "content" if element.attribute("http-equiv") == Some("refresh") => {
                    found.extend(value.split_once("url=").map(|(_, address)| (element, name.as_str(), address)));
                }
                _ => {}
            }
        }
    }
    found
}

fn leaves_the_site(address: &str) -> bool {
    let scheme = address.split([':', '/', '?', '#']).next().unwrap_or_default();
    let has_scheme = address[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    has_scheme || address.starts_with("//")
}

fn follow(
    page: &str,
    address: &str,
    files: &BTreeMap<String, Vec<u8>>,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
) -> Result<(), String> {
    if address.is_empty() {
        return Err("leads nowhere".to_owned());
    }
    if address.starts_with('/') || address.contains('?') {
        return Err("works only on a server".to_owned());
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
    let path = percent_decoded(path)?;
    let target = if path.is_empty() { page.to_owned() } else { resolved(page, &path)? };
    if !files.contains_key(&target) {
        return Err(format!("there is no file `{target}`"));
    }
    let Some(fragment) = fragment.map(percent_decoded).transpose()? else { return Ok(()) };
    match ids.get(target.as_str()) {
        Some(ids) if ids.contains(fragment.as_str()) => Ok(()),
        // A browser takes the empty fragment and `#top` for the top of the page.
        Some(_) if fragment.is_empty() || fragment == "top" => Ok(()),
        _ => Err(format!("`{target}` has no id `{fragment}`")),
    }
}

/// The file that a link on a page leads to; `None` when it leaves the site.
pub fn destination(page: &str, address: &str) -> Option<String> {
    let path = address.split('#').next().unwrap_or_default();
    if path.is_empty() || leaves_the_site(address) {
        return None;
    }
    resolved(page, &percent_decoded(path).ok()?).ok()
}

fn resolved(page: &str, path: &str) -> Result<String, String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop().ok_or_else(|| "leaves the site".to_owned())?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

pub fn percent_decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            bytes.push(byte.ok_or_else(|| format!("a lone percent sign in `{text}`"))?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).map_err(|_| format!("`{text}` is not UTF-8 when decoded"))
}
