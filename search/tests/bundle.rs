//! The published files: the same notes give the same bytes, and nothing damaged is taken for an index.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may assume what it expects")]

mod common;

use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use common::{DICTIONARY, bundle, notes};
use seoga_search::{Bundle, BundleError, BundleSource, FolderSource, MemorySource, SearchOptions, Searcher};

fn open(bundle: Bundle) -> Result<Searcher, BundleError> {
    Searcher::open(MemorySource(bundle), &DICTIONARY)
}

/// Opens and asks: a damaged block is met at the latest when it is read.
fn ask(bundle: Bundle) -> Result<usize, BundleError> {
    Ok(open(bundle)?.search("무중단 배포", &SearchOptions::default())?.hits.len())
}

#[test]
fn the_same_notes_give_the_same_bytes() {
    let (one, other) = (bundle(&notes()), bundle(&notes()));
    for (one, other) in one.files.iter().zip(&other.files) {
        assert!(one == other, "{} differs from {}", one.name, other.name);
    }
    assert_eq!(one, other);
}

#[test]
fn a_bundle_says_what_it_holds() {
    let bundle = bundle(&notes());
    assert_eq!((bundle.counts.pages, bundle.counts.sections), (9, 13));
}

#[test]
fn a_bundle_without_notes_opens_and_finds_nothing() {
    assert_eq!(ask(bundle(&[])).unwrap(), 0);
}

#[test]
fn every_missing_file_is_named() {
    let whole = bundle(&notes());
    for missing in whole.files.iter().map(|file| file.name.clone()) {
        let mut bundle = whole.clone();
        bundle.files.retain(|file| file.name != missing);
        match ask(bundle) {
            Err(BundleError::NoBundle) if missing == "manifest.json" => {}
            Err(BundleError::Missing(name)) => assert_eq!(name, missing),
            other => panic!("without {missing}: {other:?}"),
        }
    }
}

#[test]
fn every_damaged_byte_is_noticed_or_harmless() {
    let whole = bundle(&notes());
    let hits = ask(whole.clone()).unwrap();
    for file in 0..whole.files.len() {
        let length = whole.files[file].bytes.len();
        for at in [0, length / 3, length / 2, length - 1] {
            let mut bundle = whole.clone();
            bundle.files[file].bytes[at] ^= 0x20;
            let name = bundle.files[file].name.clone();
            match ask(bundle) {
                Err(BundleError::Damaged(_) | BundleError::Version { .. }) => {}
                other => panic!("{name} at {at}: {other:?}, whole: {hits}"),
            }
        }
    }
}

#[test]
fn every_shortened_file_is_noticed() {
    let whole = bundle(&notes());
    for file in 0..whole.files.len() {
        let mut bundle = whole.clone();
        let bytes = &mut bundle.files[file].bytes;
        bytes.truncate(bytes.len() / 2);
        assert!(matches!(ask(bundle), Err(BundleError::Damaged(_))), "{}", whole.files[file].name);
    }
}

#[test]
fn a_bundle_of_another_version_is_refused_by_its_number() {
    let mut bundle = bundle(&notes());
    for file in bundle.files.iter_mut().filter(|file| file.name == "manifest.json") {
        file.bytes = br#"{"format":999,"whatever":true}"#.to_vec();
    }
    assert!(matches!(open(bundle), Err(BundleError::Version { found: 999, .. })));
}

#[test]
fn a_folder_is_a_source() {
    let folder = std::env::temp_dir().join(format!("seoga-search-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for file in bundle(&notes()).files {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    let searcher = Searcher::open(FolderSource::new(&folder), &DICTIONARY).unwrap();
    assert!(!searcher.search("쿠버네티스", &SearchOptions::default()).unwrap().hits.is_empty());
    std::fs::remove_dir_all(&folder).unwrap();
    let gone = Searcher::open(FolderSource::new(&folder), &DICTIONARY);
    assert!(matches!(gone, Err(BundleError::NoBundle)));
}

/// A source that has nothing until it was asked for it once, as a browser's.
struct Late {
    whole: MemorySource,
    asked: Mutex<HashSet<(String, u64)>>,
}

impl BundleSource for Late {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.come(name, u64::MAX)?;
        self.whole.read(name)
    }

    fn read_range(&self, name: &str, range: Range<u64>) -> io::Result<Vec<u8>> {
        self.come(name, range.start)?;
        self.whole.read_range(name, range)
    }
}

impl Late {
    fn come(&self, name: &str, at: u64) -> io::Result<()> {
        let is_new = self.asked.lock().unwrap().insert((name.to_owned(), at));
        if is_new { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
    }
}

/// Runs something again and again while it says that a part is not here yet.
fn when_loaded<T>(mut run: impl FnMut() -> Result<T, BundleError>) -> T {
    for _ in 0..200 {
        match run() {
            Err(BundleError::NotLoaded(_)) => {}
            other => return other.unwrap(),
        }
    }
    panic!("never loaded");
}

#[test]
fn a_bundle_that_comes_in_pieces_gives_the_same_answers() {
    let options = SearchOptions::default();
    let whole = open(bundle(&notes())).unwrap();
    let queries = [
        "무중단 배포",
        "쿠버네디스",
        "ㅋㅂㄴㅌㅅ",
        "znqjspxltm",
        "\"무중단 배포\" -도구",
        "kubernetes 캐쉬",
        "쿠번",
        "tag:오케스트레이션",
    ];
    for query in queries {
        let source = Arc::new(Late { whole: MemorySource(bundle(&notes())), asked: Mutex::default() });
        let searcher = when_loaded(|| Searcher::open(Shared(source.clone()), &DICTIONARY));
        let answer = when_loaded(|| searcher.search(query, &options));
        assert_eq!(answer, whole.search(query, &options).unwrap(), "{query}");
        let explained = when_loaded(|| searcher.explain(query, &options));
        assert_eq!(explained.hits.len(), answer.hits.len(), "{query}");
    }
}

/// One source for several readers.
struct Shared(Arc<Late>);

impl BundleSource for Shared {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.read(name)
    }

    fn read_range(&self, name: &str, range: Range<u64>) -> io::Result<Vec<u8>> {
        self.0.read_range(name, range)
    }
}
