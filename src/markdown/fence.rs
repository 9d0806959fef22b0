//! A fenced or indented code block: what its info string says, and what notes in its lines say about the lines.
//!
//! VuePress, VitePress, Docusaurus, Hugo, Gatsby, MkDocs and pandoc each spell a title, line numbers and marked lines in
//! their own way; the spellings do not collide, so all are read.

use super::attributes::{Word, words};

/// A code block as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The language as the writer named it, in lower case; empty when unnamed.
    pub language: String,
    pub title: Option<String>,
    pub code: String,
    /// The number of the first line, where lines are numbered.
    pub numbers: Option<u32>,
    /// Lines that stand out, counted from 0, in order.
    pub marked: Vec<(usize, LineMark)>,
    /// How many lines are seen before the block is unfolded, where its writer says so: 0 for all of them.
    pub fold: Option<usize>,
}

/// How a line stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineMark {
    Highlighted,
    Added,
    Removed,
}

impl Fence {
    /// Reads an info string: `js{1,3-5}`, `java title="A.java"`, `python:main.py`, `{.rust}`; and the notes in the code,
    /// such as `// [!code ++]`, which are taken out of it.
    pub fn new(info: &str, code: String) -> Self {
        let mut info = Info::read(info);
        let (language, title, numbers, fold) = (info.language, info.title, info.numbers, info.fold);
        let mut fence = Self { language, title, numbers, fold, ..Self::default() };
        if code.contains("[!code ") || code.contains("highlight-") {
            fence.code = without_notes(&code, &mut info.marked);
        } else {
            fence.code = code;
        }
        fence.marked = by_line(&info.marked, fence.code.lines().count());
        fence
    }
}

/// Lines from 1, the first and the last.
type Marked = (usize, usize, LineMark);

#[derive(Default)]
struct Info {
    language: String,
    title: Option<String>,
    numbers: Option<u32>,
    marked: Vec<Marked>,
    fold: Option<usize>,
}

/// Lines that a folded block shows when its writer names no number: a glimpse, or as many as VuePress shows.
const GLIMPSE: usize = 3;
const COLLAPSED_LINES: usize = 15;

impl Info {
    fn read(info: &str) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':' | '=' | '['));
        let (word, mut rest) = info.split_at(end.unwrap_or(info.len()));
        let mut read = Self { language: word.to_lowercase(), ..Self::default() };
        while let Some(sign) = rest.chars().next() {
            let (part, after) = match sign {
                '{' => braces(rest),
                '[' => match rest.find(']') {
                    Some(end) => {
                        // `sh [npm]`, a name in a group of code blocks.
                        read.name(&rest[1..end]);
                        ("", &rest[end + 1..])
                    }
                    None => ("", ""),
                },
                ':' => {
                    let rest = &rest[1..];
                    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '{' | ':')).unwrap_or(rest.len());
                    let (part, after) = rest.split_at(end);
                    read.colon(part);
                    ("", after)
                }
                _ if sign.is_whitespace() || sign == ',' => ("", &rest[sign.len_utf8()..]),
                _ => word_of(rest),
            };
            match part.strip_prefix('{') {
                Some(inside) => read.braces(inside.strip_suffix('}').unwrap_or(inside)),
                None => read.words(&words(part)),
            }
            rest = after;
        }
        read
    }

    fn name(&mut self, title: &str) {
        let title = title.trim();
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title.to_owned());
        }
    }

    /// `:line-numbers=5`, `:no-line-numbers`, `:title=src/a.js`, `:main.py`.
    fn colon(&mut self, part: &str) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name {
            "line-numbers" => self.number(value),
            "no-line-numbers" => self.numbers = None,
            "title" => self.name(value),
            "collapsed-lines" => self.fold(value, COLLAPSED_LINES),
            "no-collapsed-lines" => self.fold = Some(0),
            "v-pre" | "no-v-pre" => {}
            _ => self.name(part),
        }
    }

    /// `{1,3-5}`, `{numberLines: true}`, `{linenos=table,hl_lines=[1,"3-5"]}`, `{.python #id title="a.py"}`.
    fn braces(&mut self, inside: &str) {
        if inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' ')) {
            self.highlight(inside);
            return;
        }
        if let Some((key, value)) = inside.split_once(':')
            && matches!(key.trim(), "numberLines" | "lineNumbers")
        {
            return self.number(value.trim());
        }
        let words = words(inside);
        if self.language.is_empty()
            && let Some(first) = words.first().filter(|word| word.key.is_none())
        {
            // `{.rust .numberLines}`, as pandoc and MkDocs write it; `{r}` as R Markdown does.
            self.language = first.value.trim_start_matches('.').to_lowercase();
        }
        self.words(&words);
    }

    fn words(&mut self, words: &[Word<'_>]) {
        for word in words {
            let Some(key) = word.key else {
                match word.value.trim_start_matches('.') {
                    "showLineNumbers" | "linenos" | "numberLines" | "number-lines" => self.number(""),
                    "fold" | "folded" | "collapse" | "collapsed" => self.fold("", GLIMPSE),
                    "nofold" | "no-fold" | "unfold" | "unfolded" | "nocollapse" | "no-collapse" | "expanded" => {
                        self.fold = Some(0);
                    }
                    _ => {}
                }
                continue;
            };
            match key.to_ascii_lowercase().as_str() {
                "title" | "filename" | "file" | "name" => self.name(word.value),
                "hl_lines" | "mark_lines" | "highlight" | "mark" => self.highlight(word.value),
                "linenums" | "showlinenumbers" | "linenos" => match word.value {
                    "false" | "" => self.numbers = None,
                    value => self.number(value),
                },
                "fold" | "collapse" | "collapsed" => self.fold(word.value, GLIMPSE),
                "collapsed-lines" | "collapsedlines" | "maxshownlines" => self.fold(word.value, COLLAPSED_LINES),
                // Where the numbers begin says nothing of whether there are any.
                "linenostart" | "startfrom" | "start" if self.numbers.is_some() => self.number(word.value),
                _ => {}
            }
        }
    }

    fn number(&mut self, first: &str) {
        self.numbers = Some(first.parse().unwrap_or(1)).filter(|_| first != "false");
    }

    /// `fold`, `fold=10`, `collapsed=false`: `shown` lines where no number is named.
    fn fold(&mut self, value: &str, shown: usize) {
        self.fold = match value {
            "" | "true" => Some(shown),
            "false" => Some(0),
            // Ranges of lines, as one tool has them, are not told from what means something else.
            value => value.parse().ok().or(self.fold),
        };
    }

    /// `1,3-5`, `1 3-5`, `1,"3-5"`.
    fn highlight(&mut self, lines: &str) {
        for part in lines.split([',', ' ', '"', '\'', '[', ']']).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            if let (Ok(first), Ok(last)) = (first.trim().parse(), last.trim().parse()) {
                self.marked.push((first, last, LineMark::Highlighted));
            }
        }
    }
}

/// A part in braces, and what follows it. Braces nest.
fn braces(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return text.split_at(at + 1);
        }
    }
    (text, "")
}

/// A word with its value, which may be quoted and hold blanks, and what follows it.
fn word_of(text: &str) -> (&str, &str) {
    let mut quote = None;
    let end = text.find(|c: char| {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => return c.is_whitespace() || c == ',',
        }
        false
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// The code without what `// [!code …]` and `// highlight-next-line` say, which is added to `marked`.
fn without_notes(code: &str, marked: &mut Vec<Marked>) -> String {
    let mut out = String::with_capacity(code.len());
    // Lines written so far.
    let mut count = 0;
    let mut open = None;
    for line in code.split_inclusive('\n') {
        match docusaurus(line) {
            Some("highlight-next-line") => {
                marked.push((count + 1, count + 1, LineMark::Highlighted));
                continue;
            }
            Some("highlight-start") => {
                open.get_or_insert(count + 1);
                continue;
            }
            Some("highlight-end") => {
                if let Some(first) = open.take() {
                    marked.push((first, count, LineMark::Highlighted));
                }
                continue;
            }
            _ => {}
        }
        let mut kept = line;
        if let Some((before, name, length, after)) = vitepress(line) {
            let mark = match name {
                "++" => Some(LineMark::Added),
                "--" => Some(LineMark::Removed),
                "highlight" | "hl" | "focus" | "warning" | "error" => Some(LineMark::Highlighted),
                _ => None,
            };
            // A line that says nothing else marks the lines after it.
            let alone = before.trim().is_empty();
            let first = count + 1;
            if let Some(mark) = mark {
                marked.push((first, first.saturating_add(length).saturating_sub(1), mark));
            }
            if alone {
                continue;
            }
            out.push_str(before);
            kept = after;
        }
        out.push_str(kept);
        count += 1;
    }
    if let Some(first) = open {
        marked.push((first, count, LineMark::Highlighted));
    }
    out
}

/// What each marked line is, of `count` lines. Linear in both, however often a line is named.
fn by_line(marked: &[Marked], count: usize) -> Vec<(usize, LineMark)> {
    if marked.is_empty() {
        return Vec::new();
    }
    // How many ranges of each mark begin at a line, less those that ended before it.
    let mut changes = vec![[0i64; 3]; count + 1];
    for (first, last, mark) in marked {
        let (first, last) = (first.saturating_sub(1), *last.min(&count));
        if first < last {
            changes[first][*mark as usize] += 1;
            changes[last][*mark as usize] -= 1;
        }
    }
    let mut open = [0; 3];
    let mark_of = |(line, change): (usize, [i64; 3])| {
        for (open, change) in open.iter_mut().zip(change) {
            *open += change;
        }
        // That a line was added or removed says more than that it is worth looking at.
        let marks = [LineMark::Removed, LineMark::Added, LineMark::Highlighted];
        marks.into_iter().find(|mark| open[*mark as usize] > 0).map(|mark| (line, mark))
    };
    changes.into_iter().enumerate().filter_map(mark_of).collect()
}

/// How comments begin in the languages that people write.
const COMMENTS: [&str; 8] = ["{/*", "<!--", "//", "/*", "#", "--", ";", "%"];

/// `// highlight-next-line`: a comment alone in its line.
fn docusaurus(line: &str) -> Option<&str> {
    let line = line.trim();
    let comment = COMMENTS.iter().find_map(|open| line.strip_prefix(open))?;
    Some(comment.trim_end_matches("*/}").trim_end_matches("*/").trim_end_matches("-->").trim())
}

/// `코드 // [!code ++:2]`: what stands before the comment, its name and count, and what stands behind it.
fn vitepress(line: &str) -> Option<(&str, &str, usize, &str)> {
    let at = line.find("[!code ")?;
    let (before, rest) = line.split_at(at);
    let (inside, mut after) = rest["[!code ".len()..].split_once(']')?;
    let before = before.trim_end();
    let before = COMMENTS.iter().find_map(|open| before.strip_suffix(open))?.trim_end();
    for close in ["*/}", "*/", "-->"] {
        after = after.trim_start_matches(' ').strip_prefix(close).unwrap_or(after);
    }
    let (name, count) = inside.trim().split_once(':').unwrap_or((inside.trim(), "1"));
    Some((before, name, count.parse().unwrap_or(1), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(info: &str) -> (String, Option<String>) {
        let fence = Fence::new(info, String::new());
        (fence.language, fence.title)
    }

    #[test]
    fn language_and_title_in_the_spellings_people_use() {
        for (info, language, title) in [
            ("yaml", "yaml", None),
            ("js{1,3-5}", "js", None),
            ("Java title=\"A.java\"", "java", Some("A.java")),
            ("python:main.py", "python", Some("main.py")),
            ("{.rust .numberLines}", "rust", None),
            ("{ .py .annotate title=\"a b.py\" }", "py", Some("a b.py")),
            ("c++", "c++", None),
            ("ts title='설정 파일.ts' subtitle=x", "ts", Some("설정 파일.ts")),
            ("js{1,3}:title=src/a.js", "js", Some("src/a.js")),
            ("js:title=src/a.js{1}", "js", Some("src/a.js")),
            ("ts:line-numbers=3 {1} [config.ts]", "ts", Some("config.ts")),
            ("{r, echo=FALSE}", "r", None),
            ("", "", None),
        ] {
            assert_eq!(read(info), (language.to_owned(), title.map(str::to_owned)), "{info}");
        }
    }

    #[test]
    fn numbers_and_marked_lines_in_the_spellings_people_use() {
        let read = |info: &str| {
            let fence = Fence::new(info, "1\n2\n3\n4\n5\n6\n".to_owned());
            (fence.numbers, fence.marked.iter().map(|(line, _)| line + 1).collect::<Vec<_>>())
        };
        for (info, numbers, lines) in [
            ("js{1,3-5}", None, &[1, 3, 4, 5][..]),
            ("js {2}:line-numbers", Some(1), &[2]),
            ("js:no-line-numbers", None, &[]),
            ("js:line-numbers=7 {1}", Some(7), &[1]),
            ("jsx {2} showLineNumbers", Some(1), &[2]),
            ("jsx showLineNumbers=4", Some(4), &[]),
            ("go {linenos=table,hl_lines=[1,\"3-5\"],linenostart=199}", Some(199), &[1, 3, 4, 5]),
            ("go {linenos=false}", None, &[]),
            ("go {hl_lines=\"1 3\"}", None, &[1, 3]),
            ("js{1,3}{numberLines: true}", Some(1), &[1, 3]),
            ("js {numberLines: 5}", Some(5), &[]),
            ("py title=\"a.py\" linenums=\"1\" hl_lines=\"1 3-4\"", Some(1), &[1, 3, 4]),
            ("{.py .numberLines startFrom=\"10\"}", Some(10), &[]),
            ("js{6-99999999999}", None, &[6]),
            ("js{가}", None, &[]),
            ("js{9}", None, &[]),
        ] {
            assert_eq!(read(info), (numbers, lines.to_vec()), "{info}");
        }
    }

    #[test]
    fn folding_is_asked_for_in_the_spellings_people_use() {
        for (info, fold) in [
            ("js", None),
            ("fold", None),
            ("js fold", Some(3)),
            ("js:a.js collapsed {1}", Some(3)),
            ("js fold=12", Some(12)),
            ("js title=\"a.js\" collapse=true", Some(3)),
            ("{.java .fold .numberLines}", Some(3)),
            ("js:collapsed-lines", Some(15)),
            ("js:collapsed-lines=7:line-numbers", Some(7)),
            ("js:no-collapsed-lines", Some(0)),
            ("js nofold", Some(0)),
            ("js expanded", Some(0)),
            ("js collapsed=false", Some(0)),
            ("js collapse={1-5}", None),
        ] {
            assert_eq!(Fence::new(info, String::new()).fold, fold, "{info}");
        }
        assert_eq!(Fence::new("js fold showLineNumbers", String::new()).numbers, Some(1));
    }

    #[test]
    fn notes_in_the_code_become_marks() {
        let code = "가 // [!code ++]\n나 # [!code --]\n<b> <!-- [!code highlight:2] -->\n다\n// highlight-next-line\n라\n\
                    // [!code word:가]\n// 그냥 [!code]\n";
        let fence = Fence::new("js{1}", code.to_owned());
        assert_eq!(fence.code, "가\n나\n<b>\n다\n라\n// 그냥 [!code]\n");
        let expected = [
            (0, LineMark::Added),
            (1, LineMark::Removed),
            (2, LineMark::Highlighted),
            (3, LineMark::Highlighted),
            (4, LineMark::Highlighted),
        ];
        assert_eq!(fence.marked, expected);
        let block = "# highlight-start\n가\n나\n# highlight-end\n다\n";
        let fence = Fence::new("py", block.to_owned());
        assert_eq!((fence.code.as_str(), fence.marked.len()), ("가\n나\n다\n", 2));
    }
}
