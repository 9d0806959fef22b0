//! The search in real browsers, with seoga's own notes: opened from the disk and read over HTTP below a folder.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/browser.rs"]
mod browser;
mod common;
#[path = "common/search_box.rs"]
mod search_box;

use std::sync::LazyLock;

use browser::{Browser, Kind};
use common::link_check::percent_decoded;
use common::server::Server;
use common::{Program, Site, repository};
use fantoccini::key::Key;
use search_box::{INPUT, IS_OPEN};
use serde_json::{Value, json};
use url::Url;

/// The site of the repository's notes, built once for all tests here.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let site = Site::own_content();
    site.built();
    site
});

/// Where a reader reads the site.
struct Place {
    root: String,
}

impl Place {
    fn disk() -> Self {
        Self { root: Url::from_directory_path(SITE.output()).unwrap().to_string() }
    }

    fn url(&self, page: &str) -> String {
        format!("{}{page}", self.root)
    }

    /// A page's path, as `location.pathname` has it when it is decoded.
    fn path(&self, page: &str) -> String {
        percent_decoded(Url::parse(&self.url(page)).unwrap().path()).unwrap()
    }
}

const KUBERNETES: &str = "배포/쿠버네티스.html";
const GATEWAY: &str = "아키텍처/API 게이트웨이와 서비스 디스커버리.html";

/// All that a reader does. A browser takes seconds to start, so that one does for all of it.
async fn read_all(browser: &Browser, place: &Place) {
    let now = |what: &str| eprintln!("{:?}, {}: {what}", browser.kind, place.root);
    now("a reader types, chooses a section and lands on it");
    chooses_a_section(browser, place).await;
    now("Enter opens the best hit");
    enter_opens_the_best_hit(browser, place).await;
    now("keys and button");
    keys_and_button(browser, place).await;
    now("new tabs");
    new_tabs(browser, place).await;
    now("every way of writing a word");
    ways_of_writing(browser, place).await;
    now("filters");
    filters(browser, place).await;
    now("nothing found");
    nothing_found(browser, place).await;
    the_keyboard_goes_on(browser, place).await;
    the_page_of_a_search_is_come_back_to(browser, place).await;
    now("what is spoken");
    spoken(browser, place).await;
    now("composition, as its events tell it");
    composed(browser, place).await;
    if browser.kind == Kind::Chromium {
        now("composition by an input method");
        composed_by_an_input_method(browser, place).await;
    }
    now("the page of the search");
    page_of_the_search(browser, place).await;
    now("the terminal's answers");
    the_terminals_answers(browser, place).await;
    assert_eq!(browser.complaints().await, [""; 0]);
    browser.value("void setTimeout(() => { console.error('들리는가'); throw new Error('들리는가') })").await;
    browser.pause(100).await;
    assert_eq!(browser.complaints().await.len(), 2, "the console is listened to");
}

fn reads_from_the_disk_and_over_http(kind: Kind) {
    let server = Server::of(SITE.files());
    Browser::run_in(kind, |browser| async move {
        if kind == Kind::Chromium {
            // What the browser's own first page asked for is none of ours.
            browser.visit("about:blank").await;
            browser.requests().await;
        }
        read_all(&browser, &Place::disk()).await;
        nothing_from_elsewhere(&browser, "file:///").await;
        read_all(&browser, &Place { root: server.url("") }).await;
        nothing_from_elsewhere(&browser, &server.url("").split_inclusive('/').take(3).collect::<String>()).await;
        eprintln!("{kind:?}: offline");
        offline(&browser, &server).await;
    });
}

#[test]
fn readers_search_in_chromium() {
    reads_from_the_disk_and_over_http(Kind::Chromium);
}

#[test]
fn readers_search_in_firefox() {
    reads_from_the_disk_and_over_http(Kind::Firefox);
}

/// Every address that pages asked for is the site's.
async fn nothing_from_elsewhere(browser: &Browser, own: &str) {
    let loaded: Vec<String> = match browser.kind {
        Kind::Chromium => browser.requests().await,
        // It says nothing of what it reads from a disk.
        Kind::Firefox if own.starts_with("file:") => return,
        // Of the last page only.
        Kind::Firefox => {
            let names = "performance.getEntriesByType('resource').map(entry => entry.name)";
            serde_json::from_value(browser.value(names).await).unwrap()
        }
    };
    assert!(loaded.iter().any(|url| url.contains("search-index/")), "{loaded:#?}");
    let elsewhere: Vec<&String> =
        loaded.iter().filter(|url| !url.starts_with(own) && !url.starts_with("data:")).collect();
    assert_eq!(elsewhere, [""; 0]);
}

async fn wait_for_page(browser: &Browser, path: &str) {
    let path = json!(path);
    browser
        .wait_for(&format!(
            "document.readyState === 'complete' && decodeURIComponent(location.pathname).normalize('NFC') === {path}"
        ))
        .await;
}

async fn chooses_a_section(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    browser.type_keys("쿠버네티스를").await;
    browser.wait_for("document.querySelector('.search-hit.best .search-title')?.textContent === '쿠버네티스'").await;
    browser.wait_for("document.querySelectorAll('.search-hit-section').length > 1").await;
    let hits = browser.hits().await;
    assert_eq!((hits[0].title.as_str(), hits[0].heading.as_deref()), ("쿠버네티스", None));
    assert_eq!(hits[0].page, place.path(KUBERNETES));
    assert_eq!(hits[0].marked, ["쿠버네티스"], "without the particle that was typed");
    assert_eq!(browser.text("document.querySelector('.search-hit.best .search-folder').textContent").await, "배포");
    let wanted = hits.iter().position(|hit| hit.heading.as_deref() == Some("쿠버네티스에서")).unwrap();
    assert_eq!(hits[wanted].title, "API 게이트웨이와 서비스 디스커버리");
    assert_eq!(
        (hits[wanted].page.as_str(), hits[wanted].anchor.as_str()),
        (place.path(GATEWAY).as_str(), "#쿠버네티스에서")
    );

    // Down to it and one further, and up again; the focus stays in the box.
    for _ in 0..wanted + 2 {
        browser.press_key(Key::Down).await;
    }
    browser.press_key(Key::Up).await;
    let chosen = format!("document.getElementById({INPUT}.getAttribute('aria-activedescendant'))");
    assert_eq!(browser.text(&format!("{chosen}.querySelector('.search-heading').textContent")).await, "쿠버네티스에서");
    assert_eq!(browser.number("document.querySelectorAll('[role=option][aria-selected=true]').length").await, 1.0);
    assert_eq!(browser.value(&format!("document.activeElement === {INPUT}")).await, true);
    browser.press_key(Key::Enter).await;

    wait_for_page(browser, &place.path(GATEWAY)).await;
    browser.wait_for("document.querySelector('.found-clear') !== null").await;
    let marked = browser.marked().await;
    assert!(marked.len() > 1 && marked.iter().all(|word| word == "쿠버네티스"), "{marked:?}");
    assert_eq!(
        browser.text("document.querySelector('.found-clear').textContent").await,
        format!("표시 {}곳 지우기Esc", marked.len())
    );
    let top = browser.number("document.querySelector(':target').getBoundingClientRect().top").await;
    let height = browser.number("innerHeight").await;
    assert!((0.0..height).contains(&top), "scrolled to the section: {top} of {height}");
    assert!(browser.number("scrollY").await > 0.0);
    assert_eq!(
        browser.text("decodeURIComponent(location.search + location.hash)").await,
        "#쿠버네티스에서",
        "an address to keep"
    );
    browser.press_key(Key::Escape).await;
    browser.wait_for("document.querySelector('.found-clear') === null").await;
    assert_eq!(browser.marked().await, [""; 0]);

    // A section of the page that is shown: nothing is loaded, and its words are marked.
    browser.value("void (window.sameDocument = true)").await;
    browser.open_search().await;
    assert_eq!(browser.ask("어디까지 맡길까").await[0].page, place.path(GATEWAY));
    browser.press_key(Key::Enter).await;
    browser.wait_for("document.querySelector('.found-clear') !== null").await;
    assert_eq!(browser.value(&format!("window.sameDocument && !({IS_OPEN})")).await, true);
    assert_eq!(
        browser.text("document.querySelector(':target').firstChild.textContent.trim()").await,
        "어디까지 맡길까"
    );
}

async fn enter_opens_the_best_hit(browser: &Browser, place: &Place) {
    browser.visit(&place.url("notes.html")).await;
    browser.open_search().await;
    // Before the engine, or even the list, is there.
    browser.wait_for(&format!("{INPUT}.getAttribute('role') === 'combobox'")).await;
    browser.type_keys("쿠버네티스를").await;
    browser.press_key(Key::Enter).await;
    wait_for_page(browser, &place.path(KUBERNETES)).await;
    browser.client.back().await.unwrap();
    wait_for_page(browser, &place.path("notes.html")).await;
    // What was searched is offered again.
    browser.open_search().await;
    if browser.value(&format!("{INPUT}.value === ''")).await == true {
        browser.wait_for("document.querySelector('.search-before')?.textContent === '쿠버네티스를'").await;
    }
}

async fn keys_and_button(browser: &Browser, place: &Place) {
    browser.visit(&place.url(KUBERNETES)).await;
    let control: char = Key::Control.into();
    for focused in [".skip-link", ".search-open"] {
        browser.value(&format!("void document.querySelector('{focused}').focus()")).await;
        browser.press(&[control, 'k']).await;
        browser.wait_for(&format!("{IS_OPEN} && document.activeElement === {INPUT}")).await;
        browser.press_key(Key::Escape).await;
        browser.wait_for(&format!("!({IS_OPEN})")).await;
        assert_eq!(
            browser.value(&format!("document.activeElement.matches('{focused}')")).await,
            true,
            "the focus is back"
        );
    }
    browser.click(".search-open").await;
    browser.wait_for(&format!("{IS_OPEN} && document.activeElement === {INPUT}")).await;
    browser.ask("도커").await;
    browser.click(".search-close").await;
    browser.wait_for(&format!("!({IS_OPEN})")).await;
    assert_eq!(browser.value("document.activeElement.matches('.search-open')").await, true);

    // Opened again, what was typed is there, chosen to be written over; `/` is then a letter.
    browser.open_search().await;
    assert_eq!(browser.text(&format!("{INPUT}.value")).await, "도커");
    browser.type_keys("/").await;
    assert_eq!(browser.text(&format!("{INPUT}.value")).await, "/");
    browser.ask("도커").await;
    // Beside the dialog.
    browser
        .value("void document.elementFromPoint(5, innerHeight - 5).dispatchEvent(new MouseEvent('click', { bubbles: true }))")
        .await;
    browser.wait_for(&format!("!({IS_OPEN})")).await;
}

async fn new_tabs(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    let first = browser.client.window().await.unwrap();
    browser.open_search().await;
    browser.ask("쿠버네티스").await;
    let control: char = Key::Control.into();
    for opened in ["keys", "pointer"] {
        if opened == "keys" {
            browser.press(&[control, Key::Enter.into()]).await;
        } else {
            browser.middle_click(".search-hit.best").await;
        }
        let mut windows = Vec::new();
        for _ in 0..100 {
            windows = browser.client.windows().await.unwrap();
            if windows.len() == 2 {
                break;
            }
            browser.pause(50).await;
        }
        assert_eq!(windows.len(), 2, "opened by {opened}");
        browser.client.switch_to_window(windows.into_iter().find(|window| *window != first).unwrap()).await.unwrap();
        wait_for_page(browser, &place.path(KUBERNETES)).await;
        browser.client.close_window().await.unwrap();
        browser.client.switch_to_window(first.clone()).await.unwrap();
        assert_eq!(browser.value(IS_OPEN).await, true, "the search stays as it is");
        assert_eq!(browser.text(&format!("{INPUT}.value")).await, "쿠버네티스");
    }
}

async fn ways_of_writing(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    for (query, title, note) in [
        ("쿠버네티스에서는", "쿠버네티스", ""),
        ("쿠버 네티스", "쿠버네티스", ""),
        ("로드밸런서", "로드 밸런서", ""),
        ("ㅋㅂㄴㅌㅅ", "쿠버네티스", "‘ㅋㅂㄴㅌㅅ’ → ‘쿠버네티스’로 찾음"),
        ("쿠버네ㅌ", "쿠버네티스", ""),
        ("znqjspxltm", "쿠버네티스", "‘znqjspxltm’ → ‘쿠버네티스’로 찾음"),
        ("쿠버네디스", "쿠버네티스", "‘쿠버네디스’ → ‘쿠버네티스’로 찾음"),
        ("kubernetes", "쿠버네티스", ""),
        ("load balancer", "로드 밸런서", ""),
        ("부하분산", "로드 밸런서", ""),
    ] {
        let hits = browser.ask(query).await;
        assert_eq!(hits[0].title, title, "{query}");
        let said = browser.text("document.querySelector('.search-note')?.textContent ?? ''").await;
        assert_eq!(said, note, "{query}");
    }
    // A keyboard that sends a syllable in pieces.
    assert_eq!(
        browser.ask("\u{110f}\u{116e}\u{1107}\u{1165}\u{1102}\u{1166}\u{1110}\u{1175}\u{1109}\u{1173}").await[0].title,
        "쿠버네티스"
    );
}

async fn filters(browser: &Browser, place: &Place) {
    let chip = |filter: &str| format!("[data-filter=\"{filter}\"]");
    let folders = "[...document.querySelectorAll('.search-folder')].map(folder => folder.textContent)";
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    let all = browser.ask("배포").await.len();
    browser.click(&chip("path:배포/")).await;
    browser
        .wait_for(&format!("document.querySelector('{}')?.getAttribute('aria-pressed') === 'true'", chip("path:배포/")))
        .await;
    assert_eq!(browser.text(&format!("{INPUT}.value")).await, "배포 path:배포/");
    browser.wait_for(&format!("{folders}.length > 0 && {folders}.every(folder => folder === '배포')")).await;
    assert_eq!(browser.value(&format!("document.activeElement === {INPUT}")).await, true, "on with the typing");
    browser.click(&chip("path:배포/")).await;
    browser.wait_for(&format!("{INPUT}.value === '배포' && !{folders}.every(folder => folder === '배포')")).await;
    assert_eq!(browser.hits().await.len(), all);

    browser.ask("캐시 tag:네트워크").await;
    let tags = "[...document.querySelectorAll('.search-tags')].map(tags => tags.textContent)";
    let tags: Vec<String> = serde_json::from_value(browser.value(tags).await).unwrap();
    assert!(!tags.is_empty() && tags.iter().all(|tags| tags.contains("#네트워크")), "{tags:?}");
    browser.click(&chip("tag:네트워크")).await;
    browser.wait_for(&format!("{INPUT}.value === '캐시'")).await;
}

/// The one that is chosen, by its number.
const CHOSEN: &str =
    "[...document.querySelectorAll('.search-hit')].findIndex(hit => hit.getAttribute('aria-selected') === 'true')";
const COUNT: &str = "document.querySelectorAll('.search-hit').length";

async fn the_keyboard_goes_on(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    browser.ask("쿠버네티스").await;
    browser.value("void document.querySelector('.search-more').focus()").await;
    browser.press_key(Key::Enter).await;
    browser.wait_for(&format!("{COUNT} > 10 && {CHOSEN} === 10 && document.activeElement === {INPUT}")).await;
    // Past the last one, more are asked for.
    browser.ask("도커").await;
    browser.press_key(Key::Up).await;
    browser.wait_for(&format!("{CHOSEN} === {COUNT} - 1")).await;
    let count = browser.number(COUNT).await;
    browser.press_key(Key::Down).await;
    browser.wait_for(&format!("{COUNT} > {count} && {CHOSEN} === {count}")).await;
    // Closed and opened in one breath.
    for _ in 0..10 {
        browser.press_key(Key::Escape).await;
        browser.press(&['/']).await;
        browser.wait_for(IS_OPEN).await;
    }
}

async fn the_page_of_a_search_is_come_back_to(browser: &Browser, place: &Place) {
    browser.visit(&place.url("search.html?q=쿠버네티스")).await;
    browser.wait_for(&format!("{COUNT} === 10")).await;
    browser.click(".search-more").await;
    browser.wait_for(&format!("{COUNT} > 10")).await;
    browser.value("void scrollTo(0, 700)").await;
    browser.wait_for("scrollY === 700").await;
    browser.value("void document.querySelectorAll('.search-hit')[8].click()").await;
    browser.wait_for("document.querySelector('.search-here') === null && document.readyState === 'complete'").await;
    browser.client.back().await.unwrap();
    browser
        .wait_for(&format!("document.querySelector('.search-here') !== null && {COUNT} > 10 && scrollY === 700"))
        .await;
}

async fn nothing_found(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    assert!(browser.ask("쿠버니틱을").await.is_empty());
    let said = browser.panel().await;
    assert!(said.contains("찾은 것이 없습니다") && said.contains("이렇게 찾아보세요"), "{said}");
    browser.click(".search-nearest button").await;
    browser.wait_for("document.querySelector('.search-hit.best .search-title')?.textContent === '쿠버네티스'").await;
    assert!(browser.ask("뷁뿕쀍").await.is_empty());
    assert!(browser.panel().await.contains("낱말을 줄이거나"), "{}", browser.panel().await);
    for (query, way, without) in [
        ("쿠버네티스 path:없는폴더/ -도커", "좁히지 않고 모든 노트에서 찾기", "쿠버네티스 -도커"),
        ("쿠버네티스 tag:\"없는 것\" OR 태그:“또 없음”", "좁히지 않고 모든 노트에서 찾기", "쿠버네티스"),
        ("쿠버네티스 title:없는제목", "좁히지 않고 모든 노트에서 찾기", "쿠버네티스"),
        ("\"쿠버네티스 무중단\"", "따옴표 없이 찾기", "쿠버네티스 무중단"),
        ("「쿠버네티스를 무중단」", "따옴표 없이 찾기", "쿠버네티스를 무중단"),
    ] {
        assert!(browser.ask(query).await.is_empty(), "{query}");
        assert_eq!(browser.text("document.querySelector('.search-wider').textContent").await, way);
        browser.click(".search-wider").await;
        browser.wait_for(&format!("{INPUT}.value === {}", json!(without))).await;
        browser.wait_for("document.querySelector('.search-hit') !== null").await;
    }
}

async fn spoken(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    let status = "document.querySelector('.search-body [role=status]').textContent";
    for (query, said) in [
        ("쿠버네디스", "찾은 곳 10개 이상. ‘쿠버네디스’ → ‘쿠버네티스’로 찾음"),
        ("\"무중단 배포의 전제\"", "찾은 곳 1개"),
        ("뷁뿕쀍", "찾은 것이 없습니다"),
    ] {
        browser.ask(query).await;
        browser.wait_for(&format!("{status} === {}", json!(said))).await;
    }
    assert_eq!(browser.text(&format!("{INPUT}.getAttribute('aria-expanded')")).await, "false");
}

/// How the two browsers tell a page of a syllable that is being put together.
const COMPOSE: &str = r"
    const [chromium, steps] = arguments;
    const input = document.getElementById('seoga:search-input');
    const fire = (Type, name, init) => input.dispatchEvent(new Type(name, { bubbles: true, cancelable: true, ...init }));
    const key = name => fire(KeyboardEvent, name, { key: 'Process', keyCode: 229, isComposing: name === 'keyup' });
    const insert = isComposing => ({ data: steps.at(-1), inputType: 'insertCompositionText', isComposing });
    window.shown = [];
    window.compose = async () => {
        fire(CompositionEvent, 'compositionstart', { data: '' });
        for (const text of steps) {
            key('keydown');
            if (!chromium) fire(CompositionEvent, 'compositionupdate', { data: text });
            fire(InputEvent, 'beforeinput', insert(true));
            if (chromium) fire(CompositionEvent, 'compositionupdate', { data: text });
            input.value = text;
            fire(InputEvent, 'input', insert(true));
            key('keyup');
            await new Promise(done => setTimeout(done, 400));
            window.shown.push([text, document.querySelector('.search-hit.best .search-title')?.textContent ?? null]);
        }
        fire(KeyboardEvent, 'keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true });
        fire(KeyboardEvent, 'keydown', { key: 'ArrowDown', code: 'ArrowDown', keyCode: 229, isComposing: true });
        fire(KeyboardEvent, 'keydown', { key: 'Escape', code: 'Escape', keyCode: 229, isComposing: true });
        if (chromium) fire(InputEvent, 'input', insert(true));
        fire(CompositionEvent, 'compositionend', { data: steps.at(-1) });
        if (!chromium) fire(InputEvent, 'input', insert(false));
    };";

async fn composed(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    browser.ask("도커").await;
    let steps = ["ㅋ", "쿠", "쿱", "쿠버", "쿠번", "쿠버네"];
    browser.client.execute(COMPOSE, vec![json!(browser.kind == Kind::Chromium), json!(steps)]).await.unwrap();
    browser.awaited("compose()").await;
    let shown = browser.value("window.shown").await;
    for step in [1, 2, 3, 5] {
        assert_eq!(shown[step], json!([steps[step], "쿠버네티스"]), "answers while composing: {shown}");
    }
    assert_eq!(browser.value(IS_OPEN).await, true, "Esc, Enter and arrows belong to the keyboard then");
    assert_eq!(browser.value(&format!("{INPUT}.getAttribute('aria-activedescendant')")).await, Value::Null);
    assert_eq!(browser.text("decodeURIComponent(location.pathname)").await, place.path("index.html"));
    // The last syllable stands, and now Enter is the reader's.
    browser.press_key(Key::Enter).await;
    wait_for_page(browser, &place.path(KUBERNETES)).await;
}

async fn composed_by_an_input_method(browser: &Browser, place: &Place) {
    browser.visit(&place.url("index.html")).await;
    browser.open_search().await;
    browser.value(&format!("void (window.composing = [], {INPUT}.addEventListener('input', event => composing.push(event.isComposing)))")).await;
    let compose = async |text: &str| {
        let end = text.encode_utf16().count();
        browser
            .devtools("Input.imeSetComposition", json!({ "text": text, "selectionStart": end, "selectionEnd": end }))
            .await;
    };
    // The page must not touch the box, or the syllable would fall apart.
    for text in ["ㄷ", "도", "돜"] {
        compose(text).await;
        browser.wait_for(&format!("{INPUT}.value === {}", json!(text))).await;
    }
    browser.devtools("Input.insertText", json!({ "text": "도" })).await;
    for text in ["ㅋ", "커"] {
        compose(text).await;
        browser.wait_for(&format!("{INPUT}.value === {}", json!(format!("도{text}")))).await;
        browser.pause(200).await;
    }
    browser.wait_for("document.querySelector('.search-hit.best .search-title')?.textContent.includes('도커')").await;
    assert_eq!(browser.value("composing.at(-1)").await, true, "found before the word was finished");
    browser.devtools("Input.insertText", json!({ "text": "커" })).await;
    browser.wait_for(&format!("{INPUT}.value === '도커'")).await;
    browser.press_key(Key::Enter).await;
    wait_for_page(browser, &place.path("배포/도커.html")).await;
}

async fn page_of_the_search(browser: &Browser, place: &Place) {
    let best = "(document.querySelector('.search-hit.best .search-title')?.textContent ?? '')";
    let asked = "new URLSearchParams(location.search).get('q')";
    // Where a reader came from.
    browser.visit(&place.url("notes.html")).await;
    browser.visit(&place.url("search.html?q=쿠버네티스를")).await;
    browser.wait_for(&format!("{best} === '쿠버네티스'")).await;
    assert_eq!(browser.text(&format!("{INPUT}.value")).await, "쿠버네티스를");
    assert_eq!(browser.number("document.querySelectorAll('dialog').length").await, 0.0);
    browser.ask("도커").await;
    browser.wait_for(&format!("{asked} === '도커'")).await;
    assert!(browser.text(best).await.contains("도커"));
    browser.press_key(Key::Enter).await;
    wait_for_page(browser, &place.path("배포/도커.html")).await;
    // Back to the last answers, and then to where it began: no entry for every letter.
    browser.client.back().await.unwrap();
    wait_for_page(browser, &place.path("search.html")).await;
    browser.wait_for(&format!("{asked} === '도커' && {INPUT}.value === '도커' && {best}.includes('도커')")).await;
    browser.client.back().await.unwrap();
    wait_for_page(browser, &place.path("notes.html")).await;

    // From the dialog to the page, with what was typed.
    browser.open_search().await;
    browser.ask("캐시").await;
    browser.click(".search-whole").await;
    wait_for_page(browser, &place.path("search.html")).await;
    browser.wait_for(&format!("{asked} === '캐시' && {best} !== ''")).await;
    // Here `/` leads into the box.
    browser.value("void document.activeElement.blur()").await;
    browser.press(&['/']).await;
    browser.wait_for(&format!("document.activeElement === {INPUT}")).await;
    assert_eq!(browser.text(&format!("{INPUT}.value")).await, "캐시");
}

/// The hits of an answer without their scores, and these.
fn hits(answer: &Value) -> (Vec<Value>, Vec<f64>) {
    let mut hits = answer["hits"].as_array().unwrap().clone();
    let scores = hits.iter_mut().map(|hit| hit.as_object_mut().unwrap().remove("score").unwrap().as_f64().unwrap());
    let scores = scores.collect();
    (hits, scores)
}

async fn the_terminals_answers(browser: &Browser, place: &Place) {
    let judged = std::fs::read_to_string(repository().join("tests/search/queries.tsv")).unwrap();
    let queries: Vec<&str> = judged
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(1))
        .step_by(10)
        .collect();
    assert!(queries.len() >= 60, "{}", queries.len());
    let root = SITE.root().to_str().unwrap();
    let terminal = Program::new(&["search", "--batch", "--json", "--limit", "7", "--root", root]);
    let terminal = terminal.input(&queries.join("\n")).run().json_lines();
    assert_eq!(terminal.len(), queries.len());
    browser.visit(&place.url(KUBERNETES)).await;
    for (query, said) in queries.iter().zip(&terminal) {
        let found = browser.seoga_search(query, 7).await;
        assert_eq!((&found["query"], &found["note"]), (&said["query"], &said["note"]));
        assert!(found["took_us"].is_u64(), "{query}");
        let ((found, scores), (said, expected)) = (hits(&found), hits(said));
        assert_eq!(found, said, "{query}");
        // Logarithms are each machine's own, in the last digit of their single precision.
        assert!(
            scores.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= b.abs() * 1e-6),
            "{query}: {scores:?} {expected:?}"
        );
    }
    assert!(terminal.iter().filter(|said| said["hits"].as_array().is_some_and(|hits| !hits.is_empty())).count() > 50);
}

async fn offline(browser: &Browser, server: &Server) {
    let place = Place { root: server.url("") };
    browser.visit(&place.url("index.html")).await;
    browser.wait_long("document.querySelector('.kept-offline') !== null").await;
    server.stop();
    // A page and words that were never asked for.
    browser.visit(&place.url("tags/index.html")).await;
    browser.open_search().await;
    browser.type_keys("벌크헤드를").await;
    browser.wait_for("document.querySelector('.search-heading')?.textContent === '벌크헤드'").await;
    browser.press_key(Key::Enter).await;
    wait_for_page(browser, &place.path("아키텍처/마이크로서비스.html")).await;
    browser.wait_for("document.querySelector('.found-clear') !== null").await;
    assert!(browser.marked().await.contains(&"벌크헤드".to_owned()));
}
