//! Numbers of seven bits a byte, the lowest first; all bytes but the last have their eighth bit set (LEB128).

/// Appends a number.
pub fn write(out: &mut Vec<u8>, mut value: u64) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number from the front; `None` where there is none.
pub fn read(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| write(&mut bytes, number));
        let mut rest = bytes.as_slice();
        let back: Vec<u64> = std::iter::from_fn(|| read(&mut rest)).collect();
        assert_eq!(back, numbers);
        assert_eq!(read(&mut [255; 11].as_slice()), None);
    }
}
