//! Links between notes lead where the writer meant, and every address in a finished site leads to something.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::html::{elements, links_called};
use common::{Site, link_check, places};

#[test]
fn every_way_of_writing_a_link_finds_its_note() {
    let site = Site::case("linked");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    let page = site.body("링크 모음.html");
    let balancer = "네트워크/로드%20밸런서.html";
    let cache = "데이터/캐시.html";
    for (text, expected) in [
        ("상대 경로", balancer.to_owned()),
        ("꺾쇠 경로", balancer.to_owned()),
        ("점으로 시작", cache.to_owned()),
        ("뿌리부터", cache.to_owned()),
        ("html로 적은 것", cache.to_owned()),
        ("확장자 없이", cache.to_owned()),
        ("폴더", "네트워크/index.html".to_owned()),
        ("절까지", format!("{balancer}#l4와-l7")),
        ("원래 제목으로", format!("{balancer}#상태-검사health-check")),
        ("캐시", cache.to_owned()),
        ("역방향 프록시", "네트워크/reverse-proxy.html".to_owned()),
        ("LB", balancer.to_owned()),
        ("별칭에 붙인 글", balancer.to_owned()),
        ("로드 밸런서 > L4와 L7", format!("{balancer}#l4와-l7")),
        ("폴더와 절", format!("{cache}#만료")),
        ("표 안의 링크", "#표-안의-링크".to_owned()),
        ("HTML로 쓴 링크", cache.to_owned()),
        ("표에서", cache.to_owned()),
    ] {
        assert_eq!(links_called(&page, text), [expected], "{text}");
    }
    let pictures: Vec<_> = elements(&page).into_iter().filter(|element| element.name == "img").collect();
    let pictures: Vec<_> = pictures.iter().map(|img| (img.attribute("src"), img.attribute("width"))).collect();
    assert_eq!(pictures, [(Some("그림/구조.svg"), None), (Some("그림/구조.svg"), Some("120"))]);
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn notes_that_show_themselves_in_a_circle_are_told_with_the_chain() {
    let site = Site::of(&[
        ("content/가.md", "---\ntitle: 가\n---\n\n![[나#절]]\n"),
        ("content/나.md", "---\ntitle: 나\n---\n\n첫 글\n\n## 절\n\n![[다]]\n"),
        ("content/다.md", "---\ntitle: 다\n---\n\n다의 글. ![[가]]\n"),
        ("content/라.md", "---\ntitle: 라\n---\n\n![[#절]]\n\n## 절\n\n돌지 않는 글\n"),
    ]);
    let faults = site.faults();
    assert_eq!(places(&faults, "embed-circle"), ["content/다.md:5:7"]);
    let circle = faults.iter().find(|fault| fault["code"] == "embed-circle").unwrap();
    assert!(circle["message"].as_str().unwrap().contains("`가.md` → `나.md#절` → `다.md` → `가.md`"), "{circle}");
    site.built();
    // Each page shows the others once, and itself as a link.
    let page = site.body("가.html");
    assert!(page.contains("다의 글.") && !page.contains("첫 글"), "{page}");
    assert_eq!(links_called(&page, "가"), ["가.html"]);
    assert_eq!(site.body("라.html").matches("돌지 않는 글").count(), 2);
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_part_that_is_missing_is_no_circle() {
    let site = Site::of(&[
        ("content/가.md", "---\ntitle: 가\n---\n\n![[나#없음]]\n"),
        ("content/나.md", "---\ntitle: 나\n---\n\n![[가#없음]]\n"),
    ]);
    let faults = site.faults();
    assert_eq!(places(&faults, "embed-circle"), [""; 0]);
    assert_eq!(places(&faults, "broken-anchor").len(), 2);
}

#[test]
fn ten_notes_that_each_show_ten_do_not_become_ten_thousand() {
    let site = Site::empty();
    let text = "글 ".repeat(2000);
    for level in 0..5 {
        for note in 0..10 {
            let shown: String = (0..10).map(|other| format!("![[{}-{other}]]\n\n", level + 1)).collect();
            site.add(&format!("content/{level}-{note}.md"), format!("{text}\n\n{shown}"));
        }
    }
    site.built();
    let size = site.page("0-0.html").len();
    assert!(size < 4_000_000, "{size} bytes");
}

#[test]
fn a_heading_that_became_the_title_can_still_be_linked_to() {
    let site = Site::case("linked");
    site.built();
    assert_eq!(links_called(&site.body("데이터/캐시.html"), "위로"), ["#캐시"]);
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_note_lists_the_notes_that_link_to_it() {
    let site = Site::case("linked");
    site.built();
    let page = site.page("데이터/캐시.html");
    // Each note once, however often it links here; tests/backlinks.rs looks at the places.
    let (_, backlinks) = page.split_once("<section class=\"backlinks\"").unwrap();
    let backlinks = backlinks.split("<details class=\"mentions\"").next().unwrap();
    let quoting = elements(backlinks).into_iter().filter(|element| element.attribute("class") == Some("quoting-note"));
    let notes: Vec<_> = quoting.filter_map(|a| a.attribute("href").map(str::to_owned)).collect();
    assert_eq!(notes, ["../index.html", "../링크%20모음.html"]);
}

#[test]
fn a_broken_link_is_reported_where_it_stands_with_the_nearest_name() {
    let site = Site::case("linked");
    site.add(
        "content/오타.md",
        "# 오타\n\n먼저 [캐쉬](데이터/캐쉬.md), 다음 [[로드 벨런서]], 또 [절](데이터/캐시.md#만룔), 그림 ![x](그림/구졸.svg).\n",
    );
    assert_eq!(site.build().code, 0, "broken links are warnings");
    assert_eq!(site.run(&["build", "--strict"]).code, 1);
    let faults = site.faults();
    assert_eq!(places(&faults, "broken-link"), ["content/오타.md:3:4", "content/오타.md:3:24"]);
    assert_eq!(places(&faults, "broken-anchor"), ["content/오타.md:3:38"]);
    assert_eq!(places(&faults, "missing-file"), ["content/오타.md:3:60"]);
    for (code, nearest) in [("broken-link", "`캐시`"), ("broken-anchor", "`#만료`"), ("missing-file", "`구조.svg`")]
    {
        let fault = faults.iter().find(|fault| fault["code"] == code).unwrap();
        assert!(fault["hint"].as_str().unwrap().contains(nearest), "{fault}");
    }
    let second = faults.iter().filter(|fault| fault["code"] == "broken-link").nth(1).unwrap();
    assert!(second["hint"].as_str().unwrap().contains("`로드 밸런서`"), "{second}");
    // The words stay readable; only the link is gone.
    assert!(common::html::text(&site.body("오타.html")).contains("먼저 캐쉬, 다음 로드 벨런서, 또 절"));
}

#[test]
fn of_two_notes_with_one_name_the_nearer_is_meant_and_the_writer_is_told() {
    let site = Site::of(&[
        ("content/가/개요.md", "# 가의 개요\n\n가 폴더를 소개한다.\n"),
        ("content/나/개요.md", "# 나의 개요\n\n나 폴더를 소개한다.\n"),
        ("content/나/본문.md", "# 본문\n\n[[개요]]부터 읽는다.\n"),
        ("content/나/분명.md", "# 분명\n\n[[가/개요]]라고 적으면 분명하다.\n"),
    ]);
    site.built();
    assert_eq!(links_called(&site.body("나/본문.html"), "개요"), ["개요.html"]);
    assert_eq!(links_called(&site.body("나/분명.html"), "가/개요"), ["../가/개요.html"]);
    assert_eq!(places(&site.faults(), "ambiguous-link"), ["content/나/본문.md:3:1"]);
}

#[test]
fn names_are_one_name_in_nfc_and_nfd_and_in_any_case() {
    // As macOS stores it: ㄱㅏㅅㅏㅇ in separate letters.
    let decomposed = "\u{1100}\u{1161}\u{1109}\u{1161}\u{11bc}";
    let site = Site::of(&[("content/노트.md", "# 노트\n\n[[가상]] [경로](가상.md) [[Kafka]] [[KAFKA|대문자]]\n")]);
    site.add(&format!("content/{decomposed}.md"), "가상 머신은 한 기계를 여럿으로 나눈다.\n");
    site.add("content/kafka.md", "# kafka\n\n기록을 순서대로 쌓는다.\n");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    let page = site.body("노트.html");
    assert_eq!(links_called(&page, "가상"), ["가상.html"]);
    assert_eq!(links_called(&page, "경로"), ["가상.html"]);
    assert_eq!(links_called(&page, "Kafka"), ["kafka.html"]);
    assert_eq!(links_called(&page, "대문자"), ["kafka.html"]);
    assert!(site.publishes("가상.html"), "the page's own name is composed");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn odd_characters_in_file_names_make_links_that_work() {
    let site = Site::case("odd-names");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
    let page = site.page("index.html");
    for text in ["퍼센트로 적은 이름", "꺾쇠로 적은 이름"] {
        assert_eq!(links_called(&page, text), ["C%23%20%26%20C++%20%5B정리%5D.html"]);
    }
    let body = site.body("C# & C++ [정리].html");
    assert_eq!(links_called(&body, "백 퍼센트"), ["100%25%20이해하기.html"]);
    assert_eq!(links_called(&body, "한 백분율 부호 그대로"), ["100%25%20이해하기.html"]);
    // A question mark cannot stand in a file name on Windows.
    assert_eq!(links_called(&body, "물음표"), ["왜%20느릴까-.html"]);
    assert_eq!(links_called(&body, "따옴표").len(), 1);
    assert!(body.contains("<img src=\"그림%20%231%20(초안).svg\""), "{body}");
}

#[test]
fn seogas_own_notes_make_a_site_without_a_single_broken_address() {
    let site = Site::own_content();
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn searching_the_own_notes_for_kubernetes_with_a_particle_finds_its_note_first() {
    let site = Site::own_content();
    site.built();
    let run = site.run(&["search", "--json", "쿠버네티스를"]);
    assert_eq!(run.code, 0, "{run}");
    let hits = run.json_lines()[0]["hits"].clone();
    let first = &hits[0];
    assert!(first["title"].as_str().is_some_and(|title| title.contains("쿠버네티스")), "{hits:#}");
    assert!(site.publishes(first["url"].as_str().unwrap()), "{first}");
    assert!(first["snippet"].as_str().unwrap().contains("<mark>"), "{first}");
}

#[test]
fn the_link_checker_sees_what_a_browser_would_miss() {
    let site = Site::of(&[
        ("public/index.html", "<a href=\"%EA%B8%80.html#%EC%A0%88\">좋다</a><a href=\"https://example.com\">밖</a>"),
        ("public/글.html", "<h2 id=\"절\">절</h2><a href=\"폴더/\">폴더</a><a href=\"/index.html\">뿌리</a>"),
        (
            "public/나쁨.html",
            "<p id=a><p id=a><a href=\"글.html#없음\">x</a><img src=\"https://example.com/a.png\"><a href=../../b>y</a>",
        ),
        ("public/a.css", "@import \"b.css\";"),
    ]);
    let faults = link_check::faults(&site.output());
    let starts: Vec<&str> = faults.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
    assert_eq!(
        starts,
        ["글.html", "글.html", "나쁨.html", "나쁨.html", "나쁨.html", "나쁨.html", "a.css"],
        "{faults:#?}"
    );
}

#[test]
fn a_tag_in_the_text_is_a_tag_of_the_note() {
    let site = Site::empty();
    site.add("content/서버.md", "---\ntitle: 서버\ntags: [인프라]\n---\n#인프라 이야기와 #네트워크/DNS 이야기.\n");
    site.add("content/일기.md", "---\nprivate: true\n---\n#비밀\n");
    site.built();
    let page = site.page("서버.html");
    assert_eq!(links_called(&page, "#인프라"), ["tags/인프라.html"]);
    assert_eq!(links_called(&page, "#네트워크/DNS"), ["tags/네트워크/DNS.html"]);
    // Beside the title, each once.
    assert_eq!(links_called(&page, "인프라"), ["tags/인프라.html"]);
    assert_eq!(links_called(&page, "네트워크/DNS"), ["tags/네트워크/DNS.html"]);
    assert!(links_called(&site.page("tags/네트워크.html"), "서버").contains(&"../서버.html".to_owned()));
    assert!(!site.output().join("tags/비밀.html").exists(), "a private note's tag");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_site_may_leave_tags_to_the_front_matter() {
    let site = Site::empty();
    site.add("site.yaml", "inline_tags: false\n");
    site.add("content/서버.md", "---\ntitle: 서버\n---\n#네트워크 이야기.\n");
    site.built();
    assert!(site.body("서버.html").contains("<p>#네트워크 이야기.</p>"));
    assert!(!site.output().join("tags/네트워크.html").exists());
}

#[test]
fn a_link_as_dendron_writes_it_leads_to_what_stands_behind_the_bar() {
    let site = Site::of(&[
        ("content/x.schema.md", "# Schema\n"),
        ("content/x.lookup.schemas.md", "# schemas\n"),
        ("content/말.md", "# 말\n"),
        ("content/글.md", "[[schemas|x.schema]]\n\n[[schemas|dendron://vault/x.schema]]\n\n[[말|x.schema]]\n"),
    ]);
    site.built();
    let body = site.body("글.html");
    assert_eq!(links_called(&body, "schemas"), ["x.schema.html", "x.schema.html"]);
    assert_eq!(links_called(&body, "x.schema"), ["말.html"], "a file's name before the bar is meant");
}

#[test]
fn a_note_shown_in_another_keeps_its_ids_apart_behind_a_link_to_another_site() {
    let site = Site::of(&[
        ("content/가.md", "# 가\n\n## 둘\n\n![[나]]\n"),
        ("content/나.md", "# 나\n\n## 하나\n\n[밖](https://example.org)\n\n## 둘\n"),
    ]);
    site.built();
    assert_eq!(site.body("가.html").matches("id=\"둘\"").count(), 1);
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}
