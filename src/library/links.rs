//! Every reference of every note, resolved and reported.

use super::resolve::{Fragment, Resolution, Resolver};
use super::{Link, NearestNames, NoteId, Parsed, anchors};
use crate::diagnostics::{Diagnostic, Positions};
use crate::language::josa;
use crate::markdown::{Reference, ReferenceKind};
use crate::text;

/// What links are resolved against.
pub struct Surroundings<'a> {
    pub resolver: Resolver<'a>,
    /// Published notes.
    pub notes: &'a [Parsed],
    pub nearest: &'a NearestNames,
}

impl Surroundings<'_> {
    /// The links of one published note, and what is wrong with them.
    pub fn links(&self, parsed: &Parsed) -> (Vec<Link>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let positions = Positions::new(&parsed.note.text);
        let mut warn = |code, reference: &Reference, message, hint| {
            let mut diagnostic =
                Diagnostic::warning(code, &parsed.note.path, positions.of(reference.span.start), message);
            diagnostic.hint = hint;
            diagnostics.push(diagnostic);
        };
        let mut links = Vec::with_capacity(parsed.document.references.len());
        for reference in &parsed.document.references {
            let resolved = self.resolver.resolve(reference, &parsed.note.name);
            let target = shown(&reference.target);
            if !resolved.ambiguous_with.is_empty() {
                let others = resolved.ambiguous_with.join("`, `");
                let chosen = self.path_of(&resolved.resolution);
                warn(
                    "ambiguous-link",
                    reference,
                    text!(
                        "`{target}` 이름의 노트가 여럿입니다: `{chosen}`, `{others}`",
                        "more than one note is called `{target}`: `{chosen}`, `{others}`"
                    ),
                    Some(text!(
                        "가장 가까운 `{chosen}`(으)로 이었습니다; 폴더까지 적으면 분명해집니다",
                        "linked to the nearest, `{chosen}`; write the folder to be exact"
                    )),
                );
            }
            links.push(match resolved.resolution {
                Resolution::External => Link::External,
                Resolution::Private => Link::Private,
                Resolution::Folder(folder) => Link::Folder(folder),
                Resolution::Asset(asset) => Link::Asset(asset),
                Resolution::Here(Fragment(fragment)) => {
                    let id = self.anchor(parsed, &fragment);
                    if id.is_none() {
                        let (message, hint) = broken_anchor(parsed, &fragment);
                        warn("broken-anchor", reference, message, hint);
                    }
                    Link::Here { id: id.unwrap_or(fragment) }
                }
                Resolution::Note(note, fragment) => {
                    let id = fragment.and_then(|Fragment(fragment)| {
                        let to = self.notes.get(note.0)?;
                        let id = self.anchor(to, &fragment);
                        if id.is_none() {
                            let (message, hint) = broken_anchor(to, &fragment);
                            warn("broken-anchor", reference, message, hint);
                        }
                        id
                    });
                    Link::Note { note, id: id.filter(|id| !id.is_empty()) }
                }
                Resolution::Forbidden => {
                    warn(
                        "forbidden-link",
                        reference,
                        text!(
                            "`{target}`: 이 주소 형식은 쓸 수 없습니다",
                            "`{target}`: addresses of this kind are not published"
                        ),
                        None,
                    );
                    Link::Broken
                }
                Resolution::Broken => {
                    let (message, hint) = self.broken(reference, &target);
                    warn(broken_code(reference), reference, message, hint);
                    Link::Broken
                }
            });
        }
        (links, diagnostics)
    }

    fn anchor(&self, to: &Parsed, fragment: &str) -> Option<String> {
        // An empty fragment, `#top` and browsers' own text fragments mean the page.
        if fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:") {
            return Some(fragment.to_owned());
        }
        anchors::find(&to.document, fragment)
    }

    fn path_of(&self, resolution: &Resolution) -> String {
        match resolution {
            Resolution::Note(NoteId(index), _) => {
                self.notes.get(*index).map_or("", |parsed| &parsed.note.name).to_owned()
            }
            _ => String::new(),
        }
    }

    fn broken(&self, reference: &Reference, target: &str) -> (crate::language::Text, Option<crate::language::Text>) {
        let name = reference.target.split('#').next().unwrap_or_default();
        let name = super::resolve::decoded(name);
        let name = name.rsplit('/').next().unwrap_or_default();
        let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_file = broken_code(reference) == "missing-file";
        let nearest = self.nearest.nearest(name).or_else(|| self.nearest.nearest(stem));
        let hint = nearest.map(|nearest| text!("혹시 `{nearest}`?", "did you mean `{nearest}`?"));
        let message = if target.trim().is_empty() {
            text!("링크에 주소가 없습니다", "the link has no address")
        } else if is_file {
            text!("`{target}` 파일이 없습니다", "there is no file `{target}`")
        } else {
            text!("`{target}` 노트가 없습니다", "there is no note `{target}`")
        };
        (message, hint)
    }
}

/// Pictures and other files are told apart from notes by their ending.
fn broken_code(reference: &Reference) -> &'static str {
    let file = reference.target.split(['#', '?']).next().unwrap_or_default();
    let ending = file.rsplit('/').next().unwrap_or_default().rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let note = matches!(ending.as_deref(), None | Some("md" | "markdown" | "html" | "htm"));
    match reference.kind {
        ReferenceKind::Image => "missing-file",
        ReferenceKind::Wikilink => "broken-link",
        _ if note => "broken-link",
        // `3.2 배포` ends in no file's ending.
        _ if ending.is_some_and(|ending| ending.len() <= 5 && ending.chars().all(|c| c.is_ascii_alphanumeric())) => {
            "missing-file"
        }
        _ => "broken-link",
    }
}

fn broken_anchor(to: &Parsed, fragment: &str) -> (crate::language::Text, Option<crate::language::Text>) {
    let path = &to.note.name;
    let there = josa(path, "에는", "에는");
    let fragment_shown = shown(fragment);
    let message = text!("{there} `#{fragment_shown}` 제목이 없습니다", "`{path}` has no heading `#{fragment_shown}`");
    let headings = NearestNames::new(to.document.headings.iter().flat_map(|h| [h.id.clone(), h.title.clone()]));
    let hint = headings.nearest(fragment).map(|nearest| text!("혹시 `#{nearest}`?", "did you mean `#{nearest}`?"));
    (message, hint)
}

/// A target as a message shows it: one line, not without end.
fn shown(target: &str) -> String {
    let target = super::resolve::decoded(target);
    let mut shown: String = target.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    if target.chars().nth(120).is_some() {
        shown.push('…');
    }
    shown
}

/// The names a mistyped link is compared with.
pub fn nearest_names(notes: &[Parsed], assets: impl Iterator<Item = String>) -> NearestNames {
    let stems = notes.iter().flat_map(|parsed| {
        let name = parsed.note.name.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        std::iter::once(stem)
            .chain(parsed.note.metadata.title.clone())
            .chain(parsed.note.metadata.aliases.iter().cloned())
    });
    NearestNames::new(stems.chain(assets))
}
