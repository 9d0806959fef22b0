//! Where the lists of a field lie: which sections have a term, and where in them it stands.
//!
//! tantivy opens a list only when it is to be walked. Where an index comes in pieces, all lists of a query are asked for
//! first, so that they are loaded at once.

use std::io;

use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{HasLen as _, SegmentReader, index::SegmentComponent};

/// What stands before a field's lists: how many tokens it has.
const TOKEN_COUNT_BYTES: usize = 8;

/// The lists of some fields.
#[derive(Default)]
pub struct Lists {
    fields: Vec<FieldLists>,
}

/// The lists of a field.
pub struct FieldLists {
    pub field: Field,
    /// Which sections have a term, and how often.
    pub postings: FileSlice,
    /// Where in them it stands.
    pub positions: FileSlice,
}

impl Lists {
    /// Finds the lists of fields. One that no section has is left out.
    ///
    /// # Errors
    /// When a directory of them cannot be read.
    pub fn open(segment: &SegmentReader, fields: &[Field]) -> tantivy::Result<Self> {
        let composite =
            |component| -> tantivy::Result<CompositeFile> { Ok(CompositeFile::open(&segment.open_read(component)?)?) };
        let (postings, positions) = (composite(SegmentComponent::Postings)?, composite(SegmentComponent::Positions)?);
        let fields = fields.iter().filter_map(|&field| {
            let postings = postings.open_read(field).filter(|lists| lists.len() >= TOKEN_COUNT_BYTES)?;
            let postings = postings.slice_from(TOKEN_COUNT_BYTES);
            Some(FieldLists { field, postings, positions: positions.open_read(field)? })
        });
        Ok(Self { fields: fields.collect() })
    }

    /// The lists of a field.
    pub fn of(&self, field: Field) -> Option<&FieldLists> {
        self.fields.iter().find(|lists| lists.field == field)
    }

    /// Asks for a term's lists, with the positions or without.
    ///
    /// # Errors
    /// When they are not here yet; both have been asked for then.
    pub fn load(&self, field: Field, place: &TermInfo, positions: bool) -> io::Result<()> {
        let Some(lists) = self.of(field) else { return Ok(()) };
        let postings = lists.postings.read_bytes_slice(place.postings_range.clone());
        if positions {
            lists.positions.read_bytes_slice(place.positions_range.clone())?;
        }
        postings.map(|_| ())
    }
}
