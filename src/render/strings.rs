//! The words of the interface, from `templates/strings/`, in both languages.
//!
//! Templates are given those of the site's language as `ui`. The search, which is drawn by a script and speaks the language
//! of the page, is given its own in both, in a file that is loaded when somebody searches.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Position};
use crate::language::{Language, Text};

use super::TemplateError;

/// Name → text.
pub type Strings = BTreeMap<String, String>;

/// The file with the words of the search, under `static/`.
pub const FOR_SEARCH: &str = "search-strings.js";

/// The words of a language: the theme's, and in their place those that the site gives, which need not be all.
pub fn of(
    language: Language,
    theme: &[(&str, &[u8])],
    templates: &BTreeMap<String, String>,
) -> Result<Strings, TemplateError> {
    let file = format!("strings/{}.yaml", language.tag());
    let in_theme = theme.iter().find(|(name, _)| *name == file).map(|(_, bytes)| String::from_utf8_lossy(bytes));
    let mut strings = Strings::new();
    for text in in_theme.as_deref().into_iter().chain(templates.get(&file).map(String::as_str)) {
        match serde_yaml::from_str::<Strings>(text) {
            Ok(more) => strings.extend(more),
            Err(error) => {
                let at = error.location();
                let position = at.map_or(Position::START, |at| Position { line: at.line(), column: at.column() });
                let said = error.to_string();
                let message = Text::new(said.clone(), said);
                let fault = Diagnostic::error("template", format!("templates/{file}"), position, message);
                return Err(TemplateError::Faults(vec![fault]));
            }
        }
    }
    Ok(strings)
}

/// The script that says what the search says: the words whose names begin with `search_`, by language, and which language
/// is the site's.
pub fn for_search(site: Language, spoken: &BTreeMap<&str, Strings>) -> Vec<u8> {
    let words = |strings: &Strings| -> serde_json::Map<String, serde_json::Value> {
        let own = strings.iter().filter(|(name, _)| name.starts_with("search_"));
        own.map(|(name, text)| (name.clone(), text.as_str().into())).collect()
    };
    let mut all = serde_json::Map::new();
    all.insert("site".to_owned(), site.tag().into());
    for (language, strings) in spoken {
        all.insert((*language).to_owned(), words(strings).into());
    }
    format!("window.seogaSearch.strings = {};\n", serde_json::Value::from(all)).into_bytes()
}
