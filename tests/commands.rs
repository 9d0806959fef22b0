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
        let expected = ["anchor", "found", "heading", "line", "path", "score", "snippet", "tags", "title", "url"];
        assert_eq!(keys(hit), expected.into());
        let note = std::fs::read_to_string(site.root().join(hit["path"].as_str().unwrap())).unwrap();
        let line = note.lines().nth(hit["line"].as_u64().unwrap() as usize - 1).unwrap();
        assert!(line.contains(hit["heading"].as_str().unwrap()), "{hit}: {line}");
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
fn a_person_sees_where_to_open_the_note_and_on_request_why() {
    let site = Site::case("linked");
    site.built();
    let run = Program::new(&["search", "역방향 프록시"]).inside(site.root()).run();
    assert!(run.stdout.lines().any(|line| line.trim_start().starts_with("content/") && line.contains(".md:")), "{run}");
    let run = Program::new(&["search", "--explain", "캐시를 서벌"]).inside(site.root()).run();
    for part in ["찾은 말", "캐시", "친 대로", "점수", "본문"] {
        assert!(run.stdout.contains(part), "{part}: {run}");
    }
    let run = site.run(&["search", "--explain", "--json", "캐시를"]);
    let value = &run.json_lines()[0];
    assert_eq!(value["words"][0]["wholes"][0], "캐시", "{run}");
    assert_eq!(value["scores"].as_array().unwrap().len(), value["hits"].as_array().unwrap().len(), "{run}");
}

#[test]
fn exclusions_are_typed_in_the_terminal_as_in_the_search_box() {
    let site = Site::case("linked");
    site.built();
    let titles = |arguments: &[&str]| -> Vec<String> {
        let run = site.run(&[&["search", "--json"], arguments].concat());
        let hits = run.json_lines()[0]["hits"].as_array().unwrap().clone();
        hits.iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
    };
    let without = titles(&["서버", "-캐시"]);
    assert!(!without.is_empty() && !without.contains(&"캐시".to_owned()), "{without:?}");
    assert_eq!(titles(&["-n", "1", "서버"]).len(), 1, "options stay options");
}

#[test]
fn what_was_corrected_is_said_in_the_language_of_messages() {
    let site = Site::case("linked");
    site.built();
    let said = |language: &str| {
        let root = site.root().to_str().unwrap();
        let run = Program::new(&["search", "--json", "--root", root, "zotlfmf"]).env("SEOGA_LANG", language).run();
        run.json_lines()[0]["note"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(said("ko"), "‘zotlfmf’ → ‘캐시를’로 찾음");
    assert_eq!(said("en"), "‘zotlfmf’: showing results for ‘캐시를’");
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

#[test]
fn what_was_mistyped_is_said_in_both_languages() {
    for (arguments, korean, english) in [
        (&["bulid"][..], "`bulid`: 없는 명령입니다\n  도움말: 혹시 `build`?", "there is no command `bulid`"),
        (&["help", "bulid"], "`bulid`: 없는 명령입니다", "there is no command `bulid`"),
        (&["build", "--roto", "x"], "`--roto`: 쓸 수 없는 인자입니다\n  도움말: 혹시 `--root`?", "argument `--roto`"),
        (
            &["build", "내 노트"],
            "도움말: 사이트 폴더는 `--root`로 알려 주세요: `seoga build --root 내 노트`",
            "`--root`",
        ),
        (&["build", "--out"], "`--out <DIR>`에는 값이 있어야 합니다", "`--out <DIR>` wants a value"),
        (&["search"], "`<QUERY>...`이(가) 빠졌습니다", "`<QUERY>...` is missing"),
        (&["search", "-n", "0", "a"], "1부터 1000까지의 정수가 와야 합니다", "from 1 to 1000"),
        (&["serve", "--port", "팔"], "`--port <N>`의 값 `팔`을(를) 쓸 수 없습니다", "the value `팔` of `--port <N>`"),
        (&["search", "--site", "a", "--root", "b", "c"], "함께 쓸 수 없습니다", "cannot be used with"),
        (&["build", "--drafts=1"], "`--drafts`에는 값을 줄 수 없습니다", "`--drafts` takes no value"),
        (&["search", ""], "찾을 말이 비어 있습니다", "nothing to search for"),
        (&["search", "--json", " "], "찾을 말이 비어 있습니다", "nothing to search for"),
    ] {
        let run = Program::new(arguments).run();
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run}");
        assert!(run.stderr.starts_with("오류: ") && run.stderr.contains(korean), "{arguments:?}: {run}");
        assert!(run.stderr.contains("도움말: "), "{arguments:?}: {run}");
        let run = Program::new(arguments).env("SEOGA_LANG", "en").run();
        assert_eq!(run.code, 2, "{arguments:?}: {run}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(english), "{arguments:?}: {run}");
    }
}

#[test]
fn help_is_given_for_each_command() {
    for (language, word) in [("ko", "사용법"), ("en", "Usage")] {
        for arguments in [&["help"][..], &["help", "build"], &["help", "help"], &["help", "--help"], &["build", "-h"]] {
            let run = Program::new(arguments).env("SEOGA_LANG", language).run();
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}: {run}");
            assert!(run.stdout.contains(word) && run.stdout.contains("seoga"), "{arguments:?}: {run}");
        }
    }
}

#[test]
fn a_root_that_is_not_there_is_named() {
    let site = Site::of(&[("파일", "x")]);
    for command in ["build", "check", "serve", "search"] {
        for (root, words) in [("없음", "`없음` 폴더가 없습니다"), ("파일", "`파일`: 폴더가 아닙니다")]
        {
            let arguments: &[&str] = &[command, "--root", root, "말"];
            let arguments = if command == "search" { arguments } else { &arguments[..3] };
            let run = Program::new(arguments).inside(site.root()).run();
            assert_eq!(run.code, 2, "{command}: {run}");
            assert!(run.stderr.contains(words), "{command}: {run}");
        }
    }
    let run = Program::new(&["search", "--site", "없음", "말"]).inside(site.root()).run();
    assert!(run.code == 2 && run.stderr.contains("`없음` 폴더가 없습니다"), "{run}");
}

#[test]
fn notes_are_never_put_aside_for_the_site() {
    let site = Site::of(&[
        ("자리/content/파드.md", CLEAN),
        ("자리/content/모음/노드.md", CLEAN),
        ("자리/static/a.css", "a{}"),
        ("자리/site.yaml", "title: 서가\n"),
        ("남의 것.txt", "x"),
    ]);
    let before = common::files(site.root());
    let root = site.path("자리");
    for (out, words) in [
        (".", "사이트 폴더 자체"),
        ("content/..", "사이트 폴더 자체"),
        ("content", "노트가 있는 폴더"),
        ("./content/", "노트가 있는 폴더"),
        ("..", "안에 사이트 폴더가 있어서"),
        ("/", "안에 사이트 폴더가 있어서"),
        ("static", "테마의 파일"),
        ("content/모음", "안에 노트가 있습니다"),
    ] {
        let run = Program::new(&["build", "--out", out]).inside(&root).run();
        assert_eq!(run.code, 2, "{out}: {run}");
        assert!(run.stderr.contains(words) && run.stderr.contains("--out"), "{out}: {run}");
        assert_eq!(common::files(site.root()), before, "{out}");
    }
    let plain = Site::of(&[("파드.md", CLEAN), ("모음/노드.md", CLEAN)]);
    for out in [".", "모음", "새 폴더/../."] {
        let run = Program::new(&["build", "--out", out]).inside(plain.root()).run();
        assert_eq!(run.code, 2, "{out}: {run}");
    }
    let run = Program::new(&["build", "--out", "새 폴더"]).inside(plain.root()).run();
    assert_eq!(run.code, 0, "{run}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_a_failure_and_a_closed_pipe_is_not() {
    use std::process::{Command, Stdio};
    let site = Site::of(&[("content/노드.md", BROKEN_LINK)]);
    site.built();
    let root = site.root().to_str().unwrap();
    let run = |arguments: &[&str], stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seoga"));
        command.args(arguments).env("SEOGA_LANG", "ko").stdin(Stdio::null());
        let output = command.stdout(stdout).stderr(Stdio::piped()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for arguments in [
        &["build", "--root", root][..],
        &["build", "--json", "--root", root],
        &["check", "--root", root],
        &["check", "--json", "--root", root],
        &["search", "--root", root, "파드"],
        &["search", "--json", "--root", root, "파드"],
        &["help"],
        &["--version"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let (code, said) = run(arguments, full.into());
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains("표준 출력에 쓰지 못했습니다"), "{arguments:?}: {said}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, said) = run(arguments, writer.into());
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("오류: "), "{arguments:?}: {said}");
    }
}

#[test]
fn a_site_from_before_is_spoken_of_only_where_there_is_one() {
    let site = Site::of(&[("content/파드.md", CLEAN), ("site.yaml", "private: [일기\n")]);
    let run = site.build();
    assert!(run.code == 2 && run.stderr.contains("`]`로 닫히지 않았습니다"), "the reason is Korean: {run}");
    assert!(!run.stderr.contains("이전에 만든"), "{run}");
    site.add("site.yaml", "");
    site.built();
    site.add("site.yaml", "private: [일기\n");
    let run = site.build();
    assert!(run.code == 2 && run.stderr.contains("이전에 만든 사이트는 그대로 있습니다"), "{run}");
    assert!(site.publishes("파드.html"));
}

#[test]
fn a_pattern_that_matches_nothing_is_a_warning_where_it_is_written() {
    let site = Site::of(&[
        ("content/일기/오늘.md", "# 오늘\n\n파드를 배웠다.\n"),
        ("content/파드.md", CLEAN),
        ("site.yaml", "title: 서가\nprivate: 일긔\nexclude: ['*.tmp', 초안/]\n"),
    ]);
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    let faults = site.faults();
    assert_eq!(common::places(&faults, "unused-pattern"), ["site.yaml:2:10", "site.yaml:3:20"]);
    assert_eq!(faults[0]["hint"], "혹시 `일기`?");
    site.add("site.yaml", "private: 일기\n");
    site.built();
    assert!(!site.publishes("일기/오늘.html"));
    assert_eq!(site.faults(), [Value::Null; 0]);
}

#[test]
fn the_summary_says_how_many_notes_stay_back() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n"),
        ("content/하나.md", "---\n초안: true\n---\n\n뻐꾸기\n"),
        ("content/둘.md", "---\nstatus: draft\n---\n\n뻐꾸기\n"),
        ("content/셋.md", "---\nstatus: 읽는 중\n---\n\n글\n"),
    ]);
    let run = site.run(&["build"]);
    assert!(run.stdout.contains("노트 2개(비공개 2개는 뺌)"), "{run}");
    assert!(site.files().values().all(|bytes| !common::contains(bytes, "뻐꾸기".as_bytes())));
    assert_eq!(site.run(&["build", "--json"]).json_lines().last().unwrap()["summary"]["withheld"], 2);
}

#[test]
fn a_mistyped_command_is_answered_with_the_nearest() {
    let run = Site::empty().run(&["serach"]);
    assert!(run.stderr.contains("혹시 `search`?"), "{run}");
}
