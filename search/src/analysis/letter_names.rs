//! Abbreviations read aloud, letter by letter: 씨디엔 for CDN.

/// How the letters of the alphabet are read; the longer reading first where one begins with another.
const READINGS: [(&str, char); 33] = [
    ("에이치", 'h'),
    ("더블유", 'w'),
    ("더블류", 'w'),
    ("에이", 'a'),
    ("비", 'b'),
    ("씨", 'c'),
    ("시", 'c'),
    ("디", 'd'),
    ("이", 'e'),
    ("에프", 'f'),
    ("지", 'g'),
    ("쥐", 'g'),
    ("아이", 'i'),
    ("제이", 'j'),
    ("케이", 'k'),
    ("엘", 'l'),
    ("엠", 'm'),
    ("엔", 'n'),
    ("오", 'o'),
    ("피", 'p'),
    ("큐", 'q'),
    ("알", 'r'),
    ("아르", 'r'),
    ("에스", 's'),
    ("티", 't'),
    ("유", 'u'),
    ("브이", 'v'),
    ("엑스", 'x'),
    ("와이", 'y'),
    ("제트", 'z'),
    ("투", '2'),
    ("포", '4'),
    ("에잇", '8'),
];

/// The abbreviation that a Hangul word reads aloud, letter by letter: 씨디엔 is `cdn`, 에이치티티피 `http`. Two letters or more.
pub fn spelled_out(word: &str) -> Option<String> {
    let mut rest = word;
    let mut latin = String::new();
    while !rest.is_empty() {
        let (reading, letter) = READINGS.iter().find(|(reading, _)| rest.starts_with(reading))?;
        latin.push(*letter);
        rest = &rest[reading.len()..];
    }
    (latin.len() > 1).then_some(latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_read_aloud() {
        for (word, latin) in [
            ("씨디엔", "cdn"),
            ("디엔에스", "dns"),
            ("에이치티티피", "http"),
            ("에이피아이", "api"),
            ("티엘에스", "tls"),
        ] {
            assert_eq!(spelled_out(word).as_deref(), Some(latin), "{word}");
        }
        assert_eq!(spelled_out("서버"), None);
        assert_eq!(spelled_out("비"), None);
    }
}
