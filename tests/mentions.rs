//! Places that name a note without linking to it, and notes about the same things.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::Site;
use common::html::{elements, text};

/// The folded list of mentions on a page; empty where there is none.
fn mentions(page: &str) -> String {
    let Some((_, behind)) = page.split_once("<details class=\"mentions\">") else { return String::new() };
    behind.split_once("</details>").unwrap().0.to_owned()
}

/// The sentences in it, the name between bars.
fn mentioning(page: &str) -> Vec<String> {
    let mentions = mentions(page);
    let quotations = mentions.split("<span class=\"quotation\">").skip(1);
    quotations
        .map(|quotation| {
            let sentence = quotation.split_once("</a>").unwrap().0;
            text(&sentence.replace("<mark>", "|").replace("</mark>", "|"))
        })
        .collect()
}

#[test]
fn a_name_is_found_through_its_particles_and_nowhere_else() {
    let site = Site::of(&[
        ("content/스레드.md", "# 스레드\n\n흐름이다.\n"),
        ("content/스레드 풀.md", "# 스레드 풀\n\n모아 둔다.\n"),
        ("content/redis.md", "---\ntitle: 레디스(Redis)\naliases: [인메모리 저장소]\n---\n\n빠르다.\n"),
        (
            "content/글.md",
            "# 글쓴이의 글\n\n스레드를 만들고 스레드에서는 잠든다. 스레드풀은 다르다.\n\n\
             스레드 풀을 쓴다.\n\n`스레드`는 코드다. [스레드](https://example.com/)는 링크다.\n\n\
             ```\n스레드\n```\n\n## 저장\n\nRedis를 쓰면 인메모리 저장소가 생긴다. 멀티스레드도 있다.\n\n\
             <code>스레드</code> <a href=\"https://example.com\">스레드</a>\n",
        ),
    ]);
    site.built();
    assert_eq!(
        mentioning(&site.page("스레드.html")),
        ["|스레드|를 만들고 스레드에서는 잠든다.", "스레드를 만들고 |스레드|에서는 잠든다."]
    );
    assert_eq!(mentioning(&site.page("스레드 풀.html")), ["|스레드 풀|을 쓴다."], "the longest name wins");
    let page = site.page("redis.html");
    assert_eq!(
        mentioning(&page),
        ["|Redis|를 쓰면 인메모리 저장소가 생긴다.", "Redis를 쓰면 |인메모리 저장소|가 생긴다."]
    );
    // The place is the section that has it.
    assert!(mentions(&page).contains("글.html#저장"), "{page}");
}

#[test]
fn everyday_and_shared_names_mention_nothing() {
    let mut files: Vec<(String, String)> = vec![
        ("content/가/정리.md".into(), "# 정리\n".into()),
        ("content/나/파드.md".into(), "# 파드\n".into()),
        ("content/다/파드.md".into(), "# 파드\n\n파드와 정리를 말한다. 서버는 흔하다.\n".into()),
        ("content/서버.md".into(), "# 서버\n".into()),
    ];
    // In more than twenty notes, and more than one in fifty.
    files.extend((0..30).map(|n| (format!("content/글{n}.md"), format!("# 글 {n}\n\n서버를 켠다.\n"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&files);
    site.built();
    for page in ["가/정리.html", "나/파드.html", "서버.html"] {
        assert_eq!(mentions(&site.page(page)), "", "{page}");
    }
}

#[test]
fn of_names_that_overlap_the_longest_that_is_a_word_wins() {
    let site = Site::of(&[
        ("content/파드.md", "# 파드\n"),
        ("content/파드 수.md", "# 파드 수\n"),
        ("content/스레드.md", "# 스레드\n"),
        ("content/가/스레드 풀.md", "# 스레드 풀\n"),
        ("content/나/스레드 풀.md", "# 스레드 풀\n"),
        ("content/글.md", "# 어떤 글\n\n파드 수동 설정이다.\n\n파드 수를 센다.\n\n스레드 풀을 쓴다.\n"),
    ]);
    site.built();
    assert_eq!(mentioning(&site.page("파드.html")), ["|파드| 수동 설정이다."]);
    assert_eq!(mentioning(&site.page("파드 수.html")), ["|파드 수|를 센다."]);
    assert_eq!(mentions(&site.page("스레드.html")), "", "two notes are called so, and neither of them this");
}

#[test]
fn an_everyday_title_does_not_hide_a_good_name() {
    let mut files: Vec<(String, String)> =
        vec![("content/서버.md".into(), "---\naliases: [물리 장비]\n---\n# 서버\n".into())];
    files.extend((0..30).map(|n| (format!("content/글{n}.md"), format!("# 글 {n}\n\n서버를 켠다.\n"))));
    files.push(("content/끝.md".into(), "# 맨 끝\n\n서버, 서버와 서버. 물리 장비를 켠다.\n".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&files);
    site.built();
    assert_eq!(mentioning(&site.page("서버.html")), ["|물리 장비|를 켠다."]);
}

#[test]
fn a_plain_english_word_is_a_name_beside_korean_only() {
    let site = Site::of(&[
        ("content/sort.md", "# sort\n"),
        ("content/글.md", "# 어떤 글\n\n여기서는 sort 명령을 쓴다.\n\nWe sort of like it.\n"),
    ]);
    site.built();
    assert_eq!(mentioning(&site.page("sort.html")), ["여기서는 |sort| 명령을 쓴다."]);
    let site = Site::of(&[
        ("content/REST.md", "# 표현 상태 전송\n"),
        ("content/CONTRIBUTING.md", "# 기여하기\n"),
        ("content/글.md", "# 어떤 글\n\nWe use REST here.\n\nThe rest, thank you for contributing.\n"),
    ]);
    site.built();
    assert_eq!(mentioning(&site.page("REST.html")), ["We use |REST| here."]);
    assert_eq!(mentions(&site.page("CONTRIBUTING.html")), "");
}

#[test]
fn private_notes_neither_mention_nor_are_mentioned() {
    let site = Site::of(&[
        ("content/파드.md", "# 파드\n"),
        ("content/일기.md", "---\nprivate: true\n---\n# 비밀 일과\n\n파드를 보았다.\n"),
        ("content/글.md", "# 어떤 글\n\n비밀 일과를 적는다. 파드는 작다.\n"),
    ]);
    site.built();
    assert_eq!(mentioning(&site.page("파드.html")), ["|파드|는 작다."]);
}

#[test]
fn check_suggests_a_link_at_the_place_of_the_name() {
    let site = Site::of(&[
        ("content/파드.md", "# 파드\n"),
        ("content/가.md", "---\ntitle: 어떤 글\n---\n\n**굵은** &amp; 글에서 파드를 본다. 파드는 작다.\n"),
        ("content/나.md", "# 다른 글\n\n[[파드]]와 파드를 이미 이었다.\n"),
    ]);
    let told = |arguments: &[&str]| site.run(arguments).stderr;
    let lines = told(&["check", "--suggest-links"]);
    let suggested: Vec<&str> = lines.lines().filter(|line| line.contains("link-suggestion")).collect();
    assert_eq!(suggested.len(), 1, "{lines}");
    assert!(suggested[0].starts_with("content/가.md:5:18: note[link-suggestion]"), "{lines}");
    assert!(lines.contains("[[파드]]"), "{lines}");
    assert!(!told(&["check"]).contains("link-suggestion"));
    // Also where the text is the note's own HTML.
    let site = Site::of(&[
        ("content/스레드.md", "# 스레드\n"),
        (
            "content/가.md",
            "# 가2\n\n<p>앞</p>\n\n<blockquote class=\"t\"><p lang=\"ko\">벌써 스레드를 하자.</p></blockquote>\n",
        ),
    ]);
    let run = site.run(&["check", "--suggest-links"]);
    assert!(run.stderr.contains("content/가.md:5:39: note[link-suggestion]"), "{run}");
    // Half of a title is no name for a link.
    let site = Site::of(&[("content/파드(Pod).md", "# 파드(Pod)\n"), ("content/가.md", "# 어떤 글\n\n파드를 본다.\n")]);
    assert!(site.run(&["check", "--suggest-links"]).stderr.contains("`[[파드(Pod)|파드]]`"));
    site.add("content/가.md", "# 어떤 글\n\n[[파드(Pod)|파드]]를 본다.\n");
    let run = site.run(&["check", "--strict", "--suggest-links"]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn related_notes_share_rare_words_tags_and_links_and_say_so() {
    let about =
        |what: &str| format!("{what}를 쓰는 법. {what}는 오프셋과 파티션을 둔다. 오프셋, 파티션, 브로커와 브로커.\n");
    let mut files: Vec<(String, String)> = vec![
        ("content/카프카.md".into(), format!("---\ntags: [메시지 큐]\n---\n# 카프카 입문\n\n{}", about("카프카"))),
        ("content/스트림.md".into(), format!("---\ntags: [메시지 큐]\n---\n# 스트림 처리\n\n{}", about("카프카"))),
    ];
    files.extend(
        (0..40).map(|n| (format!("content/글{n}.md"), format!("# 글 {n}\n\n아무 상관 없는 이야기를 적는다.\n"))),
    );
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&files);
    site.built();
    let page = site.page("카프카.html");
    let (_, related) = page.split_once("<section class=\"related\"").unwrap();
    let (related, _) = related.split_once("</section>").unwrap();
    let links: Vec<_> = elements(related).into_iter().filter_map(|a| Some(a.attribute("href")?.to_owned())).collect();
    assert_eq!(links.first().map(String::as_str), Some("스트림.html"));
    let told = text(related);
    assert!(told.contains("함께 나오는 말:") && told.contains("파티션") && told.contains("#메시지 큐"), "{told}");
    assert!(!site.page("글0.html").contains("class=\"related\""), "what all notes share relates none");
}
