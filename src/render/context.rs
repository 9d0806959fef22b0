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
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`,
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

/// A key of the front matter that holds links.
#[derive(Clone, Debug, Serialize)]
pub struct PropertyContext {
    /// 항목의 이름
    ///
    /// The key.
    pub name: String,
    /// 그 값에 든 링크
    ///
    /// The links in its value.
    pub links: Vec<PropertyLinkContext>,
}

/// A link in front matter.
#[derive(Clone, Debug, Serialize)]
pub struct PropertyLinkContext {
    /// 링크의 글
    ///
    /// The link's words.
    pub title: String,
    /// 링크의 주소. 가리키는 곳이 없거나 비공개이면 null
    ///
    /// Where it leads; null where that is nowhere or private.
    pub url: Option<String>,
}

/// A note that links to the one shown, or mentions it.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkContext {
    /// 링크가 있는 노트의 제목
    ///
    /// The title of the note that has the link.
    pub title: String,
    /// 그 노트의 주소
    ///
    /// The note's address.
    pub url: String,
    /// 그 노트가 든 폴더의 제목. 맨 위의 노트이면 null
    ///
    /// The title of the note's folder; null at the root.
    pub folder_title: Option<String>,
    /// 링크가 적힌 자리마다 하나씩, 글의 순서대로
    ///
    /// One for each place where it is written, in the order of the text.
    pub places: Vec<QuotationContext>,
}

/// A note about the same things as the one shown, and why.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedContext {
    /// 노트의 제목
    ///
    /// The note's title.
    pub title: String,
    /// 노트의 주소
    ///
    /// The note's address.
    pub url: String,
    /// 두 노트에 함께 자주 나오고 다른 노트에는 드문 낱말
    ///
    /// Words that both use often and few others do.
    pub words: Vec<String>,
    /// 두 노트에 함께 달린, 드문 태그
    ///
    /// Tags that both carry and few others do.
    pub tags: Vec<TagLinkContext>,
    /// 두 노트가 함께 가리키는 노트
    ///
    /// Notes that both link to.
    pub targets: Vec<LinkContext>,
    /// 둘 가운데 하나가 다른 하나를 가리키는지
    ///
    /// Whether one of the two links to the other.
    pub linked: bool,
}

/// The words around a link or a mention.
#[derive(Clone, Debug, Serialize)]
pub struct QuotationContext {
    /// 바로 그 자리의 주소
    ///
    /// The address of the very place.
    pub url: String,
    /// 그 자리가 든 절의 제목. 첫 제목 앞이면 null
    ///
    /// The heading of the section; null before the first one.
    pub heading: Option<String>,
    /// 문장에서 링크 앞의 글
    ///
    /// The sentence before the link.
    pub before: String,
    /// 링크의 글. 그림처럼 글이 없으면 빈 글
    ///
    /// The link's own words; empty where it has none.
    pub words: String,
    /// 문장에서 링크 뒤의 글
    ///
    /// The sentence behind the link.
    pub after: String,
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
    /// 이 노트의 이름이 링크 없이 나오는 곳
    ///
    /// Where other notes name this one without linking to it.
    pub mentions: Vec<BacklinkContext>,
    /// 이 노트와 관련 있는 노트. 관련이 깊은 것부터
    ///
    /// Notes about the same things, the most related first.
    pub related: Vec<RelatedContext>,
    /// front matter에 적힌 링크를 항목별로
    ///
    /// The links in the front matter, by key.
    pub properties: Vec<PropertyContext>,
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
