//! Published notes → the search index.

use rayon::prelude::*;
use seoga_search::{AnalyzedPage, Analyzer, Bundle, BundleBuilder, Dictionary, PageInput, SectionInput};

use super::{BuildError, Progress};
use crate::library::{Entry, Library};

/// Pages analysed at a time: enough for all cores, few enough that their terms fit into little memory.
const INDEX_CHUNK: usize = 256;

/// An analyser for each thread.
pub(super) fn analyzers() -> Result<Vec<Analyzer>, BuildError> {
    let dictionary = Dictionary::embedded()?;
    Ok((0..rayon::current_num_threads()).map(|_| Analyzer::new(&dictionary)).collect())
}

/// The search index of all published notes.
pub(super) fn index(
    library: &Library,
    mut analyzers: Vec<Analyzer>,
    progress: &dyn Progress,
) -> Result<Bundle, BuildError> {
    // Half of the threads, because the other half renders meanwhile, and because every analyser has to meet each word
    // once before it remembers it.
    analyzers.truncate(analyzers.len().div_ceil(2));
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
    Ok(builder.finish()?)
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
            }
        })
        .collect();
    PageInput {
        title: &entry.title,
        url: &entry.url,
        path: &entry.note.path,
        tags: &entry.tags,
        aliases: &entry.note.metadata.aliases,
        sections,
    }
}
