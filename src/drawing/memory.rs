//! Drawings remembered between builds.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::graphviz::Graphviz;
use super::{Drawing, DrawnLink, Fault, Tool, VERSION, draw};
use crate::cache::{Made, Record, Rest, Store};
use crate::language::Text;

/// A drawing that takes longer is not far from its deadline.
const LONG: Duration = Duration::from_secs(20);

type Drawn = Result<Drawing, Fault>;

/// What was drawn before, and what is drawn now.
#[derive(Debug, Default)]
pub struct Memory {
    drawn: Store<(Tool, String), Drawn>,
    graphviz: Option<Graphviz>,
}

impl Memory {
    /// What a file remembers. Without one, nothing lasts longer than the value itself. With Graphviz, `dot` is drawn by it.
    pub fn open(file: Option<PathBuf>, graphviz: Option<Graphviz>) -> Self {
        let version = graphviz.as_ref().map_or("", Graphviz::version);
        // A program that was built without a tool has no drawings of it to remember.
        let tools = [("mermaid", cfg!(feature = "mermaid")), ("pikchr", cfg!(feature = "pikchr"))];
        let tools: String = tools.iter().filter(|(_, has)| *has).map(|(tool, _)| format!(" {tool}")).collect();
        Self { drawn: Store::open(file, &format!("drawings {VERSION}{tools} {version}")), graphviz }
    }

    /// Draws, or remembers.
    pub fn draw(&self, tool: Tool, source: &str) -> Arc<Drawn> {
        self.drawn.get((tool, source.to_owned()), |(tool, source)| match &self.graphviz {
            Some(graphviz) if *tool == Tool::Dot => graphviz.draw(source),
            _ => {
                let start = Instant::now();
                match draw(*tool, source) {
                    // A deadline may have ended it, on a machine that was busy.
                    Err(fault) if start.elapsed() > LONG => Made::Passing(Err(fault)),
                    drawn => Made::Lasting(drawn),
                }
            }
        })
    }

    /// Keeps what was drawn for the next build.
    pub fn save(&self) {
        self.drawn.save();
    }
}

impl Record for Tool {
    fn write(&self, out: &mut Vec<u8>) {
        self.name().to_owned().write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Self::of(&String::read(rest)?)
    }
}

impl Record for Drawing {
    fn write(&self, out: &mut Vec<u8>) {
        self.svg.write(out);
        self.width.write(out);
        self.title.write(out);
        self.description.write(out);
        self.labels.write(out);
        self.links.write(out);
        self.remarks.write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Some(Self {
            svg: Record::read(rest)?,
            width: Record::read(rest)?,
            title: Record::read(rest)?,
            description: Record::read(rest)?,
            labels: Record::read(rest)?,
            links: Record::read(rest)?,
            remarks: Record::read(rest)?,
        })
    }
}

impl Record for DrawnLink {
    fn write(&self, out: &mut Vec<u8>) {
        self.target.write(out);
        self.is_wikilink.write(out);
        self.at.map(|at| at as u64).write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        let (target, is_wikilink) = (Record::read(rest)?, Record::read(rest)?);
        let at = Option::<u64>::read(rest)?.and_then(|at| usize::try_from(at).ok());
        Some(Self { target, is_wikilink, at })
    }
}

impl Record for Fault {
    fn write(&self, out: &mut Vec<u8>) {
        self.message.write(out);
        self.hint.write(out);
        self.at.map(|at| at as u64).write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        let (message, hint) = (Record::read(rest)?, Record::read(rest)?);
        let at = Option::<u64>::read(rest)?.and_then(|at| usize::try_from(at).ok());
        Some(Self { message, hint, at })
    }
}

impl Record for Text {
    fn write(&self, out: &mut Vec<u8>) {
        self.korean.write(out);
        self.english.write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Some(Self { korean: Record::read(rest)?, english: Record::read(rest)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_comes_back_as_it_was() {
        let fault = Fault { message: Text::new("못", "not"), hint: Some(Text::new("가", "a")), at: Some(3) };
        let drawing = Drawing {
            svg: vec!["<svg>가</svg>".to_owned()],
            width: 12.5,
            title: Some("제목".to_owned()),
            description: None,
            labels: vec!["가".to_owned(), String::new()],
            links: vec![DrawnLink { target: "노트".to_owned(), is_wikilink: true, at: Some(7) }],
            remarks: vec![fault.clone()],
        };
        for drawn in [Ok(drawing), Err(fault)] {
            let mut bytes = Vec::new();
            drawn.write(&mut bytes);
            let mut rest = Rest::new(&bytes);
            assert_eq!(Drawn::read(&mut rest), Some(drawn));
            assert!(rest.is_empty());
        }
    }
}
