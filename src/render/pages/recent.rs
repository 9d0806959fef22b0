//! Recent changes: notes by the day they were written or last changed, the newest first, by month.

use super::super::context::{ChangeContext, MonthContext};
use super::super::feeds;
use super::super::navigation::Place;
use super::{PageSink, RenderError, Rendering};

/// Notes on the page; the page of all notes has the others.
const MOST_CHANGES: usize = 200;

impl Rendering<'_> {
    pub(super) fn recent(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(url) = &self.library.pages.recent else { return Ok(0) };
        let newest = feeds::by_date(self.library);
        let mut months: Vec<MonthContext> = Vec::new();
        for entry in newest.iter().take(MOST_CHANGES) {
            let Some(newest) = entry.newest_date() else { continue };
            let (year, month) = (newest.year, newest.month);
            if months.last().is_none_or(|last| (last.year, last.month) != (year, month)) {
                months.push(MonthContext { year, month, changes: Vec::new() });
            }
            // Changed on the day it was written, a note is new.
            let day = |date: &crate::source::Date| (date.year, date.month, date.day);
            let change = ChangeContext {
                is_new: entry.note.metadata.date.as_ref().map(day) == Some(day(newest)),
                date: newest.to_string(),
                note: self.card(entry, url),
            };
            if let Some(last) = months.last_mut() {
                last.changes.push(change);
            }
        }
        let mut context = self.page("recent", self.string("recent"), None, url, Place::Elsewhere);
        context.insert("months", &months);
        context.insert("shown", &newest.len().min(MOST_CHANGES));
        context.insert("dated", &newest.len());
        self.write("recent.html", &context, url, url, sink)
    }
}
