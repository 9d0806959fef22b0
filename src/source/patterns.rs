//! Patterns of `exclude:` and `private:` in `site.yaml`, in the spirit of `.gitignore`.
//!
//! A pattern without a slash names a file or folder at any depth (`일기`, `*.draft.md`); one with a slash is a path from
//! the content folder (`회사/회의록`, `**/비공개`). `*` and `?` stay within one component, `**` spans any number. A
//! slash at the end asks for a folder. What matches a folder matches everything in it. Names are compared in NFC and
//! without case: these patterns keep things out of a public site, so that matching too much is the lesser harm.

use crate::source::names::nfc;

/// A list of patterns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns {
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    written: String,
    components: Vec<Vec<char>>,
    /// From the content folder; else at any depth.
    anchored: bool,
    folder_only: bool,
}

impl Patterns {
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Self {
        Self { patterns: patterns.iter().map(|pattern| Pattern::parse(pattern.as_ref())).collect() }
    }

    /// Matches nothing.
    pub const fn none() -> Self {
        Self { patterns: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The patterns as they were written.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(|pattern| pattern.written.as_str())
    }

    /// Whether a file, or any folder above it, matches. The name is relative to the content folder.
    pub fn matches_file(&self, name: &str) -> bool {
        self.matches(name, false)
    }

    /// The same for a folder.
    pub fn matches_folder(&self, name: &str) -> bool {
        self.matches(name, true)
    }

    fn matches(&self, name: &str, is_folder: bool) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let components = components(name);
        self.patterns.iter().any(|pattern| pattern.matches(&components, is_folder))
    }
}

/// Which patterns of a list have met a file or folder.
#[derive(Debug)]
pub struct Tally<'a> {
    patterns: &'a Patterns,
    met: Vec<bool>,
}

impl<'a> Tally<'a> {
    pub fn of(patterns: &'a Patterns) -> Self {
        // `*.draft.md` is a rule for what may come; a name says that there is such a thing.
        let met = patterns.patterns.iter().map(Pattern::is_rule).collect();
        Self { patterns, met }
    }

    /// Whether there is nothing more to learn.
    pub fn is_done(&self) -> bool {
        self.met.iter().all(|met| *met)
    }

    pub fn meet(&mut self, name: &str, is_folder: bool) {
        if self.is_done() {
            return;
        }
        let components = components(name);
        for (pattern, met) in self.patterns.patterns.iter().zip(&mut self.met) {
            *met |= pattern.matches(&components, is_folder);
        }
    }

    /// The patterns, by number, that name something which was not met.
    pub fn idle(&self) -> Vec<usize> {
        self.met.iter().enumerate().filter(|(_, met)| !**met).map(|(number, _)| number).collect()
    }
}

fn components(name: &str) -> Vec<Vec<char>> {
    folded(name).split('/').map(|component| component.chars().collect()).collect()
}

fn folded(name: &str) -> String {
    nfc(&name.to_lowercase()).into_owned()
}

impl Pattern {
    fn parse(as_written: &str) -> Self {
        let written = folded(as_written.trim()).replace('\\', "/");
        let folder_only = written.ends_with('/');
        let path = written.trim_end_matches('/');
        let path = path.strip_prefix("./").unwrap_or(path);
        // As one would write it from the site's folder.
        let path = path.strip_prefix("content/").unwrap_or(path);
        let anchored = path.contains('/') || written.starts_with("content/");
        let components: Vec<Vec<char>> =
            path.split('/').filter(|part| !part.is_empty()).map(|part| part.chars().collect()).collect();
        Self { written: as_written.trim().to_owned(), components, anchored, folder_only }
    }

    /// Whether it names things by a common feature rather than one by its name.
    fn is_rule(&self) -> bool {
        self.components.iter().any(|part| part.as_slice() != ['*', '*'] && part.iter().any(|c| matches!(c, '*' | '?')))
    }

    fn matches(&self, name: &[Vec<char>], is_folder: bool) -> bool {
        // Each leading part of the name is a folder, except the whole name of a file.
        (1..=name.len()).any(|length| {
            let (part, rest) = name.split_at(length);
            if self.folder_only && rest.is_empty() && !is_folder {
                return false;
            }
            if self.anchored {
                matches_path(&self.components, part)
            } else {
                matches_path(&self.components, part.get(length - 1..).unwrap_or_default())
            }
        })
    }
}

/// Components against components. `reachable[n]` says whether the pattern so far matches the first n components, so
/// that no pattern takes more than the product of both lengths.
fn matches_path(pattern: &[Vec<char>], name: &[Vec<char>]) -> bool {
    let mut reachable: Vec<bool> = std::iter::once(true).chain(name.iter().map(|_| false)).collect();
    for wanted in pattern {
        let deep = wanted.as_slice() == ['*', '*'];
        let mut before = false;
        for (at, reached) in reachable.iter_mut().enumerate() {
            let here = if deep {
                *reached || before
            } else {
                before && name.get(at.wrapping_sub(1)).is_some_and(|component| matches_component(wanted, component))
            };
            before = if deep { here } else { *reached };
            *reached = here;
        }
    }
    reachable.last() == Some(&true)
}

/// `*` and `?` within a component: the usual greedy scan that goes back only to the last `*`.
fn matches_component(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(wanted) if *wanted == '?' || name.get(n) == Some(wanted) => {
                p += 1;
                n += 1;
            }
            _ => match &mut star {
                Some((star_p, star_n)) => {
                    *star_n += 1;
                    n = *star_n;
                    p = *star_p + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        Patterns::new(&[pattern]).matches_file(name)
    }

    #[test]
    fn a_bare_name_matches_at_any_depth() {
        assert!(matches("일기", "일기/오늘.md"));
        assert!(matches("일기", "개인/일기/2021/오늘.md"));
        assert!(!matches("일기", "일기장/오늘.md"));
        assert!(matches("*.draft.md", "메모/캐시.draft.md"));
        assert!(matches("README.md", "메모/readme.MD"));
    }

    #[test]
    fn a_path_is_counted_from_the_content_folder() {
        for pattern in
            ["회사/회의록", "회사/회의록/", "/회사/회의록", "content/회사/회의록", "회사/회의록/**", "회사/*/"]
        {
            assert!(matches(pattern, "회사/회의록/1월.md"), "{pattern}");
            assert!(!matches(pattern, "옛/회사/회의록/1월.md"), "{pattern}");
        }
        assert!(matches("**/비공개", "가/나/비공개/다.md"));
        assert!(matches("**/비공개", "비공개/다.md"));
        assert!(matches("회사/**/1월.md", "회사/1월.md"));
        assert!(!matches("회사/*", "회사"));
        assert!(!matches("content/일기", "개인/일기/오늘.md"));
    }

    #[test]
    fn a_slash_at_the_end_asks_for_a_folder() {
        assert!(!matches("일기/", "일기"));
        assert!(Patterns::new(&["일기/"]).matches_folder("일기"));
        assert!(matches("일기/", "일기/오늘.md"));
    }

    #[test]
    fn patterns_that_name_nothing_are_known() {
        let patterns = Patterns::new(&["일긔/", "*.draft.md", "일기/", "**/없음", "/", "회사/회의록"]);
        let mut tally = Tally::of(&patterns);
        for (name, is_folder) in [("일기", true), ("일기/오늘.md", false), ("일긔", false), ("회사/회의록/1.md", false)]
        {
            tally.meet(name, is_folder);
        }
        let written: Vec<&str> = patterns.written().collect();
        let idle: Vec<&str> = tally.idle().into_iter().map(|number| written[number]).collect();
        assert_eq!(idle, ["일긔/", "**/없음", "/"]);
    }

    #[test]
    fn decomposed_names_match() {
        assert!(matches("각", "\u{1100}\u{1161}\u{11a8}/a.md"));
    }

    #[test]
    fn hostile_patterns_end() {
        let pattern = "*a".repeat(200);
        assert!(!matches(&pattern, &"a".repeat(199)));
        let deep = vec!["**"; 200].join("/");
        assert!(!matches(&format!("{deep}/b"), &vec!["a"; 200].join("/")));
        assert!(!matches("", "a.md"));
        assert!(!matches("/", "a.md"));
    }
}
