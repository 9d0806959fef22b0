//! List items as their writer nested them.
//!
//! CommonMark wants a nested item under the first letter of the item above. Writers are content with less (`- 나` one or
//! two columns under `1. 가`, which CommonMark takes for the end of the numbering) or jump further (four columns and
//! more, which it takes for text). Where that is so is [`Line::shift`](super::lines::Line::shift)'s to say; here the
//! lines are moved.

use super::Pass;
use super::lines::lines_as_meant;

pub fn read(pass: &mut Pass<'_>) {
    for line in lines_as_meant(pass.text) {
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

#[cfg(test)]
mod tests {
    use super::super::prepare;
    use crate::markdown::dialect::lines::{lines, lines_as_meant};

    #[test]
    fn what_was_meant_for_an_item_is_one_where_it_was_moved() {
        let pieces = [
            "- 가\n",
            " - 나\n",
            "  1. 다\n",
            "        - 라\n",
            "\t- 마\n",
            "\t\t* 바\n",
            "글\n",
            "\n",
            "    글\n",
            "> - 사\n",
            ">  1. 아\n",
            "   ```\n",
            "1. 자\n",
            "   2. 차\n",
            "10) 카\n",
        ];
        let mut random = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..7 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[usize::try_from(random >> 33).unwrap() % pieces.len()]);
            }
            let prepared = prepare(&text);
            for (meant, read) in lines_as_meant(&text).zip(lines(&prepared.text)) {
                let moved = meant.marker.is_some() && meant.shift != 0;
                assert!(!moved || read.marker.is_some(), "{text}\n→\n{}\n{meant:?}\n{read:?}", prepared.text);
            }
        }
    }
}
