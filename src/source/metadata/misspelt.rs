//! Keys of front matter that are a known key but for a slip of the finger.
//!
//! Every other key is the writer's own and nobody's business: `data`, `dates` and `height` are no `date` and no
//! `weight`. So only one slip counts, and only of a kind that makes a word into none: two letters changed places, one
//! is missing or doubled inside, or another one stands in a long word. Around what keeps a note off the site, where a
//! mistake cannot be taken back, every slip counts when the value is a yes or no.

use serde_json::Value;

use super::{folded, guards_privacy, is_flag, is_known};
use crate::nearest::{Slip, one_slip};

/// Known keys, as one would write them.
const SPELT: &[&str] = &[
    "draft",
    "private",
    "publish",
    "published",
    "public",
    "title",
    "date",
    "created",
    "updated",
    "modified",
    "lastmod",
    "tags",
    "categories",
    "category",
    "aliases",
    "description",
    "summary",
    "permalink",
    "slug",
    "redirect_from",
    "weight",
    "order",
    "lang",
    "language",
    "toc_depth",
    "layout",
    "cover",
    "image",
    "thumbnail",
    "author",
    "authors",
    "series",
    "series_order",
    "keywords",
];

/// The key that an unknown one was probably meant to be; `key` is folded.
pub fn meant(key: &str, value: &Value) -> Option<&'static str> {
    // Longer than any slip makes a known key.
    if is_known(key) || key.len() > 32 {
        return None;
    }
    SPELT.iter().copied().find(|known| {
        let name = folded(known);
        match one_slip(key, &name) {
            None => false,
            Some(_) if guards_privacy(known) && is_flag(value) => true,
            Some(Slip::Swapped) => true,
            // `dates`, `update`, `border`: another word, or another form of it.
            Some(Slip::Length) => {
                let (longer, shorter) = if key.len() > name.len() { (key, &*name) } else { (&*name, key) };
                name.len() > 4 && !longer.starts_with(shorter) && !longer.ends_with(shorter)
            }
            Some(Slip::Another) => name.len() > 6 && !guards_privacy(known),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn slips_are_found_and_words_left_alone() {
        for (written, known) in [
            ("titel", "title"),
            ("tilte", "title"),
            ("ttle", "title"),
            ("tasg", "tags"),
            ("dtae", "date"),
            ("catagories", "categories"),
            ("discription", "description"),
            ("redirectform", "redirect_from"),
            ("drfat", "draft"),
            ("pubilsh", "publish"),
        ] {
            assert_eq!(meant(written, &json!("글")), Some(known), "{written}");
        }
        for own in [
            "title",
            "data",
            "dates",
            "rate",
            "update",
            "height",
            "images",
            "drafts",
            "craft",
            "publisher",
            "privacy",
            "form",
            "border",
            "topic",
            "log",
            "status",
            "제목",
            "date_format",
            "source",
        ] {
            assert_eq!(meant(own, &json!("글")), None, "{own}");
        }
        for (written, known) in [("draf", "draft"), ("drafts", "draft"), ("privte", "private"), ("prviate", "private")]
        {
            assert_eq!(meant(written, &json!(true)), Some(known), "{written}");
        }
    }
}
