//! From front matter's values to [`Metadata`], key by key.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::values::{self, Separator, is_empty};
use super::{
    ALIASES, AUTHOR, CATEGORIES, CATEGORY, COVER, CSS_CLASSES, DATE, DESCRIPTION, DRAFT, KEYWORDS, LANG, LAYOUT,
    Metadata, PERMALINK, PRIVATE, PUBLISH, REDIRECT_FROM, SERIES, SERIES_ORDER, SERIES_PART, SHOW_ON_SIDEBAR,
    SIDEBAR_DEPTH, SLUG, STATUS, SeriesPart, TAGS, TITLE, TOC, TOC_DEPTH, UPDATED, Visibility, WEIGHT, Withheld,
    folded, misspelt, withholds,
};
use crate::diagnostics::{Diagnostic, Position};
use crate::language::{Text, josa};
use crate::source::date::{Date, Reading};
use crate::source::front_matter::{FrontMatter, as_written, lines};
use crate::source::names::name_key;
use crate::text;

pub(super) fn read(front_matter: &mut FrontMatter, head: &str, path: &str) -> (Metadata, Vec<Diagnostic>) {
    let mut reader = Reader::new(front_matter, head, path);
    let (mut visibility, mut draft) = reader.publication();
    match reader.misspelt() {
        Some(Withheld::Private) => visibility = Visibility::Private,
        Some(Withheld::Draft) => draft = true,
        None => {}
    }
    let (date, updated) = (reader.date(DATE), reader.date(UPDATED));
    reader.compare_dates(date.as_ref(), updated.as_ref());
    let series = reader.series();
    let metadata = Metadata {
        visibility,
        draft,
        title: reader.title(),
        date: date.map(|(_, date)| date),
        updated: updated.map(|(_, date)| date),
        tags: reader.tags(),
        categories: {
            let mut categories = reader.list(CATEGORIES, Separator::CommaOrSpace);
            categories.extend(reader.list(CATEGORY, Separator::Comma));
            reader.limited("categories", categories)
        },
        aliases: reader.list(ALIASES, Separator::Comma),
        description: reader.line(DESCRIPTION),
        permalink: reader.line(PERMALINK),
        slug: reader.line(SLUG),
        redirect_from: reader.list(REDIRECT_FROM, Separator::Comma),
        weight: reader.number(WEIGHT),
        lang: reader.line(LANG),
        toc_depth: reader.depth(TOC_DEPTH, 1),
        toc: reader.flag(TOC),
        layout: reader.line(LAYOUT),
        cover: reader.path(COVER),
        authors: reader.authors(),
        series_part: reader.series_part(!series.is_empty()),
        series,
        show_on_sidebar: reader.flag(SHOW_ON_SIDEBAR),
        sidebar_depth: reader.depth(SIDEBAR_DEPTH, 0),
        css_classes: reader.list(CSS_CLASSES, Separator::CommaOrSpace),
        keywords: reader.list(KEYWORDS, Separator::Comma),
        extra: Map::new(),
    };
    let Reader { entries, diagnostics, .. } = reader;
    let extra = entries.into_iter().map(|entry| (entry.key, entry.value)).collect();
    (Metadata { extra, ..metadata }, diagnostics)
}

/// What is left of the front matter while its keys are taken one after the other.
struct Reader<'a> {
    entries: Vec<Entry>,
    displaced: Vec<(String, Value)>,
    /// Values already reported as unreadable: nothing more is said about them.
    raw_keys: Vec<String>,
    /// Keys that were said to keep the note off the site.
    kept_off: Vec<String>,
    head: &'a str,
    path: &'a str,
    diagnostics: Vec<Diagnostic>,
}

struct Entry {
    folded: String,
    key: String,
    value: Value,
}

impl<'a> Reader<'a> {
    fn new(front_matter: &mut FrontMatter, head: &'a str, path: &'a str) -> Self {
        let entries = std::mem::take(&mut front_matter.values)
            .into_iter()
            .map(|(key, value)| Entry { folded: folded(&key), key, value })
            .collect();
        let displaced = std::mem::take(&mut front_matter.displaced);
        let raw_keys = std::mem::take(&mut front_matter.raw_keys);
        Self { entries, displaced, raw_keys, kept_off: Vec::new(), head, path, diagnostics: Vec::new() }
    }

    /// Takes the first key of these names that has a value. Keys without a value are dropped.
    fn take(&mut self, names: &[&str]) -> Option<Entry> {
        names.iter().find_map(|name| {
            let at = self.entries.iter().position(|entry| entry.folded == *name)?;
            let entry = self.entries.remove(at);
            (!is_empty(&entry.value)).then_some(entry)
        })
    }

    fn position(&self, key: &str) -> Position {
        lines::position_of(self.head, key)
    }

    fn warn(&mut self, key: &str, message: Text, hint: Text) {
        let warning = Diagnostic::warning("front-matter", self.path, self.position(key), message).with_hint(hint);
        self.diagnostics.push(warning);
    }

    /// The value has no meaning under this key.
    fn unusable(&mut self, key: &str, expected: Text) {
        if !self.raw_keys.iter().any(|raw| raw == key) {
            let message = text!(
                "front matter의 `{key}` 값을 쓸 수 없습니다",
                "the value of `{key}` in the front matter cannot be used"
            );
            self.warn(key, message, expected);
        }
    }

    fn title(&mut self) -> Option<String> {
        let entry = self.take(TITLE)?;
        match &entry.value {
            Value::Number(_) | Value::Bool(_) => Some(as_written(self.head, &entry.key, &entry.value).into_owned()),
            // `title: [Java]` is a list to YAML, but a title to its writer.
            Value::Array(_) => self.bracketed(&entry.key).or_else(|| self.line_of(&entry)),
            _ => self.line_of(&entry),
        }
    }

    /// The rest of the key's line, where that is one pair of brackets.
    fn bracketed(&self, key: &str) -> Option<String> {
        let line = self.head.lines().nth(self.position(key).line - 1)?;
        let (range, after) = lines::key_of_line(line, ':')?;
        let value = line.get(after..)?.trim();
        (line.get(range)? == key && value.starts_with('[') && value.ends_with(']')).then(|| value.to_owned())
    }

    fn line(&mut self, names: &[&str]) -> Option<String> {
        let entry = self.take(names)?;
        match &entry.value {
            Value::Number(_) => Some(as_written(self.head, &entry.key, &entry.value).into_owned()),
            _ => self.line_of(&entry),
        }
    }

    fn line_of(&mut self, entry: &Entry) -> Option<String> {
        let line = values::line(&entry.value);
        if line.is_none() {
            self.unusable(&entry.key, text!("글이어야 합니다", "text was expected"));
        }
        line.filter(|line| !line.is_empty())
    }

    /// A path or URL; `image: false` is a way to say that there is none.
    fn path(&mut self, names: &[&str]) -> Option<String> {
        let entry = self.take(names)?;
        match &entry.value {
            Value::Bool(false) => None,
            Value::Array(items) => items.first().and_then(values::line),
            _ => self.line_of(&entry),
        }
    }

    fn authors(&mut self) -> Vec<String> {
        let Some(entry) = self.take(AUTHOR) else { return Vec::new() };
        let items = match &entry.value {
            Value::Array(items) => items.iter().filter(|item| !is_empty(item)).map(values::line).collect(),
            other => values::line(other).map(|author| vec![author]),
        };
        items.unwrap_or_else(|| {
            self.unusable(
                &entry.key,
                text!("이름이나 이름의 목록이어야 합니다", "a name or a list of names was expected"),
            );
            Vec::new()
        })
    }

    /// All keys of these names together.
    fn list(&mut self, names: &[&str], separator: Separator) -> Vec<String> {
        let mut all = Vec::new();
        for name in names {
            let Some(mut entry) = self.take(&[name]) else { continue };
            self.spell(&entry.key, &mut entry.value);
            match values::list(&entry.value, separator) {
                Some(items) => {
                    self.repeated(&entry.key, &items);
                    all.extend(items);
                }
                None => self.unusable(
                    &entry.key,
                    text!("목록이거나 쉼표로 나눈 글이어야 합니다", "a list was expected, or text with commas"),
                ),
            }
        }
        all
    }

    /// Tells of each item that a list has more than once.
    fn repeated(&mut self, key: &str, items: &[String]) {
        let mut known: FxHashMap<String, bool> = FxHashMap::default();
        for (index, item) in items.iter().enumerate() {
            match known.get_mut(&name_key(item)) {
                None => {
                    known.insert(name_key(item), false);
                }
                Some(told) if *told => {}
                Some(told) => {
                    *told = true;
                    let before = items.iter().take(index).filter(|other| *other == item).count();
                    let position = lines::item_position(self.head, key, item, before);
                    let quoted = format!("`{item}`");
                    let subject = josa(&quoted, "이", "가");
                    let message = text!("`{key}`에 {subject} 두 번 있습니다", "`{key}` has {quoted} twice");
                    self.diagnostics.push(Diagnostic::note("repeated-item", self.path, position, message));
                }
            }
        }
    }

    /// A note is not updated before it is written; when it was published is another matter.
    fn compare_dates(&mut self, date: Option<&(String, Date)>, updated: Option<&(String, Date)>) {
        let (Some((written, date)), Some((key, updated))) = (date, updated) else { return };
        let is_writing = ["date", "created", "createdat", "datecreated"].contains(&folded(written).as_str());
        if is_writing && updated.is_before(date) {
            let said = format!("`{key}`({updated})");
            let subject = josa(&said, "이", "가");
            let message = text!(
                "{subject} `{written}`({date})보다 앞섭니다",
                "`{key}` ({updated}) is before `{written}` ({date})"
            );
            self.diagnostics.push(Diagnostic::warning("date-order", self.path, self.position(key), message));
        }
    }

    /// Tags, also those that YAML took for comments because they were written with their `#`.
    fn tags(&mut self) -> Vec<String> {
        let mut commented = Vec::new();
        if self.head.contains(" #") {
            for entry in self.entries.iter().filter(|entry| TAGS.contains(&entry.folded.as_str())) {
                let may_lack = match &entry.value {
                    Value::Null | Value::String(_) => true,
                    Value::Array(items) => items.contains(&Value::Null),
                    _ => false,
                };
                if may_lack {
                    commented.extend(lines::hash_words(self.head, &entry.key));
                }
            }
        }
        let mut tags = self.list(TAGS, Separator::CommaOrSpace);
        tags.extend(commented.into_iter().map(str::to_owned));
        self.limited("tags", tags)
    }

    /// Tags within the limits; one warning for each limit that they went over.
    fn limited(&mut self, key: &str, tags: Vec<String>) -> Vec<String> {
        let values::Tags { tags, cut, left_out } = values::tags(tags);
        if let Some(cut) = cut {
            self.warn(
                key,
                text!(
                    "`{key}`에 너무 긴 이름이 있어 `{cut}`까지만 썼습니다",
                    "a name in `{key}` is too long; it was used up to `{cut}`"
                ),
                text!("이름은 8단계, 120자까지 쓸 수 있습니다", "a name has at most 8 levels and 120 characters"),
            );
        }
        if left_out > 0 {
            let most = tags.len();
            self.warn(
                key,
                text!(
                    "`{key}` 값이 {most}개보다 많아 나머지 {left_out}개는 뺐습니다",
                    "more than {most} in `{key}`; the other {left_out} were left out"
                ),
                text!("노트를 찾는 데 쓸 것만 남기세요", "keep those that help to find the note"),
            );
        }
        tags
    }

    /// Numbers in a list become text as it was written: the tag `3.10` is not 3.1.
    fn spell(&self, key: &str, value: &mut Value) {
        match value {
            Value::Number(_) | Value::Bool(_) => {
                *value = Value::String(as_written(self.head, key, value).into_owned());
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.spell(key, item)),
            _ => {}
        }
    }

    fn number(&mut self, names: &[&str]) -> Option<f64> {
        let entry = self.take(names)?;
        let number = values::number(&entry.value);
        if number.is_none() {
            self.unusable(&entry.key, text!("숫자여야 합니다", "a number was expected"));
        }
        number
    }

    /// The series a note belongs to. A comma in a name is part of it.
    fn series(&mut self) -> Vec<String> {
        let Some(mut entry) = self.take(SERIES) else { return Vec::new() };
        self.spell(&entry.key, &mut entry.value);
        let names: Option<Vec<String>> = match &entry.value {
            Value::Array(items) => items.iter().filter(|item| !is_empty(item)).map(values::line).collect(),
            other => values::line(other).map(|name| vec![name]),
        };
        match names {
            Some(names) => self.limited("series", names),
            None => {
                self.unusable(
                    &entry.key,
                    text!("이름이나 이름의 목록이어야 합니다", "a name or a list of names was expected"),
                );
                Vec::new()
            }
        }
    }

    fn series_part(&mut self, in_series: bool) -> Option<SeriesPart> {
        let key = |entry: &Entry| SERIES_ORDER.contains(&entry.folded.as_str()) && !is_empty(&entry.value);
        if let Some(key) = self.entries.iter().find(|entry| key(entry)).map(|entry| entry.key.clone()) {
            return self.number(SERIES_ORDER).map(|number| SeriesPart { number, key });
        }
        // `part: 부록` is a word of the writer's own.
        let named = |entry: &&Entry| in_series && SERIES_PART.contains(&entry.folded.as_str());
        self.entries
            .iter()
            .filter(named)
            .find_map(|entry| Some(SeriesPart { number: values::number(&entry.value)?, key: entry.key.clone() }))
    }

    fn depth(&mut self, names: &[&str], lowest: u8) -> Option<u8> {
        let entry = self.take(names)?;
        let depth = (lowest..=6).find(|depth| values::number(&entry.value) == Some(f64::from(*depth)));
        if depth.is_none() {
            self.unusable(
                &entry.key,
                text!("{lowest}부터 6까지의 숫자여야 합니다", "a number from {lowest} to 6 was expected"),
            );
        }
        depth
    }

    fn flag(&mut self, names: &[&str]) -> Option<bool> {
        let entry = self.take(names)?;
        let flag = values::flag(&entry.value);
        if flag.is_none() {
            self.unusable(&entry.key, text!("`true`나 `false`여야 합니다", "`true` or `false` was expected"));
        }
        flag
    }

    /// The first readable date under these names, and its key.
    fn date(&mut self, names: &[&str]) -> Option<(String, Date)> {
        names.iter().find_map(|name| {
            let entry = self.take(&[name])?;
            let key = entry.key;
            match values::date(&entry.value) {
                Reading::Whole(date) => Some((key, date)),
                Reading::DayOnly(date) => {
                    let message = text!(
                        "`{key}`의 시각을 읽지 못해 날짜({date})만 썼습니다",
                        "the time of `{key}` cannot be read; only the day ({date}) was used"
                    );
                    self.warn(
                        &key,
                        message,
                        text!("예: `2021-06-16 12:00:00 +0900`", "for example `2021-06-16 12:00:00 +0900`"),
                    );
                    Some((key, date))
                }
                Reading::Unreadable => {
                    self.unusable(
                        &key,
                        text!("날짜여야 합니다. 예: `2021-06-16`", "a date was expected, such as `2021-06-16`"),
                    );
                    None
                }
            }
        })
    }

    /// Whether the note may be published. The strictest of all that is said counts, also where a key is repeated.
    fn publication(&mut self) -> (Visibility, bool) {
        let mut visibility = Visibility::Unsaid;
        let mut draft = false;
        let mut said: Vec<Entry> = std::mem::take(&mut self.displaced)
            .into_iter()
            .map(|(key, value)| Entry { folded: folded(&key), key, value })
            .collect();
        let (guards, rest) = std::mem::take(&mut self.entries).into_iter().partition::<Vec<Entry>, _>(|entry| {
            [DRAFT, PRIVATE, PUBLISH, STATUS].iter().any(|names| names.contains(&entry.folded.as_str()))
        });
        self.entries = rest;
        said.extend(guards);
        for entry in said {
            if is_empty(&entry.value) {
                continue;
            }
            let name = entry.folded.as_str();
            let flag = values::flag(&entry.value);
            if STATUS.contains(&name) {
                // Whatever else a status says, it says nothing about publishing.
                draft |= values::word(&entry.value)
                    .is_some_and(|word| ["draft", "private", "hidden", "초안", "비공개"].contains(&word.as_str()));
                self.entries.push(entry);
            } else if DRAFT.contains(&name) {
                draft |= flag.unwrap_or_else(|| self.keeps_off(&entry));
            } else if PRIVATE.contains(&name) {
                if flag.unwrap_or_else(|| self.keeps_off(&entry)) {
                    visibility = Visibility::Private;
                }
            } else if PUBLISH.contains(&name) {
                match flag {
                    Some(true) if visibility == Visibility::Unsaid => visibility = Visibility::Public,
                    Some(true) => {}
                    Some(false) => visibility = Visibility::Private,
                    // `published: 2021-01-01` says when, not whether.
                    None if values::date(&entry.value) != Reading::Unreadable => self.entries.push(entry),
                    None => {
                        self.keeps_off(&entry);
                        visibility = Visibility::Private;
                    }
                }
            }
        }
        (visibility, draft)
    }

    /// Warns of keys that are a known one but for a slip. One that would have kept the note off the site does.
    fn misspelt(&mut self) -> Option<Withheld> {
        let mut withheld = None;
        let found: Vec<(String, &'static str, Option<Withheld>)> = self
            .entries
            .iter()
            .filter(|entry| !is_empty(&entry.value))
            .filter_map(|entry| {
                let meant = misspelt::meant(&entry.folded, &entry.value)?;
                Some((entry.key.clone(), meant, withholds(meant, &entry.value)))
            })
            .collect();
        for (key, meant, how) in found {
            let message = match how {
                Some(how) => {
                    let (korean, english) = how.words();
                    text!(
                        "`{key}`: 모르는 키이지만 `{meant}`인 듯하여 안전하게 노트를 {korean} 두었습니다",
                        "unknown key `{key}`; to be safe it was read as `{meant}`, and the note was kept back {english}"
                    )
                }
                None => text!("`{key}`: 모르는 키입니다", "unknown key `{key}`"),
            };
            self.warn(&key, message, text!("혹시 `{meant}`?", "did you mean `{meant}`?"));
            withheld = if withheld == Some(Withheld::Private) { withheld } else { how.or(withheld) };
        }
        withheld
    }

    /// Says that a value nobody can read keeps the note off the site.
    fn keeps_off(&mut self, entry: &Entry) -> bool {
        let key = &entry.key;
        if self.kept_off.contains(key) {
            return true;
        }
        self.kept_off.push(key.clone());
        let message = text!(
            "`{key}` 값을 읽을 수 없어 안전하게 비공개로 두었습니다",
            "the value of `{key}` cannot be read; to be safe, the note was kept off the site"
        );
        self.warn(key, message, text!("`true`나 `false`로 쓰세요", "write `true` or `false`"));
        true
    }
}
