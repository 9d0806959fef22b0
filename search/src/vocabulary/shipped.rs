//! The dictionary of development and infrastructure terms that comes with seoga, made by this project.

use super::{Entry, parse_line};

/// By field of knowledge. A term has one entry; what it means the same as may stand in several, in several meanings.
const FILES: [&str; 4] = [
    include_str!("../../vocabulary/infra.csv"),
    include_str!("../../vocabulary/languages.csv"),
    include_str!("../../vocabulary/web.csv"),
    include_str!("../../vocabulary/data.csv"),
];

/// Every entry. A test reads the files line by line, so that none is lost here.
pub fn shipped() -> impl Iterator<Item = Entry> {
    FILES.iter().flat_map(|file| file.lines()).filter_map(|line| parse_line(line).ok().flatten())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_understood_and_no_term_stands_twice() {
        let mut seen = BTreeSet::new();
        for line in FILES.iter().flat_map(|file| file.lines()) {
            let Some(entry) = parse_line(line).unwrap() else { continue };
            let first = entry.spellings[0].replace(' ', "").to_lowercase();
            assert!(first.contains(|c| ('가'..='힣').contains(&c)), "{line}");
            assert!(seen.insert(first), "{line}: twice");
            assert!(entry.spellings.len() > 1 || entry.spellings[0].contains(' '), "{line}: says nothing");
        }
        assert!(seen.len() >= 3_000, "{}", seen.len());
    }
}
