//! Waiting for a change of the notes, the templates or the configuration.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::publish::MANIFEST;

/// Editors write a file in several steps, and a checkout changes many: wait until it is quiet for this long.
const QUIET: Duration = Duration::from_millis(60);

/// Changes below a folder.
pub struct Changes {
    events: Receiver<()>,
    /// Watching ends when this is dropped.
    _watcher: RecommendedWatcher,
}

impl Changes {
    pub fn of(root: &Path) -> Result<Self, notify::Error> {
        let (sender, events) = channel();
        let root: PathBuf = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let base = root.clone();
        let mut watcher = notify::recommended_watcher(move |event: Result<Event, notify::Error>| {
            let Ok(event) = event else { return };
            let reads_only = matches!(event.kind, EventKind::Access(_));
            if !reads_only && event.paths.iter().any(|path| matters(&base, path)) {
                // The server has ended when nobody listens.
                let _ = sender.send(());
            }
        })?;
        watcher.watch(&root, RecursiveMode::Recursive)?;
        Ok(Self { events, _watcher: watcher })
    }

    /// Returns after a change, once it is quiet again.
    pub fn wait(&self) {
        if self.events.recv().is_err() {
            return;
        }
        while self.events.recv_timeout(QUIET).is_ok() {}
    }
}

/// Whether a change at this path can change the site at `base`.
fn matters(base: &Path, path: &Path) -> bool {
    let mut parts = path.strip_prefix(base).unwrap_or(path).components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let first = parts.next();
    let passed_over = match first.as_deref() {
        // Folders of notes may have these names as well.
        Some("public") => base.join("public").join(MANIFEST).exists(),
        Some("target") => base.join("target/CACHEDIR.TAG").exists(),
        first => first == Some("node_modules"),
    };
    !passed_over && !first.into_iter().chain(parts).any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_hidden_files_do_not_cause_a_rebuild() {
        let site = tempfile::tempdir().unwrap();
        for mark in ["public/.seoga-files", "target/CACHEDIR.TAG"] {
            let mark = site.path().join(mark);
            std::fs::create_dir_all(mark.parent().unwrap()).unwrap();
            std::fs::write(mark, "").unwrap();
        }
        for (path, counts) in [
            ("content/글.md", true),
            ("site.yaml", true),
            ("dictionary.csv", true),
            ("templates/note.html", true),
            ("public/index.html", false),
            (".git/index", false),
            ("content/.글.md.swp", false),
            ("target/debug/x", false),
        ] {
            assert_eq!(matters(site.path(), &site.path().join(path)), counts, "{path}");
        }
        let notes = tempfile::tempdir().unwrap();
        for path in ["public/글.md", "target/목표.md"] {
            assert!(matters(notes.path(), &notes.path().join(path)), "{path}");
        }
    }
}
