//! How well the dictionary that an index carries cuts queries, beside all of ko-dic.
//!
//! What counts is which terms of the index a query word gives. Words are those of the index itself, alone and with particles
//! and endings that notes may never have had there; and nouns of ko-dic that the notes lack.

use std::collections::BTreeSet;
use std::path::Path;

use seoga_search::{Analyzer, Contents, Dictionary, FolderSource};

/// Particles that follow a consonant, and those that follow a vowel.
const PARTICLES: [(&str, &str); 12] = [
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("의", "의"),
    ("에", "에"),
    ("에서", "에서"),
    ("에서는", "에서는"),
    ("으로", "로"),
    ("과", "와"),
    ("도", "도"),
    ("까지", "까지"),
    ("이라는", "라는"),
];
/// Endings of verbs made of nouns.
const ENDINGS: [&str; 8] = ["하다", "하는", "했다", "하면", "하기", "하려고", "되는", "된다"];

/// Compares both on the index of a folder.
pub fn report(folder: &Path) {
    let contents = Contents::open(FolderSource::new(folder)).unwrap();
    let mut cut = Analyzer::new(&contents.dictionary().unwrap());
    let embedded = Dictionary::embedded().unwrap();
    let all = embedded.with(&contents.vocabulary().unwrap()).unwrap();
    let mut all = Analyzer::new(&all);
    let mut terms: BTreeSet<String> = BTreeSet::new();
    contents
        .terms(|term| {
            terms.insert(term.to_owned());
        })
        .unwrap();
    let mut eojeols: BTreeSet<String> = BTreeSet::new();
    contents
        .sections(|section| {
            for text in [&section.title, &section.heading, &section.text] {
                eojeols.extend(text.split_whitespace().map(str::to_owned));
            }
        })
        .unwrap();
    let is_hangul = |word: &str| word.chars().nth(1).is_some() && word.chars().all(|c| ('가'..='힣').contains(&c));
    let words: Vec<&String> = terms.iter().filter(|term| is_hangul(term)).collect();
    let closed =
        |word: &str| word.chars().next_back().is_some_and(|last| !(last as u32 - '가' as u32).is_multiple_of(28));
    let with_particles = words.iter().enumerate().map(|(number, word)| {
        let (after_consonant, after_vowel) = PARTICLES[number % PARTICLES.len()];
        format!("{word}{}", if closed(word) { after_consonant } else { after_vowel })
    });
    let with_endings =
        words.iter().enumerate().map(|(number, word)| format!("{word}{}", ENDINGS[number % ENDINGS.len()]));
    let classes: [(&str, Vec<String>); 4] = [
        ("eojeols of the notes", eojeols.into_iter().collect()),
        ("words of the index", words.iter().map(|word| (*word).clone()).collect()),
        ("with a particle", with_particles.collect()),
        ("with an ending", with_endings.collect()),
    ];
    for (class, queries) in &classes {
        let mut same = 0;
        let mut shown = 0;
        for query in queries {
            let matching = |analyzer: &mut Analyzer| {
                let mut found = BTreeSet::new();
                analyzer.terms(query, |term| {
                    if let Some(term) = terms.get(term.text) {
                        found.insert(term);
                    }
                });
                found
            };
            let (one, other) = (matching(&mut cut), matching(&mut all));
            if one == other {
                same += 1;
            } else if shown < 12 {
                shown += 1;
                println!("  {query}: {one:?}, with all of ko-dic {other:?}");
            }
        }
        println!(
            "{class:22} {:>7} {:>7.2} % the same",
            queries.len(),
            100.0 * f64::from(same) / queries.len().max(1) as f64
        );
    }
    let nouns = embedded.nouns(|_| true);
    let (mut lacking, mut fragments) = (0, 0);
    for (number, noun) in nouns.iter().filter(|noun| !terms.contains(*noun)).enumerate() {
        let matching = |analyzer: &mut Analyzer| {
            let mut found = BTreeSet::new();
            analyzer.terms(noun, |term| found.extend(terms.get(term.text)));
            found
        };
        let (one, other) = (matching(&mut cut), matching(&mut all));
        lacking += 1;
        if !one.is_subset(&other) {
            fragments += 1;
            if number % 97 == 0 {
                println!("  {noun}: {one:?}, with all of ko-dic {other:?}");
            }
        }
    }
    println!(
        "{:22} {lacking:>7} {:>7.2} % by fragments",
        "nouns that are missing",
        100.0 * f64::from(fragments) / f64::from(lacking.max(1))
    );
}
