//! What a template is given, by name.
//!
//! A thin wall around the engine's own context, so that a test can see which template is given what, and of which type:
//! `templates/README.md` is made from that.

use serde::Serialize;
use tera::Context;

/// The variables of one page.
#[derive(Default)]
pub struct Variables {
    context: Context,
    /// Name and type of each.
    #[cfg(test)]
    types: Vec<(&'static str, &'static str)>,
}

impl Variables {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn insert<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        #[cfg(test)]
        self.types.push((name, std::any::type_name::<T>()));
        self.context.insert(name, value);
    }

    /// As the engine takes them, for this template.
    pub fn for_template(&self, template: &str) -> &Context {
        #[cfg(test)]
        super::reference::given(template, &self.types);
        #[cfg(not(test))]
        let _ = template;
        &self.context
    }
}
