//! A fenced or indented code block, and what its info string says.

/// A code block as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The language as the writer named it, in lower case; empty when unnamed.
    pub language: String,
    pub title: Option<String>,
    pub code: String,
}

impl Fence {
    /// Reads an info string: `js{1,3-5}`, `java title="A.java"`, `python:main.py`, `{.rust}`.
    pub fn new(info: &str, code: String) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':' | '=')).unwrap_or(info.len());
        let (word, rest) = info.split_at(end);
        let mut language = word.to_lowercase();
        let mut title = attribute(rest, "title").or_else(|| attribute(rest, "filename"));
        if let Some(name) = rest.strip_prefix(':') {
            // `python:main.py`, as Gatsby and Qiita write it.
            let name = name.split_whitespace().next().unwrap_or_default();
            if !name.is_empty() && title.is_none() && !name.starts_with('{') {
                title = Some(name.to_owned());
            }
        }
        if language.is_empty()
            && let Some(class) = rest.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('.'))
        {
            // `{.rust .numberLines}`, as pandoc writes it.
            let end = class.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(class.len());
            language = class[..end].to_lowercase();
        }
        Self { language, title, code }
    }
}

/// The value of `name="…"` or `name='…'` or `name=word`.
fn attribute(text: &str, name: &str) -> Option<String> {
    let at = text.match_indices(name).find_map(|(at, _)| {
        let value = text[at + name.len()..].strip_prefix('=')?;
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric()).then_some(value)
    })?;
    let value = match at.chars().next()? {
        quote @ ('"' | '\'') => at[1..].split(quote).next()?,
        _ => at.split(|c: char| c.is_whitespace() || c == '}').next()?,
    };
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(info: &str) -> (String, Option<String>) {
        let fence = Fence::new(info, String::new());
        (fence.language, fence.title)
    }

    #[test]
    fn language_and_title_in_the_spellings_people_use() {
        assert_eq!(read("yaml"), ("yaml".into(), None));
        assert_eq!(read("js{1,3-5}"), ("js".into(), None));
        assert_eq!(read("Java title=\"A.java\""), ("java".into(), Some("A.java".into())));
        assert_eq!(read("python:main.py"), ("python".into(), Some("main.py".into())));
        assert_eq!(read("{.rust .numberLines}"), ("rust".into(), None));
        assert_eq!(read("c++"), ("c++".into(), None));
        assert_eq!(read("ts title='설정 파일.ts' subtitle=x"), ("ts".into(), Some("설정 파일.ts".into())));
        assert_eq!(read(""), (String::new(), None));
    }
}
