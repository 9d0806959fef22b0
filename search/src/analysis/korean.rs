//! One Korean word → its terms, by ko-dic.
//!
//! The word goes through lindera; particles, endings, the copula, auxiliary verbs and bound nouns say how a word is used,
//! not what it is about, and leave no term. What remains gives
//!
//! - the **whole**: everything up to the trailing particles and endings (이중화했다 → 이중화, 서버들을 → 서버);
//! - its **pieces**, where it has several morphemes, and the parts of those that ko-dic calls compounds;
//! - for verbs and adjectives their dictionary form (만들어서 → 만들다), also from contracted forms (도와 → 돕다).
//!
//! ko-dic does not know most technical words and cuts them to pieces, sometimes differently with and without a particle:
//! 로드밸런서 → 로드·밸·런·서(particle!), 로드밸런서를 → 로드·밸·런·서·를. Two rules keep such words findable. The whole
//! is taken from the *end* of the word, so a false particle in its middle does no harm (마이크·로·서비스). And where the cut
//! before the trailing particles is doubtful, the longer candidates become wholes too: 로드밸런서 has the wholes 로드밸런 and
//! 로드밸런서, 로드밸런서를 has 로드밸런서 and 로드밸런서를, and the two meet.

use std::sync::Arc;

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera::worker::SegmentWorker;
use lindera_dictionary::viterbi::LexType;
use rustc_hash::FxHashMap;

use super::details::{self, ENTRY_BYTES};
use super::footprint::{self, Attested, Footprint, key};
use super::words::Before;
use super::{TermKind, josa};
use crate::dictionary::Dictionary;
use crate::vocabulary::{Lexicon, Word};

/// Verbs and adjectives that are grammar in nearly every sentence.
const LIGHT_VERBS: [&str; 9] = ["하", "되", "있", "이", "위하", "대하", "통하", "의하", "따르"];

/// The terms of a word and how many positions they take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cut {
    pub terms: Vec<CutTerm>,
    pub positions: u32,
    /// The word was cut into words that the dictionary knows: nothing in it is a fragment.
    pub known: bool,
}

/// A term of a word; offsets count bytes from the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutTerm {
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub position: u32,
    pub kind: TermKind,
}

impl Role {
    fn trails(self) -> bool {
        matches!(self, Self::Trailing | Self::Copula)
    }
}

impl Cut {
    /// Adds the beginning of a word as a whole, unless it is one.
    fn add_whole(&mut self, word: &str, end: usize) {
        if !self.terms.iter().any(|term| term.kind == TermKind::Whole && term.text == word[..end]) {
            self.terms.insert(0, term(&word[..end], 0, end, 0, TermKind::Whole));
        }
    }
}

/// What a morpheme does in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Noun, root, number, foreign word: part of a name.
    Name,
    /// Bound noun or pronoun: part of a name, no term by itself.
    Faint,
    /// Prefix or suffix of a name.
    Affix,
    /// Verb or adjective.
    Verb,
    /// Adverb: a term, no part of a name.
    Adverb,
    /// Particle, ending, auxiliary verb, plural: trails the word.
    Trailing,
    /// The copula: trails the word too.
    Copula,
    /// Determiners, interjections.
    Other,
}

/// A part of a compound.
struct Part {
    /// In bytes.
    length: usize,
    /// The lengths of its own parts, where it is a compound itself.
    parts: Vec<usize>,
}

struct Morpheme {
    start: usize,
    end: usize,
    role: Role,
    /// Reading of Hanja, or dictionary form of a verb.
    form: Option<String>,
    parts: Vec<Part>,
    unknown: bool,
    is_of_lexicon: bool,
}

/// Lindera with its working memory, and the rules above.
pub struct Cutter {
    worker: SegmentWorker,
    ko_dic: lindera::dictionary::Dictionary,
    lexicon: Option<Arc<Lexicon>>,
    /// Which words of the lexicon have been found so far.
    in_use: Vec<bool>,
    footprint: Footprint,
    /// What the notes have, where the dictionary is one that was cut to them.
    attested: Option<Arc<Attested>>,
    buffer: String,
}

impl Cutter {
    pub fn new(dictionary: &Dictionary) -> Self {
        let lexicon = dictionary.lexicon.clone();
        let user = lexicon.as_ref().map(|lexicon| lexicon.user_dictionary());
        let in_use = vec![false; lexicon.as_ref().map_or(0, |lexicon| lexicon.words().len())];
        let segmenter = Segmenter::new(Mode::Normal, dictionary.lindera.clone(), user);
        Self {
            worker: segmenter.into_worker(),
            ko_dic: dictionary.lindera.clone(),
            lexicon,
            in_use,
            footprint: Footprint::default(),
            attested: dictionary.attested.clone(),
            buffer: String::new(),
        }
    }

    /// Takes over what another cutter found so far, and gives the words that are new to it.
    pub fn take_over(&mut self, before: &mut Self) -> Vec<String> {
        self.footprint = std::mem::take(&mut before.footprint);
        let Some(lexicon) = self.lexicon.clone() else { return Vec::new() };
        let known: FxHashMap<&str, bool> = match &before.lexicon {
            Some(lexicon) => {
                lexicon.words().iter().map(|word| word.surface.as_str()).zip(before.in_use.iter().copied()).collect()
            }
            None => FxHashMap::default(),
        };
        let mut new = Vec::new();
        for (word, in_use) in lexicon.words().iter().zip(&mut self.in_use) {
            match known.get(word.surface.as_str()) {
                Some(&was) => *in_use |= was,
                None => new.push(word.surface.clone()),
            }
        }
        new
    }

    /// The words of the lexicon that were found so far.
    pub fn words_in_use(&self) -> impl Iterator<Item = &Word> {
        let words = self.lexicon.as_ref().map_or(&[][..], |lexicon| lexicon.words());
        words.iter().zip(&self.in_use).filter(|(_, in_use)| **in_use).map(|(word, _)| word)
    }

    /// What of ko-dic was made use of so far.
    pub fn footprint(&self) -> &Footprint {
        &self.footprint
    }

    /// Cuts a word.
    pub fn cut(&mut self, word: &str, before: Before) -> Cut {
        self.footprint.characters.extend(word.chars());
        match before {
            Before::Nothing => self.cut_alone(word),
            // `UDP의`: with nothing after it, ko-dic takes 의 for a noun.
            Before::Word | Before::Digit if josa::is_possessive(word) => terms(word, &[]),
            Before::Word | Before::Digit => {
                let attached = self.morphemes(if before == Before::Digit { "1" } else { "A" }, word);
                // A noun right after a Latin word is cut as it is when it stands alone.
                match attached.first().map(|first| first.role) {
                    Some(Role::Name | Role::Verb | Role::Adverb) if before == Before::Word => self.cut_alone(word),
                    _ => terms(word, &attached),
                }
            }
        }
    }

    /// Cuts a word that follows a space: as ko-dic says, unless the word without its particle says otherwise.
    fn cut_alone(&mut self, word: &str) -> Cut {
        let mut whole = self.morphemes("", word);
        if begins_with_grammar(word, &whole) {
            // 인가 is no copula at the beginning of a word: it is a noun that ko-dic takes for one.
            whole = vec![unknown(word)];
        }
        if is_verb(&whole) && self.is_noun(word) {
            // 거래 is a noun, and also a form of 걸다: both hold.
            let mut cut = terms(word, &[noun(word)]);
            cut.terms.extend(terms(word, &whole).terms.into_iter().filter(|term| term.kind == TermKind::Whole));
            return cut;
        }
        let Some(shorter) = josa::without_particle(word) else { return terms(word, &whole) };
        let mut without = self.morphemes("", shorter);
        if begins_with_grammar(shorter, &without) {
            without = vec![unknown(shorter)];
        } else if is_verb(&without) && self.is_noun(shorter) {
            without = vec![noun(shorter)];
        }
        // No form of a verb ends in 의.
        let verb = whole.first().is_some_and(|first| first.role == Role::Verb);
        let clean = is_clean(&whole) && !(verb && word.ends_with('의'));
        if let [Morpheme { role: Role::Name, unknown: false, .. }] = without.as_slice() {
            // A noun of the dictionary and a particle (객체의). Where ko-dic knows the word otherwise, both hold: 복잡도 is
            // also 복잡 and 도, 설치는 also a form of 설치다.
            let mut cut = terms(shorter, &without);
            let other = whole.first().filter(|first| clean && first.end != shorter.len());
            if let Some(other) = other.filter(|other| other.role != Role::Name || other.end == word.len()) {
                let text = other.form.as_deref().unwrap_or(&word[..other.end]);
                cut.terms.insert(0, term(text, 0, other.end, 0, TermKind::Whole));
            }
            return cut;
        }
        if clean {
            return terms(word, &whole);
        }
        let (stem, trail) = without.split_at(stem_length(shorter, &without));
        if trail.is_empty() && stem.last().is_some_and(|last| matches!(last.role, Role::Name | Role::Affix)) {
            // Again, because the shorter word may end in another particle.
            let mut cut = self.cut_alone(shorter);
            if is_doubtful(shorter, stem) {
                cut.add_whole(word, word.len());
            }
            return cut;
        }
        let mut cut = terms(word, &whole);
        if !cut.terms.is_empty() {
            cut.add_whole(word, shorter.len());
        }
        cut
    }

    /// Whether ko-dic has a common noun of exactly this surface.
    fn is_noun(&mut self, word: &str) -> bool {
        let characters: Vec<char> = word.chars().collect();
        let dictionary = &self.ko_dic.prefix_dictionary;
        let found = dictionary.common_prefix_search(&characters).find(|(_, end)| *end == characters.len());
        let entries = found.map_or(&[][..], |(entries, _)| entries.as_chunks::<ENTRY_BYTES>().0);
        let mut numbers = entries.iter().map(|&[a, b, c, d, ..]| u32::from_le_bytes([a, b, c, d]));
        let noun = numbers.find(|&number| self.ko_dic.word_details_iter(number as usize).next() == Some("NNG"));
        self.footprint.entries.extend(noun.map(|number| (number, word.into())));
        noun.is_some()
    }

    /// Lindera's morphemes of `stand_in` and the word, without those of the stand-in.
    fn morphemes(&mut self, stand_in: &str, word: &str) -> Vec<Morpheme> {
        self.buffer.clear();
        self.buffer.push_str(stand_in);
        self.buffer.push_str(word);
        // Lindera has no way to fail on plain text; if it finds one, the word is its own term.
        let Ok(tokens) = self.worker.segment(&self.buffer) else { return vec![unknown(word)] };
        let joins = || footprint::joins(&self.ko_dic, self.lexicon.as_deref(), &tokens);
        let is_joined = match &self.attested {
            Some(attested) => attested.has_all(joins()),
            None => true,
        };
        if self.attested.is_none() {
            self.footprint.add(&tokens, joins());
        }
        let mut morphemes = Vec::with_capacity(tokens.len());
        for token in tokens.iter().filter(|token| token.byte_end > stand_in.len()) {
            let start = token.byte_start.saturating_sub(stand_in.len());
            let end = token.byte_end - stand_in.len();
            let surface = &word[start..end];
            let id = token.word_id.id() as usize;
            if token.word_id.lex_type() == LexType::User {
                let word = self.lexicon.as_ref().and_then(|lexicon| lexicon.words().get(id));
                self.in_use.get_mut(id).into_iter().for_each(|in_use| *in_use = true);
                let parts =
                    word.into_iter().flat_map(|word| &word.parts).map(|&length| Part { length, parts: Vec::new() });
                let parts = parts.collect();
                morphemes.push(Morpheme {
                    start,
                    end,
                    role: Role::Name,
                    form: None,
                    parts,
                    unknown: false,
                    is_of_lexicon: true,
                });
                continue;
            }
            let mut details = if token.word_id.is_unknown() {
                token.dictionary.unknown_word_details_iter(id)
            } else {
                token.dictionary.word_details_iter(id)
            };
            let mut detail = || details.next().unwrap_or_default();
            let (tag, kind, expression, reading) = (detail(), detail(), detail(), detail());
            let mut morpheme = morpheme(surface, tag, kind, expression, reading);
            (morpheme.start, morpheme.end) = (start, end);
            morpheme.unknown = token.word_id.is_unknown() || tag == "UNKNOWN";
            morphemes.push(morpheme);
        }
        if let Some(attested) = &self.attested {
            let missing = noun_ends(word, &morphemes).find(|&end| attested.lacks(&word[..end]));
            if let Some(end) = missing {
                // A word, though the notes lack it: it is said to be missing, and not corrected.
                morphemes.retain(|morpheme| morpheme.start >= end);
                morphemes.insert(0, noun(&word[..end]));
            } else {
                let known = of_the_notes(word, &morphemes, is_joined, attested);
                if known < morphemes.len() {
                    morphemes = with_rest_unknown(word, morphemes, known, attested);
                }
            }
        } else {
            self.footprint.stems.extend(doubtful_stem(word, &morphemes).map(key));
            let is_word = |word: &&str| {
                self.ko_dic.prefix_dictionary.find_surface_iter(word).next().is_some()
                    || self.lexicon.as_ref().is_some_and(|lexicon| lexicon.has(word))
            };
            let nouns = noun_ends(word, &morphemes).map(|end| &word[..end]);
            self.footprint.passed_over.extend(nouns.filter(is_word).map(Box::from));
        }
        // A word of the lexicon knows its parts, ko-dic knows theirs: 데이터베이스·샤딩 is 데이터·베이스·샤딩, as it is when it
        // stands apart.
        for morpheme in morphemes.iter_mut().filter(|morpheme| morpheme.is_of_lexicon) {
            let mut from = morpheme.start;
            for part in &mut morpheme.parts {
                part.parts = self.parts_of(&word[from..from + part.length]);
                from += part.length;
            }
        }
        morphemes
    }

    /// The byte lengths of the smallest pieces of a word that stands alone; none where it is one piece.
    fn parts_of(&mut self, word: &str) -> Vec<usize> {
        let Ok(tokens) = self.worker.segment(word) else { return Vec::new() };
        if self.attested.is_none() {
            self.footprint.add(&tokens, footprint::joins(&self.ko_dic, self.lexicon.as_deref(), &tokens));
        }
        let mut lengths = Vec::new();
        for token in tokens.iter() {
            let id = token.word_id.id() as usize;
            let length = token.byte_end - token.byte_start;
            if token.word_id.lex_type() == LexType::User {
                let own = self.lexicon.as_ref().and_then(|lexicon| lexicon.words().get(id)).map(|word| &word.parts);
                lengths.extend(own.filter(|parts| !parts.is_empty()).cloned().unwrap_or_else(|| vec![length]));
                continue;
            }
            let mut details = token.dictionary.word_details_iter(id);
            let mut detail = || details.next().unwrap_or_default();
            let (tag, kind, expression) = (detail(), detail(), detail());
            // Anything but nouns is no part.
            if token.word_id.is_unknown() || !matches!(role(tag, ""), Role::Name | Role::Affix) {
                return Vec::new();
            }
            let own = details::parts(&token.surface, kind, expression);
            lengths.extend(if own.is_empty() { vec![length] } else { own });
        }
        if lengths.len() > 1 { lengths } else { Vec::new() }
    }
}

/// Whether a word is cut as a form of a verb.
fn is_verb(morphemes: &[Morpheme]) -> bool {
    morphemes.first().is_some_and(|first| first.role == Role::Verb)
}

fn noun(word: &str) -> Morpheme {
    Morpheme { unknown: false, ..unknown(word) }
}

fn unknown(word: &str) -> Morpheme {
    let (parts, end) = (Vec::new(), word.len());
    Morpheme { start: 0, end, role: Role::Name, form: None, parts, unknown: true, is_of_lexicon: false }
}

/// What a morpheme with this tag does in a word.
fn role(tag: &str, surface: &str) -> Role {
    match tag.split('+').next().unwrap_or(tag) {
        "NNG" | "NNP" | "NNBC" | "NR" | "XR" | "SL" | "SH" | "SN" | "UNKNOWN" => Role::Name,
        "NNB" | "NP" => Role::Faint,
        "XPN" => Role::Affix,
        "XSN" if surface == "들" => Role::Trailing,
        "XSN" => Role::Affix,
        "VV" | "VA" => Role::Verb,
        "MAG" => Role::Adverb,
        "MM" | "MAJ" | "IC" => Role::Other,
        "VCP" => Role::Copula,
        _ => Role::Trailing,
    }
}

fn morpheme(surface: &str, tag: &str, kind: &str, expression: &str, reading: &str) -> Morpheme {
    let mut morpheme = unknown(surface);
    morpheme.role = role(tag, surface);
    match morpheme.role {
        Role::Verb => {
            let stem = details::stem(surface, kind, expression);
            morpheme.form = (!LIGHT_VERBS.contains(&stem)).then(|| format!("{stem}다"));
            if morpheme.form.is_none() {
                morpheme.role = Role::Trailing;
            }
        }
        Role::Name => {
            let parts = details::parts(surface, kind, expression);
            morpheme.parts = parts.into_iter().map(|length| Part { length, parts: Vec::new() }).collect();
            // Only Hanja are read: `SL` entries have readings that nobody types.
            if !reading.is_empty() && reading != "*" && surface.chars().any(is_hanja) {
                morpheme.form = Some(reading.to_owned());
            }
        }
        _ => {}
    }
    morpheme
}

fn is_hanja(character: char) -> bool {
    matches!(character, '㐀'..='䶿' | '一'..='鿿' | '\u{F900}'..='\u{FAFF}')
}

/// How many morphemes are left without the trailing particles and endings.
fn stem_length(word: &str, morphemes: &[Morpheme]) -> usize {
    let trails = |at: usize| morphemes[at].role.trails() || at > 0 && is_genitive(word, &morphemes[at]);
    (0..morphemes.len()).rev().find(|&at| !trails(at)).map_or(0, |last| last + 1)
}

/// Whether a word of two syllables or more begins with the copula, which nothing but another word can stand before.
fn begins_with_grammar(word: &str, morphemes: &[Morpheme]) -> bool {
    let copula = morphemes.first().is_some_and(|first| first.role == Role::Copula);
    copula && word.chars().nth(1).is_some() && !morphemes.iter().any(|morpheme| !morpheme.role.trails())
}

/// One word that ko-dic knows, with or without what trails it.
fn is_clean(morphemes: &[Morpheme]) -> bool {
    match morphemes {
        [] => true,
        [first, rest @ ..] => {
            matches!(first.role, Role::Name | Role::Verb | Role::Adverb)
                && !first.unknown
                && rest.iter().all(|morpheme| morpheme.role.trails())
        }
    }
}

fn terms(word: &str, morphemes: &[Morpheme]) -> Cut {
    let mut cut = Cut { known: is_known(word, morphemes), ..Cut::default() };
    let (stem, trail) = morphemes.split_at(stem_length(word, morphemes));
    let names = stem.iter().filter(|morpheme| matches!(morpheme.role, Role::Name | Role::Affix)).count();
    let several = stem.len() > 1 && names > 0;
    if several {
        whole(word, stem, &mut cut);
    }
    if is_doubtful(word, stem) || several && trail.first().is_some_and(|first| first.role == Role::Copula) {
        for end in stem.last().into_iter().chain(trail.iter().take(4)).map(|morpheme| morpheme.end) {
            cut.add_whole(word, end);
        }
    }
    let kind = if several { TermKind::Piece } else { TermKind::Whole };
    for (at, morpheme) in stem.iter().enumerate() {
        match morpheme.role {
            // A verb right in front of a name is a name that ko-dic does not know: 캐·싱, 로드·밸·런.
            Role::Verb if several && stem.get(at + 1).is_some_and(|next| !next.role.trails()) => {
                piece(word, morpheme, None, kind, &mut cut);
            }
            Role::Name | Role::Verb | Role::Adverb => piece(word, morpheme, morpheme.form.as_deref(), kind, &mut cut),
            Role::Affix if several => piece(word, morpheme, None, kind, &mut cut),
            _ => {}
        }
    }
    cut
}

/// 의 is a particle. With nothing after it, ko-dic takes it for a noun, because a noun has to follow the particle.
fn is_genitive(word: &str, morpheme: &Morpheme) -> bool {
    &word[morpheme.start..morpheme.end] == "의"
}

/// The stem as one term, Hanja as they are read.
fn whole(word: &str, stem: &[Morpheme], cut: &mut Cut) {
    let end = stem.last().map_or(0, |morpheme| morpheme.end);
    let mut text = String::with_capacity(end);
    for morpheme in stem {
        match (&morpheme.form, morpheme.role) {
            (Some(form), Role::Verb) if morpheme.end == end => text.push_str(form),
            (Some(reading), Role::Name) => text.push_str(reading),
            _ => text.push_str(&word[morpheme.start..morpheme.end]),
        }
    }
    cut.terms.push(term(&text, 0, end, 0, TermKind::Whole));
}

/// Whether what trails this stem may belong to it: ko-dic met something that it does not know.
fn is_doubtful(word: &str, stem: &[Morpheme]) -> bool {
    let crumb = |morpheme: &Morpheme| {
        morpheme.role == Role::Name && word[morpheme.start..morpheme.end].chars().nth(1).is_none()
    };
    match stem {
        [] => false,
        [only] => only.unknown,
        [.., last] => {
            let in_place = |part: &Morpheme| matches!(part.role, Role::Name | Role::Affix | Role::Adverb);
            crumb(last) || stem.iter().any(|part| part.unknown || !in_place(part))
        }
    }
}

/// Whether a piece of a stem is a word by chance only too easily, so that its neighbours have to vouch for it.
fn is_crumb(word: &str, stem: &[Morpheme], at: usize) -> bool {
    let is_long = |part: &Morpheme| word[part.start..part.end].chars().nth(1).is_some();
    let is_name = |part: &Morpheme| part.role == Role::Name && !part.unknown && is_long(part);
    let part = &stem[at];
    let before = at.checked_sub(1).and_then(|before| stem.get(before));
    let behind = stem.get(at + 1);
    match part.role {
        _ if part.unknown => true,
        Role::Affix => !before.is_some_and(is_name) && !behind.is_some_and(is_name),
        // None of these is a term.
        Role::Trailing | Role::Copula | Role::Faint | Role::Other => false,
        Role::Verb => !is_long(part) && !behind.is_some_and(|behind| behind.role.trails()),
        Role::Name | Role::Adverb => !is_long(part),
    }
}

/// Where a noun may end that is cut up for want of it: at the end of the word, of its stem, and before a particle.
fn noun_ends(word: &str, morphemes: &[Morpheme]) -> impl Iterator<Item = usize> {
    let stem = stem_length(word, morphemes);
    let is_taken = |at: usize, part: &Morpheme| at == 0 && part.role == Role::Name && !part.unknown;
    morphemes.iter().enumerate().rev().filter_map(move |(at, part)| {
        let ends = part.end == word.len()
            || at + 1 == stem && matches!(part.role, Role::Name | Role::Affix)
            || josa::is_particle(&word[part.end..]);
        (ends && !is_taken(at, part)).then_some(part.end)
    })
}

/// The part of a word that only notes can vouch for, if there is one: its stem, when a piece of that is a crumb; all of it,
/// when a single syllable is followed by what is no particle (강인 is hardly 강 and 인).
fn doubtful_stem<'a>(word: &'a str, morphemes: &[Morpheme]) -> Option<&'a str> {
    let stem = &morphemes[..stem_length(word, morphemes)];
    let end = stem.last()?.end;
    if let [only] = stem {
        let (syllables, trail) = word.split_at(end);
        let doubtful = syllables.chars().nth(1).is_none() && only.role != Role::Verb && !trail.is_empty();
        return (doubtful && !josa::is_particle(trail)).then_some(word);
    }
    (0..stem.len()).any(|at| is_crumb(word, stem, at)).then(|| &word[..end])
}

/// How many morphemes of a query's word, from its beginning, can be of the notes, as far as they say so themselves.
///
/// A dictionary that was cut to some notes lacks the words that these lack, and lindera puts fragments in their place:
/// 페이로드 would become 페이 and 로드. `is_joined`: words of these kinds stand side by side in the notes.
fn of_the_notes(word: &str, morphemes: &[Morpheme], is_joined: bool, attested: &Attested) -> usize {
    let stem = &morphemes[..stem_length(word, morphemes)];
    if stem.len() < 2 {
        let is_short = stem.first().is_some_and(|only| word[..only.end].chars().nth(1).is_none());
        let vouched = doubtful_stem(word, morphemes).is_none_or(|stem| attested.has_stem(stem));
        return if vouched && (is_joined || !is_short) { morphemes.len() } else { 0 };
    }
    // What can be reached by whole words, and by crumbs that stand so in the notes.
    let mut is_reached = vec![false; stem.len() + 1];
    is_reached[0] = true;
    for from in 0..stem.len() {
        if !is_reached[from] {
            continue;
        }
        is_reached[from + 1] |= !is_crumb(word, stem, from);
        for to in from + 2..=stem.len() {
            is_reached[to] = is_reached[to] || attested.has_stem(&word[stem[from].start..stem[to - 1].end]);
        }
    }
    let reached = is_reached.iter().rposition(|reached| *reached).unwrap_or_default();
    if reached == stem.len() { morphemes.len() } else { reached }
}

/// A word of which only so many morphemes are of the notes. A word of the vocabulary is no fragment, and remains one at its
/// beginning (무중단호랑이); the rest is a word that the notes lack.
fn with_rest_unknown(word: &str, mut morphemes: Vec<Morpheme>, known: usize, attested: &Attested) -> Vec<Morpheme> {
    let end = morphemes.iter().take(known).rfind(|last| last.is_of_lexicon).map_or(0, |last| last.end);
    if end == 0 {
        let reading = attested.reading(word);
        return vec![Morpheme { unknown: reading.is_none(), form: reading, ..unknown(word) }];
    }
    morphemes.retain(|morpheme| morpheme.end <= end);
    // No fragment, though nothing has it: it is said to be missing, and not corrected.
    morphemes.push(Morpheme { start: end, end: word.len(), ..noun(&word[end..]) });
    morphemes
}

/// Whether a word was cut into words and not into fragments: no part of its stem is unknown or a lone syllable, except
/// an affix, or a noun of one syllable behind a longer one (상태값, 서버측).
fn is_known(word: &str, morphemes: &[Morpheme]) -> bool {
    let stem = &morphemes[..stem_length(word, morphemes)];
    let long = |part: &Morpheme| word[part.start..part.end].chars().nth(1).is_some();
    stem.iter().enumerate().all(|(at, part)| match part.role {
        Role::Name => {
            !part.unknown && (stem.len() == 1 || long(part) || at + 1 == stem.len() && stem[..at].iter().all(long))
        }
        Role::Affix | Role::Faint => true,
        Role::Verb | Role::Adverb | Role::Other => stem.len() == 1,
        Role::Trailing | Role::Copula => false,
    })
}

/// One morpheme and, at the same and the following positions, its parts.
fn piece(word: &str, morpheme: &Morpheme, form: Option<&str>, kind: TermKind, cut: &mut Cut) {
    let &Morpheme { start, end, ref parts, .. } = morpheme;
    let surface = &word[start..end];
    let position = cut.positions;
    cut.terms.push(term(form.unwrap_or(surface), start, end, position, kind));
    if morpheme.role == Role::Name && form.is_some() {
        cut.terms.push(term(surface, start, end, position, kind));
    }
    let mut from = start;
    for part in parts {
        let part_position = cut.positions;
        cut.terms.push(term(&word[from..from + part.length], from, from + part.length, part_position, TermKind::Part));
        let mut inner = from;
        for &length in &part.parts {
            cut.terms.push(term(&word[inner..inner + length], inner, inner + length, cut.positions, TermKind::Part));
            cut.positions += 1;
            inner += length;
        }
        cut.positions = cut.positions.max(part_position + 1);
        from += part.length;
    }
    cut.positions = cut.positions.max(position + 1);
}

fn term(text: &str, start: usize, end: usize, position: u32, kind: TermKind) -> CutTerm {
    CutTerm { text: text.to_owned(), start, end, position, kind }
}
