//! Formulas: drawn in their places, numbered in reading order, and told where they are wrong.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::Composer;
use crate::language::Text;
use crate::markdown::dialect::maths;
use crate::markdown::events::Spanned;
use crate::markdown::html::escape_into;
use crate::markdown::{Fence, Formula, Hole, Options, dialect};
use crate::maths::equations::{Equation, LabelFault, LabelFaultKind, Numbering, Resolved, mention};
use crate::maths::{Drawing, Form, Macros, draw};
use crate::text;

/// Bytes of LaTeX and drawings in one note; what comes later is shown as it was written.
const MOST_BYTES: usize = 6 << 20;

/// The formulas of a note, read before any of it is written: a reference may come before its equation.
#[derive(Default)]
pub(super) struct Formulas {
    numbering: Numbering,
    /// By where the event begins.
    equations: FxHashMap<usize, Equation>,
    /// Bytes drawn so far.
    drawn: usize,
}

/// A formula's LaTeX in the note.
struct Source<'s> {
    /// With its delimiters.
    written: &'s str,
    /// How many bytes of it come before the LaTeX.
    before: usize,
    /// Where each byte of the LaTeX is in the prepared text: from here on, from this place on.
    places: &'s [(usize, usize)],
}

impl Source<'_> {
    fn place(&self, at: usize) -> usize {
        let behind = self.places.partition_point(|(from, _)| *from <= at);
        let (from, place) = behind.checked_sub(1).and_then(|index| self.places.get(index)).copied().unwrap_or_default();
        place + (at - from)
    }
}

impl Formulas {
    pub fn of(body: &str, events: &[Spanned<'_>], options: &Options) -> Self {
        let mut formulas = Self::default();
        if !body.contains('\u{1}') && !body.contains(maths::FENCE) {
            return formulas;
        }
        let mut macros = Macros::default();
        for (name, body) in &options.macros {
            macros.define(name, body);
        }
        formulas.numbering = Numbering::new(macros);
        let mut block: Option<(usize, String)> = None;
        for (event, span) in events {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_formula(info) => {
                    block = Some((span.start, String::new()));
                }
                Event::Text(text) => {
                    if let Some((_, source)) = &mut block {
                        source.push_str(text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((start, source)) = block.take() {
                        let equation = formulas.numbering.read(&dialect::without_marks(&source), Form::Display);
                        formulas.equations.insert(start, equation);
                    }
                }
                Event::Code(code) => {
                    if let Some(formula) = maths::inline_formula(code) {
                        let source = formula.written.get(formula.inside).unwrap_or_default();
                        if mention(source).is_none() {
                            let equation = formulas.numbering.read(source, Form::Inline);
                            formulas.equations.insert(span.start, equation);
                        }
                    }
                }
                _ => {}
            }
        }
        formulas
    }
}

/// Whether a fence of this info string holds a formula.
pub(super) fn is_formula(info: &str) -> bool {
    Fence::new(info, String::new()).language == maths::FENCE
}

impl Composer<'_> {
    /// A formula, or a reference to one, in a line.
    pub(super) fn inline_formula(&mut self, formula: &maths::Formula, span: &Range<usize>) {
        let maths::Formula { written, inside } = formula;
        let source = written.get(inside.clone()).unwrap_or_default();
        let begins = span.start + maths::BEFORE;
        if let Some(mention) = mention(source) {
            let Some(number) = self.formulas.numbering.number(mention.label).map(str::to_owned) else {
                let fault = LabelFault { at: 0, label: mention.label.to_owned(), kind: LabelFaultKind::Missing };
                self.label_fault(&fault, begins);
                self.shown_formula(written, None);
                return;
            };
            let shown = if mention.bracketed { format!("({number})") } else { number };
            let in_link = self.links > 0;
            if !in_link {
                self.out.push_str("<a");
                self.attribute("href", &format!("#{}", id_of(mention.label)));
                self.out.push('>');
            }
            escape_into(&mut self.out, &shown);
            if !in_link {
                self.out.push_str("</a>");
            }
            self.plain_formula(&shown);
            return;
        }
        let source = Source { written, before: inside.start, places: &[(0, begins + inside.start)] };
        let Some(equation) = self.formulas.equations.remove(&span.start) else { return };
        match self.draw(&equation, &source, Form::Inline) {
            Ok(None) => {}
            Ok(Some(drawing)) => {
                self.plain_formula(&drawing.letters);
                self.hole(Hole::Formula(Box::new(in_line(&drawing, written))));
            }
            Err(message) => self.shown_formula(written, Some(&message)),
        }
    }

    /// A formula in lines of its own: its LaTeX, where its lines are in the prepared text, and where it begins.
    pub(super) fn display_formula(&mut self, latex: &str, places: &[(usize, usize)], start: usize) {
        let Some(equation) = self.formulas.equations.remove(&start) else { return };
        let written = format!("$$\n{}\n$$", latex.trim_matches('\n'));
        let source = Source { written: &written, before: 3, places };
        match self.draw(&equation, &source, Form::Display) {
            Ok(None) => return,
            Ok(Some(drawing)) => {
                self.out.push_str("<div class=\"maths-block\"");
                let mut labels = equation.labels.iter();
                if let Some(label) = labels.next() {
                    self.formula_id(label);
                }
                self.out.push('>');
                for label in labels {
                    self.out.push_str("<a");
                    self.formula_id(label);
                    self.out.push_str("></a>");
                }
                self.plain_formula(&drawing.letters);
                self.hole(Hole::Formula(Box::new(in_lines(&drawing, &written))));
                self.out.push_str("</div>\n");
            }
            Err(message) => {
                self.out.push_str("<pre");
                self.fault_attributes(&message);
                self.out.push_str("><code>");
                escape_into(&mut self.out, &written);
                self.out.push_str("</code></pre>\n");
                self.plain_formula(latex);
            }
        }
        self.skip_glosses();
        self.end_of_block();
    }

    /// Draws a formula and tells its faults; nothing where it is nothing but definitions.
    fn draw(&mut self, equation: &Equation, source: &Source<'_>, form: Form) -> Result<Option<Drawing>, Text> {
        let (resolved, faults): (Resolved, _) = equation.resolved(&self.formulas.numbering);
        for fault in faults {
            self.label_fault(&fault, source.place(fault.at));
        }
        if resolved.is_empty() {
            return Ok(None);
        }
        if self.formulas.drawn > MOST_BYTES {
            return Err(too_many());
        }
        self.formulas.drawn += resolved.source.len();
        let drawn = draw(&resolved.source, form);
        self.formulas.drawn += drawn.as_ref().map_or(0, |drawing| drawing.svg.len());
        if self.formulas.drawn > MOST_BYTES {
            self.formula_fault(source.place(0), too_many(), None);
        }
        match drawn {
            Ok(drawing) => Ok(Some(drawing)),
            Err(fault) => {
                let latex = source.written.get(source.before..).unwrap_or_default();
                let at = fault.at.map_or(0, |at| resolved.place(at)).min(latex.trim_end().len());
                self.formula_fault(source.place(at), fault.message.clone(), fault.hint);
                Err(fault.message)
            }
        }
    }

    /// Writes a formula, or a reference, as the writer has it.
    fn shown_formula(&mut self, written: &str, message: Option<&Text>) {
        self.out.push_str("<code");
        match message {
            Some(message) => self.fault_attributes(message),
            None => self.attribute("class", "maths-fault"),
        }
        self.out.push('>');
        escape_into(&mut self.out, written);
        self.out.push_str("</code>");
        self.plain_formula(written);
    }

    fn fault_attributes(&mut self, message: &Text) {
        self.attribute("class", "maths-fault");
        let message = message.in_language(self.options.language).to_owned();
        self.attribute("title", &message);
    }

    /// A formula is read, and found by what it says, but is no prose.
    fn plain_formula(&mut self, letters: &str) {
        self.plain_code(letters);
        self.code_mark(letters.len());
    }

    fn formula_id(&mut self, label: &str) {
        let id = self.slugger.id("", Some(&id_of(label)));
        self.attribute("id", &id);
        self.document.anchors.push(id);
    }

    fn label_fault(&mut self, fault: &LabelFault, place: usize) {
        let label = &fault.label;
        let (message, hint) = match fault.kind {
            LabelFaultKind::Taken => (
                text!(
                    "앞의 수식이 이미 쓰는 이름입니다: `{label}`",
                    "an earlier formula already has the label `{label}`"
                ),
                text!("다른 이름을 적으세요", "give it another name"),
            ),
            LabelFaultKind::Missing => (
                text!("이름이 `{label}`인 수식이 없습니다", "no formula has the label `{label}`"),
                text!(
                    "가리키는 수식에 이렇게 적으세요: `\\label{{{label}}}`",
                    "write `\\label{{{label}}}` in the formula it refers to"
                ),
            ),
        };
        self.formula_fault(place, message, Some(hint));
    }

    fn formula_fault(&mut self, place: usize, message: Text, hint: Option<Text>) {
        self.warn_in_source("maths", self.prepared.offset(place), message, hint);
    }
}

fn too_many() -> Text {
    text!(
        "이 노트에는 수식이 너무 많아 이 뒤는 그리지 않습니다",
        "this note has too many formulas; those behind this one are not drawn"
    )
}

/// The id of the equation with a label. No heading's id has a colon.
fn id_of(label: &str) -> String {
    format!("eq:{}", label.split_whitespace().collect::<Vec<_>>().join("-"))
}

fn in_line(drawing: &Drawing, written: &str) -> Formula {
    if !drawing.is_wide {
        return alone(drawing, written);
    }
    // It scrolls in a box, while the line knows of no box: behind it stands its particle.
    let mut html = String::from("<span class=\"maths\"><span class=\"maths-scroll\"><span>");
    html.push_str(&drawing.svg);
    source(&mut html, written);
    html.push_str("</span></span>");
    html.push_str(&drawing.mathml);
    html.push_str("</span>");
    Formula { html, glyphs: drawing.glyphs.clone() }
}

fn alone(drawing: &Drawing, written: &str) -> Formula {
    let mut html = String::from("<span class=\"maths\">");
    html.push_str(&drawing.svg);
    html.push_str(&drawing.mathml);
    source(&mut html, written);
    html.push_str("</span>");
    Formula { html, glyphs: drawing.glyphs.clone() }
}

fn in_lines(drawing: &Drawing, written: &str) -> Formula {
    let mut formula = alone(drawing, written);
    if let Some(numbers) = &drawing.numbers {
        formula.html.push_str("<span class=\"maths-numbers\">");
        formula.html.push_str(numbers);
        formula.html.push_str("</span>");
    }
    formula
}

/// What is selected and copied in the place of a drawing.
fn source(html: &mut String, written: &str) {
    html.push_str("<span class=\"maths-source\" aria-hidden=\"true\">");
    escape_into(html, written);
    html.push_str("</span>");
}
