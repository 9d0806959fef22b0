//! Tasks with Obsidian's marks: `- [/] 하는 중`, `- [-] 그만둠`.
//!
//! The parser knows `[ ]` and `[x]`. The others become the same event here, whose bytes in the body say which it is. A
//! number is no mark: `- [1] …` lists sources.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::emphasis::is_source;
use super::events::Spanned;
use crate::language::Language;

/// Obsidian's marks, as its themes have them, and vimwiki's for half done.
const MARKS: &str = "/-><!?*\"+~.oOlbiSIpcfkwud";

/// Turns the text of marks into events.
pub fn read<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut out: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    for (event, span) in events {
        if let Event::Text(text) = &event
            && text.starts_with('[')
            && begins_item(&out)
            && is_source(body, text, &span)
            && text.get(2..4) == Some("] ")
            && text.get(1..2).is_some_and(|mark| MARKS.contains(mark))
        {
            let (mark, rest) = (span.start..span.start + 3, span.start + 4..span.end);
            out.push((Event::TaskListMarker(false), mark));
            if let Some(text) = body.get(rest.clone()) {
                out.push((Event::Text(CowStr::Borrowed(text)), rest));
            }
            continue;
        }
        out.push((event, span));
    }
    out
}

fn begins_item(events: &[Spanned<'_>]) -> bool {
    matches!(
        events,
        [.., (Event::Start(Tag::Item), _)] | [.., (Event::Start(Tag::Item), _), (Event::Start(Tag::Paragraph), _)]
    )
}

/// The mark of a task by its bytes in the body, where it is another than done and not done.
pub fn mark(body: &str, span: &Range<usize>) -> Option<char> {
    let mark = body.get(span.clone())?.strip_prefix('[')?.chars().next()?;
    MARKS.contains(mark).then_some(mark)
}

/// What a mark means, for who cannot see it.
pub fn meaning(mark: char, language: Language) -> Option<&'static str> {
    let (korean, english) = match mark {
        '/' | '.' | 'o' | 'O' => ("하는 중", "in progress"),
        '-' | '~' => ("취소", "cancelled"),
        '>' => ("미룸", "deferred"),
        '<' => ("일정", "scheduled"),
        '!' => ("중요", "important"),
        '?' => ("질문", "question"),
        '*' => ("별표", "starred"),
        '"' => ("인용", "quote"),
        'l' => ("장소", "location"),
        'b' => ("책갈피", "bookmark"),
        'i' => ("정보", "information"),
        'I' => ("생각", "idea"),
        'p' | '+' => ("좋은 점", "pro"),
        'c' => ("나쁜 점", "con"),
        _ => return None,
    };
    Some(match language {
        Language::Korean => korean,
        Language::English => english,
    })
}
