//! Notes as bodies that push each other apart, and ties as springs that draw them together, until they rest.
//!
//! The model is ForceAtlas2's (Jacomy et al., 2014): repulsion falls with the distance and grows with the number of
//! ties, so that hubs keep room around them; attraction grows with the distance. Each body's share of both is divided
//! by its own mass, which makes a step of attraction the way to the middle of its neighbours and the sum stable.
//! Besides, each body leans a little towards the middle of its shelf, so that a colour is also a place.
//!
//! Repulsion is summed over a quadtree (Barnes and Hut, 1986): a cell that is small for its distance counts as one
//! body. Only `+ - * /` and square roots are used, which every machine rounds alike.

use super::point::Point;

/// A cell stands for its bodies when its width is less than this share of its distance.
const OPENING: f32 = 1.1;
/// Bodies that a cell holds before it is divided.
const LEAF: usize = 8;
/// Cells are not divided further; what stands in one place would divide for ever.
const DEEPEST: usize = 24;
/// How strongly a body leans towards the middle of its shelf, and towards the middle of all.
const SHELF_PULL: f32 = 0.09;
const CENTRE_PULL: f32 = 0.012;

/// A tie between two bodies, by index.
#[derive(Clone, Copy, Debug)]
pub struct Spring {
    pub a: u32,
    pub b: u32,
    pub weight: f32,
}

/// Bodies at rest or on their way to it.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    pub at: Vec<Point>,
    pub mass: Vec<f32>,
    pub shelf: Vec<u8>,
}

impl Bodies {
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Moves the bodies `steps` times. None moves further in a step than `reach`, which shrinks to `rest`.
    pub fn settle(&mut self, springs: &[Spring], steps: usize, reach: f32, rest: f32) {
        if self.len() < 2 || steps == 0 {
            return;
        }
        let mut pull = vec![Point::default(); self.len()];
        let mut push = vec![Point::default(); self.len()];
        let shelves = usize::from(self.shelf.iter().copied().max().unwrap_or(0)) + 1;
        let mut tree = Tree::default();
        for step in 0..steps {
            #[allow(clippy::cast_precision_loss, reason = "a few hundred steps")]
            let done = step as f32 / steps as f32;
            // Quadratic: most of the way is made early, and the end is quiet.
            let reach = rest + (reach - rest) * (1.0 - done) * (1.0 - done);
            tree.plant(&self.at, &self.mass);
            // In the tree's order bodies near each other follow each other, and so do the cells they look at.
            for index in &tree.order {
                let index = *index as usize;
                if let (Some(at), Some(push)) = (self.at.get(index), push.get_mut(index)) {
                    *push = tree.push(*at, index);
                }
            }
            pull.fill(Point::default());
            for Spring { a, b, weight } in springs {
                let (a, b) = (*a as usize, *b as usize);
                if let (Some(from), Some(to)) = (self.at.get(a), self.at.get(b)) {
                    let along = (*to - *from) * *weight;
                    if let Some(pull) = pull.get_mut(a) {
                        *pull = *pull + along;
                    }
                    if let Some(pull) = pull.get_mut(b) {
                        *pull = *pull - along;
                    }
                }
            }
            let (middles, centre) = self.middles(shelves);
            for (index, at) in self.at.iter_mut().enumerate() {
                let (Some(mass), Some(pull), Some(push)) = (self.mass.get(index), pull.get(index), push.get(index))
                else {
                    continue;
                };
                let mut way = *pull * (1.0 / *mass) + *push + (centre - *at) * CENTRE_PULL;
                // The rest is no shelf.
                if let Some(shelf) = self.shelf.get(index).filter(|shelf| **shelf > 0)
                    && let Some(middle) = middles.get(usize::from(*shelf))
                {
                    way = way + (*middle - *at) * SHELF_PULL;
                }
                let length = way.length();
                *at = *at + if length > reach { way * (reach / length) } else { way * 0.7 };
            }
        }
    }

    /// The middle of each shelf, and of all.
    fn middles(&self, shelves: usize) -> (Vec<Point>, Point) {
        let mut sums = vec![(Point::default(), 0.0f32); shelves];
        for ((at, mass), shelf) in self.at.iter().zip(&self.mass).zip(&self.shelf) {
            if let Some((sum, weight)) = sums.get_mut(usize::from(*shelf)) {
                *sum = *sum + *at * *mass;
                *weight += *mass;
            }
        }
        let whole = sums.iter().fold((Point::default(), 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        let middle = |(sum, weight): (Point, f32)| sum * (1.0 / weight.max(1.0));
        (sums.into_iter().map(middle).collect(), middle(whole))
    }
}

/// A cell of the quadtree. Cells stand in the order of a walk that goes down before it goes on.
#[derive(Clone, Copy, Debug)]
struct Cell {
    middle: Point,
    mass: f32,
    width: f32,
    /// The cell to go on with when this one is not looked into.
    next: u32,
    /// The bodies of a leaf, in the tree's order; empty for a cell that was divided.
    start: u32,
    end: u32,
}

#[derive(Debug, Default)]
struct Tree {
    cells: Vec<Cell>,
    /// Bodies, those of one cell next to each other.
    order: Vec<u32>,
    at: Vec<Point>,
    mass: Vec<f32>,
}

impl Tree {
    fn plant(&mut self, at: &[Point], mass: &[f32]) {
        self.cells.clear();
        if self.order.len() != at.len() {
            self.order = (0..u32::try_from(at.len()).unwrap_or(0)).collect();
        }
        let (low, high) = Point::bounds(at.iter().copied());
        let width = (high.x - low.x).max(high.y - low.y).max(1e-3);
        let mut order = std::mem::take(&mut self.order);
        self.grow(&mut order, 0, at, mass, low, width, 0);
        self.order = order;
        let of = |index: &u32| at.get(*index as usize).copied().unwrap_or_default();
        self.at.clear();
        self.at.extend(self.order.iter().map(of));
        self.mass.clear();
        self.mass.extend(self.order.iter().map(|index| mass.get(*index as usize).copied().unwrap_or(0.0)));
    }

    #[allow(clippy::too_many_arguments, reason = "a cell is its bodies, its corner and its width")]
    fn grow(
        &mut self,
        order: &mut [u32],
        start: usize,
        at: &[Point],
        mass: &[f32],
        low: Point,
        width: f32,
        depth: usize,
    ) {
        let mut sum = Point::default();
        let mut total = 0.0;
        for index in order.iter() {
            let (at, mass) = (at.get(*index as usize), mass.get(*index as usize));
            if let (Some(at), Some(mass)) = (at, mass) {
                sum = sum + *at * *mass;
                total += *mass;
            }
        }
        let middle = sum * (1.0 / total.max(1e-6));
        let own = self.cells.len();
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let leaf = order.len() <= LEAF || depth >= DEEPEST;
        let end = if leaf { start + order.len() } else { start };
        self.cells.push(Cell { middle, mass: total, width, next: 0, start: short(start), end: short(end) });
        if !leaf {
            let half = width / 2.0;
            let cut = low + Point { x: half, y: half };
            let y_of = |index: &u32| at.get(*index as usize).is_some_and(|at| at.y < cut.y);
            let x_of = |index: &u32| at.get(*index as usize).is_some_and(|at| at.x < cut.x);
            let upper = parted(order, y_of);
            let (above, below) = order.split_at_mut(upper);
            for (row, offset, y) in [(above, 0, low.y), (below, upper, cut.y)] {
                let left = parted(row, x_of);
                let (west, east) = row.split_at_mut(left);
                for (quarter, inner, x) in [(west, 0, low.x), (east, left, cut.x)] {
                    if !quarter.is_empty() {
                        self.grow(quarter, start + offset + inner, at, mass, Point { x, y }, half, depth + 1);
                    }
                }
            }
        }
        let next = short(self.cells.len());
        if let Some(cell) = self.cells.get_mut(own) {
            cell.next = next;
        }
    }

    /// How all others push the body `own` that stands at `at`.
    fn push(&self, at: Point, own: usize) -> Point {
        let mut push = Point::default();
        let mut next = 0usize;
        while let Some(cell) = self.cells.get(next) {
            let away = at - cell.middle;
            let square = away.square();
            let bodies = self.at.get(cell.start as usize..cell.end as usize).unwrap_or_default();
            let is_far = cell.width * cell.width < OPENING * OPENING * square;
            // Very many in a leaf stand in one place.
            if is_far || bodies.len() > 4 * LEAF {
                push = push + away * (cell.mass / square.max(0.01));
                next = cell.next as usize;
            } else if bodies.is_empty() {
                next += 1;
            } else {
                let masses = self.mass.get(cell.start as usize..cell.end as usize).unwrap_or_default();
                let indices = self.order.get(cell.start as usize..cell.end as usize).unwrap_or_default();
                for ((other, mass), index) in bodies.iter().zip(masses).zip(indices) {
                    if *index as usize == own {
                        continue;
                    }
                    let mut away = at - *other;
                    if away.square() < 1e-6 {
                        // In one place: apart, each its own way.
                        let side = if own < *index as usize { 0.05 } else { -0.05 };
                        away = Point { x: side, y: if (own ^ *index as usize) & 1 == 0 { side } else { -side } };
                    }
                    push = push + away * (*mass / away.square().max(0.01));
                }
                next = cell.next as usize;
            }
        }
        push
    }
}

/// Puts those that belong to the first part there; returns how many they are.
fn parted(order: &mut [u32], is_first: impl Fn(&u32) -> bool) -> usize {
    let mut first = 0;
    for at in 0..order.len() {
        if order.get(at).is_some_and(&is_first) {
            order.swap(first, at);
            first += 1;
        }
    }
    first
}
