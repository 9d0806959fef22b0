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
    /// `note`, `folder`, `home`, `tags`, `tag`, `notes`, `graph` or `404`.
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
    /// 노트 그래프 쪽의 주소. 서로 이어진 노트가 없거나 `graph: false`이면 null.
    ///
    /// The page with the graph of all notes; null where no notes are linked to each other, or with `graph: false`.
    pub graph_url: Option<String>,
}

/// A title and where it leads.
#[derive(Clone, Debug, Serialize)]
pub struct LinkContext {
    pub title: String,
    pub url: String,
}

/// A tag as it stands beside a note.
#[derive(Clone, Debug, Serialize)]
pub struct TagLinkContext {
    pub name: String,
    pub url: String,
}

/// A tag in a list of tags.
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
    /// 이 노트와 바로 이어진 노트들의 그림. 이어진 노트가 없거나 `graph: false`이면 null.
    ///
    /// The picture of the notes linked to or from this one; null where there are none, or with `graph: false`.
    pub neighbourhood: Option<NeighbourhoodContext>,
    pub draft: bool,
    pub categories: Vec<String>,
    pub keywords: Vec<String>,
    pub series: Option<String>,
    pub layout: Option<String>,
    /// The address of the cover picture.
    pub cover: Option<String>,
    /// Front matter that seoga itself has no use for.
    pub extra: BTreeMap<String, serde_json::Value>,
    pub css_classes: Vec<String>,
    /// Belongs to the page: templates see it as `previews`.
    #[serde(skip)]
    pub previews: Option<String>,
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

/// The tag shown.
#[derive(Clone, Debug, Serialize)]
pub struct TagContext {
    pub name: String,
    pub note_count: usize,
    pub parents: Vec<TagLinkContext>,
    pub children: Vec<TagEntryContext>,
    pub notes: Vec<CardContext>,
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
