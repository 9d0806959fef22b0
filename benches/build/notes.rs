//! Many notes made from a few real ones.
//!
//! Real notes are cut into headings, paragraphs, lists, tables and code blocks, and these are put together again in an
//! order that depends on nothing but the number of the new note. Words, code and the mixture of both stay those of
//! real notes; links are turned to other made notes, so that none is broken.

use std::path::Path;

/// About the size of a Korean study note.
const NOTE_BYTES: usize = 3_500;
/// A shelf of ten folders of fifty notes: what people who keep thousands of notes do.
const NOTES_A_FOLDER: usize = 50;
const NOTES_A_SHELF: usize = 500;
const TAGS: [&str; 24] = [
    "네트워크",
    "데이터베이스",
    "운영체제",
    "쿠버네티스",
    "컨테이너",
    "클라우드",
    "보안",
    "캐시",
    "메시지 큐",
    "Kafka",
    "gRPC",
    "HTTP",
    "Java",
    "Spring",
    "Rust",
    "Go",
    "알고리즘",
    "자료구조",
    "설계",
    "테스트",
    "배포",
    "모니터링",
    "DDD",
    "회고",
];

/// Pieces of real notes.
#[derive(Default)]
pub struct Text {
    headings: Vec<String>,
    prose: Vec<String>,
    code: Vec<String>,
}

impl Text {
    /// Reads every note below a folder.
    pub fn read(folder: &Path) -> Self {
        let mut paths = Vec::new();
        notes_below(folder, &mut paths);
        paths.sort();
        let mut text = Self::default();
        for path in paths {
            text.cut(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        }
        assert!(!text.headings.is_empty() && !text.prose.is_empty(), "no notes in {}", folder.display());
        text
    }

    pub fn len(&self) -> usize {
        self.headings.len() + self.prose.len() + self.code.len()
    }

    fn cut(&mut self, note: &str) {
        let mut lines = without_front_matter(note).lines();
        let mut block = String::new();
        while let Some(line) = lines.next() {
            if line.starts_with("```") {
                self.end_prose(&mut block);
                let mut code = format!("{line}\n");
                for line in lines.by_ref() {
                    code += line;
                    code.push('\n');
                    if line.trim_end() == "```" {
                        break;
                    }
                }
                if code.ends_with("```\n") && code.len() < 2 * NOTE_BYTES {
                    self.code.push(code);
                }
            } else if let Some((marks, heading)) = line.split_once(' ').filter(|(marks, _)| marks.starts_with('#')) {
                self.end_prose(&mut block);
                if marks.chars().all(|c| c == '#') {
                    self.headings.push(heading.trim().to_owned());
                }
            } else if line.trim().is_empty() {
                self.end_prose(&mut block);
            } else {
                block += line;
                block.push('\n');
            }
        }
        self.end_prose(&mut block);
    }

    fn end_prose(&mut self, block: &mut String) {
        let block = std::mem::take(block);
        // Definitions belong to what defined them, and HTML may span blocks.
        let stands_alone =
            !block.starts_with("[^") && !block.starts_with('<') && !block.contains("![") && !block.contains("]: ");
        if stands_alone && (20..NOTE_BYTES).contains(&block.len()) {
            self.prose.push(block);
        }
    }

    /// Writes a site of so many notes; returns their size in bytes.
    pub fn write_site(&self, root: &Path, count: usize) -> u64 {
        let mut bytes = 0;
        for number in 0..count {
            let note = self.note(number, count);
            let path = root.join("content").join(format!("{}.md", place(number)));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            bytes += note.len() as u64;
            std::fs::write(path, note).unwrap();
        }
        bytes
    }

    fn note(&self, number: usize, count: usize) -> String {
        let mut dice = Dice(number as u64 + 1);
        let mut note = format!(
            "---\ntitle: {}\ndate: {}-{:02}-{:02}\ntags: [{}, {}, {}]\n---\n\n",
            serde_json::Value::from(format!("{} {number}", dice.pick(&self.headings))),
            2015 + dice.below(10),
            1 + dice.below(12),
            1 + dice.below(28),
            dice.pick(&TAGS),
            dice.pick(&TAGS),
            dice.pick(&TAGS),
        );
        let mut blocks = 0;
        while note.len() < NOTE_BYTES {
            if blocks % 4 == 1 {
                note += &format!("## {}\n\n", dice.pick(&self.headings));
            }
            if !self.code.is_empty() && dice.below(6) == 0 {
                note += dice.pick(&self.code).as_str();
            } else {
                let block = dice.pick(&self.prose);
                note += &linked_within(block, &mut dice, number, count);
            }
            note.push('\n');
            blocks += 1;
        }
        let (a, b) = (dice.below(count), dice.below(count));
        note + &format!("이어서 [다음 글]({}.md)과 [[{}]]도 읽는다.\n", relative(number, a), name(b))
    }
}

fn name(number: usize) -> String {
    format!("노트 {number}")
}

fn place(number: usize) -> String {
    format!("책장 {}/묶음 {}/{}", number / NOTES_A_SHELF, number / NOTES_A_FOLDER, name(number))
}

fn relative(from: usize, to: usize) -> String {
    let path = if from / NOTES_A_FOLDER == to / NOTES_A_FOLDER { name(to) } else { format!("../../{}", place(to)) };
    path.replace(' ', "%20")
}

/// A block with its links turned to made notes and its footnote marks taken out.
fn linked_within(block: &str, dice: &mut Dice, number: usize, count: usize) -> String {
    let mut out = String::with_capacity(block.len());
    let mut rest = block;
    while let Some(at) = rest.find('[') {
        out += &rest[..at];
        rest = &rest[at..];
        if let Some(end) = rest.starts_with("[[").then(|| rest.find("]]")).flatten() {
            out += &format!("[[{}]]", name(dice.below(count)));
            rest = &rest[end + 2..];
        } else if let Some(end) = rest.starts_with("[^").then(|| rest.find(']')).flatten() {
            rest = &rest[end + 1..];
        } else if let Some((label, after)) = rest.split_once("](").filter(|(label, _)| !label.contains('\n'))
            && let Some((target, after)) = after.split_once(')').filter(|(target, _)| !target.contains('\n'))
            && !target.contains("://")
        {
            out += &format!("{label}]({}.md)", relative(number, dice.below(count)));
            rest = after;
        } else {
            out.push('[');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn without_front_matter(note: &str) -> &str {
    let after = note.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    after.map_or(note, |(_, body)| body)
}

fn notes_below(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !path.is_symlink() && !hidden {
            notes_below(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "md") && path.is_file() {
            paths.push(path);
        }
    }
}

/// Numbers that look random and are the same every time: SplitMix64 (Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
