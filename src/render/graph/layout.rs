//! Where each note of the whole graph stands.
//!
//! Notes that hang together are laid out together ([`coarsen`](super::coarsen)), and each such net is moved apart until
//! no circle lies on another. The largest net comes first, the others in rows below it like books on a shelf, and the
//! notes without any tie stand in rows at the foot, shelf by shelf, where they are found and in nobody's way.
//!
//! Everything is a function of the ties alone: no clock, no random number, no rounding that differs between machines.

use super::coarsen;
use super::forces::{Bodies, Spring};
use super::point::Point;

/// What is laid out: notes by index, and who is tied to whom.
#[derive(Clone, Debug, Default)]
pub struct Net {
    pub shelf: Vec<u8>,
    /// Each pair once, the smaller index first, sorted.
    pub ties: Vec<(u32, u32)>,
}

/// A place for each note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    pub at: Vec<Point>,
    pub radius: Vec<f32>,
    pub width: f32,
    pub height: f32,
    /// Above the notes without ties, if there are any beside others.
    pub loose_from: Option<f32>,
}

/// A tie between two shelves holds less than one within a shelf.
const ACROSS: f32 = 0.45;
/// The narrowest drawing: of three notes none should be as large as a plate.
const NARROWEST: f32 = 560.0;
/// The least height of a drawing, for its width.
const FLATTEST: f32 = 0.4;
/// Around everything.
const MARGIN: f32 = 24.0;
/// How much wider than high a drawing would like to be.
const ASPECT: f32 = 1.25;
/// Rounds of moving circles apart.
const ROUNDS: usize = 48;

/// Lays out a net.
#[allow(clippy::cast_precision_loss, reason = "counts of notes")]
pub fn lay_out(net: &Net) -> Layout {
    let count = net.shelf.len();
    let mut degrees = vec![0u32; count];
    for end in net.ties.iter().flat_map(|(a, b)| [a, b]) {
        if let Some(degree) = degrees.get_mut(*end as usize) {
            *degree += 1;
        }
    }
    let radius: Vec<f32> = degrees.iter().map(|degree| (2.4 + (*degree as f32).sqrt() * 1.15).min(17.0)).collect();
    // Few notes have room for all their titles, of thousands the shape must be seen.
    let room = 9.0 + 50.0 / (1.0 + count as f32 / 120.0);
    let mut layout = Layout { at: vec![Point::default(); count], radius, ..Layout::default() };

    let mut blocks = Vec::new();
    let mut loose = Vec::new();
    for members in components(count, &net.ties) {
        match members.as_slice() {
            [alone] => loose.push(*alone),
            _ => blocks.push(Block::of(net, members, &degrees, &layout.radius, room)),
        }
    }
    // The largest first; equal ones in the order of their first notes.
    blocks.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.members.first().cmp(&b.members.first())));
    let cell = 7.0 + 0.55 * room;
    let area: f32 = blocks.iter().map(|block| (block.size.x + room) * (block.size.y + room)).sum::<f32>()
        + loose.len() as f32 * cell * cell;
    let widest = blocks.iter().map(|block| block.size.x).fold(0.0, f32::max);
    let inner = widest.max((area * ASPECT).sqrt()).max(NARROWEST - 2.0 * MARGIN);

    let mut y = MARGIN;
    let mut waiting = blocks.as_slice();
    while !waiting.is_empty() {
        if waiting.len() < blocks.len() {
            y += 1.5 * room;
        }
        let mut taken = 0.0;
        let fits = |block: &&Block| {
            let needed = if taken > 0.0 { taken + 2.0 * room + block.size.x } else { block.size.x };
            let fits = taken == 0.0 || needed <= inner;
            if fits {
                taken = needed;
            }
            fits
        };
        let row_length = waiting.iter().take_while(fits).count().max(1);
        let (row, rest) = waiting.split_at(row_length.min(waiting.len()));
        waiting = rest;
        let height = row.iter().map(|block| block.size.y).fold(0.0, f32::max);
        let mut x = MARGIN + (inner - taken) / 2.0;
        for block in row {
            let corner = Point { x, y: y + (height - block.size.y) / 2.0 };
            for (member, at) in block.members.iter().zip(&block.at) {
                if let Some(slot) = layout.at.get_mut(*member as usize) {
                    *slot = *at + corner;
                }
            }
            x += block.size.x + 2.0 * room;
        }
        // Below the lowest stands a title.
        y += height + inner * 0.016;
    }
    if !loose.is_empty() {
        if !blocks.is_empty() {
            y += room;
            layout.loose_from = Some(y);
            // A line and a word stand here.
            y += 2.0 * cell + inner * 0.012;
        }
        loose.sort_by_key(|index| {
            let shelf = net.shelf.get(*index as usize).copied().unwrap_or(0);
            (shelf == 0, shelf, *index)
        });
        let columns = ((inner / cell) as usize).max(1);
        let (columns, left) = if blocks.is_empty() {
            let columns = columns.min(loose.len());
            (columns, MARGIN + (inner - columns as f32 * cell) / 2.0)
        } else {
            (columns, MARGIN)
        };
        for (place, index) in loose.iter().enumerate() {
            let (row, column) = (place / columns, place % columns);
            if let Some(slot) = layout.at.get_mut(*index as usize) {
                *slot = Point { x: left + (column as f32 + 0.5) * cell, y: y + (row as f32 + 0.5) * cell };
            }
        }
        y += loose.len().div_ceil(columns) as f32 * cell;
    }
    layout.width = inner + 2.0 * MARGIN;
    layout.height = y + MARGIN;
    let missing = layout.width * FLATTEST - layout.height;
    if missing > 0.0 {
        layout.at.iter_mut().for_each(|at| at.y += missing / 2.0);
        layout.loose_from = layout.loose_from.map(|y| y + missing / 2.0);
        layout.height += missing;
    }
    layout
}

/// Notes that hang together, laid out from a corner of their own.
struct Block {
    members: Vec<u32>,
    at: Vec<Point>,
    size: Point,
}

impl Block {
    #[allow(clippy::cast_precision_loss, reason = "counts of ties")]
    fn of(net: &Net, members: Vec<u32>, degrees: &[u32], radius: &[f32], room: f32) -> Self {
        let of = |values: &[f32], index: &u32| values.get(*index as usize).copied().unwrap_or(3.0);
        let shelf: Vec<u8> = members.iter().map(|index| net.shelf.get(*index as usize).copied().unwrap_or(0)).collect();
        let mass =
            members.iter().map(|index| degrees.get(*index as usize).copied().unwrap_or(0) as f32 + 1.0).collect();
        // Members are sorted, and so are the ties.
        let local = |index: u32| members.binary_search(&index).ok().and_then(|at| u32::try_from(at).ok());
        let springs: Vec<Spring> = members
            .iter()
            .flat_map(|member| {
                let from = net.ties.partition_point(|tie| tie.0 < *member);
                net.ties.iter().skip(from).take_while(move |tie| tie.0 == *member)
            })
            .filter_map(|(a, b)| {
                let (a, b) = (local(*a)?, local(*b)?);
                let same = shelf.get(a as usize) == shelf.get(b as usize);
                Some(Spring { a, b, weight: if same { 1.0 } else { ACROSS } })
            })
            .collect();
        let bodies = Bodies { at: vec![Point::default(); members.len()], mass, shelf };
        let mut at = coarsen::lay_out(bodies, &springs);
        let circles: Vec<f32> = members.iter().map(|index| of(radius, index)).collect();
        lie_down(&mut at);
        spread(&mut at, &circles, room);
        part(&mut at, &circles, 0.22 * room);
        // Titles stand below and to both sides, so a circle at the edge gets some room.
        let (low, high) = Point::bounds(at.iter().zip(&circles).flat_map(|(at, radius)| {
            let reach = Point { x: *radius, y: *radius };
            [*at - reach, *at + reach]
        }));
        at.iter_mut().for_each(|at| *at = *at - low);
        Self { members, at, size: high - low }
    }
}

/// Notes that hang together, each group sorted; groups in the order of their first notes.
fn components(count: usize, ties: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut leader: Vec<u32> = (0..u32::try_from(count).unwrap_or(0)).collect();
    fn find(leader: &mut [u32], mut index: u32) -> u32 {
        while let Some(above) = leader.get(index as usize).copied()
            && above != index
        {
            // The way is halved for whoever comes next.
            let next = leader.get(above as usize).copied().unwrap_or(above);
            if let Some(slot) = leader.get_mut(index as usize) {
                *slot = next;
            }
            index = next;
        }
        index
    }
    for (a, b) in ties {
        let (a, b) = (find(&mut leader, *a), find(&mut leader, *b));
        if let Some(slot) = leader.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }
    // The smallest leads, and is met first.
    let mut number = vec![usize::MAX; count];
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for index in 0..u32::try_from(count).unwrap_or(0) {
        let first = find(&mut leader, index) as usize;
        if first == index as usize {
            if let Some(number) = number.get_mut(first) {
                *number = groups.len();
            }
            groups.push(Vec::new());
        }
        if let Some(group) = number.get(first).and_then(|number| groups.get_mut(*number)) {
            group.push(index);
        }
    }
    groups
}

/// Turns a drawing so that its long side lies down.
fn lie_down(at: &mut [Point]) {
    #[allow(clippy::cast_precision_loss, reason = "a count of notes")]
    let middle = at.iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / at.len().max(1) as f32);
    let (mut xx, mut xy, mut yy) = (0.0f32, 0.0f32, 0.0f32);
    for at in at.iter() {
        let from = *at - middle;
        xx += from.x * from.x;
        xy += from.x * from.y;
        yy += from.y * from.y;
    }
    // The eigenvector of the larger eigenvalue of the covariance.
    let half = (xx - yy) / 2.0;
    let axis = Point { x: half + (half * half + xy * xy).sqrt(), y: xy };
    let axis = if axis.square() > 0.0 { axis } else { Point { x: 0.0, y: 1.0 } };
    let back = Point { x: axis.x / axis.length(), y: -axis.y / axis.length() };
    at.iter_mut().for_each(|at| *at = (*at - middle).turned(back));
}

/// Makes a drawing as large as its circles want it.
#[allow(clippy::cast_precision_loss, reason = "a count of notes")]
fn spread(at: &mut [Point], radius: &[f32], room: f32) {
    let wanted: f32 = radius.iter().map(|radius| (2.0 * radius + room) * (2.0 * radius + room)).sum();
    let square: f32 = at.iter().map(|at| at.square()).sum::<f32>() / at.len().max(1) as f32;
    if square > 0.0 {
        // A disc of that area has this mean square distance from its middle.
        let by = (wanted * std::f32::consts::FRAC_1_PI / 2.0 / square).sqrt();
        at.iter_mut().for_each(|at| *at = *at * by);
    }
}

/// Moves circles apart that lie on each other, or nearer than `gap`.
fn part(at: &mut [Point], radius: &[f32], gap: f32) {
    // Of very different sizes the small ones decide how fine the grid is; a large one looks further.
    let cell = (2.0 * radius.iter().copied().fold(f32::INFINITY, f32::min) + gap).max(1.0) * 1.5;
    for _ in 0..ROUNDS {
        let mut moved = false;
        let grid = Grid::of(at, cell);
        for index in 0..at.len() {
            let (Some(own), Some(circle)) = (at.get(index).copied(), radius.get(index).copied()) else { continue };
            // The larger of two looks for the smaller, so no pair is looked at twice.
            grid.around(own, 2.0 * circle + gap, |other| {
                let (Some(there), Some(size)) = (at.get(other).copied(), radius.get(other).copied()) else { return };
                let is_smaller = size < circle || (size == circle && other > index);
                let (Some(here), wanted) = (at.get(index).copied(), circle + size + gap) else { return };
                let mut away = there - here;
                if !is_smaller || away.square() >= wanted * wanted {
                    return;
                }
                if away.square() < 1e-6 {
                    away = Point {
                        x: if other & 1 == 0 { 0.1 } else { -0.1 },
                        y: if other & 2 == 0 { 0.1 } else { -0.1 },
                    };
                }
                let length = away.length();
                let step = away * (0.52 * (wanted - length).max(0.0) / length);
                // A small circle gives way to a large one.
                let share = size * size / (size * size + circle * circle);
                if let Some(slot) = at.get_mut(index) {
                    *slot = *slot - step * (2.0 * share);
                }
                if let Some(slot) = at.get_mut(other) {
                    *slot = *slot + step * (2.0 * (1.0 - share));
                }
                moved = true;
            });
        }
        if !moved {
            break;
        }
    }
}

/// Points by the square they stand in.
struct Grid {
    low: Point,
    cell: f32,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Grid {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never below the lowest corner")]
    fn of(at: &[Point], cell: f32) -> Self {
        let (low, high) = Point::bounds(at.iter().copied());
        // A few points far apart need no million squares between them.
        #[allow(clippy::cast_precision_loss, reason = "a bound")]
        let most = 2.0 * (at.len() as f32).sqrt() + 64.0;
        let cell = cell.max((high.x - low.x).max(high.y - low.y) / (4.0 * most));
        let size = high - low;
        let (columns, rows) = ((size.x / cell) as usize + 1, (size.y / cell) as usize + 1);
        let mut grid = Self { low, cell, columns, rows, starts: vec![0; columns * rows + 1], members: Vec::new() };
        let squares: Vec<usize> = at.iter().map(|at| grid.square(*at)).collect();
        for square in &squares {
            if let Some(start) = grid.starts.get_mut(square + 1) {
                *start += 1;
            }
        }
        let mut total = 0;
        for start in &mut grid.starts {
            total += *start;
            *start = total;
        }
        let mut next = grid.starts.clone();
        grid.members = vec![0; at.len()];
        for (index, square) in (0u32..).zip(&squares) {
            if let Some(next) = next.get_mut(*square) {
                if let Some(slot) = grid.members.get_mut(*next as usize) {
                    *slot = index;
                }
                *next += 1;
            }
        }
        grid
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut off below")]
    fn square(&self, at: Point) -> usize {
        let column = (((at.x - self.low.x) / self.cell).max(0.0) as usize).min(self.columns - 1);
        let row = (((at.y - self.low.y) / self.cell).max(0.0) as usize).min(self.rows - 1);
        row * self.columns + column
    }

    /// Calls for every point whose square is within reach of a point.
    fn around(&self, at: Point, reach: f32, mut each: impl FnMut(usize)) {
        let corner = Point { x: reach, y: reach };
        let (first, last) = (self.square(at - corner), self.square(at + corner));
        let (left, right) = (first % self.columns, last % self.columns);
        for row in first / self.columns..=last / self.columns {
            let (from, to) = (row * self.columns + left, row * self.columns + right + 1);
            if let (Some(start), Some(end)) = (self.starts.get(from), self.starts.get(to)) {
                let members = self.members.get(*start as usize..*end as usize).unwrap_or_default();
                members.iter().for_each(|member| each(*member as usize));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(count: u32, ties: impl IntoIterator<Item = (u32, u32)>) -> Net {
        let mut ties: Vec<(u32, u32)> = ties.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
        ties.sort_unstable();
        ties.dedup();
        ties.retain(|(a, b)| a != b);
        Net { shelf: (0..count).map(|index| (index % 7) as u8).collect(), ties }
    }

    /// Ties as notes have them: most to neighbours, some far away, a few hubs.
    fn like_notes(count: u32) -> Net {
        let mut state = 1u64;
        let mut next = move |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % u64::from(below.max(1))) as u32
        };
        let mut ties = Vec::new();
        for note in 0..count {
            for _ in 0..3 {
                let other = match next(10) {
                    0 => next(count),
                    1 => next(count / 100 + 1),
                    2 | 3 if note % 5 == 0 => break,
                    _ => (note + 1 + next(12)) % count,
                };
                ties.push((note, other));
            }
        }
        net(count, ties)
    }

    /// Pairs of circles that lie on each other.
    fn overlaps(layout: &Layout) -> usize {
        let mut count = 0;
        for (index, (at, radius)) in layout.at.iter().zip(&layout.radius).enumerate() {
            for (other, size) in layout.at.iter().zip(&layout.radius).skip(index + 1) {
                count += usize::from((*other - *at).length() < (radius + size) * 0.98);
            }
        }
        count
    }

    fn is_drawn(layout: &Layout) {
        for (at, radius) in layout.at.iter().zip(&layout.radius) {
            assert!(at.x.is_finite() && at.y.is_finite(), "{at:?}");
            assert!(at.x - radius >= 0.0 && at.x + radius <= layout.width, "{at:?} of {}", layout.width);
            assert!(at.y - radius >= 0.0 && at.y + radius <= layout.height, "{at:?} of {}", layout.height);
        }
        assert!(layout.width / layout.height < 4.0 && layout.height / layout.width < 4.0 || layout.at.len() < 3);
    }

    #[test]
    fn any_number_of_notes_has_places_in_the_drawing() {
        for count in [0, 1, 2, 3, 41, 600] {
            is_drawn(&lay_out(&net(count, [])));
            let chain = lay_out(&net(count, (1..count).map(|note| (note - 1, note))));
            is_drawn(&chain);
            let all = lay_out(&net(count.min(60), (0..count.min(60)).flat_map(|a| (0..a).map(move |b| (a, b)))));
            is_drawn(&all);
            assert_eq!(overlaps(&all), 0);
        }
    }

    #[test]
    fn five_thousand_notes_lie_beside_each_other_and_always_in_the_same_places() {
        let net = like_notes(5_000);
        let layout = lay_out(&net);
        is_drawn(&layout);
        let overlaps = overlaps(&layout);
        assert!(overlaps < 50, "{overlaps} pairs lie on each other");
        assert_eq!(layout, lay_out(&net));
    }

    #[test]
    fn a_hub_of_five_thousand_is_a_flower_and_no_line() {
        let layout = lay_out(&net(5_000, (1..5_000).map(|note| (0, note))));
        is_drawn(&layout);
        let overlaps = overlaps(&layout);
        assert!(overlaps < 50, "{overlaps} pairs lie on each other");
        let hub = layout.at.first().copied().unwrap();
        let middle = Point { x: layout.width / 2.0, y: layout.height / 2.0 };
        assert!((hub - middle).length() < layout.width / 5.0, "{hub:?} in {} × {}", layout.width, layout.height);
    }

    #[test]
    fn what_hangs_together_stands_nearer_than_what_does_not() {
        // Two rings of twenty, tied at one point.
        let ring = |from: u32| (0..20).map(move |n| (from + n, from + (n + 1) % 20));
        let layout = lay_out(&Net { shelf: vec![1; 40], ..net(40, ring(0).chain(ring(20)).chain([(0, 20)])) });
        let middle = |range: std::ops::Range<usize>| {
            layout.at[range].iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / 20.0)
        };
        let (one, other) = (middle(0..20), middle(20..40));
        let nearer = |at: &Point, own: Point, other: Point| (*at - own).length() < (*at - other).length();
        assert!(layout.at[..20].iter().filter(|at| nearer(at, one, other)).count() >= 18);
        assert!(layout.at[20..].iter().filter(|at| nearer(at, other, one)).count() >= 18);
    }

    #[test]
    fn notes_without_ties_stand_below_the_others() {
        let layout = lay_out(&net(60, (1..30).map(|note| (note / 3, note))));
        let line = layout.loose_from.unwrap();
        assert!(layout.at[..30].iter().all(|at| at.y < line) && layout.at[30..].iter().all(|at| at.y > line));
        assert_eq!(overlaps(&layout), 0);
    }
}
