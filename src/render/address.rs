//! Addresses as a page writes them: relative to itself, so that the site works from a disk and from any sub-path.

use crate::address::encoded;

/// The address of `to` on the page `from`; both are paths from the site's root, not encoded.
pub fn relative(from: &str, to: &str) -> String {
    let from_folders: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let folders = from_folders.len() - 1;
    let shared =
        from_folders[..folders].iter().zip(&to_parts[..to_parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(folders - shared);
    for (index, part) in to_parts[shared..].iter().enumerate() {
        if index > 0 {
            out.push('/');
        } else if out.is_empty() && part.contains(':') {
            // `C: 언어.html` would read as a scheme.
            out.push_str("./");
        }
        encode_into(&mut out, part);
    }
    out
}

/// `relative` with a fragment, which is an id of the page `to`. An id on the page itself is the fragment alone.
pub fn relative_with_id(from: &str, to: &str, id: Option<&str>) -> String {
    match id {
        None => relative(from, to),
        Some(id) => {
            let mut out = if from == to { String::new() } else { relative(from, to) };
            out.push('#');
            encode_into(&mut out, id);
            out
        }
    }
}

/// From a page to the site's root: empty or `../` some times.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// The absolute address of a page, for feeds, sitemap and canonical links; wholly percent-encoded. `index.html` is
/// left out, as a server leaves it out.
pub fn absolute(base_url: &str, path: &str) -> String {
    let path = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    format!("{base_url}{}", encoded(path))
}

/// Hangul and other letters stay readable; what would end or change an address, or leave its attribute, is encoded.
fn encode_into(out: &mut String, part: &str) {
    for c in part.chars() {
        match c {
            ' ' | '%' | '#' | '?' | '"' | '<' | '>' | '`' | '\\' | '^' | '{' | '}' | '|' | '[' | ']' | '\'' | '&' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c if c.is_control() || c.is_whitespace() => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_lead_from_page_to_page() {
        assert_eq!(relative("index.html", "네트워크/로드 밸런서.html"), "네트워크/로드%20밸런서.html");
        assert_eq!(relative("네트워크/a.html", "네트워크/b.html"), "b.html");
        assert_eq!(relative("네트워크/a.html", "index.html"), "../index.html");
        assert_eq!(relative("a/b/c.html", "a/d/e.html"), "../d/e.html");
        assert_eq!(relative("a/b.html", "a/b/c.html"), "b/c.html");
        assert_eq!(relative("index.html", "C: 언어.html"), "./C:%20언어.html");
        assert_eq!(relative("a.html", "C# & F#?.html"), "C%23%20%26%20F%23%3F.html");
        assert_eq!(root("a/b/c.html"), "../../");
    }

    #[test]
    fn an_id_on_the_same_page_is_a_fragment_only() {
        assert_eq!(relative_with_id("a.html", "a.html", Some("파드")), "#파드");
        assert_eq!(relative_with_id("a.html", "b.html", Some("파드")), "b.html#파드");
    }

    #[test]
    fn absolute_addresses_are_ascii() {
        assert_eq!(absolute("https://example.com/", "서버/index.html"), "https://example.com/%EC%84%9C%EB%B2%84/");
        assert_eq!(absolute("https://example.com/x/", "myindex.html"), "https://example.com/x/myindex.html");
    }
}
