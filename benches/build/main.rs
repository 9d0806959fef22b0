//! How much CPU time and memory a build takes, and where.
//!
//! ```sh
//! cargo bench --bench build                                  # 1,000 and 10,000 notes made from content/
//! cargo bench --bench build -- --notes 1000 --runs 5 --from ~/notes
//! ```
//!
//! Notes of about 3.5 KB are made from real ones ([`notes`]), and every build runs in a process of its own, so that
//! CPU time and peak memory are that build's alone ([`measure`]). A build is measured twice: with all threads for the
//! totals, and with one thread for the split by stage, because rendering and indexing share the threads otherwise.
//! What is compared between versions is CPU time; wall time depends on what else the machine does. Every build has an
//! output folder of its own, and nothing is removed before the end, because ext4 looks at every file that was removed
//! during the last minutes before it makes one: ten thousand pages cost four seconds more after ten thousand were
//! removed. The last row is a build of the same notes over the site of the one before.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on should stop")]

mod measure;
mod notes;

use std::path::{Path, PathBuf};

use measure::{Measured, STAGES};
use seoga::build::Stage;

struct Arguments {
    counts: Vec<usize>,
    from: PathBuf,
    runs: Option<usize>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut wanted = Arguments {
        counts: vec![1_000, 10_000],
        from: Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        runs: None,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} wants a value"));
        match argument.as_str() {
            "--notes" => wanted.counts = value().split(',').map(|count| count.parse().unwrap()).collect(),
            "--from" => wanted.from = value().into(),
            "--runs" => wanted.runs = Some(value().parse().unwrap()),
            // The benchmark starts itself for every build.
            measure::ONE_BUILD => return measure::one_build(Path::new(&value()), Path::new(&value())),
            // Cargo's own.
            "--bench" => {}
            other => panic!("unknown argument {other}"),
        }
    }
    run(&wanted);
}

fn run(wanted: &Arguments) {
    let text = notes::Text::read(&wanted.from);
    println!("{} pieces of text from {}", text.len(), wanted.from.display());
    let mut totals = Vec::new();
    let mut folders = Vec::new();
    for count in &wanted.counts {
        let folder = tempfile::tempdir().unwrap();
        let bytes = text.write_site(folder.path(), *count);
        let runs = wanted.runs.unwrap_or(if *count <= 2_000 { 3 } else { 1 });
        let measured = |kind: &str, threads: Option<usize>| -> Vec<Measured> {
            let out = |run: usize| folder.path().join(format!("{kind}-{run}"));
            (0..runs).map(|run| Measured::of_build(folder.path(), &out(run), threads)).collect()
        };
        let (split, whole) = (measured("one-thread", Some(1)), measured("all-threads", None));
        let again = measured("all-threads", None);
        report(*count, bytes, &split, &whole, &again);
        totals.push((*count, median(&whole, |measured| measured.cpu)));
        folders.push(folder);
    }
    for pair in totals.windows(2) {
        let [(small, small_cpu), (large, large_cpu)] = pair else { continue };
        println!("\nCPU({large}) / CPU({small}) = {:.2}", large_cpu / small_cpu);
    }
}

fn report(count: usize, bytes: u64, split: &[Measured], whole: &[Measured], again: &[Measured]) {
    println!("\n{count} notes, {:.1} MB, medians of {}\n", megabytes(bytes), whole.len());
    println!("| stage         | CPU s | wall s |\n| ------------- | ----: | -----: |");
    let row = |name: &str, cpu: f64, wall: f64| println!("| {name:<13} | {cpu:>5.2} | {wall:>6.2} |");
    for (index, stage) in STAGES.iter().enumerate() {
        row(stage.name(), median(split, |m| m.stages[index].0), median(split, |m| m.stages[index].1));
    }
    let between =
        |m: &Measured, whole: f64, part: fn(&(f64, f64)) -> f64| whole - m.stages.iter().map(part).sum::<f64>();
    row("between", median(split, |m| between(m, m.cpu, |s| s.0)), median(split, |m| between(m, m.wall, |s| s.1)));
    for (name, builds) in [("1 thread", split), ("all threads", whole), ("over again", again)] {
        row(name, median(builds, |m| m.cpu), median(builds, |m| m.wall));
    }
    let library = STAGES.iter().position(|stage| *stage == Stage::Library).unwrap();
    let share = |m: &Measured| 100.0 * m.stages[library].0 / (m.cpu - m.stages[library].0);
    println!("\nThe library stage adds {:.1} % to the CPU time of a build without it.", median(split, share));
    let last = &whole[0];
    println!(
        "\n{} pages, {:.1} MB written, {} faults, peak memory {:.0} MB; of the CPU time with all threads the system took \
         {:.2} s",
        last.pages,
        megabytes(last.written),
        last.faults,
        median(whole, |m| megabytes(m.peak_memory)),
        median(whole, |m| m.system),
    );
}

fn median(measured: &[Measured], of: impl Fn(&Measured) -> f64) -> f64 {
    let mut values: Vec<f64> = measured.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[allow(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
