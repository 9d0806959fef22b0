//! Callouts: the types that Obsidian, GitHub, VuePress, Docusaurus and MkDocs know, under all their names.

use crate::language::Language;

/// The class that a type is drawn by, its names, and its title in Korean and English.
type Kind = (&'static str, &'static [&'static str], &'static str, &'static str);

const KINDS: &[Kind] = &[
    ("note", &["note", "seealso"], "참고", "Note"),
    ("abstract", &["abstract", "summary", "tldr"], "요약", "Abstract"),
    ("info", &["info"], "정보", "Info"),
    ("todo", &["todo"], "할 일", "Todo"),
    ("tip", &["tip", "hint"], "도움말", "Tip"),
    ("important", &["important"], "중요", "Important"),
    ("success", &["success", "check", "done"], "성공", "Success"),
    ("question", &["question", "help", "faq"], "질문", "Question"),
    ("warning", &["warning", "attention", "warn"], "경고", "Warning"),
    ("caution", &["caution"], "주의", "Caution"),
    ("failure", &["failure", "fail", "missing"], "실패", "Failure"),
    ("danger", &["danger", "error"], "위험", "Danger"),
    ("bug", &["bug"], "버그", "Bug"),
    ("example", &["example"], "예", "Example"),
    ("quote", &["quote", "cite"], "인용", "Quote"),
    ("details", &["details"], "자세히", "Details"),
];

fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|(_, names, _, _)| names.contains(&name))
}

/// Whether a type, in lower case, is one of them.
pub fn is_known(name: &str) -> bool {
    kind(name).is_some()
}

/// The class that a callout of this type, in lower case, is drawn by. One that nobody knows looks like a note, as in
/// Obsidian.
pub fn class(name: &str) -> &'static str {
    kind(name).map_or("note", |(class, ..)| class)
}

/// The title of a callout that has none of its own. An unknown type is its own title.
pub fn title(name: &str, language: Language) -> String {
    match (kind(name), language) {
        (Some((_, _, korean, _)), Language::Korean) => (*korean).to_owned(),
        (Some((_, _, _, english)), Language::English) => (*english).to_owned(),
        (None, _) => {
            let spaced = name.replace('-', " ");
            let mut chars = spaced.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        }
    }
}

/// What the first line of a quote says, when it makes the quote a callout: `[!tip]- 제목`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening<'a> {
    /// The type as written.
    pub name: &'a str,
    /// Whether it can be folded: `+` open, `-` closed.
    pub fold: Option<bool>,
    /// How many bytes of the line come before the title.
    pub length: usize,
    pub has_title: bool,
}

/// Reads the first line of a quote, without its mark.
pub fn opening(line: &str) -> Option<Opening<'_>> {
    let inside = line.strip_prefix("[!")?;
    let (name, rest) = inside.split_once(']')?;
    // `[!note|right]`: what stands behind the bar is for a style sheet.
    let kind = name.split('|').next().unwrap_or_default().trim();
    if kind.is_empty() || kind.chars().any(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))) {
        return None;
    }
    let fold = match rest.bytes().next() {
        Some(b'+') => Some(true),
        Some(b'-') => Some(false),
        _ => None,
    };
    let rest = rest.get(usize::from(fold.is_some())..)?;
    let title = rest.trim_start();
    Some(Opening { name: kind, fold, length: line.len() - title.len(), has_title: !title.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_quote_is_read() {
        let read = |line| opening(line).map(|o| (o.name, o.fold, o.has_title));
        assert_eq!(read("[!NOTE]"), Some(("NOTE", None, false)));
        assert_eq!(read("[!tip]- 제목"), Some(("tip", Some(false), true)));
        assert_eq!(read("[!faq]+"), Some(("faq", Some(true), false)));
        assert_eq!(read("[!note|right] 제목"), Some(("note", None, true)));
        assert_eq!(read("[!](a)"), None);
        assert_eq!(read("글 [!note]"), None);
    }
}
