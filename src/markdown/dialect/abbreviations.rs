//! `*[HTML]: HyperText Markup Language`: what an abbreviation of the note stands for.
//!
//! The lines say it to the composer and are not shown.

use super::Pass;
use super::lines::lines;

/// More abbreviations than a note ever has; looking for each of them costs.
const MOST: usize = 500;

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        let Some((short, long)) = line.text.strip_prefix("*[").and_then(|rest| rest.split_once("]:")) else { continue };
        let (short, long) = (short.trim(), long.trim());
        if line.code || short.is_empty() || long.is_empty() || short.contains(['[', ']']) {
            continue;
        }
        if pass.abbreviations.len() < MOST {
            pass.abbreviations.push((short.to_owned(), long.to_owned()));
        }
        pass.edits.remove(line.start, line.next);
    }
}
