//! ko-dic, ready for the analysis.
//!
//! The program carries the dictionary as an image that is read where it lies (see `seoga_dictionary::image_layout`), so
//! that opening it costs about a millisecond however often a command is started. The browser will bring an image of its
//! own, cut down to what the notes use: [`Dictionary::from_image`] is its door.

use std::fmt;
use std::sync::Arc;

use seoga_dictionary::runtime::{self, RuntimeError};
use thiserror::Error;

use crate::vocabulary::{Lexicon, Vocabulary, Word};

/// Why a dictionary could not be loaded.
#[derive(Debug, Error)]
pub enum DictionaryError {
    #[error("the Korean dictionary cannot be used: {0}")]
    Image(#[from] RuntimeError),
    #[error("words cannot be added to the Korean dictionary: {0}")]
    Words(String),
}

/// ko-dic with the words that stand beside it, shared: a clone is a few reference counts.
#[derive(Clone)]
pub struct Dictionary {
    pub(crate) lindera: lindera::dictionary::Dictionary,
    pub(crate) lexicon: Option<Arc<Lexicon>>,
}

impl Dictionary {
    /// The dictionary compiled into this program.
    ///
    /// # Errors
    /// When the image does not fit this version of lindera, which a test of this crate would have shown.
    #[cfg(feature = "native")]
    pub fn embedded() -> Result<Self, DictionaryError> {
        /// Gives the image an address at which its costs can be read in place.
        #[repr(C, align(16))]
        struct Aligned<T: ?Sized>(T);
        static IMAGE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/ko-dic.image")));
        Self::new(runtime::from_static(&IMAGE.0)?)
    }

    /// A dictionary over a copy of an image.
    ///
    /// # Errors
    /// When the bytes are not an image of this version.
    pub fn from_image(image: &[u8]) -> Result<Self, DictionaryError> {
        Self::new(runtime::from_bytes(image)?)
    }

    fn new(mut lindera: lindera::dictionary::Dictionary) -> Result<Self, DictionaryError> {
        // The penalty concerns words after a space, and the analysis cuts one word at a time, without spaces. Building
        // lindera's table for it would take longer than all the rest of opening.
        if let Some(metadata) = Arc::get_mut(&mut lindera.metadata) {
            metadata.space_penalty = None;
        }
        Ok(Self { lindera, lexicon: None })
    }

    /// The same dictionary with the words of a vocabulary, instead of those that it had.
    ///
    /// # Errors
    /// When the words cannot be compiled, which no vocabulary of this crate's own format causes.
    pub fn with(&self, vocabulary: &Vocabulary) -> Result<Self, DictionaryError> {
        let lexicon = Lexicon::new(vocabulary, &self.lindera.prefix_dictionary)?.map(Arc::new);
        Ok(Self { lindera: self.lindera.clone(), lexicon })
    }

    /// The words that stand beside ko-dic.
    pub fn words(&self) -> &[Word] {
        self.lexicon.as_ref().map_or(&[], |lexicon| lexicon.words())
    }

    /// How many entries the dictionary has.
    pub fn entries(&self) -> usize {
        self.lindera.prefix_dictionary.word_count()
    }

    /// Right and left context ids of the connection-cost matrix.
    pub fn matrix_size(&self) -> (u32, u32) {
        let matrix = &self.lindera.connection_cost_matrix;
        (matrix.forward_size, matrix.backward_size)
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Dictionary({} entries)", self.entries())
    }
}
