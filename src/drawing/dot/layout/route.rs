//! The curves of edges: through a corridor of what is free in each row, along the shortest way, and smooth.
//!
//! The way is found by pulling a string tight, and curves are fitted to it as long as they stay in the corridor, after D.
//! Dobkin, E. Gansner, E. Koutsofios and S. North, "Implementing a General-Purpose Edge Router" (1997).

mod smooth;

use std::collections::BTreeMap;

use super::order::{Kind, Rows};
use super::place::{self, Places};
use super::{End, LOOP, Placed, Plan, loop_width};
use crate::drawing::dot::curve::{Cubic, Path, Point, Rect};
use smooth::{smooth, tight};

/// All curves, from tail to head.
pub fn routes(plan: &Plan, rows: &Rows, places: &Places) -> Placed {
    let router =
        Router { plan, rows, places, left: bound(rows, places, f64::min), right: bound(rows, places, f64::max) };
    let nodes: Vec<Point> = (0..plan.nodes.len()).map(|node| router.middle(node)).collect();
    let mut edges = Vec::with_capacity(plan.edges.len());
    let mut labels = Vec::with_capacity(plan.edges.len());
    let mut beside: BTreeMap<usize, f64> = BTreeMap::new();
    let twins = twins(plan, rows);
    for (number, edge) in plan.edges.iter().enumerate() {
        let (path, label) = if edge.tail == edge.head {
            let from = beside.entry(edge.tail).or_default();
            let found = router.turn_back(number, *from);
            *from += loop_width(edge);
            found
        } else if rows.vertices[edge.tail].rank == rows.vertices[edge.head].rank {
            router.flat(number, twins[number])
        } else {
            router.down(number, twins[number])
        };
        edges.push(path);
        labels.push(label.filter(|_| edge.label.is_some()));
    }
    Placed { nodes, clusters: places.clusters.clone(), edges, labels }
}

fn bound(rows: &Rows, places: &Places, pick: fn(f64, f64) -> f64) -> f64 {
    let sides = rows.vertices.iter().zip(&places.x).flat_map(|(vertex, x)| [x - vertex.left, x + vertex.right]);
    let clusters = places.clusters.iter().flat_map(|cluster| [cluster.left, cluster.right]);
    sides.chain(clusters).reduce(pick).unwrap_or(0.0)
}

/// Of edges that would lie on each other, how far each lies from their middle, in steps.
fn twins(plan: &Plan, rows: &Rows) -> Vec<f64> {
    let mut groups: BTreeMap<(usize, usize, [i64; 4]), Vec<usize>> = BTreeMap::new();
    for (number, edge) in plan.edges.iter().enumerate() {
        let span = rows.vertices[edge.tail].rank.abs_diff(rows.vertices[edge.head].rank);
        if edge.tail == edge.head || span > 1 {
            continue;
        }
        let place = |end: &End| [end.at.x.round() as i64, end.at.y.round() as i64];
        let (tail, head) = (place(&edge.tail_end), place(&edge.head_end));
        let is_up = edge.tail > edge.head;
        let ends = if is_up { [head[0], head[1], tail[0], tail[1]] } else { [tail[0], tail[1], head[0], head[1]] };
        groups.entry((edge.tail.min(edge.head), edge.tail.max(edge.head), ends)).or_default().push(number);
    }
    let mut steps = vec![0.0; plan.edges.len()];
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let middle = (group.len() - 1) as f64 / 2.0;
        for (place, edge) in group.into_iter().enumerate() {
            steps[edge] = place as f64 - middle;
        }
    }
    steps
}

struct Router<'a> {
    plan: &'a Plan,
    rows: &'a Rows,
    places: &'a Places,
    left: f64,
    right: f64,
}

/// One end of a curve that leads from a row to another.
struct Start {
    at: Point,
    tangent: Option<Point>,
    /// What comes before: the way around the node.
    before: Option<Cubic>,
    /// What is free, from the node on.
    boxes: Vec<Rect>,
}

impl Router<'_> {
    fn middle(&self, vertex: usize) -> Point {
        Point::new(self.places.x[vertex], self.places.rows[self.rows.vertices[vertex].rank].y)
    }

    /// Without what its loops take.
    fn half_width(&self, node: usize) -> f64 {
        self.plan.nodes[node].width / 2.0
    }

    /// From where to where an edge may pass a row at a vertex.
    fn limits(&self, vertex: usize) -> (f64, f64) {
        let here = &self.rows.vertices[vertex];
        let row = &self.rows.rows[here.rank];
        let place = row.iter().position(|&other| other == vertex).unwrap_or(0);
        let x = self.places.x[vertex];
        let inside = here.cluster.map(|cluster| self.places.clusters[cluster]);
        let half_gap = self.plan.node_gap / 2.0;
        let side = |neighbour: Option<&usize>, is_left: bool| {
            let sign = if is_left { 1.0 } else { -1.0 };
            let Some(&neighbour) = neighbour else {
                return if is_left { self.left - half_gap } else { self.right + half_gap };
            };
            let other = &self.rows.vertices[neighbour];
            let outer = self.plan.common(here.cluster, other.cluster);
            let edge = match self.plan.below(outer, other.cluster) {
                Some(cluster) if is_left => self.places.clusters[cluster].right,
                Some(cluster) => self.places.clusters[cluster].left,
                None if is_left => self.places.x[neighbour] + other.right,
                None => self.places.x[neighbour] - other.left,
            };
            let own = if is_left { x - here.left } else { x + here.right };
            let room = ((own - edge) * sign).max(0.0);
            // Two that both have labels could both move theirs into what is between them.
            let is_shared = matches!(other.kind, Kind::Label(_)) || matches!(here.kind, Kind::Label(_));
            let apart = match other.kind {
                Kind::Node(_) | Kind::Filler => half_gap.min(room),
                // Two between the same nodes would lie on each other, if both ran as straight as they can.
                Kind::Bend(edge) | Kind::Label(edge) if self.is_twin(here.kind, edge) => room * 0.8,
                _ if is_shared => room / 2.0,
                _ => room.min(half_gap / 2.0),
            };
            edge + sign * apart
        };
        let mut left = side(place.checked_sub(1).and_then(|place| row.get(place)), true);
        let mut right = side(row.get(place + 1), false);
        if let Some(inside) = inside {
            left = left.max(inside.left + 4.0);
            right = right.min(inside.right - 4.0);
        }
        match here.kind {
            // With room for its label beside it.
            Kind::Label(edge) => {
                let width = self.plan.edges[edge].label.map_or(0.0, |(width, _)| width);
                if self.plan.labels_left() { left += width } else { right -= width }
            }
            Kind::Node(node) => {
                left = left.min(x - self.half_width(node));
                right = right.max(x + self.half_width(node));
            }
            Kind::Bend(_) | Kind::Filler => {}
        }
        (left.min(x - 1.0), right.max(x + 1.0))
    }

    /// Whether what stands in a row belongs to an edge between the same nodes as another.
    fn is_twin(&self, kind: Kind, other: usize) -> bool {
        let (Kind::Bend(edge) | Kind::Label(edge)) = kind else { return false };
        let ends = |edge: usize| {
            let edge = &self.plan.edges[edge];
            (edge.tail.min(edge.head), edge.tail.max(edge.head))
        };
        ends(edge) == ends(other)
    }

    /// Where an edge leaves its upper end (`is_down`) or its lower one.
    fn start(&self, node: usize, end: &End, is_down: bool, towards: f64) -> Start {
        let middle = self.middle(node);
        let vertex = &self.rows.vertices[node];
        let row = self.places.rows[vertex.rank];
        let sign = if is_down { 1.0 } else { -1.0 };
        let (half_width, half_height) = (self.half_width(node), vertex.half_height);
        let mut at = end.at;
        let mut leaves = end.leaves;
        if let (Some(part), None) = (end.part, leaves) {
            // The nearest side of the part that is the node's own side too.
            let touches = |distance: f64| distance.abs() < 2.0;
            let (upper, lower) = (touches(part.top + half_height), touches(part.bottom - half_height));
            let (near, far) = if is_down { (lower, upper) } else { (upper, lower) };
            let (left, right) = (touches(part.left + half_width), touches(part.right - half_width));
            let is_right = if left && right { towards > middle.x } else { right };
            if near {
                at = Point::new(part.middle().x, sign * half_height);
                leaves = Some(Point::new(0.0, sign));
            } else if left || right {
                let side = if is_right { 1.0 } else { -1.0 };
                at = Point::new(side * half_width, part.middle().y);
                leaves = Some(Point::new(side, 0.0));
            } else if far {
                at = Point::new(part.middle().x, -sign * half_height);
                leaves = Some(Point::new(0.0, -sign));
            }
        }
        let mut point = middle + at;
        let (left, right) = self.limits(node);
        let border = middle.y + sign * half_height;
        let slab =
            |from: f64, to: f64, left: f64, right: f64| Rect { left, right, top: from.min(to), bottom: from.max(to) };
        let mut boxes = Vec::new();
        let mut before = None;
        let leads_on = leaves.map(|side| side.y * sign);
        match (leaves, leads_on) {
            // To the other way: around the node.
            (Some(side), Some(on)) if on < -0.9 => {
                let is_right = if (towards - middle.x).abs() < 1.0 { at.x >= 0.0 } else { towards > middle.x };
                let out = if is_right {
                    right.min(middle.x + half_width + 10.0)
                } else {
                    left.max(middle.x - half_width - 10.0)
                };
                let beside = Point::new(out, middle.y);
                let lift = Point::new(0.0, side.y * (half_height + 16.0));
                before = Some(Cubic([point, point + Point::new(0.0, side.y * 20.0), beside + lift, beside]));
                point = beside;
                leaves = Some(Point::new(0.0, sign));
                let (from, to) = if is_right { (middle.x + half_width, right) } else { (left, middle.x - half_width) };
                boxes.push(slab(point.y, border, from.min(out), to.max(out)));
            }
            (Some(side), _) if side.x.abs() > 0.5 && (point.y - border) * sign < -0.5 => {
                let (from, to) =
                    if side.x > 0.0 { (point.x, right.max(point.x)) } else { (left.min(point.x), point.x) };
                boxes.push(slab(point.y, border, from, to));
            }
            (Some(_), _) if (point.y - border) * sign < -0.5 => {
                boxes.push(slab(point.y, border, middle.x - half_width, middle.x + half_width));
            }
            // From its middle it may leave the node at its sides too.
            (None, _) => boxes.push(slab(point.y, border, left.min(point.x), right.max(point.x))),
            _ => {}
        }
        let edge_of_row = if is_down { row.bottom() } else { row.top() };
        if (edge_of_row - border) * sign > 0.5 {
            boxes.push(slab(border, edge_of_row, left, right));
        }
        Start { at: point, tangent: leaves, before, boxes }
    }

    /// An edge from a row to a lower one, or back up.
    fn down(&self, number: usize, twin: f64) -> (Path, Option<Point>) {
        let edge = &self.plan.edges[number];
        let chain = &self.rows.chains[number];
        let is_down = chain.first() == Some(&edge.tail);
        let (Some(&top), Some(&bottom)) = (chain.first(), chain.last()) else { return (Path::default(), None) };
        let (top_end, bottom_end) =
            if is_down { (&edge.tail_end, &edge.head_end) } else { (&edge.head_end, &edge.tail_end) };
        let near = |place: Option<&usize>| place.map_or(0.0, |&vertex| self.places.x[vertex]);
        let upper = self.start(top, top_end, true, near(chain.get(1)));
        let lower =
            self.start(bottom, bottom_end, false, near(chain.len().checked_sub(2).and_then(|at| chain.get(at))));
        let mut corridor = upper.boxes;
        let mut label = None;
        let rank = self.rows.vertices[top].rank;
        for (step, &vertex) in chain.iter().enumerate().skip(1) {
            let (above, here) = (self.places.rows[rank + step - 1], self.places.rows[rank + step]);
            corridor.push(Rect {
                left: self.left - 60.0,
                right: self.right + 60.0,
                top: above.bottom(),
                bottom: here.top(),
            });
            if vertex == bottom {
                break;
            }
            let (left, right) = self.limits(vertex);
            corridor.push(Rect { left, right, top: here.top(), bottom: here.bottom() });
            if let (Kind::Label(_), Some((_, height))) = (self.rows.vertices[vertex].kind, edge.label) {
                label = Some((here.y, height / 2.0));
            }
        }
        corridor.extend(lower.boxes.into_iter().rev());
        let turned = lower.tangent.map(|side| side * -1.0);
        let mut path = if twin != 0.0 && upper.tangent.is_none() && lower.tangent.is_none() {
            let by = Point::new(twin * self.plan.node_gap.clamp(8.0, 24.0) * 4.0 / 3.0, 0.0);
            let (from, to) = (upper.at, lower.at);
            vec![Cubic([from, from.towards(to, 0.33) + by, from.towards(to, 0.67) + by, to])]
        } else {
            let points = tight(upper.at, lower.at, &corridor);
            if self.plan.is_straight {
                points.windows(2).map(|pair| Cubic::line(pair[0], pair[1])).collect()
            } else {
                let mut curves = Vec::new();
                smooth(&points, upper.tangent, turned, &corridor, &mut curves);
                curves
            }
        };
        if let Some(before) = upper.before {
            path.insert(0, before);
        }
        if let Some(Cubic([a, b, c, d])) = lower.before {
            path.push(Cubic([d, c, b, a]));
        }
        let path = Path(path);
        let label = label.zip(edge.label).map(|((y, half_height), (width, _))| {
            // Beside what of the edge is as high as the label.
            let passing = path.points().filter(|point| (point.y - y).abs() <= half_height).map(|point| point.x);
            let x = if self.plan.labels_left() {
                passing.reduce(f64::min).unwrap_or(0.0) - width / 2.0 - 1.0
            } else {
                passing.reduce(f64::max).unwrap_or(0.0) + width / 2.0 + 1.0
            };
            Point::new(x, y)
        });
        let label = label.or_else(|| Some(path.at_share(0.5)));
        (if is_down { path } else { path.turned_round() }, label)
    }

    /// An edge within a row.
    fn flat(&self, number: usize, twin: f64) -> (Path, Option<Point>) {
        let edge = &self.plan.edges[number];
        let (tail, head) = (self.middle(edge.tail), self.middle(edge.head));
        let is_right = tail.x < head.x;
        let sign = if is_right { 1.0 } else { -1.0 };
        let label_height = edge.label.map_or(0.0, |(_, height)| height);
        if let Some(arch) = place::arch(self.plan, self.rows, number) {
            let y = tail.y - arch.top;
            let foot = |node: usize, middle: Point, end: &End, sign: f64| {
                let half_width = self.half_width(node);
                let x = middle.x + end.part.map_or(sign * half_width * 0.4, |part| part.middle().x);
                let reach = Point::new(x + sign * half_width.min(30.0), y);
                let foot = Point::new(x, middle.y - self.rows.vertices[node].half_height * 0.8);
                [foot, Point::new(x + sign * 2.0, y), reach.towards(Point::new(x, y), 0.5), reach]
            };
            let up = foot(edge.tail, tail, &edge.tail_end, sign);
            let [foot, lift, bend, reach] = foot(edge.head, head, &edge.head_end, -sign);
            let path = Path(vec![Cubic(up), Cubic::line(up[3], reach), Cubic([reach, bend, lift, foot])]);
            let middle = up[3].towards(reach, 0.5);
            return (path, Some(Point::new(middle.x, y - label_height / 2.0 - 2.0)));
        }
        let side = |node: usize, middle: Point, end: &End, sign: f64| {
            let at = end.leaves.map(|_| end.at);
            let part = end.part.map(|part| Point::new(sign * self.half_width(node), part.middle().y));
            middle + at.or(part).unwrap_or(end.at)
        };
        let from = side(edge.tail, tail, &edge.tail_end, sign);
        let to = side(edge.head, head, &edge.head_end, -sign);
        let by = Point::new(0.0, twin * 14.0 * 4.0 / 3.0);
        let reach = (to - from).length() * 0.4;
        let control = |end: &End, at: Point, share: f64| match end.leaves {
            Some(side) => at + side * reach,
            None => from.towards(to, share) + by,
        };
        let path =
            Path(vec![Cubic([from, control(&edge.tail_end, from, 0.33), control(&edge.head_end, to, 0.67), to])]);
        // Between the nodes, not between their middles.
        let inner = |node: usize, x: f64, sign: f64| x + sign * self.half_width(node);
        let x = (inner(edge.tail, tail.x, sign) + inner(edge.head, head.x, -sign)) / 2.0;
        let lift = (label_height / 2.0 + 3.0) * if twin > 0.0 { -1.0 } else { 1.0 };
        let y = path.at_share(0.5).y - lift;
        (path, Some(Point::new(x, y)))
    }

    /// A loop, so far from its node's right side.
    fn turn_back(&self, number: usize, from: f64) -> (Path, Option<Point>) {
        let edge = &self.plan.edges[number];
        let node = edge.tail;
        let middle = self.middle(node);
        let (half_width, half_height) = (self.half_width(node), self.rows.vertices[node].half_height);
        let (tail_end, head_end) = (self.border(node, &edge.tail_end), self.border(node, &edge.head_end));
        let is_said = tail_end.is_some() || head_end.is_some();
        if is_said {
            let right = (Point::new(half_width, 0.0), Point::new(1.0, 0.0));
            let path = around(tail_end.unwrap_or(right), head_end.unwrap_or(right), (half_width, half_height));
            let path = path.map(|point| point + middle);
            let side = tail_end.unwrap_or(right).1;
            let label = edge.label.map(|(width, height)| {
                path.at_share(0.5) + Point::new(side.x * (width / 2.0 + 3.0), side.y * (height / 2.0 + 3.0))
            });
            return (path, label);
        }
        let reach = half_width + from + LOOP;
        let height = half_height.clamp(10.0, 40.0) * (1.0 + from / 160.0).min(1.6);
        let at = |x: f64, y: f64| middle + Point::new(x, y);
        let (turn, near) = (at(reach, 0.0), half_width * 0.9);
        let path = Path(vec![
            Cubic([middle, at(near, -height), at(reach, -height), turn]),
            Cubic([turn, at(reach, height), at(near, height), middle]),
        ]);
        let label = edge.label.map(|(width, _)| Point::new(turn.x + 2.0 + width / 2.0, turn.y));
        (path, label)
    }

    /// Where an end that is said meets its node's border, from the node's middle, and to which side it leaves.
    fn border(&self, node: usize, end: &End) -> Option<(Point, Point)> {
        let (half_width, half_height) = (self.half_width(node), self.rows.vertices[node].half_height);
        if let Some(side) = end.leaves {
            return Some((end.at, side));
        }
        let part = end.part?;
        let touches = |distance: f64| distance.abs() < 2.0;
        let middle = part.middle();
        Some(if touches(part.right - half_width) {
            (Point::new(half_width, middle.y), Point::new(1.0, 0.0))
        } else if touches(part.left + half_width) {
            (Point::new(-half_width, middle.y), Point::new(-1.0, 0.0))
        } else if touches(part.top + half_height) {
            (Point::new(middle.x, -half_height), Point::new(0.0, -1.0))
        } else {
            (Point::new(middle.x, part.bottom), Point::new(0.0, 1.0))
        })
    }
}

/// A way from a place at a node's border to another, each with the side to which it leaves, around the node's middle.
fn around(from: (Point, Point), to: (Point, Point), half: (f64, f64)) -> Path {
    let ((start, leaves), (end, comes)) = (from, to);
    let reach = LOOP * 1.6;
    if leaves.dot(comes) > 0.9 {
        // Side by side, and not in the same place.
        let apart = leaves.across() * if (start - end).length() < 12.0 { 6.0 } else { 0.0 };
        let (start, end) = (start - apart, end + apart);
        return Path(vec![Cubic([start, start + leaves * reach - apart, end + comes * reach + apart, end])]);
    }
    if leaves.dot(comes) > -0.9 {
        let far = reach + (start - end).length() * 0.4;
        return Path(vec![Cubic([start, start + leaves * far, end + comes * far, end])]);
    }
    // At opposite sides: over what lies between.
    let across = leaves.across();
    let over = across * (across.x.abs() * half.0 + across.y.abs() * half.1 + LOOP);
    let corner = |at: Point, side: Point| side * (side.dot(at) + LOOP) + over;
    let (out, back) = (corner(start, leaves), corner(end, comes));
    let top = out.towards(back, 0.5);
    Path(vec![Cubic([start, start + leaves * LOOP, out, top]), Cubic([top, back, end + comes * LOOP, end])])
}
