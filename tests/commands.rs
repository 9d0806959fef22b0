//! What scripts and other people's tools rely on: commands, exit codes, JSON, languages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;

use common::{Program, Site};
use serde_json::Value;

const CLEAN: &str = "# 파드\n\n컨테이너를 묶는 가장 작은 단위다.\n";
const BROKEN_LINK: &str = "# 노드\n\n파드가 도는 기계. [없는 노트](없음.md)를 가리킨다.\n";
/// A byte that no encoding explains.
const DAMAGED: &[u8] =
    b"# \xEC\x84\x9C\xEB\xB2\x84\n\n\xEB\x81\x9D\xEC\x9D\xB4 \xFF\xEA\xB9\xA8\xEC\xA1\x8C\xEB\x8B\xA4\n";

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn exit_code_0_is_fine_1_is_faults_in_notes_2_is_no_work_done() {
    let clean = Site::of(&[("content/파드.md", CLEAN)]);
    let warned = Site::of(&[("content/노드.md", BROKEN_LINK)]);
    let damaged = Site::empty();
    damaged.add("content/서버.md", DAMAGED);
    for (site, arguments, code) in [
        (&clean, &["build"][..], 0),
        (&clean, &["build", "--strict"], 0),
        (&clean, &["check", "--strict"], 0),
        (&warned, &["build"], 0),
        (&warned, &["build", "--strict"], 1),
        (&warned, &["check"], 0),
        (&warned, &["check", "--strict"], 1),
        (&damaged, &["build"], 1),
        (&damaged, &["check"], 1),
    ] {
        let run = site.run(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {run}");
    }
    assert!(damaged.publishes("서버.html"), "a fault in a note does not keep the site from being built");
    for arguments in [&["build", "--root", "/no/such/folder"][..], &["bulid"], &["build", "--no-such-flag"], &[]] {
        let run = Program::new(arguments).run();
        assert_eq!(run.code, 2, "{arguments:?}: {run}");
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_summary_ends_the_build() {
    let site = Site::case("linked");
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    let summary = run.stdout.lines().last().unwrap();
    assert!(summary.contains("노트 5개") && summary.contains("경고 0개, 오류 0개"), "{summary}");
    assert!(run.stderr.is_empty(), "no bar where nobody looks: {}", run.stderr);

    let run = site.run(&["build", "--json"]);
    let summary = &run.json_lines().pop().unwrap()["summary"];
    assert_eq!(summary["notes"], 5);
    assert_eq!(summary["pages"], site.pages().len());
    assert!(summary["links"].as_u64().unwrap() >= 18, "{summary}");
    assert_eq!((summary["warnings"].as_u64(), summary["errors"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn each_fault_is_a_line_for_people_and_an_object_for_tools() {
    let site = Site::of(&[("content/노드.md", BROKEN_LINK), ("content/파드.md", CLEAN)]);
    let expected: BTreeSet<&str> = ["path", "line", "column", "severity", "code", "message", "hint"].into();
    for command in ["check", "build"] {
        let run = site.run(&[command, "--json"]);
        let faults: Vec<Value> = run.json_lines().into_iter().filter(|line| line.get("summary").is_none()).collect();
        assert_eq!(faults.len(), 1, "{run}");
        let fault = &faults[0];
        assert_eq!(keys(fault), expected);
        assert_eq!(fault["path"], "content/노드.md");
        assert_eq!((fault["line"].as_u64(), fault["column"].as_u64()), (Some(3), Some(12)), "columns count characters");
        assert_eq!((fault["severity"].as_str(), fault["code"].as_str()), (Some("warning"), Some("broken-link")));

        let run = site.run(&[command]);
        assert!(run.stderr.starts_with("content/노드.md:3:12: warning[broken-link]: "), "{run}");
    }
    assert_eq!(site.run(&["check"]).stdout.lines().count(), 1, "one line of summary");
}

#[test]
fn faults_come_in_the_order_of_files_and_lines() {
    let site = Site::of(&[
        ("content/나.md", "# 나\n\n[하나](없음1.md)\n\n[둘](없음2.md) [셋](없음3.md)\n"),
        ("content/가.md", "# 가\n\n[[없는 이름]]\n"),
    ]);
    let places = common::places(&site.faults(), "broken-link");
    assert_eq!(places, ["content/가.md:3:1", "content/나.md:3:1", "content/나.md:5:1", "content/나.md:5:13"]);
}

#[test]
fn messages_are_korean_and_english_on_request() {
    let site = Site::of(&[("content/노드.md", BROKEN_LINK)]);
    let root = site.root().to_str().unwrap();
    let check = || Program::new(&["check", "--root", root]);
    assert!(check().run().stderr.contains("`없음.md` 노트가 없습니다"));
    assert!(check().env("SEOGA_LANG", "en").run().stderr.contains("there is no note `없음.md`"));
    assert!(check().env("LANG", "en_US.UTF-8").run().stderr.contains("there is no note"));
    assert!(check().env("LANG", "en_US.UTF-8").env("SEOGA_LANG", "ko").run().stderr.contains("노트가 없습니다"));
    assert!(Program::new(&["--help"]).run().stdout.contains("종료 코드"));
    assert!(Program::new(&["--help"]).env("SEOGA_LANG", "en").run().stdout.contains("Exit codes"));
}

#[test]
fn a_plain_folder_of_notes_is_a_site() {
    let site = Site::case("plain-folder");
    site.built();
    for page in
        ["index.html", "첫째.html", "폴더/둘째.html", "폴더/index.html", "notes.html", "tags/index.html", "404.html"]
    {
        assert!(site.publishes(page), "{page}: {:#?}", site.files().keys());
    }
    // The site that the first build made is no content of the second.
    let first = site.files();
    site.built();
    assert_eq!(first.keys().collect::<Vec<_>>(), site.files().keys().collect::<Vec<_>>());
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn the_output_goes_where_it_is_told_to() {
    let site = Site::of(&[("content/파드.md", CLEAN)]);
    let elsewhere = Site::empty();
    let out = elsewhere.path("새 폴더/사이트");
    let run = site.run(&["build", "--out", out.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    assert!(out.join("파드.html").exists());
    assert!(!site.output().exists());
    let run = Program::new(&["search", "--json", "--site", out.to_str().unwrap(), "컨테이너"]).run();
    assert_eq!(run.json_lines()[0]["hits"][0]["url"], "파드.html", "{run}");
}

#[test]
fn the_root_is_the_current_folder_when_not_said() {
    let site = Site::of(&[("content/파드.md", CLEAN)]);
    let run = Program::new(&["build"]).inside(site.root()).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(site.publishes("파드.html"));
}

#[test]
fn check_writes_nothing() {
    let site = Site::of(&[("content/파드.md", CLEAN)]);
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(common::files(site.root()).keys().collect::<Vec<_>>(), ["content/파드.md"]);
}

#[test]
fn search_answers_in_one_shape() {
    let site = Site::case("linked");
    site.built();
    let run = site.run(&["search", "--json", "서버를"]);
    assert_eq!(run.code, 0, "{run}");
    let answers = run.json_lines();
    assert_eq!(answers.len(), 1, "{run}");
    let answer = &answers[0];
    assert_eq!(keys(answer), ["hits", "note", "query", "took_us"].into());
    assert_eq!(answer["query"], "서버를");
    assert!(answer["took_us"].is_u64());
    let hits = answer["hits"].as_array().unwrap();
    assert!(!hits.is_empty(), "{run}");
    for hit in hits {
        assert_eq!(keys(hit), ["anchor", "heading", "path", "score", "snippet", "tags", "title", "url"].into());
        assert!(site.publishes(hit["url"].as_str().unwrap()), "{hit}");
        assert!(hit["score"].is_number() && hit["tags"].is_array(), "{hit}");
        let page = site.page(hit["url"].as_str().unwrap());
        let anchor = hit["anchor"].as_str().unwrap();
        let has_id = common::html::elements(&page).iter().any(|element| element.attribute("id") == Some(anchor));
        assert!(anchor.is_empty() || has_id, "{hit}");
    }
    let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(
        site.run(&["search", "--json", "--limit", "1", "서버를"]).json_lines()[0]["hits"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn a_batch_answers_every_line() {
    let site = Site::case("linked");
    site.built();
    let root = site.root().to_str().unwrap();
    let run = Program::new(&["search", "--batch", "--root", root]).input("캐시\n\n없는말뭉치\n프록시에서").run();
    assert_eq!(run.code, 0, "{run}");
    let answers = run.json_lines();
    let queries: Vec<&str> = answers.iter().map(|answer| answer["query"].as_str().unwrap()).collect();
    assert_eq!(queries, ["캐시", "", "없는말뭉치", "프록시에서"]);
    assert_eq!(answers[0]["hits"][0]["title"], "캐시");
    assert_eq!(answers[1]["hits"].as_array().unwrap().len(), 0);
    assert_eq!(answers[3]["hits"][0]["title"], "역방향 프록시");
}

#[test]
fn a_search_before_the_first_build_says_what_to_do() {
    let site = Site::of(&[("content/파드.md", CLEAN)]);
    let run = site.run(&["search", "파드"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("seoga build"), "{run}");
}

#[test]
fn search_finds_words_in_whatever_form_they_are_asked_for() {
    let site = Site::of(&[
        ("content/쿠버네티스.md", "# 쿠버네티스\n\n컨테이너를 여러 기계에 나누어 띄운다.\n"),
        ("content/gRPC.md", "# gRPC\n\nHTTP/2 위에서 프로토콜 버퍼를 주고받는다. getUserName 같은 이름도 찾는다.\n"),
        ("content/캐시.md", "# 캐시\n\n조회를 빠르게 하려고 값을 저장했다.\n"),
    ]);
    site.built();
    for (query, title) in [
        ("쿠버네티스를", "쿠버네티스"),
        ("쿠버네티스에서는", "쿠버네티스"),
        ("컨테이너", "쿠버네티스"),
        ("grpc", "gRPC"),
        ("GRPC는", "gRPC"),
        ("getusername", "gRPC"),
        ("user", "gRPC"),
        ("저장하는", "캐시"),
    ] {
        let run = site.run(&["search", "--json", query]);
        assert_eq!(run.json_lines()[0]["hits"][0]["title"], title, "{query}: {run}");
    }
}

#[test]
fn new_makes_a_site_that_builds_and_touches_no_other_folder() {
    for (language, page) in [("ko", "첫 노트.html"), ("en", "first note.html")] {
        let site = Site::empty();
        let folder = site.path("내 노트");
        let folder = folder.to_str().unwrap();
        let run = Program::new(&["new", folder]).env("SEOGA_LANG", language).run();
        assert_eq!(run.code, 0, "{run}");
        let run = Program::new(&["build", "--strict", "--root", folder]).run();
        assert_eq!(run.code, 0, "{run}");
        assert!(site.path("내 노트/public").join(page).exists(), "{run}");
        let before = common::files(site.root());
        let run = Program::new(&["new", folder]).run();
        assert_eq!(run.code, 2, "{run}");
        assert_eq!(common::files(site.root()), before);
    }
}

#[test]
fn an_unknown_setting_is_an_error_with_its_line_and_the_nearest_key() {
    let site =
        Site::of(&[("content/파드.md", CLEAN), ("site.yaml", "title: 서가\n# 설명\ndescripton: 오타가 난 열쇠\n")]);
    let run = site.build();
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("site.yaml:3:1: error["), "{run}");
    assert!(run.stderr.contains("`description`"), "{run}");
    assert!(site.page("파드.html").contains("· 서가</title>"), "the other keys count");
}
