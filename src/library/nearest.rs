//! The name a writer probably meant.
//!
//! Distance is counted in jamo (the letters inside a Hangul syllable), so that `스래드` is one slip from `스레드` and
//! not a whole syllable, as a reader of Korean sees it.

use unicode_normalization::UnicodeNormalization as _;

/// Names to be compared with, decomposed once.
#[derive(Debug, Default)]
pub struct NearestNames {
    names: Vec<(String, Letters)>,
}

#[derive(Debug)]
struct Letters {
    letters: Vec<char>,
    /// How often each of 32 classes of letters occurs: two texts whose counts differ by `n` are at least `n/2` apart,
    /// which rules out nearly every name without comparing it.
    counts: [u16; 32],
}

impl Letters {
    fn of(name: &str) -> Self {
        let letters: Vec<char> = name.nfd().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
        let mut counts = [0u16; 32];
        for letter in &letters {
            if let Some(count) = counts.get_mut(*letter as usize % 32) {
                *count = count.saturating_add(1);
            }
        }
        Self { letters, counts }
    }

    /// A distance that the true one cannot be below.
    fn at_least(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0usize, 0usize);
        for (a, b) in self.counts.iter().zip(&other.counts) {
            more += usize::from(a.saturating_sub(*b));
            fewer += usize::from(b.saturating_sub(*a));
        }
        more.max(fewer)
    }
}

impl NearestNames {
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<_> = names.into_iter().map(|name| (name.clone(), Letters::of(&name))).collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        names.dedup_by(|a, b| a.0 == b.0);
        Self { names }
    }

    /// The nearest name, if one is near enough that the two look alike: at most a third of the letters differ.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        let wanted = Letters::of(wanted);
        // Longer than any name that a person types; comparing it would only take time.
        if wanted.letters.is_empty() || wanted.letters.len() > 200 {
            return None;
        }
        let mut limit = wanted.letters.len() / 3;
        let mut best = None;
        for (name, letters) in &self.names {
            if wanted.at_least(letters) > limit {
                continue;
            }
            if let Some(distance) = distance(&wanted.letters, &letters.letters, limit) {
                best = Some(name.as_str());
                if distance == 0 {
                    break;
                }
                limit = distance - 1;
            }
        }
        best
    }
}

/// Edit distance with neighbouring letters swapped as one edit (optimal string alignment), if it is at most `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut current = vec![0; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        current[0] = i + 1;
        let mut lowest = current[0];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (previous[j] + usize::from(x != y)).min(previous[j + 1] + 1).min(current[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + 1);
            }
            current[j + 1] = cost;
            lowest = lowest.min(cost);
        }
        if lowest > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut previous);
        std::mem::swap(&mut previous, &mut current);
    }
    (previous[b.len()] <= limit).then_some(previous[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(wanted: &str) -> Option<String> {
        let names = ["스레드", "스프링", "쿠버네티스", "로드 밸런서", "kafka"].map(str::to_owned);
        NearestNames::new(names).nearest(wanted).map(str::to_owned)
    }

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("스래드").as_deref(), Some("스레드"));
        assert_eq!(nearest("쿠버네티즈").as_deref(), Some("쿠버네티스"));
        assert_eq!(nearest("로드밸런서").as_deref(), Some("로드 밸런서"));
        assert_eq!(nearest("Kafak").as_deref(), Some("kafka"));
        assert_eq!(nearest("데이터베이스"), None);
        assert_eq!(nearest(""), None);
    }
}
