//! One build in a process of its own, and what it cost.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};
use seoga::build::{Options, Progress, Stage, build};

/// The argument with which the benchmark starts itself for one build.
pub const ONE_BUILD: &str = "--one-build";

pub const STAGES: [Stage; 6] = [Stage::Read, Stage::Parse, Stage::Library, Stage::Render, Stage::Index, Stage::Publish];

/// What a build cost: seconds and bytes.
#[derive(Debug)]
pub struct Measured {
    /// CPU and wall time by stage, in the order of [`STAGES`]. Exact only with one thread.
    pub stages: Vec<(f64, f64)>,
    /// User and system time of all threads, from the start of the process to the end of the build.
    pub cpu: f64,
    /// The part of `cpu` that the system took, most of it for files.
    pub system: f64,
    pub wall: f64,
    pub peak_memory: u64,
    pub pages: u64,
    pub written: u64,
    pub faults: u64,
}

impl Measured {
    /// Builds a site and measures. Nothing is removed here: see the benchmark's own words.
    pub fn of_build(root: &Path, out: &Path, threads: Option<usize>) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(ONE_BUILD).arg(root).arg(out).env_remove("RAYON_NUM_THREADS");
        if let Some(threads) = threads {
            command.env("RAYON_NUM_THREADS", threads.to_string());
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let seconds = |name: &str| value[name].as_f64().unwrap();
        let count = |name: &str| value[name].as_u64().unwrap();
        let stages = value["stages"].as_array().unwrap();
        Self {
            stages: stages.iter().map(|stage| (stage[0].as_f64().unwrap(), stage[1].as_f64().unwrap())).collect(),
            cpu: seconds("cpu"),
            system: seconds("system"),
            wall: seconds("wall"),
            peak_memory: count("peak_memory"),
            pages: count("pages"),
            written: bytes_below(out),
            faults: count("faults"),
        }
    }
}

/// The child's part: builds, and prints what it cost as JSON.
pub fn one_build(root: &Path, out: &Path) {
    let start = Instant::now();
    let watch = Watch::default();
    let options = Options { out: Some(out.to_owned()), ..Options::new(root) };
    let report = build(&options, &watch).unwrap();
    let (cpu, wall) = (cpu_seconds(), start.elapsed().as_secs_f64());
    let spans = watch.spans.into_inner().unwrap();
    let stages: Vec<(f64, f64)> = STAGES
        .iter()
        .map(|stage| {
            // The library is gathered before the dictionary is read, and connected after.
            let spans = spans.iter().filter(|span| span.0 == *stage);
            spans.fold((0.0, 0.0), |sum, span| (sum.0 + span.1, sum.1 + span.2))
        })
        .collect();
    println!(
        "{}",
        serde_json::json!({
            "stages": stages, "cpu": cpu, "system": system_seconds(), "wall": wall, "peak_memory": peak_memory(),
            "pages": report.pages, "faults": report.diagnostics.len(),
        })
    );
}

/// Clocks read at the border of every stage.
#[derive(Default)]
struct Watch {
    begun: Mutex<Vec<(Stage, f64, Instant)>>,
    /// Stage, CPU, wall.
    spans: Mutex<Vec<(Stage, f64, f64)>>,
}

impl Progress for Watch {
    fn begin(&self, stage: Stage, _: usize) {
        self.begun.lock().unwrap().push((stage, cpu_seconds(), Instant::now()));
    }

    fn step(&self) {}

    fn end(&self, stage: Stage) {
        let cpu = cpu_seconds();
        let begun = self.begun.lock().unwrap();
        let (_, cpu_before, before) = begun.iter().rev().find(|begun| begun.0 == stage).unwrap();
        self.spans.lock().unwrap().push((stage, cpu - cpu_before, before.elapsed().as_secs_f64()));
    }
}

/// CPU time of this process so far, all threads, user and system.
#[allow(clippy::cast_precision_loss, reason = "a build takes less than a century")]
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The part of [`cpu_seconds`] that the system took, as Linux tells it in hundredths of a second; 0 elsewhere.
fn system_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name, in parentheses; `stime` is the fifteenth.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    fields.split_whitespace().nth(12).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0) / 100.0
}

/// The most memory that this process ever held, as Linux tells it; 0 elsewhere.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() { bytes_below(&entry.path()) } else { metadata.len() }
        })
        .sum()
}
