//! Particles, for words that ko-dic does not cut by itself.
//!
//! A word is analysed without its neighbours, and for some words that misleads ko-dic: 의 wants a noun behind it, so 객체의
//! at the end of a text becomes 객·체의. A word that was not cut cleanly is therefore tried without a trailing particle,
//! by the rules of spelling alone: 은 follows a final consonant, 는 does not.

/// What a particle asks of the syllable before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Any,
    Final,
    Open,
    /// No final consonant, or ㄹ: 로.
    OpenOrRieul,
}

use After::{Any, Final, Open, OpenOrRieul};

/// Longer ones first, so that 에서는 is not taken for 는. Beside particles stand the commonest forms of 하다, 되다 and 이다, which
/// make a verb of a noun: ko-dic cuts 정지하는 into 정·지하·는.
const PARTICLES: [(&str, After); 103] = [
    ("하였습니다", Any),
    ("되었습니다", Any),
    ("했습니다", Any),
    ("됐습니다", Any),
    ("하였다", Any),
    ("되었다", Any),
    ("합니다", Any),
    ("됩니다", Any),
    ("입니다", Any),
    ("하려면", Any),
    ("하면서", Any),
    ("되면서", Any),
    ("하도록", Any),
    ("되도록", Any),
    ("이었다", Final),
    ("했다", Any),
    ("됐다", Any),
    ("한다", Any),
    ("된다", Any),
    ("하다", Any),
    ("되다", Any),
    ("이다", Final),
    ("하는", Any),
    ("되는", Any),
    ("하면", Any),
    ("되면", Any),
    ("하고", Any),
    ("되고", Any),
    ("하기", Any),
    ("되기", Any),
    ("하여", Any),
    ("되어", Any),
    ("해서", Any),
    ("돼서", Any),
    ("하지", Any),
    ("되지", Any),
    ("하자", Any),
    ("했을", Any),
    ("됐을", Any),
    ("했던", Any),
    ("됐던", Any),
    ("에서는", Any),
    ("에서도", Any),
    ("에서의", Any),
    ("에게는", Any),
    ("으로는", Final),
    ("으로써", Final),
    ("으로서", Final),
    ("으로의", Final),
    ("이라는", Final),
    ("이라고", Final),
    ("까지는", Any),
    ("부터는", Any),
    ("에서", Any),
    ("에게", Any),
    ("에는", Any),
    ("에도", Any),
    ("으로", Final),
    ("로는", OpenOrRieul),
    ("로써", OpenOrRieul),
    ("로서", OpenOrRieul),
    ("로의", OpenOrRieul),
    ("와는", Open),
    ("과는", Final),
    ("와의", Open),
    ("과의", Final),
    ("만을", Any),
    ("만이", Any),
    ("까지", Any),
    ("부터", Any),
    ("처럼", Any),
    ("보다", Any),
    ("마다", Any),
    ("조차", Any),
    ("밖에", Any),
    ("이나", Final),
    ("이란", Final),
    ("라는", Open),
    ("라고", Open),
    ("들이", Any),
    ("들은", Any),
    ("들을", Any),
    ("들의", Any),
    ("들에", Any),
    ("들과", Any),
    ("들도", Any),
    ("의", Any),
    ("에", Any),
    ("로", OpenOrRieul),
    ("와", Open),
    ("과", Final),
    ("도", Any),
    ("만", Any),
    ("나", Open),
    // 캐시다: the copula, which leaves out its 이 after a vowel.
    ("다", Open),
    ("란", Open),
    ("들", Any),
    ("이", Final),
    ("가", Open),
    ("은", Final),
    ("는", Open),
    ("을", Final),
    ("를", Open),
];

impl After {
    /// Whether a particle may follow a word that ends in this syllable.
    fn fits(self, last: char) -> bool {
        if !('가'..='힣').contains(&last) {
            return false;
        }
        let consonant = (last as u32 - '가' as u32) % 28;
        match self {
            Any => true,
            Final => consonant != 0,
            Open => consonant == 0,
            OpenOrRieul => consonant == 0 || consonant == 8,
        }
    }
}

/// Every way to take a word for a stem and a particle that spelling allows, the longest particle first.
pub fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    PARTICLES.iter().filter_map(move |&(particle, after)| {
        let stem = word.strip_suffix(particle)?;
        after.fits(stem.chars().next_back()?).then(|| (stem, &word[stem.len()..]))
    })
}

/// The word without its longest trailing particle, if that leaves two syllables.
pub fn without_particle(word: &str) -> Option<&str> {
    let (stem, _) = splits(word).next()?;
    stem.chars().nth(1).is_some().then_some(stem)
}

/// All particles that spelling allows behind a word.
pub fn particles_after(word: &str) -> impl Iterator<Item = &'static str> {
    let last = word.chars().next_back();
    PARTICLES.iter().filter(move |(_, after)| last.is_some_and(|last| after.fits(last))).map(|(particle, _)| *particle)
}

/// Whether a word is a particle, or several.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.iter().any(|(particle, _)| *particle == word)
}

/// What a particle begins with, the same for the two forms that it may have: 에서는 → 에, 은 → 는, 으로 → 로. All forms of 하다
/// and 되다 are one.
pub fn family(particle: &str) -> &str {
    match particle.chars().next() {
        None => "",
        Some('은') => "는",
        Some('을') => "를",
        Some('과') => "와",
        Some('으') => "로",
        Some('하' | '했' | '합' | '한' | '해' | '되' | '됐' | '됩' | '된' | '돼') => "하",
        Some('이') if particle.len() > 3 => "라",
        Some('이') => "가",
        Some('란' | '나') => "라",
        Some(first) => &particle[..first.len_utf8()],
    }
}

/// Whether a word is 의, alone or behind another particle (만의, 에서의). ko-dic never cuts it so at the end of a text.
pub fn is_possessive(word: &str) -> bool {
    word.strip_suffix('의').is_some_and(|rest| rest.is_empty() || is_particle(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_possessive_is_known_behind_other_particles() {
        for (word, is_one) in [("의", true), ("만의", true), ("에서의", true), ("회의", false), ("주의", false)]
        {
            assert_eq!(is_possessive(word), is_one, "{word}");
        }
    }

    #[test]
    fn spelling_decides() {
        assert_eq!(without_particle("객체의"), Some("객체"));
        assert_eq!(without_particle("컨테이너에서는"), Some("컨테이너"));
        assert_eq!(without_particle("서버은"), None);
        assert_eq!(without_particle("파일로"), Some("파일"));
        assert_eq!(without_particle("책으로"), None, "one syllable is left");
    }
}
