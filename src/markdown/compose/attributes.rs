//! Attributes that a note gives to a block or to something in a line, put into the HTML that was just written for it.

use super::{Composer, HOLE_START};
use crate::markdown::dialect::Attributes;
use crate::markdown::html::{escape_into, unescape};
use crate::markdown::{HOLE_END, Hole};
use crate::markdown::{callouts, sanitise};

/// Lists of attributes that one element may have. Each is put into the element's tag anew, together with all before it.
const MOST_LISTS: usize = 16;

/// A block or inline element that is open.
pub(super) struct OpenElement {
    /// Where in the output its HTML begins.
    start: usize,
    /// What a list before it says.
    attributes: Option<Attributes>,
}

/// The element that ended last: where in the output it is.
#[derive(Clone, Copy)]
pub(super) struct Written {
    start: usize,
    end: usize,
    /// How many lists of attributes it was given.
    lists: usize,
}

impl Composer<'_> {
    /// Remembers where an element begins. A block takes the attributes that stand before it.
    pub(super) fn open_element(&mut self, is_block: bool) {
        let attributes = if is_block { self.attributes_ahead.take() } else { None };
        self.written_elements.push(OpenElement { start: self.out.len(), attributes });
    }

    pub(super) fn close_element(&mut self) {
        let Some(element) = self.written_elements.pop() else { return };
        self.written(element.start);
        if let Some(attributes) = element.attributes {
            self.add_attributes(&attributes);
        }
    }

    /// What was written from here on can be given attributes.
    pub(super) fn written(&mut self, start: usize) {
        self.last_written = Some(Written { start, end: self.out.len(), lists: 0 });
    }

    /// Gives attributes to what was written last, if nothing was written since.
    pub(super) fn add_attributes(&mut self, attributes: &Attributes) {
        let Some(written) = self.last_written.filter(|written| written.end == self.out.len()) else { return };
        if written.lists >= MOST_LISTS {
            return;
        }
        self.give_attributes(written, attributes);
        self.last_written = Some(Written { start: written.start, end: self.out.len(), lists: written.lists + 1 });
    }

    fn give_attributes(&mut self, written: Written, attributes: &Attributes) {
        let Some(html) = self.out.get(written.start..) else { return };
        if let Some(rest) = html.strip_prefix(HOLE_START) {
            let number = rest.split_once(HOLE_END).and_then(|(number, _)| number.parse::<usize>().ok());
            let hole = number.and_then(|number| self.document.body.holes.get_mut(number));
            if let Some(Hole::Image { attributes: written, title, .. }) = hole {
                let class = match without(written, "class") {
                    Some(before) if attributes.class.is_empty() => before,
                    Some(before) => format!("{} {before}", attributes.class),
                    None => attributes.class.clone(),
                };
                push(written, "class", &class);
                for (name, value) in &attributes.others {
                    if *name == "title" {
                        title.clone_from(value);
                        continue;
                    }
                    without(written, name);
                    push_other(written, name, value);
                }
            } else if let Some(Hole::Code(fence)) = hole {
                fence.title = fence.title.take().or_else(|| attributes.file.clone());
                let language = attributes.class.split(' ').find_map(|class| class.strip_prefix("language-"));
                if let Some(language) = language.filter(|_| fence.language.is_empty()) {
                    fence.language = language.to_lowercase();
                }
            }
            return;
        }
        if let Some(picture) = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>\n"))
            && attributes.has_size()
            && picture.starts_with(HOLE_START)
            && picture.find(HOLE_END).is_some_and(|end| end + 1 == picture.len())
        {
            // The size of a paragraph that is only a picture is the picture's.
            let (start, end) = (written.start + "<p>".len(), self.out.len() - "</p>\n".len());
            let tail = self.out.split_off(end);
            self.give_attributes(Written { start, end, ..written }, attributes);
            self.out.push_str(&tail);
            return;
        }
        // The element itself is what counts, not what is drawn around it.
        let mut start = written.start;
        let around = "<div class=\"table-wrap\">";
        if html.starts_with(around) {
            start += around.len();
        }
        let Some(tag) = self.out.get(start..).and_then(|html| html.get(..html.find('>')?)) else { return };
        if !tag.starts_with('<') || tag.starts_with("</") {
            return;
        }
        let mut class = attributes.class.clone();
        if tag.starts_with("<p") || tag.starts_with("<blockquote") {
            class = as_callout(&class);
        }
        let mut new = String::new();
        match tag.split_once(" class=\"") {
            Some((before, after)) if !class.is_empty() => {
                new.push_str(before);
                new.push_str(" class=\"");
                escape_into(&mut new, &class);
                new.push(' ');
                new.push_str(after);
            }
            _ => {
                new.push_str(tag);
                push(&mut new, "class", &class);
            }
        }
        if !tag.contains(" id=\"") && !attributes.id.is_empty() {
            // Made different from all other ids at the end, when the headings have theirs.
            let number = self.document.body.holes.len();
            self.document.body.holes.push(Hole::Id(attributes.id.clone()));
            new.push_str(&format!(" id=\"{HOLE_START}{number}{HOLE_END}\""));
        }
        for (name, value) in &attributes.others {
            if !new.contains(&format!(" {name}=\"")) {
                push_other(&mut new, name, value);
            }
        }
        let end = start + tag.len();
        self.out.replace_range(start..end, &new);
    }
}

/// A style has its own cleaning: a whole note need not be cleaned for it, and what a hole holds never is.
fn push_other(out: &mut String, name: &str, value: &str) {
    if name == "style" {
        let style = sanitise::style(value);
        if !style.is_empty() {
            out.push_str(&format!(" style=\"{style}\""));
        }
    } else {
        push(out, name, value);
    }
}

/// Takes an attribute out of HTML that has it, and returns its value.
fn without(out: &mut String, name: &str) -> Option<String> {
    let open = format!(" {name}=\"");
    let start = out.find(&open)?;
    let value = out.get(start + open.len()..)?.split_once('"')?.0.to_owned();
    out.replace_range(start..start + open.len() + value.len() + 1, "");
    Some(unescape(&value))
}

fn push(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_into(out, value);
        out.push('"');
    }
}

/// The classes by which themes of Jekyll draw boxes, with those by which we do: `prompt-tip`, `notice--info`, `note`.
fn as_callout(class: &str) -> String {
    let kind = class.split(' ').find_map(|class| {
        let name = class.strip_prefix("prompt-").or_else(|| class.strip_prefix("notice--")).unwrap_or(class);
        let boxes = ["note", "tip", "info", "important", "warning", "caution", "danger", "success"];
        boxes.contains(&name).then(|| callouts::class(name))
    });
    match kind {
        Some(kind) => format!("callout callout-{kind} {class}"),
        None => class.to_owned(),
    }
}
