//! The rules of seoga's Markdown, as `tests/specs/*.md` states them: prose, an example, the HTML of its body.
//!
//! An example stands between a line of backticks followed by `example` and a line of backticks, Markdown and HTML
//! divided by a line with a single `.`. All examples are built together, one note each, and compared with the content
//! of the note's `<article>`. So that an example can be small,
//!
//! - a note that has no front matter of its own is given a title, and all its headings stay in the body;
//! - the link that every heading carries to itself is left out, and so is the id by which a backlink finds the link that
//!   it came from; line ends before blocks do not count;
//! - a drawn formula is `…`;
//! - the notes and files under `tests/specs/notes/` stand in the folder above the example's.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fmt::Write as _;
use std::path::Path;

use common::Site;

const FENCE: &str = "````````````````````````````````";

struct Example {
    /// `<spec>/<line>`, also the note's name.
    name: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let folder = common::repository().join("tests/specs");
    let mut specs: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    specs.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    specs.sort();
    specs.iter().flat_map(|path| examples_of(path)).collect()
}

fn examples_of(path: &Path) -> Vec<Example> {
    let spec = path.file_stem().unwrap().to_str().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().enumerate();
    let mut examples = Vec::new();
    while let Some((number, line)) = lines.next() {
        if line.strip_prefix(FENCE).map(str::trim) != Some("example") {
            continue;
        }
        let mut part = |end: &str| {
            let mut part = String::new();
            for (_, line) in lines.by_ref() {
                if line == end {
                    return part;
                }
                part.push_str(line);
                part.push('\n');
            }
            panic!("{}: the example on line {} has no `{end}`", path.display(), number + 1);
        };
        let (markdown, html) = (part("."), part(FENCE));
        examples.push(Example { name: format!("{spec}/{:04}", number + 1), markdown, html });
    }
    assert!(!examples.is_empty(), "no example in {}", path.display());
    examples
}

/// Elements before which a line may end without a reader's seeing it.
const BLOCKS: [&str; 12] =
    ["<ul", "<ol", "<li", "<p>", "<h", "<div", "<nav", "<section", "<figure", "<blockquote", "<table", "<details"];

/// The body without the links that headings carry to themselves, each block on a line of its own.
fn comparable(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(" <a class=\"heading-anchor\"") {
        out.push_str(before);
        rest = after.split_once("</a>").unwrap().1;
    }
    out.push_str(rest);
    let mut out = without_drawings(&without_places(&out));
    for block in BLOCKS {
        out = out.replace(block, &format!("\n{block}"));
    }
    let lines: Vec<&str> = out.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The HTML with `…` for drawn formulas, and without the glyphs that they are made of.
fn without_drawings(html: &str) -> String {
    let mut out = html.to_owned();
    for (open, close, instead) in
        [("<svg class=\"glyphs\"", "</svg>", ""), ("<svg viewBox=", "</svg>", "…"), ("<math", "</math>", "")]
    {
        while let Some((before, after)) = out.split_once(open) {
            out = format!("{before}{instead}{}", after.split_once(close).unwrap().1);
        }
    }
    out
}

/// The HTML without ` id="link:7"`.
fn without_places(html: &str) -> String {
    let mut pieces = html.split(" id=\"link:");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        out.push_str(piece.split_once('"').unwrap().1);
    }
    out
}

#[test]
fn every_example_of_the_specs_is_rendered_as_it_says() {
    let examples = examples();
    let site = Site::empty();
    common::copy(&common::repository().join("tests/specs/notes"), &site.path("content"));
    for example in &examples {
        let title = if example.markdown.starts_with("---\n") { "" } else { "---\ntitle: 예\n---\n" };
        site.add(&format!("content/{}.md", example.name), format!("{title}{}", example.markdown));
    }
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    let mut report = String::new();
    let mut wrong = 0;
    for example in &examples {
        let (actual, expected) = (comparable(&site.body(&format!("{}.html", example.name))), comparable(&example.html));
        if actual != expected {
            wrong += 1;
            write!(
                report,
                "\n=== {}\n{}\n--- expected\n{expected}\n--- actual\n{actual}\n",
                example.name, example.markdown
            )
            .unwrap();
        }
    }
    assert_eq!(wrong, 0, "{wrong} of {} examples differ:\n{report}", examples.len());
}
