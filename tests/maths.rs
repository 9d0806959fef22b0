//! Formulas in whole sites: what stands in the pages, what a reader sees, hears and copies.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::{Browser, Kind};
use common::{Site, html, link_check};
use fantoccini::Locator;
use fantoccini::key::Key;

const NOTE: &str = "# 정렬의 비용\n\n시간은 $O(n \\log n)$이고 크기는 $|x|$다.\n\n$$\n\\text{합} = \\sum_{i=1}^{n} i \\label{sum}\n$$\n\n식 \\eqref{sum}을 본다.\n\n쿼럼\n: 과반인 $\\lceil n/2 \\rceil$개\n";

fn site() -> Site {
    let site = Site::of(&[
        ("site.yaml", "maths:\n  macros:\n    R: '\\mathbb{R}'\n"),
        ("content/정렬.md", NOTE),
        ("content/둘.md", "# 둘\n\n$x \\in \\R^n$\n\n![[정렬]]\n\n![[정렬]]\n\n정족수\n: $k$명\n"),
    ]);
    site.built();
    site
}

#[test]
fn a_page_draws_each_glyph_once_whatever_it_shows() {
    let site = site();
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
    for page in ["정렬.html", "둘.html", "glossary.html"] {
        let page = site.page(page);
        let elements = html::elements(&page);
        let mut ids: Vec<&str> = elements.iter().filter_map(|element| element.attribute("id")).collect();
        let used = elements.iter().filter(|element| element.name == "use");
        let uses: Vec<&str> = used.filter_map(|element| element.attribute("href")?.strip_prefix('#')).collect();
        assert!(!uses.is_empty() && uses.iter().all(|id| ids.contains(id)), "{uses:?}");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
    }
    // A number's link leads to the equation beside it, also where the note is shown in another.
    let embedded = site.page("둘.html");
    assert!(embedded.contains("id=\"embed-1-eq:sum\"") && embedded.contains("href=\"#embed-1-eq:sum\""));
}

#[test]
fn a_formula_is_found_by_what_it_says() {
    let site = site();
    let found = site.run(&["search", "--json", "log"]);
    assert!(found.stdout.contains("정렬의 비용") && found.stdout.contains("O(n"), "{found}");
}

#[test]
fn nothing_of_a_formula_is_taken_for_something_private() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n$x^2 + \\frac{1}{2}$\n"),
        ("content/가.md", "---\nprivate: true\ntitle: maths\naliases: [glyphs, mfrac, currentColor, viewBox]\n---\n"),
    ]);
    site.built();
}

#[test]
fn a_site_with_formulas_is_the_same_each_time() {
    let (one, two) = (site(), site());
    assert!(one.files() == two.files());
}

fn reads_and_copies(kind: Kind) {
    let site = site();
    site.add(
        "content/노트.md",
        "# 노트\n\n앞의 글 $x_1$은 $\\frac{a}{b}$보다 크다.\n\n$$\nE = mc^2\n$$\n\n여기\n\n<textarea></textarea>\n",
    );
    site.add("site.yaml", "unsafe_html: true\n");
    site.built();
    Browser::run_in(kind, |browser| async move {
        browser.open(&site.output().join("노트.html")).await;
        // Seen: the outlines have a size, a letter stands on the line, and a page needs nothing else.
        let boxes = "[...document.querySelectorAll('.maths > svg')].map(svg => svg.getBBox())";
        assert_eq!(
            browser
                .value(&format!("{boxes}.length === 3 && {boxes}.every(box => box.width > 300 && box.height > 300)"))
                .await,
            true
        );
        // Heard: of the three, screen readers are given one.
        let heard = "[...document.querySelectorAll('.maths')].map(maths => [...maths.children].filter(part => part.getAttribute('aria-hidden') !== 'true').map(part => part.localName).join())";
        assert_eq!(browser.value(heard).await, serde_json::json!(["math", "math", "math"]));
        // Copied: the LaTeX, once.
        browser
            .value("(() => { const range = document.createRange(); const blocks = document.querySelectorAll('article p, article .maths-block'); range.setStartBefore(blocks[0]); range.setEndAfter(blocks[2]); getSelection().removeAllRanges(); getSelection().addRange(range); })()")
            .await;
        let body = browser.client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(&format!("{}c{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
        browser.click("textarea").await;
        let area = browser.client.find(Locator::Css("textarea")).await.unwrap();
        area.send_keys(&format!("{}v{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
        browser.wait_for("document.querySelector('textarea').value !== ''").await;
        let copied = browser.text("document.querySelector('textarea').value").await;
        let lines: Vec<&str> = copied.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["앞의 글 $x_1$은 $\\frac{a}{b}$보다 크다.", "$$", "E = mc^2", "$$", "여기"], "{copied:?}");
    });
}

#[test]
fn a_formula_is_seen_heard_and_copied_once_in_chromium() {
    reads_and_copies(Kind::Chromium);
}

#[test]
fn a_formula_is_seen_heard_and_copied_once_in_firefox() {
    reads_and_copies(Kind::Firefox);
}

#[test]
fn no_line_ends_between_a_formula_and_its_particle() {
    let site = Site::of(&[("content/글.md", &format!("# 글\n\n{}\n", "값 $x_1 + y$에서 ".repeat(40)))]);
    site.built();
    Browser::run(|browser| async move {
        browser.open(&site.output().join("글.html")).await;
        for width in [320, 345, 370, 395, 420] {
            browser.set_width(width).await;
            let torn = "[...document.querySelectorAll('.maths')].filter(maths => { const range = document.createRange(); range.setStart(maths.nextSibling, 0); range.setEnd(maths.nextSibling, 1); return range.getBoundingClientRect().left < maths.getBoundingClientRect().left; }).length";
            assert_eq!(browser.number(torn).await, 0.0, "{width}");
        }
    });
}

fn long_one_scrolls_in_its_line(kind: Kind) {
    let wide = (1..80).map(|number| format!("a_{{{number}}}")).collect::<Vec<_>>().join(" + ");
    let site = Site::of(&[(
        "content/글.md",
        &format!("# 글\n\n앞 $\\frac{{1}}{{x_1}} + {wide}$에서\n\n짧은 $x_1 + y$에서\n"),
    )]);
    site.built();
    Browser::run_in(kind, |browser| async move {
        browser.open(&site.output().join("글.html")).await;
        // The baseline at an element's beginning.
        let baseline = "const baseline = element => { const probe = document.createElement('span'); probe.style.cssText = 'display: inline-block; width: 1px; height: 1px'; element.before(probe); const place = probe.getBoundingClientRect().bottom; probe.remove(); return place; };";
        for width in [360, 1440] {
            match kind {
                Kind::Chromium => browser.set_width(width).await,
                // Its windows are as wide as they are.
                Kind::Firefox => {
                    let width = if width < 600 { "328px" } else { "" };
                    browser.value(&format!("document.querySelector('.prose').style.width = '{width}'")).await;
                }
            }
            for what in [
                "document.documentElement.scrollWidth <= innerWidth",
                "box.scrollWidth > box.clientWidth + 100 && box.scrollHeight <= box.clientHeight",
                // As large as it is set.
                "svg.getBoundingClientRect().height > 20",
                // It stands on the line of the text around it.
                "Math.abs(baseline(box) - baseline(svg)) < 1",
                "document.querySelectorAll('.maths-scroll').length === 1",
            ] {
                let script = format!(
                    "(() => {{ {baseline} const box = document.querySelector('.maths-scroll'), svg = box.querySelector('svg'); return {what}; }})()"
                );
                assert_eq!(browser.value(&script).await, true, "{width}: {what}");
            }
        }
    });
}

#[test]
fn a_long_formula_scrolls_in_its_line_in_chromium() {
    long_one_scrolls_in_its_line(Kind::Chromium);
}

#[test]
fn a_long_formula_scrolls_in_its_line_in_firefox() {
    long_one_scrolls_in_its_line(Kind::Firefox);
}

#[test]
fn formulas_without_end_are_not_read_before_they_are_refused() {
    let fences = ["\\def\\a{}", "\\ref{a}", "\\begin{a}", "\\ref{", "\\label{a}", "\\href{a"];
    let mut note = String::from("# 글\n\n$x_1$\n");
    for line in fences {
        note.push_str(&format!("\n```math\n{}```\n", format!("{line}\n").repeat(40_000)));
    }
    // As many that are just short enough, and what all of them use.
    for line in fences {
        let formula = format!("{line}\n").repeat(8000 / (line.len() + 1));
        note.push_str(&format!("\n```math\n{formula}```\n").repeat(10));
    }
    let site = Site::of(&[("content/글.md", &note)]);
    let faults = site.faults();
    let large = faults.iter().filter(|fault| fault["message"].as_str().is_some_and(|said| said.contains("너무 커서")));
    assert!(large.count() >= fences.len());
}

#[test]
fn a_formula_that_cannot_be_read_is_told_and_stays_as_it_was_written() {
    let site = Site::of(&[("content/글.md", "# 글\n\n값 $\\frac{1}{$이다. $5와 $10\n\n$$\nE = mc^2\n")]);
    assert_eq!(common::places(&site.faults(), "maths"), ["content/글.md:3:3", "content/글.md:5:1"]);
    site.built();
    assert!(site.body("글.html").contains("값 $\\frac{1}{$이다. $5와 $10"), "{}", site.body("글.html"));
}

#[test]
fn a_wide_formula_scrolls_by_itself() {
    let wide = (1..80).map(|number| format!("x_{{{number}}}")).collect::<Vec<_>>().join(" + ");
    let site = Site::of(&[("content/글.md", &format!("# 글\n\n$$\n{wide} \\tag{{1}}\n$$\n"))]);
    site.built();
    Browser::run(|browser| async move {
        browser.set_width(360).await;
        browser.open(&site.output().join("글.html")).await;
        assert_eq!(browser.value("document.documentElement.scrollWidth <= innerWidth").await, true);
        assert_eq!(browser.value("(block => block.scrollWidth > block.clientWidth + 100 && block.scrollHeight <= block.clientHeight + 1)(document.querySelector('.maths-block'))").await, true);
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}
