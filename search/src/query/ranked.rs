//! The lists of an answer, one after the other, until there are hits enough.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;
use tantivy::collector::TopDocs;

use super::Searcher;
use super::more::Standing;
use super::plan::{self, Clause, Forms, Planner};
use super::request::Request;
use crate::analysis::Analyzer;
use crate::index::Reader;

/// Sections of one page in a list, while other pages have something to say. With one alone, judged success@3 falls from
/// 0.968 to 0.951, because a note's best section is often not the one that scores first; with ten, nDCG@10 rises by 0.01,
/// but one page may fill the list.
const SECTIONS_A_PAGE: usize = 3;
/// Just the name that was typed comes before any section that only has its words. Without it success@1 of known items
/// falls from 0.964 to 0.953 (vue 0.961 to 0.947).
pub const OF_NAME: f32 = 2000.0;
/// A name that begins with what was typed. Without it success@1 falls by 0.003 to 0.007, a tenth of it costs 0.001 to
/// 0.003.
const OF_HALF_NAME: f32 = 100.0;
/// A name that has the typed initials. A tenth of it costs 0.002 to 0.006 of success@1.
const OF_INITIALS: f32 = 30.0;
/// What a page's standing adds at most is a small part of what a word does: it decides between equals. Twenty times as
/// much would cost judged queries 0.005 of success@1.
const STANDING: f32 = 0.0005;
/// What sets the lists apart in the scores that an answer shows.
const BETWEEN_LISTS: f32 = 1000.0;

/// A section of the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    pub address: DocAddress,
    pub score: f32,
    /// 0: all words as typed; 1: all words, expanded; 2: some of the words.
    pub list: usize,
}

/// Candidates with the pages they belong to.
#[derive(Default)]
struct Candidates {
    /// Section, page.
    found: Vec<(Ranked, u32)>,
    known: FxHashSet<DocAddress>,
}

impl Candidates {
    fn add(&mut self, found: Ranked, page: u32) {
        if self.known.insert(found.address) {
            self.found.push((found, page));
        }
    }

    /// The best sections, list by list: of each the best three of a page, then those left over, so that nothing of a
    /// later list comes before what is in an earlier one.
    fn listed(self, limit: usize) -> Vec<Ranked> {
        let mut listed = Vec::new();
        for list in self.found.chunk_by(|(a, _), (b, _)| a.list == b.list) {
            let mut seen: FxHashMap<u32, usize> = FxHashMap::default();
            let mut left_over = Vec::new();
            for &(found, page) in list {
                let count = seen.entry(page).or_default();
                *count += 1;
                if *count <= SECTIONS_A_PAGE { listed.push(found) } else { left_over.push(found) }
            }
            listed.append(&mut left_over);
        }
        listed.truncate(limit);
        listed
    }
}

/// The sections that answer a request, the best first.
pub fn rank(
    searcher: &Searcher,
    planner: Planner<'_>,
    request: &mut Request,
    limit: usize,
    analyzer: &mut Analyzer,
) -> tantivy::Result<Vec<Ranked>> {
    let mut candidates = Candidates::default();
    if limit == 0 {
        return Ok(Vec::new());
    }
    let most = limit.saturating_mul(8).clamp(64, 4096).max(limit.min(searcher.counts.sections as usize + 1));
    let list = |number: usize, clauses: Vec<Clause>, request: &Request, candidates: &mut Candidates| {
        if clauses.is_empty() || planner.lookup.is_late() {
            return Ok::<_, tantivy::TantivyError>(());
        }
        for (address, score, page) in best(planner.reader, request.restricted(plan::any_of(clauses)), most)? {
            let score = score + BETWEEN_LISTS * (2 - number) as f32;
            candidates.add(Ranked { address, score, list: number }, page);
        }
        Ok(())
    };
    if request.units.is_empty() && request.is_filter() {
        list(0, vec![plan::everything()], request, &mut candidates)?;
    }
    let mut typed: Vec<Clause> = planner.all_of(&request.units, Forms::Typed)?.into_iter().collect();
    typed.extend(request.of_name(planner, OF_NAME)?);
    let half_name = request.is_half_name();
    if half_name {
        typed.extend(request.of_half_name(planner, OF_HALF_NAME)?);
    }
    list(0, typed, request, &mut candidates)?;
    let lookup = planner.lookup;
    if lookup.is_late() && !request.fills(limit, lookup)? {
        // What is to be asked for next is loaded along with the first list.
        request.of_initials(planner, OF_INITIALS)?;
        request.expand(searcher, lookup, true, analyzer)?;
    }
    lookup.settle()?;
    if candidates.found.len() < limit {
        request.expand(searcher, lookup, candidates.found.is_empty(), analyzer)?;
        lookup.settle()?;
        let mut expanded: Vec<Clause> = planner.all_of(&request.units, Forms::All)?.into_iter().collect();
        if !half_name {
            expanded.extend(request.of_half_name(planner, OF_HALF_NAME)?);
        }
        expanded.extend(request.of_initials(planner, OF_INITIALS)?);
        list(1, expanded, request, &mut candidates)?;
    }
    if candidates.found.len() < limit && request.units.len() > 1 {
        let some = planner.some_of(&request.units, Forms::All)?;
        list(2, some.into_iter().collect(), request, &mut candidates)?;
    }
    // Asked for already while it is not known yet that nothing else is found.
    if candidates.found.is_empty() && request.take_apart(lookup, analyzer)? {
        let some = planner.some_of(&request.units, Forms::Typed)?;
        list(2, some.into_iter().collect(), request, &mut candidates)?;
    }
    lookup.settle()?;
    Ok(candidates.listed(limit))
}

/// The best sections of one query with their pages, equal ones by their pages' standing and then in their own order.
fn best(reader: &Reader, query: Clause, most: usize) -> tantivy::Result<Vec<(DocAddress, f32, u32)>> {
    let query = Standing { clause: query, pages: reader.pages.clone(), weight: STANDING };
    let found = reader.searcher.search(&query, &TopDocs::with_limit(most).order_by_score())?;
    Ok(found.into_iter().map(|(score, address)| (address, score, reader.pages.page(address.doc_id))).collect())
}
