//! The bundle: the files of a published index.
//!
//! ```text
//! manifest.json        what belongs to the bundle, with checksums (below); read first
//! meta.json            tantivy's description of the index
//! sections.term        term dictionaries, one a field (SSTables, read block by block)
//! sections.idx         postings: which sections hold a term, how often
//! sections.pos         positions of terms in sections
//! sections.fieldnorm   lengths of fields, for BM25
//! sections.fast        the columns of page numbers and of what breaks ties
//! sections.store       what a hit shows: title, heading, tags, addresses, line, text; lz4
//! words.sorted         all words of the index, with how many sections have them
//! words.endings        the same by their endings, for slips
//! vocabulary.csv       words that ko-dic lacks and the notes use, words that mean the same
//! ```
//!
//! ```text
//! { "format": 2, "analysis": 2, "pages": 10000, "sections": 52000,
//!   "files": [ { "name": "sections.term", "bytes": 123456, "blocks": "a1b2c3d4…" } ],
//!   "checksum": "0f1e2d3c" }
//! ```
//!
//! A file is cut into **blocks** of 32 KiB, the last one shorter; `blocks` is their CRC-32s, eight hexadecimal digits
//! each. A reader checks every block that it uses and no other, so opening a large index stays cheap and no damaged byte
//! reaches tantivy. `checksum` is the CRC-32 of the manifest with an empty `checksum`. `format` counts changes of this
//! layout, `analysis` changes of what words become: a reader refuses a bundle of other numbers, because it would find
//! little and say nothing.
//!
//! tantivy names its files by a random number and repeats it in `meta.json`. The number is replaced by a fixed one there,
//! and the files are called `sections`: the same notes give the same bytes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Version of the layout of the bundle.
pub const FORMAT_VERSION: u32 = 2;
/// Version of the analysis whose terms are in the bundle.
pub const ANALYSIS_VERSION: u32 = 2;
/// The file to read first.
pub const MANIFEST: &str = "manifest.json";
/// All words, sorted.
pub const WORDS: &str = "words.sorted";
/// Words by their endings.
pub const ENDINGS: &str = "words.endings";
/// Words that ko-dic lacks, words that mean the same.
pub const VOCABULARY: &str = "vocabulary.csv";
/// Bytes of a block.
pub const BLOCK_BYTES: usize = 32 * 1024;

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// A plain file name, without folders.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A published index in memory, to be written as files of one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// In ascending order of their names.
    pub files: Vec<BundleFile>,
    pub counts: Counts,
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
    #[error("there is no search index here: `{MANIFEST}` is missing")]
    NoBundle,
    #[error("`{0}` of the search index is missing")]
    Missing(String),
    #[error("`{0}` of the search index is damaged")]
    Damaged(String),
    #[error(
        "the search index is of format {found}.{found_analysis}; this program reads {FORMAT_VERSION}.{ANALYSIS_VERSION}"
    )]
    Version { found: u32, found_analysis: u32 },
    #[error("`{name}` of the search index cannot be read: {error}")]
    Io { name: String, error: std::io::Error },
    /// The bytes are not here yet: load them and ask again. Only a source that loads in pieces says so.
    #[error("`{0}` of the search index is not loaded yet")]
    NotLoaded(String),
    #[error("the search index cannot be searched: {0}")]
    Engine(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub analysis: u32,
    pub pages: u64,
    pub sections: u64,
    pub files: Vec<ManifestFile>,
    pub checksum: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManifestFile {
    pub name: String,
    pub bytes: u64,
    pub blocks: String,
}

/// The versions alone: readable in every manifest that ever was.
#[derive(Deserialize)]
struct Versions {
    format: u32,
    #[serde(default)]
    analysis: u32,
}

impl Manifest {
    /// Describes files.
    pub fn of(files: &[BundleFile], counts: Counts) -> Self {
        let files = files
            .iter()
            .map(|file| ManifestFile {
                name: file.name.clone(),
                bytes: file.bytes.len() as u64,
                blocks: file.bytes.chunks(BLOCK_BYTES).map(|block| format!("{:08x}", crc32fast::hash(block))).collect(),
            })
            .collect();
        let Counts { pages, sections } = counts;
        let checksum = String::new();
        Self { format: FORMAT_VERSION, analysis: ANALYSIS_VERSION, pages, sections, files, checksum }
    }

    /// The manifest's bytes, with its checksum.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let checksum = self.own_checksum()?;
        serde_json::to_vec(&Self { checksum, ..self.clone() })
    }

    /// Reads a manifest and refuses one that is damaged or of another version.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let damaged = |_| BundleError::Damaged(MANIFEST.to_owned());
        let Versions { format, analysis } = serde_json::from_slice(bytes).map_err(damaged)?;
        if (format, analysis) != (FORMAT_VERSION, ANALYSIS_VERSION) {
            return Err(BundleError::Version { found: format, found_analysis: analysis });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        let whole = manifest.files.iter().all(|file| {
            file.blocks.is_ascii() && file.blocks.len() as u64 == 8 * file.bytes.div_ceil(BLOCK_BYTES as u64)
        });
        if !whole || manifest.own_checksum().map_err(damaged)? != manifest.checksum {
            return Err(BundleError::Damaged(MANIFEST.to_owned()));
        }
        Ok(manifest)
    }

    fn own_checksum(&self) -> Result<String, serde_json::Error> {
        let bytes = serde_json::to_vec(&Self { checksum: String::new(), ..self.clone() })?;
        Ok(format!("{:08x}", crc32fast::hash(&bytes)))
    }
}

impl ManifestFile {
    /// The CRC-32 of a block; `None` beyond the end.
    pub fn block(&self, number: usize) -> Option<u32> {
        u32::from_str_radix(self.blocks.get(8 * number..8 * number + 8)?, 16).ok()
    }
}
