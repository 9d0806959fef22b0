//! The self-check: nothing of what is private may stand in a finished site.
//!
//! What is published is decided in the library, and each room after it is written to let nothing else through. This
//! room does not trust them. While a build writes, it looks at everything that is written, and when a private note or
//! file has left a trace, the build fails and the site from before stays.
//!
//! A **trace** is a name of something that is not published (title, file name, alias, address, tag, category, series,
//! a folder that holds nothing else), or the bytes of its file. A private name that the site shows is not given away
//! when it stands in what is published as well: a writer who may publish it has put it there. `[[일기]]` shows `일기`,
//! and a private note may be called `캐시`. So a name counts as a trace only when it stands in none of:
//!
//! - the published notes: their front matter, and what is made of each of them alone ([`published`]),
//! - the names of published notes, files, folders and tags,
//! - the site's configuration, its templates and strings and those of the theme, its numbers filled in.
//!
//! Words that are made of what published notes say are released with them: what relates two notes, and terms of the
//! search index in another form (`걸어서` → `걷다`). So is the text of a private file that a published note holds.
//!
//! Both sides are compared in one form ([`squash`]), as whole words, with the escapes of HTML, JSON and addresses
//! undone ([`markup`]). A name that tells nothing (one character, a number, a date) is looked for as an address only:
//! no file of the site may stand where the page of a private note would stand, unless a published note has that address
//! by right. Ids and other values that only browsers read are not looked at.
//!
//! Bytes: no file may be published that is equal to a private one, wherever it comes from, unless a published note uses
//! it; and no page may hold a private file of text, such as a drawing. Files below 128 bytes are not told apart.
//!
//! Everything that the program makes is read: pages, feeds and data on their way through [`PageSink`], and of the search
//! index, whose text is compressed, what it has stored and its terms. Published files and the site's own `static/` are
//! only compared by their bytes: their words are their writer's. Without anything private nothing is looked at.

mod files;
mod markup;
mod published;
mod secrets;
mod squash;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use seoga_search::{Analyzer, Bundle, BundleError, Dictionary, DictionaryError, Entry, Vocabulary};

use crate::diagnostics::{self, Diagnostic, Position};
use crate::language::{Text, josa};
use crate::library::{AssetId, Library};
use crate::render::{COUNTS, PageSink, Theme};
use crate::text;
use files::SecretBytes;
pub use published::Published;
pub use secrets::{Kind, Secrets, Trace};
use squash::Squashed;

/// Traces that are told in full.
const MOST_TOLD: usize = 100;

/// Looks at a site while it is written.
pub struct Guard {
    traces: Vec<Trace>,
    /// In lower case: address in the site → the note or file whose place it is.
    places: FxHashMap<String, String>,
    names: Names,
    /// By pattern of `names`.
    found: Vec<Mutex<Finding>>,
    places_taken: Mutex<Vec<String>>,
    bytes: SecretBytes,
}

/// Where a name was found.
#[derive(Clone, Debug, Default)]
struct Finding {
    /// The first file in the order of their paths, and how many there are.
    first: Option<String>,
    files: usize,
    /// Among what the search index has stored.
    in_index: bool,
    /// In the term dictionary of the search index.
    is_term: bool,
}

impl Finding {
    fn is_empty(&self) -> bool {
        self.first.is_none() && !self.is_term
    }
}

/// Names in the form in which they are looked for.
#[derive(Default)]
struct Names {
    finder: Option<AhoCorasick>,
    /// By pattern: whose name it is.
    owners: Vec<Vec<usize>>,
    /// The patterns that a term of the search index may be.
    numbers: FxHashMap<Vec<u8>, usize>,
}

impl Names {
    fn of(traces: &[Trace]) -> Self {
        let mut names = Self::default();
        for (index, trace) in traces.iter().enumerate() {
            // A path is never made a slug as a whole.
            let slug = (!trace.name.contains('/')).then(|| Squashed::without_signs(&trace.name));
            for form in std::iter::once(Squashed::of(&trace.name).bytes).chain(slug) {
                let number = *names.numbers.entry(form).or_insert_with(|| {
                    names.owners.push(Vec::new());
                    names.owners.len() - 1
                });
                if let Some(owners) = names.owners.get_mut(number)
                    && owners.last() != Some(&index)
                {
                    owners.push(index);
                }
            }
        }
        let patterns = names.patterns(|_| true);
        names.finder = finder(patterns.iter().map(|(form, _)| *form));
        names
    }

    /// The patterns of some numbers, in the order of their numbers.
    fn patterns(&self, wanted: impl Fn(usize) -> bool) -> Vec<(&Vec<u8>, usize)> {
        let mut patterns: Vec<(&Vec<u8>, usize)> =
            self.numbers.iter().map(|(form, number)| (form, *number)).filter(|(_, number)| wanted(*number)).collect();
        patterns.sort_by_key(|(_, number)| *number);
        patterns
    }
}

/// `None` without patterns, or with more of them than anybody can look for.
fn finder<'p>(patterns: impl Iterator<Item = &'p Vec<u8>>) -> Option<AhoCorasick> {
    let mut patterns = patterns.peekable();
    patterns.peek()?;
    AhoCorasick::new(patterns).ok()
}

/// The patterns that stand in a text as whole words, each once.
fn patterns_in(finder: &AhoCorasick, text: &Squashed) -> Vec<usize> {
    let mut found: Vec<usize> = finder
        .find_overlapping_iter(&text.bytes)
        .filter(|found| text.is_whole(found.start(), found.end()))
        .map(|found| found.pattern().as_usize())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

impl Guard {
    /// A guard for these secrets; `None` where there are none.
    pub fn new(secrets: Secrets) -> Option<Self> {
        if secrets.is_empty() {
            return None;
        }
        let Secrets { traces, places, files, .. } = secrets;
        let names = Names::of(&traces);
        let found = names.owners.iter().map(|_| Mutex::default()).collect();
        let places = places.into_iter().map(|(place, owner)| (place.to_lowercase(), owner)).collect();
        let places_taken = Mutex::default();
        Some(Self { traces, places, names, found, places_taken, bytes: SecretBytes::of(files) })
    }

    /// Looks at a file that the program has made.
    pub fn page(&self, path: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut squashed = Squashed::default();
        squashed.bytes.reserve(bytes.len() / 2);
        squashed.push(path);
        markup::pieces(path, &markup::unmarked(&text), &mut |piece| squashed.push(&markup::plain(piece)));
        self.look(path, &squashed, false);
        self.path(path);
        self.bytes.look_in(path, bytes);
    }

    /// Looks at a file that is copied; `asset` says which of the library's it is. Its name and words are its writer's.
    pub fn file(&self, path: &str, file: &Path, asset: Option<AssetId>) {
        self.path(path);
        self.bytes.compare(path, file, asset);
    }

    /// Looks at the search index, which is published in `folder`.
    pub fn bundle(&self, folder: &str, bundle: &Bundle) -> Result<(), BundleError> {
        let contents = bundle.contents()?;
        contents.sections(|section| {
            let mut squashed = Squashed::default();
            let texts = [&section.title, &section.heading, &section.url, &section.anchor, &section.path, &section.text];
            for text in texts.into_iter().chain(&section.tags) {
                squashed.push(text);
            }
            self.look(folder, &squashed, true);
        })?;
        // What comes with seoga says nothing of anybody's notes.
        let shipped: FxHashSet<Entry> = Vocabulary::shipped().entries.into_iter().collect();
        let vocabulary = contents.vocabulary()?;
        let own = vocabulary.entries.iter().filter(|entry| !shipped.contains(entry));
        for words in own.map(|entry| entry.spellings.as_slice()).chain([vocabulary.words.as_slice()]) {
            let mut squashed = Squashed::default();
            words.iter().for_each(|word| squashed.push(word));
            self.look(folder, &squashed, true);
        }
        contents.terms(|term| {
            let form = Squashed::without_signs(term);
            if let Some(finding) = self.names.numbers.get(&form).and_then(|number| self.found.get(*number)) {
                locked(finding).is_term = true;
            }
        })
    }

    fn path(&self, path: &str) {
        if self.places.contains_key(&path.to_lowercase()) {
            locked(&self.places_taken).push(path.to_owned());
        }
    }

    /// `is_index`: the path is the search index, which is read section by section.
    fn look(&self, path: &str, text: &Squashed, is_index: bool) {
        let Some(finder) = &self.names.finder else { return };
        for pattern in patterns_in(finder, text) {
            let Some(finding) = self.found.get(pattern) else { continue };
            let mut finding = locked(finding);
            if !(is_index && std::mem::replace(&mut finding.in_index, true)) {
                finding.files += 1;
            }
            if finding.first.as_deref().is_none_or(|first| path < first) {
                finding.first = Some(path.to_owned());
            }
        }
    }

    /// What was found that nobody has published, in the order of the notes.
    pub fn verdict(&self, published: &Published<'_>) -> Result<Vec<Diagnostic>, DictionaryError> {
        let mut leaks = self.names_given_away(published)?;
        leaks.extend(self.places_given_away(published));
        leaks.extend(self.bytes.given_away(published));
        diagnostics::sort(&mut leaks);
        leaks.dedup();
        let more = leaks.len().saturating_sub(MOST_TOLD);
        leaks.truncate(MOST_TOLD);
        if let Some(last) = leaks.last_mut()
            && more > 0
        {
            last.hint = Some(text!("이런 흔적이 {more}개 더 있습니다", "and {more} more traces"));
        }
        Ok(leaks)
    }

    fn names_given_away(&self, published: &Published<'_>) -> Result<Vec<Diagnostic>, DictionaryError> {
        let findings: Vec<Finding> = self.found.iter().map(|finding| locked(finding).clone()).collect();
        let is_found = |number: usize| findings.get(number).is_some_and(|finding| !finding.is_empty());
        let suspects = self.names.patterns(is_found);
        let Some(finder) = finder(suspects.iter().map(|(form, _)| *form)) else {
            return Ok(Vec::new());
        };
        let mut given_away: FxHashSet<usize> = suspects.iter().map(|(_, number)| *number).collect();
        let mut release = |patterns: Vec<usize>| {
            for pattern in patterns {
                if let Some((_, number)) = suspects.get(pattern) {
                    given_away.remove(number);
                }
            }
            given_away.is_empty()
        };
        let mut site = Squashed::default();
        published.of_site(&mut |piece| piece.add_to(&mut site));
        let in_note = |entry| {
            let mut note = Squashed::default();
            published.of_note(entry, &mut |piece| piece.add_to(&mut note));
            patterns_in(&finder, &note)
        };
        let mut done = release(patterns_in(&finder, &site));
        done = done || release(counted(&suspects, published.theme));
        /// Notes looked through at a time: most names are found in the first ones.
        const CHUNK: usize = 256;
        for chunk in published.library.notes.chunks(CHUNK) {
            if done {
                return Ok(Vec::new());
            }
            done = release(chunk.par_iter().flat_map_iter(in_note).collect());
        }
        // What is left and stands nowhere but among the terms may come from a word of another form: `걸어서` → `걷다`.
        let terms: FxHashSet<&Vec<u8>> = suspects
            .iter()
            .filter(|(_, number)| given_away.contains(number))
            .filter(|(_, number)| findings.get(*number).is_some_and(|finding| finding.first.is_none()))
            .map(|(form, _)| *form)
            .collect();
        let made = terms_made_of(published, &terms)?;
        let leaks = suspects.iter().filter(|(form, number)| given_away.contains(number) && !made.contains(*form));
        let leaks = leaks.flat_map(|(_, number)| {
            let finding = findings.get(*number).cloned().unwrap_or_default();
            let traces = self.names.owners.get(*number).map_or(&[][..], Vec::as_slice);
            let mut traces: Vec<&Trace> = traces.iter().filter_map(|trace| self.traces.get(*trace)).collect();
            // A note whose title and alias are the same word gives it away once.
            traces.dedup_by(|trace, before| trace.owner == before.owner);
            // That a page has the name of a private note in its address is told of its place.
            traces.retain(|trace| !self.is_told_of_its_place(trace, &finding, published.library));
            traces.into_iter().map(move |trace| name_leak(trace, &finding))
        });
        Ok(leaks.collect())
    }

    fn is_told_of_its_place(&self, trace: &Trace, finding: &Finding, library: &Library) -> bool {
        let first = finding.first.as_deref().filter(|_| finding.files == 1);
        matches!(trace.kind, Kind::FileName | Kind::Address)
            && first.is_some_and(|path| self.given_away_place(path, library) == Some(&trace.owner))
    }

    /// Whose place a file of the site has taken; `None` where a published note or page has that address by right.
    fn given_away_place(&self, path: &str, library: &Library) -> Option<&String> {
        let owner = self.places.get(&path.to_lowercase())?;
        library.addresses.owner(path).is_none_or(|claimed| claimed == *owner).then_some(owner)
    }

    fn places_given_away(&self, published: &Published<'_>) -> Vec<Diagnostic> {
        let taken = std::mem::take(&mut *locked(&self.places_taken));
        let library = published.library;
        taken
            .iter()
            .filter_map(|path| {
                let owner = self.given_away_place(path, library)?;
                let message = text!(
                    "비공개인데 그 자리에 파일이 있습니다: `{path}`",
                    "this is private, and the site has a file in its place: `{path}`"
                );
                Some(leak(owner, message))
            })
            .collect()
    }
}

/// The patterns that the theme makes when it counts: `노트 3개` of `노트 {n}개`.
fn counted(suspects: &[(&Vec<u8>, usize)], theme: &Theme) -> Vec<usize> {
    let number = |text: &str, is_part: fn(char) -> bool| {
        let mut out = String::new();
        for piece in text.split_inclusive(is_part) {
            let rest = piece.trim_end_matches(is_part);
            out.push_str(rest);
            if rest.len() < piece.len() && !out.ends_with('#') {
                out.push('#');
            }
        }
        out
    };
    let mut strings = Squashed::default();
    for text in theme.counts().chain(COUNTS) {
        let text: Vec<&str> =
            text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest)).collect();
        strings.push(&text.join("1"));
    }
    let strings = number(&String::from_utf8_lossy(&strings.bytes), |c| c.is_ascii_digit());
    let names = suspects.iter().enumerate().filter_map(|(pattern, (form, _))| {
        let name = number(std::str::from_utf8(form).ok()?, |c| c.is_ascii_digit());
        (name.contains('#') && strings.contains(&name)).then_some(pattern)
    });
    names.collect()
}

/// Which of these terms the published notes make.
fn terms_made_of(
    published: &Published<'_>,
    terms: &FxHashSet<&Vec<u8>>,
) -> Result<FxHashSet<Vec<u8>>, DictionaryError> {
    if terms.is_empty() {
        return Ok(FxHashSet::default());
    }
    let dictionary = Dictionary::embedded()?;
    let notes = &published.library.notes;
    let share = notes.len().div_ceil(rayon::current_num_threads()).max(1);
    let made = notes.par_chunks(share).map(|notes| {
        let mut analyzer = Analyzer::new(&dictionary);
        let mut made: FxHashSet<Vec<u8>> = FxHashSet::default();
        for entry in notes {
            if made.len() == terms.len() {
                break;
            }
            let sections = entry.document.sections.iter().map(|section| &section.text);
            let headings = entry.document.headings.iter().map(|heading| &heading.title);
            let names = entry.tags.iter().chain(&entry.note.metadata.aliases).chain([&entry.title]);
            for text in sections.chain(headings).chain(names) {
                analyzer.terms(text, |term| {
                    let form = Squashed::without_signs(term.text);
                    if terms.contains(&form) {
                        made.insert(form);
                    }
                });
            }
        }
        made
    });
    Ok(made.reduce(FxHashSet::default, |mut all, made| {
        all.extend(made);
        all
    }))
}

fn name_leak(trace: &Trace, finding: &Finding) -> Diagnostic {
    let Trace { owner, kind, name } = trace;
    let kind = kind.words();
    let (korean, english) = (&kind.korean, &kind.english);
    let quoted = format!("`{name}`");
    let subject = josa(&quoted, "이", "가");
    let message = match &finding.first {
        Some(path) => {
            let more = finding.files.saturating_sub(1);
            let (and_more_korean, and_more_english) = match more {
                0 => (String::new(), String::new()),
                more => (format!(" 외 {more}개"), format!(" and {more} more")),
            };
            text!(
                "비공개인데 {korean} {subject} 사이트에 있습니다: `{path}`{and_more_korean}",
                "this is private, and its {english} {quoted} is in the site: `{path}`{and_more_english}"
            )
        }
        None => text!(
            "비공개인데 {korean} {subject} 검색 색인에 있습니다",
            "this is private, and its {english} {quoted} is in the search index"
        ),
    };
    leak(owner, message)
}

/// One trace, told of at the note or file that it belongs to.
fn leak(owner: &str, message: Text) -> Diagnostic {
    Diagnostic::error("private-leak", owner, Position::START, message)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked with the lock held has noted down something true.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A sink that is looked at.
pub struct Watched<'a, S> {
    pub sink: &'a S,
    pub guard: Option<&'a Guard>,
}

impl<S: PageSink> PageSink for Watched<'_, S> {
    fn page(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(guard) = self.guard {
            guard.page(path, bytes);
        }
        self.sink.page(path, bytes)
    }
}
