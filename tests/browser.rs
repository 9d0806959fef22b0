//! seoga's own site in a real browser, opened from the disk.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use std::path::PathBuf;
use std::sync::LazyLock;

use browser::Browser;
use common::{Site, link_check};

/// The site of the repository's notes, built once for all tests here.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let site = Site::own_content();
    site.built();
    site
});

fn file(page: &str) -> PathBuf {
    SITE.output().join(page)
}

/// The longest note: the one with the most of everything.
fn long_note() -> String {
    let pages = SITE.pages();
    let notes = pages.into_iter().filter(|(_, page)| page.contains("class=\"page-note\"") && page.contains("page-toc"));
    notes.max_by_key(|(_, page)| page.len()).map(|(path, _)| path).unwrap()
}

fn any_tag() -> String {
    let files = SITE.files();
    let tag = files.into_keys().find(|path| path.starts_with("tags/") && path != "tags/index.html");
    tag.unwrap()
}

/// Pages of each kind.
fn kinds() -> Vec<String> {
    let of_site = ["index.html", "notes.html", "tags/index.html", "404.html"].map(str::to_owned);
    of_site.into_iter().chain([long_note(), any_tag()]).collect()
}

#[test]
fn pages_open_from_the_disk_without_complaint_and_without_the_network() {
    Browser::run(|browser| async move {
        // What the browser's own first page asked for is none of ours.
        browser.client.goto("about:blank").await.unwrap();
        browser.requests().await;
        for page in kinds() {
            browser.open(&file(&page)).await;
            let title = browser.client.title().await.unwrap();
            assert!(!title.trim().is_empty(), "{page}");
            assert_eq!(browser.number("document.querySelectorAll('h1').length").await, 1.0, "{page}");
            // A style sheet that was not found leaves everything as it is; one that was makes the page its own.
            assert_eq!(
                browser
                    .value("document.styleSheets.length > 0 && [...document.styleSheets].every(s => s.ownerNode.sheet)")
                    .await,
                true
            );
            assert_eq!(
                browser
                    .value("[...document.images].filter(i => i.loading !== 'lazy' && !i.naturalWidth).map(i => i.src)")
                    .await,
                serde_json::json!([]),
                "{page}"
            );
            assert_eq!(browser.complaints().await, [""; 0], "{page}");
        }
        browser.value("console.error('들리는가')").await;
        assert_eq!(browser.complaints().await.len(), 1, "the console is listened to");
        let requests = browser.requests().await;
        assert!(requests.iter().any(|url| url.ends_with(".css")), "{requests:#?}");
        let elsewhere: Vec<&String> =
            requests.iter().filter(|url| !url.starts_with("file:") && !url.starts_with("data:")).collect();
        assert_eq!(elsewhere, [""; 0]);
    });
}

#[test]
fn every_picture_of_a_page_is_shown() {
    let pages = SITE.pages();
    let with_pictures: Vec<String> =
        pages.into_iter().filter(|(_, page)| common::html::main(page).contains("<img")).map(|(path, _)| path).collect();
    assert!(!with_pictures.is_empty(), "no note shows a picture");
    Browser::run(|browser| async move {
        for page in with_pictures {
            browser.open(&file(&page)).await;
            let failed = browser
                .client
                .execute_async(
                    "const done = arguments[arguments.length - 1];
                     for (const image of document.images) image.loading = 'eager';
                     Promise.all([...document.images].map(image => image.decode().then(() => null, () => image.src)))
                       .then(failed => done(failed.filter(Boolean)));",
                    Vec::new(),
                )
                .await
                .unwrap();
            assert_eq!(failed, serde_json::json!([]), "{page}");
        }
    });
}

#[test]
fn a_reader_walks_through_the_site_by_clicking() {
    Browser::run(|browser| async move {
        browser.set_width(1440).await;
        browser.open(&file("index.html")).await;
        let home = browser.place().await.0;

        browser.click("nav.sidebar ul.shortcuts li:nth-child(2) a").await;
        assert!(browser.place().await.0.ends_with("/notes.html"));
        browser.click("main ul.note-index a").await;
        let note = browser.place().await.0;
        assert!(std::path::Path::new(&note).exists() && !note.ends_with("/notes.html"), "{note}");

        browser.client.back().await.unwrap();
        browser.click("nav.sidebar ul.shortcuts li:nth-child(3) a").await;
        assert!(browser.place().await.0.ends_with("/tags/index.html"));
        browser.click("main ul.tag-index a").await;
        browser.click("main ul.note-cards a").await;
        assert_eq!(browser.number("document.querySelectorAll('article.prose').length").await, 1.0);

        browser.click("a.site-title").await;
        assert_eq!(browser.place().await.0, home);
        browser.click("main .shelf h3 a").await;
        assert!(browser.place().await.0.ends_with("/index.html"));
        assert_ne!(browser.place().await.0, home);
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}

#[test]
fn a_link_to_a_heading_jumps_to_it() {
    Browser::run(|browser| async move {
        browser.set_width(1440).await;
        browser.open(&file(&long_note())).await;
        // The last entry of the contents is the furthest jump.
        let href = browser.text("[...document.querySelectorAll('.page-toc nav a')].at(-1).getAttribute('href')").await;
        let id = link_check::percent_decoded(href.trim_start_matches('#')).unwrap();
        let links = browser.client.find_all(fantoccini::Locator::Css(".page-toc nav a")).await.unwrap();
        links.last().unwrap().click().await.unwrap();
        assert_eq!(browser.place().await.1.as_deref(), Some(id.as_str()));
        let scrolled = browser
            .client
            .execute_async(
                "const done = arguments[arguments.length - 1], heading = document.getElementById(arguments[0]);
                 new IntersectionObserver((seen, watcher) => { if (seen.some(s => s.isIntersecting)) { watcher.disconnect(); done(true); } }).observe(heading);",
                vec![serde_json::json!(id)],
            )
            .await
            .unwrap();
        assert_eq!(scrolled, true);

        // From another page, straight to the heading.
        browser.open(&file("index.html")).await;
        let mut url = url::Url::from_file_path(file(&long_note())).unwrap();
        url.set_fragment(Some(&id));
        browser.client.goto(url.as_str()).await.unwrap();
        assert!(browser.number("scrollY").await > 0.0, "not at the top");
        let top = browser
            .client
            .execute(
                "return document.getElementById(arguments[0]).getBoundingClientRect().top",
                vec![serde_json::json!(id)],
            )
            .await
            .unwrap();
        let height = browser.number("innerHeight").await;
        assert!((0.0..height).contains(&top.as_f64().unwrap()), "the heading stands at {top} of {height}");
    });
}

#[test]
fn nothing_overflows_on_a_phone_or_a_desktop() {
    Browser::run(|browser| async move {
        for width in [360, 768, 1440] {
            browser.set_width(width).await;
            for page in kinds() {
                browser.open(&file(&page)).await;
                // Without the bar at the side, which a desktop may have.
                let room = browser.number("document.documentElement.clientWidth").await;
                assert!((f64::from(width) - 20.0..=f64::from(width)).contains(&room), "{page}: {room} of {width}");
                let actual = browser.number("document.documentElement.scrollWidth").await;
                if actual > room {
                    let culprits = browser
                        .value("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className).slice(0, 8)")
                        .await;
                    panic!("{page} is {actual} wide on a screen of {room}: {culprits}");
                }
            }
        }
    });
}

#[test]
fn wide_tables_and_code_scroll_within_themselves_on_a_phone() {
    let site = Site::empty();
    let row = "| 아주 길게 늘어선 칸의 제목 ".repeat(12);
    site.add(
        "content/넓은 글.md",
        format!(
            "# 넓은 글\n\n{row}|\n{}|\n{row}|\n\n```text\n{}\n```\n\n`{}`\n\n{}\n",
            "|---".repeat(12),
            "긴줄".repeat(200),
            "a".repeat(300),
            "https://example.com/".to_owned() + &"가나다라".repeat(60)
        ),
    );
    site.built();
    let page = site.output().join("넓은 글.html");
    Browser::run(|browser| async move {
        browser.set_width(360).await;
        browser.open(&page).await;
        assert_eq!(browser.number("document.documentElement.scrollWidth").await, 360.0);
        for css in [".table-wrap", "figure.code pre"] {
            let overflow = browser.text(&format!("getComputedStyle(document.querySelector('{css}')).overflowX")).await;
            assert!(overflow == "auto" || overflow == "scroll", "{css}: {overflow}");
        }
    });
}

/// How light a colour is, 0 to 1, from what `getComputedStyle` says.
const LIGHTNESS: &str = "(colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return (r * 0.299 + g * 0.587 + b * 0.114) / 255; })";

#[test]
fn the_page_is_dark_for_readers_who_want_it_dark() {
    Browser::run(|browser| async move {
        let background = format!("{LIGHTNESS}(getComputedStyle(document.body).backgroundColor)");
        let text = format!("{LIGHTNESS}(getComputedStyle(document.body).color)");
        for (scheme, dark) in [("light", false), ("dark", true)] {
            browser.prefer("prefers-color-scheme", scheme).await;
            for page in kinds() {
                browser.open(&file(&page)).await;
                let (background, text) = (browser.number(&background).await, browser.number(&text).await);
                assert_eq!(background < 0.3, dark, "{page}, {scheme}: background {background}");
                assert!((background - text).abs() > 0.5, "{page}, {scheme}: {text} on {background}");
            }
        }
    });
}

#[test]
fn the_skip_link_is_first_and_leads_to_the_text() {
    Browser::run(|browser| async move {
        browser.open(&file(&long_note())).await;
        let body = browser.client.find(fantoccini::Locator::Css("body")).await.unwrap();
        body.send_keys("\u{e004}").await.unwrap(); // Tab
        assert_eq!(browser.text("document.activeElement.className").await, "skip-link");
        let top = browser.number("document.activeElement.getBoundingClientRect().top").await;
        assert!(top >= 0.0, "seen while it has the focus");
        let skip = browser.client.active_element().await.unwrap();
        skip.send_keys("\u{e007}").await.unwrap(); // Enter
        assert_eq!(browser.text("document.activeElement.id").await, "seoga:content");
        assert_eq!(browser.text("document.activeElement.tagName").await, "MAIN");
    });
}

#[test]
fn pages_read_without_scripts() {
    // What a reader without scripts gets: the page's own HTML holds the text, the navigation and the contents.
    let page = SITE.page(&long_note());
    let without_scripts: String =
        page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest)).collect();
    Browser::run(|browser| async move {
        browser.client.goto("about:blank").await.unwrap();
        let folder = file(&long_note()).with_file_name("없는 스크립트.html");
        std::fs::write(&folder, without_scripts).unwrap();
        browser.set_width(1440).await;
        browser.open(&folder).await;
        for css in ["article.prose p", "nav.sidebar a", ".page-toc nav a"] {
            let visible = browser.value(&format!("document.querySelector('{css}').checkVisibility()")).await;
            assert_eq!(visible, true, "{css}");
        }
        std::fs::remove_file(folder).unwrap();
    });
}

#[test]
fn tabs_are_shown_one_at_a_time_and_chosen_with_the_keyboard() {
    let site = Site::empty();
    site.add(
        "content/탭.md",
        "# 탭\n\n=== \"하나\"\n    첫째 글\n\n=== \"둘\"\n    둘째 글\n\n```text {2}:line-numbers\n가\n나\n```\n\n```js\na // [!code ++]\n```\n",
    );
    site.built();
    let page = site.output().join("탭.html");
    Browser::run(|browser| async move {
        browser.open(&page).await;
        let shown = "[...document.querySelectorAll('.tab > p:not(.tab-name)')].filter(p => p.checkVisibility({contentVisibilityAuto: true})).map(p => p.textContent).join()";
        let chosen = "document.querySelector('[role=tab][aria-selected=true]').textContent";
        assert_eq!(browser.text(shown).await, "첫째 글");
        assert_eq!(browser.text(chosen).await, "하나");
        browser.click("[role=tab]").await;
        let tab = browser.client.active_element().await.unwrap();
        tab.send_keys("\u{e014}").await.unwrap(); // Right
        assert_eq!(browser.text(shown).await, "둘째 글");
        assert_eq!(browser.text("document.activeElement.textContent").await, "둘");
        let next = browser.client.active_element().await.unwrap();
        next.send_keys("\u{e014}").await.unwrap();
        assert_eq!(browser.text(chosen).await, "하나", "after the last comes the first");

        // What is drawn before a line of code is not part of it.
        let copied = "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.code code')); getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString(); })()";
        assert_eq!(browser.text(copied).await.trim_end(), "가\n나");
        let number = browser.text("getComputedStyle(document.querySelector('.l'), '::before').content").await;
        assert!(number.contains("counter(line)"), "{number}");
        let sign = browser.text("getComputedStyle(document.querySelector('ins.l'), '::after').content").await;
        assert!(sign.contains('+'), "{sign}");
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}
