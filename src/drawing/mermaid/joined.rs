//! Korean words that are not broken inside.

use super::kind;

/// Holds syllables together: merman breaks lines as Unicode has it, between any two, and readers of Korean want whole words.
pub const JOINER: char = '\u{2060}';

/// The source with joiners in its labels, in the kinds whose labels are broken into lines, and there only where nothing but
/// a label can stand: in another place it would be another name.
pub fn joined(source: &str) -> String {
    let kind = kind(source).unwrap_or_default();
    if ["mindmap", "kanban"].iter().any(|start| kind.starts_with(start)) {
        return with_joined_lines(source);
    }
    let starts = |kinds: &[&str]| kinds.iter().any(|start| kind.starts_with(start));
    let (in_brackets, behind_colons) = (starts(&["flowchart", "graph"]), starts(&["stateDiagram"]));
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

/// Each line is a label, bar what stands in front of its brackets, which nothing else refers to. Classes have names.
fn with_joined_lines(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 3 / 2);
    for line in source.split_inclusive('\n') {
        let end = ["::", "@{"].iter().filter_map(|start| line.find(start)).min();
        let (label, rest) = line.split_at(end.unwrap_or(line.len()));
        let mut before = false;
        for character in label.chars() {
            let is_syllable = ('가'..='힣').contains(&character);
            if before && is_syllable {
                out.push(JOINER);
            }
            before = is_syllable;
            out.push(character);
        }
        out.push_str(rest);
    }
    out
}
