//! A cut dictionary ↔ bytes, in one description for both ways.

use super::coder::{Coder, Model, Number, Reader, Tree, Writer};
use super::model::{Category, Class, CutDictionary, Entry, Join, Makeup, NounContexts, Unknown};

/// More ids and classes than ko-dic has.
const MOST_IDS: usize = 4096;

/// Begins the bytes; counts changes of this format.
const VERSION: u32 = 2;

impl CutDictionary {
    /// The same dictionary gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        pass(&mut writer, self);
        writer.finish()
    }

    /// `None` where the bytes are no cut dictionary of this version, or are cut off.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        pass(&mut Reader::new(bytes), &Self::default())
    }
}

/// The format. A reader hands in an empty dictionary, and gets the one that was written.
fn pass(coder: &mut impl Coder, from: &CutDictionary) -> Option<CutDictionary> {
    let mut number = Number::new();
    if number.code(coder, VERSION) != VERSION {
        return None;
    }
    let mut to = CutDictionary::default();
    let mut letters = Letters::new();
    // Counts first: everything is checked against them.
    to.rights = u16::try_from(number.code(coder, from.rights.into())).ok()?;
    let lefts = list(coder, &mut number, from.strangers.len())?;
    let classes = list(coder, &mut number, from.classes.len())?;
    if lefts > MOST_IDS || usize::from(to.rights) > MOST_IDS || classes > MOST_IDS {
        return None;
    }
    let tags: Vec<&str> = {
        let mut tags: Vec<&str> = from.classes.iter().map(|class| class.tag.as_str()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    };
    let count = list(coder, &mut number, tags.len())?;
    let mut read_tags = Vec::new();
    for at in 0..count {
        read_tags.push(letters.code(coder, tags.get(at).copied().unwrap_or_default())?);
    }
    let (mut left, mut right, mut tag) = (Tree::below(lefts), Tree::below(to.rights.into()), Tree::below(count));
    for at in 0..classes {
        let class = from.classes.get(at);
        let place = class.and_then(|class| tags.iter().position(|tag| *tag == class.tag)).unwrap_or_default();
        to.classes.push(Class {
            left: left.code(coder, class.map_or(0, |class| class.left.into())) as u16,
            right: right.code(coder, class.map_or(0, |class| class.right.into())) as u16,
            tag: read_tags.get(tag.code(coder, place as u32) as usize)?.clone(),
        });
    }
    entries(coder, from, &mut to, &mut letters)?;
    joins(coder, from, &mut to, lefts)?;
    to.beginnings = ascending(coder, from.beginnings.iter().map(|&c| u32::from(c)))?
        .into_iter()
        .map(char::from_u32)
        .collect::<Option<_>>()?;
    to.stem_count = number.code(coder, from.stem_count);
    to.stems = ascending(coder, from.stems.iter().copied())?;
    characters(coder, from, &mut to)?;
    let mut pair =
        |from: (u16, u16)| (number.code(coder, from.0.into()) as u16, number.code(coder, from.1.into()) as u16);
    to.nouns = NounContexts { open: pair(from.nouns.open), closed: pair(from.nouns.closed) };
    lacking(coder, from, &mut to, &mut letters)?;
    let hanja = ascending(coder, from.hanja.iter().map(|&(hanja, _)| u32::from(hanja)))?;
    for (at, code) in hanja.into_iter().enumerate() {
        let reading = from.hanja.get(at).map_or('\0', |&(_, reading)| reading);
        to.hanja.push((char::from_u32(code)?, letters.character(coder, None, reading)?));
    }
    (!coder.is_over()).then_some(to)
}

/// The length of a list; no list of a dictionary is longer than ko-dic.
fn list(coder: &mut impl Coder, number: &mut Number, length: usize) -> Option<usize> {
    let length = number.code(coder, length as u32) as usize;
    (length < 1 << 21).then_some(length)
}

fn ascending(coder: &mut impl Coder, from: impl ExactSizeIterator<Item = u32>) -> Option<Vec<u32>> {
    let mut number = Number::new();
    let count = list(coder, &mut number, from.len())?;
    let mut from = from;
    let mut to: Vec<u32> = Vec::new();
    for _ in 0..count {
        let last = to.last().copied().unwrap_or_default();
        let next = from.next().unwrap_or(last);
        to.push(last.checked_add(number.code(coder, next - last))?);
        if coder.is_over() {
            return None;
        }
    }
    Some(to)
}

fn entries(coder: &mut impl Coder, from: &CutDictionary, to: &mut CutDictionary, letters: &mut Letters) -> Option<()> {
    let mut count = Number::new();
    let entries = list(coder, &mut count, from.entries.len())?;
    let mut surfaces = Surfaces::new();
    let mut classes = [(); 12].map(|()| Tree::below(from.classes.len().max(to.classes.len())));
    let mut kinds: Vec<Tree> = to.classes.iter().map(|_| Tree::new(2)).collect();
    let mut costs = Costs::new();
    let mut borders = [(); 64].map(|()| Model::default());
    let mut before: Vec<char> = Vec::new();
    let mut same = [Model::default(); 4];
    let mut repeated = 0;
    for at in 0..entries {
        let entry = from.entries.get(at);
        let new: Vec<char> = entry.map(|entry| entry.surface.chars().collect()).unwrap_or_default();
        let is_same = coder.bit(&mut same[repeated.min(3)], new == before);
        if is_same {
            repeated += 1;
        } else {
            repeated = 0;
            surfaces.code(coder, letters, &mut before, &new)?;
        }
        let last = before.last().copied()?;
        let length = before.len();
        let closed = match last {
            '가'..='힣' => u32::from(!(last as u32 - 0xAC00).is_multiple_of(28)),
            _ => 2,
        } as usize;
        let class = classes[(length - 1).min(3) * 3 + closed].code(coder, entry.map_or(0, |entry| entry.class.into()));
        let tag = &to.classes.get(class as usize)?.tag;
        let cost = costs.code(coder, tag, length, entry.map_or(0, |entry| entry.cost));
        let kind = entry.map_or(0, |entry| match entry.makeup {
            Makeup::Plain => 0,
            Makeup::Parts(_) => 1,
            Makeup::Stem(_) => 2,
            Makeup::Reading(_) => 3,
        });
        let makeup = match kinds.get_mut(class as usize)?.code(coder, kind) {
            0 => Makeup::Plain,
            1 => {
                let lengths = entry.map_or(&[][..], |entry| match &entry.makeup {
                    Makeup::Parts(lengths) => lengths,
                    _ => &[],
                });
                let ends: Vec<usize> = lengths
                    .iter()
                    .scan(0, |end, &length| {
                        *end += usize::from(length);
                        Some(*end)
                    })
                    .collect();
                let mut parts = vec![1u8];
                for place in 1..length {
                    let context = (length.min(8) - 1) * 8 + place.min(7);
                    match coder.bit(&mut borders[context], ends.contains(&place)) {
                        true => parts.push(1),
                        false => *parts.last_mut()? += 1,
                    }
                }
                Makeup::Parts(parts)
            }
            2 => {
                let stem = entry.map_or("", |entry| match &entry.makeup {
                    Makeup::Stem(stem) => stem,
                    _ => "",
                });
                Makeup::Stem(letters.beginning_as(coder, &before, stem)?)
            }
            _ => {
                let reading = entry.map_or("", |entry| match &entry.makeup {
                    Makeup::Reading(reading) => reading,
                    _ => "",
                });
                Makeup::Reading(letters.code(coder, reading)?)
            }
        };
        to.entries.push(Entry { surface: before.iter().collect(), class: class as u16, cost, makeup });
        if coder.is_over() {
            return None;
        }
    }
    Some(())
}

/// Nouns that are not here.
fn lacking(coder: &mut impl Coder, from: &CutDictionary, to: &mut CutDictionary, letters: &mut Letters) -> Option<()> {
    let count = list(coder, &mut Number::new(), from.lacking.len())?;
    let mut surfaces = Surfaces::new();
    let mut before = Vec::new();
    for at in 0..count {
        let new: Vec<char> = from.lacking.get(at).map(|noun| noun.chars().collect()).unwrap_or_default();
        surfaces.code(coder, letters, &mut before, &new)?;
        to.lacking.push(before.iter().collect());
        if coder.is_over() {
            return None;
        }
    }
    Some(())
}

fn joins(coder: &mut impl Coder, from: &CutDictionary, to: &mut CutDictionary, lefts: usize) -> Option<()> {
    let mut number = Number::new();
    let mut gaps = Number::new();
    let mut stranger = Tree::new(9);
    for left in 0..lefts {
        // Rounded up to 64 already.
        let cost = from.strangers.get(left).copied().unwrap_or_default();
        to.strangers.push((stranger.code(coder, (cost as u32) >> 6) << 6).min(i16::MAX as u32 & !63) as i16);
    }
    let count = list(coder, &mut number, from.joins.len())?;
    let (mut exact, mut costs, mut low) = (Model::default(), Tree::new(10), Tree::new(6));
    let mut at = 0u32;
    let rights = u32::from(to.rights);
    for place in 0..count {
        let join = from.joins.get(place);
        let next = join.map_or(at, |join| u32::from(join.left) * rights + u32::from(join.right));
        at = at.checked_add(gaps.code(coder, next - at))?;
        let cost = i32::from(join.map_or(0, |join| join.cost)) + 0x8000;
        let high = costs.code(coder, cost as u32 >> 6) << 6;
        let is_exact = coder.bit(&mut exact, join.is_some_and(|join| join.seen));
        let cost = high + if is_exact { low.code(coder, cost as u32 & 63) } else { 0 };
        to.joins.push(Join {
            left: u16::try_from(at.checked_div(rights)?).ok()?,
            right: (at % rights) as u16,
            cost: (cost as i32 - 0x8000) as i16,
            seen: is_exact,
        });
        at = at.saturating_add(1);
        if coder.is_over() {
            return None;
        }
    }
    Some(())
}

fn characters(coder: &mut impl Coder, from: &CutDictionary, to: &mut CutDictionary) -> Option<()> {
    let mut number = Number::new();
    for at in 0..list(coder, &mut number, from.categories.len())? {
        let category = from.categories.get(at);
        let flags = category.map_or(0, |category| u32::from(category.invoke) | u32::from(category.group) << 1);
        let flags = number.code(coder, flags);
        let length = number.code(coder, category.map_or(0, |category| category.length.into()));
        to.categories.push(Category { invoke: flags & 1 == 1, group: flags & 2 == 2, length: length as u8 });
    }
    let mut last = 0u32;
    for at in 0..list(coder, &mut number, from.runs.len())? {
        let run = from.runs.get(at);
        last = last.checked_add(number.code(coder, run.map_or(0, |run| run.0 - last)))?;
        let ids = run.map_or(&[][..], |run| &run.1);
        let mut read = Vec::new();
        for place in 0..list(coder, &mut number, ids.len())? {
            read.push(number.code(coder, ids.get(place).copied().unwrap_or_default().into()) as u8);
            if coder.is_over() {
                return None;
            }
        }
        to.runs.push((last, read));
    }
    for at in 0..list(coder, &mut number, from.unknown.len())? {
        let unknown = from.unknown.get(at);
        let category = number.code(coder, unknown.map_or(0, |unknown| unknown.category.into())) as u8;
        let class = number.code(coder, unknown.map_or(0, |unknown| unknown.class.into())) as u16;
        let cost = number.code(coder, unknown.map_or(0, |unknown| (i32::from(unknown.cost) + 0x8000) as u32));
        to.unknown.push(Unknown { category, class, cost: (cost as i32 - 0x8000) as i16 });
        if coder.is_over() {
            return None;
        }
    }
    Some(())
}

/// Word costs: many words have the very cost that ko-dic gives to all words of their kind and length.
struct Costs(Vec<Tree>);

impl Costs {
    fn new() -> Self {
        Self((0..20).map(|_| Tree::new(16)).collect())
    }

    fn code(&mut self, coder: &mut impl Coder, tag: &str, length: usize, cost: i16) -> i16 {
        let kind = match tag {
            "NNG" => 0,
            "NNP" => 1,
            "VV+" => 2,
            _ if tag.starts_with('V') => 3,
            _ => 4,
        };
        let value = self.0[kind * 4 + length.min(4) - 1].code(coder, (i32::from(cost) + 0x8000) as u32);
        (value as i32 - 0x8000) as i16
    }
}

/// Texts in ascending order, each in the light of the one before it.
struct Surfaces {
    /// How much they share.
    shared: [Tree; 8],
    /// How much follows.
    rest: [Tree; 8],
}

impl Surfaces {
    fn new() -> Self {
        Self { shared: [(); 8].map(|()| Tree::new(6)), rest: [(); 8].map(|()| Tree::new(6)) }
    }

    /// Makes the text before into the new one.
    fn code(
        &mut self,
        coder: &mut impl Coder,
        letters: &mut Letters,
        before: &mut Vec<char>,
        new: &[char],
    ) -> Option<()> {
        let length = before.len().min(7);
        let kept = before.iter().zip(new).take_while(|(a, b)| a == b).count();
        let kept = self.shared[length].code(coder, kept.min(63) as u32) as usize;
        let more = self.rest[kept.min(7)].code(coder, (new.len().saturating_sub(kept)).min(63) as u32) as usize;
        let floor = before.get(kept).copied().filter(|_| kept == 0);
        before.truncate(kept);
        for place in kept..kept + more {
            let character = new.get(place).copied().unwrap_or_default();
            let character = match floor.filter(|_| place == 0) {
                Some(floor) => letters.step(coder, floor, character)?,
                None => letters.character(coder, before.last().copied(), character)?,
            };
            before.push(character);
        }
        Some(())
    }
}

/// Texts, Hangul by its letters.
struct Letters {
    hangul: [Model; 3],
    initial: Vec<Tree>,
    vowel: Vec<Tree>,
    last: Vec<Tree>,
    other: Tree,
    steps: Number,
    lengths: Tree,
}

impl Letters {
    fn new() -> Self {
        Self {
            hangul: [Model::default(); 3],
            initial: (0..30).map(|_| Tree::new(5)).collect(),
            vowel: (0..20).map(|_| Tree::new(5)).collect(),
            last: (0..19 * 21).map(|_| Tree::new(5)).collect(),
            other: Tree::new(16),
            steps: Number::new(),
            lengths: Tree::new(6),
        }
    }

    /// A character, in the light of the one before it.
    fn character(&mut self, coder: &mut impl Coder, before: Option<char>, character: char) -> Option<char> {
        let code = character as u32;
        let context = match before {
            Some(before @ '가'..='힣') => (before as u32 - 0xAC00) as usize % 28,
            Some(_) => 28,
            None => 29,
        };
        let syllable = matches!(character, '가'..='힣');
        let kind = if context < 28 { 0 } else { context - 27 };
        if !coder.bit(&mut self.hangul[kind], syllable) {
            return char::from_u32(self.other.code(coder, code & 0xFFFF));
        }
        let place = code.wrapping_sub(0xAC00);
        let initial = self.initial[context].code(coder, (place / 588) & 31) as usize;
        let vowel = self.vowel[initial.min(18)].code(coder, place / 28 % 21) as usize;
        let last = self.last[initial.min(18) * 21 + vowel.min(20)].code(coder, place % 28) as usize;
        char::from_u32((0xAC00 + initial.min(18) * 588 + vowel.min(20) * 28 + last.min(27)) as u32)
    }

    /// A character that is not below another.
    fn step(&mut self, coder: &mut impl Coder, floor: char, character: char) -> Option<char> {
        let step = (character as u32).wrapping_sub(floor as u32);
        char::from_u32((floor as u32).checked_add(self.steps.code(coder, step))?)
    }

    fn code(&mut self, coder: &mut impl Coder, text: &str) -> Option<String> {
        self.beginning_as(coder, &[], text)
    }

    /// A text that may begin as another does.
    fn beginning_as(&mut self, coder: &mut impl Coder, other: &[char], text: &str) -> Option<String> {
        let text: Vec<char> = text.chars().collect();
        let kept = other.iter().zip(&text).take_while(|(a, b)| a == b).count();
        let kept = if other.is_empty() { 0 } else { self.lengths.code(coder, kept.min(63) as u32) as usize };
        let more = self.lengths.code(coder, text.len().saturating_sub(kept).min(63) as u32) as usize;
        let mut read: Vec<char> = other.get(..kept)?.to_vec();
        for place in kept..kept + more {
            let character = text.get(place).copied().unwrap_or_default();
            read.push(self.character(coder, read.last().copied(), character)?);
        }
        Some(read.into_iter().collect())
    }
}
