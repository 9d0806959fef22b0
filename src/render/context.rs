//! What templates are given: the shapes, in the order a template author meets them.
//!
//! Every `url` is relative to the page being rendered and ready to stand in an attribute. What may be absent is null,
//! never missing, so that a misspelt name is an error and an absent date is not.

use std::collections::BTreeMap;

use serde::Serialize;

/// The site, the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteContext {
    pub title: String,
    pub description: Option<String>,
    /// `ko` or `en`.
    pub language: String,
    pub author: Option<String>,
    /// With a slash at its end.
    pub base_url: Option<String>,
    pub note_count: usize,
    pub tag_count: usize,
}

/// The page, whatever it shows.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`, `glossary`,
    /// `notes` or `404`.
    pub kind: &'static str,
    pub title: String,
    pub description: Option<String>,
    /// From the site's root, not encoded.
    pub url: String,
    /// Absolute; null without `base_url`.
    pub canonical: Option<String>,
    pub language: String,
    pub home_url: String,
    pub notes_url: String,
    pub tags_url: String,
    pub feed_url: Option<String>,
    /// 모든 분류를 모은 쪽. 분류를 적은 노트가 없으면 null입니다.
    ///
    /// The page of all categories; null where no note has one.
    pub categories_url: Option<String>,
    /// 모든 시리즈를 모은 쪽. 시리즈가 없으면 null입니다.
    ///
    /// The page of all series; null where there are none.
    pub series_url: Option<String>,
    /// 새로 쓰고 고친 노트를 모은 쪽. 날짜가 있는 노트가 없으면 null입니다.
    ///
    /// The page of recent changes; null where no note has a date.
    pub recent_url: Option<String>,
    /// 용어집. 모을 용어가 없거나 `glossary: false`이면 null입니다.
    ///
    /// The glossary; null where there are no terms, or with `glossary: false`.
    pub glossary_url: Option<String>,
}

/// A title and where it leads.
#[derive(Clone, Debug, Serialize)]
pub struct LinkContext {
    pub title: String,
    pub url: String,
}

/// A tag or category as it stands beside a note.
#[derive(Clone, Debug, Serialize)]
pub struct TagLinkContext {
    pub name: String,
    pub url: String,
}

/// A tag or category in a list of its kind.
#[derive(Clone, Debug, Serialize)]
pub struct TagEntryContext {
    pub name: String,
    /// The last part of a nested name.
    pub label: String,
    pub url: String,
    pub note_count: usize,
    pub depth: usize,
}

/// A note in a list of notes.
#[derive(Clone, Debug, Serialize)]
pub struct CardContext {
    pub title: String,
    pub url: String,
    /// `2026-03-01`.
    pub date: Option<String>,
    pub updated: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<TagLinkContext>,
    pub folder_title: Option<String>,
}

/// An entry of a table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocContext {
    pub id: String,
    pub title: String,
    pub level: u8,
    pub children: Vec<TocContext>,
}

/// A note that links to the one shown.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkContext {
    pub title: String,
    pub url: String,
    pub folder_title: Option<String>,
}

/// The note shown.
#[derive(Clone, Debug, Serialize)]
pub struct NoteContext {
    pub title: String,
    /// The id of the heading that became the title, so that links to it still arrive.
    pub title_id: Option<String>,
    /// Safe HTML, without the title.
    pub html: String,
    pub description: Option<String>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub tags: Vec<TagLinkContext>,
    pub aliases: Vec<String>,
    /// At least 1.
    pub reading_minutes: usize,
    pub author: Option<String>,
    /// The file, from the site's root.
    pub source_path: String,
    pub show_toc: bool,
    pub toc: Vec<TocContext>,
    pub breadcrumbs: Vec<LinkContext>,
    pub folder: LinkContext,
    pub previous: Option<LinkContext>,
    pub next: Option<LinkContext>,
    pub backlinks: Vec<BacklinkContext>,
    pub draft: bool,
    /// 노트가 속한 분류. 적은 순서입니다.
    ///
    /// The note's categories, in the order they were written.
    pub categories: Vec<TagLinkContext>,
    pub keywords: Vec<String>,
    /// 노트가 속한 시리즈와 그 안의 자리. 적은 순서입니다.
    ///
    /// The series that the note is part of, and its place in each, in the order they were written.
    pub series: Vec<NoteSeriesContext>,
    /// `previous`와 `next`가 폴더가 아니라 시리즈를 따르면 그 시리즈의 이름, 아니면 null.
    ///
    /// The name of the series that `previous` and `next` follow; null where they follow the folder.
    pub previous_next_series: Option<String>,
    pub layout: Option<String>,
    /// The address of the cover picture.
    pub cover: Option<String>,
    /// Front matter that seoga itself has no use for.
    pub extra: BTreeMap<String, serde_json::Value>,
    pub css_classes: Vec<String>,
}

/// The folder shown. `html`, `toc` and `note` come from its introduction.
#[derive(Clone, Debug, Serialize)]
pub struct FolderContext {
    pub title: String,
    pub url: String,
    pub html: Option<String>,
    pub show_toc: bool,
    pub toc: Vec<TocContext>,
    pub note: Option<NoteContext>,
    pub folders: Vec<FolderEntryContext>,
    pub notes: Vec<CardContext>,
    pub breadcrumbs: Vec<LinkContext>,
}

/// A folder in a list of folders.
#[derive(Clone, Debug, Serialize)]
pub struct FolderEntryContext {
    pub title: String,
    pub url: String,
    pub note_count: usize,
}

/// An entry of a tree: the sidebar's, or the home page's.
#[derive(Clone, Debug, Serialize)]
pub struct TreeContext {
    pub title: String,
    pub url: String,
    /// `folder`, `note`, or `more` for the rest of a long folder.
    pub kind: &'static str,
    pub current: bool,
    pub open: bool,
    pub note_count: Option<usize>,
    pub children: Vec<TreeContext>,
}

/// The tag or category shown.
#[derive(Clone, Debug, Serialize)]
pub struct TagContext {
    pub name: String,
    pub note_count: usize,
    pub parents: Vec<TagLinkContext>,
    pub children: Vec<TagEntryContext>,
    pub notes: Vec<CardContext>,
}

/// A note's place in a series.
#[derive(Clone, Debug, Serialize)]
pub struct NoteSeriesContext {
    /// 시리즈의 이름.
    ///
    /// The series' name.
    pub title: String,
    /// 시리즈 쪽의 주소.
    ///
    /// The series' page.
    pub url: String,
    /// 몇 번째 글인지, 1부터.
    ///
    /// Which part the note is, from 1.
    pub place: usize,
    /// 실린 글이 모두 몇인지.
    ///
    /// How many parts are published.
    pub count: usize,
    /// 시리즈의 글. 아주 긴 시리즈에서는 이 노트 둘레만 담습니다.
    ///
    /// The parts; of a very long series those around this note.
    pub parts: Vec<SeriesPartContext>,
}

/// A part of a series, as it stands beside another one.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesPartContext {
    /// 노트의 제목.
    ///
    /// The note's title.
    pub title: String,
    /// 노트의 주소.
    ///
    /// The note's address.
    pub url: String,
    /// 몇 번째 글인지, 1부터.
    ///
    /// Which part it is, from 1.
    pub place: usize,
    /// 지금 보이는 노트인지.
    ///
    /// Whether it is the note shown.
    pub current: bool,
}

/// The series shown.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesContext {
    /// 시리즈의 이름.
    ///
    /// The series' name.
    pub title: String,
    /// 실린 글이 모두 몇인지.
    ///
    /// How many parts are published.
    pub note_count: usize,
    /// 차례대로의 글.
    ///
    /// The parts in order.
    pub notes: Vec<CardContext>,
}

/// A series in the list of all.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesEntryContext {
    /// 시리즈의 이름.
    ///
    /// The series' name.
    pub title: String,
    /// 시리즈 쪽의 주소.
    ///
    /// The series' page.
    pub url: String,
    /// 실린 글이 모두 몇인지.
    ///
    /// How many parts are published.
    pub note_count: usize,
    /// 첫 글의 설명.
    ///
    /// The first part's description.
    pub description: Option<String>,
}

/// A month of recent changes.
#[derive(Clone, Debug, Serialize)]
pub struct MonthContext {
    /// 해.
    ///
    /// The year.
    pub year: u16,
    /// 달, 1부터 12까지.
    ///
    /// The month, from 1 to 12.
    pub month: u8,
    /// 그달에 쓰거나 고친 노트, 새것부터.
    ///
    /// Notes written or changed in it, the newest first.
    pub changes: Vec<ChangeContext>,
}

/// A recent change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeContext {
    /// 새로 쓴 노트인지. 아니면 고친 노트입니다.
    ///
    /// Whether the note was written then; else it was changed.
    pub is_new: bool,
    /// 쓰거나 고친 날.
    ///
    /// The day.
    pub date: String,
    /// 노트.
    ///
    /// The note.
    pub note: CardContext,
}

/// Terms of the glossary that begin with the same letter.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryGroupContext {
    /// 첫소리나 첫 글자: `ㄱ`, `A`. 그 밖의 것은 `#`입니다.
    ///
    /// The initial: `ㄱ`, `A`; `#` for anything else.
    pub letter: char,
    /// 쪽 안의 자리를 가리키는 id.
    ///
    /// The id of the group on the page.
    pub id: String,
    /// 차례대로의 용어.
    ///
    /// The terms in order.
    pub terms: Vec<GlossaryTermContext>,
}

/// A term of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryTermContext {
    /// 용어.
    ///
    /// The term.
    pub name: String,
    /// 다른 언어로 된 이름. 없으면 null입니다.
    ///
    /// Its name in the other language, or null.
    pub other: Option<String>,
    /// 용어와 이름이 같은 노트의 주소. 없으면 null입니다.
    ///
    /// The note of that name, or null.
    pub url: Option<String>,
    /// 뜻. 안전한 HTML이며, 노트가 뜻을 풀지 않았으면 null입니다.
    ///
    /// The meaning as safe HTML; null where no note says it.
    pub html: Option<String>,
    /// 용어를 풀이한 노트. 주소는 그 절을 가리킵니다.
    ///
    /// The note that explains the term; the address leads to the section.
    pub place: LinkContext,
    /// 풀이한 절의 제목. 노트의 첫머리면 null입니다.
    ///
    /// The heading of that section; null at the beginning of the note.
    pub heading: Option<String>,
    /// 이 용어를 풀어 쓴 다른 노트. 몇 개만 담습니다.
    ///
    /// Other notes that gloss the term, a few of them.
    pub others: Vec<LinkContext>,
}

/// Notes of one folder in the list of all notes.
#[derive(Clone, Debug, Serialize)]
pub struct GroupContext {
    pub title: String,
    pub url: Option<String>,
    pub notes: Vec<CardContext>,
}

/// The feed; every address in it is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct FeedContext {
    pub title: String,
    pub subtitle: Option<String>,
    pub id: String,
    /// RFC 3339.
    pub updated: String,
    pub self_url: String,
    pub home_url: String,
    pub author: Option<String>,
    pub entries: Vec<FeedEntryContext>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedEntryContext {
    pub title: String,
    pub url: String,
    pub id: String,
    pub updated: String,
    pub published: Option<String>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
}

/// A page in the sitemap; the address is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntryContext {
    pub url: String,
    pub lastmod: Option<String>,
}
