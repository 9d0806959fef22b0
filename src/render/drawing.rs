//! A diagram: the picture, what is said of it, and its source.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::body::Writer;
use crate::drawing::{Drawing, ID, LINK_END, LINK_START};
use crate::language::Language;
use crate::library::Link;
use crate::markdown::{Fence, escape_into};

/// What a screen reader is told of a diagram without a description. In characters.
const LONGEST_DESCRIPTION: usize = 400;

/// What a diagram and its source are called.
pub fn words(language: Language) -> [&'static str; 2] {
    match language {
        Language::Korean => ["다이어그램", "소스"],
        Language::English => ["Diagram", "Source"],
    }
}

impl Writer<'_> {
    pub(super) fn drawing(&mut self, drawing: &Drawing, references: &[usize], fence: &Fence) {
        self.drawings += 1;
        // No two notes of a page, nor the same shown twice, have an id in common.
        let prefix = format!("d{:08x}-{}-", crc32fast::hash(fence.code.as_bytes()), self.drawings);
        let [name, source] = words(self.surroundings.language);
        self.out.push_str(&format!("<figure class=\"diagram\" data-tool=\"{}\">", fence.language));
        if let Some(title) = &fence.title {
            self.out.push_str("<figcaption>");
            escape_into(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        // With a theme of its writer's own it has the same colours everywhere, and wants the ground that they are made for.
        let is_of_one_theme = drawing.svg.len() == 1 && drawing.svg.iter().all(|svg| !svg.contains("light-dark("));
        let paper = if is_of_one_theme { " on-paper" } else { "" };
        self.out.push_str(&format!(
            "<div class=\"diagram-view{paper}\" style=\"--w:{}px\" tabindex=\"0\">",
            drawing.width.ceil()
        ));
        let themes: &[&str] = if drawing.svg.len() > 1 { &["for-light", "for-dark"] } else { &[""] };
        let mut placed = BTreeSet::new();
        for (number, (svg, theme)) in drawing.svg.iter().zip(themes).enumerate() {
            if !theme.is_empty() {
                self.out.push_str(&format!("<div class=\"{theme}\">"));
            }
            let prefix = if number == 0 { prefix.clone() } else { format!("{prefix}n") };
            // A picture without links is one thing to a screen reader, one with links holds them.
            let role = if drawing.links.is_empty() { "img" } else { "group" };
            self.out.push_str(&format!("<svg role=\"{role}\" aria-label=\""));
            escape_into(&mut self.out, &description(drawing, fence, name));
            self.out.push('"');
            self.svg(svg.strip_prefix("<svg").unwrap_or(svg), &prefix, references, &mut placed);
            if !theme.is_empty() {
                self.out.push_str("</div>");
            }
        }
        self.out.push_str("</div>");
        if let Some(code) = self.shown_source(drawing, references, fence) {
            self.out.push_str(&format!(
                "<details class=\"diagram-source\"><summary>{source}</summary><pre tabindex=\"0\"><code>"
            ));
            escape_into(&mut self.out, &code);
            self.out.push_str("</code></pre></details>");
        }
        self.out.push_str("</figure>");
    }

    /// The source as readers may see it: without where links to private notes lead, as everywhere. `None` where a target is
    /// written in a way that this does not find.
    fn shown_source<'f>(&self, drawing: &Drawing, references: &[usize], fence: &'f Fence) -> Option<Cow<'f, str>> {
        let is_private = |reference: &usize| matches!(self.entry.links.get(*reference), Some(Link::Private));
        let private = drawing.links.iter().zip(references).filter(|(_, reference)| is_private(reference));
        let mut hidden: Vec<Range<usize>> = Vec::new();
        for (link, _) in private {
            let found: Vec<usize> = match link.at {
                Some(at) => vec![at],
                None => fence.code.match_indices(&link.target).map(|(at, _)| at).collect(),
            };
            let is_there = |at: &usize| fence.code.get(*at..).is_some_and(|rest| rest.starts_with(&link.target));
            if found.is_empty() || !found.iter().all(is_there) {
                return None;
            }
            for at in found {
                let end = at + link.target.len();
                let bar = fence.code.get(end..).and_then(|rest| rest.trim_start().strip_prefix('|'));
                match bar {
                    Some(shown) if link.is_wikilink => hidden.push(at..fence.code.len() - shown.len()),
                    // The name is what is shown, in the drawing too.
                    None if link.is_wikilink => {}
                    _ => hidden.push(at..end),
                }
            }
        }
        if hidden.is_empty() {
            return Some(Cow::Borrowed(&fence.code));
        }
        hidden.sort_by_key(|range| range.start);
        let (mut code, mut done) = (String::new(), 0);
        for range in hidden {
            code.push_str(fence.code.get(done..range.start).unwrap_or_default());
            done = done.max(range.end);
        }
        code.push_str(fence.code.get(done..).unwrap_or_default());
        Some(Cow::Owned(code))
    }

    /// Writes a drawing with ids of the page's own, and its links leading somewhere. Those in `placed` have their places on
    /// the page already: what is drawn twice has one.
    fn svg(&mut self, svg: &str, prefix: &str, references: &[usize], placed: &mut BTreeSet<usize>) {
        let mut rest = svg;
        while let Some(at) = rest.find([ID, LINK_START]) {
            let (before, here) = rest.split_at(at);
            self.out.push_str(before);
            if let Some(after) = here.strip_prefix(ID) {
                self.out.push_str(prefix);
                rest = after;
                continue;
            }
            let (number, after) = here[1..].split_once(LINK_END).unwrap_or_default();
            let reference = number.parse().ok().and_then(|number: usize| references.get(number)).copied();
            rest = self.drawn_link(reference, after, placed);
        }
        self.out.push_str(rest);
    }

    /// The value of an `href`, which stands open. Where the link leads nowhere, its element stays without one.
    fn drawn_link<'h>(&mut self, reference: Option<usize>, after: &'h str, placed: &mut BTreeSet<usize>) -> &'h str {
        let entry = self.entry;
        let found = reference.and_then(|reference| Some((reference, entry.links.get(reference)?)));
        let written = reference.and_then(|reference| entry.document.references.get(reference));
        if let (Some((reference, link)), Some(written)) = (found, written) {
            if let Some(url) = self.url_of(link) {
                escape_into(&mut self.out, &url);
                self.leads.extend(super::previews::Lead::of(&url, link, entry, self.surroundings.library));
                if let Some(id) = self.place_of(reference, link).filter(|_| placed.insert(reference)) {
                    self.out.push_str(&format!("\" id=\"{id}"));
                }
                return after;
            }
            if *link == Link::External {
                escape_into(&mut self.out, &written.target);
                self.out.push_str("\" rel=\"noopener");
                return after;
            }
        }
        let open = " href=\"";
        if self.out.ends_with(open) {
            self.out.truncate(self.out.len() - open.len());
        }
        after.strip_prefix('"').unwrap_or(after)
    }
}

/// The diagram in words: what the writer says of it, else the words in it.
fn description(drawing: &Drawing, fence: &Fence, name: &str) -> String {
    let title = drawing.title.as_ref().or(fence.title.as_ref());
    let mut said = title.cloned().unwrap_or_else(|| name.to_owned());
    let described = drawing.description.clone().unwrap_or_else(|| drawing.labels.join(", "));
    if !described.is_empty() {
        said.push_str(": ");
        said.extend(described.chars().take(LONGEST_DESCRIPTION));
        if described.chars().nth(LONGEST_DESCRIPTION).is_some() {
            said.push('…');
        }
    }
    said
}
