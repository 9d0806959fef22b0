//! Pages read as a browser reads them: through an HTML5 tokenizer, entities undone.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A start tag.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// A tag, in the order of the page.
#[derive(Clone, Debug)]
pub enum Tag {
    Start(Element),
    End(String),
}

#[derive(Default)]
struct Reader {
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
    /// The element whose text is no text of the page.
    silent: RefCell<Option<String>>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) if self.silent.borrow().is_none() => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                self.tags.borrow_mut().push(Tag::Start(Element { name: name.clone(), attributes }));
                let raw = match name.as_str() {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    _ => None,
                };
                if let Some(raw) = raw {
                    *self.silent.borrow_mut() = Some(name);
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::TagToken(tag) => {
                if self.silent.borrow().as_deref() == Some(&*tag.name) {
                    *self.silent.borrow_mut() = None;
                }
                self.tags.borrow_mut().push(Tag::End(tag.name.to_string()));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn read(html: &str) -> Reader {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// The start tags, in order.
pub fn elements(html: &str) -> Vec<Element> {
    let started = tags(html).into_iter().filter_map(|tag| match tag {
        Tag::Start(element) => Some(element),
        Tag::End(_) => None,
    });
    started.collect()
}

/// Start and end tags, in order.
pub fn tags(html: &str) -> Vec<Tag> {
    read(html).tags.into_inner()
}

/// The text, white space folded.
pub fn text(html: &str) -> String {
    read(html).text.borrow().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything between the tags of `<main>`.
pub fn main(page: &str) -> &str {
    between(page, "<main", "</main>").unwrap_or_else(|| panic!("no <main> in {page}"))
}

/// What a note itself says: everything in its `<article class="prose">`.
pub fn note_body(page: &str) -> &str {
    between(page, "<article class=\"prose", "</article>").unwrap_or_else(|| panic!("no note in {page}")).trim()
}

/// The inside of the element whose start tag begins with `open`, up to the last `close`.
fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let inside = &html[html.find(open)?..];
    let inside = &inside[inside.find('>')? + 1..];
    Some(&inside[..inside.rfind(close)?])
}

/// Where the links whose text is `text` lead, as written.
pub fn links_called(html: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in html.split("<a ").skip(1) {
        let Some((inside, _)) = piece.split_once("</a>") else { continue };
        let anchor = format!("<a {inside}</a>");
        if self::text(&anchor) == text
            && let Some(href) = elements(&anchor).first().and_then(|a| a.attribute("href"))
        {
            found.push(href.to_owned());
        }
    }
    found
}
