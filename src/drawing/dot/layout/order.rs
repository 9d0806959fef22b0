//! Which way the nodes of each layer stand beside each other, so that few edges cross.
//!
//! Edges that pass layers have a bend in each. Rows are sorted by the medians of their neighbours, down and up again, and
//! neighbours change places where that helps. A cluster stays together in every row, and clusters stand in the same order
//! in all rows, because every change is one of whole parts.

mod arrange;
mod hold;

use super::Plan;

/// More bends than these take too long.
const MOST_VERTICES: usize = 12_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Node(usize),
    /// Where an edge passes a layer.
    Bend(usize),
    /// The same with the edge's label beside it.
    Label(usize),
    /// Keeps a row for a cluster that has nothing in it there.
    Filler,
}

#[derive(Clone, Debug)]
pub struct Vertex {
    pub kind: Kind,
    pub rank: usize,
    pub cluster: Option<usize>,
    /// Half widths, and half the height.
    pub left: f64,
    pub right: f64,
    pub half_height: f64,
}

/// A piece of an edge, from a layer to the next.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub upper: usize,
    pub lower: usize,
    /// Where it meets them, from their middles.
    pub upper_at: f64,
    pub lower_at: f64,
    pub edge: usize,
}

pub struct Rows {
    pub vertices: Vec<Vertex>,
    pub pieces: Vec<Piece>,
    /// The vertices of each layer, from left to right.
    pub rows: Vec<Vec<usize>>,
    /// Of each edge, its vertices from its upper end to its lower one; of flat edges and loops, both ends.
    pub chains: Vec<Vec<usize>>,
    /// The places of vertices in their rows.
    place: Vec<i64>,
    /// The pieces that end at a vertex and that begin there.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Pairs of which the first has to stand at the left of the second.
    pairs: Vec<(usize, usize)>,
    has_pairs: Vec<bool>,
    /// Of each vertex, those that have to stand at its right.
    rights: Vec<Vec<usize>>,
    /// How much has been looked at for neighbours to change places.
    spent: usize,
    /// The flat edges of each row.
    flats: Vec<Vec<(usize, usize)>>,
}

impl Rows {
    /// All vertices, in no order yet. `None` where there are too many.
    pub fn new(plan: &Plan, layers: Vec<i64>) -> Option<Self> {
        let vertex = |(node, &layer): (usize, &i64)| Vertex {
            kind: Kind::Node(node),
            rank: usize::try_from(layer).unwrap_or(0),
            cluster: plan.nodes[node].cluster,
            left: plan.nodes[node].width / 2.0,
            right: plan.nodes[node].width / 2.0 + plan.nodes[node].beside,
            half_height: plan.nodes[node].height / 2.0,
        };
        let vertices: Vec<Vertex> = layers.iter().enumerate().map(vertex).collect();
        let count = vertices.iter().map(|vertex| vertex.rank + 1).max().unwrap_or(0);
        let mut rows = Self {
            vertices,
            pieces: Vec::new(),
            rows: vec![Vec::new(); count],
            chains: Vec::new(),
            place: Vec::new(),
            above: Vec::new(),
            below: Vec::new(),
            pairs: Vec::new(),
            has_pairs: Vec::new(),
            rights: Vec::new(),
            spent: 0,
            flats: vec![Vec::new(); count],
        };
        let spans = rows.spans(plan);
        for number in 0..plan.edges.len() {
            rows.chain(plan, number, &spans);
            if rows.vertices.len() > MOST_VERTICES {
                return None;
            }
        }
        rows.fill(plan, &spans)?;
        let count = rows.vertices.len();
        rows.place = vec![0; count];
        rows.above = vec![Vec::new(); count];
        rows.below = vec![Vec::new(); count];
        for (number, piece) in rows.pieces.iter().enumerate() {
            rows.above[piece.lower].push(number);
            rows.below[piece.upper].push(number);
        }
        rows.pair(plan);
        Some(rows)
    }

    /// The first and the last layer of each cluster.
    pub fn spans(&self, plan: &Plan) -> Vec<(usize, usize)> {
        let mut spans = vec![(usize::MAX, 0); plan.clusters.len()];
        for vertex in self.vertices.iter().filter(|vertex| matches!(vertex.kind, Kind::Node(_))) {
            for cluster in plan.around(vertex.cluster) {
                let (first, last) = spans[cluster];
                spans[cluster] = (first.min(vertex.rank), last.max(vertex.rank));
            }
        }
        spans
    }

    /// The vertices of an edge.
    fn chain(&mut self, plan: &Plan, number: usize, spans: &[(usize, usize)]) {
        let edge = &plan.edges[number];
        let is_down = self.vertices[edge.tail].rank <= self.vertices[edge.head].rank;
        let (top, bottom) = if is_down { (edge.tail, edge.head) } else { (edge.head, edge.tail) };
        let (top_end, bottom_end) =
            if is_down { (edge.tail_end, edge.head_end) } else { (edge.head_end, edge.tail_end) };
        let (first, last) = (self.vertices[top].rank, self.vertices[bottom].rank);
        let mut chain = vec![top];
        let (above, below) = (plan.nodes[top].cluster, plan.nodes[bottom].cluster);
        let common = plan.common(above, below);
        for rank in first + 1..last {
            // It leaves its cluster where that ends, and enters the other where that begins.
            let is_here = |cluster: &usize| (spans[*cluster].0..=spans[*cluster].1).contains(&rank);
            let is_inside = |cluster: &usize| Some(*cluster) != common;
            let cluster = plan
                .around(above)
                .take_while(is_inside)
                .find(is_here)
                .or_else(|| plan.around(below).take_while(is_inside).find(is_here))
                .or(common);
            let label = edge.label.filter(|_| rank == (first + last) / 2);
            let (width, height) = label.unwrap_or_default();
            chain.push(self.vertices.len());
            self.vertices.push(Vertex {
                kind: if label.is_some() { Kind::Label(number) } else { Kind::Bend(number) },
                rank,
                cluster,
                left: if plan.labels_left() { 1.0 + width } else { 1.0 },
                right: if plan.labels_left() { 1.0 } else { 1.0 + width },
                half_height: height / 2.0,
            });
        }
        chain.push(bottom);
        for (place, pair) in chain.windows(2).enumerate().filter(|_| first < last) {
            let [upper, lower] = *pair else { continue };
            self.pieces.push(Piece {
                upper,
                lower,
                upper_at: if place == 0 { top_end.at.x } else { 0.0 },
                lower_at: if place + 2 == chain.len() { bottom_end.at.x } else { 0.0 },
                edge: number,
            });
        }
        self.chains.push(chain);
    }

    /// Something in each row of each cluster.
    fn fill(&mut self, plan: &Plan, spans: &[(usize, usize)]) -> Option<()> {
        let mut is_there = vec![Vec::new(); plan.clusters.len()];
        for (rows, &(first, last)) in is_there.iter_mut().zip(spans) {
            *rows = vec![false; (last + 1).saturating_sub(first)];
        }
        for vertex in &self.vertices {
            for cluster in plan.around(vertex.cluster) {
                if let Some(place) = is_there[cluster].get_mut(vertex.rank.wrapping_sub(spans[cluster].0)) {
                    *place = true;
                }
            }
        }
        // From the inside: what fills a cluster fills those around it.
        for cluster in (0..plan.clusters.len()).rev() {
            for place in 0..is_there[cluster].len() {
                if is_there[cluster][place] {
                    continue;
                }
                let rank = spans[cluster].0 + place;
                self.vertices.push(Vertex {
                    kind: Kind::Filler,
                    rank,
                    cluster: Some(cluster),
                    left: 0.0,
                    right: 0.0,
                    half_height: 0.0,
                });
                for outer in plan.around(Some(cluster)) {
                    if let Some(place) = is_there[outer].get_mut(rank.wrapping_sub(spans[outer].0)) {
                        *place = true;
                    }
                }
            }
            if self.vertices.len() > MOST_VERTICES {
                return None;
            }
        }
        Some(())
    }

    /// What has to stand at the left of what: the tails of flat edges, and edges in the order of the writer.
    fn pair(&mut self, plan: &Plan) {
        for edge in &plan.edges {
            if self.vertices[edge.tail].rank == self.vertices[edge.head].rank && edge.tail != edge.head {
                self.pairs.push((edge.tail, edge.head));
                self.flats[self.vertices[edge.tail].rank].push((edge.tail, edge.head));
            }
        }
        for (node, planned) in plan.nodes.iter().enumerate() {
            let (leaving, coming) = planned.is_ordered;
            let mut ends = [Vec::new(), Vec::new()];
            for (edge, chain) in plan.edges.iter().zip(&self.chains) {
                let is_wanted = leaving && edge.tail == node || coming && edge.head == node;
                let [first, .., last] = chain.as_slice() else { continue };
                if !is_wanted || self.vertices[*first].rank == self.vertices[*last].rank {
                    continue;
                }
                if *first == node {
                    ends[1].extend(chain.get(1).copied());
                } else {
                    ends[0].extend(chain.len().checked_sub(2).and_then(|at| chain.get(at)).copied());
                }
            }
            for end in ends {
                self.pairs.extend(end.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| (pair[0], pair[1])));
            }
        }
        // Of pairs that say the opposite of each other the first holds.
        let all: std::collections::BTreeSet<(usize, usize)> = self.pairs.iter().copied().collect();
        let mut kept = std::collections::BTreeSet::new();
        self.pairs.retain(|&(left, right)| {
            let holds = !kept.contains(&(right, left)) || !all.contains(&(right, left));
            if holds {
                kept.insert((left, right));
            }
            holds
        });
        self.has_pairs = vec![false; self.rows.len()];
        self.rights = vec![Vec::new(); self.vertices.len()];
        for &(left, right) in &self.pairs {
            self.has_pairs[self.vertices[left].rank] = true;
            self.rights[left].push(right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PlanCluster, PlanEdge, PlanNode};
    use super::*;

    fn plan(layers: &[i64], edges: &[(usize, usize)]) -> (Plan, Vec<i64>) {
        let node = PlanNode { width: 54.0, height: 36.0, ..PlanNode::default() };
        let edge = |&(tail, head): &(usize, usize)| PlanEdge { tail, head, weight: 1, ..PlanEdge::default() };
        let plan = Plan { nodes: vec![node; layers.len()], edges: edges.iter().map(edge).collect(), ..Plan::default() };
        (plan, layers.to_vec())
    }

    #[test]
    fn edges_that_need_not_cross_do_not() {
        let (plan, layers) = plan(&[0, 0, 0, 1, 1, 1], &[(0, 5), (1, 4), (2, 3), (0, 4)]);
        let mut rows = Rows::new(&plan, layers).unwrap();
        rows.arrange(&plan);
        assert_eq!(rows.crossings(), 0, "{:?}", rows.rows);
    }

    #[test]
    fn a_cluster_stays_together_and_in_order() {
        let (mut plan, layers) = plan(&[0, 0, 0, 0, 1, 1, 1, 1], &[(0, 5), (1, 4), (2, 7), (3, 6), (0, 6), (3, 5)]);
        plan.clusters = vec![PlanCluster::default(); 2];
        for (node, cluster) in [(0, 0), (2, 0), (5, 0), (7, 0), (1, 1), (3, 1), (4, 1), (6, 1)] {
            plan.nodes[node].cluster = Some(cluster);
        }
        let mut rows = Rows::new(&plan, layers).unwrap();
        rows.arrange(&plan);
        let clusters: Vec<Vec<_>> =
            rows.rows.iter().map(|row| row.iter().map(|&vertex| rows.vertices[vertex].cluster).collect()).collect();
        assert_eq!(clusters[0], clusters[1]);
        assert!(clusters[0][0] == clusters[0][1] && clusters[0][1] != clusters[0][2], "{clusters:?}");
    }

    #[test]
    fn flat_edges_lead_to_the_right() {
        let (plan, layers) = plan(&[0, 0, 0, 1], &[(2, 1), (1, 0), (2, 3)]);
        let mut rows = Rows::new(&plan, layers).unwrap();
        rows.arrange(&plan);
        assert_eq!(rows.rows[0], [2, 1, 0]);
    }
}
