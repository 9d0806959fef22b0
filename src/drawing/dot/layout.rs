//! Where everything stands: in layers, after E. Gansner, E. Koutsofios, S. North and K.-P. Vo, "A Technique for Drawing
//! Directed Graphs" (1993), as dot does it.
//!
//! ```text
//! Plan ─ rank ─► layers ─ order ─► left to right ─ place ─► x and y ─ route ─► curves ─► Placed
//! ```
//!
//! Everything in here is drawn from top to bottom; other directions are that one turned, on the way in and on the way out.

mod order;
mod place;
mod rank;
mod route;
mod simplex;

use super::curve::{Path, Point, Rect};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Down,
    Up,
    Right,
    Left,
}

impl Direction {
    pub fn is_sideways(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// A place of the picture ↔ the same in here.
    fn turn(self, point: Point) -> Point {
        match self {
            Self::Down => point,
            Self::Up => Point::new(point.x, -point.y),
            Self::Right => Point::new(point.y, point.x),
            Self::Left => Point::new(point.y, -point.x),
        }
    }

    fn turn_back(self, point: Point) -> Point {
        match self {
            Self::Left => Point::new(-point.y, point.x),
            other => other.turn(point),
        }
    }

    fn turn_rect(self, rect: Rect, turn: impl Fn(Self, Point) -> Point) -> Rect {
        let corner = |x, y| turn(self, Point::new(x, y));
        let (a, b) = (corner(rect.left, rect.top), corner(rect.right, rect.bottom));
        Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }
}

/// What is to be laid out.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub direction: Direction,
    /// Between neighbours, and between layers.
    pub node_gap: f64,
    pub rank_gap: f64,
    pub nodes: Vec<PlanNode>,
    pub edges: Vec<PlanEdge>,
    /// Each stands behind the one it is in.
    pub clusters: Vec<PlanCluster>,
    pub levels: Vec<Level>,
    /// Clusters do not hold their nodes together in layers.
    pub ranks_freely: bool,
    /// Edges that lead around nothing.
    pub is_straight: bool,
}

#[derive(Clone, Debug, Default)]
pub struct PlanNode {
    pub width: f64,
    pub height: f64,
    pub cluster: Option<usize>,
    /// Edges between nodes of a group are kept straight.
    pub group: Option<usize>,
    /// What its loops need at its right; found in here.
    pub beside: f64,
    /// Its edges lead to the left and to the right as they are written: those that leave, those that come.
    pub is_ordered: (bool, bool),
}

#[derive(Clone, Debug, Default)]
pub struct PlanEdge {
    pub tail: usize,
    pub head: usize,
    pub length: i64,
    pub weight: i64,
    /// Whether it says which layers its nodes are in.
    pub constrains: bool,
    /// Width and height of what stands at it.
    pub label: Option<(f64, f64)>,
    pub tail_end: End,
    pub head_end: End,
}

/// Where an edge meets its node.
#[derive(Clone, Copy, Debug, Default)]
pub struct End {
    /// From the node's middle.
    pub at: Point,
    /// To which side it leaves, where that is said.
    pub leaves: Option<Point>,
    /// The part of the node that it leads to, around the node's middle.
    pub part: Option<Rect>,
}

#[derive(Clone, Debug, Default)]
pub struct PlanCluster {
    pub parent: Option<usize>,
    /// Width and height.
    pub label: (f64, f64),
    pub has_label_below: bool,
    pub margin: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelKind {
    Same,
    First,
    Last,
}

/// Nodes that stand in one layer.
#[derive(Clone, Debug)]
pub struct Level {
    pub kind: LevelKind,
    pub nodes: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// The nodes' middles.
    pub nodes: Vec<Point>,
    pub clusters: Vec<Rect>,
    /// From the middle of the tail, or from its port, to that of the head; empty for loops.
    pub edges: Vec<Path>,
    /// The middles of the edges' labels.
    pub labels: Vec<Option<Point>>,
}

/// Lays a graph out. `None` where it would take too long.
pub fn layout(plan: &Plan) -> Option<Placed> {
    let turned = inwards(plan);
    let layers = rank::layers(&turned)?;
    let mut rows = order::Rows::new(&turned, layers)?;
    rows.arrange(&turned);
    let places = place::places(&turned, &rows)?;
    let placed = route::routes(&turned, &rows, &places);
    let direction = plan.direction;
    let back = |point| direction.turn_back(point);
    Some(Placed {
        nodes: placed.nodes.into_iter().map(back).collect(),
        clusters: placed.clusters.into_iter().map(|rect| direction.turn_rect(rect, Direction::turn_back)).collect(),
        edges: placed.edges.iter().map(|path| path.map(back)).collect(),
        labels: placed.labels.into_iter().map(|at| at.map(back)).collect(),
    })
}

/// The plan from top to bottom.
fn inwards(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let direction = plan.direction;
    for node in plan.nodes.iter_mut().filter(|_| direction.is_sideways()) {
        std::mem::swap(&mut node.width, &mut node.height);
    }
    for edge in &mut plan.edges {
        for end in [&mut edge.tail_end, &mut edge.head_end] {
            end.at = direction.turn(end.at);
            end.leaves = end.leaves.map(|side| direction.turn(side));
            end.part = end.part.map(|part| direction.turn_rect(part, Direction::turn));
        }
        if direction.is_sideways() {
            edge.label = edge.label.map(|(width, height)| (height, width));
        }
        if edge.tail == edge.head {
            plan.nodes[edge.tail].beside += loop_width(edge);
        }
    }
    plan
}

/// What a loop needs beside its node, and beside the loop within it.
fn loop_width(edge: &PlanEdge) -> f64 {
    LOOP + edge.label.map_or(0.0, |(width, _)| width + 2.0)
}

/// How far a loop reaches out of its node.
const LOOP: f64 = 18.0;

impl Plan {
    /// Whether labels stand at the left of edges rather than at the right: sideways, that is above them.
    fn labels_left(&self) -> bool {
        self.direction.is_sideways()
    }

    /// The cluster and all that it is in, from the inside.
    pub fn around(&self, cluster: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(cluster, |&cluster| self.clusters[cluster].parent)
    }

    fn depth(&self, cluster: Option<usize>) -> usize {
        self.around(cluster).count()
    }

    /// The innermost cluster that holds both.
    fn common(&self, one: Option<usize>, other: Option<usize>) -> Option<usize> {
        let (mut one, mut other) = (one, other);
        while one != other {
            if self.depth(one) >= self.depth(other) {
                one = one.and_then(|cluster| self.clusters[cluster].parent);
            } else {
                other = other.and_then(|cluster| self.clusters[cluster].parent);
            }
        }
        one
    }

    /// What of a cluster's inside something stands in: the cluster directly below `outer` that holds `cluster`, if any.
    fn below(&self, outer: Option<usize>, cluster: Option<usize>) -> Option<usize> {
        self.around(cluster).find(|&cluster| self.clusters[cluster].parent == outer).filter(|_| cluster != outer)
    }
}
