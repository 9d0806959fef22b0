//! The guard is fed pages that the rooms before it would never make.

use std::path::Path;

use seoga_search::{BundleBuilder, PageInput, SectionInput, Vocabulary};

use super::*;
use crate::config::Config;
use crate::language::Language;
use crate::library::{self, Library, Parsed};
use crate::markdown::{self, Input};
use crate::render::Theme;
use crate::source::{AssetFile, note_from_bytes};

/// A site of notes and files, of which some are private.
struct Case {
    library: Library,
    secrets: Secrets,
    config: Config,
    theme: Theme,
    /// Holds the private files.
    _folder: tempfile::TempDir,
}

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M1 2 3 4 5 6\"/><path d=\"M8 7\"/><circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>\n";

impl Case {
    /// `private` are notes, by name and text; the drawing is theirs.
    fn of(public: &[(&str, &str)], private: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let parsed = |(name, text): &(&str, &str), withheld: bool| {
            let path = format!("content/{name}");
            let note = note_from_bytes(&path, name, text.as_bytes().to_vec());
            let input = Input {
                text: &note.text,
                body_start: note.body_start,
                path: &path,
                title: note.metadata.title.as_deref(),
                cover: None,
                extra: Some(&note.metadata.extra),
            };
            let document = markdown::parse(input, &markdown::Options::default());
            Parsed { note, document, withheld }
        };
        let notes: Vec<Parsed> = public
            .iter()
            .map(|note| parsed(note, false))
            .chain(private.iter().map(|note| parsed(note, true)))
            .collect();
        let file = |name: &str| {
            let path = folder.path().join(name.replace('/', "-"));
            std::fs::write(&path, PICTURE).unwrap();
            AssetFile { path, name: name.to_owned(), target: None }
        };
        let assets = vec![file("그림/도요새.svg"), file("그림/공개.svg")];
        let config = Config::default();
        let mut secrets = Secrets::of_notes(&notes, [].iter());
        let options = library::Options {
            config: &config,
            content_prefix: "content/",
            reserved: Vec::new(),
            reserved_folders: Vec::new(),
        };
        let library = library::gather(notes, Vec::new(), assets, &options);
        secrets.add_files(&library, "content/");
        let theme = Theme::load(Path::new("/nowhere"), Language::Korean).unwrap();
        Self { library, secrets, config, theme, _folder: folder }
    }

    /// What the guard says after it has looked.
    fn said(&self, look: impl FnOnce(&Guard)) -> Vec<String> {
        let guard = Guard::new(self.secrets.clone()).unwrap();
        look(&guard);
        let published = Published {
            library: &self.library,
            theme: &self.theme,
            config: &self.config,
            title: "서가",
            own_names: &[],
        };
        guard.verdict(&published).unwrap().iter().map(|leak| leak.to_line(Language::Korean)).collect()
    }

    fn said_of(&self, path: &str, page: &str) -> Vec<String> {
        self.said(|guard| guard.page(path, page.as_bytes()))
    }
}

const DIARY: (&str, &str) = (
    "일기/오늘-소쩍새.md",
    "---\ntitle: 참 '좋은' 호반새 & 물떼새\naliases: [흑두루미 자리, /옛/재두루미/]\ntags: [새/느시]\nseries: 큰고니 이야기\nredirect_from: /전에/넓적부리\n---\n![](../그림/도요새.svg)\n",
);

fn diary() -> Case {
    Case::of(&[("글.md", "# 글\n\n![](그림/공개.svg)\n")], &[DIARY])
}

#[test]
fn a_name_is_found_in_every_form() {
    let case = diary();
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd("흑두루미 자리").collect();
    for (path, page) in [
        ("글.html", "<p>이것은 흑두루미 자리.</p>".to_owned()),
        ("글.html", "<p>흑두루미 자리를 본다</p>".to_owned()),
        ("글.html", format!("<p>{nfd}</p>")),
        ("글.html", "<b>흑두루미\n  자리</b>".to_owned()),
        ("글.html", "<a title='흑두루미-자리'>글</a>".to_owned()),
        ("글.html", "<a href=\"../%ED%9D%91%EB%91%90%EB%A3%A8%EB%AF%B8%20%ec%9e%90%eb%a6%ac.html\">글</a>".to_owned()),
        ("글.html", "<meta content=\"&#55121;두루미 &#xC790;리\">".to_owned()),
        ("글.html", "<!-- 흑두루미 자리 -->".to_owned()),
        (
            "글.html",
            "<script>let names = {\"title\":\"\\ud751\\ub450\\ub8e8\\ubbf8 \\uc790\\ub9ac\"}</script>".to_owned(),
        ),
        ("글.html", "<i data-x=\"{&quot;a&quot;:&quot;\\ud751두루미 자리&quot;}\"></i>".to_owned()),
        ("atom.xml", "<entry><title>흑두루미 자리</title></entry>".to_owned()),
        ("atom.xml", "<x><![CDATA[흑두루미 자리]]></x>".to_owned()),
        ("글.html", "<i data-graph='{\"titles\":[\"흑두루미 자리\"]}'></i>".to_owned()),
        ("graph.json", "{\"nodes\":[[\"흑두루미 자리\",1]]}".to_owned()),
        ("data.js", "names = ['흑두루미_자리'];".to_owned()),
        ("흑두루미 자리.html", "<p>글</p>".to_owned()),
        ("tags/흑두루미-자리/index.html", "<p>글</p>".to_owned()),
    ] {
        let said = case.said_of(path, &page);
        let expected = format!(
            "content/일기/오늘-소쩍새.md:1:1: error[private-leak]: 비공개인데 별칭 `흑두루미 자리`가 사이트에 있습니다: `{path}`"
        );
        assert_eq!(said, [expected], "{path}: {page}");
    }
}

#[test]
fn every_kind_of_name_is_looked_for() {
    let case = diary();
    for (page, kind) in [
        ("<p>참 ‘좋은’ 호반새 &amp; 물떼새</p>", ""),
        ("<p>참 '좋은' 호반새 &amp; 물떼새</p>", "제목"),
        ("<a href=\"x/오늘-소쩍새.html\">글</a>", "파일 이름"),
        ("<a href=\"옛/재두루미/index.html\">글</a>", "주소"),
        ("<a href=\"전에/넓적부리.html\">글</a>", "주소"),
        ("<a>#새/느시</a>", "태그"),
        ("<p>큰고니 이야기 3/7</p>", "시리즈"),
        ("<a href=\"../일기/index.html\">글</a>", "폴더"),
        ("<img src=\"그림/도요새.svg\">", "파일 이름"),
    ] {
        let said = case.said_of("글.html", page);
        let is_told = said.iter().any(|line| !kind.is_empty() && line.contains(&format!("비공개인데 {kind} ")));
        assert_eq!(is_told, !kind.is_empty(), "{page}: {said:?}");
    }
}

#[test]
fn words_that_merely_hold_a_name_are_others() {
    let case = Case::of(
        &[("글.md", "글\n")],
        &[
            ("데이.md", "글\n"),
            ("자바 스프링.md", "글\n"),
            ("3. 소개.md", "글\n"),
            ("nodes.md", "글\n"),
            ("책.md", "글\n"),
        ],
    );
    let page = "<title>자바 / 스프링 - 자바</title><ol><li>3</li><li>소개</li></ol><p>데이터와 홀리데이, 데<b>이</b></p>\
                <p class=\"nodes\">책 한 권</p><nodes></nodes><script>{\"nodes\":1}</script><i data-x='{\"nodes\":1}'></i>";
    assert_eq!(case.said_of("글.html", page), [""; 0]);
}

#[test]
fn what_the_program_cuts_marks_and_counts_is_no_name() {
    let case = Case::of(
        &[("글.md", "게이트웨이와 서비스 디스커버리. 캐시로만 쓴다.\n")],
        &[("서비.md", "글\n"), ("로만.md", "글\n"), ("노트 3개.md", "글\n"), ("175쌍.md", "글\n")],
    );
    let page = "<text>게이트웨이와 서비…</text><p>서비… 있다</p><p><mark>캐시</mark>로만 쓴다.</p><p>노트 3개</p><p>링크 175쌍</p>";
    assert_eq!(case.said_of("글.html", page), [""; 0]);
    assert_eq!(case.said_of("글.html", "<p>노트 3개짜리</p><p>서비</p><p>로만</p>").len(), 2);
}

#[test]
fn a_name_that_is_published_as_well_gives_nothing_away() {
    let private = [("흑두루미.md", "글\n")];
    for public in [
        "흑두루미를 보았다.\n",
        "# 흑두루미\n",
        "---\nrelated: [흑두루미]\n---\n글\n",
        "[[흑두루미]]를 본다.\n",
        "![](새.png \"흑두루미\")\n",
        "```\nlet 흑두루미 = 1;\n```\n",
        "<p title=\"흑두루미\">글</p>\n",
    ] {
        let case = Case::of(&[("글.md", public)], &private);
        assert_eq!(case.said_of("글.html", "<p>흑두루미</p>"), [""; 0], "{public}");
    }
    let case = Case::of(&[("흑두루미/글.md", "글\n")], &private);
    assert_eq!(case.said_of("글.html", "<p>흑두루미</p>"), [""; 0]);
}

#[test]
fn what_only_the_source_of_a_note_says_is_not_published() {
    for public in [
        "---\n위: \"[[흑두루미|글]]\"\n---\n글\n",
        "[글](흑두루미.md)\n",
        "[[흑두루미|글]]\n",
        "<!-- 흑두루미 -->\n",
        "%%흑두루미%%\n",
        "![](흑두루미.md)\n",
    ] {
        let case = Case::of(&[("글.md", public)], &[("흑두루미.md", "글\n")]);
        assert_eq!(case.said_of("글.html", "<a href=\"흑두루미.html\">글</a>").len(), 1, "{public}");
    }
}

#[test]
fn a_name_that_tells_nothing_is_an_address_only() {
    let case = Case::of(&[("2024/글.md", "글\n")], &[("2024/3.md", "글\n"), ("2024/책.md", "글\n")]);
    assert_eq!(case.said_of("글.html", "<p>책 3, 2024년</p>"), [""; 0]);
    let said = case.said_of("2024/책.html", "");
    assert_eq!(
        said,
        ["content/2024/책.md:1:1: error[private-leak]: 비공개인데 그 자리에 파일이 있습니다: `2024/책.html`"]
    );
}

#[test]
fn the_search_index_is_opened_and_read() {
    let case = diary();
    let with_words = |title: &str, alias: &str, text: &str, entries: &[&str]| {
        let mut analyzer = Analyzer::new(&Dictionary::embedded().unwrap());
        let aliases = [alias.to_owned()];
        let sections = vec![SectionInput { heading: "", anchor: "", text, line: 0 }];
        let page =
            PageInput { title, url: "글.html", path: "글.md", tags: &[], aliases: &aliases, standing: 0, sections };
        let mut builder = BundleBuilder::new().unwrap();
        builder.add(analyzer.analyze_page(&page)).unwrap();
        builder.finish(&Vocabulary::from_text(&entries.join("\n")), |_, _| Vec::new()).unwrap()
    };
    let bundle = |title: &str, alias: &str, text: &str| with_words(title, alias, text, &[]);
    let said = |bundle: Bundle| case.said(|guard| guard.bundle("search-index", &bundle).unwrap());
    assert_eq!(said(bundle("글", "글", "글")), [""; 0]);
    assert_eq!(said(bundle("글", "글", "그 흑두루미 자리는")).len(), 1);
    let leak = said(bundle("글", "흑두루미 자리", "글"));
    assert_eq!(leak, [""; 0], "an alias of two words is two terms, each of them no name");
    let leak = said(with_words("글", "글", "글", &["글,흑두루미 자리"]));
    assert_eq!(leak.len(), 1, "a word of the site's dictionary: {leak:?}");
    let case = Case::of(&[("글.md", "새벽을 걸었다\n")], &[("넓적부리.md", "글\n"), ("걷다.md", "글\n")]);
    let said = |bundle: Bundle| case.said(|guard| guard.bundle("search-index", &bundle).unwrap());
    let leak = said(bundle("글", "넓적부리", "새벽을 걸었다"));
    assert_eq!(leak.len(), 1, "{leak:?}");
    assert!(leak[0].ends_with("파일 이름 `넓적부리`가 검색 색인에 있습니다"), "{leak:?}");
}

#[test]
fn the_bytes_of_a_private_file_are_found() {
    let case = diary();
    let secret = case.secrets.files.first().unwrap().file.clone();
    let same = secret.with_file_name("같은 것.svg");
    std::fs::copy(&secret, &same).unwrap();
    let asset = |name: &str| case.library.assets.iter().position(|asset| asset.name == name).map(AssetId);
    let owner = "content/그림/도요새.svg:1:1: error[private-leak]: 비공개인데 ";
    let said = case.said(|guard| guard.file("static/x.svg", &same, None));
    assert_eq!(said, [format!("{owner}내용이 똑같은 파일이 사이트에 있습니다: `static/x.svg`")]);
    let said = case.said(|guard| guard.file("그림/공개.svg", &same, asset("그림/공개.svg")));
    assert_eq!(said, [""; 0], "a published note shows it");
    let said = case.said_of("글.html", &format!("<p>글</p>{PICTURE}<p>글</p>"));
    assert_eq!(said, [format!("{owner}이 파일의 내용이 사이트에 들어 있습니다: `글.html`")]);
}

#[test]
fn all_leaks_are_counted_and_a_hundred_told() {
    let private: Vec<(String, String)> = (0..150).map(|n| (format!("흑두루미{n}호새.md"), "글\n".to_owned())).collect();
    let private: Vec<(&str, &str)> = private.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let case = Case::of(&[("글.md", "글\n")], &private);
    let page: String = private.iter().map(|(name, _)| format!("<a href=\"{name}\">글</a>")).collect();
    let said = case.said_of("글.html", &page);
    assert_eq!(said.len(), MOST_TOLD);
    assert!(said.last().unwrap().ends_with("이런 흔적이 50개 더 있습니다"), "{:?}", said.last());
}
