//! CommonMark's matching of delimiter runs, as its appendix on parsing strategy has it.
//!
//! In come the runs of one inline sequence, each with what it may do; out go pieces that cover every byte of them. A run
//! that closes takes the nearest run that opens, of its own mark; what opened in between is text. It is given up
//! below a height of the stack where its kind has found nothing before, so that the work is linear in the runs.

use std::ops::Range;

use super::flanking::Role;

/// Equal marks in a row.
#[derive(Debug)]
pub struct Run {
    pub mark: u8,
    pub range: Range<usize>,
    pub at_line_start: bool,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    Emphasis,
    Strong,
    Strikethrough,
    Highlight,
}

impl Element {
    fn of(mark: u8, length: usize) -> Self {
        match mark {
            b'~' => Self::Strikethrough,
            b'=' => Self::Highlight,
            _ if length == 2 => Self::Strong,
            _ => Self::Emphasis,
        }
    }
}

/// Bytes of a run, and what they are now.
#[derive(Debug)]
pub struct Piece {
    pub range: Range<usize>,
    pub place: Place,
}

#[derive(Debug)]
pub enum Place {
    Text,
    /// With the bytes of the whole element.
    Start(Element, Range<usize>),
    End(Element, Range<usize>),
}

/// The marks of a run that may still open something.
struct Opener {
    run: usize,
    mark: u8,
    /// Of the whole run.
    length: usize,
    role: Role,
    /// The marks that are left.
    left: Range<usize>,
}

/// Matches the runs of a sequence and adds what became of them to `pieces`, in no order.
pub fn match_runs(runs: &[Run], pieces: &mut Vec<Piece>) {
    let mut openers: Vec<Opener> = Vec::new();
    let mut nothing_below = [0usize; KINDS];
    // What is left of each run as text.
    let mut rest: Vec<Range<usize>> = runs.iter().map(|run| run.range.clone()).collect();

    for (index, run) in runs.iter().enumerate() {
        let mut left = run.range.clone();
        while run.role.close && !left.is_empty() {
            let floor = &mut nothing_below[kind(run)];
            let above = openers.get(*floor..).unwrap_or_default();
            let found = above.iter().rposition(|opener| fits(opener, run)).map(|found| *floor + found);
            let Some(mut opener) = found.and_then(|found| openers.drain(found..).next()) else {
                *floor = openers.len();
                break;
            };
            for floor in &mut nothing_below {
                *floor = (*floor).min(openers.len());
            }
            let mut pairs = opener.left.len().min(left.len());
            while pairs > 0 {
                let length = pairs.min(2);
                pairs -= length;
                let start = opener.left.end - length..opener.left.end;
                let end = left.start..left.start + length;
                (opener.left.end, left.start) = (start.start, end.end);
                let (element, whole) = (Element::of(run.mark, length), start.start..end.end);
                pieces.push(Piece { range: start, place: Place::Start(element, whole.clone()) });
                pieces.push(Piece { range: end, place: Place::End(element, whole) });
            }
            if let Some(rest) = rest.get_mut(opener.run) {
                *rest = opener.left.clone();
            }
            if !opener.left.is_empty() {
                openers.push(opener);
            }
        }
        if let Some(rest) = rest.get_mut(index) {
            *rest = left.clone();
        }
        if run.role.open && !left.is_empty() {
            openers.push(Opener { run: index, mark: run.mark, length: run.range.len(), role: run.role, left });
        }
    }
    pieces.extend(rest.into_iter().filter(|rest| !rest.is_empty()).map(|range| Piece { range, place: Place::Text }));
}

/// Whether an opener and a closing run belong together: the ninth and tenth rule of CommonMark, no two operators, and
/// the length that a strikethrough or a highlight has.
fn fits(opener: &Opener, run: &Run) -> bool {
    let length = run.range.len();
    opener.mark == run.mark
        && match run.mark {
            b'*' | b'_' => {
                let either_both = opener.role.both() || run.role.both();
                let alike = run.role.operator.is_some() && opener.role.operator == run.role.operator;
                !alike && (!either_both || !(opener.length + length).is_multiple_of(3) || length.is_multiple_of(3))
            }
            _ => opener.length == length,
        }
}

const KINDS: usize = 26;

/// Runs of one kind find the same openers. Tildes of both lengths are one kind as in pulldown-cmark, which matters only
/// where a single tilde is a delimiter.
fn kind(run: &Run) -> usize {
    let length = run.range.len() % 3 + if run.role.both() { 3 } else { 0 };
    match run.mark {
        b'*' => length + 6 * run.role.operator.map_or(0, |operator| operator as usize + 1),
        b'_' => 18 + length,
        b'~' => 24,
        _ => 25,
    }
}
