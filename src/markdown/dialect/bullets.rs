//! `▶ • ■ ※ →` as bullets: each begins a line, on screen as in the note.
//!
//! Editors and word processors have them; Markdown makes one paragraph of such lines. They stay what they are, but the
//! line before each of them is broken.

use super::Pass;
use super::lines::lines;

/// What a line begins with that is an item of its own; no sentence goes on with one of these.
pub const BULLETS: &[&str] = &[
    "▶", "▷", "►", "▸", "•", "●", "○", "◦", "■", "□", "▪", "▫", "◆", "◇", "▣", "※", "→", "⇒", "➔", "➜", "➡", "☞", "✓",
    "✔", "✅", "·", "ㆍ", "・", "‣", "⁃", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮",
];

pub fn read(pass: &mut Pass<'_>) {
    let mut before = None;
    for line in lines(pass.text) {
        let paragraph = !line.code && !line.is_blank();
        if let Some(end) = before
            && paragraph
            && line.marker.is_none()
            && BULLETS.iter().any(|bullet| line.text.starts_with(bullet))
        {
            // Two blanks at the end of a line break it, and mean nothing where it is no paragraph's.
            pass.edits.replace(end, end, "  ");
        }
        before = (paragraph && !line.text.ends_with('\\')).then_some(line.end);
    }
}
