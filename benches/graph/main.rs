//! What the page with the graph weighs and how soon it is there.
//!
//! ```sh
//! cargo bench --bench graph                        # 5,000 notes
//! cargo bench --bench graph -- --notes 1000,10000
//! ```
//!
//! Notes are made with links as people make them: mostly within a folder, some across, a few hubs, some notes without
//! any. The page is compressed as a server does it (`gzip -6`) and opened in Chromium from the disk; what counts is the
//! time from the start of the navigation until the page is loaded, its script has run and a frame has been drawn after
//! that. Then the pointer drags the graph for a while, and the longest wait between two frames is told. The page of
//! 5,000 notes must stay below 1.5 MB and two seconds, or the benchmark fails.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on should stop")]

#[path = "../../tests/common/browser.rs"]
mod browser;
#[path = "../../tests/common/mod.rs"]
mod common;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use browser::Browser;
use common::Site;

/// The bar for 5,000 notes.
const NOTES: usize = 5_000;
const MOST_BYTES: usize = 1_500_000;
const MOST_MILLISECONDS: f64 = 2_000.0;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut counts = vec![NOTES];
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--notes" => {
                counts = arguments.next().unwrap().split(',').map(|count| count.parse().unwrap()).collect();
            }
            // Cargo's own.
            "--bench" => {}
            other => panic!("unknown argument {other}"),
        }
    }
    println!("|  notes |  links | page kB | gzip kB | build s | open ms | longest frame ms |");
    println!("| -----: | -----: | ------: | ------: | ------: | ------: | ---------------: |");
    for count in counts {
        let site = Site::empty();
        let links = write_notes(&site, count);
        let start = Instant::now();
        site.built();
        let built = start.elapsed().as_secs_f64();
        let page = site.page("graph.html");
        let compressed = gzip(page.as_bytes());
        let (opened, frame) = open(&site);
        println!(
            "| {count:>6} | {links:>6} | {:>7} | {:>7} | {built:>7.2} | {opened:>7.0} | {frame:>16.0} |",
            page.len() / 1000,
            compressed / 1000
        );
        if count == NOTES {
            assert!(compressed < MOST_BYTES, "the page is too large");
            assert!(opened < MOST_MILLISECONDS, "the page opens too late");
        }
    }
}

/// Notes in folders, with links; returns how many links.
fn write_notes(site: &Site, count: usize) -> usize {
    const FOLDERS: [&str; 11] = [
        "네트워크",
        "데이터베이스",
        "운영체제",
        "쿠버네티스",
        "알고리즘",
        "자바",
        "리눅스",
        "보안",
        "회고",
        "책",
        "설계",
    ];
    const WORDS: [&str; 24] = [
        "로드 밸런서",
        "스레드",
        "캐시",
        "트랜잭션",
        "인덱스",
        "큐",
        "프록시",
        "파드",
        "컨테이너",
        "메모리",
        "잠금",
        "복제",
        "샤딩",
        "인증서",
        "로그",
        "배포",
        "테스트",
        "정렬",
        "탐색",
        "해시",
        "이벤트",
        "모니터링",
        "가상화",
        "격리",
    ];
    const KINDS: [&str; 8] = ["정리", "의 원리", " 문제 풀이", " 설정하기", "와 성능", " 회고", " 읽기", "의 함정"];
    let mut state = 7u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let names: Vec<(usize, String)> = (0..count)
        .map(|number| {
            let folder = next(FOLDERS.len()).min(next(FOLDERS.len()));
            (folder, format!("{}{} {number}", WORDS[next(WORDS.len())], KINDS[next(KINDS.len())]))
        })
        .collect();
    let mut by_folder: Vec<Vec<usize>> = vec![Vec::new(); FOLDERS.len()];
    for (number, (folder, _)) in names.iter().enumerate() {
        by_folder[*folder].push(number);
    }
    let mut links = 0;
    for (number, (folder, name)) in names.iter().enumerate() {
        let mut text = format!("---\ntags: [{}]\n---\n\n# {name}\n\n글을 적는다.\n", WORDS[number % WORDS.len()]);
        let wanted = if number % 9 == 0 { 0 } else { 1 + next(5) };
        for _ in 0..wanted {
            let near = &by_folder[*folder];
            let other = match next(10) {
                0 => next(count),
                1 | 2 => near[next(near.len() / 20 + 1)],
                _ => near[next(near.len())],
            };
            text.push_str(&format!("\n- [[{}]]\n", names[other].1));
            links += 1;
        }
        site.add(&format!("content/{}/{name}.md", FOLDERS[*folder]), text);
    }
    links
}

/// How many bytes are left of these, compressed as a server does it.
fn gzip(bytes: &[u8]) -> usize {
    let mut child =
        Command::new("gzip").args(["-6", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(bytes).unwrap());
        child.wait_with_output().unwrap().stdout.len()
    })
}

/// Milliseconds until the page is there, and the longest between two frames while it is dragged.
fn open(site: &Site) -> (f64, f64) {
    let page = site.output().join("graph.html");
    let mut measured = (0.0, 0.0);
    Browser::run(|browser| {
        let measured = &mut measured;
        async move {
            browser.set_width(1440).await;
            browser.open(&site.output().join("index.html")).await;
            browser.open(&page).await;
            let there = "const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));";
            measured.0 = browser.client.execute_async(there, Vec::new()).await.unwrap().as_f64().unwrap();
            let drag = "const done = arguments[arguments.length - 1], stage = document.querySelector('.graph-stage');
                const box = stage.getBoundingClientRect();
                const send = (type, x, y) => stage.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, pointerType: 'mouse', clientX: box.left + x, clientY: box.top + y }));
                let frames = 0, longest = 0, last = performance.now();
                send('pointerdown', 300, 300);
                (function frame(now) {
                  if (frames > 2) longest = Math.max(longest, now - last);
                  last = now;
                  if (++frames > 30) { send('pointerup', 300, 300); return done(longest); }
                  send('pointermove', 300 + frames * 5, 300 + frames * 3);
                  requestAnimationFrame(frame);
                })(last);";
            measured.1 = browser.client.execute_async(drag, Vec::new()).await.unwrap().as_f64().unwrap();
        }
    });
    measured
}
