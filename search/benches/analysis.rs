//! Two ways to analyse Korean: whole lines through lindera, and word by word with a memory.
//!
//! ```sh
//! cargo bench -p seoga-search --bench analysis                  # content/ of the repository
//! cargo bench -p seoga-search --bench analysis -- ~/notes
//! ```
//!
//! Prints MB/s of one core for both, and in how many of the words of the notes a line's analysis differs from that of the
//! word alone: so often would a query's word be cut otherwise than the same word in a note.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on should stop")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use seoga_search::{Analyzer, Dictionary, Vocabulary};

/// Text is repeated to this size, as the words of a large collection repeat. In bytes.
const ENOUGH: usize = 24 << 20;
const RUNS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = folder.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), PathBuf::from);
    let mut text = String::new();
    read(&folder, &mut text);
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    println!("{:.2} MB of notes from {}", megabytes(text.len()), folder.display());
    let repeated = text.repeat(ENOUGH.div_ceil(text.len().max(1)).max(1));

    let image = seoga_dictionary::image::build(
        &seoga_dictionary::pack::read(include_bytes!("../dictionary/ko-dic.pack")).unwrap(),
    );
    let lindera = seoga_dictionary::runtime::from_bytes(&image.unwrap()).unwrap();
    let mut worker = Segmenter::new(Mode::Normal, lindera, None).into_worker();
    let dictionary = Dictionary::embedded().unwrap().with(&Vocabulary::shipped()).unwrap();

    let speed = |name: &str, bytes: usize, mut run: Box<dyn FnMut() -> usize + '_>| {
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(run());
                start.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:<44}{:>8.1} MB/s", megabytes(bytes) / times[RUNS / 2]);
    };
    speed(
        "whole lines, lindera alone",
        text.len(),
        Box::new(|| text.lines().map(|line| worker.segment(line).map_or(0, |tokens| tokens.len())).sum()),
    );
    speed(
        "word by word, every word for the first time",
        text.len(),
        Box::new(|| count(&mut Analyzer::new(&dictionary), &text)),
    );
    let mut analyzer = Analyzer::new(&dictionary);
    count(&mut analyzer, &text);
    speed("word by word, remembered", repeated.len(), Box::new(|| count(&mut analyzer, &repeated)));

    let (mut words, mut differ) = (0usize, 0usize);
    for line in text.lines() {
        let borders = |worker: &mut lindera::worker::SegmentWorker, text: &str| -> Vec<usize> {
            worker.segment(text).unwrap().iter().map(|token| token.byte_end).collect()
        };
        let in_line = borders(&mut worker, line);
        for word in line.split_whitespace().filter(|word| word.chars().all(|c| ('가'..='힣').contains(&c))) {
            let start = word.as_ptr() as usize - line.as_ptr() as usize;
            let here: Vec<usize> = in_line
                .iter()
                .filter(|&&end| start < end && end <= start + word.len())
                .map(|end| end - start)
                .collect();
            words += 1;
            differ += usize::from(here != borders(&mut worker, word));
        }
    }
    println!(
        "{differ} of {words} Hangul words ({:.1} %) are cut otherwise in their line",
        100.0 * differ as f64 / words.max(1) as f64
    );
}

fn count(analyzer: &mut Analyzer, text: &str) -> usize {
    let mut terms = 0;
    for line in text.lines() {
        analyzer.terms(line, |_| terms += 1);
    }
    terms
}

fn read(folder: &Path, text: &mut String) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            text.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        }
    }
}
