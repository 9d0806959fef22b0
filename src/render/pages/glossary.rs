//! The glossary.

use std::collections::BTreeSet;

use super::super::address::{relative, relative_with_id};
use super::super::body::{self, Surroundings};
use super::super::context::{GlossaryGroupContext, GlossaryTermContext, LinkContext};
use super::super::navigation::Place;
use super::{PageSink, RenderError, Rendering};
use crate::library::glossary::{Meaning, Term};
use crate::markdown::escape_into;
use crate::maths::Glyph;

/// Other notes shown for a term.
const MOST_OTHERS: usize = 5;

impl Rendering<'_> {
    pub(super) fn glossary(&self, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let Some(url) = &self.library.pages.glossary else { return Ok(0) };
        let mut drawn = BTreeSet::new();
        let groups: Vec<GlossaryGroupContext> = (self.library.glossary.iter().enumerate())
            .map(|(index, initial)| GlossaryGroupContext {
                letter: initial.letter,
                id: format!("initial-{}", index + 1),
                terms: initial.terms.iter().map(|term| self.glossary_term(term, url, &mut drawn)).collect(),
            })
            .collect();
        let count: usize = groups.iter().map(|group| group.terms.len()).sum();
        let mut context = self.page("glossary", self.string("glossary"), None, url, Place::Elsewhere);
        context.insert("initials", &groups);
        context.insert("term_count", &count);
        self.write("glossary.html", &context, url, url, sink)
    }

    fn glossary_term(&self, term: &Term, url: &str, drawn: &mut BTreeSet<Glyph>) -> GlossaryTermContext {
        let (note, heading) = term.place;
        let entry = self.library.note(note);
        let heading = heading.and_then(|heading| entry.document.headings.get(heading));
        let place = relative_with_id(url, &entry.url, heading.map(|heading| heading.id.as_str()));
        let text = |text: &str| {
            let mut html = String::new();
            escape_into(&mut html, text);
            html
        };
        let html = match &term.meaning {
            Meaning::Unsaid => None,
            Meaning::Text(meaning) => Some(text(meaning)),
            Meaning::Definition(index) => entry.document.definitions.get(*index).map(|definition| {
                let surroundings = Surroundings::of(self);
                body::definition(entry, definition, url, &surroundings, drawn).unwrap_or_else(|| text(&definition.text))
            }),
        };
        let link = |id: &crate::library::NoteId| {
            let note = self.library.note(*id);
            LinkContext { title: note.title.clone(), url: relative(url, &note.url) }
        };
        GlossaryTermContext {
            name: term.name.clone(),
            other: term.other.clone(),
            url: term.note.map(|note| relative(url, &self.library.note(note).url)),
            html,
            place: LinkContext { title: entry.title.clone(), url: place },
            heading: heading.map(|heading| heading.title.clone()),
            others: term.others.iter().take(MOST_OTHERS).map(link).collect(),
        }
    }
}
