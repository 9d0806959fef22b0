//! Numbers of equations and what refers to them, as MathJax does by the rules of the AMS: a number belongs to each row of
//! an environment that is numbered (`align`, without a star), to a formula with `\label`, and where `\tag{…}` says so.
//!
//! All formulas of a note are read before the first is drawn, because a reference may come before what it refers to. In
//! come the formulas in reading order; out comes for each what is to be drawn, with its numbers as `\tag`, and for each
//! label its number. Offsets lead back to the formula as it was written.

use std::collections::BTreeMap;

use super::latex::{Kind, Rewritten, braced, words};
use super::macros::Macros;
use super::{Form, LONGEST};

/// A formula that is ready to be drawn, but for its references.
#[derive(Clone, Debug, Default)]
pub struct Equation {
    /// Without definitions and labels, with tags.
    latex: Rewritten,
    /// The definitions that it uses.
    definitions: String,
    /// It was not read, because it will not be drawn.
    is_too_long: bool,
    /// The labels that stand in it, and have a number.
    pub labels: Vec<String>,
    pub faults: Vec<LabelFault>,
}

/// Something wrong with a label or a reference, at an offset of the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelFault {
    pub at: usize,
    pub label: String,
    pub kind: LabelFaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelFaultKind {
    /// Another formula of the note has the label.
    Taken,
    /// No formula of the note has it.
    Missing,
}

/// The equations of a note, counted while they are read.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    macros: Macros,
    last: usize,
    labels: BTreeMap<String, String>,
    /// Bytes of definitions that formulas were given.
    definitions: usize,
}

/// A thousand definitions that use each other, and a hundred thousand formulas that use them, are somebody's joke.
const MOST_DEFINITIONS: usize = 4 << 20;

/// A reference in the text: `\eqref{label}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'s> {
    pub label: &'s str,
    /// The number stands in brackets.
    pub bracketed: bool,
}

/// The reference that a formula is, when it is nothing else.
pub fn mention(source: &str) -> Option<Mention<'_>> {
    let source = source.trim();
    let Kind::Command(command @ ("eqref" | "ref")) = words(source).next()?.kind else { return None };
    let (label, end) = braced(source, command.len() + 1)?;
    (end == source.len()).then(|| Mention { label: source[label].trim(), bracketed: command == "eqref" })
}

/// An environment whose rows have numbers. Such a one is a formula by itself, without delimiters, as for MathJax.
struct Numbered {
    name: &'static str,
    drawn: &'static str,
    /// The whole has only one number.
    single: bool,
}

const NUMBERED: [Numbered; 7] = [
    Numbered { name: "equation", drawn: "equation", single: true },
    Numbered { name: "align", drawn: "align", single: false },
    Numbered { name: "gather", drawn: "gather", single: false },
    Numbered { name: "alignat", drawn: "alignat", single: false },
    Numbered { name: "multline", drawn: "gather", single: true },
    Numbered { name: "flalign", drawn: "align", single: false },
    Numbered { name: "eqnarray", drawn: "align", single: false },
];

/// The numbered environment of a name, which may have the star that takes its numbers away.
fn numbered(name: &str) -> Option<&'static Numbered> {
    let name = name.strip_suffix('*').unwrap_or(name);
    NUMBERED.iter().find(|environment| environment.name == name)
}

/// Whether an environment of this name is a formula without delimiters.
pub fn is_formula(environment: &str) -> bool {
    numbered(environment).is_some()
}

impl Numbering {
    pub fn new(macros: Macros) -> Self {
        Self { macros, ..Self::default() }
    }

    /// The number of the equation that has a label.
    pub fn number(&self, label: &str) -> Option<&str> {
        self.labels.get(label).map(String::as_str)
    }

    /// Reads the next formula of the note.
    pub fn read(&mut self, source: &str, form: Form) -> Equation {
        if source.len() > LONGEST {
            let mut equation = Equation { is_too_long: true, ..Equation::default() };
            equation.latex.copy(source, 0..source.len());
            return equation;
        }
        let mut reader =
            Reader { source, numbering: self, equation: Equation::default(), row: Row::default(), done: 0 };
        reader.read(form);
        let mut equation = reader.equation;
        if self.definitions < MOST_DEFINITIONS {
            equation.definitions = self.macros.used_in(&equation.latex.text);
            self.definitions += equation.definitions.len();
        }
        equation
    }
}

impl Equation {
    /// What is drawn: definitions, then the formula with its references filled in; and the faults of these.
    pub fn resolved(&self, numbering: &Numbering) -> (Resolved, Vec<LabelFault>) {
        let mut faults = self.faults.clone();
        let text = &self.latex.text;
        let mut latex = Rewritten::default();
        let mut done = 0;
        for word in words(text).take_while(|_| !self.is_too_long) {
            let Kind::Command(command @ ("eqref" | "ref")) = word.kind else { continue };
            let Some((label, end)) = braced(text, word.range.end).filter(|_| word.range.start >= done) else {
                continue;
            };
            let label = text.get(label).unwrap_or_default().trim();
            let number = numbering.number(label).unwrap_or("?");
            if numbering.number(label).is_none() {
                let at = self.latex.place(word.range.start);
                faults.push(LabelFault { at, label: label.to_owned(), kind: LabelFaultKind::Missing });
            }
            latex.copy(text, done..word.range.start);
            let shown =
                if command == "eqref" { format!("\\text{{({number})}}") } else { format!("\\text{{{number}}}") };
            latex.put(&shown, word.range.start);
            done = end;
        }
        latex.copy(text, done..text.len());
        let source = format!("{}{}", self.definitions, latex.text);
        (Resolved { source, definitions: self.definitions.len(), latex, written: self.latex.clone() }, faults)
    }
}

/// What a drawing is made of, and the way back to what was written.
#[derive(Clone, Debug)]
pub struct Resolved {
    pub source: String,
    definitions: usize,
    latex: Rewritten,
    written: Rewritten,
}

impl Resolved {
    /// The formula is nothing but definitions.
    pub fn is_empty(&self) -> bool {
        self.latex.text.trim().is_empty()
    }

    /// Where in the formula as written a byte of [`Self::source`] comes from. A definition comes from its beginning.
    pub fn place(&self, at: usize) -> usize {
        self.written.place(self.latex.place(at.saturating_sub(self.definitions)))
    }
}

/// What is known of the row that is being read.
#[derive(Debug, Default)]
struct Row {
    tag: Option<String>,
    label: Option<(usize, String)>,
    silent: bool,
    /// Where it begins in what is drawn.
    from: usize,
}

struct Reader<'s, 'n> {
    source: &'s str,
    numbering: &'n mut Numbering,
    equation: Equation,
    row: Row,
    /// How much of the source was dealt with.
    done: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, form: Form) {
        let mut braces = 0usize;
        let mut environments = 0usize;
        // The environment that the formula is: where it begins, what it is drawn as, and how it is numbered.
        let mut outer: Option<Outer> = None;
        for word in words(self.source) {
            if word.range.start < self.done {
                continue;
            }
            match word.kind {
                Kind::Open => braces += 1,
                Kind::Close => braces = braces.saturating_sub(1),
                Kind::NewLine if environments == 1 && braces == 0 => {
                    if let Some(Outer { single: false, numbered, .. }) = outer {
                        self.copy_to(word.range.start);
                        self.end_row(numbered, word.range.start);
                    }
                }
                Kind::Command("begin") => {
                    let Some((name, end)) = braced(self.source, word.range.end) else { continue };
                    let written = self.source.get(name).unwrap_or_default();
                    let known = numbered(written);
                    let first = self.source.get(self.done..word.range.start).is_some_and(|text| text.trim().is_empty());
                    if let Some(Numbered { name, drawn, single }) =
                        known.filter(|_| environments == 0 && outer.is_none() && first)
                    {
                        let numbered = written == *name;
                        outer = Some(Outer { drawn, numbered, single: *single });
                        self.put(&format!("\\begin{{{drawn}{}}}", star(numbered)), word.range.start, end);
                        self.row.from = self.equation.latex.text.len();
                    } else {
                        self.copy_to(end);
                    }
                    environments += 1;
                }
                Kind::Command("end") => {
                    let Some((_, end)) = braced(self.source, word.range.end) else { continue };
                    environments = environments.saturating_sub(1);
                    match &outer {
                        Some(Outer { drawn, numbered, .. }) if environments == 0 => {
                            self.copy_to(word.range.start);
                            let (drawn, numbered) = (*drawn, *numbered);
                            let behind = self.behind_environment(end);
                            self.end_row(numbered, word.range.start);
                            self.put(&format!("\\end{{{drawn}{}}}", star(numbered)), word.range.start, behind);
                        }
                        _ => self.copy_to(end),
                    }
                }
                Kind::Command("label") => {
                    let Some((label, end)) = braced(self.source, word.range.end) else { continue };
                    let label = self.source.get(label).unwrap_or_default().trim().to_owned();
                    self.put("", word.range.start, end);
                    if form == Form::Display && !label.is_empty() {
                        self.row.label = Some((word.range.start, label));
                    }
                }
                Kind::Command("tag") if form == Form::Display => {
                    let star = self.source.get(word.range.end..).is_some_and(|rest| rest.starts_with('*'));
                    let Some((tag, end)) = braced(self.source, word.range.end + usize::from(star)) else { continue };
                    let tag = self.source.get(tag).unwrap_or_default();
                    self.row.tag = Some(if star { tag.to_owned() } else { format!("({tag})") });
                    self.put("", word.range.start, end);
                }
                Kind::Command("notag" | "nonumber") => {
                    self.row.silent = true;
                    self.put("", word.range.start, word.range.end);
                }
                // MathJax loads what is here already.
                Kind::Command("require") => {
                    let Some((_, end)) = braced(self.source, word.range.end) else { continue };
                    self.put("", word.range.start, end);
                }
                Kind::Command(command) => {
                    let macros = &mut self.numbering.macros;
                    if let Some(end) = macros.read(command, self.source, word.range.end) {
                        self.put("", word.range.start, end);
                    } else if let Some((call, end)) = macros.call(command, self.source, word.range.end) {
                        self.put(&call, word.range.start, end);
                    }
                }
                Kind::NewLine | Kind::Comment | Kind::Other => {}
            }
        }
        self.copy_to(self.source.len());
        if outer.is_none() && (self.row.tag.is_some() || self.row.label.is_some()) {
            // A number beside a formula that is no environment: the formula becomes one.
            let whole = std::mem::take(&mut self.equation.latex);
            self.equation.latex.put("\\begin{equation}", 0);
            let inside = whole.text.trim_end().len();
            self.equation.latex.append(&whole, inside);
            self.end_row(self.row.tag.is_none(), self.source.len());
            self.equation.latex.put("\\end{equation}", self.source.len());
        }
    }

    /// A number and a label behind an environment, with nothing else, are its last row's. Returns where they end.
    fn behind_environment(&mut self, from: usize) -> usize {
        let source = self.source;
        let tail = source.get(from..).unwrap_or_default();
        let mut at = 0;
        let (mut tag, mut label) = (None, None);
        for word in words(tail) {
            if word.range.start < at {
                continue;
            }
            let Kind::Command(command @ ("tag" | "label")) = word.kind else { return from };
            let Some((inside, end)) = braced(tail, word.range.end) else { return from };
            let inside = tail.get(inside).unwrap_or_default().trim().to_owned();
            match command {
                "tag" => tag = Some(format!("({inside})")),
                _ => label = Some((from + word.range.start, inside)),
            }
            at = end;
        }
        if at == 0 || tail.get(at..).is_some_and(|rest| !rest.trim().is_empty()) {
            return from;
        }
        self.row.tag = self.row.tag.take().or(tag);
        self.row.label = self.row.label.take().or(label);
        source.len()
    }

    fn copy_to(&mut self, end: usize) {
        if end > self.done {
            self.equation.latex.copy(self.source, self.done..end);
            self.done = end;
        }
    }

    /// Puts a word in the place of bytes of the source.
    fn put(&mut self, word: &str, start: usize, end: usize) {
        self.copy_to(start);
        self.equation.latex.put(word, start);
        self.done = end;
    }

    /// Gives the row its number.
    fn end_row(&mut self, numbered: bool, place: usize) {
        let Row { tag, label, silent, from } = std::mem::take(&mut self.row);
        let text = &self.equation.latex.text;
        // Behind the last `\\\\` of an environment no row begins.
        let blank = text.get(from..).is_some_and(|row| row.trim().trim_start_matches("\\\\").trim().is_empty());
        self.row.from = text.len();
        if blank && tag.is_none() && label.is_none() {
            return;
        }
        let shown = match tag {
            Some(tag) => Some(tag),
            None if numbered && (!silent || label.is_some()) => {
                self.numbering.last += 1;
                Some(format!("({})", self.numbering.last))
            }
            None => None,
        };
        match &shown {
            Some(shown) => self.equation.latex.put(&format!("\\tag*{{\\text{{{shown}}}}}"), place),
            None if numbered => self.equation.latex.put("\\notag ", place),
            None => {}
        }
        self.row.from = self.equation.latex.text.len();
        if let (Some((at, label)), Some(shown)) = (label, shown) {
            if self.numbering.labels.contains_key(&label) {
                self.equation.faults.push(LabelFault { at, label, kind: LabelFaultKind::Taken });
                return;
            }
            let number = shown.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(&shown);
            self.numbering.labels.insert(label.clone(), number.to_owned());
            self.equation.labels.push(label);
        }
    }
}

struct Outer {
    drawn: &'static str,
    numbered: bool,
    single: bool,
}

fn star(numbered: bool) -> &'static str {
    if numbered { "" } else { "*" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sources: &[&str]) -> (Numbering, Vec<String>) {
        let mut numbering = Numbering::default();
        let equations: Vec<_> = sources.iter().map(|source| numbering.read(source, Form::Display)).collect();
        let latex = equations.iter().map(|equation| equation.resolved(&numbering).0.source).collect();
        (numbering, latex)
    }

    #[test]
    fn rows_of_numbered_environments_and_labels_have_numbers() {
        let (numbering, latex) = read(&[
            "x",
            r"\begin{align} a &= b \\ c &= d \notag \\ e &= f \label{끝} \end{align}",
            r"E = mc^2 \label{질량}",
            r"\begin{align*} a \\ b \end{align*}",
            r"a = b \tag{가} \label{나}",
            r"\text{식 \eqref{끝}, \ref{나}}",
            r"\begin{gather} a \\ b \\ \end{gather} \tag{7} \label{일곱}",
            r"\begin{gather} a \\ b \\ \end{gather}",
        ]);
        assert_eq!(latex[0], "x");
        assert_eq!(
            latex[1],
            r"\begin{align} a &= b \tag*{\text{(1)}}\\ c &= d  \notag \\ e &= f  \tag*{\text{(2)}}\end{align}"
        );
        assert_eq!(latex[2], r"\begin{equation}E = mc^2\tag*{\text{(3)}}\end{equation}");
        assert_eq!(latex[3], r"\begin{align*} a \\ b \end{align*}");
        assert_eq!(latex[4], r"\begin{equation}a = b\tag*{\text{(가)}}\end{equation}");
        assert_eq!(latex[5], r"\text{식 \text{(2)}, \text{가}}");
        assert_eq!(
            latex[6],
            r"\begin{gather} a \tag*{\text{(4)}}\\ b \tag*{\text{(5)}}\\ \tag*{\text{(7)}}\end{gather}"
        );
        assert_eq!(latex[7], r"\begin{gather} a \tag*{\text{(6)}}\\ b \tag*{\text{(7)}}\\ \end{gather}");
        assert_eq!(numbering.number("일곱"), Some("7"));
        assert_eq!(["끝", "질량", "나"].map(|label| numbering.number(label)), [Some("2"), Some("3"), Some("가")]);
    }

    #[test]
    fn definitions_hold_for_later_formulas() {
        let (_, latex) = read(&[r"\newcommand{\R}{\mathbb{R}} x \in \R", r"\R^2", r"\newcommand{\Q}{q}"]);
        assert_eq!(latex, [r"\def\R{\mathbb{R}} x \in \R", r"\def\R{\mathbb{R}}\R^2", ""]);
    }

    #[test]
    fn faults_and_offsets_are_those_of_the_formula_as_written() {
        let mut numbering = Numbering::default();
        let source = r"\def\a{x} \a + \label{하나} \eqref{둘} \z";
        let equation = numbering.read(source, Form::Display);
        let (resolved, faults) = equation.resolved(&numbering);
        assert_eq!(faults.len(), 1);
        assert_eq!(&source[faults[0].at..faults[0].at + 6], r"\eqref");
        let place = resolved.place(resolved.source.find(r"\z").unwrap());
        assert_eq!(&source[place..], r"\z");
        let again = numbering.read(r"y \label{하나}", Form::Display);
        assert_eq!(again.faults.first().map(|fault| (fault.at, fault.kind)), Some((2, LabelFaultKind::Taken)));
    }

    #[test]
    fn a_reference_alone_is_a_mention() {
        assert_eq!(mention(r" \eqref{2.10}"), Some(Mention { label: "2.10", bracketed: true }));
        assert_eq!(mention(r"\ref{a} + 1"), None);
        assert_eq!(mention("x"), None);
    }
}
