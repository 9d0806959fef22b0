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
