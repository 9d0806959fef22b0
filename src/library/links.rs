//! Every reference of every note, resolved and reported.
//!
//! Notes are resolved at the same time, and what a report says never depends on which comes first. What costs much is
//! made once and shared: the ids of a page ([`AnchorIndex`]) and the hints for broken links ([`Nearest`]).

use std::cell::OnceCell;

use super::anchors::{AnchorIndex, names_block};
use super::exports;
use super::hints::{Nearest, broken_code};
use super::resolve::{Ambiguity, Fragment, Resolution, Resolver};
use super::{Asset, Link, NoteId, Parsed, Place, PrivateId};
use crate::address::decoded;
use crate::diagnostics::{Diagnostic, Positions};
use crate::language::Text;
use crate::markdown::Reference;
use crate::media::is_drawing_source;
use crate::text;

/// Missing headings of one note that get a hint.
const MOST_ANCHOR_HINTS: usize = 20;

/// What links are resolved against.
pub struct Surroundings<'a> {
    pub resolver: Resolver<'a>,
    /// Published notes.
    pub notes: &'a [Parsed],
    pub nearest: &'a Nearest<'a>,
    /// Notes that are not published.
    pub hidden: &'a [Parsed],
    pub assets: &'a [Asset],
}

/// What the references of one note came to.
pub struct Links {
    pub links: Vec<Link>,
    /// See [`Entry::swapped`](super::Entry::swapped).
    pub swapped: Vec<usize>,
    /// References to what is not published, and the files they mean.
    pub private: Vec<(usize, String)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What is wrong with the links of one note.
struct Report<'a> {
    parsed: &'a Parsed,
    positions: Positions<'a>,
    diagnostics: Vec<Diagnostic>,
    missed_anchors: usize,
}

impl<'a> Report<'a> {
    fn of(parsed: &'a Parsed) -> Self {
        let positions = Positions::new(&parsed.note.text);
        Self { parsed, positions, diagnostics: Vec::new(), missed_anchors: 0 }
    }

    fn warn(&mut self, code: &'static str, reference: &Reference, message: Text, hint: Option<Text>) {
        let position = self.positions.of(reference.span.start);
        let mut diagnostic = Diagnostic::warning(code, &self.parsed.note.path, position, message);
        diagnostic.hint = hint;
        self.diagnostics.push(diagnostic);
    }

    /// What is shown here is not published.
    fn withheld(&mut self, reference: &Reference, path: &str) {
        let message = text!(
            "싣지 않는 `{path}`의 내용은 여기에 보이지 않습니다",
            "`{path}` is not published, so that it is not shown here"
        );
        let hint = text!(
            "보이려면 그 파일을 실어야 하고, 아니라면 이 줄을 빼도 됩니다",
            "publish that file to show it, or leave this out"
        );
        self.warn("private-embed", reference, message, Some(hint));
    }

    /// The id that the fragment means on the page of `to`; `None` is reported.
    fn anchor<'i>(
        &mut self,
        reference: &Reference,
        fragment: &str,
        to: &Parsed,
        index: impl FnOnce() -> Option<&'i AnchorIndex<'i>>,
    ) -> Option<String> {
        // An empty fragment, `#top` and browsers' own text fragments mean the page.
        if fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:") {
            return Some(fragment.to_owned());
        }
        let index = index()?;
        if let Some(id) = index.find(fragment) {
            return Some(id.to_owned());
        }
        self.missed_anchors += 1;
        let nearest = (self.missed_anchors <= MOST_ANCHOR_HINTS).then(|| index.nearest(fragment)).flatten();
        let (path, fragment) = (&to.note.path, shown(fragment));
        let (code, message) = match names_block(&fragment) {
            true => (
                "broken-block",
                text!("`{path}`에 `#{fragment}` 블록이 없습니다", "`{path}` has no block `#{fragment}`"),
            ),
            false => (
                "broken-anchor",
                text!("`{path}`에 `#{fragment}` 제목이 없습니다", "`{path}` has no heading `#{fragment}`"),
            ),
        };
        let hint = match nearest {
            Some(nearest) => Some(text!("혹시 `#{nearest}`?", "did you mean `#{nearest}`?")),
            None if code == "broken-block" && !fragment.is_ascii() => Some(text!(
                "블록 이름에는 영문자, 숫자, `-`만 쓸 수 있습니다",
                "the name of a block has Latin letters, digits and `-` only"
            )),
            None => None,
        };
        self.warn(code, reference, message, hint);
        None
    }
}

impl<'a> Surroundings<'a> {
    /// The links of one published note, and what is wrong with them.
    pub fn links(&self, parsed: &Parsed) -> Links {
        let mut report = Report::of(parsed);
        let own_anchors = OnceCell::new();
        let mut links = Vec::with_capacity(parsed.document.references.len());
        let (mut swapped, mut private) = (Vec::new(), Vec::new());
        for (index, reference) in parsed.document.references.iter().enumerate() {
            let resolved = self.resolver.resolve(reference, &parsed.note.name);
            if let Some(ambiguity) = &resolved.ambiguity {
                let (message, hint) = ambiguous(&reference.target, ambiguity, self.resolver.content_prefix);
                report.warn("ambiguous-link", reference, message, Some(hint));
            }
            if resolved.swapped {
                swapped.push(index);
            }
            links.push(match resolved.resolution {
                Resolution::External => Link::External,
                Resolution::Private(id) => {
                    let path = self.path_of(id);
                    match reference.kind.shows() {
                        true => report.withheld(reference, &path),
                        false => private.push((index, path)),
                    }
                    Link::Private
                }
                Resolution::Folder(folder) => Link::Folder(folder),
                Resolution::Asset(asset) => {
                    let name = self.assets.get(asset.0).map_or("", |asset| asset.name.as_str());
                    if reference.kind.shows() && is_drawing_source(name) {
                        let (message, hint) = exports::unshown(&format!("{}{name}", self.resolver.content_prefix));
                        report.warn("drawing-source", reference, message, Some(hint));
                    }
                    Link::Asset(asset)
                }
                Resolution::Here(Fragment(fragment)) => {
                    let index = || Some(own_anchors.get_or_init(|| AnchorIndex::of(&parsed.document)));
                    let id = report.anchor(reference, &fragment, parsed, index);
                    Link::Here { id: id.unwrap_or(fragment) }
                }
                Resolution::Note(note, fragment) => {
                    let place = match (fragment, self.notes.get(note.0)) {
                        (Some(Fragment(fragment)), Some(to)) => {
                            match report.anchor(reference, &fragment, to, || self.anchors_of(note)) {
                                Some(id) if id.is_empty() => Place::Whole,
                                Some(id) => Place::Id(id),
                                None => Place::Missing,
                            }
                        }
                        _ => Place::Whole,
                    };
                    Link::Note { note, place }
                }
                Resolution::Forbidden => {
                    let target = shown(&reference.target);
                    let message = text!(
                        "`{target}`: 이 주소 형식은 쓸 수 없습니다",
                        "`{target}`: addresses of this kind are not published"
                    );
                    report.warn("forbidden-link", reference, message, None);
                    Link::Broken
                }
                Resolution::Broken if let Some(drawing) = self.resolver.exports.missing(&reference.target) => {
                    let (message, hint) = exports::unshown(&drawing.path);
                    report.warn("drawing-source", reference, message, Some(hint));
                    Link::Broken
                }
                Resolution::Broken => {
                    let (message, hint) = self.broken(reference);
                    report.warn(broken_code(reference), reference, message, hint);
                    Link::Broken
                }
            });
        }
        Links { links, swapped, private, diagnostics: report.diagnostics }
    }

    /// The file that is not published, relative to the site's root.
    fn path_of(&self, PrivateId(number): PrivateId) -> String {
        match self.hidden.get(number) {
            Some(parsed) => parsed.note.path.clone(),
            None => {
                let asset = number.checked_sub(self.hidden.len()).and_then(|number| self.assets.get(number));
                format!("{}{}", self.resolver.content_prefix, asset.map_or("", |asset| asset.name.as_str()))
            }
        }
    }

    fn anchors_of(&self, note: NoteId) -> Option<&'a AnchorIndex<'a>> {
        let document = &self.notes.get(note.0)?.document;
        Some(self.nearest.anchors.get(note.0)?.get_or_init(|| AnchorIndex::of(document)))
    }

    fn broken(&self, reference: &Reference) -> (Text, Option<Text>) {
        let target = shown(reference.target.trim());
        let nearest = self.hint(reference);
        let hint = nearest.map(|nearest| text!("혹시 `{nearest}`?", "did you mean `{nearest}`?"));
        let message = if target.is_empty() {
            text!("링크에 주소가 없습니다", "the link has no address")
        } else if broken_code(reference) == "missing-file" {
            text!("`{target}` 파일이 없습니다", "there is no file `{target}`")
        } else {
            text!("`{target}` 노트가 없습니다", "there is no note `{target}`")
        };
        (message, hint)
    }
}

fn ambiguous(target: &str, ambiguity: &Ambiguity, prefix: &str) -> (Text, Text) {
    let Ambiguity { chosen, others, more } = ambiguity;
    let chosen = format!("{prefix}{chosen}");
    let others: Vec<String> = others.iter().map(|other| format!("{prefix}{other}")).collect();
    let (target, others) = (shown(target), others.join("`, `"));
    let (and_more_korean, and_more_english) = match more {
        0 => (String::new(), String::new()),
        more => (format!(" 외 {more}개"), format!(" and {more} more")),
    };
    let message = text!(
        "`{target}` 이름의 노트가 여럿입니다: `{chosen}`, `{others}`{and_more_korean}",
        "more than one note is called `{target}`: `{chosen}`, `{others}`{and_more_english}"
    );
    let hint = text!(
        "가장 가까운 `{chosen}`(으)로 이었습니다; 폴더까지 적으면 분명해집니다",
        "linked to the nearest, `{chosen}`; write the folder to be exact"
    );
    (message, hint)
}

/// A target as a message shows it: one line, not without end.
fn shown(target: &str) -> String {
    let target = decoded(target);
    let mut shown: String = target.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    if target.chars().nth(120).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::hints::nearest_names;
    use super::super::names::{Destination, Names};
    use super::*;
    use crate::markdown::{Input, Options, parse};
    use crate::source::note_from_bytes;

    fn parsed(name: &str, text: &str) -> Parsed {
        let note = note_from_bytes(name, name, text.as_bytes().to_vec());
        let input =
            Input { text: &note.text, body_start: 0, path: name, title: Some("제목"), cover: None, extra: None };
        let document = parse(input, &Options::default());
        Parsed { note, document, withheld: false }
    }

    /// What is said about the links of these notes, in their order.
    fn faults(notes: &[Parsed]) -> Vec<Diagnostic> {
        let mut names = Names::default();
        for (index, parsed) in notes.iter().enumerate() {
            names.add_path(&parsed.note.name, Destination::Note(NoteId(index)));
            names.add_note_stem(&parsed.note.name, Destination::Note(NoteId(index)));
        }
        let exports = exports::Exports::default();
        let resolver = Resolver { names: &names, exports: &exports, repository: None, content_prefix: "" };
        let nearest = nearest_names(notes, ["구조.svg", "설정.yaml"].into_iter());
        let surroundings = Surroundings { resolver, notes, nearest: &nearest, hidden: &[], assets: &[] };
        // The last first: the order in which notes are resolved decides nothing.
        let mut faults: Vec<_> = notes.iter().rev().map(|parsed| surroundings.links(parsed).diagnostics).collect();
        faults.reverse();
        faults.into_iter().flatten().collect()
    }

    fn hint(fault: &Diagnostic) -> Option<&str> {
        fault.hint.as_ref().map(|hint| hint.korean.as_str())
    }

    #[test]
    fn broken_links_are_hinted_at_by_name() {
        let notes =
            [parsed("스레드.md", ""), parsed("표.md", "[[스래드]] [글](글/스래드.md) [글](스래드.html) ![](구조.svq)")];
        let faults = faults(&notes);
        let hints: Vec<_> = faults.iter().map(hint).collect();
        assert_eq!(
            hints,
            [Some("혹시 `스레드`?"), Some("혹시 `스레드`?"), Some("혹시 `스레드`?"), Some("혹시 `구조.svg`?")]
        );
    }

    #[test]
    fn a_missing_file_is_guessed_from_files_of_its_kind() {
        let notes = [
            parsed("구조.md", ""),
            parsed("표.md", "![](구초.svg) ![[구초.svg]] [[구초]] [글](설정.yalm) [그림](설정.png) ![](구초.mp4)"),
        ];
        let faults = faults(&notes);
        let hints: Vec<_> = faults.iter().map(hint).collect();
        let (picture, note, file) = ("혹시 `구조.svg`?", "혹시 `구조`?", "혹시 `설정.yaml`?");
        assert_eq!(hints, [Some(picture), Some(picture), Some(note), Some(file), None, None]);
    }

    #[test]
    fn hints_end_at_the_same_link_whoever_comes_first() {
        let links =
            |from: usize, to: usize| (from..to).map(|n| format!("[[데이터베이스 설계{n}]]\n")).collect::<String>();
        let notes = [
            parsed("가.md", &links(0, 600)),
            parsed("나.md", &links(400, 1200)),
            parsed("데이터베이스 설계.md", &links(1190, 1200)),
        ];
        let faults = faults(&notes);
        assert_eq!(faults.len(), 600 + 800 + 10);
        let hinted = faults.iter().map(|fault| hint(fault).is_some()).collect::<Vec<_>>();
        assert!(hinted.iter().take(1200).all(|hinted| *hinted), "600, and of the next 800 those up to the 1000th");
        assert!(!hinted.iter().skip(1200).any(|hinted| *hinted));
    }

    #[test]
    fn thousands_of_wrong_anchors_are_all_reported_and_a_few_hinted_at() {
        let headings: String = (0..3000).map(|n| format!("## 제목 {n}\n\n")).collect();
        let links: String = (0..3000).map(|n| format!("[글](#제묵-{n})\n")).collect();
        let faults = faults(&[parsed("표.md", &format!("{headings}{links}"))]);
        assert_eq!(faults.len(), 3000);
        assert_eq!(faults.iter().filter(|fault| fault.hint.is_some()).count(), MOST_ANCHOR_HINTS);
        let first = faults.first().unwrap();
        assert_eq!(first.message.korean, "`표.md`에 `#제묵-0` 제목이 없습니다");
        assert_eq!(hint(first), Some("혹시 `#제목-0`?"));
    }

    #[test]
    fn a_name_of_many_notes_is_told_in_a_few() {
        let mut notes: Vec<Parsed> = (0..9).map(|n| parsed(&format!("{n}/정리.md"), "")).collect();
        notes.push(parsed("3/글.md", "[[정리]]"));
        let faults = faults(&notes);
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        let korean = "`정리` 이름의 노트가 여럿입니다: `3/정리.md`, `0/정리.md`, `1/정리.md`, `2/정리.md` 외 5개";
        assert_eq!(fault.message.korean, korean);
        assert!(fault.message.english.ends_with("`2/정리.md` and 5 more"), "{}", fault.message.english);
    }
}
