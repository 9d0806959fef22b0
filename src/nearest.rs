//! The name a writer probably meant.
//!
//! Distance is counted in jamo (the letters inside a Hangul syllable), so that `스래드` is one slip from `스레드` and
//! not a whole syllable, as a reader of Korean sees it. Names of notes, headings and keys are all compared here.

use seoga_search::letters::distance;
use unicode_normalization::UnicodeNormalization as _;

/// Names to be compared with, decomposed once.
#[derive(Debug, Default)]
pub struct NearestNames {
    /// By number of letters, then by name: two texts are at least as far apart as their lengths, so that only a few
    /// lengths need be looked at.
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
        let mut names: Vec<_> = names
            .into_iter()
            .map(|name| {
                let letters = Letters::of(&name);
                (name, letters)
            })
            .collect();
        names.sort_unstable_by(|a, b| (a.1.letters.len(), &a.0).cmp(&(b.1.letters.len(), &b.0)));
        names.dedup_by(|a, b| a.0 == b.0);
        Self { names }
    }

    /// The nearest name, if one is near enough that the two look alike: at most a third of the letters differ. Of
    /// several the one nearest in length, then the first in order.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        let wanted = Letters::of(wanted);
        let length = wanted.letters.len();
        // Longer than any name that a person types; comparing it would only take time.
        if length == 0 || length > 200 {
            return None;
        }
        // Of what is mostly a number, another number is another thing: a version, or the time of a screenshot.
        let numbered = digits(&wanted.letters).count() * 2 >= length;
        // The distance that a better name must stay below.
        let mut below = length / 3 + 1;
        let mut best = None;
        for away in 0..=length / 3 {
            let shorter = (away > 0).then(|| length - away);
            for names in std::iter::once(length + away).chain(shorter).map(|length| self.of_length(length)) {
                for (name, letters) in names {
                    if away >= below {
                        return best;
                    }
                    if wanted.at_least(letters) < below
                        && (!numbered || digits(&wanted.letters).eq(digits(&letters.letters)))
                        && let Some(distance) = distance(&wanted.letters, &letters.letters, below - 1)
                    {
                        best = Some(name.as_str());
                        below = distance;
                    }
                }
            }
        }
        best
    }

    fn of_length(&self, length: usize) -> &[(String, Letters)] {
        let start = self.names.partition_point(|(_, letters)| letters.letters.len() < length);
        let end = self.names.partition_point(|(_, letters)| letters.letters.len() <= length);
        self.names.get(start..end).unwrap_or_default()
    }
}

fn digits(letters: &[char]) -> impl Iterator<Item = &char> {
    letters.iter().filter(|letter| letter.is_numeric())
}

/// What one slip of the finger made of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring letters changed places.
    Swapped,
    /// A letter too many or too few.
    Length,
    /// Another letter.
    Another,
}

/// The one slip that `written` is away from `meant`, if that is all.
pub fn one_slip(written: &str, meant: &str) -> Option<Slip> {
    let (written, meant) = (Letters::of(written), Letters::of(meant));
    if distance(&written.letters, &meant.letters, 1) != Some(1) {
        return None;
    }
    Some(match written.at_least(&meant) {
        0 => Slip::Swapped,
        _ if written.letters.len() != meant.letters.len() => Slip::Length,
        _ => Slip::Another,
    })
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
        let names = || NearestNames::new(["v0.6.0", "2021-06-29-16-56-34", "3장 스레드"].map(str::to_owned));
        assert_eq!(names().nearest("v0.5.0"), None, "another version");
        assert_eq!(names().nearest("2020-06-29-16-50-54"), None, "another screenshot");
        assert_eq!(names().nearest("2021-06-29 16-56-34"), Some("2021-06-29-16-56-34"));
        assert_eq!(names().nearest("2장 스레드"), Some("3장 스레드"));
    }

    #[test]
    fn the_nearest_of_every_length_is_found() {
        let near = |wanted: &str, names: &[&str]| {
            let names = NearestNames::new(names.iter().map(|name| (*name).to_owned()));
            names.nearest(wanted).map(str::to_owned)
        };
        assert_eq!(near("abcdef", &["abcxyf", "abcdefg", "abcde"]).as_deref(), Some("abcdefg"), "one off, not two");
        assert_eq!(near("abcdef", &["abcd", "abcdefgh"]).as_deref(), Some("abcdefgh"));
        assert_eq!(near("abcdef", &["abc", "abcdefghi"]), None);
        assert_eq!(near("abcdef", &["zbcdef", "abcdef"]).as_deref(), Some("abcdef"));
    }
}
