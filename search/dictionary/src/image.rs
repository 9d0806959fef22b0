//! [`KoDic`] → the image that a program embeds (see [`image_layout`](crate::image_layout) for its bytes).
//!
//! Kept of each entry: surface, costs and ids, tag, kind, expression, and the reading where it differs from the surface.
//! Left out: semantic class, final consonant, first and last tag (they repeat the expression's). The pack keeps them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use thiserror::Error;

use crate::image_layout::{MAGIC, PARTS};
use crate::model::{KoDic, Matrix, Ranking};

/// Why no image could be made.
#[derive(Debug, Error)]
pub enum ImageError {
    #[error("building the double array: {0}")]
    Trie(String),
    #[error("an id that is outside the matrix")]
    Id,
}

/// Lays a dictionary out. The same dictionary gives the same bytes.
pub fn build(dictionary: &KoDic) -> Result<Vec<u8>, ImageError> {
    let trie = crawdad::Trie::from_keys(&dictionary.surfaces).map_err(|error| ImageError::Trie(error.to_string()))?;
    let (value_index, values) = values(dictionary)?;
    let (word_index, words) = words(dictionary);
    let parts: [Vec<u8>; PARTS] = [
        trie.serialize_to_vec(),
        value_index,
        values,
        word_index,
        words,
        matrix(&dictionary.matrix, &dictionary.ranking)?,
        tables(dictionary)?.into_bytes(),
    ];
    let mut image = MAGIC.to_vec();
    let mut offset = MAGIC.len() + PARTS * 8;
    for part in &parts {
        offset = offset.next_multiple_of(16);
        image.extend((offset as u32).to_le_bytes());
        image.extend((part.len() as u32).to_le_bytes());
        offset += part.len();
    }
    for part in &parts {
        image.resize(image.len().next_multiple_of(16), 0);
        image.extend_from_slice(part);
    }
    Ok(image)
}

fn renumbered(map: &[u16], id: u16) -> Result<u16, ImageError> {
    map.get(usize::from(id)).copied().ok_or(ImageError::Id)
}

fn values(dictionary: &KoDic) -> Result<(Vec<u8>, Vec<u8>), ImageError> {
    let mut index = Vec::with_capacity(4 * dictionary.surfaces.len() + 4);
    let mut values = Vec::with_capacity(10 * dictionary.entries.len());
    let mut surface = None;
    for (number, entry) in (0u32..).zip(&dictionary.entries) {
        if surface != Some(entry.surface) {
            surface = Some(entry.surface);
            index.extend(number.to_le_bytes());
        }
        let class = &dictionary.classes[usize::from(entry.class)];
        values.extend(number.to_le_bytes());
        values.extend(entry.cost.to_le_bytes());
        values.extend(renumbered(&dictionary.ranking.lefts, class.left)?.to_le_bytes());
        values.extend(renumbered(&dictionary.ranking.rights, class.right)?.to_le_bytes());
    }
    index.extend((dictionary.entries.len() as u32).to_le_bytes());
    Ok((index, values))
}

fn words(dictionary: &KoDic) -> (Vec<u8>, Vec<u8>) {
    let mut places: HashMap<String, u32> = HashMap::new();
    let mut index = Vec::with_capacity(4 * dictionary.entries.len());
    let mut words = Vec::new();
    for entry in &dictionary.entries {
        let class = &dictionary.classes[usize::from(entry.class)];
        let expression = expression(&dictionary.surfaces[entry.surface as usize], entry.expression.as_deref());
        let reading = entry.reading.as_deref().unwrap_or_default();
        let word = format!("{}\0{}\0{expression}\0{reading}", class.tag, class.kind);
        let place = *places.entry(word).or_insert_with_key(|word| {
            let place = words.len() as u32;
            words.extend((word.len() as u32).to_le_bytes());
            words.extend_from_slice(word.as_bytes());
            place
        });
        index.extend(place.to_le_bytes());
    }
    (index, words)
}

/// An expression with the lengths of its words instead of the words, where they are the surface cut up.
fn expression(surface: &str, expression: Option<&str>) -> String {
    let Some(expression) = expression else { return "*".to_owned() };
    let mut rest = surface;
    let mut cut = String::new();
    for part in expression.split('+') {
        let (word, grammar) = part.split_once('/').unwrap_or((part, ""));
        let Some(remaining) = rest.strip_prefix(word) else { return expression.to_owned() };
        rest = remaining;
        let _ = write!(cut, "{}{}/{grammar}", if cut.is_empty() { "" } else { "+" }, word.len());
    }
    if rest.is_empty() { cut } else { expression.to_owned() }
}

fn matrix(matrix: &Matrix, ranking: &Ranking) -> Result<Vec<u8>, ImageError> {
    if ranking.rights.len() != matrix.rights || ranking.lefts.len() != matrix.lefts {
        return Err(ImageError::Id);
    }
    let mut costs = vec![0i16; 3 + matrix.costs.len()];
    costs[..3].copy_from_slice(&[-1, matrix.rights as i16, matrix.lefts as i16]);
    for (row, &left) in matrix.costs.chunks_exact(matrix.rights).zip(&ranking.lefts) {
        let target = 3 + matrix.rights * usize::from(left);
        for (&cost, &right) in row.iter().zip(&ranking.rights) {
            costs[target + usize::from(right)] = cost;
        }
    }
    Ok(costs.into_iter().flat_map(i16::to_le_bytes).collect())
}

fn tables(dictionary: &KoDic) -> Result<String, ImageError> {
    let mut text = String::new();
    let mut line = |line: std::fmt::Arguments<'_>| {
        let _ = text.write_fmt(line);
        text.push('\n');
    };
    for category in &dictionary.characters.categories {
        let (invoke, group) = (u8::from(category.invoke), u8::from(category.group));
        line(format_args!("category\t{}\t{invoke}\t{group}\t{}", category.name, category.length));
    }
    for run in &dictionary.characters.runs {
        let categories: Vec<String> = run.categories.iter().map(usize::to_string).collect();
        line(format_args!("run\t{}\t{}", run.first, categories.join(" ")));
    }
    for unknown in &dictionary.unknown {
        let left = renumbered(&dictionary.ranking.lefts, unknown.left)?;
        let right = renumbered(&dictionary.ranking.rights, unknown.right)?;
        let tag = unknown.features.split(',').next().unwrap_or_default();
        line(format_args!("unknown\t{}\t{}\t{left}\t{right}\t{tag}", unknown.category, unknown.cost));
    }
    for (name, map) in [("left", &dictionary.ranking.lefts), ("right", &dictionary.ranking.rights)] {
        let ids: Vec<String> = map.iter().map(u16::to_string).collect();
        line(format_args!("{name}\t{}", ids.join(" ")));
    }
    line(format_args!("hanja\t{}", hanja(dictionary)));
    Ok(text)
}

/// Words in Hanja that a character has to stand in, for its reading to be kept.
const FEWEST_WORDS: usize = 8;

/// Hanja that stand in several words, each followed by how it is read in most of them.
fn hanja(dictionary: &KoDic) -> String {
    let mut readings: BTreeMap<char, BTreeMap<char, usize>> = BTreeMap::new();
    for entry in &dictionary.entries {
        let Some(reading) = entry.reading.as_deref() else { continue };
        let surface = &dictionary.surfaces[entry.surface as usize];
        if surface.chars().count() == reading.chars().count() {
            let pairs = surface.chars().zip(reading.chars());
            for (hanja, read) in pairs.filter(|(hanja, _)| ('\u{4E00}'..='\u{9FFF}').contains(hanja)) {
                *readings.entry(hanja).or_default().entry(read).or_default() += 1;
            }
        }
    }
    let mut text = String::new();
    for (hanja, readings) in readings {
        let most = readings.iter().max_by_key(|&(reading, count)| (count, std::cmp::Reverse(reading)));
        let Some((&reading, _)) = most else { continue };
        if readings.values().sum::<usize>() >= FEWEST_WORDS && ('가'..='힣').contains(&reading) {
            text.extend([hanja, reading]);
        }
    }
    text
}
