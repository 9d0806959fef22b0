//! What the code blocks of notes weigh once they are coloured, and which of their languages are unknown.
//!
//! ```sh
//! cargo bench --bench code                    # the repository's own notes
//! cargo bench --bench code -- --from ~/notes
//! ```
//!
//! Every fence below the folder is read as a build reads it. The HTML of all code together must not be larger than four
//! times the code, or the benchmark fails; a block is told where it is much worse than that.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on should stop")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use seoga::markdown::{self, Hole, Input, Options};
use seoga::render::CodeMemory;
use seoga::syntaxes;

/// HTML may be this many times as long as the code.
const MOST: f64 = 4.0;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--from" => folder = PathBuf::from(arguments.next().unwrap()),
            // Cargo's own.
            "--bench" => {}
            other => panic!("unknown argument {other}"),
        }
    }
    let mut languages: BTreeMap<String, Weight> = BTreeMap::new();
    let (mut unknown, mut all) = (BTreeMap::<String, usize>::new(), Weight::default());
    let (mut heaviest, mut heavy, mut elapsed) = ((0.0, String::new()), 0, 0.0);
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten();
    for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "md")) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let path = file.path().to_string_lossy();
        let input = Input { text: &text, body_start: 0, path: &path, title: None, cover: None, extra: None };
        for hole in markdown::parse(input, &Options::default()).body.holes {
            let Hole::Code(fence) = hole else { continue };
            let start = Instant::now();
            // Each is coloured as if it were new.
            let html = CodeMemory::default().highlight(&fence.language, &fence.code).len();
            elapsed += start.elapsed().as_secs_f64();
            if !syntaxes::is_known(&fence.language) {
                *unknown.entry(fence.language.clone()).or_default() += 1;
            }
            let name = syntaxes::of(&fence.language).map_or("(no colours)", |syntax| syntax.name.as_str());
            for weight in [&mut all, languages.entry(name.to_owned()).or_default()] {
                weight.fences += 1;
                weight.code += fence.code.len();
                weight.html += html;
            }
            let times = html as f64 / fence.code.len().max(1) as f64;
            // Of a few words, a span more or less decides.
            heavy += usize::from(times > MOST && fence.code.len() >= 200);
            if times > heaviest.0 && fence.code.len() >= 200 {
                heaviest = (times, format!("{} in {path}", fence.language));
            }
        }
    }
    println!("| syntax | fences | code kB | HTML kB | times |\n| --- | ---: | ---: | ---: | ---: |");
    let mut languages: Vec<_> = languages.into_iter().collect();
    languages.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.fences));
    for (name, weight) in &languages {
        println!("| {name} | {weight} |");
    }
    println!("| all | {all} |\n");
    println!("blocks of 200 bytes or more above {MOST} times: {heavy}; heaviest {:.2} ({})", heaviest.0, heaviest.1);
    println!("{elapsed:.2} s, {:.2} MB/s", all.code as f64 / 1e6 / elapsed.max(1e-9));
    let mut unknown: Vec<_> = unknown.into_iter().collect();
    unknown.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (language, count) in unknown {
        let nearest = syntaxes::nearest(&language).map_or_else(String::new, |nearest| format!(", near to {nearest}"));
        println!("unknown: {language} ({count}{nearest})");
    }
    assert!(all.times() <= MOST, "the HTML of code is too long");
}

#[derive(Default)]
struct Weight {
    fences: usize,
    code: usize,
    html: usize,
}

impl Weight {
    fn times(&self) -> f64 {
        self.html as f64 / self.code.max(1) as f64
    }
}

impl std::fmt::Display for Weight {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (code, html) = (self.code as f64 / 1e3, self.html as f64 / 1e3);
        write!(f, "{} | {code:.1} | {html:.1} | {:.2}", self.fences, self.times())
    }
}
