//! Answers remembered between checks: `links.json` in the user's cache folder.
//!
//! A link that opened is taken to open for a week, one that did not is asked after again the next day. A file that
//! cannot be read or written only means that more is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use url::Url;

use super::Answer;

const DAY: u64 = 24 * 60 * 60;

/// Where answers are kept.
pub fn place() -> Option<PathBuf> {
    Some(crate::cache::folder()?.join("links.json"))
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Remembered {
    /// Seconds since 1970.
    at: u64,
    answer: Answer,
}

/// Remembered answers that still count.
#[derive(Debug)]
pub struct Cache {
    path: Option<PathBuf>,
    now: u64,
    answers: BTreeMap<String, Remembered>,
}

impl Cache {
    pub fn open(path: Option<&Path>) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let text = path.and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        let mut answers: BTreeMap<String, Remembered> = serde_json::from_slice(&text).unwrap_or_default();
        answers.retain(|_, remembered| {
            let days = if matches!(remembered.answer, Answer::Dead(_)) { 1 } else { 7 };
            // From the future comes what was written under a wrong clock.
            remembered.at <= now && now - remembered.at < days * DAY
        });
        Self { path: path.map(Path::to_owned), now, answers }
    }

    pub fn get(&self, url: &Url) -> Option<Answer> {
        self.answers.get(url.as_str()).map(|remembered| remembered.answer.clone())
    }

    pub fn put(&mut self, url: &Url, answer: &Answer) {
        // A host that was not found costs nobody anything to look for again.
        if *answer != Answer::Unknown && !answer.is_lost() {
            let remembered = Remembered { at: self.now, answer: answer.clone() };
            self.answers.insert(url.as_str().to_owned(), remembered);
        }
    }

    /// Writes the answers, beside the file first, so that another check never reads half of them.
    pub fn save(&self) {
        let Some(path) = &self.path else { return };
        let (Some(folder), Ok(text)) = (path.parent(), serde_json::to_vec(&self.answers)) else { return };
        let beside = folder.join(format!("links.{}.json", std::process::id()));
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&beside, text));
        if written.and_then(|()| std::fs::rename(&beside, path)).is_err() {
            let _ = std::fs::remove_file(&beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::Fault;

    #[test]
    fn good_answers_last_a_week_and_bad_ones_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("새 폴더/links.json");
        let url = |host: &str| Url::parse(&format!("https://{host}/")).unwrap();
        let mut cache = Cache::open(Some(&path));
        for (host, days, answer) in [
            ("a", 6, Answer::Alive),
            ("b", 8, Answer::Alive),
            ("c", 0, Answer::Dead(Fault::Status(404))),
            ("d", 2, Answer::Dead(Fault::Status(404))),
            ("e", 0, Answer::Unknown),
        ] {
            cache.put(&url(host), &answer);
            if let Some(remembered) = cache.answers.get_mut(url(host).as_str()) {
                remembered.at -= days * DAY;
            }
        }
        cache.save();
        let cache = Cache::open(Some(&path));
        assert_eq!(cache.answers.keys().collect::<Vec<_>>(), ["https://a/", "https://c/"]);
        std::fs::write(&path, "{ 깨진").unwrap();
        assert_eq!(Cache::open(Some(&path)).answers.len(), 0);
    }
}
