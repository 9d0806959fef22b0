//! How deep a note may nest.
//!
//! Ten thousand `>` in a row are legal Markdown, and a page of ten thousand `<blockquote>` brings a browser to its
//! knees (Chromium stops nesting at 512 anyway). Containers past [`DEEPEST`] keep their content and lose their own
//! element.

/// Containers (quotes, lists, list items) open at once before further ones are flattened.
pub const DEEPEST: usize = 100;

/// Which of the open containers have an element in the page.
#[derive(Debug, Default)]
pub struct Nesting {
    depth: usize,
}

impl Nesting {
    /// Opens a container; `true` when it may have its element.
    pub fn open(&mut self) -> bool {
        self.depth += 1;
        self.depth <= DEEPEST
    }

    /// Closes the innermost container; `true` when it had its element.
    pub fn close(&mut self) -> bool {
        let shown = self.depth <= DEEPEST;
        self.depth = self.depth.saturating_sub(1);
        shown
    }

    /// How many containers are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The first container that is flattened, when the last one opened is it.
    pub fn just_too_deep(&self) -> bool {
        self.depth == DEEPEST + 1
    }
}
