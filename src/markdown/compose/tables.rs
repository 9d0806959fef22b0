//! Tables: which column a cell stands in, and how it is aligned.

use pulldown_cmark::Alignment;

use super::Composer;

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    in_head: bool,
    /// Where the head begins in what is written.
    head: usize,
    head_is_empty: bool,
    /// Where the cell's content begins.
    cell: usize,
    open: bool,
}

impl Table {
    /// Whether something that is written now stands in a table.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    fn element(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}

impl Composer<'_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        self.table.open = true;
        self.table.alignments = alignments.to_vec();
        self.out.push_str("<div class=\"table-wrap\"><table>\n");
    }

    pub(super) fn end_table(&mut self) {
        self.table.open = false;
        self.out.push_str("</tbody></table></div>\n");
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.table.head = self.out.len();
        self.table.head_is_empty = true;
        self.out.push_str("<thead><tr>");
    }

    pub(super) fn end_table_head(&mut self) {
        self.table.in_head = false;
        if self.table.head_is_empty {
            // The writer wanted no head.
            self.out.truncate(self.table.head);
        } else {
            self.out.push_str("</tr></thead>\n");
        }
        self.out.push_str("<tbody>\n");
        self.end_of_block();
    }

    pub(super) fn start_table_row(&mut self) {
        self.table.column = 0;
        self.out.push_str("<tr>");
    }

    pub(super) fn end_table_row(&mut self) {
        self.out.push_str("</tr>\n");
        self.end_of_block();
    }

    pub(super) fn start_table_cell(&mut self) {
        self.out.push('<');
        self.out.push_str(self.table.element());
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align:left\"",
            Some(Alignment::Center) => " style=\"text-align:center\"",
            Some(Alignment::Right) => " style=\"text-align:right\"",
            _ => "",
        });
        self.out.push('>');
        self.table.cell = self.out.len();
        self.table.column += 1;
    }

    pub(super) fn end_table_cell(&mut self) {
        self.table.head_is_empty &= !self.table.in_head || self.out.len() == self.table.cell;
        self.out.push_str("</");
        self.out.push_str(self.table.element());
        self.out.push('>');
        self.block_glosses();
        self.plain(" ");
        self.skip_glosses();
    }
}
