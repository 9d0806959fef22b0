//! What readers find among seoga's own notes, class by class: a floor under every class, so that no change lets one fall
//! unseen. `cargo bench --bench search` prints the figures; when they have risen for good, raise the floors.

#![allow(clippy::unwrap_used, reason = "a test may assume what it expects")]

#[path = "../benches/search/evaluation.rs"]
mod evaluation;
#[path = "../benches/search/judged.rs"]
mod judged;
#[path = "../benches/search/known_items.rs"]
mod known_items;
#[path = "../benches/search/score.rs"]
mod score;

use std::path::Path;

use evaluation::{Collection, ask_judged, ask_known};
use known_items::CLASSES;
use score::Scores;

/// Of judged queries (`tests/search/queries.tsv`): success@3 and nDCG@10.
const JUDGED: [(&str, f64, f64); 14] = [
    ("word", 0.98, 0.90),
    ("particle", 0.94, 0.75),
    ("phrase", 0.94, 0.85),
    ("question", 0.80, 0.68),
    ("spacing", 0.98, 0.87),
    ("compound", 0.98, 0.88),
    ("loanword", 0.84, 0.76),
    ("language", 0.94, 0.80),
    ("initials", 0.98, 0.86),
    ("half", 0.98, 0.86),
    ("layout", 0.95, 0.83),
    ("slip", 0.93, 0.82),
    ("code", 0.98, 0.94),
    ("hanja", 0.98, 0.84),
];

/// Of known items: success@3. No lower than what is promised for notes that nobody has tuned on.
const KNOWN: [(&str, f64); 9] = [
    ("exact", 0.99),
    ("particle", 0.99),
    ("spaces removed", 0.99),
    ("spaces added", 0.99),
    ("half-typed", 0.96),
    ("initials", 0.97),
    ("other layout", 0.98),
    ("one-jamo slip", 0.95),
    ("compound part", 0.95),
];

fn hold(scores: &Scores, floor: impl Fn(&str) -> Option<(f64, f64)>) -> Vec<String> {
    let below = scores.classes().filter_map(|(class, figures)| {
        let (success, ndcg) = floor(class)?;
        let fell = figures.success_at_3 < success || figures.ndcg < ndcg;
        fell.then(|| format!("{class}: {:.3} {:.3}, floor {success} {ndcg}", figures.success_at_3, figures.ndcg))
    });
    below.collect()
}

#[test]
fn readers_find_what_they_look_for_in_the_sample_notes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut collection = Collection::of_folder(root);
    let queries = judged::read(&std::fs::read_to_string(root.join("tests/search/queries.tsv")).unwrap()).unwrap();
    assert!(queries.len() >= 300);
    for query in &queries {
        let missing = query.missing(&collection.sections);
        assert!(missing.is_empty(), "`{}`: {missing:?} are not in the notes", query.query);
    }
    let mut missed = Vec::new();
    let scores =
        ask_judged(&collection, &queries, |query, _| missed.push(format!("{} `{}`", query.class, query.query)));
    let floor = |class: &str| JUDGED.iter().find(|floor| floor.0 == class).map(|floor| (floor.1, floor.2));
    assert_eq!(scores.classes().filter(|(class, _)| floor(class).is_some()).count(), JUDGED.len());
    let fell = hold(&scores, floor);
    assert!(fell.is_empty(), "{fell:#?}\nmissed: {missed:#?}");

    let items = collection.known_items(400);
    let mut missed = Vec::new();
    let scores = ask_known(&collection, &items, |item, _| {
        missed.push(format!("{} `{}` for `{}`", item.class, item.query, item.heading))
    });
    let floor = |class: &str| KNOWN.iter().find(|floor| floor.0 == class).map(|floor| (floor.1, 0.0));
    assert_eq!(scores.classes().filter(|(class, _)| floor(class).is_some()).count(), CLASSES.len());
    let fell = hold(&scores, floor);
    assert!(fell.is_empty(), "{fell:#?}\nmissed: {missed:#?}");
}
