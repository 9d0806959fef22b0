//! Published notes → the search index.

use rayon::prelude::*;
use seoga_search::{AnalyzedPage, Analyzer, Bundle, BundleBuilder, PageInput, SectionInput};

use super::vocabulary::Words;
use super::{BuildError, Progress};
use crate::library::{Entry, Library};

/// Pages analysed at a time: enough for all cores, few enough that their terms fit into little memory.
const INDEX_CHUNK: usize = 256;

/// The search index of all published notes.
pub(super) fn index(
    library: &Library,
    mut analyzers: Vec<Analyzer>,
    words: Words,
    progress: &dyn Progress,
) -> Result<Bundle, BuildError> {
    let idle = analyzers.split_off(analyzers.len().div_ceil(2));
    // Half of the threads, because the other half renders meanwhile, and because every analyser has to meet each word
    // once before it remembers it.
    let mut builder = BundleBuilder::new()?;
    for chunk in library.notes.chunks(INDEX_CHUNK) {
        let share = chunk.len().div_ceil(analyzers.len()).max(1);
        let pages: Vec<Vec<AnalyzedPage>> = analyzers
            .par_iter_mut()
            .zip(chunk.par_chunks(share))
            .map(|(analyzer, entries)| entries.iter().map(|entry| analyzer.analyze_page(&page_input(entry))).collect())
            .collect();
        for page in pages.into_iter().flatten() {
            builder.add(page)?;
            progress.step();
        }
    }
    analyzers.extend(idle);
    let (footprint, dictionary) = (Words::footprint(&analyzers), words.dictionary()?);
    Ok(builder
        .finish(&words.of_bundle(&analyzers), |vocabulary, is_term| dictionary.cut(&footprint, vocabulary, is_term))?)
}

fn page_input(entry: &Entry) -> PageInput<'_> {
    let document = &entry.document;
    let sections = document
        .sections
        .iter()
        // The words before the first heading stand for the page itself, even when there are none.
        .filter(|section| section.heading.is_none() || !section.text.trim().is_empty() || document.sections.len() > 1)
        .map(|section| {
            let heading = section.heading.and_then(|index| document.headings.get(index));
            SectionInput {
                heading: heading.map_or("", |heading| &heading.title),
                anchor: heading.map_or("", |heading| &heading.id),
                text: &section.text,
                line: line_of(&entry.note.text, heading.map_or_else(|| beginning(entry), |heading| heading.start)),
            }
        })
        .collect();
    PageInput {
        title: &entry.title,
        url: &entry.url,
        path: &entry.note.path,
        tags: &entry.tags,
        aliases: &entry.note.metadata.aliases,
        standing: standing(entry),
        sections,
    }
}

/// Where a note's own words begin: at the heading that is its title, else behind the front matter.
fn beginning(entry: &Entry) -> usize {
    let title = entry.document.headings.first().filter(|heading| heading.title == entry.title);
    title.map_or_else(
        || {
            let body = entry.note.text.get(entry.note.body_start..).unwrap_or_default();
            entry.note.body_start + (body.len() - body.trim_start().len())
        },
        |heading| heading.start,
    )
}

/// The line of a byte of a text, counted from 1.
fn line_of(text: &str, at: usize) -> u64 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    1 + memchr::memchr_iter(b'\n', before).count() as u64
}

/// A page's standing among others, 0 to 255: one step for each doubling of the links that lead to it, and a little for
/// being new. Whole numbers, so that it is the same on every machine.
fn standing(entry: &Entry) -> u64 {
    let links = (entry.backlinks.len() as u64 + 1).ilog2().min(12);
    let year = entry.newest_date().map_or(0, |date| date.year.clamp(2000, 2063) - 2000);
    u64::from(links) * 16 + u64::from(year)
}
