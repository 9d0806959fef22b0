//! MeCab's compiled dictionary → [`KoDic`].
//!
//! ```text
//! sys.dic, unk.dic   10 × u32: magic, version, type, entries, rights, lefts, bytes of darts, of tokens, of features, 0
//!                    32 bytes: character set
//!                    darts:    units of (i32 base, u32 check), a double array over the bytes of the surfaces
//!                    tokens:   u16 left, u16 right, u16 pos id, i16 cost, u32 feature offset, u32 compound (unused)
//!                    features: strings ended by NUL
//! char.bin           u32 n, n × 32 bytes of names, 0xFFFF × u32: 18 bits set, 8 bits default, 4 length, 1 group, 1 invoke
//! matrix.bin         u16 rights, u16 lefts, i16 cost at right + rights * left
//! ```
//!
//! All numbers are little endian. A darts value is `first token << 8 | number of tokens`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use thiserror::Error;

use crate::model::{Category, CharacterRun, Characters, Class, Entry, KoDic, Matrix, Ranking, Unknown};

/// Why MeCab's files could not be read.
#[derive(Debug, Error)]
pub enum MecabError {
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    #[error("{file}: {what}")]
    Format { file: &'static str, what: String },
}

type Result<T> = std::result::Result<T, MecabError>;

/// Reads `sys.dic`, `unk.dic`, `char.bin` and `matrix.bin` from a folder, and lindera's `context_id_freq.txt`.
pub fn read(folder: &Path, frequencies: &Path) -> Result<KoDic> {
    let system = Lexicon::parse("sys.dic", load(&folder.join("sys.dic"))?)?;
    let unknown = Lexicon::parse("unk.dic", load(&folder.join("unk.dic"))?)?;
    let matrix = matrix(&load(&folder.join("matrix.bin"))?)?;
    let ranking = ranking(&load(frequencies)?, matrix.lefts, matrix.rights)?;
    let mut dictionary = KoDic {
        matrix,
        ranking,
        characters: characters(&load(&folder.join("char.bin"))?)?,
        unknown: unknown.tokens()?.into_iter().map(Token::into_unknown).collect(),
        ..KoDic::default()
    };
    add_entries(&mut dictionary, system.tokens()?)?;
    Ok(dictionary)
}

fn load(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| MecabError::Io { path: path.to_owned(), error })
}

fn format(file: &'static str, what: impl Into<String>) -> MecabError {
    MecabError::Format { file, what: what.into() }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A lexicon file, cut into its parts.
struct Lexicon {
    file: &'static str,
    bytes: Vec<u8>,
    darts: std::ops::Range<usize>,
    token_bytes: std::ops::Range<usize>,
    features: std::ops::Range<usize>,
}

/// One token with its surface.
struct Token {
    surface: String,
    left: u16,
    right: u16,
    pos_id: u16,
    cost: i16,
    features: String,
}

impl Token {
    fn into_unknown(self) -> Unknown {
        let Token { surface: category, left, right, pos_id, cost, features } = self;
        Unknown { category, left, right, pos_id, cost, features }
    }
}

impl Lexicon {
    fn parse(file: &'static str, bytes: Vec<u8>) -> Result<Self> {
        let header = |index: usize| {
            u32_at(&bytes, index * 4)
                .map(|value| value as usize)
                .ok_or_else(|| format(file, "too short for its header"))
        };
        let start = 72;
        let darts = start..start + header(6)?;
        let token_bytes = darts.end..darts.end + header(7)?;
        let features = token_bytes.end..token_bytes.end + header(8)?;
        if features.end != bytes.len() || bytes.get(40..46) != Some(b"UTF-8\0") {
            return Err(format(file, "not a UTF-8 dictionary of MeCab's format"));
        }
        Ok(Self { file, darts, token_bytes, features, bytes })
    }

    /// Every token, by surface in ascending byte order.
    fn tokens(&self) -> Result<Vec<Token>> {
        let mut tokens = Vec::new();
        for (surface, value) in self.surfaces()? {
            let surface = String::from_utf8(surface).map_err(|_| format(self.file, "a surface is not UTF-8"))?;
            for index in (value >> 8)..(value >> 8) + (value & 0xFF) {
                tokens
                    .push(self.token(&surface, index as usize).ok_or_else(|| format(self.file, "a token is cut off"))?);
            }
        }
        Ok(tokens)
    }

    fn token(&self, surface: &str, index: usize) -> Option<Token> {
        let token = self.bytes.get(self.token_bytes.clone())?.get(index * 16..index * 16 + 16)?;
        let features = self.bytes.get(self.features.clone())?.get(u32_at(token, 8)? as usize..)?;
        let end = features.iter().position(|&byte| byte == 0)?;
        Some(Token {
            surface: surface.to_owned(),
            left: u16_at(token, 0)?,
            right: u16_at(token, 2)?,
            pos_id: u16_at(token, 4)?,
            cost: u16_at(token, 6)? as i16,
            features: String::from_utf8(features[..end].to_vec()).ok()?,
        })
    }

    /// Walks the double array depth first, children in byte order.
    fn surfaces(&self) -> Result<Vec<(Vec<u8>, u32)>> {
        let darts = self.bytes.get(self.darts.clone()).unwrap_or_default();
        let unit = |index: usize| Some((u32_at(darts, index * 8)? as i32, u32_at(darts, index * 8 + 4)?));
        let mut found = Vec::new();
        let Some((root, _)) = unit(0) else { return Err(format(self.file, "an empty double array")) };
        // (base of the node, its surface so far, the next child to look at: 0 is the value, byte + 1 a child)
        let mut path = vec![(root, 0usize)];
        let mut surface = Vec::new();
        while let Some((base, next)) = path.last_mut() {
            if *next > 256 {
                path.pop();
                surface.pop();
                continue;
            }
            let (parent, label) = (*base, *next);
            *next += 1;
            match unit(parent as usize + label) {
                Some((child, check)) if check == parent as u32 => match label {
                    0 if child < 0 => found.push((surface.clone(), (-child - 1) as u32)),
                    0 => {}
                    _ => {
                        surface.push((label - 1) as u8);
                        path.push((child, 0));
                    }
                },
                _ => {}
            }
        }
        Ok(found)
    }
}

fn add_entries(dictionary: &mut KoDic, tokens: Vec<Token>) -> Result<()> {
    let mut parsed = Vec::with_capacity(tokens.len());
    let mut uses: HashMap<Class, u32> = HashMap::new();
    for token in tokens {
        let columns: [&str; 8] = token
            .features
            .split(',')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| format("sys.dic", format!("`{}` has not eight features", token.surface)))?;
        let [tag, semantic, final_consonant, reading, kind, first, last, expression] = columns;
        let class = Class {
            left: token.left,
            right: token.right,
            pos_id: token.pos_id,
            tag: tag.to_owned(),
            semantic: semantic.to_owned(),
            kind: kind.to_owned(),
            first: first.to_owned(),
            last: last.to_owned(),
        };
        let entry = Entry {
            surface: 0,
            class: 0,
            cost: token.cost,
            final_consonant: final_consonant.chars().next().unwrap_or('*'),
            reading: (reading != token.surface).then(|| reading.into()),
            expression: (expression != "*").then(|| expression.into()),
        };
        *uses.entry(class.clone()).or_default() += 1;
        parsed.push((token.surface, class, entry));
    }
    let mut ranked: Vec<(Class, u32)> = uses.into_iter().collect();
    ranked.sort_by(|(a, a_uses), (b, b_uses)| b_uses.cmp(a_uses).then_with(|| a.cmp(b)));
    let numbers: HashMap<&Class, u16> = ranked.iter().map(|(class, _)| class).zip(0u16..).collect();
    if numbers.len() != ranked.len() {
        return Err(format("sys.dic", "more than 65,536 kinds of entries"));
    }
    for (surface, class, mut entry) in parsed {
        if dictionary.surfaces.last() != Some(&surface) {
            dictionary.surfaces.push(surface);
        }
        entry.surface = dictionary.surfaces.len() as u32 - 1;
        entry.class = numbers[&class];
        dictionary.entries.push(entry);
    }
    dictionary.classes = ranked.into_iter().map(|(class, _)| class).collect();
    Ok(())
}

fn matrix(bytes: &[u8]) -> Result<Matrix> {
    let error = || format("matrix.bin", "its size is not what its header says");
    let rights = usize::from(u16_at(bytes, 0).ok_or_else(error)?);
    let lefts = usize::from(u16_at(bytes, 2).ok_or_else(error)?);
    let costs: Vec<i16> = bytes[4..].as_chunks().0.iter().map(|&pair| i16::from_le_bytes(pair)).collect();
    if costs.len() != rights * lefts {
        return Err(error());
    }
    Ok(Matrix { rights, lefts, costs })
}

fn characters(bytes: &[u8]) -> Result<Characters> {
    let error = || format("char.bin", "cut off");
    let count = u32_at(bytes, 0).ok_or_else(error)? as usize;
    let names = bytes.get(4..4 + 32 * count).ok_or_else(error)?;
    let codes = bytes.get(4 + 32 * count..).filter(|codes| codes.len() == 0xFFFF * 4).ok_or_else(error)?;
    let mut categories: Vec<Category> = names
        .as_chunks::<32>()
        .0
        .iter()
        .map(|name| {
            let name = name.split(|&byte| byte == 0).next().unwrap_or_default();
            Category { name: String::from_utf8_lossy(name).into_owned(), ..Category::default() }
        })
        .collect();
    let mut runs: Vec<CharacterRun> = Vec::new();
    let mut previous = None;
    for (first, code) in (0u32..).zip(codes.as_chunks().0) {
        let code = u32::from_le_bytes(*code);
        if previous == Some(code) {
            continue;
        }
        previous = Some(code);
        let default = (code >> 18 & 0xFF) as usize;
        let Some(category) = categories.get_mut(default) else { return Err(format("char.bin", "unknown category")) };
        (category.length, category.group, category.invoke) = (code >> 26 & 0xF, code >> 30 & 1 == 1, code >> 31 == 1);
        let others = (0..count).filter(|&number| number != default && code >> number & 1 == 1);
        runs.push(CharacterRun { first, categories: std::iter::once(default).chain(others).collect() });
    }
    Ok(Characters { categories, runs })
}

/// Lindera's histogram: a line of sizes, a line of counts by left id, a line of counts by right id.
fn ranking(bytes: &[u8], lefts: usize, rights: usize) -> Result<Ranking> {
    let text = std::str::from_utf8(bytes).map_err(|_| format("context_id_freq.txt", "not UTF-8"))?;
    let mut lines = text.lines().skip(1);
    let mut rank = |size: usize| {
        let mut counts: Vec<u64> =
            lines.next().unwrap_or_default().split_whitespace().map(|count| count.parse().unwrap_or(0)).collect();
        counts.resize(size, 0);
        let mut ids: Vec<usize> = (1..size).collect();
        ids.sort_by_key(|&id| (std::cmp::Reverse(counts[id]), id));
        let mut numbers = vec![0u16; size];
        for (&id, number) in ids.iter().zip(1u16..) {
            numbers[id] = number;
        }
        numbers
    };
    Ok(Ranking { lefts: rank(lefts), rights: rank(rights) })
}
