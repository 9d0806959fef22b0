//! What a source says: nodes, edges, and subgraphs, with all their attributes.

use std::collections::BTreeMap;
use std::rc::Rc;

/// The attributes that are understood, here or by refusing them. All others are left out when they are read; they would
/// change neither what a picture says nor where things stand: what fonts it is set in, how large a sheet of paper is, where
/// a link opens, how long dot may think.
const KNOWN: [&str; 68] = [
    "URL",
    "arrowhead",
    "arrowsize",
    "arrowtail",
    "bgcolor",
    "class",
    "cluster",
    "clusterrank",
    "color",
    "colorscheme",
    "compound",
    "constraint",
    "dir",
    "distortion",
    "edgeURL",
    "edgehref",
    "fillcolor",
    "fixedsize",
    "fontcolor",
    "fontname",
    "fontsize",
    "group",
    "headURL",
    "headclip",
    "headhref",
    "headlabel",
    "headport",
    "height",
    "href",
    "image",
    "label",
    "labelURL",
    "labelangle",
    "labeldistance",
    "labelfontcolor",
    "labelfontsize",
    "labelhref",
    "labeljust",
    "labelloc",
    "layers",
    "layout",
    "lhead",
    "ltail",
    "margin",
    "minlen",
    "newrank",
    "nodesep",
    "ordering",
    "orientation",
    "pencolor",
    "penwidth",
    "peripheries",
    "rank",
    "rankdir",
    "ranksep",
    "regular",
    "shape",
    "shapefile",
    "sides",
    "skew",
    "splines",
    "style",
    "tailclip",
    "taillabel",
    "tailport",
    "weight",
    "width",
    "xlabel",
];

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub text: Rc<str>,
    pub is_html: bool,
    /// Where in the source, in bytes.
    pub at: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(BTreeMap<&'static str, Value>);

impl Attributes {
    pub fn set(&mut self, name: &str, value: Value) {
        if let Ok(at) = KNOWN.binary_search(&name) {
            self.0.insert(KNOWN[at], value);
        }
    }

    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().map(|(name, value)| (*name, value.clone())));
    }

    /// An attribute that has been set, be it to nothing.
    pub fn written(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// An attribute that says something.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.text.is_empty())
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).map(|value| value.text.trim())
    }

    /// The number that an attribute begins with, as C reads it.
    pub fn number(&self, name: &str) -> Option<f64> {
        number(self.text(name)?)
    }

    pub fn is_true(&self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        let is_word = |words: [&str; 2]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        Some(is_word(["true", "yes"]) || !is_word(["false", "no"]) && number(text).is_some_and(|number| number != 0.0))
    }

    /// The parts of `style`, such as `rounded,filled`.
    pub fn styles(&self) -> impl Iterator<Item = &str> {
        self.text("style").unwrap_or_default().split(',').map(str::trim).filter(|style| !style.is_empty())
    }

    pub fn has_style(&self, style: &str) -> bool {
        self.styles().any(|other| other == style)
    }
}

/// The number that a text begins with.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(text.len());
    text[..end].parse().ok().filter(|number: &f64| number.is_finite())
}

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub name: Rc<str>,
    pub attributes: Attributes,
    pub at: usize,
}

/// `name:port:side` behind the name of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Port {
    pub name: Option<String>,
    /// `n`, `se`, …
    pub side: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    pub tail: usize,
    pub head: usize,
    pub tail_port: Port,
    pub head_port: Port,
    pub attributes: Attributes,
    pub at: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subgraph {
    pub name: Option<Rc<str>>,
    pub parent: Option<usize>,
    pub attributes: Attributes,
    /// All nodes in it, those of its own subgraphs too, in the order in which they came.
    pub nodes: Vec<usize>,
}

impl Subgraph {
    /// Whether a box is drawn around it.
    pub fn is_cluster(&self) -> bool {
        self.parent.is_some()
            && (self.name.as_ref().is_some_and(|name| name.starts_with("cluster"))
                || self.attributes.is_true("cluster") == Some(true))
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    pub is_directed: bool,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// The first is the whole; each stands behind the one it is in.
    pub subgraphs: Vec<Subgraph>,
}

impl Graph {
    pub fn attributes(&self) -> &Attributes {
        &self.subgraphs[0].attributes
    }

    pub fn name(&self) -> &str {
        self.subgraphs[0].name.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_attributes_are_in_order() {
        assert!(KNOWN.is_sorted());
    }

    #[test]
    fn numbers_and_truths_are_read_as_c_reads_them() {
        assert_eq!([number("1.5 equally"), number("-2"), number("x")], [Some(1.5), Some(-2.0), None]);
        let mut attributes = Attributes::default();
        for (text, truth) in [("true", true), ("Yes", true), ("0", false), ("2", true), ("no", false), ("x", false)] {
            attributes.set("compound", Value { text: text.into(), is_html: false, at: 0 });
            assert_eq!(attributes.is_true("compound"), Some(truth), "{text}");
        }
    }
}
