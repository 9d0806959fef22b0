//! Series: their pages, and what a note shows of those it is part of.

use super::super::address::relative;
use super::super::context::{LinkContext, NoteSeriesContext, SeriesContext, SeriesEntryContext, SeriesPartContext};
use super::super::navigation::{Place, window};
use super::{PageSink, RenderError, Rendering};
use crate::library::{Entry, NoteId, Series};

/// What stands before and behind a note.
pub struct Neighbours {
    pub previous: Option<LinkContext>,
    pub next: Option<LinkContext>,
    /// The series that they belong to, where they are not the folder's.
    pub series: Option<String>,
}

impl Rendering<'_> {
    /// A note's neighbours in its series; without one, or where it is alone in it, in its folder.
    pub(in super::super) fn neighbours(&self, entry: &Entry, url: &str) -> Neighbours {
        let library = self.library;
        let part = entry.series.first().and_then(|part| Some((library.series.get(part.series)?, part.place)));
        let part = part.filter(|(series, _)| series.notes.len() > 1);
        let (notes, place): (&[NoteId], Option<usize>) = match part {
            Some((series, place)) => (&series.notes, Some(place)),
            None if entry.is_index => (&[], None),
            None => (&library.folders.get(entry.folder).notes, Some(entry.place)),
        };
        let at = |place: Option<usize>| {
            let note = library.note(*notes.get(place?)?);
            Some(LinkContext { title: note.title.clone(), url: relative(url, &note.url) })
        };
        Neighbours {
            previous: at(place.and_then(|place| place.checked_sub(1))),
            next: at(place.map(|place| place + 1)),
            series: part.map(|(series, _)| series.name.clone()),
        }
    }

    pub(in super::super) fn series_of(&self, entry: &Entry, url: &str) -> Vec<NoteSeriesContext> {
        let parts = entry.series.iter().filter_map(|part| Some((self.library.series.get(part.series)?, part.place)));
        parts
            .map(|(series, place)| {
                let shown = window(series.notes.len(), Some(place));
                let parts = series.notes.iter().enumerate().take(shown.end).skip(shown.start);
                NoteSeriesContext {
                    title: series.name.clone(),
                    url: relative(url, &series.url),
                    place: place + 1,
                    count: series.notes.len(),
                    parts: parts
                        .map(|(at, id)| {
                            let note = self.library.note(*id);
                            SeriesPartContext {
                                title: note.title.clone(),
                                url: relative(url, &note.url),
                                place: at + 1,
                                current: at == place,
                            }
                        })
                        .collect(),
                }
            })
            .collect()
    }

    pub(super) fn series(&self, series: &Series, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let url = &series.url;
        let notes: Vec<_> = series.notes.iter().map(|id| self.card(self.library.note(*id), url)).collect();
        let mut context = self.page("series", &series.name, None, url, Place::Elsewhere);
        context.insert("series", &SeriesContext { title: series.name.clone(), note_count: notes.len(), notes });
        self.write("series.html", &context, url, url, sink)
    }

    pub(super) fn series_index(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(url) = &self.library.pages.series else { return Ok(0) };
        let all: Vec<SeriesEntryContext> = (self.library.series.iter())
            .map(|series| SeriesEntryContext {
                title: series.name.clone(),
                url: relative(url, &series.url),
                note_count: series.notes.len(),
                description: series.notes.first().and_then(|id| self.description(self.library.note(*id))),
            })
            .collect();
        let mut context = self.page("series_index", self.string("series"), None, url, Place::Elsewhere);
        context.insert("all_series", &all);
        self.write("series_index.html", &context, url, url, sink)
    }
}
