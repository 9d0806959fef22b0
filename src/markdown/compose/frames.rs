//! Pages of other sites inside a note: shown where the site allows their host, else linked.

use std::ops::Range;

use super::Composer;
use crate::markdown::html::escape_into;
use crate::markdown::{Hole, ReferenceKind};
use crate::text;

impl Composer<'_> {
    /// Whether pages of the host of an address may be shown.
    pub(super) fn may_frame(&self, address: &str) -> bool {
        // A user name or port would make the host another one than it seems.
        host(address).is_some_and(|host| self.options.iframe_hosts.contains(&host.to_lowercase()))
    }

    /// A link in the place of a page that may not be shown. `span` is in the text.
    pub(super) fn linked_frame(&mut self, address: &str, words: &str, span: &Range<usize>) {
        let (place, offset) = (self.in_file(span), span.start);
        self.open_anchor(ReferenceKind::Link, address.to_owned(), "", place);
        escape_into(&mut self.out, words);
        self.plain(words);
        self.end_link_text();
        self.out.push_str("</a>");
        let Some(host) = host(address).filter(|_| !self.options.unsafe_html) else { return };
        let message =
            text!("`{host}`의 쪽은 그 자리에 보이지 않고 링크로 보입니다", "a page of `{host}` is shown as a link");
        // Once a host: a list of fifty films is mended by one line of configuration.
        if self.document.diagnostics.iter().any(|told| told.message == message) {
            return;
        }
        self.warn("frame-linked", offset, message);
        if let Some(told) = self.document.diagnostics.last_mut() {
            told.hint = Some(text!(
                "보이려면 `site.yaml`에 `iframe_hosts: [{host}]`를 적으세요",
                "to show it, write `iframe_hosts: [{host}]` in `site.yaml`"
            ));
        }
    }

    /// `![제목](https://youtu.be/…)`, which Obsidian shows as a film; `false` when it is no film's page.
    pub(super) fn film(&mut self, address: &str, words: &str, span: &Range<usize>) -> bool {
        let Some(id) = youtube(address) else { return false };
        let page = format!("https://www.youtube.com/embed/{id}");
        if self.may_frame(&page) {
            self.hole(Hole::Frame { address: page, title: words.to_owned(), width: None, height: None });
            self.plain(words);
        } else {
            self.linked_frame(address, if words.is_empty() { address } else { words }, span);
        }
        true
    }
}

fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https:").or_else(|| address.strip_prefix("http:")).unwrap_or(address);
    rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// The id of the film that an address of YouTube shows.
fn youtube(address: &str) -> Option<&str> {
    let name = host(address)?;
    let (_, path) = address.split_once(name)?;
    let id = match name.trim_start_matches("www.").trim_start_matches("m.") {
        "youtu.be" => path.strip_prefix('/')?,
        "youtube.com" => match path.split_once("v=") {
            Some((before, id)) if before.starts_with("/watch?") && before.ends_with(['?', '&']) => id,
            _ => ["/embed/", "/shorts/", "/live/"].iter().find_map(|start| path.strip_prefix(start))?,
        },
        _ => return None,
    };
    let id = id.split(['?', '&', '#', '/']).next().unwrap_or_default();
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (plain && (6..=20).contains(&id.len())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::youtube;

    #[test]
    fn films_are_known_by_every_address_that_people_copy() {
        for address in [
            "https://www.youtube.com/watch?v=abcDEF12345&t=3s",
            "https://youtube.com/watch?app=desktop&v=abcDEF12345",
            "https://youtu.be/abcDEF12345?si=x",
            "https://m.youtube.com/shorts/abcDEF12345",
            "//www.youtube.com/embed/abcDEF12345",
        ] {
            assert_eq!(youtube(address), Some("abcDEF12345"), "{address}");
        }
        for address in ["https://www.youtube.com/@seoga", "https://example.com/watch?v=abcDEF12345", "글/watch?v=a"] {
            assert_eq!(youtube(address), None, "{address}");
        }
    }
}
