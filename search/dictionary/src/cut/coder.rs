//! Bits → bytes and back, each bit at the price of its surprise: an adaptive binary arithmetic coder.
//!
//! Writer and reader walk the same description of a format, [`Coder`] being either: the writer takes the value that it is
//! handed and returns it, the reader takes no notice of what it is handed and returns what it finds.

/// How likely a bit is set, learned from those before: 12 bits of probability, 4 of experience.
#[derive(Debug, Clone, Copy)]
pub struct Model(u16);

impl Default for Model {
    fn default() -> Self {
        Self(0x800 << 4)
    }
}

/// After so many bits a model does not learn more slowly any more.
const EXPERIENCED: u16 = 5;

impl Model {
    /// In parts of 4,096, never 0 and never all.
    fn probability(self) -> u32 {
        u32::from(self.0 >> 4).clamp(1, 4095)
    }

    fn learn(&mut self, bit: bool) {
        let (probability, seen) = (self.0 >> 4, self.0 & 15);
        let rate = seen.min(EXPERIENCED) + 1;
        let probability =
            if bit { probability + ((4095 - probability) >> rate) } else { probability - (probability >> rate) };
        self.0 = probability << 4 | (seen + 1).min(15);
    }
}

/// A writer or a reader.
pub trait Coder {
    fn bit(&mut self, model: &mut Model, bit: bool) -> bool;

    /// Whether more was read than there is.
    fn is_over(&self) -> bool;
}

/// The part of the interval below which a set bit lies.
fn middle(low: u32, high: u32, model: Model) -> u32 {
    low + ((u64::from(high - low) * u64::from(model.probability())) >> 12) as u32
}

pub struct Writer {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl Writer {
    pub fn new() -> Self {
        Self { low: 0, high: u32::MAX, bytes: Vec::new() }
    }

    pub fn finish(mut self) -> Vec<u8> {
        // Any number of the interval will do, and the reader takes zeros for what is missing.
        self.bytes.push((self.high >> 24) as u8);
        self.bytes
    }
}

impl Coder for Writer {
    fn bit(&mut self, model: &mut Model, bit: bool) -> bool {
        let middle = middle(self.low, self.high, *model);
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        model.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xFF;
        }
        bit
    }

    fn is_over(&self) -> bool {
        false
    }
}

pub struct Reader<'a> {
    low: u32,
    high: u32,
    value: u32,
    bytes: &'a [u8],
    /// Zeros that were read behind the end.
    over: u32,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self { low: 0, high: u32::MAX, value: 0, bytes, over: 0 };
        (0..4).for_each(|_| reader.take());
        reader
    }

    fn take(&mut self) {
        let next = match self.bytes.split_first() {
            Some((&first, rest)) => {
                self.bytes = rest;
                first
            }
            None => {
                self.over += 1;
                0
            }
        };
        self.value = self.value << 8 | u32::from(next);
    }
}

impl Coder for Reader<'_> {
    fn bit(&mut self, model: &mut Model, _: bool) -> bool {
        let middle = middle(self.low, self.high, *model);
        let bit = self.value <= middle;
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        model.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.take();
            self.low <<= 8;
            self.high = self.high << 8 | 0xFF;
        }
        bit
    }

    fn is_over(&self) -> bool {
        self.over > 4
    }
}

/// Numbers of a fixed number of bits, each bit in the light of those above it.
pub struct Tree {
    bits: u32,
    models: Vec<Model>,
}

impl Tree {
    pub fn new(bits: u32) -> Self {
        Self { bits, models: vec![Model::default(); 1 << bits] }
    }

    /// For numbers below `count`.
    pub fn below(count: usize) -> Self {
        Self::new(usize::BITS - count.saturating_sub(1).leading_zeros())
    }

    pub fn code(&mut self, coder: &mut impl Coder, value: u32) -> u32 {
        let mut node = 1;
        for at in (0..self.bits).rev() {
            let bit = coder.bit(&mut self.models[node], value >> at & 1 == 1);
            node = node << 1 | usize::from(bit);
        }
        (node - (1 << self.bits)) as u32
    }
}

/// Numbers of any size, the smaller the cheaper: their length in bits, then the bits below the highest.
pub struct Number {
    length: Tree,
    /// By length and the bits so far, as far as these are few.
    bits: Vec<Model>,
    low: Vec<Model>,
}

/// Bits below the highest that are looked at together.
const TOGETHER: u32 = 5;

impl Number {
    pub fn new() -> Self {
        Self {
            length: Tree::new(6),
            bits: vec![Model::default(); 64 << TOGETHER],
            low: vec![Model::default(); 64 * 32],
        }
    }

    pub fn code(&mut self, coder: &mut impl Coder, value: u32) -> u32 {
        let length = self.length.code(coder, 32 - value.leading_zeros()).min(32);
        if length == 0 {
            return 0;
        }
        let mut found = 1u32;
        let mut node = 1;
        for (count, at) in (0..length - 1).rev().enumerate() {
            let model = if count < TOGETHER as usize {
                &mut self.bits[(length as usize) << TOGETHER | node]
            } else {
                &mut self.low[length as usize * 32 + at as usize]
            };
            let bit = coder.bit(model, value >> at & 1 == 1);
            found = found << 1 | u32::from(bit);
            node = (node << 1 | usize::from(bit)) & ((1 << TOGETHER) - 1);
        }
        found
    }
}
