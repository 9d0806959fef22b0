//! Where terms stand in an index, looked up once and remembered over queries.
//!
//! tantivy's own term and phrase queries look every term up in its dictionary again and again (for the frequency, for the
//! postings, in every clause that has it), and each look-up decodes a block of 4 KB: that was more than half of a query's
//! time. The leaves of a query here ([`leaf`](super::leaf), [`near`](super::near), [`sections`](super::sections)) are given
//! what was looked up.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// Terms remembered at most.
const MOST_REMEMBERED: usize = 1 << 16;

/// Where terms stand in an index, remembered over queries.
#[derive(Default)]
pub struct Places(Mutex<FxHashMap<(Field, String), Option<TermInfo>>>);

impl Places {
    /// Where a term's sections are listed, if the field has it.
    pub fn of(&self, segment: &SegmentReader, field: Field, term: &str) -> tantivy::Result<Option<TermInfo>> {
        // Whoever panicked with the lock held left whole entries behind.
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (field, term.to_owned());
        if let Some(place) = remembered.get(&key) {
            return Ok(place.clone());
        }
        let place = segment.inverted_index(field)?.terms().get(term)?;
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, place.clone());
        Ok(place)
    }
}
