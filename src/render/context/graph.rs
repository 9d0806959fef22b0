//! Pictures of how notes are linked. Lengths are units of the SVG's `viewBox`.

use serde::Serialize;

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
