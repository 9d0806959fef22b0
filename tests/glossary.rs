//! The glossary page: which terms it has, what they are called, what they mean, and where they lead.

mod common;

use common::Site;

/// Terms with what they are called elsewhere, as the page shows them.
fn terms(page: &str) -> Vec<String> {
    let plain = |html: &str| {
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        text
    };
    page.split("<div><dt>").skip(1).map(|term| plain(term.split("</dt>").next().unwrap_or_default())).collect()
}

fn glossary(texts: &[&str]) -> Vec<String> {
    let site = Site::empty();
    for (index, text) in texts.iter().enumerate() {
        site.add(&format!("노트 {index}.md"), text);
    }
    site.built();
    if site.output().join("glossary.html").exists() { terms(&site.page("glossary.html")) } else { Vec::new() }
}

#[test]
fn definitions_and_glosses_are_gathered_by_initial() {
    let site = Site::of(&[
        (
            "묶음.md",
            "# 묶음\n\n## 단위\n\n파드(Pod)는 가장 작은 배포 단위다. 둘째 문장.\n\n쿼럼\n: 과반의 **동의**. [[파드]]를 보라.\n",
        ),
        ("파드.md", "# 파드\n\n여러 컨테이너를 묶은 파드(Pod)를 쓴다.\n"),
        ("영어.md", "- Continuous Integration(지속적 통합): 자주 합친다.\n"),
        ("초안.md", "---\ndraft: true\n---\n\n뻐꾸기(cuckoo)는 새다.\n"),
    ]);
    let page = site.built().page("glossary.html");
    assert_eq!(terms(&page), ["쿼럼", "파드 Pod", "Continuous Integration 지속적 통합"]);
    let initials: Vec<_> = page.split("<section class=\"listing glossary\"").skip(1).collect();
    assert_eq!(initials.len(), 3);
    assert!(
        page.contains("<li><a href=\"#initial-1\">ㅋ</a></li>")
            && page.contains("<li><a href=\"#initial-3\">C</a></li>")
    );
    // A meaning keeps its markup and its links; a gloss gives its sentence.
    assert!(
        page.contains("과반의 <strong>동의</strong>. <a href=\"파드.html\" class=\"wikilink\">파드</a>를 보라."),
        "{page}"
    );
    assert!(page.contains("<dd>파드(Pod)는 가장 작은 배포 단위다.</dd>"), "{page}");
    // Where it is explained, where else it stands, and the note of its name.
    assert!(page.contains("<a href=\"묶음.html#단위\">묶음 › 단위</a> · <a href=\"파드.html\">파드</a>"), "{page}");
    assert!(page.contains("<dt><a href=\"파드.html\">파드</a>"), "{page}");
    assert!(!page.contains("뻐꾸기") && site.page("index.html").contains("href=\"glossary.html\""));
}

#[test]
fn a_term_reaches_back_as_far_as_its_gloss() {
    for (text, wanted) in [
        ("서버의 문맥 교환(context switch)이 잦다.", "문맥 교환 context switch"),
        ("그래서 깊이 우선 탐색(Depth First Search)을 쓴다.", "깊이 우선 탐색 Depth First Search"),
        ("이것이 제어의 역전(Inversion of Control)이다.", "제어의 역전 Inversion of Control"),
        (
            "명령과 조회의 책임 분리(Command Query Responsibility Segregation, CQRS)다.",
            "명령과 조회의 책임 분리 Command Query Responsibility Segregation, CQRS",
        ),
        ("아주 낮은 수준에서 처리량(throughput)을 본다.", "처리량 throughput"),
        ("더 나은 **도메인 주도 설계**(DDD)를 한다.", "도메인 주도 설계 DDD"),
        ("- 사용자 인증(authentication)", "사용자 인증 authentication"),
        ("흐름이 비 동기화(unsynchronized)로 바뀐다.", "비 동기화 unsynchronized"),
        ("우리는 데이터베이스(DB)를 쓴다.", "데이터베이스 DB"),
    ] {
        assert_eq!(glossary(&[text]), [wanted], "{text}");
    }
}

#[test]
fn what_is_no_term_or_has_no_certain_border_stays_out() {
    for text in [
        "함수(getName)를 부르고 `파드(Pod)`를 쓴다.",
        "```\n파드(Pod)는\n```",
        "버전(v1.2), 시간(ms), 해(2021), 표준(RFC791), 참고(see Pod), 예시(e.g. Pod)",
        "동작하지 않는 상황(regression)이다.",
        "빈약한 도메인 모델(anemic domain model)이다.",
        "곧 장애 조치(failover)를 한다.",
        "낮은(low) 것과 이제(now)와 알(detect) 수",
        "GET(모든 것을 조회하는 요청)을 쓰고 main.rs(파일)를 본다.",
        "로드 밸런서(서버 앞)와 정족수(定足數)",
    ] {
        assert_eq!(glossary(&[text]), [""; 0], "{text}");
    }
}

#[test]
fn notes_settle_together_what_one_leaves_open() {
    // Alone, the first says nothing of where the term begins.
    let agreed = ["곧 자동 장애 조치(failover)를 한다.", "- 장애 조치(failover)"];
    assert_eq!(glossary(&agreed), ["장애 조치 failover"]);
    // The same term, said the other way round.
    assert_eq!(glossary(&["파드(Pod)는 단위다.", "- Pod(파드): 단위"]), ["파드 Pod"]);
}

#[test]
fn without_terms_or_wish_there_is_no_page() {
    let site = Site::of(&[("a.md", "글\n")]);
    assert!(!site.built().output().join("glossary.html").exists() && !site.page("a.html").contains("glossary"));
    let off = Site::of(&[("site.yaml", "glossary: false\n"), ("content/a.md", "파드(Pod)는 단위다.\n")]);
    assert!(!off.built().output().join("glossary.html").exists());
}
