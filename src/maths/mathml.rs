//! A formula as MathML, for screen readers. Nobody sees it: how it looks is the drawing's business, so that only what is
//! read aloud is written.

use super::tree::Term;
use crate::markdown::escape_into;

/// The formula as a `<math>` element.
pub fn element(term: &Term, display: bool) -> String {
    let mut out = String::from(if display { "<math display=\"block\">" } else { "<math>" });
    write(&mut out, term);
    out.push_str("</math>");
    out
}

fn write(out: &mut String, term: &Term) {
    match term {
        Term::Number(text) => leaf(out, "mn", text),
        Term::Name(text) => leaf(out, "mi", text),
        Term::Sign(text) => leaf(out, "mo", text),
        Term::Words(text) => leaf(out, "mtext", text),
        Term::Row(terms) => {
            out.push_str("<mrow>");
            terms.iter().for_each(|term| write(out, term));
            out.push_str("</mrow>");
        }
        Term::Fraction { above, below, line } => {
            out.push_str(if *line { "<mfrac>" } else { "<mfrac linethickness=\"0\">" });
            write(out, above);
            write(out, below);
            out.push_str("</mfrac>");
        }
        Term::Root { body, degree: None } => {
            out.push_str("<msqrt>");
            write(out, body);
            out.push_str("</msqrt>");
        }
        Term::Root { body, degree: Some(degree) } => {
            out.push_str("<mroot>");
            write(out, body);
            write(out, degree);
            out.push_str("</mroot>");
        }
        Term::Scripts { base, below, above, limits } => {
            let element = match (below, above, limits) {
                (Some(_), Some(_), true) => "munderover",
                (Some(_), None, true) => "munder",
                (None, _, true) => "mover",
                (Some(_), Some(_), false) => "msubsup",
                (Some(_), None, false) => "msub",
                (None, _, false) => "msup",
            };
            out.push_str(&format!("<{element}>"));
            write(out, base);
            match (below, above) {
                (None, None) => out.push_str("<mrow></mrow>"),
                _ => below.iter().chain(above).for_each(|script| write(out, script)),
            }
            out.push_str(&format!("</{element}>"));
        }
        Term::Table(rows) => {
            out.push_str("<mtable>");
            for row in rows {
                out.push_str("<mtr>");
                for cell in row {
                    out.push_str("<mtd>");
                    write(out, cell);
                    out.push_str("</mtd>");
                }
                out.push_str("</mtr>");
            }
            out.push_str("</mtable>");
        }
    }
}

fn leaf(out: &mut String, element: &str, text: &str) {
    out.push_str(&format!("<{element}>"));
    escape_into(out, text);
    out.push_str(&format!("</{element}>"));
}
