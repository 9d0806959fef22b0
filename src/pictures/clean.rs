//! A drawing's tree → the text that is published: only what draws.

use roxmltree::{Attribute, Node};

use super::{HTML, Kind, Removed, SVG, XLINK, css, namespace};
use crate::address::Scheme;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements of SVG that are published; of filters, all that begin with `fe`. The rest goes with all that is in it.
const ELEMENTS: [&str; 42] = [
    "a",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "foreignObject",
    "g",
    "hatch",
    "hatchpath",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mesh",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "solidcolor",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tref",
    "tspan",
    "use",
    "view",
];

/// Elements of HTML that draw.io and Mermaid put labels in.
const OF_LABELS: [&str; 46] = [
    "a",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "u",
    "ul",
    "section",
];
const OF_TABLES: [&str; 6] = ["tbody", "td", "tfoot", "th", "thead", "tr"];

/// Attributes of other elements' kinds that load or send something.
const LOADING: [&str; 12] = [
    "src",
    "srcset",
    "srcdoc",
    "action",
    "formaction",
    "background",
    "poster",
    "data",
    "ping",
    "manifest",
    "codebase",
    "lowsrc",
];

/// The text of a drawing without what runs or loads anything; what that was is told.
pub fn write(root: Node<'_, '_>, removed: &mut Vec<Removed>) -> String {
    for instruction in root.document().root().children().filter(Node::is_pi) {
        if instruction.pi().is_some_and(|pi| pi.target.eq_ignore_ascii_case("xml-stylesheet")) {
            let address = instruction.pi().and_then(|pi| pi.value).unwrap_or_default();
            let address = address.split("href=").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
            let kind = Kind::Elsewhere(address.unwrap_or_default().to_owned());
            removed.push(Removed { kind, at: instruction.range().start });
        }
    }
    let mut writer = Writer { out: String::new(), removed };
    writer.element(root, None);
    writer.out.push('\n');
    writer.out
}

struct Writer<'r> {
    out: String,
    removed: &'r mut Vec<Removed>,
}

impl Writer<'_> {
    /// `around` is the namespace that stands.
    fn element(&mut self, node: Node<'_, '_>, around: Option<&str>) {
        let (name, space) = (node.tag_name().name(), namespace(node));
        if !self.may_stand(node, name, space) {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if around != Some(space) {
            self.out.push_str(&format!(" xmlns=\"{space}\""));
        }
        if around.is_none() {
            self.out.push_str(&format!(" xmlns:xlink=\"{XLINK}\""));
        }
        for attribute in node.attributes() {
            self.attribute(node, name, attribute, around.is_none());
        }
        if !node.has_children() {
            // Read as HTML, an empty `<div/>` would not end.
            self.out.push_str(if space == HTML { "></" } else { "/>" });
            if space == HTML {
                self.out.push_str(name);
                self.out.push('>');
            }
            return;
        }
        self.out.push('>');
        if name == "style" {
            let sheet: String = node.children().filter_map(|child| child.text()).collect();
            self.sheet(&sheet, node.range().start);
        } else {
            for child in node.children() {
                if child.is_element() {
                    self.element(child, Some(space));
                } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                    self.text(text);
                }
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn may_stand(&mut self, node: Node<'_, '_>, name: &str, space: &str) -> bool {
        let may = match space {
            SVG => ELEMENTS.contains(&name) || name.starts_with("fe"),
            HTML => OF_LABELS.contains(&name) || OF_TABLES.contains(&name),
            _ => false,
        };
        // An animation may set what a link leads to, and handlers.
        let sets = node.attribute("attributeName").unwrap_or_default().trim().to_ascii_lowercase();
        let sets = sets.rsplit(':').next().unwrap_or_default();
        let animates = matches!(name, "set") || name.starts_with("animate");
        if name.eq_ignore_ascii_case("script") || animates && (sets == "href" || sets.starts_with("on")) {
            self.removed.push(Removed { kind: Kind::Script, at: node.range().start });
            return false;
        }
        if !may && space == HTML && matches!(name, "iframe" | "object" | "embed" | "video" | "audio" | "link") {
            let address = ["src", "data", "href"].iter().find_map(|key| node.attribute(*key)).unwrap_or(name);
            self.elsewhere(address, node.range().start);
        }
        may
    }

    fn attribute(&mut self, node: Node<'_, '_>, element: &str, attribute: Attribute<'_, '_>, is_root: bool) {
        let (name, value, at) = (attribute.name(), attribute.value(), attribute.range().start);
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) => "xlink:",
            Some(XML) => "xml:",
            Some(_) => return,
        };
        let lower = name.to_ascii_lowercase();
        if lower.starts_with("on") {
            self.removed.push(Removed { kind: Kind::Handler(name.to_owned()), at });
            return;
        }
        // draw.io keeps its file there, all sheets of it.
        if is_root && name == "content" || prefix == "xml:" && name == "base" {
            return;
        }
        let is_link = element == "a";
        let shows = matches!(element, "image" | "feImage" | "img");
        if lower == "href" || lower == "src" && element == "img" {
            let stands = if is_link {
                matches!(Scheme::of(value), Scheme::None | Scheme::Harmless)
            } else if shows {
                value.starts_with('#') || Scheme::of(value) == Scheme::Picture
            } else {
                value.starts_with('#')
            };
            if !stands {
                if !is_link {
                    self.elsewhere(value, at);
                } else if runs(value) {
                    self.removed.push(Removed { kind: Kind::Link, at });
                }
                return;
            }
            // Its address is as long as its picture.
            return self.write_attribute(prefix, name, value);
        }
        if LOADING.contains(&lower.as_str()) || node.tag_name().name() == "style" && lower != "type" && lower != "media"
        {
            return;
        }
        if ["aria-", "data-"].iter().any(|words| lower.starts_with(words)) || matches!(name, "id" | "class" | "d") {
            return self.write_attribute(prefix, name, value);
        }
        let removed = &mut *self.removed;
        let value = css::clean(value, &mut |address| {
            removed.push(Removed { kind: Kind::Elsewhere(address.to_owned()), at });
        });
        self.write_attribute(prefix, name, &value);
    }

    fn write_attribute(&mut self, prefix: &str, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(prefix);
        self.out.push_str(name);
        self.out.push_str("=\"");
        let mut from = 0;
        for (at, byte) in value.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'"' => "&quot;",
                b'\n' => "&#10;",
                b'\t' => "&#9;",
                b'\r' => "&#13;",
                _ => continue,
            };
            self.out.push_str(value.get(from..at).unwrap_or_default());
            self.out.push_str(escaped);
            from = at + 1;
        }
        self.out.push_str(value.get(from..).unwrap_or_default());
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'\r' => "&#13;",
                _ => continue,
            };
            self.out.push_str(text.get(from..at).unwrap_or_default());
            self.out.push_str(escaped);
            from = at + 1;
        }
        self.out.push_str(text.get(from..).unwrap_or_default());
    }

    fn sheet(&mut self, sheet: &str, at: usize) {
        let mut found = Vec::new();
        let clean = css::clean(sheet, &mut |address| found.push(address.to_owned())).into_owned();
        let is_font = |address: &str| {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            [".woff", ".woff2", ".ttf", ".otf", ".eot"].iter().any(|ending| path.ends_with(ending))
                || address.contains("//fonts.googleapis.com/")
                || address.contains("//fonts.gstatic.com/")
        };
        for address in found {
            let kind = if is_font(&address) { Kind::Font(address) } else { Kind::Elsewhere(address) };
            self.removed.push(Removed { kind, at });
        }
        self.text(&clean);
    }

    fn elsewhere(&mut self, address: &str, at: usize) {
        let address: String = address.chars().take(200).collect();
        self.removed.push(Removed { kind: Kind::Elsewhere(address), at });
    }
}

/// Whether an address is a script. (Those of draw.io's own, `data:page/id,…`, only lead to its other sheets.)
fn runs(address: &str) -> bool {
    let visible: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(32).collect();
    let visible = visible.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/", "data:application/", "data:image/svg"]
        .iter()
        .any(|scheme| visible.starts_with(scheme))
}
