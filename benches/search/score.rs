//! Ranked answers against what should have been found.

use std::collections::BTreeMap;
use std::fmt;

/// Hits that are looked at.
pub const DEPTH: usize = 10;

/// Figures of one class of queries.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    pub queries: usize,
    pub success_at_1: f64,
    pub success_at_3: f64,
    /// Mean of 1 / rank of the first answer among ten.
    pub mrr: f64,
    /// Normalised discounted cumulative gain of ten hits, gain `2^grade - 1`.
    pub ndcg: f64,
}

/// Figures by class, in the order in which classes were first met.
#[derive(Debug, Default)]
pub struct Scores {
    order: Vec<String>,
    sums: BTreeMap<String, Figures>,
}

impl Scores {
    /// Takes one query: the grade of each hit, 0 for none, and the grades of all that could have been found.
    pub fn add(&mut self, class: &str, hits: &[u8], ideal: &[u8]) {
        if !self.sums.contains_key(class) {
            self.order.push(class.to_owned());
        }
        let sum = self.sums.entry(class.to_owned()).or_default();
        let rank = hits.iter().take(DEPTH).position(|&grade| grade > 0);
        sum.queries += 1;
        sum.success_at_1 += f64::from(u8::from(rank == Some(0)));
        sum.success_at_3 += f64::from(u8::from(rank.is_some_and(|rank| rank < 3)));
        sum.mrr += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        let mut best = ideal.to_vec();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal = gain(&best);
        sum.ndcg += if ideal > 0.0 { (gain(hits) / ideal).min(1.0) } else { 0.0 };
    }

    /// Means, by class.
    pub fn classes(&self) -> impl Iterator<Item = (&str, Figures)> {
        self.order.iter().filter_map(|class| self.sums.get(class).map(|sum| (class.as_str(), sum.mean())))
    }

    /// Means over all queries.
    pub fn all(&self) -> Figures {
        let mut all = Figures::default();
        for sum in self.sums.values() {
            all.queries += sum.queries;
            all.success_at_1 += sum.success_at_1;
            all.success_at_3 += sum.success_at_3;
            all.mrr += sum.mrr;
            all.ndcg += sum.ndcg;
        }
        all.mean()
    }
}

fn gain(grades: &[u8]) -> f64 {
    let worth = |(rank, &grade): (usize, &u8)| ((1u32 << grade) - 1) as f64 / ((rank + 2) as f64).log2();
    grades.iter().take(DEPTH).enumerate().map(worth).sum()
}

impl Figures {
    fn mean(self) -> Self {
        let count = self.queries.max(1) as f64;
        Self {
            queries: self.queries,
            success_at_1: self.success_at_1 / count,
            success_at_3: self.success_at_3 / count,
            mrr: self.mrr / count,
            ndcg: self.ndcg / count,
        }
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{:<16}{:>8}{:>8}{:>8}{:>8}{:>9}", "class", "queries", "s@1", "s@3", "MRR@10", "nDCG@10")?;
        let row = |out: &mut fmt::Formatter<'_>, name: &str, figures: Figures| {
            let Figures { queries, success_at_1, success_at_3, mrr, ndcg } = figures;
            writeln!(out, "{name:<16}{queries:>8}{success_at_1:>8.3}{success_at_3:>8.3}{mrr:>8.3}{ndcg:>9.3}")
        };
        for (class, figures) in self.classes() {
            row(out, class, figures)?;
        }
        row(out, "all", self.all())
    }
}
