//! Which titles a drawing shows, and how long they are.

use super::point::Point;

/// A title that wants to stand beside a circle.
pub struct Wish<'a> {
    pub title: &'a str,
    /// Of the circle.
    pub at: Point,
    pub radius: f32,
}

/// A title that has a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Index of the wish.
    pub wish: usize,
    pub text: String,
    /// The middle of its line's upper edge.
    pub at: Point,
    /// Shown on a narrow screen too, in letters that are large there.
    pub on_narrow: bool,
}

/// Characters of a title that a drawing shows.
const LONGEST: f32 = 15.0;
/// How high a line of text is.
const LINE: f32 = 1.25;

/// Places titles, those that come first before the others: in letters of size `narrow` as many as `most_narrow`, and
/// then in letters of size `wide` as many as `most`. None lies on another, or on the circle of another.
pub fn place(wishes: &[Wish<'_>], size: Point, narrow: (f32, usize), wide: (f32, usize)) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for ((letters, most), on_narrow) in [(narrow, true), (wide, false)] {
        let mut taken: Vec<(Point, Point)> = labels
            .iter()
            .filter_map(|label| Some((label, wishes.get(label.wish)?)))
            .flat_map(|(label, wish)| [around(&label.text, label.at, letters), circle(wish)])
            .collect();
        for (index, wish) in wishes.iter().enumerate() {
            if labels.len() >= most {
                break;
            }
            if labels.iter().any(|label| label.wish == index) {
                continue;
            }
            let text = shortened(wish.title, LONGEST);
            let half = width(&text) * letters / 2.0 + 2.0;
            if 2.0 * half > size.x {
                continue;
            }
            let is_free = |at: &Point| {
                let own = around(&text, *at, letters);
                own.0.y >= 0.0 && own.1.y <= size.y && !taken.iter().any(|other| overlap(own, *other))
            };
            let Some(at) = sides(wish, half, letters, size).into_iter().find(is_free) else { continue };
            taken.extend([around(&text, at, letters), circle(wish)]);
            labels.push(Label { wish: index, text, at, on_narrow });
        }
    }
    labels
}

/// Where a title may stand beside its circle, the best first: below, above, to the right, to the left. `half` is half
/// of its width.
fn sides(wish: &Wish<'_>, half: f32, letters: f32, size: Point) -> [Point; 4] {
    let within = |x: f32| x.min(size.x - half).max(half);
    let gap = 0.15 * letters;
    let (x, beside) = (within(wish.at.x), wish.at.y - LINE * letters / 2.0);
    let reach = wish.radius + gap + half;
    [
        Point { x, y: wish.at.y + wish.radius + gap },
        Point { x, y: wish.at.y - wish.radius - gap - LINE * letters },
        Point { x: within(wish.at.x + reach), y: beside },
        Point { x: within(wish.at.x - reach), y: beside },
    ]
}

fn around(text: &str, at: Point, letters: f32) -> (Point, Point) {
    let half = width(text) * letters / 2.0 + 0.2 * letters;
    (Point { x: at.x - half, y: at.y }, Point { x: at.x + half, y: at.y + LINE * letters })
}

fn circle(wish: &Wish<'_>) -> (Point, Point) {
    let reach = Point { x: wish.radius, y: wish.radius };
    (wish.at - reach, wish.at + reach)
}

fn overlap(one: (Point, Point), other: (Point, Point)) -> bool {
    one.0.x < other.1.x && other.0.x < one.1.x && one.0.y < other.1.y && other.0.y < one.1.y
}

/// How wide a text is, in its own letters' size; a little more than most fonts draw it.
pub fn width(text: &str) -> f32 {
    text.chars().map(width_of).sum()
}

/// A text of no more than this width; what was longer ends in `…`.
pub fn shortened(text: &str, most: f32) -> String {
    let mut wide = 0.0;
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        wide += width_of(c);
        if wide > most {
            return format!("{}…", text.get(..kept).unwrap_or_default().trim_end());
        }
        // What fits together with the sign of omission.
        if wide <= most - 1.0 {
            kept = at + c.len_utf8();
        }
    }
    text.to_owned()
}

/// Hangul, kana and ideographs fill a square; of Latin letters the average is counted.
fn width_of(c: char) -> f32 {
    match c {
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 0.96,
        '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{1ffff}' => 1.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.32,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 0.9,
        'A'..='Z' => 0.68,
        _ => 0.57,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_do_not_lie_on_each_other_and_the_first_have_the_first_choice() {
        let wish = |title, x, y| Wish { title, at: Point { x, y }, radius: 5.0 };
        let wishes = [wish("로드 밸런서", 100.0, 100.0), wish("프록시", 110.0, 104.0), wish("캐시", 300.0, 100.0)];
        let size = Point { x: 400.0, y: 200.0 };
        let shown = |most_narrow, most| -> Vec<(usize, bool)> {
            let labels = place(&wishes, size, (24.0, most_narrow), (8.0, most));
            labels.into_iter().map(|label| (label.wish, label.on_narrow)).collect()
        };
        assert_eq!(shown(1, 9), [(0, true), (2, false)]);
        assert_eq!(shown(9, 9), [(0, true), (2, true)]);
        assert_eq!(shown(0, 1), [(0, false)]);
        let at_the_edge = place(&[wish("가장자리에 있는 노트", 2.0, 10.0)], size, (8.0, 1), (8.0, 1));
        assert!(at_the_edge[0].at.x > 30.0, "{at_the_edge:?}");
    }

    #[test]
    fn a_long_title_is_cut_to_its_width() {
        assert_eq!(shortened("짧은 글", 10.0), "짧은 글");
        let cut = shortened("아주아주아주 길고 긴 제목", 8.0);
        assert!(cut.ends_with('…') && width(&cut) <= 8.0, "{cut}");
        assert_eq!(shortened("", 1.0), "");
    }
}
