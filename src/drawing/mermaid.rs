//! Mermaid, drawn by merman.
//!
//! merman lays out and draws as mermaid.js does, without a browser. Two drawings are made, in Mermaid's light and its dark
//! theme; what differs in them by more than colours stands as two pictures. Of the ways to write labels the one without
//! `<foreignObject>` is taken: the styles of a page reach into that, and its text cannot be drawn outside a browser.
//!
//! ```text
//! source ─ wikilinks ─ wording ─ joined ─► merman ─ raw ─► light, dark ─ svg::unite ─► Drawing
//!                            └ leniency ─┘    └ size: what is too large for it
//! ```

mod faults;
mod joined;
mod leniency;
mod raw;
mod size;
mod themes;
mod wording;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgEnvironment, SvgPipeline, SvgRenderOptions,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity, TextStyle,
};
use merman::{RenderError, RenderOutput, RenderRequest, Renderer, SvgRequest};

use super::{Drawing, DrawnLink, Fault, svg, width, wikilinks};
use crate::caught::caught;
use crate::language::Text;
use crate::text;
use joined::JOINER;

/// Draws the source of a diagram.
///
/// # Errors
/// When the source cannot be read, says nothing to be drawn, or is too large.
pub fn draw(source: &str) -> Result<Drawing, Fault> {
    if size::is_too_long(source) {
        return Err(size::too_large());
    }
    let (marked, names) = wikilinks::with_marks(source);
    let (light, dark) = both(source, &marked)?;
    let Some((svg, found)) = svg::unite(&light, &dark) else {
        return Err(Fault { message: failed(), hint: None, at: None });
    };
    if svg.iter().all(|svg| is_empty(svg)) {
        return Err(Fault {
            message: text!("그릴 것이 없습니다", "there is nothing to draw"), hint: None, at: None
        });
    }
    let links = found.links.into_iter().map(|target| DrawnLink { target, is_wikilink: false, at: None }).collect();
    let mut drawing = Drawing {
        width: svg.first().map_or(0.0, |svg| svg::width(svg)),
        svg,
        title: found.title,
        description: found.description,
        labels: found.labels,
        links,
        remarks: wording::remarks(source),
    };
    wikilinks::link_labels(&mut drawing, &names);
    Ok(drawing)
}

/// Whether a finished drawing shows nothing.
fn is_empty(svg: &str) -> bool {
    const SHOWN: [&str; 8] = ["<text", "<path", "<rect", "<circle", "<ellipse", "<line", "<polygon", "<polyline"];
    !SHOWN.iter().any(|element| svg.contains(element))
}

/// Why one wording of a source was not drawn.
enum Refusal {
    /// No other wording is drawn either.
    TooLarge,
    Fault(Fault),
}

/// The drawings in both themes, of the first wording that merman takes. What is put into a source for better drawings must
/// not cost one.
fn both(source: &str, marked: &str) -> Result<(String, String), Fault> {
    let worded = wording::mended(marked);
    let mut tried: Vec<String> = Vec::with_capacity(4);
    let mut told = None;
    // With what is undone in the drawing.
    let wordings = [
        (Some(joined::joined(&worded)), Some((JOINER, ""))),
        (Some(worded.clone()), None),
        (Some(source.to_owned()), None),
        (leniency::reworded(&worded), Some((leniency::SPACE, " "))),
    ];
    for (text, undone) in wordings {
        let Some(text) = text.filter(|text| !tried.contains(text)) else { continue };
        match in_both_themes(&text) {
            Ok((light, dark)) => {
                let plain = |svg: String| match undone {
                    Some((character, before)) if svg.contains(character) => svg.replace(character, before),
                    _ => svg,
                };
                return Ok((plain(light), plain(dark)));
            }
            Err(Refusal::TooLarge) => return Err(size::too_large()),
            // What is wrong is told of the source as it was written.
            Err(Refusal::Fault(fault)) if told.is_none() || text == source => told = Some(fault),
            Err(Refusal::Fault(_)) => {}
        }
        tried.push(text);
    }
    Err(told.unwrap_or_else(|| Fault { message: failed(), hint: None, at: None }))
}

fn in_both_themes(source: &str) -> Result<(String, String), Refusal> {
    Ok((render(&themes::LIGHT, source)?, render(&themes::DARK, source)?))
}

fn render(renderer: &Renderer, source: &str) -> Result<String, Refusal> {
    let request = || RenderRequest::svg(source, size::control(), request(source));
    // merman promises not to panic; a note that proves it wrong costs a picture and not the site.
    let result = caught(|| renderer.render(request()));
    match result {
        Some(Ok(RenderOutput::Svg(Some(svg)))) => Ok(svg.into_parts().0),
        Some(Ok(_) | Err(RenderError::NoDiagram)) => Err(Refusal::Fault(faults::of_no_kind())),
        Some(Err(RenderError::ResourceLimitExceeded(_) | RenderError::Cancelled(_))) => Err(Refusal::TooLarge),
        Some(Err(error)) => Err(Refusal::Fault(faults::explained(&error, source))),
        None => Err(Refusal::Fault(Fault { message: failed(), hint: None, at: None })),
    }
}

fn failed() -> Text {
    text!("이 그림은 그리지 못했습니다", "this diagram could not be drawn")
}

fn request(source: &str) -> SvgRequest {
    let mut environment = SvgEnvironment::deterministic();
    let identity = MeasurementProfileId::new("seoga")
        .ok()
        .and_then(|profile| TextMeasurementProfileIdentity::new(profile, "1").ok());
    if let Some(identity) = identity {
        let measurer = DeterministicTextMeasurer::default().with_width_callback(measure);
        let profile = TextMeasurementProfile::new(identity, measurer);
        environment = environment.with_text_measurement_policy(TextMeasurementPolicy::uniform(profile));
    }
    SvgRequest {
        environment: size::bounded(environment, source),
        pipeline: Some(SvgPipeline::resvg_safe().with_postprocessor(raw::Mended)),
        options: SvgRenderOptions { diagram_id: Some("d".to_owned()), ..SvgRenderOptions::default() },
        ..SvgRequest::default()
    }
}

fn measure(text: &str, style: &TextStyle) -> f64 {
    let weight = style.font_weight.as_deref().unwrap_or_default();
    let is_bold = weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u32| weight >= 600);
    let text = text.replace(leniency::SPACE, " ");
    width::ems(&text, is_bold) * style.font_size
}

/// The line that says what kind of diagram it is.
fn kind(source: &str) -> Option<&str> {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("%%"));
    let first = lines.next()?;
    // Behind what YAML says of it.
    if first == "---" { lines.skip_while(|line| *line != "---").nth(1) } else { Some(first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(source: &str) -> usize {
        let drawing = draw(source).unwrap_or_else(|fault| panic!("{source}: {}", fault.message.english));
        drawing.labels.len()
    }

    #[test]
    fn a_name_stays_the_same_name_wherever_it_stands() {
        assert_eq!(nodes("erDiagram\n  회원 ||--o{ 주문 : \"한다\"\n  주문 ||--|{ 상품 : \"담는다\"\n"), 5);
        assert_eq!(nodes("flowchart LR\n  가나[다라] --> 마바\n  마바 -->|사아| 가나\n"), 3);
        assert_eq!(nodes("stateDiagram-v2\n  대기중 --> 실행중 : 시작한다\n  실행중 --> 대기중\n"), 3);
        let drawing = draw("flowchart LR\n  가나:::강조 --> 다라\n  classDef 강조 fill:#123456\n").unwrap();
        assert!(drawing.svg[0].contains("#123456"), "{}", drawing.svg[0]);
    }

    #[test]
    fn a_shape_that_is_written_in_lines_is_drawn() {
        let drawing = draw("mindmap\n  뿌리\n    가지\n").unwrap();
        assert!(
            drawing
                .svg
                .iter()
                .all(|svg| svg.contains("node-bkg") && !svg.contains("<path class=\"node-bkg node-0\"/>"))
        );
    }

    #[test]
    fn korean_words_are_not_broken() {
        let drawing =
            draw("---\ntitle: 제목\n---\nflowchart RL\n  배포 -->|무중단으로 새 판을 내보낸다| 운영\n").unwrap();
        assert!(drawing.svg[0].contains(">내보낸다<"), "{:?}", drawing.labels);
        for arrow in [
            "-. 무중단으로 새 판을 내보낸다 .->",
            "--무중단으로 새 판을 내보낸다-->",
            "== 무중단으로 새 판을 내보낸다 ==>",
        ] {
            let drawing = draw(&format!("flowchart LR\n  배포자 --- 저장소 {arrow} 운영자 -.-> 배포자\n")).unwrap();
            let labels = ["무중단으로 새 판을", "내보낸다", "배포자", "저장소", "운영자"];
            assert_eq!(drawing.labels, labels, "{arrow}");
        }
        assert!(!drawing.svg[0].contains(JOINER));
    }

    #[test]
    fn labels_without_brackets_are_whole_too() {
        for source in [
            "mindmap\n  뿌리가운데\n    구조화된 로그를 모아서 찾아보는 방법과 도구\n",
            "kanban\n  할일\n    문서를 다듬고 나누어 쓰는 일을 마무리한다\n    나[색인을 나누어 싣는다 그리고 다시 만들어 본다]\n",
        ] {
            let labels = draw(source).unwrap().labels.join(" ");
            for word in source.split(|c: char| !('가'..='힣').contains(&c)).filter(|word| word.chars().count() > 1) {
                assert!(labels.split(' ').any(|drawn| drawn == word), "{word}: {labels}");
            }
        }
    }

    #[test]
    fn characters_of_the_writers_own_stay() {
        let source = "flowchart LR\n  A[따옴표ˮ표시]\n";
        assert_eq!(draw(source).unwrap().labels, ["따옴표ˮ표시"]);
    }

    #[test]
    fn words_on_an_arrow_hide_its_line() {
        for source in [
            "flowchart LR\n  가 -->|글| 나\n",
            "stateDiagram-v2\n  가 --> 나 : 글\n",
            "erDiagram\n  가 ||--o{ 나 : 글\n",
            "block-beta\n  a -- \"글\" --> b\n",
            "requirementDiagram\n  requirement a {\n    id: 1\n  }\n  element b {\n  }\n  b - satisfies -> a\n",
        ] {
            let svg = draw(source).unwrap().svg.join("");
            assert!(
                svg.contains("fill:light-dark(#fdfcf9,#191b1a)") || svg.contains("fill:#fdfcf9"),
                "{source}: {svg}"
            );
            assert!(!svg.contains("fill:rgba(232"), "{source}");
        }
        // Classes have their arrows' words on their own colour.
        let svg = draw("classDiagram\n  가 --> 나 : 글\n").unwrap().svg.join("");
        assert!(svg.contains("style=\"fill:light-dark(#ECECFF,#1f2020);stroke:none\""), "{svg}");
    }
}
