//! How large a diagram may be: told before the work is done, and in numbers that are the same on every machine.

use std::time::Duration;

use merman::OperationControl;
use merman::svg::{RenderResourcePolicy, ResourceLimitId, SvgEnvironment};

use super::kind;
use crate::drawing::Fault;
use crate::text;

/// In characters, as Mermaid has it.
const LONGEST: usize = 50_000;
/// Nodes, edges and whatever else merman counts, by kind. Mermaid takes 500 edges; with their nodes and labels that is about
/// so many. merman's layouts take up to a second for them, and much longer for more.
const MOST_ITEMS: [(&str, usize); 4] =
    [("journey", 500), ("stateDiagram", 4_000), ("erDiagram", 4_000), ("xychart", 4_000)];
const MOST_OTHERS: usize = 2_000;
/// The last net: what is let through takes a second, and a machine may be slow.
const LONGEST_WORK: Duration = Duration::from_secs(60);

pub fn is_too_long(source: &str) -> bool {
    source.len() > LONGEST && source.chars().nth(LONGEST).is_some()
}

pub fn control() -> OperationControl {
    OperationControl::new().with_deadline(LONGEST_WORK)
}

pub fn bounded(environment: SvgEnvironment, source: &str) -> SvgEnvironment {
    let kind = kind(source).unwrap_or_default();
    let most = MOST_ITEMS.iter().find(|(start, _)| kind.starts_with(start)).map_or(MOST_OTHERS, |(_, most)| *most);
    let policy = RenderResourcePolicy::interactive();
    let policy = policy.with_limit(ResourceLimitId::MaxModelItems, most).unwrap_or(policy);
    environment.with_resource_policy(policy)
}

pub fn too_large() -> Fault {
    Fault {
        message: text!("그림이 너무 커서 그리지 않았습니다", "the diagram is too large to be drawn"),
        hint: Some(text!("여러 그림으로 나누어 적으세요", "write it as several diagrams")),
        at: None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::super::draw;

    #[test]
    fn what_mermaid_takes_is_drawn_and_more_is_told_of_at_once() {
        let chain = |edges: usize, label: &str| {
            let edges = (0..edges).map(|number| format!("  가{number} -->{label} 가{}\n", number + 1));
            format!("flowchart LR\n{}", edges.collect::<String>())
        };
        assert_eq!(draw(&chain(500, "|다음|")).unwrap().labels.len(), 1001);
        let tasks = |count: usize| format!("journey\n{}", "  일: 5\n".repeat(count));
        let columns: String = (0..3000).map(|number| format!("  c{number}[열]\n")).collect();
        let edges: String = (0..1500).map(|number| format!("  A{number} --> A{}\n", number + 1)).collect();
        for source in [
            "a".repeat(50_001),
            chain(2000, ""),
            tasks(6000),
            format!("kanban\n{columns}"),
            format!("classDiagram\n{edges}"),
        ] {
            let started = Instant::now();
            let fault = draw(&source).unwrap_err();
            assert_eq!(fault.message.english, "the diagram is too large to be drawn");
            assert!(fault.hint.is_some());
            // Drawing one of them takes minutes.
            assert!(started.elapsed().as_secs() < 10, "{:?}", &source[..20]);
        }
        // Characters of three bytes.
        assert_eq!(draw(&format!("flowchart LR\n  A[\"{}\"]\n", "가나 ".repeat(8000))).unwrap().remarks, []);
    }
}
