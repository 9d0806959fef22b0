//! The columns of a pack: [`KoDic`] ↔ one byte string for each kind of fact.
//!
//! ```text
//! Classes      text, a line a class: left right pos-id tag semantic kind first last, between tabs
//! Shared       u8 a surface: how many characters it shares with the surface before it (front coding)
//! Rest         UTF-16LE, a line a surface: the characters that it does not share
//! Counts       u8 a surface: its entries
//! ClassOf      u16 an entry: its class
//! Costs        i16 an entry
//! Finals       u8 an entry: 0 when the reading's last syllable tells the final consonant, else `T`, `F` or `*`
//! Readings     text, a line an entry: empty when the reading is the surface
//! Makeup       u16 an entry: 0 no expression, 1 written out in Expressions, n + 2 the surface cut into shape n
//! Shapes       text, a line a shape: tag and semantic class of each part (`NNG/*+NNG/*`)
//! Cuts         u8 for each part but the last of every surface so cut: its length in characters
//! Expressions  text, a line an expression that is written out
//! Matrix       u16 rights, u16 lefts, then for each right id its costs by left id, less the right id's before it
//! Characters   text: `category name invoke group length` and `run first category …`, a line each
//! Unknown      text, a line an entry: category left right pos-id cost features, between tabs
//! Ranking      u16 lefts, u16 rights, then both lists of new ids
//! ```

use std::iter;

use crate::expressions::{join_expressions, split_expressions};
use crate::model::{
    Category, CharacterRun, Characters, Class, Entry, KoDic, Matrix, Ranking, Unknown, final_consonant_of,
};
use crate::pack::PackError;

/// The columns, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Column {
    Classes,
    Shared,
    Rest,
    Counts,
    ClassOf,
    Costs,
    Finals,
    Readings,
    Makeup,
    Shapes,
    Cuts,
    Expressions,
    Matrix,
    Characters,
    Unknown,
    Ranking,
}

impl Column {
    pub const ALL: [Self; 16] = [
        Self::Classes,
        Self::Shared,
        Self::Rest,
        Self::Counts,
        Self::ClassOf,
        Self::Costs,
        Self::Finals,
        Self::Readings,
        Self::Makeup,
        Self::Shapes,
        Self::Cuts,
        Self::Expressions,
        Self::Matrix,
        Self::Characters,
        Self::Unknown,
        Self::Ranking,
    ];

    /// LZMA's literal context bits and (literal and match) position bits: text, two-byte numbers, single bytes.
    pub fn lzma_bits(self) -> (u32, u32) {
        match self {
            Self::Classes | Self::Readings | Self::Shapes | Self::Expressions | Self::Characters | Self::Unknown => {
                (3, 0)
            }
            Self::Rest | Self::ClassOf | Self::Costs | Self::Makeup | Self::Matrix | Self::Ranking => (0, 1),
            Self::Shared | Self::Counts | Self::Finals | Self::Cuts => (0, 0),
        }
    }
}

pub(crate) fn mismatch(column: Column, what: &'static str) -> PackError {
    PackError::Mismatch { column, what }
}

/// Dictionary → columns.
pub fn split(dictionary: &KoDic) -> Result<Vec<Vec<u8>>, PackError> {
    let mut columns = vec![Vec::new(); Column::ALL.len()];
    split_surfaces(dictionary, &mut columns)?;
    split_entries(dictionary, &mut columns)?;
    split_expressions(dictionary, &mut columns)?;
    split_matrix(&dictionary.matrix, &mut columns[Column::Matrix as usize]);
    let mut text = |column: Column, lines: Vec<String>| columns[column as usize] = join_lines(lines);
    text(
        Column::Classes,
        dictionary
            .classes
            .iter()
            .map(|class| {
                let Class { left, right, pos_id, tag, semantic, kind, first, last } = class;
                format!("{left}\t{right}\t{pos_id}\t{tag}\t{semantic}\t{kind}\t{first}\t{last}")
            })
            .collect(),
    );
    text(Column::Characters, character_lines(&dictionary.characters));
    text(
        Column::Unknown,
        dictionary
            .unknown
            .iter()
            .map(|Unknown { category, left, right, pos_id, cost, features }| {
                format!("{category}\t{left}\t{right}\t{pos_id}\t{cost}\t{features}")
            })
            .collect(),
    );
    let Ranking { lefts, rights } = &dictionary.ranking;
    columns[Column::Ranking as usize] = [lefts.len() as u16, rights.len() as u16]
        .iter()
        .chain(lefts)
        .chain(rights)
        .flat_map(|n| n.to_le_bytes())
        .collect();
    Ok(columns)
}

/// Columns → dictionary.
pub fn join(columns: &[Vec<u8>]) -> Result<KoDic, PackError> {
    let surfaces = join_surfaces(columns)?;
    let mut dictionary = KoDic {
        classes: join_classes(columns)?,
        entries: join_entries(columns, &surfaces)?,
        surfaces,
        matrix: join_matrix(columns)?,
        characters: parse_characters(lines(columns, Column::Characters)?)
            .ok_or_else(|| mismatch(Column::Characters, "a line is not understood"))?,
        unknown: lines(columns, Column::Unknown)?
            .iter()
            .map(|line| unknown_of(line))
            .collect::<Option<_>>()
            .ok_or_else(|| mismatch(Column::Unknown, "a line is not understood"))?,
        ranking: join_ranking(columns)?,
    };
    if dictionary.entries.iter().any(|entry| usize::from(entry.class) >= dictionary.classes.len()) {
        return Err(mismatch(Column::ClassOf, "an entry of no class"));
    }
    join_expressions(columns, &mut dictionary)?;
    Ok(dictionary)
}

fn split_surfaces(dictionary: &KoDic, columns: &mut [Vec<u8>]) -> Result<(), PackError> {
    let mut before = "";
    let mut counts = vec![0u8; dictionary.surfaces.len()];
    for entry in &dictionary.entries {
        let count = &mut counts[entry.surface as usize];
        *count = count.checked_add(1).ok_or_else(|| mismatch(Column::Counts, "over 255 entries of one surface"))?;
    }
    for surface in &dictionary.surfaces {
        let shared = before.chars().zip(surface.chars()).take_while(|(a, b)| a == b).count().min(255);
        columns[Column::Shared as usize].push(shared as u8);
        let rest: String = surface.chars().skip(shared).chain(iter::once('\n')).collect();
        columns[Column::Rest as usize].extend(rest.encode_utf16().flat_map(u16::to_le_bytes));
        before = surface;
    }
    columns[Column::Counts as usize] = counts;
    Ok(())
}

fn join_surfaces(columns: &[Vec<u8>]) -> Result<Vec<String>, PackError> {
    let shared = &columns[Column::Shared as usize];
    let units: Vec<u16> = numbers(&columns[Column::Rest as usize]).collect();
    let mut surfaces: Vec<String> = Vec::with_capacity(shared.len());
    let mut rest = units.as_slice();
    for &shared in shared {
        let end = rest.iter().position(|&unit| unit == u16::from(b'\n'));
        let end = end.ok_or_else(|| mismatch(Column::Rest, "fewer surfaces than prefixes"))?;
        let before = surfaces.last().map_or("", String::as_str);
        let kept: usize = before.chars().take(usize::from(shared)).map(char::len_utf8).sum();
        let mut surface = String::with_capacity(kept + 3 * end);
        surface.push_str(&before[..kept]);
        for unit in char::decode_utf16(rest[..end].iter().copied()) {
            surface.push(unit.map_err(|_| mismatch(Column::Rest, "not UTF-16"))?);
        }
        surfaces.push(surface);
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        return Err(mismatch(Column::Rest, "more surfaces than prefixes"));
    }
    Ok(surfaces)
}

fn split_entries(dictionary: &KoDic, columns: &mut [Vec<u8>]) -> Result<(), PackError> {
    let mut readings = Vec::with_capacity(dictionary.entries.len());
    for entry in &dictionary.entries {
        columns[Column::ClassOf as usize].extend(entry.class.to_le_bytes());
        columns[Column::Costs as usize].extend(entry.cost.to_le_bytes());
        let reading = entry.reading.as_deref();
        let derived = final_consonant_of(reading.unwrap_or(&dictionary.surfaces[entry.surface as usize]));
        let exception = if entry.final_consonant == derived { 0 } else { entry.final_consonant as u8 };
        columns[Column::Finals as usize].push(exception);
        if reading == Some("") {
            return Err(mismatch(Column::Readings, "an empty reading"));
        }
        readings.push(reading.unwrap_or_default());
    }
    columns[Column::Readings as usize] = join_lines(readings);
    Ok(())
}

fn join_entries(columns: &[Vec<u8>], surfaces: &[String]) -> Result<Vec<Entry>, PackError> {
    let counts = &columns[Column::Counts as usize];
    if counts.len() != surfaces.len() {
        return Err(mismatch(Column::Counts, "not one count a surface"));
    }
    let surface_of = (0u32..).zip(counts).flat_map(|(surface, &count)| iter::repeat_n(surface, usize::from(count)));
    let classes: Vec<u16> = numbers(&columns[Column::ClassOf as usize]).collect();
    let costs: Vec<u16> = numbers(&columns[Column::Costs as usize]).collect();
    let finals = &columns[Column::Finals as usize];
    let readings = lines(columns, Column::Readings)?;
    let entries: Vec<Entry> = surface_of
        .zip(classes.iter().zip(&costs))
        .zip(finals.iter().zip(&readings))
        .map(|((surface, (&class, &cost)), (&exception, &reading))| {
            let reading = (!reading.is_empty()).then_some(reading);
            let final_consonant = match exception {
                0 => final_consonant_of(reading.unwrap_or(&surfaces[surface as usize])),
                exception => char::from(exception),
            };
            Entry {
                surface,
                class,
                cost: cost as i16,
                final_consonant,
                reading: reading.map(Into::into),
                expression: None,
            }
        })
        .collect();
    let lengths = [classes.len(), costs.len(), finals.len(), readings.len()];
    if lengths != [entries.len(); 4] || counts.iter().map(|&count| usize::from(count)).sum::<usize>() != entries.len() {
        return Err(mismatch(Column::ClassOf, "columns of different lengths"));
    }
    Ok(entries)
}

fn split_matrix(matrix: &Matrix, column: &mut Vec<u8>) {
    column.extend((matrix.rights as u16).to_le_bytes());
    column.extend((matrix.lefts as u16).to_le_bytes());
    for right in 0..matrix.rights {
        for left in 0..matrix.lefts {
            let at = right + matrix.rights * left;
            let before = if right == 0 { 0 } else { matrix.costs[at - 1] };
            column.extend(matrix.costs[at].wrapping_sub(before).to_le_bytes());
        }
    }
}

fn join_matrix(columns: &[Vec<u8>]) -> Result<Matrix, PackError> {
    let mut values = numbers(&columns[Column::Matrix as usize]);
    let size = |value: Option<u16>| value.map(usize::from).ok_or_else(|| mismatch(Column::Matrix, "no size"));
    let (rights, lefts) = (size(values.next())?, size(values.next())?);
    let mut costs = vec![0i16; rights * lefts];
    if values.len() != costs.len() {
        return Err(mismatch(Column::Matrix, "not as large as it says"));
    }
    let mut row = vec![0i16; lefts];
    for right in 0..rights {
        for (left, (cost, difference)) in row.iter_mut().zip(&mut values).enumerate() {
            *cost = cost.wrapping_add(difference as i16);
            costs[right + rights * left] = *cost;
        }
    }
    Ok(Matrix { rights, lefts, costs })
}

fn join_classes(columns: &[Vec<u8>]) -> Result<Vec<Class>, PackError> {
    let class = |line: &&str| {
        let columns: [&str; 8] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let [left, right, pos_id, tag, semantic, kind, first, last] = columns;
        Some(Class {
            left: left.parse().ok()?,
            right: right.parse().ok()?,
            pos_id: pos_id.parse().ok()?,
            tag: tag.into(),
            semantic: semantic.into(),
            kind: kind.into(),
            first: first.into(),
            last: last.into(),
        })
    };
    lines(columns, Column::Classes)?
        .iter()
        .map(class)
        .collect::<Option<_>>()
        .ok_or_else(|| mismatch(Column::Classes, "a line is not understood"))
}

fn join_ranking(columns: &[Vec<u8>]) -> Result<Ranking, PackError> {
    let mut values = numbers(&columns[Column::Ranking as usize]);
    let (lefts, rights) = (values.next().unwrap_or(0), values.next().unwrap_or(0));
    if values.len() != usize::from(lefts) + usize::from(rights) {
        return Err(mismatch(Column::Ranking, "not as long as it says"));
    }
    let lefts = values.by_ref().take(usize::from(lefts)).collect();
    Ok(Ranking { lefts, rights: values.collect() })
}

fn character_lines(characters: &Characters) -> Vec<String> {
    let categories = characters.categories.iter().map(|Category { name, invoke, group, length }| {
        format!("category {name} {} {} {length}", u8::from(*invoke), u8::from(*group))
    });
    let runs = characters.runs.iter().map(|CharacterRun { first, categories }| {
        categories.iter().fold(format!("run {first}"), |line, category| format!("{line} {category}"))
    });
    categories.chain(runs).collect()
}

fn parse_characters(lines: Vec<&str>) -> Option<Characters> {
    let mut characters = Characters::default();
    for line in lines {
        let mut words = line.split(' ');
        match words.next()? {
            "category" => {
                let name = words.next()?.to_owned();
                let mut number = || words.next()?.parse::<u32>().ok();
                let (invoke, group, length) = (number()? == 1, number()? == 1, number()?);
                characters.categories.push(Category { name, invoke, group, length });
            }
            "run" => {
                let first = words.next()?.parse().ok()?;
                let categories = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
                characters.runs.push(CharacterRun { first, categories });
            }
            _ => return None,
        }
    }
    Some(characters)
}

fn unknown_of(line: &str) -> Option<Unknown> {
    let mut columns = line.split('\t');
    Some(Unknown {
        category: columns.next()?.to_owned(),
        left: columns.next()?.parse().ok()?,
        right: columns.next()?.parse().ok()?,
        pos_id: columns.next()?.parse().ok()?,
        cost: columns.next()?.parse().ok()?,
        features: columns.next()?.to_owned(),
    })
}

pub(crate) fn numbers(column: &[u8]) -> impl ExactSizeIterator<Item = u16> {
    column.as_chunks().0.iter().map(|&pair| u16::from_le_bytes(pair))
}

pub(crate) fn join_lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut text = Vec::new();
    for line in lines {
        text.extend_from_slice(line.as_ref().as_bytes());
        text.push(b'\n');
    }
    text
}

pub(crate) fn lines(columns: &[Vec<u8>], column: Column) -> Result<Vec<&str>, PackError> {
    let text = std::str::from_utf8(&columns[column as usize]).map_err(|_| mismatch(column, "not UTF-8"))?;
    Ok(text.lines().collect())
}
