//! The lines of a note, and which of them are code.
//!
//! Dialects are put right before the parser sees the text, and must leave alone what the parser will read as code. So
//! fences, indented code and the blocks of HTML whose content is not Markdown are followed here as CommonMark reads
//! them, through quotes and list items. Where a reading would need the whole parser (a paragraph that goes on lazily),
//! the usual case is taken: nothing is lost by it but a repair.
//!
//! [`lines_as_meant`] follows the writer and not CommonMark in one thing: which item a list item stands in.

use std::ops::Range;

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins in the text.
    pub start: usize,
    /// Behind its last character, before the line end.
    pub end: usize,
    /// Where the next line begins.
    pub next: usize,
    /// How many quotes it stands in.
    pub quotes: usize,
    /// Blank columns between the last quote mark (or the line's beginning) and the content; a tab goes on to the next
    /// multiple of four.
    pub indent: usize,
    /// Where the content begins: behind quote marks and blanks.
    pub content: usize,
    /// The content, without blanks at its end.
    pub text: &'a str,
    /// Not Markdown: a line of a code block, of formulas or of HTML such as `<pre>`, the fences included.
    pub code: bool,
    /// Code because it is HTML.
    pub html: bool,
    /// Code because formulas begin in it.
    pub maths: bool,
    /// The beginning of a list item.
    pub marker: Option<Marker>,
    /// The column at which the innermost open list item's content begins; 0 outside of lists.
    pub item: usize,
    /// How many columns to the right CommonMark wants the line, to read its list items as their writer nested them.
    pub shift: isize,
}

/// A list item's beginning: `- `, `3. `.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The column of the item's content, counted like [`Line::indent`].
    pub column: usize,
    /// Where the item's content begins in the text.
    pub content: usize,
}

impl<'a> Line<'a> {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Where [`Line::inner`] begins in the text.
    pub fn inner_start(&self) -> usize {
        self.marker.map_or(self.content, |marker| marker.content)
    }

    /// The item's text where the line begins an item, else the line's.
    pub fn inner(&self) -> &'a str {
        match self.marker {
            Some(marker) => self.text.get(marker.content.saturating_sub(self.content)..).unwrap_or_default(),
            None => self.text,
        }
    }

    /// A blank line in the same quote, with its line end.
    pub fn blank(&self, text: &str) -> String {
        let prefix = text.get(self.start..self.content).unwrap_or_default().trim_end_matches([' ', '\t']);
        format!("{prefix}\n")
    }
}

/// Whether a line's content is a heading; `#태그` is none.
pub fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Where the lines of a text begin, for finding the line of an offset without walking through a long line each time.
pub struct LineStarts {
    starts: Vec<usize>,
    end: usize,
}

impl LineStarts {
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts: starts.collect(), end: text.len() }
    }

    /// The line that an offset stands in, with its line end.
    pub fn line(&self, offset: usize) -> Range<usize> {
        let next = self.starts.partition_point(|start| *start <= offset);
        let start = next.checked_sub(1).and_then(|line| self.starts.get(line));
        start.copied().unwrap_or_default()..self.starts.get(next).copied().unwrap_or(self.end)
    }
}

/// The lines of a text. Linear in it.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { text, at: 0, open: None, items: Vec::new(), quotes: 0, before: Before::Nothing, as_meant: false }
}

/// The lines of a text, list items nested as their writer meant: see [`Line::shift`].
pub fn lines_as_meant(text: &str) -> Lines<'_> {
    Lines { as_meant: true, ..lines(text) }
}

pub struct Lines<'a> {
    text: &'a str,
    at: usize,
    open: Option<Open>,
    items: Vec<Item>,
    quotes: usize,
    before: Before,
    as_meant: bool,
}

/// An open list item.
#[derive(Clone, Copy)]
struct Item {
    /// The column of its marker.
    indent: usize,
    /// The column of its content.
    column: usize,
    /// The character that marks it.
    mark: u8,
    /// [`Line::shift`] of its lines.
    shift: isize,
}

/// What the line before was, as far as it decides whether a line is indented code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A blank line, the beginning, a heading: a paragraph cannot go on.
    Nothing,
    Paragraph,
    IndentedCode,
}

/// What lines are being passed over.
#[derive(Clone, Copy)]
enum Open {
    Fence {
        mark: u8,
        length: usize,
        quotes: usize,
        item: usize,
    },
    /// Up to this text.
    Html {
        end: &'static str,
        quotes: usize,
    },
    /// `$$` … `$$`, or up to the paragraph's end.
    Maths {
        quotes: usize,
    },
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let next = start + (length + 1).min(rest.len());
        let end = start + rest.get(..length).unwrap_or_default().trim_end_matches('\r').len();
        self.at = next;
        let raw = self.text.get(start..end).unwrap_or_default();
        let (quotes, indent, offset) = prefix(raw);
        let mut line = Line {
            start,
            end,
            next,
            quotes,
            indent,
            content: start + offset,
            text: raw.get(offset..).unwrap_or_default().trim_end(),
            code: false,
            html: false,
            maths: false,
            marker: None,
            item: self.item().0,
            shift: 0,
        };
        self.read(&mut line);
        Some(line)
    }
}

impl Lines<'_> {
    /// The column of the innermost open item's content, and the shift of its lines.
    fn item(&self) -> (usize, isize) {
        self.items.last().map_or((0, 0), |item| (item.column, item.shift))
    }

    fn read(&mut self, line: &mut Line<'_>) {
        let in_html = matches!(self.open, Some(Open::Html { .. }));
        let open = self.open.is_some();
        if self.goes_on(line) {
            line.code = true;
            line.html = in_html;
            line.shift = self.item().1;
            return;
        }
        if line.quotes != self.quotes {
            self.items.clear();
            self.before = Before::Nothing;
            self.quotes = line.quotes;
        }
        if line.is_blank() {
            if self.before == Before::Paragraph {
                self.before = Before::Nothing;
            }
            return;
        }
        let marker = marker(line);
        let lazy = self.before == Before::Paragraph && marker.is_none() && !starts_block(line.text);
        // The outermost item that the line leaves, and the one in it.
        let (mut left, mut inner) = (None, None);
        if !lazy {
            while self.items.last().is_some_and(|item| line.indent < item.column) {
                inner = left;
                left = self.items.pop();
            }
        }
        // What ended a code block by standing outside of its item must stay outside.
        let movable = self.as_meant && marker.is_some() && !open;
        let beside_inner = inner.is_some_and(|inner| inner.indent <= line.indent);
        if let Some(parent) = left.filter(|left| movable && (beside_inner || is_inside(line, left))) {
            self.items.push(parent);
        }
        let shift;
        (line.item, shift) = self.item();
        line.shift = shift;
        if movable {
            let outer = isize::try_from(line.item).unwrap_or(0) - isize::try_from(line.indent).unwrap_or(0);
            let sibling = left.filter(|left| left.indent <= line.indent && line.indent >= line.item + 4);
            if outer > 0 {
                line.shift = shift + outer;
            } else if let Some(sibling) = sibling {
                line.shift = sibling.shift;
            } else if outer <= -4 && self.before == Before::Paragraph && begins_list(line.text) {
                line.shift = shift + outer;
            }
        }
        let far = line.indent >= line.item + 4 && line.shift == shift;
        if far && self.before != Before::Paragraph {
            line.code = true;
            self.before = Before::IndentedCode;
            return;
        }
        // Four columns further than the item above, a marker that begins no list is text of the item's paragraph.
        if let Some(marker) = marker.filter(|_| !far) {
            line.marker = Some(marker);
            let mark = mark(line.text).0;
            self.items.push(Item { indent: line.indent, column: marker.column, mark, shift: line.shift });
        }
        let item = self.item().0;
        let text = line.inner();
        // Four columns and more are a paragraph that goes on, or code, which was read above.
        let opens = line.marker.is_some() || line.indent < line.item + 4;
        self.open = fence(text)
            .filter(|_| opens)
            .map(|(mark, length)| Open::Fence { mark, length, quotes: line.quotes, item })
            .or_else(|| html(text).filter(|_| opens).map(|end| Open::Html { end, quotes: line.quotes }))
            .or_else(|| opens_maths(text).then_some(Open::Maths { quotes: line.quotes }));
        line.code = self.open.is_some();
        line.html = matches!(self.open, Some(Open::Html { .. }));
        line.maths = matches!(self.open, Some(Open::Maths { .. }));
        if let Some(Open::Html { end, .. }) = self.open
            && contains(text, end)
        {
            self.open = None;
        }
        let ends = line.code || is_heading(text) || text.is_empty();
        self.before = if ends { Before::Nothing } else { Before::Paragraph };
    }

    /// Whether the line still belongs to the code block or HTML that is open.
    fn goes_on(&mut self, line: &Line<'_>) -> bool {
        match self.open {
            None => false,
            Some(Open::Fence { mark, length, quotes, item }) => {
                // A block ends with the quote or item that it stands in.
                if line.quotes < quotes || (!line.is_blank() && line.quotes == quotes && line.indent < item) {
                    self.open = None;
                    return false;
                }
                let run = line.text.bytes().take_while(|byte| *byte == mark).count();
                if run >= length && run == line.text.len() && line.indent < item + 4 {
                    self.open = None;
                    self.before = Before::Nothing;
                }
                true
            }
            Some(Open::Html { end, quotes }) => {
                if line.quotes < quotes {
                    self.open = None;
                    return false;
                }
                if contains(line.text, end) {
                    self.open = None;
                    self.before = Before::Nothing;
                }
                true
            }
            Some(Open::Maths { quotes }) => {
                if line.quotes < quotes || line.is_blank() {
                    self.open = None;
                    return false;
                }
                if line.text.contains("$$") {
                    self.open = None;
                }
                true
            }
        }
    }
}

/// Quote marks, blank columns behind the last of them, and the bytes of both.
fn prefix(line: &str) -> (usize, usize, usize) {
    let (mut quotes, mut column, mut indent) = (0, 0, 0);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b' ' => indent += 1,
            b'\t' => indent += 4 - column % 4,
            b'>' if indent < 4 || quotes > 0 => {
                quotes += 1;
                indent = 0;
                column += 1;
                continue;
            }
            _ => return (quotes, behind_quote(quotes, indent), at),
        }
        column += if byte == b'\t' { 4 - column % 4 } else { 1 };
    }
    (quotes, behind_quote(quotes, indent), line.len())
}

/// The first blank behind a quote mark belongs to the mark.
fn behind_quote(quotes: usize, indent: usize) -> usize {
    if quotes > 0 { indent.saturating_sub(1) } else { indent }
}

fn marker(line: &Line<'_>) -> Option<Marker> {
    let text = line.text;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = text.get(length..)?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) || is_rule(text) {
        return None;
    }
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let mut column = line.indent + length;
    for byte in rest.as_bytes().iter().take(rest.len() - trimmed.len()) {
        column += if *byte == b'\t' { 4 - column % 4 } else { 1 };
    }
    let blanks = column - line.indent - length;
    // Behind five columns and more the item begins with indented code; an empty one has its text on the next line.
    if trimmed.is_empty() || blanks > 4 {
        column = line.indent + length + 1;
    }
    Some(Marker { column, content: line.content + text.len() - trimmed.len() })
}

/// The character by which a marker is told from another kind's, and the number of an ordered one.
fn mark(text: &str) -> (u8, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (text.as_bytes().get(digits).copied().unwrap_or_default(), text.get(..digits).unwrap_or_default())
}

/// Whether a marker that stands under the beginning of an item's text, too far left for CommonMark, was meant to stand
/// in the item: it is of another kind, or counts from 1 again.
fn is_inside(line: &Line<'_>, item: &Item) -> bool {
    let (mark, number) = mark(line.text);
    line.indent > item.indent && (mark != item.mark || (number == "1" && line.indent >= item.indent + 2))
}

/// Whether a marker under a paragraph was meant to begin a list, however far right it stands. A formula goes on with `+`.
fn begins_list(text: &str) -> bool {
    let (mark, number) = mark(text);
    mark != b'+' && matches!(number, "" | "1") && text.contains([' ', '\t'])
}

/// `***`, `- - -`.
fn is_rule(text: &str) -> bool {
    let Some(mark @ (b'*' | b'-' | b'_')) = text.bytes().next() else { return false };
    text.bytes().all(|byte| byte == mark || byte == b' ' || byte == b'\t')
        && text.bytes().filter(|byte| *byte == mark).count() >= 3
}

/// A mark and how many of it, where a line opens a fence.
fn fence(text: &str) -> Option<(u8, usize)> {
    let mark = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark).count();
    let info = text.get(length..)?;
    (length >= 3 && !(mark == b'`' && info.contains('`'))).then_some((mark, length))
}

/// HTML whose content is not Markdown: up to which text.
fn html(text: &str) -> Option<&'static str> {
    if text.starts_with("<!--") {
        return Some("-->");
    }
    let rest = text.strip_prefix('<')?;
    [("pre", "</pre>"), ("script", "</script>"), ("style", "</style>"), ("textarea", "</textarea>")]
        .into_iter()
        .find(|(name, _)| {
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !rest.as_bytes().get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
        })
        .map(|(_, end)| end)
}

/// Whether formulas begin that do not end on the line.
fn opens_maths(text: &str) -> bool {
    text.strip_prefix("$$").is_some_and(|rest| !rest.contains("$$"))
}

/// Whether `text` contains `end`, which is in lower case, in any case.
fn contains(text: &str, end: &str) -> bool {
    text.as_bytes().windows(end.len()).any(|window| window.eq_ignore_ascii_case(end.as_bytes()))
}

/// What ends a paragraph without a blank line.
fn starts_block(text: &str) -> bool {
    is_heading(text) || fence(text).is_some() || html(text).is_some() || is_rule(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are code, by number from 1.
    fn code(text: &str) -> Vec<usize> {
        let numbers = lines(text).zip(1..).filter(|(line, _)| line.code);
        numbers.map(|(_, number)| number).collect()
    }

    #[test]
    fn fences_are_code_and_end_with_what_they_stand_in() {
        assert_eq!(code("```js\n:::\n```\n:::"), [1, 2, 3]);
        assert_eq!(code("~~~~\n~~~\n```\n~~~~~\n글"), [1, 2, 3, 4]);
        assert_eq!(code("> ```\n> 가\n글"), [1, 2]);
        assert_eq!(code("- ```\n  가\n  ```\n- 나"), [1, 2, 3]);
        assert_eq!(code("1. 글\n   ```\n글\n나"), [2]);
        assert_eq!(code("``` `가` ```\n글"), [0usize; 0]);
    }

    #[test]
    fn indented_code_is_code_only_where_no_paragraph_or_item_goes_on() {
        assert_eq!(code("글\n    글\n\n    코드\n\n    코드"), [4, 6]);
        assert_eq!(code("- 글\n\n    글\n\n      코드\n글"), [5]);
        assert_eq!(code("\t코드\n글\n\t글"), [1]);
        assert_eq!(code("# 제목\n    코드"), [2]);
        assert_eq!(code("##\n    코드"), [2]);
        assert_eq!(code("#태그\n    글"), [0usize; 0]);
    }

    #[test]
    fn html_that_holds_no_markdown_is_passed_over() {
        assert_eq!(code("<pre>\n:::\n\n:::</PRE>\n글\n<!-- 가\n나 --> \n글 <!-- 가"), [1, 2, 3, 4, 6, 7]);
        assert_eq!(code("<div>\n글"), [0usize; 0]);
    }

    #[test]
    fn formulas_are_no_markdown() {
        assert_eq!(code("$$\na\n    - b\n$$\n글\n$$x$$\n\n$$ 열고\n\n글"), [1, 2, 3, 4, 8]);
    }

    #[test]
    fn items_know_where_their_content_begins() {
        let found: Vec<_> =
            lines("- 가\n  1) 나\n     다\n- - -\n-\t라").map(|line| (line.marker, line.item)).collect();
        let marker = |column, content| Some(Marker { column, content });
        let expected = [(marker(2, 2), 0), (marker(5, 11), 2), (None, 5), (None, 0), (marker(4, 32), 0)];
        assert_eq!(found, expected);
    }
}
