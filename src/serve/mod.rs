//! The development server: build, serve on loopback, rebuild when something changes, reload the page.
//!
//! The site is built into a folder of its own under the system's temporary folder, so that `public/` stays what
//! `seoga build` made it. Drafts may be in it: nobody else on the machine can read the folder, and a page of another
//! site that reaches this server under its own name (DNS rebinding) is turned away. A rebuild is a whole build, exchanged in one step; a build that fails leaves the last good
//! site on screen. Pages are told of a new version by a small script that is added when a page is served and is
//! never part of the site on disk.

mod files;
mod watch;
mod workplace;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::build::{self, BuildError, Report};
use workplace::Workplace;

/// Asked by the page's script: answers with the version of the site once it differs from `?since=`.
const VERSION_PATH: &str = "/.seoga/version";

/// How long a page's question is held open before it is answered with the same version and asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Ports tried after the one asked for.
const MORE_PORTS: u16 = 9;

/// Requests answered at once. Every open page holds one of them.
const MOST_REQUESTS: usize = 64;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0}")]
    Listen(io::Error),
    /// No folder for the site.
    #[error("{0}")]
    Workplace(io::Error),
    #[error(transparent)]
    Watch(#[from] notify::Error),
}

/// A running server.
pub struct DevelopmentServer {
    server: Arc<Server>,
    options: build::Options,
    address: SocketAddr,
    version: Arc<Version>,
    /// Holds the site.
    workplace: Workplace,
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
        let workplace = Workplace::make(&std::env::temp_dir(), address.port()).map_err(ServeError::Workplace)?;
        options.out = Some(workplace.site());
        // A page that a browser has kept would hide what has just been written; one that was kept from another site at
        // this address is cleared away.
        options.offline = false;
        Ok(Self { server: Arc::new(server), options, address, version: Arc::default(), workplace })
    }

    /// Where the site is served.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Takes away what the server has on disk, for whoever ends the process before it is done.
    pub fn farewell(&self) -> impl Fn() + Send + 'static {
        self.workplace.remover()
    }

    /// Builds, serves and rebuilds until the process ends. `built` hears of every build.
    pub fn run(self, mut built: impl FnMut(Result<Report, BuildError>)) -> Result<(), ServeError> {
        let server = Arc::clone(&self.server);
        let visit = Visit {
            site: self.options.out(),
            port: self.address.port(),
            version: Arc::clone(&self.version),
            places: Arc::default(),
        };
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                visit.begin(request);
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

/// What answering a request needs.
#[derive(Clone)]
struct Visit {
    site: PathBuf,
    port: u16,
    version: Arc<Version>,
    /// How many requests are being answered.
    places: Arc<AtomicUsize>,
}

/// One request being answered.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(places: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(places));
        (places.fetch_add(1, Ordering::Relaxed) < MOST_REQUESTS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Visit {
    /// Answers a request on a thread of its own: pages wait for the next version.
    fn begin(&self, request: Request) {
        // A page that has gone away is no fault of the server.
        if !is_addressed(&request, self.port) {
            let _ = request.respond(Response::empty(403));
            return;
        }
        let Some(place) = Place::take(&self.places) else {
            let _ = request.respond(Response::empty(503));
            return;
        };
        let visit = self.clone();
        // Without a thread the request is dropped, which answers it with an error.
        let _ = std::thread::Builder::new().spawn(move || {
            let _ = respond(request, &visit.site, &visit.version);
            drop(place);
        });
    }
}

fn is_addressed(request: &Request, port: u16) -> bool {
    let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
    let host = hosts.next();
    hosts.next().is_none() && host.is_some_and(|host| is_own_host(host.value.as_str(), port))
}

/// Whether a `Host` is this server by one of the names of this machine.
fn is_own_host(host: &str, port: u16) -> bool {
    let host = host.trim();
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        // Browsers leave out HTTP's own port.
        None if port == 80 => host,
        None => return false,
    };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn respond(request: Request, site: &Path, version: &Version) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405).with_header(header("Allow", "GET, HEAD")?));
    }
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    if path == VERSION_PATH {
        let known = query.strip_prefix("since=").and_then(|known| known.parse().ok());
        let number = version.after(known);
        return request.respond(Response::from_string(number.to_string()).with_header(no_store()?));
    }
    files::answer(request, site, path, query)
}

fn no_store() -> io::Result<Header> {
    header("Cache-Control", "no-store")
}

fn header(name: &str, value: &str) -> io::Result<Header> {
    Header::from_bytes(name, value).map_err(|()| io::ErrorKind::InvalidInput.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, port, own) in [
            ("127.0.0.1:8080", 8080, true),
            ("LocalHost:8080", 8080, true),
            ("[::1]:8080", 8080, true),
            ("localhost", 80, true),
            ("localhost", 8080, false),
            ("localhost:8081", 8080, false),
            ("evil.example:8080", 8080, false),
            ("evil.localhost:8080", 8080, false),
            ("127.0.0.1.evil.example:8080", 8080, false),
            ("", 80, false),
        ] {
            assert_eq!(is_own_host(host, port), own, "{host}");
        }
    }

    #[test]
    fn places_are_bounded_and_given_back() {
        let places = Arc::default();
        let taken: Vec<_> = (0..MOST_REQUESTS).map_while(|_| Place::take(&places)).collect();
        assert_eq!(taken.len(), MOST_REQUESTS);
        assert!(Place::take(&places).is_none());
        drop(taken);
        assert_eq!(places.load(Ordering::Relaxed), 0);
    }
}
