//! The site is kept by the browser: read without a network, updated as a whole, cleared away when switched off.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use browser::Browser;
use common::server::{Answer, FOLDER, Server, deployed};
use common::{Site, link_check};
use serde_json::{Value, json};

/// Notes whose second version differs in a page, a page with links to it, and a file.
fn notes(words: &str) -> Site {
    let site = Site::of(&[
        ("content/index.md", "# 서가\n\n[[로드 밸런서]]\n"),
        ("content/네트워크/로드 밸런서.md", &format!("# 로드 밸런서\n\n{words} 나눈다.\n")),
        ("content/C# 100%.md", "# C#\n\n글\n"),
        ("static/words.txt", words),
    ]);
    site.add("content/소리.mp3", (0..=255).cycle().take(3000).collect::<Vec<u8>>());
    site.add("content/큰 그림.png", vec![b'a'; 1_500_000]);
    site.add("content/안 본 그림.png", vec![b'b'; 1_500_000]);
    site.built();
    site
}

impl Browser {
    /// The browser has all of the site.
    async fn wait_until_kept(&self) {
        self.wait_long("document.querySelector('.kept-offline') !== null").await;
    }

    /// The text of a file of the site, as a script of the page gets it.
    async fn fetched(&self, url: &str) -> String {
        let text = self.awaited(&format!("(await fetch('{url}')).text()")).await;
        text.as_str().unwrap().to_owned()
    }

    /// Ends every worker, as browsers do with idle ones.
    async fn stop_workers(&self) {
        for command in ["ServiceWorker.enable", "ServiceWorker.stopAllWorkers"] {
            self.devtools(command, json!({})).await;
        }
    }

    async fn page_says(&self, words: &str) -> bool {
        self.text("document.querySelector('main').innerText").await.contains(words)
    }

    /// The search of the page finds words as they were typed.
    async fn finds(&self, words: &str) -> bool {
        self.awaited(&format!("(await seoga.search('{words}')).hits.length > 0")).await == true
    }
}

/// Whether nothing of any site is kept any more.
const NOTHING_LEFT: &str =
    "(await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length === 0";

#[test]
fn the_list_names_every_file_with_its_checksum() {
    let site = notes("요청을");
    site.add("static/.숨은 파일", "x");
    site.built();
    let files = site.files();
    let list: Value = serde_json::from_slice(&files["offline.json"]).unwrap();
    assert_eq!(list["words"], "오프라인에서도 읽을 수 있습니다");
    let mut listed = BTreeMap::new();
    for line in list["kept"].as_array().unwrap() {
        let (checksum, path) = line.as_str().unwrap().split_once(' ').unwrap();
        listed.insert(path.to_owned(), u32::from_str_radix(checksum, 16).unwrap());
    }
    for line in list["larger"].as_array().unwrap() {
        let parts: Vec<&str> = line.as_str().unwrap().splitn(3, ' ').collect();
        assert_eq!(parts[1], "1500000");
        listed.insert(parts[2].to_owned(), u32::from_str_radix(parts[0], 16).unwrap());
    }
    let expected = files.iter().filter(|(path, _)| {
        !path.starts_with('.') && !path.contains("/.") && *path != "offline.json" && *path != "service-worker.js"
    });
    let expected: BTreeMap<String, u32> =
        expected.map(|(path, bytes)| (path.clone(), crc32fast::hash(bytes))).collect();
    assert_eq!(listed, expected);

    let manifest: Value = serde_json::from_slice(&files["manifest.webmanifest"]).unwrap();
    assert_eq!((&manifest["name"], &manifest["start_url"]), (&json!("서가"), &json!("index.html")));
    for icon in manifest["icons"].as_array().unwrap() {
        assert!(files.contains_key(icon["src"].as_str().unwrap()), "{icon}");
    }
}

#[test]
fn only_what_changed_is_listed_otherwise() {
    let lines = |site: &Site| -> Vec<String> {
        let list: Value = serde_json::from_str(&site.page("offline.json")).unwrap();
        list["kept"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    let (one, two) = (notes("요청을"), notes("부하를"));
    assert_eq!(one.page("service-worker.js"), two.page("service-worker.js"), "it knows nothing of the notes");
    let before = lines(&one);
    let changed: Vec<String> = lines(&two).into_iter().filter(|line| !before.contains(line)).collect();
    let pages = changed.iter().filter(|line| line.ends_with(".html")).count();
    assert!(changed.iter().any(|line| line.ends_with(" 네트워크/로드 밸런서.html")) && pages < 5, "{changed:#?}");
}

#[test]
fn a_site_that_is_switched_off_has_neither_list_nor_script() {
    let site = notes("요청을");
    assert!(site.pages().values().all(|page| page.contains("static/offline.js") || page.contains("location.replace")));
    site.add("site.yaml", "offline: false\n").built();
    assert!(site.pages().values().all(|page| !page.contains("offline.js")));
    assert!(!site.publishes("offline.json") && !site.publishes("manifest.webmanifest"));
    assert!(site.page("service-worker.js").contains("unregister"));
    assert!(!site.page("service-worker.js").contains("\"fetch\""));
}

#[test]
fn names_of_notes_that_are_the_programs_own_words_are_no_leak() {
    let site = Site::of(&[("content/글.md", "# 글\n")]);
    for name in ["offline", "manifest", "service worker", "search index", "minimal", "Any", "kept", "webmanifest"] {
        site.add(&format!("content/{name}.md"), format!("---\ndraft: true\n---\n# {name}\n"));
    }
    site.add("content/일기장.md", "---\ndraft: true\n---\n![[비밀.png]]\n").add("content/비밀.png", [7; 300]);
    site.built();
    // A checksum is none either.
    let checksum = crc32fast::hash(&site.files()["static/seoga.css"]);
    site.add("content/합.md", format!("---\ndraft: true\naliases: ['{checksum:08x}']\n---\n글\n")).built();
    assert!(!site.page("offline.json").contains("비밀") && !site.page("offline.json").contains("일기장"));
}

#[test]
fn after_the_first_visit_the_whole_site_is_read_without_a_network() {
    let site = notes("요청을");
    let server = Server::of(site.files());
    Browser::run(|browser| async move {
        browser.visit(&server.url("")).await;
        assert_eq!(server.times("offline.json"), 0, "nothing is fetched while the page is new");
        browser.wait_until_kept().await;
        assert_eq!(
            browser.text("document.querySelector('.kept-offline').textContent").await,
            "오프라인에서도 읽을 수 있습니다"
        );
        assert_eq!(browser.complaints().await, [""; 0]);
        let paths: Vec<String> = site.files().into_keys().filter(|path| server.times(path) > 0).collect();
        assert!(!paths.contains(&"큰 그림.png".to_owned()), "too large to be fetched unasked");

        // The page that brought the worker, still open.
        browser.pause(300).await;
        server.stop();
        assert_eq!(browser.fetched("static/words.txt").await, "요청을");

        // Another tab, later: pages that were never opened.
        browser.visit(&server.url("네트워크/로드 밸런서.html")).await;
        assert!(browser.page_says("요청을 나눈다").await);
        assert_eq!(
            browser.value("document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 50").await,
            true
        );
        for (path, bytes) in site.files() {
            if path.starts_with('.')
                || ["offline.json", "service-worker.js"].contains(&path.as_str())
                || path.contains("그림")
            {
                continue;
            }
            let script = "const [path, done] = arguments; fetch(path + '?h=1').then(async r => done([r.status, (await r.arrayBuffer()).byteLength]), e => done(String(e)))";
            let address = server.url(&path.replace('%', "%25").replace('#', "%23"));
            let got = browser.client.execute_async(script, vec![json!(address)]).await.unwrap();
            assert_eq!(got, json!([200, bytes.len()]), "{path}");
        }
        let part = browser
            .awaited("fetch('../소리.mp3', {headers: {Range: 'bytes=256-259'}}).then(async r => [r.status, r.headers.get('Content-Range'), ...new Uint8Array(await r.arrayBuffer())])")
            .await;
        assert_eq!(part, json!([206, "bytes 256-259/3000", 0, 1, 2, 3]));

        browser.visit(&server.url("C%23%20100%25.html?q=x")).await;
        assert!(browser.page_says("C#").await);
        for (written, shown) in [("tags", "tags/"), ("notes", "notes"), ("네트워크", "네트워크/")] {
            browser.visit(&server.url(written)).await;
            let place = link_check::percent_decoded(&browser.text("location.pathname").await).unwrap();
            assert_eq!(place, format!("{FOLDER}{shown}"));
            assert_eq!(browser.number("document.querySelectorAll('h1').length").await, 1.0);
        }
        browser.visit(&server.url("어디에도/없는/쪽.html")).await;
        assert!(browser.text("document.title").await.starts_with("찾는 쪽이 없습니다"));
        assert_eq!(browser.value("document.styleSheets[0].cssRules.length > 50").await, true, "styled at any depth");
    });
}

#[test]
fn large_pictures_are_kept_once_they_were_looked_at() {
    let site = notes("요청을");
    let server = Server::of(site.files());
    let size = "fetch('큰 그림.png').then(async r => (await r.arrayBuffer()).byteLength)";
    Browser::run(|browser| async move {
        browser.visit(&server.url("")).await;
        browser.wait_until_kept().await;
        browser.visit(&server.url("notes.html")).await;
        assert_eq!(browser.awaited(size).await, 1_500_000);
        browser.wait_long("(await (await caches.open((await caches.keys()).find(name => name.endsWith('larger')))).keys()).length === 1").await;
        server.stop();
        assert_eq!(browser.awaited(size).await, 1_500_000);
        let other = browser.awaited("fetch('안 본 그림.png').then(r => r.arrayBuffer())").await;
        assert!(other.as_str().unwrap().starts_with("failed"), "{other}");
    });
}

#[test]
fn an_open_page_stays_what_it_was_and_the_next_one_is_new() {
    let (old, new) = (notes("요청을"), notes("부하를"));
    let server = Server::of(old.files());
    let page = server.url("네트워크/로드 밸런서.html");
    Browser::run(|browser| async move {
        browser.visit(&page).await;
        browser.wait_until_kept().await;
        browser.visit(&page).await;
        let first = browser.client.window().await.unwrap();

        *server.deploy.lock().unwrap() = deployed(new.files());
        let unchanged = server.times("static/seoga.css");
        let second = browser.client.new_window(true).await.unwrap().handle;
        browser.client.switch_to_window(second).await.unwrap();
        browser.visit(&page).await;
        assert!(browser.page_says("요청을").await, "read from what is kept");
        assert!(browser.finds("요청을").await);
        let current = "(await (await caches.match(new URL('../?current', location.href).href)).json())";
        let list: Value = serde_json::from_str(&new.page("offline.json")).unwrap();
        browser.wait_long(&format!("{current} === {}", list["version"])).await;
        assert_eq!(server.times("static/seoga.css"), unchanged, "only what changed is fetched");
        assert!(browser.page_says("요청을").await && browser.fetched("../static/words.txt").await == "요청을");

        browser.client.refresh().await.unwrap();
        assert!(browser.page_says("부하를").await);
        assert!(browser.finds("부하를").await && !browser.finds("요청을").await);
        assert_eq!(browser.fetched("../static/words.txt").await, "부하를");
        assert!(browser.fetched("../notes.html").await.len() > 100);

        // The first tab all the while, even after the worker has been asleep.
        browser.client.switch_to_window(first).await.unwrap();
        browser.stop_workers().await;
        assert!(browser.page_says("요청을").await);
        assert_eq!(browser.fetched("../static/words.txt").await, "요청을");
        assert!(browser.fetched("로드 밸런서.html").await.contains("요청을"));
        server.stop();
        assert_eq!(browser.fetched("../static/words.txt?again").await, "요청을");
        *server.deploy.lock().unwrap() = deployed(new.files());
        browser.client.refresh().await.unwrap();
        assert!(browser.page_says("부하를").await);
        assert_eq!(browser.fetched("../static/words.txt").await, "부하를");

        // With the last page that was opened with it, the old version goes.
        browser.pause(10_500).await;
        browser.client.refresh().await.unwrap();
        let stored = "(await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).filter(request => request.url.includes('words.txt') || request.url.includes('?list=')).length))).reduce((a, b) => a + b)";
        browser.wait_long(&format!("{stored} === 2")).await;

        // A page that the browser had put aside comes back when its version has gone: it is shown anew.
        browser.wait_for("document.querySelector('.kept-offline') !== null").await;
        let leaves = "caches.delete((await caches.keys()).find(name => name.endsWith('state')))";
        assert_eq!(browser.awaited(leaves).await, true);
        browser.stop_workers().await;
        browser
            .value("void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), window.old = true")
            .await;
        browser.wait_long("window.old === undefined").await;
        assert!(browser.page_says("부하를").await);
    });
}

#[test]
fn a_deploy_that_is_under_way_changes_nothing() {
    let (old, new) = (notes("요청을"), notes("부하를"));
    let server = Server::of(old.files());
    let page = server.url("네트워크/로드 밸런서.html");
    Browser::run(|browser| async move {
        browser.visit(&page).await;
        browser.wait_until_kept().await;
        let is_old = async || {
            assert!(browser.page_says("요청을").await);
            assert_eq!(browser.fetched("../static/words.txt").await, "요청을");
        };
        // The list and half of the files are new; then they are all new, but the connection breaks.
        for broken in [false, true] {
            let (before, after) = (old.files(), new.files());
            let list = server.times("offline.json");
            let files = server.times("static/words.txt");
            server.deploy(move |path| match path {
                _ if path.ends_with("밸런서.html") && broken => Answer::Broken,
                _ if path.ends_with("밸런서.html") => Answer::File(before[path].clone()),
                _ => after.get(path).map_or(Answer::Nothing, |bytes| Answer::File(bytes.clone())),
            });
            browser.visit(&page).await;
            is_old().await;
            let start = Instant::now();
            while server.times("offline.json") == list && start.elapsed() < Duration::from_secs(20) {
                browser.pause(100).await;
            }
            browser.pause(1500).await;
            assert!(server.times("offline.json") > list, "an update was tried");
            assert_eq!(
                server.times("static/words.txt") > files,
                !broken,
                "what was fetched before is not fetched again"
            );
            browser.visit(&page).await;
            is_old().await;
        }
        *server.deploy.lock().unwrap() = deployed(new.files());
        let list: Value = serde_json::from_str(&new.page("offline.json")).unwrap();
        let current = "(await (await caches.match(new URL('../?current', location.href).href)).json())";
        browser.visit(&page).await;
        browser.wait_long(&format!("{current} === {}", list["version"])).await;
        is_old().await;
        browser.visit(&page).await;
        assert!(browser.page_says("부하를").await);
        assert_eq!(browser.fetched("../static/words.txt").await, "부하를");
    });
}

#[test]
fn a_site_that_is_switched_off_or_gone_leaves_nothing_in_the_browser() {
    let site = notes("요청을");
    let off = notes("부하를");
    off.add("site.yaml", "offline: false\n").built();
    let server = Server::of(site.files());
    let page = server.url("네트워크/로드 밸런서.html");
    Browser::run(|browser| async move {
        browser.visit(&page).await;
        browser.wait_until_kept().await;
        *server.deploy.lock().unwrap() = deployed(off.files());
        browser.visit(&server.url("notes.html")).await;
        browser.visit(&format!("{page}#seoga:content")).await;
        // Shown anew without being asked to.
        browser.wait_long("document.querySelector('main').innerText.includes('부하를')").await;
        browser.wait_long(NOTHING_LEFT).await;

        *server.deploy.lock().unwrap() = deployed(site.files());
        browser.visit(&page).await;
        browser.wait_until_kept().await;
        // Another site, made by another tool.
        let moved = |path: &str| {
            if path.ends_with(".html") { Answer::File(b"<h1>moved</h1>".to_vec()) } else { Answer::Nothing }
        };
        server.deploy(moved);
        browser.visit(&page).await;
        browser.wait_long(NOTHING_LEFT).await;
        browser.visit(&page).await;
        assert_eq!(browser.text("document.querySelector('h1').textContent").await, "moved");
    });
}

#[test]
fn readers_who_save_data_are_spared() {
    let site = notes("요청을");
    let server = Server::of(site.files());
    Browser::run(|browser| async move {
        let saves = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })";
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": saves })).await;
        browser.visit(&server.url("")).await;
        browser.pause(5000).await;
        assert_eq!(browser.awaited(NOTHING_LEFT).await, true);
        assert_eq!((server.times("service-worker.js"), server.times("offline.json")), (0, 0));
    });
}
