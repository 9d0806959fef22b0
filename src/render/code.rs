//! A code block: its title, its lines and what is said of them.

use super::body::Writer;
use super::highlight::highlight;
use crate::markdown::{Fence, LineMark, escape_into};
use crate::syntaxes;

/// Bytes of code of one page's note that get colours; the rest is plain.
pub(super) const BUDGET: usize = 1 << 20;

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
        let html = self.coloured(fence);
        if fence.numbers.is_none() && fence.marked.is_empty() {
            self.out.push_str(&html);
        } else {
            self.code_lines(fence, &html);
        }
        self.out.push_str("</code></pre></figure>");
    }

    /// The code in its colours, as long as there is something left of the budget.
    fn coloured(&mut self, fence: &Fence) -> String {
        let language = if fence.code.len() > self.budget { "" } else { fence.language.as_str() };
        if syntaxes::of(language).is_some() {
            self.budget -= fence.code.len();
        }
        highlight(language, &fence.code)
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
