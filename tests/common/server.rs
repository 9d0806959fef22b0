//! A web server of one test alone, whose site stands in a folder and may change, break or vanish.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Where the sites stand: in a folder whose name has to be encoded, as in `https://example.com/우리 노트/`.
pub const FOLDER: &str = "/우리 노트/";

/// What a server has at a path of the site.
pub enum Answer {
    File(Vec<u8>),
    Nothing,
    /// The connection ends in the middle.
    Broken,
    /// There is no connection at all.
    Unreachable,
    /// The connection stays open, and nothing comes.
    Silence,
}

pub type Deploy = Box<dyn Fn(&str) -> Answer + Send>;

/// A web server of this test alone.
pub struct Server {
    port: u16,
    pub deploy: Arc<Mutex<Deploy>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, deploy: Arc::new(Mutex::new(deployed(files))), asked: Arc::default() };
        let (deploy, asked) = (Arc::clone(&server.deploy), Arc::clone(&server.asked));
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let (deploy, asked) = (Arc::clone(&deploy), Arc::clone(&asked));
                // Whoever hangs up early is no fault.
                std::thread::spawn(move || connection.and_then(|connection| answer(connection, &deploy, &asked)));
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{FOLDER}{path}", self.port)
    }

    /// From now on the server has this.
    pub fn deploy(&self, answer: impl Fn(&str) -> Answer + Send + 'static) {
        *self.deploy.lock().unwrap() = Box::new(answer);
    }

    pub fn stop(&self) {
        self.deploy(|_| Answer::Unreachable);
    }

    /// How often a path was asked for.
    pub fn times(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}

/// A server that has these files.
pub fn deployed(files: BTreeMap<String, Vec<u8>>) -> Deploy {
    Box::new(move |path| files.get(path).map_or(Answer::Nothing, |bytes| Answer::File(bytes.clone())))
}

fn answer(mut connection: TcpStream, deploy: &Mutex<Deploy>, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(connection.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let address = first.split(' ').nth(1).unwrap_or_default();
    let path = super::link_check::percent_decoded(address.split('?').next().unwrap()).unwrap();
    let inside = path.strip_prefix(FOLDER);
    let file = match inside {
        Some(path) if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
        Some(path) => path.to_owned(),
        None => "404".to_owned(),
    };
    asked.lock().unwrap().push(file.clone());
    let kind = seoga::media::media_type(&file).unwrap_or("application/octet-stream");
    // Others are answered meanwhile.
    let found = (deploy.lock().unwrap())(&file);
    let (status, body) = match found {
        Answer::File(body) => ("200 OK", body),
        Answer::Nothing => ("404 Not Found", Vec::new()),
        Answer::Broken => {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")?;
            return Ok(());
        }
        Answer::Unreachable => return Ok(()),
        Answer::Silence => return connection.read_to_end(&mut Vec::new()).map(drop),
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    connection.write_all(head.as_bytes())?;
    // Scripts are kept for a while, as by most servers; the rest is what no cache keeps as it came.
    let vary = if file.ends_with(".js") { "" } else { "Vary: *\r\n" };
    connection.write_all(format!("Connection: close\r\nCache-Control: max-age=600\r\n{vary}\r\n").as_bytes())?;
    connection.write_all(&body)?;
    connection.shutdown(std::net::Shutdown::Write)?;
    connection.read_to_end(&mut Vec::new()).map(drop)
}
