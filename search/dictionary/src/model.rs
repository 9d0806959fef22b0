//! ko-dic as plain values: what MeCab's compiled files say, in the order in which they say it.

use std::fmt;

/// The whole dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KoDic {
    /// Distinct grammatical descriptions, the most frequent first.
    pub classes: Vec<Class>,
    /// Distinct surfaces in ascending byte order.
    pub surfaces: Vec<String>,
    /// Entries in the order of their surfaces; entries of one surface keep MeCab's order.
    pub entries: Vec<Entry>,
    /// Connection costs.
    pub matrix: Matrix,
    /// Character categories.
    pub characters: Characters,
    /// What stands in for a word that the dictionary lacks, by category.
    pub unknown: Vec<Unknown>,
    /// Context ids in the order of how often real text uses them.
    pub ranking: Ranking,
}

/// What entries of one grammatical kind share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Class {
    /// Left context id: the column of the matrix.
    pub left: u16,
    /// Right context id: the row of the matrix.
    pub right: u16,
    /// MeCab's part-of-speech id (`pos-id.def`).
    pub pos_id: u16,
    /// Part-of-speech tag, `NNG` or `VV+EC`.
    pub tag: String,
    /// Semantic class, `인명` or `*`.
    pub semantic: String,
    /// `Compound`, `Inflect`, `Preanalysis` or `*`.
    pub kind: String,
    /// Tag of the first morpheme of an expression.
    pub first: String,
    /// Tag of the last morpheme of an expression.
    pub last: String,
}

/// One entry of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Index into [`KoDic::surfaces`].
    pub surface: u32,
    /// Index into [`KoDic::classes`].
    pub class: u16,
    /// Word cost.
    pub cost: i16,
    /// Whether the last syllable has a final consonant: `T`, `F` or `*`.
    pub final_consonant: char,
    /// Reading where it differs from the surface.
    pub reading: Option<Box<str>>,
    /// How the entry is made up (`데이터/NNG/*+베이스/NNG/*`), where it says.
    pub expression: Option<Box<str>>,
}

/// The connection-cost matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Number of right context ids (of the word on the left): 3,822 in ko-dic.
    pub rights: usize,
    /// Number of left context ids (of the word on the right): 2,693 in ko-dic.
    pub lefts: usize,
    /// Cost at `right + rights * left`.
    pub costs: Vec<i16>,
}

/// Character categories, as `char.def` defines them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Characters {
    /// Categories in the order of their numbers.
    pub categories: Vec<Category>,
    /// Code points 0 to 0xFFFE in ascending runs of one meaning.
    pub runs: Vec<CharacterRun>,
}

/// One character category.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Category {
    pub name: String,
    /// Propose unknown words even where the lexicon has a word.
    pub invoke: bool,
    /// Join characters of the category into one unknown word.
    pub group: bool,
    /// Propose unknown words of up to this many characters.
    pub length: u32,
}

/// Code points from `first` up to the next run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CharacterRun {
    pub first: u32,
    /// Category numbers, the default one first, the others ascending.
    pub categories: Vec<usize>,
}

/// An entry of `unk.def`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown {
    /// Category name.
    pub category: String,
    pub left: u16,
    pub right: u16,
    pub pos_id: u16,
    pub cost: i16,
    /// All eight feature columns, joined by commas.
    pub features: String,
}

/// Context ids ranked by use, the most used first; id 0 (the edge of a sentence) always keeps its place.
///
/// Numbering ids by rank puts the costs that text really uses side by side in memory. It changes no cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// `lefts[old] = new`.
    pub lefts: Vec<u16>,
    /// `rights[old] = new`.
    pub rights: Vec<u16>,
}

impl KoDic {
    /// An entry's eight feature columns, as MeCab joins them.
    pub fn features<'a>(&'a self, entry: &'a Entry) -> Features<'a> {
        Features { dictionary: self, entry }
    }
}

/// Writes an entry's features the way MeCab stores them.
pub struct Features<'a> {
    dictionary: &'a KoDic,
    entry: &'a Entry,
}

impl fmt::Display for Features<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.entry;
        let class = &self.dictionary.classes[usize::from(entry.class)];
        let reading = entry.reading.as_deref().unwrap_or(&self.dictionary.surfaces[entry.surface as usize]);
        let Class { tag, semantic, kind, first, last, .. } = class;
        let expression = entry.expression.as_deref().unwrap_or("*");
        write!(out, "{tag},{semantic},{},{reading},{kind},{first},{last},{expression}", entry.final_consonant)
    }
}

/// `T` or `F` for a last Hangul syllable with or without a final consonant, `*` for anything else.
pub fn final_consonant_of(word: &str) -> char {
    match word.chars().next_back() {
        Some(last @ '가'..='힣') if (last as u32 - '가' as u32).is_multiple_of(28) => 'F',
        Some('가'..='힣') => 'T',
        _ => '*',
    }
}
