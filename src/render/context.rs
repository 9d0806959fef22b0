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
    /// `note`, `folder`, `home`, `tags`, `tag`, `notes`, `404` 가운데 하나.
    ///
    /// `note`, `folder`, `home`, `tags`, `tag`, `notes` or `404`.
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

/// 노트 곁에 서는 태그.
///
/// A tag as it stands beside a note.
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

/// 태그 목록의 태그.
///
/// A tag in a list of tags.
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

/// 보이는 노트를 가리키는 노트.
///
/// A note that links to the one shown.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkContext {
    /// 가리키는 노트의 제목.
    ///
    /// The title of the note that links here.
    pub title: String,
    /// 가리키는 노트의 쪽.
    ///
    /// Its page.
    pub url: String,
    /// 그 노트의 폴더. 맨 위에 있으면 null.
    ///
    /// The title of its folder; null at the root.
    pub folder_title: Option<String>,
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
    /// 초안인지. `--drafts`로 만들 때만 초안이 실립니다.
    ///
    /// Whether it is a draft; drafts are published with `--drafts` only.
    pub draft: bool,
    /// 머리말에 적은 분류.
    ///
    /// The categories in the front matter.
    pub categories: Vec<String>,
    /// 머리말에 적은 열쇠말.
    ///
    /// The keywords in the front matter.
    pub keywords: Vec<String>,
    /// 머리말에 적은 연재의 이름.
    ///
    /// The series in the front matter.
    pub series: Option<String>,
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

/// 보이는 태그.
///
/// The tag shown.
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
