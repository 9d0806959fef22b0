//! `\newcommand` and its kin: what a note or the site's configuration calls by a name of its own.
//!
//! A definition holds from where it stands to the end of the note. It is taken out of the formula and put, as a `\def`
//! that may also replace a command that LaTeX has, before each later formula that uses it, directly or through others: so
//! a drawing stays a function of one text, and a formula that uses no definition is the same text in every note.

use std::collections::BTreeMap;

use super::latex::{Kind, braced, words};
use super::links;

/// Definitions in force.
#[derive(Clone, Debug, Default)]
pub struct Macros {
    /// By name.
    definitions: BTreeMap<String, Definition>,
    /// How many were made.
    made: usize,
    /// What commands take for their first argument where none is given in `[…]`.
    defaults: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Definition {
    /// How many were made before.
    number: usize,
    /// As LaTeX.
    text: String,
}

/// A note that defines more is a machine's.
const MOST: usize = 1000;

impl Macros {
    /// Defines a name as the site's configuration does: `#1` in the body says how many arguments there are.
    pub fn define(&mut self, name: &str, body: &str) {
        let arguments = (1..=9).rev().find(|number| body.contains(&format!("#{number}"))).unwrap_or(0);
        self.add(name.trim_start_matches('\\'), &parameters(arguments), body);
    }

    fn add(&mut self, name: &str, parameters: &str, body: &str) {
        let body = self.with_arguments(body);
        self.push(name, format!("\\def\\{name}{parameters}{{{body}}}"));
    }

    /// What stands in the place of the command that ends at `from`, and where the formula goes on: for one whose first
    /// argument may be left out, a call with that argument in braces; for a link, what of it is seen.
    pub fn call(&self, command: &str, source: &str, from: usize) -> Option<(String, usize)> {
        let Some(default) = self.defaults.get(command) else {
            return if self.definitions.contains_key(command) { None } else { links::seen(command, source, from) };
        };
        let (first, end) = bracketed(source, from).unwrap_or((default, from));
        Some((format!("\\{command}@{{{first}}}"), end))
    }

    /// The same for all calls in the body of a definition.
    fn with_arguments(&self, body: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for word in words(body) {
            let Kind::Command(command) = word.kind else { continue };
            if let Some((call, end)) = self.call(command, body, word.range.end).filter(|_| word.range.start >= done) {
                out.push_str(body.get(done..word.range.start).unwrap_or_default());
                out.push_str(&call);
                done = end;
            }
        }
        out.push_str(body.get(done..).unwrap_or_default());
        out
    }

    fn push(&mut self, name: &str, text: String) {
        self.definitions.remove(name);
        self.defaults.remove(name);
        if self.definitions.len() < MOST {
            self.definitions.insert(name.to_owned(), Definition { number: self.made, text });
            self.made += 1;
        }
    }

    /// Reads the definition that the command at `start` of a formula begins: what follows `\newcommand` begins at
    /// `from`. Returns where it ends, or `None` where it is none.
    pub fn read(&mut self, command: &str, source: &str, from: usize) -> Option<usize> {
        match command {
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                let (name, at) = name(source, without_star(source, from))?;
                let (count, at) = bracketed(source, at).unwrap_or(("", at));
                let (default, at) = match bracketed(source, at) {
                    Some((default, at)) => (Some(default), at),
                    None => (None, at),
                };
                let (body, end) = braced(source, at)?;
                let body = source.get(body)?;
                let count = count.trim().parse().unwrap_or(0).min(9);
                match default.filter(|_| count > 0) {
                    None => self.add(name, &parameters(count), body),
                    Some(default) => {
                        self.add(&format!("{name}@"), &parameters(count), body);
                        self.defaults.insert(name.to_owned(), default.to_owned());
                    }
                }
                Some(end)
            }
            "DeclareMathOperator" => {
                let behind_star = without_star(source, from);
                let (name, at) = name(source, behind_star)?;
                let (body, end) = braced(source, at)?;
                let star = if behind_star > from { "*" } else { "" };
                self.add(name, "", &format!("\\operatorname{star}{{{}}}", source.get(body)?));
                Some(end)
            }
            "def" | "gdef" => {
                let (name, at) = name(source, from)?;
                let open = at + source.get(at..)?.find('{')?;
                let (body, end) = braced(source, open)?;
                self.add(name, source.get(at..open)?.trim(), source.get(body)?);
                Some(end)
            }
            "let" => {
                let (new, at) = name(source, from)?;
                let rest = source.get(at..)?;
                let at = at + rest.len() - rest.trim_start_matches([' ', '=']).len();
                let (old, end) = name(source, at)?;
                self.push(new, format!("\\let\\{new}=\\{old}"));
                Some(end)
            }
            _ => None,
        }
    }

    /// The definitions that a formula uses, in the order in which they were made.
    pub fn used_in(&self, source: &str) -> String {
        if self.definitions.is_empty() {
            return String::new();
        }
        let mut used: BTreeMap<usize, &str> = BTreeMap::new();
        let mut open = vec![source];
        while let Some(text) = open.pop() {
            for word in words(text) {
                let Kind::Command(name) = word.kind else { continue };
                let Some(Definition { number, text }) = self.definitions.get(name) else { continue };
                if used.insert(*number, text).is_none() {
                    open.push(text);
                }
            }
        }
        used.into_values().collect()
    }
}

fn parameters(count: usize) -> String {
    (1..=count).map(|number| format!("#{number}")).collect()
}

fn without_star(source: &str, at: usize) -> usize {
    at + usize::from(source.get(at..).is_some_and(|rest| rest.starts_with('*')))
}

/// `\name` or `{\name}` at `at`, blanks apart: the name, and where it goes on.
fn name(source: &str, at: usize) -> Option<(&str, usize)> {
    if let Some((inside, end)) = braced(source, at) {
        return Some((name(source, inside.start)?.0, end));
    }
    let rest = source.get(at..)?.trim_start();
    let begins = source.len() - rest.len();
    match words(rest).next()? {
        word if word.range.start == 0 => match word.kind {
            Kind::Command(name) => Some((name, begins + word.range.end)),
            _ => None,
        },
        _ => None,
    }
}

/// `[…]` at `at`, blanks apart.
fn bracketed(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source.get(at..)?.trim_start();
    let begins = source.len() - rest.len();
    let inside = rest.strip_prefix('[')?;
    let end = inside.find(']')?;
    Some((inside.get(..end)?, begins + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Macros, &str) {
        let mut macros = Macros::default();
        let Some(Kind::Command(command)) = words(source).next().map(|word| word.kind) else { return (macros, source) };
        let end = macros.read(command, source, command.len() + 1).unwrap_or(0);
        (macros, &source[end..])
    }

    #[test]
    fn every_spelling_is_a_definition() {
        for (source, text) in [
            (r"\newcommand{\R}{\mathbb{R}}", r"\def\R{\mathbb{R}}"),
            (r"\renewcommand*\vec [1] {\mathbf{#1}}", r"\def\vec#1{\mathbf{#1}}"),
            (r"\DeclareMathOperator*{\argmax}{arg\,max}", r"\def\argmax{\operatorname*{arg\,max}}"),
            (r"\def\sq#1{#1^2}", r"\def\sq#1{#1^2}"),
            (r"\let\eps=\epsilon", r"\let\eps=\epsilon"),
        ] {
            let (macros, rest) = read(source);
            assert_eq!(
                (macros.definitions.values().next().map(|last| last.text.as_str()), rest),
                (Some(text), ""),
                "{source}"
            );
        }
        assert_eq!(read(r"\newcommand{\R").1, r"\newcommand{\R");
    }

    #[test]
    fn a_first_argument_may_be_left_out() {
        let (mut macros, _) = read(r"\newcommand{\f}[2][x]{#1+#2}");
        assert_eq!(macros.call("f", r"\f{y}", 2), Some((r"\f@{x}".to_owned(), 2)));
        assert_eq!(macros.call("f", r"\f[z]{y}", 2), Some((r"\f@{z}".to_owned(), 5)));
        macros.define("g", r"\f{1}");
        assert_eq!(macros.used_in(r"\g"), r"\def\f@#1#2{#1+#2}\def\g{\f@{x}{1}}");
        macros.define("f", "1");
        assert_eq!(macros.call("f", r"\f", 2), None);
    }

    #[test]
    fn only_what_a_formula_uses_stands_before_it() {
        let mut macros = Macros::default();
        macros.define("\\R", "\\mathbb{R}");
        macros.define("E", "\\mathbb{E}[#1]");
        macros.define("V", "\\E{#1^2} - \\E{#1}^2");
        assert_eq!(macros.used_in("\\V{X}"), r"\def\E#1{\mathbb{E}[#1]}\def\V#1{\E{#1^2} - \E{#1}^2}");
        assert_eq!(macros.used_in("x^2"), "");
    }
}
