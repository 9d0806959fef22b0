//! Values that a page carries for its scripts, in a `data-` attribute of the element that loads the script: nothing stands
//! in a page that could be taken for a program.

use serde::Serialize;

/// JSON that can stand in an attribute's single quotes: no `<`, `&` or `'` is left in it.
pub fn for_attribute(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    json.replace('&', "\\u0026").replace('\'', "\\u0027").replace('<', "\\u003c")
}

/// Appends a text as such JSON. Line ends become blanks.
pub fn string_into(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' => out.push_str("\\u003c"),
            '&' => out.push_str("\\u0026"),
            '\'' => out.push_str("\\u0027"),
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_attribute_or_is_read_as_html() {
        let text = "</script>' onload='alert(1)' &quot; <!-- \"가\" \\n";
        let mut json = String::new();
        string_into(&mut json, text);
        for json in [json, for_attribute(&text)] {
            assert!(!json.contains(['<', '&', '\'']), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
