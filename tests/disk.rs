//! What stands on a disk besides readable notes: links out, links nowhere, circles, folders called like notes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::os::unix::fs::{PermissionsExt as _, symlink};

use common::html::text;
use common::{Site, contains, places};

const NOTE: &str = "# 서가\n\n읽을 수 있는 노트다.\n";

#[test]
fn a_link_out_of_the_notes_is_not_followed() {
    let outside = Site::of(&[("비밀번호.md", "바깥의 딱새\n"), ("사진.png", "바깥의 직박구리")]);
    let site = Site::of(&[("content/index.md", NOTE)]);
    symlink(outside.path("비밀번호.md"), site.path("content/훔친 노트.md")).unwrap();
    symlink(outside.path("사진.png"), site.path("content/훔친 사진.png")).unwrap();
    symlink(outside.root(), site.path("content/훔친 폴더")).unwrap();
    symlink("../../../../../../../../etc/passwd", site.path("content/passwd.md")).unwrap();
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    for (path, bytes) in site.files() {
        assert!(!path.contains("훔친") && !path.contains("passwd"), "{path}");
        for word in ["딱새", "직박구리", "root:x:"] {
            assert!(!contains(&bytes, word.as_bytes()), "{word} in {path}");
        }
    }
    assert_eq!(places(&site.faults(), "symlink-outside").len(), 4);
}

#[cfg(target_os = "linux")]
#[test]
fn a_volume_cannot_be_the_output_folder_and_a_folder_inside_it_can() {
    let site = Site::of(&[("content/index.md", NOTE)]);
    let run = site.run(&["build", "--out", "/proc"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("`/proc`") && run.stderr.contains("--out /proc/site"), "{run}");
}

#[test]
fn a_link_inside_the_notes_is_a_note_of_its_own() {
    let site = Site::of(&[("content/index.md", NOTE), ("content/가/원본.md", "원본의 글\n")]);
    symlink("가/원본.md", site.path("content/바로 가기.md")).unwrap();
    symlink("가", site.path("content/나")).unwrap();
    site.built();
    assert_eq!(text(&site.body("바로 가기.html")), "원본의 글");
    assert_eq!(text(&site.body("나/원본.html")), "원본의 글");
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_link_that_leads_nowhere_is_reported() {
    let site = Site::of(&[("content/index.md", NOTE)]);
    symlink("지운 노트.md", site.path("content/허공.md")).unwrap();
    symlink("자기.md", site.path("content/자기.md")).unwrap();
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(places(&site.faults(), "symlink-broken"), ["content/자기.md:1:1", "content/허공.md:1:1"]);
    assert!(!site.publishes("허공.html"));
}

#[test]
fn folders_that_hold_themselves_end() {
    let site =
        Site::of(&[("content/index.md", NOTE), ("content/가/글.md", "가의 글\n"), ("content/나/글.md", "나의 글\n")]);
    symlink(".", site.path("content/가/자기")).unwrap();
    symlink("..", site.path("content/가/위")).unwrap();
    symlink("../나", site.path("content/가/나로")).unwrap();
    symlink("../가", site.path("content/나/가로")).unwrap();
    let run = site.build();
    assert!(run.code < 2, "{run}");
    assert_eq!(text(&site.body("가/글.html")), "가의 글");
    assert!(!places(&site.faults(), "symlink-loop").is_empty());
    assert!(site.pages().len() < 40, "{:#?}", site.files().keys());
}

#[test]
fn a_folder_called_like_a_note_is_a_folder() {
    let site = Site::of(&[("content/index.md", NOTE), ("content/노트.md/안.md", "폴더 안의 글\n")]);
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    assert!(site.publishes("노트.md/안.html"), "{:#?}", site.files().keys());
}

#[test]
fn a_note_that_may_not_be_read_is_an_error_and_the_rest_is_published() {
    let site = Site::of(&[
        ("content/index.md", NOTE),
        ("content/잠긴 노트.md", "잠긴 글\n"),
        ("content/잠긴 폴더/글.md", "글\n"),
    ]);
    for path in ["content/잠긴 노트.md", "content/잠긴 폴더"] {
        std::fs::set_permissions(site.path(path), std::fs::Permissions::from_mode(0o000)).unwrap();
    }
    let reads_everything = std::fs::read(site.path("content/잠긴 노트.md")).is_ok();
    let run = site.build();
    let faults = if reads_everything { Vec::new() } else { places(&site.faults(), "unreadable") };
    std::fs::set_permissions(site.path("content/잠긴 폴더"), std::fs::Permissions::from_mode(0o700)).unwrap();
    assert!(run.code < 2, "{run}");
    assert_eq!(text(&site.body("index.html")), "읽을 수 있는 노트다.");
    // To root nothing is locked.
    if !reads_everything {
        assert_eq!(run.code, 1, "{run}");
        assert_eq!(faults, ["content/잠긴 노트.md:1:1", "content/잠긴 폴더:1:1"]);
        assert!(!site.publishes("잠긴 노트.html"));
    }
}

#[test]
fn a_pipe_among_the_notes_is_not_waited_for() {
    let site = Site::of(&[("content/index.md", NOTE)]);
    let made = std::process::Command::new("mkfifo").arg(site.path("content/관.md")).status().unwrap();
    assert!(made.success());
    let run = site.build();
    assert!(run.code < 2, "{run}");
    assert!(!site.publishes("관.html"));
}

#[test]
fn a_name_that_is_not_utf_8_is_read_as_well_as_can_be() {
    use std::os::unix::ffi::OsStrExt as _;
    let site = Site::of(&[("content/index.md", NOTE)]);
    // `한글` in CP949, as an old archive leaves it.
    let name = std::ffi::OsStr::from_bytes(b"\xC7\xD1\xB1\xDB.md");
    std::fs::write(site.path("content").join(name), "옛 이름의 글\n").unwrap();
    let run = site.build();
    assert!(run.code < 2, "{run}");
    assert!(site.pages().values().any(|page| page.contains("옛 이름의 글")));
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn two_spellings_of_one_name_make_one_page_and_a_diagnostic() {
    let site = Site::of(&[("content/index.md", NOTE), ("content/가상.md", "모아 쓴 글\n")]);
    site.add("content/\u{1100}\u{1161}\u{1109}\u{1161}\u{11bc}.md", "풀어 쓴 글\n");
    let run = site.build();
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(text(&site.body("가상.html")), "모아 쓴 글");
    assert_eq!(places(&site.faults(), "name-twin"), ["content/가상.md:1:1"]);
}
