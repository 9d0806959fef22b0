//! What merman reads otherwise than mermaid.js: said in words that both read the same, or told to the writer.

use std::borrow::Cow;

use super::kind;
use crate::drawing::Fault;
use crate::text;

/// The source in words that merman reads right.
pub fn mended(source: &str) -> String {
    let mut source = Cow::Borrowed(source);
    if source.contains("$$") && source.contains("\\\\") {
        source = Cow::Owned(with_rows(&source));
    }
    let kind = kind(&source).unwrap_or_default();
    if kind.starts_with("classDiagram") {
        let lines = source.split_inclusive('\n').map(|line| with_whole_label(&with_broken_note(line)).into_owned());
        source = Cow::Owned(lines.collect());
    } else if kind.starts_with("gantt") && source.contains("#;") {
        // It takes `#;` for a character's name.
        source = Cow::Owned(source.replace("#;", "#35;;"));
    }
    source.into_owned()
}

/// `\\` in formulas, which merman takes for a `\` written twice, as another command for the same. Before a letter it may be
/// just that.
fn with_rows(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 32);
    for (number, part) in source.split("$$").enumerate() {
        if number > 0 {
            out.push_str("$$");
        }
        if number % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some((before, after)) = rest.split_once("\\\\") {
            out.push_str(before);
            let is_command = after.starts_with(|c: char| c.is_ascii_alphabetic());
            out.push_str(if is_command { "\\\\" } else { "\\cr " });
            rest = after;
        }
        out.push_str(rest);
    }
    out
}

/// `class 상자~T~["라벨"]` → `class 상자["라벨<T>"]`: with the type apart from the label no class of the diagram has a name.
fn with_whole_label(line: &str) -> Cow<'_, str> {
    let named = || {
        let rest = line.trim_start().strip_prefix("class ")?;
        let (name, rest) = rest.split_once('~')?;
        let (kind, rest) = rest.split_once("~[\"")?;
        let (label, rest) = rest.split_once("\"]")?;
        let is_whole = !name.trim().is_empty() && !kind.contains(['[', '"']) && !label.contains('"');
        is_whole.then(|| {
            let kind = kind.replace('~', "&lt;");
            format!("class {}[\"{label}&lt;{kind}&gt;\"]{rest}", name.trim())
        })
    };
    named().map_or(Cow::Borrowed(line), Cow::Owned)
}

/// `\n` in a note as `<br/>`: merman reckons the note's height without it.
fn with_broken_note(line: &str) -> Cow<'_, str> {
    match line.trim_start().starts_with("note ") && line.contains("\\n") {
        true => Cow::Owned(line.replace("\\n", "<br/>")),
        false => Cow::Borrowed(line),
    }
}

/// What is left out of the picture.
pub fn remarks(source: &str) -> Vec<Fault> {
    let mut remarks = Vec::new();
    let kind = kind(source).unwrap_or_default();
    let has_nodes = ["flowchart", "graph"].iter().any(|start| kind.starts_with(start));
    let picture = [source.find("<img"), of_shape(source, "img")].into_iter().flatten().min().filter(|_| has_nodes);
    if let Some(at) = picture {
        remarks.push(Fault {
            message: text!("다이어그램 안의 그림 파일은 그리지 않았습니다", "the picture in the diagram was left out"),
            hint: Some(text!(
                "무엇인지 글로 적거나, 그림 파일을 노트에 따로 넣습니다",
                "say in words what it shows, or put it into the note by itself"
            )),
            at: Some(at),
        });
    }
    let has_icons = has_nodes || kind.starts_with("mindmap");
    let icon = has_icons
        .then(|| ICONS.iter().filter_map(|start| source.find(start)).min().or_else(|| of_shape(source, "icon")))
        .flatten();
    if let Some(at) = icon {
        remarks.push(Fault {
            message: text!("다이어그램 안의 아이콘은 그리지 않았습니다", "the icons in the diagram were left out"),
            hint: Some(text!("이모지는 그립니다", "emoji are drawn")),
            at: Some(at),
        });
    }
    if kind.starts_with("treemap")
        && let Some(at) = source.find("valueFormat").filter(|at| {
            let line = source[*at..].lines().next().unwrap_or_default();
            line.contains('%')
        })
    {
        remarks.push(Fault {
            message: text!(
                "값을 백분율로 바꾸지 않고 그대로 적었습니다",
                "the values are shown as they are, not as percentages"
            ),
            hint: None,
            at: Some(at),
        });
    }
    remarks
}

/// The icons of Font Awesome, as labels name them.
const ICONS: [&str; 6] = ["fa:fa-", "fab:fa-", "fas:fa-", "far:fa-", "fal:fa-", "::icon("];

/// Where the shape of a node is said to be one of these: `@{ img: "…" }`.
fn of_shape(source: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(open) = source[from..].find("@{").map(|at| from + at + 2) {
        let end = source[open..].find('}').map_or(source.len(), |end| open + end);
        let inside = &source[open..end];
        let found = inside.match_indices(name).find(|(at, _)| {
            let is_word = inside[..*at].trim_end().ends_with([',', '\n']) || inside[..*at].trim().is_empty();
            is_word && inside[at + name.len()..].trim_start().starts_with(':')
        });
        if let Some((at, _)) = found {
            return Some(open + at);
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::draw;

    fn labels(source: &str) -> Vec<String> {
        draw(source).unwrap_or_else(|fault| panic!("{source}: {}", fault.message.english)).labels
    }

    #[test]
    fn rows_of_formulas_stay_rows() {
        let height = |formula: &str| {
            let drawing = draw(&format!("flowchart LR\n  A[\"$${formula}$$\"]\n")).unwrap();
            let numbers = drawing.svg[0].split("viewBox=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            numbers.split(' ').nth(3).unwrap().parse::<f64>().unwrap()
        };
        let one = height(r"x = \begin{cases} a \end{cases}");
        assert!(height(r"x = \begin{cases} a \\ b \end{cases}") > one + 10.0);
        assert!(height(r"\begin{pmatrix} 1 & 2 \\[2pt] 3 & 4 \\ 5 & 6 \end{pmatrix}") > one + 20.0);
    }

    #[test]
    fn classes_of_a_type_and_a_label_have_their_names() {
        let drawn = labels("classDiagram\n  class 상자~T~[\"라벨\"]\n  class 나[\"다른 라벨\"]\n  상자~T~ --> 나\n");
        assert_eq!(drawn, ["라벨<T>", "다른 라벨"]);
    }

    #[test]
    fn a_sharp_before_a_semicolon_is_a_sharp() {
        let drawn = labels("gantt\n  dateFormat YYYY-MM-DD\n  section #;가\n  #;나 :2026-01-01, 3d\n");
        assert!(drawn.iter().any(|label| label == "#;나"), "{drawn:?}");
    }

    #[test]
    fn what_is_left_out_is_told_of() {
        let remarks = |source: &str| -> Vec<usize> {
            draw(source).unwrap().remarks.iter().filter_map(|remark| remark.at).collect()
        };
        let pictured =
            "flowchart LR\n  A@{ img: \"https://a.example/b.png\", label: \"그림\" } --> B[\"글 <img src='c.png'>\"]\n";
        assert_eq!(remarks(pictured), [pictured.find("img").unwrap()]);
        let iconed = "flowchart LR\n  A[fa:fa-car 자동차] --> B@{ icon: \"fa:user\", label: \"사람\" }\n";
        assert_eq!(remarks(iconed), [iconed.find("fa:fa-car").unwrap()]);
        assert_eq!(remarks("mindmap\n  뿌리\n    가지\n    ::icon(fa fa-book)\n").len(), 1);
        assert_eq!(
            remarks("---\nconfig:\n  treemap:\n    valueFormat: '.1%'\n---\ntreemap-beta\n\"가\"\n  \"나\": 0.3\n")
                .len(),
            1
        );
        assert_eq!(remarks("flowchart LR\n  A[img: 그림] --> B[fa 자동차]\n").len(), 0);
    }
}
