//! Formulas in lines of their own, which become fences.

use super::super::lines::{Line, lines};
use super::super::{Pass, blank_prefix};
use super::{FENCE, has_latex};
use crate::maths::equations::is_formula;

/// Lines that a formula in lines of its own may have.
const MOST_LINES: usize = 200;

/// Formulas in lines of their own.
pub fn read(pass: &mut Pass<'_>) {
    let lines: Vec<Line<'_>> = lines(pass.text).collect();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        index += 1;
        let Some(block) = Block::opened_by(line) else { continue };
        let Some(last) = block.last_line(pass.text, &lines, index - 1) else { continue };
        block.write(pass, line, lines.get(index - 1..=last).unwrap_or_default());
        index = last + 1;
    }
}

/// How a formula in lines of its own begins and ends.
struct Block<'l> {
    open: &'static str,
    close: String,
    /// The delimiters are part of the formula.
    environment: bool,
    /// What follows the opening delimiter in its line.
    rest: &'l str,
}

impl<'l> Block<'l> {
    fn opened_by(line: &Line<'l>) -> Option<Self> {
        let text = line.inner();
        if (line.code && !line.maths) || line.indent >= line.item + 4 {
            return None;
        }
        for (open, close) in [("$$", "$$"), ("\\\\[", "\\\\]"), ("\\[", "\\]")] {
            if let Some(rest) = text.strip_prefix(open) {
                return Some(Self { open, close: close.to_owned(), environment: false, rest });
            }
        }
        let (name, _) = text.strip_prefix("\\begin{")?.split_once('}')?;
        is_formula(name).then(|| Self { open: "", close: format!("\\end{{{name}}}"), environment: true, rest: text })
    }

    /// The index of the line that ends it, if it ends a line of the same quote, and what stands between is a formula.
    fn last_line(&self, text: &str, lines: &[Line<'_>], first: usize) -> Option<usize> {
        let opening = lines.get(first)?;
        // A blank line may stand only between delimiters that stand alone.
        let alone = self.rest.is_empty();
        for (index, line) in lines.iter().enumerate().skip(first).take(MOST_LINES) {
            let content = if index == first { self.rest } else { line.text };
            let ends_here = content.find(self.close.as_str());
            if line.quotes != opening.quotes || content.starts_with("```") || (line.is_blank() && !alone) {
                return None;
            }
            if index > first && line.indent < opening.item && !line.is_blank() {
                return None;
            }
            let Some(end) = ends_here else { continue };
            let behind = content.get(end + self.close.len()..)?.trim();
            if !matches!(behind, "" | "." | ",") && label(behind).is_none() {
                return None;
            }
            let start = opening.inner_start() + self.open.len();
            let inside = text.get(start..line.content + if index == first { line.text.len() } else { end })?;
            let empty = inside.trim().trim_end_matches(self.close.as_str()).trim().is_empty();
            let looks = self.open.starts_with('$') || self.open == "\\\\[" || self.environment || has_latex(inside);
            return (!empty && looks).then_some(index);
        }
        None
    }

    /// Puts a fence in its place. Every line stays where it is, so that its places stay its own.
    fn write(&self, pass: &mut Pass<'_>, first: &Line<'_>, lines: &[Line<'_>]) {
        let text = pass.text;
        let prefix = blank_prefix(text.get(first.start..first.inner_start()).unwrap_or_default());
        let begins = first.inner_start();
        let (Some(last), true) = (lines.last(), lines.iter().all(|line| line.start <= line.content)) else { return };
        let opens = begins + self.open.len();
        let break_after = if self.rest.trim().is_empty() { String::new() } else { format!("\n{prefix}") };
        pass.edits.replace(begins, opens, &format!("```{FENCE}{break_after}"));
        let tail = text.get(last.start..last.end).unwrap_or_default();
        let from = if last.start == first.start { opens - last.start } else { 0 };
        let Some(close) =
            tail.get(from..).and_then(|rest| rest.find(self.close.as_str())).map(|at| last.start + from + at)
        else {
            return;
        };
        let close = if self.environment { close + self.close.len() } else { close };
        let alone = text.get(last.content.max(opens)..close).is_some_and(|before| before.trim().is_empty());
        let break_before = if alone && last.start != first.start { String::new() } else { format!("\n{prefix}") };
        let behind = text.get(close..last.end).unwrap_or_default().trim_start_matches(self.close.as_str());
        let label = label(behind.trim()).map(|label| format!("\\label{{{label}}}\n{prefix}")).unwrap_or_default();
        pass.edits.replace(close, last.end, &format!("{break_before}{label}```"));
    }
}

/// The label that Quarto and pandoc write behind a formula: `$$ {#eq-a}`. Nothing else may stand in the braces.
fn label(behind: &str) -> Option<&str> {
    let label = behind.strip_prefix("{#")?.strip_suffix('}')?.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    (!label.is_empty() && label.chars().all(plain)).then_some(label)
}
