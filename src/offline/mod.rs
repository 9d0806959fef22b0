//! What a browser needs to keep the site for reading without a network, and to install it on a phone.
//!
//! | file | |
//! | --- | --- |
//! | `offline.json` | the [list](list) of the site's files, by which the worker knows what to fetch and what has changed |
//! | `service-worker.js` | fetches, keeps and answers; how, stands at its head. The same bytes on every site |
//! | `manifest.webmanifest` | name and icon of the installed site |
//!
//! The theme's `static/offline.js` brings the worker into play, over HTTP only. A site that is switched off (`offline:
//! false`, or the development server's) has a worker too: one that clears away what browsers kept before and goes.
//! All addresses are relative to the site's root, which the worker takes from where it stands.

mod list;

use serde_json::json;

use crate::config::Config;
pub use list::List;

/// The worker, at the root: it may only see what lies below it.
pub const WORKER: &str = "service-worker.js";
/// The list of the site's files.
pub const LIST: &str = "offline.json";
/// The web app manifest.
pub const WEB_MANIFEST: &str = "manifest.webmanifest";

/// The worker of a site that is kept, or of one that is not.
pub fn worker(is_kept: bool) -> &'static str {
    if is_kept { include_str!("service-worker.js") } else { include_str!("farewell.js") }
}

/// The web app manifest. What it says about the site, its configuration says.
pub fn web_manifest(config: &Config, title: &str, home: &str) -> String {
    let mut manifest = json!({
        "name": title,
        "lang": config.language.tag(),
        "start_url": home,
        "scope": "./",
        // With the way back, which a phone may have no key for.
        "display": "minimal-ui",
        "icons": [{ "src": "static/favicon.svg", "type": "image/svg+xml", "sizes": "any" }],
    });
    if let Some(description) = &config.description {
        manifest["description"] = json!(description);
    }
    format!("{manifest}\n")
}
