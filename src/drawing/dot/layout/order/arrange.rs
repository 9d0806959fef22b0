//! Sorting all rows, again and again, so that few edges cross.

use super::super::{Plan, simplex};
use super::{Piece, Rows, Vertex};

/// How often all rows are sorted, and after how many times that were in vain it is enough.
const SWEEPS: usize = 24;
const VAIN_SWEEPS: usize = 8;
/// How often all rows are gone through for neighbours to change places.
const MOST_EXCHANGES: usize = 40;
/// Of vertices and flat edges looked at while they do: what is not better by then stays as it is.
const BUDGET: usize = 8_000_000;
/// Where an edge meets its node is finer than the node's place, by this.
const FINE: i64 = 256;

impl Rows {
    /// Sorts all rows.
    pub fn arrange(&mut self, plan: &Plan) {
        let parts = self.parts(plan);
        let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
        // From the top, from the bottom, and once more from the better of the two.
        for start in [Some(true), Some(false), None] {
            match (start, &best) {
                (None, Some((0, _))) => break,
                (None, Some((_, rows))) => {
                    self.rows.clone_from(rows);
                    self.number_all();
                }
                (start, _) => {
                    self.begin(&parts, start == Some(true));
                    self.settle(plan);
                }
            }
            let mut vain = 0;
            let mut least = u64::MAX;
            for sweep in 0..=SWEEPS {
                if sweep > 0 {
                    self.sweep(plan, sweep % 2 == 1);
                }
                self.exchange(plan, sweep % 4 < 2);
                self.settle(plan);
                let crossings = self.crossings();
                if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
                    best = Some((crossings, self.rows.clone()));
                }
                vain = if crossings < least { 0 } else { vain + 1 };
                least = least.min(crossings);
                if least == 0 || vain == VAIN_SWEEPS {
                    break;
                }
            }
        }
        if let Some((_, rows)) = best {
            self.rows = rows;
        }
        self.number_all();
        self.turn_clusters(plan);
    }

    /// What hangs together, each vertex with the number of its part, in the order of their first nodes.
    fn parts(&self, plan: &Plan) -> Vec<usize> {
        let mut parents: Vec<usize> = (0..self.vertices.len()).collect();
        let mut join = |one: usize, other: usize| {
            let (one, other) = (simplex::root(&mut parents, one), simplex::root(&mut parents, other));
            parents[one.max(other)] = one.min(other);
        };
        for piece in &self.pieces {
            join(piece.upper, piece.lower);
        }
        for &(left, right) in &self.pairs {
            join(left, right);
        }
        let mut first_of = vec![None; plan.clusters.len()];
        for (number, vertex) in self.vertices.iter().enumerate() {
            if let Some(cluster) = plan.around(vertex.cluster).last() {
                join(number, *first_of[cluster].get_or_insert(number));
            }
        }
        (0..self.vertices.len()).map(|vertex| simplex::root(&mut parents, vertex)).collect()
    }

    /// The first order: part by part, as walks from their tops, or from their bottoms, meet the vertices.
    fn begin(&mut self, parts: &[usize], from_top: bool) {
        for row in &mut self.rows {
            row.clear();
        }
        let count = self.vertices.len();
        let mut by_part: Vec<usize> = (0..count).collect();
        by_part.sort_by_key(|&vertex| parts[vertex]);
        let mut is_seen = vec![false; count];
        let starts = |rows: &Self, vertex: usize| {
            if from_top { rows.above[vertex].is_empty() } else { rows.below[vertex].is_empty() }
        };
        let mut queue = std::collections::VecDeque::new();
        let mut from = 0;
        while from < count {
            let to = (from..count).find(|&at| parts[by_part[at]] != parts[by_part[from]]).unwrap_or(count);
            // What no walk reaches comes last.
            let first = by_part[from..to].iter().filter(|&&vertex| starts(self, vertex));
            let all: Vec<usize> = first.chain(&by_part[from..to]).copied().collect();
            for start in all {
                if !is_seen[start] {
                    is_seen[start] = true;
                    queue.push_back(start);
                }
                while let Some(vertex) = queue.pop_front() {
                    self.rows[self.vertices[vertex].rank].push(vertex);
                    let pieces = if from_top { &self.below[vertex] } else { &self.above[vertex] };
                    for &piece in pieces {
                        let Piece { upper, lower, .. } = self.pieces[piece];
                        let next = if from_top { lower } else { upper };
                        if !is_seen[next] {
                            is_seen[next] = true;
                            queue.push_back(next);
                        }
                    }
                }
            }
            from = to;
        }
        self.number_all();
    }

    pub(super) fn number_all(&mut self) {
        for row in 0..self.rows.len() {
            self.number(row);
        }
    }

    pub(super) fn number(&mut self, row: usize) {
        for (place, &vertex) in self.rows[row].iter().enumerate() {
            self.place[vertex] = place as i64;
        }
    }

    /// Where the neighbours of a vertex in the row above or below stand, sorted.
    fn neighbours(&self, vertex: usize, is_above: bool) -> Vec<i64> {
        let pieces = if is_above { &self.above[vertex] } else { &self.below[vertex] };
        let place = |&piece: &usize| {
            let Piece { upper, lower, upper_at, lower_at, .. } = self.pieces[piece];
            let (other, at) = if is_above { (upper, upper_at) } else { (lower, lower_at) };
            self.place[other] * FINE + self.fine(other, at)
        };
        let mut places: Vec<i64> = pieces.iter().map(place).collect();
        places.sort_unstable();
        places
    }

    fn fine(&self, vertex: usize, at: f64) -> i64 {
        let Vertex { left, right, .. } = self.vertices[vertex];
        let share = (at + left) / (left + right).max(1.0);
        (share * FINE as f64) as i64 % FINE
    }

    /// The weighted median of section 3.2 of the paper.
    fn median(places: &[i64]) -> Option<f64> {
        let middle = places.len() / 2;
        let at = |index: usize| places.get(index).map_or(0.0, |&place| place as f64);
        match places.len() {
            0 => None,
            length if length % 2 == 1 => Some(at(middle)),
            2 => Some((at(0) + at(1)) / 2.0),
            length => {
                let left = at(middle - 1) - at(0);
                let right = at(length - 1) - at(middle);
                if left + right == 0.0 {
                    return Some((at(middle - 1) + at(middle)) / 2.0);
                }
                Some((at(middle - 1) * right + at(middle) * left) / (left + right))
            }
        }
    }

    /// Sorts each row by the one above it, or by the one below it.
    fn sweep(&mut self, plan: &Plan, is_down: bool) {
        let count = self.rows.len();
        for step in 1..count {
            let row = if is_down { step } else { count - 1 - step };
            let keys: Vec<Option<f64>> =
                self.rows[row].iter().map(|&vertex| Self::median(&self.neighbours(vertex, is_down))).collect();
            let mut items: Vec<(usize, Option<f64>)> = self.rows[row].iter().copied().zip(keys).collect();
            self.sort(plan, &mut items, None);
            self.rows[row] = items.into_iter().map(|(vertex, _)| vertex).collect();
            self.number(row);
        }
    }

    /// Lets neighbours change places where fewer edges cross then; or as many, if it is asked for.
    pub(super) fn exchange(&mut self, plan: &Plan, if_equal: bool) {
        for _ in 0..MOST_EXCHANGES {
            let mut is_better = false;
            for row in 0..self.rows.len() {
                if self.spent > BUDGET {
                    return;
                }
                is_better |= self.exchange_in(plan, row, if_equal);
            }
            if !is_better {
                return;
            }
        }
    }

    fn exchange_in(&mut self, plan: &Plan, row: usize, if_equal: bool) -> bool {
        let mut is_better = false;
        let mut at = 1;
        while at < self.rows[row].len() {
            let (left, right) = (self.rows[row][at - 1], self.rows[row][at]);
            let (one, other) = (self.vertices[left].cluster, self.vertices[right].cluster);
            let outer = plan.common(one, other);
            let (one, other) = (plan.below(outer, one), plan.below(outer, other));
            // Clusters change places in all rows or in none.
            if one.is_some() && other.is_some() {
                at += 1;
                continue;
            }
            let is_of = |vertex: usize, cluster: Option<usize>| {
                cluster.is_some() && plan.below(outer, self.vertices[vertex].cluster) == cluster
            };
            let start =
                (0..at - 1).rev().take_while(|&place| is_of(self.rows[row][place], one)).last().unwrap_or(at - 1);
            let end = (at + 1..self.rows[row].len())
                .take_while(|&place| is_of(self.rows[row][place], other))
                .last()
                .map_or(at + 1, |last| last + 1);
            let (lefts, rights) = (&self.rows[row][start..at], &self.rows[row][at..end]);
            let is_held = self.has_pairs[row]
                && lefts.iter().any(|&left| self.rights[left].iter().any(|right| rights.contains(right)));
            self.spent += end - start + self.flats[row].len();
            if !is_held {
                let (now, then) = self.crossings_between(lefts, rights);
                let was = self.passed(row);
                self.rows[row][start..end].rotate_left(at - start);
                self.number(row);
                let (now, then) = (now + was, then + self.passed(row));
                if then < now || if_equal && then == now && now > 0 {
                    is_better |= then < now;
                } else {
                    self.rows[row][start..end].rotate_right(at - start);
                    self.number(row);
                }
            }
            at = end.max(at + 1);
        }
        is_better
    }

    /// How much the flat edges of a row have to arch over.
    fn passed(&self, row: usize) -> u64 {
        let between = |(left, right): &(usize, usize)| self.place[*left].abs_diff(self.place[*right]).saturating_sub(1);
        self.flats[row].iter().map(between).sum()
    }

    /// How many edges of two parts of a row cross, and how many would if they changed places.
    fn crossings_between(&self, lefts: &[usize], rights: &[usize]) -> (u64, u64) {
        let (mut now, mut then) = (0, 0);
        for is_above in [true, false] {
            let places = |vertices: &[usize]| {
                let mut places: Vec<i64> =
                    vertices.iter().flat_map(|&vertex| self.neighbours(vertex, is_above)).collect();
                places.sort_unstable();
                places
            };
            let (lefts, rights) = (places(lefts), places(rights));
            now += inversions(&lefts, &rights);
            then += inversions(&rights, &lefts);
        }
        (now, then)
    }

    /// How many edges cross, or arch over something.
    pub fn crossings(&self) -> u64 {
        let mut ends: Vec<Vec<(i64, i64)>> = vec![Vec::new(); self.rows.len()];
        for piece in &self.pieces {
            let upper = self.place[piece.upper] * FINE + self.fine(piece.upper, piece.upper_at);
            let lower = self.place[piece.lower] * FINE + self.fine(piece.lower, piece.lower_at);
            ends[self.vertices[piece.upper].rank].push((upper, lower));
        }
        let passed: u64 = (0..self.rows.len()).map(|row| self.passed(row)).sum();
        passed + ends.iter_mut().map(|ends| crossings_of(ends)).sum::<u64>()
    }
}

/// How many pairs there are of one of the left and a smaller one of the right; both are sorted.
fn inversions(left: &[i64], right: &[i64]) -> u64 {
    let mut smaller = 0;
    let mut sum = 0;
    for place in left {
        while right.get(smaller).is_some_and(|other| other < place) {
            smaller += 1;
        }
        sum += smaller as u64;
    }
    sum
}

/// How many lines between two rows cross, by sorting them.
fn crossings_of(ends: &mut [(i64, i64)]) -> u64 {
    ends.sort_unstable();
    let mut lowers: Vec<i64> = ends.iter().map(|(_, lower)| *lower).collect();
    let mut buffer = lowers.clone();
    sort_counting(&mut lowers, &mut buffer)
}

/// Sorts by merging, and counts how many pairs stood the wrong way round.
fn sort_counting(values: &mut [i64], buffer: &mut [i64]) -> u64 {
    if values.len() < 2 {
        return 0;
    }
    let middle = values.len() / 2;
    let mut count = {
        let (left, right) = values.split_at_mut(middle);
        let (left_buffer, right_buffer) = buffer.split_at_mut(middle);
        sort_counting(left, left_buffer) + sort_counting(right, right_buffer)
    };
    let (mut left, mut right) = (0, middle);
    for slot in buffer.iter_mut() {
        let takes_right = right < values.len() && (left == middle || values[right] < values[left]);
        if takes_right {
            count += (middle - left) as u64;
            *slot = values[right];
            right += 1;
        } else {
            *slot = values[left];
            left += 1;
        }
    }
    values.copy_from_slice(buffer);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        assert_eq!(crossings_of(&mut [(0, 2), (1, 1), (2, 0)]), 3);
        assert_eq!(crossings_of(&mut [(0, 0), (0, 1), (1, 1)]), 0);
    }
}
