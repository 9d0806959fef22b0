use std::fs;

use super::*;

/// A folder of its own for a test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("seoga-walk-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "# 노트\n").unwrap();
    }

    fn walk(&self, options: WalkOptions<'_>) -> Walk {
        walk(&self.0, options).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(files: &[SourceFile]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

fn codes(walk: &Walk) -> Vec<(&str, &str)> {
    walk.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.path.as_str())).collect()
}

const NO_PATTERNS: &Patterns = &Patterns::none();

fn plain() -> WalkOptions<'static> {
    WalkOptions {
        display_prefix: "content/",
        content_is_site: false,
        output: None,
        exclude: NO_PATTERNS,
        private: NO_PATTERNS,
    }
}

#[test]
fn notes_and_assets_in_order_without_what_is_no_content() {
    let folder = Folder::new("order");
    for name in [
        "나.md",
        "가/다.MARKDOWN",
        "가/그림.png",
        "README.md",
        ".obsidian/app.json",
        ".git/x.md",
        "node_modules/a/README.md",
        "target/CACHEDIR.TAG",
        "target/doc.md",
        "가/target/목표.md",
        "public/p.md",
        ".md",
        "Thumbs.db",
    ] {
        folder.write(name);
    }
    let found = folder.walk(plain());
    assert_eq!(names(&found.notes), ["README.md", "public/p.md", "가/target/목표.md", "가/다.MARKDOWN", "나.md"]);
    assert_eq!(names(&found.assets), ["가/그림.png"]);
    assert!(found.diagnostics.is_empty());
}

fn plain_folder(output: &Path) -> WalkOptions<'_> {
    WalkOptions {
        display_prefix: "",
        content_is_site: true,
        output: Some(output),
        exclude: NO_PATTERNS,
        private: NO_PATTERNS,
    }
}

#[test]
fn a_plain_folder_of_notes_is_its_own_site() {
    let folder = Folder::new("plain");
    for name in [
        "노트.md",
        "public/index.html",
        "public/.seoga-files",
        "public/README.md",
        "templates/note.html",
        "static/a.png",
        "site.yaml",
        "site.yml",
        "가/site.yml",
        "가/public/나.md",
        "가/templates/다.md",
        "out/옛.md",
        "out/.seoga-files",
    ] {
        folder.write(name);
    }
    let output = folder.0.join("out");
    let found = folder.walk(plain_folder(&output));
    assert_eq!(names(&found.notes), ["가/public/나.md", "가/templates/다.md", "노트.md"]);
    assert_eq!(names(&found.assets), ["가/site.yml"]);
    assert!(found.diagnostics.is_empty());
}

#[test]
fn notes_in_a_folder_of_the_site_are_not_lost_in_silence() {
    let folder = Folder::new("not-content");
    for name in ["노트.md", "templates/daily.md", "templates/주/weekly.md", "static/a.md", "public/b.md"] {
        folder.write(name);
    }
    let output = folder.0.join("public");
    let found = folder.walk(plain_folder(&output));
    assert_eq!(names(&found.notes), ["노트.md"]);
    let warned = [("not-content", "templates"), ("not-content", "static"), ("not-content", "public")];
    assert_eq!(codes(&found), warned);
    assert!(found.diagnostics[0].message.korean.contains("노트 2개"));

    let exclude = Patterns::new(&["templates/", "static/*.md", "public"]);
    let found = folder.walk(WalkOptions { exclude: &exclude, ..plain_folder(&output) });
    assert_eq!(names(&found.notes), ["노트.md"]);
    assert!(found.diagnostics.is_empty(), "said to be no notes");
}

#[test]
fn folders_that_are_only_called_so_are_content() {
    let folder = Folder::new("called-so");
    for name in ["public/b.md", "templates/그림.png"] {
        folder.write(name);
    }
    let output = folder.0.join("out");
    let found = folder.walk(plain_folder(&output));
    assert_eq!(names(&found.notes), ["public/b.md"]);
    assert_eq!(names(&found.assets), ["templates/그림.png"]);
    assert!(found.diagnostics.is_empty());
}

#[test]
fn a_site_built_beside_the_notes_is_no_content() {
    let folder = Folder::new("built");
    for name in ["노트.md", "미리 보기/초안.html", "미리 보기/.seoga-files", "가/site/그림.png", "가/site/.seoga-files"]
    {
        folder.write(name);
    }
    #[cfg(unix)]
    for (target, name) in [("미리 보기", "다시"), ("가/site/그림.png", "그림.png")] {
        std::os::unix::fs::symlink(target, folder.0.join(name)).unwrap();
    }
    for options in [plain(), plain_folder(&folder.0.join("public"))] {
        let found = folder.walk(options);
        assert_eq!(names(&found.notes), ["노트.md"]);
        assert_eq!(names(&found.assets), [""; 0]);
        assert!(found.diagnostics.is_empty());
    }
}

#[test]
fn notes_of_other_tools_are_no_assets_and_are_told_of_once() {
    let folder = Folder::new("unread");
    for name in ["노트.md", "가/글.mdx", "가/글2.MDX", "나.org", "그림.png", ".mdx"] {
        folder.write(name);
    }
    let found = folder.walk(plain());
    assert_eq!(names(&found.unread), ["가/글.mdx", "가/글2.MDX", "나.org"]);
    assert_eq!(names(&found.assets), ["그림.png"]);
    assert_eq!(codes(&found), [("not-read", "content/가/글.mdx")]);
    assert!(found.diagnostics[0].message.korean.contains("3개는 싣지 않았습니다(`.mdx`, `.org`)"));
    let exclude = Patterns::new(&["*.mdx", "*.org"]);
    assert!(folder.walk(WalkOptions { exclude: &exclude, ..plain() }).diagnostics.is_empty());
}

#[test]
fn excluded_folders_are_not_entered() {
    let folder = Folder::new("exclude");
    for name in ["노트.md", "초안/하나.md", "가/초안/둘.md", "가/셋.tmp.md"] {
        folder.write(name);
    }
    let exclude = Patterns::new(&["초안/", "*.tmp.md"]);
    let found = folder.walk(WalkOptions { exclude: &exclude, ..plain() });
    assert_eq!(names(&found.notes), ["노트.md"]);
}

#[test]
fn patterns_that_name_nothing_there_is_are_known() {
    let folder = Folder::new("idle");
    for name in ["노트.md", "초안/하나.md", ".git/config", "static/비밀/a.png", "일기/오늘.md"] {
        folder.write(name);
    }
    let exclude = Patterns::new(&["초안/", "초안/하나.md", ".git", "*.tmp", "초인/"]);
    let private = Patterns::new(&["일기/오늘.md", "static/비밀/", "없음.md"]);
    let output = folder.0.join("public");
    let found = folder.walk(WalkOptions { exclude: &exclude, private: &private, ..plain_folder(&output) });
    assert_eq!((found.idle_exclude, found.idle_private), (vec![4], vec![2]));
}

#[test]
fn a_missing_folder_says_so() {
    let folder = Folder::new("missing");
    assert!(matches!(walk(&folder.0.join("없음"), plain()), Err(WalkError::Missing(_))));
    folder.write("파일.md");
    assert!(matches!(walk(&folder.0.join("파일.md"), plain()), Err(WalkError::NotAFolder(_))));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_inside_only() {
        let folder = Folder::new("links");
        let outside = Folder::new("outside");
        outside.write("비밀.md");
        for name in ["그림/a.png", "노트.md", "비공개/일기.md", ".git/config"] {
            folder.write(name);
        }
        let link = |target: &Path, name: &str| symlink(target, folder.0.join(name)).unwrap();
        link(&outside.0.join("비밀.md"), "밖.md");
        link(&outside.0, "밖폴더");
        link(Path::new("/"), "뿌리");
        link(Path::new("없는 파일.md"), "끊김.md");
        link(Path::new("비공개/일기.md"), "공개.md");
        link(Path::new("그림"), "images");
        link(Path::new("."), "나자신");
        link(Path::new(".git/config"), "설정.md");
        link(Path::new("돌고.md"), "도는.md");
        link(Path::new("도는.md"), "돌고.md");
        let found = folder.walk(plain());
        assert_eq!(names(&found.notes), ["공개.md", "노트.md", "비공개/일기.md"]);
        assert_eq!(names(&found.assets), ["images/a.png", "그림/a.png"]);
        assert_eq!(found.notes[0].target.as_deref(), Some("비공개/일기.md"));
        assert!(found.notes[0].is_matched_by(&Patterns::new(&["비공개/"])), "a link does not carry it out");
        assert_eq!(found.assets[0].target.as_deref(), Some("그림/a.png"));
        let mut codes = codes(&found);
        codes.sort_unstable();
        assert_eq!(
            codes,
            [
                ("symlink-broken", "content/끊김.md"),
                ("symlink-broken", "content/도는.md"),
                ("symlink-broken", "content/돌고.md"),
                ("symlink-loop", "content/나자신"),
                ("symlink-outside", "content/밖.md"),
                ("symlink-outside", "content/밖폴더"),
                ("symlink-outside", "content/뿌리"),
            ]
        );
    }

    #[test]
    fn folders_that_link_to_each_other_end() {
        let folder = Folder::new("mesh");
        for from in 0..12 {
            folder.write(&format!("{from}/노트.md"));
            for to in 0..12 {
                symlink(folder.0.join(to.to_string()), folder.0.join(format!("{from}/{to}로"))).unwrap();
            }
        }
        let found = folder.walk(plain());
        assert_eq!(found.notes.len(), 12 + 12 * 11);
    }

    #[test]
    fn twins_in_two_spellings() {
        let folder = Folder::new("twins");
        folder.write("한글.md");
        folder.write("\u{1112}\u{1161}\u{11ab}글.md");
        let found = folder.walk(plain());
        assert_eq!(names(&found.notes), ["한글.md"]);
        assert!(found.notes[0].path.ends_with("한글.md"), "the composed one wins");
        assert_eq!(codes(&found), [("name-twin", "content/한글.md")]);
    }

    #[test]
    fn odd_names_are_read_somehow() {
        let folder = Folder::new("odd");
        let (cp949, _, _) = EUC_KR.encode("네트워크.md");
        let bad: [&[u8]; 3] = [cp949.as_ref(), b"\xff\xff.md", b"a\x02b\n.md"];
        for name in bad {
            // Some file systems refuse such names.
            if fs::write(folder.0.join(OsStr::from_bytes(name)), "글").is_err() {
                return;
            }
        }
        let found = folder.walk(plain());
        assert_eq!(names(&found.notes), ["a\u{fffd}b\u{fffd}.md", "네트워크.md", "\u{fffd}\u{fffd}.md"]);
        assert_eq!(found.diagnostics.len(), 3);
        assert!(found.diagnostics.iter().all(|diagnostic| diagnostic.code == "file-name"));
    }

    #[test]
    fn pipes_are_not_opened() {
        let folder = Folder::new("pipe");
        folder.write("노트.md");
        let made = std::process::Command::new("mkfifo").arg(folder.0.join("관.md")).status();
        if made.is_ok_and(|status| status.success()) {
            symlink("관.md", folder.0.join("관으로.md")).unwrap();
            assert_eq!(names(&folder.walk(plain()).notes), ["노트.md"]);
        }
    }

    #[test]
    fn what_cannot_be_read_is_reported_and_the_rest_found() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("closed");
        folder.write("노트.md");
        folder.write("닫힌/안.md");
        folder.write("닫힌 노트.md");
        let close =
            |name: &str, mode| fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
        close("닫힌", 0o000);
        close("닫힌 노트.md", 0o000);
        let found = folder.walk(plain());
        let as_root = fs::read_dir(folder.0.join("닫힌")).is_ok();
        let read = found
            .notes
            .iter()
            .find(|file| file.name == "닫힌 노트.md")
            .map(|file| crate::source::read_note(file, "content/"));
        close("닫힌", 0o755);
        if !as_root {
            assert_eq!(names(&found.notes), ["노트.md", "닫힌 노트.md"]);
            assert_eq!(codes(&found), [("unreadable", "content/닫힌")]);
            assert_eq!(read.unwrap().unwrap_err().code, "unreadable");
        }
    }
}
