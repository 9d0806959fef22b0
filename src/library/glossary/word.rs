//! What a Korean word is to a term: part of it, or its border.

use seoga_search::Analyzer;
use seoga_search::analysis::TermKind;

/// What a word is to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Noun,
    /// A syllable that belongs to the noun behind it: `비 동기화`.
    Prefix,
    /// A syllable of which nothing is known: `널 객체`.
    Syllable,
    /// A noun with `의`.
    Possessive,
    /// A word that describes the noun behind it: `빈약한`, `이`.
    Modifier,
    /// A noun with `와` or `과`.
    Joined,
    /// A noun with another particle.
    Particle,
    /// A word with an ending, or one that is no noun.
    Inflected,
}

impl Shape {
    pub fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::Prefix)
    }

    /// Whether no term holds such a word but at its end.
    pub fn is_border(self) -> bool {
        matches!(self, Self::Particle | Self::Inflected)
    }
}

/// Syllables that begin a term though they stand alone.
const PREFIXES: [&str; 9] = ["비", "무", "미", "반", "초", "재", "준", "탈", "역"];

/// Words that stand before a term and are none of it, and nouns that say nothing by themselves.
const OUTSIDE: [&str; 123] = [
    "이",
    "그",
    "저",
    "각",
    "한",
    "두",
    "세",
    "네",
    "몇",
    "모든",
    "어떤",
    "이런",
    "그런",
    "저런",
    "다른",
    "같은",
    "여러",
    "즉",
    "또",
    "또는",
    "혹은",
    "및",
    "그리고",
    "그러나",
    "하지만",
    "또한",
    "보통",
    "흔히",
    "주로",
    "가장",
    "매우",
    "더",
    "바로",
    "모두",
    "각각",
    "특히",
    "실제",
    "실제로",
    "해당",
    "이른바",
    "소위",
    "일명",
    "예",
    "예를",
    "다음",
    "아래",
    "위",
    "때",
    "것",
    "수",
    "등",
    "경우",
    "동안",
    "중",
    "후",
    "전",
    "간",
    "내",
    "외",
    "기존",
    "새",
    "본",
    "약",
    "총",
    "왜",
    "꼭",
    "당시",
    "현재",
    "지금",
    "우리",
    "자기",
    "자신",
    "여기",
    "거기",
    "역",
    "저자",
    "번역",
    "출판",
    "이제",
    "다시",
    "그냥",
    "항상",
    "먼저",
    "나중",
    "서로",
    "스스로",
    "직접",
    "대략",
    "거의",
    "아마",
    "전혀",
    "절대",
    "별로",
    "이미",
    "아직",
    "계속",
    "자주",
    "가끔",
    "일단",
    "만약",
    "물론",
    "사실",
    "결국",
    "따라서",
    "반면",
    "대신",
    "덕분",
    "순간",
    "이후",
    "이전",
    "매번",
    "완전히",
    "달리",
    "개",
    "개의",
    "명",
    "명의",
    "번",
    "번의",
    "번째",
    "가지",
    "가지의",
    "종류의",
];

/// Nouns that remark on a thing: `The Goal(만화판)`, `OOO(필수)`.
const REMARKS: [&str; 44] = [
    "다른",
    "이전",
    "이하",
    "이상",
    "현재",
    "최신",
    "예",
    "예시",
    "참고",
    "참조",
    "기본",
    "기본값",
    "필수",
    "선택",
    "권장",
    "옵션",
    "중요",
    "없음",
    "있음",
    "성공",
    "실패",
    "가능",
    "불가",
    "불가능",
    "생략",
    "공식",
    "한글",
    "한글판",
    "영문",
    "영어",
    "번역",
    "번역본",
    "만화판",
    "초판",
    "개정판",
    "링크",
    "출처",
    "무료",
    "유료",
    "추천",
    "완료",
    "오류",
    "정답",
    "주의",
];

/// Whether a noun can be a term's last word: `지속적` wants one behind it.
pub fn can_end(word: &str) -> bool {
    !(word.ends_with('적') && word.chars().nth(2).is_some())
}

pub fn is_remark(words: &str) -> bool {
    words.split(' ').any(|word| REMARKS.contains(&word))
}

/// Particles that follow a noun: after a final consonant, after a vowel.
const PARTICLES: [(&str, bool, bool); 24] = [
    ("은", true, false),
    ("는", false, true),
    ("이", true, false),
    ("가", false, true),
    ("을", true, false),
    ("를", false, true),
    ("에", true, true),
    ("에서", true, true),
    ("에는", true, true),
    ("에게", true, true),
    ("로", false, true),
    ("으로", true, false),
    ("로서", false, true),
    ("로써", false, true),
    ("와", false, true),
    ("과", true, false),
    ("도", true, true),
    ("만", true, true),
    ("들", true, true),
    ("들의", true, true),
    ("들을", true, true),
    ("들이", true, true),
    ("까지", true, true),
    ("부터", true, true),
];

/// Endings that ko-dic takes for a part of an unknown noun.
const ENDINGS: [&str; 14] =
    ["인", "된", "한", "할", "될", "하는", "되는", "하고", "하여", "해서", "이고", "라는", "이라는", "적인"];

/// Words for what was said before. No analysis takes them for nouns.
const PRONOUNS: [&str; 9] = ["우리", "나", "너", "저희", "이것", "그것", "저것", "여기", "거기"];

pub fn shape(word: &str, analyzer: &mut Analyzer) -> Shape {
    let Some(last) = word.chars().rfind(|c| ('가'..='힣').contains(c)) else {
        // A Latin word in a Korean term: `API 게이트웨이`. A number counts something.
        return if word.starts_with(|c: char| c.is_ascii_alphabetic()) { Shape::Noun } else { Shape::Inflected };
    };
    if PREFIXES.contains(&word) {
        return Shape::Prefix;
    }
    if ["이", "그", "저", "해당", "이런", "그런", "다른", "같은", "어떤"].contains(&word) {
        return Shape::Modifier;
    }
    if OUTSIDE.contains(&word) {
        return Shape::Inflected;
    }
    if word.strip_suffix(['는', '은']).is_some_and(|stem| PRONOUNS.contains(&stem)) {
        return Shape::Particle;
    }
    // What is left of a word behind code: `Reader`가 → 가.
    let is_lone_particle = word == "의" || PARTICLES.iter().any(|(particle, ..)| *particle == word);
    if is_lone_particle || is_adverb(word) {
        return Shape::Inflected;
    }
    let (mut whole, mut shorter): (bool, Option<usize>) = (false, None);
    analyzer.terms(word, |term| {
        if term.kind == TermKind::Whole && term.start == 0 {
            if term.end == word.len() {
                // A verb comes in its dictionary form.
                whole |= term.text == word.to_lowercase();
            } else {
                shorter = shorter.max(Some(term.end));
            }
        }
    });
    // No noun ends in `는` or `된`.
    let whole = whole && !word.ends_with(['는', '된']);
    // The final consonant ㄴ: `빈약한`, `분산된`, `낮은`, `쓰는`.
    let describes = (last as u32 - '가' as u32) % 28 == 4;
    match shorter.and_then(|end| word.split_at_checked(end)) {
        Some((_, "의")) => Shape::Possessive,
        Some((stem, rest @ ("와" | "과"))) if is_particle(stem, rest) => Shape::Joined,
        // `낮은` looks like `값은`.
        Some((stem, "은")) if stem.chars().nth(1).is_none() => Shape::Modifier,
        Some((stem, rest)) if is_particle(stem, rest) => Shape::Particle,
        // A word cut in doubt is whole, unless what was cut off is an ending.
        Some((_, rest)) if whole && !ENDINGS.contains(&rest) => Shape::Noun,
        None if whole && !word.ends_with("적인") => Shape::Noun,
        None if word.chars().nth(1).is_none() => Shape::Syllable,
        _ if describes => Shape::Modifier,
        _ => Shape::Inflected,
    }
}

/// `끊임없이`, and `가져올때` without its space.
fn is_adverb(word: &str) -> bool {
    let stem = word.strip_suffix("때").and_then(|stem| stem.chars().next_back());
    let ends_in_rieul = stem.is_some_and(|last| ('가'..='힣').contains(&last) && (last as u32 - '가' as u32) % 28 == 8);
    ends_in_rieul || word.ends_with("없이")
}

fn is_particle(stem: &str, rest: &str) -> bool {
    let Some(last) = stem.chars().next_back().filter(|last| ('가'..='힣').contains(last)) else { return true };
    let consonant = !(last as u32 - '가' as u32).is_multiple_of(28);
    PARTICLES.iter().any(|(particle, closed, open)| rest == *particle && if consonant { *closed } else { *open })
}

#[cfg(test)]
mod tests {
    use seoga_search::Dictionary;

    use super::*;

    #[test]
    fn a_particle_or_an_ending_borders_a_term() {
        let mut analyzer = Analyzer::new(&Dictionary::embedded().unwrap());
        for (word, wanted) in [
            ("깊이", Shape::Noun),
            ("속도", Shape::Noun),
            ("로드밸런서", Shape::Noun),
            ("트랜잭션", Shape::Noun),
            ("교환", Shape::Noun),
            ("API", Shape::Noun),
            ("제어의", Shape::Possessive),
            ("명령과", Shape::Joined),
            ("강요된", Shape::Modifier),
            ("운영체제는", Shape::Particle),
            ("낮은", Shape::Modifier),
            ("유한한", Shape::Modifier),
            ("분산된", Shape::Modifier),
            ("일시적인", Shape::Modifier),
            ("보내므로", Shape::Inflected),
            ("주입받는", Shape::Modifier),
            ("또는", Shape::Inflected),
            ("비", Shape::Prefix),
            ("가", Shape::Inflected),
            ("끊임없이", Shape::Inflected),
            ("가져올때", Shape::Inflected),
            ("개의", Shape::Inflected),
            ("잣대", Shape::Noun),
        ] {
            assert_eq!(shape(word, &mut analyzer), wanted, "{word}");
        }
    }
}
