//! Links seen from where they lead: each is listed once, in its writer's words, and leads back to its place.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::html::{Tag, elements, tags, text};
use common::{Site, link_check};

/// The part of a page that lists what links to it.
fn backlinks(page: &str) -> &str {
    let Some((_, behind)) = page.split_once("<section class=\"backlinks\"") else { return "" };
    let (section, _) = behind.split_once("</section>").unwrap();
    // Mentions stand folded below.
    section.split_once("<details class=\"mentions\"").map_or(section, |(links, _)| links)
}

/// The sentences in it.
fn quoted(page: &str) -> Vec<String> {
    let quotations = backlinks(page).split("<span class=\"quotation\">").skip(1);
    quotations.map(|quotation| text(quotation.split_once("</a>").unwrap().0)).collect()
}

#[test]
fn each_link_is_quoted_with_its_sentence_in_the_order_of_the_text() {
    let site = Site::of(&[
        ("content/파드.md", "# 파드\n\n쿠버네티스의 단위다.\n"),
        (
            "content/배포.md",
            "---\n위: \"[[파드]]\"\n---\n# 배포\n\n첫 문장이다. 롤링 배포는 [[파드]]를 하나씩 바꾼다. 끝 문장이다.\n\n\
             ## 되돌리기\n\n- [파드](파드.md)가 죽으면 `kubectl`로 되돌린다\n- 관계없는 항목\n\n\
             | 무엇 | 뜻 |\n| --- | --- |\n| <a href=\"파드.md\">단위</a> | 작다 |\n\n## [[파드|파드의 삶]]\n\n![[파드]]\n",
        ),
        ("content/노드.md", "# 노드\n\n노드는 [[파드]]를 돌린다[^1].\n\n[^1]: [[파드]]는 여럿일 수 있다.\n"),
    ]);
    site.built();
    let page = site.page("파드.html");
    assert_eq!(
        quoted(&page),
        [
            "노드는 파드를 돌린다.",
            "파드는 여럿일 수 있다.",
            "위: 파드",
            "롤링 배포는 파드를 하나씩 바꾼다.",
            "파드가 죽으면 kubectl로 되돌린다",
            "단위 작다",
            "파드의 삶",
            "파드",
        ]
    );
    let listed = text(backlinks(&page));
    assert!(listed.contains("이 노트를 가리키는 노트 2"), "{listed}");
    assert!(listed.contains("되돌리기 파드가 죽으면"), "the section is told: {listed}");
    // Every place is on the page that it leads to, wherever in it.
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
    let body = site.body("배포.html");
    let places: Vec<_> = elements(&page).into_iter().filter_map(|a| Some(a.attribute("href")?.to_owned())).collect();
    for id in ["link:0", "link:1", "link:3"] {
        assert!(body.contains(&format!("id=\"{id}\"")), "{body}");
        assert!(places.iter().any(|place| place.ends_with(&format!("#{id}"))), "{places:?}");
    }
}

#[test]
fn a_link_in_the_notes_own_html_is_quoted_and_led_back_to() {
    let site = Site::of(&[
        ("content/스레드.md", "# 스레드\n"),
        (
            "content/글.md",
            "# 글\n\n<p>벌써 <a href=\"스레드.md\"><b>스</b>레드</a>를 하자.</p>\n\n<p><a id=\"여기\" href=\"스레드.md\">둘째</a></p>\n",
        ),
    ]);
    site.built();
    let page = site.page("스레드.html");
    assert_eq!(quoted(&page), ["벌써 스레드를 하자.", "둘째"]);
    assert!(page.contains("벌써 <mark>스레드</mark>를 하자."), "{page}");
    assert!(page.contains("href=\"글.html#link:0\"") && site.body("글.html").contains("id=\"link:0\""), "{page}");
    assert_eq!(link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn an_introduction_has_the_backlinks_of_its_folder_and_no_note_has_its_own() {
    let site = Site::of(&[
        ("content/네트워크/index.md", "# 네트워크\n\n[[네트워크/index|여기]]와 [프록시](프록시.md)\n"),
        ("content/네트워크/프록시.md", "# 프록시\n\n[위로](./)는 [[프록시]]가 든 곳이다.\n"),
    ]);
    site.built();
    assert_eq!(quoted(&site.page("네트워크/index.html")), ["위로는 프록시가 든 곳이다."]);
    assert_eq!(quoted(&site.page("네트워크/프록시.html")), ["여기와 프록시"]);
}

#[test]
fn a_long_sentence_is_cut_at_words_on_both_sides() {
    let long = "아주 긴 문장은 ".repeat(40);
    let site = Site::of(&[
        ("content/가.md", "# 가\n"),
        ("content/나.md", &format!("# 나\n\n{long}[[가]]를 두고 {long}이어진다.\n")),
    ]);
    site.built();
    let [quotation] = quoted(&site.page("가.html")).try_into().unwrap();
    assert!(quotation.starts_with('…') && quotation.ends_with('…'), "{quotation}");
    assert!(quotation.contains("긴 문장은 가를 두고 아주"), "{quotation}");
    assert!(quotation.chars().count() < 200, "{quotation}");
}

#[test]
fn links_in_front_matter_are_shown_and_private_ones_are_words() {
    let site = Site::of(&[
        (
            "content/가.md",
            "---\n위: [\"[[나|나의 글]]\", \"[[일기]]\", \"[밖](https://example.com/)\"]\n상위: [[나]]\n---\n# 가\n",
        ),
        ("content/나.md", "# 나\n"),
        ("content/일기.md", "---\nprivate: true\ntitle: 슬픈 날\n---\n"),
    ]);
    site.built();
    let page = site.page("가.html");
    let (_, shown) = page.split_once("<dl class=\"properties\">").unwrap();
    let (shown, _) = shown.split_once("</dl>").unwrap();
    assert_eq!(text(shown), "위 나의 글, 일기, 밖 상위 나");
    let hrefs: Vec<_> = elements(shown).into_iter().filter_map(|a| Some(a.attribute("href")?.to_owned())).collect();
    assert_eq!(hrefs, ["나.html", "https://example.com/", "나.html"]);
    assert_eq!(quoted(&site.page("나.html")), ["위: 나의 글", "상위: 나"]);
}

/// Counts links between notes as a reader of the finished pages would, and compares with what each page lists.
fn compare(site: &Path) -> (usize, usize) {
    let files = common::files(site);
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .filter(|(_, page)| page.contains("<article class=\"prose"))
        .collect();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for (page, html) in &pages {
        let (_, properties) = html.split_once("<dl class=\"properties\">").unwrap_or_default();
        let properties = properties.split_once("</dl>").unwrap_or_default().0;
        for address in written_links(common::html::note_body(html)).into_iter().chain(written_links(properties)) {
            if let Some(to) = link_check::destination(page, &address)
                && to != **page
                && pages.contains_key(to.as_str())
            {
                *counted.entry(to).or_default() += 1;
            }
        }
    }
    let mut all = (0, 0);
    for (page, html) in &pages {
        let listed = backlinks(html).matches("<span class=\"quotation\">").count();
        let counted = counted.get(*page).copied().unwrap_or_default();
        assert_eq!(listed, counted, "{page}: listed, and found on the pages");
        all = (all.0 + listed, all.1 + counted);
    }
    all
}

/// The links that the note itself writes: those of a note shown in it are that note's.
fn written_links(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    // How many elements are open in the outermost embed, and whether its own link was met.
    let mut embed: Option<(usize, bool)> = None;
    for tag in tags(html) {
        match tag {
            Tag::Start(element) => {
                let is_void = ["img", "br", "hr", "input", "source", "wbr", "col", "area", "track", "link", "meta"]
                    .contains(&element.name.as_str());
                let class = element.attribute("class").unwrap_or_default();
                match &mut embed {
                    None if class == "embed" => embed = Some((1, false)),
                    Some((depth, _)) if !is_void => *depth += 1,
                    _ => {}
                }
                let of_the_page = match &mut embed {
                    None => true,
                    Some((_, met)) => element.name == "a" && !std::mem::replace(met, true),
                };
                if element.name == "a" && of_the_page && !class.split(' ').any(|class| class == "tag") {
                    links.extend(element.attribute("href").map(str::to_owned));
                }
            }
            Tag::End(_) => {
                if let Some((depth, _)) = &mut embed {
                    *depth -= 1;
                    if *depth == 0 {
                        embed = None;
                    }
                }
            }
        }
    }
    links
}

#[test]
fn there_are_as_many_backlinks_as_links_on_the_pages() {
    for site in [Site::own_content(), Site::case("linked")] {
        let run = site.build();
        assert_ne!(run.code, 2, "{run}");
        let (listed, counted) = compare(&site.output());
        assert_eq!(listed, counted);
        assert!(listed > 0, "nothing was compared");
    }
}

/// `SEOGA_SITE=public cargo test --test backlinks -- --ignored --nocapture` for a site that was built from any notes.
#[test]
#[ignore = "wants a built site in SEOGA_SITE"]
fn a_site_named_in_the_environment_has_as_many_backlinks_as_links() {
    let site = std::env::var("SEOGA_SITE").expect("SEOGA_SITE names a built site");
    let (listed, counted) = compare(Path::new(&site));
    println!("{site}: {listed} backlinks, {counted} links");
}
