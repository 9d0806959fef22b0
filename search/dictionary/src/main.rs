//! Remakes `ko-dic.pack` from MeCab's compiled dictionary, and proves that the pack is that dictionary.

mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use seoga_dictionary::{mecab, pack};

const USAGE: &str = "\
seoga-dictionary pack   MECAB FREQUENCIES -o FILE
    MeCab's sys.dic, unk.dic, char.bin and matrix.bin → a packed file
seoga-dictionary verify MECAB METADATA FILE [FOLDER…]
    the packed file = MeCab's files; every .md file under the folders is cut equally with the
    packed dictionary and with the one that lindera's builder makes from the full CSV files

MECAB        the folder of those four files
METADATA     the folder of lindera-ko-dic's metadata.json and context_id_freq.txt
FREQUENCIES  that context_id_freq.txt
";

/// Any failure of the tool, as one line.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["pack", mecab, frequencies, "-o", file] => pack(mecab, frequencies, file),
        ["verify", mecab, metadata, file, folders @ ..] => {
            let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
            verify::verify(Path::new(mecab), Path::new(metadata), Path::new(file), &folders)
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("seoga-dictionary: {error}");
            ExitCode::FAILURE
        }
    }
}

fn pack(mecab: &str, frequencies: &str, file: &str) -> Result<(), Failure> {
    let dictionary = mecab::read(Path::new(mecab), Path::new(frequencies))?;
    let packed = pack::write(&dictionary)?;
    fs::write(file, &packed)?;
    println!(
        "{} entries, {} surfaces, {} classes, matrix {}×{}: {} bytes",
        dictionary.entries.len(),
        dictionary.surfaces.len(),
        dictionary.classes.len(),
        dictionary.matrix.rights,
        dictionary.matrix.lefts,
        packed.len()
    );
    Ok(())
}
