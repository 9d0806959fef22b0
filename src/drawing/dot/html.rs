//! Labels in angle brackets: words with their fonts, and tables.

mod table;

use roxmltree::{Document, Node, NodeType};

use super::colour::Colour;
use super::content::Content;
use super::label::{Align, Font, Line, Names, Run, Words};
use super::{fault, unsupported};
use crate::drawing::{Fault, entity};
use crate::text;

/// Of elements in each other.
const DEEPEST: usize = 40;

/// The content of a label.
///
/// # Errors
/// Where it is no XML, or has elements that are not drawn. `at` is where the label stands.
pub fn content(label: &str, font: &Font, names: &Names<'_>, at: usize) -> Result<Content, Fault> {
    let xml = format!("<html>{}</html>", with_characters(&names.put_into(label)));
    let Ok(document) = Document::parse(&xml) else {
        let message = text!(
            "꺾쇠로 묶은 이름표가 올바른 XML이 아닙니다",
            "the label in angle brackets is no XML that can be read"
        );
        let hint = text!(
            "`<br/>`처럼 모든 태그를 닫고, `&`는 `&amp;`로 적습니다",
            "all tags are closed, such as `<br/>`, and `&` is written `&amp;`"
        );
        return Err(Fault { hint: Some(hint), ..fault(message, at) });
    };
    if document.descendants().any(|node| node.ancestors().nth(DEEPEST).is_some()) {
        return Err(super::too_large(at));
    }
    let reader = Reader { at };
    match reader.inner(document.root_element(), font)? {
        Inner::Table(table) => Ok(table.content()),
        Inner::Words(words) => Ok(Content::words(words)),
    }
}

/// What a label or a cell has in it.
enum Inner {
    Words(Words),
    Table(Box<table::Table>),
}

struct Reader {
    at: usize,
}

impl Reader {
    fn inner(&self, node: Node<'_, '_>, font: &Font) -> Result<Inner, Fault> {
        if let Some((table, font)) = self.only_table(node, font)? {
            return Ok(Inner::Table(Box::new(table::Table::read(self, table, &font)?)));
        }
        let mut flow = Flow::default();
        self.flow(node, font, &mut flow)?;
        flow.end(Align::Middle, font);
        Ok(Inner::Words(Words::new(flow.lines)))
    }

    /// The table that a node has in it and nothing else, with the font that is said around it.
    fn only_table<'a>(&self, node: Node<'a, 'a>, font: &Font) -> Result<Option<(Node<'a, 'a>, Font)>, Fault> {
        let (mut node, mut font) = (node, font.clone());
        loop {
            let has_text = node
                .children()
                .any(|child| child.text().is_some_and(|text| !text.trim().is_empty()) && child.is_text());
            let mut elements = node.children().filter(Node::is_element);
            let (Some(only), None, false) = (elements.next(), elements.next(), has_text) else { return Ok(None) };
            let name = only.tag_name().name().to_ascii_lowercase();
            if name == "table" {
                return Ok(Some((only, font)));
            }
            if !only.descendants().any(|inner| inner.tag_name().name().eq_ignore_ascii_case("table")) {
                return Ok(None);
            }
            font = self.font(only, &name, &font)?;
            node = only;
        }
    }

    fn flow(&self, node: Node<'_, '_>, font: &Font, flow: &mut Flow) -> Result<(), Fault> {
        for child in node.children() {
            match child.node_type() {
                NodeType::Text => flow.push(child.text().unwrap_or_default(), font),
                NodeType::Element => {
                    let name = child.tag_name().name().to_ascii_lowercase();
                    if name == "br" {
                        let align = match attribute(child, "align").map(str::to_ascii_lowercase).as_deref() {
                            Some("left") => Align::Left,
                            Some("right") => Align::Right,
                            _ => Align::Middle,
                        };
                        flow.end(align, font);
                    } else {
                        self.flow(child, &self.font(child, &name, font)?, flow)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The font within an element.
    fn font(&self, node: Node<'_, '_>, name: &str, font: &Font) -> Result<Font, Fault> {
        let mut font = font.clone();
        match name {
            "b" => font.is_bold = true,
            "i" => font.is_italic = true,
            "u" => font.decoration = Some("underline"),
            "o" => font.decoration = Some("overline"),
            "s" => font.decoration = Some("line-through"),
            "sub" => (font.shift, font.size) = (font.shift + font.size * 0.2, font.size * 0.75),
            "sup" => (font.shift, font.size) = (font.shift - font.size * 0.35, font.size * 0.75),
            "font" => {
                if let Some(colour) = attribute(node, "color") {
                    font.colour = Some(self.colour(colour)?);
                }
                let size = attribute(node, "point-size").and_then(super::graph::number);
                font.size = size.unwrap_or(font.size).clamp(4.0, 200.0);
                let face = attribute(node, "face").unwrap_or_default().to_ascii_lowercase();
                font.is_bold |= face.contains("bold");
            }
            "table" => {
                let ko = "글과 표가 섞인 이름표";
                return Err(unsupported(ko, "a label of words and a table side by side", self.at));
            }
            _ => {
                let name: String = name.chars().take(30).collect();
                return Err(unsupported(&format!("`<{name}>`"), &format!("`<{name}>`"), self.at));
            }
        }
        Ok(font)
    }

    fn colour(&self, written: &str) -> Result<Colour, Fault> {
        super::first_colour(written).ok_or_else(|| super::unknown_colour(written, self.at))
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let mut attributes = node.attributes();
    attributes.find(|attribute| attribute.name().eq_ignore_ascii_case(name)).map(|attribute| attribute.value())
}

#[derive(Default)]
struct Flow {
    lines: Vec<Line>,
    runs: Vec<Run>,
}

impl Flow {
    /// Words, of whose spaces those between words are one each.
    fn push(&mut self, text: &str, font: &Font) {
        let mut words = String::new();
        for character in text.chars() {
            let is_space = character.is_ascii_whitespace();
            let is_first = words.is_empty() && self.runs.last().is_none_or(|run| run.text.ends_with(' '));
            if !is_space && !character.is_control() {
                words.push(character);
            } else if !is_first && !words.ends_with(' ') {
                words.push(' ');
            }
        }
        for mut run in super::label::runs(&words, font) {
            // A run may begin with the space behind another.
            if let Some(rest) =
                run.text.strip_prefix('\u{A0}').filter(|_| words.starts_with(' ') && !self.runs.is_empty())
            {
                run.text = format!(" {rest}");
            }
            self.runs.push(run);
        }
    }

    fn end(&mut self, align: Align, font: &Font) {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        runs.retain(|run| !run.text.is_empty());
        self.lines.push(Line::new(runs, align, font));
    }
}

impl Inner {
    fn size(&self) -> (f64, f64) {
        match self {
            Self::Words(words) => (words.width, words.height),
            Self::Table(table) => table.size(),
        }
    }
}

/// HTML's entities as characters, as XML knows only five of them.
fn with_characters(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let here = &rest[before.len()..];
        let is_xml = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].iter().any(|entity| here.starts_with(entity));
        rest = match entity::entity(here).filter(|(shown, _)| !is_xml && !shown.contains(['<', '&', '>'])) {
            Some((shown, length)) => {
                out.push_str(&shown);
                &here[length..]
            }
            None => {
                out.push_str(if is_xml { "&" } else { "&amp;" });
                after
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::super::graph::Attributes;
    use super::*;

    fn html(label: &str) -> Result<Content, Fault> {
        content(label, &Font::of(&Attributes::default()).unwrap(), &Names::default(), 0)
    }

    fn texts(label: &str) -> Vec<String> {
        html(label).unwrap_or_else(|fault| panic!("{label}: {}", fault.message.english)).texts().collect()
    }

    #[test]
    fn words_have_their_fonts() {
        assert_eq!(
            texts("<b>굵은</b> 글과 <i>기운</i><br/>&nbsp;둘째&copy; A &amp; B & C"),
            ["굵은 글과 기운 둘째© A & B & C"]
        );
        assert_eq!(texts("[[노트]]를 <font color=\"red\" point-size=\"20\">크게</font>"), ["노트를 크게"]);
        assert!(html("<b>x").is_err() && html("<img src=\"a.png\"/>").is_err() && html("<blink>x</blink>").is_err());
        assert!(html("<font color=\"빨강\">x</font>").is_err());
    }

    #[test]
    fn tables_have_cells_and_ports() {
        let content = html(
            "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\"><tr><td colspan=\"2\" bgcolor=\"lightblue\"><b>회원</b></td></tr>\
             <tr><td port=\"id\">id</td><td>bigint</td></tr><tr><td port=\"name\">아주 긴 이름</td><td>varchar(255)</td></tr></table>",
        )
        .unwrap();
        assert_eq!(content.texts().collect::<Vec<_>>(), ["회원", "id", "bigint", "아주 긴 이름", "varchar(255)"]);
        let (id, name) = (content.port("id").unwrap(), content.port("name").unwrap());
        assert!(id.left == name.left && id.right == name.right && id.bottom <= name.top + 0.01, "{id:?} {name:?}");
    }
}
