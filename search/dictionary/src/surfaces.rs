//! The surfaces of an image, read out of its trie.
//!
//! Crawdad looks words up and does not list them, so its double array is read here: a table of characters (`u32` length,
//! then a code for each code point), the size of the alphabet, and nodes of two words, *base* and *check*. The child of a
//! node by a code lies at base ⊕ code, and its check is the node; a leaf's base is its value, and its highest bit is set.

use crate::image_layout::{Part, part};

const OFFSET: u32 = 0x7FFF_FFFF;
const LEAF: u32 = 0x8000_0000;

/// The code that leads from the end of a surface to its leaf.
const END: u32 = 0;

/// Hands out every surface of an image that is made of such characters, in the order of the trie's nodes.
pub fn for_each_surface(image: &[u8], is_wanted: impl Fn(char) -> bool, mut found: impl FnMut(&str)) {
    let words = part(image, Part::Trie).unwrap_or_default().as_chunks().0;
    let word = |at: usize| words.get(at).map_or(u32::MAX, |&word| u32::from_le_bytes(word));
    let characters = if words.is_empty() { 0 } else { word(0) as usize };
    // The wanted ones.
    let mut characters_of: Vec<Option<char>> = Vec::new();
    for (code_point, code) in (0u32..).zip((1..=characters).map(word)) {
        let Some(character) = char::from_u32(code_point).filter(|_| code < OFFSET) else { continue };
        let place = code as usize;
        if characters_of.len() <= place {
            characters_of.resize(place + 1, None);
        }
        characters_of[place] = Some(character).filter(|_| is_wanted(character));
    }
    let first = characters + 3;
    let count = words.len().saturating_sub(first) / 2;
    let (base, check) = (|node: u32| word(first + 2 * node as usize), |node: u32| word(first + 2 * node as usize + 1));
    let mut surface: Vec<char> = Vec::new();
    let mut text = String::new();
    'leaves: for leaf in 0..count as u32 {
        if base(leaf) & LEAF == 0 {
            continue;
        }
        surface.clear();
        let mut node = leaf;
        // No surface is longer; a damaged trie may go in circles.
        while node != 0 && surface.len() < 256 {
            let parent = check(node) & OFFSET;
            let code = (base(parent) & OFFSET) ^ node;
            if code != END {
                match characters_of.get(code as usize) {
                    Some(&Some(character)) => surface.push(character),
                    _ => continue 'leaves,
                }
            }
            node = parent;
        }
        text.clear();
        text.extend(surface.iter().rev());
        found(&text);
    }
}
