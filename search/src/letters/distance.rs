//! How far two words lie apart.

/// Edit distance with two neighbouring letters that changed places as one edit (optimal string alignment), if it is at
/// most `limit`. Time grows with the product of the lengths.
pub fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut current = vec![0; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        current[0] = i + 1;
        let mut lowest = current[0];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (previous[j] + usize::from(x != y)).min(previous[j + 1] + 1).min(current[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + 1);
            }
            current[j + 1] = cost;
            lowest = lowest.min(cost);
        }
        if lowest > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut previous);
        std::mem::swap(&mut previous, &mut current);
    }
    (previous[b.len()] <= limit).then_some(previous[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::jamo;

    fn apart(a: &str, b: &str) -> Option<usize> {
        distance(&jamo(a).collect::<Vec<_>>(), &jamo(b).collect::<Vec<_>>(), 3)
    }

    #[test]
    fn slips_are_counted_in_letters() {
        for (a, b, slips) in [
            ("쿠버네티스", "쿠버네티즈", 1),
            ("쿠버네티스", "쿠번에티스", 1),
            ("배포", "베포", 1),
            ("서버", "서버", 0),
            ("kubernetes", "kuberntes", 1),
            ("스프링", "스프링부", 2),
        ] {
            assert_eq!(apart(a, b), Some(slips), "{a} {b}");
        }
        assert_eq!(apart("서버", "데이터"), None);
    }
}
