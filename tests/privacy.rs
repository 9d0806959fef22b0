//! What a writer keeps back leaves no trace in any published byte.
//!
//! Every name and word that must not leak is a bird of its own, so that a trace can be told from chance.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::html::{elements, text};
use common::{Site, contains};

/// Of the draft, the private note, the private and the excluded folder: names, titles, words, tags, attachments.
const BIRDS: &[&str] = &[
    "뻐꾸기",
    "청딱새",
    "알락할미새",
    "물총새",
    "쇠오리",
    "개개비",
    "동박새",
    "곤줄박이",
    "노랑턱멧새",
    "왜가리",
    "호반새",
    "딱따구리",
    "굴뚝새",
    "붉은배새매",
    "저어새",
    "후투티",
    "참수리",
    "두루미",
    "물떼새",
    "흑고니",
    "황새",
    "느시",
    "부엉이",
    "소쩍새",
];

/// A word as it may stand in a file: plain, percent-encoded, JSON-escaped, decomposed.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let upper: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let escaped: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let utf_16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![word.into(), upper.to_lowercase().into_bytes(), upper.into_bytes(), escaped.into_bytes(), utf_16]
}

fn traces(site: &Site) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in site.files() {
        for bird in BIRDS {
            if path.contains(bird) || spellings(bird).iter().any(|spelling| contains(&bytes, spelling)) {
                found.push(format!("{bird} in {path}"));
            }
        }
    }
    found
}

#[test]
fn drafts_and_private_notes_leave_no_trace_in_the_site() {
    let site = Site::case("private");
    site.built();
    assert_eq!(traces(&site), [""; 0]);
    assert!(site.publishes("그림/공용.svg"), "a picture that a public note shows too is published");
    for query in ["곤줄박이", "청딱새", "딱따구리", "붉은배새매", "검은머리물떼새", "칡부엉이", "초안꼬리표개개비"]
    {
        let run = site.run(&["search", "--json", query]);
        let hits = &run.json_lines()[0]["hits"];
        let leaked = hits.as_array().unwrap().iter().any(|hit| hit["path"] != "content/공개.md");
        assert!(!leaked, "{query}: {run}");
    }
}

#[test]
fn a_link_to_a_private_note_reads_as_text_without_the_name_of_its_target() {
    let site = Site::of(&[
        (
            "content/공개.md",
            "# 공개\n\n자세한 것은 [설계 메모](비밀-물수리.md)에 있다. [[비밀-물수리|다른 메모]]도 본다.\n",
        ),
        ("content/비밀-물수리.md", "---\npublish: false\n---\n\n비밀\n"),
    ]);
    site.built();
    let body = site.body("공개.html");
    assert!(text(&body).starts_with("자세한 것은 설계 메모에 있다. 다른 메모도 본다."), "{body}");
    assert!(elements(&body).iter().all(|element| element.attribute("href").is_none()), "{body}");
    assert!(!body.contains("물수리"), "{body}");
}

#[test]
fn drafts_are_published_when_asked_for_and_private_notes_are_not() {
    let site = Site::case("private");
    let run = site.run(&["build", "--drafts"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(site.page("초안-뻐꾸기.html").contains("곤줄박이"));
    assert!(site.publishes("그림/왜가리.svg"));
    let kept_back =
        ["딱따구리", "굴뚝새", "붉은배새매", "저어새", "후투티", "참수리", "두루미", "물떼새", "흑고니", "황새"];
    let traces = traces(&site);
    for bird in kept_back {
        assert!(!traces.iter().any(|trace| trace.starts_with(bird)), "{traces:#?}");
    }
}

#[test]
fn a_preview_with_drafts_is_no_content_of_the_next_site() {
    let site = Site::of(&[("글.md", "# 글\n"), ("초안.md", "---\ndraft: true\n---\n쓰다 만 산초나무\n")]);
    let preview = site.path("미리 보기");
    let run = site.run(&["build", "--drafts", "--out", preview.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    assert!(preview.join("초안.html").exists());
    site.built();
    for (path, bytes) in site.files() {
        assert!(!path.contains("초안") && !contains(&bytes, "산초나무".as_bytes()), "{path}");
    }
}

#[test]
fn files_that_only_unpublished_notes_name_stay_back_however_they_are_named() {
    let named = [
        ("object.pdf", "<object data=\"붙임/object.pdf\"></object>"),
        ("embed.pdf", "<embed src='붙임/embed.pdf'>"),
        ("주석.png", "<!-- ![나중에](붙임/주석.png) -->"),
        ("코드.sh", "```\nbash 붙임/코드.sh\n```"),
        ("줄 코드.txt", "`붙임/줄 코드.txt`를 본다"),
        ("정의.png", "[쓰지 않는 이름]: 붙임/정의.png"),
        ("srcset.png", "<img srcset=\"붙임/srcset.png 2x\">"),
        ("퍼센트 기호.png", "<object data=\"붙임/%ED%8D%BC%EC%84%BC%ED%8A%B8%20%EA%B8%B0%ED%98%B8.png\">"),
        ("이것&저것.png", "<object data=\"붙임/이것&amp;저것.png\">"),
        ("CASE.PNG", "case.png에 있다"),
        ("밑_줄.png", "[a]: 붙임/밑\\_줄.png"),
    ];
    let mut draft = "---\ndraft: true\nattachments: [머리말.zip]\n---\n\n".to_owned();
    for (_, text) in named {
        draft.push_str(text);
        draft.push_str("\n\n");
    }
    let site = Site::of(&[("content/초안.md", &draft), ("content/글.md", "# 글\n\n![](붙임/같이.png)\n")]);
    site.add("content/초안 둘.md", "---\npublish: false\n---\n<object data=\"붙임/같이.png\">\n");
    for (name, _) in named {
        site.add(&format!("content/붙임/{name}"), "x");
    }
    for name in ["머리말.zip", "같이.png", "아무도.png", "옛주석.png", "코드.shx"] {
        site.add(&format!("content/붙임/{name}"), "x");
    }
    site.built();
    let published: Vec<String> = site.files().into_keys().filter(|path| path.starts_with("붙임/")).collect();
    assert_eq!(published, ["붙임/같이.png", "붙임/아무도.png", "붙임/옛주석.png", "붙임/코드.shx"]);
}

#[test]
fn of_several_files_of_one_name_the_one_that_is_meant_stays_back() {
    let site = Site::of(&[
        ("content/index.md", "# 서가\n"),
        ("content/가/초안.md", "---\ndraft: true\n---\n<object data=\"그림.png\"> <embed src=\"../나/1.png\">\n"),
    ]);
    for name in ["가/그림.png", "나/그림.png", "가/1.png", "나/1.png"] {
        site.add(&format!("content/{name}"), "x");
    }
    site.built();
    let published: Vec<String> = site.files().into_keys().filter(|path| path.ends_with("png")).collect();
    assert_eq!(published, ["가/1.png", "나/그림.png"]);
}

#[test]
fn a_note_of_another_tool_is_not_published_as_a_file() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n[[초안]]과 [다른 글](초안.mdx)\n"),
        ("content/초안.mdx", "---\ndraft: true\ntitle: 산초나무\n---\n<Figure src=\"./산초.png\" />\n"),
        ("content/초안.mdx~", "---\ndraft: true\n---\n산초나무\n"),
        ("content/산초.png", "x"),
    ]);
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.stderr.lines().count(), 2, "one warning and its hint: {run}");
    assert!(run.stderr.starts_with("content/초안.mdx:1:1: warning[not-read]: "), "{run}");
    for (path, bytes) in site.files() {
        assert!(!path.contains("초안.mdx") && !path.contains("산초"), "{path}");
        assert!(!contains(&bytes, "산초".as_bytes()), "{path}");
    }
    let only = Site::of(&[("글.mdx", "# 글\n")]);
    let run = only.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("`.mdx`"), "what there is instead of notes: {run}");
}

#[test]
fn a_note_that_becomes_a_draft_leaves_the_site_with_everything_of_it() {
    let site = Site::of(&[
        ("content/공개.md", "# 공개\n\n남는 노트다.\n"),
        ("content/소나무.md", "---\ntags: [나무솔방울]\n---\n\n지울 낱말은 송진이다.\n"),
    ]);
    site.built();
    assert!(site.publishes("소나무.html") && site.publishes("tags/나무솔방울.html"));
    site.add("content/소나무.md", "---\ntags: [나무솔방울]\ndraft: true\n---\n\n지울 낱말은 송진이다.\n");
    site.built();
    for (path, bytes) in site.files() {
        for word in ["소나무", "솔방울", "송진"] {
            assert!(!path.contains(word) && !contains(&bytes, word.as_bytes()), "{word} in {path}");
        }
    }
}

#[test]
fn broken_front_matter_never_publishes_what_it_marks_as_a_draft() {
    for front_matter in [
        "title: \"닫히지 않은 따옴표\ndraft: true",
        "draft: true\ntitle: @골뱅이로 시작",
        "draft: true\ndraft: false",
        "title: {{date}}\npublish: false",
        "  draft: true",
        "draft : \"yes\"",
    ] {
        let site = Site::of(&[("content/공개.md", "# 공개\n\n글\n")]);
        site.add("content/감출것.md", format!("---\n{front_matter}\n---\n\n새면 안 되는 낱말 산초나무.\n"));
        let run = site.build();
        assert_ne!(run.code, 2, "{front_matter}: {run}");
        let leaks = site
            .files()
            .into_iter()
            .any(|(path, bytes)| path.contains("감출것") || contains(&bytes, "산초나무".as_bytes()));
        assert!(!leaks, "{front_matter}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_on_disk_carries_no_private_note_out() {
    let site = Site::case("private");
    std::os::unix::fs::symlink("비밀.md", site.path("content/다른이름.md")).unwrap();
    std::os::unix::fs::symlink("비공개폴더", site.path("content/열린폴더")).unwrap();
    assert_ne!(site.build().code, 2);
    assert_eq!(traces(&site), [""; 0]);
}

#[test]
fn the_text_of_a_draft_leaves_under_no_other_name() {
    const DRAFT: &str = "---\ndraft: true\n---\n# 수리부엉이\n\n아직 쓰는 글\n";
    let site =
        Site::of(&[("content/index.md", "# 서가\n"), ("content/글/초안.md", DRAFT), ("content/글/초안.md~", DRAFT)]);
    site.add("content/글/초안.md.bak", DRAFT);
    #[cfg(unix)]
    std::os::unix::fs::symlink("글/초안.md", site.path("content/사본.txt")).unwrap();
    for (path, bytes) in site.built().files() {
        assert!(!contains(&bytes, "수리부엉이".as_bytes()), "{path}");
    }
}

#[test]
fn what_jekyll_keeps_for_itself_and_its_drafts_stay_back() {
    let site = Site::of(&[
        ("_config.yml", "password: 직박구리\n"),
        ("_data/값.yml", "직박구리\n"),
        ("_site/index.html", "직박구리\n"),
        ("_drafts/쓰는 글.md", "---\ntitle: 직박구리\n---\n\n직박구리\n"),
        ("_posts/2024-01-02-글.md", "---\ntitle: 글\n---\n\n글\n"),
        ("탭.md", "---\n\tdraft: true\n---\n\n직박구리\n"),
    ]);
    let run = site.build();
    assert!(run.code != 2, "{run}");
    for (path, bytes) in site.files() {
        assert!(!common::contains(&bytes, "직박구리".as_bytes()), "{path}");
    }
    assert!(site.pages().keys().any(|path| path.contains("_posts")), "the posts are there");
}

#[test]
fn a_private_file_without_words_leaves_no_name() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n앞 ![](일기/직박구리.png) 뒤\n"),
        ("content/일기/직박구리.png", "그림"),
        ("site.yaml", "private: [일기/]\n"),
    ]);
    site.built();
    for (path, bytes) in site.files() {
        assert!(!path.contains("직박구리") && !common::contains(&bytes, "직박구리".as_bytes()), "{path}");
    }
}

/// Everything by which a note and its files are known, each by a bird of its own.
const KNOWN_BY: [(&str, &str); 17] = [
    ("title", "개똥지빠귀"),
    ("file name", "검은댕기해오라기"),
    ("alias", "꼬까참새"),
    ("old address", "넓적부리"),
    ("redirect", "댕기물떼새"),
    ("address", "덤불해오라기"),
    ("tag", "매사촌"),
    ("tag in the text", "멧비둘기"),
    ("category", "밀화부리"),
    ("series", "바다직박구리"),
    ("description", "솔부엉이"),
    ("heading", "알락꼬리마도요"),
    ("text", "쇠딱따구리"),
    ("picture", "콩새"),
    ("document", "큰유리새"),
    ("cover", "흰배지빠귀"),
    ("unknown key", "노랑할미새"),
];

const DIARY: &str = "title: 개똥지빠귀
aliases: [꼬까참새, /옛/넓적부리/]
redirect_from: /전에/댕기물떼새/
permalink: /여기/덤불해오라기/
tags: [매사촌]
categories: [밀화부리]
series: 바다직박구리
description: 솔부엉이가 운다
cover: 그림/흰배지빠귀.png
bird: 노랑할미새
date: 2031-02-03
";

const DIARY_TEXT: &str = "## 알락꼬리마도요\n\n쇠딱따구리가 있다. #멧비둘기\n\n![](그림/콩새.png) ![[큰유리새.pdf]]\n";

/// A note that is published and names the other in every way, never by its name alone.
const OTHER: &str = "---
title: 공개
date: 2031-02-04
publish: true
cover: 일기/그림/흰배지빠귀.png
---
[글](일기/검은댕기해오라기.md), [글](일기/검은댕기해오라기.md#알락꼬리마도요 \"말\"), [[검은댕기해오라기|글]],
[[개똥지빠귀#알락꼬리마도요|글]], [[꼬까참새|글]], <a href=\"일기/검은댕기해오라기.md\">글</a>, [글][1],
[글]({% link 일기/검은댕기해오라기.md %}), ![[개똥지빠귀|글]], ![글](일기/그림/콩새.png \"말\"), ![](일기/그림/콩새.png),
<img src=\"일기/그림/콩새.png\" srcset=\"일기/그림/콩새.png 2x\" alt=\"글\">, <video src=\"큰유리새.pdf\"></video>

![[검은댕기해오라기#알락꼬리마도요|글]]

[1]: 일기/검은댕기해오라기.md \"말\"
";

#[test]
fn whatever_keeps_a_note_back_keeps_everything_of_it_back() {
    let site_yaml = "base_url: https://example.com/\n";
    for (case, settings, front_matter) in [
        ("draft", "", "draft: true\n"),
        ("publish: false", "", "publish: false\n"),
        ("private: true", "", "private: true\n"),
        ("비공개", "", "비공개: true\n"),
        ("opt-in", "publish: opt-in\n", ""),
        ("folder", "private: [일기/]\n", ""),
        ("pattern", "private: [\"검은*\", \"*.png\", \"*.pdf\"]\n", ""),
        ("folder deep down", "private: [\"**/기/\"]\n", ""),
    ] {
        let folder = if case == "folder deep down" { "일/기" } else { "일기" };
        let site = Site::of(&[("content/index.md", "---\npublish: true\n---\n# 서가\n")]);
        site.add("site.yaml", format!("{site_yaml}{settings}"));
        site.add("content/공개.md", OTHER.replace("일기/", &format!("{folder}/")));
        site.add(
            &format!("content/{folder}/검은댕기해오라기.md"),
            format!("---\n{DIARY}{front_matter}---\n{DIARY_TEXT}"),
        );
        for file in ["그림/콩새.png", "그림/흰배지빠귀.png", "큰유리새.pdf"] {
            site.add(&format!("content/{folder}/{file}"), format!("{file} 딱새 뱁새").repeat(20));
        }
        if case == "draft"
            || case == "publish: false"
            || case == "private: true"
            || case == "비공개"
            || case == "opt-in"
        {
            // The note is kept back and not its folder: what a published note shows is published.
            site.add(
                "content/공개.md",
                OTHER.replace("콩새", "곳").replace("큰유리새", "곳").replace("흰배지빠귀", "곳"),
            );
        }
        let run = site.build();
        assert_eq!(run.code, 0, "{case}: {run}");
        for (path, bytes) in site.files() {
            for (kind, bird) in KNOWN_BY {
                let found = path.contains(bird) || spellings(bird).iter().any(|spelling| contains(&bytes, spelling));
                assert!(!found, "{case}: the {kind} is in {path}");
            }
            assert!(!contains(&bytes, "뱁새".as_bytes()), "{case}: a file is {path}");
        }
        for (_, bird) in KNOWN_BY {
            let run = site.run(&["search", "--json", bird]);
            let hits = &run.json_lines()[0]["hits"];
            let only_public = hits.as_array().unwrap().iter().all(|hit| hit["path"] == "content/공개.md");
            assert!(only_public, "{case}: {run}");
        }
    }
}

#[test]
fn a_tag_of_a_template_language_shows_no_path_of_a_private_note() {
    let site = Site::of(&[
        ("content/공개.md", "# 공개\n\n이어서 {% link 일기/후투티.md %}, {{< ref \"일기/후투티.md\" >}}\n"),
        ("content/일기/후투티.md", "---\nprivate: true\n---\n글\n"),
    ]);
    let body = site.built().body("공개.html");
    assert_eq!(text(&body).trim(), "이어서 후투티, 후투티");
    assert!(!body.contains("일기") && !body.contains("href"), "{body}");
}

/// A drawing as people make them: more than a few bytes.
fn drawing() -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>\n", "<path d=\"M1 2 3 4\"/>".repeat(12))
}

/// A site with a note in a private folder, built once.
fn site_with_a_diary() -> Site {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n글이다.\n"),
        ("content/일기/소쩍새.md", "# 소쩍새 우는 밤\n\n![](그림.svg)\n"),
        ("content/일기/그림.svg", &drawing()),
        ("site.yaml", "private: [일기/]\n"),
    ]);
    site.built();
    site
}

/// The build fails, says this, and leaves the site as it was.
fn assert_not_published(site: &Site, says: &[&str]) {
    let before = site.files();
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    for said in says {
        assert!(run.stderr.contains(said), "{said}: {run}");
    }
    assert_eq!(site.files(), before, "the site from before is whole");
}

#[test]
fn a_copy_of_a_private_file_is_not_published() {
    let site = site_with_a_diary();
    site.add("static/배경.svg", drawing());
    let leak = "content/일기/그림.svg:1:1: error[private-leak]: ";
    assert_not_published(&site, &[leak, "`static/배경.svg`", "도움말: "]);
    std::fs::remove_dir_all(site.path("static")).unwrap();
    site.add("content/다른 그림.svg", drawing());
    assert_not_published(&site, &[leak, "`다른 그림.svg`"]);
    site.add("content/글.md", "# 글\n\n![](다른%20그림.svg)\n");
    site.built();
    site.add("content/일기 사본.txt", "# 소쩍새 우는 밤\n\n![](그림.svg)\n".repeat(9));
    site.add("content/일기/소쩍새.md", "# 소쩍새 우는 밤\n\n![](그림.svg)\n".repeat(9));
    assert_not_published(&site, &["content/일기/소쩍새.md:1:1: error[private-leak]: ", "`일기 사본.txt`"]);
}

#[test]
fn a_template_that_shows_what_is_private_makes_no_site() {
    let site = site_with_a_diary();
    let note = |inside: &str| {
        format!(
            "{{% extends \"base.html\" %}}{{% block content %}}{inside}{{{{ note.html | safe }}}}{{% endblock content %}}"
        )
    };
    site.add("templates/note.html", note(&drawing()));
    assert_not_published(&site, &["content/일기/그림.svg:1:1: error[private-leak]: ", "`글.html`"]);
    site.add("templates/note.html", note("<a href=\"{{ root }}{{ \"일\" ~ \"기\" }}/소{{ \"쩍\" }}새.html\">밤</a>"));
    assert_not_published(
        &site,
        &[
            "content/일기/소쩍새.md:1:1: error[private-leak]: 비공개인데 파일 이름 `소쩍새`가 사이트에 있습니다: `글.html`",
        ],
    );
    site.add("templates/note.html", note("<p>{{ \"소쩍새 우\" ~ \"는 밤\" }}</p>"));
    assert_not_published(&site, &["비공개인데 제목 `소쩍새 우는 밤`이 사이트에 있습니다: `글.html`"]);
    site.add("templates/note.html", note("<p>소쩍새 우는 밤</p>"));
    assert_eq!(site.build().code, 0, "whoever writes a template may publish a name");
}

/// Words of the program itself (`차례`, `nodes`, `lazy`) are no names given away, whatever a private note is called.
#[test]
fn a_private_note_may_be_called_like_any_word_of_a_site() {
    let site = Site::own_content();
    site.add("site.yaml", "title: 서가\nbase_url: https://example.com/\n");
    site.built();
    let mut words: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for (path, bytes) in site.files() {
        if path.starts_with("search-index/") || path.starts_with("static/") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
        // And two that stand together: `table of`, `embed-1`.
        let pairs = text.split(|c: char| !c.is_alphanumeric() && !" -_.".contains(c));
        for piece in pairs {
            let parts: Vec<&str> = piece.split_whitespace().collect();
            words.extend(parts.windows(2).map(|pair| pair.join(" ").to_lowercase()));
        }
    }
    words.retain(|word| word.chars().count() > 1 && word.len() < 60);
    let list = words.iter().map(|word| format!("  - \"{word}\"\n")).collect::<Vec<_>>();
    for (number, names) in list.chunks(500).enumerate() {
        site.add(
            &format!("content/비밀 {number}.md"),
            format!("---\nprivate: true\naliases:\n{}---\n글\n", names.concat()),
        );
    }
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_private_picture_in_html_is_left_out_and_told_of() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n앞 <img src=\"일기/사진.png\" alt=\"\"> 뒤\n"),
        ("content/일기/사진.png", "그림"),
        ("site.yaml", "private: [일기/]\n"),
    ]);
    let run = site.build();
    assert!(run.stderr.contains("content/글.md:3:") && run.stderr.contains("[private-embed]"), "{run}");
    assert!(!site.body("글.html").contains("<img"));
    // A sign in another attribute does not end the tag: what it says never becomes markup.
    site.add(
        "content/글.md",
        "# 글\n\n앞 <img src=\"일기/사진.png\" alt=\"> <script>숨은()</script>\" title='>'> 뒤\n",
    );
    assert_eq!(site.build().code, 0);
    let body = site.body("글.html");
    assert!(!body.contains("<img") && !body.contains("숨은"), "{body}");
    assert_eq!(text(&body).split_whitespace().collect::<Vec<_>>(), ["앞", "뒤"]);
}
