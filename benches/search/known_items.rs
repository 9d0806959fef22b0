//! Known items: queries made of a collection's own headings, in the ways in which readers mistype, shorten and space them.
//!
//! Each heading (or title, for the top of a page) is an item; what should be found is every section of exactly that name,
//! because nobody could tell which of two equal headings was meant. Headings without two Hangul syllables, or longer than
//! [`LONGEST`], are left out: nobody types those. The choice, and every random-looking decision, is a hash of the heading,
//! so that the same notes give the same queries.

use std::collections::{BTreeMap, HashSet};

use seoga_search::analysis::TermKind;
use seoga_search::letters::{self, keyboard};
use seoga_search::{Analyzer, StoredSection};

/// In characters.
const LONGEST: usize = 40;

/// The classes, in the order in which they are shown.
pub const CLASSES: [&str; 9] = [
    "exact",
    "particle",
    "spaces removed",
    "spaces added",
    "half-typed",
    "initials",
    "other layout",
    "one-jamo slip",
    "compound part",
];

/// One query and the numbers of the sections that it should find.
#[derive(Debug)]
pub struct KnownItem {
    pub class: &'static str,
    pub query: String,
    pub heading: String,
    pub answers: HashSet<usize>,
}

/// Queries of each class, at most `most` a class.
pub fn known_items(sections: &[StoredSection], analyzer: &mut Analyzer, most: usize) -> Vec<KnownItem> {
    let mut names: BTreeMap<String, (String, HashSet<usize>)> = BTreeMap::new();
    for (number, section) in sections.iter().enumerate() {
        let name = name(section);
        let entry = names.entry(squashed(name)).or_insert_with(|| (name.trim().to_owned(), HashSet::new()));
        entry.1.insert(number);
    }
    let mut chosen: Vec<(u64, &String, &HashSet<usize>)> = names
        .values()
        .filter(|(name, _)| name.chars().count() <= LONGEST && hangul(name).count() >= 2)
        .map(|(name, sections)| (hash(name), name, sections))
        .collect();
    chosen.sort_unstable_by_key(|&(hash, name, _)| (hash, name));
    let mut items = Vec::new();
    for class in CLASSES {
        let of_class = chosen.iter().filter_map(|&(hash, heading, answers)| {
            let query = query(class, heading, hash, analyzer)?;
            // A part that is all there is of the query is found wherever a name has it.
            let answers = if class == "compound part" && !query.contains(' ') {
                let has = |name: &str| squashed(name).contains(&squashed(&query));
                (0..sections.len()).filter(|&number| has(self::name(&sections[number]))).collect()
            } else {
                answers.clone()
            };
            Some(KnownItem { class, query, heading: heading.clone(), answers })
        });
        items.extend(of_class.take(most));
    }
    items
}

/// What a section is called.
pub fn name(section: &StoredSection) -> &str {
    if section.heading.is_empty() { &section.title } else { &section.heading }
}

/// A name without spaces and signs, as two of them are compared.
pub fn squashed(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn hangul(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| ('가'..='힣').contains(character))
}

fn is_hangul(word: &str) -> bool {
    word.chars().all(|character| ('가'..='힣').contains(&character))
}

/// FNV-1a, with the bits mixed once more.
fn hash(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn query(class: &str, heading: &str, hash: u64, analyzer: &mut Analyzer) -> Option<String> {
    let pick = |count: usize| (hash >> 20) as usize % count.max(1);
    let words: Vec<&str> = heading.split_whitespace().collect();
    match class {
        "exact" => Some(heading.to_owned()),
        "particle" => {
            let last = heading.chars().next_back().filter(|last| ('가'..='힣').contains(last))?;
            let closed = letters::jamo(&last.to_string()).count() == 3;
            let rieul = letters::jamo(&last.to_string()).last() == Some('ㄹ');
            let particles = match (closed, rieul) {
                (false, _) => ["를", "는", "가", "의", "에서", "로", "와", "에서는"],
                (true, true) => ["을", "은", "이", "의", "에서", "로", "과", "에서는"],
                (true, false) => ["을", "은", "이", "의", "에서", "으로", "과", "에서는"],
            };
            Some(format!("{heading}{}", particles[pick(particles.len())]))
        }
        "spaces removed" => {
            (words.iter().filter(|word| hangul(word).next().is_some()).count() > 1).then(|| words.concat())
        }
        "spaces added" => {
            let long: Vec<usize> = (0..words.len())
                .filter(|&number| is_hangul(words[number]) && words[number].chars().count() >= 4)
                .collect();
            let &number = long.get(pick(long.len()))?;
            let syllables: Vec<char> = words[number].chars().collect();
            let border = 2 + pick(syllables.len() - 3);
            let apart: String = syllables[..border].iter().chain([&' ']).chain(&syllables[border..]).collect();
            let mut words = words.clone();
            words[number] = &apart;
            Some(words.join(" "))
        }
        "half-typed" => {
            let keys: Vec<char> = letters::jamo(heading).collect();
            let kept = keys.len() * 6 / 10;
            if kept < 6 {
                return None;
            }
            // As an input method shows it: whole syllables, then what is left of the last one.
            let typed: String = prefix_of(heading, kept);
            (squashed(&typed).chars().count() >= 3).then_some(typed)
        }
        "initials" => {
            let all = words.iter().all(|word| is_hangul(word)) && hangul(heading).count() >= 3;
            let initials = letters::initials(heading);
            all.then(|| if pick(2) == 0 { initials.replace(' ', "") } else { initials })
        }
        "other layout" => {
            let hangul = hangul(heading).count() >= 2;
            hangul.then(|| keyboard::to_latin(heading))
        }
        "one-jamo slip" => {
            let places: Vec<usize> =
                heading.char_indices().filter(|(_, c)| ('가'..='힣').contains(c)).map(|(at, _)| at).collect();
            if places.len() < 3 {
                return None;
            }
            let place = places[pick(places.len())];
            let syllable = heading[place..].chars().next()?;
            let slipped = slip(syllable, hash >> 40)?;
            Some(format!("{}{slipped}{}", &heading[..place], &heading[place + syllable.len_utf8()..]))
        }
        "compound part" => {
            let mut parts: Vec<(usize, usize)> = Vec::new();
            let mut wholes: Vec<(usize, usize)> = Vec::new();
            analyzer.terms(heading, |term| {
                let long =
                    is_hangul(&heading[term.start..term.end]) && heading[term.start..term.end].chars().count() > 1;
                match term.kind {
                    TermKind::Whole => wholes.push((term.start, term.end)),
                    TermKind::Part | TermKind::Piece if long => parts.push((term.start, term.end)),
                    _ => {}
                }
            });
            let inside = |&(start, end): &(usize, usize)| {
                wholes.iter().find(|whole| whole.0 <= start && end <= whole.1 && whole.1 - whole.0 > end - start)
            };
            // Of a word that the dictionary does not know, pieces are fragments.
            let known = |&(start, end): &(usize, usize), analyzer: &mut Analyzer| {
                inside(&(start, end)).is_some_and(|whole| analyzer.knows(&heading[whole.0..whole.1]))
            };
            parts.retain(|part| known(part, analyzer));
            let &part = parts.get(pick(parts.len()))?;
            let &whole = inside(&part)?;
            let text = format!("{}{}{}", &heading[..whole.0], &heading[part.0..part.1], &heading[whole.1..]);
            Some(text.trim().to_owned())
        }
        _ => None,
    }
}

/// The text that so many letters give.
fn prefix_of(text: &str, mut letters_left: usize) -> String {
    let mut typed = String::new();
    for character in text.chars() {
        let letters: Vec<char> = letters::jamo(&character.to_string()).collect();
        if letters.len() <= letters_left {
            typed.push(character);
            letters_left -= letters.len();
            continue;
        }
        match letters_left {
            0 => {}
            1 => typed.push(letters[0]),
            // Without its final consonant.
            _ => typed.extend(char::from_u32(character as u32 - (character as u32 - 0xAC00) % 28)),
        }
        break;
    }
    typed
}

/// A syllable with one of its letters another one.
fn slip(syllable: char, random: u64) -> Option<char> {
    let code = u32::from(syllable).checked_sub(0xAC00)?;
    let (initial, vowel, end) = (code / (21 * 28), code / 28 % 21, code % 28);
    let other = |number: u32, count: u32| (number + 1 + (random >> 8) as u32 % (count - 1)) % count;
    let (initial, vowel, end) = match random % 3 {
        0 => (other(initial, 19), vowel, end),
        2 if end > 0 => (initial, vowel, 1 + other(end - 1, 27)),
        _ => (initial, other(vowel, 21), end),
    };
    char::from_u32(0xAC00 + (initial * 21 + vowel) * 28 + end)
}
