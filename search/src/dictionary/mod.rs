//! ko-dic, ready for the analysis.
//!
//! The program carries the dictionary as an image that is read where it lies (see `seoga_dictionary::image_layout`), so
//! that opening it costs about a millisecond however often a command is started. The dictionary that a
//! bundle carries is cut down to what its notes use ([`Dictionary::cut`]), and whoever opens the bundle, terminal or
//! browser, analyses queries with that one ([`Dictionary::from_cut`]): both find the same.

mod lacking;

use std::fmt;
use std::sync::Arc;

use seoga_dictionary::cut::{self, CutDictionary, NounContexts, Selection};
use seoga_dictionary::runtime::{self, RuntimeError};
use seoga_dictionary::surfaces;
use thiserror::Error;

use crate::analysis::{Analyzer, Attested, Footprint, common_words, is_hangul};
use crate::vocabulary::{Lexicon, Vocabulary, Word};

/// Why a dictionary could not be loaded.
#[derive(Debug, Error)]
pub enum DictionaryError {
    #[error("the Korean dictionary cannot be used: {0}")]
    Image(#[from] RuntimeError),
    #[error("words cannot be added to the Korean dictionary: {0}")]
    Words(String),
}

/// Common nouns of ko-dic that lend their context to the words beside it: without a final consonant, and with one.
const OPEN_NOUN: &str = "나무";
const CLOSED_NOUN: &str = "사람";

/// ko-dic with the words that stand beside it, shared: a clone is a few reference counts.
#[derive(Clone)]
pub struct Dictionary {
    pub(crate) lindera: lindera::dictionary::Dictionary,
    /// The contexts of words that stand beside it.
    nouns: NounContexts,
    /// Where all of it lies.
    image: Option<&'static [u8]>,
    /// Of a cut dictionary: what the notes have that it was cut to.
    pub(crate) attested: Option<Arc<Attested>>,
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
        Ok(Self { image: Some(&IMAGE.0), ..Self::whole(runtime::from_static(&IMAGE.0)?)? })
    }

    /// All of ko-dic.
    fn whole(lindera: lindera::dictionary::Dictionary) -> Result<Self, DictionaryError> {
        let context = |noun: &str| {
            let mut entries = lindera.prefix_dictionary.find_surface_iter(noun);
            let entry =
                entries.find(|entry| lindera.word_details_iter(entry.word_id().id() as usize).next() == Some("NNG"));
            let entry = entry.ok_or_else(|| DictionaryError::Words(format!("`{noun}` is missing")))?;
            Ok::<_, DictionaryError>((entry.left_id() as u16, entry.right_id() as u16))
        };
        let nouns = NounContexts { open: context(OPEN_NOUN)?, closed: context(CLOSED_NOUN)? };
        Self::new(lindera, nouns)
    }

    fn new(mut lindera: lindera::dictionary::Dictionary, nouns: NounContexts) -> Result<Self, DictionaryError> {
        // The penalty concerns words after a space, and the analysis cuts one word at a time, without spaces. Building
        // lindera's table for it would take longer than all the rest of opening.
        if let Some(metadata) = Arc::get_mut(&mut lindera.metadata) {
            metadata.space_penalty = None;
            // Lindera would renumber the words of a lexicon by it, and ours have the numbers of the dictionary already.
            metadata.context_id_map = None;
        }
        Ok(Self { lindera, nouns, image: None, attested: None, lexicon: None })
    }

    /// The same dictionary with the words of a vocabulary, instead of those that it had.
    ///
    /// # Errors
    /// When the words cannot be compiled, which no vocabulary of this crate's own format causes.
    pub fn with(&self, vocabulary: &Vocabulary) -> Result<Self, DictionaryError> {
        let lexicon = Lexicon::new(vocabulary, &self.lindera.prefix_dictionary, self.nouns)?.map(Arc::new);
        Ok(Self {
            lindera: self.lindera.clone(),
            nouns: self.nouns,
            image: self.image,
            attested: self.attested.clone(),
            lexicon,
        })
    }

    /// The part of ko-dic that some notes use, as bytes for [`from_cut`](Self::from_cut): what their analysis left as its
    /// footprint, what a vocabulary asks for, and what any query may have.
    ///
    /// The words beside this dictionary are those that the notes might have had; `is_term` tells which terms they have.
    pub fn cut(&self, footprint: &Footprint, vocabulary: &Vocabulary, is_term: &dyn Fn(&str) -> bool) -> Vec<u8> {
        let ko_dic = Self { lexicon: None, ..self.clone() };
        let mut common = Analyzer::new(&ko_dic);
        let verbs = footprint.verbs(&self.lindera);
        // A part of a compound is a word that may be asked for by itself.
        for word in common_words().chain(footprint.parts(&self.lindera)).chain(verbs) {
            common.knows(&word);
        }
        let mut footprint = footprint.clone();
        footprint.merge(common.footprint());
        let mut selection = Selection {
            entries: footprint.entries.into_iter().collect(),
            joins: footprint.joins.into_iter().collect(),
            characters: footprint.characters.into_iter().collect(),
            stems: footprint.stems.into_iter().collect(),
            hanja: self.image.map(runtime::hanja).unwrap_or_default(),
        };
        for word in Lexicon::looked_up(vocabulary) {
            let entry = self.lindera.prefix_dictionary.find_surface_iter(&word).next();
            selection.entries.extend(entry.map(|entry| (entry.word_id().id(), word.into())));
        }
        let mut cut = cut::choose(&self.lindera, &selection, self.nouns);
        cut.lacking = lacking::lacking(self, &cut, vocabulary, &footprint.passed_over, is_term);
        cut.to_bytes()
    }

    /// The common nouns of ko-dic that are written in such syllables, of more than one, in no order that matters; none where
    /// this is not the dictionary compiled into the program.
    pub fn nouns(&self, is_wanted: impl Fn(char) -> bool) -> Vec<String> {
        let mut nouns = Vec::new();
        let index = &self.lindera.prefix_dictionary;
        let is_wanted = |character| is_hangul(character) && is_wanted(character);
        surfaces::for_each_surface(self.image.unwrap_or_default(), is_wanted, |surface| {
            let mut numbers = index.find_surface_iter(surface).map(|entry| entry.word_id().id());
            let tag = |number: u32| self.lindera.word_details_iter(number as usize).next();
            let is_noun = |number: u32| tag(number) == Some("NNG");
            if surface.chars().nth(1).is_some() && numbers.any(is_noun) {
                nouns.push(surface.to_owned());
            }
        });
        nouns
    }

    /// A dictionary that was cut out of ko-dic.
    ///
    /// # Errors
    /// When these bytes are none, or are damaged.
    pub fn from_cut(bytes: &[u8]) -> Result<Self, DictionaryError> {
        Self::of_cut(CutDictionary::from_bytes(bytes).ok_or(RuntimeError::NotAnImage)?)
    }

    pub(crate) fn of_cut(cut: CutDictionary) -> Result<Self, DictionaryError> {
        let dictionary = Self::new(cut.assemble()?, cut.nouns)?;
        let mut joins: Vec<(u16, u16)> = cut.joins.iter().map(|join| (join.right, join.left)).collect();
        joins.sort_unstable();
        let attested = Attested { joins, limit: cut.limit(), stems: cut.stems, lacking: cut.lacking, hanja: cut.hanja };
        Ok(Self { attested: Some(Arc::new(attested)), ..dictionary })
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
