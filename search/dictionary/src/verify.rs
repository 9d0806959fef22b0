//! Proof that the packed dictionary is ko-dic: as data, and in what it makes of text.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{fs, io};

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::metadata::Metadata;
use seoga_dictionary::{builder_input, image, mecab, pack, runtime};

use crate::Failure;

/// Compares, prints the figures, and fails at the first difference.
pub fn verify(mecab: &Path, metadata: &Path, file: &Path, folders: &[PathBuf]) -> Result<(), Failure> {
    let frequencies = metadata.join("context_id_freq.txt");
    let original = mecab::read(mecab, &frequencies)?;
    let packed = fs::read(file)?;
    let unpacked = pack::read(&packed)?;
    if unpacked != original {
        return Err("the pack does not hold what MeCab's files hold".into());
    }
    println!("pack: {} entries, all columns equal", unpacked.entries.len());
    if pack::write(&original)? != packed {
        return Err("packing MeCab's files again gives other bytes".into());
    }
    println!("pack: packed again, the same {} bytes", packed.len());

    let folder = std::env::temp_dir().join(format!("seoga-dictionary-{}", std::process::id()));
    let reference = reference(&unpacked, metadata, &frequencies, &folder);
    fs::remove_dir_all(&folder)?;
    let reference = reference?;
    let ours = runtime::from_bytes(&image::build(&unpacked)?)?;
    compare_words(&ours, &reference, unpacked.entries.len())?;
    println!("words: {} entries, kept columns equal to those of lindera's builder", unpacked.entries.len());

    let ours = Segmenter::new(Mode::Normal, ours, None);
    let reference = Segmenter::new(Mode::Normal, reference, None);
    let mut figures = Figures::default();
    for path in markdown_files(folders)? {
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        for line in text.lines() {
            compare_line(line, &ours, &reference, &mut figures)
                .map_err(|difference| format!("{}: {difference}\n{line}", path.display()))?;
        }
        figures.files += 1;
        figures.bytes += text.len();
    }
    let Figures { files, bytes, tokens } = figures;
    println!("text: {files} files, {bytes} bytes, {tokens} tokens, 0 differences");
    Ok(())
}

#[derive(Default)]
struct Figures {
    files: usize,
    bytes: usize,
    tokens: usize,
}

/// The dictionary that lindera's own builder makes from CSV and `.def` files.
fn reference(
    dictionary: &seoga_dictionary::model::KoDic,
    metadata: &Path,
    frequencies: &Path,
    folder: &Path,
) -> Result<Dictionary, Failure> {
    let (input, output) = (folder.join("input"), folder.join("output"));
    fs::create_dir_all(&input)?;
    builder_input::write(dictionary, &input)?;
    let metadata: Metadata = Metadata::load(&fs::read(metadata.join("metadata.json"))?)?;
    DictionaryBuilder::new(metadata).with_context_id_freq(frequencies).build_dictionary(&input, &output)?;
    Ok(Dictionary::load_from_path_with_options(&output, false)?)
}

/// Tag, type, expression and reading of ours = those among the eight columns of the reference.
fn same_details<'a>(
    surface: Option<&str>,
    ours: impl Iterator<Item = &'a str>,
    reference: impl Iterator<Item = &'a str>,
) -> bool {
    let (ours, reference): (Vec<&str>, Vec<&str>) = (ours.collect(), reference.collect());
    let ([tag, kind, expression, reading], [r_tag, _, _, r_reading, r_kind, _, _, r_expression]) =
        (ours.as_slice(), reference.as_slice())
    else {
        return false;
    };
    let reading_fits = match surface {
        Some(surface) if reading.is_empty() => *r_reading == surface,
        _ => reading.is_empty() || reading == r_reading,
    };
    tag == r_tag && kind == r_kind && same_expression(expression, r_expression) && reading_fits
}

/// Ours may have the byte length of a word where the reference has the word; an original never begins with a digit.
fn same_expression(ours: &str, reference: &str) -> bool {
    if !ours.starts_with(|first: char| first.is_ascii_digit()) {
        return ours == reference;
    }
    let mut ours = ours.split('+');
    let same = reference.split('+').all(|part| {
        let length = part.find('/').unwrap_or(part.len());
        ours.next() == Some(&format!("{length}{}", &part[length..]))
    });
    same && ours.next().is_none()
}

fn compare_words(ours: &Dictionary, reference: &Dictionary, entries: usize) -> Result<(), Failure> {
    if ours.prefix_dictionary.word_count() != entries || reference.prefix_dictionary.word_count() != entries {
        return Err("a dictionary lacks entries".into());
    }
    if ours.prefix_dictionary.vals_data[..] != reference.prefix_dictionary.vals_data[..] {
        return Err("costs or ids differ".into());
    }
    if ours.connection_cost_matrix.costs() != reference.connection_cost_matrix.costs() {
        return Err("the matrix differs".into());
    }
    for id in 0..entries {
        if !same_details(None, ours.word_details_iter(id), reference.word_details_iter(id)) {
            return Err(format!("entry {id} differs").into());
        }
    }
    Ok(())
}

fn compare_line(line: &str, ours: &Segmenter, reference: &Segmenter, figures: &mut Figures) -> Result<(), Failure> {
    let a = ours.segment(Cow::Borrowed(line))?;
    let b = reference.segment(Cow::Borrowed(line))?;
    if a.len() != b.len() {
        return Err(format!("{} tokens, not {}", a.len(), b.len()).into());
    }
    for (a, b) in a.into_iter().zip(b) {
        figures.tokens += 1;
        let same_place = (a.byte_start, a.byte_end, a.word_id) == (b.byte_start, b.byte_end, b.word_id);
        let id = a.word_id.id() as usize;
        let same_word = if a.word_id.is_unknown() {
            same_details(None, a.dictionary.unknown_word_details_iter(id), b.dictionary.unknown_word_details_iter(id))
        } else {
            same_details(Some(&a.surface), a.dictionary.word_details_iter(id), b.dictionary.word_details_iter(id))
        };
        if !(same_place && same_word) {
            return Err(format!("`{}` differs from `{}`", a.surface, b.surface).into());
        }
    }
    Ok(())
}

fn markdown_files(folders: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut waiting = folders.to_vec();
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
