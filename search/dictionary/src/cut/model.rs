//! A cut dictionary as plain values.

/// Some entries of ko-dic, and what joining them costs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CutDictionary {
    /// The most frequent first.
    pub classes: Vec<Class>,
    /// By surface; entries of one surface keep ko-dic's order, which decides between equal costs.
    pub entries: Vec<Entry>,
    /// Characters with which words begin that are not here.
    pub beginnings: Vec<char>,
    /// What a join costs that is not among the joins, by the left id of the word behind.
    pub strangers: Vec<i16>,
    /// How many right ids there are.
    pub rights: u16,
    /// By left id, then by right id.
    pub joins: Vec<Join>,
    pub categories: Vec<Category>,
    /// Code points in ascending runs: where one begins, and its categories, the first of them in the first place.
    pub runs: Vec<(u32, Vec<u8>)>,
    pub unknown: Vec<Unknown>,
    pub nouns: NounContexts,
    /// Nouns that ko-dic has and the notes lack, and that would be taken for fragments of others; ascending.
    pub lacking: Vec<String>,
    /// Hanja and how each is read, ascending: for words in Hanja that the notes write in Hangul.
    pub hanja: Vec<(char, char)>,
    /// Keys of words, below [`limit`](Self::limit), ascending.
    pub stems: Vec<u32>,
    /// How many words gave the keys.
    pub stem_count: u32,
}

impl CutDictionary {
    /// Keys are taken modulo this: of other words, one of 256 is taken for one of these.
    pub fn limit(&self) -> u64 {
        u64::from(self.stem_count) * 256
    }
}

/// What entries of one grammatical kind share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    pub left: u16,
    pub right: u16,
    /// The first tag of the word, with a `+` where it has several.
    pub tag: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub surface: String,
    pub class: u16,
    pub cost: i16,
    pub makeup: Makeup,
}

/// How an entry is made up, as far as a search wants to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Makeup {
    Plain,
    /// A compound: the lengths of its parts, in characters.
    Parts(Vec<u8>),
    /// An inflected form: its stem.
    Stem(String),
    /// Hanja: how they are read.
    Reading(String),
}

/// Two words side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Join {
    /// Left id of the word behind.
    pub left: u16,
    /// Right id of the word before.
    pub right: u16,
    pub cost: i16,
    /// The notes have it, and the cost is exact. The cost of the others is a multiple of 64.
    pub seen: bool,
}

/// A category of characters, and how it makes unknown words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub invoke: bool,
    pub group: bool,
    pub length: u8,
}

/// What stands in for a word that the dictionary lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub category: u8,
    pub class: u16,
    pub cost: i16,
}

/// Left and right ids of a common noun, for words that stand beside the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NounContexts {
    /// Without a final consonant.
    pub open: (u16, u16),
    /// With one.
    pub closed: (u16, u16),
}
