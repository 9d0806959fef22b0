//! The ways people ask for a table of contents inside a note.

/// Contents shown in one note. Each repeats all headings, so that a note of nothing but requests would grow with its
/// square.
pub const MOST_LISTS: usize = 3;

/// Whether a paragraph's source is nothing but a request for a table of contents.
pub fn is_request(paragraph: &str) -> bool {
    let text = paragraph.trim();
    // The longest spelling is `[[_TOC_]]`; a long paragraph need not be lower-cased to know.
    text.len() <= 16
        && matches!(
            text.to_ascii_lowercase().as_str(),
            "[[toc]]" | "[toc]" | "[[_toc_]]" | "${toc}" | "{:toc}" | "{toc}"
        )
}

/// Whether a heading only announces a table of contents (`# 목차`), and so is no title for the note.
pub fn is_heading(title: &str) -> bool {
    matches!(title.trim().to_lowercase().as_str(), "목차" | "차례" | "toc" | "table of contents" | "contents" | "index")
}
