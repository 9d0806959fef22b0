//! The browser's engine in `static/` is the one that these sources give.

#![allow(clippy::unwrap_used, reason = "a test may assume what it expects")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const REMEDY: &str = "the engine is older than its sources; build it again: bash search/engine/build";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The record: of each file its SHA-256 and path, as `sha256sum` writes them.
fn record() -> String {
    std::fs::read_to_string(root().join("search/engine/sources")).unwrap()
}

#[test]
fn the_engine_is_not_older_than_its_sources() {
    let check = Command::new("sha256sum")
        .args(["--check", "--quiet", "search/engine/sources"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "{REMEDY}\n{said}");
}

#[test]
fn the_record_names_every_source() {
    let recorded: BTreeSet<String> =
        record().lines().filter_map(|line| line.split_once("  ")).map(|(_, path)| path.to_owned()).collect();
    let mut folders: Vec<PathBuf> = ["search/src", "search/dictionary/src", "search/engine"].map(PathBuf::from).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root().join(&path).is_dir() {
                folders.extend((!path.ends_with("target")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "toml") {
                let path = path.to_str().unwrap();
                assert!(recorded.contains(path), "{path} is not in the record; {REMEDY}");
            }
        }
    }
    for path in ["search/engine/Cargo.lock", "search/engine/build", "static/engine.js"] {
        assert!(recorded.contains(path), "{path} is not in the record; {REMEDY}");
    }
}

/// What loads the engine refuses one that reads another format: the number stands in three places.
#[test]
fn the_loader_and_the_engine_are_of_one_format() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let number_after = |text: &str, start: &str| -> u32 {
        let (_, rest) = text.split_once(start).unwrap();
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    let format = number_after(&read("search/src/index/bundle.rs"), "pub const FORMAT_VERSION: u32 = ");
    assert_eq!(number_after(&read("static/engine.js"), "seogaEngineModule("), format);
    assert_eq!(number_after(&read("static/search-engine.js"), "var FORMAT = "), format);
}
