//! Diagrams as a reader sees them: drawn in the page, whole in light and dark, found, linked, harmless.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use std::collections::BTreeSet;

use browser::{Browser, Kind};
use common::Site;

/// Forty diagrams of all kinds in Korean.
const KOREAN: &str = include_str!("diagrams/korean.md");
/// Ten in DOT.
const KOREAN_DOT: &str = include_str!("diagrams/korean-dot.md");
/// What of them leaves its place.
const MEASURE: &str = include_str!("diagrams/measure.js");
/// Diagrams of the kinds that Mermaid has no dark colours for.
const COLOURS: &str = include_str!("diagrams/colours.md");
/// What of them is hard to read.
const CONTRAST: &str = include_str!("diagrams/contrast.js");

fn site(files: &[(&str, &str)]) -> Site {
    let site = Site::of(files);
    site.built();
    site
}

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Measures all texts of a note's diagrams in both themes: at least so many, of which as many are wrong as are too large.
fn measure(note: &str, least: u64, too_large: usize) {
    let site = Site::of(&[("content/그림.md", note)]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    Browser::run(|browser| async move {
        browser.set_width(1440).await;
        browser.open(&site.output().join("그림.html")).await;
        for theme in ["light", "dark"] {
            browser.prefer("prefers-color-scheme", theme).await;
            let measured = browser.value(&MEASURE[MEASURE.find("(() =>").unwrap()..]).await;
            assert!(measured["count"].as_u64().unwrap() > least, "{measured}");
            assert_eq!(measured["wrong"], serde_json::json!([]), "{theme}");
        }
        // The measure itself sees what is wrong.
        browser.value("void document.querySelectorAll('.diagram-view text').forEach(text => text.style.setProperty('font-size', '30px', 'important'))").await;
        let measured = browser.value(&MEASURE[MEASURE.find("(() =>").unwrap()..]).await;
        assert!(measured["wrong"].as_array().unwrap().len() > too_large, "{measured}");
    });
}

#[test]
fn no_text_of_forty_korean_diagrams_leaves_its_box() {
    assert_eq!(KOREAN.matches("```mermaid").count(), 40);
    measure(KOREAN, 280, 100);
}

#[test]
fn no_text_of_ten_korean_graphs_leaves_its_shape() {
    measure(KOREAN_DOT, 100, 50);
}

#[test]
fn a_graph_is_drawn_without_another_program() {
    let note = "# 그림\n\n## 의존\n\n```dot\ndigraph {\n  rankdir=LR\n  subgraph cluster_0 { label=\"서버 묶음\" style=filled \
                color=lightgrey a [label=\"[[노트]]의 서버\" URL=\"노트.md\"] }\n  a -> b [label=\"요청\"]\n}\n```\n\n\
                ```dot\ndigraph {\n  가 -> 나\n  나 -> }\n```\n\n```graphviz\ndigraph { a:b -> c }\n```\n\n\
                ```gv\ngraph { layout=neato; a -- b }\n```\n";
    let site = Site::of(&[("content/그림.md", note), ("content/노트.md", "# 노트\n\n글\n")]);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for place in ["16:8", "20:15", "24:16"] {
        assert!(run.stderr.contains(&format!("content/그림.md:{place}: warning[diagram]")), "{place}: {}", run.stderr);
    }
    assert!(run.stderr.contains("`dot: true`"), "{}", run.stderr);
    let page = site.page("그림.html");
    assert_eq!(page.matches("class=\"diagram\"").count(), 2, "{page}");
    assert!(page.contains("light-dark(#d3d3d3,#") && page.contains("neato"), "{page}");
    assert!(site.page("노트.html").contains("그림.html"), "a backlink");
    let found = site.run(&["search", "묶음", "--json"]);
    assert!(found.stdout.contains("의존"), "{}", found.stdout);
}

#[test]
fn words_stand_out_from_their_ground_in_light_and_dark() {
    let site = site(&[("content/색.md", COLOURS)]);
    Browser::run(|browser| async move {
        let measure = &CONTRAST[CONTRAST.find("(() =>").unwrap()..];
        let mut wrong = Vec::new();
        browser.open(&site.output().join("색.html")).await;
        for theme in ["light", "dark"] {
            browser.prefer("prefers-color-scheme", theme).await;
            let measured = browser.value(measure).await;
            assert!(measured["count"].as_u64().unwrap() > 40, "{measured}");
            let found = measured["wrong"].as_array().unwrap();
            wrong.extend(found.iter().map(|text| format!("{theme} {text}")));
        }
        assert_eq!(wrong, Vec::<String>::new());
        // The measure itself sees what is wrong.
        browser.value("void document.querySelectorAll('.diagram-view text').forEach(text => text.style.setProperty('fill', '#555', 'important'))").await;
        let measured = browser.value(measure).await;
        assert!(measured["wrong"].as_array().unwrap().len() > 10, "{measured}");
    });
}

#[test]
fn diagrams_are_printed_light_and_whole() {
    let wide: String = (0..40).map(|number| format!("  가{number}[상자 {number}번] --> 가{}\n", number + 1)).collect();
    // Of a chart's two themes more than colours differs.
    let note = format!(
        "# 그림\n\n```mermaid\nflowchart LR\n{wide}```\n\n```mermaid\nmindmap\n  뿌리\n    가지\n```\n\n```mermaid\npie\n  \"가\" : 1\n```\n"
    );
    let site = site(&[("content/그림.md", &note)]);
    assert!(site.page("그림.html").contains("class=\"for-dark\""));
    Browser::run(|browser| async move {
        browser.open(&site.output().join("그림.html")).await;
        browser.value("void (document.documentElement.dataset.theme = 'dark')").await;
        browser.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).await;
        let shown = "[...document.querySelectorAll('.diagram-view .for-dark')].filter(one => one.getBoundingClientRect().width > 0).length";
        assert_eq!(browser.value(shown).await, 0, "dark ones on paper");
        let shown = "[...document.querySelectorAll('.diagram-view .for-light')].filter(one => one.getBoundingClientRect().width > 0).length";
        assert!(browser.number(shown).await > 0.0, "light ones on paper");
        let whole = "(view => view.firstElementChild.getBoundingClientRect().width <= view.getBoundingClientRect().width + 1)(document.querySelector('.diagram-view'))";
        assert_eq!(browser.value(whole).await, true, "a wide one fits on paper");
        let fill = "getComputedStyle(document.querySelector('.diagram-view .node rect')).fill";
        assert_eq!(browser.text(fill).await, "rgb(236, 236, 255)");
    });
}

#[test]
fn a_diagram_follows_the_theme_and_is_seen_large() {
    for kind in [Kind::Chromium, Kind::Firefox] {
        let wide: String =
            (0..30).map(|number| format!("  가{number}[상자 {number}번] --> 가{}\n", number + 1)).collect();
        let note = format!(
            "# 그림\n\n```mermaid\nflowchart LR\n{wide}```\n\n```mermaid\npie\n  \"가\" : 1\n  \"나\" : 2\n```\n"
        );
        let site = site(&[("content/그림.md", &note)]);
        Browser::run_in(kind, |browser| async move {
            browser.open(&site.output().join("그림.html")).await;
            let fill = "getComputedStyle(document.querySelector('.diagram-view .node rect')).fill";
            let mut fills = BTreeSet::new();
            for theme in ["light", "dark"] {
                browser.value(&format!("void (document.documentElement.dataset.theme = '{theme}')")).await;
                fills.insert(browser.text(fill).await);
                let shown = "[...document.querySelectorAll('.diagram-view svg[role]')].filter(svg => svg.getBoundingClientRect().width > 0).length";
                assert_eq!(browser.value(shown).await, 2, "each once in {theme}");
            }
            assert_eq!(fills.len(), 2, "{fills:?}");
            let scrolls = "(view => view.scrollWidth > view.clientWidth && document.documentElement.scrollWidth <= innerWidth)(document.querySelector('.diagram-view'))";
            assert_eq!(browser.value(scrolls).await, true, "a wide one scrolls, and not the page");
            browser.wait_for("document.querySelectorAll('.diagram-open').length === 2").await;
            assert_eq!(browser.number("document.querySelectorAll('script[src*=\"diagrams\"]').length").await, 0.0);
            browser.value("void document.querySelector('.diagram-open').click()").await;
            browser.wait_for("document.querySelector('.diagram-large').open && document.querySelector('.diagram-large svg[role]') !== null").await;
            browser.value("void document.querySelector('.diagram-large').close()").await;
            browser.wait_for("document.querySelector('.diagram').firstElementChild.matches('.diagram-view')").await;
            assert_eq!(browser.complaints().await, Vec::<String>::new());
        });
    }
}

#[test]
fn words_of_diagrams_are_found_and_their_links_lead_somewhere() {
    let site = Site::of(&[
        (
            "content/흐름.md",
            "# 흐름\n\n## 배포하는 길\n\n```mermaid\nflowchart LR\n  A[\"빌드머신이 만든다\"] --> B[\"[[운영/배포 절차|절차]]를 따른다\"]\n  click A href \"운영/빌드 서버.md\"\n  click B href \"없는 노트.md\"\n```\n\n```mermaid\nflowchart LR\n  A[\"없음이라는 말이 먼저, [[없음]]\"]\n```\n",
        ),
        ("content/운영/배포 절차.md", "# 배포 절차\n\n글\n"),
        ("content/운영/빌드 서버.md", "# 빌드 서버\n\n글\n"),
    ]);
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("content/흐름.md:9:17: warning[broken-link]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/흐름.md:14:21: warning[broken-link]"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning").count(), 2, "{}", run.stderr);
    let page = site.page("흐름.html");
    assert!(
        page.contains("href=\"운영/배포%20절차.html\"") && page.contains("href=\"운영/빌드%20서버.html\""),
        "{page}"
    );
    for note in ["배포 절차", "빌드 서버"] {
        let backlinks = site.page(&format!("운영/{note}.html"));
        assert!(backlinks.contains("흐름"), "{note}: {backlinks}");
        assert!(!backlinks.contains("빌드 서버.md"), "{note}: {backlinks}");
    }
    let found = site.run(&["search", "빌드머신", "--json"]);
    assert!(found.stdout.contains("배포하는 길"), "{}", found.stdout);
}

#[test]
fn links_in_labels_lead_where_they_are_written_whatever_order_they_are_drawn_in() {
    let diagrams = [
        "```mermaid\nflowchart LR\n  A[\"[[가]]\"] -->|\"[[나]]\"| B[\"[[다]]\"]\n```\n",
        "```mermaid\nsequenceDiagram\n  participant a as \"[[가]]\"\n  participant b as \"[[나]]\"\n  a->>b: \"[[다]]\"\n```\n",
        "```mermaid\nflowchart LR\n  A[\"[[다]] [[나]]\"] --> B[\"[[나]]\"]\n  A[\"[[가]]\"]\n```\n",
        "```dot\ndigraph { b [label=\"[[나]]\"]; a -> b [label=\"[[다]]\"]; a [label=\"[[가]]\"] }\n```\n",
    ];
    let note = diagrams.join("\n");
    let site = Site::of(&[
        ("site.yaml", "title: 그림\ndot: true\n"),
        ("content/그림.md", &format!("# 그림\n\n{note}")),
        ("content/가.md", "# 가\n"),
        ("content/나.md", "# 나\n"),
        ("content/다.md", "# 다\n"),
    ]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = site.page("그림.html");
    for note in ["가", "나", "다"] {
        let leads = format!("href=\"{note}.html\"");
        let links: Vec<&str> = page.split("<svg role").skip(1).flat_map(|svg| svg.split("<a ").skip(1)).collect();
        let named: Vec<&&str> = links.iter().filter(|link| link.contains(&leads)).collect();
        assert!(named.len() >= 3, "{note}: {named:?}");
        assert!(named.iter().all(|link| link.contains(&format!(">{note}</a>"))), "{note}: {named:?}");
    }
    let ids = values(&page, "id");
    assert_eq!(ids.iter().copied().collect::<BTreeSet<&str>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn where_links_to_private_notes_lead_is_in_no_source() {
    let site = Site::of(&[
        (
            "content/공개.md",
            "# 공개\n\n```mermaid\nflowchart LR\n  A[가] --> C[\"[[숨긴계획|다른 이름]]\"]\n  click A href \"숨긴계획.md\"\n```\n",
        ),
        ("content/숨긴계획.md", "---\npublish: false\n---\n# 숨긴계획\n"),
    ]);
    site.built();
    let page = site.page("공개.html");
    assert!(!page.contains("숨긴계획"), "{page}");
    assert!(page.contains("C[&quot;[[다른 이름]]&quot;]") && page.contains("click A href &quot;&quot;"), "{page}");
}

#[test]
fn what_a_library_stumbles_over_is_not_printed() {
    let site =
        Site::of(&[("content/그림.md", "# 그림\n\n```mermaid\nerDiagram\n  회원 {\n    int\u{2002}번호\n  }\n```\n")]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.code, run.stderr.contains("panicked")), (0, false), "{}", run.stderr);
    assert!(site.page("그림.html").contains(">번호<"));
}

#[test]
fn pikchr_fits_hangul_and_its_labels_link() {
    let note = "# 그림\n\n```pikchr\nbox \"[[운영/배포 절차|절차]]를 따른다\" fit; arrow; circle \"끝\"\n```\n\n\
                ```pic\nbox \"[[없는 노트]]\" \"<b>\"\n```\n\n```pikchr\nbox \"[[가]]\" \"나\n```\n";
    let site = Site::of(&[("content/그림.md", note), ("content/운영/배포 절차.md", "# 배포 절차\n\n글\n")]);
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("content/그림.md:8:8: warning[broken-link]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/그림.md:12:13: warning[diagram]"), "{}", run.stderr);
    let page = site.page("그림.html");
    assert!(page.contains("<a href=\"운영/배포%20절차.html\" id=\"") && page.contains(">절차</a>를"), "{page}");
    assert!(page.contains("box &quot;[[가]]&quot; &quot;나"), "{page}");
    assert!(site.page("운영/배포 절차.html").contains("그림.html"));
}

#[test]
fn a_site_may_have_its_dot_drawn_by_graphviz() {
    let note = "# 그림\n\n## 의존\n\n```dot\ndigraph {\n  rankdir=LR\n  subgraph cluster_0 { label=\"서버 묶음\" style=filled \
                color=lightgrey a [label=\"[[노트]]의 서버\" URL=\"노트.md?a=1&b=2\"] }\n  a -> b [label=\"요청\"]\n}\n```\n\n\
                ```dot\ndigraph {\n  가 -> 나\n  나 -> }\n```\n\n```graphviz\ndigraph { a:b -> c; d [image=\"../비밀.png\"] }\n```\n";
    let site = Site::of(&[
        ("site.yaml", "title: 그림\ndot: true\n"),
        ("content/그림.md", note),
        ("content/노트.md", "# 노트\n\n글\n"),
    ]);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("content/그림.md:16:8: warning[diagram]"), "{}", run.stderr);
    for told in ["image=\"../비밀.png\"", "port b unrecognized"] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    let page = site.page("그림.html");
    assert_eq!(page.matches("class=\"diagram\"").count(), 2, "{page}");
    assert!(page.contains("light-dark(#d3d3d3,#") && !page.contains("비밀.png\""), "{page}");
    assert!(page.contains("나 -&gt; }"), "{page}");
    assert!(site.page("노트.html").contains("그림.html"), "a backlink");
    let found = site.run(&["search", "묶음", "--json"]);
    assert!(found.stdout.contains("의존"), "{}", found.stdout);
}

#[test]
fn what_dot_leaves_out_is_told_and_what_it_scales_is_seen_whole() {
    let note = "# 그림\n\n```dot\ndigraph A { 가 -> 나 }\ndigraph B { 다 -> 라 }\n```\n\n```dot\ndigraph { dpi=300; 마 -> 바 }\n```\n";
    let site = Site::of(&[("site.yaml", "title: 그림\ndot: true\n"), ("content/그림.md", note)]);
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("첫 그래프만 그렸습니다"), "{}", run.stderr);
    Browser::run(|browser| async move {
        browser.open(&site.output().join("그림.html")).await;
        let inside = "[...document.querySelectorAll('.diagram-view svg[role]')].every(svg => { const outer = svg.getBoundingClientRect(); \
                      return [...svg.querySelectorAll('text')].every(text => { const box = text.getBoundingClientRect(); \
                      return box.left >= outer.left && box.right <= outer.right && box.bottom <= outer.bottom; }); })";
        assert_eq!(browser.value(inside).await, true);
        assert_eq!(browser.number("document.querySelectorAll('.diagram-view text').length").await, 4.0);
    });
}

#[test]
fn a_diagram_in_a_theme_of_its_writers_own_stands_on_paper() {
    let site = Site::of(&[(
        "content/그림.md",
        "# 그림\n\n```mermaid\n---\nconfig:\n  theme: neutral\n---\nsequenceDiagram\n  가->>나: 안녕\n```\n\n```mermaid\nflowchart LR\n  가 --> 나\n```\n",
    )]);
    site.built();
    Browser::run(|browser| async move {
        browser.prefer("prefers-color-scheme", "dark").await;
        browser.open(&site.output().join("그림.html")).await;
        let ground = |number: u8| {
            format!("getComputedStyle(document.querySelectorAll('.diagram-view')[{number}]).backgroundColor")
        };
        let light = browser.text(&ground(0)).await;
        let channels: Vec<f64> = light.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        assert!(channels.len() >= 3 && channels.iter().all(|channel| *channel > 200.0), "{light}");
        assert_eq!(browser.text(&ground(1)).await, "rgba(0, 0, 0, 0)");
    });
}

#[test]
fn ids_of_diagrams_never_meet() {
    let diagram = "```mermaid\nflowchart LR\n  A --> B\n```\n";
    let site = site(&[
        ("content/한 장.md", &format!("# 한 장\n\n{diagram}\n{diagram}\n![[두 장]]\n\n![[두 장]]\n")),
        ("content/두 장.md", &format!("# 두 장\n\n{diagram}")),
    ]);
    let page = site.page("한 장.html");
    assert_eq!(page.matches("class=\"diagram\"").count(), 4);
    let ids = values(&page, "id");
    let different: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(different.len(), ids.len(), "{ids:?}");
    let referred: Vec<&str> = page.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!referred.is_empty() && referred.iter().all(|id| different.contains(id)), "{referred:?}");
}

#[test]
fn a_wrong_diagram_is_told_of_at_its_place_and_stays_readable() {
    let site = Site::of(&[(
        "content/틀림.md",
        "# 틀림\n\n> - 목록 안\n>\n>   ```mermaid\n>   sequenceDiagram\n>     가->>나: 안녕\n>     가->>\n>   ```\n\n```mermaid\n그림이 아니다\n```\n\n```mermaid\ngitGraph\n  commit\n  branch 기능\n```\n",
    )]);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0);
    for place in ["content/틀림.md:8:", "content/틀림.md:12:1: ", "content/틀림.md:18:"] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(run.stderr.contains("`branch \"기능\"`"), "{}", run.stderr);
    let page = site.page("틀림.html");
    assert!(page.contains("가-&gt;&gt;나: 안녕") && page.contains("그림이 아니다"), "{page}");
    assert_eq!(site.run(&["build", "--strict"]).code, 1);
}

#[test]
fn a_hostile_diagram_does_no_harm() {
    let hostile = [
        "flowchart LR\n  A[\"<script>alert(1)</script><img src=x onerror=alert(2)>\"] --> B\n  click B href \"javascript:alert(3)\"\n  click A call alert(4)\n",
        "flowchart LR\n  A --> B\n  style A fill:url(https://evil.example/x),background:url(//evil.example)\n  linkStyle 0 stroke:red;}</style><script>alert(5)</script>\n",
        "%%{init: {\"themeCSS\": \"} body { display: none } @import url(//evil.example/a.css);\", \"securityLevel\": \"loose\"}}%%\nflowchart LR\n  A --> B\n",
        "---\nconfig:\n  fontFamily: \"x;} * {display:none} @font-face{src:url(//evil.example)}\"\n---\nflowchart LR\n  A[\"</text></svg><iframe src=//evil.example>\"]\n",
        "sequenceDiagram\n  participant A\n  link A: 가다 @ javascript:alert(6)\n  A->>A: <b onclick=alert(7)>가</b>\n",
        "classDiagram\n  class A\n  click A href \"data:text/html,<script>alert(8)</script>\"\n",
    ];
    let note: String = hostile.iter().map(|source| format!("```mermaid\n{source}```\n\n")).collect();
    let site = site(&[("content/나쁨.md", &format!("# 나쁨\n\n{note}"))]);
    let page = site.page("나쁨.html");
    let drawn: String =
        page.split("<div class=\"diagram-view\"").skip(1).filter_map(|rest| rest.split("<details").next()).collect();
    assert!(drawn.matches("<svg role").count() >= 4, "{page}");
    for bad in ["<script", "<iframe", "<img", "javascript:", "evil.example", "@import", "@font-face", "data:"] {
        assert!(!drawn.contains(bad), "{bad}: {drawn}");
    }
    Browser::run(|browser| async move {
        browser.open(&site.output().join("나쁨.html")).await;
        let attributes = "[...document.querySelectorAll('.diagram-view *')].flatMap(one => [...one.attributes]).filter(one => one.name.startsWith('on')).length";
        assert_eq!(browser.value(attributes).await, 0);
        assert_eq!(browser.value("getComputedStyle(document.body).display !== 'none'").await, true);
    });
}
