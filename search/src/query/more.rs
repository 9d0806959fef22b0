//! Clauses whose score has something added to it.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

use crate::index::Pages;

/// A clause that is worth something more wherever it matches.
#[derive(Debug)]
pub struct Worth {
    pub clause: Box<dyn Query>,
    pub more: Score,
}

/// A clause to which the standing of a section's page is added.
#[derive(Debug)]
pub struct Standing {
    pub clause: Box<dyn Query>,
    pub pages: Arc<Pages>,
    /// What one step of standing is worth.
    pub weight: Score,
}

impl Clone for Worth {
    fn clone(&self) -> Self {
        Self { clause: self.clause.box_clone(), more: self.more }
    }
}

impl Clone for Standing {
    fn clone(&self) -> Self {
        Self { clause: self.clause.box_clone(), pages: self.pages.clone(), weight: self.weight }
    }
}

impl Query for Worth {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(MoreWeight { clause: self.clause.weight(scoring)?, more: self.more, standing: None }))
    }
}

impl Query for Standing {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let standing = Some((self.pages.clone(), self.weight));
        Ok(Box::new(MoreWeight { clause: self.clause.weight(scoring)?, more: 0.0, standing }))
    }
}

struct MoreWeight {
    clause: Box<dyn Weight>,
    more: Score,
    standing: Option<(Arc<Pages>, Score)>,
}

impl Weight for MoreWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let standing = self.standing.as_ref().map(|(pages, weight)| (pages.clone(), weight * boost));
        Ok(Box::new(MoreScorer { clause: self.clause.scorer(reader, boost)?, more: self.more * boost, standing }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.clause.explain(reader, doc)
    }
}

struct MoreScorer {
    clause: Box<dyn Scorer>,
    more: Score,
    standing: Option<(Arc<Pages>, Score)>,
}

impl DocSet for MoreScorer {
    fn advance(&mut self) -> DocId {
        self.clause.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.clause.seek(target)
    }

    fn doc(&self) -> DocId {
        self.clause.doc()
    }

    fn size_hint(&self) -> u32 {
        self.clause.size_hint()
    }
}

impl Scorer for MoreScorer {
    fn score(&mut self) -> Score {
        let doc = self.clause.doc();
        let standing = self.standing.as_ref().map_or(0.0, |(pages, weight)| pages.standing(doc) as Score * weight);
        self.clause.score() + self.more + standing
    }
}
