//! A word or a phrase in one field.
//!
//! A phrase scores like one word as rare as its rarest; tantivy would add up the rarity of all its words.

use std::fmt;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// A word in a field, or words that stand at certain distances of each other.
#[derive(Clone)]
pub struct Leaf {
    pub field: Field,
    /// The field's lengths.
    pub lengths: FieldNormReader,
    /// Positions and places; at least one.
    pub terms: Vec<(u32, TermInfo)>,
}

impl fmt::Debug for Leaf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Leaf({:?}, {:?})", self.field, self.terms)
    }
}

impl Query for Leaf {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Leaf {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<Found>> {
        let index = reader.inverted_index(self.field)?;
        let is_phrase = self.terms.len() > 1;
        let option = if is_phrase { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let mut terms = Vec::with_capacity(self.terms.len());
        for (position, place) in &self.terms {
            terms.push((*position, index.read_postings_from_terminfo(place, option)?, place.doc_freq));
        }
        // The rarest leads.
        terms.sort_by_key(|term| term.2);
        let Some(rarest) = terms.first().map(|term| term.2) else { return Ok(None) };
        let sections = reader.max_doc();
        let length = index.total_num_tokens() as Score / sections.max(1) as Score;
        let weight = Bm25Weight::for_one_term_without_explain(u64::from(rarest), u64::from(sections), length);
        let lengths = self.lengths.clone();
        let terms = terms.into_iter().map(|(position, postings, _)| PhraseTerm { position, postings, at: Vec::new() });
        let mut found =
            Found { terms: terms.collect(), frequency: 1, weight: weight.boost_by(boost), lengths, is_phrase };
        found.settle();
        Ok(Some(found))
    }
}

impl Weight for Leaf {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.open(reader, boost)? {
            Some(found) => Box::new(found),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let missing = || TantivyError::InvalidArgument(format!("section {doc} does not match"));
        let mut found = self.open(reader, 1.0)?.ok_or_else(missing)?;
        if found.doc() > doc || found.seek(doc) != doc {
            return Err(missing());
        }
        Ok(Explanation::new("in this field", found.score()))
    }
}

/// One term of a phrase.
struct PhraseTerm {
    position: u32,
    postings: SegmentPostings,
    /// Where the term stands in the current section, less its own position in the phrase.
    at: Vec<u32>,
}

/// The sections that have a leaf.
struct Found {
    /// The rarest first.
    terms: Vec<PhraseTerm>,
    /// How often the phrase is in the current section.
    frequency: u32,
    weight: Bm25Weight,
    lengths: FieldNormReader,
    is_phrase: bool,
}

impl Found {
    /// Goes on to the first section, from the current one of the rarest term, that has the phrase.
    fn settle(&mut self) -> DocId {
        let Some((first, others)) = self.terms.split_first_mut() else { return TERMINATED };
        let mut doc = first.postings.doc();
        if !self.is_phrase {
            return doc;
        }
        'sections: while doc != TERMINATED {
            for other in others.iter_mut() {
                let other_doc =
                    if other.postings.doc() < doc { other.postings.seek(doc) } else { other.postings.doc() };
                if other_doc != doc {
                    doc = if other_doc == TERMINATED { TERMINATED } else { first.postings.seek(other_doc) };
                    if doc == TERMINATED {
                        // The rarest term says where this stands.
                        while first.postings.doc() != TERMINATED {
                            first.postings.advance();
                        }
                    }
                    continue 'sections;
                }
            }
            self.frequency = side_by_side(first, others);
            if self.frequency > 0 {
                return doc;
            }
            doc = first.postings.advance();
        }
        TERMINATED
    }
}

/// How often the terms stand in their order in the current section.
fn side_by_side(first: &mut PhraseTerm, others: &mut [PhraseTerm]) -> u32 {
    /// Positions count from here, so that none is below nothing.
    const BASE: u32 = 1 << 20;
    let read = |term: &mut PhraseTerm| {
        term.postings.positions_with_offset(BASE.saturating_sub(term.position), &mut term.at);
    };
    read(first);
    for other in &mut *others {
        read(other);
        let mut rest = other.at.as_slice();
        first.at.retain(|at| {
            let passed = rest.partition_point(|other| other < at);
            rest = rest.get(passed..).unwrap_or_default();
            rest.first() == Some(at)
        });
        if first.at.is_empty() {
            return 0;
        }
    }
    u32::try_from(first.at.len()).unwrap_or(u32::MAX)
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        if let Some(first) = self.terms.first_mut() {
            first.postings.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if let Some(first) = self.terms.first_mut()
            && first.postings.doc() < target
        {
            first.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.terms.first().map_or(TERMINATED, |first| first.postings.doc())
    }

    fn size_hint(&self) -> u32 {
        self.terms.first().map_or(0, |first| first.postings.size_hint() / if self.is_phrase { 8 } else { 1 })
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        let Some(first) = self.terms.first() else { return 0.0 };
        let frequency = if self.is_phrase { self.frequency } else { first.postings.term_freq() };
        self.weight.score(self.lengths.fieldnorm_id(first.postings.doc()), frequency)
    }
}
