//! What a browser would load: the opening block, and the blocks of each query, round by round.
//!
//! Sizes are those of the scripts as a server sends them, compressed with gzip.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};

use seoga_search::{Block, BundleError, BundleSource, FolderSource, SearchOptions, Searcher, block_name};

/// A published index of which only what was loaded is there.
pub struct Loading {
    folder: PathBuf,
    here: Arc<Mutex<HashSet<u32>>>,
    searcher: Searcher,
    /// Bytes of the opening block.
    pub opening: usize,
}

/// What a query loaded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Loaded {
    pub rounds: usize,
    pub blocks: usize,
    pub bytes: usize,
}

struct Source {
    whole: FolderSource,
    here: Arc<Mutex<HashSet<u32>>>,
}

impl BundleSource for Source {
    fn opening(&self) -> io::Result<Vec<u8>> {
        self.whole.opening()
    }

    fn block(&self, number: u32) -> io::Result<Block> {
        if self.here.lock().unwrap().contains(&number) {
            return self.whole.block(number);
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn is_partial(&self) -> bool {
        true
    }
}

impl Loading {
    /// Opens an index, without a block.
    pub fn open(folder: &Path) -> Self {
        let here = Arc::new(Mutex::new(HashSet::new()));
        let source = Source { whole: FolderSource::new(folder), here: here.clone() };
        let searcher = Searcher::open(source).unwrap();
        Self { folder: folder.to_owned(), here, searcher, opening: sent(&folder.join("index.js")) }
    }

    /// Asks a query, loading what it wants.
    pub fn ask(&self, query: &str) -> Loaded {
        let mut loaded = Loaded::default();
        loop {
            match self.searcher.search(query, &SearchOptions::default()) {
                Ok(_) => return loaded,
                Err(BundleError::NotLoaded) => {
                    let wanted = self.searcher.wanted();
                    assert!(!wanted.is_empty() && loaded.rounds < 20, "{query} cannot be loaded");
                    loaded.rounds += 1;
                    loaded.blocks += wanted.len();
                    loaded.bytes +=
                        wanted.iter().map(|&block| sent(&self.folder.join(block_name(block)))).sum::<usize>();
                    self.here.lock().unwrap().extend(wanted);
                }
                Err(error) => panic!("{query}: {error}"),
            }
        }
    }
}

/// Bytes of a file as a server sends it: with gzip at its usual level, by the program of that name, because others weigh
/// base64 two parts in a hundred more.
pub fn sent(file: &Path) -> usize {
    static KNOWN: LazyLock<Mutex<BTreeMap<PathBuf, usize>>> = LazyLock::new(Mutex::default);
    let weigh = || Command::new("gzip").arg("-6c").arg(file).output().unwrap().stdout.len();
    *KNOWN.lock().unwrap().entry(file.to_owned()).or_insert_with(weigh)
}

/// Opens an index anew for the first of every twenty queries, and says what the first and the later ones load, by class.
pub fn report(folder: &Path, queries: &[(&str, String)]) {
    let mut first: Vec<Loaded> = Vec::new();
    let mut later: BTreeMap<&str, Vec<Loaded>> = BTreeMap::new();
    let mut opening = 0;
    let mut most_rounds: Vec<(Loaded, String)> = Vec::new();
    for chunk in queries.chunks(20) {
        let loading = Loading::open(folder);
        opening = loading.opening;
        for (number, (class, query)) in chunk.iter().enumerate() {
            let loaded = loading.ask(query);
            if number == 0 {
                first.push(loaded)
            } else {
                later.entry(class).or_default().push(loaded)
            }
            later.entry("all").or_default().extend((number > 0).then_some(loaded));
            if loaded.rounds > 4 {
                most_rounds.push((loaded, format!("{class}: {query}")));
            }
        }
    }
    println!("opening block {:.1} KB", opening as f64 / 1e3);
    println!("{:12} {:>6} {:>22} {:>10} {:>26}", "", "", "rounds median, most", "blocks", "KB median, 95 %, most");
    let line = |name: &str, all: &mut Vec<Loaded>| {
        let mut sorted = |of: fn(&Loaded) -> usize| {
            all.sort_by_key(of);
            let at = |part: f64| all.get(((all.len() as f64 * part) as usize).min(all.len() - 1)).map_or(0, of);
            (at(0.5), at(0.95), at(1.0))
        };
        let (rounds, blocks, bytes) =
            (sorted(|loaded| loaded.rounds), sorted(|loaded| loaded.blocks), sorted(|loaded| loaded.bytes));
        println!(
            "{name:12} {:>6} {:>18} {:>3} {:>10} {:>9.1} {:>7.1} {:>7.1}",
            all.len(),
            rounds.0,
            rounds.2,
            blocks.0,
            bytes.0 as f64 / 1e3,
            bytes.1 as f64 / 1e3,
            bytes.2 as f64 / 1e3
        );
    };
    line("first", &mut first);
    for (class, all) in &mut later {
        line(class, all);
    }
    for (loaded, query) in most_rounds.iter().take(40) {
        println!("{} rounds: {query}", loaded.rounds);
    }
    println!("more than four rounds: {}", most_rounds.len());
}
