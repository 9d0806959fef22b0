//! Where a link leads: one function, one order.
//!
//! 1. An address with a scheme, or one starting with `//`, leaves the site ([`Resolution::External`]) when its scheme
//!    is harmless, and is [`Resolution::Forbidden`] otherwise (`javascript:` …). An address of the site's own
//!    repository (`https://github.com/…/blob/main/노트.md`) is a path from the repository's root.
//! 2. `#조각` alone means the note itself.
//! 3. A path is tried from the note's own folder, then from `content/`; with a leading `/` from `content/` only. At
//!    each place: as written, percent signs undone, with `.md`, with `.html` read as `.md`, as a folder, and as the old
//!    address of a note that moved.
//! 4. A wikilink that is no path is a name: file stem, then title, then alias. What has folders in it (`폴더/이름`)
//!    and stands at neither place is looked for in folders that end so: `/guide/설치` means `src/guide/설치.md` of a
//!    repository whose notes stand in `src`. A Markdown link without folders falls back to the file name, as in
//!    Obsidian.
//! 5. A wikilink whose target is nothing but whose label is a note has the two the other way round, as Dendron writes
//!    them: `[[글|노트]]`.
//! 6. Of several candidates the nearest wins: published before private, the same folder, then fewest steps through
//!    the folder tree, then path order. A wikilink with more than one published candidate is reported as ambiguous.

use super::exports::Exports;
use super::names::{Destination, Named, Names};
use super::{AssetId, FolderId, NoteId, PrivateId};
use crate::address::{Scheme, decoded, without_dendron};
use crate::markdown::{Reference, ReferenceKind};
pub use crate::source::names::folder as folder_of;
use crate::source::names::{name_key, nfc, stem};

/// What a reference came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Leaves the site; shown as written.
    External,
    /// Part of this page, by id.
    Here(Fragment),
    Note(NoteId, Option<Fragment>),
    Folder(FolderId),
    Asset(AssetId),
    /// Exists but is not published.
    Private(PrivateId),
    /// A scheme that could run something.
    Forbidden,
    Broken,
}

/// The part of a link behind `#`, percent signs undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment(pub String);

/// A resolution, and what else the name could have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub resolution: Resolution,
    pub ambiguity: Option<Ambiguity>,
    /// The label was the target, and the target the label.
    pub swapped: bool,
}

/// A name that several notes have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// Path of the note that was taken.
    pub chosen: String,
    /// Paths of the others, the first few in order.
    pub others: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// Others that a message names: of a thousand notes called `정리`, nobody reads a thousand paths.
const OTHERS_NAMED: usize = 3;

impl From<Resolution> for Resolved {
    fn from(resolution: Resolution) -> Self {
        Self { resolution, ambiguity: None, swapped: false }
    }
}

/// The surroundings a link is looked up in.
pub struct Resolver<'a> {
    pub names: &'a Names,
    pub exports: &'a Exports,
    /// `https://github.com/사람/저장소`, without a slash at the end.
    pub repository: Option<&'a str>,
    /// `content/`, or empty: what stands before a note's path in the repository.
    pub content_prefix: &'a str,
}

impl Resolver<'_> {
    /// Resolves a reference in the note at `path` (under `content/`).
    pub fn resolve(&self, reference: &Reference, path: &str) -> Resolved {
        let mut found = self.resolve_target(reference.kind, &reference.target, path);
        if let Resolution::Asset(asset) = found.resolution
            && reference.kind.shows()
            && let Some(export) = self.exports.of_file(asset)
        {
            found.resolution = Resolution::Asset(export);
        }
        let Some(label) = reference.label.as_deref() else { return found };
        if found.resolution != Resolution::Broken && !self.is_written_as_in_dendron(reference, label) {
            return found;
        }
        let swapped = self.resolve_target(reference.kind, without_dendron(label), path);
        match swapped.resolution {
            Resolution::Broken | Resolution::External | Resolution::Forbidden => found,
            Resolution::Here(_) if !label.starts_with('#') => found,
            _ => Resolved { swapped: true, ..swapped },
        }
    }

    /// Dendron writes `[[글|대상]]`. That is certain of an address with its scheme, and when what stands before the bar is
    /// no file's name and what stands behind it is one of a kind that only Dendron has: `[[쓰는 법|서버.쓰는-법]]`.
    fn is_written_as_in_dendron(&self, reference: &Reference, label: &str) -> bool {
        let is_file = |target: &str| {
            let (name, _) = split_fragment(target.trim());
            self.names.called(name).iter().any(|named| name_key(stem(&named.path)) == name_key(name))
        };
        label.starts_with("dendron://")
            || (reference.kind == ReferenceKind::Wikilink
                && split_fragment(label).0.contains('.')
                && !is_file(&reference.target)
                && is_file(label))
    }

    fn resolve_target(&self, kind: ReferenceKind, target: &str, path: &str) -> Resolved {
        let target = target.trim();
        let wikilink = matches!(kind, ReferenceKind::Wikilink | ReferenceKind::Embed);
        if !wikilink {
            if let Some(inside) = self.in_repository(target) {
                let (file, fragment) = split_fragment(inside);
                let file = decoded(file);
                let destination = self.file(file.trim_matches('/'));
                return destination.map_or(Resolution::External, |to| resolution(to, fragment.map(read))).into();
            }
            match Scheme::of(target) {
                Scheme::None => {}
                Scheme::Harmless => return Resolution::External.into(),
                Scheme::Picture if kind != ReferenceKind::Link => return Resolution::External.into(),
                Scheme::Picture | Scheme::Other => return Resolution::Forbidden.into(),
            }
        }
        let (file, fragment) = split_fragment(target);
        let file = if wikilink { file } else { file.split_once('?').map_or(file, |(file, _)| file) };
        if file.is_empty() {
            return match fragment {
                Some(fragment) => Resolution::Here(read(fragment)).into(),
                None => Resolution::Broken.into(),
            };
        }
        let fragment = fragment.map(read);
        let file = if wikilink { nfc(file).into_owned() } else { decoded(file) };
        let folder = folder_of(path);
        if wikilink && !file.contains('/') {
            // A name first: `[[서버]]` means the note 서버, wherever it stands.
            if let Some(found) = self.named(&file, folder, fragment.clone()) {
                return found;
            }
        }
        if let Some(found) = self.by_path(&file, folder) {
            return resolution(found, fragment).into();
        }
        let Some(path) = joined("", file.trim_start_matches("../")) else { return Resolution::Broken.into() };
        let path = path.strip_suffix(".html").unwrap_or(&path);
        let found = match path.rsplit_once('/') {
            Some((folders, name)) => self.in_folders(folders, name, folder, fragment),
            // A wikilink without folders was looked up as a name already, unless it began with `/`.
            None if wikilink && !file.starts_with('/') => None,
            None => self.named(path, folder, fragment),
        };
        let mut found = found.unwrap_or(Resolution::Broken.into());
        if !wikilink {
            found.ambiguity = None;
        }
        found
    }

    /// The path inside the repository that an address of the repository's web pages names.
    fn in_repository<'t>(&self, target: &'t str) -> Option<&'t str> {
        let rest = target.strip_prefix(self.repository?)?.strip_prefix('/')?;
        let rest = ["blob/", "tree/", "raw/"].iter().find_map(|kind| rest.strip_prefix(kind))?;
        let (_branch, path) = rest.split_once('/')?;
        let plain = path.split_once('?').map_or(path, |(path, _)| path);
        plain.strip_prefix(self.content_prefix)
    }

    fn by_path(&self, file: &str, folder: &str) -> Option<Destination> {
        match file.strip_prefix('/') {
            Some(rooted) => self.file(&joined("", rooted)?),
            None => joined(folder, file)
                .and_then(|path| self.file(&path))
                .or_else(|| joined("", file).and_then(|path| self.file(&path))),
        }
    }

    /// A note, asset or folder by a path, in the ways people write paths.
    fn file(&self, path: &str) -> Option<Destination> {
        let path = path.trim_end_matches('/');
        self.names
            .at(path)
            .or_else(|| self.names.at(&format!("{path}.md")))
            .or_else(|| self.names.at(&format!("{}.md", path.strip_suffix(".html")?)))
            .or_else(|| self.names.at(path.strip_suffix("/index.html").or(path.strip_suffix("/index"))?))
            .or_else(|| self.names.once_at(path))
    }

    fn named(&self, name: &str, folder: &str, fragment: Option<Fragment>) -> Option<Resolved> {
        choose(self.names.called(name).iter(), folder, fragment)
    }

    fn in_folders(&self, folders: &str, name: &str, folder: &str, fragment: Option<Fragment>) -> Option<Resolved> {
        let wanted = folders.to_lowercase();
        let candidates = self.names.called(name).iter().filter(|named| {
            let at = folder_of(&named.path).to_lowercase();
            // Jekyll publishes its collections `_wiki` and `_posts` under their names without the underscore.
            let above = at.strip_suffix(&wanted).map(|above| above.strip_suffix('_').unwrap_or(above));
            above.is_some_and(|above| above.is_empty() || above.ends_with('/'))
        });
        choose(candidates, folder, fragment)
    }
}

fn choose<'a>(
    candidates: impl Iterator<Item = &'a Named> + Clone,
    folder: &str,
    fragment: Option<Fragment>,
) -> Option<Resolved> {
    let best = candidates
        .clone()
        .min_by_key(|named| (is_private(named), steps(folder, folder_of(&named.path)), named.path.as_str()))?;
    let others = candidates
        .filter(|other| !is_private(other) && other.destination != best.destination)
        .map(|other| other.path.as_str());
    Some(Resolved {
        resolution: resolution(best.destination, fragment),
        ambiguity: ambiguity(&best.path, others),
        swapped: false,
    })
}

fn is_private(named: &Named) -> bool {
    matches!(named.destination, Destination::Private(_))
}

fn ambiguity<'a>(chosen: &str, others: impl Iterator<Item = &'a str>) -> Option<Ambiguity> {
    let mut first: Vec<&str> = Vec::new();
    let mut count = 0;
    for other in others {
        count += 1;
        let at = first.partition_point(|path| *path < other);
        if at < OTHERS_NAMED {
            first.truncate(OTHERS_NAMED - 1);
            first.insert(at, other);
        }
    }
    let more = count - first.len();
    let others = first.into_iter().map(str::to_owned).collect();
    (count > 0).then(|| Ambiguity { chosen: chosen.to_owned(), others, more })
}

fn resolution(destination: Destination, fragment: Option<Fragment>) -> Resolution {
    match destination {
        Destination::Note(note) => Resolution::Note(note, fragment),
        Destination::Asset(asset) => Resolution::Asset(asset),
        Destination::Folder(folder) => Resolution::Folder(folder),
        Destination::Private(private) => Resolution::Private(private),
    }
}

/// Steps through the folder tree from one folder to another.
fn steps(from: &str, to: &str) -> usize {
    let shared = components(from).zip(components(to)).take_while(|(a, b)| a == b).count();
    components(from).count() + components(to).count() - 2 * shared
}

fn components(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|component| !component.is_empty())
}

fn split_fragment(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(file, fragment)| (file.trim_end(), Some(fragment)))
}

fn read(fragment: &str) -> Fragment {
    Fragment(decoded(fragment))
}

/// `folder` and `path` joined and `.` and `..` worked out; `None` when the path climbs out of `content/`.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = components(folder).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_leave_the_notes() {
        assert_eq!(joined("네트워크", "../데이터/캐시.md").as_deref(), Some("데이터/캐시.md"));
        assert_eq!(joined("", "../../etc/passwd"), None);
        assert_eq!(joined("a/b", "./c"), Some("a/b/c".into()));
    }

    #[test]
    fn nearness_is_steps_through_folders() {
        assert_eq!(steps("a/b", "a/b"), 0);
        assert_eq!(steps("a/b", "a/c"), 2);
        assert_eq!(steps("", "a/c"), 2);
    }

    #[test]
    fn a_name_of_a_thousand_notes_is_told_in_a_few() {
        let mut names = Names::default();
        for index in (0..1000).rev() {
            let path = format!("{index:03}/정리.md");
            names.add_note_stem(&path, Destination::Note(NoteId(index)));
        }
        names.add_note_stem("비공개/정리.md", Destination::Private(PrivateId(0)));
        let found = choose(names.called("정리").iter(), "500", None).unwrap();
        assert_eq!(found.resolution, Resolution::Note(NoteId(500), None));
        let ambiguity = found.ambiguity.unwrap();
        assert_eq!(ambiguity.chosen, "500/정리.md");
        assert_eq!(ambiguity.others, ["000/정리.md", "001/정리.md", "002/정리.md"]);
        assert_eq!(ambiguity.more, 996);
        names.add_note_stem("혼자.md", Destination::Note(NoteId(1000)));
        assert_eq!(choose(names.called("혼자").iter(), "", None).unwrap().ambiguity, None);
    }
}
