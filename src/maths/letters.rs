//! A formula in a line of plain letters, for search, titles and excerpts: `P(A ∣ B) = (P(B ∣ A)P(A)) / P(B)`.

use super::tree::Term;

/// Appends the letters of a formula.
pub fn write(out: &mut String, term: &Term) {
    append(out, term, &mut 0);
}

/// The same, where the last function's name ends at `function`.
fn append(out: &mut String, term: &Term, function: &mut usize) {
    match term {
        Term::Number(text) | Term::Words(text) => out.push_str(text),
        Term::Name(name) => {
            // Functions' names stand by themselves: `n log n`. Other letters stand side by side: `abc`.
            let long = name.chars().nth(1).is_some();
            if long || (*function > 0 && *function == out.len()) {
                space(out);
            }
            out.push_str(name);
            if long {
                *function = out.len();
            }
        }
        Term::Sign(sign) if is_tight(sign) => out.push_str(sign),
        Term::Sign(sign) => {
            space(out);
            out.push_str(sign);
            out.push(' ');
        }
        Term::Row(terms) => {
            for term in terms {
                append(out, term, function);
            }
        }
        Term::Fraction { above, below, line: true } => {
            grouped(out, above);
            out.push('/');
            grouped(out, below);
        }
        // A binomial, and what else stands above another without a line.
        Term::Fraction { above, below, line: false } => {
            write(out, above);
            out.push(' ');
            write(out, below);
        }
        Term::Root { body, degree } => {
            if let Some(degree) = degree {
                write(out, degree);
            }
            out.push('√');
            grouped(out, body);
        }
        Term::Scripts { base, below, above, .. } => {
            append(out, base, function);
            for (sign, script) in [('_', below), ('^', above)] {
                let Some(script) = script else { continue };
                match &**script {
                    // An accent stands over its letter.
                    Term::Sign(mark) if matches!(mark.as_str(), "¯" | "_" | "⏞" | "⏟" | "′") => {
                        if mark == "′" {
                            out.push_str(mark);
                        }
                    }
                    script => {
                        out.push(sign);
                        grouped(out, script);
                    }
                }
            }
        }
        Term::Table(rows) => {
            for (number, row) in rows.iter().enumerate() {
                if number > 0 {
                    out.push_str("; ");
                }
                for (number, cell) in row.iter().enumerate() {
                    if number > 0 {
                        space(out);
                    }
                    write(out, cell);
                }
            }
        }
    }
}

/// In brackets, where it is more than one thing.
fn grouped(out: &mut String, term: &Term) {
    let mut inside = String::new();
    write(&mut inside, term);
    let inside = inside.trim();
    let single = inside.chars().nth(1).is_none() || matches!(term, Term::Number(_) | Term::Name(_) | Term::Words(_));
    if single {
        out.push_str(inside);
    } else {
        out.push('(');
        out.push_str(inside);
        out.push(')');
    }
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '(', '[', '{', '|', '√', '/']) {
        out.push(' ');
    }
}

/// Brackets and the like, which stand close to what they belong to.
fn is_tight(sign: &str) -> bool {
    matches!(
        sign,
        "(" | ")"
            | "["
            | "]"
            | "{"
            | "}"
            | "|"
            | "∥"
            | "∣"
            | "⟨"
            | "⟩"
            | "⌊"
            | "⌋"
            | "⌈"
            | "⌉"
            | "!"
            | "/"
            | "."
            | "′"
            | "%"
            | "∑"
            | "∏"
            | "∫"
            | "¬"
            | "∀"
            | "∃"
            | "∇"
            | "∂"
    )
}
