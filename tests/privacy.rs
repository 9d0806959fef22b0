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
