//! Words that stand beside ko-dic in the lattice.
//!
//! Lindera's own way to make a user dictionary gives every word cost -10000 and context 0, which tears up what stands
//! beside it, and knows no parts. Here a word gets the context of a common noun, with or without a final consonant, and a
//! cost that a common noun of its length might have: a word of the vocabulary beats its fragments, and not a longer word
//! that ko-dic knows.

use std::collections::{BTreeMap, BTreeSet};

use daachorse::DoubleArrayAhoCorasickBuilder;
use lindera::dictionary::UserDictionary;
use lindera_dictionary::dictionary::prefix_dictionary::{PrefixDictionary, UserPrefixDictionary};
use lindera_dictionary::util::Data;

use super::Vocabulary;
use seoga_dictionary::cut::NounContexts;

use crate::dictionary::DictionaryError;

/// Cost of a word of two syllables: that of a rather frequent noun of ko-dic.
const COST: i16 = 1500;
/// A longer word is less likely to stand there by chance.
const COST_A_SYLLABLE: i16 = -400;
const LOWEST_COST: i16 = -2500;

/// Prefixes of nouns that make technical words.
const PREFIXES: [char; 14] = ['무', '비', '미', '재', '초', '반', '탈', '역', '최', '부', '불', '다', '총', '준'];

/// A word and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub surface: String,
    /// Byte lengths of the parts of a compound; empty for a word of one part.
    pub parts: Vec<usize>,
}

impl Word {
    /// The word in the notation of a line: parts separated by spaces.
    pub fn to_line(&self) -> String {
        let mut rest = self.surface.as_str();
        let mut line = String::with_capacity(rest.len() + self.parts.len());
        for &length in self.parts.iter().take(self.parts.len().saturating_sub(1)) {
            let (part, after) = rest.split_at(length.min(rest.len()));
            line.push_str(part);
            line.push(' ');
            rest = after;
        }
        line.push_str(rest);
        line
    }
}

/// Words, compiled for lindera. Their numbers are lindera's.
pub struct Lexicon {
    words: Vec<Word>,
    /// All Hangul words of the vocabulary, without spaces, ascending: those too that ko-dic has.
    spellings: Vec<String>,
    user: UserDictionary,
}

impl Lexicon {
    /// Compiles the words of a vocabulary that ko-dic does not have.
    pub fn new(
        vocabulary: &Vocabulary,
        ko_dic: &PrefixDictionary,
        nouns: NounContexts,
    ) -> Result<Option<Self>, DictionaryError> {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for spelling in vocabulary.hangul_words() {
            let parts: Vec<usize> = spelling.split(' ').map(str::len).collect();
            for part in spelling.split(' ').filter(|part| part.chars().nth(1).is_some() && !knows(ko_dic, part)) {
                let entry = words.entry(part.to_owned()).or_default();
                if entry.is_empty() {
                    *entry = with_prefix(ko_dic, part);
                }
            }
            if parts.len() > 1 {
                // Of two ways to cut it, the first: a site's own dictionary stands before what is shipped.
                let entry = words.entry(spelling.replace(' ', "")).or_default();
                if entry.is_empty() {
                    *entry = parts;
                }
            }
        }
        if words.is_empty() {
            return Ok(None);
        }
        let mut values = Vec::with_capacity(10 * words.len());
        for (number, surface) in (0u32..).zip(words.keys()) {
            let syllables = i16::try_from(surface.chars().count()).unwrap_or(i16::MAX);
            let cost = COST.saturating_add(COST_A_SYLLABLE.saturating_mul(syllables - 2)).max(LOWEST_COST);
            let is_closed = crate::letters::jamo(surface).last().is_some_and(|last| !('ㅏ'..='ㅣ').contains(&last));
            let (left, right) = if is_closed { nouns.closed } else { nouns.open };
            values.extend(number.to_le_bytes());
            values.extend(cost.to_le_bytes());
            values.extend(left.to_le_bytes());
            values.extend(right.to_le_bytes());
        }
        let patterns = (0u32..).zip(words.keys()).map(|(number, surface)| (surface, number << 8 | 1));
        let da = DoubleArrayAhoCorasickBuilder::new().build_with_values(patterns);
        let da = da.map_err(|error| DictionaryError::Words(error.to_string()))?;
        let user = UserDictionary {
            dict: UserPrefixDictionary {
                da,
                vals_data: Data::Vec(values),
                words_idx_data: Data::Vec(Vec::new()),
                words_data: Data::Vec(Vec::new()),
                is_system: false,
            },
        };
        let words = words.into_iter().map(|(surface, parts)| Word { surface, parts }).collect();
        let spellings: BTreeSet<String> = vocabulary.hangul_words().map(|word| word.replace(' ', "")).collect();
        Ok(Some(Self { words, spellings: spellings.into_iter().collect(), user }))
    }

    /// All words that [`new`](Self::new) may look for in ko-dic.
    pub(crate) fn looked_up(vocabulary: &Vocabulary) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for part in vocabulary.hangul_words().flat_map(|spelling| spelling.split(' ')) {
            words.insert(part.to_owned());
            let rest = part.strip_prefix(PREFIXES).unwrap_or_default();
            words.extend((!rest.is_empty()).then(|| rest.to_owned()));
        }
        words
    }

    /// What lindera takes.
    pub(crate) fn user_dictionary(&self) -> UserDictionary {
        self.user.clone()
    }

    /// Left and right context id of a word.
    pub(crate) fn contexts(&self, number: u32) -> Option<(u16, u16)> {
        let at = 10 * number as usize;
        let value = self.user.dict.vals_data.get(at..at + 10)?;
        Some((u16::from_le_bytes([value[6], value[7]]), u16::from_le_bytes([value[8], value[9]])))
    }

    /// All Hangul words of the vocabulary, without spaces, ascending: those too that ko-dic has.
    pub(crate) fn spellings(&self) -> &[String] {
        &self.spellings
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.spellings.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }

    /// All words that stand beside ko-dic, by their numbers.
    pub fn words(&self) -> &[Word] {
        &self.words
    }
}

/// Whether ko-dic has an entry of exactly this surface.
fn knows(ko_dic: &PrefixDictionary, word: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    ko_dic.common_prefix_search(&characters).any(|(_, end)| end == characters.len())
}

/// The parts of a word that is a prefix and a word that ko-dic knows: 무·중단. None for any other.
fn with_prefix(ko_dic: &PrefixDictionary, word: &str) -> Vec<usize> {
    let mut characters = word.chars();
    let prefix = characters.next().filter(|first| PREFIXES.contains(first));
    let rest = characters.as_str();
    match prefix {
        Some(first) if rest.chars().nth(1).is_some() && knows(ko_dic, rest) => vec![first.len_utf8(), rest.len()],
        _ => Vec::new(),
    }
}
