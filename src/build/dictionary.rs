//! The site's own `dictionary.csv`: words of its search, a line each (see `seoga_search::vocabulary`).

use std::path::Path;

use seoga_search::Entry;
use seoga_search::vocabulary::{LineFault, LineFaultKind, parse_line};

use super::BuildError;
use crate::diagnostics::{Diagnostic, Position};
use crate::source::decode::decode;
use crate::source::walk::DICTIONARY_NAME;
use crate::text;

/// Reads the dictionary of a site; what cannot be understood of it is told, and the rest is used. Without one, nothing.
///
/// # Errors
/// When there is one that cannot be read.
pub fn read(root: &Path) -> Result<(Vec<Entry>, Vec<Diagnostic>), BuildError> {
    let path = root.join(DICTIONARY_NAME);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((Vec::new(), Vec::new())),
        Err(source) => return Err(BuildError::Config { path, source }),
    };
    let (text, encoding) = decode(bytes, DICTIONARY_NAME);
    Ok(parse(&text, encoding.into_iter().collect()))
}

fn parse(text: &str, mut faults: Vec<Diagnostic>) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut entries = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match parse_line(line) {
            Ok(entry) => entries.extend(entry),
            Err(fault) => faults.push(told(number + 1, line, fault)),
        }
    }
    (entries, faults)
}

fn told(number: usize, line: &str, LineFault { at, kind }: LineFault) -> Diagnostic {
    let column = Position::of(line, at).column;
    let message = match kind {
        LineFaultKind::Empty => text!("쉼표 앞에 낱말이 없습니다", "there is no word before a comma"),
        LineFaultKind::NoWord => text!("글자나 숫자가 하나도 없는 낱말입니다", "a word without a letter or digit"),
        LineFaultKind::Long => text!("96바이트(한글 32자)보다 긴 낱말입니다", "a word longer than 96 bytes"),
        LineFaultKind::Separator => text!("낱말은 쉼표(`,`)로 나눕니다", "words are separated by commas (`,`)"),
        LineFaultKind::Quote => text!("닫는 따옴표가 없습니다", "a quotation mark is not closed"),
    };
    let hint = text!(
        "이 줄은 쓰지 않았습니다. 한 줄에 같은 뜻의 낱말을 적습니다: `로드 밸런서,load balancer,LB`",
        "the line is not used; write words of one meaning on a line: `로드 밸런서,load balancer,LB`"
    );
    Diagnostic::warning("dictionary-line", DICTIONARY_NAME, Position { line: number, column }, message).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn lines_are_entries_and_faults_have_their_place() {
        let (entries, faults) = parse("# 우리 팀\n로드 밸런서,LB\n\n캐시,,cache\n흑두루미\n", Vec::new());
        let lines: Vec<String> = entries.iter().map(Entry::to_line).collect();
        assert_eq!(lines, ["로드 밸런서,LB", "흑두루미"]);
        let told: Vec<String> = faults.iter().map(|fault| fault.to_line(Language::Korean)).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("dictionary.csv:4:4: warning[dictionary-line]"), "{}", told[0]);
    }
}
