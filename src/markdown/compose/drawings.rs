//! Diagrams: fences that become pictures, whose words are read and whose links lead somewhere.

use super::Composer;
use crate::diagnostics::Diagnostic;
use crate::drawing::{Drawing, Fault, Tool};
use crate::markdown::{Fence, Hole, ReferenceKind};

impl Composer<'_> {
    /// A fence of a drawing tool; `offset` is where it begins. What cannot be drawn is shown as it was written.
    pub(super) fn drawing(&mut self, tool: Tool, fence: Fence, offset: usize) {
        let drawn = self.options.drawings.draw(tool, &fence.code);
        match &*drawn {
            Ok(drawing) => {
                let references = self.drawn_links(drawing, offset);
                let said = drawing.title.iter().chain(&drawing.description).chain(&drawing.labels);
                for words in said {
                    self.plain_code(words);
                    self.end_of_block();
                }
                self.skip_glosses();
                for remark in &drawing.remarks {
                    self.warn_of_drawing(remark, &fence, offset);
                }
                self.hole(Hole::Drawing { drawn: drawn.clone(), references, fence });
            }
            Err(fault) => {
                self.warn_of_drawing(fault, &fence, offset);
                self.plain_code(&fence.code);
                self.skip_glosses();
                self.end_of_block();
                self.hole(Hole::Code(fence));
            }
        }
    }

    fn drawn_links(&mut self, drawing: &Drawing, offset: usize) -> Vec<usize> {
        let text = self.input.text;
        let from = self.in_file(&(offset..offset)).start;
        let place = |target: &str| {
            let start = text.get(from..).and_then(|rest| rest.find(target)).map_or(from, |at| from + at);
            start..text.floor_char_boundary(start + target.len())
        };
        let link = |link: &crate::drawing::DrawnLink| {
            let kind = if link.is_wikilink { ReferenceKind::Wikilink } else { ReferenceKind::Link };
            self.reference(kind, link.target.clone(), place(&link.target))
        };
        drawing.links.iter().map(link).collect()
    }

    fn warn_of_drawing(&mut self, fault: &Fault, fence: &Fence, offset: usize) {
        let offset = fault.at.map_or(offset, |at| self.in_fence(fence, offset, at));
        let position = self.positions.of(self.input.body_start + self.prepared.offset(offset));
        let mut diagnostic = Diagnostic::warning("diagram", self.input.path, position, fault.message.clone());
        if let Some(hint) = &fault.hint {
            diagnostic = diagnostic.with_hint(hint.clone());
        }
        self.document.diagnostics.push(diagnostic);
    }

    /// Where in the prepared text a byte of the code stands, of a fence that begins at `offset`: quotes and lists put
    /// something before each line.
    fn in_fence(&self, fence: &Fence, offset: usize, at: usize) -> usize {
        let before = fence.code.get(..at).unwrap_or(&fence.code);
        let number = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = self.body.get(offset..).unwrap_or_default().split_inclusive('\n');
        let start = offset + lines.clone().take(number + 1).map(str::len).sum::<usize>();
        let written = lines.nth(number + 1).unwrap_or_default();
        let code = fence.code.split('\n').nth(number).unwrap_or_default();
        let inset = written.find(code.trim_end()).unwrap_or_default();
        start + (inset + column).min(written.trim_end().len())
    }
}
