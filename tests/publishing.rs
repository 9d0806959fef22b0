//! The output folder: the same bytes every time, whole or as it was, and nobody else's files touched.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Program, Site, contains, files};

/// The paths whose bytes differ, or that only one of the folders has.
fn differences(a: &std::path::Path, b: &std::path::Path) -> Vec<String> {
    let (a, b) = (files(a), files(b));
    let mut paths: Vec<&String> = a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path)).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().cloned().collect()
}

#[test]
fn the_same_notes_make_the_same_bytes_whatever_the_folder_and_the_threads() {
    let (first, second) = (Site::own_content(), Site::own_content());
    for (site, threads) in [(&first, "1"), (&second, "2")] {
        // Times of files must not matter either: the copies were written one after the other.
        let root = site.root().to_str().unwrap();
        let run = Program::new(&["build", "--root", root]).env("RAYON_NUM_THREADS", threads).run();
        assert_eq!(run.code, 0, "{run}");
    }
    assert_eq!(differences(&first.output(), &second.output()), [""; 0]);
    let again = first.path("다시");
    let run = first.run(&["build", "--out", again.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(differences(&first.output(), &again), [""; 0]);
    for (path, bytes) in first.files() {
        assert!(!contains(&bytes, first.root().to_str().unwrap().as_bytes()), "{path} names the folder it was made in");
    }
}

#[test]
fn a_build_over_an_old_site_equals_a_build_into_nothing() {
    let site = Site::case("linked");
    site.built();
    std::fs::remove_file(site.path("content/데이터/캐시.md")).unwrap();
    site.add("content/새 노트.md", "---\ntags: [새것]\n---\n\n나중에 쓴 노트다.\n");
    site.built();
    let fresh = site.path("처음부터");
    assert_eq!(site.run(&["build", "--out", fresh.to_str().unwrap()]).code, 0);
    assert_eq!(differences(&site.output(), &fresh), [""; 0]);
    assert!(!site.publishes("데이터/캐시.html"), "a note that is gone leaves the site");
}

#[test]
fn a_failed_build_leaves_the_previous_site_whole() {
    let site = Site::case("linked");
    site.built();
    let before = files(site.root());
    site.add(
        "templates/note.html",
        "{% extends \"base.html\" %}\n{% block content %}\n{{ note.no_such_thing }}\n{% endblock %}\n",
    );
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    let mut after = files(site.root());
    after.remove("templates/note.html");
    assert_eq!(before, after, "neither the site nor the folder beside it changed");
}

#[test]
fn somebody_elses_files_in_the_output_folder_stay() {
    let site = Site::case("linked");
    site.add("public/CNAME", "notes.example.com\n");
    site.add("public/.git/config", "[core]\n");
    site.add("public/네트워크/손으로 쓴 것.html", "<p>내 것</p>");
    site.built();
    site.built();
    let files = site.files();
    assert_eq!(files["CNAME"], b"notes.example.com\n");
    assert_eq!(files[".git/config"], b"[core]\n");
    assert_eq!(files["네트워크/손으로 쓴 것.html"], "<p>내 것</p>".as_bytes());
    assert!(files.contains_key("링크 모음.html"));
}

#[test]
fn a_file_that_seoga_did_not_write_is_never_overwritten() {
    let site = Site::case("linked");
    site.add("public/index.html", "손으로 만든 첫 쪽");
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("index.html"), "{run}");
    assert_eq!(site.page("index.html"), "손으로 만든 첫 쪽");
    assert_eq!(site.files().len(), 1);
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let site = Site::case("linked");
    site.add("public", "나는 파일이다");
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(std::fs::read_to_string(site.path("public")).unwrap(), "나는 파일이다");
}

#[test]
fn feeds_and_the_sitemap_exist_only_for_a_site_with_an_address() {
    let site = Site::case("private");
    site.built();
    let feed = site.page("atom.xml");
    assert!(feed.contains("<title>공개 노트</title>"), "{feed}");
    assert!(feed.contains("https://example.com/notes/%EA%B3%B5%EA%B0%9C.html"), "{feed}");
    assert!(feed.contains("2024-03-02T00:00:00Z"), "the note's own date, no clock: {feed}");
    assert!(site.page("sitemap.xml").contains("<loc>https://example.com/notes/%EA%B3%B5%EA%B0%9C.html</loc>"));
    assert!(site.page("공개.html").contains("<link rel=\"canonical\" href=\"https://example.com/notes/"));

    let site = Site::case("linked");
    site.built();
    assert!(!site.publishes("atom.xml") && !site.publishes("sitemap.xml"));
    assert!(!site.page("index.html").contains("canonical"));
}
