//! DOT, drawn by the `dot` of Graphviz that the machine has, where a site says `dot: true`.
//!
//! It runs without a shell, reads the source from its input and may open no file. Its letters are measured as Arial's and
//! with the machine's Korean font; its colours are for a light page, and have twins of this crate's own for a dark one.
//! What it says of a drawing that it makes all the same is told to the writer.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::colour::Colour;
use super::{Drawing, DrawnLink, Fault, svg, width, wikilinks};
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

    /// Draws the source of a graph.
    pub fn draw(&self, source: &str) -> Result<Drawing, Fault> {
        if self.version.is_empty() {
            return Err(Fault {
                message: text!(
                    "`dot: true`인데 Graphviz의 `dot` 프로그램을 찾지 못해 소스를 보입니다",
                    "`dot: true` is set, but Graphviz's program `dot` was not found; the source is shown"
                ),
                hint: Some(text!(
                    "Graphviz를 설치합니다: `apt install graphviz`, `brew install graphviz`, `winget install graphviz`",
                    "install Graphviz: `apt install graphviz`, `brew install graphviz` or `winget install graphviz`"
                )),
                at: None,
            });
        }
        if source.len() > LONGEST {
            return Err(fault(text!(
                "그림의 소스가 {LONGEST}바이트보다 길어 그리지 않았습니다",
                "the diagram's source is longer than {LONGEST} bytes and was not drawn"
            )));
        }
        let (linked, names) = wikilinks::with_marks(source);
        // What is wrong is told of the source as it was written.
        let (svg, said) = match self.run(&linked) {
            Err(_) if !names.is_empty() => self.run(source)?,
            drawn => drawn?,
        };
        let Some((svg, found)) = svg::unite(&recoloured(&svg, false), &recoloured(&svg, true)) else {
            return Err(fault(text!("이 그림은 그리지 못했습니다", "this diagram could not be drawn")));
        };
        let links = found.links.into_iter().map(|target| DrawnLink { target, is_wikilink: false, at: None }).collect();
        let mut drawing = Drawing {
            width: svg.first().map_or(0.0, |svg| svg::width(svg)),
            svg,
            labels: found.labels,
            links,
            remarks: remarks(&said),
            ..Drawing::default()
        };
        wikilinks::link_labels(&mut drawing, &names);
        Ok(drawing)
    }

    /// The SVG of a graph, and what the program said of it.
    fn run(&self, source: &str) -> Result<(String, String), Fault> {
        let mut command = Command::new(&self.program);
        command.arg("-Tsvg").arg("-Gbgcolor=transparent");
        // Nobody's page has Graphviz's Times.
        command.args(["G", "N", "E"].map(|kind| format!("-{kind}fontname=Arial")));
        // With it, and no folder named, Graphviz opens no file that a source names.
        command.env("SERVER_NAME", "seoga").env_remove("GV_FILE_PATH");
        match run(command, source) {
            Ok(Ran { is_good: true, out, said }) => {
                let drawn = out.find("<svg").zip(out.find("</svg>")).and_then(|(from, to)| out.get(from..to + 6));
                Ok((drawn.map(repaired).unwrap_or_default(), said))
            }
            Ok(Ran { said, .. }) => Err(unreadable(&said, source)),
            Err(trouble) => Err(fault(trouble)),
        }
    }
}

/// What a program did.
struct Ran {
    is_good: bool,
    out: String,
    said: String,
}

/// Runs a program on an input, for a while.
fn run(mut command: Command, input: &str) -> Result<Ran, Text> {
    let failed = |error: std::io::Error| text!("`dot`이 돌지 않았습니다: {error}", "`dot` did not run: {error}");
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
        status.map(|status| Ran { is_good: status.success(), out, said })
    })
}

fn read(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        let _ = stream.take(LONGEST_OUTPUT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
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

/// A drawing in the colours of a theme, and in the fonts of all pages.
fn recoloured(svg: &str, is_dark: bool) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    const PLACES: [&str; 4] = [" fill=\"", " stroke=\"", "stop-color:", " font-family=\"Arial"];
    loop {
        let next = PLACES.iter().filter_map(|place| Some((rest.find(place)?, place))).min();
        let Some((at, place)) = next else { break };
        let (before, here) = rest.split_at(at);
        let value = here.get(place.len()..).unwrap_or_default();
        let (written, after) = value.split_at(value.find(['"', ';']).unwrap_or(value.len()));
        out.push_str(before);
        if place.ends_with("Arial") && written.is_empty() {
            // The root says it.
            rest = after.strip_prefix('"').unwrap_or(after);
            continue;
        }
        out.push_str(place);
        match Colour::of(written) {
            Some(colour) if is_dark => out.push_str(&colour.in_the_dark().css()),
            Some(colour) => out.push_str(&colour.css()),
            None => out.push_str(written),
        }
        rest = after;
    }
    out.push_str(rest);
    // Words have no colour of their own unless the source gives them one.
    let ink = if is_dark { Colour([0; 3]).in_the_dark() } else { Colour([0; 3]) };
    let style = format!("<style>#d{{font-family:{};fill:{}}}</style>", width::FONTS, ink.css());
    let (tag, body) = out.split_once('>').unwrap_or((&out, ""));
    format!("{}>{style}{body}", tag.replacen("<svg", "<svg id=\"d\"", 1))
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
    fn colours_of_both_themes_are_written_alike() {
        let svg = "<svg viewBox=\"0 0 9 9\"><path fill=\"none\" stroke=\"black\"/><text fill=\"#ff0000\" \
                   font-family=\"Arial\">가</text></svg>";
        let light = recoloured(svg, false);
        assert!(light.contains("stroke=\"#000000\"") && light.contains("fill=\"none\""), "{light}");
        assert!(!light.contains("font-family=\""), "{light}");
        let dark = recoloured(svg, true);
        assert!(!dark.contains("#000000") && dark.contains("fill=\"none\""), "{dark}");
        let (svg, found) =
            svg::unite(&light.replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" "), &dark).unwrap();
        assert_eq!((svg.len(), found.labels), (1, vec!["가".to_owned()]));
    }

    #[test]
    fn a_machine_without_the_program_says_so() {
        let graphviz = Graphviz::at("이런-프로그램은-없다");
        assert_eq!(graphviz.version(), "missing");
        assert!(graphviz.draw("digraph { a -> b }").unwrap_err().hint.is_some());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_program_writes_is_read() {
        let mut command = Command::new("sh");
        command.args(["-c", "cat >/dev/null; echo 끝"]);
        let ran = run(command, "입력").unwrap();
        assert_eq!((ran.is_good, ran.out.as_str()), (true, "끝\n"));
        assert!(run(Command::new("이런-프로그램은-없다"), "").is_err());
    }
}
