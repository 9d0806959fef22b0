//! Which subgraphs are drawn as boxes, and whose nodes are whose.

use crate::drawing::dot::graph::Graph;

pub struct Clusters {
    /// The subgraph of each cluster.
    pub subgraphs: Vec<usize>,
    pub of_node: Vec<Option<usize>>,
}

impl Clusters {
    pub fn of(graph: &Graph) -> Self {
        let is_global = matches!(graph.attributes().text("clusterrank"), Some("global" | "none"));
        let all: Vec<usize> =
            (0..graph.subgraphs.len()).filter(|&number| !is_global && graph.subgraphs[number].is_cluster()).collect();
        // A node is in the first cluster that has it, and in what is within that.
        let mut inmost: Vec<Option<usize>> = vec![None; graph.nodes.len()];
        for &subgraph in &all {
            for &node in &graph.subgraphs[subgraph].nodes {
                let is_deeper = inmost[node].is_none_or(|other| around(graph, subgraph).any(|outer| outer == other));
                if is_deeper {
                    inmost[node] = Some(subgraph);
                }
            }
        }
        let holds = |subgraph: &usize| {
            inmost.iter().flatten().any(|inner| around(graph, *inner).any(|outer| outer == *subgraph))
        };
        let subgraphs: Vec<usize> = all.into_iter().filter(holds).collect();
        let number = |subgraph: usize| subgraphs.binary_search(&subgraph).ok();
        let of_node = inmost.into_iter().map(|subgraph| subgraph.and_then(number)).collect();
        Self { subgraphs, of_node }
    }

    pub fn parent(&self, graph: &Graph, subgraph: usize) -> Option<usize> {
        around(graph, subgraph).skip(1).find_map(|outer| self.subgraphs.binary_search(&outer).ok())
    }

    pub fn named(&self, graph: &Graph, name: &str) -> Option<usize> {
        self.subgraphs.iter().position(|&subgraph| graph.subgraphs[subgraph].name.as_deref() == Some(name))
    }
}

/// A subgraph and all that it is in.
fn around(graph: &Graph, subgraph: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(subgraph), |&subgraph| graph.subgraphs[subgraph].parent)
}
