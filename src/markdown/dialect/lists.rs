//! List items as their writer nested them.
//!
//! CommonMark wants a nested item under the first letter of the item above. Writers are content with less (`- 나` one or
//! two columns under `1. 가`, which CommonMark takes for the end of the numbering) or jump further (four columns and
//! more, which it takes for text). Where that is so is [`Line::shift`](super::lines::Line::shift)'s to say; here the
//! lines are moved.

use super::Pass;
use super::lines::lines;

pub fn read(pass: &mut Pass<'_>) {
    for line in lines(pass.text) {
        if line.shift == 0 || line.is_blank() {
            continue;
        }
        let prefix = pass.text.get(line.start..line.content).unwrap_or_default();
        let blanks = line.start + prefix.trim_end_matches([' ', '\t']).len();
        // The first blank behind a quote mark is the mark's.
        let indent = line.indent.saturating_add_signed(line.shift) + usize::from(line.quotes > 0);
        pass.edits.replace(blanks, line.content, &" ".repeat(indent));
    }
}
