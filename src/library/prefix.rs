//! The number that a file's name begins with: its writer's way to put files in order.

/// Signs between a number and the next one, or the name.
const SEPARATORS: [char; 9] = ['.', '-', '_', ')', ']', ' ', ':', ',', '–'];
/// What chapters, weeks and lessons are counted in.
const COUNTERS: [&str; 20] = [
    "장", "강", "부", "편", "화", "회", "절", "과", "권", "번", "월", "일", "년", "주차", "일차", "회차", "차시",
    "단계", "주", "차",
];
/// Deeper numbers are no place in an outline.
const MOST_NUMBERS: usize = 4;

/// The numbers before a name: `01-소개` → 1, `2. 설치` → 2, `10장 정리` → 10, `1-2 절` → 1, 2,
/// `2021-06-16-글` → 2021, 6, 16. None for `3D 그래픽`, `2PC` and `5초만에`, where the number belongs to the word.
pub fn numbers(stem: &str) -> Option<Vec<u64>> {
    let mut rest = stem.strip_prefix(['[', '(', '#']).unwrap_or(stem);
    rest = rest.strip_prefix('제').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let mut numbers = Vec::new();
    while numbers.len() < MOST_NUMBERS {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = rest.split_at_checked(length)?;
        if digits.is_empty() {
            break;
        }
        // A number too large to count with is as large as can be.
        numbers.push(digits.parse().unwrap_or(u64::MAX));
        rest = behind;
        let joined = rest.strip_prefix(['.', '-', '_']);
        match joined.filter(|joined| joined.starts_with(|c: char| c.is_ascii_digit())) {
            Some(joined) => rest = joined,
            None => break,
        }
    }
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(SEPARATORS);
    let counted = || COUNTERS.iter().any(|counter| rest.strip_prefix(counter).is_some_and(ends));
    (!numbers.is_empty() && (ends(rest) || counted())).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_counts_is_a_place() {
        for (name, wanted) in [
            ("01-소개", Some(vec![1])),
            ("2. 설치", Some(vec![2])),
            ("10장 정리", Some(vec![10])),
            ("제3장", Some(vec![3])),
            ("[04] 배열", Some(vec![4])),
            ("1-2 절", Some(vec![1, 2])),
            ("1.2.3", Some(vec![1, 2, 3])),
            ("3주차_과제", Some(vec![3])),
            ("2021-06-16-글", Some(vec![2021, 6, 16])),
            ("007", Some(vec![7])),
            ("99999999999999999999999-글", Some(vec![u64::MAX])),
            ("3D 그래픽", None),
            ("2PC", None),
            ("5초만에", None),
            ("10주년", None),
            ("소개 1", None),
            ("제목", None),
            ("", None),
        ] {
            assert_eq!(numbers(name), wanted, "{name}");
        }
    }
}
