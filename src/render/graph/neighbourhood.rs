//! A note and its neighbours: a fan that opens from the note, one rib a neighbour, each with its title beside it.
//!
//! A ring of dots around a note, as other tools draw it, has no room for titles in a column beside a text: they lie on
//! each other, or are seen only by hovering. On the rim of a fan every title has a line of its own. Ties between
//! neighbours bend inwards from the rim.

use std::fmt::Write as _;

use super::labels::{shortened, width};
use crate::library::NoteId;
use crate::render::Rendering;
use crate::render::address::relative;
use crate::render::context::{NeighbourContext, NeighbourhoodContext};

/// Neighbours that are shown; a drawing of more would be longer than a screen.
const MOST: usize = 16;
/// In units of the drawing; the column beside a text is as many pixels wide.
const WIDTH: f32 = 224.0;
const LINE: f32 = 20.0;
const LETTERS: f32 = 12.5;

impl Rendering<'_> {
    /// The neighbourhood of a note as the page at `url` shows it; `None` where nothing is tied to the note.
    pub(in crate::render) fn neighbourhood(&self, id: NoteId, url: &str) -> Option<NeighbourhoodContext> {
        let graph = &self.library.graph;
        let page = self.library.pages.graph.as_deref()?;
        let mut shown = graph.neighbours(id).to_vec();
        let all = shown.len();
        if all == 0 {
            return None;
        }
        let by_degree = |note: &NoteId| (std::cmp::Reverse(graph.degree(*note)), *note);
        if all > MOST {
            shown.select_nth_unstable_by_key(MOST - 1, by_degree);
            shown.truncate(MOST);
        }
        let shelf = |note: NoteId| graph.shelves.number(note);
        let own = shelf(id);
        // Shelf by shelf, the note's own first, so that ties along the rim are short.
        shown.sort_unstable_by_key(|note| (shelf(*note) != own, shelf(*note) == 0, shelf(*note), by_degree(note)));

        #[allow(clippy::cast_precision_loss, reason = "at most sixteen")]
        let (count, middle) = (shown.len() as f32, (shown.len() as f32 - 1.0) / 2.0);
        let height = (count * LINE + 8.0).max(44.0);
        let bulge = (6.0 * (count - 1.0)).clamp(0.0, 30.0);
        #[allow(clippy::cast_precision_loss, reason = "at most sixteen")]
        let place = |index: usize| -> (f32, f32) {
            let from_middle = index as f32 - middle;
            let bend = if middle > 0.0 { from_middle / (middle + 0.5) } else { 0.0 };
            (52.0 + bulge * (1.0 - bend * bend), height / 2.0 + from_middle * LINE)
        };
        let mut ribs = String::new();
        let mut across = String::new();
        let (left, centre) = (14.0f32, height / 2.0);
        let mut notes = Vec::with_capacity(shown.len());
        for (index, note) in shown.iter().enumerate() {
            let (x, y) = place(index);
            // Out of the note sideways, and to the rim from the left.
            let _ = write!(ribs, "M{left:.0} {centre:.0}Q{:.0} {y:.0} {x:.0} {y:.0}", left + (x - left) * 0.45);
            for (other, tied) in shown.iter().enumerate().skip(index + 1) {
                if graph.are_tied(*note, *tied) {
                    let (to_x, to_y) = place(other);
                    let bent = x.min(to_x) - 5.0 - 0.16 * (to_y - y);
                    let _ =
                        write!(across, "M{x:.0} {y:.0}Q{bent:.0} {:.0} {to_x:.0} {to_y:.0}", f32::midpoint(y, to_y));
                }
            }
            let entry = self.library.note(*note);
            let room = (WIDTH - x - 9.0) / LETTERS;
            let label = shortened(&entry.title, room);
            notes.push(NeighbourContext {
                full_title: (width(&entry.title) > room).then(|| entry.title.clone()),
                label,
                url: relative(url, &entry.url),
                shelf: shelf(*note),
                x: rounded(x),
                y: rounded(y),
            });
        }
        Some(NeighbourhoodContext {
            width: rounded(WIDTH),
            height: rounded(height),
            shelf: own,
            x: rounded(left),
            y: rounded(centre),
            ribs,
            across: (!across.is_empty()).then_some(across),
            neighbours: notes,
            count: all,
            more: all - shown.len(),
            graph_url: format!("{}#n{}", relative(url, page), id.0),
        })
    }
}

/// A length in whole units of the drawing.
#[allow(clippy::cast_possible_truncation, reason = "a few hundred units")]
fn rounded(length: f32) -> i32 {
    length.round() as i32
}
