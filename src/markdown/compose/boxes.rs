//! Boxes of blocks: callouts, which are quotes, and what the dialects mark.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Composer;
use crate::drawing::Tool;
use crate::markdown::callouts;
use crate::markdown::dialect::{self, BoxKind, Mark};
use crate::markdown::html::escape_into;
use crate::markdown::{Fence, Hole};

/// A box that a mark opened.
pub(super) struct OpenBox {
    close: &'static str,
    /// Whether its code blocks are tabs.
    tabs: bool,
    /// Where it began: how many footnotes and containers were open, itself included.
    level: (usize, usize),
}

/// What the paragraph that is being written, or comes next, is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Paragraph {
    #[default]
    Plain,
    /// The title of a box, up to its end; or up to its first line break, where the text goes on behind it.
    Title { close: &'static str, to_break: bool },
    /// The first line of a callout without a title of its own: nothing, but what follows it is a paragraph.
    Marker,
}

impl Composer<'_> {
    /// The HTML before, between and behind the marks in a block of HTML.
    pub(super) fn html_with_marks(&mut self, html: &str, offset: usize) {
        // No Markdown is read in a block of HTML, and no formula.
        let written = dialect::maths::without_formulas(html);
        let html = written.as_deref().unwrap_or(html);
        let (before, marks) = dialect::cut_at_marks(html);
        if !before.is_empty() {
            self.html(before, offset, true);
        }
        for (number, range) in marks {
            self.mark(number, offset);
            let after = html.get(range.clone()).unwrap_or_default();
            if !after.is_empty() {
                self.end_waiting_title();
                self.html(after, offset + range.start, true);
            }
        }
    }

    pub(super) fn mark(&mut self, number: usize, offset: usize) {
        let mark = self.prepared.marks.get(number).cloned();
        if !matches!(mark, Some(Mark::Attributes { .. })) {
            self.end_waiting_title();
        }
        match mark {
            Some(Mark::Open { kind, titled }) => self.open_box(&kind, titled, &(offset..offset)),
            Some(Mark::Close) => self.close_box(),
            Some(Mark::Contents) => {
                self.contents(offset);
                self.out.push('\n');
            }
            Some(Mark::Attributes { attributes, follows: true }) => self.add_attributes(&attributes),
            Some(Mark::Attributes { attributes, follows: false }) => self.attributes_ahead = Some(attributes),
            None => {}
        }
    }

    fn level(&self) -> (usize, usize) {
        (self.aside.len(), self.nesting.depth())
    }

    fn open_box(&mut self, kind: &BoxKind, titled: bool, span: &Range<usize>) {
        let shown = self.open_container(span);
        let mut close = "";
        if shown {
            close = match kind {
                BoxKind::Callout { name, fold } => self.open_callout(name, *fold, titled),
                BoxKind::Tabs => self.open_div("tabs", ""),
                BoxKind::Tab { name } => self.open_tab(name),
                BoxKind::Plain { class, id } => self.open_div(class, id),
            };
        }
        self.boxes.push(OpenBox { close, tabs: *kind == BoxKind::Tabs, level: self.level() });
    }

    fn open_tab(&mut self, name: &str) -> &'static str {
        self.out.push_str("<section class=\"tab\">\n<p class=\"tab-name\">");
        escape_into(&mut self.out, name);
        self.out.push_str("</p>\n");
        self.plain(name);
        self.end_of_block();
        "</section>\n"
    }

    /// A code block, which is a tab of its own where it stands directly in a group of tabs.
    pub(super) fn code_block(&mut self, mut fence: Fence, offset: usize) {
        self.doubt_language(&fence.language, offset);
        let in_tabs = self.boxes.last().is_some_and(|open| open.tabs && open.level == self.level());
        let close = in_tabs.then(|| {
            let name = fence.title.take().unwrap_or_else(|| fence.language.clone());
            self.open_tab(&name)
        });
        if matches!(fence.language.as_str(), "toc" | "table-of-contents") {
            // A plugin of Obsidian's asks for the table of contents so.
            self.contents(offset);
        } else if let Some(tool) = Tool::of(&fence.language) {
            self.drawing(tool, fence, offset);
        } else {
            self.plain_code(&fence.code);
            self.skip_glosses();
            self.end_of_block();
            self.hole(Hole::Code(fence));
        }
        self.out.push('\n');
        self.out.push_str(close.unwrap_or_default());
    }

    fn open_div(&mut self, class: &str, id: &str) -> &'static str {
        self.out.push_str("<div");
        self.attribute("class", class);
        if !id.is_empty() {
            // Made different from all other ids at the end, when the headings have theirs.
            self.out.push_str(" id=\"");
            self.hole(Hole::Id(id.to_owned()));
            self.out.push('"');
        }
        self.out.push_str(">\n");
        "</div>\n"
    }

    /// Ends the innermost box, if nothing else was opened since.
    fn close_box(&mut self) {
        if self.boxes.last().is_some_and(|open| open.level == self.level())
            && let Some(open) = self.boxes.pop()
        {
            self.out.push_str(open.close);
            self.close_container();
            self.end_of_block();
        }
    }

    /// Ends the boxes that began in the container which ends now.
    pub(super) fn close_boxes(&mut self) {
        self.end_waiting_title();
        while self.boxes.last().is_some_and(|open| open.level == self.level()) {
            self.close_box();
        }
    }

    /// A quote, which may be a callout. `content` is its source, with its marks.
    pub(super) fn start_quote(&mut self, span: &Range<usize>) {
        if !self.open_container(span) {
            return;
        }
        let source = self.body.get(span.clone()).unwrap_or_default();
        let first = source.lines().next().unwrap_or_default();
        let content = first.trim_start_matches([' ', '\t', '>']);
        let Some(opening) = callouts::opening(content) else {
            self.out.push_str("<blockquote>\n");
            self.quotes.push("</blockquote>\n");
            return;
        };
        // A quote in the quote would have the line, not this one.
        if first.len() - content.len() > 0 && first[..first.len() - content.len()].matches('>').count() > 1 {
            self.out.push_str("<blockquote>\n");
            self.quotes.push("</blockquote>\n");
            return;
        }
        self.skip_to = span.start + (first.len() - content.len()) + opening.length;
        let close = self.open_callout(&opening.name.to_lowercase(), opening.fold, opening.has_title);
        self.quotes.push(close);
        self.paragraph = match self.paragraph {
            Paragraph::Title { close, .. } => Paragraph::Title { close, to_break: true },
            _ => Paragraph::Marker,
        };
    }

    pub(super) fn end_quote(&mut self) {
        self.close_boxes();
        if self.close_container() {
            self.out.push_str(self.quotes.pop().unwrap_or_default());
        }
        self.end_of_block();
    }

    /// Writes the beginning of a callout; with its title, unless the next paragraph is it. Returns how it ends.
    fn open_callout(&mut self, name: &str, fold: Option<bool>, titled: bool) -> &'static str {
        let class = callouts::class(name);
        let (element, close) = match fold {
            None => ("div", "</div>\n"),
            Some(_) => ("details", "</details>\n"),
        };
        self.out.push_str(&format!("<{element} class=\"callout callout-{class}\""));
        if fold == Some(true) {
            self.out.push_str(" open=\"\"");
        }
        self.out.push_str(">\n");
        let (open, end) = match fold {
            None => ("<p class=\"callout-title\">", "</p>\n"),
            Some(_) => ("<summary class=\"callout-title\">", "</summary>\n"),
        };
        self.out.push_str(open);
        let own = callouts::title(name, self.options.language);
        if titled {
            self.paragraph = Paragraph::Title { close: end, to_break: false };
            self.own_title = own;
        } else {
            escape_into(&mut self.out, &own);
            self.out.push_str(end);
        }
        close
    }

    /// Looks whether a title that is waited for begins with an event: any block but a paragraph is no title, and has
    /// its place behind it.
    pub(super) fn await_title(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. },
            )
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => self.own_title.clear(),
            Event::Start(_) | Event::Rule => self.end_waiting_title(),
            _ => {}
        }
    }

    /// Ends a title that no paragraph ends, with the callout's own words where there were none.
    fn end_waiting_title(&mut self) {
        if let Paragraph::Title { close, .. } = self.paragraph
            && !self.in_paragraph
        {
            let own = std::mem::take(&mut self.own_title);
            escape_into(&mut self.out, &own);
            self.out.push_str(close);
            self.paragraph = Paragraph::Plain;
            self.end_of_block();
        }
    }

    pub(super) fn start_paragraph(&mut self) {
        if self.paragraph == Paragraph::Plain {
            self.out.push_str("<p");
            self.block_id();
            self.out.push('>');
        }
        self.in_paragraph = true;
        self.outside_paragraph = self.elements.depth();
        self.paragraph_text = self.section_text().len();
    }

    /// Ends the paragraph's element for a block that stands in the middle of it.
    pub(super) fn pause_paragraph(&mut self) {
        if self.in_paragraph && self.paragraph == Paragraph::Plain {
            self.end_paragraph_element();
        }
    }

    pub(super) fn resume_paragraph(&mut self) {
        if self.in_paragraph && self.paragraph == Paragraph::Plain {
            self.out.push_str("\n<p>");
        }
    }

    /// An empty paragraph leaves nothing.
    fn end_paragraph_element(&mut self) {
        self.out.truncate(self.out.trim_end().len());
        if let Some(before) = self.out.strip_suffix("<p>") {
            self.out.truncate(before.len());
        } else {
            self.out.push_str("</p>\n");
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.in_paragraph = false;
        self.elements.end_paragraph(self.outside_paragraph);
        match std::mem::take(&mut self.paragraph) {
            Paragraph::Plain => {
                self.end_paragraph_element();
                self.take_excerpt();
            }
            Paragraph::Title { close, .. } => self.out.push_str(close),
            Paragraph::Marker => {}
        }
        self.end_of_block();
    }

    /// A line break; `true` when it ended the title of a callout.
    pub(super) fn ends_title(&mut self) -> bool {
        let close = match self.paragraph {
            Paragraph::Title { close, to_break: true } if self.inline_depth == 0 => close,
            Paragraph::Marker => "",
            _ => return false,
        };
        self.out.push_str(close);
        self.out.push_str("<p>");
        self.paragraph = Paragraph::Plain;
        self.end_of_block();
        self.paragraph_text = self.section_text().len();
        true
    }
}
