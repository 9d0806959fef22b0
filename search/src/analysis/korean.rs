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

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera::worker::SegmentWorker;

use super::words::Before;
use super::{TermKind, josa};
use crate::dictionary::Dictionary;

/// Verbs and adjectives that are grammar in nearly every sentence.
const LIGHT_VERBS: [&str; 9] = ["하", "되", "있", "이", "위하", "대하", "통하", "의하", "따르"];

/// The terms of a word and how many positions they take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cut {
    pub terms: Vec<CutTerm>,
    pub positions: u32,
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

struct Morpheme {
    start: usize,
    end: usize,
    role: Role,
    /// Reading of Hanja, or dictionary form of a verb.
    form: Option<String>,
    /// Byte lengths of a compound's parts.
    parts: Vec<usize>,
    unknown: bool,
}

/// Lindera with its working memory, and the rules above.
pub struct Cutter {
    worker: SegmentWorker,
    buffer: String,
}

impl Cutter {
    pub fn new(dictionary: &Dictionary) -> Self {
        let segmenter = Segmenter::new(Mode::Normal, dictionary.lindera.clone(), None);
        Self { worker: segmenter.into_worker(), buffer: String::new() }
    }

    /// Cuts a word.
    pub fn cut(&mut self, word: &str, before: Before) -> Cut {
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
        let whole = self.morphemes("", word);
        let Some(shorter) = josa::without_particle(word) else { return terms(word, &whole) };
        let without = self.morphemes("", shorter);
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

    /// Lindera's morphemes of `stand_in` and the word, without those of the stand-in.
    fn morphemes(&mut self, stand_in: &str, word: &str) -> Vec<Morpheme> {
        self.buffer.clear();
        self.buffer.push_str(stand_in);
        self.buffer.push_str(word);
        // Lindera has no way to fail on plain text; if it finds one, the word is its own term.
        let Ok(tokens) = self.worker.segment(&self.buffer) else { return vec![unknown(word)] };
        let mut morphemes = Vec::with_capacity(tokens.len());
        for token in tokens.iter().filter(|token| token.byte_end > stand_in.len()) {
            let start = token.byte_start.saturating_sub(stand_in.len());
            let end = token.byte_end - stand_in.len();
            let surface = &word[start..end];
            let id = token.word_id.id() as usize;
            let mut details = if token.word_id.is_unknown() {
                token.dictionary.unknown_word_details_iter(id)
            } else {
                token.dictionary.word_details_iter(id)
            };
            let mut detail = || details.next().unwrap_or_default();
            let (tag, kind, expression, reading) = (detail(), detail(), detail(), detail());
            let mut morpheme = morpheme(surface, tag, kind, expression, reading);
            (morpheme.start, morpheme.end, morpheme.unknown) = (start, end, token.word_id.is_unknown());
            morphemes.push(morpheme);
        }
        morphemes
    }
}

fn unknown(word: &str) -> Morpheme {
    Morpheme { start: 0, end: word.len(), role: Role::Name, form: None, parts: Vec::new(), unknown: true }
}

fn morpheme(surface: &str, tag: &str, kind: &str, expression: &str, reading: &str) -> Morpheme {
    let mut morpheme = unknown(surface);
    let first_tag = tag.split('+').next().unwrap_or(tag);
    morpheme.role = match first_tag {
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
    };
    match morpheme.role {
        Role::Verb => {
            // An inflected form says its stem in the expression: `돕/VV/*+아/EC/*`.
            let written = expression.split('/').next().unwrap_or(surface);
            let stem = match written.parse::<usize>() {
                Ok(length) => surface.get(..length).unwrap_or(surface),
                Err(_) if kind == "Inflect" => written,
                Err(_) => surface,
            };
            morpheme.form = (!LIGHT_VERBS.contains(&stem)).then(|| format!("{stem}다"));
            if morpheme.form.is_none() {
                morpheme.role = Role::Trailing;
            }
        }
        Role::Name => {
            if matches!(kind, "Compound" | "Preanalysis") {
                morpheme.parts = parts(surface, expression);
            }
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

/// Byte lengths of a compound's parts, when the parts are the surface cut up: `9/NNG/*+6/NNG/*`.
fn parts(surface: &str, expression: &str) -> Vec<usize> {
    let lengths: Option<Vec<usize>> =
        expression.split('+').map(|part| part.split('/').next().and_then(|length| length.parse().ok())).collect();
    let whole = |lengths: &Vec<usize>| lengths.len() > 1 && lengths.iter().sum::<usize>() == surface.len();
    lengths.filter(whole).unwrap_or_default()
}

/// How many morphemes are left without the trailing particles and endings.
fn stem_length(word: &str, morphemes: &[Morpheme]) -> usize {
    let trails = |at: usize| morphemes[at].role.trails() || at > 0 && is_genitive(word, &morphemes[at]);
    (0..morphemes.len()).rev().find(|&at| !trails(at)).map_or(0, |last| last + 1)
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
    let mut cut = Cut::default();
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
            // A verb in front of a name is a name that ko-dic does not know: 캐·싱, 로드·밸·런.
            Role::Verb if several && at + 1 < stem.len() => piece(word, morpheme, None, kind, &mut cut),
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
    for &length in parts {
        cut.terms.push(term(&word[from..from + length], from, from + length, cut.positions, TermKind::Part));
        cut.positions += 1;
        from += length;
    }
    cut.positions = cut.positions.max(position + 1);
}

fn term(text: &str, start: usize, end: usize, position: u32, kind: TermKind) -> CutTerm {
    CutTerm { text: text.to_owned(), start, end, position, kind }
}
