//! Values that a page carries for its scripts, in a `<script type="application/json">`.

use serde::Serialize;

/// JSON that cannot end the element it stands in: no `<` is left in it.
pub fn for_script(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()).replace('<', "\\u003c")
}

/// Appends a text as JSON that cannot end the element it stands in. Line ends become blanks.
pub fn string_into(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '<' => out.push_str("\\u003c"),
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_ends_the_script() {
        let json = super::for_script(&["</script><script>alert(1)</script>", "<!-- & ]]>", "가\u{2028}\"\\"]);
        assert!(!json.contains('<'), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back[0], "</script><script>alert(1)</script>");
        let text = "</script><!-- \"가\" \\n";
        let mut json = String::new();
        super::string_into(&mut json, text);
        assert!(!json.contains('<'), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
