//! A large net of ties made small, laid out, and made large again.
//!
//! Thousands of bodies set down anyhow need thousands of steps to find out who belongs where. Here bodies are joined two
//! by two, again and again, until few are left (multilevel layout: Walshaw, 2003; Hu, 2005). Those few find their places
//! at once, and each larger net begins where the smaller one came to rest.

use super::forces::{Bodies, Spring};
use super::point::{Point, sunflower};

/// A net of so few bodies is laid out as it is.
const FEW: usize = 40;
/// Steps for the few, and for each larger net; the last, which all see, gets some more.
const FIRST_STEPS: usize = 160;
const STEPS: usize = 26;
const LAST_STEPS: usize = 44;

/// Lays out one connected net: places for all bodies, whatever places they had.
pub fn lay_out(bodies: Bodies, springs: &[Spring]) -> Vec<Point> {
    laid_out(bodies, springs, LAST_STEPS)
}

fn laid_out(mut bodies: Bodies, springs: &[Spring], steps: usize) -> Vec<Point> {
    // How far apart two bodies of this net come to rest, roughly.
    #[allow(clippy::cast_precision_loss, reason = "an estimate")]
    let apart = (bodies.mass.iter().sum::<f32>() / bodies.len().max(1) as f32).sqrt().max(1.0);
    let Some(Joined { smaller, springs: fewer, part_of }) =
        (bodies.len() > FEW).then(|| join(&bodies, springs)).flatten()
    else {
        // Shelf by shelf around the middle.
        let mut order: Vec<usize> = (0..bodies.len()).collect();
        order.sort_by_key(|index| bodies.shelf.get(*index).copied());
        for (index, seed) in order.into_iter().zip(sunflower()) {
            if let Some(at) = bodies.at.get_mut(index) {
                *at = seed * (2.0 * apart);
            }
        }
        bodies.settle(springs, FIRST_STEPS, 4.0 * apart, 0.02 * apart);
        return bodies.at;
    };
    let places = laid_out(smaller, &fewer, STEPS);
    let mut seen = vec![false; places.len()];
    for (index, part) in part_of.iter().enumerate() {
        let part = *part as usize;
        let (Some(at), Some(place), Some(seen)) = (bodies.at.get_mut(index), places.get(part), seen.get_mut(part))
        else {
            continue;
        };
        // The two stand on both sides of where they stood as one.
        let side = if std::mem::replace(seen, true) { -0.5 } else { 0.5 };
        let across = if part & 1 == 0 { Point { x: 0.8, y: 0.6 } } else { Point { x: -0.6, y: 0.8 } };
        *at = *place + across * (side * apart);
    }
    bodies.settle(springs, steps, 1.5 * apart, 0.05 * apart);
    bodies.at
}

struct Joined {
    smaller: Bodies,
    springs: Vec<Spring>,
    /// By body: which body of the smaller net it is part of.
    part_of: Vec<u32>,
}

const ALONE: u32 = u32::MAX;

/// Joins bodies two by two along their ties; those around a full hub two by two across it. `None` when that makes the net
/// hardly smaller.
fn join(bodies: &Bodies, springs: &[Spring]) -> Option<Joined> {
    let count = bodies.len();
    let ties = Ties::of(count, springs);
    let mut order: Vec<u32> = (0..u32::try_from(count).ok()?).collect();
    // Bodies with few ties have the least choice and choose first.
    order.sort_by_key(|index| ties.of_body(*index).len());
    let mut partner = vec![ALONE; count];
    let mut waiting = vec![ALONE; count];
    for index in &order {
        let own = *index as usize;
        if partner.get(own) != Some(&ALONE) {
            continue;
        }
        let shelf = bodies.shelf.get(own);
        let mass = |of: u32| bodies.mass.get(of as usize).copied().unwrap_or(1.0);
        let mut best: Option<(bool, f32, u32)> = None;
        for (other, weight) in ties.of_body(*index) {
            if partner.get(*other as usize) == Some(&ALONE) && other != index {
                // Strong ties between light bodies of one shelf.
                let candidate = (bodies.shelf.get(*other as usize) == shelf, *weight / mass(*other), *other);
                let better = best.is_none_or(|best| {
                    (candidate.0, candidate.1) > (best.0, best.1)
                        || ((candidate.0, candidate.1) == (best.0, best.1) && candidate.2 < best.2)
                });
                if better {
                    best = Some(candidate);
                }
            }
        }
        let found = best.map(|best| best.2).or_else(|| {
            let hub = ties.of_body(*index).first()?.0;
            let slot = waiting.get_mut(hub as usize)?;
            if *slot == ALONE || partner.get(*slot as usize) != Some(&ALONE) {
                *slot = *index;
                return None;
            }
            Some(std::mem::replace(slot, ALONE))
        });
        if let Some(other) = found {
            if let Some(partner) = partner.get_mut(own) {
                *partner = other;
            }
            if let Some(partner) = partner.get_mut(other as usize) {
                *partner = *index;
            }
        }
    }

    let mut part_of = vec![ALONE; count];
    let mut smaller = Bodies::default();
    for index in 0..count {
        if part_of.get(index) != Some(&ALONE) {
            continue;
        }
        let number = u32::try_from(smaller.len()).ok()?;
        let other = partner.get(index).copied().filter(|other| *other != ALONE).map(|other| other as usize);
        for part in [Some(index), other].into_iter().flatten() {
            if let Some(slot) = part_of.get_mut(part) {
                *slot = number;
            }
        }
        let mass = |of: usize| bodies.mass.get(of).copied().unwrap_or(1.0);
        smaller.at.push(Point::default());
        smaller.mass.push(mass(index) + other.map_or(0.0, mass));
        smaller.shelf.push(bodies.shelf.get(index).copied().unwrap_or(0));
    }
    if smaller.len() * 10 > count * 9 {
        return None;
    }
    let mut between: Vec<Spring> = springs
        .iter()
        .filter_map(|spring| {
            let (a, b) = (*part_of.get(spring.a as usize)?, *part_of.get(spring.b as usize)?);
            (a != b).then(|| Spring { a: a.min(b), b: a.max(b), weight: spring.weight })
        })
        .collect();
    between.sort_by_key(|spring| (spring.a, spring.b));
    between.dedup_by(|next, kept| {
        let same = (next.a, next.b) == (kept.a, kept.b);
        if same {
            kept.weight += next.weight;
        }
        same
    });
    Some(Joined { smaller, springs: between, part_of })
}

/// Ties by body.
struct Ties {
    starts: Vec<usize>,
    ends: Vec<(u32, f32)>,
}

impl Ties {
    fn of(count: usize, springs: &[Spring]) -> Self {
        let mut starts = vec![0usize; count + 1];
        for spring in springs {
            for end in [spring.a, spring.b] {
                if let Some(start) = starts.get_mut(end as usize + 1) {
                    *start += 1;
                }
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, 0.0); total];
        for spring in springs {
            for (from, to) in [(spring.a, spring.b), (spring.b, spring.a)] {
                if let Some(at) = next.get_mut(from as usize) {
                    if let Some(end) = ends.get_mut(*at) {
                        *end = (to, spring.weight);
                    }
                    *at += 1;
                }
            }
        }
        Self { starts, ends }
    }

    fn of_body(&self, index: u32) -> &[(u32, f32)] {
        let range = self.starts.get(index as usize).zip(self.starts.get(index as usize + 1));
        range.and_then(|(start, end)| self.ends.get(*start..*end)).unwrap_or_default()
    }
}
