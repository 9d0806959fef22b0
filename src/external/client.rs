//! One question to one server: is this there?

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use ureq::http::{Method, Request, header};
use ureq::{Agent, Timeout};
use url::Url;

use super::{Options, address};
use crate::language::Text;
use crate::text;

/// What a server said of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Alive,
    /// It is there, at another address for good.
    Moved(String),
    Dead(Fault),
    /// Nothing certain: it wants a login, turns programs away, or asked for patience.
    Unknown,
}

impl Answer {
    /// Whether not even the host was found.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Dead(Fault::NoHost | Fault::NoNetwork))
    }
}

/// Why an address does not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    Status(u16),
    /// DNS does not know the host.
    NoHost,
    /// There is no way to it.
    NoNetwork,
    Refused,
    Silent,
    Tls,
    /// Redirects without end.
    Redirects,
    /// What came back is no HTTP, or the connection broke.
    Broken,
}

impl Fault {
    pub fn text(&self) -> Text {
        match self {
            Self::Status(status @ (404 | 410)) => {
                text!("그런 쪽이 없다고 합니다({status})", "the server has no such page ({status})")
            }
            Self::Status(status @ 500..) => {
                text!("서버에 오류가 있다고 합니다({status})", "the server has failed ({status})")
            }
            Self::Status(status) => {
                text!("서버가 받아 주지 않습니다({status})", "the server does not take the request ({status})")
            }
            Self::NoHost => text!("그런 이름의 서버를 찾을 수 없습니다", "no server of that name can be found"),
            Self::NoNetwork => text!("서버에 닿을 수 없습니다", "the server cannot be reached"),
            Self::Refused => text!("서버가 연결을 받지 않습니다", "the server refuses the connection"),
            Self::Silent => text!("서버가 제때 답하지 않습니다", "the server does not answer in time"),
            Self::Tls => text!("안전한 연결(TLS)을 맺을 수 없습니다", "no secure connection (TLS) can be made"),
            Self::Redirects => text!("다른 주소로 끝없이 보냅니다", "it redirects without end"),
            Self::Broken => text!("알아들을 수 없는 답이 옵니다", "the answer cannot be understood"),
        }
    }
}

/// Redirects followed.
const MOST_REDIRECTS: usize = 10;

/// What one request came to.
enum Reply {
    Status(u16),
    /// Where to, and whether for good.
    Redirect(Url, bool),
    Fault(Fault),
}

/// When a host was last asked, and whether it wants to be left alone.
#[derive(Default)]
struct Manners {
    last: Option<Instant>,
    wants_rest: bool,
}

/// Asks, one thing at a time per host.
pub struct Client {
    agent: Agent,
    options: Options,
    hosts: Mutex<HashMap<String, Arc<Mutex<Manners>>>>,
}

impl Client {
    pub fn new(options: &Options) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(options.patience))
            // Shorter than all of it, so that a name that nobody answers for is told from a silent server.
            .timeout_resolve(Some(options.patience / 2))
            .http_status_as_error(false)
            // Followed here: each host has its turn, and what is for good is told apart.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("seoga/", env!("CARGO_PKG_VERSION"), " (+link check)"))
            .build();
        Self { agent: config.new_agent(), options: options.clone(), hosts: Mutex::default() }
    }

    /// What becomes of an address.
    pub fn ask(&self, url: &Url) -> Answer {
        let mut at = url.clone();
        // As far as every redirect was for good.
        let mut moved: Option<Url> = None;
        let mut all_for_good = true;
        for _ in 0..=MOST_REDIRECTS {
            match self.reply(&at) {
                None => return Answer::Unknown,
                Some(Reply::Redirect(to, for_good)) => {
                    if !address::is_asked(&to, self.options.local) {
                        return Answer::Unknown;
                    }
                    all_for_good &= for_good;
                    if all_for_good {
                        moved = Some(to.clone());
                    }
                    at = to;
                }
                Some(Reply::Fault(fault)) => return Answer::Dead(fault),
                Some(Reply::Status(200..=399)) => {
                    let moved = moved.filter(|to| to != url);
                    return moved.map_or(Answer::Alive, |to| Answer::Moved(to.into()));
                }
                // Programs are not welcome there, or not without a login; a reader may well be.
                Some(Reply::Status(401 | 402 | 403 | 405..=408 | 418 | 425 | 429 | 451 | 503 | 999)) => {
                    return Answer::Unknown;
                }
                Some(Reply::Status(status)) => return Answer::Dead(Fault::Status(status)),
            }
        }
        Answer::Dead(Fault::Redirects)
    }

    /// By HEAD, and where that is not well received by GET, of which the body is not read. `None` where the host wants
    /// to be left alone.
    fn reply(&self, url: &Url) -> Option<Reply> {
        match self.request(Method::HEAD, url)? {
            Reply::Status(400..) | Reply::Fault(Fault::Broken) => self.request(Method::GET, url),
            reply => Some(reply),
        }
    }

    fn request(&self, method: Method, url: &Url) -> Option<Reply> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let manners = Arc::clone(self.hosts.lock().unwrap_or_else(PoisonError::into_inner).entry(host).or_default());
        // Held while asking: one thing at a time.
        let mut manners = manners.lock().unwrap_or_else(PoisonError::into_inner);
        if manners.wants_rest {
            return None;
        }
        if let Some(last) = manners.last {
            std::thread::sleep(self.options.pause.saturating_sub(last.elapsed()));
        }
        let reply = self.sent(method, url);
        manners.last = Some(Instant::now());
        if matches!(reply, Reply::Status(429 | 503)) {
            manners.wants_rest = true;
            return None;
        }
        Some(reply)
    }

    fn sent(&self, method: Method, url: &Url) -> Reply {
        let request = Request::builder().method(method).uri(url.as_str()).header(header::ACCEPT, "*/*").body(());
        let Ok(request) = request else { return Reply::Fault(Fault::Broken) };
        let response = match self.agent.run(request) {
            Ok(response) => response,
            Err(error) => return Reply::Fault(fault(&error)),
        };
        let status = response.status().as_u16();
        let to = response.headers().get(header::LOCATION);
        let to = to.and_then(|to| std::str::from_utf8(to.as_bytes()).ok()).and_then(|to| url.join(to).ok());
        match (status, to) {
            (301 | 308, Some(to)) => Reply::Redirect(without_fragment(to), true),
            (302 | 303 | 307, Some(to)) => Reply::Redirect(without_fragment(to), false),
            _ => Reply::Status(status),
        }
    }
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn fault(error: &ureq::Error) -> Fault {
    match error {
        ureq::Error::HostNotFound | ureq::Error::Timeout(Timeout::Resolve) => Fault::NoHost,
        ureq::Error::Timeout(_) => Fault::Silent,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Fault::Tls,
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => Fault::Refused,
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Silent,
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown => {
                Fault::NoNetwork
            }
            // The standard library gives a failed look-up no kind of its own.
            _ if error.to_string().contains("lookup address") => Fault::NoHost,
            // WSAHOST_NOT_FOUND, WSANO_DATA
            _ if matches!(error.raw_os_error(), Some(11001 | 11004)) => Fault::NoHost,
            io::ErrorKind::InvalidData => Fault::Tls,
            _ => Fault::Broken,
        },
        ureq::Error::ConnectionFailed => Fault::NoNetwork,
        _ => Fault::Broken,
    }
}
