//! The column of expressions, how a compound or an inflected form is made up.
//!
//! Seven of eight expressions are the surface cut up (`데이터/NNG/*+베이스/NNG/*`): the lengths of the parts and one of 223
//! shapes (`NNG/*+NNG/*`) say all. The others are inflected forms, written out (`하/XSV/*+ᆫ다/EF/*`).

use std::collections::HashMap;
use std::fmt::Write;

use crate::columns::{Column, join_lines, lines, mismatch, numbers};
use crate::model::KoDic;
use crate::pack::PackError;

/// An expression whose parts are the surface, cut up: the shape and the lengths of all parts but the last.
fn cut_of(surface: &str, expression: &str) -> Option<(String, Vec<u8>)> {
    let mut rest = surface;
    let mut shape = String::new();
    let mut cuts = Vec::new();
    for part in expression.split('+') {
        let (word, grammar) = part.split_once('/')?;
        if grammar.matches('/').count() != 1 {
            return None;
        }
        rest = rest.strip_prefix(word)?;
        write!(shape, "{}{grammar}", if shape.is_empty() { "" } else { "+" }).ok()?;
        cuts.push(u8::try_from(word.chars().count()).ok()?);
    }
    cuts.pop();
    rest.is_empty().then_some((shape, cuts))
}

pub fn split_expressions(dictionary: &KoDic, columns: &mut [Vec<u8>]) -> Result<(), PackError> {
    let mut numbers: HashMap<String, u16> = HashMap::new();
    let mut shapes = Vec::new();
    let mut written_out = Vec::new();
    for entry in &dictionary.entries {
        let makeup = match entry.expression.as_deref() {
            None => 0,
            Some(expression) => match cut_of(&dictionary.surfaces[entry.surface as usize], expression) {
                None => {
                    written_out.push(expression);
                    1
                }
                Some((shape, cuts)) => {
                    columns[Column::Cuts as usize].extend(cuts);
                    *numbers.entry(shape).or_insert_with_key(|shape| {
                        shapes.push(shape.clone());
                        shapes.len() as u16 + 1
                    })
                }
            },
        };
        columns[Column::Makeup as usize].extend(makeup.to_le_bytes());
    }
    if shapes.len() > 60_000 {
        return Err(mismatch(Column::Shapes, "too many shapes"));
    }
    columns[Column::Shapes as usize] = join_lines(shapes);
    columns[Column::Expressions as usize] = join_lines(written_out);
    Ok(())
}

pub fn join_expressions(columns: &[Vec<u8>], dictionary: &mut KoDic) -> Result<(), PackError> {
    let shapes = lines(columns, Column::Shapes)?;
    let mut written_out = lines(columns, Column::Expressions)?.into_iter();
    let mut cuts = columns[Column::Cuts as usize].iter();
    let makeups: Vec<u16> = numbers(&columns[Column::Makeup as usize]).collect();
    if makeups.len() != dictionary.entries.len() {
        return Err(mismatch(Column::Makeup, "not one an entry"));
    }
    for (entry, makeup) in dictionary.entries.iter_mut().zip(makeups) {
        entry.expression = match makeup {
            0 => None,
            1 => Some(written_out.next().ok_or_else(|| mismatch(Column::Expressions, "too few"))?.into()),
            shape => {
                let shape =
                    shapes.get(usize::from(shape) - 2).ok_or_else(|| mismatch(Column::Makeup, "no such shape"))?;
                let surface = &dictionary.surfaces[entry.surface as usize];
                Some(cut_up(surface, shape, &mut cuts).ok_or_else(|| mismatch(Column::Cuts, "too few or too long"))?)
            }
        };
    }
    Ok(())
}

fn cut_up<'a>(surface: &str, shape: &str, cuts: &mut impl Iterator<Item = &'a u8>) -> Option<Box<str>> {
    let mut expression = String::with_capacity(surface.len() + shape.len() + 8);
    let mut rest = surface;
    let mut parts = shape.split('+').peekable();
    while let Some(grammar) = parts.next() {
        let length = match parts.peek() {
            None => rest.len(),
            Some(_) => rest.chars().take(usize::from(*cuts.next()?)).map(char::len_utf8).sum(),
        };
        let (word, remaining) = rest.split_at_checked(length)?;
        rest = remaining;
        if !expression.is_empty() {
            expression.push('+');
        }
        expression.push_str(word);
        expression.push('/');
        expression.push_str(grammar);
    }
    Some(expression.into())
}
