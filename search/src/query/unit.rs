//! What a query asks for, word by word: each with all the forms by which it may be found.

use super::lookup::Lookup;

/// How a form of a word came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The word as typed, without its particle.
    Typed,
    /// The same with other spaces.
    Spaced,
    /// A word that the typed one is the beginning of.
    Prefix,
    /// Another spelling of the same loanword.
    Spelling,
    /// A word that means the same.
    Synonym,
    /// A word of which the initials were typed.
    Initials,
    /// The same keys in the other layout.
    Layout,
    /// The nearest word, a slip away.
    Slip,
}

impl Origin {
    /// Whether a reader would say that the section has what was typed.
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Typed | Self::Spaced)
    }
}

/// One way to find a word: a term, or terms side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Terms with their positions; one, or several that must stand so.
    pub pieces: Vec<(u32, String)>,
    pub weight: f32,
    pub origin: Origin,
    /// The form as a reader would write it.
    pub shown: String,
    /// What was typed for it, where that is not the word itself: several words together, a word with its particle.
    pub stands_for: Option<String>,
    /// The fields that have all of its terms, a bit each; nothing is looked for in the others.
    pub fields: u8,
}

impl Form {
    /// A single term.
    pub fn term(word: &str, weight: f32, origin: Origin) -> Self {
        Self::phrase(vec![(0, word.to_owned())], weight, origin, word)
    }

    /// Terms side by side.
    pub fn phrase(pieces: Vec<(u32, String)>, weight: f32, origin: Origin, shown: &str) -> Self {
        Self { pieces, weight, origin, shown: shown.to_owned(), stands_for: None, fields: 0 }
    }

    /// The same form for something else that was typed.
    pub fn standing_for(self, typed: &str) -> Self {
        Self { stands_for: Some(typed.to_owned()), ..self }
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|(_, word)| word.as_str())
    }
}

/// A word of a query, or a phrase.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unit {
    /// As typed.
    pub text: String,
    /// The word without particle and ending; several where the analysis is in doubt.
    pub wholes: Vec<String>,
    /// Its smallest pieces with their positions in the query.
    pub pieces: Vec<(u32, String)>,
    /// Which of the query's words between spaces it belongs to.
    pub token: usize,
    /// Every section must have it.
    pub required: bool,
    /// It asks rather than names: a verb, 왜, 어떻게. A section need not have it.
    pub is_light: bool,
    pub forms: Vec<Form>,
}

impl Unit {
    /// Whether the index has the word as it was typed, or with other spaces.
    pub fn is_known(&self) -> bool {
        self.forms.iter().any(|form| form.origin.is_typed())
    }

    /// Adds a form unless one with the same terms is there, or the index has not all of its terms in one field.
    pub fn add(&mut self, form: Form, lookup: &Lookup) -> tantivy::Result<()> {
        if self.forms.iter().all(|other| other.pieces != form.pieces) {
            let fields = lookup.fields(form.words())?;
            if fields > 0 {
                self.forms.push(Form { fields, ..form });
            }
        }
        Ok(())
    }
}
