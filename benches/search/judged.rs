//! Judged queries: a file that says by hand what each query should find.
//!
//! ```text
//! class<TAB>query<TAB>*path#heading | path
//! ```
//!
//! `path` alone is the top of a note, or the note as a whole; `*` marks the better answers (grade 2, the others 1).
//! Lines that begin with `#` are comments.

use seoga_search::StoredSection;

/// One judged query.
#[derive(Debug)]
pub struct Judged {
    pub class: String,
    pub query: String,
    /// Path, heading (empty for the top of the note), grade.
    pub answers: Vec<(String, String, u8)>,
}

/// Reads a file of judged queries; a line that is not understood ends the run with its number.
pub fn read(text: &str) -> Result<Vec<Judged>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [class, query, answers] = columns[..] else {
                return Err(format!("line {}: three columns are wanted", number + 1));
            };
            let answers = answers
                .split(" | ")
                .map(|answer| {
                    let (answer, grade) = match answer.trim().strip_prefix('*') {
                        Some(answer) => (answer, 2),
                        None => (answer.trim(), 1),
                    };
                    let (path, heading) = answer.split_once('#').unwrap_or((answer, ""));
                    (path.to_owned(), heading.to_owned(), grade)
                })
                .collect();
            Ok(Judged { class: class.to_owned(), query: query.to_owned(), answers })
        })
        .collect()
}

impl Judged {
    /// The grade of a section, 0 for none.
    pub fn grade(&self, path: &str, heading: &str, title: &str) -> u8 {
        let same = |answer: &&(String, String, u8)| {
            is_path(path, &answer.0) && (answer.1 == heading || answer.1.is_empty() && heading == title)
        };
        self.answers.iter().filter(same).map(|answer| answer.2).max().unwrap_or(0)
    }

    /// Answers that the collection does not have.
    pub fn missing<'a>(&'a self, sections: &[StoredSection]) -> Vec<&'a str> {
        let known = |path: &str, heading: &str| {
            sections
                .iter()
                .any(|section| is_path(&section.path, path) && (section.heading == heading || heading.is_empty()))
        };
        self.answers.iter().filter(|(path, heading, _)| !known(path, heading)).map(|answer| answer.1.as_str()).collect()
    }

    /// The grades of all answers.
    pub fn ideal(&self) -> Vec<u8> {
        self.answers.iter().map(|answer| answer.2).collect()
    }
}

/// Whether a stored path is the one of an answer, which counts from `content/`.
fn is_path(stored: &str, path: &str) -> bool {
    stored.strip_prefix("content/").unwrap_or(stored) == path
}
