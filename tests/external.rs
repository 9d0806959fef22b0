//! `check --external` asks other sites whether links open: once each, politely, and only when told to. The other sites
//! are a server of the test's own on this machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::{Program, Site};
use seoga::build::{self, Unwatched};
use seoga::diagnostics::Diagnostic;
use seoga::external::{Options, Report, check};
use tiny_http::{Header, Method, Response, Server, StatusCode};

/// What was asked, in order.
#[derive(Clone, Debug)]
struct Asked {
    method: Method,
    path: String,
    agent: String,
    at: Instant,
    /// Requests that were being answered when this one came.
    beside: usize,
}

/// Somebody else's server.
struct Elsewhere {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    server: Arc<Server>,
}

impl Elsewhere {
    fn new() -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let address = format!("http://{}", server.server_addr());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let answering = Arc::new(Mutex::new(0_usize));
        for _ in 0..3 {
            let (server, asked, answering) = (Arc::clone(&server), Arc::clone(&asked), Arc::clone(&answering));
            std::thread::spawn(move || {
                for request in server.incoming_requests() {
                    let beside = {
                        let mut answering = answering.lock().unwrap();
                        *answering += 1;
                        *answering - 1
                    };
                    let agent = request.headers().iter().find(|header| header.field.equiv("User-Agent"));
                    asked.lock().unwrap().push(Asked {
                        method: request.method().clone(),
                        path: request.url().to_owned(),
                        agent: agent.map(|header| header.value.to_string()).unwrap_or_default(),
                        at: Instant::now(),
                        beside,
                    });
                    answer(request);
                    *answering.lock().unwrap() -= 1;
                }
            });
        }
        Self { address, asked, server }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// `HEAD /a`, `GET /b`.
    fn requests(&self) -> Vec<String> {
        self.asked().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

fn answer(request: tiny_http::Request) {
    let head = *request.method() == Method::Head;
    let to = |path: &str| Header::from_bytes("Location", path).unwrap();
    let (status, location) = match request.url() {
        "/gone" => (404, None),
        "/no-head" if head => (405, None),
        "/head-lies" if head => (404, None),
        "/moved" => (301, Some("/new")),
        "/moved-twice" => (308, Some("moved")),
        "/for-now" => (302, Some("/new")),
        "/round" => (302, Some("/round")),
        "/private" => (403, None),
        "/busy" => (429, None),
        "/failed" => (500, None),
        "/slow" => {
            std::thread::sleep(Duration::from_millis(900));
            (200, None)
        }
        "/a-while" => {
            std::thread::sleep(Duration::from_millis(50));
            (200, None)
        }
        _ => (200, None),
    };
    let mut response = Response::from_string("").with_status_code(StatusCode(status));
    if let Some(path) = location {
        response.add_header(to(path));
    }
    // Who asked may have lost patience.
    let _ = request.respond(response);
}

fn quick(cache: Option<PathBuf>) -> Options {
    Options { cache, patience: Duration::from_millis(500), pause: Duration::from_millis(20), local: true }
}

fn checked(site: &Site, options: &Options) -> Report {
    let site = build::Site::load(&build::Options::new(site.root()), &Unwatched).unwrap();
    check(&site.library, options, &Unwatched)
}

/// `line:column code`.
fn places(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(|fault| format!("{}:{} {}", fault.position.line, fault.position.column, fault.code)).collect()
}

#[test]
fn links_that_do_not_open_are_told_where_they_are_written() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let note = format!(
        "# 모음\n\n열리는 [글]({at}/글)과 없는 [글]({at}/gone#절).\n\n| 표 |\n| --- |\n| <{at}/gone> |\n\n\
         ![그림]({at}/failed)\n\n[[모음]] [로그인]({at}/private) [HEAD를 모름]({at}/no-head) [거짓]({at}/head-lies)\n\n\
         <a href=\"{at}/slow\">느림</a>\n\n[돈다]({at}/round)\n\n`{at}/code` [이 기계](http://localhost:1/)\n"
    );
    let site = Site::of(&[("content/모음.md", &note)]);
    let report = checked(&site, &Options { patience: Duration::from_millis(400), ..quick(None) });
    let lines: Vec<usize> = report.diagnostics.iter().map(|fault| fault.position.line).collect();
    assert_eq!(lines, [3, 7, 9, 13, 15, 17], "{:#?}", report.diagnostics);
    assert!(report.diagnostics.iter().all(|fault| fault.code == "dead-link"));
    let said: Vec<&str> = report.diagnostics.iter().map(|fault| fault.message.korean.as_str()).collect();
    for (message, part) in said.iter().zip([
        "그런 쪽이 없다고 합니다(404)",
        "그런 쪽이 없다고 합니다(404)",
        "서버에 오류가 있다고 합니다(500)",
        "제때 답하지 않습니다",
        "끝없이 보냅니다",
        "연결을 받지 않습니다",
    ]) {
        assert!(message.contains(part), "{message}");
    }
    assert_eq!((report.unchecked, report.offline), (1, false), "what wants a login is neither good nor bad");
    let requests = elsewhere.requests();
    assert_eq!(requests.iter().filter(|request| *request == "HEAD /gone").count(), 1, "{requests:?}");
    assert!(requests.contains(&"GET /no-head".to_owned()), "{requests:?}");
    assert!(!requests.iter().any(|request| request.contains("/code")), "{requests:?}");
    assert!(
        elsewhere.asked().iter().all(|asked| asked.agent.starts_with("seoga/") && asked.agent.contains("link check"))
    );
}

#[test]
fn what_has_moved_for_good_is_told_with_its_new_address() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let note = format!("# 모음\n\n[하나]({at}/moved)\n\n[둘]({at}/moved-twice)\n\n[잠깐]({at}/for-now)\n");
    let site = Site::of(&[("content/모음.md", &note)]);
    let report = checked(&site, &quick(None));
    assert_eq!(places(&report.diagnostics), ["3:1 moved-link", "5:1 moved-link"]);
    for fault in &report.diagnostics {
        assert_eq!(fault.hint.as_ref().unwrap().korean, format!("새 주소: `{at}/new`"));
    }
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let links: String = (0..8).map(|number| format!("[글]({at}/a-while?{number})\n")).collect();
    let site = Site::of(&[("content/모음.md", &links)]);
    let pause = Duration::from_millis(60);
    checked(&site, &Options { pause, ..quick(None) });
    let asked = elsewhere.asked();
    assert_eq!(asked.len(), 8);
    assert!(asked.iter().all(|asked| asked.beside == 0), "{asked:?}");
    for (one, next) in asked.iter().zip(asked.iter().skip(1)) {
        assert!(next.at - one.at >= pause, "{:?}", next.at - one.at);
    }
}

#[test]
fn a_host_that_asks_for_patience_is_left_alone() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let site = Site::of(&[("content/모음.md", &format!("[가]({at}/a)\n[나]({at}/busy)\n[다]({at}/c)\n"))]);
    let report = checked(&site, &quick(None));
    assert_eq!(places(&report.diagnostics), [""; 0]);
    assert_eq!((report.addresses, report.unchecked), (3, 2));
    assert_eq!(elsewhere.requests(), ["HEAD /a", "HEAD /busy"]);
}

#[test]
fn answers_are_remembered() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let note = format!("[가]({at}/a)\n[나]({at}/gone)\n[다]({at}/moved)\n");
    let site = Site::of(&[("content/모음.md", &note)]);
    let folder = Site::empty();
    let options = quick(Some(folder.path("cache/links.json")));
    let first = checked(&site, &options);
    let asked = elsewhere.asked().len();
    let second = checked(&site, &options);
    assert_eq!(elsewhere.asked().len(), asked, "nothing is asked twice");
    assert_eq!(places(&second.diagnostics), ["2:1 dead-link", "3:1 moved-link"]);
    assert_eq!(first.diagnostics, second.diagnostics);
}

#[test]
fn nothing_is_asked_unless_told_to() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let site = Site::of(&[("content/모음.md", &format!("# 모음\n\n[가]({at}/gone)\n"))]);
    let cache = Site::empty();
    let run = |arguments: &[&str]| {
        let root = site.root().to_str().unwrap();
        Program::new(arguments)
            .arguments(&["--root", root])
            .env("XDG_CACHE_HOME", cache.root().to_str().unwrap())
            .env("SEOGA_CHECK_LOCAL", "1")
            .run()
    };
    for arguments in [&["check"][..], &["check", "--strict"], &["build"]] {
        assert_eq!(run(arguments).code, 0, "{arguments:?}");
    }
    assert_eq!(elsewhere.requests(), [""; 0]);
    assert!(!cache.path("seoga/links.json").exists());
    let told = run(&["check", "--external", "--strict"]);
    assert_eq!(told.code, 1, "{told}");
    assert!(told.stderr.starts_with("content/모음.md:3:1: warning[dead-link]: "), "{told}");
    assert!(told.stdout.starts_with("바깥 주소 1개"), "{told}");
    assert!(cache.path("seoga/links.json").exists());
}

#[test]
fn without_a_network_nothing_is_said_of_links() {
    let links = "[가](http://no-such-host-1.invalid/)\n[나](http://no-such-host-2.invalid/)\n";
    let site = Site::of(&[("content/모음.md", links)]);
    let report = checked(&site, &quick(None));
    assert!(report.offline);
    assert_eq!(places(&report.diagnostics), [""; 0]);
}
