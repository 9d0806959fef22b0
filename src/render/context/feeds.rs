//! The feed and the sitemap.

use serde::Serialize;

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
