//! An image → lindera's dictionary, in about a millisecond.
//!
//! Lindera's `Data` can borrow `'static` bytes, so trie, values, words and matrix stay where they are; only the tables
//! (characters, unknown words, the map of context ids) are parsed. The matrix is read in place only when it begins at an
//! even address, which the image's alignment to 16 gives once the image itself is aligned; otherwise lindera copies it.

use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::{
    CategoryData, CategoryId, CharacterDefinition, LookupTable,
};
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::context_id_map::ContextIdMap;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::schema::Schema;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::space_penalty::{SpacePenaltyConfig, SpacePenaltyRule};
use lindera_dictionary::util::Data;
use lindera_dictionary::viterbi::{LexType, WordEntry, WordId};
use thiserror::Error;

use crate::image_layout::{Part, part};

/// The detail columns of an embedded entry, in the order in which lindera hands them out.
pub const COLUMNS: [&str; 4] = ["part_of_speech_tag", "type", "expression", "reading"];

/// Why an image could not be used.
#[derive(Debug, Error)]
pub enum RuntimeError {
    #[error("not an image of this version, or cut off")]
    NotAnImage,
    #[error("the image's tables have a line that is not understood: `{0}`")]
    Tables(String),
    #[error("lindera refuses the image: {0}")]
    Lindera(String),
}

/// A dictionary over an image that lives as long as the program.
pub fn from_static(image: &'static [u8]) -> Result<Dictionary, RuntimeError> {
    assemble(|wanted| part(image, wanted).map(Data::Static))
}

/// A dictionary over a copy of an image.
pub fn from_bytes(image: &[u8]) -> Result<Dictionary, RuntimeError> {
    assemble(|wanted| part(image, wanted).map(|bytes| Data::Vec(bytes.to_vec())))
}

fn assemble(get: impl Fn(Part) -> Option<Data>) -> Result<Dictionary, RuntimeError> {
    let get = |wanted| get(wanted).ok_or(RuntimeError::NotAnImage);
    let refused = |error: lindera_dictionary::error::LinderaError| RuntimeError::Lindera(error.to_string());
    let prefix_dictionary = PrefixDictionary::load(
        get(Part::Trie)?,
        get(Part::ValueIndex)?,
        get(Part::Values)?,
        get(Part::WordIndex)?,
        get(Part::Words)?,
    )
    .map_err(refused)?;
    let connection_cost_matrix = ConnectionCostMatrix::load(get(Part::Matrix)?).map_err(refused)?;
    let tables = get(Part::Tables)?;
    let tables = Tables::parse(std::str::from_utf8(&tables).map_err(|_| RuntimeError::NotAnImage)?)?;
    Ok(Dictionary {
        prefix_dictionary: prefix_dictionary.into(),
        connection_cost_matrix: connection_cost_matrix.into(),
        unknown_dictionary: tables.unknown_dictionary().into(),
        metadata: metadata(tables.map).into(),
        character_definition: CharacterDefinition::new(tables.categories, tables.names, lookup(tables.runs)).into(),
    })
}

/// Hanja and how each is read in most words of an image, ascending.
pub fn hanja(image: &[u8]) -> Vec<(char, char)> {
    let tables = part(image, Part::Tables).and_then(|tables| std::str::from_utf8(tables).ok()).unwrap_or_default();
    let line = tables.lines().find_map(|line| line.strip_prefix("hanja\t")).unwrap_or_default();
    let mut characters = line.chars();
    std::iter::from_fn(|| characters.next().zip(characters.next())).collect()
}

/// The image's text part, parsed.
struct Tables {
    names: Vec<String>,
    categories: Vec<CategoryData>,
    runs: Vec<(u32, Vec<CategoryId>)>,
    /// Category, costs and ids, tag.
    unknown: Vec<(String, WordEntry, String)>,
    map: ContextIdMap,
}

impl Tables {
    fn parse(text: &str) -> Result<Self, RuntimeError> {
        let mut tables = Self {
            names: Vec::new(),
            categories: Vec::new(),
            runs: Vec::new(),
            unknown: Vec::new(),
            map: ContextIdMap { left: Vec::new(), right: Vec::new() },
        };
        for line in text.lines() {
            tables.add(line).ok_or_else(|| RuntimeError::Tables(line.chars().take(80).collect()))?;
        }
        Ok(tables)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        match columns.next()? {
            "category" => {
                self.names.push(columns.next()?.to_owned());
                let mut number = || columns.next()?.parse::<u32>().ok();
                let (invoke, group, length) = (number()? == 1, number()? == 1, number()?);
                self.categories.push(CategoryData { invoke, group, length });
            }
            "run" => {
                let first = columns.next()?.parse().ok()?;
                let known = |&id: &usize| id < self.names.len();
                let ids = columns.next()?.split(' ').map(|id| id.parse().ok().filter(known).map(CategoryId));
                self.runs.push((first, ids.collect::<Option<_>>()?));
            }
            "unknown" => {
                let category = columns.next()?.to_owned();
                let cost = columns.next()?.parse().ok()?;
                let mut id = || columns.next()?.parse().ok();
                let (left, right) = (id()?, id()?);
                let word = WordId::new(LexType::Unknown, self.unknown.len() as u32);
                self.unknown.push((category, WordEntry::new(word, cost, left, right), columns.next()?.to_owned()));
            }
            // Read by itself: only cutting asks for it.
            "hanja" => {}
            name @ ("left" | "right") => {
                let ids = columns.next()?.split(' ').map(|id| id.parse().ok()).collect::<Option<_>>()?;
                *(if name == "left" { &mut self.map.left } else { &mut self.map.right }) = ids;
            }
            _ => return None,
        }
        Some(())
    }

    fn unknown_dictionary(&self) -> UnknownDictionary {
        let mut words_idx_data = Vec::new();
        let mut words_data = Vec::new();
        for (_, _, tag) in &self.unknown {
            words_idx_data.push(words_data.len() as u32);
            let word = format!("{tag}\0*\0*\0");
            words_data.extend((word.len() as u32).to_le_bytes());
            words_data.extend_from_slice(word.as_bytes());
        }
        let entries_of = |name: &String| {
            (0u32..).zip(&self.unknown).filter(|(_, (category, ..))| category == name).map(|(id, _)| id).collect()
        };
        UnknownDictionary {
            category_references: self.names.iter().map(entries_of).collect(),
            costs: self.unknown.iter().map(|(_, entry, _)| *entry).collect(),
            words_idx_data,
            words_data,
        }
    }
}

fn lookup(runs: Vec<(u32, Vec<CategoryId>)>) -> LookupTable<CategoryId> {
    // `char.bin` ends at U+FFFE; what lies beyond is the first category, DEFAULT, as in MeCab.
    let boundaries = runs.iter().map(|(first, _)| *first).chain([0xFFFF]).collect();
    LookupTable::from_fn(boundaries, &|code, categories| {
        let run = if code >= 0xFFFF { None } else { runs.iter().rfind(|(first, _)| *first <= code) };
        match run {
            Some((_, run)) => categories.extend_from_slice(run),
            None => categories.push(CategoryId(0)),
        }
    })
}

pub(crate) fn metadata(map: ContextIdMap) -> Metadata {
    let fields = |names: &[&str]| Schema::new(names.iter().map(|&name| name.to_owned()).collect());
    let common = ["surface", "left_context_id", "right_context_id", "cost"];
    let schema = fields(&[&common[..], &COLUMNS[..]].concat());
    let user_schema = fields(&["surface", "part_of_speech_tag", "reading"]);
    let mut metadata = Metadata::new(
        "ko-dic".into(),
        "UTF-8".into(),
        -10_000,
        0,
        0,
        "*".into(),
        false,
        false,
        false,
        schema,
        user_schema,
    );
    metadata.connection_id_mapping = true;
    metadata.context_id_map = Some(map);
    // mecab-ko-dic's own rules (`dicrc`, left-space-penalty-factor): particles and endings do not begin a word.
    metadata.space_penalty = Some(SpacePenaltyConfig::new(vec![
        SpacePenaltyRule::new(["EC", "EF", "EP", "ETM", "ETN", "VCP", "XSA", "XSN", "XSV"], 3000),
        SpacePenaltyRule::new(["JC", "JKB", "JKC", "JKG", "JKO", "JKQ", "JKS", "JKV", "JX"], 6000),
    ]));
    metadata
}
