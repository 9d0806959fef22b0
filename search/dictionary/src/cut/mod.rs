//! ko-dic cut to what some notes use: small enough to be sent to a reader, and exact for the notes.
//!
//! ```text
//! ko-dic, and what the analysis of the notes used of it ─ choose ─► CutDictionary ─ to_bytes ─► bundle
//! bundle ─ from_bytes ─► CutDictionary ─ assemble ─► lindera's dictionary
//! ```
//!
//! **Exact by construction.** Whoever opens a bundle cuts every word of the notes as the build did, without any check:
//!
//! - Every entry on a cheapest path of the notes is here, at its own cost. So are its joins, the pairs of context ids that
//!   stood side by side on one.
//! - No other way is cheaper than it was. Other entries are missing, and a join that is not here costs at least what it did:
//!   rounded up, or the most that any missing join costs that ends in the same left id.
//! - Lindera proposes an unknown word only where no entry begins. Where an entry of ko-dic begins in the notes, one does here:
//!   each syllable that is a word in ko-dic is one here, if need be as a *beginning*, too dear to be taken.
//! - Of equal ways lindera takes the first, and the order of entries is kept.
//!
//! **Words that the notes lack** are not here, and lindera would take them for fragments of others: 페이로드 for 페이 and 로드.
//! A lone syllable among its pieces tells such a word. There are such words in the notes too, where ko-dic lacks a word itself;
//! their stems are here as keys (ten bits a stem), and in a query a lone syllable is believed where the notes have that stem.
//! Nouns of ko-dic that would be fragments even so (세도 for 세 and 도) are listed.
//!
//! **Words of a query in other forms.** All particles and the commonest endings are here, with their joins, and parts of
//! compounds by themselves; between the context ids that stand beside the most others every join is kept, rounded.
//!
//! **The bytes** are one stream of an adaptive binary arithmetic coder (`coder`): whatever compresses it again gains nothing.
//!
//! ```text
//! version, number of right ids, of left ids, of classes
//! tags          n × text
//! classes       n × (left id, right id, tag); the most frequent first
//! entries       by surface: whether it is the one before; else shared syllables, number and letters of the others;
//!               class in the light of length and final consonant; cost in the light of tag and length;
//!               makeup: borders of parts, stem of an inflected form, reading of Hanja
//! strangers     cost of a join that is not here, a left id
//! joins         by left, right id: gap, cost / 64, whether it is exact, and then the rest of the cost
//! beginnings    ascending characters
//! stems         their number n, ascending keys below 256 n
//! characters    categories, runs of code points, unknown words
//! nouns         context ids for words that stand beside the dictionary
//! lacking       nouns, as the surfaces of entries
//! hanja         ascending characters, and the syllable that each is read as
//! ```
//!
//! Of 1,000 notes of 3.5 KB it takes 80 KB: 11,100 entries 40 KB (surfaces 20, costs 15, classes and makeup 6), 6,000 nouns
//! that are lacking 13 KB, 7,500 joins 12 KB, Hanja 6 KB, stems 2 KB. Of 7,500 such notes 155 KB: 26,200 entries 91 KB, nouns
//! 24 KB, joins 17 KB, stems 10 KB.

mod assemble;
mod choose;
mod coder;
mod format;
mod model;

pub use choose::{Selection, choose};
pub use model::{CutDictionary, NounContexts};
