//! `\\href` and `\\url`: in a drawing no link can be followed, so that none may look like one (the typesetter would draw it
//! blue on any ground).

/// What of a link is seen, in the place of the command that ends at `from`: nothing of an address that a text follows,
/// which stays where it is; and where the formula goes on.
pub fn seen(command: &str, source: &str, from: usize) -> Option<(String, usize)> {
    let is_shown = match command {
        "href" => false,
        "url" => true,
        _ => return None,
    };
    let rest = source.get(from..)?;
    let inside = rest.trim_start().strip_prefix('{')?;
    let length = length(inside)?;
    let end = source.len() - inside.len() + length + 1;
    let shown = if is_shown { format!("\\texttt{{{}}}", plain(inside.get(..length)?)) } else { String::new() };
    Some((shown, end))
}

/// Up to the brace that closes the address. No sign in it is a comment.
fn length(inside: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// An address as text of LaTeX.
fn plain(address: &str) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for c in address.chars() {
        match c {
            // `\%` is how an address is written where `%` would be a comment.
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '#' | '%' | '&' | '_' | '$' | '{' | '}' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c => out.push(c),
        }
        escaped = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::equations::Numbering;
    use crate::maths::{Form, draw};

    #[test]
    fn of_a_link_the_text_stays() {
        assert_eq!(seen("href", r"\href{https://a.b/%20}{x}", 5), Some((String::new(), 22)));
        assert_eq!(seen("url", r"\url{a_b\%~}", 4), Some((r"\texttt{a\_b\%\textasciitilde{}}".to_owned(), 12)));
        assert_eq!(seen("href", r"\href{a", 5), None);
        assert_eq!(seen("frac", r"\frac{a}{b}", 5), None);
    }

    #[test]
    fn no_link_is_blue() {
        let mut numbering = Numbering::default();
        for source in [
            r"\href{https://a.b/c_d#e}{x^2}",
            r"\url{https://a.b/~c_d\%20#e}",
            r"\newcommand{\site}[1]{\href{https://a.b/#1}{#1}} \site{y}",
            r"\sqrt{\href{a}{\url{b}}}",
        ] {
            let equation = numbering.read(source, Form::Inline);
            let drawing = draw(&equation.resolved(&numbering).0.source, Form::Inline);
            let svg = drawing.unwrap_or_else(|fault| panic!("{source}: {fault:?}")).svg;
            assert!(svg.contains("<use") && !svg.contains("rgb("), "{source}: {svg}");
        }
    }
}
