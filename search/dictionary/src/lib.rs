//! ko-dic, packed small enough for git, and what turns it back into a dictionary that lindera walks.
//!
//! ```text
//!  mecab-ko-dic, compiled by MeCab          ko-dic.pack (3.9 MB, in git)         an image (about 50 MB, in the program)
//!  sys.dic unk.dic char.bin matrix.bin  ──►  columns, each its own LZMA   ──►  trie, values, words, matrix, tables
//!            mecab::read                pack::write         pack::read               image::build         runtime::assemble
//!            └───────────── tool ─────────────┘            └────── build script of seoga-search ──────┘     └── program ──┘
//! ```
//!
//! What a site sends to its readers is cut out of the program's dictionary by [`cut`].
//!
//! Every arrow is a pure function of its input, so the same files give the same bytes. Features follow the arrows:
//! `unpack` is what a build script needs, `lindera` is what a program needs, `tool` (the default) is everything, for the
//! command that remakes and verifies the pack. `model` is what all of them speak about.

#[cfg(feature = "tool")]
pub mod builder_input;
#[cfg(feature = "unpack")]
mod columns;
#[cfg(feature = "lindera")]
pub mod cut;
#[cfg(feature = "unpack")]
mod expressions;
#[cfg(feature = "unpack")]
pub mod image;
pub mod image_layout;
#[cfg(feature = "tool")]
pub mod mecab;
pub mod model;
#[cfg(feature = "unpack")]
pub mod pack;
#[cfg(feature = "lindera")]
pub mod runtime;
#[cfg(feature = "lindera")]
pub mod surfaces;
