//! Tables in labels: how large their cells are, and where they stand.

use roxmltree::Node;

use super::{Inner, Reader, attribute};
use crate::drawing::Fault;
use crate::drawing::dot::colour::Colour;
use crate::drawing::dot::content::{Content, Item};
use crate::drawing::dot::curve::{Point, Rect};
use crate::drawing::dot::graph::number;
use crate::drawing::dot::label::{Align, Font, Words};
use crate::drawing::dot::{too_large, unsupported};

const MOST_CELLS: usize = 2000;

/// What tables and cells have alike.
#[derive(Clone, Debug, Default)]
struct Look {
    fill: Option<Colour>,
    border: f64,
    colour: Option<Colour>,
    is_rounded: bool,
    /// Which sides are drawn, where not all are.
    sides: Option<String>,
    port: Option<String>,
    link: Option<String>,
    least: (f64, f64),
}

pub struct Table {
    look: Look,
    cells: Vec<Cell>,
    spacing: f64,
    columns: Vec<f64>,
    rows: Vec<f64>,
    /// Below which rows, and behind which columns of which rows, a line is drawn.
    rules: Vec<Rule>,
}

enum Rule {
    Below(usize),
    Behind { row: usize, column: usize },
}

struct Cell {
    look: Look,
    row: usize,
    column: usize,
    row_span: usize,
    column_span: usize,
    padding: f64,
    inner: Inner,
    /// At which side the content stands, from left to right and from top to bottom.
    align: Option<Align>,
    upright: Align,
}

impl Table {
    pub fn read(reader: &Reader, node: Node<'_, '_>, font: &Font) -> Result<Self, Fault> {
        let pixels = |name: &str| attribute(node, name).and_then(number).map(|value| value.clamp(0.0, 200.0));
        let mut look = look(reader, node)?;
        look.border = pixels("border").unwrap_or(1.0);
        let cell_border = pixels("cellborder").unwrap_or(look.border);
        let padding = pixels("cellpadding").unwrap_or(2.0);
        let mut table = Self {
            look,
            cells: Vec::new(),
            spacing: pixels("cellspacing").unwrap_or(2.0),
            columns: Vec::new(),
            rows: Vec::new(),
            rules: Vec::new(),
        };
        let mut taken: Vec<Vec<bool>> = Vec::new();
        let mut row = 0usize;
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name().to_ascii_lowercase().as_str() {
                "tr" => {
                    table.row(reader, child, row, font, (cell_border, padding), &mut taken)?;
                    row += 1;
                }
                "hr" => table.rules.extend(row.checked_sub(1).map(Rule::Below)),
                other => return Err(strange(other, reader.at)),
            }
        }
        if attribute(node, "rows").is_some_and(|rows| rows.contains('*')) {
            table.rules.extend((0..row.saturating_sub(1)).map(Rule::Below));
        }
        let columns = taken.iter().map(Vec::len).max().unwrap_or(0);
        if attribute(node, "columns").is_some_and(|columns| columns.contains('*')) {
            let places = (0..row).flat_map(|row| (0..columns.saturating_sub(1)).map(move |column| (row, column)));
            table.rules.extend(places.map(|(row, column)| Rule::Behind { row, column }));
        }
        table.measure(columns, taken.len());
        Ok(table)
    }

    fn row(
        &mut self,
        reader: &Reader,
        node: Node<'_, '_>,
        row: usize,
        font: &Font,
        (border, padding): (f64, f64),
        taken: &mut Vec<Vec<bool>>,
    ) -> Result<(), Fault> {
        if taken.len() <= row {
            taken.resize(row + 1, Vec::new());
        }
        let mut column = 0usize;
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name().to_ascii_lowercase().as_str() {
                "td" => {}
                "vr" => {
                    self.rules.extend(column.checked_sub(1).map(|column| Rule::Behind { row, column }));
                    continue;
                }
                other => return Err(strange(other, reader.at)),
            }
            while taken[row].get(column) == Some(&true) {
                column += 1;
            }
            let span = |name: &str| {
                let written = attribute(child, name).and_then(|span| span.trim().parse::<usize>().ok());
                written.unwrap_or(1).clamp(1, 200)
            };
            let (row_span, column_span) = (span("rowspan"), span("colspan"));
            if self.cells.len() >= MOST_CELLS || column > MOST_CELLS {
                return Err(too_large(reader.at));
            }
            if taken.len() < row + row_span {
                taken.resize(row + row_span, Vec::new());
            }
            for line in &mut taken[row..row + row_span] {
                if line.len() < column + column_span {
                    line.resize(column + column_span, false);
                }
                line[column..column + column_span].fill(true);
            }
            self.cells.push(Cell::read(
                reader,
                child,
                font,
                (border, padding),
                (row, column),
                (row_span, column_span),
            )?);
            column += column_span;
        }
        Ok(())
    }

    fn measure(&mut self, columns: usize, rows: usize) {
        self.columns = vec![0.0; columns];
        self.rows = vec![0.0; rows];
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by_key(|&cell| self.cells[cell].column_span + self.cells[cell].row_span);
        for cell in order {
            let cell = &self.cells[cell];
            let (width, height) = cell.size();
            widen(&mut self.columns[cell.column..cell.column + cell.column_span], width, self.spacing);
            widen(&mut self.rows[cell.row..cell.row + cell.row_span], height, self.spacing);
        }
        let (width, height) = self.size();
        let (least_width, least_height) = self.look.least;
        share(&mut self.columns, least_width - width);
        share(&mut self.rows, least_height - height);
    }

    pub fn size(&self) -> (f64, f64) {
        let length = |parts: &[f64]| {
            parts.iter().sum::<f64>() + self.spacing * (parts.len() + 1) as f64 + 2.0 * self.look.border
        };
        (length(&self.columns), length(&self.rows))
    }

    pub fn content(&self) -> Content {
        let (width, height) = self.size();
        let mut content = Content { width, height, ..Content::default() };
        self.place(Rect::around(Point::default(), width, height), None, &mut content);
        content
    }

    fn place(&self, rect: Rect, ground: Option<Colour>, content: &mut Content) {
        let ground = self.look.fill.or(ground);
        self.look.place(rect, content);
        let (width, height) = self.size();
        let (mut columns, mut rows) = (self.columns.clone(), self.rows.clone());
        share(&mut columns, rect.width() - width);
        share(&mut rows, rect.height() - height);
        let starts = |from: f64, parts: &[f64]| -> Vec<f64> {
            let mut at = from + self.look.border + self.spacing;
            let mut starts = Vec::with_capacity(parts.len());
            for part in parts {
                starts.push(at);
                at += part + self.spacing;
            }
            starts
        };
        let (lefts, tops) = (starts(rect.left, &columns), starts(rect.top, &rows));
        let end = |starts: &[f64], parts: &[f64], last: usize| {
            starts.get(last).zip(parts.get(last)).map_or(0.0, |(start, part)| start + part)
        };
        for cell in &self.cells {
            let rect = Rect {
                left: lefts[cell.column],
                top: tops[cell.row],
                right: end(&lefts, &columns, cell.column + cell.column_span - 1),
                bottom: end(&tops, &rows, cell.row + cell.row_span - 1),
            };
            cell.place(rect, ground, content);
        }
        for rule in &self.rules {
            let half = self.spacing / 2.0;
            let (from, to) = match *rule {
                Rule::Below(row) => {
                    let y = end(&tops, &rows, row) + half;
                    (Point::new(rect.left, y), Point::new(rect.right, y))
                }
                Rule::Behind { row, column } => {
                    let x = end(&lefts, &columns, column) + half;
                    let top = tops.get(row).copied().unwrap_or(rect.top);
                    (Point::new(x, top - half), Point::new(x, end(&tops, &rows, row) + half))
                }
            };
            content.items.push((Item::Line { from, to }, None));
        }
    }
}

impl Cell {
    fn read(
        reader: &Reader,
        node: Node<'_, '_>,
        font: &Font,
        (border, padding): (f64, f64),
        (row, column): (usize, usize),
        (row_span, column_span): (usize, usize),
    ) -> Result<Self, Fault> {
        let pixels = |name: &str| attribute(node, name).and_then(number).map(|value| value.clamp(0.0, 200.0));
        let mut look = look(reader, node)?;
        look.border = pixels("border").unwrap_or(border);
        let side = |name: &str| attribute(node, name).map(str::to_ascii_lowercase);
        let align = |side: Option<String>| match side.as_deref() {
            Some("left" | "top") => Some(Align::Left),
            Some("right" | "bottom") => Some(Align::Right),
            Some("center" | "middle") => Some(Align::Middle),
            _ => None,
        };
        let mut inner = reader.inner(node, font)?;
        if let (Inner::Words(words), Some(balance)) = (&mut inner, align(side("balign"))) {
            for line in words.lines.iter_mut().filter(|line| line.align == Align::Middle) {
                line.align = balance;
            }
        }
        Ok(Self {
            look,
            row,
            column,
            row_span,
            column_span,
            padding: pixels("cellpadding").unwrap_or(padding),
            inner,
            align: align(side("align")),
            upright: align(side("valign")).unwrap_or(Align::Middle),
        })
    }

    fn size(&self) -> (f64, f64) {
        let (width, height) = self.inner.size();
        let around = 2.0 * (self.padding + self.look.border);
        ((width + around).max(self.look.least.0), (height + around).max(self.look.least.1))
    }

    fn place(&self, rect: Rect, ground: Option<Colour>, content: &mut Content) {
        let ground = self.look.fill.or(ground);
        // Its words lead there.
        Look { link: None, ..self.look.clone() }.place(rect, content);
        let inside = rect.grown(-self.padding - self.look.border);
        let (width, height) = self.inner.size();
        let along = |align: Align, from: f64, to: f64, length: f64| match align {
            Align::Left => from + length / 2.0,
            Align::Middle => (from + to) / 2.0,
            Align::Right => to - length / 2.0,
        };
        match &self.inner {
            Inner::Words(words) => {
                let x = along(self.align.unwrap_or(Align::Middle), inside.left, inside.right, width);
                let y = along(self.upright, inside.top, inside.bottom, height);
                let item = Item::Words { at: Point::new(x, y), words: Words::clone(words), ground };
                content.items.push((item, self.look.link.clone()));
            }
            Inner::Table(table) => {
                // A table fills its cell, unless it is told where to stand.
                let rect = match self.align {
                    None => inside,
                    Some(align) => {
                        let x = along(align, inside.left, inside.right, width);
                        let y = along(self.upright, inside.top, inside.bottom, height);
                        Rect::around(Point::new(x, y), width, height)
                    }
                };
                table.place(rect, ground, content);
            }
        }
    }
}

impl Look {
    fn place(&self, rect: Rect, content: &mut Content) {
        if let Some(port) = &self.port {
            content.ports.push((port.clone(), rect));
        }
        let border = (self.border > 0.0 && self.sides.is_none()).then_some((self.border, self.colour));
        if self.fill.is_some() || border.is_some() {
            let item = Item::Box { rect, fill: self.fill, border, is_rounded: self.is_rounded };
            content.items.push((item, self.link.clone()));
        }
        let Some(sides) = self.sides.as_ref().filter(|_| self.border > 0.0) else { return };
        let corner = Point::new;
        for side in sides.chars() {
            let (from, to) = match side {
                'L' => (corner(rect.left, rect.top), corner(rect.left, rect.bottom)),
                'R' => (corner(rect.right, rect.top), corner(rect.right, rect.bottom)),
                'T' => (corner(rect.left, rect.top), corner(rect.right, rect.top)),
                'B' => (corner(rect.left, rect.bottom), corner(rect.right, rect.bottom)),
                _ => continue,
            };
            content.items.push((Item::Line { from, to }, None));
        }
    }
}

fn look(reader: &Reader, node: Node<'_, '_>) -> Result<Look, Fault> {
    let colour = |name: &str| attribute(node, name).map(|written| reader.colour(written)).transpose();
    let length = |name: &str| attribute(node, name).and_then(number).unwrap_or(0.0).clamp(0.0, 2000.0);
    let style = attribute(node, "style").unwrap_or_default().to_ascii_lowercase();
    Ok(Look {
        fill: colour("bgcolor")?.filter(|colour| colour.alpha > 0),
        border: 0.0,
        colour: colour("color")?,
        is_rounded: style.contains("rounded"),
        sides: attribute(node, "sides").map(str::to_ascii_uppercase),
        port: attribute(node, "port").or_else(|| attribute(node, "id")).map(str::to_owned),
        link: attribute(node, "href").or_else(|| attribute(node, "url")).map(str::to_owned),
        least: (length("width"), length("height")),
    })
}

fn strange(name: &str, at: usize) -> Fault {
    let name: String = name.chars().take(30).collect();
    unsupported(&format!("`<{name}>`"), &format!("`<{name}>`"), at)
}

/// Makes columns wide enough for a cell over all of them.
fn widen(columns: &mut [f64], width: f64, spacing: f64) {
    let now = columns.iter().sum::<f64>() + spacing * columns.len().saturating_sub(1) as f64;
    share(columns, width - now);
}

/// Shares what is left over, if anything is.
fn share(columns: &mut [f64], spare: f64) {
    if spare > 0.0 {
        let part = spare / columns.len().max(1) as f64;
        for column in columns {
            *column += part;
        }
    }
}
