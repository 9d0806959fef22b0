use super::*;

fn drawn(source: &str) -> Drawing {
    draw(source, Form::Display).unwrap_or_else(|fault| panic!("{source}: {fault:?}"))
}

#[test]
fn the_formulas_of_study_notes_are_drawn() {
    for source in include_str!("../../tests/formulas.txt").lines() {
        let drawing = drawn(source);
        assert!(drawing.svg.ends_with("</svg>") && drawing.mathml.ends_with("</math>"), "{source}");
        assert!(!drawing.letters.is_empty() && !drawing.letters.contains('\\'), "{source}: {}", drawing.letters);
    }
}

#[test]
fn a_formula_can_be_read_in_a_line() {
    for (source, letters) in [
        (r"x^2 + y^2 = z^2", "x^2 + y^2 = z^2"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "(− b ± √(b^2 − 4ac))/(2a)"),
        (r"\sum_{i=1}^{n} i", "∑_(i = 1)^ni"),
        (r"\mathbb{R}^n", "ℝ^n"),
        (r"\text{정밀도} = \frac{\text{참 양성}}{2}", "정밀도 = 참 양성/2"),
        (r"P(A \mid B)", "P(A∣B)"),
        (r"2\log abc", "2 log abc"),
        (r"\operatorname*{arg\,min}_x f", "arg min_xf"),
        (r"\mathrm{softmax}(x)", "softmax(x)"),
    ] {
        assert_eq!(drawn(source).letters, letters);
    }
}

#[test]
fn screen_readers_are_given_what_is_drawn() {
    assert_eq!(
        drawn(r"\def\R{\mathbb{R}}\sqrt{x_1} \in \R").mathml,
        "<math display=\"block\"><mrow><msqrt><msub><mi>x</mi><mn>1</mn></msub></msqrt><mo>∈</mo><mi>ℝ</mi></mrow></math>"
    );
}

#[test]
fn an_operator_is_one_word_and_what_is_moved_apart_are_two() {
    for (source, name) in [
        (r"\operatorname{argmax}", "argmax"),
        (r"\operatorname{softmax}", "softmax"),
        (r"\operatorname{diag}", "diag"),
        (r"\operatorname*{arg\,min}", "arg min"),
        (r"\operatorname{arg\ max}", "arg max"),
        (r"\operatorname{\mathbf{rank}}", "rank"),
        (r"\mathrm{diag}", "diag"),
        (r"\text{sign}", "sign"),
        (r"\argmax", "arg max"),
        (r"\log", "log"),
    ] {
        let mathml = drawn(source).mathml;
        let leaves: String = mathml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        assert_eq!(leaves, name, "{source}: {mathml}");
        assert_eq!(mathml.matches("<m").count(), 2, "{source}: {mathml}");
    }
}

#[test]
fn faults_say_where_and_what_to_do() {
    for (source, at, word) in [
        (r"a + \foo", Some(4), "\\foo"),
        (r"{x", Some(2), "닫히지"),
        (r"x^2^3", Some(3), "첨자"),
        (r"\begin{foo} x \end{foo}", None, "`foo`"),
        (r"\def\a{\a\a}\a", None, "끝없이"),
    ] {
        let fault = draw(source, Form::Inline).unwrap_err();
        assert_eq!(fault.at, at, "{source}");
        assert!(fault.message.korean.contains(word) && fault.hint.is_some(), "{source}: {fault:?}");
    }
}

#[test]
fn hostile_formulas_are_bounded() {
    for source in [
        "{".repeat(8000),
        format!("{}x{}", "{".repeat(4000), "}".repeat(4000)),
        format!("{}x{}", "\\sqrt{".repeat(1100), "}".repeat(1100)),
        "\\left(".repeat(1300),
        "x^{".repeat(2700),
        "x".repeat(1 << 20),
        "x+".repeat(4000),
        r"\def\a{xx}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c}\def\e{\d\d\d\d\d\d\d\d}\e\e\e".to_owned(),
        r"\rule{99999999em}{99999999em}".to_owned(),
        "\\begin{matrix}".repeat(580),
        format!("\\begin{{matrix}}{}\\end{{matrix}}", "&".repeat(7900)),
        format!("\\begin{{matrix}}{}\\end{{matrix}}", "\\\\".repeat(3900)),
        format!("{}x{}", "\\frac{1}{".repeat(30), "}".repeat(30)),
        "\\frac12".repeat(1100),
        "\\widehat{abc}".repeat(600),
        "\\left(\\frac12\\right)".repeat(350),
        format!("\\begin{{array}}{{{}}}x\\end{{array}}", "c|".repeat(4000)),
        "\u{1F600}\u{0}\u{FFFF}".to_owned(),
    ] {
        let start: String = source.chars().take(30).collect();
        if let Ok(drawing) = draw(&source, Form::Display) {
            assert!(drawing.svg.len() < 1 << 20, "{start}: {}", drawing.svg.len());
        }
    }
}

#[test]
fn nothing_of_a_formula_is_markup() {
    let drawing = drawn(
        "a < b & \\text{<script>\"'} > \\href{javascript:alert(1)}{x} \\htmlClass{\"><i>}{y}"
            .replace('&', "+")
            .as_str(),
    );
    for part in [&drawing.svg, &drawing.mathml] {
        assert!(!part.contains("<script") && !part.contains("javascript") && !part.contains("<i>"), "{part}");
    }
}

#[test]
fn numbers_stand_in_a_column_of_their_own() {
    let drawing = drawn(r"\begin{align} a &= b \tag*{\text{(1)}} \\ c &= d \notag \end{align}");
    let numbers = drawing.numbers.unwrap();
    assert_eq!(numbers.matches("<use").count(), 3, "{numbers}");
    assert_eq!(drawing.svg.matches("<use").count(), 6, "{}", drawing.svg);
    assert_eq!(drawn("a").numbers, None);
}
