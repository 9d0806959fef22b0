//! Where everything stands in its row, and how high the rows are.
//!
//! From left to right, places are ranks of another graph, after section 4.2 of the paper: neighbours keep their distance,
//! each piece of an edge pulls its ends together, long edges more so, and a cluster has a node for each of its sides.

use super::Plan;
use super::order::{Kind, Rows};
use super::simplex::{self, Arc, Balance};
use crate::drawing::dot::curve::Rect;

/// How strongly edges pull, by what is at their ends: nodes, nodes with no other edge, bends.
const PULLS: [[i64; 3]; 3] = [[1, 1, 1], [1, 2, 2], [1, 2, 4]];
/// How strongly a cluster's sides pull.
const COMPACT: i64 = 128;
/// Within a group.
const GROUPED: i64 = 100;
/// A distance is worth this many of a node's widths at most, so that numbers stay numbers.
const WIDEST: f64 = 100_000.0;

pub struct Places {
    /// Of vertices, from left to right.
    pub x: Vec<f64>,
    /// Of rows, with half their height.
    pub rows: Vec<Row>,
    pub clusters: Vec<Rect>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    pub y: f64,
    pub half_height: f64,
}

impl Row {
    pub fn top(self) -> f64 {
        self.y - self.half_height
    }

    pub fn bottom(self) -> f64 {
        self.y + self.half_height
    }
}

/// Finds all places. `None` where the graph is too large for it.
pub fn places(plan: &Plan, rows: &Rows) -> Option<Places> {
    let across = across(plan, rows)?;
    let (rows_placed, heights) = down(plan, rows);
    let rect = |(sides, (top, bottom)): (&(f64, f64), &(f64, f64))| Rect {
        left: sides.0,
        right: sides.1,
        top: *top,
        bottom: *bottom,
    };
    let clusters = across.clusters.iter().zip(&heights).map(rect).collect();
    Some(Places { x: across.x, rows: rows_placed, clusters })
}

struct Across {
    x: Vec<f64>,
    /// The left and the right side.
    clusters: Vec<(f64, f64)>,
}

/// What a cluster keeps free at its four sides, for its label and for the eye.
struct Margins {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn margins(plan: &Plan, cluster: usize) -> Margins {
    let cluster = &plan.clusters[cluster];
    let margin = cluster.margin;
    let label = cluster.label.1;
    let mut margins = Margins { left: margin, right: margin, top: margin, bottom: margin };
    // The label stands at the top or the bottom of the picture's box.
    let side = match (plan.direction, cluster.has_label_below) {
        (super::Direction::Down, false) | (super::Direction::Up, true) => &mut margins.top,
        (super::Direction::Down, true) | (super::Direction::Up, false) => &mut margins.bottom,
        (_, false) => &mut margins.left,
        (_, true) => &mut margins.right,
    };
    *side += label;
    margins
}

/// A distance in whole pixels.
fn whole(length: f64) -> i64 {
    length.clamp(0.0, WIDEST).ceil() as i64
}

fn across(plan: &Plan, rows: &Rows) -> Option<Across> {
    let vertices = rows.vertices.len();
    let left_of = |cluster: usize| vertices + 2 * cluster;
    let right_of = |cluster: usize| vertices + 2 * cluster + 1;
    let mut count = vertices + 2 * plan.clusters.len();
    let mut arcs = Vec::new();
    for row in &rows.rows {
        for pair in row.windows(2) {
            let [left, right] = *pair else { continue };
            let (one, other) = (rows.vertices[left].cluster, rows.vertices[right].cluster);
            let outer = plan.common(one, other);
            let (from, half) = match plan.below(outer, one) {
                Some(cluster) => (right_of(cluster), 0.0),
                None => (left, rows.vertices[left].right),
            };
            let (to, other_half) = match plan.below(outer, other) {
                Some(cluster) => (left_of(cluster), 0.0),
                None => (right, rows.vertices[right].left),
            };
            let gap = half + plan.node_gap + other_half + between(plan, rows, left, right);
            arcs.push(Arc { from, to, length: whole(gap), weight: 0 });
        }
    }
    for (number, vertex) in rows.vertices.iter().enumerate() {
        if let Some(cluster) = vertex.cluster {
            let margins = margins(plan, cluster);
            arcs.push(Arc { from: left_of(cluster), to: number, length: whole(margins.left + vertex.left), weight: 0 });
            arcs.push(Arc {
                from: number,
                to: right_of(cluster),
                length: whole(margins.right + vertex.right),
                weight: 0,
            });
        }
    }
    for (number, cluster) in plan.clusters.iter().enumerate() {
        let least = if plan.direction.is_sideways() { 0.0 } else { cluster.label.0 };
        let (from, to) = (left_of(number), right_of(number));
        arcs.push(Arc { from, to, length: whole(least), weight: COMPACT });
        if let Some(parent) = cluster.parent {
            let margins = margins(plan, parent);
            arcs.push(Arc { from: left_of(parent), to: from, length: whole(margins.left), weight: 0 });
            arcs.push(Arc { from: to, to: right_of(parent), length: whole(margins.right), weight: 0 });
        }
    }
    let mut degrees = vec![0usize; plan.nodes.len()];
    for edge in &plan.edges {
        degrees[edge.tail] += 1;
        degrees[edge.head] += 1;
    }
    for piece in &rows.pieces {
        let edge = &plan.edges[piece.edge];
        let class = |vertex: usize| match rows.vertices[vertex].kind {
            Kind::Node(node) => usize::from(degrees[node] <= 1),
            _ => 2,
        };
        let group = |node: usize| plan.nodes[node].group;
        let is_grouped = group(edge.tail).is_some() && group(edge.tail) == group(edge.head);
        let weight =
            edge.weight.max(0) * PULLS[class(piece.upper)][class(piece.lower)] * if is_grouped { GROUPED } else { 1 };
        // A node at the left of both ends, so that each pulls the other.
        let shift = whole(piece.upper_at.abs().max(piece.lower_at.abs()) * 2.0);
        let length = |at: f64| shift - at.round() as i64;
        arcs.push(Arc { from: count, to: piece.upper, length: length(piece.upper_at), weight });
        arcs.push(Arc { from: count, to: piece.lower, length: length(piece.lower_at), weight });
        count += 1;
    }
    for edge in &plan.edges {
        // Flat edges pull too, a little.
        if rows.vertices[edge.tail].rank == rows.vertices[edge.head].rank && edge.tail != edge.head {
            let place = |node: usize| rows.rows[rows.vertices[node].rank].iter().position(|&other| other == node);
            let is_right = place(edge.tail) < place(edge.head);
            let (from, to) = if is_right { (edge.tail, edge.head) } else { (edge.head, edge.tail) };
            arcs.push(Arc { from, to, length: 0, weight: edge.weight.max(0) });
        }
    }
    let x: Vec<f64> = simplex::solve(count, &arcs, Balance::Centre)?.into_iter().map(|x| x as f64).collect();
    let clusters = (0..plan.clusters.len()).map(|cluster| (x[left_of(cluster)], x[right_of(cluster)])).collect();
    Some(Across { x, clusters })
}

/// What the labels of flat edges between neighbours need.
fn between(plan: &Plan, rows: &Rows, left: usize, right: usize) -> f64 {
    let (Kind::Node(left), Kind::Node(right)) = (rows.vertices[left].kind, rows.vertices[right].kind) else {
        return 0.0;
    };
    let joins =
        |edge: &&super::PlanEdge| (edge.tail, edge.head) == (left, right) || (edge.tail, edge.head) == (right, left);
    let labels = plan.edges.iter().filter(joins).map(|edge| edge.label.map_or(0.0, |(width, _)| width + 8.0));
    labels.fold(0.0, f64::max)
}

/// The rows, and from where to where each cluster reaches.
fn down(plan: &Plan, rows: &Rows) -> (Vec<Row>, Vec<(f64, f64)>) {
    let spans = rows.spans(plan);
    let mut placed: Vec<Row> = rows
        .rows
        .iter()
        .map(|row| {
            let halves = row.iter().map(|&vertex| rows.vertices[vertex].half_height);
            Row { y: 0.0, half_height: halves.fold(0.0, f64::max) }
        })
        .collect();
    let has_labels = plan.edges.iter().any(|edge| edge.label.is_some() && edge.tail != edge.head);
    let gap = if has_labels { plan.rank_gap / 2.0 } else { plan.rank_gap };
    let (above_row, below_row) = arches(plan, rows);
    // Sideways, the label's width is a matter of the rows.
    let mut extra = vec![0.0; plan.clusters.len()];
    loop {
        let reaches = reaches(plan, rows, &spans, &extra);
        let (mut above, mut below) = (above_row.clone(), below_row.clone());
        for (cluster, &(first, last)) in spans.iter().enumerate() {
            let (up, down) = reaches[cluster];
            if let Some(above) = above.get_mut(first) {
                *above = above.max(up);
            }
            if let Some(below) = below.get_mut(last) {
                *below = below.max(down);
            }
        }
        for row in 1..placed.len() {
            let (upper, lower) = (placed[row - 1], placed[row]);
            let plain = upper.half_height + gap + lower.half_height;
            // A cluster's edge keeps its distance from the next row's, or from another cluster's.
            let apart = below[row - 1].max(upper.half_height) + above[row].max(lower.half_height);
            let is_wider = below[row - 1] > upper.half_height || above[row] > lower.half_height;
            placed[row].y = upper.y + if is_wider { plain.max(apart + 8.0) } else { plain };
        }
        let heights: Vec<(f64, f64)> = spans
            .iter()
            .zip(&reaches)
            .map(|(&(first, last), (up, down))| {
                let y = |row: usize| placed.get(row).map_or(0.0, |row| row.y);
                (y(first) - up, y(last) + down)
            })
            .collect();
        let lack = |(cluster, &(top, bottom)): (usize, &(f64, f64))| plan.clusters[cluster].label.0 - (bottom - top);
        let lacks: Vec<f64> = heights.iter().enumerate().map(lack).collect();
        if !plan.direction.is_sideways() || lacks.iter().all(|lack| *lack < 0.5) {
            return (placed, heights);
        }
        for (extra, lack) in extra.iter_mut().zip(lacks) {
            *extra += lack.max(0.0) / 2.0;
        }
    }
}

/// How far each cluster reaches above the middle of its first row and below that of its last.
fn reaches(plan: &Plan, rows: &Rows, spans: &[(usize, usize)], extra: &[f64]) -> Vec<(f64, f64)> {
    let mut reaches = vec![(0.0f64, 0.0f64); plan.clusters.len()];
    for vertex in &rows.vertices {
        if let Some(cluster) = vertex.cluster {
            let (first, last) = spans[cluster];
            let (up, down) = &mut reaches[cluster];
            if vertex.rank == first {
                *up = up.max(vertex.half_height);
            }
            if vertex.rank == last {
                *down = down.max(vertex.half_height);
            }
        }
    }
    // From the inside.
    for cluster in (0..plan.clusters.len()).rev() {
        let margins = margins(plan, cluster);
        let (up, down) = &mut reaches[cluster];
        *up += margins.top + extra[cluster];
        *down += margins.bottom + extra[cluster];
        let (up, down) = (*up, *down);
        if let Some(parent) = plan.clusters[cluster].parent {
            if spans[parent].0 == spans[cluster].0 {
                reaches[parent].0 = reaches[parent].0.max(up);
            }
            if spans[parent].1 == spans[cluster].1 {
                reaches[parent].1 = reaches[parent].1.max(down);
            }
        }
    }
    reaches
}

/// How high flat edges arch over what stands between their ends, row by row; nothing reaches below a row.
fn arches(plan: &Plan, rows: &Rows) -> (Vec<f64>, Vec<f64>) {
    let mut above = vec![0.0f64; rows.rows.len()];
    for (number, _) in plan.edges.iter().enumerate() {
        if let Some(arch) = arch(plan, rows, number) {
            above[arch.row] = above[arch.row].max(arch.height + 4.0);
        }
    }
    let below = vec![0.0; rows.rows.len()];
    (above, below)
}

/// A flat edge between nodes that are not neighbours.
pub struct Arch {
    pub row: usize,
    /// Of the top of its label, or of the edge, above the row's middle.
    pub height: f64,
    /// Of the edge itself.
    pub top: f64,
}

pub fn arch(plan: &Plan, rows: &Rows, number: usize) -> Option<Arch> {
    let edge = &plan.edges[number];
    let row = rows.vertices[edge.tail].rank;
    if row != rows.vertices[edge.head].rank || edge.tail == edge.head {
        return None;
    }
    let place = |node: usize| rows.rows[row].iter().position(|&other| other == node).unwrap_or(0);
    let (from, to) = (place(edge.tail).min(place(edge.head)), place(edge.tail).max(place(edge.head)));
    if to - from < 2 {
        return None;
    }
    // Over all that it spans, and over the arches within.
    let highest = rows.rows[row][from..=to].iter().map(|&vertex| rows.vertices[vertex].half_height);
    let level = (to - from).min(6) as f64;
    let top = highest.fold(0.0, f64::max) + 6.0 + 6.0 * level;
    let label = edge.label.map_or(0.0, |(_, height)| height + 2.0);
    Some(Arch { row, height: top + label, top })
}

#[cfg(test)]
mod tests {
    use super::super::{PlanCluster, PlanEdge, PlanNode};
    use super::*;

    #[test]
    fn neighbours_keep_their_distance_and_clusters_hold_theirs() {
        let node = PlanNode { width: 54.0, height: 36.0, ..PlanNode::default() };
        let edge = |(tail, head)| PlanEdge { tail, head, weight: 1, ..PlanEdge::default() };
        let mut plan = Plan {
            node_gap: 18.0,
            rank_gap: 36.0,
            nodes: vec![node; 4],
            edges: [(0, 1), (0, 2), (0, 3)].map(edge).to_vec(),
            clusters: vec![PlanCluster { margin: 8.0, label: (30.0, 20.0), ..PlanCluster::default() }],
            ..Plan::default()
        };
        plan.nodes[2].cluster = Some(0);
        plan.nodes[3].cluster = Some(0);
        let mut rows = Rows::new(&plan, vec![0, 1, 1, 1]).unwrap();
        rows.arrange(&plan);
        let places = places(&plan, &rows).unwrap();
        let mut x: Vec<f64> = (1..4).map(|node| places.x[node]).collect();
        x.sort_by(f64::total_cmp);
        assert!(x.windows(2).all(|pair| pair[1] - pair[0] >= 72.0), "{x:?}");
        let cluster = places.clusters[0];
        for node in [2, 3] {
            assert!(cluster.left <= places.x[node] - 35.0 && cluster.right >= places.x[node] + 35.0, "{cluster:?}");
        }
        assert!(places.rows[1].y - places.rows[0].y >= 72.0);
        assert!(cluster.top > places.rows[0].bottom());
    }
}
