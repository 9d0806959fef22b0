//! A real Chromium, driven through WebDriver: what a reader sees and does.

#![allow(dead_code, reason = "every test program uses its own part of this")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource as _, MouseActions, PointerAction};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

/// A browser window.
pub struct Browser {
    pub client: Client,
}

impl Browser {
    /// Starts a browser, lets the test use it and ends it.
    pub fn run<F: Future<Output = ()>>(test: impl FnOnce(Browser) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (browser, _profile, _driver) = Self::start().await;
            let client = browser.client.clone();
            test(browser).await;
            client.close().await.unwrap();
        });
    }

    /// The driver is dropped first and takes the browser along, whether the test held or not; then the profile.
    async fn start() -> (Self, TempDir, Driver) {
        let driver = Driver::start();
        let profile = TempDir::new().unwrap();
        let user_data = format!("--user-data-dir={}", profile.path().display());
        let capabilities = json!({
            "goog:chromeOptions": { "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", user_data,
            ] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let client = ClientBuilder::new(hyper_connector())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|error| panic!("chromedriver could not start Chromium: {error}"));
        (Self { client }, profile, driver)
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
        let fragment = url.fragment().map(|fragment| super::link_check::percent_decoded(fragment).unwrap());
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
        for _ in 0..100 {
            // While one page leaves and the next comes there is none to ask.
            if self.client.execute(&format!("return {expression}"), Vec::new()).await.is_ok_and(|value| value == true) {
                return;
            }
            self.pause(50).await;
        }
        panic!("never came true: {expression}");
    }

    /// What a JavaScript expression is in the page.
    pub async fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
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
        let entries = self.log("browser").await;
        let bad = entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        bad.map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    /// The addresses that pages asked for since last asked.
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

fn hyper_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
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

/// The chromedriver of this test alone, on a port of its own choosing.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .args(["--port=0", "--log-level=WARNING"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("the browser tests need Chromium and chromedriver ({error}); `bash tests/run` installs them")
            });
        let mut said = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let Some(Ok(line)) = lines.next() else { panic!("chromedriver ended at once: {said}") };
            // `ChromeDriver was started successfully on port 43123.`
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').parse().unwrap();
            }
            said += &line;
        };
        // Whoever writes to a pipe that nobody reads stops some day.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Killed, it would leave its browsers behind.
        if let Ok(mut connection) = std::net::TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = connection.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = connection.read_to_end(&mut Vec::new());
        }
        for _ in 0..50 {
            if let Ok(Some(_)) = self.process.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
