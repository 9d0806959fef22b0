//! A source in DOT → its [`Graph`].
//!
//! The grammar is Graphviz's, and so is what its scopes mean: `node [...]` is for the nodes that first appear behind it, in
//! its subgraph and those within; a subgraph begins with what its surroundings said so far.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::graph::{Attributes, Edge, Graph, Node, Port, Subgraph, Value};
use super::tokens::{Id, IdKind, Token, Tokens};
use super::{fault, misread, too_large};
use crate::drawing::Fault;
use crate::language::josa;
use crate::text;

/// Of subgraphs in each other.
const DEEPEST: usize = 40;
const MOST_NODES: usize = 1500;
const MOST_EDGES: usize = 3000;

/// Reads a source.
///
/// # Errors
/// Where it is not DOT, or where it is too large.
pub fn parse(source: &str) -> Result<Graph, Fault> {
    let mut tokens = Tokens::new(source);
    let (token, at) = tokens.read()?;
    let mut parser = Parser {
        tokens,
        token,
        at,
        graph: Graph::default(),
        names: BTreeMap::new(),
        named_subgraphs: BTreeMap::new(),
        members: Vec::new(),
        strict: None,
    };
    parser.whole()?;
    Ok(parser.graph)
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    /// What comes next, and where it begins.
    token: Token,
    at: usize,
    graph: Graph,
    names: BTreeMap<Rc<str>, usize>,
    named_subgraphs: BTreeMap<Rc<str>, usize>,
    /// The nodes of each subgraph.
    members: Vec<BTreeSet<usize>>,
    /// Of a strict graph, the edges between nodes.
    strict: Option<BTreeMap<(usize, usize), usize>>,
}

/// Where a statement stands.
#[derive(Clone, Default)]
struct Scope {
    subgraph: usize,
    depth: usize,
    nodes: Attributes,
    edges: Attributes,
}

/// One side of an edge.
type Side = Vec<(usize, Port)>;

impl Parser<'_> {
    fn next(&mut self) -> Result<Token, Fault> {
        let (token, at) = self.tokens.read()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn is_sign(&self, sign: char) -> bool {
        self.token == Token::Sign(sign)
    }

    /// Reads a sign if it is there.
    fn eat(&mut self, sign: char) -> Result<bool, Fault> {
        let is_there = self.is_sign(sign);
        if is_there {
            self.next()?;
        }
        Ok(is_there)
    }

    fn expect(&mut self, sign: char) -> Result<(), Fault> {
        if self.eat(sign)? { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"), &format!("`{sign}`"))) }
    }

    fn keyword(&self) -> Option<&'static str> {
        match &self.token {
            Token::Id(id) => id.keyword(),
            _ => None,
        }
    }

    /// Reads a name that is not a keyword.
    fn id(&mut self) -> Result<Option<Id>, Fault> {
        if self.keyword().is_some() || !matches!(self.token, Token::Id(_)) {
            return Ok(None);
        }
        match self.next()? {
            Token::Id(id) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// Says that something else should be here, in both languages.
    fn unexpected(&self, korean: &str, english: &str) -> Fault {
        let korean = josa(korean, "이", "가");
        let found: String = match &self.token {
            Token::Id(id) => id.text.chars().take(40).collect(),
            Token::Sign(sign) => sign.to_string(),
            Token::Edge { is_directed } => if *is_directed { "->" } else { "--" }.to_owned(),
            Token::End => {
                let message =
                    text!("소스가 끝났는데, 여기에 {korean} 와야 합니다", "the source ends where {english} should be");
                return fault(message, self.at);
            }
        };
        let message = text!("`{found}` 대신 {korean} 와야 합니다", "`{found}` stands where {english} should be");
        fault(message, self.at)
    }

    fn whole(&mut self) -> Result<(), Fault> {
        let is_strict = self.keyword() == Some("strict");
        if is_strict {
            self.next()?;
            self.strict = Some(BTreeMap::new());
        }
        self.graph.is_directed = match self.keyword() {
            Some("digraph") => true,
            Some("graph") => false,
            _ => {
                let hint = text!(
                    "첫 줄은 `digraph {{`(화살표)이거나 `graph {{`(선)입니다",
                    "it begins with `digraph {{` (arrows) or `graph {{` (lines)"
                );
                return Err(Fault { hint: Some(hint), ..self.unexpected("`digraph`", "`digraph`") });
            }
        };
        self.next()?;
        let name = self.id()?.map(|id| id.text.into());
        self.graph.subgraphs.push(Subgraph { name, ..Subgraph::default() });
        self.members.push(BTreeSet::new());
        self.expect('{')?;
        let mut scope = Scope::default();
        self.statements(&mut scope)?;
        self.expect('}')?;
        if self.token == Token::End {
            return Ok(());
        }
        if matches!(self.keyword(), Some("strict" | "graph" | "digraph")) {
            let message = text!("코드 블록 하나에는 그림 하나만 적습니다", "a fence has one graph, and this one more");
            return Err(fault(message, self.at));
        }
        Err(self.unexpected("끝", "the end"))
    }

    fn statements(&mut self, scope: &mut Scope) -> Result<(), Fault> {
        loop {
            if self.eat(';')? || self.eat(',')? {
                continue;
            }
            if self.is_sign('}') || self.token == Token::End {
                return Ok(());
            }
            self.statement(scope)?;
        }
    }

    fn statement(&mut self, scope: &mut Scope) -> Result<(), Fault> {
        if let Some(kind @ ("node" | "edge" | "graph")) = self.keyword() {
            self.next()?;
            // `node = …` would be one of the graph's own, and means nothing.
            let said = self.attributes()?;
            match kind {
                "node" => scope.nodes.extend(&said),
                "edge" => scope.edges.extend(&said),
                _ => self.graph.subgraphs[scope.subgraph].attributes.extend(&said),
            }
            return Ok(());
        }
        let start = self.at;
        let mut sides = Vec::new();
        if let Some(side) = self.subgraph(scope)? {
            sides.push(side);
        } else {
            let Some(id) = self.id()? else { return Err(self.unexpected("이름", "a name")) };
            if self.eat('=')? {
                let at = self.at;
                let Some(value) = self.id_or_keyword()? else { return Err(self.unexpected("값", "a value")) };
                self.graph.subgraphs[scope.subgraph].attributes.set(&id.text, attribute(value, at));
                return Ok(());
            }
            sides.push(vec![self.node(id, start, scope)?]);
        }
        let mut edge_at = start;
        while let Token::Edge { is_directed } = self.token {
            if is_directed != self.graph.is_directed {
                let (kind, wanted) = if is_directed { ("graph", "--") } else { ("digraph", "->") };
                let message =
                    text!("`{kind}`에서는 `{wanted}`으로 잇습니다", "in a `{kind}`, edges are written `{wanted}`");
                return Err(fault(message, self.at));
            }
            if sides.len() == 1 {
                edge_at = self.at;
            }
            self.next()?;
            let at = self.at;
            let side = match self.subgraph(scope)? {
                Some(side) => side,
                None => {
                    let Some(id) = self.id()? else { return Err(self.unexpected("노드", "a node")) };
                    vec![self.node(id, at, scope)?]
                }
            };
            sides.push(side);
        }
        let said = self.attributes()?;
        if sides.len() > 1 {
            return self.edges(&sides, &said, edge_at, scope);
        }
        // Of a node; behind a subgraph they mean nothing.
        if let Some([(node, port)]) = sides.first().map(Vec::as_slice)
            && *port == Port::default()
        {
            self.graph.nodes[*node].attributes.extend(&said);
        }
        Ok(())
    }

    fn id_or_keyword(&mut self) -> Result<Option<Id>, Fault> {
        if !matches!(self.token, Token::Id(_)) {
            return Ok(None);
        }
        match self.next()? {
            Token::Id(id) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// `[a=b, c=d] [e]`
    fn attributes(&mut self) -> Result<Attributes, Fault> {
        let mut said = Attributes::default();
        while self.eat('[')? {
            loop {
                if self.eat(';')? || self.eat(',')? {
                    continue;
                }
                if self.eat(']')? {
                    break;
                }
                let Some(name) = self.id_or_keyword()? else { return Err(self.unexpected("`]`", "`]`")) };
                let at = self.at;
                let value = if self.eat('=')? {
                    let at = self.at;
                    let Some(value) = self.id_or_keyword()? else { return Err(self.unexpected("값", "a value")) };
                    attribute(value, at)
                } else {
                    Value { text: "true".into(), is_html: false, at }
                };
                said.set(&name.text, value);
            }
        }
        Ok(said)
    }

    /// The node of a name, with its port.
    fn node(&mut self, id: Id, at: usize, scope: &Scope) -> Result<(usize, Port), Fault> {
        if id.kind == IdKind::Html {
            return Err(misread("<", at));
        }
        let name: Rc<str> = id.text.into();
        let node = match self.names.get(&name) {
            Some(node) => *node,
            None => {
                let node = self.graph.nodes.len();
                if node == MOST_NODES {
                    return Err(too_large(at));
                }
                self.graph.nodes.push(Node { name: name.clone(), attributes: scope.nodes.clone(), at });
                self.names.insert(name, node);
                node
            }
        };
        let mut within = Some(scope.subgraph);
        while let Some(subgraph) = within {
            if self.members[subgraph].insert(node) {
                self.graph.subgraphs[subgraph].nodes.push(node);
            }
            within = self.graph.subgraphs[subgraph].parent;
        }
        let mut port = Port::default();
        if self.eat(':')? {
            let Some(first) = self.id_or_keyword()? else { return Err(self.unexpected("포트", "a port")) };
            if self.eat(':')? {
                let Some(side) = self.id_or_keyword()? else { return Err(self.unexpected("방향", "a side")) };
                port.side = Some(side.text);
            }
            port.name = Some(first.text);
        }
        Ok((node, port))
    }

    /// A subgraph, if one begins here: its nodes.
    fn subgraph(&mut self, outer: &Scope) -> Result<Option<Side>, Fault> {
        let start = self.at;
        let mut name: Option<Rc<str>> = None;
        if self.keyword() == Some("subgraph") {
            self.next()?;
            name = self.id()?.map(|id| id.text.into());
        } else if !self.is_sign('{') {
            return Ok(None);
        }
        if outer.depth == DEEPEST {
            return Err(too_large(start));
        }
        let known = name.as_ref().and_then(|name| self.named_subgraphs.get(name).copied());
        let subgraph = match known {
            Some(known) => known,
            None => {
                let number = self.graph.subgraphs.len();
                if number == MOST_NODES {
                    return Err(too_large(start));
                }
                let mut attributes = self.graph.subgraphs[outer.subgraph].attributes.clone();
                // What says something of one subgraph only.
                for own in ["rank", "cluster", "layout"] {
                    attributes.remove(own);
                }
                let parent = Some(outer.subgraph);
                self.graph.subgraphs.push(Subgraph { name: name.clone(), parent, attributes, nodes: Vec::new() });
                self.members.push(BTreeSet::new());
                if let Some(name) = name {
                    self.named_subgraphs.insert(name, number);
                }
                number
            }
        };
        if self.eat('{')? {
            let mut scope = Scope { subgraph, depth: outer.depth + 1, ..outer.clone() };
            self.statements(&mut scope)?;
            self.expect('}')?;
        }
        let nodes = self.graph.subgraphs[subgraph].nodes.iter();
        Ok(Some(nodes.map(|node| (*node, Port::default())).collect()))
    }

    /// Each node of a side with each of the next.
    fn edges(&mut self, sides: &[Side], said: &Attributes, at: usize, scope: &Scope) -> Result<(), Fault> {
        for pair in sides.windows(2) {
            let [tails, heads] = pair else { continue };
            for (tail, tail_port) in tails {
                for (head, head_port) in heads {
                    let mut attributes = scope.edges.clone();
                    attributes.extend(said);
                    let (tail, head) = (*tail, *head);
                    let ends = if self.graph.is_directed || tail < head { (tail, head) } else { (head, tail) };
                    if let Some(edges) = &mut self.strict {
                        if let Some(edge) = edges.get(&ends) {
                            self.graph.edges[*edge].attributes.extend(&attributes);
                            continue;
                        }
                        edges.insert(ends, self.graph.edges.len());
                    }
                    if self.graph.edges.len() == MOST_EDGES {
                        return Err(too_large(at));
                    }
                    let (tail_port, head_port) = (tail_port.clone(), head_port.clone());
                    self.graph.edges.push(Edge { tail, head, tail_port, head_port, attributes, at });
                }
            }
        }
        Ok(())
    }
}

fn attribute(id: Id, at: usize) -> Value {
    Value { text: id.text.into(), is_html: id.kind == IdKind::Html, at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(source: &str) -> Vec<String> {
        let graph = parse(source).unwrap_or_else(|fault| panic!("{source}: {}", fault.message.english));
        let name = |node: usize| graph.nodes[node].name.to_string();
        graph.edges.iter().map(|edge| format!("{}>{}", name(edge.tail), name(edge.head))).collect()
    }

    #[test]
    fn edges_lead_from_all_to_all() {
        assert_eq!(edges("digraph { 가 -> {나 다} -> 라; }"), ["가>나", "가>다", "나>라", "다>라"]);
        assert_eq!(edges("graph G { a--b--c a -- subgraph s { d; e } }"), ["a>b", "b>c", "a>d", "a>e"]);
        assert_eq!(edges("strict graph { a--b b--a; a--b }"), ["a>b"]);
        assert_eq!(edges("digraph { subgraph s {a b} subgraph t {c} subgraph s -> subgraph t }"), ["a>c", "b>c"]);
    }

    #[test]
    fn attributes_are_those_of_the_scope() {
        let graph = parse(
            "digraph { a; node [shape=box] b; subgraph cluster_x { node [shape=oval, color=red]; c; label=\"x\" \
             subgraph cluster_y { d; b } } e [shape=diamond] color=blue; edge [style=dotted] a->b [label=1][weight=2]; \
             b->c [style=\"\"] }",
        )
        .unwrap();
        let of = |node: usize, name| graph.nodes[node].attributes.text(name).map(str::to_owned);
        let shapes: Vec<_> = (0..graph.nodes.len()).map(|node| of(node, "shape").unwrap_or_default()).collect();
        assert_eq!(shapes, ["", "box", "oval", "oval", "diamond"]);
        assert_eq!((of(3, "color").as_deref(), of(1, "color")), (Some("red"), None));
        assert_eq!(graph.subgraphs[2].attributes.text("label"), Some("x"), "the surroundings' label is its own too");
        assert_eq!(
            (graph.subgraphs[1].nodes.as_slice(), graph.subgraphs[2].nodes.as_slice()),
            (&[2, 3, 1][..], &[3, 1][..])
        );
        assert!(graph.subgraphs[1].is_cluster() && !graph.subgraphs[0].is_cluster());
        let edge = |edge: usize, name| graph.edges[edge].attributes.text(name).map(str::to_owned);
        assert_eq!((edge(0, "style").as_deref(), edge(0, "weight").as_deref()), (Some("dotted"), Some("2")));
        assert_eq!(edge(1, "style"), None);
    }

    #[test]
    fn ports_are_read() {
        let graph = parse("digraph { a:f1 -> b:\"p q\":se }").unwrap();
        assert_eq!(graph.edges[0].tail_port, Port { name: Some("f1".to_owned()), side: None });
        assert_eq!(graph.edges[0].head_port, Port { name: Some("p q".to_owned()), side: Some("se".to_owned()) });
    }

    #[test]
    fn faults_have_their_places() {
        let at = |source: &str| parse(source).unwrap_err().at.unwrap();
        assert_eq!(at("flowchart LR"), 0);
        assert_eq!(at("digraph { 가 -- 나 }"), "digraph { 가 ".len());
        assert_eq!(at("digraph { 가 -> }"), "digraph { 가 -> ".len());
        assert_eq!(at("digraph { 가 -> 나"), "digraph { 가 -> 나".len());
        assert_eq!(at("digraph { 가 [label=] }"), "digraph { 가 [label=".len());
        assert_eq!(at("digraph { a } digraph { b }"), "digraph { a } ".len());
        assert_eq!(at(&format!("graph {{ {}", "{".repeat(60))), "graph { ".len() + DEEPEST);
        let many: String = (0..100).map(|number| format!("n{number} ")).collect();
        assert!(parse(&format!("digraph {{ {{{many}}} -> {{{many}}} }}")).is_err());
    }
}
