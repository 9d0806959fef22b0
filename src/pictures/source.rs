//! The bytes of an SVG file → its text and its tree, within bounds.

use std::borrow::Cow;

use encoding_rs::Encoding;
use roxmltree::{Document, ParsingOptions};

use super::{SVG, Unreadable};
use crate::diagnostics::Position;
use crate::language::Text;
use crate::text;

/// A larger file is no drawing that anybody opens.
pub const LARGEST: usize = 32 << 20;
/// Elements and texts.
const MOST_NODES: u32 = 1_000_000;
/// What reads the tree goes down by calling itself.
const DEEPEST: usize = 256;
/// What entities may come to: those that editors declare are a few addresses.
const LONGEST_ENTITIES: usize = 1 << 20;

fn unreadable(message: Text) -> Unreadable {
    Unreadable { message, position: Position::START }
}

/// The text, decoded as a browser would: by its byte order mark, else by what its first line says, else as UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(unreadable(text!("SVG 파일이 32 MB보다 큽니다", "the SVG file is larger than 32 MB")));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => {
            let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| declared(bytes));
            let (text, _, had_errors) = encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes);
            if had_errors {
                return Err(unreadable(text!(
                    "SVG 파일의 글자를 읽을 수 없습니다(UTF-8이 아닙니다)",
                    "the characters of the SVG file cannot be read (they are not UTF-8)"
                )));
            }
            text
        }
    };
    Ok(text.into_owned())
}

/// The encoding that `<?xml … encoding="EUC-KR"?>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..200).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head).into_owned();
    let (_, rest) = head.strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value.get(1..)?.split(quote).next()?.as_bytes())
}

/// The tree.
pub fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    if entities(text).is_none_or(|length| length > LONGEST_ENTITIES) {
        return Err(unreadable(text!(
            "SVG 파일의 `<!ENTITY>`가 너무 크게 불어납니다",
            "the `<!ENTITY>` declarations of the SVG file grow too large"
        )));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let position = Position { line: place.row as usize, column: place.col as usize };
        Unreadable {
            message: text!("SVG 파일이 올바른 XML이 아닙니다: {error}", "the SVG file is not well-formed XML: {error}"),
            position,
        }
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace().is_some_and(|namespace| namespace != SVG) {
        return Err(unreadable(text!("파일에 `<svg>`가 없습니다", "there is no `<svg>` in the file")));
    }
    if is_too_deep(&document) {
        return Err(unreadable(text!(
            "SVG 요소가 {DEEPEST}단계보다 깊습니다",
            "elements of the SVG file nest more than {DEEPEST} levels deep"
        )));
    }
    Ok(document)
}

fn is_too_deep(document: &Document<'_>) -> bool {
    let mut node = document.root_element();
    let mut depth = 0;
    loop {
        if depth > DEEPEST {
            return true;
        }
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling().filter(|_| depth > 0) {
                node = next;
                break;
            }
            match node.parent().filter(|_| depth > 0) {
                Some(parent) => node = parent,
                None => return false,
            }
            depth -= 1;
        }
    }
}

/// At most how many bytes the entities of a text come to where it names them; `None` where they name each other, which no
/// editor writes and which grows without end.
fn entities(text: &str) -> Option<usize> {
    let mut longest = 0;
    let mut rest = text;
    while let Some((_, declaration)) = rest.split_once("<!ENTITY") {
        let opens = declaration.find(['"', '\'', '>'])?;
        let quote = declaration.get(opens..)?.chars().next()?;
        rest = declaration.get(opens + 1..)?;
        if quote == '>' {
            continue;
        }
        let (value, after) = rest.split_once(quote)?;
        if value.split('&').skip(1).any(|reference| !reference.starts_with('#')) || value.contains('%') {
            return None;
        }
        longest = longest.max(value.len());
        rest = after;
    }
    if longest == 0 {
        return Some(0);
    }
    Some(memchr::memchr_iter(b'&', text.as_bytes()).count().saturating_mul(longest))
}
