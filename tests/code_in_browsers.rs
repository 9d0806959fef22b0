//! Code as readers see and take it: its colours on every ground they stand on, what is copied, and long blocks folded.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::{Browser, Kind};
use common::Site;
use fantoccini::Locator;

/// A block with numbers, lines that stand out and an empty line; a long one; one that asks to be folded.
fn site() -> Site {
    let long: String = (1..=60).map(|line| format!("print({line})  # 줄{line}끝\n")).collect();
    let note = format!(
        "# 코드\n\n```js {{1}} title=\"a.js\" showLineNumbers\nlet a = 1;\n\nlet b = 2; // [!code ++]\nlet c = 3; // [!code --]\n\
         let d = 4;\n```\n\n```py\n{long}```\n\n```text fold\n하나\n둘\n셋\n넷\n다섯\n```\n\n뒤의 글이다.\n"
    );
    let site = Site::of(&[("content/index.md", &note)]);
    site.built();
    site
}

const NUMBERED: &str = "let a = 1;\n\nlet b = 2;\nlet c = 3;\nlet d = 4;\n";

/// What ends up in a text field after a reader selects an element, copies and pastes.
async fn copied(browser: &Browser, css: &str) -> String {
    browser
        .value(&format!(
            "(() => {{
                let area = document.querySelector('#paste');
                if (!area) {{ area = document.createElement('textarea'); area.id = 'paste'; document.body.prepend(area); }}
                area.value = '';
                area.blur();
                getSelection().selectAllChildren(document.querySelector('{css}'));
            }})()"
        ))
        .await;
    // A key without an element of its own goes to the page, and leaves the selection alone.
    let page = browser.client.find(Locator::Css("body")).await.unwrap();
    page.send_keys("\u{E009}c").await.unwrap();
    let area = browser.client.find(Locator::Css("#paste")).await.unwrap();
    area.send_keys("\u{E009}v").await.unwrap();
    browser.text("document.querySelector('#paste').value").await
}

fn code_is_copied_as_it_was_written(kind: Kind) {
    let site = site();
    Browser::run_in(kind, |browser| async move {
        browser.open(&site.output().join("index.html")).await;
        let taken = copied(&browser, "figure.code:nth-of-type(1) code").await;
        assert_eq!(taken.trim_end_matches('\n'), NUMBERED.trim_end_matches('\n'), "neither numbers nor signs");
        browser.value("void document.querySelector('.fold > input').click()").await;
        let folded = copied(&browser, "figure.code:nth-of-type(2)").await;
        assert_eq!(folded.trim_end().lines().count(), 60, "all lines and nothing else: {folded}");
        assert!(folded.contains("줄60끝") && !folded.contains("보기"), "{folded}");
        // The button takes all of it, and works for a page that was opened from the disk.
        browser
            .value(
                "void (navigator.clipboard && (navigator.clipboard.writeText = text => { window.taken = text; \
                 return Promise.resolve(); }), document.execCommand = () => { window.taken = \
                 document.activeElement.value; return true; })",
            )
            .await;
        browser.value("void document.querySelector('figure.code .copy').click()").await;
        browser.wait_for("window.taken !== undefined").await;
        assert_eq!(browser.text("window.taken").await, NUMBERED);
        browser.wait_for("document.querySelector('figure.code .copy').title === '복사함'").await;
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}

#[test]
fn code_is_copied_as_it_was_written_in_chromium() {
    code_is_copied_as_it_was_written(Kind::Chromium);
}

#[test]
fn code_is_copied_as_it_was_written_in_firefox() {
    code_is_copied_as_it_was_written(Kind::Firefox);
}

/// How many lines of the second block can be seen.
const SEEN: &str = "(() => { const pre = document.querySelectorAll('figure.code pre')[1]; \
                    return Math.floor(pre.clientHeight / parseFloat(getComputedStyle(pre).lineHeight)); })()";

fn long_code_is_folded_and_nothing_of_it_is_lost(kind: Kind) {
    let site = site();
    Browser::run_in(kind, |browser| async move {
        let page = site.output().join("index.html");
        browser.open(&page).await;
        let seen = browser.number(SEEN).await;
        assert!((20.0..24.0).contains(&seen), "{seen}");
        let says = "getComputedStyle(document.querySelector('.fold'), '::after').content";
        // Firefox names the attribute, Chromium what stands in it.
        let is = |said: String, word: &str, attribute: &str| said.contains(word) || said.contains(attribute);
        assert!(is(browser.text(says).await, "40줄 더 보기", "data-more"));

        // By the keyboard.
        browser.value("void document.querySelector('.fold > input').focus()").await;
        browser.client.active_element().await.unwrap().send_keys(" ").await.unwrap();
        assert!(browser.number(SEEN).await >= 60.0);
        assert!(is(browser.text(says).await, "접기", "data-less"));
        browser.client.active_element().await.unwrap().send_keys(" ").await.unwrap();
        assert!(browser.number(SEEN).await < 24.0, "folded again");

        // Found by the browser, as its own search finds it, it unfolds, and can be folded again.
        browser.visit("about:blank").await;
        let address = url::Url::from_file_path(&page).unwrap();
        browser.visit(&format!("{address}#:~:text=%EC%A4%8455%EB%81%9D")).await;
        browser.wait_for("document.querySelector('.fold > input').checked && scrollY > 100").await;
        assert!(browser.number(SEEN).await >= 60.0);
        browser.value("void document.querySelector('.fold > input').click()").await;
        assert!(browser.number(SEEN).await < 24.0, "folded again");
        let top = browser.number("document.querySelectorAll('figure.code')[1].getBoundingClientRect().top").await;
        assert!((0.0..400.0).contains(&top), "the reader is left at the block: {top}");

        // The browser may find it before the page's script comes: what it leaves then is a block that is not hidden.
        let early = site.output().join("early.html");
        let text = std::fs::read_to_string(&page).unwrap();
        assert!(text.contains(" hidden=\"until-found\""));
        std::fs::write(&early, text.replace(" hidden=\"until-found\"", "")).unwrap();
        browser.open(&early).await;
        browser.wait_for("document.querySelector('.fold > input').checked").await;

        // By seoga's search.
        browser.visit(&format!("{address}?h=%EC%A4%8455%EB%81%9D")).await;
        browser.wait_for("document.querySelector('.fold > input').checked").await;
        assert_eq!(browser.complaints().await, [""; 0]);

        if kind == Kind::Chromium {
            // By a pointer, and on paper.
            browser.open(&page).await;
            browser.click("figure.code:nth-of-type(3) .fold").await;
            assert_eq!(browser.value("document.querySelectorAll('.fold > input')[1].checked").await, true);
            browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).await;
            assert!(browser.number(SEEN).await >= 60.0, "printed whole");
            assert_eq!(browser.text("getComputedStyle(document.querySelector('.fold')).display").await, "none");
        }
    });
}

#[test]
fn long_code_is_folded_and_nothing_of_it_is_lost_in_chromium() {
    long_code_is_folded_and_nothing_of_it_is_lost(Kind::Chromium);
}

#[test]
fn long_code_is_folded_and_nothing_of_it_is_lost_in_firefox() {
    long_code_is_folded_and_nothing_of_it_is_lost(Kind::Firefox);
}

/// Every class of the highlighter on every kind of line, and what stands around code: contrasts below 4.5.
const TOO_PALE: &str = r#"(() => {
    const code = document.querySelector('figure.code code');
    for (const line of [code, ...code.querySelectorAll('.l')]) {
        for (const name of 'abcdefghikmnopstvx') {
            const span = document.createElement('span');
            span.className = name; span.textContent = name;
            line.append(span);
        }
    }
    const parts = colour => colour.match(/[\d.]+/g).map(Number);
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = parts(getComputedStyle(element).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
            if (colour[3] !== 0) throw new Error('a ground that is half clear');
        }
    };
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const pale = [];
    let seen = 0;
    const check = (element, pseudo) => {
        const style = getComputedStyle(element, pseudo);
        if (pseudo && style.content === 'none') return;
        const [a, b] = [light(parts(style.color)), light(ground(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        seen += 1;
        if (contrast < 4.5) pale.push(`${element.tagName} ${element.className} ${pseudo || ''} in ${element.parentElement.tagName}: ${contrast.toFixed(2)}`);
    };
    for (const element of document.querySelectorAll('figure.code, figure.code *')) {
        check(element);
        check(element, '::before');
        check(element, '::after');
    }
    return { seen, pale };
})()"#;

#[test]
fn every_colour_of_code_can_be_read_on_every_line_in_both_themes() {
    let site = site();
    Browser::run(|browser| async move {
        for theme in ["light", "dark"] {
            browser.prefer("prefers-color-scheme", theme).await;
            browser.open(&site.output().join("index.html")).await;
            let measured = browser.value(TOO_PALE).await;
            assert!(measured["seen"].as_u64().unwrap() > 150, "{measured}");
            assert_eq!(measured["pale"], serde_json::json!([]), "{theme}");
        }
    });
}
