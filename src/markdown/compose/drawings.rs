//! Diagrams: fences that become pictures, whose words are read and whose links lead somewhere.

use super::Composer;
use crate::diagnostics::Diagnostic;
use crate::drawing::{Drawing, DrawnLink, Fault, Tool};
use crate::markdown::{Fence, Hole, ReferenceKind};

impl Composer<'_> {
    /// A fence of a drawing tool; `offset` is where it begins. What cannot be drawn is shown as it was written.
    pub(super) fn drawing(&mut self, tool: Tool, fence: Fence, offset: usize) {
        let drawn = self.options.drawings.draw(tool, &fence.code);
        match &*drawn {
            Ok(drawing) => {
                let references = self.words_and_links(drawing, &fence, offset);
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

    /// The words of a drawing, and its links where their words are.
    fn words_and_links(&mut self, drawing: &Drawing, fence: &Fence, offset: usize) -> Vec<usize> {
        let words: Vec<Option<String>> = (0..drawing.links.len()).map(|link| drawing.words_of(link)).collect();
        let mut references = vec![None; drawing.links.len()];
        for label in drawing.title.iter().chain(&drawing.description).chain(&drawing.labels) {
            let is_here = |link: &usize| words.get(*link).is_some_and(|words| words.as_ref() == Some(label));
            let links = drawing.links.iter().enumerate().zip(&mut references);
            let here = links.filter(|((number, _), reference)| reference.is_none() && is_here(number)).last();
            if let Some(((_, link), reference)) = here {
                *reference = Some(self.drawn_link(link, fence, offset));
                self.start_link_text();
                self.plain_code(label);
                self.end_link_text();
            } else {
                self.plain_code(label);
            }
            self.end_of_block();
        }
        let links = drawing.links.iter().zip(references);
        links.map(|(link, reference)| reference.unwrap_or_else(|| self.drawn_link(link, fence, offset))).collect()
    }

    fn drawn_link(&mut self, link: &DrawnLink, fence: &Fence, offset: usize) -> usize {
        let kind = if link.is_wikilink { ReferenceKind::Wikilink } else { ReferenceKind::Link };
        let at = link.at.or_else(|| fence.code.find(&link.target));
        let begins = at.map_or(offset, |at| self.in_fence(fence, offset, at));
        let start = self.in_file(&(begins..begins)).start;
        let is_there = self.input.text.get(start..).is_some_and(|rest| rest.starts_with(&link.target));
        let span = start..if is_there { start + link.target.len() } else { start };
        self.reference(kind, link.target.clone(), span)
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
