//! Blocks that are what CommonMark says and hardly what their writer meant. They are shown as CommonMark says; a warning
//! tells how to write what was meant.

use std::ops::Range;

use super::Composer;
use crate::{syntaxes, text};

/// Characters of the longest underlined heading that nobody is asked about.
const LONGEST_HEADING: usize = 40;
/// Hangul syllables that an indented block must have to be asked about: fewer are a remark in code.
const FEWEST_SYLLABLES: usize = 10;

impl Composer<'_> {
    /// `---` directly under a sentence or a picture, which makes it a heading.
    pub(super) fn doubt_underlined_heading(&mut self, span: &Range<usize>) {
        let source = self.body.get(span.clone()).unwrap_or_default().trim_end();
        let Some((title, underline)) = source.rsplit_once('\n') else { return };
        let underline = underline.trim_matches([' ', '\t', '>', '\r']);
        if source.starts_with('#') || underline.is_empty() || !underline.bytes().all(|byte| byte == b'-') {
            return;
        }
        let title = title.trim();
        let picture = (title.starts_with("![") && title.ends_with([')', ']'])) || title.starts_with("<img");
        let sentence = title.ends_with(['.', '!', '?', '。', '…']);
        if picture || sentence || title.contains('\n') || title.chars().count() > LONGEST_HEADING {
            let offset = span.start + source.len() - underline.len();
            self.warn(
                "accidental-heading",
                offset,
                text!(
                    "이 `---` 때문에 바로 위의 글이 제목이 됩니다; 가로줄이라면 그 위에 빈 줄을 넣어야 합니다",
                    "this `---` makes a heading of what stands above it; for a rule, put a blank line before it"
                ),
            );
        }
    }

    /// A fence that nothing closes.
    pub(super) fn doubt_open_fence(&mut self, span: &Range<usize>) {
        let source = self.body.get(span.clone()).unwrap_or_default();
        let Some(mark) = source.chars().next() else { return };
        let length = source.chars().take_while(|c| *c == mark).count();
        let last = source.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
        if last.chars().count() < length || !last.chars().all(|c| c == mark) {
            self.warn(
                "open-fence",
                span.start,
                text!(
                    "여기서 연 코드 블록이 닫히지 않아 그 뒤가 모두 코드로 보입니다",
                    "the code block that opens here is never closed, so what follows it is shown as code"
                ),
            );
        }
    }

    /// A fence's word that names no language: most often a slip, which leaves the code without colours.
    pub(super) fn doubt_language(&mut self, language: &str, start: usize) {
        if syntaxes::is_known(language) || !self.unknown_languages.insert(language.to_owned()) {
            return;
        }
        let line = self.body.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let place = line.to_lowercase().find(language).unwrap_or_default();
        self.warn(
            "unknown-language",
            start + place,
            text!(
                "`{language}`: 모르는 언어여서 코드가 색 없이 보입니다",
                "`{language}` is no known language, so that the code is shown without colours"
            ),
        );
        if let Some(told) = self.document.diagnostics.last_mut() {
            told.hint = Some(match syntaxes::nearest(language) {
                Some(nearest) => text!("혹시 `{nearest}`?", "did you mean `{nearest}`?"),
                None => text!("색이 없어도 되면 `text`라고 적으세요", "write `text` where no colours are wanted"),
            });
        }
    }

    /// Korean sentences that are code only because they are indented.
    pub(super) fn doubt_indented_prose(&mut self, code: &str, offset: usize) {
        let syllables = code.chars().filter(|c| matches!(c, '가'..='힣')).count();
        let letters = code.chars().filter(|c| !c.is_whitespace()).count();
        if syllables >= FEWEST_SYLLABLES && syllables * 10 >= letters * 6 && code.split_whitespace().nth(2).is_some() {
            self.warn(
                "indented-prose",
                offset,
                text!(
                    "네 칸 들여 쓴 글이라 코드로 보입니다; 글이라면 들여쓰기를 없애야 합니다",
                    "shown as code because it is indented by four columns; for text, remove the indentation"
                ),
            );
        }
    }
}
