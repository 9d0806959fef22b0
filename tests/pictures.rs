//! SVG files and drawings of other tools: what is published of them, how they stand on a dark page, what of them is found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;

use browser::Browser;
use common::{Site, contains, places};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 60\"";
/// Black words on nothing.
const PLAIN: &str = "<text x=\"10\" y=\"40\">게이트웨이</text>";
/// As Excalidraw exports it.
const EXCALIDRAW: &str = "<!-- svg-source:excalidraw --><metadata><!-- payload-start -->c2VjcmV0<!-- payload-end --></metadata>\
                          <rect width=\"120\" height=\"60\" fill=\"#ffffff\"/><path d=\"M0 30 L120 30\" stroke=\"#1e1e1e\" stroke-width=\"40\" fill=\"none\"/>";

fn svg(inside: &str) -> String {
    format!("{SVG}>{inside}</svg>\n")
}

fn site(note: &str, files: &[(&str, String)]) -> Site {
    let site = Site::of(&[("content/index.md", note)]);
    for (name, text) in files {
        site.add(&format!("content/{name}"), text);
    }
    site
}

#[test]
fn what_runs_in_a_file_is_not_published_and_told() {
    let hostile = svg(
        "<script>alert(1)</script>\n<g onclick=\"steal()\"><a href=\"javascript:alert(2)\"><text y=\"30\">단추</text></a></g>\n\
         <image href=\"https://tracker.example/a.png\"/>",
    );
    let site = site("# 처음\n\n![단추](단추.svg)\n", &[("단추.svg", hostile.clone())]);
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    let published = site.page("단추.svg");
    for trace in ["script", "alert", "onclick", "steal", "tracker.example"] {
        assert!(!published.contains(trace), "{trace} in {published}");
    }
    assert!(published.contains("<text y=\"30\">단추</text>"), "{published}");
    let faults = site.faults();
    assert_eq!(places(&faults, "svg-active"), ["content/단추.svg:1:62"]);
    let message = faults.iter().find(|fault| fault["code"] == "svg-active").unwrap()["message"].as_str().unwrap();
    for part in ["스크립트", "`onclick`", "`https://tracker.example/a.png`"] {
        assert!(message.contains(part), "{part} in {message}");
    }
    // The same in, the same out.
    let before = site.files();
    assert_eq!(site.built().files(), before);
    // A site that trusts its files keeps them.
    site.add("site.yaml", "unsafe_html: true\n");
    assert_eq!(site.built().page("단추.svg"), hostile);
}

#[test]
fn a_file_that_cannot_be_read_is_not_published_and_told_with_its_place() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>".to_owned() + &svg("<text>&b;</text>");
    let broken = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g>\n<script>alert(1)</script>\n</svg>\n".to_owned();
    let deep = svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
    let site = site(
        "# 처음\n\n![깨진 그림](깨짐.svg) ![](폭탄.svg) ![[깊음.svg]]\n",
        &[("깨짐.svg", broken), ("폭탄.svg", bomb), ("깊음.svg", deep)],
    );
    site.built();
    for name in ["깨짐.svg", "폭탄.svg", "깊음.svg"] {
        assert!(!site.publishes(name), "{name}");
    }
    assert!(!site.body("index.html").contains("<img"));
    assert!(site.body("index.html").contains("깨진 그림"));
    let faults = places(&site.faults(), "svg-broken");
    assert_eq!(faults, ["content/깊음.svg:1:1", "content/깨짐.svg:4:1", "content/폭탄.svg:1:1"]);
}

#[test]
fn other_sheets_and_deleted_shapes_stay_with_the_writer() {
    let drawio = svg(PLAIN).replace("viewBox", "content=\"&lt;mxfile&gt;비밀 계획&lt;/mxfile&gt;\" viewBox");
    let site = site(
        "# 처음\n\n![](망.drawio.svg) ![](스케치.svg)\n",
        &[("망.drawio.svg", drawio), ("스케치.svg", svg(EXCALIDRAW))],
    );
    site.built();
    for (path, bytes) in site.files() {
        assert!(!contains(&bytes, "비밀 계획".as_bytes()) && !contains(&bytes, b"c2VjcmV0"), "{path}");
    }
    assert!(site.page("망.drawio.svg").contains("게이트웨이"));
}

#[test]
fn a_picture_has_its_size_and_its_own_title_where_nothing_else_is_said() {
    let titled = svg(&format!("<title>요청의 흐름</title>{PLAIN}"));
    let note = "# 처음\n\n![](흐름.svg)\n\n![[흐름.svg]]\n\n![내 말](흐름.svg)\n\n![[흐름.svg|300]]\n";
    let site = site(note, &[("흐름.svg", titled)]);
    let body = site.built().body("index.html");
    assert_eq!(body.matches("alt=\"요청의 흐름\" class=\"dark-ink\" width=\"120\" height=\"60\"").count(), 2, "{body}");
    assert!(body.contains("alt=\"내 말\" class=\"dark-ink\" width=\"120\""), "{body}");
    assert!(body.contains("alt=\"요청의 흐름\" width=\"300\" class=\"dark-ink\" loading"), "{body}");
}

#[test]
fn a_dark_twin_is_shown_on_dark_pages() {
    let note = "# 처음\n\n![구조](구조.light.svg)\n\n![[화면.png]]\n";
    let png = "png".to_owned();
    let files = [
        ("구조.light.svg", svg(PLAIN)),
        ("구조.dark.svg", svg(PLAIN)),
        ("화면.png", png.clone()),
        ("화면-dark.png", png.clone()),
    ];
    let site = site(note, &files);
    let body = site.built().body("index.html");
    assert!(body.contains("<img src=\"구조.light.svg\" alt=\"구조\" class=\"for-light dark-ink\""), "{body}");
    assert!(body.contains("<img src=\"구조.dark.svg\" alt=\"구조\" class=\"for-dark dark-ink\""), "{body}");
    assert!(!body.contains("화면-dark"), "a photograph called so may be another one: {body}");
    // A note that shows both compares them.
    site.add("content/index.md", "# 처음\n\n![밝음](구조.light.svg) ![어두움](구조.dark.svg)\n");
    let body = site.built().body("index.html");
    assert!(!body.contains("for-light") && !body.contains("for-dark"), "{body}");
    // The ways of GitHub and of Material for MkDocs.
    let note = "# 처음\n\n![가](화면.png#only-light)![가](화면-dark.png#only-dark)\n\n\
                <img src=\"화면.png#gh-light-mode-only\"><img class=\"wide\" src=\"https://a.example/b.png#gh-dark-mode-only\">\n";
    site.add("content/index.md", note);
    let body = site.built().body("index.html");
    assert!(body.contains("<img src=\"화면.png\" alt=\"가\" class=\"for-light\""), "{body}");
    assert!(body.contains("<img src=\"화면-dark.png\" alt=\"가\" class=\"for-dark\""), "{body}");
    assert!(body.contains("<img src=\"화면.png\" class=\"for-light\""), "{body}");
    assert!(body.contains("class=\"for-dark wide\""), "{body}");
    assert_eq!(body.matches("class=").count(), body.matches("<img").count(), "{body}");
}

#[test]
fn words_in_a_drawing_are_found_where_it_stands() {
    let label = "<switch><foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\">회로차단기</div></foreignObject>\
                 <text>Text is not SVG - cannot display</text></switch>";
    let site = site(
        "# 처음\n\n머리말이다.\n\n## 구조\n\n![](망.drawio.svg)\n\n## 둘째\n\n글이다.\n",
        &[("망.drawio.svg", svg(&format!("{PLAIN}{label}"))), ("남은 것.svg", svg("<text>외톨이낱말</text>"))],
    );
    site.built();
    let search = |words: &str| site.run(&["search", words]).stdout;
    for words in ["게이트웨이", "회로차단기"] {
        let found = search(words);
        assert!(found.contains("구조") && found.contains("index"), "{found}");
    }
    assert!(!search("cannot display").contains("content/index.md"));
    assert!(!search("외톨이낱말").contains("content/"), "no note shows it");
    site.add("content/망.drawio.svg", svg("<text>부하분산기</text>"));
    site.built();
    assert!(search("부하분산기").contains("구조"), "a changed drawing is read again");
}

#[test]
fn a_private_notes_drawing_gives_nothing_away() {
    let site = Site::of(&[
        ("content/index.md", "# 처음\n\n글이다.\n"),
        ("content/일기.md", "---\nprivate: true\n---\n\n# 일기\n\n![](마음.svg)\n"),
        (
            "content/지도.excalidraw.md",
            "---\nexcalidraw-plugin: parsed\nprivate: true\n---\n\n## Drawing\n```json\n{}\n```\n",
        ),
    ]);
    site.add("content/마음.svg", svg("<text>속마음</text>"));
    site.add("content/지도.excalidraw.svg", svg("<text>보물섬</text>"));
    site.built();
    for (path, bytes) in site.files() {
        for word in ["속마음", "보물섬", "마음", "지도"] {
            assert!(!path.contains(word) && !contains(&bytes, word.as_bytes()), "{word} in {path}");
        }
    }
}

#[test]
fn drawings_of_the_obsidian_plugin_are_the_pictures_exported_from_them() {
    let scene = "---\nexcalidraw-plugin: parsed\ntags: [excalidraw]\n---\n\n# Text Elements\n숨은글자 ^a1\n\n%%\n## Drawing\n```compressed-json\nN4KAkARALg\n```\n%%\n";
    let note = "# 처음\n\n![[망.excalidraw]]\n\n![[망.excalidraw.md|300]]\n\n[[망.excalidraw|크게 보기]]\n\n![[빈.excalidraw]]\n\n![](설계.drawio)\n\n![[원본.drawio]]\n";
    let site = site(
        note,
        &[
            ("망.excalidraw.md", scene.to_owned()),
            ("망.excalidraw.svg", svg(EXCALIDRAW)),
            ("빈.excalidraw.md", scene.to_owned()),
            ("설계.drawio", "<mxfile/>".to_owned()),
            ("설계.drawio.svg", svg(PLAIN)),
            ("원본.drawio", "<mxfile/>".to_owned()),
            // Nothing but a key of the plugin's makes no drawing.
            ("글.md", "---\nexcalidraw-plugin: parsed\n---\n\n# 글\n\n읽을 것이 있다.\n".to_owned()),
        ],
    );
    let body = site.built().body("index.html");
    assert!(
        body.contains("<img src=\"망.excalidraw.svg\" alt=\"망\" class=\"inverts\" width=\"120\" height=\"60\""),
        "{body}"
    );
    assert!(body.contains("<img src=\"망.excalidraw.svg\" alt=\"망\" width=\"300\" class=\"inverts\""), "{body}");
    assert!(body.contains("href=\"망.excalidraw.svg\""), "{body}");
    assert!(body.contains("<img src=\"설계.drawio.svg\""), "{body}");
    assert!(body.contains("href=\"원본.drawio\"") && !body.contains("<img src=\"원본"), "{body}");
    assert!(
        site.publishes("글.html") && !site.publishes("망.excalidraw.html") && !site.publishes("빈.excalidraw.html")
    );
    assert_eq!(places(&site.faults(), "drawing-source"), ["content/index.md:9:1", "content/index.md:13:1"]);
    assert!(!site.run(&["search", "숨은글자"]).stdout.contains("content/"));
    let pages = site.pages();
    assert!(pages.values().all(|page| !page.contains("N4KAkARALg") && !page.contains("숨은글자")));
}

/// How each picture of a page is shown: its ground, how its colours are turned, and whether it is there; `null` where hidden.
const SHOWN: &str = "Promise.all([...document.querySelectorAll('.prose img')].map(async image => {
  if (getComputedStyle(image).display === 'none') return null;
  image.loading = 'eager';
  await image.decode().catch(() => {});
  const style = getComputedStyle(image);
  return [style.backgroundColor, style.filter, image.naturalWidth > 0].join('|');
}))";

#[test]
fn drawings_stand_on_light_and_dark_pages_by_the_readers_choice() {
    let follows = svg(
        "<style>text{fill:#000}@media (prefers-color-scheme: dark){text{fill:#fff}}</style><text y=\"30\">가</text>",
    );
    let note = "# 처음\n\n![](검정.svg)\n\n![](하양.svg)\n\n![](따름.svg)\n\n![](스케치.svg)\n\n![](쌍.light.svg)\n\n\
                <picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"하양.svg\"><img src=\"검정.svg\"></picture>\n";
    let site = site(
        note,
        &[
            ("검정.svg", svg(PLAIN)),
            ("하양.svg", svg("<text y=\"30\" fill=\"#fff\">하양</text>")),
            ("따름.svg", follows),
            ("스케치.svg", svg(EXCALIDRAW)),
            ("쌍.light.svg", svg(PLAIN)),
            ("쌍.dark.svg", svg("<text y=\"30\" fill=\"#fff\">하양</text>")),
        ],
    );
    site.built();
    let page = site.output().join("index.html");
    Browser::run(|browser| async move {
        let (none, paper, night) = ("rgba(0, 0, 0, 0)", "rgb(241, 239, 233)", "rgb(43, 46, 45)");
        let turned = "invert(0.93) hue-rotate(180deg)";
        let look = |ground: &str, filter: &str| serde_json::json!(format!("{ground}|{filter}|true"));
        let nothing = serde_json::Value::Null;
        let light = [
            look(none, "none"),
            look(night, "none"),
            look(none, "none"),
            look(none, "none"),
            look(none, "none"),
            nothing.clone(),
            look(none, "none"),
        ];
        let dark = [
            look(paper, "none"),
            look(none, "none"),
            look(none, "none"),
            look(none, turned),
            nothing,
            look(none, "none"),
            look(none, "none"),
        ];
        let source = "document.querySelector('picture img').currentSrc.includes(encodeURI('하양'))";
        for system in ["light", "dark"] {
            browser.prefer("prefers-color-scheme", system).await;
            browser.open(&page).await;
            let by_system = if system == "dark" { &dark } else { &light };
            assert_eq!(browser.awaited(SHOWN).await, serde_json::json!(by_system), "the system's theme: {system}");
            for chosen in ["light", "dark"] {
                browser.wait_for("!document.querySelector('.theme-switch').hidden").await;
                while browser.value("document.documentElement.dataset.theme || ''").await != chosen {
                    browser.value("document.querySelector('.theme-switch').click()").await;
                }
                let expected = if chosen == "dark" { &dark } else { &light };
                assert_eq!(browser.awaited(SHOWN).await, serde_json::json!(expected), "{chosen} on {system}");
                browser.wait_for(&format!("{source} === {}", chosen == "dark")).await;
            }
            browser.value("localStorage.clear()").await;
        }
    });
}
