//! A real browser, driven through WebDriver: what a reader sees and does. Chromium in most tests; Firefox too, where
//! browsers may differ.

#![allow(dead_code, reason = "every test program uses its own part of this")]

mod driver;

use std::path::Path;
use std::time::{Duration, Instant};

use driver::{Driver, Lines};
use fantoccini::actions::{InputSource as _, MouseActions, PointerAction};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use super::common::link_check::percent_decoded;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Chromium,
    Firefox,
}

/// A browser window.
pub struct Browser {
    pub client: Client,
    pub kind: Kind,
    said: Lines,
}

impl Browser {
    /// Starts Chromium, lets the test use it and ends it.
    pub fn run<F: Future<Output = ()>>(test: impl FnOnce(Browser) -> F) {
        Self::run_in(Kind::Chromium, test);
    }

    /// The same with any browser.
    pub fn run_in<F: Future<Output = ()>>(kind: Kind, test: impl FnOnce(Browser) -> F) {
        Self::run_with(kind, true, test);
    }

    /// With WebAssembly switched off, as some companies do for safety.
    pub fn run_without_webassembly<F: Future<Output = ()>>(kind: Kind, test: impl FnOnce(Browser) -> F) {
        Self::run_with(kind, false, test);
    }

    fn run_with<F: Future<Output = ()>>(kind: Kind, webassembly: bool, test: impl FnOnce(Browser) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let profile = TempDir::new().unwrap();
            // Dropped before the profile, it takes the browser along, whether the test held or not.
            let (browser, _driver) = Self::start(kind, webassembly, profile.path()).await;
            let client = browser.client.clone();
            test(browser).await;
            client.close().await.unwrap();
        });
    }

    async fn start(kind: Kind, webassembly: bool, profile: &Path) -> (Self, Driver) {
        let (mut driver, capabilities) = match kind {
            Kind::Chromium => {
                let mut arguments = vec![
                    "--headless=new".to_owned(),
                    "--no-sandbox".to_owned(),
                    "--disable-gpu".to_owned(),
                    "--disable-quic".to_owned(),
                    "--no-first-run".to_owned(),
                    "--disable-background-networking".to_owned(),
                    "--disable-component-update".to_owned(),
                    "--disable-sync".to_owned(),
                    "--disable-dev-shm-usage".to_owned(),
                    // For what measures memory.
                    "--enable-precise-memory-info".to_owned(),
                    format!("--user-data-dir={}", profile.display()),
                ];
                if !webassembly {
                    // Where code may not be compiled there is none; as where a company wants it so.
                    arguments.push("--js-flags=--jitless".to_owned());
                }
                let capabilities = json!({
                    "goog:chromeOptions": { "args": arguments },
                    "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                });
                (
                    Driver::start("chromedriver", &["--port=0", "--log-level=WARNING"], "successfully on port "),
                    capabilities,
                )
            }
            Kind::Firefox => {
                let capabilities = json!({ "moz:firefoxOptions": {
                    "binary": driver::installed(&["firefox-esr", "firefox"]),
                    "args": ["-headless"],
                    "prefs": {
                        "javascript.options.wasm": webassembly,
                        // What pages complain of is written where the driver hears it.
                        "devtools.console.stdout.content": true,
                        "browser.dom.window.dump.enabled": true,
                        // Nothing that the browser does for itself.
                        "browser.newtabpage.enabled": false,
                        "browser.startup.page": 0,
                        "datareporting.policy.dataSubmissionEnabled": false,
                        "toolkit.telemetry.enabled": false,
                        "app.update.disabledForTesting": true,
                    },
                } });
                let root = format!("--profile-root={}", profile.display());
                let arguments = ["--port=0", "--websocket-port=0", root.as_str()];
                (Driver::start("geckodriver", &arguments, "Listening on 127.0.0.1:"), capabilities)
            }
        };
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|error| panic!("{kind:?} could not be started: {error}"));
        driver.ending = match kind {
            Kind::Chromium => "GET /shutdown".to_owned(),
            Kind::Firefox => format!("DELETE /session/{}", client.session_id().await.unwrap().unwrap_or_default()),
        };
        (Self { client, kind, said: driver.said.clone() }, driver)
    }

    /// Opens an address.
    pub async fn visit(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Opens a file of a site as a double-click does.
    pub async fn open(&self, file: &Path) {
        assert!(file.exists(), "{}", file.display());
        self.client.goto(Url::from_file_path(file).unwrap().as_str()).await.unwrap();
    }

    /// The file that the window shows, and the fragment.
    pub async fn place(&self) -> (String, Option<String>) {
        let url = self.client.current_url().await.unwrap();
        let file = url.to_file_path().unwrap_or_else(|()| panic!("left the disk: {url}"));
        let fragment = url.fragment().map(|fragment| percent_decoded(fragment).unwrap());
        (file.to_str().unwrap().to_owned(), fragment)
    }

    pub async fn click(&self, css: &str) {
        let element = self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Puts the pointer on an element.
    pub async fn hover(&self, css: &str) {
        let element = self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        let pointer = MouseActions::new("mouse".to_owned());
        let pointer = pointer.then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 });
        self.client.perform_actions(pointer).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    pub async fn pause(&self, milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }

    /// Waits until a JavaScript expression is true.
    pub async fn wait_for(&self, expression: &str) {
        // Several browsers at a time are slow on a machine of two cores.
        for _ in 0..300 {
            // While one page leaves and the next comes there is none to ask.
            if self.client.execute(&format!("return {expression}"), Vec::new()).await.is_ok_and(|value| value == true) {
                return;
            }
            self.pause(50).await;
        }
        panic!("never came true: {expression}");
    }

    /// Waits for what takes its time; the expression may await promises.
    pub async fn wait_long(&self, expression: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1]; (async () => {{ return {expression} }})().then(done, () => done(false))"
        );
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(40) {
            if self.client.execute_async(&script, Vec::new()).await.is_ok_and(|value| value == true) {
                return;
            }
            self.pause(200).await;
        }
        panic!("never came true: {expression}");
    }

    /// What a promise comes to.
    pub async fn awaited(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; (async () => {{ return {promise} }})().then(done, error => done('failed: ' + error))"
        );
        self.client.execute_async(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{promise}: {error}"))
    }

    /// What a JavaScript expression is in the page.
    pub async fn value(&self, expression: &str) -> Value {
        let script = format!("return {}", expression.trim_start());
        self.client.execute(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    pub async fn number(&self, expression: &str) -> f64 {
        self.value(expression).await.as_f64().unwrap_or_else(|| panic!("{expression} is no number"))
    }

    pub async fn text(&self, expression: &str) -> String {
        self.value(expression).await.as_str().unwrap_or_else(|| panic!("{expression} is no text")).to_owned()
    }

    /// A screen of this width; narrower than any window could be, if need be.
    pub async fn set_width(&self, width: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 }),
        )
        .await;
    }

    /// What the reader's system prefers, such as `("prefers-color-scheme", "dark")`.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// A command that only Chromium knows.
    pub async fn devtools(&self, command: &str, parameters: Value) {
        let body = json!({ "cmd": command, "params": parameters });
        self.client.issue_cmd(Extension { path: "goog/cdp/execute", body }).await.unwrap();
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.client.issue_cmd(Extension { path: "se/log", body: json!({ "type": kind }) }).await.unwrap();
        entries.as_array().unwrap().clone()
    }

    /// What pages wrote to the console since last asked, warnings and errors.
    pub async fn complaints(&self) -> Vec<String> {
        if self.kind == Kind::Firefox {
            // They come by another way than what was asked.
            self.pause(200).await;
            let said = std::mem::take(&mut *self.said.lock().unwrap());
            // The browser's own parts write to the same place, under their names and without quotes.
            let is_complaint = |line: &String| {
                let starts =
                    ["JavaScript error: file:", "JavaScript error: http:", "console.error: \"", "console.warn: \""];
                starts.iter().any(|start| line.contains(start))
            };
            return said.into_iter().filter(is_complaint).collect();
        }
        let entries = self.log("browser").await;
        let bad = entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        bad.map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    /// The addresses that pages asked for since last asked; in Chromium.
    pub async fn requests(&self) -> Vec<String> {
        let mut urls = Vec::new();
        for entry in self.log("performance").await {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &message["message"];
            if message["method"] == "Network.requestWillBeSent" {
                urls.push(message["params"]["request"]["url"].as_str().unwrap().to_owned());
            }
        }
        urls
    }
}

/// A command that WebDriver itself does not know.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
