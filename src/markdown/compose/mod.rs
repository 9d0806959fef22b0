//! The walk over a note's events that writes its HTML and gathers its facts.
//!
//! Everything that has a number or an id (headings, footnotes, references, holes) gets it here, in reading order. The
//! walk keeps no tree: containers are written as they open and close, and the few things whose beginning depends on
//! their end (a heading's id, an image's alternative text, a footnote's place) are written into a buffer of their own
//! first.

mod attributes;
mod blocks;
mod boxes;
mod drawings;
mod formulas;
mod frames;
mod misread;
mod plain_text;
mod raw_html;
mod references;
mod tables;
mod terms;
mod words;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use super::abbreviations::Abbreviations;
use super::dialect::{self, Prepared};
use super::events;
use super::footnotes::Footnotes;
use super::html::escape_into;
use super::nesting::{Nesting, OpenElements};
use super::{
    Body, Document, Fence, HOLE_END, HOLE_START, Heading, Hole, Input, Options, Property, Reference, ReferenceKind,
    Section, Slugger, Stretch, block_ids, contents, emphasis, inline_notes, properties, sanitise, tasks, title,
};
use crate::diagnostics::{Diagnostic, Positions};
use crate::language::Text;
use crate::text;

use attributes::{OpenElement, Written};
use boxes::{OpenBox, Paragraph};
use formulas::Formulas;
use raw_html::ClosingTag;
use references::wikilink_target;
use tables::Table;
use terms::Terms;

pub fn compose(input: Input<'_>, options: &Options) -> Document {
    let prepared = dialect::prepare(input.text.get(input.body_start..).unwrap_or_default());
    let body = &*prepared.text;
    let (events, mut block_ids) = block_ids::take(body, events::of(body));
    let title_start = title::find(&events, input.title);
    let mut composer = Composer::new(input, &prepared, options);
    for fault in &prepared.faults {
        composer.warn_in_source(fault.code, fault.offset, fault.message.clone(), fault.hint.clone());
    }
    composer.formulas = Formulas::of(body, &events, options);
    composer.footnotes = Footnotes::defined_in(&events);
    for (offset, label) in composer.footnotes.undefined(body, &events) {
        composer.missing_footnote(label, offset);
    }
    // Where the blocks end that have an element of their own for their name.
    let mut named: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some((event, span)) = events.get(index) {
        if title_start == Some(index) {
            composer.heading_is_title = true;
        }
        let next = events.get(index + 1).map(|(event, _)| event);
        let after = events.get(index + 2).map(|(event, _)| event);
        composer.block_id = block_ids.remove(&index);
        if composer.name_block(event) {
            named.push(block_ids::end(&events, index));
        }
        composer.event(event, span.clone(), next, after);
        if named.last() == Some(&index) {
            named.pop();
            composer.out.push_str("</div>\n");
        }
        index += 1;
    }
    composer.finish()
}

struct Composer<'a> {
    input: Input<'a>,
    prepared: &'a Prepared<'a>,
    /// What the parser read: the prepared text.
    body: &'a str,
    options: &'a Options,
    positions: Positions<'a>,
    document: Document,
    out: String,
    slugger: Slugger,
    nesting: Nesting,
    footnotes: Footnotes,
    /// Buffers set aside while a footnote's definition is written.
    aside: Vec<String>,
    heading: Option<OpenHeading>,
    heading_is_title: bool,
    image: Option<OpenImage>,
    code: Option<OpenCode>,
    html_block: Option<(String, usize)>,
    boxes: Vec<OpenBox>,
    /// The name of the block that begins now.
    block_id: Option<String>,
    abbreviations: Abbreviations,
    /// Where the text of a footnote that stands in its sentence begins in the plain text, and what was taken from there.
    note_from: usize,
    note_text: String,
    note_stretches: Vec<Stretch>,
    /// How the open quotes end.
    quotes: Vec<&'static str>,
    paragraph: Paragraph,
    /// What the callout whose title is waited for is called when none comes.
    own_title: String,
    in_paragraph: bool,
    /// How many elements are open inside the paragraph.
    inline_depth: usize,
    /// Text up to here was read as something else.
    skip_to: usize,
    table: Table,
    /// How many links are open: no link is made inside a link.
    links: usize,
    /// Where in the section's stretches the open link stands.
    open_link: Option<usize>,
    /// Where in the section's text an element of the note's own begins that holds no prose: `<a>`, `<code>`.
    open_own: Option<(String, usize)>,
    /// A wikilink without text of its own: its name was written already.
    skip_text: bool,
    paragraph_text: usize,
    needs_cleaning: bool,
    contents_lists: usize,
    elements: OpenElements,
    /// How many of the note's own elements were open where each open container began.
    outside_containers: Vec<usize>,
    outside_paragraph: usize,
    /// The element of the note's own that is open and left out of the page with all that is in it.
    left_out: Option<String>,
    /// By the element's name, and whether the whole note was looked through.
    closing_tags: FxHashMap<(String, bool), ClosingTag>,
    written_elements: Vec<OpenElement>,
    last_written: Option<Written>,
    /// What a list of attributes says about the next block.
    attributes_ahead: Option<dialect::Attributes>,
    terms: Terms,
    /// Languages that were told of: once is enough for a note.
    unknown_languages: FxHashSet<String>,
    formulas: Formulas,
}

#[derive(Default)]
struct OpenHeading {
    out_start: usize,
    title: String,
    class: String,
    /// The title as ids are made of it: an emoji by the name that was typed, as on GitHub.
    named: String,
    references: Vec<usize>,
}

struct OpenImage {
    /// `![[…]]`
    embed: bool,
    target: String,
    title: String,
    has_label: bool,
    alt: String,
    span: Range<usize>,
    depth: usize,
}

struct OpenCode {
    info: String,
    /// Where it begins, if it is code by its indentation.
    indented: Option<usize>,
    code: String,
    start: usize,
    /// Of a formula: where its lines begin, in the code and in the body.
    places: Option<Vec<(usize, usize)>>,
}

impl<'a> Composer<'a> {
    fn new(input: Input<'a>, prepared: &'a Prepared<'a>, options: &'a Options) -> Self {
        let body = &*prepared.text;
        Self {
            input,
            prepared,
            body,
            options,
            positions: Positions::new(input.text),
            document: Document { sections: vec![Section::default()], ..Document::default() },
            out: String::with_capacity(body.len() + body.len() / 2),
            slugger: Slugger::default(),
            nesting: Nesting::default(),
            footnotes: Footnotes::default(),
            aside: Vec::new(),
            heading: None,
            heading_is_title: false,
            image: None,
            code: None,
            html_block: None,
            boxes: Vec::new(),
            block_id: None,
            abbreviations: Abbreviations::new(&prepared.abbreviations),
            note_from: 0,
            note_text: String::new(),
            note_stretches: Vec::new(),
            open_link: None,
            open_own: None,
            quotes: Vec::new(),
            paragraph: Paragraph::Plain,
            own_title: String::new(),
            in_paragraph: false,
            inline_depth: 0,
            skip_to: 0,
            table: Table::default(),
            links: 0,
            skip_text: false,
            paragraph_text: 0,
            needs_cleaning: false,
            contents_lists: 0,
            elements: OpenElements::default(),
            outside_containers: Vec::new(),
            outside_paragraph: 0,
            left_out: None,
            closing_tags: FxHashMap::default(),
            written_elements: Vec::new(),
            last_written: None,
            attributes_ahead: None,
            terms: Terms::default(),
            unknown_languages: FxHashSet::default(),
            formulas: Formulas::default(),
        }
    }

    fn event(&mut self, event: &Event<'a>, span: Range<usize>, next: Option<&Event<'a>>, after: Option<&Event<'a>>) {
        if let Some(image) = &mut self.image {
            // Only text counts inside an image; nested elements do not exist in an `alt`.
            match event {
                Event::Start(_) => image.depth += 1,
                Event::End(_) if image.depth > 0 => image.depth -= 1,
                Event::End(_) => {
                    self.end_image();
                    self.close_element();
                }
                Event::Code(code) if let Some(formula) = dialect::maths::inline_formula(code) => {
                    image.alt.push_str(&formula.written);
                }
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&dialect::without_marks(text)),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                _ => {}
            }
            return;
        }
        self.await_title(event);
        match event {
            // A block of HTML has its attributes, and may be nothing but a mark.
            Event::Start(Tag::HtmlBlock) => self.html_block = Some((String::new(), span.start)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((html, offset)) = self.html_block.take() {
                    self.html_with_marks(&html, offset);
                    self.end_of_block();
                }
            }
            Event::Start(tag) => {
                self.open_element(matches!(
                    tag,
                    Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_)
                ));
                self.start(tag, span, next, after);
            }
            Event::End(tag) => {
                self.end(tag);
                self.close_element();
            }
            Event::Text(text) => self.text(text, span),
            Event::Code(code) if let Some(formula) = dialect::maths::inline_formula(code) => {
                self.inline_formula(&formula, &span);
            }
            Event::Code(code) => {
                let start = self.out.len();
                self.out.push_str("<code>");
                let code = dialect::without_marks(code);
                escape_into(&mut self.out, &code);
                self.out.push_str("</code>");
                self.written(start);
                self.plain_code(&code);
                self.code_mark(code.len());
            }
            Event::SoftBreak | Event::HardBreak if self.ends_title() => {}
            Event::SoftBreak => {
                self.out.push_str(if self.options.breaks { "<br>\n" } else { "\n" });
                self.plain(" ");
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.plain("\n");
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.checkbox(*done, &span),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::Html(html) => match &mut self.html_block {
                Some((block, _)) => block.push_str(html),
                None => self.html(html, span.start, false),
            },
            Event::InlineHtml(html) if let Some(number) = dialect::inline_mark(html) => self.mark(number, span.start),
            Event::InlineHtml(html) if emphasis::is_highlight(self.body, &span) => self.out.push_str(html),
            Event::InlineHtml(html) => self.html(&dialect::without_marks(html), span.start, false),
            // Not asked for from the parser: formulas are a dialect's.
            Event::InlineMath(math) | Event::DisplayMath(math) => self.text(math, span),
        }
    }

    fn start(&mut self, tag: &Tag<'a>, span: Range<usize>, next: Option<&Event<'a>>, after: Option<&Event<'a>>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, id, classes, .. } => {
                self.end_of_block();
                self.doubt_underlined_heading(&span);
                let ahead = self.attributes_ahead.take().unwrap_or_default();
                let id = id.as_deref().map_or(ahead.id, str::to_owned);
                let mut class = ahead.class;
                for name in classes {
                    class.push_str(if class.is_empty() { "" } else { " " });
                    class.push_str(name);
                }
                let listed = !class.split(' ').any(|class| matches!(class, "no_toc" | "no-toc" | "unlisted"));
                self.heading = Some(OpenHeading { out_start: self.out.len(), class, ..OpenHeading::default() });
                let start = self.in_file(&span).start;
                let heading = Heading { level: *level as u8, id, title: String::new(), listed, start };
                self.document.headings.push(heading);
            }
            Tag::BlockQuote(_) => self.start_quote(&span),
            Tag::List(first) => {
                if self.open_container(&span) {
                    self.out.push_str(if first.is_some() { "<ol" } else { "<ul" });
                    self.block_id();
                    if let Some(number) = first.filter(|number| *number != 1) {
                        self.attribute("start", &number.to_string());
                    }
                    self.out.push_str(">\n");
                }
            }
            Tag::Item => {
                // The first event behind the item's beginning may be its paragraph's.
                let is_task = matches!(next, Some(Event::TaskListMarker(_)))
                    || (matches!(next, Some(Event::Start(Tag::Paragraph)))
                        && matches!(after, Some(Event::TaskListMarker(_))));
                if self.open_container(&span) {
                    self.out.push_str("<li");
                    self.block_id();
                    if is_task {
                        self.task_attributes(&span);
                    }
                    self.out.push('>');
                }
            }
            Tag::CodeBlock(kind) => {
                self.end_of_block();
                let (info, indented) = match kind {
                    CodeBlockKind::Fenced(info) => (info.to_string(), None),
                    CodeBlockKind::Indented => (String::new(), Some(span.start)),
                };
                if indented.is_none() {
                    self.doubt_open_fence(&span);
                }
                let places = formulas::is_formula(&info).then(Vec::new);
                self.code = Some(OpenCode { info, indented, code: String::new(), start: span.start, places });
            }
            Tag::FootnoteDefinition(label) => {
                if inline_notes::is_inline(label) {
                    self.note_from = self.section_text().len();
                } else {
                    self.end_of_block();
                }
                self.aside.push(std::mem::take(&mut self.out));
                // Closed by `end`, which learns the label from here.
                self.footnotes.open(tag);
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(),
            Tag::Emphasis => self.start_inline("<em>"),
            Tag::Strong => self.start_inline("<strong>"),
            // Only two tildes strike: `1~3 … 5~7` was taken back by the emphasis pass.
            Tag::Strikethrough => self.start_inline("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.inline_depth += 1;
                self.open_mark();
                let text = match (next, after) {
                    (Some(Event::Text(text)), Some(Event::End(TagEnd::Link))) => Some(&**text),
                    (Some(Event::End(TagEnd::Link)), _) => Some(""),
                    _ => None,
                };
                let (target, title) = (dialect::without_marks(dest_url), dialect::without_marks(title));
                self.start_link(*link_type, &target, &title, text, span);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let embed = matches!(link_type, LinkType::WikiLink { .. });
                let target = dialect::without_marks(dest_url);
                self.image = Some(OpenImage {
                    embed,
                    target: if embed { wikilink_target(&target).to_owned() } else { target.into_owned() },
                    title: dialect::without_marks(title).into_owned(),
                    has_label: matches!(link_type, LinkType::WikiLink { has_pothole: true }),
                    alt: String::new(),
                    span,
                    depth: 0,
                });
            }
            Tag::DefinitionList | Tag::DefinitionListDefinition => {
                if self.open_container(&span) {
                    self.out.push_str(if matches!(tag, Tag::DefinitionList) { "<dl>\n" } else { "<dd>" });
                }
                self.start_definition_part();
            }
            Tag::DefinitionListTitle => {
                self.out.push_str("<dt>");
                self.start_definition_part();
            }
            // Written where it ends; the others were not asked for from the parser.
            Tag::HtmlBlock | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(*level as u8),
            TagEnd::BlockQuote(_) => self.end_quote(),
            TagEnd::List(ordered) => {
                if self.close_container() {
                    self.out.push_str(if *ordered { "</ol>\n" } else { "</ul>\n" });
                }
                self.end_of_block();
            }
            TagEnd::Item => {
                self.close_boxes();
                if self.close_container() {
                    self.out.push_str("</li>\n");
                }
                self.end_of_block();
            }
            TagEnd::CodeBlock => {
                if let Some(OpenCode { info, indented, code, start, places }) = self.code.take() {
                    if let Some(offset) = indented {
                        self.doubt_indented_prose(&code, offset);
                    }
                    if let Some(places) = places {
                        return self.display_formula(&dialect::without_marks(&code), &places, start);
                    }
                    self.code_block(Fence::new(&info, dialect::without_marks(&code).into_owned()), start);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.close_boxes();
                let definition = std::mem::replace(&mut self.out, self.aside.pop().unwrap_or_default());
                if self.footnotes.close(definition).is_some_and(|label| inline_notes::is_inline(&label)) {
                    self.set_note_aside();
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.end_table_row(),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Emphasis => self.end_inline("</em>"),
            TagEnd::Strong => self.end_inline("</strong>"),
            TagEnd::Strikethrough => self.end_inline("</del>"),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.skip_text = false;
                self.end_link_text();
                self.end_inline("</a>");
            }
            TagEnd::DefinitionList | TagEnd::DefinitionListDefinition => {
                self.close_boxes();
                if matches!(tag, TagEnd::DefinitionListDefinition) {
                    self.end_meaning();
                }
                if self.close_container() {
                    self.out.push_str(if matches!(tag, TagEnd::DefinitionList) { "</dl>\n" } else { "</dd>\n" });
                }
                self.end_of_block();
            }
            TagEnd::DefinitionListTitle => {
                self.out.push_str("</dt>\n");
                self.end_term();
                self.end_of_block();
            }
            // Images end in `event`; the others were not asked for.
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn start_inline(&mut self, open: &str) {
        self.open_mark();
        self.inline_depth += 1;
        self.out.push_str(open);
    }

    fn end_inline(&mut self, close: &str) {
        self.close_mark();
        self.inline_depth = self.inline_depth.saturating_sub(1);
        self.out.push_str(close);
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        if let Some(code) = &mut self.code {
            if let Some(places) = &mut code.places {
                places.push((code.code.len(), span.start));
            }
            code.code.push_str(text);
            return;
        }
        if self.skip_text {
            return;
        }
        let skipped = self.skip_to.saturating_sub(span.start).min(text.len());
        let (text, span) = (text.get(skipped..).unwrap_or_default(), span.start + skipped..span.end);
        self.words(text, span);
    }

    /// Writes the name of a block that does not bear it itself: code and the like are wrapped in an element, which the
    /// answer says; headings, which stand in no other element, and HTML come behind an empty one.
    fn name_block(&mut self, event: &Event<'_>) -> bool {
        if self.block_id.is_none() || matches!(event, Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_))) {
            return false;
        }
        let wrapped = !matches!(event, Event::Start(Tag::Heading { .. } | Tag::HtmlBlock));
        self.out.push_str(if wrapped { "<div" } else { "<a" });
        self.block_id();
        self.out.push_str(if wrapped { ">\n" } else { "></a>\n" });
        wrapped
    }

    /// Writes the name of the block whose tag is being written.
    fn block_id(&mut self) {
        if let Some(id) = self.block_id.take() {
            self.attribute("id", &id);
            self.document.anchors.push(id);
        }
    }

    fn task_attributes(&mut self, item: &Range<usize>) {
        self.out.push_str(" class=\"task\"");
        let source = self.body.get(item.clone()).unwrap_or_default();
        let start = item.start + source.find('[').unwrap_or_default();
        if let Some(mark) = tasks::mark(self.body, &(start..start + 3)) {
            self.attribute("data-task", mark.encode_utf8(&mut [0; 4]));
        }
    }

    fn checkbox(&mut self, done: bool, span: &Range<usize>) {
        self.out.push_str("<input type=\"checkbox\" disabled=\"\"");
        if done {
            self.out.push_str(" checked=\"\"");
        }
        if let Some(meaning) = tasks::mark(self.body, span).and_then(|mark| tasks::meaning(mark, self.options.language))
        {
            self.attribute("aria-label", meaning);
        }
        self.out.push_str("> ");
    }

    /// A request for a table of contents.
    fn contents(&mut self, offset: usize) {
        self.contents_lists += 1;
        if self.contents_lists <= contents::MOST_LISTS {
            self.hole(Hole::Contents);
        } else if self.contents_lists == contents::MOST_LISTS + 1 {
            let most = contents::MOST_LISTS;
            self.warn(
                "too-many-contents",
                offset,
                text!(
                    "한 노트의 차례는 {most}개까지만 보입니다",
                    "no more than {most} tables of contents are shown in one note"
                ),
            );
        }
    }

    fn hole(&mut self, hole: Hole) {
        self.out.push(HOLE_START);
        self.out.push_str(&self.document.body.holes.len().to_string());
        self.out.push(HOLE_END);
        self.document.body.holes.push(hole);
    }

    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        let span = self.prepared.span(span);
        // What an entity stands for is no longer or shorter than it by whole characters.
        let place = |offset| self.input.text.floor_char_boundary(self.input.body_start + offset);
        place(span.start)..place(span.end)
    }

    /// Reports a fault at an offset of the prepared text.
    fn warn(&mut self, code: &'static str, offset: usize, message: Text) {
        self.warn_in_source(code, self.prepared.offset(offset), message, None);
    }

    /// Reports a fault at an offset of the body as it was written.
    fn warn_in_source(&mut self, code: &'static str, offset: usize, message: Text, hint: Option<Text>) {
        let position = self.positions.of(self.input.body_start + offset);
        let diagnostic = Diagnostic { hint, ..Diagnostic::warning(code, self.input.path, position, message) };
        self.document.diagnostics.push(diagnostic);
    }

    fn finish(mut self) -> Document {
        self.close_boxes();
        self.end_of_block();
        self.settle_ids();
        for section in &mut self.document.sections {
            // Elements of the note's own HTML are known only where they end.
            section.stretches.sort_by_key(|stretch| stretch.range.start);
        }
        std::mem::take(&mut self.footnotes).write_section(&mut self.out, self.options.language);
        if self.needs_cleaning && !self.options.unsafe_html {
            self.out = sanitise::clean(&self.out);
        }
        if let Some(cover) = self.input.cover {
            self.document.cover = Some(self.document.references.len());
            let head = self.input.text.get(..self.input.body_start).unwrap_or_default();
            // Where it is not written so (escapes, quotes inside), the whole front matter is its place.
            let span = head.find(cover).map_or(0..head.len(), |start| start..start + cover.len());
            let (kind, target) = (ReferenceKind::Image, cover.to_owned());
            self.document.references.push(Reference { kind, target, label: None, span });
        }
        if let Some(extra) = self.input.extra {
            let head = self.input.text.get(..self.input.body_start).unwrap_or_default();
            for (key, links) in properties::find(extra, head) {
                let first = self.document.references.len();
                self.document.references.extend(links);
                let references = (first..self.document.references.len()).collect();
                self.document.properties.push(Property { key, references });
            }
        }
        self.document.body = Body { html: self.out, holes: self.document.body.holes };
        self.document
    }
}
