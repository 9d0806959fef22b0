//! The line format of dictionaries.

use crate::analysis::Folded;

/// Words that mean the same: one line of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The first is what the others are explained by; at least one. Words are separated by single spaces.
    pub spellings: Vec<String>,
}

/// What is wrong with a line, and at which byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineFault {
    pub at: usize,
    pub kind: LineFaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFaultKind {
    /// Nothing between two commas, or around them.
    Empty,
    /// Without a letter or digit in it.
    NoWord,
    /// Longer than [`LONGEST_SPELLING`] bytes.
    Long,
    /// Something else stands where a comma would: `;`, `=`, a tab, a comma of full width.
    Separator,
    /// A quotation mark that nothing closes.
    Quote,
}

/// In bytes.
const LONGEST_SPELLING: usize = 96;

/// Reads a line: `None` for an empty one and for a comment, which begins with `#`.
///
/// Words are folded as all text is (NFC, half width). Quotation marks around a word may hold commas, as spreadsheets write
/// them; commas at the end of a line, which they write too, say nothing.
///
/// # Errors
/// The first fault of the line. The caller goes on with the next line.
pub fn parse_line(line: &str) -> Result<Option<Entry>, LineFault> {
    let text = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    if text.trim().is_empty() || text.trim_start().starts_with('#') {
        return Ok(None);
    }
    let mut spellings: Vec<String> = Vec::new();
    let mut at = line.len() - text.len();
    let mut rest = Some(text.trim_end().trim_end_matches([',', ' ']));
    let alone = !text.contains(',');
    while let Some(column) = rest {
        let fault = |kind| LineFault { at, kind };
        let written = column.trim_start();
        let (word, after) = match written.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(fault(LineFaultKind::Quote))?,
            None => written.split_at(written.find(',').unwrap_or(written.len())),
        };
        let sign = word.char_indices().find(|(_, sign)| matches!(sign, ';' | '=' | '\t' | '，' | '、' | '|'));
        if let Some((place, _)) = sign.filter(|_| alone) {
            let at = at + (column.len() - written.len()) + place;
            return Err(LineFault { at, kind: LineFaultKind::Separator });
        }
        let words = Folded::new(word).text().split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Err(fault(LineFaultKind::Empty));
        }
        if !words.contains(char::is_alphanumeric) {
            return Err(fault(LineFaultKind::NoWord));
        }
        if words.len() > LONGEST_SPELLING {
            return Err(fault(LineFaultKind::Long));
        }
        if !spellings.contains(&words) {
            spellings.push(words);
        }
        rest = after.find(',').map(|comma| &after[comma + 1..]);
        at += column.len() - rest.map_or(0, str::len);
    }
    Ok(Some(Entry { spellings }))
}

impl Entry {
    /// The entry as a line.
    pub fn to_line(&self) -> String {
        let quoted = |spelling: &String| {
            if spelling.contains(',') { format!("\"{spelling}\"") } else { spelling.clone() }
        };
        self.spellings.iter().map(quoted).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(line: &str) -> Vec<String> {
        parse_line(line).unwrap().map_or_else(Vec::new, |entry| entry.spellings)
    }

    #[test]
    fn a_line_is_words_that_mean_the_same() {
        assert_eq!(spellings("로드 밸런서, load  balancer ,LB"), ["로드 밸런서", "load balancer", "LB"]);
        assert_eq!(spellings("\u{FEFF}\"쿠버네티스\",k8s\r"), ["쿠버네티스", "k8s"]);
        assert_eq!(spellings("캐시,캐시"), ["캐시"]);
        assert_eq!(spellings("\"따옴표, 든 말\",말"), ["따옴표, 든 말", "말"]);
        assert_eq!(spellings("캐시,cache,,"), ["캐시", "cache"]);
        assert_eq!(spellings("\u{110f}\u{1162}\u{1109}\u{1175},ＡＰＩ"), ["캐시", "API"]);
        assert!(spellings("# 설명").is_empty() && spellings("  ").is_empty());
    }

    #[test]
    fn a_fault_has_its_place() {
        let fault = |line: &str| parse_line(line).unwrap_err();
        assert_eq!(fault("캐시,,cache"), LineFault { at: "캐시,".len(), kind: LineFaultKind::Empty });
        assert_eq!(fault("캐시,--"), LineFault { at: "캐시,".len(), kind: LineFaultKind::NoWord });
        assert_eq!(fault("쿠버네티스;k8s"), LineFault { at: "쿠버네티스".len(), kind: LineFaultKind::Separator });
        assert_eq!(fault("가나, \"다라"), LineFault { at: "가나,".len(), kind: LineFaultKind::Quote });
        assert_eq!(fault(&"가".repeat(40)), LineFault { at: 0, kind: LineFaultKind::Long });
    }
}
