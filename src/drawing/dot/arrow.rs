//! The ends of edges: `normal`, `odiamond`, `lteeoldiamond` and all others that the grammar of arrows makes.

use super::curve::Point;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Normal,
    Inv,
    Box,
    Crow,
    Curve,
    Diamond,
    Dot,
    Tee,
    Vee,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    kind: Kind,
    is_open: bool,
    /// Only the half at the left or at the right, as the edge leads.
    half: Option<Half>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Left,
    Right,
}

pub const NORMAL: Head = Head { kind: Kind::Normal, is_open: false, half: None };

/// One stroke of an arrow.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Polygon { points: Vec<Point>, is_open: bool },
    Circle { middle: Point, radius: f64, is_open: bool },
    Line(Vec<Point>),
}

/// The heads that a name stands for, the one at the node first; `None` where it is no name of arrows.
pub fn of(name: &str) -> Option<Vec<Head>> {
    let plain = |kind| Head { kind, is_open: false, half: None };
    let open = |kind| Head { kind, is_open: true, half: None };
    match name {
        "" => return Some(vec![NORMAL]),
        "empty" => return Some(vec![open(Kind::Normal)]),
        "open" => return Some(vec![plain(Kind::Vee)]),
        "halfopen" => return Some(vec![Head { half: Some(Half::Left), ..plain(Kind::Vee) }]),
        "ediamond" => return Some(vec![open(Kind::Diamond)]),
        "invempty" => return Some(vec![open(Kind::Inv)]),
        "invdot" => return Some(vec![plain(Kind::Inv), plain(Kind::Dot)]),
        "invodot" => return Some(vec![plain(Kind::Inv), open(Kind::Dot)]),
        _ => {}
    }
    const KINDS: [(&str, Kind); 11] = [
        ("normal", Kind::Normal),
        ("inv", Kind::Inv),
        ("box", Kind::Box),
        ("crow", Kind::Crow),
        ("icurve", Kind::Curve),
        ("curve", Kind::Curve),
        ("diamond", Kind::Diamond),
        ("dot", Kind::Dot),
        ("tee", Kind::Tee),
        ("vee", Kind::Vee),
        ("none", Kind::None),
    ];
    let mut heads = Vec::new();
    let mut rest = name;
    while !rest.is_empty() && heads.len() < 4 {
        let mut head = plain(Kind::None);
        loop {
            if let Some((word, kind)) = KINDS.iter().find(|(word, _)| rest.starts_with(word)) {
                head.kind = *kind;
                rest = &rest[word.len()..];
                break;
            }
            let mut characters = rest.chars();
            match characters.next() {
                Some('o') => head.is_open = true,
                Some('l') => head.half = Some(Half::Left),
                Some('r') => head.half = Some(Half::Right),
                _ => return None,
            }
            rest = characters.as_str();
        }
        heads.push(head);
    }
    rest.is_empty().then_some(heads)
}

/// Of a plain arrow.
const LENGTH: f64 = 10.0;

impl Head {
    /// How much of the edge it takes.
    fn length(self, scale: f64) -> f64 {
        scale
            * LENGTH
            * match self.kind {
                Kind::Normal | Kind::Inv | Kind::Crow | Kind::Vee => 1.0,
                Kind::Box => 0.75,
                Kind::Curve => 1.0,
                Kind::Diamond => 1.2,
                Kind::Dot => 0.8,
                Kind::Tee => 0.25,
                Kind::None => 0.0,
            }
    }

    /// Whether the edge goes on beneath it, so that nothing is missing behind it.
    fn lets_through(self) -> bool {
        matches!(self.kind, Kind::Vee | Kind::Crow | Kind::Curve | Kind::Tee)
    }

    fn marks(self, tip: Point, back: Point, scale: f64, out: &mut Vec<Mark>) {
        let length = self.length(scale);
        let end = tip + back * length;
        let side = back.across();
        let is_open = self.is_open;
        // Which halves there are: at the one side of the edge, at the other.
        let (left, right) = match self.half {
            None => (1.0, 1.0),
            Some(Half::Left) => (0.0, 1.0),
            Some(Half::Right) => (1.0, 0.0),
        };
        let spread = |at: Point, width: f64| (at + side * (width * left), at - side * (width * right));
        let mut polygon = |points: Vec<Point>| out.push(Mark::Polygon { points, is_open });
        match self.kind {
            Kind::None => {}
            Kind::Normal => {
                let (one, other) = spread(end, 3.5 * scale);
                polygon(vec![tip, one, other]);
            }
            Kind::Inv => {
                let (one, other) = spread(tip, 3.5 * scale);
                polygon(vec![end, one, other]);
            }
            Kind::Box => {
                let (one, other) = spread(tip, 3.75 * scale);
                let (back_one, back_other) = spread(end, 3.75 * scale);
                polygon(vec![one, back_one, back_other, other]);
            }
            Kind::Diamond => {
                let (one, other) = spread(tip.towards(end, 0.5), 4.0 * scale);
                polygon(vec![tip, one, end, other]);
            }
            Kind::Vee => {
                let (one, other) = spread(end, 4.5 * scale);
                polygon(vec![tip, one, tip.towards(end, 0.66), other]);
            }
            Kind::Dot => {
                out.push(Mark::Circle { middle: tip.towards(end, 0.5), radius: length / 2.0, is_open });
            }
            Kind::Tee => {
                let at = tip.towards(end, 0.6);
                let (one, other) = spread(at, 5.0 * scale);
                let (back_one, back_other) = spread(at + back * (2.0 * scale), 5.0 * scale);
                polygon(vec![one, back_one, back_other, other]);
            }
            Kind::Crow => {
                // Three toes at the node.
                let (one, other) = spread(tip, 5.0 * scale);
                for toe in [one, other] {
                    out.push(Mark::Line(vec![toe, end]));
                }
                out.push(Mark::Line(vec![tip, end]));
            }
            Kind::Curve => {
                let (one, other) = spread(tip, 4.5 * scale);
                let middle = end;
                out.push(Mark::Line(vec![one, one.towards(middle, 0.7), middle, other.towards(middle, 0.7), other]));
            }
        }
    }
}

/// The marks at the end of an edge, of which `back` leads away from the node; how much of the edge they take, and how much
/// of it is not to be drawn.
pub fn marks(heads: &[Head], tip: Point, back: Point, scale: f64) -> (Vec<Mark>, f64) {
    let mut marks = Vec::new();
    let mut at = tip;
    let mut hidden = 0.0;
    let mut gone = 0.0;
    for head in heads {
        head.marks(at, back, scale, &mut marks);
        gone += head.length(scale);
        at = tip + back * gone;
        if !head.lets_through() {
            hidden = gone;
        }
    }
    (marks, hidden)
}

/// How much of an edge its marks take.
pub fn length(heads: &[Head], scale: f64) -> f64 {
    heads.iter().map(|head| head.length(scale)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let count = |name| of(name).map(|heads| heads.len());
        for name in
            ["normal", "onormal", "empty", "open", "vee", "odot", "lcrow", "odiamond", "tee", "none", "box", "obox"]
        {
            assert_eq!(count(name), Some(1), "{name}");
        }
        assert_eq!([count("crowtee"), count("invdot"), count("lteeoldiamond"), count("crowodot")], [Some(2); 4]);
        assert_eq!([count("화살"), count("arrow"), count("normalx")], [None; 3]);
        assert_eq!(of("empty"), of("onormal"));
    }
}
