//! A cut dictionary → lindera's.

use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::{
    CategoryData, CategoryId, CharacterDefinition, LookupTable,
};
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::context_id_map::ContextIdMap;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::viterbi::{LexType, WordEntry, WordId};

use super::model::{CutDictionary, Entry, Makeup};
use crate::runtime::{RuntimeError, metadata};

/// Cost of a word that is not here: no path takes it while there is another.
const DEAREST: i16 = i16::MAX;

/// Its tag.
const UNKNOWN: &str = "UNKNOWN";

/// Bytes of an entry among lindera's values.
const VALUE_BYTES: usize = 10;

impl CutDictionary {
    /// What lindera walks.
    ///
    /// # Errors
    /// When the values do not fit together.
    pub fn assemble(&self) -> Result<Dictionary, RuntimeError> {
        let refused = |error: lindera_dictionary::error::LinderaError| RuntimeError::Lindera(error.to_string());
        let lefts = self.strangers.len();
        let rights = usize::from(self.rights);
        let fits = self.classes.iter().all(|class| usize::from(class.left) < lefts && class.right < self.rights)
            && self
                .entries
                .iter()
                .map(|entry| entry.class)
                .chain(self.unknown.iter().map(|unknown| unknown.class))
                .all(|class| usize::from(class) < self.classes.len());
        if !fits {
            return Err(RuntimeError::NotAnImage);
        }
        let mut lexicon = Lexicon::default();
        let beginnings: Vec<String> = self.beginnings.iter().map(char::to_string).collect();
        let mut beginnings = beginnings.iter().peekable();
        for entry in &self.entries {
            while let Some(beginning) = beginnings.next_if(|beginning| **beginning < entry.surface) {
                lexicon.add(beginning, DEAREST, 0, 0);
                lexicon.words.add(UNKNOWN, "*", "*", "");
            }
            let class = self.classes.get(usize::from(entry.class)).ok_or(RuntimeError::NotAnImage)?;
            lexicon.add(&entry.surface, entry.cost, class.left, class.right);
            lexicon.words.add_entry(entry, &class.tag);
        }
        for beginning in beginnings {
            lexicon.add(beginning, DEAREST, 0, 0);
            lexicon.words.add(UNKNOWN, "*", "*", "");
        }
        let Lexicon { surfaces, mut first_of, values, words } = lexicon;
        first_of.extend(((values.len() / VALUE_BYTES) as u32).to_le_bytes());
        let trie = crawdad::Trie::from_keys(&surfaces).map_err(|error| RuntimeError::Lindera(error.to_string()))?;
        let trie = trie.serialize_to_vec();
        let prefix_dictionary =
            PrefixDictionary::load(trie, first_of, values, words.index, words.text).map_err(refused)?;
        let mut matrix = Vec::with_capacity(6 + 2 * lefts * rights);
        for size in [-1, rights as i16, lefts as i16] {
            matrix.extend(size.to_le_bytes());
        }
        let mut joins = self.joins.iter().peekable();
        for (left, stranger) in (0u16..).zip(&self.strangers) {
            for right in 0..self.rights {
                let join = joins.next_if(|join| (join.left, join.right) == (left, right));
                matrix.extend(join.map_or(*stranger, |join| join.cost).to_le_bytes());
            }
        }
        let connection_cost_matrix = ConnectionCostMatrix::load(matrix).map_err(refused)?;
        let categories = self
            .categories
            .iter()
            .map(|category| CategoryData {
                invoke: category.invoke,
                group: category.group,
                length: category.length.into(),
            })
            .collect();
        let names = (0..self.categories.len()).map(|number| number.to_string()).collect();
        let known =
            self.runs.iter().flat_map(|(_, run)| run).chain(self.unknown.iter().map(|unknown| &unknown.category));
        if self.runs.first().is_none_or(|first| first.0 != 0)
            || !known.clone().all(|&id| usize::from(id) < self.categories.len())
        {
            return Err(RuntimeError::NotAnImage);
        }
        Ok(Dictionary {
            prefix_dictionary: prefix_dictionary.into(),
            connection_cost_matrix: connection_cost_matrix.into(),
            unknown_dictionary: self.unknown_words().into(),
            metadata: metadata(ContextIdMap { left: Vec::new(), right: Vec::new() }).into(),
            character_definition: CharacterDefinition::new(categories, names, self.lookup()).into(),
        })
    }

    fn unknown_words(&self) -> UnknownDictionary {
        let mut words = Words::default();
        let mut costs = Vec::new();
        for (number, unknown) in (0u32..).zip(&self.unknown) {
            let class = &self.classes[usize::from(unknown.class)];
            costs.push(WordEntry::new(WordId::new(LexType::Unknown, number), unknown.cost, class.left, class.right));
            words.add(&class.tag, "*", "*", "");
        }
        let of_category = |category: usize| {
            let of_it = (0u32..).zip(&self.unknown).filter(|(_, unknown)| usize::from(unknown.category) == category);
            of_it.map(|(number, _)| number).collect()
        };
        UnknownDictionary {
            category_references: (0..self.categories.len()).map(of_category).collect(),
            costs,
            words_idx_data: words.index.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect(),
            words_data: words.text,
        }
    }

    fn lookup(&self) -> LookupTable<CategoryId> {
        let boundaries = self.runs.iter().map(|(first, _)| *first).chain([0xFFFF]).collect();
        LookupTable::from_fn(boundaries, &|code, categories| {
            let run = if code >= 0xFFFF { None } else { self.runs.iter().rfind(|(first, _)| *first <= code) };
            match run {
                Some((_, run)) => categories.extend(run.iter().map(|&id| CategoryId(id.into()))),
                None => categories.push(CategoryId(0)),
            }
        })
    }
}

/// What lindera looks words up in, by surface.
#[derive(Default)]
struct Lexicon<'a> {
    surfaces: Vec<&'a str>,
    /// Number of the first entry of each surface.
    first_of: Vec<u8>,
    values: Vec<u8>,
    words: Words,
}

impl<'a> Lexicon<'a> {
    fn add(&mut self, surface: &'a str, cost: i16, left: u16, right: u16) {
        let number = (self.values.len() / VALUE_BYTES) as u32;
        if self.surfaces.last() != Some(&surface) {
            self.surfaces.push(surface);
            self.first_of.extend(number.to_le_bytes());
        }
        self.values.extend(number.to_le_bytes());
        self.values.extend(cost.to_le_bytes());
        self.values.extend(left.to_le_bytes());
        self.values.extend(right.to_le_bytes());
    }
}

/// What lindera says of words: lengths and columns.
#[derive(Default)]
struct Words {
    index: Vec<u8>,
    text: Vec<u8>,
}

impl Words {
    fn add(&mut self, tag: &str, kind: &str, expression: &str, reading: &str) {
        self.index.extend((self.text.len() as u32).to_le_bytes());
        let columns = [tag, kind, expression, reading];
        let length: usize = columns.iter().map(|column| column.len()).sum();
        self.text.extend((length as u32 + 3).to_le_bytes());
        for (at, column) in columns.iter().enumerate() {
            if at > 0 {
                self.text.push(0);
            }
            self.text.extend_from_slice(column.as_bytes());
        }
    }

    fn add_entry(&mut self, entry: &Entry, tag: &str) {
        match &entry.makeup {
            Makeup::Plain => self.add(tag, "*", "*", ""),
            Makeup::Stem(stem) => self.add(tag, "Inflect", stem, ""),
            Makeup::Reading(reading) => self.add(tag, "*", "*", reading),
            Makeup::Parts(lengths) => {
                let mut expression = String::new();
                let mut characters = entry.surface.chars();
                for &length in lengths {
                    let bytes: usize = characters.by_ref().take(length.into()).map(char::len_utf8).sum();
                    if !expression.is_empty() {
                        expression.push('+');
                    }
                    expression.push_str(&bytes.to_string());
                }
                self.add(tag, "Compound", &expression, "");
            }
        }
    }
}
