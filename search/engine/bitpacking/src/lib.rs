//! Blocks of integers packed by bits, in the layout of the crate `bitpacking` and with its interface, as far as tantivy
//! uses it; in a loop instead of unrolled for every width.
//!
//! The crate is made for native processors: its 33 widths times three ways to add up are 290 KB of WebAssembly, a fifth of
//! the engine and 45 KB of what every reader downloads. This stands in its place for the browser alone (`[patch]` in the
//! engine's manifest). It decodes about a tenth as fast, which is still 40 microseconds for the longest list of ten thousand notes.
//!
//! The layout (SIMD-BP128, Lemire and Boytsov 2015, <https://arxiv.org/abs/1209.2137>): a block is 32 rows of one integer
//! for each lane. Each lane's integers are packed one after another, lowest bits first, into its own words of 32 bits; the
//! words of all lanes alternate.

/// A way to pack blocks of one length.
pub trait BitPacker: Sized + Clone + Copy {
    /// Integers of a block.
    const BLOCK_LEN: usize;

    /// The only one there is.
    fn new() -> Self;

    /// Packs a block and returns its bytes. `num_bits` of each integer are kept.
    fn compress(&self, decompressed: &[u32], compressed: &mut [u8], num_bits: u8) -> usize {
        pack(lanes::<Self>(), decompressed.iter().copied(), compressed, num_bits)
    }

    /// Packs what each integer has more than the one before it.
    fn compress_sorted(&self, initial: u32, decompressed: &[u32], compressed: &mut [u8], num_bits: u8) -> usize {
        pack(lanes::<Self>(), steps(initial, 0, decompressed), compressed, num_bits)
    }

    /// Packs what each integer has more than the one after the one before it; nothing stands before the first if `initial`
    /// is none.
    fn compress_strictly_sorted(
        &self,
        initial: Option<u32>,
        decompressed: &[u32],
        compressed: &mut [u8],
        num_bits: u8,
    ) -> usize {
        pack(lanes::<Self>(), steps(initial.unwrap_or(u32::MAX), 1, decompressed), compressed, num_bits)
    }

    /// Unpacks a block and returns how many bytes it took.
    fn decompress(&self, compressed: &[u8], decompressed: &mut [u32], num_bits: u8) -> usize {
        unpack(lanes::<Self>(), compressed, decompressed, num_bits)
    }

    /// Unpacks what `compress_sorted` packed.
    fn decompress_sorted(&self, initial: u32, compressed: &[u8], decompressed: &mut [u32], num_bits: u8) -> usize {
        let taken = unpack(lanes::<Self>(), compressed, decompressed, num_bits);
        add_up(initial, 0, decompressed);
        taken
    }

    /// Unpacks what `compress_strictly_sorted` packed.
    fn decompress_strictly_sorted(
        &self,
        initial: Option<u32>,
        compressed: &[u8],
        decompressed: &mut [u32],
        num_bits: u8,
    ) -> usize {
        let taken = unpack(lanes::<Self>(), compressed, decompressed, num_bits);
        add_up(initial.unwrap_or(u32::MAX), 1, decompressed);
        taken
    }

    /// Bits of the largest integer.
    fn num_bits(&self, decompressed: &[u32]) -> u8 {
        width(decompressed.iter().copied())
    }

    /// Bits of the largest step.
    fn num_bits_sorted(&self, initial: u32, decompressed: &[u32]) -> u8 {
        width(steps(initial, 0, decompressed))
    }

    /// Bits of the largest step, less one.
    fn num_bits_strictly_sorted(&self, initial: Option<u32>, decompressed: &[u32]) -> u8 {
        width(steps(initial.unwrap_or(u32::MAX), 1, decompressed))
    }
}

/// Blocks of 32 integers, in one lane.
#[derive(Clone, Copy)]
pub struct BitPacker1x;

/// Blocks of 128 integers, in four lanes.
#[derive(Clone, Copy)]
pub struct BitPacker4x;

impl BitPacker for BitPacker1x {
    const BLOCK_LEN: usize = ROWS;
    fn new() -> Self {
        Self
    }
}

impl BitPacker for BitPacker4x {
    const BLOCK_LEN: usize = 4 * ROWS;
    fn new() -> Self {
        Self
    }
}

const ROWS: usize = 32;

fn lanes<P: BitPacker>() -> usize {
    P::BLOCK_LEN / ROWS
}

fn steps(initial: u32, least: u32, integers: &[u32]) -> impl Iterator<Item = u32> {
    let before = std::iter::once(initial).chain(integers.iter().copied());
    integers.iter().zip(before).map(move |(integer, before)| integer.wrapping_sub(before).wrapping_sub(least))
}

fn add_up(initial: u32, least: u32, integers: &mut [u32]) {
    let mut sum = initial;
    for integer in integers {
        sum = sum.wrapping_add(*integer).wrapping_add(least);
        *integer = sum;
    }
}

fn width(integers: impl Iterator<Item = u32>) -> u8 {
    (32 - integers.fold(0, |all, integer| all | integer).leading_zeros()) as u8
}

fn mask(num_bits: usize) -> u64 {
    (1 << num_bits) - 1
}

fn pack(lanes: usize, integers: impl Iterator<Item = u32>, packed: &mut [u8], num_bits: u8) -> usize {
    let bits = usize::from(num_bits);
    let length = 4 * bits * lanes;
    packed[..length].fill(0);
    for (number, integer) in integers.enumerate() {
        let (lane, bit) = (number % lanes, number / lanes * bits);
        let shifted = (u64::from(integer) & mask(bits)) << (bit % 32);
        for (word, part) in
            [shifted as u32, (shifted >> 32) as u32].into_iter().enumerate().filter(|(_, part)| *part > 0)
        {
            let at = 4 * ((bit / 32 + word) * lanes + lane);
            for (byte, part) in packed[at..at + 4].iter_mut().zip(part.to_le_bytes()) {
                *byte |= part;
            }
        }
    }
    length
}

fn unpack(lanes: usize, packed: &[u8], integers: &mut [u32], num_bits: u8) -> usize {
    let bits = usize::from(num_bits);
    let length = 4 * bits * lanes;
    let words = packed[..length].as_chunks::<4>().0;
    let word = |number: usize| words.get(number).map_or(0, |&word| u64::from(u32::from_le_bytes(word)));
    for (number, integer) in integers.iter_mut().take(ROWS * lanes).enumerate() {
        let (lane, bit) = (number % lanes, number / lanes * bits);
        let first = bit / 32 * lanes + lane;
        *integer = ((word(first) | word(first + lanes) << 32) >> (bit % 32) & mask(bits)) as u32;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back<P: BitPacker>() {
        for bits in 0..=32u32 {
            let mut random = 0x2545_F491_u32;
            let mut next = || {
                random ^= random << 13;
                random ^= random >> 17;
                random ^= random << 5;
                random
            };
            let most = u32::MAX.checked_shr(32 - bits).unwrap_or(0);
            let integers: Vec<u32> = (0..P::BLOCK_LEN).map(|_| next() & most).collect();
            let (mut packed, mut back) = (vec![0; 4 * P::BLOCK_LEN], vec![0; P::BLOCK_LEN]);
            let packer = P::new();
            let width = packer.num_bits(&integers);
            let length = packer.compress(&integers, &mut packed, width);
            assert_eq!(packer.decompress(&packed[..length], &mut back, width), length);
            assert_eq!(back, integers, "{bits} bits");
        }
        let integers: Vec<u32> = (0..P::BLOCK_LEN as u32).map(|number| number * number + 7).collect();
        let (mut packed, mut back) = (vec![0; 4 * P::BLOCK_LEN], vec![0; P::BLOCK_LEN]);
        let packer = P::new();
        for initial in [None, Some(3)] {
            let width = packer.num_bits_strictly_sorted(initial, &integers);
            packer.compress_strictly_sorted(initial, &integers, &mut packed, width);
            packer.decompress_strictly_sorted(initial, &packed, &mut back, width);
            assert_eq!(back, integers);
        }
    }

    #[test]
    fn blocks_come_back() {
        there_and_back::<BitPacker1x>();
        there_and_back::<BitPacker4x>();
    }

    #[test]
    fn words_of_the_lanes_alternate() {
        let mut integers = [0; 128];
        integers[..8].copy_from_slice(&[1, 2, 3, 4, 5, 6, 7, 8]);
        let mut packed = [0; 64];
        assert_eq!(BitPacker4x::new().compress(&integers, &mut packed, 4), 64);
        assert_eq!(packed[..16], [0x51, 0, 0, 0, 0x62, 0, 0, 0, 0x73, 0, 0, 0, 0x84, 0, 0, 0]);
    }
}
