//! What a delimiter run may do, by the characters on both sides of it.

use std::ops::Range;

use super::punctuation::is_punctuation;

/// Whose rules decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// CommonMark with GitHub's strikethrough, exactly as pulldown-cmark reads them.
    CommonMark,
    /// The same with the wider flanking test; `==`, and no single `~`.
    Korean,
}

/// Whether a run may open and whether it may close an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role {
    pub open: bool,
    pub close: bool,
    /// The run may as well be an operator; two that stand alike are no pair.
    pub operator: Option<Operator>,
}

/// Asterisks that the wider rule would let open and close, and that are no emphasis when there are two of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `/api/**와 /admin/**는`
    Glob,
    /// `단가*(1+세율), 수량*(1-할인)`
    Product,
}

impl Role {
    pub fn both(self) -> bool {
        self.open && self.close
    }
}

/// The characters beside a run; `None` is the beginning or end of a line or cell, which counts as white space.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours {
    before: Option<char>,
    after: Option<char>,
    /// A variation selector stands between `before` and the run.
    variation: Option<char>,
}

impl Neighbours {
    pub fn of(body: &str, run: &Range<usize>, at_line_start: bool, in_table: bool) -> Self {
        let mut back = body.get(..run.start).unwrap_or_default().chars().rev();
        let mut before = if at_line_start { None } else { back.next() };
        let after = body.get(run.end..).and_then(|rest| rest.chars().next());
        let variation = before.filter(|c| matches!(c, '\u{fe00}'..='\u{fe0e}'));
        if variation.is_some() {
            before = back.next();
        }
        Self { before, after: after.filter(|&c| !(in_table && c == '|')), variation }
    }

    /// What a run of `length` times `mark` may do here.
    pub fn role(self, rules: Rules, mark: u8, length: usize) -> Role {
        let korean = rules == Rules::Korean;
        let before = if korean { self.before } else { self.variation.or(self.before) };
        let (space_before, space_after) = (is_space(before), is_space(self.after));
        let (point_before, point_after) = (is_point(before), is_point(self.after));
        let beside_cjk = korean && (self.is_cjk_before() || self.after.is_some_and(is_cjk));
        let role = |open, close| Role { open, close, operator: None };
        let left = !space_after && (!point_after || space_before || point_before || beside_cjk);
        let right = !space_before && (!point_before || space_after || point_after || beside_cjk);
        match (mark, length) {
            (b'*', _) => Role { open: left, close: right, operator: self.operator().filter(|_| korean) },
            // The wider test changes nothing here: where it makes a run flank on one side more, the run flanked on
            // the other already, and an underscore that does both must stand beside punctuation as ever.
            (b'_', _) => role(left && (!right || point_before), right && (!left || point_after)),
            // Two tildes open before any letter or point in pulldown-cmark.
            (b'~', 2) => role(!space_after, right || before == Some('~')),
            (b'~', 1) if !korean => role(
                !space_after && (space_before || point_before),
                !space_before && (space_after || point_after || before == Some('~')),
            ),
            (b'=', 2) if korean => self.highlight(left, right),
            _ => Role::default(),
        }
    }

    /// `==` is a comparison far more often than a highlight: it opens nothing behind a Latin letter, a digit, a closing
    /// bracket or `!`, closes nothing in front of a letter or a digit, and does neither alone between quotes or brackets.
    fn highlight(self, left: bool, right: bool) -> Role {
        let is_word = |c: char| c.is_alphanumeric() && !is_cjk(c);
        let quoted = match (self.before, self.after) {
            (Some(before), Some(after)) => {
                let closing = match before {
                    '(' => ')',
                    '[' => ']',
                    '{' => '}',
                    '<' => '>',
                    '‘' => '’',
                    '“' => '”',
                    '「' => '」',
                    other => other,
                };
                is_punctuation(before) && after == closing
            }
            _ => false,
        };
        let operand_before = self.before.is_some_and(|c| is_word(c) || matches!(c, ')' | ']' | '}' | '!'));
        Role {
            open: left && !quoted && !operand_before,
            close: right && !quoted && !self.after.is_some_and(is_word),
            operator: None,
        }
    }

    fn operator(self) -> Option<Operator> {
        match (self.before?, self.after?) {
            ('/', after) if is_cjk(after) => Some(Operator::Glob),
            (before, '(') if is_cjk(before) && !is_punctuation(before) => Some(Operator::Product),
            _ => None,
        }
    }

    fn is_cjk_before(self) -> bool {
        self.before.is_some_and(|before| {
            // A typographic quote that is asked to be full-width; a selector that only ideographs have.
            let wide = self.variation == Some('\u{fe01}') && matches!(before, '‘' | '’' | '“' | '”');
            is_cjk(before) || wide || matches!(before, '\u{e0100}'..='\u{e01ef}')
        })
    }
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_point(c: Option<char>) -> bool {
    c.is_some_and(is_punctuation)
}

/// Wide, full-width and half-width characters (Unicode Standard Annex 11) that are not emoji by default, and Hangul. The
/// ranges are drawn over code points that are not assigned yet.
fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11ff | 0x20a9 | 0x2329..=0x232a | 0x2630..=0x2637 | 0x268a..=0x268f // Hangul letters, ₩, 〈〉
        | 0x2e80..=0x303e | 0x3041..=0x3247 | 0x3250..=0xa4cf // radicals, 、。「」, kana, Hangul letters, ideographs
        | 0xa960..=0xa97f | 0xac00..=0xd7ff // Hangul
        | 0xf900..=0xfaff | 0xfe10..=0xfe19 | 0xfe30..=0xfe6f | 0xff01..=0xffee // full and half width
        | 0x16fe0..=0x1b2ff | 0x1d300..=0x1d376
        | 0x1f200 | 0x1f202..=0x1f219 | 0x1f21b..=0x1f22e | 0x1f230..=0x1f231 | 0x1f237 | 0x1f23b..=0x1f248
        | 0x1f260..=0x1f265
        | 0x20000..=0x3fffd)
}
