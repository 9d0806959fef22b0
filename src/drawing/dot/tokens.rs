//! The characters of DOT → its words and signs, each with its place.

use super::{fault, misread};
use crate::drawing::Fault;
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Id(Id),
    /// `{`, `}`, `[`, `]`, `;`, `,`, `:`, `=`.
    Sign(char),
    /// `->` or `--`.
    Edge {
        is_directed: bool,
    },
    End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    pub text: String,
    pub kind: IdKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// A word or a number.
    Plain,
    Quoted,
    Html,
}

impl Id {
    /// The keyword that it is, if it is one: those know no case, and stand in no quotation marks.
    pub fn keyword(&self) -> Option<&'static str> {
        const KEYWORDS: [&str; 6] = ["strict", "graph", "digraph", "subgraph", "node", "edge"];
        let is_plain = self.kind == IdKind::Plain;
        KEYWORDS.into_iter().find(|keyword| is_plain && keyword.eq_ignore_ascii_case(&self.text))
    }
}

/// Reads one token after the other.
pub struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    /// The next token and the byte at which it begins.
    ///
    /// # Errors
    /// Where something begins that does not end, or a sign that DOT does not know.
    pub fn read(&mut self) -> Result<(Token, usize), Fault> {
        self.skip()?;
        let start = self.at;
        let rest = &self.source[start..];
        let Some(first) = rest.chars().next() else { return Ok((Token::End, self.source.trim_end().len())) };
        let token = match first {
            '{' | '}' | '[' | ']' | ';' | ',' | ':' | '=' => {
                self.at += 1;
                Token::Sign(first)
            }
            '"' => Token::Id(Id { text: self.quoted()?, kind: IdKind::Quoted }),
            '<' => Token::Id(Id { text: self.html()?, kind: IdKind::Html }),
            '-' if rest.starts_with("->") || rest.starts_with("--") => {
                self.at += 2;
                Token::Edge { is_directed: rest.starts_with("->") }
            }
            _ if is_letter(first) => Token::Id(Id { text: self.word(), kind: IdKind::Plain }),
            '0'..='9' | '.' | '-' => Token::Id(Id { text: self.number()?, kind: IdKind::Plain }),
            _ => {
                let message = text!("`{first}` 기호를 읽을 수 없습니다", "`{first}` is no sign of DOT's");
                return Err(Fault { hint: Some(quotes()), ..fault(message, start) });
            }
        };
        Ok((token, start))
    }

    /// Spaces and comments, and lines that begin with `#`, which a preprocessor leaves.
    fn skip(&mut self) -> Result<(), Fault> {
        loop {
            let rest = &self.source[self.at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{FEFF}');
            self.at += rest.len() - trimmed.len();
            let is_line_start = self.source[..self.at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
            if trimmed.starts_with("//") || trimmed.starts_with('#') && is_line_start {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    return Err(fault(text!("주석이 닫히지 않았습니다", "a comment does not end"), self.at));
                };
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    fn word(&mut self) -> String {
        let rest = &self.source[self.at..];
        let end = rest.find(|c: char| !is_letter(c) && !c.is_ascii_digit()).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn number(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let rest = &self.source[start..];
        let digits = |from: usize| rest[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - from);
        let mut end = usize::from(rest.starts_with('-'));
        end += digits(end);
        if rest[end..].starts_with('.') {
            end += 1 + digits(end + 1);
        }
        self.at += end;
        let number = &rest[..end];
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(Fault { hint: Some(quotes()), ..misread(number, start) });
        }
        // dot would take `1단계` for two names, and draw two nodes.
        if rest[end..].starts_with(is_letter) {
            let word = rest.split(|c: char| !is_letter(c) && !c.is_ascii_digit()).next().unwrap_or(number);
            let message = text!(
                "숫자로 시작하는 이름 `{word}`에 따옴표가 없습니다",
                "the name `{word}` begins with a digit and has no quotation marks"
            );
            return Err(Fault { hint: Some(quotes()), ..fault(message, start) });
        }
        Ok(number.to_owned())
    }

    /// Strings, put together by `+`.
    fn quoted(&mut self) -> Result<String, Fault> {
        let mut text = self.string()?;
        loop {
            let end = self.at;
            self.skip()?;
            let more = self.source[self.at..].strip_prefix('+');
            if more.is_none() {
                self.at = end;
                return Ok(text);
            }
            self.at += 1;
            self.skip()?;
            if !self.source[self.at..].starts_with('"') {
                return Err(misread("+", self.at));
            }
            text.push_str(&self.string()?);
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.source[start + 1..].char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at = start + 1 + at + 1;
                    return Ok(text);
                }
                '\\' => match characters.next().map(|(_, next)| next) {
                    Some('"') => text.push('"'),
                    // A line goes on.
                    Some('\n') => {}
                    // What else a backslash says is the label's.
                    Some(next) => text.extend(['\\', next]),
                    None => break,
                },
                _ => text.push(character),
            }
        }
        Err(fault(text!("따옴표가 닫히지 않았습니다", "quotation marks are not closed"), start))
    }

    /// What stands between angle brackets, as it is.
    fn html(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let mut depth = 0usize;
        let mut rest = &self.source[start..];
        while let Some(at) = rest.find(['<', '>']) {
            let here = &rest[at..];
            if here.starts_with("<!--") {
                rest = here.find("-->").map_or("", |end| &here[end + 3..]);
                continue;
            }
            depth = if here.starts_with('<') { depth + 1 } else { depth.saturating_sub(1) };
            rest = &here[1..];
            if depth == 0 {
                self.at = self.source.len() - rest.len();
                return Ok(self.source[start + 1..self.at - 1].to_owned());
            }
        }
        Err(fault(text!("꺾쇠 `<`가 닫히지 않았습니다", "an angle bracket `<` is not closed"), start))
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii() && character != '\u{FEFF}'
}

fn quotes() -> crate::language::Text {
    text!(
        "글자와 숫자, `_`로만 된 이름이 아니면 따옴표로 묶습니다: `\"1단계\"`, `\"api-서버\"`",
        "names of anything but letters, digits and `_` stand in quotation marks: `\"api-server\"`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(source: &str) -> Vec<String> {
        let mut tokens = Tokens::new(source);
        let mut found = Vec::new();
        loop {
            match tokens.read() {
                Ok((Token::End, _)) => return found,
                Ok((Token::Id(id), _)) => found.push(id.text),
                Ok((Token::Sign(sign), _)) => found.push(sign.to_string()),
                Ok((Token::Edge { is_directed }, _)) => found.push(if is_directed { "->" } else { "--" }.to_owned()),
                Err(fault) => {
                    found.push(format!("! {}", fault.at.unwrap()));
                    return found;
                }
            }
        }
    }

    #[test]
    fn words_numbers_and_strings() {
        assert_eq!(all("서버_1->-.5--3.14"), ["서버_1", "->", "-.5", "--", "3.14"]);
        assert_eq!(all(r#""a\"b\n" + /* 더 */ "c""#), ["a\"b\\nc"]);
        assert_eq!(all("\"a\\\nb\""), ["ab"]);
        assert_eq!(all("<<b>가</b> x"), ["! 0"]);
        assert_eq!(all("<<b>가</b>> x"), ["<b>가</b>", "x"]);
    }

    #[test]
    fn comments_are_skipped() {
        assert_eq!(all("# 1 \"x\"\na // b\n/* c\n d */ e\n  # f\ng"), ["a", "e", "g"]);
    }

    #[test]
    fn faults_have_their_places() {
        assert_eq!(all("가 -> \"나"), ["가", "->", "! 7"]);
        assert_eq!(all("가 1단계"), ["가", "! 4"]);
        assert_eq!(all("가 /* 나"), ["가", "! 4"]);
        assert_eq!(all("가 -> $"), ["가", "->", "! 7"]);
        assert_eq!(all("api-서버"), ["api", "! 3"]);
    }
}
