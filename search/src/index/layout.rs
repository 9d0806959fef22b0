//! Which bytes of the files lie in which block.
//!
//! A block is what a reader wants at the same time, and that is not always one stretch of one file: a word's sections are
//! listed once for each field, a file apart. So a block takes a piece of each of several **strands**, which are stretches of
//! files; the strands that are cut together are a **group**. Most files are a group of a single strand.
//!
//! ```text
//! titles    ──────┬────────┬─────          words a to f lie in one block, g to k in the next,
//! headings  ───┬──┴───┬────┴─────          with their lists of every field
//! tags      ─┬─┴──┬───┴──────────
//! text      ─┴────┴──────────────
//! ```

use std::ops::Range;

/// Stretches of files that are cut together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Number of a file, and where in it the strand begins.
    pub strands: Vec<(usize, usize)>,
    /// Of each block, how many bytes it takes of each strand.
    pub blocks: Vec<Vec<usize>>,
}

/// A piece of a file in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the file.
    pub range: Range<usize>,
    pub block: u32,
    /// Where in the block.
    pub at: usize,
}

impl Group {
    /// A stretch of one file, cut at the given places, as far as they lie in it, or else every so many bytes.
    pub fn linear(file: usize, range: Range<usize>, cuts: Option<&[usize]>, every: usize) -> Self {
        let within = |&cut: &usize| range.start < cut && cut < range.end;
        let mut ends: Vec<usize> = match cuts {
            Some(cuts) => cuts.iter().copied().filter(within).collect(),
            None => (range.start + every..range.end).step_by(every.max(1)).collect(),
        };
        ends.push(range.end);
        let mut start = range.start;
        let blocks = ends.into_iter().map(|end| vec![end - std::mem::replace(&mut start, end)]).collect();
        Self { strands: vec![(file, range.start)], blocks }
    }

    /// Several strands. `items` are what is read at once, in order: of each strand so many bytes. Blocks hold at least
    /// `enough` bytes, except for one before an item that is as large itself.
    pub fn together(strands: Vec<(usize, usize)>, items: impl Iterator<Item = Vec<usize>>, enough: usize) -> Self {
        let mut blocks = Vec::new();
        let mut block = vec![0; strands.len()];
        let size = |lengths: &[usize]| lengths.iter().sum::<usize>();
        for item in items {
            if size(&block) > 0 && (size(&block) >= enough || size(&item) >= enough) {
                let full = std::mem::replace(&mut block, vec![0; strands.len()]);
                blocks.push(full);
            }
            block.iter_mut().zip(item).for_each(|(length, more)| *length += more);
        }
        if size(&block) > 0 {
            blocks.push(block);
        }
        Self { strands, blocks }
    }

    /// The pieces of the group's blocks with the number of their files; blocks are numbered from `first`.
    pub fn pieces(&self, first: u32) -> impl Iterator<Item = (usize, Piece)> + '_ {
        let mut starts: Vec<usize> = self.strands.iter().map(|(_, start)| *start).collect();
        (first..).zip(&self.blocks).flat_map(move |(block, lengths)| {
            let mut at = 0;
            let mut pieces = Vec::with_capacity(lengths.len());
            for ((&(file, _), start), &length) in self.strands.iter().zip(&mut starts).zip(lengths) {
                let end = start.saturating_add(length);
                if length > 0 {
                    pieces.push((file, Piece { range: *start..end, block, at }));
                }
                (*start, at) = (end, at.saturating_add(length));
            }
            pieces
        })
    }
}

/// What is left of a file of this length, without these ranges.
pub fn without(length: usize, mut taken: Vec<Range<usize>>) -> Vec<Range<usize>> {
    taken.sort_by_key(|range| range.start);
    let mut left = Vec::new();
    let mut at = 0;
    for range in taken {
        if at < range.start {
            left.push(at..range.start);
        }
        at = at.max(range.end);
    }
    if at < length {
        left.push(at..length);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_cut_where_it_is_read() {
        let group = Group::linear(3, 10..50, Some(&[5, 20, 35, 60]), 8);
        assert_eq!(group.blocks, [[10], [15], [15]]);
        assert_eq!(Group::linear(3, 0..20, None, 8).blocks, [[8], [8], [4]]);
    }

    #[test]
    fn what_is_read_together_lies_together() {
        let lists = [[1, 5], [0, 3], [2, 90], [1, 1]].map(|lengths| lengths.to_vec());
        let group = Group::together(vec![(0, 100), (0, 500)], lists.into_iter(), 8);
        assert_eq!(group.blocks, [[1, 8], [2, 90], [1, 1]]);
        let pieces: Vec<(usize, Piece)> = group.pieces(7).collect();
        let piece = |range, block, at| (0, Piece { range, block, at });
        assert_eq!(
            pieces[..4],
            [piece(100..101, 7, 0), piece(500..508, 7, 1), piece(101..103, 8, 0), piece(508..598, 8, 2)]
        );
    }

    #[test]
    fn what_is_left_is_what_nobody_took() {
        assert_eq!(without(100, vec![50..60, 0..10, 55..70]), [10..50, 70..100]);
        let all = without(10, vec![0..4, 4..10]);
        assert_eq!(all, [0..0; 0]);
    }
}
