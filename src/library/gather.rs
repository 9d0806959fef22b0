//! Parsed notes and assets → the library.
//!
//! The order matters and is the order of the functions below: who is published, who gets which address, what
//! everything is called, where links lead, and only then which assets belong to the site.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::addresses::Claim;
use super::exports::{self, Exports};
use super::hints::nearest_names;
use super::links::{Links, Surroundings};
use super::named_files::FileNames;
use super::names::{Destination, Names};
use super::resolve::{Resolution, Resolver, folder_of};
use super::{
    Addresses, Asset, AssetId, Collation, Entry, FolderId, Folders, Graph, Library, Link, NoteId, Pages, Parsed,
    PrivateId, PrivateLink, Taxonomy,
};
use super::{backlinks, bilingual, embeds, glossary, moved, series};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Position};
use crate::source::names::{
    asset_url, file_name, is_index, is_note, name_key, nfc, note_url, title_from_name, unread_note_ending,
};
use crate::source::{AssetFile, Note};
use crate::text;

/// What gathering depends on besides the notes.
pub struct Options<'a> {
    pub config: &'a Config,
    /// What stands before a note's path in the repository: `content/`, or nothing.
    pub content_prefix: &'a str,
    /// Addresses that are taken before any note: the theme's files.
    pub reserved: Vec<String>,
    /// Folders that no note or asset may enter: the search index.
    pub reserved_folders: Vec<String>,
}

/// Gathers a library. `drawings` are notes that hold a drawing and nothing to read; a link to one means the picture that was
/// exported from it.
pub fn gather(parsed: Vec<Parsed>, drawings: Vec<Note>, assets: Vec<AssetFile>, options: &Options<'_>) -> Library {
    let (published, hidden): (Vec<Parsed>, Vec<Parsed>) = parsed.into_iter().partition(|parsed| !parsed.withheld);
    let mut library = Library::default();
    for path in &options.reserved {
        library.addresses.claim(path, "seoga");
    }
    for folder in &options.reserved_folders {
        library.addresses.reserve_folder(folder);
    }
    for parsed in published.iter().chain(&hidden) {
        // A fault in a note that is not published is still the writer's to mend.
        library.diagnostics.extend(parsed.note.diagnostics.iter().cloned());
        library.diagnostics.extend(parsed.document.diagnostics.iter().cloned());
    }

    let urls = note_addresses(&published, &mut library);
    let folders = Folders::of(published.iter().map(|parsed| parsed.note.name.as_str()));
    let folders = folder_addresses(folders, &published, &urls, &mut library.addresses);
    library.assets = assets
        .into_iter()
        .map(|asset| Asset {
            withheld: asset.is_matched_by(&options.config.private) || is_copy_of_note(&asset),
            file: asset.path,
            name: asset.name,
            url: None,
            picture: None,
            dark: None,
        })
        .collect();
    let exports = Exports::of(&library.assets, drawings);
    let names = names(&published, &hidden, &library.assets, &folders, &exports);
    let resolver = Resolver {
        names: &names,
        exports: &exports,
        repository: options.config.repository.as_deref(),
        content_prefix: options.content_prefix,
    };
    publish_assets(&published, &hidden, &resolver, &mut library);

    let published_assets = library.assets.iter().filter(|asset| asset.url.is_some());
    let nearest = nearest_names(&published, published_assets.map(|asset| file_name(&asset.name)));
    let surroundings =
        Surroundings { resolver, notes: &published, nearest: &nearest, hidden: &hidden, assets: &library.assets };
    let links: Vec<Links> = published.par_iter().map(|parsed| surroundings.links(parsed)).collect();

    library.notes = published
        .into_iter()
        .zip(urls)
        .zip(links)
        .enumerate()
        .map(|(index, ((parsed, url), Links { links, swapped, private, diagnostics }))| {
            library.diagnostics.extend(diagnostics);
            let private = private.into_iter();
            library.private_links.extend(private.map(|(reference, to)| PrivateLink {
                note: NoteId(index),
                reference,
                to,
            }));
            let folder = folders.at(folder_of(&parsed.note.name)).unwrap_or(Folders::ROOT);
            let title = parsed.title();
            let is_index = folders.get(folder).url == url;
            Entry {
                title,
                has_namesake: false,
                tags: tags(&parsed),
                url,
                folder,
                is_index,
                place: 0,
                series: Vec::new(),
                links,
                swapped,
                backlinks: Vec::new(),
                mentions: Vec::new(),
                related: Vec::new(),
                note: parsed.note,
                document: parsed.document,
            }
        })
        .collect();
    library.diagnostics.extend(embeds::circles(&library.notes));
    library.folders = folders;
    let collation = Collation::of(options.config.language);
    library.folders.fill(&mut library.notes, &collation);
    library.tags = Taxonomy::of(&library.notes, |entry| &entry.tags, &collation);
    library.tags.claim("tags", &mut library.addresses);
    library.categories = Taxonomy::of(&library.notes, |entry| &entry.note.metadata.categories, &collation);
    library.categories.claim("categories", &mut library.addresses);
    library.series = series::gather(&mut library.notes, &library.folders, &collation, &mut library.addresses);
    library.diagnostics.extend(series::faults(&library.series, &library.notes));
    if options.config.graph {
        library.graph = Graph::of(&library.notes, &library.folders, &library.tags);
    }
    let glossary = glossary::gather(&library.notes, &names, &collation, options.config.language);
    library.glosses = bilingual::glosses(&glossary);
    if options.config.glossary {
        library.glossary = glossary;
    }
    library.pages = Pages::claim(&mut library, options.config);
    moved::redirects(&mut library);
    find_namesakes(&mut library.notes);
    backlinks::gather(&mut library.notes, &library.folders);
    library.link_count = library.notes.iter().flat_map(|entry| &entry.links).filter(|link| is_link(link)).count();
    library
}

fn find_namesakes(notes: &mut [Entry]) {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for entry in notes.iter() {
        *counts.entry(name_key(&entry.title)).or_default() += 1;
    }
    for entry in notes {
        entry.has_namesake = counts.get(&name_key(&entry.title)).is_some_and(|count| *count > 1);
    }
}

impl Parsed {
    /// The title: front matter, else the note's own heading, else the file's name (the folder's, for an introduction).
    pub fn title(&self) -> String {
        let from_headings = self.note.metadata.title.clone().or_else(|| self.document.title.clone());
        // The page of the root folder without any title is the site itself.
        from_headings.unwrap_or_else(|| title_from_name(&self.note.name).unwrap_or_default().to_owned())
    }
}

fn tags(parsed: &Parsed) -> Vec<String> {
    let mut tags = parsed.note.metadata.tags.clone();
    let mut known: FxHashSet<String> = tags.iter().map(|tag| name_key(tag)).collect();
    tags.extend(parsed.document.tags.iter().filter(|tag| known.insert(name_key(tag))).map(|tag| nfc(tag).into_owned()));
    tags
}

/// Addresses of the notes, in the order of `published`. Introductions and notes at their files' own addresses claim
/// first, so that a `slug` or `permalink` never moves a note that asked for nothing.
fn note_addresses(published: &[Parsed], library: &mut Library) -> Vec<String> {
    let wanted: Vec<(String, bool)> = published
        .iter()
        .map(|parsed| {
            let (natural, _) = note_url(&parsed.note.name, None, None);
            (parsed.note.url.clone(), parsed.note.url != natural)
        })
        .collect();
    let mut order: Vec<usize> = (0..published.len()).collect();
    let rank = |index: usize| -> (bool, bool) {
        let readme = published.get(index).is_some_and(|parsed| is_readme(&parsed.note.name));
        (wanted.get(index).is_some_and(|(_, moved)| *moved), readme)
    };
    order.sort_by_key(|index| (rank(*index), *index));
    let mut urls = vec![String::new(); published.len()];
    for index in order {
        let (Some(parsed), Some((url, moved))) = (published.get(index), wanted.get(index)) else { continue };
        let note = &parsed.note;
        let mut url = url.clone();
        // Second best before a number: a README beside an index keeps its name, a slug gives way to the file's name.
        let second = if *moved {
            note_url(&note.name, None, None).0
        } else if is_readme(&note.name) {
            format!("{}.html", note.name.rsplit_once('.').map_or(note.name.as_str(), |(stem, _)| stem))
        } else {
            url.clone()
        };
        if let Some(owner) = library.addresses.owner(&url) {
            let wanted = url;
            url = if library.addresses.owner(&second).is_none() { second } else { wanted.clone() };
            if let Claim::Moved { path, .. } = library.addresses.claim(&url, &note.path) {
                url = path;
            }
            library.diagnostics.push(taken(parsed, &wanted, &owner, &url, *moved));
        } else if let Claim::Moved { path, .. } = library.addresses.claim(&url, &note.path) {
            // Too long for a file system.
            library.diagnostics.push(taken(parsed, &url, &note.path, &path, *moved));
            url = path;
        }
        if let Some(slot) = urls.get_mut(index) {
            *slot = url;
        }
    }
    urls
}

fn is_readme(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|file| file.to_lowercase().starts_with("readme."))
}

fn taken(parsed: &Parsed, wanted: &str, owner: &str, given: &str, asked: bool) -> Diagnostic {
    let note = &parsed.note;
    let key = if note.metadata.permalink.is_some() { "permalink" } else { "slug" };
    let position = if asked { note.key_position(key) } else { Position::START };
    let why = if is_readme(&note.name) {
        text!("`index.md`가 `README.md`보다 먼저입니다", "`index.md` comes before `README.md`")
    } else if asked {
        text!(
            "파일 이름 그대로인 노트가 `slug`나 `permalink`보다 먼저이고, 다음은 경로 순서입니다",
            "a note at its file's own address comes before a `slug` or `permalink`, then path order decides"
        )
    } else {
        text!(
            "대소문자만 다른 주소는 어떤 디스크에서는 같은 파일이며, 경로 순서가 빠른 노트가 먼저입니다",
            "addresses that differ in case only are one file on some disks; the first in path order wins"
        )
    };
    Diagnostic::warning(
        "address-taken",
        &note.path,
        position,
        text!(
            "`{owner}`에서 쓰는 주소 `{wanted}` 대신 `{given}`에 이 노트를 놓습니다",
            "the address `{wanted}` belongs to `{owner}`; this note is published at `{given}`"
        ),
    )
    .with_hint(why)
}

/// Folder pages stand at `폴더/index.html`, where an introduction may stand already.
fn folder_addresses(mut folders: Folders, notes: &[Parsed], urls: &[String], addresses: &mut Addresses) -> Folders {
    let ids: Vec<FolderId> = folders.iter().map(|(id, _)| id).collect();
    let introductions: FxHashMap<&str, &str> = notes
        .iter()
        .zip(urls)
        .filter(|(parsed, _)| is_index(&parsed.note.name))
        .map(|(parsed, url)| (url.as_str(), folder_of(&parsed.note.name)))
        .collect();
    for id in ids {
        let path = folders.get(id).path.clone();
        let url = asset_url(format!("{path}/index.html").trim_start_matches('/'));
        let introduced = introductions.get(url.as_str()) == Some(&path.as_str());
        let url = if introduced { url } else { addresses.claim_generated(&url, "seoga") };
        folders.get_mut(id).url = url;
    }
    folders
}

fn names(published: &[Parsed], hidden: &[Parsed], assets: &[Asset], folders: &Folders, exports: &Exports) -> Names {
    let mut names = Names::default();
    let withheld_notes = hidden.len();
    let hidden = hidden.iter().enumerate();
    let hidden = hidden.map(|(index, parsed)| (parsed, Destination::Private(PrivateId(index))));
    let published = published.iter().enumerate().map(|(index, parsed)| (parsed, Destination::Note(NoteId(index))));
    // Published notes come first: where two things share a path without case, the one that is there wins.
    for (parsed, destination) in published.clone().chain(hidden.clone()) {
        let note = &parsed.note;
        names.add_path(&note.name, destination);
        names.add_note_stem(&note.name, destination);
        names.add_title(&parsed.title(), &note.name, destination);
        for alias in &note.metadata.aliases {
            names.add_alias(alias, &note.name, destination);
        }
    }
    for (index, asset) in assets.iter().enumerate() {
        let destination = match asset.withheld {
            true => Destination::Private(PrivateId(withheld_notes + index)),
            false => Destination::Asset(AssetId(index)),
        };
        names.add_path(&asset.name, destination);
        names.add_asset_name(&asset.name, destination);
    }
    for (note, export) in exports.notes() {
        let destination = Destination::Asset(export);
        names.add_path(&note.name, destination);
        names.add_note_stem(&note.name, destination);
        for name in note.metadata.title.iter().chain(&note.metadata.aliases) {
            names.add_alias(name, &note.name, destination);
        }
    }
    for (id, folder) in folders.iter() {
        names.add_path(&folder.path, Destination::Folder(id));
    }
    for (parsed, destination) in published.chain(hidden) {
        moved::add_names(&mut names, &parsed.note, folders, destination);
    }
    names
}

/// Assets are published unless their folder is private or only unpublished notes use them. A published note uses what it
/// shows or links to; an unpublished one all that it names in any way.
fn publish_assets(published: &[Parsed], hidden: &[Parsed], resolver: &Resolver<'_>, library: &mut Library) {
    let used_by = |parsed: &Parsed| -> Vec<AssetId> {
        let references = parsed.document.references.iter();
        let used = references.filter_map(|reference| match resolver.resolve(reference, &parsed.note.name).resolution {
            Resolution::Asset(asset) => Some(asset),
            _ => None,
        });
        used.collect()
    };
    // Without unpublished notes every asset is published, and nothing need be looked up twice.
    let file_names = if hidden.is_empty() { None } else { FileNames::of(&library.assets) };
    let named_by = |parsed: &Parsed| match &file_names {
        Some(names) => names.named_in(&parsed.note.text, &parsed.note.name, resolver),
        None => Vec::new(),
    };
    // The pictures of a drawing are as private as the drawing.
    let exported = |parsed: &Parsed| match parsed.note.is_drawing() {
        true => exports::files_of(&parsed.note, &library.assets),
        false => Vec::new(),
    };
    let hidden: FxHashSet<AssetId> = (hidden.par_iter())
        .flat_map_iter(|parsed| used_by(parsed).into_iter().chain(named_by(parsed)).chain(exported(parsed)))
        .collect();
    let shown: FxHashSet<AssetId> =
        if hidden.is_empty() { FxHashSet::default() } else { published.par_iter().flat_map_iter(used_by).collect() };
    for index in 0..library.assets.len() {
        let Some(asset) = library.assets.get_mut(index) else { continue };
        let id = AssetId(index);
        if asset.withheld || (hidden.contains(&id) && !shown.contains(&id)) {
            continue;
        }
        let owner = format!("{}{}", resolver.content_prefix, asset.name);
        asset.url = Some(library.addresses.claim_generated(&asset_url(&asset.name), &owner));
    }
}

/// A note's text under a name that is no note's: a link to one, or what an editor leaves behind (`글.md~`, `글.md.bak`).
/// Nobody can tell whether the note it copies may be published.
fn is_copy_of_note(asset: &AssetFile) -> bool {
    let name = asset.name.trim_end_matches(['~', '#']);
    let name = [".bak", ".orig", ".swp", ".tmp", ".old"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let is_any_note = |name: &str| is_note(name) || unread_note_ending(name).is_some();
    is_any_note(name) || asset.target.as_deref().is_some_and(is_any_note)
}

fn is_link(link: &Link) -> bool {
    !matches!(link, Link::Private | Link::Broken)
}
