//! The glossary: terms that notes define (`용어` above `: 뜻`) or say in another language (`파드(Pod)는`), gathered from
//! all published notes.
//!
//! How far back a gloss reaches is settled in this order, and where nothing settles it there is no entry, since a term
//! cut in the wrong place is worse than one that is missing:
//!
//! 1. markup, or a block that holds nothing else, says where the term begins;
//! 2. a term that another note settled so, with the same gloss, is the same here;
//! 3. the words that two notes have in common before the same gloss, where the words before those differ;
//! 4. as many words as the gloss has (`문맥 교환(context switch)`), as far as they are nouns; for a single word only
//!    where no other noun stands before (`장애 조치(failover)` says nothing of either), and for an abbreviation all the
//!    nouns, if they are no more than its letters and nothing describes them.
//!
//! A word that ends in a particle or an ending is no part of a term but its last one's border; `의` is, where the gloss
//! says `of` or the like. What a word ends in, the search's own analysis says.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use seoga_search::{Analyzer, Dictionary};

use super::names::{Destination, Names};
use super::{Collation, Entry, NoteId};
use crate::language::Language;
use crate::markdown::{Gloss, Inside, find_glosses, first_sentence, is_short};
use crate::source::names::{name_key, nfc};

mod word;
use word::{Shape, shape};

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub name: String,
    /// What it is called in the other language.
    pub other: Option<String>,
    pub meaning: Meaning,
    /// The note that explains it, and the heading it does so under.
    pub place: (NoteId, Option<usize>),
    /// Other notes that gloss it, in path order.
    pub others: Vec<NoteId>,
    /// The note of that name.
    pub note: Option<NoteId>,
}

/// What a term means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Unsaid,
    Text(String),
    /// A meaning of a definition list: index into the note's definitions.
    Definition(usize),
}

/// Terms that begin alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Initial {
    /// `ㄱ`, `A`, `#` for anything else.
    pub letter: char,
    pub terms: Vec<Term>,
}

/// A gloss, its term settled.
struct Settled {
    note: NoteId,
    heading: Option<usize>,
    term: String,
    other: Option<String>,
    rank: Rank,
    meaning: Meaning,
}

/// How well a place explains a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    DefinitionList,
    Title,
    Heading,
    Definition,
    Mention,
}

/// A gloss with its note, and what its bracket says as names are compared.
struct Found<'a> {
    note: NoteId,
    gloss: std::borrow::Cow<'a, Gloss>,
    is_title: bool,
    key: String,
}

/// The glossary of these notes; none where they gloss nothing.
pub(super) fn gather(notes: &[Entry], names: &Names, collation: &Collation, language: Language) -> Vec<Initial> {
    let found = found(notes);
    let mut settled = defined(notes);
    if let Ok(dictionary) = Dictionary::embedded() {
        settled.extend(
            Settling { found: &found, analyzer: Analyzer::new(&dictionary), shapes: FxHashMap::default() }.all(notes),
        );
    }
    let mut terms = terms(settled, names);
    let group = |term: &Term| group_of(&term.name, language);
    let mut keyed: Vec<((u8, char), Term)> = terms.drain(..).map(|term| (group(&term), term)).collect();
    keyed.sort_by(|(x, a), (y, b)| {
        x.cmp(y).then_with(|| collation.compare(&a.name, &b.name)).then_with(|| a.other.cmp(&b.other))
    });
    let mut initials: Vec<Initial> = Vec::new();
    for ((_, letter), term) in keyed {
        match initials.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.terms.push(term),
            None => initials.push(Initial { letter, terms: vec![term] }),
        }
    }
    initials
}

fn found(notes: &[Entry]) -> Vec<Found<'_>> {
    let found: Vec<Vec<Found<'_>>> = notes
        .par_iter()
        .enumerate()
        .map(|(index, entry)| {
            let note = NoteId(index);
            let of_title = find_glosses(&entry.title, &[]).into_iter().map(|gloss| (gloss, true));
            let of_title = of_title.map(|(gloss, is_title)| (std::borrow::Cow::Owned(gloss), is_title));
            let of_text = entry.document.glosses.iter().map(|gloss| (std::borrow::Cow::Borrowed(gloss), false));
            of_title
                .chain(of_text)
                .map(|(gloss, is_title)| {
                    let key = match &gloss.inside {
                        Inside::Latin { words, .. } => words,
                        Inside::Hangul(_) => &gloss.before,
                    };
                    Found { note, key: spelling_key(key), gloss, is_title }
                })
                .collect()
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// `Context-Switch` and `context switch` are one.
fn spelling_key(words: &str) -> String {
    name_key(&words.replace('-', " "))
}

/// What definition lists say.
fn defined(notes: &[Entry]) -> Vec<Settled> {
    let mut settled = Vec::new();
    for (index, entry) in notes.iter().enumerate() {
        for (at, definition) in entry.document.definitions.iter().enumerate() {
            let gloss = find_glosses(&definition.term, &[]).into_iter().next().filter(|gloss| gloss.exact);
            let (term, other) = match gloss {
                Some(Gloss { before, inside, .. }) => (before, Some(other_name(&inside))),
                None => (definition.term.clone(), None),
            };
            if term.chars().count() > 60 {
                continue;
            }
            settled.push(Settled {
                note: NoteId(index),
                heading: definition.heading,
                term,
                other,
                rank: Rank::DefinitionList,
                meaning: Meaning::Definition(at),
            });
        }
    }
    settled
}

/// What a bracket says, as the glossary shows it.
fn other_name(inside: &Inside) -> String {
    match inside {
        Inside::Latin { words, short: Some(short) } => format!("{words}, {short}"),
        Inside::Latin { words, short: None } => words.clone(),
        Inside::Hangul(words) => words.clone(),
    }
}

struct Settling<'a> {
    found: &'a [Found<'a>],
    analyzer: Analyzer,
    shapes: FxHashMap<String, Shape>,
}

impl Settling<'_> {
    fn all(mut self, notes: &[Entry]) -> Vec<Settled> {
        let found = self.found;
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, each) in found.iter().enumerate() {
            by_key.entry(&each.key).or_default().push(index);
        }
        let mut settled: Vec<(usize, String)> = Vec::new();
        for indexes in by_key.values() {
            let (latin, hangul): (Vec<usize>, Vec<usize>) =
                indexes.iter().copied().partition(|index| matches!(found[*index].gloss.inside, Inside::Latin { .. }));
            settled.extend(self.korean_terms(&latin));
            settled.extend(self.latin_terms(&hangul));
        }
        settled.sort_by_key(|(index, _)| *index);
        settled.into_iter().map(|(index, term)| settle(&found[index], term, notes)).collect()
    }

    /// Of glosses with the same Latin words.
    fn korean_terms(&mut self, indexes: &[usize]) -> Vec<(usize, String)> {
        let found = self.found;
        let exact: Vec<(usize, Option<String>)> =
            indexes.iter().map(|index| (*index, self.exact(&found[*index].gloss))).collect();
        let known: FxHashSet<String> = exact.iter().filter_map(|(_, term)| term.clone()).collect();
        // The words in common before an abbreviation may be the last of it: `배커스-나우르 표기법(BNF)`.
        let latin = indexes.first().and_then(|index| match &found[*index].gloss.inside {
            Inside::Latin { words, .. } => Some(words.as_str()),
            Inside::Hangul(_) => None,
        });
        let agreed =
            latin.filter(|latin| !is_short(latin)).map(|latin| self.agreed(indexes, latin)).unwrap_or_default();
        let mut settled = Vec::new();
        for (index, exact) in exact {
            let gloss = &found[index].gloss;
            let among = |terms: &FxHashSet<String>| endings(&gloss.before).find(|end| terms.contains(*end));
            let shared = || among(&known).or_else(|| among(&agreed)).map(str::to_owned);
            let term = exact.or_else(shared).or_else(|| self.counted(gloss));
            settled.extend(term.map(|term| (index, term)));
        }
        settled
    }

    /// The words of a gloss that nothing else can belong to.
    fn exact(&mut self, gloss: &Gloss) -> Option<String> {
        let Inside::Latin { words: latin, .. } = &gloss.inside else { return None };
        if !gloss.exact {
            return None;
        }
        let words: Vec<&str> = gloss.before.split(' ').collect();
        let (last, others) = words.split_last()?;
        let inflected = others.iter().any(|word| self.shape(word).is_border());
        let most = content_words(latin) + 1;
        let fits = (words.len() <= most || is_short(latin)) && words.len() <= 5;
        (self.ends_term(last) && fits && !inflected && !word::is_remark(last)).then(|| gloss.before.clone())
    }

    /// The words that glosses of different notes have in common, where the words before those differ.
    fn agreed(&mut self, indexes: &[usize], latin: &str) -> FxHashSet<String> {
        let found = self.found;
        // Words at the end → by which notes, and behind which words.
        let mut endings: BTreeMap<String, (Vec<NoteId>, Vec<Option<&str>>)> = BTreeMap::new();
        if indexes.len() > 1 {
            for index in indexes {
                let gloss = &found[*index].gloss;
                let words: Vec<&str> = gloss.before.split(' ').collect();
                for start in 0..words.len() {
                    let (notes, before) = endings.entry(words[start..].join(" ")).or_default();
                    notes.push(found[*index].note);
                    before.push(start.checked_sub(1).map(|at| words[at]));
                }
            }
        }
        let differ = |all: &[Option<&str>]| all.windows(2).any(|pair| pair[0] != pair[1]);
        (endings.into_iter())
            .filter(|(_, (notes, before))| notes.first() != notes.last() && differ(before))
            .map(|(words, _)| words)
            .filter(|words| self.is_term(words) && !word::is_remark(words) && fills(words, latin))
            .collect()
    }

    /// A few nouns, of more than one syllable together.
    fn is_term(&mut self, words: &str) -> bool {
        let mut all = words.split(' ').rev();
        let noun = all.next().is_some_and(|last| self.ends_term(last));
        noun && all.all(|word| !self.shape(word).is_border()) && words.chars().nth(1).is_some()
    }

    /// As many words as the gloss has.
    fn counted(&mut self, gloss: &Gloss) -> Option<String> {
        let Inside::Latin { words: latin, .. } = &gloss.inside else { return None };
        let words: Vec<&str> = gloss.before.split(' ').collect();
        if !self.ends_term(words.last()?) {
            return None;
        }
        // As far as they are nouns; `의` leads on where the gloss has a word for it.
        let genitive = latin.contains(" of ") || latin.contains("'s ") || latin.contains("s' ");
        let count = content_words(latin);
        let mut nouns = 1;
        let mut border = None;
        while nouns < words.len() {
            let shape = self.shape(words[words.len() - nouns - 1]);
            match shape {
                Shape::Noun | Shape::Prefix => nouns += 1,
                Shape::Possessive if genitive || nouns + 1 < count => nouns += 1,
                // `명령과 조회의 책임 분리(Command Query Responsibility Segregation)`
                Shape::Syllable | Shape::Joined if nouns < count => nouns += 1,
                _ => {
                    border = Some(shape);
                    break;
                }
            }
        }
        let taken = if is_short(latin) {
            let letters = latin.chars().filter(char::is_ascii_uppercase).count();
            // `사용자의 경험(UX)` may be all of it or not.
            let open = nouns < letters && matches!(border, Some(Shape::Possessive | Shape::Modifier));
            if nouns > letters || open {
                return None;
            }
            nouns
        } else {
            let mut taken = nouns.min(count + usize::from(genitive));
            // `비 동기화(unsynchronized)`
            while taken < nouns && self.shape(words[words.len() - taken - 1]) == Shape::Prefix {
                taken += 1;
            }
            // `장애 조치(failover)`, `동작하지 않는 상황(regression)`
            let more = count == 1 && (taken < nouns || border == Some(Shape::Modifier));
            // `빈약한 도메인 모델(anemic domain model)`
            let lacks =
                taken < count && border.is_some_and(|border| !matches!(border, Shape::Particle | Shape::Joined));
            if more || lacks {
                return None;
            }
            taken
        };
        let term = words[words.len() - taken..].join(" ");
        (fills(&term, latin) && !word::is_remark(&term)).then_some(term)
    }

    /// Of glosses of the same Latin words in Hangul: those in a place that defines, or that two notes agree on.
    fn latin_terms(&mut self, indexes: &[usize]) -> Vec<(usize, String)> {
        let found = self.found;
        // The notes that say so, which are in order.
        let mut notes: FxHashMap<&str, (NoteId, NoteId)> = FxHashMap::default();
        for each in indexes.iter().map(|index| &found[*index]) {
            if let Inside::Hangul(korean) = &each.gloss.inside {
                notes.entry(korean).or_insert((each.note, each.note)).1 = each.note;
            }
        }
        let mut settled = Vec::new();
        for index in indexes {
            let gloss = &found[*index].gloss;
            let Inside::Hangul(korean) = &gloss.inside else { continue };
            let agreed = notes.get(korean.as_str()).is_some_and(|(first, last)| first != last);
            let known = gloss.defines || gloss.in_heading || found[*index].is_title || agreed;
            if known && self.is_term(korean) && !word::is_remark(korean) {
                settled.push((*index, gloss.before.clone()));
            }
        }
        settled
    }

    fn ends_term(&mut self, word: &str) -> bool {
        self.shape(word).is_noun() && word::can_end(word)
    }

    fn shape(&mut self, word: &str) -> Shape {
        if let Some(shape) = self.shapes.get(word) {
            return *shape;
        }
        let shape = shape(word, &mut self.analyzer);
        self.shapes.insert(word.to_owned(), shape);
        shape
    }
}

fn settle(found: &Found<'_>, term: String, notes: &[Entry]) -> Settled {
    let gloss = &found.gloss;
    let document = notes.get(found.note.0).map(|entry| &entry.document);
    let section = |heading: Option<usize>| {
        let sections = document.into_iter().flat_map(|document| &document.sections);
        sections.into_iter().find(|section| section.heading == heading).map_or("", |section| section.text.as_str())
    };
    let (rank, meaning) = if found.is_title {
        (Rank::Title, first_sentence(document.and_then(|document| document.excerpt.as_deref()).unwrap_or_default()))
    } else if gloss.in_heading {
        (Rank::Heading, first_sentence(section(gloss.heading)))
    } else if gloss.defines {
        (Rank::Definition, gloss.sentence.clone())
    } else {
        (Rank::Mention, gloss.sentence.clone())
    };
    let other = Some(other_name(&gloss.inside));
    // `다음과 같다` and a formula explain nothing by themselves.
    let points =
        ["다음", "아래", "위", "먼저", "$"].iter().any(|start| meaning.starts_with(start)) || meaning.ends_with(':');
    let meaning = if points || meaning.chars().count() < 8 { Meaning::Unsaid } else { Meaning::Text(meaning) };
    Settled { note: found.note, heading: gloss.heading, term, other, rank, meaning }
}

/// Whether a term is long enough to be all that a gloss says: two words of it are hardly one short word.
fn fills(term: &str, latin: &str) -> bool {
    let syllables = term.chars().filter(|c| *c != ' ').count();
    syllables >= if is_short(latin) { 2 } else { content_words(latin) + 1 }
}

/// Words of a gloss that a Korean term has words for too.
fn content_words(latin: &str) -> usize {
    let words = latin.split([' ', '-', '/']);
    words.filter(|word| !matches!(word.to_lowercase().as_str(), "of" | "the" | "a" | "and" | "&" | "")).count().max(1)
}

/// All words of a text, all but the first, and so on to the last.
fn endings(text: &str) -> impl Iterator<Item = &str> {
    std::iter::once(text).chain(text.match_indices(' ').map(|(at, _)| &text[at + 1..]))
}

/// One entry for each term, from all places that gloss it.
fn terms(settled: Vec<Settled>, names: &Names) -> Vec<Term> {
    // `Pod(파드)` is the term of `파드(Pod)`, where there is such a one.
    let korean: FxHashMap<(String, String), String> = (settled.iter())
        .filter(|each| each.term.contains(is_syllable))
        .filter_map(|each| {
            let other = each.other.as_deref()?;
            Some(((spelling_key(other), name_key(&each.term)), each.term.clone()))
        })
        .collect();
    let mut by_key: BTreeMap<String, Vec<Settled>> = BTreeMap::new();
    for mut each in settled {
        if let Some(other) = each.other.clone()
            && let Some(term) = korean.get(&(spelling_key(&each.term), name_key(&other)))
        {
            each.other = Some(std::mem::replace(&mut each.term, term.clone()));
        }
        each.term = nfc(&each.term).into_owned();
        by_key.entry(name_key(&each.term)).or_default().push(each);
    }
    by_key.into_values().filter_map(|places| term(places, names)).collect()
}

/// One term from the places that gloss it.
fn term(mut places: Vec<Settled>, names: &Names) -> Option<Term> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for other in places.iter().filter_map(|each| each.other.as_deref()) {
        *counts.entry(other_key(other)).or_default() += 1;
    }
    let glossed: usize = counts.values().sum();
    let defined = places.iter().any(|each| each.rank == Rank::DefinitionList);
    // Of equals the first in order.
    if let Some((key, count)) = counts.iter().rev().max_by_key(|(_, count)| **count) {
        // An everyday word, said of something else each time: `실행(run)`, `실행(docker)`, `실행(redo)`.
        if counts.len() > 2 && count * 2 < glossed && !defined {
            return None;
        }
        places.retain(|each| each.other.as_deref().is_none_or(|other| other_key(other) == *key));
    }
    // What explains most comes first; of equals the first in path order.
    places.sort_by_key(|each| {
        let unsaid = each.meaning == Meaning::Unsaid || each.rank == Rank::Mention;
        (unsaid, each.rank, each.note)
    });
    let note = match names.called(&places.first()?.term) {
        [one] => match one.destination {
            Destination::Note(note) => Some(note),
            _ => None,
        },
        _ => None,
    };
    let mut others: Vec<NoteId> = places.iter().map(|each| each.note).collect();
    let other = most_frequent(places.iter().filter_map(|each| each.other.as_deref()));
    let best = places.into_iter().next()?;
    others.retain(|note| *note != best.note);
    others.sort_unstable();
    others.dedup();
    Some(Term { name: best.term, other, meaning: best.meaning, place: (best.note, best.heading), others, note })
}

/// `States` and `state` are one gloss, and so are those with and without their abbreviation.
fn other_key(other: &str) -> String {
    let words = other.split(',').next().unwrap_or(other);
    let key = spelling_key(words);
    key.strip_suffix('s').map(str::to_owned).unwrap_or(key)
}

/// The spelling that most places use; one with an abbreviation before one without, of equals the first.
fn most_frequent<'a>(spellings: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for spelling in spellings {
        *counts.entry(spelling).or_default() += 1;
    }
    let best = counts.into_iter().rev().max_by_key(|(spelling, count)| (spelling.contains(','), *count));
    best.map(|(spelling, _)| spelling.to_owned())
}

fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Where a name stands in the glossary: which script, and its first letter.
fn group_of(name: &str, language: Language) -> (u8, char) {
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ',
        'ㅎ',
    ];
    let (hangul, latin) = if language == Language::Korean { (0, 1) } else { (1, 0) };
    match name.chars().next() {
        // 588 syllables to each initial consonant.
        Some(first) if is_syllable(first) => {
            let at = (first as usize - '가' as usize) / 588;
            (hangul, INITIALS.get(at).copied().unwrap_or('#'))
        }
        Some(first) if first.is_ascii_alphabetic() => (latin, first.to_ascii_uppercase()),
        _ => (2, '#'),
    }
}
