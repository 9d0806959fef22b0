//! Panics of libraries that read what notes say: one costs a picture, and is not printed at the reader of the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// What the work gives; `None` where it panicked. Nothing that the work has changed may be used after that.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_CATCHING.try_with(Cell::get).unwrap_or_default() {
                print(panic);
            }
        }));
    });
    let outside = IS_CATCHING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_CATCHING.set(outside);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_the_next_one_is_seen() {
        assert_eq!(caught(|| 1), Some(1));
        #[allow(clippy::panic, reason = "it is what is tested")]
        let nothing = caught(|| if IS_CATCHING.get() { panic!("조용히") } else { 2 });
        assert_eq!(nothing, None);
        assert!(!IS_CATCHING.get());
        assert_eq!(caught(|| caught(|| 3).filter(|_| IS_CATCHING.get())), Some(Some(3)), "one in another");
    }
}
