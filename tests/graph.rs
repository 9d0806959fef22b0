//! The graph of all notes, and each note's neighbours.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::Browser;
use common::html::{elements, text};
use common::{Site, link_check};

fn site() -> Site {
    Site::of(&[
        ("content/index.md", "# 서가\n\n[네트워크](네트워크/)\n"),
        ("content/네트워크/index.md", "# 네트워크\n\n[[로드 밸런서]] [[프록시]]\n"),
        (
            "content/네트워크/로드 밸런서.md",
            "---\ntags: [서버]\n---\n\n# 로드 밸런서\n\n[[프록시]] [[프록시#없음]] ![[캐시]]\n",
        ),
        ("content/네트워크/프록시.md", "---\ntags: [서버/앞]\n---\n\n# 프록시\n\n[[캐시]]\n"),
        ("content/데이터/캐시.md", "---\ntags: [성능]\n---\n\n# 캐시 <b>&amp;\n\n글\n"),
        ("content/데이터/큐.md", "# 큐\n\n[[일기]] [[없음]]\n"),
        ("content/일기.md", "---\nprivate: true\n---\n\n# 비밀\n\n[[캐시]]\n"),
    ])
}

/// The dots of a graph page: where each leads.
fn dots(page: &str) -> Vec<String> {
    let (_, svg) = page.split_once("<svg class=\"graph").unwrap();
    let (svg, _) = svg.split_once("</svg>").unwrap();
    elements(&format!("<svg{svg}</svg>"))
        .iter()
        .filter(|e| e.name == "a")
        .map(|e| e.attribute("href").unwrap().to_owned())
        .collect()
}

#[test]
fn every_note_is_a_link_of_the_graph_and_nothing_private_is_in_it() {
    let site = site();
    site.built();
    let page = site.page("graph.html");
    let mut dots = dots(&page);
    dots.sort();
    assert_eq!(
        dots,
        [
            "index.html",
            "네트워크/index.html",
            "네트워크/로드%20밸런서.html",
            "네트워크/프록시.html",
            "데이터/캐시.html",
            "데이터/큐.html"
        ]
    );
    let heading = text(common::html::main(&page));
    // 서가–네트워크–(로드 밸런서, 프록시), 로드 밸런서–프록시–캐시–로드 밸런서.
    assert!(heading.contains("노트 6개") && heading.contains("링크 6쌍"), "{heading}");
    assert!(heading.contains("링크가 없는 노트 1"), "{heading}");
    assert!(!page.contains("비밀") && !page.contains("일기"));
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
    assert!(site.page("index.html").contains("href=\"graph.html\""), "the sidebar leads there");
}

#[test]
fn a_note_shows_its_neighbours_and_leads_to_its_place_in_the_graph() {
    let site = site();
    site.built();
    let page = site.page("데이터/캐시.html");
    let (_, around) = page.split_once("class=\"neighbourhood\"").unwrap();
    let (around, _) = around.split_once("</aside>").unwrap();
    let links: Vec<String> =
        elements(&format!("<svg {around}")).iter().filter_map(|e| e.attribute("href").map(str::to_owned)).collect();
    let id = page.split("graph.html#").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(links, ["../네트워크/로드%20밸런서.html", "../네트워크/프록시.html", &format!("../graph.html#{id}")]);
    let graph = site.page("graph.html");
    assert!(graph.contains(&format!("<a id=\"{id}\" href=\"데이터/캐시.html\">")), "{id}");
    assert!(!site.page("데이터/큐.html").contains("class=\"neighbourhood\""), "without links no picture");
}

#[test]
fn of_very_many_neighbours_the_best_connected_are_shown() {
    let site = Site::empty();
    let links: String = (0..100).map(|number| format!("[[{number}]]\n")).collect();
    site.add("content/목록.md", format!("# 목록\n\n{links}"));
    for number in 0..100 {
        let more = if number >= 95 { "[[0]]\n" } else { "" };
        site.add(&format!("content/{number}.md"), format!("# 아주 긴 제목을 가진 노트 가운데 {number}\n\n{more}"));
    }
    site.built();
    let page = site.page("목록.html");
    let (_, around) = page.split_once("class=\"neighbourhood\"").unwrap();
    let (around, _) = around.split_once("</aside>").unwrap();
    assert_eq!(around.matches("<circle").count(), 17);
    for shown in [0, 95, 99] {
        assert!(around.contains(&format!("href=\"{shown}.html\"")), "{shown}");
    }
    assert!(around.contains("+84"), "{around}");
    assert!(around.contains("<title>아주 긴 제목을 가진 노트 가운데 0</title>"), "{around}");
}

#[test]
fn a_site_without_links_or_without_the_wish_has_no_graph() {
    let alone = Site::of(&[("content/가.md", "글\n"), ("content/나.md", "[없음](없음.md)\n")]);
    let unwanted = site();
    unwanted.add("site.yaml", "graph: false\n");
    for site in [alone, unwanted] {
        site.built();
        assert!(!site.publishes("graph.html"));
        for (path, page) in site.pages() {
            assert!(!page.contains("graph.html") && !page.contains("class=\"neighbourhood\""), "{path}");
        }
    }
}

#[test]
fn the_graph_is_drawn_without_a_script() {
    let site = site();
    site.built();
    let page = site.page("graph.html");
    let without: String =
        page.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest)).collect();
    site.add("public/graph.html", without);
    let file = site.output().join("graph.html");
    Browser::run(|browser| async move {
        for width in [1440, 360] {
            browser.set_width(width).await;
            browser.open(&file).await;
            let seen = "[...document.querySelectorAll('svg.graph .nodes a')].filter(a => { const box = a.getBoundingClientRect(); return box.width > 1 && box.left >= 0 && box.right <= innerWidth; }).length";
            assert_eq!(browser.number(seen).await, 6.0, "{width}");
            assert_eq!(browser.value("document.querySelector('.graph-tools').checkVisibility()").await, false);
            let letters = "[...document.querySelectorAll('svg.graph .labels text')].filter(t => t.checkVisibility()).map(t => t.getBoundingClientRect().height)";
            let heights = browser.value(letters).await;
            let heights: Vec<f64> = heights.as_array().unwrap().iter().map(|height| height.as_f64().unwrap()).collect();
            assert!(!heights.is_empty() && heights.iter().all(|height| (9.0..30.0).contains(height)), "{heights:?}");
        }
        browser.click("svg.graph .nodes a circle").await;
        assert!(!browser.place().await.0.ends_with("graph.html"), "a dot is a link");
    });
}

#[test]
fn with_the_script_the_graph_zooms_filters_searches_and_shows_neighbours() {
    let site = site();
    site.built();
    let file = site.output().join("graph.html");
    let page = site.page("데이터/캐시.html");
    Browser::run(|browser| async move {
        browser.set_width(1440).await;
        browser.prefer("prefers-reduced-motion", "reduce").await;
        browser.open(&file).await;
        const CARD: &str = "document.querySelector('.graph-card').textContent";
        let width = "document.querySelector('.graph .ties').getBoundingClientRect().width";
        let before = browser.number(width).await;
        browser.click("[data-do=in]").await;
        browser.wait_for(&format!("{width} > {}", before * 1.3)).await;
        browser.click("[data-do=reset]").await;
        browser.wait_for(&format!("Math.abs({width} - {before}) < 2")).await;

        // A note under the pointer stands out with its neighbours.
        browser.hover("a[href='데이터/캐시.html'] circle").await;
        browser.wait_for("document.querySelector('svg.graph').classList.contains('spotted')").await;
        assert_eq!(browser.number("document.querySelectorAll('.spot circle').length").await, 3.0);
        assert!(browser.text(CARD).await.contains("캐시"));

        // A tag keeps the tags below it, and its lines.
        let on = "[...document.querySelectorAll('.nodes a:not(.off) title')].map(t => t.textContent).sort().join()";
        browser.client.execute("const select = document.querySelector('.graph-tools select'); select.value = '서버'; select.dispatchEvent(new Event('change'))", Vec::new()).await.unwrap();
        assert_eq!(browser.text(on).await, "로드 밸런서,프록시");
        assert_eq!(browser.text("[...document.querySelectorAll('.ties path')].map(p => p.getAttribute('d')).join('').replace(/[^ML]/g, '')").await, "ML");
        browser.client.execute("const select = document.querySelector('.graph-tools select'); select.value = ''; select.dispatchEvent(new Event('change'))", Vec::new()).await.unwrap();
        browser.click(".graph-shelves li:first-child button").await;
        assert_eq!(browser.number("document.querySelectorAll('.nodes a.off').length").await, 3.0, "네트워크");
        browser.click(".graph-shelves li:first-child button").await;
        assert_eq!(browser.number("document.querySelectorAll('.nodes a.off').length").await, 0.0);

        // Initial consonants find a title, Enter goes there.
        let search = browser.client.find(fantoccini::Locator::Css(".graph-search input")).await.unwrap();
        search.send_keys("ㅍㄹㅅ").await.unwrap();
        assert_eq!(browser.text("document.querySelector('.graph-found').textContent").await, "프록시");
        search.send_keys("\u{e007}").await.unwrap();
        browser.wait_for(&format!("{CARD}.includes('프록시')")).await;

        // The keyboard: one stop for all notes, arrows to the next.
        assert_eq!(browser.number("document.querySelectorAll('.nodes a[tabindex=\"0\"]').length").await, 1.0);
        browser.client.execute("document.querySelector('.nodes a[tabindex=\"0\"]').focus()", Vec::new()).await.unwrap();
        let first = browser.text("document.activeElement.id").await;
        let mut visited = vec![first];
        for key in ["\u{e012}", "\u{e013}", "\u{e014}", "\u{e015}"] {
            browser.client.active_element().await.unwrap().send_keys(key).await.unwrap();
            visited.push(browser.text("document.activeElement.id").await);
        }
        assert!(visited.iter().all(|id| id.starts_with('n')), "{visited:?}");
        assert!(visited.windows(2).filter(|pair| pair[0] != pair[1]).count() >= 1, "the arrows move: {visited:?}");
        assert_eq!(browser.number("document.querySelectorAll('.nodes a[tabindex=\"0\"]').length").await, 1.0);

        // From a note's page, straight to the note.
        let id = page.split("graph.html#").nth(1).unwrap().split('"').next().unwrap();
        let mut url = url::Url::from_file_path(&file).unwrap();
        url.set_fragment(Some(id));
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(url.as_str()).await.unwrap();
        browser.wait_for(&format!("{CARD}.includes('캐시')")).await;
        assert_eq!(browser.complaints().await, [""; 0]);
    });
}
