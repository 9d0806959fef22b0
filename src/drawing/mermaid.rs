//! Mermaid, drawn by merman.
//!
//! merman lays out and draws as mermaid.js does, without a browser. Two drawings are made, in Mermaid's light and its dark
//! theme; what differs in them by more than colours stands as two pictures. Of the ways to write labels the one without
//! `<foreignObject>` is taken: the styles of a page reach into that, and its text cannot be drawn outside a browser.
//!

mod leniency;

use std::sync::LazyLock;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgEnvironment, SvgPipeline, SvgRenderOptions,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity, TextStyle,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseDiagnosticSpanKind, RenderError, RenderOutput, RenderRequest,
    Renderer, SvgRequest,
};

use super::{Drawing, DrawnLink, Fault, svg, width, wikilinks};
use crate::caught::caught;
use crate::language::Text;
use crate::text;

/// Mermaid's own limit is 50,000 characters.
const LONGEST: usize = 128 * 1024;

static LIGHT: LazyLock<Renderer> = LazyLock::new(|| renderer("default"));
static DARK: LazyLock<Renderer> = LazyLock::new(|| renderer("dark"));

fn renderer(theme: &str) -> Renderer {
    let config = MermaidConfig::from_value(serde_json::json!({
        "theme": theme,
        "fontFamily": width::FONTS,
        "securityLevel": "strict",
        "look": "classic",
        // Korean words are long, and are not to be broken inside.
        "flowchart": { "wrappingWidth": 260 },
    }));
    Renderer::new().with_engine(Engine::new().with_site_config(config))
}

/// Draws the source of a diagram.
pub fn draw(source: &str) -> Result<Drawing, Fault> {
    if source.len() > LONGEST {
        let message = text!(
            "그림의 소스가 {LONGEST}바이트보다 길어 그리지 않았습니다",
            "the diagram's source is longer than {LONGEST} bytes and was not drawn"
        );
        return Err(Fault { message, hint: None, at: None });
    }
    let (marked, names) = wikilinks::with_marks(source);
    // What is put into the source for better drawings must not cost one.
    let (light, dark) = both(&joined(&marked))
        .or_else(|_| both(&marked))
        .or_else(|_| both(source))
        .or_else(|fault| leniency::reworded(&marked).and_then(|reworded| both(&reworded).ok()).ok_or(fault))?;
    let without = |svg: String| match svg.contains([JOINER, leniency::SPACE]) {
        true => svg.replace(JOINER, "").replace(leniency::SPACE, " "),
        false => svg,
    };
    let (light, dark) = (without(light), without(dark));
    let Some((svg, found)) = svg::unite(&light, &dark) else {
        return Err(Fault { message: failed(), hint: None, at: None });
    };
    let links = found.links.into_iter().map(|target| DrawnLink { target, is_wikilink: false, at: None }).collect();
    let mut drawing = Drawing {
        width: svg.first().map_or(0.0, |svg| svg::width(svg)),
        svg,
        title: found.title,
        description: found.description,
        labels: found.labels,
        links,
        remarks: Vec::new(),
    };
    wikilinks::link_labels(&mut drawing, &names);
    Ok(drawing)
}

/// The drawings in both themes.
fn both(source: &str) -> Result<(String, String), Fault> {
    Ok((render(&LIGHT, source)?, render(&DARK, source)?))
}

fn render(renderer: &Renderer, source: &str) -> Result<String, Fault> {
    let request = || RenderRequest::svg(source, OperationControl::new(), request());
    // merman promises not to panic; a note that proves it wrong costs a picture and not the site.
    let result = caught(|| renderer.render(request()));
    match result {
        Some(Ok(RenderOutput::Svg(Some(svg)))) => Ok(svg.into_parts().0),
        Some(Ok(_) | Err(RenderError::NoDiagram)) => Err(of_no_kind()),
        Some(Err(error)) => Err(fault(&error, source)),
        None => Err(Fault { message: failed(), hint: None, at: None }),
    }
}

fn of_no_kind() -> Fault {
    Fault {
        message: text!("어떤 종류의 그림인지 알 수 없습니다", "it does not say what kind of diagram it is"),
        hint: Some(text!(
            "첫 줄에 `flowchart LR`, `sequenceDiagram`처럼 종류를 적습니다",
            "the first line names the kind, such as `flowchart LR` or `sequenceDiagram`"
        )),
        at: Some(0),
    }
}

fn failed() -> Text {
    text!("이 그림은 그리지 못했습니다", "this diagram could not be drawn")
}

fn request() -> SvgRequest {
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
        environment,
        pipeline: Some(SvgPipeline::resvg_safe()),
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

/// What merman says → what is said to the writer.
fn fault(error: &RenderError, source: &str) -> Fault {
    let said = error.to_string();
    if said.starts_with("No Mermaid diagram type detected") {
        return of_no_kind();
    }
    let said = said.split_once("): ").map_or(said.as_str(), |(_, rest)| rest).trim();
    let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    let details = match error {
        RenderError::Parse(diagnostic) => Some(diagnostic.terminal_diagnostic_details()),
        _ => None,
    };
    // A place that is only guessed is the end of the source.
    let is_exact = |kind| kind != ParseDiagnosticSpanKind::Fallback;
    let span = details.filter(|details| details.span_kind.is_some_and(is_exact)).and_then(|details| details.span);
    let at = span.map(|span| span.start.min(source.trim_end().len()));
    Fault {
        message: text!("그림을 읽을 수 없습니다: {said}", "the diagram cannot be read: {said}"),
        hint: hint(source),
        at,
    }
}

/// Kinds in which Mermaid itself takes names in Hangul only in quotation marks.
fn hint(source: &str) -> Option<Text> {
    let kind = kind(source)?;
    let wants_quotes = ["gitGraph", "xychart", "requirement"].iter().any(|start| kind.starts_with(start));
    let has_hangul = source.contains(|c| ('가'..='힣').contains(&c));
    (wants_quotes && has_hangul).then(|| {
        text!(
            "Mermaid는 이 그림의 한글 이름을 따옴표 안에서만 받습니다: `branch \"기능\"`",
            "in this kind of diagram Mermaid takes names in Hangul in quotation marks only: `branch \"기능\"`"
        )
    })
}

/// Holds syllables together: merman breaks lines as Unicode has it, between any two, and readers of Korean want whole words.
const JOINER: char = '\u{2060}';

/// The source with joiners in its labels, in the kinds whose labels are broken into lines, and there only where nothing but
/// a label can stand: in another place it would be another name.
fn joined(source: &str) -> String {
    let kind = kind(source).unwrap_or_default();
    let starts = |kinds: &[&str]| kinds.iter().any(|start| kind.starts_with(start));
    let (in_brackets, behind_colons) = (starts(&["flowchart", "graph", "mindmap"]), starts(&["stateDiagram"]));
    if !in_brackets && !behind_colons {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len() * 3 / 2);
    for line in source.split_inclusive('\n') {
        let (mut brackets, mut is_quoted, mut in_bars, mut behind_colon) = (0usize, false, false, false);
        let (mut before, mut in_arrow, mut arrow) = (false, false, String::new());
        for character in line.chars() {
            let is_syllable = ('가'..='힣').contains(&character);
            if matches!(character, '-' | '=' | '.') {
                arrow.push(character);
            } else if !arrow.is_empty() {
                // `가 -- 글 --> 나`: what begins a label is shorter than an arrow, and has no head.
                let is_head = matches!(character, '>' | 'x' | 'o');
                in_arrow = match arrow.as_str() {
                    "--" | "==" | "-." => !is_head && !in_arrow,
                    run => in_arrow && !(run.len() > 1 && run.contains(['-', '='])),
                };
                arrow.clear();
            }
            let is_label =
                is_quoted || in_brackets && (brackets > 0 || in_bars || in_arrow) || behind_colons && behind_colon;
            if before && is_syllable && is_label {
                out.push(JOINER);
            }
            before = is_syllable;
            match character {
                '[' | '(' | '{' => brackets += 1,
                ']' | ')' | '}' => brackets = brackets.saturating_sub(1),
                '"' => is_quoted = !is_quoted,
                '|' => in_bars = !in_bars,
                ':' => behind_colon = true,
                _ => {}
            }
            out.push(character);
        }
    }
    out
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
    fn a_fault_has_its_place_and_its_hint() {
        let fault = draw("flowchart LR\n  A --> B\n  B -->\n").unwrap_err();
        assert_eq!(fault.at, Some("flowchart LR\n  A --> B\n  B -->".len()));
        assert!(draw("gitGraph\n  commit\n  branch 기능\n").unwrap_err().hint.is_some());
        assert!(draw("무엇인가\n").unwrap_err().hint.is_some());
        assert!(draw(&"a".repeat(LONGEST + 1)).is_err());
    }
}
