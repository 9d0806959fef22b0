//! What a formula says, apart from how it looks: a small tree, made of the parser's, from which both the MathML for
//! screen readers and the plain letters for search are written.

use ratex_font::symbols::{Mode, get_symbol};
use ratex_parser::parse_node::{ArrayTag, ParseNode};

use super::alphabets::{Alphabet, styled};

#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Number(String),
    /// A letter or a function's name.
    Name(String),
    /// An operator, relation, bracket or punctuation mark.
    Sign(String),
    Words(String),
    Row(Vec<Term>),
    Fraction {
        above: Box<Term>,
        below: Box<Term>,
        line: bool,
    },
    Root {
        body: Box<Term>,
        degree: Option<Box<Term>>,
    },
    /// Beside the base, or above and below where `limits`.
    Scripts {
        base: Box<Term>,
        below: Option<Box<Term>>,
        above: Option<Box<Term>>,
        limits: bool,
    },
    Table(Vec<Vec<Term>>),
}

impl Term {
    fn sign(sign: &str) -> Self {
        Self::Sign(sign.to_owned())
    }

    fn nothing() -> Self {
        Self::Row(Vec::new())
    }
}

/// The tree of a parsed formula.
pub fn of(nodes: &[ParseNode]) -> Term {
    row(nodes, None)
}

fn row(nodes: &[ParseNode], alphabet: Option<Alphabet>) -> Term {
    let mut terms: Vec<Term> = Vec::new();
    for node in nodes {
        match (term(node, alphabet), terms.last_mut()) {
            (Term::Row(inner), _) => terms.extend(inner),
            (Term::Number(digits), Some(Term::Number(last))) => last.push_str(&digits),
            (Term::Words(words), Some(Term::Words(last))) => last.push_str(&words),
            (term, _) => terms.push(term),
        }
    }
    match <[Term; 1]>::try_from(terms) {
        Ok([term]) => term,
        Err(terms) => Term::Row(terms),
    }
}

fn boxed(node: &ParseNode, alphabet: Option<Alphabet>) -> Box<Term> {
    Box::new(term(node, alphabet))
}

fn term(node: &ParseNode, alphabet: Option<Alphabet>) -> Term {
    use ParseNode as N;
    match node {
        N::Atom { text, mode, .. } | N::OpToken { text, mode, .. } => symbol(text, *mode, Term::Sign),
        N::AccentToken { text, mode, .. } => symbol(text, *mode, Term::Sign),
        N::MathOrd { text, mode, .. } => letter(text, *mode, alphabet),
        N::TextOrd { text, mode, .. } if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => match mode {
            ratex_parser::Mode::Math => Term::Number(text.clone()),
            ratex_parser::Mode::Text => Term::Words(text.clone()),
        },
        N::TextOrd { text, mode, .. } => letter(text, *mode, alphabet),
        N::SpacingNode { mode: ratex_parser::Mode::Text, .. } => Term::Words(" ".to_owned()),
        N::OrdGroup { body, .. }
        | N::Styling { body, .. }
        | N::Sizing { body, .. }
        | N::Color { body, .. }
        | N::MClass { body, .. }
        | N::HBox { body, .. }
        | N::Pmb { body, .. }
        | N::Href { body, .. }
        | N::Html { body, .. } => row(body, alphabet),
        N::HtmlMathMl { mathml, .. } => row(mathml, alphabet),
        N::MathChoice { display, .. } => row(display, alphabet),
        N::Text { body, .. } => Term::Words(words(body)),
        N::OperatorName { body, .. } => Term::Name(spelled(body)),
        N::Font { font, body, .. } => {
            let inside = term(body, Alphabet::named(font).or(alphabet));
            match font.as_str() {
                "mathrm" | "rm" | "mathsf" | "mathtt" | "mathit" => one_word(inside),
                _ => inside,
            }
        }
        N::SupSub { base, sup, sub, .. } => {
            let limits = base.as_deref().is_some_and(has_limits);
            Term::Scripts {
                base: Box::new(base.as_deref().map_or_else(Term::nothing, |base| term(base, alphabet))),
                below: sub.as_deref().map(|sub| boxed(sub, alphabet)),
                above: sup.as_deref().map(|sup| boxed(sup, alphabet)),
                limits,
            }
        }
        N::GenFrac { numer, denom, has_bar_line, left_delim, right_delim, .. } => {
            let fraction =
                Term::Fraction { above: boxed(numer, alphabet), below: boxed(denom, alphabet), line: *has_bar_line };
            fenced(left_delim.as_deref(), vec![fraction], right_delim.as_deref())
        }
        N::Sqrt { body, index, .. } => {
            Term::Root { body: boxed(body, alphabet), degree: index.as_deref().map(|index| boxed(index, alphabet)) }
        }
        N::Accent { label, base, .. } => marked(base, alphabet, Some(accent(label)), None),
        N::AccentUnder { label, base, .. } => marked(base, alphabet, None, Some(accent(label))),
        N::Overline { body, .. } => marked(body, alphabet, Some("¯"), None),
        N::Underline { body, .. } => marked(body, alphabet, None, Some("_")),
        N::HorizBrace { is_over: true, base, .. } => marked(base, alphabet, Some("⏞"), None),
        N::HorizBrace { base, .. } => marked(base, alphabet, None, Some("⏟")),
        N::Op { name, body, symbol: is_symbol, .. } => match (name, body) {
            (Some(name), _) if *is_symbol => symbol(name, ratex_parser::Mode::Math, Term::Sign),
            (Some(name), _) => Term::Name(name.trim_start_matches('\\').to_owned()),
            (None, Some(body)) => row(body, alphabet),
            (None, None) => Term::nothing(),
        },
        N::DelimSizing { delim, .. } | N::Middle { delim, .. } | N::LeftRightRight { delim, .. } => {
            delimiter(delim).unwrap_or_else(Term::nothing)
        }
        N::LeftRight { body, left, right, .. } => fenced(Some(left), vec![row(body, alphabet)], Some(right)),
        N::Smash { body, .. }
        | N::Enclose { body, .. }
        | N::Lap { body, .. }
        | N::RaiseBox { body, .. }
        | N::VCenter { body, .. } => term(body, alphabet),
        N::Array { body, tags, .. } => {
            let tag = |number: usize| match tags.as_ref()?.get(number)? {
                ArrayTag::Explicit(tag) if !tag.is_empty() => Some(Term::Words(words(tag))),
                _ => None,
            };
            let row = |(number, cells): (usize, &Vec<ParseNode>)| {
                cells.iter().map(|cell| term(cell, alphabet)).chain(tag(number)).collect()
            };
            Term::Table(body.iter().enumerate().map(row).collect())
        }
        N::XArrow { label, body, below, .. } => Term::Scripts {
            base: Box::new(Term::sign(arrow(label))),
            below: below.as_deref().map(|below| boxed(below, alphabet)),
            above: Some(boxed(body, alphabet)),
            limits: true,
        },
        N::Tag { body, tag, .. } => Term::Row(vec![row(body, alphabet), Term::Words(words(tag))]),
        N::Verb { body, .. } => Term::Words(body.clone()),
        N::IncludeGraphics { alt, .. } => Term::Words(alt.clone()),
        N::CdLabel { label, .. } => term(label, alphabet),
        N::CdLabelParent { fragment, .. } => term(fragment, alphabet),
        N::CdArrow { direction, label_above, label_below, .. } => {
            let sign = match direction.as_str() {
                "right" => "→",
                "left" => "←",
                "up" => "↑",
                "down" => "↓",
                "horiz_eq" | "vert_eq" => "=",
                _ => return Term::nothing(),
            };
            Term::Scripts {
                base: Box::new(Term::sign(sign)),
                below: label_below.as_deref().map(|label| boxed(label, alphabet)),
                above: label_above.as_deref().map(|label| boxed(label, alphabet)),
                limits: true,
            }
        }
        N::ProofTree { tree, .. } => row(&tree.conclusion, alphabet),
        N::SpacingNode { .. }
        | N::ColorToken { .. }
        | N::Size { .. }
        | N::Rule { .. }
        | N::Kern { .. }
        | N::Phantom { .. }
        | N::VPhantom { .. }
        | N::Environment { .. }
        | N::Cr { .. }
        | N::Infix { .. }
        | N::Internal { .. }
        | N::Url { .. }
        | N::Raw { .. }
        | N::NoNumber { .. } => Term::nothing(),
    }
}

/// The readable letters of text and of function names.
fn words(nodes: &[ParseNode]) -> String {
    let mut out = String::new();
    super::letters::write(&mut out, &row(nodes, None));
    out
}

/// The name of an operator: its letters belong to one word, and only what moves them apart divides words (`arg\,min`).
fn spelled(nodes: &[ParseNode]) -> String {
    fn spell(out: &mut String, nodes: &[ParseNode]) {
        use ParseNode as N;
        for node in nodes {
            match node {
                N::OrdGroup { body, .. } | N::Styling { body, .. } | N::Text { body, .. } | N::MClass { body, .. } => {
                    spell(out, body);
                }
                N::Font { body, .. } => spell(out, std::slice::from_ref(&**body)),
                N::Kern { dimension, .. } if dimension.number > 0.0 => out.push(' '),
                N::SpacingNode { .. } => out.push(' '),
                node => super::letters::write(out, &term(node, None)),
            }
        }
    }
    let mut out = String::new();
    spell(&mut out, nodes);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters in an upright font are a word (`\mathrm{softmax}`), where nothing else stands between them.
fn one_word(term: Term) -> Term {
    let Term::Row(terms) = &term else { return term };
    let letters = terms.iter().map(|term| match term {
        Term::Name(name) => Some(name.as_str()),
        _ => None,
    });
    match letters.collect::<Option<String>>() {
        Some(word) if !word.is_empty() => Term::Name(word),
        _ => term,
    }
}

fn has_limits(base: &ParseNode) -> bool {
    match base {
        ParseNode::Op { limits, .. } | ParseNode::OperatorName { limits, .. } => *limits,
        ParseNode::HorizBrace { .. } => true,
        _ => false,
    }
}

fn fenced(left: Option<&str>, inside: Vec<Term>, right: Option<&str>) -> Term {
    let left = left.and_then(delimiter);
    Term::Row(left.into_iter().chain(inside).chain(right.and_then(delimiter)).collect())
}

fn delimiter(delimiter: &str) -> Option<Term> {
    (!matches!(delimiter, "" | ".")).then(|| symbol(delimiter, ratex_parser::Mode::Math, Term::Sign))
}

fn marked(base: &ParseNode, alphabet: Option<Alphabet>, above: Option<&str>, below: Option<&str>) -> Term {
    let mark = |mark: &str| Box::new(Term::sign(mark));
    Term::Scripts { base: boxed(base, alphabet), below: below.map(mark), above: above.map(mark), limits: true }
}

/// A symbol by its name in LaTeX.
fn symbol(name: &str, mode: ratex_parser::Mode, kind: impl FnOnce(String) -> Term) -> Term {
    match mode {
        ratex_parser::Mode::Text => Term::Words(character(name, Mode::Text)),
        ratex_parser::Mode::Math => kind(character(name, Mode::Math)),
    }
}

fn letter(name: &str, mode: ratex_parser::Mode, alphabet: Option<Alphabet>) -> Term {
    match mode {
        ratex_parser::Mode::Text => Term::Words(character(name, Mode::Text)),
        ratex_parser::Mode::Math => {
            let letters = character(name, Mode::Math);
            let sign = letters.chars().all(|c| !c.is_alphanumeric() && c != '∞' && c != '∅');
            match alphabet {
                _ if sign => Term::Sign(letters),
                Some(alphabet) => Term::Name(letters.chars().map(|c| styled(c, alphabet)).collect()),
                None => Term::Name(letters),
            }
        }
    }
}

fn character(name: &str, mode: Mode) -> String {
    let found = get_symbol(name, mode).and_then(|symbol| symbol.codepoint);
    match found {
        Some(character) => character.to_string(),
        None => name.trim_start_matches('\\').to_owned(),
    }
}

fn accent(label: &str) -> &'static str {
    match label.trim_start_matches('\\') {
        "hat" | "widehat" | "widecheck" | "^" => "^",
        "bar" | "=" => "¯",
        "tilde" | "widetilde" | "utilde" | "~" => "~",
        "vec" | "overrightarrow" | "underrightarrow" | "Overrightarrow" => "→",
        "overleftarrow" | "underleftarrow" => "←",
        "overleftrightarrow" | "underleftrightarrow" => "↔",
        "dot" | "." => "˙",
        "ddot" | "\"" => "¨",
        "acute" | "'" => "´",
        "grave" | "`" => "`",
        "breve" | "u" => "˘",
        "check" | "v" => "ˇ",
        "mathring" | "r" => "˚",
        _ => "¯",
    }
}

fn arrow(label: &str) -> &'static str {
    match label.trim_start_matches('\\') {
        "xleftarrow" => "←",
        "xleftrightarrow" => "↔",
        "xRightarrow" => "⇒",
        "xLeftarrow" => "⇐",
        "xLeftrightarrow" => "⇔",
        "xmapsto" => "↦",
        "xhookrightarrow" => "↪",
        "xhookleftarrow" => "↩",
        "xlongequal" => "=",
        "xrightleftharpoons" => "⇌",
        _ => "→",
    }
}
