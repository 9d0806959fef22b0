//! Words → the query that tantivy runs, built by hand.
//!
//! ```text
//! for each word, in each field (title, heading, tags, text), the best of
//!     a whole of the word                        쿠버네티스
//!     its pieces side by side                    데이터 + 베이스, for 데이터베이스 that the notes write apart
//!     its halves side by side                    로드 + 밸런서, wherever the notes put the space
//! for each two neighbouring words
//!     all their pieces side by side, and both joined into one word
//! for all words together
//!     a bonus for sections that have every one of them
//! ```
//!
//! A section needs one word to be found and all of them to come first. A single fragment of a word is never enough: who
//! types 페이로드 does not want every 로드.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::words::QueryWord;
use crate::index::Fields;

/// A section with all words outranks every section that lacks one: more than any sum of the other scores.
const ALL_WORDS: f32 = 1000.0;
/// Words that stand side by side, beside what the words themselves give.
const NEIGHBOURS: f32 = 0.6;
/// A word written apart is nearly as good as the word.
const APART: f32 = 0.9;

type Clause = Box<dyn Query>;

/// The query for some words; `None` without any.
pub fn query(words: &[QueryWord], fields: &Fields) -> Option<Clause> {
    let weighted = weights(fields);
    let mut clauses: Vec<Clause> = words.iter().map(|word| word_clause(word, &weighted)).collect();
    if clauses.len() > 1 {
        let all = clauses.iter().map(|clause| (Occur::Must, clause.box_clone())).collect();
        let all = ConstScoreQuery::new(Box::new(BooleanQuery::new(all)), ALL_WORDS);
        clauses.extend(words.windows(2).filter_map(|pair| neighbours(pair, fields)));
        clauses.push(Box::new(all));
    }
    (!clauses.is_empty()).then(|| any_of(clauses))
}

/// A heading names its section, a title only its page; a tag is a choice of the writer, text is text.
fn weights(fields: &Fields) -> [(Field, f32); 4] {
    [(fields.title, 2.5), (fields.heading, 4.0), (fields.tags, 2.0), (fields.text, 1.0)]
}

fn word_clause(word: &QueryWord, weighted: &[(Field, f32)]) -> Clause {
    any_of(weighted.iter().map(|&(field, weight)| boosted(best_in(word, field), weight)))
}

/// The word in one field, in the best of its forms.
fn best_in(word: &QueryWord, field: Field) -> Clause {
    let mut forms: Vec<Clause> = word.wholes.iter().map(|whole| term(field, whole)).collect();
    if let Some(apart) = side_by_side(&word.pieces, field) {
        forms.push(boosted(apart, APART));
    }
    for (first, positions, second) in &word.halves {
        let pieces = [(0, first.clone()), (*positions, second.clone())];
        forms.extend(side_by_side(&pieces, field).map(|apart| boosted(apart, APART)));
    }
    // A word of bound nouns only has no whole: any of its pieces.
    if forms.is_empty() {
        forms.extend(word.pieces.iter().map(|(_, piece)| term(field, piece)));
    }
    if forms.len() > 1 { Box::new(DisjunctionMaxQuery::new(forms)) } else { any_of(forms) }
}

/// Two words next to each other, or written as one.
fn neighbours(pair: &[QueryWord], fields: &Fields) -> Option<Clause> {
    let [first, second] = pair else { return None };
    let pieces: Vec<(u32, String)> = first.pieces.iter().chain(&second.pieces).cloned().collect();
    let joined = first.wholes.first().zip(second.wholes.first()).map(|(a, b)| format!("{a}{b}"));
    let clauses = [(fields.heading, 2.0), (fields.text, 1.0)].into_iter().flat_map(|(field, weight)| {
        let together = joined.as_ref().map(|joined| term(field, joined));
        let forms = side_by_side(&pieces, field).into_iter().chain(together);
        forms.map(move |form| boosted(form, weight * NEIGHBOURS))
    });
    Some(any_of(clauses))
}

/// A phrase, scored like one word: tantivy adds up the rarity of all its terms.
fn side_by_side(pieces: &[(u32, String)], field: Field) -> Option<Clause> {
    let (&(first, _), count) = (pieces.first()?, pieces.len());
    if count < 2 {
        return None;
    }
    let terms = pieces.iter().map(|(at, piece)| ((at - first) as usize, Term::from_field_text(field, piece))).collect();
    Some(boosted(Box::new(PhraseQuery::new_with_offset(terms)), 1.0 / count as f32))
}

fn term(field: Field, text: &str) -> Clause {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn boosted(clause: Clause, boost: f32) -> Clause {
    Box::new(BoostQuery::new(clause, boost))
}

fn any_of(clauses: impl IntoIterator<Item = Clause>) -> Clause {
    Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect()))
}
