//! The search as a reader uses it: the box typed into, and what stands under it.

#![allow(dead_code, reason = "every test program uses its own part of this")]

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::{Value, json};

use super::browser::Browser;

pub const INPUT: &str = "document.getElementById('seoga:search-input')";
pub const IS_OPEN: &str = "document.querySelector('dialog.search-dialog')?.open === true";

/// What the reader sees of one hit.
#[derive(Debug, Deserialize)]
pub struct Hit {
    /// Of the page that it stands under.
    pub title: String,
    /// None where the hit is the page itself.
    pub heading: Option<String>,
    pub marked: Vec<String>,
    pub page: String,
    pub anchor: String,
}

const HITS: &str = r"
    [...document.querySelectorAll('.search-hit:not(.search-before)')].map(hit => ({
        title: hit.closest('.search-page').querySelector('.search-title').textContent,
        heading: hit.querySelector('.search-heading')?.textContent ?? null,
        marked: [...hit.querySelectorAll('.search-snippet mark')].map(mark => mark.textContent),
        page: decodeURIComponent(hit.pathname),
        anchor: decodeURIComponent(hit.hash),
    }))";

impl Browser {
    /// Presses keys one after the other, wherever the focus is, and holds the first ones down to the end.
    pub async fn press(&self, keys: &[char]) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    pub async fn press_key(&self, key: Key) {
        self.press(&[key.into()]).await;
    }

    /// Types into what has the focus.
    pub async fn type_keys(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Opens the dialog with a key, and waits until it can be typed into.
    pub async fn open_search(&self) {
        // Chromium drops keys that come before it has drawn the page, and loaded machines draw late.
        let drawn = "await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))";
        self.wait_long(drawn).await;
        self.press(&['/']).await;
        self.wait_for(&format!("{IS_OPEN} && document.activeElement === {INPUT}")).await;
    }

    /// Clicks with the middle button.
    pub async fn middle_click(&self, css: &str) {
        let element = self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        let pointer = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: 1 })
            .then(PointerAction::Up { button: 1 });
        self.client.perform_actions(pointer).await.unwrap();
    }

    /// Puts a query into the box at once, as pasting does, and waits for what comes of it.
    pub async fn ask(&self, query: &str) -> Vec<Hit> {
        let script = format!(
            "const input = {INPUT}; for (const text of ['', arguments[0]]) {{ input.value = text; input.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }}"
        );
        self.client.execute(&script, vec![json!(query)]).await.unwrap();
        self.wait_for_answer(query).await;
        self.hits().await
    }

    /// Hits, the advice where there are none, or a fault.
    pub async fn wait_for_answer(&self, query: &str) {
        for _ in 0..200 {
            let there =
                "document.querySelector('.search-hit:not(.search-before), .search-nearest, .search-fault') !== null";
            if self.value(there).await == true {
                return;
            }
            self.pause(25).await;
        }
        panic!("no answer to `{query}`: {}", self.text("document.querySelector('.search-body').innerText").await);
    }

    pub async fn hits(&self) -> Vec<Hit> {
        serde_json::from_value(self.value(HITS).await).unwrap()
    }

    /// What stands under the box, as text.
    pub async fn panel(&self) -> String {
        self.text("document.querySelector('.search-panel').textContent").await
    }

    /// The sentence of what went wrong.
    pub async fn fault(&self) -> String {
        self.wait_for("document.querySelector('.search-fault') !== null").await;
        self.text("document.querySelector('.search-fault').textContent").await
    }

    /// What the page has marked, as text; empty until it has.
    pub async fn marked(&self) -> Vec<String> {
        let marked = r"(() => {
            const ranges = CSS.highlights?.get('seoga-found');
            if (ranges) return [...ranges].map(String);
            return [...document.querySelectorAll('mark.found')].map(mark => mark.textContent);
        })()";
        let Value::Array(marked) = self.value(marked).await else { return Vec::new() };
        marked.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    /// `seoga.search` as a script of the page calls it.
    pub async fn seoga_search(&self, query: &str, limit: usize) -> Value {
        let script = "const [query, limit, done] = arguments; seoga.search(query, { limit }).then(done, e => done({ code: e.code, message: String(e) }))";
        self.client.execute_async(script, vec![json!(query), json!(limit)]).await.unwrap()
    }
}
