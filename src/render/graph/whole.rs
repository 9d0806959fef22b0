//! The page with the whole graph: places, titles, and what a script needs to move and filter them.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::labels::{self, Wish};
use super::layout::{self, Layout, Net};
use super::point::Point;
use crate::library::{Graph, NoteId};
use crate::render::Rendering;
use crate::render::address::relative;
use crate::render::context::{GraphContext, GraphLabelContext, GraphNodeContext, GraphShelfContext, GraphTiesContext};
use crate::render::json;

/// In a graph of no more notes, those that are linked to none have titles too.
const ALL_NAMED: usize = 60;
/// Titles that the drawing shows before anybody zooms, on a wide screen and on a narrow one.
const LABELS: usize = 48;
const LABELS_ON_NARROW: usize = 9;
/// The width of the drawing in letters: it is some thousand pixels wide on a desk and some three hundred in a hand.
const WIDE: f32 = 84.0;
const NARROW: f32 = 27.0;

impl Rendering<'_> {
    /// The graph as the page at `url` shows it.
    pub(in crate::render) fn graph_context(&self, url: &str) -> GraphContext {
        let library = self.library;
        let graph = &library.graph;
        let count = library.notes.len();
        // Shelf by shelf, so that the drawing names each colour once; the rest last.
        let mut order: Vec<NoteId> = (0..count).map(NoteId).collect();
        order.sort_by_key(|note| shelf_rank(graph.shelves.number(*note)));
        let mut number = vec![0u32; count];
        for (at, note) in (0u32..).zip(&order) {
            if let Some(slot) = number.get_mut(note.0) {
                *slot = at;
            }
        }
        let net = net(graph, &order, &number);
        let layout = layout::lay_out(&net);
        let size = Point { x: layout.width, y: layout.height };
        let (wide, narrow) = (layout.width / WIDE, layout.width / NARROW);

        let mut shelves: Vec<GraphShelfContext> = Vec::new();
        let mut nodes: Vec<Vec<GraphNodeContext>> = Vec::new();
        for ((note, at), radius) in order.iter().zip(&layout.at).zip(&layout.radius) {
            let shelf = graph.shelves.number(*note);
            if shelves.last().is_none_or(|last| last.number != shelf) {
                shelves.push(self.shelf(shelf, url));
                nodes.push(Vec::new());
            }
            let entry = library.note(*note);
            if let Some(nodes) = nodes.last_mut() {
                nodes.push(GraphNodeContext {
                    id: note.0,
                    title: entry.title.clone(),
                    url: relative(url, &entry.url),
                    x: rounded(at.x),
                    y: rounded(at.y),
                    radius: (radius * 10.0).round() / 10.0,
                });
            }
        }
        for (shelf, nodes) in shelves.iter_mut().zip(nodes) {
            shelf.nodes = nodes;
        }

        let mut by_degree: Vec<usize> = (0..count).collect();
        by_degree.sort_by_key(|at| std::cmp::Reverse(order.get(*at).map_or(0, |note| graph.degree(*note))));
        let wishes: Vec<Wish<'_>> = by_degree
            .iter()
            .take(if count <= 200 { count } else { LABELS * 8 })
            .filter_map(|at| {
                let (note, place, radius) = (order.get(*at)?, layout.at.get(*at)?, layout.radius.get(*at)?);
                let title = library.note(*note).title.as_str();
                (graph.degree(*note) > 0 || count <= ALL_NAMED).then_some(Wish { title, at: *place, radius: *radius })
            })
            .collect();
        let labels = labels::place(&wishes, size, (narrow, LABELS_ON_NARROW), (wide, LABELS))
            .into_iter()
            .map(|label| GraphLabelContext {
                text: label.text,
                x: rounded(label.at.x),
                y: rounded(label.at.y),
                on_narrow: label.on_narrow,
            })
            .collect();

        let loose_count = order.iter().filter(|note| graph.degree(**note) == 0).count();
        GraphContext {
            width: rounded(layout.width.ceil()),
            height: rounded(layout.height.ceil()),
            note_count: count,
            tie_count: graph.tie_count(),
            loose_count,
            loose_from: layout.loose_from.map(rounded),
            letters: rounded(wide * 10.0),
            letters_on_narrow: rounded(narrow * 10.0),
            density: density(count, net.ties.len()),
            ties: ties(&net, &layout),
            shelves,
            labels,
            data: self.script_data(&net, &order),
        }
    }

    fn shelf(&self, number: u8, url: &str) -> GraphShelfContext {
        let shelves = &self.library.graph.shelves;
        let shelf = usize::from(number).checked_sub(1).and_then(|at| shelves.all.get(at));
        let title = match shelf {
            Some(shelf) if !shelf.title.is_empty() => shelf.title.clone(),
            Some(_) => self.home_title().to_owned(),
            None => self.string("graph_rest").to_owned(),
        };
        GraphShelfContext {
            number,
            title,
            url: shelf.and_then(|shelf| shelf.url.as_deref()).map(|to| relative(url, to)),
            note_count: shelf.map_or(shelves.rest, |shelf| shelf.note_count),
            nodes: Vec::new(),
        }
    }

    /// What the script cannot read off the drawing: who is tied to whom, and tags. Nodes are numbered as they are
    /// drawn.
    fn script_data(&self, net: &Net, order: &[NoteId]) -> String {
        // Of each node the nodes after it, each by its distance from the one before.
        let mut ties = String::from("[");
        let mut rest = net.ties.as_slice();
        for node in 0..u32::try_from(order.len()).unwrap_or(0) {
            let own = rest.iter().take_while(|tie| tie.0 == node).count();
            let (tied, after) = rest.split_at(own);
            rest = after;
            ties.push_str(if node == 0 { "[" } else { ",[" });
            let mut last = node;
            for (at, (_, to)) in tied.iter().enumerate() {
                let _ = write!(ties, "{}{}", if at == 0 { "" } else { "," }, to - last);
                last = *to;
            }
            ties.push(']');
        }
        ties.push(']');

        let mut names: Vec<&str> = Vec::new();
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let mut tagged: Vec<Vec<usize>> = Vec::new();
        for note in order {
            let tags = self.library.note(*note).tags.iter().filter_map(|name| self.library.tags.named(name));
            tagged.push(
                tags.map(|tag| {
                    *known.entry(tag.name.as_str()).or_insert_with(|| {
                        names.push(&tag.name);
                        names.len() - 1
                    })
                })
                .collect(),
            );
        }
        if names.is_empty() {
            tagged.clear();
        }
        format!(
            "{{\"ties\":{ties},\"tags\":{},\"tagged\":{}}}",
            json::for_attribute(&names),
            json::for_attribute(&tagged)
        )
    }
}

/// The rest is drawn last.
fn shelf_rank(shelf: u8) -> (bool, u8) {
    (shelf == 0, shelf)
}

fn net(graph: &Graph, order: &[NoteId], number: &[u32]) -> Net {
    let of = |note: &NoteId| number.get(note.0).copied().unwrap_or(0);
    let mut ties = Vec::with_capacity(graph.tie_count());
    for note in order {
        let from = of(note);
        ties.extend(graph.neighbours(*note).iter().map(|to| (from, of(to))).filter(|(from, to)| from < to));
    }
    ties.sort_unstable();
    Net { shelf: order.iter().map(|note| graph.shelves.number(*note)).collect(), ties }
}

/// How strongly lines are drawn, 1 to 4: of many thousand each must be faint, or nothing is seen but lines.
fn density(notes: usize, ties: usize) -> u8 {
    match ties {
        0..=300 => 1,
        301..=1500 => 2,
        1501..=6000 if ties < 4 * notes => 3,
        _ => 4,
    }
}

/// Lines by shelf: those within one in its colour, those between two in none. Each line is written from where the last
/// one ended, in whole units, which makes a page of thousands small.
fn ties(net: &Net, layout: &Layout) -> Vec<GraphTiesContext> {
    let mut paths: Vec<(u8, String, (i32, i32))> = Vec::new();
    for (a, b) in &net.ties {
        let (a, b) = (*a as usize, *b as usize);
        let (Some(from), Some(to)) = (layout.at.get(a), layout.at.get(b)) else { continue };
        let shelf = net.shelf.get(a).filter(|shelf| net.shelf.get(b) == Some(shelf)).copied().unwrap_or(0);
        let at = paths.iter().position(|path| path.0 == shelf).unwrap_or_else(|| {
            paths.push((shelf, String::new(), (0, 0)));
            paths.len() - 1
        });
        let Some((_, path, last)) = paths.get_mut(at) else { continue };
        let (from, to) = ((rounded(from.x), rounded(from.y)), (rounded(to.x), rounded(to.y)));
        let (x, y, along, down) = (from.0 - last.0, from.1 - last.1, to.0 - from.0, to.1 - from.1);
        let _ = write!(path, "m{x}");
        for step in [y, along, down] {
            // A minus separates numbers as well as a blank.
            let _ = write!(path, "{}{step}", if step < 0 { "" } else { " " });
        }
        *last = to;
    }
    // What has no colour lies under what has.
    paths.sort_by_key(|path| path.0);
    paths.into_iter().map(|(shelf, path, _)| GraphTiesContext { shelf, path }).collect()
}

#[allow(clippy::cast_possible_truncation, reason = "a few thousand units")]
fn rounded(length: f32) -> i32 {
    length.round() as i32
}
