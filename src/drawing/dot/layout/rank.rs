//! Which layer each node is in.
//!
//! A cluster's nodes are put into layers by themselves and then stand as one block, so that clusters are compact; `rank =
//! same` makes blocks too. Edges that would make blocks stand in a circle are turned round, or, at a cluster, pull without
//! saying anything.

use super::simplex::{self, Arc, Balance};
use super::{LevelKind, Plan};

/// An edge that cannot lead down costs as much more for each layer it leads up.
const UPWARDS: i64 = 10;
/// The same, of an edge that closes a circle.
const BACKWARDS: i64 = 4;

/// The layers of all nodes, the first of them 0. With labels at edges, every second layer is for those.
pub fn layers(plan: &Plan) -> Option<Vec<i64>> {
    let mut blocks = Blocks::new(plan);
    let spans = |level: &super::Level| {
        let clusters = level.nodes.iter().map(|&node| plan.nodes[node].cluster);
        let common = clusters.clone().reduce(|one, other| plan.common(one, other)).flatten();
        clusters.clone().any(|cluster| cluster != common)
    };
    // A level through several clusters can be kept only where none of them has layers of its own.
    if !plan.ranks_freely && !plan.levels.iter().any(spans) {
        for cluster in (0..plan.clusters.len()).rev() {
            blocks.settle(Some(cluster))?;
        }
    }
    blocks.settle(None)?;
    let factor = if plan.edges.iter().any(|edge| edge.label.is_some() && edge.tail != edge.head) { 2 } else { 1 };
    let least = blocks.offset.iter().copied().min().unwrap_or(0);
    Some(blocks.offset.iter().map(|offset| (offset - least) * factor).collect())
}

struct Blocks<'a> {
    plan: &'a Plan,
    /// The block of each node, and its layer in that.
    of: Vec<usize>,
    offset: Vec<i64>,
    /// Blocks whose layers have been found, so that edges do not turn round at them.
    is_settled: Vec<bool>,
}

impl<'a> Blocks<'a> {
    fn new(plan: &'a Plan) -> Self {
        let count = plan.nodes.len();
        Self { plan, of: (0..count).collect(), offset: vec![0; count], is_settled: vec![false; count] }
    }

    /// Puts a node's block into another, `shift` layers below where it stands.
    fn join(&mut self, block: usize, other: usize, shift: i64) {
        for node in 0..self.of.len() {
            if self.of[node] == other && other != block {
                self.of[node] = block;
                self.offset[node] += shift;
            }
        }
        self.is_settled[block] |= self.is_settled[other];
    }

    /// Finds the layers within a cluster, or within the whole.
    fn settle(&mut self, cluster: Option<usize>) -> Option<()> {
        let plan = self.plan;
        let is_within = |node: usize| {
            cluster.is_none() || plan.around(plan.nodes[node].cluster).any(|other| Some(other) == cluster)
        };
        let nodes: Vec<usize> = (0..plan.nodes.len()).filter(|&node| is_within(node)).collect();
        let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
        for level in &plan.levels {
            let clusters = level.nodes.iter().map(|&node| plan.nodes[node].cluster);
            let owner = clusters.reduce(|one, other| plan.common(one, other)).flatten();
            let is_mine = owner == cluster || cluster.is_none() && !self.is_settled(&level.nodes);
            let Some((&first, others)) = level.nodes.split_first().filter(|_| is_mine) else { continue };
            for &other in others {
                if self.of[first] != self.of[other] {
                    let shift = self.offset[first] - self.offset[other];
                    self.join(self.of[first], self.of[other], shift);
                }
            }
            match level.kind {
                LevelKind::Same => {}
                LevelKind::First => firsts.push(first),
                LevelKind::Last => lasts.push(first),
            }
        }
        for nodes in [&firsts, &lasts] {
            for pair in nodes.windows(2) {
                if let [one, other] = *pair
                    && self.of[one] != self.of[other]
                {
                    self.join(self.of[one], self.of[other], self.offset[one] - self.offset[other]);
                }
            }
        }
        self.solve(&nodes, firsts.first().copied(), lasts.first().copied())
    }

    fn is_settled(&self, nodes: &[usize]) -> bool {
        nodes.iter().all(|&node| self.is_settled[self.of[node]])
    }

    fn solve(&mut self, nodes: &[usize], first: Option<usize>, last: Option<usize>) -> Option<()> {
        let plan = self.plan;
        // Blocks by small numbers.
        let mut blocks: Vec<usize> = Vec::new();
        let mut number_of = vec![usize::MAX; plan.nodes.len()];
        for &node in nodes {
            if number_of[self.of[node]] == usize::MAX {
                number_of[self.of[node]] = blocks.len();
                blocks.push(self.of[node]);
            }
        }
        let first = first.map(|node| number_of[self.of[node]]);
        let last = last.map(|node| number_of[self.of[node]]).filter(|&last| Some(last) != first);
        let mut ties = Vec::new();
        for edge in plan.edges.iter().filter(|edge| edge.constrains) {
            let (from, to) = (number_of[self.of[edge.tail]], number_of[self.of[edge.head]]);
            if from == usize::MAX || to == usize::MAX || from == to {
                continue;
            }
            let shift = self.offset[edge.tail] - self.offset[edge.head];
            // Nothing leads into what is first or out of what is last.
            let is_turned = Some(to) == first || Some(from) == last;
            let (from, to, shift) = if is_turned { (to, from, -shift) } else { (from, to, shift) };
            let is_soft = self.is_settled[blocks[from]] || self.is_settled[blocks[to]];
            ties.push(Tie { from, to, length: edge.length, shift, weight: edge.weight, is_soft });
        }
        let mut arcs = Vec::new();
        let mut count = blocks.len();
        for (tie, leads_back) in ties.iter().zip(leading_back(blocks.len(), &ties)) {
            let Tie { from, to, length, shift, weight, is_soft } = *tie;
            if is_soft {
                // A node above both, from which the head hangs, and the tail by a stronger tie.
                let length = length + shift;
                let strength = if leads_back { BACKWARDS } else { UPWARDS };
                arcs.push(Arc { from: count, to: from, length: 0.max(-length), weight: strength * weight });
                arcs.push(Arc { from: count, to, length: 0.max(length), weight });
                count += 1;
            } else if leads_back {
                arcs.push(Arc { from: to, to: from, length: length - shift, weight });
            } else {
                arcs.push(Arc { from, to, length: length + shift, weight });
            }
        }
        for block in 0..blocks.len() {
            let free = |other: Option<usize>| other.filter(|&other| other != block);
            if let Some(first) = free(first) {
                arcs.push(Arc { from: first, to: block, length: 0, weight: 0 });
            }
            if let Some(last) = free(last).filter(|_| Some(block) != first) {
                arcs.push(Arc { from: block, to: last, length: 0, weight: 0 });
            }
        }
        let mut ranks = simplex::solve(count, &arcs, Balance::Fill)?;
        let mut parents: Vec<usize> = (0..count).collect();
        for arc in &arcs {
            let (from, to) = (simplex::root(&mut parents, arc.from), simplex::root(&mut parents, arc.to));
            parents[from] = to;
        }
        // Each part that hangs together begins in the first layer.
        let mut tops = vec![i64::MAX; count];
        for &node in nodes {
            let block = number_of[self.of[node]];
            let part = simplex::root(&mut parents, block);
            tops[part] = tops[part].min(ranks[block] + self.offset[node]);
        }
        for block in 0..blocks.len() {
            ranks[block] -= tops[simplex::root(&mut parents, block)];
        }
        for &node in nodes {
            self.offset[node] += ranks[number_of[self.of[node]]];
        }
        if let Some((&block, others)) = blocks.split_first() {
            for &other in others {
                self.join(block, other, 0);
            }
            self.is_settled[block] = true;
        }
        Some(())
    }
}

/// An edge between blocks.
#[derive(Clone, Copy)]
struct Tie {
    from: usize,
    to: usize,
    length: i64,
    /// How much deeper in its block the tail is than the head in its own.
    shift: i64,
    weight: i64,
    is_soft: bool,
}

/// Which ties lead back to where a walk along them came from, so that without them there is no circle.
fn leading_back(count: usize, ties: &[Tie]) -> Vec<bool> {
    let mut leaving = vec![Vec::new(); count];
    for (number, tie) in ties.iter().enumerate() {
        leaving[tie.from].push(number);
    }
    let mut leads_back = vec![false; ties.len()];
    let (mut is_seen, mut is_open) = (vec![false; count], vec![false; count]);
    for start in 0..count {
        if is_seen[start] {
            continue;
        }
        let mut stack = vec![(start, 0usize)];
        (is_seen[start], is_open[start]) = (true, true);
        while let Some((node, place)) = stack.last_mut() {
            let node = *node;
            let Some(&number) = leaving[node].get(*place) else {
                is_open[node] = false;
                stack.pop();
                continue;
            };
            *place += 1;
            let to = ties[number].to;
            leads_back[number] = is_open[to];
            if !is_seen[to] {
                (is_seen[to], is_open[to]) = (true, true);
                stack.push((to, 0));
            }
        }
    }
    leads_back
}

#[cfg(test)]
mod tests {
    use super::super::{Level, PlanCluster, PlanEdge, PlanNode};
    use super::*;

    fn plan(count: usize, edges: &[(usize, usize)]) -> Plan {
        let edge = |&(tail, head): &(usize, usize)| PlanEdge {
            tail,
            head,
            length: 1,
            weight: 1,
            constrains: true,
            ..PlanEdge::default()
        };
        Plan { nodes: vec![PlanNode::default(); count], edges: edges.iter().map(edge).collect(), ..Plan::default() }
    }

    #[test]
    fn circles_are_cut() {
        assert_eq!(layers(&plan(4, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 3)])), Some(vec![0, 1, 2, 3]));
    }

    #[test]
    fn levels_hold_nodes_together() {
        let mut plan = plan(5, &[(0, 1), (1, 2), (3, 4)]);
        plan.levels.push(Level { kind: LevelKind::Same, nodes: vec![2, 4] });
        plan.levels.push(Level { kind: LevelKind::Last, nodes: vec![3] });
        let layers = layers(&plan).unwrap();
        assert_eq!(layers[2], layers[4]);
        assert!(layers.iter().all(|layer| *layer <= layers[3]), "{layers:?}");
    }

    #[test]
    fn a_cluster_has_layers_of_its_own() {
        // 2 and 3 are in a cluster, which an edge would tear apart.
        let mut plan = plan(4, &[(0, 1), (1, 2), (2, 3), (3, 1)]);
        plan.clusters.push(PlanCluster::default());
        plan.nodes[2].cluster = Some(0);
        plan.nodes[3].cluster = Some(0);
        let layers = layers(&plan).unwrap();
        assert_eq!(layers[3] - layers[2], 1);
        assert!(layers[0] < layers[1] && layers[1] < layers[2], "{layers:?}");
    }

    #[test]
    fn a_label_has_a_layer_of_its_own() {
        let mut plan = plan(2, &[(0, 1)]);
        plan.edges[0].label = Some((30.0, 10.0));
        assert_eq!(layers(&plan), Some(vec![0, 2]));
    }
}
