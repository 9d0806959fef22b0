//! [`KoDic`] → the CSV and `.def` files that lindera's own builder reads, for comparing with its result.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::model::KoDic;

/// Writes `ko-dic.csv`, `matrix.def`, `char.def` and `unk.def` into a folder.
pub fn write(dictionary: &KoDic, folder: &Path) -> io::Result<()> {
    let mut csv = BufWriter::new(File::create(folder.join("ko-dic.csv"))?);
    for entry in &dictionary.entries {
        let class = &dictionary.classes[usize::from(entry.class)];
        let surface = quoted(&dictionary.surfaces[entry.surface as usize]);
        writeln!(csv, "{surface},{},{},{},{}", class.left, class.right, entry.cost, dictionary.features(entry))?;
    }
    csv.flush()?;

    let mut matrix = BufWriter::new(File::create(folder.join("matrix.def"))?);
    let rights = dictionary.matrix.rights;
    writeln!(matrix, "{rights} {}", dictionary.matrix.lefts)?;
    for (left, costs) in dictionary.matrix.costs.chunks_exact(rights).enumerate() {
        for (right, cost) in costs.iter().enumerate() {
            writeln!(matrix, "{right} {left} {cost}")?;
        }
    }
    matrix.flush()?;

    fs::write(folder.join("char.def"), characters(dictionary))?;
    let mut unknown = String::new();
    for entry in &dictionary.unknown {
        let _ =
            writeln!(unknown, "{},{},{},{},{}", entry.category, entry.left, entry.right, entry.cost, entry.features);
    }
    fs::write(folder.join("unk.def"), unknown)
}

fn quoted(surface: &str) -> String {
    if surface.contains([',', '"']) { format!("\"{}\"", surface.replace('"', "\"\"")) } else { surface.to_owned() }
}

fn characters(dictionary: &KoDic) -> String {
    let characters = &dictionary.characters;
    let mut text = String::new();
    for category in &characters.categories {
        let (invoke, group) = (u8::from(category.invoke), u8::from(category.group));
        let _ = writeln!(text, "{} {invoke} {group} {}", category.name, category.length);
    }
    // U+FFFE is no character and lindera's parser refuses it; what no range names is DEFAULT, as it is in MeCab's file.
    let ends = characters.runs.iter().skip(1).map(|run| run.first - 1).chain([0xFFFD]);
    for (run, end) in characters.runs.iter().zip(ends) {
        let names: Vec<&str> = run.categories.iter().map(|&id| characters.categories[id].name.as_str()).collect();
        let _ = writeln!(text, "0x{:04X}..0x{end:04X} {}", run.first, names.join(" "));
    }
    text
}
