//! One address for one page.
//!
//! Every file of the site claims its path here before anything is written. Paths are compared without case, because
//! a site is copied to disks that know no case (`A.html` and `a.html` are one file there), and a path that is a file
//! can be no folder of another. The first claim wins; a later one gets `-2`, `-3` … before its ending, and the caller
//! says so where a writer has to know.

use rustc_hash::{FxHashMap, FxHashSet};

/// File systems allow a name of 255 bytes; a number and its hyphen must still fit.
const LONGEST_NAME: usize = 255;
/// File systems allow a path of some 4,096 bytes, of which the output folder takes a part.
const LONGEST_PATH: usize = 1024;

/// The paths of a site, relative to its root, with `/`.
#[derive(Debug, Default)]
pub struct Addresses {
    /// Lower-cased path → who has it.
    taken: FxHashMap<String, String>,
    /// Lower-cased folders of those paths.
    folders: FxHashSet<String>,
    /// Lower-cased folders that belong to seoga as a whole.
    reserved: FxHashSet<String>,
    /// Lower-cased path → the last number that was tried for it.
    numbers: FxHashMap<String, usize>,
}

/// What a claim came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// The path asked for.
    Granted,
    /// Another path, because this owner has the one asked for (or a part of it).
    Moved { path: String, owner: String },
}

impl Addresses {
    /// Keeps a folder at the root for seoga: no claim for a path in it is granted.
    pub fn reserve_folder(&mut self, folder: &str) {
        self.reserved.insert(folder.to_lowercase());
    }

    /// Claims a path for an owner (a note's file, or a description of a generated page).
    pub fn claim(&mut self, path: &str, owner: &str) -> Claim {
        let mut candidate = within_limits(path);
        let mut holder = (candidate != path).then(|| owner.to_owned());
        while let Some((part, in_the_way)) = self.in_the_way(&candidate) {
            holder.get_or_insert(in_the_way);
            candidate = self.numbered(&candidate, part);
        }
        let key = candidate.to_lowercase();
        for (at, _) in key.match_indices('/') {
            self.folders.insert(key[..at].to_owned());
        }
        self.taken.insert(key, owner.to_owned());
        match holder {
            None => Claim::Granted,
            Some(owner) => Claim::Moved { path: candidate, owner },
        }
    }

    /// Claims a path for a page that seoga makes itself; where it ends up does not matter to a writer.
    pub fn claim_generated(&mut self, path: &str, owner: &str) -> String {
        match self.claim(path, owner) {
            Claim::Granted => path.to_owned(),
            Claim::Moved { path, .. } => path,
        }
    }

    /// Who keeps a path from being claimed.
    pub fn owner(&self, path: &str) -> Option<String> {
        self.in_the_way(path).map(|(_, owner)| owner)
    }

    /// Where the part of a path ends that is taken, and by whom.
    fn in_the_way(&self, path: &str) -> Option<(usize, String)> {
        let mut first = true;
        for (at, _) in path.match_indices('/') {
            let folder = path[..at].to_lowercase();
            if std::mem::take(&mut first) && self.reserved.contains(&folder) {
                return Some((at, format!("{folder}/")));
            }
            if let Some(owner) = self.taken.get(&folder) {
                return Some((at, owner.clone()));
            }
        }
        let key = path.to_lowercase();
        if self.folders.contains(&key) || self.reserved.contains(&key) {
            return Some((path.len(), format!("{path}/")));
        }
        self.taken.get(&key).map(|owner| (path.len(), owner.clone()))
    }

    /// The path with the next number on the component that ends at `end`.
    fn numbered(&mut self, path: &str, end: usize) -> String {
        let (part, rest) = path.split_at(end);
        // A folder has no ending to keep.
        let (stem, ending) = if rest.is_empty() { split_ending(part) } else { (part, "") };
        let number = self.numbers.entry(part.to_lowercase()).or_insert(1);
        *number += 1;
        let suffix = format!("-{number}{ending}");
        let name_start = stem.rfind('/').map_or(0, |at| at + 1);
        let room = LONGEST_NAME.saturating_sub(suffix.len());
        let stem = &stem[..stem.floor_char_boundary(name_start + room)];
        format!("{stem}{suffix}{rest}")
    }
}

/// The path, or its last component alone where it is longer than file systems take.
fn within_limits(path: &str) -> String {
    if path.len() <= LONGEST_PATH {
        return path.to_owned();
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = split_ending(name);
    let stem = &stem[..stem.floor_char_boundary(LONGEST_NAME.saturating_sub(ending.len()))];
    format!("{stem}{ending}")
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

    fn moved(path: &str, owner: &str) -> Claim {
        Claim::Moved { path: path.to_owned(), owner: owner.to_owned() }
    }

    #[test]
    fn the_second_claim_moves_and_learns_who_was_first() {
        let mut addresses = Addresses::default();
        assert_eq!(addresses.claim("글/A.html", "글/A.md"), Claim::Granted);
        assert_eq!(addresses.claim("글/a.html", "글/a.md"), moved("글/a-2.html", "글/A.md"));
        assert_eq!(addresses.claim_generated("글/a.html", "태그"), "글/a-3.html");
        assert_eq!(addresses.claim_generated(".nojekyll", "x"), ".nojekyll");
        assert_eq!(addresses.claim_generated(".nojekyll", "y"), ".nojekyll-2");
    }

    #[test]
    fn a_file_and_a_folder_never_share_a_path() {
        let mut addresses = Addresses::default();
        assert_eq!(addresses.claim("a.html", "a.md"), Claim::Granted);
        assert_eq!(addresses.claim("a.html/b.html", "a.html/b.md"), moved("a.html-2/b.html", "a.md"));
        assert_eq!(addresses.claim("c.html/d.html", "c.html/d.md"), Claim::Granted);
        assert_eq!(addresses.claim("C.html", "C.md"), moved("C-2.html", "C.html/"));
        addresses.reserve_folder("search-index");
        assert_eq!(addresses.claim("search-index/x.json", "x"), moved("search-index-2/x.json", "search-index/"));
    }

    #[test]
    fn names_stay_within_what_file_systems_take() {
        let mut addresses = Addresses::default();
        let name = format!("{}.html", "가".repeat(83));
        addresses.claim(&name, "하나");
        let Claim::Moved { path, .. } = addresses.claim(&name, "둘") else { panic!("not moved") };
        assert!(path.len() <= LONGEST_NAME && path.ends_with("-2.html"), "{path}");
        let long = format!("{}끝.html", "긴이름/".repeat(200));
        assert_eq!(addresses.claim_generated(&long, "셋"), "끝.html");
    }

    #[test]
    fn many_claims_of_one_path_take_linear_time() {
        let mut addresses = Addresses::default();
        for _ in 0..20_000 {
            addresses.claim_generated("글.html", "글");
        }
        assert_eq!(addresses.claim_generated("글.html", "끝"), "글-20001.html");
    }
}
