//! Drawings whose files a browser does not show (Excalidraw's scenes and the notes of its plugin for Obsidian, draw.io's
//! files), and the pictures that were exported from them: `그림.excalidraw.svg` beside `그림.excalidraw.md`.

use rustc_hash::FxHashMap;

use super::{Asset, AssetId};
use crate::language::Text;
use crate::media;
use crate::source::Note;
use crate::source::names::{file_name, name_key, stem};
use crate::text;

/// What there is instead of drawings that cannot be shown.
#[derive(Debug, Default)]
pub struct Exports {
    /// Of files.
    of_files: FxHashMap<AssetId, AssetId>,
    /// Drawings that are notes, in their order.
    of_notes: Vec<(Note, Option<AssetId>)>,
}

impl Exports {
    pub fn of(assets: &[Asset], drawings: Vec<Note>) -> Self {
        if drawings.is_empty() && !assets.iter().any(|asset| media::is_drawing_source(&asset.name)) {
            return Self::default();
        }
        let known: FxHashMap<&str, AssetId> = (assets.iter().enumerate())
            .filter(|(_, asset)| !asset.withheld)
            .map(|(index, asset)| (asset.name.as_str(), AssetId(index)))
            .collect();
        let export = |name: &str| names(name).iter().find_map(|name| known.get(name.as_str()).copied());
        let sources = assets.iter().enumerate().filter(|(_, asset)| media::is_drawing_source(&asset.name));
        let of_files = sources.filter_map(|(index, asset)| Some((AssetId(index), export(&asset.name)?))).collect();
        let of_notes =
            drawings.into_iter().map(|note| (export(&note.name), note)).map(|(to, note)| (note, to)).collect();
        Self { of_files, of_notes }
    }

    /// The picture to show for a file.
    pub fn of_file(&self, file: AssetId) -> Option<AssetId> {
        self.of_files.get(&file).copied()
    }

    /// Drawings that are notes and have a picture.
    pub fn notes(&self) -> impl Iterator<Item = (&Note, AssetId)> {
        self.of_notes.iter().filter_map(|(note, export)| Some((note, (*export)?)))
    }

    /// The drawing without a picture that a link that leads nowhere means.
    pub fn missing(&self, target: &str) -> Option<&Note> {
        if self.of_notes.is_empty() {
            return None;
        }
        let target = target.split('#').next().unwrap_or_default();
        let wanted = name_key(file_name(&crate::address::decoded(target)));
        let is_wanted =
            |note: &Note| [file_name(&note.name), stem(&note.name)].iter().any(|name| name_key(name) == wanted);
        self.of_notes.iter().find(|(note, export)| export.is_none() && is_wanted(note)).map(|(note, _)| note)
    }
}

/// The files that belong to a drawing which is not published: those that were exported from it.
pub fn files_of(drawing: &Note, assets: &[Asset]) -> Vec<AssetId> {
    let names = names(&drawing.name);
    let is_export = |(_, asset): &(usize, &Asset)| names.contains(&asset.name);
    assets.iter().enumerate().filter(is_export).map(|(index, _)| AssetId(index)).collect()
}

/// What the exports of a drawing may be called, the best first: drawings before photographs, light ones before dark ones,
/// which stand beside light ones (`super::pictures`).
fn names(source: &str) -> Vec<String> {
    let without = |name: &str, endings: &[&str]| -> Option<String> {
        endings.iter().find_map(|ending| {
            let at = name.len().checked_sub(ending.len())?;
            name.get(at..).filter(|end| end.eq_ignore_ascii_case(ending))?;
            name.get(..at).map(str::to_owned)
        })
    };
    let base = without(source, &[".md", ".markdown", ".xml"]).unwrap_or_else(|| source.to_owned());
    let bare = without(&base, &[".excalidraw", ".drawio", ".dio"]);
    let mut names = Vec::new();
    for kind in ["svg", "png"] {
        for base in std::iter::once(&base).chain(&bare) {
            for theme in ["", ".light", ".dark"] {
                names.push(format!("{base}{theme}.{kind}"));
            }
        }
    }
    names
}

/// What is said of a drawing that cannot be shown.
pub fn unshown(path: &str) -> (Text, Text) {
    let name = file_name(path);
    let base = ["md", "markdown", "xml"].iter().find_map(|ending| name.strip_suffix(&format!(".{ending}")));
    let base = base.unwrap_or(name);
    let is_excalidraw = !base.to_ascii_lowercase().ends_with("io");
    let message = text!(
        "`{path}`에는 그림의 소스만 있어 보일 수 없습니다",
        "`{path}` holds the source of a drawing and cannot be shown"
    );
    let hint = if is_excalidraw {
        text!(
            "Excalidraw 플러그인 설정의 Auto-export SVG를 켜거나 `{base}.svg`로 내보내 같은 폴더에 두면 그 그림을 보입니다",
            "turn on “Auto-export SVG” in the settings of the Excalidraw plugin, or export it as `{base}.svg` into the same folder, which is then shown"
        )
    } else {
        text!(
            "draw.io에서 `{base}.svg`로 내보내 같은 폴더에 두면 그 그림을 보입니다",
            "export it from draw.io as `{base}.svg` into the same folder, which is then shown"
        )
    };
    (message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_export_may_be_called() {
        let found = names("가/그림.excalidraw.md");
        assert_eq!(found.first().map(String::as_str), Some("가/그림.excalidraw.svg"));
        for name in ["가/그림.excalidraw.light.svg", "가/그림.svg", "가/그림.excalidraw.dark.png"] {
            assert!(found.iter().any(|found| found == name), "{name}");
        }
        assert_eq!(names("망.drawio").first().map(String::as_str), Some("망.drawio.svg"));
        assert!(names("망.drawio.xml").contains(&"망.drawio.png".to_owned()));
        assert!(names("스케치.md").contains(&"스케치.svg".to_owned()));
    }
}
