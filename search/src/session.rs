//! The search as a page uses it: an index that comes in pieces, and answers as JSON.
//!
//! ```text
//! page                                              session
//! opening block ──────────────────────────────────► open
//! query ──────────────────────────────────────────► search ─► {"wanted":[17,204]}
//! blocks 17 and 204 ──────────────────────────────► insert
//! the same query ─────────────────────────────────► search ─► {"answer":{…}}
//! ```
//!
//! Nothing waits in here: whoever loads asks again when the blocks have come. The browser's engine is this and a few lines
//! around it.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::index::{Block, BundleError, BundleSource, block_name};
use crate::query::{Answer, Language, SearchOptions, Searcher};

/// An open index that comes in pieces.
pub struct Session {
    pieces: Arc<Pieces>,
    searcher: Searcher,
}

/// Blocks that wait to be read at most.
const MOST_WAITING: usize = 4096;

/// What a search comes to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<'a> {
    /// With `note`, what the answer says of itself.
    Answer {
        #[serde(flatten)]
        answer: &'a Answer,
        note: Option<String>,
    },
    /// Numbers of blocks, and the scripts that bring them.
    Wanted {
        numbers: Vec<u32>,
        scripts: Vec<String>,
    },
    Fault(Fault),
}

/// Why there is no answer, for a program.
#[derive(Debug, Serialize)]
struct Fault {
    code: &'static str,
    /// The script it is about.
    file: Option<String>,
    message: String,
}

impl Session {
    /// Opens an index.
    ///
    /// # Errors
    /// The fault as JSON, where the opening block is damaged or of another version.
    pub fn open(opening: Vec<u8>) -> Result<Self, String> {
        let pieces = Arc::new(Pieces { opening, blocks: Mutex::default() });
        match Searcher::open(Source(pieces.clone())) {
            Ok(searcher) => Ok(Self { pieces, searcher }),
            Err(error) => Err(to_json(&Outcome::Fault(fault(&error)))),
        }
    }

    /// Takes a block that has come.
    pub fn insert(&self, block: Block) {
        let mut blocks = self.pieces.blocks();
        if blocks.len() >= MOST_WAITING {
            // What was asked for and not read after all.
            blocks.clear();
        }
        blocks.insert(block.number, block);
    }

    /// Answers a query, or says what has to come first, as JSON: `{"answer":{"hits","corrections","missing","nearest",
    /// "note"}}`, `{"wanted":{"numbers","scripts"}}` or `{"fault":{"code","file","message"}}`.
    pub fn search(&self, query: &str, limit: usize, language: Language) -> String {
        let answer = self.searcher.search(query, &SearchOptions { limit });
        to_json(&match &answer {
            Ok(answer) => Outcome::Answer { answer, note: answer.note(language) },
            Err(BundleError::NotLoaded) => {
                let numbers = self.searcher.wanted();
                let scripts = numbers.iter().map(|&number| block_name(number)).collect();
                Outcome::Wanted { numbers, scripts }
            }
            Err(error) => Outcome::Fault(fault(error)),
        })
    }
}

fn fault(error: &BundleError) -> Fault {
    let (code, file) = match error {
        BundleError::NoBundle => ("no-index", None),
        BundleError::Missing(file) => ("missing", Some(file.clone())),
        BundleError::Damaged(file) => ("damaged", Some(file.clone())),
        BundleError::Mixed(file) => ("mixed", Some(file.clone())),
        BundleError::Version { .. } => ("version", None),
        BundleError::Io { name, .. } => ("missing", Some(name.clone())),
        BundleError::NotLoaded | BundleError::Engine(_) => ("engine", None),
    };
    Fault { code, file, message: error.to_string() }
}

fn to_json(outcome: &Outcome<'_>) -> String {
    // Strings and numbers always have a JSON.
    serde_json::to_string(outcome).unwrap_or_default()
}

/// Blocks that have come and were not read yet. Whoever reads one keeps it.
struct Pieces {
    opening: Vec<u8>,
    blocks: Mutex<HashMap<u32, Block>>,
}

impl Pieces {
    fn blocks(&self) -> std::sync::MutexGuard<'_, HashMap<u32, Block>> {
        // Whoever panicked with the lock held left whole blocks behind.
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Source(Arc<Pieces>);

impl BundleSource for Source {
    fn opening(&self) -> io::Result<Vec<u8>> {
        Ok(self.0.opening.clone())
    }

    fn block(&self, number: u32) -> io::Result<Block> {
        self.0.blocks().remove(&number).ok_or_else(|| io::ErrorKind::WouldBlock.into())
    }

    fn is_partial(&self) -> bool {
        true
    }
}
