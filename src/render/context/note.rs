//! A note, and what is said of it by others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{LinkContext, NeighbourhoodContext, NoteSeriesContext, TagLinkContext};

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
