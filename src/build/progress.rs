//! What a build tells somebody who watches it.

/// The stages that take time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Read,
    Parse,
    Library,
    Render,
    Index,
    Publish,
    /// Of `check --external` alone.
    External,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Library => "library",
            Self::Render => "render",
            Self::Index => "index",
            Self::Publish => "publish",
            Self::External => "external links",
        }
    }
}

/// Somebody who watches a build. Called from many threads.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: Stage, steps: usize);
    /// One step is done.
    fn step(&self);
    /// A stage is done. Stages that run side by side are reported one after the other.
    fn end(&self, stage: Stage);
}

/// Nobody watches.
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
    fn end(&self, _: Stage) {}
}
