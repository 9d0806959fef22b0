//! Sections that some keys of a field list: names, initials, tags, paths.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Some sections, each with a score.
#[derive(Debug, Clone)]
pub struct Sections(Arc<Vec<(DocId, Score)>>);

impl Sections {
    /// The sections that some places list; one that several list gets the highest score.
    pub fn listed(segment: &SegmentReader, field: Field, places: &[(TermInfo, Score)]) -> tantivy::Result<Self> {
        let index = segment.inverted_index(field)?;
        let mut docs = Vec::new();
        for (place, score) in places {
            let mut postings = index.read_postings_from_terminfo(place, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                docs.push((postings.doc(), *score));
                postings.advance();
            }
        }
        docs.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
        docs.dedup_by_key(|found| found.0);
        Ok(Self(Arc::new(docs)))
    }
}

/// A walk over some sections.
struct Listed {
    docs: Arc<Vec<(DocId, Score)>>,
    at: usize,
    boost: Score,
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&(doc, _)| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |found| found.0)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Listed {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |found| found.1 * self.boost)
    }
}

impl Query for Sections {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Sections {
    fn scorer(&self, _: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Listed { docs: self.0.clone(), at: 0, boost }))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.0.binary_search_by_key(&doc, |found| found.0).ok().and_then(|at| self.0.get(at));
        let missing = || TantivyError::InvalidArgument(format!("section {doc} does not match"));
        Ok(Explanation::new("one of some sections", found.ok_or_else(missing)?.1))
    }
}
