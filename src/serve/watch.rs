//! Waiting for a change of the notes, the templates or the configuration.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

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
            if !reads_only && event.paths.iter().any(|path| matters(path.strip_prefix(&base).unwrap_or(path))) {
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

/// Whether a change at this path can change the site.
fn matters(path: &Path) -> bool {
    let mut parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let first = parts.next();
    if matches!(first.as_deref(), Some("public" | "target" | "node_modules")) {
        return false;
    }
    !first.into_iter().chain(parts).any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_hidden_files_do_not_cause_a_rebuild() {
        for (path, counts) in [
            ("content/글.md", true),
            ("site.yaml", true),
            ("templates/note.html", true),
            ("public/index.html", false),
            (".git/index", false),
            ("content/.글.md.swp", false),
            ("target/debug/x", false),
        ] {
            assert_eq!(matters(Path::new(path)), counts, "{path}");
        }
    }
}
