//! The program between a test and its browser: started on a port of its own choosing, and ended with all that it started,
//! whether the test held or not.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a driver and its browser write, line by line.
pub type Lines = Arc<Mutex<Vec<String>>>;

pub struct Driver {
    process: Child,
    pub port: u16,
    pub said: Lines,
    /// What ends the browser: a request's method and path.
    pub ending: String,
}

impl Driver {
    /// Starts a driver that says at which port it listens, after one of these words.
    pub fn start(program: &str, arguments: &[&str], port_after: &str) -> Self {
        let mut heard = Vec::new();
        for _ in 0..5 {
            let (mut process, said, ports) = Self::spawned(program, arguments, port_after);
            if let Ok(port) = ports.recv_timeout(Duration::from_secs(20)) {
                return Self { process, port, said, ending: String::new() };
            }
            // chromedriver takes any free port of IPv6 and then wants the same of IPv4, which another may have.
            let _ = process.kill();
            let _ = process.wait();
            heard.push(said.lock().unwrap().clone());
        }
        panic!("{program} did not start: {heard:#?}");
    }

    fn spawned(program: &str, arguments: &[&str], port_after: &str) -> (Child, Lines, Receiver<u16>) {
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("the browser tests need {program} and its browser ({error}); `bash tests/run` installs them")
            });
        let said = Lines::default();
        let (sender, ports) = channel();
        listen(process.stdout.take().unwrap(), &said, port_after, sender.clone());
        listen(process.stderr.take().unwrap(), &said, port_after, sender);
        (process, said, ports)
    }
}

/// Reads to the end: whoever writes to a pipe that nobody reads stops some day.
fn listen(stream: impl Read + Send + 'static, said: &Lines, port_after: &str, ports: Sender<u16>) {
    let said = Arc::clone(said);
    let port_after = port_after.to_owned();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some((_, port)) = line.split_once(&port_after) {
                let digits = port.split(|c: char| !c.is_ascii_digit()).next();
                if let Some(port) = digits.and_then(|port| port.parse().ok()) {
                    // After the first nobody waits any more.
                    let _ = ports.send(port);
                }
            }
            said.lock().unwrap().push(line);
        }
    });
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Killed, it would leave its browser behind.
        if let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request =
                format!("{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.ending, self.port);
            let _ = connection.write_all(request.as_bytes());
            let _ = connection.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = connection.read_to_end(&mut Vec::new());
        }
        if self.ending.ends_with("/shutdown") {
            for _ in 0..50 {
                if let Ok(Some(_)) = self.process.try_wait() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The first of these programs that is installed.
pub fn installed(programs: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    programs.iter().find_map(|program| folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file()))
}
