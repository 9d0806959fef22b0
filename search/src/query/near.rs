//! Two words that stand close to each other.

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Two words of a field that stand close to each other, in any order: the closer, the more.
#[derive(Debug, Clone)]
pub struct Near {
    pub field: Field,
    pub words: [TermInfo; 2],
}

/// Words further apart are no nearer than chance. In positions.
const FARTHEST: u32 = 16;

impl Query for Near {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Near {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let open = |word| index.read_postings_from_terminfo(word, IndexRecordOption::WithFreqsAndPositions);
        let [first, second] = &self.words;
        let (rarer, other) = if first.doc_freq <= second.doc_freq { (first, second) } else { (second, first) };
        let sections = u64::from(reader.max_doc());
        // As a word that is as rare as the rarer of both, in a field of usual length.
        let weight = Bm25Weight::for_one_term_without_explain(u64::from(rarer.doc_freq), sections, 1.0).boost_by(boost);
        let (rarer, other) = (open(rarer)?, open(other)?);
        let mut found = NearFound { rarer, other, weight, closeness: 0.0, here: Vec::new(), there: Vec::new() };
        found.settle();
        Ok(Box::new(found))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("nearness in section {doc} is not explained")))
    }
}

/// The sections that have two words close to each other.
struct NearFound {
    rarer: SegmentPostings,
    other: SegmentPostings,
    weight: Bm25Weight,
    /// 1 for neighbours, less for words further apart.
    closeness: Score,
    here: Vec<u32>,
    there: Vec<u32>,
}

impl NearFound {
    /// Goes on to the first section, from the current one of the rarer word, that has both close together.
    fn settle(&mut self) -> DocId {
        let mut doc = self.rarer.doc();
        while doc != TERMINATED {
            let other = if self.other.doc() < doc { self.other.seek(doc) } else { self.other.doc() };
            if other == doc {
                if let Some(apart) = self.apart() {
                    self.closeness = 1.0 - apart.saturating_sub(1) as Score / FARTHEST as Score;
                    return doc;
                }
                doc = self.rarer.advance();
            } else if other == TERMINATED {
                while self.rarer.doc() != TERMINATED {
                    self.rarer.advance();
                }
                return TERMINATED;
            } else {
                doc = self.rarer.seek(other);
            }
        }
        TERMINATED
    }

    /// How far the words are from each other in the current section, where they are closest.
    fn apart(&mut self) -> Option<u32> {
        self.rarer.positions(&mut self.here);
        self.other.positions(&mut self.there);
        let mut rest = self.there.iter().copied().peekable();
        let (mut before, mut best) = (None, u32::MAX);
        for &here in &self.here {
            while let Some(there) = rest.next_if(|&there| there <= here) {
                before = Some(there);
            }
            let nearest = before.map(|there| here - there).into_iter().chain(rest.peek().map(|there| there - here));
            best = nearest.fold(best, u32::min);
        }
        (best <= FARTHEST).then_some(best)
    }
}

impl DocSet for NearFound {
    fn advance(&mut self) -> DocId {
        self.rarer.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.rarer.doc() < target {
            self.rarer.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.rarer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.rarer.size_hint() / 4
    }
}

impl Scorer for NearFound {
    fn score(&mut self) -> Score {
        self.weight.score(1, 1) * self.closeness
    }
}
