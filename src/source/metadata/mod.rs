//! What a note's front matter says, as types.
//!
//! In: front matter as written for Jekyll, Hugo, Obsidian, VuePress, Dendron and others. Out: [`Metadata`]. The same
//! thing has many names (`lastmod`, `updated`) and types (tags as a list or as one string); all are taken. A warning is
//! given only where the meaning is lost, never for a key that is unknown: those are kept in `extra` for templates.
//! Keys are compared without case, `-` and `_`.
//!
//! Whether a note is published at all is read the other way round: what cannot be understood keeps the note off the
//! site, with a warning, because a note published by mistake cannot be taken back.

mod misspelt;
mod read;
mod values;

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostic;
use crate::source::date::Date;
use crate::source::front_matter::FrontMatter;
pub use values::{LONGEST_TAG, MOST_LEVELS, MOST_TAGS};

/// The typed view of front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    pub title: Option<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    /// Without `#`, nested ones with `/`; no two that differ only in case.
    pub tags: Vec<String>,
    pub categories: Vec<String>,
    pub aliases: Vec<String>,
    pub description: Option<String>,
    pub draft: bool,
    pub visibility: Visibility,
    pub permalink: Option<String>,
    pub slug: Option<String>,
    pub redirect_from: Vec<String>,
    /// Place among its neighbours, small first.
    pub weight: Option<f64>,
    pub lang: Option<String>,
    pub toc: Option<bool>,
    /// The deepest heading level in the table of contents, 1 to 6.
    pub toc_depth: Option<u8>,
    pub layout: Option<String>,
    /// A path or URL, as written.
    pub cover: Option<String>,
    pub authors: Vec<String>,
    pub series: Vec<String>,
    /// Where the note stands in its series.
    pub series_part: Option<SeriesPart>,
    pub show_on_sidebar: Option<bool>,
    pub sidebar_depth: Option<u8>,
    pub css_classes: Vec<String>,
    pub keywords: Vec<String>,
    /// Every other key, as written.
    pub extra: Map<String, Value>,
}

/// `series_order: 3`
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPart {
    pub number: f64,
    /// The key as it was written, for diagnostics.
    pub key: String,
}

/// What the note says about being published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Unsaid,
    Public,
    Private,
}

/// `publish:` in `site.yaml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublishPolicy {
    /// Every note that does not say otherwise.
    #[default]
    All,
    /// Only notes that say `publish: true`.
    OptIn,
}

impl Metadata {
    /// Reads what front matter holds. `head` is the note's text up to its body and `path` its file, for diagnostics.
    pub fn read(front_matter: &mut FrontMatter, head: &str, path: &str) -> (Self, Vec<Diagnostic>) {
        if front_matter.values.is_empty() {
            return (Self::default(), Vec::new());
        }
        read::read(front_matter, head, path)
    }

    /// Whether the note stays off the site whatever flags the command has. Drafts are another matter (`draft`), and so
    /// are the folders that `private:` in `site.yaml` names.
    pub fn is_private(&self, policy: PublishPolicy) -> bool {
        match self.visibility {
            Visibility::Private => true,
            Visibility::Public => false,
            Visibility::Unsaid => policy == PublishPolicy::OptIn,
        }
    }
}

const TITLE: &[&str] = &["title"];
const DATE: &[&str] =
    &["date", "published", "publish", "publishdate", "pubdate", "created", "createdat", "datecreated"];
const UPDATED: &[&str] =
    &["updated", "lastmod", "modified", "lastmodifiedat", "lastmodified", "updatedat", "dateupdated"];
const TAGS: &[&str] = &["tags", "tag"];
const CATEGORIES: &[&str] = &["categories"];
const CATEGORY: &[&str] = &["category"];
const ALIASES: &[&str] = &["aliases", "alias"];
const DESCRIPTION: &[&str] = &["description", "summary", "excerpt", "desc"];
const DRAFT: &[&str] = &["draft", "초안"];
const PRIVATE: &[&str] = &["private", "비공개"];
const PUBLISH: &[&str] = &["publish", "published", "public", "공개"];
/// Pelican and Hashnode say in a word what others say with a flag.
const STATUS: &[&str] = &["status"];
const PERMALINK: &[&str] = &["permalink"];
const SLUG: &[&str] = &["slug"];
const REDIRECT_FROM: &[&str] = &["redirectfrom"];
const WEIGHT: &[&str] = &["weight", "order", "navorder", "sidebarposition"];
const LANG: &[&str] = &["lang", "language"];
const TOC: &[&str] = &["toc"];
const TOC_DEPTH: &[&str] = &["tocdepth"];
const LAYOUT: &[&str] = &["layout"];
const COVER: &[&str] = &["cover", "image", "thumbnail"];
const AUTHOR: &[&str] = &["author", "authors"];
const SERIES: &[&str] = &["series"];
const SERIES_ORDER: &[&str] = &["seriesorder"];
/// Keys that say the same only where there is a series.
const SERIES_PART: &[&str] = &["part", "episode"];
const SHOW_ON_SIDEBAR: &[&str] = &["showonsidebar"];
const SIDEBAR_DEPTH: &[&str] = &["sidebardepth"];
const CSS_CLASSES: &[&str] = &["cssclasses", "cssclass"];
const KEYWORDS: &[&str] = &["keywords"];

const KNOWN: [&[&str]; 27] = [
    TITLE,
    DATE,
    UPDATED,
    TAGS,
    CATEGORIES,
    CATEGORY,
    ALIASES,
    DESCRIPTION,
    DRAFT,
    PRIVATE,
    PUBLISH,
    PERMALINK,
    SLUG,
    REDIRECT_FROM,
    WEIGHT,
    LANG,
    TOC,
    TOC_DEPTH,
    LAYOUT,
    COVER,
    AUTHOR,
    SERIES,
    SERIES_ORDER,
    SHOW_ON_SIDEBAR,
    SIDEBAR_DEPTH,
    CSS_CLASSES,
    KEYWORDS,
];

/// Whether seoga gives the key a meaning.
pub fn is_known(key: &str) -> bool {
    let key = folded(key);
    // Plugins of Obsidian sign the notes that they write: `kanban-plugin`.
    key.ends_with("plugin") || KNOWN.iter().any(|names| names.contains(&key.as_str()))
}

/// Whether the key can keep a note off the site.
pub fn guards_privacy(key: &str) -> bool {
    let key = folded(key);
    [DRAFT, PRIVATE, PUBLISH].iter().any(|names| names.contains(&key.as_str()))
}

/// Whether the value says yes or no.
pub fn is_flag(value: &Value) -> bool {
    values::flag(value).is_some()
}

/// How a note is kept off the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    Draft,
    Private,
}

impl Withheld {
    /// What a note is kept back as, in Korean and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("초안으로", "as a draft"),
            Self::Private => ("비공개로", "as private"),
        }
    }
}

/// How a key keeps the note off the site, when it plainly says so.
pub fn withholds(key: &str, value: &Value) -> Option<Withheld> {
    let key = folded(key);
    let among = |names: &[&str]| names.contains(&key.as_str());
    match values::flag(value)? {
        true if among(DRAFT) => Some(Withheld::Draft),
        true if among(PRIVATE) => Some(Withheld::Private),
        false if among(PUBLISH) => Some(Withheld::Private),
        _ => None,
    }
}

/// `Last-Modified_at` → `lastmodifiedat`.
fn folded(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
