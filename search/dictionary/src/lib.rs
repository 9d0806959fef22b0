//! ko-dic, packed.
