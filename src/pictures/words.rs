//! What a reader reads in a drawing.

use roxmltree::Node;

use super::{HTML, is_svg_element, namespace};

/// Bytes of words that one drawing gives to the search: a flame graph has thousands of names.
const MOST: usize = 16 << 10;

/// A label each, in the order in which they stand.
pub fn of(root: Node<'_, '_>) -> Vec<String> {
    let mut labels = Vec::new();
    let mut length = 0;
    gather(root, &mut labels, &mut length);
    labels
}

fn gather(node: Node<'_, '_>, labels: &mut Vec<String>, length: &mut usize) {
    for child in node.children().filter(Node::is_element) {
        if *length > MOST {
            return;
        }
        let name = child.tag_name().name();
        let label = match namespace(child) {
            super::SVG => match name {
                "text" => read(child),
                "foreignObject" => read(child),
                "defs" | "style" | "script" | "metadata" | "title" | "desc" | "marker" | "clipPath" | "mask" => {
                    continue;
                }
                // The first that a browser can show; the others say that it cannot.
                "switch" => {
                    if let Some(first) = child.first_element_child() {
                        if is_svg_element(first, "foreignObject") {
                            read(first)
                        } else {
                            gather(first, labels, length);
                            continue;
                        }
                    } else {
                        continue;
                    }
                }
                "g" if is_matplotlib(child) => outlined(child),
                _ => {
                    gather(child, labels, length);
                    continue;
                }
            },
            _ => continue,
        };
        if !label.is_empty() {
            *length += label.len();
            labels.push(label);
        }
    }
}

/// The words of an element in one line. A part that begins a line of its own, or a block of HTML, is a word of its own; a
/// part that is only moved along, as for kerning, is not.
fn read(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for inner in node.descendants() {
        if inner.is_element() {
            let name = inner.tag_name().name();
            let parts = match namespace(inner) {
                HTML => !matches!(name, "span" | "b" | "i" | "u" | "em" | "strong" | "font" | "a" | "sub" | "sup"),
                _ => inner.attribute("y").is_some() || inner.attribute("dy").is_some_and(|dy| !dy.starts_with('0')),
            };
            if parts {
                words.push(' ');
            }
        } else if let Some(text) = inner.text().filter(|_| inner.is_text()) {
            words.push_str(text);
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Matplotlib draws its letters, and leaves what they say in a comment: `<g id="text_3"><!-- 시간 -->`.
fn is_matplotlib(node: Node<'_, '_>) -> bool {
    node.attribute("id").is_some_and(|id| id.starts_with("text_"))
        && node.children().find(|child| !child.is_text()).is_some_and(|child| child.is_comment())
}

fn outlined(node: Node<'_, '_>) -> String {
    let said = node.children().find(|child| child.is_comment()).and_then(|comment| comment.text()).unwrap_or_default();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
