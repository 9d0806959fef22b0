//! A code block: its title, its lines and what is said of them.
//!
//! A long block is folded without a script: its later lines are `hidden="until-found"`, so that the browser's own search
//! and an address with a text find and show them, and a checkbox shows them by the style sheet. They are printed, and
//! stand in the one `<code>`, scrolled, numbered and copied with the others. Clipped by their height instead, they would
//! be found and not shown (Chromium scrolls nothing that a reader could not scroll); in a `<details>` they would be a block
//! of their own.

use super::body::Writer;
use crate::language::Language;
use crate::markdown::{Fence, LineMark, escape_into};
use crate::syntaxes;

/// Bytes of code of one page's note that get colours; the rest is plain.
pub(super) const BUDGET: usize = 1 << 20;
/// Fewer lines are not worth a click.
const FEWEST_FOLDED: usize = 10;

/// What is said of folded lines, in both languages, with their number.
pub const COUNTS: [&str; 2] = ["{n}줄 더 보기", "Show {n} more lines"];

impl Writer<'_> {
    pub(super) fn code(&mut self, fence: &Fence) {
        self.out.push_str("<figure class=\"code\"");
        if !fence.language.is_empty() {
            self.out.push_str(" data-language=\"");
            escape_into(&mut self.out, &fence.language);
            self.out.push('"');
        }
        self.out.push('>');
        if let Some(title) = &fence.title {
            self.out.push_str("<figcaption>");
            escape_into(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        let lines = fence.code.lines().count();
        let shown = shown_lines(fence, lines, self.surroundings.fold_code);
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !fence.language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape_into(&mut self.out, &fence.language);
            self.out.push('"');
        }
        if let Some(first) = fence.numbers {
            self.out.push_str(" data-numbered");
            if first != 1 {
                // The numbers themselves are the style sheet's, so that nobody copies them with the code.
                self.out.push_str(&format!(" style=\"counter-reset:line {}\"", i64::from(first) - 1));
            }
        }
        self.out.push('>');
        let start = self.out.len();
        let html = self.coloured(fence);
        if fence.numbers.is_none() && fence.marked.is_empty() {
            self.out.push_str(&html);
        } else {
            self.code_lines(fence, &html);
        }
        match shown {
            Some(shown) => {
                self.hide_from(start, shown);
                self.out.push_str("</code></pre>");
                self.fold(lines - shown);
            }
            None => self.out.push_str("</code></pre>"),
        }
        self.out.push_str("</figure>");
    }

    /// The code in its colours, as long as there is something left of the budget.
    fn coloured(&mut self, fence: &Fence) -> String {
        let language = if fence.code.len() > self.budget { "" } else { fence.language.as_str() };
        if syntaxes::of(language).is_some() {
            self.budget -= fence.code.len();
        }
        self.surroundings.code.highlight(language, &fence.code)
    }

    /// Hides what was written from `start` on, but for the first lines. No element goes over the end of a line.
    fn hide_from(&mut self, start: usize, shown: usize) {
        let written = self.out.get(start..).unwrap_or_default();
        let ends = written.match_indices('\n').nth(shown.saturating_sub(1));
        let Some((end, _)) = ends else { return };
        self.out.insert_str(start + end + 1, "<span class=\"rest\" hidden=\"until-found\">");
        self.out.push_str("</span>");
    }

    /// What shows and hides the lines that are folded. Its words are no text of the note: the style sheet writes them, so
    /// that nobody copies them with the code.
    fn fold(&mut self, hidden: usize) {
        let (more, less) = match self.surroundings.language {
            Language::Korean => (COUNTS[0].replace("{n}", &hidden.to_string()), "접기"),
            Language::English if hidden == 1 => ("Show 1 more line".to_owned(), "Show less"),
            Language::English => (COUNTS[1].replace("{n}", &hidden.to_string()), "Show less"),
        };
        self.out.push_str(&format!(
            "<label class=\"fold\" data-more=\"{more}\" data-less=\"{less}\">\
             <input type=\"checkbox\" aria-label=\"{more}\"></label>"
        ));
    }

    /// Highlighted code with an element around each line that is numbered or stands out. No element of the highlighter
    /// goes over the end of a line.
    fn code_lines(&mut self, fence: &Fence, html: &str) {
        let mut marked = fence.marked.iter().peekable();
        for (number, line) in html.split_inclusive('\n').enumerate() {
            let mark = marked.next_if(|(line, _)| *line == number).map(|(_, mark)| mark);
            let element = match mark {
                Some(LineMark::Highlighted) => "mark",
                Some(LineMark::Added) => "ins",
                Some(LineMark::Removed) => "del",
                None if fence.numbers.is_some() => "span",
                None => {
                    self.out.push_str(line);
                    continue;
                }
            };
            let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
            self.out.push_str(&format!("<{element} class=\"l\">{text}</{element}>{end}"));
        }
    }
}

/// How many of a block's lines are seen before it is unfolded; `None` where it is not folded. `threshold` is the site's.
fn shown_lines(fence: &Fence, lines: usize, threshold: usize) -> Option<usize> {
    match fence.fold {
        Some(shown) => Some(shown).filter(|shown| (1..lines).contains(shown)),
        None if threshold == 0 || lines <= threshold => None,
        None => {
            // What its writer points at is not hidden, and less than a click is worth is not either.
            let pointed_at = fence.marked.last().map_or(0, |(line, _)| line + 1);
            let shown = threshold.div_ceil(2).max(pointed_at);
            (shown + FEWEST_FOLDED <= lines).then_some(shown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(info: &str, lines: usize, threshold: usize) -> Option<usize> {
        shown_lines(&Fence::new(info, "줄\n".repeat(lines)), lines, threshold)
    }

    #[test]
    fn long_code_is_folded_where_site_or_writer_wants_it() {
        assert_eq!(shown("js", 40, 40), None);
        assert_eq!(shown("js", 41, 40), Some(20));
        assert_eq!(shown("js", 500, 0), None);
        assert_eq!(shown("js nofold", 500, 40), None);
        assert_eq!(shown("js:no-collapsed-lines", 500, 40), None);
        assert_eq!(shown("js:collapsed-lines=10", 12, 40), Some(10));
        assert_eq!(shown("js:collapsed-lines=10", 10, 40), None);
        assert_eq!(shown("js fold", 12, 0), Some(3));
        assert_eq!(shown("js {35}", 100, 40), Some(35), "what is pointed at is seen");
        assert_eq!(shown("js {45}", 50, 40), None);
        assert_eq!(shown("js {1}", 3, 1), None, "less than a click is worth");
    }
}
