//! Notes from other people's repositories: whatever they hold, nothing runs, nothing escapes, nothing hangs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::html::{Element, elements};
use common::{Site, places};

/// What in a page could run something or load something from elsewhere.
fn dangers(page: &str) -> Vec<String> {
    let runs = |element: &Element| {
        let name = element.name.as_str();
        let own_script = name == "script"
            && element.attribute("src").is_some_and(|src| !src.contains(':') && src.contains("static/"));
        let element_runs =
            matches!(name, "script" | "iframe" | "object" | "embed" | "base" | "form" | "frame" | "applet")
                && !own_script;
        let refreshes = name == "meta" && element.attribute("http-equiv").is_some();
        element_runs
            || refreshes
            || element.attributes.iter().any(|(attribute, value)| {
                let visible: String =
                    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
                attribute.starts_with("on")
                    || ["javascript:", "vbscript:", "data:text", "file:"]
                        .iter()
                        .any(|scheme| visible.starts_with(scheme))
                    || (attribute == "style" && (visible.contains("url(") || visible.contains("position")))
                    || attribute == "srcdoc"
            })
    };
    elements(page).iter().filter(|element| runs(element)).map(|element| format!("{element:?}")).collect()
}

#[test]
fn hostile_html_and_addresses_never_run() {
    let site = Site::case("hostile");
    let run = site.build();
    assert_eq!(run.code, 0, "{run}");
    for (path, page) in site.pages() {
        assert_eq!(dangers(&page), [""; 0], "{path}");
    }
    assert!(!places(&site.faults(), "html-dropped").is_empty());
    assert!(places(&site.faults(), "forbidden-link").len() >= 6);
    // What was harmless is still there to read.
    let text = common::html::text(&site.body("html.html"));
    for word in ["스크립트 앞", "스크립트 뒤", "그림을 눌러", "이어지는 글"] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn hostile_names_titles_and_tags_stay_text_everywhere() {
    let site = Site::of(&[(
        "site.yaml",
        "title: \"<script>alert(1)</script>\"\ndescription: '\"><img src=x onerror=alert(2)>'\n",
    )]);
    site.add(
        "content/<img src=x onerror=alert(3)>.md",
        "---\ntags: ['\"><script>alert(4)</script>']\naliases: ['<b onclick=alert(5)>']\nauthor: '<i onload=x>'\ndescription: '<script>alert(6)</script>'\n---\n\n글\n",
    );
    site.add("content/\"><svg onload=alert(7)>/글.md", "# </title><script>alert(8)</script>\n\n[[<img src=x onerror=alert(3)>]]\n\n```\"><script>alert(9)</script>\n코드\n```\n");
    let run = site.build();
    assert!(run.code < 2, "{run}");
    let pages = site.pages();
    assert!(pages.len() > 6);
    for (path, page) in pages {
        assert_eq!(dangers(&page), [""; 0], "{path}");
    }
    assert_eq!(common::link_check::faults(&site.output()), [""; 0]);
}

#[test]
fn a_snippet_marks_matches_and_lets_no_other_element_through() {
    let site = Site::of(&[(
        "content/a.md",
        "# 꺾쇠\n\n`<script>alert(1)</script>` 앞의 꺾쇠와 `<img onerror=x>` 뒤의 꺾쇠 \\<b>굵게\\</b>.\n",
    )]);
    site.built();
    let run = site.run(&["search", "--json", "꺾쇠"]);
    let snippet = run.json_lines()[0]["hits"][0]["snippet"].as_str().unwrap().to_owned();
    let names: Vec<String> = elements(&snippet).into_iter().map(|element| element.name).collect();
    assert!(!names.is_empty() && names.iter().all(|name| name == "mark"), "{snippet}");
}

#[test]
fn unsafe_html_is_the_owners_choice() {
    let note = "# 노트\n\n<script>document.title = '바뀐 제목'</script>\n";
    let site = Site::of(&[("content/a.md", note)]);
    site.built();
    assert!(!site.body("a.html").contains("document.title"));
    let site = Site::of(&[("content/a.md", note), ("site.yaml", "unsafe_html: true\n")]);
    site.built();
    assert!(site.body("a.html").contains("<script>document.title = '바뀐 제목'</script>"));
}

#[test]
fn nesting_without_end_is_cut_and_reported() {
    let deep = 10_000;
    let nested_list: String = (0..2_000).map(|level| format!("{}- 항목\n", "  ".repeat(level))).collect();
    for (name, note) in [
        ("인용", format!("{} 가장 깊은 글\n", ">".repeat(deep))),
        ("인용과 공백", format!("{}가장 깊은 글\n", "> ".repeat(deep))),
        ("목록", format!("{}가장 깊은 글\n", "- ".repeat(deep))),
        ("번호", format!("{}가장 깊은 글\n", "1. ".repeat(deep))),
        ("섞어서", format!("{}가장 깊은 글\n", "> - ".repeat(deep / 2))),
        ("HTML", format!("{}\n\n가장 깊은 글\n", "<div>\n".repeat(deep))),
        // Unclosed they would be words about HTML.
        ("HTML 한 줄", format!("글 {} 가장 깊은 글 {}\n", "<div><span>".repeat(deep), "</span></div>".repeat(deep))),
        ("들여 쓴 목록", nested_list + "\n가장 깊은 글\n"),
    ] {
        let site = Site::of(&[("content/깊이.md", &note)]);
        let run = site.build();
        assert_eq!(run.code, 0, "{name}: {run}");
        assert!(common::html::text(&site.body("깊이.html")).contains("가장 깊은 글"), "{name}");
        assert_eq!(places(&site.faults(), "too-deep").len(), 1, "{name}");
        let mut depth = 0_usize;
        let mut deepest = 0;
        for piece in site.body("깊이.html").split('<') {
            let opens = ["blockquote>", "ul>", "ol>", "li>", "div>", "span>"].iter().any(|tag| piece.starts_with(tag));
            let closes =
                ["/blockquote>", "/ul>", "/ol>", "/li>", "/div>", "/span>"].iter().any(|tag| piece.starts_with(tag));
            depth = if opens { depth + 1 } else { depth - usize::from(closes) };
            deepest = deepest.max(depth);
        }
        // Chromium itself stops at 512.
        assert!((1..=512).contains(&deepest), "{name}: {deepest} elements deep");
    }
}

#[test]
fn brackets_and_marks_without_end_are_text_soon() {
    let many = 100_000;
    for (name, note) in [
        ("열린 괄호", "[".repeat(many)),
        ("열린 그림", "![".repeat(many)),
        ("위키 괄호", "[[".repeat(many)),
        ("닫힌 괄호", "]".repeat(many)),
        ("별표", "*a ".repeat(many)),
        ("별표 둘", "**가".repeat(many)),
        ("밑줄과 별표", "_*".repeat(many)),
        ("물결표", "~~가 ".repeat(many)),
        ("백틱", (1..2_000).map(|length| format!("{} ", "`".repeat(length))).collect()),
        ("꺾쇠", "<".repeat(many)),
        ("주석 열기", "<!--".repeat(many)),
        ("열린 속성", "<a b".repeat(many)),
        ("열린 속성값", "<a b='".repeat(many)),
        ("섞인 따옴표", "<a b=\"'='".repeat(many / 2)),
        ("열린 div", "<div>".repeat(many)),
        ("열린 목록 요소", "<ul><li>".repeat(many)),
        ("글 속의 script", "글 <script> ".repeat(many / 4)),
        ("글 속의 title", "글 <title> ".repeat(many / 4)),
        ("열린 글자 요소", "<b>가".repeat(many)),
        ("주소", "https://a.b/".repeat(many)),
        ("각주", "[^1]".repeat(many) + "\n\n[^1]: 하나\n"),
        ("풀이", "*가나*(Abc) `나다`(Cde) 다라(Efg) ".repeat(many / 8)),
        ("뜻", "낱말\n".to_owned() + &": 뜻\n".repeat(many / 2)),
        ("표", "|".repeat(many) + "\n" + &"|-".repeat(many) + "\n"),
        ("참조 정의", (0..20_000).map(|n| format!("[{n}]: <a.md>\n")).collect()),
        ("줄", "\n가\n".repeat(many)),
        ("제목", "# 가\n".repeat(20_000)),
        ("제어 문자", "\u{2}1\u{3}\u{0}\u{8}".repeat(many / 4)),
    ] {
        let site = Site::of(&[("content/많이.md", &format!("# 많이\n\n처음 글\n\n{note}\n\n끝 글\n"))]);
        let run = site.build();
        assert_eq!(run.code, 0, "{name}: {run}");
        assert!(common::html::text(&site.page("많이.html")).contains("처음 글"), "{name}");
    }
}

#[test]
fn a_note_of_fifty_megabytes_is_published_and_searched() {
    let site = Site::of(&[("content/index.md", "# 서가\n\n[[큰 노트]]\n")]);
    let mut text = String::with_capacity(51 << 20);
    let mut section = 0;
    while text.len() < 50 << 20 {
        section += 1;
        text += &format!(
            "## {section}번째 절\n\n로그를 그대로 붙여 넣은 노트다. 요청 {section}번은 응답까지 오래 걸렸다.\n\n"
        );
        text +=
            &format!("    2024-01-01 00:00:00 INFO request={section} status=200 path=/api/v1/orders\n\n").repeat(40);
    }
    text += "마지막 문장에는 해오라기가 산다.\n";
    site.add("content/큰 노트.md", text);
    let run = site.build();
    assert!(run.code < 2, "{run}");
    assert!(site.page("큰 노트.html").contains("해오라기"));
    let run = site.run(&["search", "--json", "해오라기"]);
    assert_eq!(run.json_lines()[0]["hits"][0]["path"], "content/큰 노트.md", "{run}");
}

#[test]
fn contents_asked_for_again_and_again_are_shown_a_few_times() {
    let headings: String = (0..100).map(|n| format!("## 절 {n}\n\n글\n\n")).collect();
    let site = Site::of(&[("content/차례.md", &format!("{headings}{}", "[toc]\n\n[[toc]]\n\n".repeat(1500)))]);
    site.built();
    let body = site.body("차례.html");
    assert_eq!(body.matches("<nav class=\"toc\"").count(), 3);
    assert!(body.len() < 100_000, "{}", body.len());
    assert_eq!(places(&site.faults(), "too-many-contents").len(), 1);
}

#[test]
fn a_drawing_that_is_left_out_is_told() {
    let site =
        Site::of(&[("content/그림.md", "# 그림\n\n앞 글\n\n<svg width=\"9\"><text>올빼미</text></svg>\n\n뒤 글\n")]);
    site.built();
    let body = site.body("그림.html");
    assert!(!body.contains("올빼미") && body.contains("앞 글") && body.contains("뒤 글"), "{body}");
    let faults = site.faults();
    assert_eq!(places(&faults, "html-dropped"), ["content/그림.md:5:1"]);
    assert!(faults[0]["hint"].as_str().unwrap().contains(".svg"), "{faults:?}");
}
