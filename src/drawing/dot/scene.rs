//! A graph → what is to be laid out, and how it looks.

mod clusters;
mod said;

use std::collections::BTreeMap;

use super::arrow::{self, Head};
use super::colour::{self, Colour};
use super::content::{Content, Item};
use super::curve::{Point, Rect, is_inside};
use super::graph::{Attributes, Edge, Graph, Node, Port, Value};
use super::label::{Align, Names};
use super::layout::{Direction, End, Level, LevelKind, Plan, PlanCluster, PlanEdge, PlanNode};
use super::shape::{self, Shape};
use super::{fault, record, unsupported};
use crate::drawing::Fault;
use crate::language::josa;
use crate::text;
use clusters::Clusters;
use said::{begins, colour_of, content, font, ground, justified, link, pen, pens, words_or_html};

/// Around an edge's label, on both sides together.
const LABEL_MARGIN: f64 = 8.0;
/// Around what is in a cluster.
const CLUSTER_MARGIN: f64 = 8.0;
const INCH: f64 = 72.0;

/// How a line is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pen {
    /// What the writer says.
    pub colour: Option<Colour>,
    pub width: f64,
    pub dashes: Option<&'static str>,
}

pub struct NodeLook {
    pub shape: Shape,
    pub size: (f64, f64),
    pub content: Content,
    pub pen: Pen,
    pub fill: Option<Colour>,
    pub link: Option<String>,
    pub beside: Option<Content>,
    pub is_hidden: bool,
}

pub struct EdgeLook {
    pub pens: Vec<Pen>,
    pub fill: Option<Colour>,
    /// At the tail and at the head.
    pub ends: [EdgeEnd; 2],
    pub arrow_scale: f64,
    pub label: Option<Content>,
    /// A label that has no place of its own.
    pub beside: Option<Content>,
    pub link: Option<String>,
    pub is_hidden: bool,
    /// How far labels stand from the ends, and whether at the other side.
    pub label_distance: f64,
    pub is_other_side: bool,
}

#[derive(Default)]
pub struct EdgeEnd {
    pub heads: Vec<Head>,
    pub label: Option<Content>,
    /// The cluster at whose side it ends.
    pub cluster: Option<usize>,
}

pub struct ClusterLook {
    pub label: Option<Content>,
    pub align: Align,
    pub is_below: bool,
    pub pen: Pen,
    pub fill: Option<Colour>,
    pub radius: f64,
    pub link: Option<String>,
    pub is_drawn: bool,
    pub is_hidden: bool,
}

pub struct Scene {
    pub plan: Plan,
    pub nodes: Vec<NodeLook>,
    pub edges: Vec<EdgeLook>,
    pub clusters: Vec<ClusterLook>,
    pub ground: Option<Colour>,
    /// The label of the whole, at which side it stands, and whether below.
    pub label: Option<(Content, Align, bool)>,
    /// What the writer is told of what is drawn all the same.
    pub remarks: Vec<Fault>,
}

impl Scene {
    pub fn of(graph: &Graph) -> Result<Self, Fault> {
        let whole = graph.attributes();
        if let Some(layout) = whole.value("layout").filter(|layout| layout.text.trim() != "dot") {
            let name: String = layout.text.chars().take(30).collect();
            return Err(unsupported(&format!("배치 방법 `{name}`"), &format!("the layout `{name}`"), layout.at));
        }
        if let Some(layers) = whole.value("layers") {
            return Err(unsupported("겹으로 나눈 그림(`layers`)", "a picture in layers (`layers`)", layers.at));
        }
        let direction = match whole.text("rankdir").unwrap_or_default() {
            "LR" => Direction::Right,
            "RL" => Direction::Left,
            "BT" => Direction::Up,
            _ => Direction::Down,
        };
        let splines = whole.written("splines").map(|value| value.text.trim().to_ascii_lowercase());
        let gap = |name: &str, default: f64, least: f64| {
            (whole.number(name).unwrap_or(default).clamp(least, 20.0) * INCH).round()
        };
        let mut scene = Self {
            plan: Plan {
                direction,
                node_gap: gap("nodesep", 0.25, 0.05),
                rank_gap: gap("ranksep", 0.5, 0.1),
                ranks_freely: whole.is_true("newrank") == Some(true),
                is_straight: matches!(splines.as_deref(), Some("line" | "false" | "no" | "polyline" | "0")),
                ..Plan::default()
            },
            nodes: Vec::new(),
            edges: Vec::new(),
            clusters: Vec::new(),
            ground: ground(whole)?,
            label: None,
            remarks: Vec::new(),
        };
        let names = Names { graph: graph.name(), ..Names::default() };
        if let Some(label) = content(whole, "label", &names)? {
            scene.label = Some((label, justified(whole), !begins(whole, "labelloc", 't')));
        }
        let clusters = Clusters::of(graph);
        scene.clusters(graph, &clusters)?;
        let mut groups = BTreeMap::new();
        for (number, node) in graph.nodes.iter().enumerate() {
            scene.node(graph, node, clusters.of_node[number], &mut groups)?;
        }
        scene.order(graph);
        scene.levels(graph);
        let hides_edges = matches!(splines.as_deref(), Some("" | "none"));
        for edge in &graph.edges {
            scene.edge(graph, edge, &clusters, hides_edges)?;
        }
        Ok(scene)
    }

    /// What the writer calls the whole.
    pub fn title(&self) -> Option<String> {
        let (label, ..) = self.label.as_ref()?;
        let texts: Vec<String> = label.texts().collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    fn clusters(&mut self, graph: &Graph, clusters: &Clusters) -> Result<(), Fault> {
        for &subgraph in &clusters.subgraphs {
            let said = &graph.subgraphs[subgraph].attributes;
            let name = graph.subgraphs[subgraph].name.as_deref().unwrap_or_default();
            let names = Names { graph: name, ..Names::default() };
            let label = content(said, "label", &names)?;
            let is_below = begins(said, "labelloc", 'b');
            let (width, height) = label.as_ref().map_or((0.0, 0.0), |label| (label.width + 16.0, label.height + 8.0));
            let is_filled = shape::is_filled(said)?;
            let mut fill = None;
            if is_filled || said.value("bgcolor").is_some() {
                let first = if is_filled { said.value("fillcolor").or(said.value("color")) } else { None };
                fill = match first.or(said.value("bgcolor")) {
                    Some(value) => Some(colour_of(value)?),
                    None => Some(colour::GROUND),
                };
            }
            let mut pen = pen(said)?;
            if let Some(value) = said.value("pencolor") {
                pen.colour = Some(colour_of(value)?);
            }
            self.clusters.push(ClusterLook {
                label,
                align: justified(said),
                is_below,
                pen,
                fill: fill.filter(|fill| fill.alpha > 0),
                radius: if said.has_style("rounded") { 10.0 } else { 0.0 },
                link: link(said, &["URL", "href"], &names),
                is_drawn: said.number("peripheries") != Some(0.0),
                is_hidden: said.has_style("invis"),
            });
            let margin = said.number("margin").map_or(CLUSTER_MARGIN, |margin| margin.clamp(0.0, 200.0));
            self.plan.clusters.push(PlanCluster {
                parent: clusters.parent(graph, subgraph),
                label: (width, height),
                has_label_below: is_below,
                margin,
            });
        }
        Ok(())
    }

    fn node(
        &mut self,
        graph: &Graph,
        node: &Node,
        cluster: Option<usize>,
        groups: &mut BTreeMap<String, usize>,
    ) -> Result<(), Fault> {
        let said = &node.attributes;
        let names = Names { graph: graph.name(), node: &node.name, edge: None };
        let shape = Shape::of(said)?;
        let default = Value { text: r"\N".into(), is_html: false, at: node.at };
        let label = said.written("label").unwrap_or(&default);
        let font = font(said)?;
        let mut content = if shape.is_point() {
            Content::default()
        } else if shape.is_record() && !label.is_html {
            let inches = |name: &str, default: f64| said.number(name).unwrap_or(default).clamp(0.01, 100.0) * INCH;
            let least = (inches("width", 0.75), inches("height", 0.5));
            let is_upright = self.plan.direction.is_sideways();
            record::content(&label.text, &font, &names, is_upright, least)
                .ok_or_else(|| shape::wrong_record(label.at))?
        } else {
            words_or_html(label, &font, &names)?
        };
        let size = if shape.is_record() && !label.is_html {
            (content.width, content.height)
        } else {
            shape.size((content.width, content.height), content.is_empty() && !label.is_html, said)
        };
        let is_filled = shape::is_filled(said)?;
        let pen = pen(said)?;
        let fill = if is_filled || shape.is_point() {
            match said.value("fillcolor").or(said.value("color")) {
                Some(value) => Some(colour_of(value)?),
                None if shape.is_point() => None,
                None => Some(colour::GROUND),
            }
        } else {
            None
        };
        if shape.is_box() && !label.is_html && !shape.is_record() {
            // Lines that begin at the left begin at the node's left.
            for (item, _) in &mut content.items {
                if let Item::Words { words, .. } = item {
                    words.width = words.width.max(size.0 - 16.0);
                }
            }
        }
        let group = said.text("group").map(|group| {
            let next = groups.len();
            *groups.entry(group.to_owned()).or_insert(next)
        });
        self.plan.nodes.push(PlanNode { width: size.0, height: size.1, cluster, group, ..PlanNode::default() });
        self.nodes.push(NodeLook {
            shape,
            size,
            content,
            pen,
            fill: fill.filter(|fill| fill.alpha > 0),
            link: link(said, &["URL", "href"], &names),
            beside: said::content(said, "xlabel", &names)?,
            is_hidden: said.has_style("invis"),
        });
        Ok(())
    }

    /// `ordering = out`, of the whole, of a subgraph's nodes or of a node.
    fn order(&mut self, graph: &Graph) {
        let mut set = |node: usize, said: &Attributes| match said.text("ordering") {
            Some("out") => self.plan.nodes[node].is_ordered.0 = true,
            Some("in") => self.plan.nodes[node].is_ordered.1 = true,
            _ => {}
        };
        for subgraph in &graph.subgraphs {
            for &node in &subgraph.nodes {
                set(node, &subgraph.attributes);
            }
        }
        for (number, node) in graph.nodes.iter().enumerate() {
            set(number, &node.attributes);
        }
    }

    fn levels(&mut self, graph: &Graph) {
        for subgraph in graph.subgraphs.iter().skip(1).filter(|subgraph| !subgraph.nodes.is_empty()) {
            let kind = match subgraph.attributes.text("rank") {
                Some("same") => LevelKind::Same,
                Some("min" | "source") => LevelKind::First,
                Some("max" | "sink") => LevelKind::Last,
                _ => continue,
            };
            self.plan.levels.push(Level { kind, nodes: subgraph.nodes.clone() });
        }
    }

    fn edge(&mut self, graph: &Graph, edge: &Edge, clusters: &Clusters, is_hidden: bool) -> Result<(), Fault> {
        let said = &edge.attributes;
        let sign = if graph.is_directed { "->" } else { "--" };
        let (tail, head) = (&graph.nodes[edge.tail], &graph.nodes[edge.head]);
        let names = Names { graph: graph.name(), node: "", edge: Some((&tail.name, sign, &head.name)) };
        let label = content(said, "label", &names)?;
        let is_hidden = is_hidden || said.has_style("invis");
        let mut remarks = Vec::new();
        let mut end = |node: usize, port: &Port, attribute: &str| {
            let written = said.text(attribute).map(|written| match written.split_once(':') {
                Some((name, side)) => Port { name: Some(name.to_owned()), side: Some(side.to_owned()) },
                None => Port { name: Some(written.to_owned()), side: None },
            });
            let port = if *port == Port::default() { written.unwrap_or_default() } else { port.clone() };
            if let Some(name) = port.name.as_ref().filter(|name| !self.has_port(node, name)) {
                let name: String = name.chars().take(40).collect();
                let node: String = graph.nodes[node].name.chars().take(40).collect();
                let named = format!("`{name}`");
                let korean = josa(&named, "이라는", "라는");
                let message =
                    text!("노드 `{node}`에는 {korean} 포트가 없습니다", "the node `{node}` has no port `{name}`");
                remarks.push(fault(message, edge.at));
            }
            self.end(node, &port)
        };
        let (tail_end, head_end) =
            (end(edge.tail, &edge.tail_port, "tailport"), end(edge.head, &edge.head_port, "headport"));
        self.remarks.append(&mut remarks);
        self.plan.edges.push(PlanEdge {
            tail: edge.tail,
            head: edge.head,
            length: said.number("minlen").map_or(1, |length| length.clamp(0.0, 50.0) as i64),
            weight: said.number("weight").map_or(1, |weight| weight.clamp(0.0, 1000.0) as i64),
            constrains: said.is_true("constraint") != Some(false),
            label: label.as_ref().map(|label| (label.width + LABEL_MARGIN, label.height + 2.0)),
            tail_end,
            head_end,
        });
        let arrows = |attribute: &str| -> Result<Vec<Head>, Fault> {
            let Some(value) = said.value(attribute) else { return Ok(vec![arrow::NORMAL]) };
            let name = value.text.trim();
            arrow::of(name).ok_or_else(|| {
                let name: String = name.chars().take(30).collect();
                unsupported(&format!("화살촉 `{name}`"), &format!("the arrow `{name}`"), value.at)
            })
        };
        let (at_tail, at_head) = match said.text("dir") {
            Some("forward") => (false, true),
            Some("back") => (true, false),
            Some("both") => (true, true),
            Some("none") => (false, false),
            _ => (false, graph.is_directed),
        };
        let outer = |attribute: &str, own: usize, other: usize| {
            let cluster = clusters.named(graph, said.text(attribute)?)?;
            let holds = |node: usize| self.plan.around(clusters.of_node[node]).any(|inside| inside == cluster);
            (holds(own) && !holds(other)).then_some(cluster)
        };
        let is_compound = graph.attributes().is_true("compound") == Some(true);
        let side_font = |attribute: &str| -> Result<Option<Content>, Fault> {
            let mut font = font(said)?;
            if let Some(value) = said.value("labelfontcolor") {
                font.colour = Some(colour_of(value)?);
            }
            font.size = said.number("labelfontsize").unwrap_or(font.size).clamp(4.0, 200.0);
            said.value(attribute).map(|value| words_or_html(value, &font, &names)).transpose()
        };
        let ends = [
            EdgeEnd {
                heads: if at_tail { arrows("arrowtail")? } else { Vec::new() },
                label: side_font("taillabel")?,
                cluster: outer("ltail", edge.tail, edge.head).filter(|_| is_compound),
            },
            EdgeEnd {
                heads: if at_head { arrows("arrowhead")? } else { Vec::new() },
                label: side_font("headlabel")?,
                cluster: outer("lhead", edge.head, edge.tail).filter(|_| is_compound),
            },
        ];
        let fill = said.value("fillcolor").map(colour_of).transpose()?;
        self.edges.push(EdgeLook {
            pens: pens(said)?,
            fill,
            ends,
            arrow_scale: said.number("arrowsize").unwrap_or(1.0).clamp(0.0, 10.0),
            label,
            beside: content(said, "xlabel", &names)?,
            link: link(said, &["URL", "href", "labelURL", "labelhref", "edgeURL", "edgehref"], &names),
            is_hidden,
            label_distance: said.number("labeldistance").unwrap_or(1.0).clamp(0.0, 20.0),
            is_other_side: said.number("labelangle").is_some_and(|angle| angle > 0.0),
        });
        Ok(())
    }

    fn has_port(&self, node: usize, name: &str) -> bool {
        self.nodes[node].content.port(name).is_some() || matches!(name, "c" | "_" | "") || side_of(name).is_some()
    }

    /// Where an edge meets a node.
    fn end(&self, node: usize, port: &Port) -> End {
        let look = &self.nodes[node];
        let name = port.name.as_deref();
        let shift = if look.shape.is_record() { Point::default() } else { look.shape.content_at(look.size) };
        let part = name.and_then(|name| look.content.port(name)).map(|part| part.moved(shift));
        let side = match (part, &port.side, name) {
            (_, Some(side), _) => side_of(side),
            (None, None, Some(name)) => side_of(name),
            _ => None,
        };
        let Some(side) = side else {
            return End { at: part.map_or(Point::default(), Rect::middle), leaves: None, part };
        };
        let at = match part {
            Some(part) => {
                part.middle() + Point::new(side.x.signum() * flat(side.x), side.y.signum() * flat(side.y)).scaled(part)
            }
            None => border(&look.shape.outline(look.size), side, look.size),
        };
        End { at, leaves: Some(side.unit()), part: None }
    }
}

/// One, unless it is nothing.
fn flat(part: f64) -> f64 {
    if part.abs() < 1e-6 { 0.0 } else { 1.0 }
}

impl Point {
    /// From the middle of a box so far to its sides.
    fn scaled(self, rect: Rect) -> Self {
        Self::new(self.x * rect.width() / 2.0, self.y * rect.height() / 2.0)
    }
}

/// Where an outline is left towards a side.
fn border(outline: &[Point], side: Point, (width, height): (f64, f64)) -> Point {
    let far = Point::new(side.x * width / 2.0, side.y * height / 2.0);
    let (mut inside, mut outside) = (0.0, 1.01);
    if is_inside(outline, far * 0.999) {
        return far;
    }
    for _ in 0..24 {
        let middle = (inside + outside) / 2.0;
        if is_inside(outline, far * middle) { inside = middle } else { outside = middle }
    }
    far * inside
}

/// `n`, `se` and their like.
fn side_of(name: &str) -> Option<Point> {
    Some(match name {
        "n" => Point::new(0.0, -1.0),
        "ne" => Point::new(1.0, -1.0),
        "e" => Point::new(1.0, 0.0),
        "se" => Point::new(1.0, 1.0),
        "s" => Point::new(0.0, 1.0),
        "sw" => Point::new(-1.0, 1.0),
        "w" => Point::new(-1.0, 0.0),
        "nw" => Point::new(-1.0, -1.0),
        _ => return None,
    })
}
