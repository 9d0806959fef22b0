//! Which heading, if any, is the note's title.
//!
//! Study repositories write the title as the first `#`, or as a smaller heading on the first line, or only as the
//! file's name. The rule: the heading that opens the note; else the only `#` of the note; else none (the file's name
//! serves). Three kinds of opening heading are sections all the same: one that announces a table of contents, a
//! numbered one (`# 1. 개요`) among several of its level, and a `##` or smaller that has a sibling or a superior further
//! down (`## 소개` … `## 설치`). The title heading is taken out of the body, because the page prints the title itself.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::contents;
use super::events::Spanned;

/// The index of the title heading's `Start` event.
pub fn find(events: &[Spanned<'_>], given: Option<&str>) -> Option<usize> {
    let mut depth = 0usize;
    // (index, level, text, opens the note)
    let mut headings: Vec<(usize, u8, String, bool)> = Vec::new();
    let mut seen_content = false;
    let mut inside = false;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                headings.push((index, *level as u8, String::new(), !seen_content));
                inside = true;
                seen_content = true;
                depth += 1;
            }
            Event::Start(_) => {
                depth += 1;
                seen_content = true;
            }
            Event::End(TagEnd::Heading(_)) => {
                inside = false;
                depth = depth.saturating_sub(1);
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(heading) = headings.last_mut() {
                    heading.2.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak if inside => {
                if let Some(heading) = headings.last_mut() {
                    heading.2.push(' ');
                }
            }
            _ => seen_content = true,
        }
    }

    if let Some(given) = given {
        // The front matter decides; the same title repeated as the opening heading is not printed twice.
        let (index, _, text, opens) = headings.first()?;
        return (*opens && text.trim() == given.trim()).then_some(*index);
    }
    let alone = |level: u8| headings.iter().filter(|heading| heading.1 <= level).count() == 1;
    if let Some((index, level, text, true)) = headings.first()
        && (*level == 1 || alone(*level))
        && is_title(text, alone(*level))
    {
        return Some(*index);
    }
    let (index, _, text, _) = headings.iter().find(|heading| heading.1 == 1)?;
    (alone(1) && is_title(text, true)).then_some(*index)
}

fn is_title(text: &str, alone: bool) -> bool {
    let text = text.trim();
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        && text.starts_with(|c: char| c.is_ascii_digit());
    !text.is_empty() && !contents::is_heading(text) && (alone || !numbered)
}
