//! `seoga check` finds every planted fault of the site `tests/sites/faults`, and nothing else.
//!
//! `expected.txt` beside it lists them: `path:line:column severity[code] | words`, where the words are part of the
//! message or of the hint. Between the faults stand notes that look nearly wrong and are not. What git or a review
//! would mangle (names in NFD, bytes in CP949, links, files of 64 MB) is written here.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use common::{Site, repository};
use seoga::diagnostics::codes::CODES;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// Codes that this site cannot have, each tested elsewhere.
const ELSEWHERE: &[&str] = &[
    "dead-link",       // tests/external.rs: asked for with `--external` alone
    "moved-link",      // likewise
    "link-suggestion", // tests/mentions.rs: asked for with `--suggest-links` alone
    "not-content",     // src/source/walk/tests.rs: of a site without `content/`
    "private-leak",    // tests/privacy.rs: ends the command
    "template",        // tests/themes.rs: ends the command
];

/// The site with its odd files.
fn planted() -> Site {
    let site = Site::case("faults");
    let (old, _, _) =
        encoding_rs::EUC_KR.encode("# 옛 노트\n\n메모장에서 적은 오래된 글이다. [[프록시]]와 같이 읽는다.\n");
    site.add("content/글/옛 노트.md", old);
    let mut damaged = "# 깨진 글자\n\n둘째 줄은 ".as_bytes().to_vec();
    damaged.push(0xFF);
    damaged.extend(" 깨졌지만 나머지는 멀쩡하다. 그래서 읽을 수 있다.\n".as_bytes());
    site.add("content/글/깨진 글자.md", damaged);
    site.add("content/글/큰 노트.md", format!("# 큰 노트\n\n{}", "아주 긴 글이다.\n".repeat(260_000)));
    let endless = site.path("content/글/끝없는 노트.md");
    std::fs::File::create(endless).unwrap().set_len((64 << 20) + 1).unwrap();

    let typed: String =
        "# 맥에서 쓴 노트\n\n[[로드 밸런서]]와 [절](<../네트워크/로드 밸런서.md#상태>)도 이어진다.\n".nfd().collect();
    site.add("content/글/맥에서 쓴 노트.md", typed);
    let decomposed: String = "캐시".nfd().collect();
    site.add(&format!("content/데이터베이스/{decomposed}.md"), "# 다른 캐시\n\n맥에서 옮겨 온 파일이다.\n");
    site.add("content/그림/표.SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    site.add("content/network/장비.md", "# 스위치\n\n[[라우터]]와 이어진다.\n");
    site.add("content/Network/라우터.md", "# 라우터\n\n[[장비]]와 이어진다.\n");
    site.add("content/글/OSI.md", "# OSI\n\n일곱 층이다. [소문자](osi.md)는 대소문자만 다르다.\n");
    site.add("content/글/osi.md", "# 오에스아이\n\n[대문자](OSI.md)로 돌아간다.\n");
    let name = OsStr::from_bytes(b"content/\xB1\xDB/\xB1\xDB.md");
    std::fs::create_dir_all(site.root().join(OsStr::from_bytes(b"content/\xB1\xDB"))).unwrap();
    std::fs::write(site.root().join(name), "# 옛 이름\n\n윈도에서 압축한 파일이다. [[프록시]]\n").unwrap();

    symlink("없는 곳.md", site.path("content/글/끊어진 것.md")).unwrap();
    symlink("/etc/hostname", site.path("content/글/바깥.md")).unwrap();
    symlink("..", site.path("content/글/위로")).unwrap();
    site
}

/// `path:line:column severity[code]`, and what the writer is told.
fn told(fault: &Value) -> (String, String) {
    let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
    let place = format!("{}:{}:{}", text("path"), fault["line"], fault["column"]);
    (format!("{place} {}[{}]", text("severity"), text("code")), format!("{} {}", text("message"), text("hint")))
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let expected = std::fs::read_to_string(repository().join("tests/sites/faults/expected.txt")).unwrap();
    let expected: Vec<(&str, &str)> = expected
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" | ").unwrap_or_else(|| panic!("no words: {line}")))
        .collect();
    let found: Vec<(String, String)> = planted().faults().iter().map(told).collect();
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    let missed: Vec<_> = expected.iter().filter(|(place, _)| !places.contains(place)).collect();
    let unexpected: Vec<_> =
        found.iter().filter(|(place, _)| !expected.iter().any(|(other, _)| other == place)).collect();
    assert!(missed.is_empty() && unexpected.is_empty(), "missed: {missed:#?}\nunexpected: {unexpected:#?}");
    assert_eq!(places, expected.iter().map(|(place, _)| *place).collect::<Vec<_>>(), "each once, in order");
    for ((place, message), (_, words)) in found.iter().zip(&expected) {
        assert!(message.contains(words), "{place}: {message}\nexpected: {words}");
    }
    assert!(found.len() >= 60, "{}", found.len());
}

#[test]
fn every_code_is_planted() {
    let expected = std::fs::read_to_string(repository().join("tests/sites/faults/expected.txt")).unwrap();
    let planted: BTreeSet<&str> =
        expected.lines().filter_map(|line| line.split_once('[')?.1.split_once(']').map(|(code, _)| code)).collect();
    for code in CODES {
        let elsewhere = ELSEWHERE.contains(&code.name);
        assert_ne!(planted.contains(code.name), elsewhere, "{}", code.name);
    }
}

#[test]
fn a_build_tells_what_changes_the_site_and_leaves_advice_to_check() {
    let site = planted();
    let run = site.run(&["build", "--json"]);
    let codes: BTreeSet<String> =
        run.json_lines().iter().filter_map(|line| line["code"].as_str().map(str::to_owned)).collect();
    assert!(codes.contains("private-embed") && codes.contains("broken-block"), "{codes:?}");
    for code in CODES.iter().filter(|code| code.in_check_only) {
        assert!(!codes.contains(code.name), "{}", code.name);
    }
}

#[test]
fn advice_is_no_fault() {
    let site = Site::of(&[
        ("content/index.md", "# 처음\n\n[[가]]를 읽는다.\n"),
        ("content/가.md", "# 가\n\n글이다.\n"),
        ("content/나.md", "# 나\n\n## 하나\n\n#### 둘\n\n혼자 있는 글이다.\n"),
    ]);
    let run = site.run(&["check", "--strict"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("content/나.md:1:1: note[orphan]: "), "{run}");
    assert!(run.stderr.contains("content/나.md:5:1: note[heading-jump]: "), "{run}");
    assert_eq!(run.stdout, "노트 3개 · 경고 0개, 오류 0개, 참고 2개\n");
}

#[test]
fn a_site_without_links_has_no_orphans() {
    let notes: Vec<(String, String)> =
        (0..20).map(|number| (format!("content/{number}.md"), format!("# 글 {number}\n\n혼자 있다.\n"))).collect();
    let notes: Vec<(&str, &str)> = notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&notes);
    site.add("content/index.md", "# 처음\n\n[하나](1.md)만 이어 둔다.\n");
    assert_eq!(common::places(&site.faults(), "orphan"), [""; 0]);
}

#[test]
fn a_report_for_code_review_tools_is_sarif() {
    let site = planted();
    let run = site.run(&["check", "--sarif"]);
    assert_eq!(run.code, 1, "{run}");
    let sarif: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let report = &sarif["runs"][0];
    assert_eq!(report["columnKind"], "unicodeCodePoints");
    let rules = report["tool"]["driver"]["rules"].as_array().unwrap();
    let faults = site.faults();
    let results = report["results"].as_array().unwrap();
    assert_eq!(results.len(), faults.len());
    for (result, fault) in results.iter().zip(&faults) {
        assert_eq!((&result["ruleId"], &result["level"]), (&fault["code"], &fault["severity"]));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], fault["code"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["region"]["startLine"], fault["line"]);
        assert_eq!(place["region"]["startColumn"], fault["column"]);
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.starts_with('/') && !uri.contains(' '), "{uri}");
    }
    let conflict = site.run(&["check", "--sarif", "--json"]);
    assert_eq!(conflict.code, 2, "{conflict}");
}

#[test]
fn the_codes_are_listed_with_their_meaning() {
    let run = common::Program::new(&["check", "--codes"]).run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.stdout.lines().count(), CODES.len());
    let line = run.stdout.lines().find(|line| line.starts_with("broken-block ")).unwrap();
    assert!(line.contains("warning") && line.contains("블록"), "{line}");
}
