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

/// Longer ones first, so that 에서는 is not taken for 는.
const PARTICLES: [(&str, After); 61] = [
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
    ("란", Open),
    ("들", Any),
    ("이", Final),
    ("가", Open),
    ("은", Final),
    ("는", Open),
    ("을", Final),
    ("를", Open),
];

/// The word without its longest trailing particle, if that leaves two syllables and the spelling allows it.
pub fn without_particle(word: &str) -> Option<&str> {
    let stem = PARTICLES.iter().find_map(|&(particle, after)| {
        let stem = word.strip_suffix(particle)?;
        let last = stem.chars().next_back().filter(|last| ('가'..='힣').contains(last))?;
        let consonant = (last as u32 - '가' as u32) % 28;
        let fits = match after {
            Any => true,
            Final => consonant != 0,
            Open => consonant == 0,
            OpenOrRieul => consonant == 0 || consonant == 8,
        };
        fits.then_some(stem)
    })?;
    stem.chars().nth(1).is_some().then_some(stem)
}

/// Whether a word is 의, alone or behind another particle (만의, 에서의). ko-dic never cuts it so at the end of a text.
pub fn is_possessive(word: &str) -> bool {
    word.strip_suffix('의')
        .is_some_and(|rest| rest.is_empty() || PARTICLES.iter().any(|(particle, _)| *particle == rest))
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
