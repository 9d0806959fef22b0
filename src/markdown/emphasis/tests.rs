//! What a reader sees is in `tests/specs/emphasis.md`; here is what must hold for every note.

use std::path::Path;
use std::time::Instant;

use pulldown_cmark::{Options, Parser};

use super::punctuation::is_punctuation;
use super::*;

fn parsed(body: &str) -> Vec<Spanned<'_>> {
    let syntax = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    joined(body, Parser::new_ext(body, syntax).into_offset_iter().collect())
}

/// The events with all neighbouring text of the source joined, so that two streams can be compared.
fn joined<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut writer = Writer { body, out: Vec::new(), written: 0 };
    for (event, span) in events {
        match &event {
            Event::Text(text) if is_source(body, text, &span) && !span.is_empty() => writer.text(span),
            _ => writer.out.push((event, span)),
        }
    }
    writer.out
}

/// The events as a reader would see them, in the notation of HTML.
fn shown(body: &str) -> String {
    let mut out = String::new();
    for (event, span) in resolve(body, parsed(body)) {
        match event {
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<b>"),
            Event::End(TagEnd::Strong) => out.push_str("</b>"),
            Event::Start(Tag::Strikethrough) => out.push_str("<del>"),
            Event::End(TagEnd::Strikethrough) => out.push_str("</del>"),
            Event::InlineHtml(html) => {
                assert!(is_highlight(body, &span));
                out.push_str(&html);
            }
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            _ => {}
        }
    }
    out
}

/// Every kind of example in CommonMark's chapter on emphasis, in other words.
const COMMONMARK: &str = "
*a b* | a * b c* | a*\"b\"* | * a *| 5*6*78 | _a b_ | _ a b_ | a_\"b\"_ | a_b_ | 5_6_78 | 나_다_라 | a_\"b\"_c | a-_(b)_

_a* | *a b * | *a b
c* | *(*a) | *(*a*)* | *a*b | _a b _ | _(_a) | _(_a_)_ | _a_b | _가_나 | _a_b_c_ | _(a)_.

**a b** | ** a b** | a**\"b\"** | a**b** | __a b__ | __ a b__ | a__\"b\"__ | a__b__ | 5__6__78 | __a, __b__, c__ | a-__(b)__

**a b ** | **(**a) | *(**a**)* | **a (*b c*, *d
e*)** | **a \"*b*\" a** | **a**b | __a b __ | __(__a) | _(__a__)_ | __a__b | __a__b__c__ | __(a)__.

*a [b](/u)* | _a __b__ c_ | _a _b_ c_ | __a_ b_ | *a *b** | *a **b** c* | *a**b**c* | *a**b* | ***a** b* | *a **b*** | *a**b***

a***b***c | a******b*********c | *a **b *c* d** e* | *a [*b*](/u)* | ** is not | **** is not | **a [b](/u)** | **a
b** | __a _b_ c__ | __a __b__ c__ | ____a__ b__ | **a **b**** | **a *b* c** | **a*b*c** | ***a* b** | **a *b***

a *** | a *\\** | a *_* | a ***** | a **\\*** | a **_** | **a* | *a** | ***a** | ****a* | **a*** | *a**** | a ___ | a _\\__ | a _*_

__a_ | _a__ | ___a__ | ____a_ | __a___ | _a____ | **a** | *_a_* | __a__ | _*a*_ | ****a**** | ____a____ | ******a****** | ***a*** | _____a_____

*a _b* c_ | *a __b *c d* e__ | **a **b c** | *a *b c* | *[a*](/u) | _[a_](/u) | *<img title=\"*\"/> | **<a href=\"**\"> | *a `*`* | _a `_`_ | **a<https://b.c/?q=**>

~~a~~ ~b~ a~~b~~c ~~a ~~b~~ \\~~~a~~ ~~~a~~~ ~~a ~b~~ c~ ~~가(나)~~다 | \\*a* \\\\*a* &#42;a* | ![*a*](b) ![[c|*d*]] [[e*|*f*]] [^*] [[g*h*]]

| *a* | \\|*b* |
|-----|--------|
|*c*|**d** `*`|~~e~~|

> *a
>*b*
*c*

- *d*
  *e
  f*
- [ ] *g*
";

#[test]
fn with_commonmarks_rules_the_parsers_own_reading_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = vec![COMMONMARK.to_owned()];
    texts.extend(COMMONMARK.split(['|', '\n']).map(str::to_owned));
    let mut folders = vec![root.join("tests"), root.join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                texts.extend(String::from_utf8(std::fs::read(path).unwrap()));
            }
        }
    }
    for text in texts {
        let events = parsed(&text);
        let again = joined(&text, resolve_by(Rules::CommonMark, &text, events.clone()));
        assert_eq!(again, events, "{text}");
    }
}

#[test]
fn punctuation_is_what_the_parser_takes_for_it() {
    for c in (0..=0x1_ffff).filter_map(char::from_u32).filter(|c| !c.is_whitespace() && !c.is_ascii()) {
        // An underscore opens behind white space and punctuation only.
        let text = format!("a{c}_b_");
        let opened = Parser::new(&text).any(|event| event == Event::Start(Tag::Emphasis));
        assert_eq!(is_punctuation(c), opened, "{c:?} U+{:04X}", u32::from(c));
    }
}

#[test]
fn the_wider_rule_leaves_underscores_alone() {
    let sides = [" ", "a", "(", ")", "/", "가", "。", "、", "「", "(", "漢", "“", "😀", "é", "1", "\u{301}"];
    for before in sides {
        for after in sides {
            let text = format!("{before}_{after}");
            let beside = Neighbours::of(&text, &(before.len()..before.len() + 1), false, false);
            assert_eq!(beside.role(Rules::Korean, b'_', 1), beside.role(Rules::CommonMark, b'_', 1), "{text}");
        }
    }
}

#[test]
fn spans_are_the_bytes_of_the_element() {
    let body = "앞 ***굵게(bold)** 또*는, ==표시(mark)==를";
    let spans: Vec<_> = resolve(body, parsed(body))
        .into_iter()
        .filter(|(event, _)| matches!(event, Event::Start(_) | Event::InlineHtml(_)))
        .map(|(_, span)| &body[span])
        .collect();
    assert_eq!(spans, [body, "***굵게(bold)** 또*", "**굵게(bold)**", "==", "=="]);
}

#[test]
fn variation_selectors_belong_to_the_character_before_them() {
    assert_eq!(shown("**（가\u{fe00}）**나"), "<b>（가\u{fe00}）</b>나");
    assert_eq!(shown("漢\u{e0100}**(가)**나"), "漢\u{e0100}<b>(가)</b>나");
    assert_eq!(shown("a**“가”\u{fe01}**b"), "a**“가”\u{fe01}**b");
}

#[test]
fn a_block_whose_events_go_back_stays_as_the_parser_read_it() {
    let body = "**가(나)**다 _[[a|- ![가[。\n~~]]_ `](u)- **가(나)**다";
    let events = parsed(body);
    assert!(events.windows(2).any(|pair| pair[1].1.end < pair[0].1.start), "no longer a case of it");
    assert_eq!(resolve(body, events.clone()), events);
}

#[test]
fn long_runs_and_many_runs_take_linear_time() {
    for unit in [
        "가**(나)",
        "(나)**가",
        "*가(나)**",
        "**가_(나)~~",
        "*a **b(가)",
        "==가(",
        ")==가 ",
        "_a **(가)*_",
        "**[가(](a)",
        "\\**가(",
        "가*(나) /**나 ",
    ] {
        let text = unit.repeat(100_000);
        let events = parsed(&text);
        let start = Instant::now();
        let resolved = resolve(&text, events);
        assert!(start.elapsed().as_secs() < 5, "{unit} took {:?}", start.elapsed());
        assert!(resolved.len() > 2);
    }
    let text = format!("가{}(나){}다", "*".repeat(100_000), "*".repeat(100_000));
    assert_eq!(shown(&text).matches("<b>").count(), 50_000);
}
