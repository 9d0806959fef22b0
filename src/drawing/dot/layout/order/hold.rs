//! What holds in every order: clusters stay together, stand in the same order in all rows, and some things have to stand at
//! the left of others.

use super::super::Plan;
use super::Rows;

/// What stands together in a row, with the keys that it is sorted by.
type Part = (Option<usize>, Vec<(usize, Option<f64>)>);

impl Rows {
    /// Brings back what has to hold: clusters in the same order in all rows, and the pairs.
    pub(super) fn settle(&mut self, plan: &Plan) {
        // The first order is a walk's, in which clusters are torn apart.
        for row in 0..self.rows.len() {
            let mut items: Vec<_> = self.rows[row].iter().map(|&vertex| (vertex, None)).collect();
            self.sort(plan, &mut items, None);
            self.rows[row] = items.into_iter().map(|(vertex, _)| vertex).collect();
            self.number(row);
        }
        if plan.clusters.len() > 1 {
            let order = self.cluster_order(plan);
            self.put_clusters(plan, &order);
        }
        for row in 0..self.rows.len() {
            if self.has_pairs[row] {
                self.hold_pairs(plan, row);
            }
        }
    }

    /// Sorts a part of a row by keys. Parts without one stay where they are.
    pub(super) fn sort(&self, plan: &Plan, items: &mut Vec<(usize, Option<f64>)>, outer: Option<usize>) {
        let clusters = self.cut(plan, items.iter().map(|(vertex, _)| *vertex), outer);
        let mut parts: Vec<Part> = Vec::new();
        for (item, cluster) in items.drain(..).zip(clusters) {
            let known = cluster.and_then(|_| parts.iter().position(|(other, _)| *other == cluster));
            match known {
                Some(known) => parts[known].1.push(item),
                None => parts.push((cluster, vec![item])),
            }
        }
        let key = |part: &[(usize, Option<f64>)]| {
            let keys: Vec<f64> = part.iter().filter_map(|(_, key)| *key).collect();
            if keys.is_empty() { None } else { Some(keys.iter().sum::<f64>() / keys.len() as f64) }
        };
        let keys: Vec<Option<f64>> = parts.iter().map(|(_, part)| key(part)).collect();
        let mut sorted: Vec<(f64, usize)> =
            keys.iter().enumerate().filter_map(|(at, key)| Some(((*key)?, at))).collect();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut next = sorted.into_iter();
        let order: Vec<usize> = (0..parts.len())
            .map(|at| if keys[at].is_some() { next.next().map_or(at, |(_, at)| at) } else { at })
            .collect();
        let mut parts: Vec<Option<_>> = parts.into_iter().map(Some).collect();
        for at in order {
            let Some((cluster, mut part)) = parts[at].take() else { continue };
            if cluster.is_some() && part.len() > 1 {
                self.sort(plan, &mut part, cluster);
            }
            items.append(&mut part);
        }
    }

    /// Cuts a row into the parts that it has within a cluster: vertices of its own and inner clusters.
    fn cut(&self, plan: &Plan, vertices: impl Iterator<Item = usize>, outer: Option<usize>) -> Vec<Option<usize>> {
        vertices.map(|vertex| plan.below(outer, self.vertices[vertex].cluster)).collect()
    }

    /// The number of each cluster among all, by where its vertices stand.
    fn cluster_order(&self, plan: &Plan) -> Vec<usize> {
        let mut sums = vec![(0.0, 0u32); plan.clusters.len()];
        for row in &self.rows {
            for (place, &vertex) in row.iter().enumerate() {
                for cluster in plan.around(self.vertices[vertex].cluster) {
                    sums[cluster].0 += (place as f64 + 0.5) / row.len() as f64;
                    sums[cluster].1 += 1;
                }
            }
        }
        let mean = |&cluster: &usize| sums[cluster].0 / f64::from(sums[cluster].1.max(1));
        let mut sorted: Vec<usize> = (0..plan.clusters.len()).collect();
        sorted.sort_by(|one, other| mean(one).total_cmp(&mean(other)));
        let mut order = vec![0; sorted.len()];
        for (number, cluster) in sorted.into_iter().enumerate() {
            order[cluster] = number;
        }
        order
    }

    /// Puts the clusters of each row into an order, each where one has been.
    fn put_clusters(&mut self, plan: &Plan, order: &[usize]) {
        for row in 0..self.rows.len() {
            let vertices = std::mem::take(&mut self.rows[row]);
            self.rows[row] = self.with_clusters(plan, vertices, None, order);
            self.number(row);
        }
    }

    fn with_clusters(&self, plan: &Plan, vertices: Vec<usize>, outer: Option<usize>, order: &[usize]) -> Vec<usize> {
        let clusters = self.cut(plan, vertices.iter().copied(), outer);
        let mut parts: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
        for (vertex, cluster) in vertices.into_iter().zip(clusters) {
            match parts.last_mut() {
                Some((other, part)) if cluster.is_some() && *other == cluster => part.push(vertex),
                _ => parts.push((cluster, vec![vertex])),
            }
        }
        let mut inner: Vec<(usize, Vec<usize>)> = Vec::new();
        for (cluster, part) in &mut parts {
            if let Some(cluster) = *cluster {
                let part = std::mem::take(part);
                inner.push((cluster, self.with_clusters(plan, part, Some(cluster), order)));
            }
        }
        inner.sort_by_key(|(cluster, _)| order[*cluster]);
        let mut inner = inner.into_iter();
        let put = |(cluster, part): (Option<usize>, Vec<usize>)| match cluster {
            Some(_) => inner.next().map_or(part, |(_, part)| part),
            None => part,
        };
        parts.into_iter().flat_map(put).collect()
    }

    /// Lets neighbouring clusters change places in all rows, where fewer edges cross then.
    pub(super) fn turn_clusters(&mut self, plan: &Plan) {
        if !(2..=60).contains(&plan.clusters.len()) {
            return;
        }
        let mut order = self.cluster_order(plan);
        let mut fewest = self.crossings();
        let mut left = 400usize;
        let mut is_better = true;
        while is_better && fewest > 0 {
            is_better = false;
            let mut sorted: Vec<usize> = (0..order.len()).collect();
            sorted.sort_by_key(|&cluster| order[cluster]);
            for (at, &one) in sorted.iter().enumerate() {
                let is_sibling = |other: &&usize| plan.clusters[**other].parent == plan.clusters[one].parent;
                let Some(&other) = sorted[at + 1..].iter().find(is_sibling) else { continue };
                if left == 0 {
                    return;
                }
                left -= 1;
                let before = self.rows.clone();
                order.swap(one, other);
                self.put_clusters(plan, &order);
                self.exchange(plan, false);
                let crossings = self.crossings();
                if crossings < fewest {
                    fewest = crossings;
                    is_better = true;
                } else {
                    order.swap(one, other);
                    self.rows = before;
                    self.number_all();
                }
            }
        }
    }

    /// Brings what has to stand at the left of something there.
    fn hold_pairs(&mut self, plan: &Plan, row: usize) {
        let pairs: Vec<(usize, usize)> =
            self.pairs.iter().copied().filter(|(left, _)| self.vertices[*left].rank == row).collect();
        let vertices = std::mem::take(&mut self.rows[row]);
        self.rows[row] = self.held(plan, vertices, None, &pairs);
        self.number(row);
    }

    fn held(&self, plan: &Plan, vertices: Vec<usize>, outer: Option<usize>, pairs: &[(usize, usize)]) -> Vec<usize> {
        let part_of = |vertex: usize| match plan.below(outer, self.vertices[vertex].cluster) {
            Some(cluster) => (true, cluster),
            None => (false, vertex),
        };
        let mut parts: Vec<((bool, usize), Vec<usize>)> = Vec::new();
        for vertex in vertices {
            match parts.last_mut() {
                Some((part, inside)) if *part == part_of(vertex) => inside.push(vertex),
                _ => parts.push((part_of(vertex), vec![vertex])),
            }
        }
        let place = |part| parts.iter().position(|(other, _)| *other == part);
        let is_inside = |vertex: usize| {
            outer.is_none() || plan.around(self.vertices[vertex].cluster).any(|cluster| Some(cluster) == outer)
        };
        let mut waits = vec![0usize; parts.len()];
        let mut after = vec![Vec::new(); parts.len()];
        for &(left, right) in pairs.iter().filter(|(left, right)| is_inside(*left) && is_inside(*right)) {
            // Between clusters the order of all rows holds.
            let (left, right) = (part_of(left), part_of(right));
            if left.0 && right.0 {
                continue;
            }
            if let (Some(left), Some(right)) = (place(left), place(right))
                && left != right
            {
                after[left].push(right);
                waits[right] += 1;
            }
        }
        let mut order = Vec::with_capacity(parts.len());
        let mut is_done = vec![false; parts.len()];
        while order.len() < parts.len() {
            // Where pairs contradict each other, the leftmost goes first.
            let free = (0..parts.len()).find(|&part| !is_done[part] && waits[part] == 0);
            let Some(next) = free.or_else(|| is_done.iter().position(|is_done| !is_done)) else { break };
            is_done[next] = true;
            order.push(next);
            for &part in &after[next] {
                waits[part] = waits[part].saturating_sub(1);
            }
        }
        let mut out = Vec::new();
        for part in order {
            let ((is_cluster, cluster), inside) = &mut parts[part];
            let inside = std::mem::take(inside);
            let is_cluster = *is_cluster && inside.len() > 1;
            let cluster = *cluster;
            out.extend(if is_cluster { self.held(plan, inside, Some(cluster), pairs) } else { inside });
        }
        out
    }
}
