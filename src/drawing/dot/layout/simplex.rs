//! Network simplex: whole numbers for nodes, so that each arc is at least as long as it has to be and all together are as
//! short as can be, by their weights. Ranks are found by it, and places within them.
//!
//! After E. Gansner, E. Koutsofios, S. North and K.-P. Vo, "A Technique for Drawing Directed Graphs" (1993), section 2.3. A
//! cut value is the sum of what flows out of a subtree, so that it is found along with the numbering of the tree.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

#[derive(Clone, Copy, Debug)]
pub struct Arc {
    pub from: usize,
    pub to: usize,
    /// The least difference between the two numbers.
    pub length: i64,
    pub weight: i64,
}

/// What is done where several answers are as short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// Nodes that may go anywhere go where there are few.
    Fill,
    /// Parts that may go to either side go to the middle.
    Centre,
}

/// Of arcs looked at: what is not shortest by then stays as it is.
const BUDGET: usize = 60_000_000;

/// The numbers of all nodes; `None` where arcs run in a circle.
pub fn solve(count: usize, arcs: &[Arc], balance: Balance) -> Option<Vec<i64>> {
    if count == 0 {
        return Some(Vec::new());
    }
    // What hangs together in no way is tied to a root, by arcs that weigh nothing.
    let mut arcs = arcs.to_vec();
    arcs.extend(one_of_each_part(count, &arcs).map(|to| Arc { from: count, to, length: 0, weight: 0 }));
    let mut simplex = Simplex::new(count + 1, &arcs)?;
    simplex.tighten();
    simplex.run();
    match balance {
        Balance::Fill => simplex.fill(count),
        Balance::Centre => simplex.centre(),
    }
    simplex.ranks.truncate(count);
    Some(simplex.ranks)
}

/// A node of each part that hangs together.
fn one_of_each_part(count: usize, arcs: &[Arc]) -> impl Iterator<Item = usize> + use<> {
    let mut parents: Vec<usize> = (0..count).collect();
    for arc in arcs {
        let (from, to) = (root(&mut parents, arc.from), root(&mut parents, arc.to));
        parents[from.max(to)] = from.min(to);
    }
    (0..count).filter(move |&node| parents[node] == node)
}

/// The one that stands for all that a node hangs together with.
pub fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

struct Simplex<'a> {
    arcs: &'a [Arc],
    /// The arcs at each node.
    at: Vec<Vec<usize>>,
    ranks: Vec<i64>,
    in_tree: Vec<bool>,
    /// The arc to each node's parent in the tree.
    parent: Vec<Option<usize>>,
    /// A node's number when it is left, and the least one below it.
    last: Vec<usize>,
    first: Vec<usize>,
    /// The nodes by those numbers.
    order: Vec<usize>,
    /// What flows out of the subtree of each node, without what flows in.
    flow: Vec<i64>,
    spent: usize,
}

impl<'a> Simplex<'a> {
    fn new(count: usize, arcs: &'a [Arc]) -> Option<Self> {
        let mut at = vec![Vec::new(); count];
        let mut waits = vec![0usize; count];
        for (number, arc) in arcs.iter().enumerate() {
            at[arc.from].push(number);
            at[arc.to].push(number);
            waits[arc.to] += 1;
        }
        let mut ranks = vec![0i64; count];
        let mut ready: Vec<usize> = (0..count).filter(|&node| waits[node] == 0).collect();
        let mut seen = 0;
        while let Some(node) = ready.pop() {
            seen += 1;
            for arc in at[node].iter().map(|&number| &arcs[number]).filter(|arc| arc.from == node) {
                ranks[arc.to] = ranks[arc.to].max(ranks[node] + arc.length);
                waits[arc.to] -= 1;
                if waits[arc.to] == 0 {
                    ready.push(arc.to);
                }
            }
        }
        (seen == count).then(|| Self {
            arcs,
            at,
            ranks,
            in_tree: vec![false; arcs.len()],
            parent: vec![None; count],
            last: vec![0; count],
            first: vec![0; count],
            order: vec![0; count],
            flow: vec![0; count],
            spent: 0,
        })
    }

    fn slack(&self, arc: usize) -> i64 {
        let Arc { from, to, length, .. } = self.arcs[arc];
        self.ranks[to] - self.ranks[from] - length
    }

    fn other_end(&self, arc: usize, node: usize) -> usize {
        let Arc { from, to, .. } = self.arcs[arc];
        if from == node { to } else { from }
    }

    /// Makes a tree of arcs without slack. What is in it moves as one: `moved` is by how much, and a node's rank is without
    /// it until the end.
    fn tighten(&mut self) {
        let count = self.at.len();
        let mut inside = vec![false; count];
        let (mut down, mut up) = (BinaryHeap::new(), BinaryHeap::new());
        let mut moved = 0;
        // The root stands for all parts.
        let mut next = Some(count - 1);
        while let Some(node) = next {
            inside[node] = true;
            self.ranks[node] -= moved;
            for &arc in &self.at[node] {
                let Arc { from, to, length, .. } = self.arcs[arc];
                if !inside[from] || !inside[to] {
                    let room = self.ranks[to] - self.ranks[from] - length;
                    if from == node { down.push(Reverse((room, arc))) } else { up.push(Reverse((room, arc))) }
                }
            }
            let is_idle = |heap: &BinaryHeap<Reverse<(i64, usize)>>| {
                let top = heap.peek().map(|Reverse((_, arc))| self.arcs[*arc]);
                top.is_some_and(|arc| inside[arc.from] && inside[arc.to])
            };
            while is_idle(&down) {
                down.pop();
            }
            while is_idle(&up) {
                up.pop();
            }
            let below = down.peek().map(|Reverse((room, arc))| (room - moved, *arc));
            let above = up.peek().map(|Reverse((room, arc))| (room + moved, *arc));
            let (slack, arc) = match (below, above) {
                (Some(below), Some(above)) if above.0 < below.0 => (-above.0, above.1),
                (Some(below), _) => below,
                (None, Some(above)) => (-above.0, above.1),
                (None, None) => break,
            };
            moved += slack;
            self.in_tree[arc] = true;
            let Arc { from, to, .. } = self.arcs[arc];
            next = Some(if inside[from] { to } else { from });
        }
        for rank in &mut self.ranks {
            *rank += moved;
        }
        self.number(count - 1, None, 0);
    }

    /// Numbers the subtree of a node from a number on, and finds what flows out of its parts.
    fn number(&mut self, top: usize, parent: Option<usize>, from: usize) {
        let mut next = from;
        let mut stack = vec![(top, 0usize)];
        self.enter(top, parent, next);
        while let Some((node, place)) = stack.last_mut() {
            let node = *node;
            let arc = self.at[node].get(*place).copied();
            *place += 1;
            self.spent += 1;
            match arc {
                Some(arc) if self.in_tree[arc] && self.parent[node] != Some(arc) => {
                    let child = self.other_end(arc, node);
                    self.enter(child, Some(arc), next);
                    stack.push((child, 0));
                }
                Some(_) => {}
                None => {
                    self.last[node] = next;
                    self.order[next] = node;
                    next += 1;
                    stack.pop();
                    if let Some((above, _)) = stack.last() {
                        self.flow[*above] += self.flow[node];
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize, parent: Option<usize>, first: usize) {
        self.parent[node] = parent;
        self.first[node] = first;
        let sign = |arc: &Arc| if arc.from == node { arc.weight } else { -arc.weight };
        self.flow[node] = self.at[node].iter().map(|&arc| sign(&self.arcs[arc])).sum();
    }

    /// Of the arc to the parent: by how much all would be longer if it were.
    fn cut_value(&self, node: usize) -> i64 {
        match self.parent[node] {
            Some(arc) if self.arcs[arc].from == node => self.flow[node],
            Some(_) => -self.flow[node],
            None => 0,
        }
    }

    fn is_below(&self, node: usize, top: usize) -> bool {
        (self.first[top]..=self.last[top]).contains(&self.last[node])
    }

    /// The arc with the least slack that could take the place of a node's arc to its parent.
    fn replacement(&mut self, node: usize) -> Option<(i64, usize)> {
        let Arc { from, .. } = self.arcs[self.parent[node]?];
        let leads_up = from == node;
        let mut best: Option<(i64, usize)> = None;
        for place in self.first[node]..=self.last[node] {
            let below = self.order[place];
            self.spent += self.at[below].len();
            for &arc in &self.at[below] {
                let Arc { from, to, .. } = self.arcs[arc];
                // It has to lead the other way.
                let fits = if leads_up { to == below } else { from == below };
                let other = if to == below { from } else { to };
                if fits && !self.is_below(other, node) {
                    let slack = self.slack(arc);
                    if best.is_none_or(|(least, _)| slack < least) {
                        best = Some((slack, arc));
                    }
                }
            }
        }
        best
    }

    fn run(&mut self) {
        let count = self.at.len();
        let mut place = 0;
        let mut idle = 0;
        // Of some nodes in turn, the one whose arc costs most.
        while idle < count && self.spent < BUDGET {
            let mut worst: Option<(i64, usize)> = None;
            let mut found = 0;
            while idle < count && found < 30 {
                let cut = self.cut_value(place);
                if cut < 0 {
                    found += 1;
                    if worst.is_none_or(|(least, _)| cut < least) {
                        worst = Some((cut, place));
                    }
                }
                place = (place + 1) % count;
                idle += 1;
            }
            let Some((_, node)) = worst else { return };
            idle = 0;
            let Some((slack, entering)) = self.replacement(node) else { return };
            self.exchange(node, entering, slack);
        }
    }

    /// Takes an arc into the tree for the one from a node to its parent.
    fn exchange(&mut self, node: usize, entering: usize, slack: i64) {
        let Some(leaving) = self.parent[node] else { return };
        // The subtree moves, so that the arc that enters has no slack.
        let by = if self.arcs[leaving].from == node { -slack } else { slack };
        self.shift(node, by);
        self.in_tree[leaving] = false;
        self.in_tree[entering] = true;
        // All that changes in the tree lies below the node under which both ends are.
        let Arc { from, to, .. } = self.arcs[entering];
        let mut top = self.other_end(leaving, node);
        while !(self.is_below(from, top) && self.is_below(to, top)) {
            let Some(arc) = self.parent[top] else { break };
            top = self.other_end(arc, top);
        }
        self.number(top, self.parent[top], self.first[top]);
    }

    fn shift(&mut self, top: usize, by: i64) {
        if by != 0 {
            for place in self.first[top]..=self.last[top] {
                self.ranks[self.order[place]] += by;
            }
        }
    }

    fn fill(&mut self, count: usize) {
        let least = self.ranks.iter().take(count).copied().min().unwrap_or(0);
        let most = self.ranks.iter().take(count).copied().max().unwrap_or(0);
        let mut crowd = vec![0usize; usize::try_from(most - least + 1).unwrap_or(1)];
        let index = |rank: i64| usize::try_from(rank - least).unwrap_or(0);
        for &rank in self.ranks.iter().take(count) {
            crowd[index(rank)] += 1;
        }
        for node in 0..count {
            let (mut low, mut high) = (i64::MIN, i64::MAX);
            let mut pull = 0;
            for &arc in &self.at[node] {
                let Arc { from, to, length, weight } = self.arcs[arc];
                if from == node {
                    high = high.min(self.ranks[to] - length);
                    pull += weight;
                } else {
                    if from < count {
                        low = low.max(self.ranks[from] + length);
                    }
                    pull -= weight;
                }
            }
            if pull != 0 || low == i64::MIN || high == i64::MAX || low >= high {
                continue;
            }
            let here = self.ranks[node];
            let best = (low..=high).min_by_key(|&rank| (crowd[index(rank)], rank != here)).unwrap_or(here);
            if crowd[index(best)] + 1 < crowd[index(here)] {
                crowd[index(here)] -= 1;
                crowd[index(best)] += 1;
                self.ranks[node] = best;
            }
        }
    }

    fn centre(&mut self) {
        for node in 0..self.at.len() {
            if self.spent >= BUDGET || self.parent[node].is_none() || self.cut_value(node) != 0 {
                continue;
            }
            // What ties a part to the root may be as it is.
            if self.parent[node].is_some_and(|arc| self.arcs[arc].from == self.at.len() - 1) {
                continue;
            }
            let Some((slack, entering)) = self.replacement(node) else { continue };
            if slack > 1 {
                let leads_up = self.parent[node].is_some_and(|arc| self.arcs[arc].from == node);
                let by = if leads_up { -(slack / 2) } else { slack / 2 };
                // Half the way: the arc is in the tree no longer without slack, and nothing below reads its slack.
                let _ = entering;
                self.shift(node, by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(list: &[(usize, usize, i64, i64)]) -> Vec<Arc> {
        list.iter().map(|&(from, to, length, weight)| Arc { from, to, length, weight }).collect()
    }

    fn cost(arcs: &[Arc], ranks: &[i64]) -> i64 {
        arcs.iter()
            .map(|arc| {
                let length = ranks[arc.to] - ranks[arc.from];
                assert!(length >= arc.length, "{arc:?} in {ranks:?}");
                length * arc.weight
            })
            .sum()
    }

    #[test]
    fn arcs_are_as_short_as_can_be() {
        // The paper's example: longest paths alone would leave the last node far from what it hangs on.
        let arcs = arcs(&[
            (0, 1, 1, 1),
            (1, 2, 1, 1),
            (2, 3, 1, 1),
            (0, 4, 1, 1),
            (0, 5, 1, 1),
            (4, 6, 1, 1),
            (5, 6, 1, 1),
            (3, 7, 1, 1),
            (6, 7, 1, 1),
        ]);
        let ranks = solve(8, &arcs, Balance::Fill).unwrap();
        assert_eq!(cost(&arcs, &ranks), 10);
    }

    #[test]
    fn weights_pull() {
        let arcs = arcs(&[(0, 1, 1, 1), (0, 2, 5, 1), (1, 2, 1, 9)]);
        let ranks = solve(3, &arcs, Balance::Centre).unwrap();
        assert_eq!((ranks[2] - ranks[0], ranks[2] - ranks[1]), (5, 1));
    }

    #[test]
    fn parts_that_do_not_hang_together_are_solved_too() {
        let arcs = arcs(&[(0, 1, 3, 1), (2, 3, 1, 1), (4, 3, 1, 1)]);
        let ranks = solve(6, &arcs, Balance::Fill).unwrap();
        assert_eq!(cost(&arcs, &ranks), 5);
        assert_eq!(
            solve(
                2,
                &[Arc { from: 0, to: 1, length: 1, weight: 1 }, Arc { from: 1, to: 0, length: 1, weight: 1 }],
                Balance::Fill
            ),
            None
        );
    }

    #[test]
    fn many_arcs_are_solved() {
        let mut seed = 7u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..50 {
            let list: Vec<_> = (0..60)
                .filter_map(|_| {
                    let (a, b) = (random(25) as usize, random(25) as usize);
                    (a != b).then(|| (a.min(b), a.max(b), random(4) as i64, random(5) as i64))
                })
                .collect();
            let arcs = arcs(&list);
            let found = cost(&arcs, &solve(25, &arcs, Balance::Centre).unwrap());
            // No single subtree's move would shorten it: what the balance moves costs nothing.
            assert_eq!(found, cost(&arcs, &solve(25, &arcs, Balance::Fill).unwrap()));
        }
    }
}
