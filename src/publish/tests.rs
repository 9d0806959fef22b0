use super::*;

use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of this test alone, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("seoga-publish-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.join(path)
    }

    fn add(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn begin(&self, pages: &[(&str, &str)]) -> Result<Publication, PublishError> {
        let publication = Publication::begin(&self.path("public"))?;
        for (path, text) in pages {
            publication.write(path, text.as_bytes()).unwrap();
        }
        Ok(publication)
    }

    fn publish(&self, pages: &[(&str, &str)]) -> Result<usize, PublishError> {
        self.begin(pages)?.finish()
    }

    /// A build that is killed when its new site is whole.
    fn complete_and_die(&self, pages: &[(&str, &str)]) {
        let publication = self.begin(pages).unwrap();
        publication.complete().unwrap();
        die(publication);
    }

    /// Everything below the test's folder, with `/` behind empty folders; without what the site itself lists.
    fn all(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for entry in walkdir::WalkDir::new(&self.0).min_depth(1) {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(&self.0).unwrap().to_string_lossy().into_owned();
            if !entry.file_type().is_dir() {
                paths.push(path);
            } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
                paths.push(path + "/");
            }
        }
        paths.sort();
        paths.retain(|path| path != "public/.seoga-files");
        paths
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// As a kill does it: the lock is let go and nothing is cleared up.
fn die(publication: Publication) {
    let left = publication.workshop.new_site().with_file_name("lock");
    std::mem::forget(publication);
    // The forgotten lock is still held by this process; a new file is as free as one whose holder is gone.
    fs::remove_file(left).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_that_stays_the_same_is_taken_over_and_keeps_its_time() {
    use std::os::unix::fs::MetadataExt as _;
    let scratch = Scratch::new("taken-over");
    scratch.add("그림.png", "점");
    let publish = |changed: &str| {
        let publication = scratch.begin(&[("same.html", "같다"), ("changed.html", changed)]).unwrap();
        publication.copy(&scratch.path("그림.png"), "그림.png").unwrap();
        publication.finish().unwrap();
    };
    let state = |name: &str| {
        let metadata = scratch.path("public").join(name).metadata().unwrap();
        (metadata.ino(), metadata.modified().unwrap(), metadata.nlink())
    };
    publish("1");
    let before = ["same.html", "그림.png", "changed.html"].map(state);
    publish("2");
    let after = ["same.html", "그림.png", "changed.html"].map(state);
    assert_eq!(before[..2], after[..2], "one link each: the old site is gone");
    assert_ne!(before[2], after[2]);
    assert_eq!(scratch.text("public/changed.html"), "2");
}

#[test]
fn a_page_written_twice_leaves_the_published_one_alone() {
    let scratch = Scratch::new("twice");
    scratch.publish(&[("index.html", "1")]).unwrap();
    let publication = scratch.begin(&[("index.html", "1"), ("index.html", "2")]).unwrap();
    assert_eq!(scratch.text("public/index.html"), "1");
    publication.finish().unwrap();
    assert_eq!(scratch.text("public/index.html"), "2");
}

const ONE: &[(&str, &str)] = &[("index.html", "1"), ("글/a.html", "1")];
const TWO: &[(&str, &str)] = &[("index.html", "2")];

#[test]
fn a_new_site_replaces_the_old_and_leaves_no_workshop() {
    let scratch = Scratch::new("replace");
    assert_eq!(scratch.publish(ONE).unwrap(), 2);
    assert_eq!(scratch.publish(TWO).unwrap(), 1);
    assert_eq!(scratch.all(), ["public/index.html"]);
    assert_eq!(scratch.text("public/index.html"), "2");
    assert_eq!(scratch.text("public/.seoga-files"), ".seoga-files\nindex.html\n");
}

#[test]
fn somebody_elses_files_are_carried_over() {
    let scratch = Scratch::new("foreign");
    scratch.publish(ONE).unwrap();
    scratch.add("public/CNAME", "example.com");
    scratch.add("public/글/메모.txt", "내 것");
    scratch.publish(TWO).unwrap();
    assert_eq!(scratch.all(), ["public/CNAME", "public/index.html", "public/글/메모.txt"]);
}

#[test]
fn somebody_elses_empty_folders_are_carried_over() {
    let scratch = Scratch::new("empty");
    scratch.publish(ONE).unwrap();
    scratch.add("public/.git/HEAD", "ref: refs/heads/main");
    for folder in [".git/refs/heads", ".git/refs/tags", "빈 폴더", "글/빈 폴더"] {
        fs::create_dir_all(scratch.path("public").join(folder)).unwrap();
    }
    let expected = [
        "public/.git/HEAD",
        "public/.git/refs/heads/",
        "public/.git/refs/tags/",
        "public/index.html",
        "public/글/빈 폴더/",
        "public/빈 폴더/",
    ];
    for _ in 0..2 {
        scratch.publish(TWO).unwrap();
        assert_eq!(scratch.all(), expected);
    }
}

#[test]
fn a_folder_of_somebody_else_that_seoga_writes_into_as_well_keeps_everything() {
    let scratch = Scratch::new("merge");
    scratch.publish(TWO).unwrap();
    scratch.add("public/글/메모.txt", "내 것");
    fs::create_dir_all(scratch.path("public/글/빈 폴더")).unwrap();
    scratch.publish(ONE).unwrap();
    let expected = ["public/index.html", "public/글/a.html", "public/글/메모.txt", "public/글/빈 폴더/"];
    assert_eq!(scratch.all(), expected);
    scratch.publish(TWO).unwrap();
    scratch.add("public/글/a.html/x", "내 것");
    assert!(matches!(scratch.publish(ONE), Err(PublishError::Foreign(_))));
    assert_eq!(scratch.text("public/글/a.html/x"), "내 것");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_carried_over() {
    use std::os::unix::ffi::OsStrExt as _;
    let name = std::ffi::OsStr::from_bytes(b"\xC7\xD1\xB1\xDB");
    let scratch = Scratch::new("bytes");
    scratch.publish(ONE).unwrap();
    let public = scratch.path("public");
    let places = [public.join("글").join(name), public.join(name).join("빈\n폴더").join(name)];
    for place in &places {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, "내 것").unwrap();
    }
    scratch.publish(TWO).unwrap();
    scratch.publish(ONE).unwrap();
    for place in &places {
        assert_eq!(fs::read_to_string(place).unwrap(), "내 것");
    }
    // The output folder itself may have such a name; another one is not mistaken for it.
    let _busy = Publication::begin(&scratch.path(name)).unwrap();
    Publication::begin(&scratch.path(std::ffi::OsStr::from_bytes(b"\xC7\xD1\xB1\xDC"))).unwrap();
}

#[cfg(unix)]
#[test]
fn a_written_name_with_a_line_break_stays_seogas() {
    let scratch = Scratch::new("lines");
    for _ in 0..2 {
        scratch.publish(&[("static/a\nb\\c\r", "1")]).unwrap();
    }
    scratch.publish(TWO).unwrap();
    assert_eq!(scratch.all(), ["public/index.html"]);
}

#[test]
fn a_foreign_file_is_never_overwritten() {
    // What stands there, and what is to be written.
    for (foreign, page) in [("index.html", "index.html"), ("글", "글/a.html"), ("글/a", "글"), ("글/a/b", "글/a")]
    {
        let scratch = Scratch::new("conflict");
        scratch.add(&format!("public/{foreign}"), "손으로 쓴 것");
        let error = scratch.publish(&[(page, "1")]).unwrap_err();
        assert!(matches!(&error, PublishError::Foreign(path) if path.starts_with(scratch.path("public"))), "{error}");
        assert_eq!(scratch.all(), [format!("public/{foreign}")]);
        assert_eq!(scratch.text(&format!("public/{foreign}")), "손으로 쓴 것");
    }
    // A file among seoga's own, where the folder becomes a page.
    let scratch = Scratch::new("conflict");
    scratch.publish(ONE).unwrap();
    scratch.add("public/글/메모.txt", "내 것");
    let before = scratch.all();
    assert!(matches!(scratch.publish(&[("글", "2")]), Err(PublishError::Foreign(_))));
    assert_eq!(scratch.all(), before);
}

#[test]
fn a_foreign_file_that_comes_at_the_last_moment_is_kept() {
    let scratch = Scratch::new("late");
    scratch.publish(ONE).unwrap();
    let publication = scratch.begin(&[("index.html", "2"), ("새 글.html", "2")]).unwrap();
    scratch.add("public/CNAME", "example.com");
    publication.complete().unwrap();
    scratch.add("public/글/메모.txt", "내 것");
    publication.replace().unwrap();
    drop(publication);
    assert_eq!(scratch.all(), ["public/CNAME", "public/index.html", "public/글/메모.txt", "public/새 글.html"]);
}

#[test]
fn when_carrying_over_fails_the_old_site_returns_with_everything() {
    let scratch = Scratch::new("back");
    scratch.publish(ONE).unwrap();
    scratch.add("public/CNAME", "example.com");
    let before = scratch.all();
    let publication = scratch.begin(TWO).unwrap();
    publication.complete().unwrap();
    // The half of what `replace` does, in which carrying over is broken off.
    let (whole, aside) = (publication.workshop.whole_site(), publication.workshop.aside());
    files::exchange(&whole, &publication.out, &aside).unwrap();
    files::carry(&whole, &publication.out, Path::new("CNAME")).unwrap();
    files::exchange(&whole, &publication.out, &aside).unwrap();
    drop(publication);
    assert_eq!(scratch.all(), before);
    assert_eq!(scratch.text("public/index.html"), "1");
}

#[test]
fn a_foreign_file_whose_place_is_taken_meanwhile_waits_and_is_named() {
    let scratch = Scratch::new("taken");
    scratch.publish(ONE).unwrap();
    scratch.add("public/CNAME", "첫째");
    scratch.add("public/메모.txt", "내 것");
    scratch.complete_and_die(TWO);
    let whole = scratch.path(".public.seoga/whole");
    files::exchange(&whole, &scratch.path("public"), &scratch.path(".public.seoga/aside")).unwrap();
    // Killed before anything was carried over; then somebody misses the file and writes it anew.
    scratch.add("public/CNAME", "둘째");
    let error = scratch.publish(TWO).unwrap_err();
    assert!(matches!(&error, PublishError::Foreign(path) if *path == whole.join("CNAME")), "{error}");
    assert_eq!(scratch.text("public/CNAME"), "둘째");
    assert_eq!(fs::read_to_string(whole.join("CNAME")).unwrap(), "첫째");
    fs::remove_file(whole.join("CNAME")).unwrap();
    scratch.publish(TWO).unwrap();
    assert_eq!(scratch.all(), ["public/CNAME", "public/index.html", "public/메모.txt"]);
}

/// The folders a kill may leave, after which the next build has to publish with nothing lost.
#[test]
fn a_build_killed_at_any_step_is_mended_by_the_next() {
    type Step = fn(&Path, &Path, &Path);
    fn carried(out: &Path, whole: &Path, aside: &Path) {
        files::exchange(whole, out, aside).unwrap();
        for path in [".git", "글/메모.txt"] {
            files::carry(whole, out, Path::new(path)).unwrap();
        }
    }
    let steps: [(&str, Step); 8] = [
        ("complete", |_, _, _| {}),
        ("exchanged", |out, whole, aside| files::exchange(whole, out, aside).unwrap()),
        ("by steps, first", |out, _, aside| fs::rename(out, aside).unwrap()),
        ("by steps, second", |out, whole, aside| {
            fs::rename(out, aside).unwrap();
            fs::rename(whole, out).unwrap();
        }),
        ("by steps, third", |out, whole, aside| files::exchange_by_steps(whole, out, aside).unwrap()),
        ("carrying", |out, whole, aside| {
            files::exchange(whole, out, aside).unwrap();
            files::carry(whole, out, Path::new(".git")).unwrap();
        }),
        ("clearing", |out, whole, aside| {
            carried(out, whole, aside);
            fs::remove_file(whole.join("글/a.html")).unwrap();
        }),
        ("cleared", |out, whole, aside| {
            carried(out, whole, aside);
            fs::remove_dir_all(whole).unwrap();
            fs::create_dir(whole).unwrap();
        }),
    ];
    for (name, step) in steps {
        let scratch = Scratch::new("killed");
        scratch.publish(ONE).unwrap();
        scratch.add("public/글/메모.txt", "내 것");
        fs::create_dir_all(scratch.path("public/.git/refs/heads")).unwrap();
        scratch.complete_and_die(&[("index.html", "2"), ("둘.html", "2")]);
        let workshop = scratch.path(".public.seoga");
        step(&scratch.path("public"), &workshop.join("whole"), &workshop.join("aside"));
        // A build that then fails mends it too.
        drop(scratch.begin(&[]).unwrap());
        let mended = scratch.all();
        assert!(mended.contains(&"public/index.html".to_owned()), "{name}: {mended:?}");
        assert!(mended.contains(&"public/.git/refs/heads/".to_owned()), "{name}: {mended:?}");
        assert!(mended.iter().all(|path| path.starts_with("public/")), "{name}: {mended:?}");
        scratch.publish(&[("index.html", "3")]).unwrap();
        let expected = ["public/.git/refs/heads/", "public/index.html", "public/글/메모.txt"];
        assert_eq!(scratch.all(), expected, "{name}");
        assert_eq!(scratch.text("public/index.html"), "3");
    }
}

#[test]
fn a_build_that_stops_half_way_changes_nothing() {
    let scratch = Scratch::new("half");
    scratch.complete_and_die(ONE);
    drop(scratch.begin(&[]).unwrap());
    assert_eq!(scratch.all(), [""; 0]);
    scratch.publish(TWO).unwrap();
    die(scratch.begin(&[("index.html", "3"), ("셋.html", "3")]).unwrap());
    assert_eq!(scratch.text("public/index.html"), "2");
    drop(scratch.begin(&[]).unwrap());
    assert_eq!(scratch.all(), ["public/index.html"]);
    assert_eq!(scratch.text("public/index.html"), "2");
}

#[test]
fn folders_are_exchanged_by_steps() {
    let scratch = Scratch::new("steps");
    scratch.add("new/a", "new");
    scratch.add("old/a", "old");
    let (new, old, aside) = (scratch.path("new"), scratch.path("old"), scratch.path("aside"));
    files::exchange_by_steps(&new, &old, &aside).unwrap();
    assert_eq!((scratch.text("new/a"), scratch.text("old/a")), ("old".to_owned(), "new".to_owned()));
    // Without a new site the old one is put back.
    files::exchange_by_steps(&scratch.path("none"), &old, &aside).unwrap_err();
    assert_eq!(scratch.all(), ["new/a", "old/a"]);
}

#[test]
fn clearing_a_site_leaves_what_is_not_seogas() {
    let scratch = Scratch::new("clear");
    scratch.publish(ONE).unwrap();
    scratch.add("public/글/메모.txt", "내 것");
    let manifest = Manifest::read(&scratch.path("public")).unwrap();
    files::clear(&scratch.path("public"), &manifest).unwrap_err();
    assert_eq!(scratch.text("public/글/메모.txt"), "내 것");
}

#[test]
fn of_many_builds_one_at_a_time_has_the_workshop() {
    let scratch = Scratch::new("many");
    let first = scratch.begin(TWO).unwrap();
    assert!(matches!(scratch.begin(&[]), Err(PublishError::Busy(_))));
    first.finish().unwrap();
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..400 {
                    match scratch.begin(&[]) {
                        Ok(publication) => {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            publication.write("index.html", b"1").unwrap();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            publication.finish().unwrap();
                        }
                        Err(error) => assert!(matches!(error, PublishError::Busy(_)), "{error}"),
                    }
                }
            });
        }
    });
    assert_eq!(scratch.all(), ["public/index.html"]);
}

#[test]
fn a_folder_full_of_other_peoples_files_keeps_them() {
    let scratch = Scratch::new("home");
    scratch.add("public/content/노트.md", "# 노트");
    scratch.add("public/site.yaml", "title: 집");
    scratch.add("public/.ssh/id", "열쇠");
    for pages in [ONE, TWO] {
        scratch.publish(pages).unwrap();
    }
    let expected = ["public/.ssh/id", "public/content/노트.md", "public/index.html", "public/site.yaml"];
    assert_eq!(scratch.all(), expected);
    assert!(matches!(Publication::begin(Path::new("/")), Err(PublishError::NotAFolder(_))));
    assert!(matches!(Publication::begin(&scratch.path("public/site.yaml")), Err(PublishError::NotAFolder(_))));
    assert_eq!(scratch.all(), expected);
}

#[cfg(unix)]
#[test]
fn a_folder_that_only_its_owner_may_enter_stays_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::new("mode");
    fs::create_dir_all(scratch.path("public")).unwrap();
    fs::set_permissions(scratch.path("public"), fs::Permissions::from_mode(0o700)).unwrap();
    scratch.publish(ONE).unwrap();
    assert_eq!(scratch.path("public").metadata().unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_build_that_fails_leaves_nothing_behind() {
    let scratch = Scratch::new("fails");
    let publication = Publication::begin(&scratch.path("깊은/곳/public")).unwrap();
    publication.write("index.html", b"1").unwrap();
    publication.copy(&scratch.path("없다.png"), "그림/없다.png").unwrap_err();
    assert!(!publication.workshop.new_site().join("그림").exists(), "an empty folder would pass for somebody else's");
    drop(publication);
    assert_eq!(scratch.all(), [""; 0]);
}
