//! Bytes → text that the rest of seoga can trust.
//!
//! Notes are UTF-8 today, CP949 when they are old, UTF-16 when Notepad saved them. Out comes a string without a byte
//! order mark, with `\n` for every line end, and without control characters: the renderer marks places with U+0002 and
//! U+0003 and must never meet them in a note. Lines and columns stay what the writer's editor shows, so a control
//! character is exchanged for one other character, not dropped: for a space at the border of words, and inside a word
//! (an input method sometimes leaves U+0008 between syllables) for the zero-width space, which breaks no word.
//!
//! A clean note, which almost every note is, is checked in place and not copied. The text is not brought to NFC here,
//! because that would move the spans.

use encoding_rs::{EUC_KR, UTF_16BE, UTF_16LE};

use crate::diagnostics::{Diagnostic, Position};
use crate::text;

/// Decodes a note. The path is for the diagnostic.
pub fn decode(bytes: Vec<u8>, path: &str) -> (String, Option<Diagnostic>) {
    let (text, diagnostic) = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf_16(UTF_16LE, rest, path),
        [0xFE, 0xFF, rest @ ..] => utf_16(UTF_16BE, rest, path),
        _ => utf_8(bytes, path),
    };
    (cleaned(text), diagnostic)
}

fn utf_8(mut bytes: Vec<u8>, path: &str) -> (String, Option<Diagnostic>) {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => other_than_utf_8(error.as_bytes(), path),
    }
}

fn utf_16(encoding: &'static encoding_rs::Encoding, bytes: &[u8], path: &str) -> (String, Option<Diagnostic>) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let diagnostic = broken.then(|| {
        let at = Position::of(&text, text.find('\u{fffd}').unwrap_or(0));
        Diagnostic::error(
            "encoding",
            path,
            at,
            text!(
                "UTF-16 파일에 읽을 수 없는 글자가 있어 `\u{fffd}`로 바꾸었습니다",
                "this UTF-16 file has characters that cannot be read; they became `\u{fffd}`"
            ),
        )
        .with_hint(text!("편집기에서 UTF-8로 다시 저장하세요", "save it again as UTF-8 in an editor"))
    });
    (text.into_owned(), diagnostic)
}

/// CP949 where that is the better explanation, else UTF-8 with some bytes broken.
fn other_than_utf_8(bytes: &[u8], path: &str) -> (String, Option<Diagnostic>) {
    if !is_damaged_utf_8(bytes)
        && let Some(text) = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes)
        && text.contains(|c| matches!(c, '가'..='힣'))
    {
        let warning = Diagnostic::warning(
            "encoding",
            path,
            Position::START,
            text!(
                "UTF-8이 아니어서 CP949(EUC-KR)로 읽었습니다",
                "this file is not UTF-8; it was read as CP949 (EUC-KR)"
            ),
        )
        .with_hint(text!("편집기에서 UTF-8로 다시 저장하세요", "save it again as UTF-8 in an editor"));
        return (text.into_owned(), Some(warning));
    }
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    // The bad byte stands right after the text before it, in whose last line it is.
    let position = Position::of(&valid.replace("\r\n", "\n").replace('\r', "\n"), usize::MAX);
    let bad = bytes.get(valid.len()).copied().unwrap_or_default();
    let error = Diagnostic::error(
        "encoding",
        path,
        position,
        text!(
            "UTF-8이 아닌 바이트(0x{bad:02X})가 있어 `\u{fffd}`로 바꾸었습니다",
            "a byte that is not UTF-8 (0x{bad:02X}) became `\u{fffd}`"
        ),
    )
    .with_hint(text!(
        "파일이 깨졌거나 다른 인코딩입니다. 편집기에서 UTF-8로 다시 저장하세요",
        "the file is damaged or in another encoding; save it again as UTF-8 in an editor"
    ));
    (String::from_utf8_lossy(bytes).into_owned(), Some(error))
}

/// Whether most of what is not ASCII is sound UTF-8. CP949 text forms sound sequences only by accident, about one
/// character in ten, so a few bad bytes among many good characters are damage, not another encoding.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

fn cleaned(text: String) -> String {
    let dirty = text.bytes().fold(false, |dirty, b| dirty | is_unwanted(b))
        || memchr::memmem::find(text.as_bytes(), "\u{feff}".as_bytes()).is_some();
    if !dirty {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            '\u{feff}' | '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' => {
                let inside_a_word = !matches!(c, '\u{b}' | '\u{c}')
                    && clean.chars().next_back().is_some_and(|before| !before.is_whitespace())
                    && chars.peek().is_some_and(|after| !after.is_whitespace());
                clean.push(if inside_a_word { '\u{200b}' } else { ' ' });
            }
            _ => clean.push(c),
        }
    }
    clean
}

fn is_unwanted(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Severity;

    fn text_of(bytes: &[u8]) -> String {
        let (text, diagnostic) = decode(bytes.to_vec(), "메모.md");
        assert_eq!(diagnostic, None);
        text
    }

    #[test]
    fn clean_text_is_not_copied() {
        let bytes = "# 제목\n\n본문\t끝\n".as_bytes().to_vec();
        let address = bytes.as_ptr();
        let (text, _) = decode(bytes, "메모.md");
        assert_eq!(text.as_ptr(), address);
    }

    #[test]
    fn marks_and_line_ends() {
        assert_eq!(text_of("\u{feff}# 제목\r\n본문\r끝\n".as_bytes()), "# 제목\n본문\n끝\n");
        assert_eq!(text_of(b"\r\r\n\n"), "\n\n\n");
    }

    #[test]
    fn control_characters_keep_their_column() {
        assert_eq!(text_of("스\u{8}레드 \u{2}는\u{3} 끝\u{c}\n".as_bytes()), "스\u{200b}레드  는  끝 \n");
        assert_eq!(text_of("앞\n\u{feff}# 제목\n".as_bytes()), "앞\n # 제목\n", "a heading stays one");
        assert_eq!(text_of(b"a\0b"), "a\u{200b}b");
        for control in (0..0x20_u8).filter(|b| ![9, 10, 13].contains(b)) {
            let text = text_of(&[b'a', control, b'b', control]);
            assert!(!text.bytes().any(is_unwanted) && text.chars().count() == 4, "{control}");
        }
    }

    #[test]
    fn utf_16_from_notepad() {
        let bytes: Vec<u8> = "\u{feff}한글\r\n메모".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&bytes), "한글\n메모");
        let bytes: Vec<u8> = "\u{feff}한글".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&bytes), "한글");
        let (text, diagnostic) = decode(vec![0xFF, 0xFE, b'a', 0, 0x00, 0xD8, b'b', 0], "메모.md");
        assert_eq!(text, "a\u{fffd}b");
        assert_eq!(diagnostic.map(|d| d.position.column), Some(2));
    }

    #[test]
    fn old_notes_in_cp949() {
        for note in ["# 네트워크 정리\n\n스레드를 나눈다.\n", "똠방각하와 펲시콜라\n"] {
            let (bytes, _, _) = EUC_KR.encode(note);
            let (text, diagnostic) = decode(bytes.into_owned(), "메모.md");
            assert_eq!(text, note);
            let diagnostic = diagnostic.unwrap();
            assert_eq!((diagnostic.code, diagnostic.severity), ("encoding", Severity::Warning));
        }
    }

    #[test]
    fn a_damaged_byte_is_reported_where_it_is() {
        let mut bytes = "첫째 줄\r\n둘째 ".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend("줄은 깨졌다".as_bytes());
        let (text, diagnostic) = decode(bytes, "메모.md");
        assert_eq!(text, "첫째 줄\n둘째 \u{fffd}줄은 깨졌다");
        let diagnostic = diagnostic.unwrap();
        assert_eq!((diagnostic.position.line, diagnostic.position.column), (2, 4));
        assert_eq!(diagnostic.severity, Severity::Error);
    }

    #[test]
    fn cut_in_the_middle_of_a_character() {
        let bytes = "가나다라".as_bytes();
        let (text, diagnostic) = decode(bytes[..bytes.len() - 1].to_vec(), "메모.md");
        assert_eq!(text, "가나다\u{fffd}");
        assert!(diagnostic.is_some());
    }
}
