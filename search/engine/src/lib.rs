//! What a page calls: `seoga_search::Session` behind functions of numbers.
//!
//! A call takes bytes that the page wrote where [`allocate`] said, and leaves its result, text, where [`result`] says, until
//! the next call. There are no imports: the page instantiates the module from its bytes and nothing else.
//!
//! **A panic** stops the module for good: its message is the result then, and the page makes a new instance of the module.
//! Of a trap that is none, such as memory that cannot grow, there is no result.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

use seoga_search::{Block, Language, Session};

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    /// Apart from the session, which a panic leaves borrowed.
    static RESULT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes room for so many bytes and says where; the call that they are for frees them. The last result is gone.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    RESULT.take();
    ManuallyDrop::new(Vec::<u8>::with_capacity(length)).as_mut_ptr()
}

/// The bytes that the page wrote.
///
/// # Safety
/// `at` is what [`allocate`] gave for this `length`, all of it is written, and it was not taken before.
unsafe fn taken(at: *mut u8, length: usize) -> Vec<u8> {
    unsafe { Vec::from_raw_parts(at, length, length) }
}

/// Where the result of the last call begins.
#[unsafe(no_mangle)]
pub extern "C" fn result() -> *const u8 {
    RESULT.with_borrow(|result| result.as_ptr())
}

/// How many bytes the result of the last call has.
#[unsafe(no_mangle)]
pub extern "C" fn result_length() -> usize {
    RESULT.with_borrow(String::len)
}

/// Opens an index with its opening block. The result is empty, or a fault as JSON.
///
/// # Safety
/// As for every call with bytes: they are those that [`allocate`] made room for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(at: *mut u8, length: usize) {
    std::panic::set_hook(Box::new(|panic| RESULT.set(panic.to_string())));
    let opening = unsafe { taken(at, length) };
    RESULT.take();
    match Session::open(opening) {
        Ok(session) => SESSION.set(Some(session)),
        Err(fault) => RESULT.set(fault),
    }
}

/// Hands over a block with what its script says of it.
///
/// # Safety
/// As for [`open`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn insert(number: u32, mark: u32, checksum: u32, at: *mut u8, length: usize) {
    let bytes = unsafe { taken(at, length) };
    SESSION.with_borrow(|session| {
        if let Some(session) = session {
            session.insert(Block { number, mark, checksum, bytes });
        }
    });
}

/// Asks a query, in NFC. The result is JSON: an answer, the blocks that are wanted first, or a fault. Answers speak Korean
/// for language 0, English for others.
///
/// # Safety
/// As for [`open`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn search(at: *mut u8, length: usize, limit: usize, language: u32) {
    let query = unsafe { taken(at, length) };
    let language = if language == 0 { Language::Korean } else { Language::English };
    let said = SESSION.with_borrow(|session| match session {
        Some(session) => session.search(&String::from_utf8_lossy(&query), limit, language),
        None => r#"{"fault":{"code":"engine","file":null,"message":"no index is open"}}"#.to_owned(),
    });
    RESULT.set(said);
}

/// tantivy names new segments by random numbers, through `uuid`; a reader names none.
#[cfg(target_arch = "wasm32")]
mod random {
    #[unsafe(no_mangle)]
    unsafe extern "Rust" fn __getrandom_v03_custom(
        bytes: *mut u8,
        length: usize,
    ) -> Result<(), core::convert::Infallible> {
        unsafe { bytes.write_bytes(0, length) };
        Ok(())
    }
}
