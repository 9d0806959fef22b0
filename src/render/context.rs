//! What templates are given: the shapes, in the order a template author meets them.
//!
//! Every `url` is relative to the page being rendered and ready to stand in an attribute. What may be absent is null,
//! never missing, so that a misspelt name is an error and an absent date is not.
//!
//! Template authors read about them in `templates/README.md`, which is made from this file: every shape and every field
//! says what it is in Korean, then in English. `SEOGA_WRITE_REFERENCE=1 cargo test reference` writes it anew.

use std::collections::BTreeMap;

use serde::Serialize;

/// 사이트. 모든 쪽에서 같습니다.
///
/// The site, the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteContext {
    /// 사이트의 제목.
    ///
    /// The site's title.
    pub title: String,
    /// `site.yaml`의 설명.
    ///
    /// The description in `site.yaml`.
    pub description: Option<String>,
    /// `ko` 또는 `en`.
    ///
    /// `ko` or `en`.
    pub language: String,
    /// `site.yaml`에 적은 글쓴이.
    ///
    /// The author in `site.yaml`.
    pub author: Option<String>,
    /// 사이트의 주소. `/`로 끝납니다.
    ///
    /// The site's address, with a slash at its end.
    pub base_url: Option<String>,
    /// 실린 노트의 수.
    ///
    /// How many notes are published.
    pub note_count: usize,
    /// 태그의 수.
    ///
    /// How many tags there are.
    pub tag_count: usize,
}

/// 쪽. 무엇을 보이든 있습니다.
///
/// The page, whatever it shows.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`, `glossary`,
    /// `notes`, `graph`, `404` 가운데 하나.
    ///
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`, `glossary`,
    /// `notes`, `graph` or `404`.
    pub kind: &'static str,
    /// 쪽의 제목.
    ///
    /// The page's title.
    pub title: String,
    /// 머리말의 설명, 없으면 첫 문단.
    ///
    /// The description in the front matter, else the first paragraph.
    pub description: Option<String>,
    /// 사이트의 맨 위에서 본 경로. 퍼센트 기호로 바꾸지 않았습니다.
    ///
    /// From the site's root, not encoded.
    pub url: String,
    /// 온전한 주소. `base_url`이 없으면 null.
    ///
    /// Absolute; null without `base_url`.
    pub canonical: Option<String>,
    /// 쪽의 언어. 노트가 `lang`을 적었으면 그것.
    ///
    /// The page's language; the note's `lang` where it says one.
    pub language: String,
    /// 첫 화면.
    ///
    /// The home page.
    pub home_url: String,
    /// 모든 노트.
    ///
    /// The list of all notes.
    pub notes_url: String,
    /// 모든 태그.
    ///
    /// The list of all tags.
    pub tags_url: String,
    /// 구독 주소. `base_url`이 없으면 null.
    ///
    /// The feed; null without `base_url`.
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
    /// 노트 그래프 쪽의 주소. 서로 이어진 노트가 없거나 `graph: false`이면 null.
    ///
    /// The page with the graph of all notes; null where no notes are linked to each other, or with `graph: false`.
    pub graph_url: Option<String>,
    /// 용어집. 모을 용어가 없거나 `glossary: false`이면 null입니다.
    ///
    /// The glossary; null where there are no terms, or with `glossary: false`.
    pub glossary_url: Option<String>,
}

/// 제목과 그것이 이어지는 곳.
///
/// A title and where it leads.
#[derive(Clone, Debug, Serialize)]
pub struct LinkContext {
    /// 제목.
    ///
    /// The title.
    pub title: String,
    /// 주소.
    ///
    /// The address.
    pub url: String,
}

/// 노트 곁에 서는 태그나 분류.
///
/// A tag or category as it stands beside a note.
#[derive(Clone, Debug, Serialize)]
pub struct TagLinkContext {
    /// 태그의 온 이름. 층 사이는 `/`.
    ///
    /// The whole name, `/` between levels.
    pub name: String,
    /// 태그의 쪽.
    ///
    /// The tag's page.
    pub url: String,
}

/// 태그나 분류의 목록에서 하나.
///
/// A tag or category in a list of its kind.
#[derive(Clone, Debug, Serialize)]
pub struct TagEntryContext {
    /// 태그의 온 이름. 층 사이는 `/`.
    ///
    /// The whole name, `/` between levels.
    pub name: String,
    /// 층이 있는 이름의 마지막 부분.
    ///
    /// The last part of a nested name.
    pub label: String,
    /// 태그의 쪽.
    ///
    /// The tag's page.
    pub url: String,
    /// 이 태그나 그 아래의 태그를 단 노트의 수.
    ///
    /// How many notes carry the tag or one below it.
    pub note_count: usize,
    /// 위에 있는 층의 수. 층이 없으면 0.
    ///
    /// How many levels are above it; 0 for a tag that is not nested.
    pub depth: usize,
}

/// 노트 목록의 노트.
///
/// A note in a list of notes.
#[derive(Clone, Debug, Serialize)]
pub struct CardContext {
    /// 노트의 제목.
    ///
    /// The note's title.
    pub title: String,
    /// 노트의 쪽.
    ///
    /// The note's page.
    pub url: String,
    /// 쓴 날. `2026-03-01`.
    ///
    /// When it was written: `2026-03-01`.
    pub date: Option<String>,
    /// 고친 날.
    ///
    /// When it was changed.
    pub updated: Option<String>,
    /// 머리말의 설명, 없으면 첫 문단.
    ///
    /// The description in the front matter, else the first paragraph.
    pub description: Option<String>,
    /// 노트의 태그.
    ///
    /// The note's tags.
    pub tags: Vec<TagLinkContext>,
    /// 폴더의 제목. 맨 위에 있는 노트이면 null.
    ///
    /// The folder's title; null for a note at the root.
    pub folder_title: Option<String>,
}

/// 차례의 한 줄.
///
/// An entry of a table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocContext {
    /// 제목의 id.
    ///
    /// The heading's id.
    pub id: String,
    /// 제목의 글.
    ///
    /// The heading's text.
    pub title: String,
    /// 제목의 단계. 1에서 6까지.
    ///
    /// The heading's level, 1 to 6.
    pub level: u8,
    /// 그 아래의 제목들.
    ///
    /// The headings below it.
    pub children: Vec<TocContext>,
}

/// 머리말에서 링크를 담은 항목.
///
/// A key of the front matter that holds links.
#[derive(Clone, Debug, Serialize)]
pub struct PropertyContext {
    /// 항목의 이름.
    ///
    /// The key.
    pub name: String,
    /// 그 값에 든 링크.
    ///
    /// The links in its value.
    pub links: Vec<PropertyLinkContext>,
}

/// 머리말에 적힌 링크.
///
/// A link in front matter.
#[derive(Clone, Debug, Serialize)]
pub struct PropertyLinkContext {
    /// 링크의 글.
    ///
    /// The link's words.
    pub title: String,
    /// 링크의 주소. 가리키는 곳이 없거나 비공개이면 null.
    ///
    /// Where it leads; null where that is nowhere or private.
    pub url: Option<String>,
}

/// 보이는 노트를 가리키거나 그 이름을 말하는 노트.
///
/// A note that links to the one shown, or mentions it.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkContext {
    /// 링크가 있는 노트의 제목.
    ///
    /// The title of the note that has the link.
    pub title: String,
    /// 그 노트의 주소.
    ///
    /// The note's address.
    pub url: String,
    /// 제목이 같은 노트가 또 있을 때 이 노트의 경로(`폴더/파일`). 아니면 null.
    ///
    /// The note's path (`folder/file`) where another note has the same title, else null.
    pub path: Option<String>,
    /// 그 노트가 든 폴더의 제목. 맨 위의 노트이면 null.
    ///
    /// The title of the note's folder; null at the root.
    pub folder_title: Option<String>,
    /// 링크가 적힌 자리마다 하나씩, 글의 순서대로.
    ///
    /// One for each place where it is written, in the order of the text.
    pub places: Vec<QuotationContext>,
}

/// 보이는 노트와 같은 것을 다루는 노트, 그리고 그 까닭.
///
/// A note about the same things as the one shown, and why.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedContext {
    /// 노트의 제목.
    ///
    /// The note's title.
    pub title: String,
    /// 노트의 주소.
    ///
    /// The note's address.
    pub url: String,
    /// 제목이 같은 노트가 또 있을 때 이 노트의 경로(`폴더/파일`). 아니면 null.
    ///
    /// The note's path (`folder/file`) where another note has the same title, else null.
    pub path: Option<String>,
    /// 두 노트에 함께 자주 나오고 다른 노트에는 드문 낱말.
    ///
    /// Words that both use often and few others do.
    pub words: Vec<String>,
    /// 두 노트에 함께 달린, 드문 태그.
    ///
    /// Tags that both carry and few others do.
    pub tags: Vec<TagLinkContext>,
    /// 두 노트가 함께 가리키는 노트.
    ///
    /// Notes that both link to.
    pub targets: Vec<LinkContext>,
    /// 둘 가운데 하나가 다른 하나를 가리키는지.
    ///
    /// Whether one of the two links to the other.
    pub linked: bool,
}

/// 링크나 이름 둘레의 글.
///
/// The words around a link or a mention.
#[derive(Clone, Debug, Serialize)]
pub struct QuotationContext {
    /// 바로 그 자리의 주소.
    ///
    /// The address of the very place.
    pub url: String,
    /// 그 자리가 든 절의 제목. 첫 제목 앞이면 null.
    ///
    /// The heading of the section; null before the first one.
    pub heading: Option<String>,
    /// 문장에서 링크 앞의 글.
    ///
    /// The sentence before the link.
    pub before: String,
    /// 링크의 글. 그림처럼 글이 없으면 빈 글.
    ///
    /// The link's own words; empty where it has none.
    pub words: String,
    /// 문장에서 링크 뒤의 글.
    ///
    /// The sentence behind the link.
    pub after: String,
}

/// 보이는 노트.
///
/// The note shown.
#[derive(Clone, Debug, Serialize)]
pub struct NoteContext {
    /// 노트의 제목.
    ///
    /// The note's title.
    pub title: String,
    /// 제목이 된 머리글의 id. 그리로 오던 링크가 그대로 이어지게 합니다.
    ///
    /// The id of the heading that became the title, so that links to it still arrive.
    pub title_id: Option<String>,
    /// 안전한 HTML. 제목은 들어 있지 않습니다.
    ///
    /// Safe HTML, without the title.
    pub html: String,
    /// 머리말에 적은 설명.
    ///
    /// The description in the front matter.
    pub description: Option<String>,
    /// 쓴 날. `2026-03-01`.
    ///
    /// When it was written: `2026-03-01`.
    pub date: Option<String>,
    /// 고친 날.
    ///
    /// When it was changed.
    pub updated: Option<String>,
    /// 노트의 태그. 머리말에 적은 것이 먼저입니다.
    ///
    /// The note's tags, those of the front matter first.
    pub tags: Vec<TagLinkContext>,
    /// 다른 이름. 옛 주소는 들어 있지 않습니다.
    ///
    /// Its other names; old addresses are not among them.
    pub aliases: Vec<String>,
    /// 읽는 데 걸리는 분. 1보다 작지 않습니다.
    ///
    /// Minutes that reading takes, at least 1.
    pub reading_minutes: usize,
    /// 머리말에 적은 글쓴이. 여럿이면 쉼표로 이었습니다.
    ///
    /// The author in the front matter; several are joined with commas.
    pub author: Option<String>,
    /// 노트의 파일. 사이트 폴더에서 본 경로.
    ///
    /// The file, from the site's root.
    pub source_path: String,
    /// 차례를 보일지.
    ///
    /// Whether a table of contents is worth showing.
    pub show_toc: bool,
    /// 차례.
    ///
    /// The table of contents.
    pub toc: Vec<TocContext>,
    /// 위에 있는 폴더들. 맨 위부터.
    ///
    /// The folders above it, from the root.
    pub breadcrumbs: Vec<LinkContext>,
    /// 노트가 든 폴더.
    ///
    /// The folder that it is in.
    pub folder: LinkContext,
    /// 폴더에서 앞에 있는 노트.
    ///
    /// The note before it in its folder.
    pub previous: Option<LinkContext>,
    /// 폴더에서 뒤에 있는 노트.
    ///
    /// The note behind it in its folder.
    pub next: Option<LinkContext>,
    /// 이 노트를 가리키는 노트.
    ///
    /// The notes that link here.
    pub backlinks: Vec<BacklinkContext>,
    /// 이 노트의 이름이 링크 없이 나오는 곳.
    ///
    /// Where other notes name this one without linking to it.
    pub mentions: Vec<BacklinkContext>,
    /// 이 노트와 관련 있는 노트. 관련이 깊은 것부터.
    ///
    /// Notes about the same things, the most related first.
    pub related: Vec<RelatedContext>,
    /// 머리말에 적힌 링크를 항목별로.
    ///
    /// The links in the front matter, by key.
    pub properties: Vec<PropertyContext>,
    /// 이 노트와 바로 이어진 노트들의 그림. 이어진 노트가 없거나 `graph: false`이면 null.
    ///
    /// The picture of the notes linked to or from this one; null where there are none, or with `graph: false`.
    pub neighbourhood: Option<NeighbourhoodContext>,
    /// 초안인지. `--drafts`로 만들 때만 초안이 실립니다.
    ///
    /// Whether it is a draft; drafts are published with `--drafts` only.
    pub draft: bool,
    /// 노트가 속한 분류. 적은 순서입니다.
    ///
    /// The note's categories, in the order they were written.
    pub categories: Vec<TagLinkContext>,
    /// 머리말에 적은 열쇠말.
    ///
    /// The keywords in the front matter.
    pub keywords: Vec<String>,
    /// 노트가 속한 시리즈와 그 안의 자리. 적은 순서입니다.
    ///
    /// The series that the note is part of, and its place in each, in the order they were written.
    pub series: Vec<NoteSeriesContext>,
    /// `previous`와 `next`가 폴더가 아니라 시리즈를 따르면 그 시리즈의 이름, 아니면 null.
    ///
    /// The name of the series that `previous` and `next` follow; null where they follow the folder.
    pub previous_next_series: Option<String>,
    /// 머리말의 `layout`. 서가는 쓰지 않습니다.
    ///
    /// `layout` in the front matter; seoga does not use it.
    pub layout: Option<String>,
    /// 표지 그림의 주소.
    ///
    /// The address of the cover picture.
    pub cover: Option<String>,
    /// 서가가 쓰지 않는 머리말. 적은 그대로입니다.
    ///
    /// Front matter that seoga itself has no use for, as written.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// 머리말의 `cssclasses`.
    ///
    /// `cssclasses` in the front matter.
    pub css_classes: Vec<String>,
    /// Belongs to the page: templates see it as `previews`.
    #[serde(skip)]
    pub previews: Option<String>,
}

/// 보이는 폴더. `html`, `toc`, `note`는 폴더를 소개하는 노트(`index.md`, `README.md`)의 것입니다.
///
/// The folder shown. `html`, `toc` and `note` come from its introduction (`index.md`, `README.md`).
#[derive(Clone, Debug, Serialize)]
pub struct FolderContext {
    /// 소개하는 노트의 제목, 없으면 폴더의 이름.
    ///
    /// Its introduction's title, else its own name.
    pub title: String,
    /// 폴더의 쪽.
    ///
    /// The folder's page.
    pub url: String,
    /// 소개하는 노트의 HTML.
    ///
    /// The introduction's HTML.
    pub html: Option<String>,
    /// 차례를 보일지.
    ///
    /// Whether a table of contents is worth showing.
    pub show_toc: bool,
    /// 소개하는 노트의 차례.
    ///
    /// The introduction's table of contents.
    pub toc: Vec<TocContext>,
    /// 소개하는 노트.
    ///
    /// The introduction.
    pub note: Option<NoteContext>,
    /// 안에 있는 폴더. 읽는 차례대로.
    ///
    /// The folders in it, in reading order.
    pub folders: Vec<FolderEntryContext>,
    /// 안에 있는 노트. 소개하는 노트는 빼고, 읽는 차례대로.
    ///
    /// The notes in it, in reading order, without the introduction.
    pub notes: Vec<CardContext>,
    /// 위에 있는 폴더들. 맨 위부터.
    ///
    /// The folders above it, from the root.
    pub breadcrumbs: Vec<LinkContext>,
}

/// 폴더 목록의 폴더.
///
/// A folder in a list of folders.
#[derive(Clone, Debug, Serialize)]
pub struct FolderEntryContext {
    /// 폴더의 제목.
    ///
    /// The folder's title.
    pub title: String,
    /// 폴더의 쪽.
    ///
    /// The folder's page.
    pub url: String,
    /// 그 안과 아래에 있는 노트의 수.
    ///
    /// How many notes are in it and below it.
    pub note_count: usize,
}

/// 나무의 한 자리: 옆 막대의 것, 또는 첫 화면의 것.
///
/// An entry of a tree: the sidebar's, or the home page's.
#[derive(Clone, Debug, Serialize)]
pub struct TreeContext {
    /// 폴더나 노트의 제목.
    ///
    /// The title of the folder or note.
    pub title: String,
    /// 그 쪽.
    ///
    /// Its page.
    pub url: String,
    /// `folder`, `note`, 또는 긴 폴더의 나머지인 `more`.
    ///
    /// `folder`, `note`, or `more` for the rest of a long folder.
    pub kind: &'static str,
    /// 지금 보고 있는 쪽인지.
    ///
    /// Whether it is the page being shown.
    pub current: bool,
    /// 펼쳐 보일 폴더인지.
    ///
    /// Whether the folder is shown open.
    pub open: bool,
    /// 폴더의 그 안과 아래에 있는 노트의 수.
    ///
    /// Of a folder: how many notes are in it and below it.
    pub note_count: Option<usize>,
    /// 그 안에 있는 것.
    ///
    /// What is in it.
    pub children: Vec<TreeContext>,
}

/// 보이는 태그나 분류.
///
/// The tag or category shown.
#[derive(Clone, Debug, Serialize)]
pub struct TagContext {
    /// 태그의 온 이름. 층 사이는 `/`.
    ///
    /// The whole name, `/` between levels.
    pub name: String,
    /// 이 태그나 그 아래의 태그를 단 노트의 수.
    ///
    /// How many notes carry the tag or one below it.
    pub note_count: usize,
    /// 위에 있는 태그. 맨 위부터.
    ///
    /// The tags above it, from the top.
    pub parents: Vec<TagLinkContext>,
    /// 바로 아래의 태그.
    ///
    /// The tags directly below it.
    pub children: Vec<TagEntryContext>,
    /// 이 태그나 그 아래의 태그를 단 노트.
    ///
    /// The notes that carry the tag or one below it.
    pub notes: Vec<CardContext>,
}

/// 시리즈에서 노트의 자리.
///
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

/// 시리즈의 다른 글 곁에 보이는 글.
///
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

/// 보이는 시리즈.
///
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

/// 모든 시리즈의 목록에서 하나.
///
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

/// 새로 쓰고 고친 노트 가운데 한 달의 것.
///
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

/// 새로 쓰거나 고친 노트.
///
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

/// 용어집에서 같은 글자로 시작하는 용어.
///
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

/// 용어집의 용어.
///
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

/// 모든 노트의 목록에서 한 폴더의 노트.
///
/// Notes of one folder in the list of all notes.
#[derive(Clone, Debug, Serialize)]
pub struct GroupContext {
    /// 폴더의 제목. 위에 있는 폴더가 앞에 붙습니다.
    ///
    /// The folder's title, behind those of the folders above it.
    pub title: String,
    /// 폴더의 쪽. 폴더가 아니면 null.
    ///
    /// The folder's page; null for a group that is no folder.
    pub url: Option<String>,
    /// 노트.
    ///
    /// The notes.
    pub notes: Vec<CardContext>,
}

/// 구독할 글. 여기의 주소는 모두 온전한 주소입니다.
///
/// The feed; every address in it is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct FeedContext {
    /// 사이트의 제목.
    ///
    /// The site's title.
    pub title: String,
    /// 사이트의 설명.
    ///
    /// The site's description.
    pub subtitle: Option<String>,
    /// 구독의 id. 사이트의 주소.
    ///
    /// The feed's id: the site's address.
    pub id: String,
    /// 마지막으로 고친 때. RFC 3339.
    ///
    /// When it last changed, in RFC 3339.
    pub updated: String,
    /// 구독 파일의 주소.
    ///
    /// The address of the feed itself.
    pub self_url: String,
    /// 사이트의 주소.
    ///
    /// The site's address.
    pub home_url: String,
    /// `site.yaml`에 적은 글쓴이.
    ///
    /// The author in `site.yaml`.
    pub author: Option<String>,
    /// 새로 쓰고 고친 노트. 새것이 먼저입니다.
    ///
    /// The notes last written or changed, the newest first.
    pub entries: Vec<FeedEntryContext>,
}

/// 구독할 글의 노트.
///
/// A note in the feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntryContext {
    /// 노트의 제목.
    ///
    /// The note's title.
    pub title: String,
    /// 노트의 쪽.
    ///
    /// The note's page.
    pub url: String,
    /// 글의 id. 노트의 쪽과 같습니다.
    ///
    /// The entry's id, the same as its page.
    pub id: String,
    /// 고친 때, 없으면 쓴 때. RFC 3339.
    ///
    /// When it was changed, else written, in RFC 3339.
    pub updated: String,
    /// 쓴 때. RFC 3339.
    ///
    /// When it was written, in RFC 3339.
    pub published: Option<String>,
    /// 머리말의 설명, 없으면 첫 문단.
    ///
    /// The description in the front matter, else the first paragraph.
    pub summary: Option<String>,
    /// 태그의 이름.
    ///
    /// The names of its tags.
    pub tags: Vec<String>,
}

/// 사이트 지도의 쪽. 주소는 온전한 주소입니다.
///
/// A page in the sitemap; the address is absolute.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntryContext {
    /// 쪽의 주소.
    ///
    /// The page's address.
    pub url: String,
    /// 고친 날.
    ///
    /// When it was changed.
    pub lastmod: Option<String>,
}

/// 노트와 바로 이어진 노트들을 부채꼴로 그린 그림: 부챗살이 이웃으로 갑니다. 길이는 SVG `viewBox`의 단위입니다.
///
/// A note and those one link away, as a fan: the note at its handle, a rib to each neighbour. Lengths are units of the
/// SVG's `viewBox`.
#[derive(Clone, Debug, Serialize)]
pub struct NeighbourhoodContext {
    /// 그림의 너비.
    ///
    /// The width of the drawing.
    pub width: i32,
    /// 그림의 높이.
    ///
    /// The height of the drawing.
    pub height: i32,
    /// 이 노트가 속한 무리의 색 번호: 1–8, 없으면 0.
    ///
    /// The number of the colour of this note's shelf: 1 to 8, or 0 for none.
    pub shelf: u8,
    /// 이 노트의 자리.
    ///
    /// Where this note stands.
    pub x: i32,
    /// 이 노트의 자리.
    ///
    /// Where this note stands.
    pub y: i32,
    /// 이 노트에서 이웃으로 가는 선: `<path>`의 `d`.
    ///
    /// The lines from this note to its neighbours: the `d` of a `<path>`.
    pub ribs: String,
    /// 이웃끼리 이어진 선: `<path>`의 `d`. 없으면 null.
    ///
    /// The lines between neighbours: the `d` of a `<path>`; null where there are none.
    pub across: Option<String>,
    /// 그림에 보이는 이웃. 많이 이어진 노트부터 골랐습니다.
    ///
    /// The neighbours shown: those with the most links.
    pub neighbours: Vec<NeighbourContext>,
    /// 이웃의 수.
    ///
    /// How many neighbours there are.
    pub count: usize,
    /// 그림에 보이지 않는 이웃의 수.
    ///
    /// How many of them are not shown.
    pub more: usize,
    /// 전체 그래프에서 이 노트의 자리.
    ///
    /// This note in the graph of all notes.
    pub graph_url: String,
}

/// 이웃 그림의 이웃.
///
/// A neighbour in the picture of a note's neighbourhood.
#[derive(Clone, Debug, Serialize)]
pub struct NeighbourContext {
    /// 제목, 자리에 맞게 줄인 것.
    ///
    /// The title, cut to the room it has.
    pub label: String,
    /// 줄인 제목의 원래 제목. 줄이지 않았으면 null.
    ///
    /// The whole title where it was cut, else null.
    pub full_title: Option<String>,
    /// 노트의 주소.
    ///
    /// The note's address.
    pub url: String,
    /// 무리의 색 번호: 1–8, 없으면 0.
    ///
    /// The number of its shelf's colour: 1 to 8, or 0 for none.
    pub shelf: u8,
    /// 점의 자리.
    ///
    /// Where its dot stands.
    pub x: i32,
    /// 점의 자리.
    ///
    /// Where its dot stands.
    pub y: i32,
}

/// 모든 노트의 그래프. 길이는 SVG `viewBox`의 단위입니다.
///
/// The graph of all notes. Lengths are units of the SVG's `viewBox`.
#[derive(Clone, Debug, Serialize)]
pub struct GraphContext {
    /// 그림의 너비.
    ///
    /// The width of the drawing.
    pub width: i32,
    /// 그림의 높이.
    ///
    /// The height of the drawing.
    pub height: i32,
    /// 노트의 수.
    ///
    /// How many notes there are.
    pub note_count: usize,
    /// 이어진 쌍의 수.
    ///
    /// How many pairs of notes are linked.
    pub tie_count: usize,
    /// 어느 노트와도 이어지지 않은 노트의 수.
    ///
    /// How many notes are linked to none.
    pub loose_count: usize,
    /// 이어지지 않은 노트가 놓인 곳의 윗선. 없으면 null.
    ///
    /// Above the notes that are linked to none; null where there are none.
    pub loose_from: Option<i32>,
    /// 넓은 화면에서 글자의 크기, 단위의 10분의 1.
    ///
    /// The size of letters on a wide screen, in tenths of a unit.
    pub letters: i32,
    /// 좁은 화면에서 글자의 크기, 단위의 10분의 1.
    ///
    /// The size of letters on a narrow screen, in tenths of a unit.
    pub letters_on_narrow: i32,
    /// 선이 얼마나 빽빽한지: 1(성긂)–4(빽빽함).
    ///
    /// How dense the lines are: 1 (few) to 4 (very many).
    pub density: u8,
    /// 선, 색깔마다 하나.
    ///
    /// The lines, one path a colour.
    pub ties: Vec<GraphTiesContext>,
    /// 무리와 거기에 속한 노트. 큰 무리부터, 나머지는 마지막.
    ///
    /// The shelves with their notes, the largest first, the rest last.
    pub shelves: Vec<GraphShelfContext>,
    /// 처음부터 보이는 제목.
    ///
    /// The titles shown from the start.
    pub labels: Vec<GraphLabelContext>,
    /// 스크립트가 읽는 JSON: 이음과 태그. 속성의 작은따옴표 안에 그대로 둘 수 있습니다.
    ///
    /// JSON for the script: ties and tags. It can stand in an attribute's single quotes as it is.
    pub data: String,
}

/// 한 색깔의 선.
///
/// The lines of one colour.
#[derive(Clone, Debug, Serialize)]
pub struct GraphTiesContext {
    /// 양쪽 노트가 같은 무리이면 그 색 번호, 아니면 0.
    ///
    /// The shelf's number where both notes stand on it, else 0.
    pub shelf: u8,
    /// `<path>`의 `d`.
    ///
    /// The `d` of a `<path>`.
    pub path: String,
}

/// 그래프에서 한 색깔의 노트.
///
/// Notes of one colour in the graph.
#[derive(Clone, Debug, Serialize)]
pub struct GraphShelfContext {
    /// 색 번호: 1–8, 나머지는 0.
    ///
    /// The number of the colour: 1 to 8, or 0 for the rest.
    pub number: u8,
    /// 폴더의 이름.
    ///
    /// The folder's title.
    pub title: String,
    /// 폴더의 주소. 폴더가 아니면 null.
    ///
    /// The folder's page; null where the shelf is no folder.
    pub url: Option<String>,
    /// 노트의 수.
    ///
    /// How many notes it has.
    pub note_count: usize,
    /// 노트의 점.
    ///
    /// The notes as dots.
    pub nodes: Vec<GraphNodeContext>,
}

/// 그래프의 노트.
///
/// A note in the graph.
#[derive(Clone, Debug, Serialize)]
pub struct GraphNodeContext {
    /// 노트의 번호. `graph.html#n번호`가 이 점을 가리킵니다.
    ///
    /// The note's number; `graph.html#n<number>` leads to this dot.
    pub id: usize,
    /// 제목.
    ///
    /// The title.
    pub title: String,
    /// 주소.
    ///
    /// The address.
    pub url: String,
    /// 점의 자리.
    ///
    /// Where the dot stands.
    pub x: i32,
    /// 점의 자리.
    ///
    /// Where the dot stands.
    pub y: i32,
    /// 점의 반지름. 많이 이어진 노트일수록 큽니다.
    ///
    /// The dot's radius: the more links, the larger.
    pub radius: f32,
}

/// 그래프의 제목.
///
/// A title in the graph.
#[derive(Clone, Debug, Serialize)]
pub struct GraphLabelContext {
    /// 줄인 제목.
    ///
    /// The title, cut where it is long.
    pub text: String,
    /// 글 윗변의 가운데.
    ///
    /// The middle of its upper edge.
    pub x: i32,
    /// 글 윗변의 가운데.
    ///
    /// The middle of its upper edge.
    pub y: i32,
    /// 좁은 화면에도 보이는지.
    ///
    /// Whether it is shown on narrow screens too.
    pub on_narrow: bool,
}
