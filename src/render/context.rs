//! What templates are given: the shapes, in the order a template author meets them.
//!
//! Every `url` is relative to the page being rendered and ready to stand in an attribute. What may be absent is null,
//! never missing, so that a misspelt name is an error and an absent date is not.
//!
//! Template authors read about them in `templates/README.md`, which is made from this file and those below it: every
//! shape and every field says what it is in Korean, then in English. `SEOGA_WRITE_REFERENCE=1 cargo test reference` writes
//! it anew.

mod feeds;
mod graph;
mod lists;
mod note;

use serde::Serialize;

pub use feeds::*;
pub use graph::*;
pub use lists::*;
pub use note::*;

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
    /// 브라우저에 담아 두고 오프라인에서도 읽는 사이트인지. `offline: false`이면 거짓.
    ///
    /// Whether browsers keep the site for reading without a network; not with `offline: false`.
    pub offline: bool,
}

/// 쪽. 무엇을 보이든 있습니다.
///
/// The page, whatever it shows.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`, `glossary`,
    /// `notes`, `graph`, `search`, `404` 가운데 하나.
    ///
    /// `note`, `folder`, `home`, `tags`, `tag`, `categories`, `category`, `series`, `series_index`, `recent`, `glossary`,
    /// `notes`, `graph`, `search` or `404`.
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
    /// 검색 쪽. `?q=` 뒤에 찾을 말이 옵니다.
    ///
    /// The page of the search; `?q=` says what is searched.
    pub search_url: String,
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
