//! What the library knows of the drawings among its files: how they stand on a page, their dark twins, their words.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{AssetId, Entry, Library, Link};
use crate::diagnostics::{Diagnostic, Positions};
use crate::language::Text;
use crate::markdown::{Stretch, StretchKind};
use crate::media;
use crate::pictures::{self, Kind, Picture, Reading, Removed};
use crate::text;

/// Removed things of one kind that are named.
const MOST_NAMED: usize = 3;

impl Library {
    /// Reads all drawings that are published, says what cannot be published of them, and gives their words to the sections
    /// that show them. `keeps_all`: they are published as they are.
    pub fn look_at_pictures(&mut self, content_prefix: &str, keeps_all: bool) {
        let read: Vec<(usize, Result<Picture, ()>, Vec<Diagnostic>)> = (self.assets.par_iter().enumerate())
            .filter(|(_, asset)| asset.url.is_some() && pictures::is_svg(&asset.name))
            .filter_map(|(index, asset)| {
                // What cannot be opened is told of where it is published.
                let bytes = std::fs::read(&asset.file).ok()?;
                let path = format!("{content_prefix}{}", asset.name);
                Some(match pictures::read(&bytes) {
                    Ok(reading) => {
                        let told = if keeps_all { Vec::new() } else { told(&path, &reading) };
                        (index, Ok(reading.picture), told)
                    }
                    Err(fault) => {
                        let fault = Diagnostic::warning("svg-broken", path, fault.position, fault.message);
                        let fault = fault.with_hint(text!(
                            "브라우저도 이런 파일은 보이지 않습니다; 그린 도구에서 다시 내보내세요",
                            "browsers show nothing of such a file either; export it again"
                        ));
                        (index, Err(()), vec![fault])
                    }
                })
            })
            .collect();
        for (index, picture, told) in read {
            self.diagnostics.extend(told);
            let Some(asset) = self.assets.get_mut(index) else { continue };
            match picture {
                Ok(picture) => asset.picture = Some(picture),
                // A browser would run what stands before the fault.
                Err(()) if !keeps_all => asset.url = None,
                Err(()) => {}
            }
        }
        self.find_twins();
        let assets = &self.assets;
        self.notes.par_iter_mut().for_each(|entry| {
            let words = |asset: AssetId| assets.get(asset.0)?.picture.as_ref().map(|picture| picture.words.as_slice());
            add_words(entry, &words);
        });
    }

    /// The picture for dark pages that stands beside a light one: `그림.dark.svg` beside `그림.light.svg` or `그림.svg`.
    fn find_twins(&mut self) {
        let known: FxHashMap<&str, usize> = (self.assets.iter().enumerate())
            .filter(|(_, asset)| asset.url.is_some() && media::is_picture(&asset.name))
            .map(|(index, asset)| (asset.name.as_str(), index))
            .collect();
        let twin = |name: &str| twin_names(name).iter().find_map(|twin| known.get(twin.as_str()).copied());
        let light = |name: &str| known.contains_key(name).then(|| twin(name)).flatten();
        let twins: Vec<Option<usize>> = self.assets.iter().map(|asset| light(&asset.name)).collect();
        for (asset, dark) in self.assets.iter_mut().zip(twins) {
            asset.dark = dark.map(AssetId);
        }
    }
}

/// What the dark twin of a picture may be called. With a hyphen only drawings are: of photographs, `화면-dark.png` is as well
/// another picture.
fn twin_names(name: &str) -> Vec<String> {
    let Some((stem, ending)) = name.rsplit_once('.') else { return Vec::new() };
    let is_drawing = ending.eq_ignore_ascii_case("svg");
    for sign in ['.', '-', '_'] {
        if stem.ends_with(&format!("{sign}dark")) {
            return Vec::new();
        }
        if let Some(bare) = stem.strip_suffix(&format!("{sign}light")) {
            return if sign == '.' || is_drawing { vec![format!("{bare}{sign}dark.{ending}")] } else { Vec::new() };
        }
    }
    let signs: &[char] = if is_drawing { &['.', '-', '_'] } else { &['.'] };
    signs.iter().map(|sign| format!("{stem}{sign}dark.{ending}")).collect()
}

/// Adds the words of the drawings that a note shows to the sections that they stand in, behind what its writer wrote.
fn add_words<'l>(entry: &mut Entry, words: &dyn Fn(AssetId) -> Option<&'l [String]>) {
    let shown: FxHashMap<usize, &[String]> = (entry.links.iter().zip(&entry.document.references).enumerate())
        .filter_map(|(index, (link, reference))| match link {
            Link::Asset(asset) if reference.kind.shows() => Some((index, words(*asset)?)),
            _ => None,
        })
        .filter(|(_, words)| !words.is_empty())
        .collect();
    if shown.is_empty() {
        return;
    }
    for section in &mut entry.document.sections {
        let mut added = FxHashSet::default();
        let mut new = String::new();
        for stretch in &section.stretches {
            let (StretchKind::Link(reference) | StretchKind::LinkInHeading(reference)) = stretch.kind else { continue };
            // A drawing that stands there twice, for light and for dark, is read once.
            for label in shown.get(&reference).into_iter().copied().flatten().filter(|label| added.insert(*label)) {
                new.push_str(label);
                new.push('\n');
            }
        }
        if new.is_empty() {
            continue;
        }
        if !section.text.is_empty() && !section.text.ends_with('\n') {
            section.text.push('\n');
        }
        let starts = section.text.len();
        section.text.push_str(&new);
        section.stretches.push(Stretch { range: starts..section.text.len(), kind: StretchKind::Code });
    }
}

/// What is said of a drawing from which something was taken: once, at the first of it.
fn told(path: &str, reading: &Reading) -> Vec<Diagnostic> {
    let positions = Positions::new(&reading.text);
    let (fonts, others): (Vec<&Removed>, Vec<&Removed>) =
        reading.removed.iter().partition(|removed| matches!(removed.kind, Kind::Font(_)));
    let mut told = Vec::new();
    if let Some(first) = others.first() {
        let (korean, english) = listed(&others);
        let message =
            text!("SVG 파일에서 다음을 빼고 싣습니다: {korean}", "this SVG file is published without {english}");
        let hint = if others.iter().any(|removed| matches!(removed.kind, Kind::Elsewhere(_))) {
            text!(
                "그림 안에서 쓰는 사진은 파일에 담아(embed) 내보내세요; 노트에서는 바깥 주소의 것이 보이지 않습니다",
                "export the file with its pictures embedded; within a note, what stands elsewhere is not shown"
            )
        } else {
            text!(
                "노트에 보이는 그림은 그대로입니다; 파일을 있는 그대로 실으려면 `site.yaml`에 `unsafe_html: true`를 적습니다",
                "the picture in a note is the same without it; `unsafe_html: true` in `site.yaml` publishes files as they are"
            )
        };
        told.push(Diagnostic::warning("svg-active", path, positions.of(first.at), message).with_hint(hint));
    }
    if let Some(first) = fonts.first() {
        let message = text!(
            "그림의 글꼴을 다른 사이트에서 불러오므로, 그 글꼴로 보이지 않습니다",
            "the fonts of this drawing stand on another site, so that it is not shown in them"
        );
        let hint = text!(
            "새 Excalidraw나 draw.io에서 글꼴을 담아(embed) 다시 내보내세요",
            "export it again with its fonts embedded, as newer versions of Excalidraw do"
        );
        told.push(Diagnostic::note("svg-font", path, positions.of(first.at), message).with_hint(hint));
    }
    told
}

/// What was removed, each kind once, in Korean and in English.
fn listed(removed: &[&Removed]) -> (String, String) {
    let (mut korean, mut english): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let has = |kind: &Kind| removed.iter().any(|removed| removed.kind == *kind);
    if has(&Kind::Script) {
        korean.push("스크립트".to_owned());
        english.push("its scripts".to_owned());
    }
    if has(&Kind::Link) {
        korean.push("스크립트를 부르는 링크".to_owned());
        english.push("links that run scripts".to_owned());
    }
    let mut name = |of: fn(&Kind) -> Option<&str>, what: Text| {
        let mut names: Vec<&str> = Vec::new();
        for found in removed.iter().filter_map(|removed| of(&removed.kind)) {
            if !names.contains(&found) {
                names.push(found);
            }
        }
        if names.is_empty() {
            return;
        }
        let more = if names.len() > MOST_NAMED { " …" } else { "" };
        let shown = |name: &&str| format!("`{}`", name.chars().take(80).collect::<String>());
        let shown: Vec<String> = names.iter().take(MOST_NAMED).map(shown).collect();
        let shown = format!("{}{more}", shown.join(", "));
        korean.push(format!("{}({shown})", what.korean));
        english.push(format!("{} ({shown})", what.english));
    };
    name(|kind| if let Kind::Handler(name) = kind { Some(name) } else { None }, text!("이벤트 속성", "event handlers"));
    name(
        |kind| if let Kind::Elsewhere(address) = kind { Some(address) } else { None },
        text!("바깥 주소", "what stands elsewhere"),
    );
    (korean.join(", "), english.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dark_twin_may_be_called() {
        assert_eq!(twin_names("가/그림.light.png"), ["가/그림.dark.png"]);
        assert_eq!(
            twin_names("그림.excalidraw.svg"),
            ["그림.excalidraw.dark.svg", "그림.excalidraw-dark.svg", "그림.excalidraw_dark.svg"]
        );
        assert_eq!(twin_names("그림-light.svg"), ["그림-dark.svg"]);
        assert_eq!(twin_names("화면.png"), ["화면.dark.png"]);
        for alone in ["그림.dark.svg", "화면-light.png", "그림-dark.svg", "그림"] {
            assert!(twin_names(alone).is_empty(), "{alone}");
        }
    }
}
