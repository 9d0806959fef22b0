//! What is plainly meant as a formula and cannot be read as one: its writer is told, and it stays as it was written.
//!
//! Most dollars are no formulas, so that only those are looked at that nothing else can be meant by: `$` before a command
//! of LaTeX, with another `$` in the line and braces that do not match; and `$$` at the beginning of a paragraph with
//! signs of LaTeX behind it, and no end.

use memchr::memchr2;

use super::super::Pass;
use super::super::lines::{Line, lines};
use super::super::prose::prose_by_block;
use super::{closing, escape, has_command, has_latex, is_balanced};
use crate::text;

/// Lines that are looked at for what an unclosed `$$` may mean.
const MOST_LINES: usize = 50;

/// Warns of formulas that were not read. What was read is no prose any more.
pub fn warn(pass: &mut Pass<'_>) {
    unbalanced(pass);
    unclosed(pass);
}

fn unbalanced(pass: &mut Pass<'_>) {
    let text = pass.text;
    for range in prose_by_block(text).into_iter().flatten() {
        let mut at = range.start;
        while let Some(rest) = text.get(at..range.end) {
            let Some(sign) = memchr2(b'$', b'\\', rest.as_bytes()) else { break };
            let rest = rest.get(sign..).unwrap_or_default();
            let dollars = rest.bytes().take_while(|byte| *byte == b'$').count();
            let fault = if dollars == 1 { unbalanced_length(rest) } else { None };
            if fault.is_some() {
                pass.warn_with_hint(
                    "maths",
                    at + sign,
                    text!(
                        "수식의 중괄호가 짝이 맞지 않아 쓴 대로 보입니다",
                        "the braces of a formula do not match, so that it is shown as it was typed"
                    ),
                    text!(
                        "`{{`마다 `}}`를 적으세요. 수식이 아니면 `\\$`로 적으세요",
                        "give every `{{` its `}}`; where no formula is meant, write `\\$`"
                    ),
                );
            }
            at += sign + fault.unwrap_or(if dollars > 0 { dollars } else { escape(rest) });
        }
    }
}

/// The length of a formula in a line, delimiters included, whose braces do not match.
fn unbalanced_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('$')?;
    let letters = inside.strip_prefix('\\')?.bytes().take_while(u8::is_ascii_alphabetic).count();
    // `\d{` and `\w{` are a regular expression's.
    let length = closing(inside, "$").filter(|_| letters > 1)?;
    let content = inside.get(..length)?;
    (!content.contains('\n') && !is_balanced(content)).then_some(length + 2)
}

fn unclosed(pass: &mut Pass<'_>) {
    let lines: Vec<Line<'_>> = lines(pass.text).collect();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.maths) {
        let Some(rest) = line.inner().strip_prefix("$$").filter(|rest| !rest.starts_with('$')) else { continue };
        if !is_unclosed(rest, line, lines.get(index + 1..).unwrap_or_default()) {
            continue;
        }
        pass.warn_with_hint(
            "maths",
            line.inner_start(),
            text!(
                "`$$`로 연 수식을 닫지 않아 쓴 대로 보입니다",
                "the formula that `$$` opens is never closed, so that it is shown as it was typed"
            ),
            text!("수식 뒤의 줄에 `$$`를 적으세요", "write `$$` in the line behind the formula"),
        );
    }
}

/// Whether a formula begins with `rest` that its paragraph does not end.
fn is_unclosed(rest: &str, opening: &Line<'_>, following: &[Line<'_>]) -> bool {
    let mut content = rest.to_owned();
    for line in following.iter().take(MOST_LINES) {
        let begun = !content.trim().is_empty();
        if line.quotes != opening.quotes || (line.is_blank() && begun) || line.text.starts_with("```") {
            break;
        }
        content.push('\n');
        content.push_str(line.text);
    }
    // A process's number in a shell stands beside words.
    let alone = rest.trim().is_empty();
    !content.contains("$$") && (has_command(&content) || (alone && (has_latex(&content) || content.contains('='))))
}

#[cfg(test)]
mod tests {
    fn warned(text: &str) -> Vec<usize> {
        let faults = crate::markdown::dialect::prepare(text).faults;
        faults.iter().filter(|fault| fault.code == "maths").map(|fault| fault.offset).collect()
    }

    #[test]
    fn what_is_plainly_a_formula_is_not_passed_over_in_silence() {
        for (text, places) in [
            ("값은 $\\frac{1}{$이다", vec![7]),
            ("$\\sqrt{x}}$ $y$", vec![0]),
            ("| 값 | $\\text{a$ |", vec![8]),
            ("$$\nx^2\n\n글", vec![0]),
            ("글\n\n$$\\frac{1}{2}\n\n글", vec![5]),
            ("> $$\n> a = b\n\n글", vec![2]),
            ("- $$\n  a = b\n\n글", vec![2]),
            ("$$\n\na = b\n", vec![0]),
        ] {
            assert_eq!(warned(text), places, "{text}");
        }
    }

    #[test]
    fn other_dollars_are_nobody_s_business() {
        for text in [
            "$5와 $10, ${a}, $HOME, $\\d{2$, `$\\frac{$`",
            "```\n$$\n\\frac\n```",
            "$$는 셸의 번호다",
            "$$ my_name\n",
            "$$",
            "$$\n\n글",
            "$\\alpha$ $x$ $$\\frac{1}{2}$$ 글",
            "$$\n\\frac{1}{2}\n$$",
            "\\$\\frac{1}{$",
            "C:$\\Windows{1}$",
        ] {
            assert_eq!(warned(text), [0; 0], "{text}");
        }
    }
}
