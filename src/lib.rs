//! seoga: a folder of Markdown notes → a cross-linked site that can be read and searched offline.
//!
//! The rooms, in the order the data goes through them, are drawn in `ARCHITECTURE.md`. This library prints nothing and
//! ends no process; `cli` does.

pub mod address;
pub mod build;
pub mod cache;
mod caught;
pub mod cli;
mod colour;
pub mod config;
pub mod diagnostics;
pub mod drawing;
pub mod external;
pub mod guard;
pub mod language;
pub mod library;
pub mod markdown;
pub mod maths;
pub mod media;
pub mod nearest;
pub mod offline;
pub mod pictures;
pub mod publish;
pub mod render;
pub mod serve;
pub mod source;
pub mod syntaxes;
