//! HTML's entities in the labels of tools that are not HTML.

use pulldown_cmark::{Event, Parser};

/// What the entity that a text begins with stands for, and its length.
pub fn entity(text: &str) -> Option<(String, usize)> {
    let length = text.bytes().take(40).position(|byte| byte == b';')? + 1;
    let written = text.get(..length)?;
    // Markdown knows all of HTML's.
    let shown: String = Parser::new(written)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    (shown != written && !shown.is_empty() && !shown.contains(char::is_control)).then_some((shown, length))
}

/// A text with what its entities stand for.
#[cfg(feature = "dot")]
pub fn undone(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match entity(&rest[before.len()..]) {
            Some((shown, length)) => {
                out.push_str(&shown);
                &rest[before.len() + length..]
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out + rest
}
