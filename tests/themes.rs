//! A site replaces templates and static files one by one, and learns where it made a mistake.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::Site;

#[test]
fn one_template_of_the_sites_own_replaces_one_of_the_themes() {
    let site = Site::case("linked");
    site.add(
        "templates/note.html",
        "{% extends \"base.html\" %}\n{% block content %}<p class=\"mine\">{{ note.title }}</p>\n<article class=\"prose\">{{ note.html | safe }}</article>{% endblock %}\n",
    );
    site.built();
    let note = site.page("링크 모음.html");
    assert!(note.contains("<p class=\"mine\">링크 모음</p>"), "{note}");
    assert!(note.contains("skip-link"), "the theme's skeleton is still around it");
    assert!(!site.page("index.html").contains("class=\"mine\""), "other pages keep their template");
}

#[test]
fn a_template_may_include_one_that_the_theme_does_not_have() {
    let site = Site::case("linked");
    site.add(
        "templates/components/mine.html",
        "{% component my_badge(name: string) %}<b class=\"badge\">{{ name }}</b>{% endcomponent my_badge %}\n",
    );
    site.add(
        "templates/note.html",
        "{% extends \"base.html\" %}\n{% block content %}{{ <my_badge name={note.title} /> }}<article class=\"prose\">{{ note.html | safe }}</article>{% endblock %}\n",
    );
    site.built();
    assert!(site.page("링크 모음.html").contains("<b class=\"badge\">링크 모음</b>"));
}

#[test]
fn a_static_file_of_the_sites_own_replaces_the_themes_and_others_are_added() {
    let site = Site::case("linked");
    site.add("static/seoga.css", "body { color: black }\n");
    site.add("static/글꼴/설명.txt", "글꼴은 없다\n");
    site.built();
    let files = site.files();
    assert_eq!(files["static/seoga.css"], b"body { color: black }\n");
    assert_eq!(files["static/글꼴/설명.txt"], "글꼴은 없다\n".as_bytes());
    assert!(files.contains_key("static/seoga.js"), "the rest of the theme is there");
}

#[test]
fn a_fault_while_rendering_names_template_line_and_note() {
    let site =
        Site::of(&[("content/폴더/문제 노트.md", "# 문제 노트\n\n글\n"), ("content/index.md", "# 서가\n\n첫 쪽\n")]);
    site.add(
        "templates/note.html",
        "{% extends \"base.html\" %}\n{% block content %}\n{{ note.no_such_thing }}\n{% endblock %}\n",
    );
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("templates/note.html:3:"), "{run}");
    assert!(run.stderr.contains("content/폴더/문제 노트.md"), "{run}");
    assert!(!site.output().exists());
}

#[test]
fn a_fault_in_a_templates_grammar_names_template_and_line() {
    let site = Site::case("linked");
    site.add(
        "templates/tag.html",
        "{% extends \"base.html\" %}\n\n{% block content %}\n{{ tag.name | }}\n{% endblock %}\n",
    );
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("templates/tag.html:4:"), "{run}");
}

#[test]
fn a_missing_parent_names_the_template_that_wants_it() {
    let site = Site::case("linked");
    site.add("templates/note.html", "{% extends \"no-such-base.html\" %}\n");
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("templates/note.html") && run.stderr.contains("no-such-base.html"), "{run}");
}

#[test]
fn every_fault_of_a_template_is_one_line_with_its_place() {
    let site = Site::case("linked");
    site.add(
        "templates/note.html",
        "{% extends \"base.html\" %}\n{% block content %}\n  {{ note.title | no_such_filter }}\n{{ nothing() }}\n{% include \"components/tok.html\" %}\n{% endblock %}\n",
    );
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    let faults: Vec<&str> = run.stderr.lines().filter(|line| line.contains("error[template]")).collect();
    assert_eq!(
        faults,
        [
            "templates/note.html:3:19: error[template]: `no_such_filter`: 이런 필터가 없습니다",
            "templates/note.html:4:4: error[template]: `nothing`: 이런 함수가 없습니다",
            "templates/note.html:5:12: error[template]: `components/tok.html`: 이런 템플릿이 없습니다",
        ],
        "{run}"
    );
    assert!(run.stderr.contains("혹시 `components/toc.html`?"), "{run}");
    assert_eq!(run.stderr.matches("no_such_filter").count(), 1, "said once: {run}");
    assert!(!run.stderr.contains("-->"), "{run}");
}

#[test]
fn templates_that_include_each_other_are_told_apart_from_rust() {
    let site = Site::case("linked");
    site.add("templates/note.html", "\n{% include \"mine.html\" %}\n");
    site.add("templates/mine.html", "{% include \"note.html\" %}\n");
    let run = site.build();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("mine.html → note.html → mine.html"), "{run}");
    assert!(!run.stderr.contains("[\"") && !run.stderr.contains("Include chain"), "{run}");
}

#[test]
fn a_template_that_nothing_uses_is_told_with_the_name_meant() {
    let site = Site::case("linked");
    site.add("templates/nots.html", "{{ note.title }}\n");
    site.add("templates/partials/mine.html", "<p>글</p>\n");
    site.add(
        "templates/tag.html",
        "{% extends \"base.html\" %}\n{% block content %}{% include \"partials/mine.html\" %}{% endblock %}\n",
    );
    site.add("templates/components/badge.html", "{% component badge() %}<b>!</b>{% endcomponent badge %}\n");
    site.built();
    let faults = site.faults();
    assert_eq!(common::places(&faults, "unused-template"), ["templates/nots.html:1:1"]);
    let hint = faults.iter().find(|fault| fault["code"] == "unused-template").unwrap()["hint"].as_str().unwrap();
    assert!(hint.contains("`note.html`") || hint.contains("`notes.html`"), "{hint}");
}

#[test]
fn templates_never_see_what_notes_write_as_their_own_language() {
    let site = Site::of(&[(
        "content/틀.md",
        "# {{ site.title }}\n\n{% include \"없음\" %} 와 {{ 7 * 7 }} 그리고 {# 지우지 마 #}\n",
    )]);
    site.built();
    let text = common::html::text(&site.page("틀.html"));
    for written in ["{{ site.title }}", "{% include \"없음\" %}", "{{ 7 * 7 }}", "{# 지우지 마 #}"] {
        assert!(text.contains(written), "{written} in {text}");
    }
}

#[test]
fn a_site_without_tags_offers_none_and_folders_have_one_order() {
    let site = Site::of(&[
        ("content/가방/index.md", "---\nweight: 2\n---\n\n# 가방\n"),
        ("content/나무/index.md", "---\nweight: 1\n---\n\n# 나무\n"),
        ("content/나무/잎/글.md", "# 글\n"),
        ("content/다리/글.md", "# 글\n"),
    ]);
    site.built();
    for (path, page) in site.pages() {
        assert!(!page.contains(">태그 <") && !page.contains(">태그</a>"), "{path}");
    }
    let order = |page: &str, before: &str| -> Vec<usize> {
        ["나무", "가방", "다리"].iter().map(|name| page.find(&format!("{before}{name}")).unwrap()).collect()
    };
    for (path, before) in [("index.html", "<span>"), ("notes.html", "<span>"), ("notes.html", "index.html\">")] {
        assert!(order(&site.page(path), before).is_sorted(), "{path}");
    }
    let notes = site.page("notes.html");
    let group = |title: &str| notes.find(&format!(">{title}&nbsp;")).unwrap();
    assert!(group("나무") < group("나무 / 잎") && group("나무 / 잎") < group("가방"), "a folder before those in it");
}

#[test]
fn a_note_says_how_deep_the_contents_beside_it_go() {
    let site = Site::empty();
    let body = "## 하나\n\n### 안\n\n#### 더 안\n\n## 둘\n\n## 숨김 {: .no_toc}\n";
    let cases = [
        ("x: 1", "하나 안 둘"),
        ("toc: false", ""),
        ("toc_depth: 2", "하나 둘"),
        ("toc_depth: 4", "하나 안 더 안 둘"),
        ("sidebarDepth: 1", "하나 둘"),
        ("sidebarDepth: 0", ""),
    ];
    for (number, (key, _)) in cases.iter().enumerate() {
        site.add(&format!("content/{number}.md"), format!("---\n{key}\n---\n{body}"));
    }
    site.built();
    for (number, (key, expected)) in cases.iter().enumerate() {
        let page = site.page(&format!("{number}.html"));
        let beside = page.split_once("<aside class=\"page-toc\">").map_or("", |(_, rest)| rest);
        let beside = beside.split_once("<nav").map_or("", |(_, rest)| rest.split_once("</nav>").unwrap().0);
        let links = beside.split("<a ").skip(1).filter_map(|link| link.split_once('>')?.1.split_once("</a>"));
        let titles: Vec<&str> = links.map(|(title, _)| title).collect();
        assert_eq!(titles.join(" "), *expected, "{key}");
    }
}
