//! The published files: the same notes give the same bytes, and nothing damaged is taken for an index.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may assume what it expects")]

mod common;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use common::{bundle, notes};
use seoga_search::{
    Block, Bundle, BundleError, BundleSource, FolderSource, MemorySource, SearchOptions, Searcher, block_name,
};

fn open(bundle: &Bundle) -> Result<Searcher, BundleError> {
    Searcher::open(MemorySource::new(bundle))
}

/// A folder with the scripts of a bundle, removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, scripts: &BTreeMap<String, Vec<u8>>) -> Self {
        let folder = std::env::temp_dir().join(format!("seoga-search-{name}-{}", std::process::id()));
        for (name, text) in scripts {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    /// Opens and asks: a damaged block is met at the latest when it is read.
    fn ask(&self) -> Result<usize, BundleError> {
        let searcher = Searcher::open(FolderSource::new(&self.0))?;
        let mut hits = 0;
        // Between them they read all that the little index has.
        for query in ["무중단 배포", "쿠버네디스", "분산", "C++", "path:note", "gRPC 스트림을"] {
            hits += searcher.search(query, &SearchOptions::default())?.hits.len();
        }
        Ok(hits)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn scripts(bundle: &Bundle) -> BTreeMap<String, Vec<u8>> {
    let mark = bundle.mark();
    let blocks = (0..).zip(bundle.blocks()).map(|(number, bytes)| Bundle::block_script(number, &bytes, mark));
    blocks.chain([bundle.opening_script()]).map(|script| (script.name, script.text)).collect()
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
    assert_eq!(Folder::new("none", &scripts(&bundle(&[]))).ask().unwrap(), 0);
}

#[test]
fn every_missing_script_is_named() {
    let whole = scripts(&bundle(&notes()));
    let mut named = 0;
    for missing in whole.keys() {
        let mut scripts = whole.clone();
        scripts.remove(missing);
        match Folder::new("missing", &scripts).ask() {
            Err(BundleError::NoBundle) => assert_eq!(missing, "index.js"),
            Err(BundleError::Missing(name)) => assert_eq!(&name, missing),
            // Not every block is read by these queries: all of its file may be in the opening block.
            Ok(_) => continue,
            other => panic!("without {missing}: {other:?}"),
        }
        named += 1;
    }
    assert!(2 * named > whole.len(), "{named} of {}", whole.len());
}

#[test]
fn every_damaged_byte_is_noticed_or_harmless() {
    let whole = scripts(&bundle(&notes()));
    let hits = Folder::new("whole", &whole).ask().unwrap();
    let mut noticed = 0;
    for (name, text) in &whole {
        for at in [0, 12, text.len() / 3, text.len() / 2, text.len() - 3] {
            let mut scripts = whole.clone();
            scripts.get_mut(name).unwrap()[at] ^= 0x04;
            match Folder::new("damaged", &scripts).ask() {
                Err(BundleError::Damaged(damaged) | BundleError::Mixed(damaged)) => {
                    assert_eq!(&damaged, name);
                    noticed += 1;
                }
                Ok(found) => assert_eq!(found, hits, "{name} at {at}"),
                other => panic!("{name} at {at}: {other:?}"),
            }
        }
    }
    assert!(noticed > 2 * whole.len(), "{noticed} in {} scripts", whole.len());
}

#[test]
fn every_shortened_script_is_noticed() {
    let whole = scripts(&bundle(&notes()));
    let mut noticed = 0;
    for (name, text) in &whole {
        let mut scripts = whole.clone();
        scripts.insert(name.clone(), text[..text.len() / 2].to_vec());
        match Folder::new("shortened", &scripts).ask() {
            Err(BundleError::Damaged(damaged)) => assert_eq!(&damaged, name),
            Ok(_) => continue,
            other => panic!("{name}: {other:?}"),
        }
        noticed += 1;
    }
    assert!(2 * noticed > whole.len(), "{noticed} of {}", whole.len());
}

#[test]
fn a_block_of_another_build_is_not_taken_for_one_of_this() {
    let one = scripts(&bundle(&notes()));
    let mut others = notes();
    others.pop();
    let other = scripts(&bundle(&others));
    let mut mixed = other;
    mixed.insert("index.js".to_owned(), one["index.js"].clone());
    match Folder::new("mixed", &mixed).ask() {
        Err(BundleError::Mixed(_)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bundle_of_another_version_is_refused_by_its_number() {
    struct Future;
    impl BundleSource for Future {
        fn opening(&self) -> io::Result<Vec<u8>> {
            Ok(b"seoga\x84\x01\x02whatever".to_vec())
        }
        fn block(&self, _: u32) -> io::Result<Block> {
            Err(io::ErrorKind::NotFound.into())
        }
    }
    let refused = Searcher::open(Future).err();
    assert!(matches!(refused, Some(BundleError::Version { found: 132, found_analysis: 2 })), "{refused:?}");
}

#[test]
fn a_folder_is_a_source() {
    let whole = scripts(&bundle(&notes()));
    assert!(whole.contains_key(&block_name(0)) && block_name(0x1ab) == "1/ab.js");
    assert!(Folder::new("folder", &whole).ask().unwrap() > 0);
    let gone = Searcher::open(FolderSource::new("/nowhere"));
    assert!(matches!(gone, Err(BundleError::NoBundle)));
}

/// A source that has no block until it was wanted, as a browser's.
struct Late {
    whole: MemorySource,
    here: Mutex<HashSet<u32>>,
}

/// One source for its reader and for whoever loads.
struct Shared(Arc<Late>);

impl BundleSource for Shared {
    fn opening(&self) -> io::Result<Vec<u8>> {
        self.0.whole.opening()
    }

    fn block(&self, number: u32) -> io::Result<Block> {
        if self.0.here.lock().unwrap().contains(&number) {
            return self.0.whole.block(number);
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn is_partial(&self) -> bool {
        true
    }
}

/// Asks, loads what is wanted and asks again; the answer and how often something had to be loaded.
fn in_rounds<T>(searcher: &Searcher, late: &Late, ask: impl Fn() -> Result<T, BundleError>) -> (T, usize) {
    for round in 0..20 {
        match ask() {
            Err(BundleError::NotLoaded) => {
                let wanted = searcher.wanted();
                assert!(!wanted.is_empty(), "nothing is wanted, and nothing is here");
                late.here.lock().unwrap().extend(wanted);
            }
            other => return (other.unwrap(), round),
        }
    }
    panic!("never loaded");
}

#[test]
fn a_bundle_that_comes_in_pieces_gives_the_same_answers_in_few_rounds() {
    let options = SearchOptions::default();
    let bundle = bundle(&notes());
    let whole = open(&bundle).unwrap();
    let queries = [
        "무중단 배포",
        "쿠버네디스",
        "ㅋㅂㄴㅌㅅ",
        "znqjspxltm",
        "\"무중단 배포\" -도구",
        "\"무중단 배포\" 서버",
        "쿠버네티스 -쿠버네티스",
        "kubernetes 캐쉬",
        "쿠번",
        "tag:오케스트레이션",
    ];
    for query in queries {
        let late = Arc::new(Late { whole: MemorySource::new(&bundle), here: Mutex::default() });
        let searcher = Searcher::open(Shared(late.clone())).unwrap();
        let (answer, rounds) = in_rounds(&searcher, &late, || searcher.search(query, &options));
        assert_eq!(answer, whole.search(query, &options).unwrap(), "{query}");
        assert!(rounds <= 4, "{query} took {rounds} rounds");
        let (explained, _) = in_rounds(&searcher, &late, || searcher.explain(query, &options));
        assert_eq!(explained.hits.len(), answer.hits.len(), "{query}");
    }
}
