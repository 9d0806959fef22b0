//! What mermaid.js takes and merman refuses, in words that merman takes: tried when a source itself could not be drawn.

use super::kind;

/// Stands for a space in the type of an attribute, and merman takes it for a letter. A source that has it is not reworded so.
pub const SPACE: char = '\u{2EE}';

/// The source in other words; `None` where there are none.
pub fn reworded(source: &str) -> Option<String> {
    // JavaScript's blanks are Unicode's: those of other programs come in with what is pasted.
    let mut out: String = source.chars().map(|c| if c.is_whitespace() && !c.is_ascii() { ' ' } else { c }).collect();
    let kind = kind(&out).unwrap_or_default();
    let is = |start: &str| kind.starts_with(start);
    if is("stateDiagram") {
        // Whatever stands behind the end of a note is the next statement.
        out = by_lines(&out, |line| match line.trim_start().strip_prefix("end note") {
            Some(rest) if !rest.trim().is_empty() => format!("end note\n{rest}"),
            _ => line.to_owned(),
        });
    } else if is("mindmap") {
        out = by_lines(&out, closed_as_opened);
    } else if is("erDiagram") && !out.contains(SPACE) {
        out = by_lines(&out, with_spaced_type);
    } else if is("classDiagram") {
        // Namespaces in each other are boxes in each other then, which says the same.
        out = out.replace("hierarchicalNamespaces: false", "hierarchicalNamespaces: true");
    }
    (out != source).then_some(out)
}

fn by_lines(source: &str, reword: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    for line in source.split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        out.push_str(&reword(text));
        out.push_str(end);
    }
    out
}

/// `id(글]` → `id(글)`: any end ends a node.
fn closed_as_opened(line: &str) -> String {
    let text = line.trim_end();
    let ends = text.trim_end_matches([')', ']', '}']);
    let starts = text.find(['(', '[', '{']);
    let Some(start) = starts.filter(|start| *start < ends.len() && ends.len() < text.len()) else {
        return line.to_owned();
    };
    let opening: String = text.get(start..).unwrap_or_default().chars().take_while(|c| "([{".contains(*c)).collect();
    let closing: String = opening
        .chars()
        .rev()
        .map(|c| match c {
            '(' => ')',
            '[' => ']',
            _ => '}',
        })
        .collect();
    format!("{ends}{closing}")
}

/// `~timestamp with time zone~ 이름` as one word.
fn with_spaced_type(line: &str) -> String {
    let text = line.trim_start();
    let end = text.strip_prefix('~').and_then(|rest| rest.find("~ ")).map(|end| end + 1);
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((kind, rest)) => {
            let blank = line.len() - text.len();
            format!("{}{}{rest}", &line[..blank], kind.replace(' ', SPACE.encode_utf8(&mut [0; 4])))
        }
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw;

    #[test]
    fn what_mermaid_takes_is_drawn() {
        for (source, label) in [
            ("erDiagram\n  대여 {\n    ~timestamp with time zone~ 빌린_날 \"NN\"\n  }\n", "timestamp with time zone"),
            ("erDiagram\n  대여 {\n    int\u{3000}번호\n  }\n", "번호"),
            ("mindmap\n  뿌리(\"가운데\"]\n    가지[끝)\n", "끝"),
            ("stateDiagram-v2\n  가: 처음\n  note left of 가\n    설명\n  end note  나: 다음\n", "다음"),
            (
                "---\nconfig:\n  class:\n    hierarchicalNamespaces: false\n---\nclassDiagram\n  namespace 밖 {\n    namespace 안 {\n      class 가\n    }\n  }\n",
                "안",
            ),
        ] {
            let drawing = draw(source).unwrap_or_else(|fault| panic!("{source}: {}", fault.message.english));
            assert!(drawing.labels.iter().any(|drawn| drawn.contains(label)), "{source}: {:?}", drawing.labels);
            assert!(drawing.svg.iter().all(|svg| !svg.contains(super::SPACE)), "{source}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_of_as_it_was_written() {
        let fault = draw("erDiagram\n  가 {\n    ~a b~ 이름 이름 이름\n").unwrap_err();
        assert!(!fault.message.english.contains(super::SPACE), "{}", fault.message.english);
    }
}
