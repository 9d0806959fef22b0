//! The way in to the search: its button on every page, its own page, and the words that its scripts say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;

use common::{Site, repository};
use serde_json::Value;

fn site(config: &str) -> Site {
    let site = Site::of(&[
        ("content/index.md", "# 서가\n\n첫 쪽\n"),
        ("content/방/글.md", "---\ntags: [배포]\n---\n# 글\n\n본문\n"),
        ("site.yaml", config),
    ]);
    site.built();
    site
}

/// What the search's scripts say, as they are given it.
fn strings(site: &Site) -> Value {
    let script = String::from_utf8(site.files()["static/search-strings.js"].clone()).unwrap();
    let json = script.strip_prefix("window.seogaSearch.strings = ").and_then(|rest| rest.strip_suffix(";\n"));
    serde_json::from_str(json.unwrap_or_else(|| panic!("{script}"))).unwrap()
}

#[test]
fn every_page_has_a_button_that_leads_to_the_search_without_a_script() {
    let site = site("title: 서가\n");
    for (path, page) in site.pages() {
        let root = "../".repeat(path.matches('/').count());
        let button = format!("<a class=\"search-open\" href=\"{root}search.html\">찾기</a>");
        // A page that is not there offers it once more.
        let links = if path == "404.html" { 2 } else { 1 };
        assert_eq!(page.matches("search.html").count(), links, "{path}: no entry in the sidebar");
        assert!(page.contains(&button), "{path}");
        assert!(page.contains(&format!("<script src=\"{root}static/search.js\" defer></script>")), "{path}");
        for loaded_later in
            ["search-view", "search-hits", "search-strings", "search-engine", "search-marks", "search.css"]
        {
            assert!(!page.contains(loaded_later), "{path}: {loaded_later}");
        }
    }
}

#[test]
fn the_page_of_the_search_says_what_to_do_without_a_script() {
    for (config, title, sentence) in [
        ("title: 서가\n", "찾기", "JavaScript를 켜야 합니다"),
        ("title: Shelf\nlanguage: en\n", "Search", "needs JavaScript"),
    ] {
        let page = site(config).page("search.html");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{page}");
        assert!(page.contains("<div class=\"search-here\"></div>"), "{page}");
        let (_, rest) = page.split_once("<noscript>").unwrap();
        let (without_script, _) = rest.split_once("</noscript>").unwrap();
        assert!(without_script.contains(sentence), "{without_script}");
        for link in ["href=\"notes.html\"", "href=\"tags/index.html\""] {
            assert!(without_script.contains(link), "{link} in {without_script}");
        }
    }
}

#[test]
fn search_engines_are_not_sent_to_the_search() {
    let site = site("base_url: https://example.com/notes/\n");
    assert!(site.page("search.html").contains("<meta name=\"robots\" content=\"noindex\">"));
    let sitemap = String::from_utf8(site.files()["sitemap.xml"].clone()).unwrap();
    assert!(sitemap.contains("notes.html") && !sitemap.contains("search.html"), "{sitemap}");
    // Shown at addresses of any depth, and it leads back to the notes.
    assert!(site.page("404.html").contains("<li><a href=\"/notes/search.html\">찾기</a></li>"));
}

#[test]
fn a_note_keeps_the_name_of_the_search_page() {
    let site = Site::of(&[("content/search.md", "# 내 검색 노트\n\n글\n")]);
    site.built();
    assert!(site.page("search.html").contains("내 검색 노트"));
    assert!(site.page("search-2.html").contains("search-here"));
    assert!(site.page("search.html").contains("<a class=\"search-open\" href=\"search-2.html\">"));
}

#[test]
fn the_search_speaks_both_languages_and_the_sites_own_words() {
    let site = Site::of(&[
        ("content/글.md", "# 글\n\n본문\n"),
        ("templates/strings/ko.yaml", "search_placeholder: 무엇을 찾으세요?\nsearch: 검색\n"),
    ]);
    site.built();
    let strings = strings(&site);
    assert_eq!(strings["site"], "ko");
    assert_eq!(strings["ko"]["search_placeholder"], "무엇을 찾으세요?");
    assert_eq!(strings["ko"]["search_close"], "닫기", "the others stay");
    assert_eq!(strings["en"]["search_close"], "Close");
    assert!(strings["ko"].get("home").is_none(), "only what the search says");
    assert!(site.page("글.html").contains(">검색</a>"));
}

/// A name misspelt in a script would be an empty place on the screen.
#[test]
fn every_word_that_the_scripts_say_is_there_and_every_one_is_said() {
    let read = |name: &str| std::fs::read_to_string(repository().join("static").join(name)).unwrap();
    let view = read("search-view.js");
    let mut said: BTreeSet<String> = BTreeSet::new();
    for call in view.split("say(").skip(1) {
        let (arguments, _) = call.split_once(')').unwrap();
        for word in arguments.split('"').skip(1).step_by(2) {
            said.insert(format!("search_{word}"));
        }
    }
    let others: String = ["search-marks.js", "search-view.js"].map(read).concat();
    let template = std::fs::read_to_string(repository().join("templates/search.html")).unwrap();
    let strings = strings(&site("title: 서가\n"));
    for language in ["ko", "en"] {
        let known: BTreeSet<String> = strings[language].as_object().unwrap().keys().cloned().collect();
        for word in &said {
            // The rest of such a name is put together while the script runs.
            let begins = word.ends_with('_') && known.iter().any(|name| name.starts_with(word.as_str()));
            assert!(begins || known.contains(word), "{language}: {word}");
        }
        for name in &known {
            let rest = name.trim_start_matches("search_");
            let put_together = ["fault_", "example_", "tip_", "key_"].iter().any(|start| rest.starts_with(start));
            let is_said = said.contains(name) || others.contains(name.as_str()) || template.contains(name.as_str());
            assert!(put_together || is_said, "{language}: nothing says {name}");
        }
    }
    // What the engine may fail with, each in a sentence.
    for code in ["no_webassembly", "too_old", "not_loaded", "missing", "damaged", "version", "panic", "unknown"] {
        assert!(strings["ko"][format!("search_fault_{code}")].is_string(), "{code}");
    }
}
