//! Notes made by a fuzzer, parsed: no panic, no hang, no page out of proportion, nothing that leads outside the note.
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run markdown -- -max_total_time=3600 -timeout=10 -max_len=4096
//! ```
//!
//! The first byte chooses the site's options.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seoga::language::Language;
use seoga::markdown::{Input, Options, next_hole, parse};

/// Bytes of HTML that one byte of a note may become (`[toc]` aside, which is a hole), and what any note may cost.
const GROWTH: usize = 200;
const SMALLEST: usize = 20_000;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    // The source room takes control characters out before the markdown room sees a note.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect();
    let options = Options {
        language: if choice & 1 == 0 { Language::Korean } else { Language::English },
        breaks: choice & 2 != 0,
        unsafe_html: choice & 4 != 0,
        ..Options::default()
    };
    let title = (choice & 8 != 0).then_some("제목");
    let document = parse(Input { text: &text, body_start: 0, path: "노트.md", title, cover: None, extra: None }, &options);

    assert!(document.body.html.len() <= text.len() * GROWTH + SMALLEST, "{} bytes", document.body.html.len());
    let mut rest = document.body.html.as_str();
    while let Some((before, number, after)) = next_hole(rest) {
        // The cleaner may have rewritten one inside an attribute that the writer left open; then it is no hole, and
        // no more than itself is left out.
        let length = rest.len() - before.len() - after.len();
        assert!(number < document.body.holes.len() || (number == usize::MAX && length < 30), "{number}, {length} bytes");
        rest = after;
    }
    for reference in &document.references {
        assert!(text.get(reference.span.clone()).is_some(), "{reference:?}");
    }
    for heading in &document.headings {
        let _ = document.part(&heading.id);
    }
});
