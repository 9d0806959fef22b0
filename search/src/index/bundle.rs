//! The bundle: a published index, as scripts of a folder.
//!
//! ```text
//! search-index/
//!   index.js          the opening block: seogaIndex("…")
//!   0/0.js … 0/ff.js  blocks 0 to 255:   seogaBlock(17,"0f1e2d3c","9a8b7c6d","…")
//!   1/0.js …          blocks 256 and on  number, the bundle's mark, CRC-32 of the bytes, the bytes
//! ```
//!
//! A page that was opened from a disk may read no file, but it may load a script, one by one, from anywhere beside it:
//! so every part of the bundle is a script that hands its bytes over, in the browser and in the terminal alike. The bytes are
//! raw DEFLATE (RFC 1951) in base64; a server's own compression takes the third back that base64 adds.
//!
//! What the blocks are pieces of are **files**:
//!
//! ```text
//! meta.json            tantivy's description of the index
//! sections.term        term dictionaries, one a field (SSTables)
//! sections.idx         postings: which sections hold a term, how often
//! sections.pos         positions of terms in sections
//! sections.fieldnorm   lengths of fields, for BM25
//! sections.fast        tantivy's columns: none
//! sections.store       what a hit shows: title, heading, tags, addresses, line, text
//! pages                which page a section belongs to, and what breaks ties
//! words.sorted         all words of the index, with their places in postings and positions
//! words.endings        the same by their endings, for slips
//! dictionary           the part of ko-dic that the notes use (see `seoga_dictionary::cut`)
//! vocabulary.csv       words that ko-dic lacks and the notes use, words that mean the same
//! ```
//!
//! A block holds what a reader reads at once, which may be pieces of several files (see [`layout`](super::layout)). What is
//! read to open the index lies in the opening block instead (see [`opening`](super::opening)): an index is opened with one
//! script, and a query loads what it needs in a few rounds.
//!
//! The **mark** is the CRC-32 of all files: a block of another build is known by it, so that what a cache kept is never
//! mixed with what is new. `format` counts changes of this layout, `analysis` changes of what words become: a reader refuses
//! a bundle of other numbers, because it would find little and say nothing.
//!
//! tantivy names its files by a random number and repeats it in `meta.json`. The number is replaced by a fixed one there,
//! and the files are called `sections`: the same notes give the same bytes.

use std::ops::Range;

use thiserror::Error;

use super::layout::Group;

/// Version of the layout of the bundle.
pub const FORMAT_VERSION: u32 = 3;
/// Version of the analysis whose terms are in the bundle.
pub const ANALYSIS_VERSION: u32 = 3;
/// The script to read first.
pub const OPENING: &str = "index.js";
/// Which page a section belongs to.
pub const PAGES: &str = "pages";
/// All words, sorted.
pub const WORDS: &str = "words.sorted";
/// Words by their endings.
pub const ENDINGS: &str = "words.endings";
/// The part of ko-dic that the notes use.
pub const DICTIONARY: &str = "dictionary";
/// Words that ko-dic lacks, words that mean the same.
pub const VOCABULARY: &str = "vocabulary.csv";
/// Blocks of a folder.
const BLOCKS_A_FOLDER: u32 = 256;

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// A plain file name, without folders.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A published index in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// In ascending order of their names.
    pub files: Vec<BundleFile>,
    pub counts: Counts,
    /// What opening reads: number of the file and bytes of it, in ascending order.
    pub(super) resident: Vec<(usize, Range<usize>)>,
    /// What lies in the blocks.
    pub(super) groups: Vec<Group>,
}

/// What a bundle holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub pages: u64,
    pub sections: u64,
}

/// Why a bundle cannot be opened or read.
#[derive(Debug, Error)]
pub enum BundleError {
    #[error("there is no search index here: `{OPENING}` is missing")]
    NoBundle,
    #[error("`{0}` of the search index is missing")]
    Missing(String),
    #[error("`{0}` of the search index is damaged")]
    Damaged(String),
    #[error("`{0}` of the search index belongs to another build of the site")]
    Mixed(String),
    #[error(
        "the search index is of format {found}.{found_analysis}; this program reads {FORMAT_VERSION}.{ANALYSIS_VERSION}"
    )]
    Version { found: u32, found_analysis: u32 },
    #[error("`{name}` of the search index cannot be read: {error}")]
    Io { name: String, error: std::io::Error },
    /// The bytes are not here yet: load [`Searcher::wanted`](crate::Searcher::wanted) and ask again. Only a source that loads in pieces says so.
    #[error("a part of the search index is not loaded yet")]
    NotLoaded,
    #[error("the search index cannot be searched: {0}")]
    Engine(String),
}

impl Bundle {
    /// The bundle's mark.
    pub fn mark(&self) -> u32 {
        let mut mark = crc32fast::Hasher::new();
        for file in &self.files {
            mark.update(file.name.as_bytes());
            mark.update(&file.bytes);
        }
        mark.finalize()
    }

    /// How many blocks there are.
    pub fn block_count(&self) -> usize {
        self.groups.iter().map(|group| group.blocks.len()).sum()
    }

    /// The bytes of every block, by its number.
    pub fn blocks(&self) -> Vec<Vec<u8>> {
        let mut blocks = vec![Vec::new(); self.block_count()];
        let mut first = 0;
        for group in &self.groups {
            for (file, piece) in group.pieces(first) {
                let bytes = self.files.get(file).and_then(|file| file.bytes.get(piece.range));
                if let Some(block) = blocks.get_mut(piece.block as usize) {
                    block.extend_from_slice(bytes.unwrap_or_default());
                }
            }
            first += group.blocks.len() as u32;
        }
        blocks
    }
}

/// The script of a block, within the bundle's folder.
pub fn block_name(number: u32) -> String {
    format!("{:x}/{:x}.js", number / BLOCKS_A_FOLDER, number % BLOCKS_A_FOLDER)
}
