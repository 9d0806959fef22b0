//! How well and how fast a site's search answers.
//!
//! ```sh
//! cargo bench --bench search                                   # content/: judged queries and known items
//! cargo bench --bench search -- --from ~/notes                 # any folder: known items made of its headings
//! cargo bench --bench search -- --from ~/notes --missed        # … and every query that failed
//! cargo bench --bench search -- --from ~/notes --queries FILE  # judged queries of one's own
//! cargo bench --bench search -- --notes 10000                  # time, over so many notes made from content/ (or --from)
//! cargo bench --bench search -- --from ~/notes --mined         # the words that are mined from the notes
//! cargo bench --bench search -- --from ~/notes --loading       # what a browser would load for its first query and later ones
//! cargo bench --bench search -- --from ~/notes --cut           # the index's own dictionary beside all of ko-dic
//! cargo bench --bench search -- --from ~/notes --in-chromium   # the same site in a browser: sizes, times, memory, answers
//! cargo bench --bench search -- --site public …                # a site that is built already, instead of --from
//! ```
//!
//! Quality is success@1 and @3, MRR@10 and nDCG@10 by class of query ([`known_items`], [`judged`]); the floors that CI
//! holds are in `tests/search_quality.rs`. Time is that of a warm query, the index in memory or the system's cache, one
//! thread: each query is asked once to warm up and then measured once. Nothing is written beside the notes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on should stop")]

#[path = "../../tests/common/browser.rs"]
mod browser;
#[path = "../../tests/common/mod.rs"]
mod common;
mod cut;
mod evaluation;
mod in_chromium;
mod judged;
mod known_items;
mod loading;
#[allow(dead_code, reason = "the other benchmark uses all of it")]
#[path = "../build/notes.rs"]
mod notes;
mod score;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evaluation::{Collection, ask_judged, ask_known};
use known_items::{CLASSES, KnownItem, name};
use seoga::build::{Options, Site, Unwatched};
use seoga_search::vocabulary::{Mined, mine};
use seoga_search::{Analyzer, Dictionary, SearchOptions, Vocabulary};

struct Arguments {
    from: PathBuf,
    /// A built site.
    site: Option<PathBuf>,
    queries: Option<PathBuf>,
    /// Known items a class.
    most: usize,
    /// Notes to make.
    notes: Option<usize>,
    missed: bool,
    mined: bool,
    loading: bool,
    cut: bool,
    in_chromium: bool,
}

fn main() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wanted = Arguments {
        from: home.to_owned(),
        site: None,
        queries: None,
        most: 400,
        notes: None,
        missed: false,
        mined: false,
        loading: false,
        cut: false,
        in_chromium: false,
    };
    let mut own = true;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} wants a value"));
        match argument.as_str() {
            "--from" => (wanted.from, own) = (value().into(), false),
            "--queries" => wanted.queries = Some(value().into()),
            "--most" => wanted.most = value().parse().unwrap(),
            "--notes" => wanted.notes = Some(value().parse().unwrap()),
            "--missed" => wanted.missed = true,
            "--site" => (wanted.site, own) = (Some(value().into()), false),
            "--mined" => wanted.mined = true,
            "--in-chromium" => wanted.in_chromium = true,
            "--cut" => wanted.cut = true,
            "--loading" => wanted.loading = true,
            // Cargo's own.
            "--bench" => {}
            other => panic!("unknown argument {other}"),
        }
    }
    if own && wanted.notes.is_none() {
        wanted.queries.get_or_insert_with(|| home.join("tests/search/queries.tsv"));
    }
    run(&wanted);
}

fn run(wanted: &Arguments) {
    let made = wanted.notes.map(|count| {
        let folder = tempfile::tempdir().unwrap();
        let from = if wanted.from.join("content").is_dir() { wanted.from.join("content") } else { wanted.from.clone() };
        notes::Text::read(&from).write_site(folder.path(), count);
        folder
    });
    let mut collection = match &wanted.site {
        Some(site) => Collection::of_site(site),
        None => Collection::of_folder(made.as_ref().map_or(&wanted.from, |folder| folder.path())),
    };
    println!("{} sections from {}", collection.sections.len(), wanted.site.as_ref().unwrap_or(&wanted.from).display());
    if wanted.cut {
        return cut::report(&collection.index);
    }
    if wanted.loading || wanted.in_chromium {
        let mut items = collection.known_items(wanted.most);
        // Readers do not ask class by class.
        items.sort_by_key(|item| crc32fast::hash(item.query.as_bytes()));
        let mut queries: Vec<(&str, String)> = items.into_iter().map(|item| (item.class, item.query)).collect();
        if let Some(path) = &wanted.queries {
            let judged = judged::read(&std::fs::read_to_string(path).unwrap()).unwrap();
            queries = judged.into_iter().map(|judged| ("judged", judged.query)).collect();
            queries.sort_by_key(|(_, query)| crc32fast::hash(query.as_bytes()));
        }
        if wanted.loading {
            return loading::report(&collection.index, &queries);
        }
        let queries: Vec<String> = queries.into_iter().map(|(_, query)| query).collect();
        let site = collection.index.parent().unwrap_or(&collection.index);
        return in_chromium::report(site, &collection.searcher, &queries);
    }
    if wanted.mined {
        return mined(&collection, made.as_ref().map_or(&wanted.from, |folder| folder.path()));
    }
    let show = |hits: &[usize], collection: &Collection| -> String {
        let names: Vec<String> = hits
            .iter()
            .take(3)
            .map(|&hit| format!("{} › {}", collection.sections[hit].path, name(&collection.sections[hit])))
            .collect();
        names.join(" · ")
    };
    if let Some(path) = &wanted.queries {
        let queries = judged::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        for judged in &queries {
            for heading in judged.missing(&collection.sections) {
                println!("`{}`: the answer `{heading}` is not in the notes", judged.query);
            }
        }
        let scores = ask_judged(&collection, &queries, |judged, hits| {
            if wanted.missed {
                println!("missed {}: `{}` → {}", judged.class, judged.query, show(hits, &collection));
            }
        });
        println!("\njudged queries\n{scores}");
    }
    let items = collection.known_items(wanted.most);
    let scores = ask_known(&collection, &items, |item, hits| {
        if wanted.missed {
            println!("missed {}: `{}` for `{}` → {}", item.class, item.query, item.heading, show(hits, &collection));
        }
    });
    println!("\nknown items\n{scores}");
    times(&collection, &items);
}

/// What is mined from the notes: words beside the shipped vocabulary, with their occurrences and uses; pairs of terms.
fn mined(collection: &Collection, root: &Path) {
    let dictionary = Dictionary::embedded().unwrap().with(&Vocabulary::shipped()).unwrap();
    let mut analyzer = Analyzer::new(&dictionary);
    for section in &collection.sections {
        for text in [&section.heading, &section.text] {
            analyzer.terms(text, |_| {});
        }
    }
    for Mined { word, count, uses } in mine(&analyzer.take_tally()) {
        println!("word\t{word}\t{count}\t{uses}");
    }
    for pair in Site::load(&Options::new(root), &Unwatched).unwrap().library.bilingual_terms() {
        println!("pair\t{}", pair.to_line());
    }
}

fn times(collection: &Collection, items: &[KnownItem]) {
    let options = SearchOptions { limit: 10 };
    println!("{:<16}{:>12}{:>12}{:>12}", "warm query", "median ms", "95 % ms", "max ms");
    let mut all = Vec::new();
    let row = |class: &str, times: &mut Vec<Duration>| {
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        let ms = |share| at(share).map_or(0.0, |time| time.as_secs_f64() * 1e3);
        println!("{class:<16}{:>12.2}{:>12.2}{:>12.2}", ms(50), ms(95), ms(100));
    };
    for class in CLASSES {
        let mut times: Vec<Duration> = items
            .iter()
            .filter(|item| item.class == class)
            .map(|item| {
                let start = Instant::now();
                collection.searcher.search(&item.query, &options).unwrap();
                start.elapsed()
            })
            .collect();
        row(class, &mut times);
        all.append(&mut times);
    }
    row("all", &mut all);
}
