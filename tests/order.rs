//! Where things stand: folders and their notes in order, neighbours, series, categories, recent changes.

mod common;

use common::Site;

/// The titles of the links in the part of a page between two marks, in order.
fn links_between(page: &str, from: &str, to: &str) -> Vec<String> {
    let start = page.find(from).unwrap_or(page.len());
    let part = &page[start..];
    let part = &part[..part.find(to).unwrap_or(part.len())];
    let anchors = part.split("<a ").skip(1);
    let texts = anchors.filter_map(|anchor| Some(anchor.split_once('>')?.1.split_once("</a>")?.0));
    texts.map(|text| text.replace("<span>", "").replace("</span>", "")).collect()
}

fn cards(page: &str) -> Vec<String> {
    let anchors = page.split("<div class=\"note-card-title\"><a ").skip(1);
    anchors.filter_map(|anchor| Some(anchor.split_once('>')?.1.split_once("</a>")?.0.to_owned())).collect()
}

#[test]
fn notes_stand_by_weight_then_number_then_name() {
    let weighted = |weight: &str| format!("---\nweight: {weight}\n---\n글\n");
    let site = Site::empty();
    for (name, weight) in
        [("무거움", "3"), ("없음", "0"), ("음수", "-1.5"), ("반", "0.5"), ("라 같음", "2"), ("다 같음", "2")]
    {
        site.add(&format!("방/{name}.md"), weighted(weight));
    }
    for name in ["10장 끝", "2. 설치", "01-소개", "하나", "가나", "zsh", "3D 그래픽", "Ansible"] {
        site.add(&format!("방/{name}.md"), "글\n");
    }
    let wanted = [
        "음수",
        "없음",
        "반",
        "다 같음",
        "라 같음",
        "무거움",
        "01-소개",
        "2. 설치",
        "10장 끝",
        "3D 그래픽",
        "가나",
        "하나",
        "Ansible",
        "zsh",
    ];
    site.built();
    assert_eq!(cards(&site.page("방/index.html")), wanted);
    // Each leads to the next, none is passed over, and back again.
    for pair in wanted.windows(2) {
        let next = site.page(&format!("방/{}.html", pair[0]));
        assert!(next.contains(&format!("<span>다음</span>{}</a>", pair[1])), "{pair:?}: {next}");
        let previous = site.page(&format!("방/{}.html", pair[1]));
        assert!(previous.contains(&format!("<span>이전</span>{}</a>", pair[0])), "{pair:?}: {previous}");
    }
}

#[test]
fn folders_stand_by_weight_then_number_then_name() {
    let site = Site::of(&[
        ("나/index.md", "---\ntitle: 끝에서 둘째\n---\n"),
        ("가/글.md", "글\n"),
        ("10-열/글.md", "글\n"),
        ("2-둘/글.md", "글\n"),
        ("무게/index.md", "---\ntitle: 무게\nnav_order: 1\n---\n"),
        ("etc/글.md", "글\n"),
    ]);
    let home = site.built().page("index.html");
    let sidebar = links_between(&home, "<ul class=\"tree\">", "</nav>");
    let titles: Vec<&str> = sidebar.iter().map(|text| text.split('<').next().unwrap().trim_end_matches('1')).collect();
    assert_eq!(titles, ["무게", "2-둘", "10-열", "가", "끝에서 둘째", "etc"]);
}

#[test]
fn posts_of_a_blog_stand_newest_first_and_dated_files_elsewhere_oldest_first() {
    let names = ["2021-06-16-둘째", "2020-01-02-첫째", "2023-12-01-셋째"];
    let site = Site::empty();
    for name in names {
        site.add(&format!("_posts/{name}.md"), "글\n").add(&format!("일지/{name}.md"), "글\n");
    }
    site.built();
    assert_eq!(cards(&site.page("_posts/index.html")), ["셋째", "둘째", "첫째"]);
    assert_eq!(cards(&site.page("일지/index.html")), ["첫째", "둘째", "셋째"]);
}

#[test]
fn an_english_site_sorts_latin_before_hangul() {
    let site = Site::of(&[("site.yaml", "language: en\n"), ("content/a/가.md", "x"), ("content/a/zsh.md", "x")]);
    assert_eq!(cards(&site.built().page("a/index.html")), ["zsh", "가"]);
}

#[test]
fn a_series_crosses_folders_and_shows_how_far_one_is() {
    let part = |series: &str, more: &str| format!("---\nseries: {series}\n{more}---\n글\n");
    let site = Site::of(&[
        ("가/셋.md", &part("카프카, 처음부터", "part: 3\n")),
        ("나/하나.md", &part("카프카, 처음부터", "series_order: 1\n")),
        ("둘.md", &part("[\"카프카, 처음부터\", 다른 것]", "seriesOrder: 2\n")),
        ("초안.md", &part("카프카, 처음부터", "episode: 4\ndraft: true\n")),
    ]);
    let run = site.build();
    assert_eq!((run.code, run.stderr.contains("series-order")), (0, false), "{run}");
    assert_eq!(cards(&site.page("series/카프카, 처음부터.html")), ["하나", "둘", "셋"]);
    let middle = site.page("둘.html");
    assert!(
        middle.contains("<span class=\"series-title\">카프카, 처음부터</span> <span class=\"series-place\">2/3</span>")
    );
    assert!(
        middle.contains("<span>시리즈의 이전 글</span>하나</a>")
            && middle.contains("<span>시리즈의 다음 글</span>셋</a>")
    );
    assert!(
        middle.contains("<span aria-current=\"page\">둘</span>")
            && middle.contains("<span class=\"series-title\">다른 것")
    );
    // The first part has nothing before it, even though other notes lie in its folder.
    assert!(!site.page("나/하나.html").contains("rel=\"prev\""));
    assert_eq!(
        links_between(&site.page("series/index.html"), "<ul class=\"note-cards\">", "</ul>"),
        ["다른 것", "카프카, 처음부터"]
    );
}

#[test]
fn parts_without_numbers_come_by_weight_then_date_then_file() {
    let site = Site::of(&[
        ("1.md", "---\ntitle: 파일\nseries: 묶음\n---\n"),
        ("2.md", "---\ntitle: 나중\nseries: 묶음\ndate: 2022-01-01\n---\n"),
        ("3.md", "---\ntitle: 먼저\nseries: 묶음\ndate: 2021-01-01\n---\n"),
        ("4.md", "---\ntitle: 무게\nseries: 묶음\nweight: 7\n---\n"),
        ("5.md", "---\ntitle: 번호\nseries: 묶음\nepisode: 9\n---\n"),
    ]);
    assert_eq!(cards(&site.built().page("series/묶음.html")), ["번호", "무게", "먼저", "나중", "파일"]);
}

#[test]
fn numbers_that_clash_or_lack_are_reported_at_their_key() {
    let site = Site::empty();
    for (name, number) in [("하나", 1), ("둘", 2), ("또 둘", 2), ("넷", 4)] {
        site.add(&format!("{name}.md"), format!("---\ntitle: {name}\nseries: 묶음\nseries_order: {number}\n---\n글\n"));
    }
    for (name, number) in [("ㄱ", 10), ("ㄴ", 20), ("ㄷ", 30)] {
        site.add(&format!("{name}.md"), format!("---\nseries: 띄엄띄엄\npart: {number}\n---\n글\n"));
    }
    let faults = site.faults();
    let faults: Vec<_> = faults.iter().filter(|fault| fault["code"] == "series-order").collect();
    let places: Vec<_> = faults.iter().map(|fault| (fault["path"].as_str().unwrap(), fault["line"].as_u64())).collect();
    assert_eq!(places, [("넷.md", Some(4)), ("또 둘.md", Some(4))]);
    assert!(faults[0]["message"].as_str().unwrap().contains("3번이 없습니다"), "{faults:?}");
    assert!(faults[1]["message"].as_str().unwrap().contains("`둘.md`에도"), "{faults:?}");
}

#[test]
fn categories_have_pages_only_where_they_are_used() {
    let site = Site::of(&[
        ("가.md", "---\ncategories: [운영, 인프라/쿠버네티스]\n---\n글\n"),
        ("나.md", "---\ncategory: 인프라\n---\n글\n"),
    ]);
    site.built();
    assert!(
        site.page("가.html").contains("<a href=\"categories/인프라/쿠버네티스.html\">인프라/쿠버네티스</a>"),
        "{}",
        site.page("가.html")
    );
    assert_eq!(cards(&site.page("categories/인프라.html")), ["가", "나"]);
    assert_eq!(cards(&site.page("categories/인프라/쿠버네티스.html")), ["가"]);
    let all = links_between(&site.page("categories/index.html"), "<ul class=\"tag-index\">", "</ul>");
    assert_eq!(all, ["운영", "인프라", "쿠버네티스"]);

    let without = Site::of(&[("가.md", "글\n")]);
    assert!(!without.built().output().join("categories").exists());
    assert!(!without.page("index.html").contains("categories/"));
    assert!(!without.output().join("series").exists() && !without.output().join("recent.html").exists());
}

#[test]
fn recent_changes_come_by_month_and_say_what_is_new() {
    let site = Site::of(&[
        ("새것.md", "---\ndate: 2026-03-02\n---\n글\n"),
        ("고침.md", "---\ndate: 2020-01-01\nupdated: 2026-03-05\n---\n글\n"),
        ("그날 고침.md", "---\ndate: 2025-12-31\nupdated: 2025-12-31\n---\n글\n"),
        ("날짜 없음.md", "글\n"),
    ]);
    let page = site.built().page("recent.html");
    assert_eq!(links_between(&page, "class=\"changes\"", "</section>"), ["고침", "새것"]);
    let (march, december) = (page.find("2026년 3월").unwrap(), page.find("2025년 12월").unwrap());
    assert!(march < december && page[december..].contains("그날 고침") && !page[march..].contains("날짜 없음</a>"));
    let kinds: Vec<_> = page
        .split("<span class=\"change")
        .skip(1)
        .filter(|part| !part.starts_with("-title"))
        .map(|part| part.starts_with(" new"))
        .collect();
    assert_eq!(kinds, [false, true, true]);
    assert!(site.page("index.html").contains("href=\"recent.html\""));
}
