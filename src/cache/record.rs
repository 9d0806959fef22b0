//! Values as bytes, for files that only this version of the program reads.
//!
//! ```text
//! a number: little-endian; a text: u32 bytes, then UTF-8; a list: u32 number, then its items
//! what may be missing: u8 0, or u8 1 and it; one or the other: u8 0 and the value, or u8 1 and the error
//! ```

/// What can be written to bytes and read from them.
pub trait Record: Sized {
    fn write(&self, out: &mut Vec<u8>);

    /// `None` where the bytes are something else.
    fn read(rest: &mut Rest<'_>) -> Option<Self>;
}

/// Bytes that are still to be read.
#[derive(Debug)]
pub struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

impl Record for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        match rest.array()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Record for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        rest.array().map(Self::from_le_bytes)
    }
}

impl Record for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        rest.array().map(Self::from_le_bytes)
    }
}

impl Record for f32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        rest.array().map(Self::from_le_bytes)
    }
}

impl Record for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        let length = u32::read(rest)? as usize;
        std::str::from_utf8(rest.bytes(length)?).ok().map(str::to_owned)
    }
}

impl<T: Record> Record for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Some(if bool::read(rest)? { Some(T::read(rest)?) } else { None })
    }
}

impl<T: Record> Record for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        let count = u32::read(rest)?;
        (0..count).map(|_| T::read(rest)).collect()
    }
}

impl<T: Record, E: Record> Record for Result<T, E> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_err().write(out);
        match self {
            Ok(value) => value.write(out),
            Err(error) => error.write(out),
        }
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Some(if bool::read(rest)? { Err(E::read(rest)?) } else { Ok(T::read(rest)?) })
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(rest: &mut Rest<'_>) -> Option<Self> {
        Some((A::read(rest)?, B::read(rest)?))
    }
}
