//! The development server answers as the servers do that a site is published on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use common::Site;

/// A server that ends with the test.
struct Server {
    process: Child,
    host: String,
}

impl Server {
    fn of(site: &Site) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_seoga"))
            .args(["serve", "--port", "18931", "--root", site.root().to_str().unwrap()])
            .env("SEOGA_LANG", "en")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let host = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split('/').next().unwrap().to_owned())
        });
        Self { process, host: host.unwrap() }
    }

    /// Status, headers and body.
    fn ask(&self, method: &str, address: &str, headers: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(stream, "{method} {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, answer[end + 4..].to_vec())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn pages_folders_files_and_what_is_not_there() {
    let video: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let site =
        Site::of(&[("content/index.md", "# 서가\n"), ("content/데이터/캐시.md", "---\ntags: [가]\n---\n\n# 캐시\n")]);
    site.add("content/영상.mp4", &video);
    let server = Server::of(&site);

    let (status, head, body) = server.ask("GET", "/?a=b", "");
    assert_eq!(status, 200);
    assert!(head.contains("Content-Type: text/html; charset=utf-8"), "{head}");
    let page = String::from_utf8(body).unwrap();
    assert!(page.contains("서가") && !page.contains("offline.js"));
    // What a browser keeps of another site at this address goes.
    let (status, head, body) = server.ask("GET", "/service-worker.js", "");
    assert_eq!(status, 200);
    assert!(head.contains("Content-Type: text/javascript"), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("unregister()"));

    let (status, _, empty) = server.ask("HEAD", "/?a=b", "");
    assert_eq!((status, empty.len()), (200, 0));
    let (status, head, _) = server.ask("POST", "/", "Content-Length: 0\r\n");
    assert_eq!(status, 405);
    assert!(head.contains("Allow: GET, HEAD"), "{head}");

    for (address, location) in [
        ("/tags", "/tags/"),
        ("/tags?x=1", "/tags/?x=1"),
        ("/%EB%8D%B0%EC%9D%B4%ED%84%B0", "/%EB%8D%B0%EC%9D%B4%ED%84%B0/"),
    ] {
        let (status, head, _) = server.ask("GET", address, "");
        assert_eq!(status, 301, "{address}");
        assert!(head.contains(&format!("Location: {location}\r\n")), "{head}");
        assert_eq!(server.ask("GET", location, "").0, 200);
    }

    let (status, _, body) = server.ask("GET", "/data/deep/nothing.html", "");
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, 404);
    assert!(body.contains("찾는 쪽이 없습니다"), "{body}");
    assert!(body.contains("<base href=\"/\">"), "its style sheet is found from any depth");

    let address = "/%EC%98%81%EC%83%81.mp4";
    let (status, head, body) = server.ask("GET", address, "");
    assert_eq!((status, body == video), (200, true));
    assert!(head.contains("Content-Type: video/mp4") && head.contains("Content-Length: 100000"), "{head}");
    let (status, head, body) = server.ask("GET", address, "Range: bytes=99000-\r\n");
    assert_eq!((status, &body[..]), (206, &video[99_000..]));
    assert!(head.contains("Content-Range: bytes 99000-99999/100000"), "{head}");
    assert_eq!(server.ask("GET", address, "Range: bytes=100000-\r\n").0, 416);
}

#[cfg(unix)]
#[test]
fn a_server_that_is_ended_takes_its_folder_along() {
    let site = Site::of(&[("글.md", "# 글\n")]);
    let temporary = tempfile::tempdir().unwrap();
    let mut process = Command::new(env!("CARGO_BIN_EXE_seoga"))
        .args(["serve", "--port", "18951", "--root", site.root().to_str().unwrap()])
        .env("TMPDIR", temporary.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("http://")));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 1);
    Command::new("kill").args(["-INT", &process.id().to_string()]).status().unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(0));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
