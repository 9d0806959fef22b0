//! Whether the pages of an index have a phrase, without knowing how the analysis cut its words.

use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED, Term};

use super::schema::Fields;

/// How far the words of a phrase may be from each other: a word takes as many positions as it has pieces.
const FARTHEST: u32 = 4;

/// Whether some section has the words in this order, close to each other. In any of the searched fields.
pub fn occurs(segment: &SegmentReader, fields: &Fields, words: &[&str]) -> tantivy::Result<bool> {
    for searched in fields.searched() {
        let index = segment.inverted_index(searched.field)?;
        let mut lists = Vec::with_capacity(words.len());
        for word in words {
            let term = Term::from_field_text(searched.field, word);
            lists.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        if lists.len() == words.len() && side_by_side(&mut lists) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn side_by_side(lists: &mut [tantivy::postings::SegmentPostings]) -> bool {
    let Some((first, others)) = lists.split_first_mut() else { return false };
    let (mut reached, mut positions) = (Vec::new(), Vec::new());
    let mut doc = first.doc();
    while doc != TERMINATED {
        let mut next = doc;
        for other in others.iter_mut() {
            let here = if other.doc() < doc { other.seek(doc) } else { other.doc() };
            next = next.max(here);
        }
        if next != doc {
            doc = if next == TERMINATED { TERMINATED } else { first.seek(next) };
            continue;
        }
        // The places that the words so far lead to.
        first.positions(&mut reached);
        for other in others.iter_mut() {
            other.positions(&mut positions);
            let mut before = reached.iter().copied().peekable();
            positions.retain(|&at| {
                // Both ascend: what is too far behind one place is so behind all that follow.
                while before.next_if(|&before| before + FARTHEST < at).is_some() {}
                before.peek().is_some_and(|&before| before < at)
            });
            std::mem::swap(&mut reached, &mut positions);
        }
        if !reached.is_empty() {
            return true;
        }
        doc = first.advance();
    }
    false
}
