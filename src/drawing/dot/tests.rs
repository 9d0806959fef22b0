//! What a reader sees of drawings in DOT.

use super::super::Drawing;
use super::draw;

fn drawn(source: &str) -> Drawing {
    draw(source).unwrap_or_else(|fault| panic!("{source}: {} at {:?}", fault.message.english, fault.at))
}

/// The numbers of an attribute in an SVG.
fn numbers(svg: &str, element: &str, attribute: &str) -> Vec<f64> {
    let start = format!("<{element} ");
    let elements = svg.split(&start).skip(1).filter_map(|rest| rest.split('>').next());
    let value = |tag: &str| {
        let rest = format!(" {tag}");
        let value = rest.split(&format!(" {attribute}=\"")).nth(1)?.split('"').next()?.to_owned();
        value.parse().ok()
    };
    elements.filter_map(value).collect()
}

/// Where the words stand.
fn place(svg: &str, word: &str) -> (f64, f64) {
    let text = svg.split("<text ").find(|text| text.contains(&format!(">{word}<"))).unwrap();
    let number =
        |name: &str| text.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    (number("x"), number("y"))
}

#[test]
fn edges_lead_down_or_as_the_writer_says() {
    for (direction, is_after) in [
        ("TB", (|a, b| a.1 < b.1) as fn((f64, f64), (f64, f64)) -> bool),
        ("BT", |a, b| a.1 > b.1),
        ("LR", |a, b| a.0 < b.0),
        ("RL", |a, b| a.0 > b.0),
    ] {
        let drawing = drawn(&format!("digraph {{ rankdir={direction}; 가 -> 나 -> 다 }}"));
        let [a, b, c] = ["가", "나", "다"].map(|word| place(&drawing.svg[0], word));
        assert!(is_after(a, b) && is_after(b, c), "{direction}: {a:?} {b:?} {c:?}");
        assert_eq!(drawing.labels, ["가", "나", "다"]);
    }
}

#[test]
fn levels_are_kept() {
    let drawing = drawn("digraph { a -> b -> c; d; {rank=same; a; d} {rank=same c e} e -> f [constraint=false] }");
    let y = |word| place(&drawing.svg[0], word).1;
    assert_eq!((y("a"), y("c")), (y("d"), y("e")));
    assert!(y("a") < y("b") && y("b") < y("c"));
}

#[test]
fn a_cluster_holds_its_nodes_and_no_others() {
    let drawing = drawn("digraph { subgraph cluster_서버 { label=\"서버 묶음\"; a -> b } c -> a; b -> d; c -> d; e }");
    let svg = &drawing.svg[0];
    let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| numbers(svg, "rect", name)[0]);
    let is_in = |word: &str| {
        let (at_x, at_y) = place(svg, word);
        (x..x + width).contains(&at_x) && (y..y + height).contains(&at_y)
    };
    assert!(is_in("a") && is_in("b") && is_in("서버 묶음"), "{svg}");
    assert!(!is_in("c") && !is_in("d") && !is_in("e"), "{svg}");
}

#[test]
fn both_themes_stand_in_one_picture() {
    let drawing = drawn("digraph { a [style=filled fillcolor=yellow]; b [color=red]; a -> b [color=\"#336699\"] }");
    let [svg] = drawing.svg.as_slice() else { panic!("{:?}", drawing.svg) };
    assert!(svg.contains("fill:light-dark(#000000,#") && svg.contains("light-dark(#ffff00,#"), "{svg}");
    assert!(svg.contains("light-dark(#ff0000,#") && svg.contains("light-dark(#336699,#"), "{svg}");
}

#[test]
fn words_on_a_ground_of_the_writers_can_be_read() {
    let drawing = drawn("digraph { a [style=filled fillcolor=navy]; b [style=filled, fillcolor=white] }");
    assert!(drawing.svg[0].contains("fill:light-dark(#ffffff,#000000)"), "{}", drawing.svg[0]);
}

#[test]
fn links_are_links() {
    let source = "digraph { a [label=\"[[운영/배포 절차|절차]]를 따른다\"]; b [URL=\"https://example.org/?a=1&b=2\"]; \
                  c [href=\"[[노트]]\"]; a -> b [label=<<b>[[셋]]</b>>]; a -> c [label=x URL=\"가.md\"]; b -> c [URL=\"가.md\"] }";
    let drawing = drawn(source);
    let mut found: Vec<(&str, bool, usize)> =
        drawing.links.iter().map(|link| (link.target.as_str(), link.is_wikilink, link.at.unwrap())).collect();
    found.sort_by_key(|(.., at)| *at);
    let place = |target: &str| source.find(target).unwrap();
    let expected = [
        ("운영/배포 절차", true, place("운영")),
        ("https://example.org/?a=1&b=2", false, place("https")),
        ("노트", true, place("노트")),
        ("셋", true, place("셋")),
        ("가.md", false, place("가.md")),
        ("가.md", false, source.rfind("가.md").unwrap()),
    ];
    assert_eq!(found, expected);
    assert!(drawing.labels.contains(&"절차를 따른다".to_owned()), "{:?}", drawing.labels);
}

#[test]
fn the_label_of_the_whole_is_its_title() {
    let drawing = drawn("digraph { label=\"배포\\n절차\"; 가 -> 나 [label=\"요청\"] }");
    assert_eq!(drawing.title.as_deref(), Some("배포 절차"));
    assert_eq!(drawing.labels, ["가", "요청", "나"]);
    assert!(drawing.svg[0].contains(">배포<"));
}

#[test]
fn what_is_hidden_takes_its_place_and_says_nothing() {
    let drawing = drawn("digraph { a -> b -> c; b [style=invis]; a -> b [style=invis label=\"숨은\"] }");
    assert_eq!(drawing.labels, ["a", "c"]);
    let [a, c] = ["a", "c"].map(|word| place(&drawing.svg[0], word).1);
    assert!(c - a > 2.0 * 36.0);
}

#[test]
fn an_edge_ends_at_its_port() {
    let ends = |head: &str| -> Vec<f64> {
        let source = format!("digraph {{ a [shape=record label=\"{{<p>하나|둘|<q>셋}}\"]; b -> a{head} }}");
        let drawing = drawn(&source);
        let points = drawing.svg[0].split("class=\"a\"").next().unwrap().rsplit("points=\"").next().unwrap();
        let tip = points.split(' ').next().unwrap().split(',').map(|number| number.parse().unwrap());
        tip.collect()
    };
    let (whole, top, bottom) = (ends(""), ends(":p"), ends(":q"));
    assert_eq!(whole, top, "the top one is where it comes from");
    assert!(bottom[1] > top[1] + 20.0, "{bottom:?} {top:?}");
    let drawing = drawn("digraph { a [shape=record label=\"하나\"]; b -> a:없음; b -> a:s; b:c -> a }");
    assert_eq!(drawing.remarks.len(), 1);
    assert_eq!(drawing.remarks[0].at, Some("digraph { a [shape=record label=\"하나\"]; b ".len()));
}

#[test]
fn what_would_be_another_picture_is_refused() {
    for (source, at) in [
        ("digraph { layout=neato a -> b }", "digraph { layout="),
        ("digraph { a [shape=sdl_task] }", "digraph { a [shape="),
        ("digraph { a [image=\"x.png\"] }", "digraph { a [image="),
        ("digraph { a [label=<<img src=\"x\"/>>] }", "digraph { a [label="),
        ("digraph { a -> b [color=\"/blues9/3\"] }", "digraph { a -> b [color="),
        ("digraph { a -> b [arrowhead=화살] }", "digraph { a -> b [arrowhead="),
        ("digraph { a [style=wedged, fillcolor=\"red:blue\"] }", "digraph { a [style="),
        ("digraph { a [shape=record label=\"{a\"] }", "digraph { a [shape=record label="),
        ("digraph { a -> b [color=\"red;0.5:blue\"] }", "digraph { a -> b [color="),
    ] {
        let fault = draw(source).unwrap_err();
        assert_eq!(fault.at, Some(at.len()), "{source}: {}", fault.message.english);
        assert!(fault.hint.is_some(), "{source}");
    }
    for source in ["", "digraph {", "digraph { }", "a -> b", "digraph { a } digraph { b }"] {
        assert!(draw(source).is_err(), "{source}");
    }
}

#[test]
fn what_is_too_large_is_not_drawn() {
    let many: String = (0..60).map(|number| format!("n{number} ")).collect();
    assert!(draw(&format!("digraph {{ {{{many}}} -> {{{many}}} }}")).is_err());
    assert!(draw(&format!("digraph {{ {} }}", "subgraph { ".repeat(500))).is_err());
    assert!(draw(&format!("digraph {{ a [label=<{}>] }}", "<b>".repeat(3000) + &"</b>".repeat(3000))).is_err());
    assert!(draw(&format!("digraph {{ a [shape=record label=\"{}\"] }}", "{".repeat(3000))).is_err());
    assert!(draw(&"a".repeat(200_000)).is_err());
    // Long chains are many bends.
    let chain: String = (0..1400).map(|number| format!("a{number} -> a{} ; a0 -> a{number};", number + 1)).collect();
    assert!(draw(&format!("digraph {{ {chain} }}")).is_err());
}

#[test]
fn nothing_panics() {
    let source = "digraph 그림 { rankdir=LR compound=true label=<<b>가</b>> a:n -> b:se [lhead=cluster_x label=\"나\\l\"]; \
                  subgraph cluster_x { rank=same b [shape=Mrecord label=\"{<p>다|라}|마\"]; c } b:p -> c:w -> c -> {d e} \
                  [color=\"red:blue\" dir=both arrowtail=odotcrow minlen=0]; e [shape=star peripheries=3 width=0.1]; \
                  {rank=max d} {rank=min a} f [label=<<table><tr><td port=\"x\">1</td><td rowspan=\"2\">2</td></tr></table>>]; \
                  f:x -> a [weight=0 xlabel=\"바\" headlabel=사]; a -> a; c -> a -> c }";
    assert!(draw(source).is_ok());
    for at in source.char_indices().map(|(at, _)| at) {
        for cut in [format!("{}}}", &source[..at]), format!("digraph {{ {}", &source[at..])] {
            if let Err(fault) = draw(&cut) {
                assert!(!fault.message.english.contains("could not be drawn"), "{cut}");
            }
        }
    }
}
