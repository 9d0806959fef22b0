//! The search where something is missing, damaged, mixed up, switched off or slow: the reader is told what happened, in
//! the page's language, and is never left waiting.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;
#[path = "common/search_box.rs"]
mod search_box;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use browser::{Browser, Kind};
use common::server::{Answer, Server};
use common::{Site, files};
use tempfile::TempDir;
use url::Url;

/// The same notes, once for readers of Korean and once of English.
static KOREAN: LazyLock<Site> = LazyLock::new(|| built("ko"));
static ENGLISH: LazyLock<Site> = LazyLock::new(|| built("en"));

fn built(language: &str) -> Site {
    let site = Site::own_content();
    // What a worker has kept would hide what is broken.
    site.add("site.yaml", format!("title: 서가\nlanguage: {language}\noffline: false\n"));
    site.built();
    site
}

/// Words whose answer needs blocks.
const QUERY: &str = "벌크헤드를";

type Files = BTreeMap<String, Vec<u8>>;

/// A published site that can be broken and put right again, read from the disk or over HTTP.
struct Shelf {
    folder: TempDir,
    whole: Files,
    server: Option<Server>,
}

impl Shelf {
    fn on_disk(site: &Site) -> Self {
        let shelf = Self { folder: TempDir::new().unwrap(), whole: site.files(), server: None };
        shelf.put(&shelf.whole);
        shelf
    }

    fn over_http(site: &Site) -> Self {
        let mut shelf = Self::on_disk(site);
        let server = Server::of(Files::new());
        let folder = shelf.folder.path().to_owned();
        server.deploy(move |path| file(&folder, path));
        shelf.server = Some(server);
        shelf
    }

    fn put(&self, wanted: &Files) {
        for (path, bytes) in wanted {
            let file = self.folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }

    fn mend(&self) {
        self.put(&self.whole);
    }

    fn url(&self, page: &str) -> String {
        match &self.server {
            Some(server) => server.url(page),
            None => format!("{}{page}", Url::from_directory_path(self.folder.path()).unwrap()),
        }
    }

    /// Changes scripts whose path starts so; without a result they are gone.
    fn change(&self, start: &str, change: impl Fn(&str) -> Option<String>) {
        let mut changed = 0;
        for (path, bytes) in files(self.folder.path()) {
            if !path.starts_with(start) {
                continue;
            }
            changed += 1;
            let file = self.folder.path().join(path);
            match change(std::str::from_utf8(&bytes).unwrap()) {
                Some(text) => std::fs::write(file, text).unwrap(),
                None => std::fs::remove_file(file).unwrap(),
            }
        }
        assert!(changed > 0, "{start}");
    }
}

const BLOCKS: &str = "search-index/0/";

/// Some letters of the packed bytes are others.
fn flipped(script: &str) -> Option<String> {
    let (head, packed) = script.split_at(script.rfind(",\"").or(script.find('"')).unwrap() + 2);
    let middle = packed.len() / 2;
    let other = |letter: char| if letter == 'A' { 'B' } else { 'A' };
    let damaged = packed.char_indices().map(|(at, letter)| {
        if (middle..middle + 6).contains(&at) && letter.is_ascii_alphanumeric() { other(letter) } else { letter }
    });
    Some(format!("{head}{}", damaged.collect::<String>()))
}

struct Breakage {
    what: &'static str,
    happens: fn(&Shelf),
    korean: &'static str,
    english: &'static str,
    /// Whether asking again helps once the site has been put right.
    again: bool,
}

const BREAKAGES: &[Breakage] = &[
    Breakage {
        what: "the blocks are missing",
        happens: |shelf| shelf.change(BLOCKS, |_| None),
        korean: "검색 색인의 일부를 불러오지 못했습니다: search-index/0/",
        english: "A part of the search index could not be loaded: search-index/0/",
        again: true,
    },
    Breakage {
        what: "the blocks are damaged",
        happens: |shelf| shelf.change(BLOCKS, flipped),
        korean: "검색 색인의 일부가 깨져 있습니다: search-index/0/",
        english: "A part of the search index is damaged: search-index/0/",
        again: true,
    },
    Breakage {
        what: "the blocks break off",
        happens: |shelf| shelf.change(BLOCKS, |script| Some(script[..script.len() / 2].to_owned())),
        korean: "검색 색인의 일부가 깨져 있습니다: search-index/0/",
        english: "A part of the search index is damaged: search-index/0/",
        again: true,
    },
    Breakage {
        what: "the blocks are of another build",
        happens: |shelf| {
            let other = Site::own_content();
            other.add("content/새 노트.md", "# 새 노트\n\n그 사이에 쓴 글\n");
            other.built();
            let blocks = other.files().into_iter().filter(|(path, _)| path.starts_with(BLOCKS));
            shelf.put(&blocks.collect());
        },
        korean: "보고 있는 사이에 사이트가 새로 올라왔습니다",
        english: "The site was updated while you were reading",
        again: false,
    },
    Breakage {
        what: "there is no index",
        happens: |shelf| shelf.change("search-index/index.js", |_| None),
        korean: "불러오지 못했습니다: search-index/index.js",
        english: "could not be loaded: search-index/index.js",
        again: true,
    },
    Breakage {
        what: "the opening block is damaged",
        happens: |shelf| shelf.change("search-index/index.js", flipped),
        korean: "검색 색인의 일부가 깨져 있습니다: search-index/index.js",
        english: "A part of the search index is damaged: search-index/index.js",
        again: true,
    },
    Breakage {
        what: "the engine is of another version",
        happens: |shelf| {
            shelf.change("static/engine.js", |script| {
                Some(script.replacen("seogaEngineModule(", "seogaEngineModule(9", 1))
            });
        },
        korean: "보고 있는 사이에 사이트가 새로 올라왔습니다",
        english: "The site was updated while you were reading",
        again: false,
    },
    Breakage {
        what: "the engine is missing",
        happens: |shelf| shelf.change("static/engine.js", |_| None),
        korean: "불러오지 못했습니다: static/engine.js",
        english: "could not be loaded: static/engine.js",
        again: true,
    },
    Breakage {
        what: "the engine is damaged",
        happens: |shelf| shelf.change("static/engine.js", flipped),
        korean: "깨져 있습니다: static/engine.js",
        english: "is damaged: static/engine.js",
        again: true,
    },
    Breakage {
        what: "what loads the engine is missing",
        happens: |shelf| shelf.change("static/search-engine.js", |_| None),
        korean: "검색 파일을 불러오지 못했습니다: static/search-engine.js",
        english: "A file of the search could not be loaded: static/search-engine.js",
        again: true,
    },
];

/// Nothing moves any more that would say: wait.
async fn assert_at_rest(browser: &Browser, what: &str) {
    let moving = "!document.querySelector('.search-progress').hidden || document.querySelector('.search-body').classList.contains('waiting')";
    assert_eq!(browser.value(moving).await, false, "{what}");
}

async fn told(browser: &Browser, shelf: impl Fn() -> Shelf, is_korean: bool) {
    for breakage in BREAKAGES {
        // Another address each time: what the browser has kept of one must not help another.
        let shelf = shelf();
        let Breakage { what, korean, english, .. } = breakage;
        eprintln!("{:?}, {}: {what}", browser.kind, shelf.url(""));
        (breakage.happens)(&shelf);
        browser.visit(&shelf.url("index.html")).await;
        browser.open_search().await;
        browser.wait_for("document.querySelector('.search-panel') !== null").await;
        browser.ask(QUERY).await;
        let said = browser.fault().await;
        assert!(said.contains(if is_korean { korean } else { english }), "{what}: {said}");
        assert_at_rest(browser, what).await;
        let spoken = browser.text("document.querySelector('.search-body [role=status]').textContent").await;
        assert_eq!(spoken, said, "{what}");

        shelf.mend();
        let button = "document.querySelector('.search-panel .search-retry')?.textContent ?? ''";
        let label = browser.text(button).await;
        if breakage.again {
            assert_eq!(label, if is_korean { "다시 해 보기" } else { "Try again" }, "{what}");
            browser.click(".search-retry").await;
            browser.wait_for("document.querySelector('.search-heading')?.textContent === '벌크헤드'").await;
        } else {
            assert_eq!(label, if is_korean { "새로 고침" } else { "Reload" }, "{what}");
            browser.value("void (window.old = true)").await;
            browser.click(".search-retry").await;
            browser.wait_for("window.old === undefined && document.readyState === 'complete'").await;
            browser.open_search().await;
            browser.wait_for("document.querySelector('.search-panel') !== null").await;
            assert!(!browser.ask(QUERY).await.is_empty(), "{what}");
        }
    }
}

/// Each way in one place and one language.
fn told_in(kind: Kind) {
    Browser::run_in(kind, |browser| async move {
        told(&browser, || Shelf::on_disk(&KOREAN), true).await;
        told(&browser, || Shelf::over_http(&ENGLISH), false).await;
        engine_stops(&browser, &Shelf::on_disk(&KOREAN)).await;
        too_old(&browser, &Shelf::on_disk(&ENGLISH)).await;
        nothing_to_draw_with(&browser, &Shelf::on_disk(&KOREAN)).await;
    });
}

#[test]
fn readers_of_chromium_are_told_what_is_broken() {
    told_in(Kind::Chromium);
}

#[test]
fn readers_of_firefox_are_told_what_is_broken() {
    told_in(Kind::Firefox);
}

/// A fault of the engine itself, which no query is known to bring about.
async fn engine_stops(browser: &Browser, shelf: &Shelf) {
    browser.visit(&shelf.url("index.html")).await;
    let stops = r"
        const own = window.WebAssembly;
        const instantiate = own.instantiate;
        own.instantiate = (...given) => instantiate(...given).then(made => {
            const search = (...given) => window.stops ? made.exports.search(-1, -1, -1, -1) : made.exports.search(...given);
            return { exports: { ...made.exports, search } };
        });
        window.stops = true;";
    browser.client.execute(stops, Vec::new()).await.unwrap();
    browser.open_search().await;
    browser.wait_for("document.querySelector('.search-panel') !== null").await;
    browser.ask(QUERY).await;
    let said = browser.fault().await;
    assert!(said.starts_with("찾다가 검색 엔진이 멈추었습니다("), "{said}");
    assert_at_rest(browser, &said).await;
    browser.value("void (window.stops = false)").await;
    assert!(!browser.ask("도커를").await.is_empty(), "the next query works");
}

async fn too_old(browser: &Browser, shelf: &Shelf) {
    browser.visit(&shelf.url("index.html")).await;
    browser.value("delete window.DecompressionStream").await;
    browser.open_search().await;
    // Told before anything is typed.
    assert!(browser.fault().await.starts_with("This browser is too old for the search."));
}

async fn nothing_to_draw_with(browser: &Browser, shelf: &Shelf) {
    shelf.change("static/search-view.js", |_| None);
    browser.visit(&shelf.url("index.html")).await;
    browser.open_search().await;
    browser.wait_for("document.querySelector('.search-body').textContent !== ''").await;
    let said = browser.text("document.querySelector('.search-body').textContent").await;
    assert!(said.starts_with("검색 파일을 불러오지 못했습니다."), "{said}");
    shelf.mend();
    browser.press_key(fantoccini::key::Key::Escape).await;
    browser.wait_for("document.querySelector('dialog.search-dialog').open === false").await;
    browser.open_search().await;
    browser.wait_for("document.querySelector('.search-panel') !== null").await;
    assert!(!browser.ask(QUERY).await.is_empty());
}

#[test]
fn readers_without_webassembly_are_told_so() {
    let (korean, english) = (Shelf::on_disk(&KOREAN), Shelf::over_http(&ENGLISH));
    for kind in [Kind::Chromium, Kind::Firefox] {
        let (korean, english) = (&korean, &english);
        Browser::run_without_webassembly(kind, |browser| async move {
            browser.visit(&korean.url("index.html")).await;
            browser.open_search().await;
            assert!(browser.fault().await.contains("WebAssembly가 꺼져 있어 검색할 수 없습니다"), "{kind:?}");
            browser.visit(&english.url("search.html?q=docker")).await;
            assert!(browser.fault().await.contains("needs WebAssembly, which is switched off"), "{kind:?}");
            assert_at_rest(&browser, "switched off").await;
        });
    }
}

#[test]
fn a_reader_who_waits_long_is_told_so_and_may_ask_again() {
    let shelf = Shelf::over_http(&KOREAN);
    let server = shelf.server.as_ref().unwrap();
    let folder = shelf.folder.path().to_owned();
    server.deploy(move |path| if path.starts_with(BLOCKS) { Answer::Silence } else { file(&folder, path) });
    Browser::run(|browser| async move {
        browser.visit(&shelf.url("index.html")).await;
        browser.open_search().await;
        browser.type_keys(QUERY).await;
        browser.wait_for("!document.querySelector('.search-progress').hidden").await;
        assert_eq!(
            browser.text("document.querySelector('.search-meta').textContent").await,
            "검색을 준비하고 있습니다"
        );
        let start = Instant::now();
        browser.wait_long("document.querySelector('.search-fault') !== null").await;
        assert!(start.elapsed().as_secs() < 25, "{:?}", start.elapsed());
        // It may come yet: a slow line is still loading.
        assert_eq!(browser.fault().await, "오래 걸리고 있습니다. 네트워크가 느리거나 끊겼을 수 있습니다.");
        let folder = shelf.folder.path().to_owned();
        shelf.server.as_ref().unwrap().deploy(move |path| file(&folder, path));
        browser.click(".search-retry").await;
        browser.wait_for("document.querySelector('.search-heading')?.textContent === '벌크헤드'").await;
    });
}

fn file(folder: &Path, path: &str) -> Answer {
    std::fs::read(folder.join(path)).map_or(Answer::Nothing, Answer::File)
}
