//! What builds remember in a file: values that are costly to make, by all that they are made of.
//!
//! ```text
//! "seoga memory\0"   then what is remembered and by which versions, and the CRC-32 of all that follows
//! an entry:          its key, then its value
//! ```
//!
//! A file that is missing, damaged or of another version only means that all is made again. What a build did not ask for
//! is forgotten with the next one that writes.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::record::{Record, Rest};

const MAGIC: &[u8] = b"seoga memory\0";

/// A value, and whether it would be the same the next time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made<V> {
    Lasting(V),
    /// Kept for this build only.
    Passing(V),
}

/// What was made before, and what is made now.
#[derive(Debug)]
pub struct Store<K, V> {
    file: Option<PathBuf>,
    version: String,
    before: FxHashMap<K, Arc<V>>,
    now: Mutex<BTreeMap<K, Made<Arc<V>>>>,
}

impl<K, V> Default for Store<K, V> {
    fn default() -> Self {
        Self { file: None, version: String::new(), before: FxHashMap::default(), now: Mutex::default() }
    }
}

impl<K: Record + Clone + Ord + Hash, V: Record> Store<K, V> {
    /// What a file remembers of this version: whatever else than the key decides what a value looks like. Without a file,
    /// nothing lasts longer than the store itself.
    pub fn open(file: Option<PathBuf>, version: &str) -> Self {
        let version = format!("{} {version}", env!("CARGO_PKG_VERSION"));
        let bytes = file.as_deref().and_then(|file| std::fs::read(file).ok()).unwrap_or_default();
        let before = read(&bytes, &version).unwrap_or_default();
        Self { file, version, before, now: Mutex::default() }
    }

    /// Makes a value, or remembers it.
    pub fn get(&self, key: K, make: impl FnOnce(&K) -> Made<V>) -> Arc<V> {
        if let Some(made) = self.lock().get(&key) {
            return made.value();
        }
        let made = match self.before.get(&key) {
            Some(value) => Made::Lasting(Arc::clone(value)),
            None => match make(&key) {
                Made::Lasting(value) => Made::Lasting(Arc::new(value)),
                Made::Passing(value) => Made::Passing(Arc::new(value)),
            },
        };
        self.lock().entry(key).or_insert(made).value()
    }

    /// Writes what this build asked for, if it is not what the file has. What cannot be written is made again.
    pub fn save(&self) {
        let Some(file) = &self.file else { return };
        let now = self.lock();
        let lasting = || now.iter().filter_map(|(key, made)| Some((key, made.lasting()?)));
        let is_known = lasting().all(|(key, _)| self.before.contains_key(key));
        if is_known && self.before.len() <= 2 * now.len() {
            return;
        }
        let _ = write_file(file, &written(lasting(), &self.version));
        if let Some(folder) = file.parent() {
            super::forget_others(folder);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, Made<Arc<V>>>> {
        // Whoever panicked with it in hand left it whole.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Made<Arc<V>> {
    fn value(&self) -> Arc<V> {
        let (Self::Lasting(value) | Self::Passing(value)) = self;
        Arc::clone(value)
    }

    fn lasting(&self) -> Option<&V> {
        if let Self::Lasting(value) = self { Some(value) } else { None }
    }
}

/// Beside the file first, so that nobody ever reads half of it.
fn write_file(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = file.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, file)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

fn head(body: &[u8], version: &str) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    version.to_owned().write(&mut out);
    crc32fast::hash(body).write(&mut out);
    out
}

fn written<'e, K: Record + 'e, V: Record + 'e>(
    entries: impl Iterator<Item = (&'e K, &'e V)>,
    version: &str,
) -> Vec<u8> {
    let mut body = Vec::new();
    for (key, value) in entries {
        key.write(&mut body);
        value.write(&mut body);
    }
    let mut file = head(&body, version);
    file.append(&mut body);
    file
}

fn read<K: Record + Eq + Hash, V: Record>(bytes: &[u8], version: &str) -> Option<FxHashMap<K, Arc<V>>> {
    let length = head(&[], version).len();
    let (found, body) = bytes.split_at_checked(length)?;
    if found != head(body, version) {
        return None;
    }
    let mut rest = Rest::new(body);
    let mut entries = FxHashMap::default();
    while !rest.is_empty() {
        let key = K::read(&mut rest)?;
        entries.insert(key, Arc::new(V::read(&mut rest)?));
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Value = Result<Vec<String>, Option<u64>>;
    type Words = Store<String, Value>;

    #[test]
    fn what_was_written_comes_back_and_what_is_damaged_does_not() {
        let entries: BTreeMap<String, Arc<Value>> = BTreeMap::from([
            ("좋은 것".to_owned(), Arc::new(Ok(vec!["가".to_owned(), String::new()]))),
            ("나쁜 것".to_owned(), Arc::new(Err(Some(3)))),
            ("모르는 것".to_owned(), Arc::new(Err(None))),
        ]);
        let bytes = written(entries.iter().map(|(key, value)| (key, value.as_ref())), "1");
        let found = |bytes: &[u8], version| read::<String, Value>(bytes, version);
        assert_eq!(found(&bytes, "1").unwrap().into_iter().collect::<BTreeMap<_, _>>(), entries);
        assert!(found(&bytes, "2").is_none());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x21;
            assert!(found(&damaged, "1").is_none(), "byte {at}");
            assert!(found(&bytes[..at], "1").is_none(), "cut off at {at}");
        }
    }

    #[test]
    fn a_file_remembers_what_the_last_build_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("안쪽/그림");
        let open = |version| Words::open(Some(file.clone()), version);
        let made = |store: &Words, key: &str| {
            let mut is_made = false;
            store.get(key.to_owned(), |key| {
                is_made = true;
                let value = Ok(vec![key.clone()]);
                if key.starts_with("지금만") { Made::Passing(value) } else { Made::Lasting(value) }
            });
            is_made
        };
        let first = open("1");
        assert!(made(&first, "가") && made(&first, "나") && made(&first, "다"));
        assert!(!made(&first, "가"), "asked for twice");
        assert!(made(&first, "지금만") && !made(&first, "지금만"));
        first.save();

        let again = open("1");
        assert!(!made(&again, "가"));
        assert!(made(&open("1"), "지금만"), "it was good for one build");
        let modified = || std::fs::metadata(&file).unwrap().modified().unwrap();
        let then = modified();
        assert!(!made(&again, "나"));
        again.save();
        assert_eq!(modified(), then, "nothing is new");

        let less = open("1");
        assert!(!made(&less, "가"));
        less.save();
        assert!(made(&open("1"), "다"), "nobody asked for it any longer");
        assert!(made(&open("2"), "가"), "another version");
    }
}
