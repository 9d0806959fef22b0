//! A site's search in a real Chromium, opened from the disk: what is loaded until the first answer and how long that takes,
//! how long later queries take, what memory it has, and whether it answers as the terminal does.
//!
//! Sizes are those of the files as a server sends them, compressed with gzip. Every first answer is that of a browser that
//! has nothing of the site yet.

use std::path::Path;

use seoga_search::{SearchOptions, Searcher};
use serde_json::Value;
use url::Url;

use crate::browser::Browser;
use crate::loading::sent;

/// Browsers that are started for the first answer.
const FIRST_ANSWERS: usize = 5;
/// Queries that a page is asked at a time.
const AT_A_TIME: usize = 25;

/// Opens the search by its key, types a query and waits for a hit; in milliseconds.
const FIRST_ANSWER: &str = "new Promise(answered => {
  const start = performance.now();
  document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
  const type = () => {
    const box = document.querySelector('input.search-input');
    if (!box) return requestAnimationFrame(type);
    box.value = QUERY;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const look = () => document.querySelector('a.search-hit') ? answered(performance.now() - start) : setTimeout(look, 2);
    look();
  };
  type();
})";

/// Asks each query twice: when its blocks may have to be loaded, and when they are there.
const ASK: &str = "(async () => {
  const asked = [];
  for (const query of QUERIES) {
    const cold = await window.seogaEngine.search(query, { limit: 10, language: 'ko' });
    const rounds = cold.rounds, cold_us = cold.took_us;
    const warm = await window.seogaEngine.search(query, { limit: 10, language: 'ko' });
    asked.push({ rounds, cold_us, warm_us: warm.took_us, note: warm.note,
      hits: warm.hits.map(hit => [hit.url, hit.anchor, hit.snippet]) });
  }
  return asked;
})()";

/// Memory in bytes: what the engine has, and what the page's objects have after a collection.
const MEMORY: &str = "(async () => {
  return [await window.seogaEngine.memory(), performance.memory.usedJSHeapSize];
})()";

/// Measures a site with some queries.
pub fn report(site: &Path, searcher: &Searcher, queries: &[String]) {
    let Some(first) = queries.first() else { return };
    let mut times = Vec::new();
    let mut loaded = Vec::new();
    for query in queries.iter().step_by((queries.len() / FIRST_ANSWERS).max(1)).take(FIRST_ANSWERS) {
        Browser::run(|browser| {
            let (times, loaded) = (&mut times, &mut loaded);
            async move {
                browser.client.goto("about:blank").await.unwrap();
                browser.requests().await;
                browser.open(&site.join("notes.html")).await;
                let answered = FIRST_ANSWER.replace("QUERY", &serde_json::json!(query).to_string());
                times.extend(browser.awaited(&answered).await.as_f64());
                let of_search = |url: &String| url.contains("/search") || url.contains("/static/engine.js");
                let files = browser.requests().await.into_iter().filter(of_search);
                let bytes = files.filter_map(|url| Url::parse(&url).ok()?.to_file_path().ok()).map(|file| sent(&file));
                loaded.push(bytes.sum::<usize>());
            }
        });
    }
    times.sort_by(f64::total_cmp);
    loaded.sort_unstable();
    println!("first answer, from the key      {:>8.0} ms at the median, {:.0} at most", middle(&times), most(&times));
    println!(
        "loaded until then               {:>8.1} KB at the median, {:.1} at most",
        kb(middle(&loaded)),
        kb(most(&loaded))
    );
    println!("  of these the engine           {:>8.1} KB", kb(sent(&site.join("static/engine.js"))));
    Browser::run(|browser| async move {
        browser.open(&site.join("notes.html")).await;
        let opened = format!("window.seoga.search({}).then(() => true)", serde_json::json!(first));
        assert_eq!(browser.awaited(&opened).await, true);
        let (mut cold, mut warm, mut rounds, mut different) = (Vec::new(), Vec::new(), 0, Vec::new());
        for (number, some) in queries.chunks(AT_A_TIME).enumerate() {
            let asked = browser.awaited(&ASK.replace("QUERIES", &serde_json::json!(some).to_string())).await;
            let answers = asked.as_array().unwrap_or_else(|| panic!("{asked}"));
            for (query, answer) in some.iter().zip(answers) {
                cold.extend(answer["cold_us"].as_f64().map(|us| us / 1e3));
                warm.extend(answer["warm_us"].as_f64().map(|us| us / 1e3));
                rounds = rounds.max(answer["rounds"].as_u64().unwrap_or(0));
                if answer["hits"] != terminal(searcher, query) {
                    different.push(query.as_str());
                }
            }
            if number == 3 {
                memory(&browser, (number + 1) * AT_A_TIME).await;
            }
        }
        memory(&browser, queries.len()).await;
        for (name, times) in [("again, all there", &mut warm), ("for the first time", &mut cold)] {
            times.sort_by(f64::total_cmp);
            let late = times.get(times.len() * 95 / 100).copied().unwrap_or(0.0);
            println!(
                "{name:31} {:>8.1} ms at the median, {late:.1} at 95 %, {:.1} at most",
                middle(times),
                most(times)
            );
        }
        println!("rounds of loading               {rounds:>8} at most");
        println!("the same ten as the terminal    {:>8} of {}", queries.len() - different.len(), queries.len());
        different.iter().take(10).for_each(|query| println!("  not {query}"));
    });
}

async fn memory(browser: &Browser, queries: usize) {
    for _ in 0..3 {
        browser.devtools("HeapProfiler.collectGarbage", serde_json::json!({})).await;
        browser.pause(100).await;
    }
    let bytes = browser.awaited(MEMORY).await;
    let of = |number: usize| bytes[number].as_f64().unwrap_or(0.0) / 1e6;
    println!(
        "memory after {queries:>4} queries        {:>8.1} MB: engine {:.1}, page {:.1}",
        of(0) + of(1),
        of(0),
        of(1)
    );
}

/// The hits of the terminal, as the page gives them.
fn terminal(searcher: &Searcher, query: &str) -> Value {
    let answer = searcher.search(query, &SearchOptions::default()).unwrap();
    answer.hits.iter().map(|hit| serde_json::json!([hit.url, hit.anchor, hit.snippet])).collect()
}

fn middle<T: Copy + Default>(sorted: &[T]) -> T {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn most<T: Copy + Default>(sorted: &[T]) -> T {
    sorted.last().copied().unwrap_or_default()
}

fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}
