//! The best of several clauses.
//!
//! tantivy has this query too; its machinery for it is a second copy of all that it has for sums, 12 KB of what every
//! reader in a browser downloads.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Sections that one of some clauses matches; one that several match gets the highest of their scores.
#[derive(Debug)]
pub struct Best(pub Vec<Box<dyn Query>>);

impl Clone for Best {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|clause| clause.box_clone()).collect())
    }
}

impl Query for Best {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|clause| clause.weight(scoring)).collect::<tantivy::Result<_>>()?;
        Ok(Box::new(BestWeight(weights)))
    }
}

struct BestWeight(Vec<Box<dyn Weight>>);

impl Weight for BestWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorers = Vec::with_capacity(self.0.len());
        for weight in &self.0 {
            scorers.push(weight.scorer(reader, boost)?);
        }
        let doc = scorers.iter().map(|scorer| scorer.doc()).min();
        Ok(match doc {
            Some(doc) => Box::new(BestFound { scorers, doc }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.doc() < doc && scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("section {doc} does not match")));
        }
        Ok(Explanation::new("the best of several", scorer.score()))
    }
}

/// The sections that one of some scorers has.
struct BestFound {
    scorers: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl DocSet for BestFound {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.seek(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let ahead =
            |scorer: &mut Box<dyn Scorer>| if scorer.doc() < target { scorer.seek(target) } else { scorer.doc() };
        self.doc = self.scorers.iter_mut().map(ahead).min().unwrap_or(TERMINATED);
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.scorers.iter().map(|scorer| scorer.size_hint()).max().unwrap_or(0)
    }
}

impl Scorer for BestFound {
    fn score(&mut self) -> Score {
        let here = self.scorers.iter_mut().filter(|scorer| scorer.doc() == self.doc);
        here.map(|scorer| scorer.score()).fold(0.0, Score::max)
    }
}
