//! Notes that something is wrong with: each gets a diagnostic at its place, and the site is built all the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::html::text;
use common::{Run, Site, places};

/// Builds and expects faults in notes at most: a site exists afterwards.
fn survives(site: &Site) -> Run {
    let run = site.build();
    assert!(run.code < 2, "{run}");
    assert!(site.publishes("index.html"), "{run}");
    run
}

#[test]
fn broken_front_matter_costs_one_diagnostic_and_no_text() {
    let site = Site::case("front-matter");
    survives(&site);
    let mut faults = site.faults();
    // Where YAML stops at a quotation mark that is never closed is the parser's to say; that it is said once, ours.
    faults.retain(|fault| fault["path"] != "content/따옴표.md");
    assert_eq!(site.faults().len(), faults.len() + 1);
    assert_eq!(
        places(&faults, "front-matter"),
        [
            "content/골뱅이.md:3:9",
            "content/곱슬괄호.md:2:8",
            "content/두 번.md:4:1",
            "content/백틱.md:2:8",
            "content/시각.md:3:1",
            "content/안 닫힘.md:1:1",
        ],
        "{faults:#?}"
    );
    for (page, title, word) in [
        ("골뱅이.html", "골뱅이로 시작하는 값", "작성자"),
        ("두 번.html", "나중 제목", "나중 것"),
        ("따옴표.html", "&quot;닫히지 않은 따옴표", "따옴표가 닫히지 않았다"),
        ("시각.html", "잘못된 시각", "날짜"),
        ("안 닫힘.html", "안 닫힘", "본문"),
    ] {
        let page = site.page(page);
        assert!(page.contains(&format!("<title>{title} · ")), "{title}: {page}");
        assert!(text(common::html::main(&page)).contains(word), "{title}");
    }
    assert!(site.page("시각.html").contains("datetime=\"2020-04-05\""), "the day is kept");
}

#[test]
fn front_matter_in_every_notation_is_read() {
    for (notation, note) in [
        ("YAML", "---\ntitle: 표기\ntags: [하나, 둘]\ndate: 2021-06-16 12:00:00 +0900\n---\n본문\n"),
        (
            "JSON in fences",
            "---\n{\"title\": \"표기\", \"tags\": [\"하나\", \"둘\"], \"date\": 1623812400000}\n---\n본문\n",
        ),
        ("TOML", "+++\ntitle = \"표기\"\ntags = [\"하나\", \"둘\"]\ndate = 2021-06-16\n+++\n본문\n"),
        ("tags in one string", "---\ntitle: 표기\ntags: 하나, 둘\ndate: 2021. 6. 16.\n---\n본문\n"),
        (
            "block list, CRLF, BOM",
            "\u{feff}---\r\ntitle: 표기\r\ntags:\r\n  - 하나\r\n  - 둘\r\ndate: 2021/06/16\r\n---\r\n본문\r\n",
        ),
    ] {
        let site = Site::of(&[("content/a.md", note)]);
        let run = site.run(&["build", "--strict"]);
        assert_eq!(run.code, 0, "{notation}: {run}");
        let page = site.page("a.html");
        assert!(page.contains("<title>표기 · "), "{notation}: {page}");
        assert!(page.contains("datetime=\"2021-06-16\""), "{notation}: {page}");
        assert!(site.publishes("tags/하나.html") && site.publishes("tags/둘.html"), "{notation}");
        assert_eq!(text(&site.body("a.html")), "본문", "{notation}");
    }
}

#[test]
fn a_note_in_cp949_is_read_and_reported() {
    let site = Site::of(&[("content/index.md", "# 서가\n\n[옛 글](옛글.md)\n")]);
    // "# 오래된 글\n\n한글 윈도우에서 쓴 노트다.\n"
    site.add(
        "content/옛글.md",
        b"# \xBF\xC0\xB7\xA1\xB5\xC8 \xB1\xDB\n\n\xC7\xD1\xB1\xDB \xC0\xA9\xB5\xB5\xBF\xEC\xBF\xA1\xBC\xAD \xBE\xB4 \xB3\xEB\xC6\xAE\xB4\xD9.\n",
    );
    let run = survives(&site);
    assert_eq!(run.code, 0, "{run}");
    assert!(site.page("옛글.html").contains("<title>오래된 글 · "));
    assert_eq!(text(&site.body("옛글.html")), "한글 윈도우에서 쓴 노트다.");
    let faults = site.faults();
    assert_eq!(places(&faults, "encoding"), ["content/옛글.md:1:1"]);
    assert!(faults[0]["message"].as_str().unwrap().contains("CP949"), "{}", faults[0]);
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_reported_where_they_are() {
    let site = Site::of(&[("content/index.md", "# 서가\n\n첫 쪽\n")]);
    let mut damaged = "# 깨진 글\n\n둘째 문단의 ".as_bytes().to_vec();
    damaged.extend([0xFF, 0xFE]);
    damaged.extend("뒤에도 글이 있다.\n".as_bytes());
    site.add("content/깨진글.md", damaged);
    site.add("content/이진.md", (0..=255_u8).cycle().take(100_000).collect::<Vec<_>>());
    let run = survives(&site);
    assert_eq!(run.code, 1, "{run}");
    assert!(text(&site.body("깨진글.html")).ends_with("뒤에도 글이 있다."));
    assert!(places(&site.faults(), "encoding").contains(&"content/깨진글.md:3:8".to_owned()), "{run}");
    assert!(site.publishes("이진.html"));
}

#[test]
fn two_notes_at_one_address_are_both_published_and_the_writer_is_told_which_moved() {
    let site = Site::of(&[
        ("content/index.md", "# 서가\n\n[[가]] [[나]] [[다]] [[라]]\n"),
        ("content/가.md", "---\nslug: same\n---\n\n먼저 온 노트\n"),
        ("content/나.md", "---\nslug: same\n---\n\n나중에 온 노트\n"),
        ("content/다.md", "---\npermalink: /라.html\n---\n\n남의 자리를 바란 노트\n"),
        ("content/라.md", "제자리에 있는 노트\n"),
    ]);
    let run = survives(&site);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(text(&site.body("same.html")), "먼저 온 노트");
    assert_eq!(text(&site.body("라.html")), "제자리에 있는 노트");
    let faults = site.faults();
    assert_eq!(places(&faults, "address-taken"), ["content/나.md:2:1", "content/다.md:2:1"], "{faults:#?}");
    for fault in &faults {
        let (owner, loser) = if fault["path"] == "content/나.md" {
            ("`content/가.md`", "나중에 온 노트")
        } else {
            ("`content/라.md`", "남의 자리를 바란 노트")
        };
        assert!(fault["message"].as_str().unwrap().contains(owner), "who won: {fault}");
        assert!(!fault["hint"].as_str().unwrap().is_empty(), "and why: {fault}");
        assert!(site.pages().values().any(|page| page.contains(loser)), "{loser}");
    }
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn an_index_comes_before_a_readme_and_both_are_published() {
    let site = Site::of(&[
        ("content/폴더/README.md", "# 저장소 설명\n\n읽어 줘\n"),
        ("content/폴더/index.md", "# 폴더 소개\n\n여기부터\n"),
        ("content/폴더/글.md", "[[README]] [색인](index.md)\n"),
    ]);
    let run = survives(&site);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(text(&site.body("폴더/index.html")), "여기부터");
    assert_eq!(text(&site.body("폴더/README.html")), "읽어 줘");
    assert_eq!(places(&site.faults(), "address-taken"), ["content/폴더/README.md:1:1"]);
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn addresses_that_differ_in_case_only_are_kept_apart() {
    let site = Site::of(&[("content/Kafka.md", "큰 글자\n"), ("content/kafka.md", "작은 글자\n")]);
    let run = survives(&site);
    let lower: Vec<String> = site.files().keys().map(|path| path.to_lowercase()).collect();
    let unique: std::collections::BTreeSet<&String> = lower.iter().collect();
    assert_eq!(lower.len(), unique.len(), "{run}");
    assert_eq!(places(&site.faults(), "address-taken").len(), 1);
    let pages = site.pages();
    assert!(
        pages.values().any(|page| page.contains("큰 글자")) && pages.values().any(|page| page.contains("작은 글자"))
    );
}

#[test]
fn a_permalink_never_leaves_the_site() {
    let site = Site::empty();
    for (number, permalink) in
        ["../../evil", "/../evil", "..\\..\\evil", "/a/../../../evil.html", "file:///tmp/evil"].iter().enumerate()
    {
        site.add(
            &format!("자리/content/{number}.md"),
            format!("---\npermalink: '{permalink}'\nslug: ../../evil\n---\n\n글 {number}\n"),
        );
    }
    let root = site.path("자리");
    let run = common::Program::new(&["build", "--root", root.to_str().unwrap()]).run();
    assert!(run.code < 2, "{run}");
    let published = common::files(&root.join("public"));
    for number in 0..5 {
        let text = format!("글 {number}");
        assert!(published.values().any(|bytes| common::contains(bytes, text.as_bytes())), "{text}");
    }
    let outside: Vec<String> = common::files(site.root())
        .into_keys()
        .filter(|path| !path.starts_with("자리/content/") && !path.starts_with("자리/public/"))
        .collect();
    assert_eq!(outside, [""; 0]);
    assert!(run.stderr.contains("permalink"), "{run}");
}

#[test]
fn a_folder_without_notes_is_a_clear_failure() {
    let empty = Site::empty();
    let without = Site::of(&[("content/그림.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]);
    for site in [&empty, &without] {
        for command in ["build", "check"] {
            let run = site.run(&[command]);
            assert_eq!(run.code, 2, "{run}");
            assert!(run.stderr.contains("노트가 없습니다") && run.stderr.contains("--root"), "{run}");
        }
        assert!(!site.output().exists());
    }
}

#[test]
fn headings_of_every_oddity_have_ids_of_their_own() {
    let site = Site::of(&[(
        "content/a.md",
        "# 제목\n\n## 예시\n\n## 예시\n\n## 🙂\n\n## ---\n\n## 예시-1\n\n## <b>굵게</b> & `코드`\n\n[하나](#예시) [둘](#예시-1)\n",
    )]);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn every_message_names_a_note_as_its_place_does() {
    let site = Site::of(&[
        ("content/index.md", "# 서가\n\n[[정리]] [글](가/정리.md#없음)\n"),
        ("content/가/정리.md", "---\nredirect_from: /나/정리\n---\n\n글\n"),
        ("content/나/정리.md", "글\n"),
    ]);
    survives(&site);
    let faults = site.faults();
    for (code, name) in [
        ("ambiguous-link", "`content/가/정리.md`, `content/나/정리.md`"),
        ("broken-anchor", "`content/가/정리.md`에 `#없음`"),
        ("address-taken", "`content/나/정리.md`의 쪽이"),
    ] {
        let fault = faults.iter().find(|fault| fault["code"] == code).unwrap();
        assert!(fault["message"].as_str().unwrap().contains(name), "{fault}");
    }
}

#[test]
fn notes_beside_the_folder_of_notes_are_told_of() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n"),
        ("일지/하나.md", "# 하나\n"),
        ("일지/둘.md", "# 둘\n"),
        ("README.md", "이 저장소\n"),
    ]);
    site.add("public/옛.md", "").add(".obsidian/a.md", "").add("node_modules/a/a.md", "");
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.stderr.lines().count(), 2, "{run}");
    assert!(
        run.stderr.starts_with("일지/둘.md:1:1: warning[not-content]: ") && run.stderr.contains("모두 2개"),
        "{run}"
    );
    site.add("site.yaml", "title: 서가\n");
    assert_eq!(site.build().stderr, "", "somebody has chosen the layout");
}
