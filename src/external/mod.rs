//! Links to other sites: do they still open?
//!
//! Asked for only with `check --external`, because it is slow, needs a network and costs other people's servers
//! something. So it is polite: every address is asked for once, without its fragment, and its body is not read; a host is asked one thing at a time
//! with a pause between; a host that asks for patience is left alone; and answers are remembered for days
//! ([`cache`]). What cannot be told for certain (a page that wants a login, a host that turns programs away) is no
//! fault, only not checked. Addresses that are written as nobody's server (`localhost`, `example.com`, those of
//! private networks) are passed over.
//!
//! In: the library. Out: diagnostics at every place where an address is written.

mod address;
mod cache;
mod client;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;
use url::Url;

use crate::build::{Progress, Stage};
use crate::diagnostics::{self, Diagnostic, Position, Positions};
use crate::library::{Library, Link};
use crate::text;
use cache::Cache;
use client::Client;
pub use client::{Answer, Fault};

/// How to ask.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where answers are remembered; `None` forgets them.
    pub cache: Option<PathBuf>,
    /// The longest that one answer is waited for.
    pub patience: Duration,
    /// Between two requests to one host.
    pub pause: Duration,
    /// Addresses on this machine and in private networks too; for tests.
    pub local: bool,
}

impl Default for Options {
    fn default() -> Self {
        let local = std::env::var_os("SEOGA_CHECK_LOCAL").is_some_and(|value| value == "1");
        Self { cache: cache::place(), patience: Duration::from_secs(10), pause: Duration::from_secs(1), local }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
    /// Different addresses that were looked at, remembered answers included.
    pub addresses: usize,
    /// Those of which nothing certain can be said.
    pub unchecked: usize,
    /// No host was found at all: the machine seems to have no network, and nothing was learned.
    pub offline: bool,
}

/// Hosts that are asked at the same time.
const HOSTS_AT_ONCE: usize = 6;
/// New answers after which they are written down, so that an interrupted check has not asked for nothing.
const ANSWERS_KEPT_AT_ONCE: usize = 25;

/// A place where an address is written: the number of the note, and of the reference in it.
type Place = (usize, usize);

/// Asks after every address of another site that published notes name.
pub fn check(library: &Library, options: &Options, progress: &dyn Progress) -> Report {
    let mut places: BTreeMap<Url, Vec<Place>> = BTreeMap::new();
    for (note, entry) in library.notes.iter().enumerate() {
        for (index, (link, reference)) in entry.links.iter().zip(&entry.document.references).enumerate() {
            if *link == Link::External
                && let Some(url) = address::read(&reference.target, options.local)
            {
                places.entry(url).or_default().push((note, index));
            }
        }
    }
    let addresses: Vec<&Url> = places.keys().collect();
    let (answers, offline) = answers(&addresses, options, progress);
    let mut report = Report { addresses: addresses.len(), offline, ..Report::default() };
    if offline {
        report.unchecked = addresses.len() - answers.len();
    }
    let mut by_note: BTreeMap<usize, Vec<(usize, &Answer)>> = BTreeMap::new();
    for (url, places) in &places {
        match answers.get(url) {
            None | Some(Answer::Alive) => {}
            Some(Answer::Unknown) => report.unchecked += 1,
            Some(answer) => {
                for (note, reference) in places {
                    by_note.entry(*note).or_default().push((*reference, answer));
                }
            }
        }
    }
    for (note, found) in by_note {
        let Some(entry) = library.notes.get(note) else { continue };
        let positions = Positions::new(&entry.note.text);
        for (index, answer) in found {
            let Some(reference) = entry.document.references.get(index) else { continue };
            let position = positions.of(reference.span.start);
            report.diagnostics.extend(told(&entry.note.path, position, &reference.target, answer));
        }
    }
    diagnostics::sort(&mut report.diagnostics);
    report
}

fn told(path: &str, position: Position, target: &str, answer: &Answer) -> Option<Diagnostic> {
    match answer {
        Answer::Alive | Answer::Unknown => None,
        Answer::Moved(to) => {
            let message = text!("`{target}`: 주소가 영구히 바뀌었습니다", "`{target}` has moved for good");
            let hint = text!("새 주소: `{to}`", "its new address: `{to}`");
            Some(Diagnostic::note("moved-link", path, position, message).with_hint(hint))
        }
        Answer::Dead(fault) => {
            let why = fault.text();
            let (korean, english) = (why.korean, why.english);
            let message = text!("`{target}`: {korean}", "`{target}`: {english}");
            Some(Diagnostic::warning("dead-link", path, position, message))
        }
    }
}

/// The answers for addresses, and whether there seems to be no network.
fn answers(addresses: &[&Url], options: &Options, progress: &dyn Progress) -> (FxHashMap<Url, Answer>, bool) {
    let mut cache = Cache::open(options.cache.as_deref());
    let mut known: FxHashMap<Url, Answer> = FxHashMap::default();
    let mut hosts: BTreeMap<&str, Vec<&Url>> = BTreeMap::new();
    for url in addresses {
        match cache.get(url) {
            Some(answer) => {
                known.insert((*url).clone(), answer);
            }
            None => hosts.entry(url.host_str().unwrap_or_default()).or_default().push(url),
        }
    }
    progress.begin(Stage::External, hosts.values().map(Vec::len).sum());
    let client = Client::new(options);
    let hosts: Vec<Vec<&Url>> = hosts.into_values().collect();
    let next = AtomicUsize::new(0);
    let asked: Mutex<(Vec<(Url, Answer)>, &mut Cache)> = Mutex::new((Vec::new(), &mut cache));
    std::thread::scope(|scope| {
        for _ in 0..HOSTS_AT_ONCE.min(hosts.len()) {
            scope.spawn(|| {
                while let Some(urls) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for url in urls {
                        let answer = client.ask(url);
                        progress.step();
                        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
                        asked.1.put(url, &answer);
                        asked.0.push(((*url).clone(), answer));
                        if asked.0.len().is_multiple_of(ANSWERS_KEPT_AT_ONCE) {
                            asked.1.save();
                        }
                    }
                }
            });
        }
    });
    progress.end(Stage::External);
    let asked = std::mem::take(&mut asked.into_inner().unwrap_or_else(PoisonError::into_inner).0);
    // Nobody has all of several hosts vanish at once.
    let offline = hosts.len() > 1 && asked.iter().all(|(_, answer)| answer.is_lost());
    if !offline {
        if !asked.is_empty() {
            cache.save();
        }
        known.extend(asked);
    }
    (known, offline)
}
