//! Which addresses are somebody's, and what is asked of them.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// What to ask for a link's target: the address without its fragment. `None` for what is no web address, cannot be read
/// as one, or means no server that anybody runs for others.
pub fn read(target: &str, local: bool) -> Option<Url> {
    let target = target.trim();
    let whole = match target.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => target.to_owned(),
    };
    let mut url = Url::parse(&whole).ok()?;
    url.set_fragment(None);
    is_asked(&url, local).then_some(url)
}

/// Whether an address may be asked at all, also one that a redirect leads to.
pub fn is_asked(url: &Url, local: bool) -> bool {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.host() {
        None => false,
        _ if local => true,
        Some(Host::Domain(name)) => is_public_name(name),
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
    }
}

/// A name that DNS may know. The others are those that standards keep for examples and networks at home.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let (Some((above, top)), example) = (name.rsplit_once('.'), ["example.com", "example.org", "example.net"]) else {
        return false;
    };
    let reserved = ["localhost", "local", "test", "example", "invalid", "internal", "lan", "home", "onion"];
    let below = |domain: &&str| name.strip_suffix(*domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    !above.is_empty() && !reserved.contains(&top) && !example.iter().any(below)
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let shared = address.octets()[0] == 100 && address.octets()[1] & 0xC0 == 64;
    let local = address.is_loopback() || address.is_private() || address.is_link_local() || shared;
    let nobody = address.is_unspecified() || address.is_broadcast() || address.is_documentation();
    !(local || nobody || address.is_multicast() || address.octets()[0] == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(address) = address.to_ipv4_mapped() {
        return is_public_v4(address);
    }
    let documentation = address.segments()[0] == 0x2001 && address.segments()[1] == 0xDB8;
    let local = address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local();
    !(local || documentation || address.is_unspecified() || address.is_multicast())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str) -> Option<String> {
        read(target, false).map(String::from)
    }

    #[test]
    fn what_is_asked_has_no_fragment_and_is_written_for_machines() {
        assert_eq!(asked("https://doc.rust-lang.org/book/#끝").as_deref(), Some("https://doc.rust-lang.org/book/"));
        assert_eq!(
            asked("//ko.wikipedia.org/wiki/서가").as_deref(),
            Some("https://ko.wikipedia.org/wiki/%EC%84%9C%EA%B0%80")
        );
        assert_eq!(asked("http://한글.한국/").as_deref(), Some("http://xn--bj0bj06e.xn--3e0b707e/"));
    }

    #[test]
    fn nobodys_servers_are_left_alone() {
        for target in [
            "http://localhost:8080/",
            "http://app.localhost/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://[::1]:3000/",
            "http://[::ffff:10.0.0.1]/",
            "http://10.1.2.3/",
            "http://172.20.0.1/",
            "http://192.168.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://printer.local/",
            "http://jenkins/",
            "https://example.com/",
            "https://www.example.org/path",
            "https://api.example",
            "https://user:secret@host.kr/",
            "mailto:someone@host.kr",
            "ftp://host.kr/file",
            "https://",
            "그림.png",
        ] {
            assert_eq!(asked(target), None, "{target}");
        }
        assert!(asked("https://notexample.com/").is_some());
        assert!(asked("http://8.8.8.8/").is_some());
        assert!(read("http://127.0.0.1:1/", true).is_some());
    }
}
