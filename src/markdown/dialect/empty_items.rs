//! An item without text inside another, which CommonMark takes for the underline of a heading:
//!
//! ```md
//! - 가
//!   -
//! - 나
//! ```
//!
//! A comment, which nobody sees, makes it the item that it is.

use super::Pass;
use super::lines::lines;

pub fn read(pass: &mut Pass<'_>) {
    let mut under_text = false;
    for line in lines(pass.text) {
        if under_text && !line.code && line.item > 0 && line.indent >= line.item && line.text == "-" {
            pass.edits.replace(line.content + 1, line.end, " <!---->");
        }
        under_text = !line.is_blank() && !line.code;
    }
}
