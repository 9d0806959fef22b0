//! Links to what is not published. The page shows only the words that its writer wrote there, which may well be meant
//! so; the writer learns here which they are, and which file each means.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::language::josa;
use crate::library::{Library, PrivateLink};
use crate::text;

pub fn links(library: &Library) -> Vec<Diagnostic> {
    let told = |PrivateLink { note, reference, to }: &PrivateLink| {
        let entry = library.notes.get(note.0)?;
        let reference = entry.document.references.get(*reference)?;
        let shown = format!("`{to}`");
        let to_it = josa(&shown, "으로", "로");
        let message = text!(
            "싣지 않는 {to_it} 가는 링크여서 쪽에는 글자만 보입니다",
            "a link to {shown}, which is not published: the page shows only its words"
        );
        Some(Diagnostic::note("private-link", &entry.note.path, at(entry, reference.span.start), message))
    };
    library.private_links.iter().filter_map(told).collect()
}
