//! DOT, drawn by the `dot` of Graphviz that the machine has, where a site says `dot: true`.
//!
//! It runs without a shell, reads the source from its input and may open no file. Its letters are measured as Arial's and
//! with the machine's Korean font; its colours are for a light page, and have twins of this crate's own for a dark one.
//! What it says of a drawing that it makes all the same is told to the writer.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Drawing, DrawnLink, Fault, svg, width, wikilinks};
use crate::cache::Made;
use crate::language::Text;
use crate::text;

/// Of a source, in bytes.
const LONGEST: usize = 256 * 1024;
/// Of what the program writes, in bytes.
const LONGEST_OUTPUT: u64 = 16 << 20;
/// For one drawing. Thousands of edges take seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, as it was found on this machine.
#[derive(Clone, Debug)]
pub struct Graphviz {
    program: String,
    /// What it says of itself; empty where it cannot be started.
    version: String,
}

impl Graphviz {
    /// The system's program.
    pub fn installed() -> Self {
        Self::at("dot")
    }

    fn at(program: &str) -> Self {
        let said = Command::new(program).arg("-V").stdin(Stdio::null()).output();
        let version = said.map(|said| String::from_utf8_lossy(&said.stderr).trim().to_owned()).unwrap_or_default();
        Self { program: program.to_owned(), version }
    }

    /// What decides what its drawings look like.
    pub fn version(&self) -> &str {
        if self.version.is_empty() { "missing" } else { &self.version }
    }

    /// Draws the source of a graph. What the program did not come to an end with may go well another time.
    pub fn draw(&self, source: &str) -> Made<Result<Drawing, Fault>> {
        match self.drawn(source) {
            Ok(drawing) => Made::Lasting(Ok(drawing)),
            Err(Refusal::Wrong(fault)) => Made::Lasting(Err(fault)),
            Err(Refusal::Failed(message)) => Made::Passing(Err(fault(message))),
        }
    }

    fn drawn(&self, source: &str) -> Result<Drawing, Refusal> {
        if self.version.is_empty() {
            return Err(Refusal::Wrong(Fault {
                message: text!(
                    "`dot: true`인데 Graphviz의 `dot` 프로그램을 찾지 못해 소스를 보입니다",
                    "`dot: true` is set, but Graphviz's program `dot` was not found; the source is shown"
                ),
                hint: Some(text!(
                    "Graphviz를 설치합니다: `apt install graphviz`, `brew install graphviz`, `winget install graphviz`",
                    "install Graphviz: `apt install graphviz`, `brew install graphviz` or `winget install graphviz`"
                )),
                at: None,
            }));
        }
        if source.len() > LONGEST {
            let most = LONGEST / 1024;
            return Err(Refusal::Wrong(fault(text!(
                "그림의 소스가 {most} KB보다 커서 그리지 않았습니다",
                "the diagram's source is larger than {most} KB and was not drawn"
            ))));
        }
        let (linked, names) = wikilinks::with_marks(source);
        // What is wrong is told of the source as it was written.
        let Ran { out, said, .. } = match self.run(&linked) {
            Err(_) if !names.is_empty() => self.run(source)?,
            drawn => drawn?,
        };
        let Some((svg, found)) = pictures(&out).next().and_then(|svg| svg::twinned(&dressed(&repaired(svg)))) else {
            return Err(Refusal::Wrong(Fault {
                message: text!("그림이 너무 커서 싣지 않았습니다", "the diagram is too large to be shown"),
                hint: Some(text!("여러 그림으로 나눕니다", "divide it into several")),
                at: None,
            }));
        };
        let links = found.links.into_iter().map(|target| DrawnLink { target, is_wikilink: false, at: None }).collect();
        let mut remarks = remarks(&said);
        if pictures(&out).nth(1).is_some() {
            remarks.push(Fault {
                message: text!("첫 그래프만 그렸습니다", "only the first graph was drawn"),
                hint: Some(text!("그래프마다 코드 블록을 나눕니다", "give each graph a code block of its own")),
                at: None,
            });
        }
        let mut drawing = Drawing {
            width: svg::width(&svg),
            svg: vec![svg],
            labels: found.labels,
            links,
            remarks,
            ..Drawing::default()
        };
        wikilinks::link_labels(&mut drawing, &names);
        Ok(drawing)
    }

    /// The SVG of a graph, and what the program said of it.
    fn run(&self, source: &str) -> Result<Ran, Refusal> {
        let mut command = Command::new(&self.program);
        command.arg("-Tsvg").arg("-Gbgcolor=transparent");
        // Nobody's page has Graphviz's Times.
        command.args(["G", "N", "E"].map(|kind| format!("-{kind}fontname=Arial")));
        // With it, and no folder named, Graphviz opens no file that a source names.
        command.env("SERVER_NAME", "seoga").env_remove("GV_FILE_PATH");
        match run(command, source) {
            Ok(ran) if ran.end == Some(0) => Ok(ran),
            Ok(Ran { end: Some(_), said, .. }) => Err(Refusal::Wrong(unreadable(&said, source))),
            Ok(_) => Err(Refusal::Failed(text!("`dot`이 도중에 멈췄습니다", "`dot` was stopped before it was done"))),
            Err(trouble) => Err(Refusal::Failed(trouble)),
        }
    }
}

/// Why there is no drawing.
enum Refusal {
    /// It is the source's fault, and will be.
    Wrong(Fault),
    /// It was the program's or the machine's, this time.
    Failed(Text),
}

/// What a program did.
struct Ran {
    /// The code that it ended with; `None` where something else ended it.
    end: Option<i32>,
    out: String,
    said: String,
}

/// Runs a program on an input, for a while.
fn run(mut command: Command, input: &str) -> Result<Ran, Text> {
    let failed = |error: std::io::Error| text!("`dot`이 실행되지 않았습니다: {error}", "`dot` did not run: {error}");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // It may have seen enough before all is written.
            stdin.map(|mut stdin| stdin.write_all(input.as_bytes()))
        });
        let out = scope.spawn(move || read(stdout));
        let said = scope.spawn(move || read(stderr));
        let start = Instant::now();
        let mut pause = Duration::from_millis(1);
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if start.elapsed() < PATIENCE => std::thread::sleep(pause),
                Ok(None) => {
                    let seconds = PATIENCE.as_secs();
                    break Err(text!(
                        "`dot`이 {seconds}초 안에 끝나지 않아 그리지 않았습니다",
                        "`dot` did not finish within {seconds} seconds and nothing was drawn"
                    ));
                }
                Err(error) => break Err(failed(error)),
            }
            pause = (pause * 2).min(Duration::from_millis(50));
        };
        if status.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let (out, said) = (out.join().unwrap_or_default(), said.join().unwrap_or_default());
        status.map(|status| Ran { end: status.code(), out, said })
    })
}

fn read(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        let _ = stream.take(LONGEST_OUTPUT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The pictures in what the program wrote, one for each graph.
fn pictures(out: &str) -> impl Iterator<Item = &str> {
    out.match_indices("<svg").filter_map(|(from, _)| {
        let rest = out.get(from..)?;
        rest.get(..rest.find("</svg>")? + "</svg>".len())
    })
}

/// SVG as XML has it: some versions write the `&` of an address as it is.
fn repaired(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name = after.split(';').next().unwrap_or_default();
        let is_entity = name.len() < after.len()
            && (matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                || name.strip_prefix('#').is_some_and(|number| {
                    let digits = number.strip_prefix('x').unwrap_or(number);
                    !digits.is_empty() && digits.len() < 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
                }));
        out.push_str(if is_entity { "&" } else { "&amp;" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A drawing in the fonts of all pages and in a colour for words that have none of their own.
fn dressed(svg: &str) -> String {
    let view = viewed(svg);
    let style = format!("<style>#d{{font-family:{};fill:black}}</style>", width::FONTS);
    let (tag, body) = svg.split_once('>').unwrap_or((svg, ""));
    let body = body.replace(" font-family=\"Arial\"", "");
    let xlink = if tag.contains("xmlns:xlink") { " xmlns:xlink=\"http://www.w3.org/1999/xlink\"" } else { "" };
    format!("<svg id=\"d\" viewBox=\"{view}\" xmlns=\"http://www.w3.org/2000/svg\"{xlink}>{style}{body}")
}

/// The view box of a drawing. With `dpi` the program scales what it draws and its size, and forgets the view box.
fn viewed(svg: &str) -> String {
    let tag = svg.split('>').next().unwrap_or_default();
    let value = |name: &str| tag.split_once(&format!("{name}=\""))?.1.split('"').next();
    let points = |name: &str| value(name)?.strip_suffix("pt")?.parse::<f64>().ok();
    let view = value("viewBox").unwrap_or_default();
    let seen: Vec<f64> = view.split(' ').filter_map(|number| number.parse().ok()).collect();
    match (points("width"), points("height"), seen.as_slice()) {
        // Sizes are whole numbers.
        (Some(width), Some(height), [_, _, seen, _]) if (width - seen).abs() > 1.0 => format!("0 0 {width} {height}"),
        _ => view.to_owned(),
    }
}

fn fault(message: Text) -> Fault {
    Fault { message, hint: None, at: None }
}

/// `Error: <stdin>: syntax error in line 3 near '}'`.
fn unreadable(said: &str, source: &str) -> Fault {
    let line = said.lines().find_map(|line| line.strip_prefix("Error: ")).unwrap_or(said.lines().next().unwrap_or(""));
    let line = line.trim_start_matches("<stdin>: ");
    let (what, place) = line.split_once(" in line ").unwrap_or((line, ""));
    let (number, near) = place.split_once(" near ").unwrap_or((place, ""));
    let at = number.trim().parse::<usize>().ok().map(|number| {
        let before: usize = source.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum();
        let line = source.get(before..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let near = near.trim().trim_matches('\'');
        let column = Some(near).filter(|near| !near.is_empty()).and_then(|near| line.find(near));
        before + column.unwrap_or(line.len() - line.trim_start().len())
    });
    let what = shown(what);
    let near = shown(near.trim().trim_matches('\''));
    let at = at.map(|at| at.min(source.trim_end().len()));
    let message = match near.is_empty() {
        true => text!("그림을 읽을 수 없습니다: {what}", "the diagram cannot be read: {what}"),
        false => {
            text!("그림을 읽을 수 없습니다: {what} (`{near}`)", "the diagram cannot be read: {what} near `{near}`")
        }
    };
    Fault { message, hint: None, at }
}

/// What the program warns of, but for the fonts of this machine, which nobody's page uses.
fn remarks(said: &str) -> Vec<Fault> {
    let warnings = said.lines().filter_map(|line| line.strip_prefix("Warning: "));
    let about_machine = ["font", "file loading is disabled"];
    let told = warnings.filter(|warning| !about_machine.iter().any(|word| warning.contains(word)));
    told.map(|warning| {
        let warning = shown(warning);
        fault(text!(
            "그림이 적힌 것과 다를 수 있습니다. `dot`의 말: {warning}",
            "the diagram may not be what was written; `dot` says: {warning}"
        ))
    })
    .collect()
}

/// One line of what a program says.
fn shown(said: &str) -> String {
    said.trim().chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_where_the_program_says() {
        let source = "digraph {\n  가 -> 나\n  나 -> }\n";
        let fault = unreadable("Error: <stdin>: syntax error in line 3 near '}'\n", source);
        assert_eq!(fault.at, source.find('}'));
        assert_eq!(fault.message.english, "the diagram cannot be read: syntax error near `}`");
        let fault = unreadable("Error: <stdin>: syntax error in line 99\n", source);
        assert_eq!(fault.at, Some(source.trim_end().len()));
        assert_eq!(unreadable("", "").at, None);
    }

    #[test]
    fn addresses_become_xml() {
        assert_eq!(repaired("a?b=1&c=2&amp;d&#45;&#x2d;&;&x"), "a?b=1&amp;c=2&amp;d&#45;&#x2d;&amp;;&amp;x");
    }

    #[test]
    fn colours_have_twins_and_letters_the_fonts_of_the_page() {
        let svg = "<svg viewBox=\"0 0 9 9\" xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"none\" stroke=\"red\"/>\
                   <text font-family=\"Arial\">가</text><text font-family=\"Courier\" fill=\"#abc\">나</text></svg>";
        let (svg, found) = svg::twinned(&dressed(svg)).unwrap();
        assert!(svg.contains("fill=\"none\" stroke=\"light-dark(#ff0000,#"), "{svg}");
        assert!(svg.contains("fill:light-dark(#000000,#") && svg.contains("fill=\"light-dark(#aabbcc,#"), "{svg}");
        assert!(!svg.contains("\"Arial") && svg.contains("\"Courier\""), "{svg}");
        assert_eq!(found.labels, ["가", "나"]);
    }

    #[test]
    fn a_machine_without_the_program_says_so() {
        let graphviz = Graphviz::at("이런-프로그램은-없다");
        assert_eq!(graphviz.version(), "missing");
        let Made::Lasting(Err(fault)) = graphviz.draw("digraph { a -> b }") else { panic!("it was not asked to") };
        assert!(fault.hint.is_some());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_program_writes_is_read() {
        let mut command = Command::new("sh");
        command.args(["-c", "cat >/dev/null; echo 끝"]);
        let ran = run(command, "입력").unwrap();
        assert_eq!((ran.end, ran.out.as_str()), (Some(0), "끝\n"));
        assert!(run(Command::new("이런-프로그램은-없다"), "").is_err());
    }
}
