//! Drawings remembered between builds: one file for a site, in the user's cache folder.
//!
//! ```text
//! "seoga drawings\0"   then u32 VERSION, the program's version, and the CRC-32 of all that follows
//! an entry:            source, then u8 0 and the drawing, or u8 1 and the fault
//! a text:              u32 bytes, then UTF-8; a list: u32 number; what may be missing: u8 0, or u8 1 and it
//! ```
//!
//! A file that is missing, damaged or of another version only means that all is drawn again. What a build did not ask for
//! is forgotten with the next one that writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::{Drawing, DrawnLink, Fault, Tool, VERSION, draw};
use crate::language::Text;

const MAGIC: &[u8] = b"seoga drawings\0";

type Drawn = Arc<Result<Drawing, Fault>>;
type Key = (Tool, String);

/// What was drawn before, and what is drawn now.
#[derive(Debug, Default)]
pub struct Memory {
    file: Option<PathBuf>,
    before: FxHashMap<Key, Drawn>,
    now: Mutex<BTreeMap<Key, Drawn>>,
}

impl Memory {
    /// What a file remembers. Without one, nothing lasts longer than the value itself.
    pub fn open(file: Option<PathBuf>) -> Self {
        let bytes = file.as_deref().and_then(|file| std::fs::read(file).ok()).unwrap_or_default();
        Self { file, before: read(&bytes).unwrap_or_default(), now: Mutex::default() }
    }

    /// Draws, or remembers.
    pub fn draw(&self, tool: Tool, source: &str) -> Drawn {
        let key = (tool, source.to_owned());
        if let Some(drawn) = self.lock().get(&key) {
            return Arc::clone(drawn);
        }
        let drawn = self.before.get(&key).cloned().unwrap_or_else(|| Arc::new(draw(tool, source)));
        self.lock().entry(key).or_insert(drawn).clone()
    }

    /// Writes what this build asked for, if it is not what the file has. What cannot be written is drawn again.
    pub fn save(&self) {
        let Some(file) = &self.file else { return };
        let now = self.lock();
        let is_known = now.keys().all(|key| self.before.contains_key(key));
        if is_known && self.before.len() <= 2 * now.len() {
            return;
        }
        let _ = write_file(file, &written(&now));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, Drawn>> {
        // Whoever panicked with it in hand left it whole.
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Beside the file first, so that nobody ever reads half of it.
fn write_file(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = file.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, file)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

fn head(body: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    text(&mut out, env!("CARGO_PKG_VERSION"));
    out.extend(crc32fast::hash(body).to_le_bytes());
    out
}

fn written(entries: &BTreeMap<Key, Drawn>) -> Vec<u8> {
    let mut out = Vec::new();
    for ((tool, source), drawn) in entries {
        text(&mut out, tool.name());
        text(&mut out, source);
        match &**drawn {
            Ok(drawing) => {
                out.push(0);
                texts(&mut out, &drawing.svg);
                out.extend(drawing.width.to_le_bytes());
                maybe(&mut out, drawing.title.as_deref());
                maybe(&mut out, drawing.description.as_deref());
                texts(&mut out, &drawing.labels);
                out.extend((drawing.links.len() as u32).to_le_bytes());
                for link in &drawing.links {
                    text(&mut out, &link.target);
                    out.push(u8::from(link.is_wikilink));
                }
            }
            Err(fault) => {
                out.push(1);
                text(&mut out, &fault.message.korean);
                text(&mut out, &fault.message.english);
                maybe(&mut out, fault.hint.as_ref().map(|hint| hint.korean.as_str()));
                maybe(&mut out, fault.hint.as_ref().map(|hint| hint.english.as_str()));
                out.extend(fault.at.map_or(u64::MAX, |at| at as u64).to_le_bytes());
            }
        }
    }
    let mut file = head(&out);
    file.append(&mut out);
    file
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn texts(out: &mut Vec<u8>, list: &[String]) {
    out.extend((list.len() as u32).to_le_bytes());
    list.iter().for_each(|one| text(out, one));
}

fn maybe(out: &mut Vec<u8>, value: Option<&str>) {
    out.push(u8::from(value.is_some()));
    if let Some(value) = value {
        text(out, value);
    }
}

fn read(bytes: &[u8]) -> Option<FxHashMap<Key, Drawn>> {
    let expected = head(&[]);
    let length = expected.len();
    let (found, body) = bytes.split_at_checked(length)?;
    if found != head(body) {
        return None;
    }
    let mut rest = Rest(body);
    let mut entries = FxHashMap::default();
    while !rest.0.is_empty() {
        let tool = Tool::of(&rest.text()?)?;
        let source = rest.text()?;
        let drawn = match rest.take::<1>()? {
            [0] => Ok(Drawing {
                svg: rest.list(Rest::text)?,
                width: f32::from_le_bytes(rest.take()?),
                title: rest.maybe()?,
                description: rest.maybe()?,
                labels: rest.list(Rest::text)?,
                links: rest
                    .list(|rest| Some(DrawnLink { target: rest.text()?, is_wikilink: rest.take::<1>()? == [1] }))?,
            }),
            _ => {
                let message = Text::new(rest.text()?, rest.text()?);
                let hint = (rest.maybe()?, rest.maybe()?);
                let hint = if let (Some(korean), Some(english)) = hint { Some(Text { korean, english }) } else { None };
                let at = usize::try_from(u64::from_le_bytes(rest.take()?)).ok().filter(|at| *at < source.len() + 1);
                Err(Fault { message, hint, at })
            }
        };
        entries.insert((tool, source), Arc::new(drawn));
    }
    Some(entries)
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn text(&mut self) -> Option<String> {
        let length = u32::from_le_bytes(self.take()?) as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn maybe(&mut self) -> Option<Option<String>> {
        Some(if self.take::<1>()? == [1] { Some(self.text()?) } else { None })
    }

    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = u32::from_le_bytes(self.take()?);
        (0..count).map(|_| one(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_comes_back_and_what_is_damaged_does_not() {
        let drawing = Drawing {
            svg: vec!["<svg>가</svg>".to_owned()],
            width: 12.5,
            title: Some("제목".to_owned()),
            description: None,
            labels: vec!["가".to_owned(), String::new()],
            links: vec![DrawnLink { target: "노트".to_owned(), is_wikilink: true }],
        };
        let fault = Fault { message: Text::new("못", "not"), hint: Some(Text::new("가", "a")), at: Some(3) };
        let entries = BTreeMap::from([
            ((Tool::Mermaid, "좋은 것".to_owned()), Arc::new(Ok(drawing))),
            ((Tool::Mermaid, "나쁜 것".to_owned()), Arc::new(Err(fault))),
        ]);
        let bytes = written(&entries);
        let found: BTreeMap<Key, Drawn> = read(&bytes).unwrap().into_iter().collect();
        assert_eq!(found, entries);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x21;
            assert!(read(&damaged).is_none(), "byte {at}");
            assert!(read(&bytes[..at]).is_none(), "cut off at {at}");
        }
    }

    #[test]
    fn a_file_remembers_what_the_last_build_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("안쪽/그림");
        let memory = Memory::open(Some(file.clone()));
        let drawn = memory.draw(Tool::Mermaid, "flowchart LR\n  가 --> 나\n");
        memory.draw(Tool::Mermaid, "틀린 것");
        memory.save();
        let again = Memory::open(Some(file.clone()));
        assert_eq!(again.before.len(), 2);
        assert_eq!(again.draw(Tool::Mermaid, "flowchart LR\n  가 --> 나\n"), drawn);
        let modified = || std::fs::metadata(&file).unwrap().modified().unwrap();
        let then = modified();
        again.save();
        assert_eq!(modified(), then, "nothing is new");
    }
}
