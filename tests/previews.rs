//! What a link leads to is shown before it is followed, from what stands in the page.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::Browser;
use common::{Site, link_check};
use serde_json::Value;

/// The previews that a page carries.
fn previews(page: &str) -> Value {
    let elements = common::html::elements(page);
    let json = elements.iter().find_map(|element| element.attribute("data-previews"));
    json.map_or(Value::Null, |json| serde_json::from_str(json).unwrap())
}

fn site() -> Site {
    Site::of(&[
        (
            "content/글.md",
            "# 글\n\n[[캐시]], [만료](데이터/캐시.md#만료), [[캐시#^핵심|핵심]], [[캐시#^key|핵심]], [[없는 노트]], [[일기|어느 날]], [밖](https://example.com/), [아래](#아래)\n\n## 아래\n\n아래의 글.\n\n![[보임]]\n",
        ),
        (
            "content/데이터/캐시.md",
            "# 캐시\n\n캐시는 **가까운 곳**에 둔 사본이다 </script><b>.\n\n## 만료\n\n### 시간\n\n때가 되면 버린다.\n\n중요한 것은 [[프록시|대리인]]과 `코드`이다. ^key\n",
        ),
        ("content/프록시.md", "---\ndescription: 대신 묻는 서버\n---\n\n# 프록시\n\n본문\n"),
        ("content/보임.md", "# 보임\n\n여기서 [[프록시]]로 간다.\n"),
        ("content/일기.md", "---\nprivate: true\n---\n\n비밀스러운 글\n"),
    ])
}

#[test]
fn a_page_carries_title_heading_and_first_lines_of_what_it_links_to() {
    let site = site();
    site.built();
    let found = previews(&site.page("글.html"));
    let text = |key: &str, part: &str| found[key][part].as_str().unwrap_or_default().to_owned();
    assert_eq!(text("데이터/캐시.html", "title"), "캐시");
    assert_eq!(text("데이터/캐시.html", "text"), "캐시는 가까운 곳에 둔 사본이다 <b>.");
    assert_eq!(text("데이터/캐시.html#만료", "heading"), "만료");
    assert_eq!(text("데이터/캐시.html#만료", "text"), "때가 되면 버린다. 중요한 것은 대리인과 코드이다.");
    assert_eq!(text("데이터/캐시.html#^key", "text"), "중요한 것은 대리인과 코드이다.");
    assert_eq!(text("#아래", "heading"), "아래");
    assert_eq!(text("프록시.html", "text"), "대신 묻는 서버", "a link of a note shown here");
    let all = found.to_string();
    assert!(!all.contains("비밀") && !all.contains("일기") && !all.contains("example.com"), "{all}");
    // What links to a note is listed on its page, and has a preview there too.
    assert_eq!(previews(&site.page("데이터/캐시.html"))["../글.html"]["title"], "글");
    assert_eq!(previews(&site.page("notes.html"))["프록시.html"]["text"], "대신 묻는 서버");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_site_may_want_none() {
    let site = site();
    site.add("site.yaml", "previews: false\n");
    site.built();
    for (path, page) in site.pages() {
        assert!(!page.contains("previews.js"), "{path}");
    }
}

#[test]
fn a_page_of_very_many_links_carries_previews_of_the_first() {
    let site = Site::empty();
    let text = "가나다라마바사 아자차카타파하 ".repeat(30);
    let links: String = (0..1000).map(|number| format!("[[노트 {number:04}]]\n")).collect();
    site.add("content/목록.md", format!("# 목록\n\n{links}"));
    for number in 0..1000 {
        site.add(&format!("content/노트 {number:04}.md"), format!("# 노트 {number:04}\n\n{text}\n"));
    }
    site.built();
    let found = previews(&site.page("목록.html"));
    let size = found.to_string().len();
    assert!((60_000..66_000).contains(&size), "{size}");
    assert!(found["노트 0000.html"].is_object() && found["노트 0999.html"].is_null());
}

#[test]
fn a_preview_appears_for_the_pointer_and_for_the_keyboard_and_stays_in_the_window() {
    let site = site();
    site.built();
    let page = site.output().join("글.html");
    Browser::run(|browser| async move {
        const CARD: &str = "(document.querySelector('.preview') || {textContent: ''}).textContent";
        browser.set_width(1440).await;
        browser.open(&page).await;
        browser.hover("article a[href$='#%EB%A7%8C%EB%A3%8C'], article a[href$='#만료']").await;
        browser.wait_for(&format!("{CARD}.includes('때가 되면 버린다.')")).await;
        assert!(browser.text(CARD).await.contains("# 만료"));
        // Into the card and it stays; away from both and it goes.
        browser.hover(".preview").await;
        browser.pause(400).await;
        assert!(browser.text(CARD).await.contains("# 만료"));
        browser.hover("h1").await;
        browser.wait_for("!document.querySelector('.preview')").await;

        // The keyboard: focus shows it, says so to a screen reader, and Escape closes it.
        let link = browser.client.find(fantoccini::Locator::Css("article p a")).await.unwrap();
        let body = browser.client.find(fantoccini::Locator::Css("body")).await.unwrap();
        body.send_keys("\u{e004}").await.unwrap(); // Tab: from here on focus is the keyboard's.
        browser.client.execute("arguments[0].focus()", vec![serde_json::to_value(&link).unwrap()]).await.unwrap();
        browser.wait_for(&format!("{CARD}.includes('캐시는 가까운 곳에')")).await;
        let described = browser.text("document.activeElement.getAttribute('aria-describedby')").await;
        assert_eq!(
            browser.text(&format!("document.getElementById('{described}').getAttribute('role')")).await,
            "tooltip"
        );
        body.send_keys("\u{e00c}").await.unwrap(); // Escape
        browser.wait_for("!document.querySelector('.preview')").await;

        // At the edge of a narrow window.
        browser.set_width(620).await;
        for link in ["article p a", "article p a:last-of-type"] {
            browser.hover(link).await;
            browser.wait_for("!!document.querySelector('.preview')").await;
            let inside = "(() => { const box = document.querySelector('.preview').getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight; })()";
            assert_eq!(browser.value(inside).await, true, "{link}");
            browser.hover("h1").await;
            browser.wait_for("!document.querySelector('.preview')").await;
        }
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}
