//! Pages that gather notes: series, recent changes, the glossary, the list of all.

use serde::Serialize;

use super::{CardContext, LinkContext};

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
