//! How deep a note may nest.
//!
//! Ten thousand `>` in a row are legal Markdown, and a page of ten thousand `<blockquote>` brings a browser to its
//! knees (Chromium stops nesting at 512 anyway). Containers past [`DEEPEST`] keep their content and lose their own
//! element. The elements of a note's own HTML have the same bound: an HTML parser looks through all open elements at
//! every tag, so that a hundred thousand `<div>` would take it a minute.

/// Containers (quotes, lists, list items) open at once before further ones are flattened.
pub const DEEPEST: usize = 100;

/// Which of the open containers have an element in the page.
#[derive(Debug, Default)]
pub struct Nesting {
    depth: usize,
}

impl Nesting {
    /// Opens a container; `true` when it may have its element.
    pub fn open(&mut self) -> bool {
        self.depth += 1;
        self.depth <= DEEPEST
    }

    /// Closes the innermost container; `true` when it had its element.
    pub fn close(&mut self) -> bool {
        let shown = self.depth <= DEEPEST;
        self.depth = self.depth.saturating_sub(1);
        shown
    }

    /// How many containers are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The first container that is flattened, when the last one opened is it.
    pub fn just_too_deep(&self) -> bool {
        self.depth == DEEPEST + 1
    }
}

/// The elements of a note's own HTML that are open, as far as a parser would keep them open.
#[derive(Debug, Default)]
pub struct OpenElements {
    /// In lower case; never more than [`DEEPEST`].
    open: Vec<String>,
    /// Tags past the bound that are still to be closed.
    hidden: usize,
}

/// Elements that a parser opens again when they were not closed before the end of what they stand in.
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that are never open: empty ones, those that the next of their kind closes, and `<a>`, which does not nest.
const NEVER_OPEN: &[&str] = &[
    "a", "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements that stay open when the paragraph that they stand in ends.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

impl OpenElements {
    /// An opening tag; `false` when it would nest too deep.
    pub fn open(&mut self, name: &str, self_closing: bool) -> bool {
        let name = name.to_ascii_lowercase();
        let is_block = BLOCKS.contains(&name.as_str());
        // Browsers take `<div/>` for an opening tag; `<path/>` is what it says.
        if NEVER_OPEN.contains(&name.as_str()) || (self_closing && !is_block) {
            return true;
        }
        if self.open.len() >= DEEPEST {
            self.hidden += 1;
            return false;
        }
        self.open.push(name);
        true
    }

    /// A closing tag; `false` when it belongs to one that nested too deep.
    pub fn close(&mut self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        if NEVER_OPEN.contains(&name.as_str()) {
            return true;
        }
        if self.hidden > 0 {
            self.hidden -= 1;
            return false;
        }
        let Some(at) = self.open.iter().rposition(|open| *open == name) else { return true };
        let holds_block = self.open.iter().skip(at + 1).any(|inside| is_block(inside));
        if is_block(&name) || !holds_block {
            self.open.remove(at);
            self.keep(at, is_formatting);
        } else if is_formatting(&name) {
            // A block in it stays open.
            self.open.remove(at);
        }
        // Any other element ends with the block in it; until then its closing tag means nothing.
        true
    }

    /// How many are open; for [`Self::end_paragraph`] and [`Self::end_container`].
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// A paragraph ends that began at this depth.
    pub fn end_paragraph(&mut self, depth: usize) {
        self.end(depth, |name| is_block(name) || is_formatting(name));
    }

    /// A quote or list item ends that began at this depth, and closes everything in it.
    pub fn end_container(&mut self, depth: usize) {
        self.end(depth, is_formatting);
    }

    fn end(&mut self, depth: usize, stays: impl Fn(&str) -> bool) {
        let before = self.open.len();
        self.keep(depth, stays);
        if self.open.len() < before {
            self.hidden = 0;
        }
    }

    /// Of the elements from a depth on, keeps those that stay open.
    fn keep(&mut self, depth: usize, stays: impl Fn(&str) -> bool) {
        let mut at = 0;
        self.open.retain(|name| {
            at += 1;
            at <= depth || stays(name)
        });
    }

    /// The first tag past the bound, when the last one opened is it.
    pub fn just_too_deep(&self) -> bool {
        self.hidden == 1
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

fn is_formatting(name: &str) -> bool {
    FORMATTING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_a_parser_closes_by_itself_are_not_deep() {
        let mut elements = OpenElements::default();
        for _ in 0..1000 {
            assert!(["p", "li", "BR", "a", "td"].iter().all(|name| elements.open(name, false)));
            assert!(elements.open("path", true));
            let depth = elements.depth();
            assert!(elements.open("span", false), "left open in its paragraph");
            elements.end_paragraph(depth);
            assert!(
                elements.open("div", false)
                    && elements.open("b", false)
                    && elements.close("b")
                    && elements.close("DIV")
            );
        }
        assert_eq!(elements.depth(), 0);
    }

    #[test]
    fn a_closing_tag_closes_no_block_inside_of_its_element() {
        for (outer, left) in [("span", 2), ("b", 1), ("div", 0)] {
            let mut elements = OpenElements::default();
            assert!(elements.open(outer, false) && elements.open("details", false) && elements.close(outer));
            assert_eq!(elements.depth(), left, "{outer}");
        }
    }

    #[test]
    fn formatting_that_is_never_closed_stays_open() {
        let mut elements = OpenElements::default();
        for _ in 0..20 {
            let depth = elements.depth();
            assert!(elements.open("b", false));
            elements.end_paragraph(depth);
        }
        elements.end_container(0);
        assert_eq!(elements.depth(), 20);
    }
}
