//! Every code that a diagnostic can have, with what it means: the one place that names them all.
//!
//! `seoga check --codes` prints the table, SARIF takes its rules from it, and it says which codes `build` leaves to
//! `check`. A test compares it with what the source uses.

use super::Severity;
use super::Severity::{Error, Note, Warning};

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub name: &'static str,
    /// The worst that it is given with.
    pub severity: Severity,
    /// Nothing in the site changes by it, so that only `check` tells it.
    pub in_check_only: bool,
    /// What it says of a note, in a sentence.
    pub korean: &'static str,
    pub english: &'static str,
}

/// What `build` tells as well.
const fn told(name: &'static str, severity: Severity, korean: &'static str, english: &'static str) -> Code {
    Code { name, severity, in_check_only: false, korean, english }
}

/// What matters to a writer who tidies up.
const fn tidy(name: &'static str, severity: Severity, korean: &'static str, english: &'static str) -> Code {
    Code { name, severity, in_check_only: true, korean, english }
}

/// All codes, by name.
pub const CODES: &[Code] = &[
    told(
        "accidental-heading",
        Warning,
        "문단 바로 아래의 `---` 때문에 그 문단이 제목이 됩니다.",
        "A `---` directly under a paragraph makes a heading of it.",
    ),
    told(
        "address-taken",
        Warning,
        "다른 노트나 쪽이 이미 쓰는 주소입니다.",
        "Another note or page already has this address.",
    ),
    tidy(
        "alias-taken",
        Warning,
        "별칭이 다른 노트의 제목이나 파일 이름이어서, 그 이름의 링크는 다른 노트로 갑니다.",
        "An alias is another note's title or file name, so that links by it lead to that note.",
    ),
    told(
        "ambiguous-link",
        Warning,
        "위키링크의 이름을 가진 노트가 여럿입니다.",
        "A wikilink's name belongs to more than one note.",
    ),
    told(
        "broken-anchor",
        Warning,
        "링크가 가리키는 제목이 그 노트에 없습니다.",
        "A link names a heading that its note does not have.",
    ),
    told(
        "broken-block",
        Warning,
        "링크가 가리키는 블록(`^이름`)이 그 노트에 없습니다.",
        "A link names a block (`^name`) that its note does not have.",
    ),
    told("broken-link", Warning, "링크가 가리키는 노트가 없습니다.", "A link names a note that does not exist."),
    tidy(
        "date-order",
        Warning,
        "고친 날짜가 쓴 날짜보다 앞섭니다.",
        "The note was updated before it was written, by its front matter.",
    ),
    tidy(
        "dead-link",
        Warning,
        "다른 사이트로 가는 링크가 열리지 않습니다(`--external`).",
        "A link to another site cannot be opened (`--external`).",
    ),
    told(
        "diagram",
        Warning,
        "그림의 소스를 읽을 수 없어 소스가 그대로 보입니다.",
        "The source of a diagram cannot be read and is shown as it is.",
    ),
    told(
        "dictionary-line",
        Warning,
        "`dictionary.csv`에 읽을 수 없는 줄이 있습니다.",
        "A line of `dictionary.csv` cannot be understood.",
    ),
    told(
        "drawing-source",
        Warning,
        "그림으로 넣은 파일이 그리는 도구의 소스이고, 내보낸 그림이 곁에 없습니다.",
        "What is shown is a drawing tool's source, and no picture exported from it stands beside it.",
    ),
    tidy("duplicate-title", Warning, "제목이 같은 노트가 또 있습니다.", "Another note has the same title."),
    told("embed-circle", Warning, "노트가 돌고 돌아 자기 자신을 품습니다.", "Notes show themselves in a circle."),
    tidy("empty-note", Note, "노트에 내용이 없습니다.", "The note has no content."),
    told(
        "encoding",
        Error,
        "파일이 UTF-8이 아니거나 깨진 글자가 있습니다.",
        "The file is not UTF-8, or some of its characters are damaged.",
    ),
    told(
        "file-name",
        Warning,
        "파일 이름이 UTF-8이 아니거나 제어 문자가 있습니다.",
        "The file's name is not UTF-8 or has control characters.",
    ),
    told(
        "forbidden-link",
        Warning,
        "`javascript:`처럼 쓸 수 없는 형식의 주소입니다.",
        "An address is of a kind that is not published, such as `javascript:`.",
    ),
    told("frame-linked", Warning, "`<iframe>`을 링크로 바꾸었습니다.", "An `<iframe>` became a link."),
    told(
        "front-matter",
        Warning,
        "front matter를 다 읽지 못했습니다.",
        "Something in the front matter cannot be understood.",
    ),
    tidy("heading-jump", Note, "제목이 한 단계를 건너뜁니다.", "A heading skips a level."),
    told("html-dropped", Warning, "안전하지 않은 HTML을 뺐습니다.", "Unsafe HTML was left out."),
    told(
        "indented-prose",
        Warning,
        "네 칸 들여 쓴 글이 코드로 보입니다.",
        "Prose indented by four columns is shown as code.",
    ),
    told("large-note", Warning, "노트가 매우 큽니다.", "The note is very large."),
    tidy(
        "link-suggestion",
        Note,
        "다른 노트의 이름이 링크 없이 나옵니다. `--suggest-links`일 때만 알립니다.",
        "Another note is named without a link. Told with `--suggest-links` only.",
    ),
    told(
        "maths",
        Warning,
        "수식이 잘못되어 쓴 대로 보이거나, 수식의 이름이 없거나 겹칩니다.",
        "A formula is wrong and shown as it was typed, or the label of one is missing or taken.",
    ),
    told(
        "missing-file",
        Warning,
        "링크나 그림이 가리키는 파일이 없습니다.",
        "A link or picture names a file that does not exist.",
    ),
    told("missing-footnote", Warning, "각주의 내용이 없습니다.", "A footnote has no text."),
    tidy(
        "moved-link",
        Note,
        "다른 사이트로 가는 링크의 주소가 영구히 바뀌었습니다(`--external`).",
        "A link to another site has moved for good (`--external`).",
    ),
    told(
        "name-twin",
        Error,
        "유니코드 표기(NFC, NFD)나 대소문자만 다른 이름이 둘 있습니다.",
        "Two names differ in nothing but their Unicode form (NFC, NFD) or case.",
    ),
    told(
        "not-content",
        Warning,
        "노트가 `templates/`처럼 노트를 두는 곳이 아닌 폴더에 있습니다.",
        "Notes are in a folder that is not for notes, such as `templates/`.",
    ),
    told(
        "not-read",
        Warning,
        "seoga가 읽지 않는 형식의 노트입니다.",
        "The note is in a format that seoga does not read.",
    ),
    told("open-comment", Warning, "주석이 닫히지 않았습니다.", "A comment is never closed."),
    told("open-container", Warning, "`:::` 상자가 닫히지 않았습니다.", "A `:::` container is never closed."),
    told("open-fence", Warning, "코드 블록이 닫히지 않았습니다.", "A code block is never closed."),
    tidy("orphan", Note, "다른 노트에서 이 노트로 오는 링크가 없습니다.", "No other note links to this one."),
    told(
        "private-embed",
        Warning,
        "싣지 않는 노트나 파일을 품어서 그 자리가 빕니다.",
        "A note or file that is not published is shown in the note; its place stays empty.",
    ),
    told(
        "private-leak",
        Error,
        "싣지 않는 노트나 파일의 이름이나 내용이 만든 사이트에 있어서 내보내지 않았습니다.",
        "A name or the bytes of a note or file that is not published is in the finished site, which is kept back.",
    ),
    tidy(
        "private-link",
        Note,
        "싣지 않는 노트나 파일로 가는 링크여서 글자만 보입니다.",
        "A link leads to a note or file that is not published; only its words are shown.",
    ),
    tidy(
        "repeated-item",
        Note,
        "front matter의 목록에 같은 것이 두 번 있습니다.",
        "A list in the front matter has the same item twice.",
    ),
    told(
        "series-order",
        Warning,
        "시리즈의 번호가 겹치거나 빠졌습니다.",
        "Numbers of a series' parts are there twice, or missing.",
    ),
    told("site-config", Error, "`site.yaml`에 잘못이 있습니다.", "A fault in `site.yaml`."),
    told("stray-container-end", Warning, "열린 상자가 없는 `:::`입니다.", "A `:::` closes nothing."),
    told(
        "svg-active",
        Warning,
        "SVG 파일에 있는 스크립트나 바깥 주소를 빼고 싣습니다.",
        "An SVG file is published without its scripts and without what stands elsewhere.",
    ),
    told(
        "svg-broken",
        Warning,
        "SVG 파일을 읽을 수 없어 싣지 않았습니다.",
        "An SVG file cannot be read and is not published.",
    ),
    tidy(
        "svg-font",
        Note,
        "SVG 파일이 다른 사이트의 글꼴을 씁니다.",
        "An SVG file uses fonts that stand on another site.",
    ),
    told("symlink-broken", Warning, "심볼릭 링크가 가리키는 파일이 없습니다.", "A symbolic link leads nowhere."),
    told("symlink-loop", Warning, "심볼릭 링크가 끝없이 돕니다.", "Symbolic links lead in a circle or without end."),
    told(
        "symlink-outside",
        Warning,
        "심볼릭 링크가 노트 폴더 밖을 가리킵니다.",
        "A symbolic link leads out of the content folder.",
    ),
    told("template", Error, "템플릿에 잘못이 있습니다.", "A fault in a template."),
    told("too-deep", Warning, "목록이나 인용, HTML이 너무 깊습니다.", "Lists, quotes or HTML nest too deep."),
    told("too-many-contents", Warning, "한 노트에 차례가 너무 많습니다.", "A note has too many tables of contents."),
    told(
        "unknown-language",
        Warning,
        "코드 블록의 언어를 몰라서 색 없이 보입니다.",
        "A code block's language is unknown, so that it is shown without colours.",
    ),
    told("unknown-shortcode", Warning, "모르는 쇼트코드입니다.", "A shortcode is unknown."),
    told("unreadable", Error, "파일이나 폴더를 읽을 수 없습니다.", "A file or folder cannot be read."),
    tidy("unused-file", Note, "어느 노트도 쓰지 않는 파일입니다.", "No note uses this file."),
    told(
        "unused-pattern",
        Warning,
        "`exclude`나 `private`에 적은 이름이 아무것도 가리키지 않습니다.",
        "A pattern of `exclude` or `private` matches nothing.",
    ),
    told("unused-template", Warning, "쓰이지 않는 템플릿입니다.", "A template is never used."),
];

/// What a code means.
pub fn of(name: &str) -> Option<&'static Code> {
    CODES.binary_search_by(|code| code.name.cmp(name)).ok().and_then(|index| CODES.get(index))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The text of every source file but this.
    fn sources() -> Vec<String> {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files = walkdir::WalkDir::new(src).into_iter().flatten();
        files
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"))
            .filter(|file| !file.path().ends_with("diagnostics/codes.rs"))
            .map(|file| std::fs::read_to_string(file.path()).unwrap())
            .collect()
    }

    /// Codes that are given to whatever makes a diagnostic.
    fn used(source: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for maker in ["warning(", "error(", "note(", "warn(", "warn_in_source(", "report("] {
            for (at, _) in source.match_indices(maker) {
                let rest = source[at + maker.len()..].trim_start();
                let literal = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                found.extend(literal.map(|(code, _)| code).filter(|code| {
                    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                }));
            }
        }
        found
    }

    #[test]
    fn the_table_has_every_code_that_is_used_and_no_other() {
        let sources = sources();
        let used: BTreeSet<&str> = sources.iter().flat_map(|source| used(source)).collect();
        assert!(used.len() > 25, "{used:?}");
        for code in &used {
            assert!(of(code).is_some(), "`{code}` is missing from the table in diagnostics/codes.rs");
        }
        for Code { name, .. } in CODES {
            let literal = format!("\"{name}\"");
            assert!(sources.iter().any(|source| source.contains(&literal)), "nothing gives `{name}`");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(CODES.is_sorted_by(|a, b| a.name < b.name));
    }
}
