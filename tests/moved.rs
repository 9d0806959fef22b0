//! A note that moved is still found at its old addresses, and by links that name them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::Browser;
use common::html::links_called;
use common::{Site, link_check, places};

/// The page at an old address, and where it leads.
fn target(site: &Site, old: &str) -> String {
    let page = site.page(old);
    assert!(page.contains("content=\"noindex\""), "{page}");
    let (_, rest) = page.split_once("content=\"0; url=").unwrap_or_else(|| panic!("no redirect: {page}"));
    let target = rest.split('"').next().unwrap().to_owned();
    // The link says the same to a reader without refresh and script.
    assert!(page.contains(&format!("<a href=\"{target}\"")), "{page}");
    target
}

#[test]
fn every_spelling_of_an_old_address_leads_to_the_note() {
    let site = Site::of(&[
        ("site.yaml", "base_url: https://example.com/notes/\n"),
        ("content/index.md", "# 서가\n"),
        (
            "content/데이터/캐시.md",
            "---\nredirect_from:\n  - /2020/01/cache/\n  - /posts/cache\n  - /%EC%98%9B/%EA%B8%80.html\naliases:\n  - /old/path\n  - 옛글.html\n  - 네트워크/캐시\n  - 옛 폴더/캐시.md\n  - CI/CD\n---\n\n# 캐시\n\n글\n",
        ),
        ("content/네트워크/프록시.md", "# 프록시\n\n글\n"),
    ]);
    site.built();
    let note = "데이터/캐시.html";
    for (old, up) in [
        ("2020/01/cache/index.html", "../../../"),
        ("posts/cache.html", "../"),
        ("옛/글.html", "../"),
        ("old/path.html", "../"),
        ("옛글.html", ""),
        ("네트워크/캐시.html", "../"),
        ("옛 폴더/캐시.html", "../"),
    ] {
        assert_eq!(target(&site, old), format!("{up}{note}"), "{old}");
    }
    assert!(!site.publishes("CI/CD.html"), "a name that has a slash in it");
    assert!(site.page(note).contains("CI/CD"));
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("%EC%BA%90%EC%8B%9C.html") && !sitemap.contains("old/path"), "{sitemap}");
    let found = site.run(&["search", "캐시", "--json"]);
    assert!(!found.stdout.contains("old/path") && found.stdout.contains(note), "{found}");
}

#[test]
fn links_that_name_the_old_address_lead_to_the_note_itself() {
    let site = Site::of(&[
        (
            "content/데이터/캐시.md",
            "---\nredirect_from: [/wiki/cache/, /옛/캐시.html]\naliases: [메모/캐싱.md]\n---\n\n# 캐시\n\n## 만료\n\n글\n",
        ),
        (
            "content/글.md",
            "# 글\n\n[하나](/wiki/cache/) [둘](/옛/캐시.html#만료) [셋](옛/캐시.md) [[메모/캐싱|넷]] [다섯](/wiki/cache) [여섯](메모/캐싱.md)\n",
        ),
    ]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    let page = site.body("글.html");
    for text in ["하나", "셋", "넷", "다섯", "여섯"] {
        assert_eq!(links_called(&page, text), ["데이터/캐시.html"], "{text}");
    }
    assert_eq!(links_called(&page, "둘"), ["데이터/캐시.html#만료"]);
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn an_old_address_that_has_a_page_today_keeps_it() {
    let site = Site::of(&[
        ("content/가.md", "---\nredirect_from: [/나.html, /다, /가.html]\n---\n\n가의 글\n"),
        ("content/나.md", "---\nredirect_from: [/가.html, /다]\n---\n\n나의 글\n"),
        ("content/글.md", "[하나](/나.html) [둘](/다)\n"),
    ]);
    site.built();
    assert!(site.page("가.html").contains("가의 글") && site.page("나.html").contains("나의 글"));
    assert_eq!(target(&site, "다.html"), "가.html", "the first of two");
    assert_eq!(
        places(&site.faults(), "address-taken"),
        ["content/가.md:2:1", "content/나.md:2:1", "content/나.md:2:1"],
        "its own address is no fault"
    );
    let page = site.body("글.html");
    assert_eq!(links_called(&page, "하나"), ["나.html"]);
    assert_eq!(links_called(&page, "둘"), ["가.html"]);
}

#[test]
fn old_addresses_of_private_notes_are_not_published() {
    let site = Site::of(&[
        ("content/일기.md", "---\nprivate: true\nredirect_from: /secret-diary\n---\n\n비밀\n"),
        ("content/글.md", "[어느 날](/secret-diary)의 일\n"),
    ]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(!site.publishes("secret-diary.html"));
    for (path, bytes) in site.files() {
        assert!(!common::contains(&bytes, b"secret-diary"), "{path}");
    }
}

#[test]
fn the_part_of_the_page_that_was_wanted_is_still_found() {
    let site = Site::of(&[
        ("content/데이터/캐시.md", "---\nredirect_from: /옛/캐시\n---\n\n# 캐시\n\n글\n\n## 만료\n\n글\n"),
        ("content/글.md", "# 글\n\n글\n"),
    ]);
    site.built();
    let old = site.output().join("옛/캐시.html");
    Browser::run(|browser| async move {
        let mut url = url::Url::from_file_path(&old).unwrap();
        for fragment in [None, Some("만료")] {
            url.set_fragment(fragment);
            browser.client.goto(url.as_str()).await.unwrap();
            browser.wait_for("document.querySelector('article.prose') !== null").await;
            let (file, at) = browser.place().await;
            assert!(file.ends_with("/데이터/캐시.html"), "{file}");
            assert_eq!(at.as_deref(), fragment);
        }
    });
}
