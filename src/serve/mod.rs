//! The development server: build, serve on loopback, rebuild when something changes, reload the page.
//!
//! The site is built into a folder of its own under the system's temporary folder, so that `public/` stays what
//! `seoga build` made it. A rebuild is a whole build, exchanged in one step; a build that fails leaves the last good
//! site on screen. Pages are told of a new version by a small script that is added when a page is served and is
//! never part of the site on disk.

mod files;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::build::{self, BuildError, Report};

/// Asked by the page's script: answers with the version of the site once it differs from `?since=`.
const VERSION_PATH: &str = "/.seoga/version";

/// How long a page's question is held open before it is answered with the same version and asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Added to pages as they are served. Reading needs no script; reloading does.
const RELOAD_SCRIPT: &str = "<script>(function ask(v){fetch('/.seoga/version?since='+v).then(function(r){return r.text()}).then(function(n){if(v&&n!==v)location.reload();else ask(n)},function(){setTimeout(ask,1000,v)})})('')</script>";

/// Ports tried after the one asked for.
const MORE_PORTS: u16 = 9;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0}")]
    Listen(io::Error),
    #[error(transparent)]
    Watch(#[from] notify::Error),
}

/// A running server.
pub struct DevelopmentServer {
    server: Arc<Server>,
    options: build::Options,
    address: SocketAddr,
    version: Arc<Version>,
}

/// Counts builds; pages wait on it.
#[derive(Debug, Default)]
struct Version {
    number: Mutex<u64>,
    changed: Condvar,
}

impl Version {
    fn raise(&self) {
        *self.number.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    /// The version, as soon as it is not `known`, or the same one after [`LONGEST_WAIT`].
    fn after(&self, known: Option<u64>) -> u64 {
        let number = self.number.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(number, LONGEST_WAIT, |number| Some(*number) == known);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl DevelopmentServer {
    /// Listens on loopback at `port`, or at one of the next few when it is taken.
    pub fn bind(mut options: build::Options, port: u16) -> Result<Self, ServeError> {
        let ports = port..=port.saturating_add(MORE_PORTS);
        let mut bound = Err(ServeError::Listen(io::ErrorKind::AddrInUse.into()));
        for port in ports {
            match Server::http((Ipv4Addr::LOCALHOST, port)) {
                Ok(server) => {
                    bound = Ok(server);
                    break;
                }
                Err(error) => bound = Err(ServeError::Listen(io::Error::other(error.to_string()))),
            }
        }
        let server = bound?;
        let address = server.server_addr().to_ip().unwrap_or_else(|| (Ipv4Addr::LOCALHOST, port).into());
        // Named by the port, which nobody else has while we do: Ctrl+C leaves the folder, and the next server uses it.
        let folder = format!("seoga-serve-{}", address.port());
        options.out = Some(std::env::temp_dir().join(folder).join("site"));
        Ok(Self { server: Arc::new(server), options, address, version: Arc::default() })
    }

    /// Where the site is served.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Builds, serves and rebuilds until the process ends. `built` hears of every build.
    pub fn run(self, mut built: impl FnMut(Result<Report, BuildError>)) -> Result<(), ServeError> {
        let site = self.options.out();
        if let Some(folder) = site.parent() {
            std::fs::create_dir_all(folder).map_err(ServeError::Listen)?;
        }
        let server = Arc::clone(&self.server);
        let version = Arc::clone(&self.version);
        std::thread::spawn(move || {
            // A thread for each request: pages wait for the next version, and a browser opens few of them.
            for request in server.incoming_requests() {
                let (site, version) = (site.clone(), Arc::clone(&version));
                std::thread::spawn(move || answer(request, &site, &version));
            }
        });
        let changes = watch::Changes::of(&self.options.root)?;
        loop {
            let report = build::build(&self.options, &build::Unwatched);
            if report.is_ok() {
                self.version.raise();
            }
            built(report);
            changes.wait();
        }
    }
}

impl Drop for DevelopmentServer {
    fn drop(&mut self) {
        if let Some(folder) = self.options.out().parent() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn answer(request: Request, site: &Path, version: &Version) {
    // A page that has gone away is no fault of the server.
    let _ = respond(request, site, version);
}

fn respond(request: Request, site: &Path, version: &Version) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    if path == VERSION_PATH {
        let known = query.strip_prefix("since=").and_then(|known| known.parse().ok());
        let number = version.after(known);
        return request.respond(Response::from_string(number.to_string()).with_header(no_store()?));
    }
    let found = files::find(site, path);
    let status = if found.is_some() { 200 } else { 404 };
    let file: PathBuf = found.unwrap_or_else(|| site.join("404.html"));
    let Ok(bytes) = std::fs::read(&file) else { return request.respond(Response::empty(404)) };
    let content_type = files::content_type(&file);
    let bytes = if content_type.starts_with("text/html") { with_reload(bytes) } else { bytes };
    let response = Response::from_data(bytes)
        .with_status_code(status)
        .with_header(header("Content-Type", content_type)?)
        .with_header(no_store()?);
    request.respond(response)
}

fn with_reload(mut page: Vec<u8>) -> Vec<u8> {
    let end = memchr::memmem::rfind(&page, b"</body>").unwrap_or(page.len());
    page.splice(end..end, RELOAD_SCRIPT.bytes());
    page
}

fn no_store() -> io::Result<Header> {
    header("Cache-Control", "no-store")
}

fn header(name: &str, value: &str) -> io::Result<Header> {
    Header::from_bytes(name, value).map_err(|()| io::ErrorKind::InvalidInput.into())
}
