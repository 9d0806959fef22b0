//! One address for one page.
//!
//! Every file of the site claims its path here before anything is written. Paths are compared without case, because
//! a site is copied to disks that know no case (`A.html` and `a.html` are one file there). The first claim wins; a
//! later one gets `-2`, `-3` … before its ending, and the caller says so where a writer has to know.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

/// The paths of a site, relative to its root, with `/`.
#[derive(Debug, Default)]
pub struct Addresses {
    /// Lower-cased path → who has it.
    taken: FxHashMap<String, String>,
}

/// What a claim came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// The path asked for.
    Granted,
    /// Another path, because this owner has the one asked for.
    Moved { path: String, owner: String },
}

impl Addresses {
    /// Claims a path for an owner (a note's file, or a description of a generated page).
    pub fn claim(&mut self, path: &str, owner: &str) -> Claim {
        let key = path.to_lowercase();
        let Some(holder) = self.taken.get(&key).cloned() else {
            self.taken.insert(key, owner.to_owned());
            return Claim::Granted;
        };
        let (stem, ending) = split_ending(path);
        let mut number = 2usize;
        loop {
            let moved = format!("{stem}-{number}{ending}");
            if let Entry::Vacant(free) = self.taken.entry(moved.to_lowercase()) {
                free.insert(owner.to_owned());
                return Claim::Moved { path: moved, owner: holder };
            }
            number += 1;
        }
    }

    /// Claims a path for a page that seoga makes itself; where it ends up does not matter to a writer.
    pub fn claim_generated(&mut self, path: &str, owner: &str) -> String {
        match self.claim(path, owner) {
            Claim::Granted => path.to_owned(),
            Claim::Moved { path, .. } => path,
        }
    }

    /// Who has a path.
    pub fn owner(&self, path: &str) -> Option<&str> {
        self.taken.get(&path.to_lowercase()).map(String::as_str)
    }
}

/// `폴더/그림.v2.png` → (`폴더/그림.v2`, `.png`).
fn split_ending(path: &str) -> (&str, &str) {
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    match path[name_start..].rfind('.') {
        Some(dot) if dot > 0 => path.split_at(name_start + dot),
        _ => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_claim_moves_and_learns_who_was_first() {
        let mut addresses = Addresses::default();
        assert_eq!(addresses.claim("글/A.html", "글/A.md"), Claim::Granted);
        let moved = Claim::Moved { path: "글/a-2.html".into(), owner: "글/A.md".into() };
        assert_eq!(addresses.claim("글/a.html", "글/a.md"), moved);
        assert_eq!(addresses.claim_generated("글/a.html", "태그"), "글/a-3.html");
        assert_eq!(addresses.claim_generated(".nojekyll", "x"), ".nojekyll");
        assert_eq!(addresses.claim_generated(".nojekyll", "y"), ".nojekyll-2");
    }
}
