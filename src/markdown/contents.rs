//! Which headings only announce a table of contents.

/// Whether a heading only announces a table of contents (`# 목차`), and so is no title for the note.
pub fn is_heading(title: &str) -> bool {
    matches!(title.trim().to_lowercase().as_str(), "목차" | "차례" | "toc" | "table of contents" | "contents" | "index")
}
