//! merman's drawing before its labels, which are HTML, become text: without what would make that dear or wrong.

use std::borrow::Cow;
use std::collections::BTreeSet;

use merman::svg::{RenderResult, SvgPostprocessContext, SvgPostprocessor};

/// A look that drawings have only where their writer says so.
const NEO: &str = "data-look=\"neo\"";

pub struct Mended;

impl SvgPostprocessor for Mended {
    fn name(&self) -> &'static str {
        "seoga"
    }

    fn process<'a>(&self, svg: Cow<'a, str>, _: &SvgPostprocessContext<'_>) -> RenderResult<Cow<'a, str>> {
        // What is multiplied with a dark page is not seen.
        let svg = svg.replace("mix-blend-mode: multiply;", "").replace("mix-blend-mode:multiply;", "");
        Ok(Cow::Owned(from_the_left(&with_rules_of_use(&svg))))
    }
}

/// merman weighs each rule against each label and all that is around it, and gives up at some 350 labels: rules about
/// classes that nothing has are most of that weight.
fn with_rules_of_use(svg: &str) -> String {
    let Some((before, rest)) = svg.split_once("<style>") else { return svg.to_owned() };
    let Some((sheet, after)) = rest.split_once("</style>") else { return svg.to_owned() };
    let classes: BTreeSet<&str> = [before, after]
        .iter()
        .flat_map(|part| part.split(" class=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .flat_map(str::split_whitespace)
        .collect();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let is_used = |selector: &str| {
        !selector.ends_with(":root")
            && (!selector.contains(NEO) || after.contains(NEO))
            && selector.split('.').skip(1).all(|rest| {
                let name = rest.split(|c| !is_name(c)).next().unwrap_or_default();
                classes.contains(name)
            })
    };
    let mut out = String::with_capacity(svg.len());
    out.push_str(before);
    out.push_str("<style>");
    let mut rest = sheet;
    while let Some(open) = rest.find('{') {
        let (selectors, body) = rest.split_at(open);
        // Of the rules with rules in them none draws anything.
        let mut depth = 0usize;
        let end = body.bytes().position(|byte| {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let Some(end) = end else { break };
        let (body, next) = body.split_at(end + 1);
        rest = next;
        if selectors.trim_start().starts_with('@') {
            continue;
        }
        let used: Vec<&str> = selectors.split(',').filter(|selector| is_used(selector.trim())).collect();
        if !used.is_empty() {
            out.push_str(&used.join(","));
            out.push_str(body);
        }
    }
    out.push_str("</style>");
    out.push_str(after);
    // Of the two ways to say it merman knows one.
    out.replacen(" .edgeLabel .label span{background:", " .edgeLabel .label span{background-color:", 1)
}

/// The rows of a class's box begin at its left: in the middle of the width that they were thought to have, each would begin
/// elsewhere.
fn from_the_left(svg: &str) -> String {
    const GROUPS: [&str; 2] = ["<g class=\"members-group", "<g class=\"methods-group"];
    if !GROUPS.iter().any(|group| svg.contains(group)) {
        return svg.to_owned();
    }
    let mut out = String::with_capacity(svg.len() + 1024);
    let mut rest = svg;
    let mut is_row = false;
    while let Some(at) = rest[1.min(rest.len())..].find('<').map(|at| at + 1) {
        let (here, after) = rest.split_at(at);
        out.push_str(here);
        rest = after;
        if rest.starts_with("<g class=\"") && !rest.starts_with("<g class=\"label\"") {
            is_row = GROUPS.iter().any(|group| rest.starts_with(group));
        } else if is_row && let Some(after) = rest.strip_prefix("<foreignObject") {
            out.push_str("<foreignObject text-anchor=\"start\"");
            rest = after;
            if !rest.contains('<') {
                break;
            }
            continue;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::draw;

    #[test]
    fn rows_of_a_class_begin_at_one_edge() {
        let svg = draw("classDiagram\n  class 주문 {\n    -비밀필드\n    +String 이름\n    +결제(방법) bool\n  }\n")
            .unwrap()
            .svg
            .join("");
        assert_eq!(svg.matches("text-anchor=\"start\"").count(), 3, "{svg}");
        assert_eq!(svg.matches("text-anchor=\"middle\"").count(), 1, "{svg}");
    }

    #[test]
    fn flows_are_seen_on_a_dark_page() {
        let svg = draw("sankey-beta\n가,나,3\n").unwrap().svg.join("");
        assert!(!svg.contains("multiply"), "{svg}");
    }
}
