//! Tables of contents inside a note: how many, and which headings only announce one.

/// Contents shown in one note. Each repeats all headings, so that a note of nothing but requests would grow with its
/// square.
pub const MOST_LISTS: usize = 3;

/// Whether a heading only announces a table of contents (`# 목차`), and so is no title for the note.
pub fn is_heading(title: &str) -> bool {
    matches!(title.trim().to_lowercase().as_str(), "목차" | "차례" | "toc" | "table of contents" | "contents" | "index")
}
