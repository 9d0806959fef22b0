//! Tags and categories: a page for each, and one for all of a kind.

use super::super::address::relative;
use super::super::context::{TagContext, TagLinkContext};
use super::super::entries::term_entry;
use super::super::navigation::Place;
use super::{PageSink, RenderError, Rendering};
use crate::library::{Taxonomy, Term};

/// Which taxonomy a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxonomyKind {
    Tags,
    Categories,
}

impl Rendering<'_> {
    pub(super) fn taxonomy(&self, kind: TaxonomyKind) -> &Taxonomy {
        match kind {
            TaxonomyKind::Tags => &self.library.tags,
            TaxonomyKind::Categories => &self.library.categories,
        }
    }

    pub(super) fn term(&self, kind: TaxonomyKind, term: &Term, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let (name, template, title) = match kind {
            TaxonomyKind::Tags => ("tag", "tag.html", format!("#{}", term.name)),
            TaxonomyKind::Categories => ("category", "category.html", term.name.clone()),
        };
        let (taxonomy, url) = (self.taxonomy(kind), &term.url);
        let mut parents: Vec<&Term> = std::iter::successors(term.parent, |at| taxonomy.get(*at)?.parent)
            .filter_map(|at| taxonomy.get(at))
            .collect();
        parents.reverse();
        let mut context = self.page(name, &title, None, url, Place::Elsewhere);
        context.insert(
            name,
            &TagContext {
                name: term.name.clone(),
                note_count: term.notes.len(),
                parents: parents
                    .into_iter()
                    .map(|above| TagLinkContext { name: above.name.clone(), url: relative(url, &above.url) })
                    .collect(),
                children: term.children.iter().filter_map(|at| Some(term_entry(taxonomy.get(*at)?, url))).collect(),
                notes: term.notes.iter().map(|id| self.card(self.library.note(*id), url)).collect(),
            },
        );
        self.write(template, &context, url, url, sink)
    }

    /// The list of all tags, which every site has, or of all categories.
    pub(super) fn terms(&self, kind: TaxonomyKind, sink: &dyn PageSink) -> Result<usize, RenderError> {
        let pages = &self.library.pages;
        let (name, template, url) = match kind {
            TaxonomyKind::Tags => ("tags", "tags.html", Some(&pages.tags)),
            TaxonomyKind::Categories => ("categories", "categories.html", pages.categories.as_ref()),
        };
        let Some(url) = url else { return Ok(0) };
        let mut context = self.page(name, self.string(name), None, url, Place::Elsewhere);
        context.insert(name, &self.taxonomy(kind).iter().map(|term| term_entry(term, url)).collect::<Vec<_>>());
        self.write(template, &context, url, url, sink)
    }
}
